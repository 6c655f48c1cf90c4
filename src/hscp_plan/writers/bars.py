"""Draws a timeline as text: a row a milestone, a column or more a month."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ..standing import OVER
from ..words import one_line
from .axis import Axis
from .lines import SIGNS, STRONG, WIDE, clip

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Bar, Bars


def bars(block: Bars, width: int) -> Iterator[str]:
    """The lines of a timeline: years, months, a row a milestone, and where today is."""
    chart = _Chart(block, width)
    yield from chart.head_lines()
    for heading, group in block.groups:
        yield STRONG + clip(one_line(heading), width)
        for bar in group:
            yield chart.row(bar, width)
    if 0 <= chart.today < chart.length:
        yield f"{' ' * (chart.left + chart.today)}today"


class _Chart:
    """Where each month stands across the page."""

    def __init__(self, block: Bars, width: int) -> None:
        every = [bar for _, group in block.groups for bar in group]
        ids = max((len(bar.id) for bar in every), default=4)
        words = max((len(bar.mark.words) + 2 * (not bar.span) for bar in every), default=0)
        self.axis = Axis(block)
        self.left = ids + 5
        self.labelled = width >= 60
        room = width - self.left - (words + 1 if self.labelled else 0)
        months = len(self.axis.months)
        widest = 3 if width >= WIDE else 2
        self.month_width = next((w for w in range(widest, 0, -1) if months * w <= room), 0)
        """How many columns a month has; 0 where a column has several months."""
        self.months_a_column = 1 if self.month_width else ceil(months / max(room, 1))
        self.length = months * self.month_width or ceil(months / self.months_a_column)
        self.today = self.column(block.today)

    def column(self, day: date, end: bool = False) -> int:
        """The column where this day's month begins, or (`end`) its last one."""
        month = self.axis.month(day)
        if not self.month_width:
            return month // self.months_a_column
        return month * self.month_width + (self.month_width - 1 if end else 0)

    def head_lines(self) -> Iterator[str]:
        """The line of the years and, where each month has a column, that of the months."""
        years, initials = [" "] * self.length, [" "] * self.length
        for month in self.axis.months:
            column = self.column(month.start)
            initials[column] = month.letter
            free = not "".join(years[max(column - 1, 0) : column + 5]).strip()
            if month.opens_year and free:
                years[column : column + 4] = str(month.start.year)
        yield f"{' ' * self.left}{''.join(years)}".rstrip()
        if self.month_width:
            yield f"{' ' * self.left}{''.join(initials)}".rstrip()

    def row(self, bar: Bar, width: int) -> str:
        cells = [" "] * self.length
        if 0 <= self.today < self.length:
            cells[self.today] = "│"
        if bar.span:
            self._draw(cells, bar, *bar.span)
        chart = f"  {bar.id:<{self.left - 2}}{''.join(cells)}"
        words = bar.mark.words if width < WIDE else f"{bar.mark.words}: {bar.text}"
        # Where there is no bar, the sign stands before the words.
        sign = " " if bar.span else f" {SIGNS[bar.mark.kind]} "
        text = f"{chart}{sign}{one_line(words)}"
        return clip(text, width) if self.labelled else chart.rstrip()

    def _draw(self, cells: list[str], bar: Bar, starts: date, first_due: date, ends: date) -> None:
        """Put the bar into a row's cells."""
        start, due = self._clip(self.column(starts)), self._clip(self.column(ends, True))
        finished = bar.mark.kind in OVER
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
