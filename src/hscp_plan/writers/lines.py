"""Lines of a given width: what of a sentence takes how many columns, wrapped, clipped and padded.

A standing's symbol travels through the layout as one private-use character, which no plan text
can hold once `words.safe` has seen it; at the end it becomes the symbol, or `terminal` colours it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..dates import PlanDate
from ..document import Link, Mark, Room, SmallLine
from ..words import KINDS, SYMBOLS, one_line

if TYPE_CHECKING:
    from ..document import Line, Part

WIDE = 100
"""From this many columns on there is room for whole dates and more columns."""
SIGNS = {kind: chr(0xE000 + n) for n, kind in enumerate(KINDS)}
STRONG = chr(0xE0FF)
"""Stands before a line that is to be set strongly."""
_PLAIN = {sign: SYMBOLS[kind] for kind, sign in SIGNS.items()} | {STRONG: ""}


def plain(text: str) -> str:
    """The text with signs become symbols. Ten times as quick as one `translate` of long texts."""
    for sign, symbol in _PLAIN.items():
        text = text.replace(sign, symbol)
    return text


def text_of(line: Line | Part | Room, short: bool = False) -> str:
    """Parts of a sentence as one safe text, symbols as their signs."""
    if isinstance(line, str):
        return one_line(line)
    if isinstance(line, PlanDate):
        return line.short if short else line.shown
    if isinstance(line, Mark):
        sign = SIGNS[line.kind]
        return f"{sign} {one_line(line.words)}" if line.words else sign
    if isinstance(line, Link):
        return one_line(line.text)
    if isinstance(line, SmallLine):
        return line.shown
    if isinstance(line, Room):
        return f"{one_line(line.label)}: …"
    return sentence_text(line, short)


def sentence_text(line: Line, short: bool = False) -> str:
    """The parts of a sentence as one safe text."""
    # Most parts are words, and most words are plain.
    return "".join(
        [
            part if type(part) is str and part.isprintable() else text_of(part, short)
            for part in line
        ]
    )


def cells(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii() or not _UNUSUAL.search(text):
        return len(text)
    from unicodedata import combining, east_asian_width

    wide = sum(east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(combining(c)) or c in "\u200c\u200d\ufe0f" for c in text)


# Each of these takes one column: Latin, Greek, Cyrillic, punctuation, lines, and our own signs. To
# name the others instead, half of all there are, takes 3 ms to compile.
_UNUSUAL = re.compile(
    "[^\0-\u02ff\u0370-\u0482\u2000-\u200a\u2010-\u20cf\u2500-\u25fc\ue000-\ue0ff]"
)


def wrap(text: str, width: int, hang: str = "", start: str = "") -> list[str]:
    """The text in lines of at most this width, broken at spaces; `start` stands before the first
    line, `hang` before the others. A word longer than a line stands alone and is not cut."""
    room = width - cells(start)
    if len(text) * 2 <= room or cells(text) <= room:
        return [start + text]
    if not text.isascii() and _UNUSUAL.search(text):
        return _wrap_by_cells(text, width, hang, start)
    lines, at = [], 0
    while len(text) - at > room:
        cut = text.rfind(" ", at, at + room + 1)
        if cut <= at:
            cut = text.find(" ", at + 1)
            if cut < 0:
                break
        lines.append(start + text[at:cut].rstrip())
        at, start, room = cut + 1, hang, width - len(hang)
    lines.append(start + text[at:].lstrip())
    return lines


def _wrap_by_cells(text: str, width: int, hang: str, start: str) -> list[str]:
    lines: list[str] = []
    line, room, empty = start, width - cells(start), True
    for word in text.split(" "):
        size = cells(word)
        if not empty and size + 1 > room:
            lines.append(line)
            line, room, empty = hang, width - cells(hang), True
        if not empty:
            line, room = f"{line} ", room - 1
        line, room, empty = line + word, room - size, False
    lines.append(line)
    return lines


def clip(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it is longer than this."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def pad(text: str, size: int, right: bool = False) -> str:
    """The text with blanks to this width, before it where it stands to the `right`."""
    blanks = " " * (size - cells(text))
    return blanks + text if right else text + blanks
