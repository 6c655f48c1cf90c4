"""Names that no capitals tell: typed in small letters, or a single one after "name is".

Only a word that says so makes words in small letters a name: the child, mum … rang, aged 7.
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


def typed(text: Text) -> Iterator[Name]:
    """The names of children and families that no capitals tell."""
    names = []
    for kin in _KIN:
        for at in _places(text, kin):
            names += [_after_kin(text, at, kin), _owner(text, at - len(kin))]
    names += [_after_label(text, at) for at in _places(text, "name")]
    names += [_before_age(text, at - 4) for word in ("aged", "year") for at in _places(text, word)]
    yield from filter(None, names)


def _places(text: Text, word: str) -> Iterator[int]:
    """Where a word ends, or the beginning of one, that stands by itself or after "step"."""
    small = text.small
    at = small.find(word)
    while at >= 0:
        if not (at and small[at - 1].isalnum()) or small[max(0, at - 6) : at].endswith(FURTHER):
            yield at + len(word)
        at = small.find(word, at + 1)


def _after_kin(text: Text, at: int, kin: str) -> Name | None:
    """The name in small letters after "child" or the like, a word that ends at a place."""
    # Most often it is a child protection conference.
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
    run = re.compile(_WORDS).match(text.small, at)
    if run is None:
        return None
    end, names = at, 0
    for word in re.finditer(_WORD, run[0]):
        if word[0] in PARTICLES and names:
            continue
        if _common(word[0]) or (names and run[0][end - at] == ","):
            break
        end, names = at + word.end(), names + 1
    return Name(at, end, True) if 2 <= names <= 3 else None


def _common(word: str) -> bool:
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


def _owner(text: Text, at: int) -> Name | None:
    """The name in small letters before "'s mother", of which the mother begins at a place."""
    if text.small[max(0, at - 3) : at - 1] not in ("'s", "’s"):
        return None
    return _last_two(text, at - 3)


def _before_age(text: Text, at: int) -> Name | None:
    """The name in small letters directly before an age or a school year."""
    before = text.small[max(0, at - 60) : at]
    name = _last_two(text, at - len(before) + len(before.rstrip(" \n\t,(")))
    return name if name and age_beside(text, name.start, name.end) else None


def _last_two(text: Text, end: int) -> Name | None:
    """The two words that end at a place, where they may be a name in small letters."""
    start = max(0, end - 50)
    words = list(re.finditer(_WORD, text.small[start:end]))[-2:]
    if len(words) < 2 or any(_common(word[0]) for word in words):
        return None
    begins, ends = start + words[0].start(), start + words[1].end()
    between = text.small[start + words[0].end() : start + words[1].start()]
    small = text.text[begins].islower() or text.text[start + words[1].start()].islower()
    return Name(begins, ends, True) if ends == end and small and between.isspace() else None
