"""Dates as a person types them: every form of a file, and `April 2022`, `30/4/2022`, `+2m`.

No guessing: what can be read in two ways is refused, with both. What is written where a date
belongs and is none (`TBC`, `Spring 2022`, `w/c 4 April`) is the affair of `refusals`.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from ..dates import UNCONFIRMED, UNDATED, PlanDate, exact_day, of_day
from ..errors import Wrong
from .counting import LENGTH, count_from
from .counting import as_step as as_step
from .forms import read_plain
from .parts import END, Asked, bare, plain

if TYPE_CHECKING:
    from datetime import date


def read_typed(
    text: str,
    today: date,
    base: PlanDate | None = None,
    *,
    past: bool = False,
    day_first: bool = False,
) -> PlanDate:
    """A date as a person types it.

    `+2m` counts from `base` where there is one (a due date that moves), else from `today`; it
    keeps the precision of what it counts from. Without a year it is the next such date or, where
    it tells of the `past`, the last. `day_first`: whether 3/4/2022 is 3 April. Raises Wrong where
    the text is no date, ambiguous or impossible; NoDate where it is like none.
    """
    if day := exact_day(text.strip()):
        return day
    asked = Asked(text, today, base or of_day(today), past, day_first)
    typed = bare(text)
    moment = read_plain(typed, asked)
    if moment:
        return moment
    # Loaded only for what cannot be read.
    from .refusals import refusal

    raise refusal(typed, asked)


def find_date(
    text: str, today: date, *, past: bool = False, day_first: bool = False
) -> PlanDate | None:
    """As `read_typed`, of a text that need not be a date: None where it is none, or is refused."""
    if day := exact_day(text.strip()):
        return day
    with suppress(Wrong):
        return read_plain(bare(text), Asked(text, today, of_day(today), past, day_first))
    return None


def find_lasting(text: str, *, day_first: bool) -> PlanDate | None:
    """As `find_date`, of what means the same on every day: no `+2m`, and no date without a year.
    Raises Wrong where it is one that is refused."""
    return exact_day(text.strip()) or read_plain(
        bare(text), Asked(text, None, UNDATED, day_first=day_first)
    )


def means_end(text: str) -> bool:
    """Whether the end of something is meant: end of April."""
    return bool(re.match(END, plain(text)))


def read_length(text: str, today: date) -> PlanDate | None:
    """The day that comes a length of time after today: 90d, 3 months, six weeks, a year, quarter.
    None where the text is no length. Raises Wrong where that day is after 2100."""
    typed = plain(text).removeprefix("+").removeprefix("the ").removeprefix("next ")
    match = re.fullmatch(f"(?:in |within )?(?:the )?(?:next )?{LENGTH}", typed, re.ASCII)
    return count_from(match, of_day(today)) if match else None


def means_unconfirmed(text: str) -> bool:
    """Whether a text says that a date is to be confirmed: TBC."""
    return bare(text) in ("tbc", UNCONFIRMED.text)


def correction(text: str) -> Wrong | None:
    """Why a file may not write a date as a person may type it, with the form to write instead. None
    for what nobody would type either."""
    asked = Asked(text, None, UNDATED)
    if means_unconfirmed(text):
        next = (
            "Leave it out; or write  due: to be confirmed  and, after  after:, what it waits for."
        )
        return asked.wrong("is not a date", next)
    try:
        date = read_plain(bare(text), asked)
    except Wrong as wrong:
        return wrong
    return date and asked.wrong("is not a date", f"Write {date.text}.")
