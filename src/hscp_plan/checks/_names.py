"""The names of people that stand in a text, by their capitals: no list of names is kept.

A name is two words or more that begin with a capital and are none of a plan's own, or one after
Mrs and the like. Whose it is, the words beside it say: `_kin`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ._people import is_name, may_be_name
from ._text import BLANK
from ._vocabulary import PARTICLES, PLACES, TITLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ._text import Text

_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ"
"""Some of these are small letters: `may_be_name` tells them apart."""
_BEFORE_NAMES = "(?:(?:al|an|ar|as|el|ul)-)?"
_PART = rf"{_BEFORE_NAMES}[{_CAPITAL}](?:(?<=M)d\.|[\w'’-]*\w|\.)?"
_LOOSE = r"[\w'’-]{0,40}+\.?"
"""The rest of a word, and the signs after it: quick to find, and `_within` looks closer."""
_SMALL = rf"(?:(?:{'|'.join(PARTICLES)}){BLANK}{{1,2}}){{0,3}}"
_NICKNAME = rf"(?:[\"'“‘(][{_CAPITAL}][\w’-]{{1,20}}[\"'”’)]{BLANK})?"
RUN = (
    rf"[{_CAPITAL}](?<![\w’-].){_LOOSE}"
    rf"(?:{BLANK}{{1,2}}{_NICKNAME}{_SMALL}{_BEFORE_NAMES}[{_CAPITAL}]{_LOOSE}){{1,7}}"
)
"""Words with capitals, one after the other."""
_SURNAME_FIRST = rf",(?<=[A-Z]{{3}},){BLANK}{{1,2}}([{_CAPITAL}][\w'’-]*)"
_SURNAME = rf"(?<![\w’-])[{_CAPITAL}'’-]{{4,30}}$"


class Name(NamedTuple):
    """A person's name: from where to where it stands, and whether it is more than a surname."""

    start: int
    end: int
    full: bool


def names(text: Text) -> Iterator[Name]:
    """Every name of a person in a text."""
    run = re.compile(RUN)
    # Most texts have no name at all, and finding where costs more than finding what.
    if any(map(_within, set(run.findall(text.text)))):
        for match in run.finditer(text.text):
            for start, end, full in _within(match[0]):
                yield Name(match.start() + start, match.start() + end, full)
    for match in re.finditer(_SURNAME_FIRST, text.text):
        at = match.start()
        surname = re.search(_SURNAME, text.text[max(0, at - 31) : at])
        if surname and is_name((surname[0], match[1])):
            yield Name(at - len(surname[0]), match.end(), True)


@lru_cache(maxsize=4096)
def _within(run: str) -> tuple[tuple[int, int, bool], ...]:
    """The names within words with capitals: "Head Teacher Jordan Smith" has one."""
    names: list[tuple[int, int, bool]] = []
    words = [(m.start(), m.end(), m[0]) for m in re.finditer(_PART, run)]
    at = 0
    while at < len(words):
        last = at
        while last < len(words) and may_be_name(words[last][2]):
            last += 1
        follows = words[last][2] if last < len(words) else ""
        own = [word for _, _, word in words[at:last]]
        titled = at > 0 and words[at - 1][2].rstrip(".").lower() in TITLES
        if is_name(own) and follows.lower() not in PLACES:
            names.append((words[at][0], _without_s(words[last - 1]), True))
        elif titled and len(own) == 1:
            names.append((words[at][0], _without_s(words[at]), False))
        at = last + 1
    return tuple(names)


def _without_s(word: tuple[int, int, str]) -> int:
    """Where a word ends, but for its "'s"."""
    _, end, written = word
    return end - 2 if written.endswith(("'s", "’s")) else end
