"""The names of people in a text, known by their capitals: there is no list of names.

A name is two words or more that begin with a capital and are none of a plan's own, or one such
word after Mrs and the like. `_kin` tells whose it is.
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
"""The rest of a word, and the signs after it: quick to find; `_names_in_run` looks closer."""
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
    # Most texts have no name at all, and to find runs without their places takes less time.
    if any(map(_names_in_run, set(run.findall(text.text)))):
        for match in run.finditer(text.text):
            for start, end, full in _names_in_run(match[0]):
                yield Name(match.start() + start, match.start() + end, full)
    for match in re.finditer(_SURNAME_FIRST, text.text):
        at = match.start()
        surname = re.search(_SURNAME, text.text[max(0, at - 31) : at])
        if surname and is_name((surname[0], match[1])):
            yield Name(at - len(surname[0]), match.end(), True)


@lru_cache(maxsize=4096)
def _names_in_run(run: str) -> tuple[Name, ...]:
    """The names within words with capitals: "Head Teacher Jordan Smith" has one."""
    names: list[Name] = []
    matches = list(re.finditer(_PART, run))
    words = [match[0] for match in matches]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and may_be_name(words[end]):
            end += 1
        follows = words[end] if end < len(words) else ""
        titled = at > 0 and words[at - 1].rstrip(".").lower() in TITLES
        if is_name(words[at:end]) and follows.lower() not in PLACES:
            names.append(Name(matches[at].start(), _end_without_s(matches[end - 1]), True))
        elif titled and end - at == 1:
            names.append(Name(matches[at].start(), _end_without_s(matches[at]), False))
        at = end + 1
    return tuple(names)


def _end_without_s(word: re.Match[str]) -> int:
    """Where a word ends, but for its "'s"."""
    return word.end() - 2 if word[0].endswith(("'s", "’s")) else word.end()
