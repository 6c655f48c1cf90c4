"""Doubts of dates that are probably slips of the hand: why, and which date was probably meant.

Nothing here forbids a date: a doubtful one can be right, and whoever typed it says so.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..dates import UNDATED, day_shown
from ..typed_dates.counting import in_year
from ..words import count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from ..dates import PlanDate
    from ..model import Period

YEARS_BEYOND = 2
"""How many years after a plan's end something may be due, or the year is probably a slip."""
LATELY = timedelta(days=31)
"""What happened a year and no more than this ago was probably this year."""


class Doubt(NamedTuple):
    """Why a date is doubtful, to be said after it; and the one that was probably meant."""

    why: str
    likely: PlanDate | None


def due_doubt(
    due: PlanDate,
    day: date,
    period: Period,
    start: PlanDate | None = None,
    now: PlanDate = UNDATED,
) -> Doubt | None:
    """The doubt of a due date that is given on a day; `now` is what it is moved from. In a plan
    that is over every date is past, and none is doubtful for that."""
    running = day <= period.end.last

    def why(due: PlanDate) -> str:
        over = running and due.last < day
        return f"was already over on {day_shown(day)}" if over else _outside(due, period)

    def fits(other: PlanDate) -> bool:
        return not why(other) and other != now and not (start and start.first > other.last)

    years = range(day.year, period.end.last.year + YEARS_BEYOND + 1)
    return _doubt(due, why(due), years, fits)


def start_doubt(start: PlanDate, period: Period, due: PlanDate = UNDATED) -> Doubt | None:
    """The doubt of the start of a milestone."""

    def fits(other: PlanDate) -> bool:
        return not _outside(other, period) and other.first <= due.last

    years = range(period.start.first.year, period.end.last.year + 1)
    return _doubt(start, _outside(start, period), years, fits)


def entry_doubt(day: PlanDate, today: date, period: Period) -> Doubt | None:
    """The doubt of the day on which something is said to have happened. Today is no slip."""
    if day.first <= today <= day.last:
        return None
    later = in_year(day, day.first.year + 1).last
    why = _outside(day, period)
    if not why and later <= today <= later + LATELY:
        why = "is more than a year ago"

    def fits(other: PlanDate) -> bool:
        return other.last <= today and not _outside(other, period)

    return _doubt(day, why, range(today.year, period.start.first.year - 1, -1), fits)


def _outside(moment: PlanDate, period: Period) -> str:
    """How a date lies outside a plan's period, further than what is carried on; empty where it
    does not."""
    if moment.last < period.start.first:
        return f"is before the plan begins ({period.start.shown})"
    if moment.first.year - YEARS_BEYOND > period.end.last.year:
        return (
            f"is more than {count(YEARS_BEYOND, 'year')} after the plan ends ({period.end.shown})"
        )
    return ""


def _doubt(
    moment: PlanDate, why: str, years: Iterable[int], fits: Callable[[PlanDate], bool]
) -> Doubt | None:
    """The doubt, where there is one, with the same date in the first of these years that fits."""
    if not why or not moment.dated:
        return None
    candidates = (in_year(moment, year) for year in years)
    return Doubt(why, next(filter(fits, candidates), None))
