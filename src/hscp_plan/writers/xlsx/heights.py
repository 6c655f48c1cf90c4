"""How high the rows of a workbook have to be. Not every program makes a row as high as its texts
ask for when it opens a file, so it is worked out here, rather too high than too low."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category, east_asian_width, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE_HEIGHT, TALLEST = 17, 545
"""Pixels of a line of a row, and of the highest row that Excel allows."""
_MARGIN = 3
_DIGIT, _TYPE = 7, 13.4
"""Pixels of a digit, in which a column's width is counted, and of the size of its letters."""
_WIDTHS = {
    0.23: "'ijl",
    0.28: ' !,./:;I[]\\ft|"',
    0.34: "()-`r{}",
    0.5: "cksvxyzJ^*",
    0.67: "ABEKPSVXYFTZL&",
    0.73: "CDHNRUw",
    0.78: "GOQ",
    0.84: "mM",
    0.95: "W%",
    1.0: "@—…",
}
"""Letters of Arial, by how wide they are beside how large."""
_OF_LETTER = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_PLAIN, _UNKNOWN, _WIDE = 0.57, 0.7, 1.0
"""Any other letter of ours; of another alphabet; of one whose letters fill a square."""


def height(cells: Iterable[tuple[str, int]]) -> int:
    """How high a row with these texts, in columns so many digits wide, is to be, in pixels; 0 where
    it is no higher than others."""
    most = max((lines(text, width) for text, width in cells), default=1)
    return min(LINE_HEIGHT * most + _MARGIN, TALLEST) if most > 1 else 0


@lru_cache(maxsize=4096)  # Leads, priorities and dates stand in many rows.
def lines(text: str, width: int) -> int:
    """How many lines a text needs at most in a column so many digits wide."""
    room = width * _DIGIT / _TYPE
    return sum(_line_count(line, room) for line in text.split("\n"))


def _line_count(line: str, room: float) -> int:
    """How many lines one line is broken into where each has that room, in widths of a square."""
    taken, at = 1, 0.0
    for word in line.split(" "):
        wide = _wide(word)
        if at + wide <= room:
            at += wide
        elif wide <= room:
            taken, at = taken + 1, wide
        else:  # Broken within, where one more letter had no place.
            taken += at > 0
            more, at = divmod(wide, max(room - _WIDE, _WIDE))
            taken += int(more)
        at += _OF_LETTER[" "]
    return taken


@lru_cache(maxsize=4096)
def _wide(word: str) -> float:
    return sum(map(_width, word))


@lru_cache(maxsize=4096)
def _width(letter: str) -> float:
    base = normalize("NFD", letter)[0]
    if base in _OF_LETTER:
        return _OF_LETTER[base]
    if east_asian_width(letter) in "WF":
        return _WIDE
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return _PLAIN if base.isascii() else _UNKNOWN
