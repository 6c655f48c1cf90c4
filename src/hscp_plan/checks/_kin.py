"""Whether a name is a child's, or one of a family's, by the words on either side of it.

Minutes are full of names that are published: chairs, officers, schools, inquiries. So a name alone
says nothing. It is a child's after "the child" or "strategy meeting about", a mother's after "Mum"
or before "'s daughter", and an officer's before ", Designated Nurse".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from . import _vocabulary as known
from ._ages import age_beside
from ._names import Name
from ._people import is_common, is_kin, is_relative, may_be_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._text import Text

NEAR = 90
"""How many characters on either side are looked at."""
_PART = r"['’]s\b|[^\W_]+(?:['’-](?!s\b)[^\W_]+)*|\n[ \t]*\n|[^\w\s#]"
_SECTION = r"\b[sS]\.[ \t]?([0-9]{2})\b"
_YOUNG = ("person", "man", "woman", "lady")


def is_of_a_family(text: Text, name: Name, joined: bool) -> bool:
    """Whether a name is a child's, or that of one of their family; `joined` to one that is."""
    if name.full and age_beside(text, name.start, name.end):
        return True
    before, after = words_before(text, name.start), words_after(text, name.end)
    if _is_published(before, after) or _has_office(after):
        return False
    if joined or kin_before(before) or _kin_after(after):
        return True
    return name.full and (
        _case_about(before) or _did_as_a_child(after) or _among_kin(before, after)
    )


def family_name(text: Text, at: int, end: int) -> Name | None:
    """The surname before "family" or "siblings": the Kowalski family."""
    before, after = words_before(text, at), words_after(text, end)
    if len(before) < 2 or before[-2].lower() not in ("the", "of") or not may_be_name(before[-1]):
        return None
    surname = before[-1]
    if surname.lower().endswith(known.OF_A_COUNTRY) or len(surname) < 3:
        return None
    if after and after[0].lower() in known.FAMILY_SERVICES:
        return None
    start = text.text.rfind(surname, 0, at)
    return Name(start, start + len(surname), False)


# --- the words beside -----------------------------------------------------------------------------


def words_before(text: Text, at: int) -> list[str]:
    """The words and signs before a place, of its own sentence."""
    words = _words(text.text[max(0, at - NEAR) : at])
    ends = [n for n in range(len(words)) if _ends_sentence(words, n)]
    return words[ends[-1] + 1 :] if ends else words


def words_after(text: Text, at: int) -> list[str]:
    """The words and signs after a place, of its own sentence."""
    words = _words(text.text[at : at + NEAR])
    ends = (n for n in range(len(words)) if _ends_sentence(words, n))
    return words[: next(ends, len(words))]


def _words(text: str) -> list[str]:
    """Words and signs one by one, "'s" apart. "Young person" becomes one word, youngster."""
    # In a text in single quotation marks YAML writes '' for one apostrophe.
    words: list[str] = []
    for word in re.findall(
        _PART, re.sub(_SECTION, r"s\1", text.replace("''", "'").replace("’", "'"))
    ):
        last, small = words[-1].lower() if words else "", word.lower()
        if last == "young" and small in (*_YOUNG, "people"):
            words[-1] = "youngster" if small in _YOUNG else "children"
        elif last.startswith("sibling") and small == "group":
            continue
        else:
            words.append(word)
    return words


def _ends_sentence(words: Sequence[str], n: int) -> bool:
    if words[n][0] in "\n\0":
        return True
    return words[n] in (".", "!", "?") and not (n and words[n - 1].lower() in known.TITLES)


# --- what they say --------------------------------------------------------------------------------


def kin_before(before: Sequence[str]) -> bool:
    """Whether the words before say whose name follows: the child, Child's name is, his sister."""
    at = len(before) - 1
    while at > 0 and before[at] in ("and", "&", ",") and may_be_name(before[at - 1]):
        at -= 2  # Gary and Tracey Shufflebottom
    last = at
    # "Child A, Jordan Smith": the A is no article.
    while at >= 0 and before[at].lower() in known.BETWEEN and before[at] != "A":
        at -= 1
    between = [word.lower() for word in before[at + 1 : last + 1]]
    if at > 0 and before[at] == "'s":
        at -= 1
    return at >= 0 and len(between) < 8 and _leads_to_a_name(before[: at + 1], between)


def _leads_to_a_name(before: Sequence[str], between: Sequence[str]) -> bool:
    """Whether the last of these words is of a child or family, and says whose name follows."""
    word, ahead = before[-1].lower(), [word.lower() for word in before[-4:-1]]
    if word in ("of", "for", "to"):
        return not between and bool(ahead) and (is_kin(ahead[-1]) or ahead[-1] == "family")
    openly = any(word_or_sign in (":", "(", "named", "called", "names") for word_or_sign in between)
    if word == "children" or ahead in known.IN_A_TITLE:
        return openly and is_kin(word)  # Lead for Children, Jordan Smith; Voice of the Child
    if word.endswith("s") and "," in between and {"for", "of"} & {*ahead}:
        return False  # Lead for Young Carers, Jordan Smith
    if word == "partner":
        return bool(ahead) and ahead[-1] in ("her", "his", "their", "'s")
    return is_kin(word)


def _kin_after(after: Sequence[str]) -> bool:
    """Whether the words after say whose name it was: Jordan's mother, a pupil at, (child)."""
    small = [word.lower() for word in after]
    if small[:1] in (["'s"], ["'"]):
        return any(map(is_kin, small[1:3])) or _begins(small[1:], known.THEIRS)
    if small[:1] == ["and"]:
        of_them = small[1:2] in (["her"], ["his"], ["their"])
        return of_them and any(is_kin(word) or word == "family" for word in small[2:5])
    begins = 0
    while begins < len(small) and small[begins] in known.INTRODUCES:
        begins += 1
    if not known.SAYS_WHO & {*small[:begins]}:
        return False
    return _is_called_kin(after[begins:], bracketed=after[0] in ("(", "["))


def _is_called_kin(words: Sequence[str], bracketed: bool) -> bool:
    """Whether these words are those of a child or relative: Year 9 pupil, Ruby's uncle."""
    for n, word in enumerate(words[:5]):
        small = word.lower()
        if small in known.PREPOSITIONS or not (small[0].isalnum() or small == "'s"):
            return False
        if is_kin(small) and small not in known.MANY and (word.islower() or bracketed):
            follows = words[n + 1].lower() if n + 1 < len(words) else "."
            return follows in known.AFTER_KIN or not is_common(follows)
    return False


def _case_about(before: Sequence[str]) -> bool:
    """Whether the words before say that a case is about somebody: strategy meeting for."""
    words = [
        word.lower() for word in before if word not in ("'", '"', "“", "‘", "(", "[", "-", "–")
    ]
    last, ahead = words[-1] if words else "", words[-7:-1]
    if last == ":":
        return ahead[-1:] == ["re"] or _ends(ahead, known.OF_A_CHILD)
    if last in known.ABOUT | {"of", "into"} and _holds(ahead, known.REVIEWS):
        return True
    if last in known.ABOUT:
        return (not ahead and last in ("re", "regarding")) or _holds(ahead, known.OF_A_CHILD)
    if ahead[-2:] in (["in", "respect"], ["in", "relation"], ["with", "regard"]):
        return _holds(ahead, known.OF_A_CHILD)
    if last == "of":
        return _ends(ahead, known.OF)
    if last == "by":
        return _ends(ahead, known.BY)
    return last in ("with", "to") and _ends(ahead, known.WITH)


def _did_as_a_child(after: Sequence[str]) -> bool:
    """Whether something follows that is said of children: lives with, was taken into care."""
    small = [word.lower() for word in after]
    if small[:1] == ["at"]:
        return bool(known.HOMES & {*small[1:6]})
    while small and small[0] in known.HELPERS:
        small.pop(0)
    if small and small[0] in known.ATTENDS and known.SCHOOLS & {*small[1:6]}:
        return True
    if small[:1] and small[0] in ("-", "–", "—", ":", "("):
        return _begins(small[1:], known.HELD)
    return _begins(small, known.DID)


def _among_kin(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the sentence speaks of somebody's own relatives: mum, his aunt, her grandson."""
    small = [word.lower() for word in (*before, ".", *after)]
    return any(
        word in known.PERSONAL or (is_relative(word) and small[n - 1] in ("her", "his", "their"))
        for n, word in enumerate(small)
    )


def _is_published(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the name is that of a published review or inquiry, or one of the two names of it."""
    ahead = {word.lower() for word in before}
    if ahead & {"national", "public", "statutory"} and ahead & {"review", "inquiry"}:
        return True
    small = [word.lower() for word in after[:9]]
    joined = small[:1] == ["and"] and len(after) > 1 and may_be_name(after[1])
    return _begins(small, known.PUBLISHED) or (joined and _holds(small, known.PUBLISHED))


def _has_office(after: Sequence[str]) -> bool:
    """Whether an office follows: (Chair), Designated Nurse."""
    office = [word.lower() for word in after[1:5]]
    opened = bool(after) and after[0] in known.OPENS
    return opened and bool(known.OFFICES & {*office}) and not any(map(is_kin, office))


def _begins(words: Sequence[str], phrases: tuple[str, ...]) -> bool:
    sentence = " ".join(words)
    # A child is in school; what is done in schools is no child.
    return sentence.startswith(phrases) and not sentence.startswith("in schools")


def _ends(words: Sequence[str], phrases: Sequence[str]) -> bool:
    return f" {' '.join(words)}".endswith(tuple(f" {phrase}" for phrase in phrases))


def _holds(words: Sequence[str], phrases: Sequence[str]) -> bool:
    sentence = f" {' '.join(words)} "
    return any(f" {phrase} " in sentence for phrase in phrases)
