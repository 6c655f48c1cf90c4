"""Headings, by the size of their letters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .text import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tables import Drawn

_LARGER = 0.8
"""How many points larger than the text a heading is."""
_LONGEST = 250


class Headings:
    """What sizes of letters say in a document."""

    def __init__(self, pages: Sequence[Sequence[Drawn | Line]]) -> None:
        lines = [line for page in pages for line in page if isinstance(line, Line)]
        self._usual = _usual(lines)
        self._cover = _cover(pages, self._usual)
        self._title = max(map(_size, self._cover), default=0.0)
        self._sizes = sorted({_size(line) for line in lines if self._counts(line)}, reverse=True)

    def _counts(self, line: Line) -> bool:
        size = _size(line)
        return size >= self._usual + _LARGER and (line not in self._cover or size == self._title)

    def level(self, group: Sequence[Line]) -> int:
        """The level of the heading that these lines are; 0 where they are none."""
        text = sum(len(line.text) for line in group)
        if text > _LONGEST or not self._counts(group[0]):
            return 0
        return self._sizes.index(_size(group[0])) + 1


def _size(line: Line) -> float:
    return round(line.size * 2) / 2


def _usual(lines: Sequence[Line]) -> float:
    """The size that most of the text has."""
    count: Counter[float] = Counter()
    for line in lines:
        count[_size(line)] += len(line.text)
    return max(count, key=lambda size: count[size], default=0)


def _cover(pages: Sequence[Sequence[Drawn | Line]], usual: float) -> list[Line]:
    """The lines of a first page that has headings alone: none of them stands over anything, and
    only the largest say what the document is called."""
    first = pages[0] if len(pages) > 1 else ()
    lines = [line for line in first if isinstance(line, Line)]
    large = [line for line in lines if _size(line) >= usual + _LARGER]
    return lines if len(lines) == len(first) and len(large) * 10 > len(lines) * 9 else []
