"""Draws a timeline as text: a row a milestone, a column or more a month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import MONTHS
from ..words import one_line
from .text import SIGNS, STRONG, WIDE, clipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Bar, Bars


def bars(block: Bars, width: int) -> Iterator[str]:
    """The lines of a timeline: years, months, a row a milestone, and where today is."""
    axis = _Axis(block, width)
    yield from axis.heads()
    for heading, group in block.groups:
        yield STRONG + clipped(one_line(heading), width)
        for bar in group:
            yield axis.row(bar, width)
    if 0 <= axis.today < axis.length:
        yield f"{' ' * (axis.left + axis.today)}today"


class _Axis:
    """Where each month stands across the page."""

    def __init__(self, block: Bars, width: int) -> None:
        ids = max((len(b.id) for _, group in block.groups for b in group), default=4)
        every = (bar for _, group in block.groups for bar in group)
        words = max((len(b.mark.words) + 2 * (not b.span) for b in every), default=0)
        self.left = ids + 5
        self.first = block.first
        self.months = _months(block.first, block.last) + 1
        room = width - self.left - (words + 1 if width >= 60 else 0)
        wide = 3 if width >= WIDE else 2
        self.each = next((w for w in range(wide, 0, -1) if self.months * w <= room), 0)
        self.per = 1 if self.each else -(-self.months // max(room, 1))
        self.length = self.months * self.each or -(-self.months // self.per)
        self.today = self.column(block.today)
        self.labelled = width >= 60

    def column(self, day: date, end: bool = False) -> int:
        """The column where this day's month begins, or (`end`) its last one."""
        month = _months(self.first, day)
        if not self.each:
            return month // self.per
        return month * self.each + (self.each - 1 if end else 0)

    def heads(self) -> Iterator[str]:
        years, initials = [" "] * self.length, [" "] * self.length
        for month in range(self.months):
            number = (self.first.month - 1 + month) % 12
            column = month * self.each if self.each else month // self.per
            initials[column] = MONTHS[number][0]
            if month == 0 or number == 0:
                year = str(self.first.year + (self.first.month - 1 + month) // 12)
                if "".join(years[max(column - 1, 0) : column + 5]).strip() == "":
                    years[column : column + 4] = year
        yield f"{' ' * self.left}{''.join(years)}".rstrip()
        if self.each:
            yield f"{' ' * self.left}{''.join(initials)}".rstrip()

    def row(self, bar: Bar, width: int) -> str:
        cells = [" "] * self.length
        if 0 <= self.today < self.length:
            cells[self.today] = "│"
        if bar.span:
            self._draw(cells, bar, *bar.span)
        drawn = f"  {bar.id:<{self.left - 2}}{''.join(cells)}"
        words = bar.mark.words if width < WIDE else f"{bar.mark.words}: {bar.text}"
        # Where there is no bar, the sign stands before the words.
        sign = " " if bar.span else f" {SIGNS[bar.mark.kind]} "
        said = f"{drawn}{sign}{one_line(words)}"
        return clipped(said, width) if self.labelled else drawn.rstrip()

    def _draw(self, cells: list[str], bar: Bar, starts: date, first_due: date, ends: date) -> None:
        """Put the bar into a row's cells."""
        start, due = self._clip(self.column(starts)), self._clip(self.column(ends, True))
        finished = bar.mark.kind in ("complete", "closed")
        for column in range(min(start, due), due):
            cells[column] = "═" if finished else "─"
        sign = SIGNS[bar.mark.kind]
        if bar.mark.kind == "overdue":
            now = self._clip(max(self.today, due + 1))
            for column in range(due + 1, now):
                cells[column] = "·"
            cells[due] = "┤"
            cells[now] = sign
        else:
            cells[due] = sign
        first = self._clip(self.column(first_due, True))
        if bar.moved and cells[first] in "─═ │·":
            cells[first] = "┼"

    def _clip(self, column: int) -> int:
        return min(max(column, 0), self.length - 1)


def _months(first: date, day: date) -> int:
    return (day.year - first.year) * 12 + day.month - first.month
