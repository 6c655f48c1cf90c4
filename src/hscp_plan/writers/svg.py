"""Draws a timeline as SVG: a drawing a group, a bar a milestone over the months.

Places across are percentages and places down are pixels, so that a drawing is as wide as its page
and its words keep their size. It holds no style: colours are the page's own, by class.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..standing import OVER
from ..words import BRAG, SYMBOLS, one_line
from .axis import Axis

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Bar, Bars

HEAD, ROW, FOOT = 36, 28, 20
"""How high the years and months, a milestone, and the word below them are."""
CROWDED = 36
"""With more months than this, only every third has its letter."""
_SHAPES = {
    "●": '<circle r="6"/>',
    "○": '<circle class="hollow" r="5.5"/>',
    "◐": '<circle class="hollow" r="5.5"/><path d="M0-5.5a5.5 5.5 0 0 0 0 11z"/>',
    "▲": '<path d="M0-7.5 7.5 6h-15z"/>',
    "!": '<circle r="8"/><path class="sign" d="M0-4.5V1M0 4.2v.3"/>',
    "×": '<circle r="8"/><path class="sign" d="m-3-3 6 6m0-6-6 6"/>',
    "◆": '<path d="M0-8 8 0 0 8-8 0z"/>',
    "✓": '<circle r="8"/><path class="sign" d="m-4 .3 2.8 2.8 5.2-5.6"/>',
    "–": '<circle r="8"/><path class="sign" d="M-3.8 0h7.6"/>',
}
"""Each standing's symbol, drawn about its middle: no font need have it."""


def drawings(bars: Bars) -> Iterator[tuple[str, str]]:
    """Each group's heading, and its drawing. Both are for the eye: a table must say the same."""
    chart = _Chart(bars)
    for heading, group in bars.groups:
        height = HEAD + ROW * len(group) + FOOT
        parts = [f'<svg aria-hidden="true" focusable="false" width="100%" height="{height}">']
        parts += chart.months(height - FOOT)
        for number, bar in enumerate(group):
            parts += chart.row(bar, HEAD + ROW * number)
        parts += [*chart.now(height), "</svg>"]
        yield one_line(heading), "".join(parts)


class _Chart:
    """The parts of a drawing."""

    def __init__(self, bars: Bars) -> None:
        self.axis = Axis(bars)

    def at(self, day: date, end: bool = False) -> float:
        """How far across a day begins, or (`end`) ends, in hundredths; never beyond the edge."""
        return self.axis.share(day, end) * 100

    def months(self, low: int) -> Iterator[str]:
        """The lines between the months, and what stands above them."""
        crowded = len(self.axis.months) > CROWDED
        for month in self.axis.months:
            day, quarter = month.start, month.opens_quarter
            x = _percent(self.at(day))
            kind = "" if quarter else "between"
            if day.month == 1:
                kind = "year"
            yield f'<line class="grid {kind}" x1="{x}" x2="{x}" y1="{HEAD - 18}" y2="{low}"/>'
            if month.opens_year:
                yield f'<text class="year" x="{x}" y="12">{day.year}</text>'
            if quarter or not crowded:
                kind = "month" if quarter else "month between"
                yield f'<text class="{kind}" x="{x}" dx="3" y="{HEAD - 6}">{month.letter}</text>'

    def row(self, bar: Bar, top: int) -> Iterator[str]:
        """One milestone: its id, its bar, how it stands, and that in words."""
        middle, kind = top + ROW // 2, bar.mark.kind
        words = escape(one_line(bar.mark.words))
        yield f'<g class="{BRAG[kind]}"><title>{escape(one_line(f"{bar.id} {bar.text}"))}</title>'
        yield f'<text class="id" x="-10" y="{middle + 5}">{escape(one_line(bar.id))}</text>'
        if bar.span:
            yield from self._draw(bar, middle, *bar.span)
        yield f'<text class="words" x="100%" dx="16" y="{middle + 5}">{words}</text></g>'

    def _draw(
        self, bar: Bar, middle: int, starts: date, first_due: date, ends: date
    ) -> Iterator[str]:
        """A bar from its start to its due date, with its symbol there, a stroke at its first due
        date, and the time since it was due."""
        kind, start, due = bar.mark.kind, self.at(starts), self.at(ends, end=True)
        if kind == "overdue":
            yield from _late(due, self.at(self.axis.today, end=True), middle)
        done = " done" if kind in OVER else ""
        yield (
            f'<rect class="bar{done}" x="{_percent(min(start, due))}" y="{middle - 4}" '
            f'width="{_percent(abs(due - start))}" height="8"/>'
        )
        if bar.moved:
            x = _percent(self.at(first_due, end=True))
            yield f'<line class="first" x1="{x}" x2="{x}" y1="{middle - 9}" y2="{middle + 9}"/>'
        shape = _SHAPES[SYMBOLS[kind]]
        yield f'<svg class="at" x="{_percent(due)}" y="{middle}">{shape}</svg>'

    def now(self, height: int) -> Iterator[str]:
        """The line of the day that it is looked at, with its word."""
        if self.axis.shows_today:
            x = _percent(self.at(self.axis.today, end=True))
            low = height - FOOT
            yield f'<line class="today" x1="{x}" x2="{x}" y1="{HEAD - 18}" y2="{low}"/>'
            yield f'<text class="today" x="{x}" y="{height - 5}">today</text>'


def _late(due: float, today: float, middle: int) -> Iterator[str]:
    """The time since it was due."""
    x = _percent(due), _percent(today)
    yield f'<line class="late" x1="{x[0]}" x2="{x[1]}" y1="{middle}" y2="{middle}"/>'


def _percent(place: float) -> str:
    return f"{place:.2f}%"
