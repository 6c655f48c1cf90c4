"""The months that a timeline stands on, from its first day to its last: what every writer draws."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Bars


class Month(NamedTuple):
    """A month on the axis."""

    start: date
    """Its first day; of the first month, the day that the axis begins."""
    opens_year: bool
    """Whether the year's number stands above it: the first month, and every January."""

    @property
    def letter(self) -> str:
        """What stands above it."""
        return MONTHS[self.start.month - 1][0]

    @property
    def opens_quarter(self) -> bool:
        """Whether a quarter begins with it."""
        return self.start.month % 3 == 1


class Axis:
    """The months of a timeline, and how far across it a day stands."""

    def __init__(self, bars: Bars) -> None:
        self.first, self.last, self.today = bars.first, bars.last, bars.today
        self.months = tuple(_months(bars.first, bars.last))

    @property
    def shows_today(self) -> bool:
        """Whether the day that it is looked at is on it."""
        return self.first <= self.today <= self.last

    def share(self, day: date, end: bool = False) -> float:
        """How far across a day begins, or (`end`) ends: 0 to 1, never beyond the edge."""
        days = (self.last - self.first).days + 1
        return min(max((day - self.first).days + end, 0), days) / days

    def month(self, day: date) -> int:
        """Which of the months a day is in; below 0 or beyond the last where it is in none."""
        return (day.year - self.first.year) * 12 + day.month - self.first.month


def _months(first: date, last: date) -> Iterator[Month]:
    day = first.replace(day=1)
    while day <= last:
        yield Month(max(day, first), opens_year=day <= first or day.month == 1)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
