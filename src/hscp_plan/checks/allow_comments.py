"""Which findings the comments of a file allow: `# hscp: allow RULE: the reason`.

A comment counts for what is found on its own line, in the text that begins or ends on that line,
and in the text of the key directly below it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from .allow import ALLOWABLE, allowances

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..reading.yamltext import Path, Reading

Point = tuple[int, int]
"""A line and a column, counted from 0."""
MOST_ABOVE = 20
"""Lines of comment above a key that are looked at."""


class Lines:
    """The lines of a text, and the line on which each of its characters stands."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]

    def point(self, offset: int) -> Point:
        """The line and column of a character."""
        line = bisect_right(self.starts, offset, hi=len(self.lines)) - 1
        return line, offset - self.starts[line]


class AllowComments:
    """The comments of one file that allow something, and which of them were needed."""

    def __init__(self, text: str, lines: Lines, reading: Reading) -> None:
        self.reading = reading
        self.lines = lines.lines
        self.scalars = sorted(_scalars(reading))
        self.starts = [start for start, _, _ in self.scalars]
        self.needed: set[Point] = set()
        """Where the comments stand that allowed something."""
        self.comments: dict[int, tuple[Point, str]] = {}
        """By line: where a comment stands, and the rule that it allows."""
        for allowance in allowances(text):
            point = lines.point(allowance.start)
            if allowance.rule in ALLOWABLE and allowance.reason and not self._within_text(point):
                self.comments[point[0]] = (point, allowance.rule)

    def allows_at(self, rule: str, point: Point) -> bool:
        """Whether a finding of this rule is allowed where it stands."""
        path = self._path(point)
        return self._use(rule, self._lines(path) if path else self._and_above(point[0]))

    def allows_under(self, rule: str, path: Path) -> bool:
        """Whether a finding of this rule is allowed under this path of keys."""
        return self._use(rule, self._lines(path))

    def _use(self, rule: str, lines: Iterable[int]) -> bool:
        """Whether a comment on one of these lines allows the rule; it is needed, then."""
        comments = [self.comments[line] for line in lines if line in self.comments]
        uses = {place for place, allowed in comments if allowed == rule}
        self.needed |= uses
        return bool(uses)

    def _path(self, point: Point) -> Path | None:
        """The path of the value in which something stands; None where it stands in none."""
        place = bisect_right(self.starts, point) - 1
        if place < 0 or point >= self.scalars[place][1]:
            return None
        return self.scalars[place][2]

    def _within_text(self, point: Point) -> bool:
        path = self._path(point)
        if path is None:
            return False
        line, column = self.reading.spans[path][:2]
        # A comment may follow the sign that begins a block.
        block = self.reading.lines[line][column] in "|>"
        return not (block and point[0] == line)

    def _lines(self, path: Path) -> Iterator[int]:
        """The lines on which a comment counts for what stands under this path."""
        while path and path not in self.reading.spans:
            path = path[:-1]  # one text in place of a list of them
        start, _, end, column = self.reading.spans.get(path, (0, 0, 0, 0))
        first = self.reading.keys.get(path, (start,))[0]
        yield from range(first + 1, start + 1)
        yield from self._and_above(first)
        yield end - (column == 0)
        if path and isinstance(path[-1], int) and path[:-1] in self.reading.keys:
            yield from self._and_above(self.reading.keys[path[:-1]][0])

    def _and_above(self, line: int) -> Iterator[int]:
        """This line, and the comments directly above it."""
        yield line
        for above in range(line - 1, max(-1, line - 1 - MOST_ABOVE), -1):
            if not self.lines[above].lstrip().startswith("#"):
                return
            yield above


def _scalars(reading: Reading) -> Iterator[tuple[Point, Point, Path]]:
    """Every text of a file: where it begins, where it ends, and its path."""
    for path, (line, column, end_line, end) in reading.spans.items():
        begin = reading.lines[line][column : column + 1] if line < len(reading.lines) else ""
        if (line, column) < (end_line, end) and begin not in "[{":
            yield (line, column), (end_line, end), path
