"""Names without the capitals that `_names` looks for: in small letters, or one after "name is".

Words in small letters are a name only beside a word that says so: the child, mum … rang, aged 7.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._ages import age_beside
from ._kin import kin_before, words_before
from ._names import Name
from ._people import is_common, is_kin, may_be_name
from ._text import BLANK
from ._vocabulary import FURTHER, PARTICLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._text import Text

_KIN = (
    *("child", "pupil", "student", "girl", "boy", "baby", "person", "patient", "victim", "sister"),
    *("brother", "sibling", "twin", "cousin", "daughter", "son", "mum", "mother", "dad", "father"),
    *("parent", "nan", "gran", "grandma", "grandad", "aunt", "uncle", "carer", "niece", "nephew"),
)
_FOLLOWS = rf"(?:['’]?s)?{BLANK}?[:=,(]?{BLANK}{{0,2}}(?<![^\W_])([^\W\d_]+)"
_SAYS_NAME = ("said", "says", "is", "called", "named", "name", "of")
_TO_NAME = (
    rf"(?:['’]?s)?(?:(?P<surely>{BLANK}?[:=]|{BLANK}?\(|{BLANK}(?:is{BLANK})?(?:called|named)|{BLANK}of)"
    rf"|(?P<often>{BLANK}(?:is|said|says)|,))?{BLANK}{{0,2}}(?<![\w’'])"
)
_WORD = r"[^\W\d_](?:[^\W\d_]|['’-])*"
_WORDS = rf"{_WORD}(?:,?{BLANK}{{1,2}}{_WORD}){{0,3}}"
_STOPS = r"\s*(?:[,.;)]|$)"
_SAYS = (
    rf"{BLANK}(?:was|is|has|had|rang|phoned|called|said|told|did|will|lives|attends|attended|came"
    r"|went|who)\b"
)
_LABEL = (
    rf"(?:{BLANK}of{BLANK}(?:the{BLANK})?(?P<of>{_WORD}))?"
    rf"(?:{BLANK}?[:=]|{BLANK}(?:is|was)\b):?{BLANK}{{1,2}}"
)


def find_typed_names(text: Text) -> Iterator[Name]:
    """The names of children and families that no capitals tell."""
    names = []
    for kin in _KIN:
        for at in _word_ends(text, kin):
            names += [_after_kin(text, at, kin), _name_before_kin(text, at - len(kin))]
    names += [_after_label(text, at) for at in _word_ends(text, "name")]
    for word in ("aged", "year"):
        names += [_before_age(text, at - len(word)) for at in _word_ends(text, word)]
    yield from filter(None, names)


def _word_ends(text: Text, word: str) -> Iterator[int]:
    """Each place where this word, or this beginning of a word, ends: where it stands by itself or
    after "step"."""
    small = text.small
    at = small.find(word)
    while at >= 0:
        if not (at and small[at - 1].isalnum()) or small[max(0, at - 6) : at].endswith(FURTHER):
            yield at + len(word)
        at = small.find(word, at + 1)


def _after_kin(text: Text, at: int, kin: str) -> Name | None:
    """The name in small letters after "child" or the like, a word that ends at a place."""
    # Most often another word follows: a child protection conference.
    follows = re.compile(_FOLLOWS).match(text.small, at)
    if follows is None or (is_common(follows[1]) and follows[1] not in _SAYS_NAME):
        return None
    lead = re.compile(_TO_NAME).match(text.small, at)
    name = lead and _name_at(text, lead.end())
    if not lead or not name:
        return None
    capitals = [word[0].isupper() for word in text.text[name.start : name.end].split()]
    if all(capitals) or (any(capitals) and text.text[at - len(kin)].isupper()):
        return None  # `names` has it, or it is a title: the Baby Buddy app
    if lead["surely"]:
        return name
    says = re.compile(_SAYS).match(text.small, name.end)
    stops = re.compile(_STOPS).match(text.small, name.end)
    return name if says or (lead["often"] and stops) else None


def _name_at(text: Text, at: int) -> Name | None:
    """The two or three words at a place that may be a name: none of them is common."""
    words_match = re.compile(_WORDS).match(text.small, at)
    if words_match is None:
        return None
    end, names = at, 0
    for word in re.finditer(_WORD, words_match[0]):
        if word[0] in PARTICLES and names:
            continue
        if _is_no_name(word[0]) or (names and words_match[0][end - at] == ","):
            break
        end, names = at + word.end(), names + 1
    return Name(at, end, True) if 2 <= names <= 3 else None


def _is_no_name(word: str) -> bool:
    return len(word) < 2 or is_common(word) or is_kin(word) or word.endswith("ing")


def _after_label(text: Text, at: int) -> Name | None:
    """The name after "child's name is" or "name of child:", of one word too."""
    label = re.compile(_LABEL).match(text.small, at)
    if label is None:
        return None
    of = label["of"]
    if not (is_kin(of) if of else kin_before(words_before(text, at - len("name")))):
        return None
    first = re.compile(_WORD).match(text.text, label.end())
    if first is None:
        return None
    if not may_be_name(first[0]):
        return _name_at(text, label.end())
    last = re.compile(rf",?{BLANK}{{1,2}}({_WORD})").match(text.text, first.end())
    full = last is not None and may_be_name(last[1])
    return Name(first.start(), last.end() if last and full else first.end(), True)


def _name_before_kin(text: Text, at: int) -> Name | None:
    """The name in small letters before "'s mother"; "mother" begins at this place."""
    if text.small[max(0, at - 3) : at - 1] not in ("'s", "’s"):
        return None
    return _two_words_before(text, at - 3)


def _before_age(text: Text, at: int) -> Name | None:
    """The name in small letters directly before an age or a school year."""
    before = text.small[max(0, at - 60) : at]
    name = _two_words_before(text, at - len(before) + len(before.rstrip(" \n\t,(")))
    return name if name and age_beside(text, name.start, name.end) else None


def _two_words_before(text: Text, end: int) -> Name | None:
    """The two words that end at a place, where they may be a name in small letters."""
    start = max(0, end - 50)
    words = list(re.finditer(_WORD, text.small[start:end]))[-2:]
    if len(words) < 2 or any(_is_no_name(word[0]) for word in words):
        return None
    first, last = words
    between = text.small[start + first.end() : start + last.start()]
    has_small = any(text.text[start + word.start()].islower() for word in words)
    if start + last.end() != end or not has_small or not between.isspace():
        return None
    return Name(start + first.start(), end, True)
