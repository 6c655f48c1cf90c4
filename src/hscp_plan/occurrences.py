"""The occurrences of recurring work: the months, quarters, halves, years or terms from its start to
its due date. They are worked out when somebody asks, and stand in no file."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .dates import FILE_FORMS, TERMS, PlanDate, day_shown, month_later, read_text

if TYPE_CHECKING:
    from .model import Entry, Every, Milestone

_FORMS: dict[Every, str] = {
    "month": "month",
    "quarter": "quarter",
    "6 months": "half",
    "year": "financial year",
    "term": "term",
}
"""The form of date that each occurrence is."""
_TERM_MONTHS = {
    first + n: first for first in TERMS.values() for n in range(4) if first + n not in (4, 8)
}
"""The first month of the term of each month. April, which two terms share, is of neither, so that
work due in April ends with the spring term and work that starts then begins with the summer one."""


class Occurrence(NamedTuple):
    """One of the times that recurring work is done."""

    period: PlanDate
    """The month, quarter, half, year or term that it is of."""
    due: PlanDate
    """The same, or the due date of the whole work where that is over before."""
    entry: Entry | None
    """The newest entry of the log that is for it; None where it is not reported."""

    @property
    def name(self) -> str:
        """What it is called: Q3 2021/22, October 2021, April to September 2021."""
        return name(self.period)


def name(period: PlanDate) -> str:
    """What a period is called: Q3 2021/22, October 2021, April to September 2021."""
    return period.text if period.form in ("quarter", "financial year") else period.shown


def occurrences(milestone: Milestone) -> tuple[Occurrence, ...]:
    """The occurrences of a milestone, the first one first; none where it does not recur."""
    if not (milestone.every and milestone.start):
        return ()
    reported = {entry.for_: entry for entry in milestone.progress if entry.for_}
    due = milestone.due
    return tuple(
        Occurrence(period, due if due.last < period.last else period, reported.get(period))
        for period in periods(milestone.every, milestone.start.first, due.last)
    )


def awaited(milestone: Milestone, since: date = date.min) -> Occurrence | None:
    """The first occurrence of a milestone that is not reported, over or still to come; of those
    that are not over by the day before `since`. None where it does not recur, or there is none."""
    every = occurrences(milestone)
    return next((o for o in every if not o.entry and o.due.last >= since), None)


def waiting(milestone: Milestone, day: date) -> tuple[Occurrence, ...]:
    """What something said on a day may report, where nobody says which: the occurrences that are
    over and not reported; where none is, the one under way."""
    begun = [o for o in occurrences(milestone) if not o.entry and o.period.first <= day]
    return tuple([o for o in begun if o.due.last < day] or begun)


def for_fault(milestone: Milestone, period: PlanDate, day: date) -> tuple[str, str] | None:
    """What is wrong, and what to do, where an entry of this day cannot be for this period of
    recurring work: it is none of its occurrences, or begins only later. None where it can."""
    every = _ever_periods(milestone)
    if period not in every:
        nearest = min(every, key=lambda known: _apart(known, period))
        others = f"It recurs from {name(every[0])} to {name(every[-1])}"
        return (
            f"{name(period)} is none of its occurrences, one every {milestone.every}",
            f"{others}; the nearest is {nearest.text}.",
        )
    if period.first > day:
        return f"{name(period)} begins only after {day_shown(day)}", "Give one that has begun."
    return None


def _ever_periods(milestone: Milestone) -> tuple[PlanDate, ...]:
    """The periods of a milestone's occurrences, up to the latest due date that it ever had: what
    was reported before the due date moved to an earlier day stays true."""
    assert milestone.every  # noqa: S101 - else nothing asks
    assert milestone.start  # noqa: S101 - what recurs begins
    dues = [milestone.due, *(entry.moved.from_ for entry in milestone.moves if entry.moved)]
    last = max(due.last for due in dues if due.dated)
    return periods(milestone.every, milestone.start.first, last)


def _apart(one: PlanDate, other: PlanDate) -> tuple[int, int]:
    """How far the last day of a period is from another one, and then from its last day."""
    outside = max(one.first - other.last, other.last - one.last)
    return max(outside.days, 0), abs((one.last - other.last).days)


@lru_cache(maxsize=1024)
def periods(every: Every, first: date, last: date) -> tuple[PlanDate, ...]:
    """The periods of this kind from the one in which a day falls to that in which another does;
    never none. Quarters, halves and years are those of the financial year, April to March."""
    number = (last.year - first.year) * 12 + last.month - first.month + 1
    months = (month_later(first.year, first.month, n) for n in range(number))
    found = dict.fromkeys(filter(None, (_period(every, *month) for month in months)))
    # Within April or August alone no term stands: it is the next one's.
    return tuple(found) or (_nearest(every, last),)


def _nearest(every: Every, day: date) -> PlanDate:
    own = _period(every, day.year, day.month)
    following = _period(every, *month_later(day.year, day.month, 1))
    period = own or following
    assert period is not None  # noqa: S101 - no two months on end are without a term
    return period


@lru_cache(maxsize=4096)
def _period(every: Every, year: int, month: int) -> PlanDate | None:
    """The period of a month; None for a month that is of no term."""
    form = FILE_FORMS[_FORMS[every]]
    if every == "term":
        begins = _TERM_MONTHS.get(month)
        first = begins and (year, begins)
    else:
        # Counted from April, in which the financial year begins.
        past = (month - 4) % form.months
        first = month_later(year, month, -past)
    return read_text(form.write(date(*first, 1))) if first else None
