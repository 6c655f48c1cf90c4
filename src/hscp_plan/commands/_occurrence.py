"""Recurring work as it is typed: how often, and which occurrence is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ..errors import Mistyped
from ..model import Every
from ..occurrences import for_fault, waiting
from ..words import some
from ._look import date_given, note
from ._text import word_given
from ._typed import at_terminal, line

if TYPE_CHECKING:
    from datetime import date

    from ..dates import PlanDate
    from ..standing import Standing

_ADVERBS = {
    "monthly": "month",
    "quarterly": "quarter",
    **dict.fromkeys(("half-yearly", "six-monthly", "half year", "six months"), "6 months"),
    **dict.fromkeys(("yearly", "annually", "annual", "financial year"), "year"),
    **dict.fromkeys(("termly", "school term"), "term"),
}


def every_given(typed: str) -> str:
    """How often something recurs, as a file has it. Raises Mistyped where it is none."""
    word = typed.strip(" .").lower().removeprefix("every ")
    return word_given(_ADVERBS.get(word, word), get_args(Every), "how often something recurs")


def occurrence_given(
    typed: str | None, standing: Standing, day: PlanDate, today: date
) -> PlanDate | None:
    """The occurrence of recurring work that is named; None where it is said that none is reported.
    Raises Mistyped where it is not one that has begun by this day."""
    milestone = standing.milestone
    if typed is None or typed.strip().casefold() == "none":
        return None
    if not milestone.every:
        raise Mistyped(f"{milestone.id} does not recur", "Leave --for out.")
    period = date_given(typed, today, "--for", standing.head, past=True)
    if fault := for_fault(milestone, period, day.last):
        raise Mistyped(f"{milestone.id}: {fault[0]}", fault[1])
    return period


def occurrence_meant(
    standing: Standing, day: PlanDate, today: date, *, ends: bool, ask: bool
) -> PlanDate | None:
    """The occurrence that something said on a day reports, where nobody named it: the one that is
    over and not reported; where none is, the one that is under way. None where nothing waits, and
    where several do and the work `ends`. Where several could be meant, asks (`ask`) at a terminal;
    elsewhere raises Mistyped."""
    milestone = standing.milestone
    could_be = waiting(milestone, day.first)
    if len(could_be) < 2 or ends:
        return could_be[0].period if len(could_be) == 1 else None
    names = some([o.name for o in could_be], 8)
    what = f"{milestone.id} is to be reported every {milestone.every}, and nothing is reported for"
    if not (ask and at_terminal()):
        raise Mistyped(
            f"{what} {names}",
            f'Say which this is for:  --for "{could_be[0].period.text}"  (or --for none)',
        )
    note(f"{what} {names}.")
    while True:
        try:
            return occurrence_given(line("Which is this for? (or none): "), standing, day, today)
        except Mistyped as mistyped:
            note(f"{mistyped.what}. {mistyped.next}")
