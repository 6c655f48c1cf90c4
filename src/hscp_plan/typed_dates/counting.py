"""Counting on from a date by a length of time: two months, a week, a quarter."""

from __future__ import annotations

import re
from datetime import date

from ..dates import FILE_FORMS, REMEDY, PlanDate, month_later, of_day, read_text, year_in_range
from ..errors import Wrong

NUMBERS = {"a": 1, "an": 1} | {
    number: n
    for n, number in enumerate(
        (
            *("one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
        1,
    )
}
UNITS = {
    unit: step
    for step, units in {
        (1, "d"): ("d", "day"),
        (1, "w"): ("w", "week", "wk"),
        (2, "w"): ("fortnight",),
        (1, "m"): ("m", "month", "mth"),
        (3, "m"): ("q", "quarter"),
        (1, "y"): ("y", "year", "yr"),
    }.items()
    for unit in units
}
"""How often the step that it is counted in goes into each unit."""
LENGTH = (
    rf"(?:(?P<number>\d{{1,3}}|{'|'.join(NUMBERS)})[ -]?|(?=[a-z]{{3}}))"
    rf"(?P<unit>{'|'.join(UNITS)})s?"
)
"""A length of time: 3 months, six weeks, a year."""


def count_from(match: re.Match[str], base: PlanDate, sign: int = 1) -> PlanDate:
    """The date that comes the length of time of a match after another, or before it."""
    number, unit = _steps(match)
    return later_date(sign * number, unit, base)


def as_step(text: str) -> str | None:
    """A number of days, weeks, months or years as it is counted on: two months is +2m. None where
    the text is none."""
    match = re.fullmatch(rf"\+? ?{LENGTH}", text.casefold(), re.ASCII)
    if match is None or not match["number"]:
        return None
    number, unit = _steps(match)
    return f"+{number}{unit}"


def _steps(match: re.Match[str]) -> tuple[int, str]:
    """How many steps of which unit the length of time of a match is."""
    number, (times, unit) = match["number"] or "a", UNITS[match["unit"]]
    return times * (NUMBERS.get(number) or int(number)), unit


def in_year(moment: PlanDate, year: int) -> PlanDate:
    """The same date in another year, as exact as it was."""
    years = year - moment.first.year
    return later_date(years, "y", moment) if years else moment


def later_date(number: int, unit: str, base: PlanDate) -> PlanDate:
    """A date so much later than another, and as exact. Raises Wrong where it would not be."""
    months = {"m": 1, "y": 12}.get(unit, 0) * number
    if not base.dated:
        start = "what has no date" if base.undated else "ongoing"
        raise Wrong("date-unreadable", f"{start} has no day to count from", REMEDY)
    form = FILE_FORMS[base.form]
    if form.months:
        if not months or months % form.months:
            raise _step_refusal(f"+{number}{unit}", base)
        year, month = month_later(base.first.year, base.first.month, months)
        first = date(year_in_range(f"+{number}{unit}", year), month, 1)
        return read_text(form.write(first))
    from dateutil.relativedelta import relativedelta

    days = number * {"d": 1, "w": 7}.get(unit, 0)
    day = base.last + relativedelta(days=days, months=months)
    year_in_range(f"+{number}{unit}", day.year)
    return of_day(day)


def _step_refusal(step: str, base: PlanDate) -> Wrong:
    """Why a date cannot be counted on by a step, and which steps would do."""
    months = FILE_FORMS[base.form].months
    steps = {1: "months or years, as +2m or +1y", 3: "quarters or years, as +3m or +1y"}
    return Wrong(
        "date-unreadable",
        f"{step} from {base.shown} is no {base.form}, and a date is never made more exact than it "
        "was",
        f"Count in {steps.get(months, 'years, as +1y')}; or write the date itself.",
    )
