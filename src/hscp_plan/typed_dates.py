"""Dates as a person types them: every form of a file, and `April 2022`, `30/4/2022`, `+2m`.

No guessing: what is ambiguous is refused, with the right form.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from .dates import (
    ANY_FORM,
    FILE_FORMS,
    MONTHS,
    REMEDY,
    UNDATED,
    PlanDate,
    financial_text,
    month_later,
    of_day,
    of_month,
    read,
    read_day,
    read_text,
    year_in_range,
)
from .errors import Wrong, quoted

if TYPE_CHECKING:
    from collections.abc import Callable


def read_typed(text: str, today: date, base: PlanDate | None = None) -> PlanDate:
    """A date as a person types it.

    `+2m` counts from `base` where there is one (a due date that moves), else from `today`; it
    keeps the precision of what it counts from. Raises Wrong where the text is no date, ambiguous
    or impossible.
    """
    plain = " ".join(text.split())
    for form in TYPED_FORMS:
        if match := re.fullmatch(form.pattern, plain, re.ASCII | re.IGNORECASE):
            return form.reader(text, match, base or of_day(today))
    # A file's form may be typed in any case: q3 2022/23, Ongoing.
    cases = (plain, plain.lower(), plain.upper())
    return read(next((case for case in cases if re.fullmatch(ANY_FORM, case, re.ASCII)), plain))


def in_year(moment: PlanDate, year: int) -> PlanDate:
    """The same date in another year, as exact as it was."""
    years = year - moment.first.year
    return _later_date(years, "y", moment) if years else moment


def correction(text: str) -> Wrong | None:
    """Why a file may not write a date as a person may type it, with the form to write instead. None
    for what nobody would type either."""
    plain = " ".join(text.split())
    for form in TYPED_FORMS:
        match = re.fullmatch(form.pattern, plain, re.ASCII | re.IGNORECASE)
        if not match or form.is_step:
            continue
        try:
            date = form.reader(text, match, UNDATED)
        except Wrong as wrong:
            return wrong
        return Wrong("date-unreadable", f"{quoted(text)} is not a date", f"Write {date.text}.")
    return None


# --- the forms ----------------------------------------------------------------------------------

_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS) + "|sept"


def _read_words(text: str, match: re.Match[str], _base: PlanDate) -> PlanDate:
    year, month = int(match["year"]), _NAMES[match["month"][:3].lower()]
    if match["day"]:
        return read_day(text, year, month, int(match["day"]))
    return of_month(year_in_range(text, year), month)


def _read_slashes(text: str, match: re.Match[str], _base: PlanDate) -> PlanDate:
    day, month, year = (int(match[n]) for n in (1, 2, 3))
    full = year if year >= 100 else 2000 + year
    if not 1 <= month <= 12:
        raise Wrong("date-unreadable", f"{quoted(text)} is not a date", REMEDY)
    exact = read_day(text, full, month, day)
    if year < 100:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} could be more than one date",
            f"Write the whole year: {exact.text} is {exact.shown}.",
        )
    if day <= 12 and day != month:
        other = of_day(date(full, day, month))
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} could be {exact.shown} or {other.shown}",
            f"Write {exact.text} or {other.text}.",
        )
    return exact


def _read_span(text: str, match: re.Match[str], _base: PlanDate) -> PlanDate:
    """The financial year or the quarter that a span of months is. Raises Wrong for any other."""
    first, last = _NAMES[match["from"][:3].lower()], _NAMES[match["to"][:3].lower()]
    to_year = int(match["toyear"])
    from_year = int(match["fromyear"] or to_year)
    year = from_year if first >= 4 else from_year - 1
    financial = financial_text(year)
    for written in (financial, *(f"Q{n} {financial}" for n in range(1, 5))):
        candidate = read(written)
        begins = (candidate.first.year, candidate.first.month)
        ends = (candidate.last.year, candidate.last.month)
        if (begins, ends) == ((from_year, first), (to_year, last)):
            return candidate
    raise Wrong(
        "date-unreadable",
        f"{quoted(text)} is a span, not one date",
        f"Give the month it ends: {to_year}-{last:02}.",
    )


def _read_step(_text: str, match: re.Match[str], base: PlanDate) -> PlanDate:
    return _later_date(int(match["number"]), match["unit"].lower(), base)


class _TypedForm(NamedTuple):
    """All that is known of a form that people type and no file has."""

    pattern: str
    """As text: compiling it would be paid by every command, and few read a typed date."""
    reader: Callable[[str, re.Match[str], PlanDate], PlanDate]
    """The date of a text, of the pattern's match, and of the date that steps are counted from."""
    is_step: bool = False
    """Whether it counts from another date, so that alone it means nothing."""


TYPED_FORMS = (
    _TypedForm(
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH}),? (?P<year>\d{{4}})",
        _read_words,
    ),
    _TypedForm(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", _read_slashes),
    _TypedForm(
        rf"(?P<from>{_MONTH})(?: (?P<fromyear>\d{{4}}))? (?:to|-|–) "
        rf"(?P<to>{_MONTH}) (?P<toyear>\d{{4}})",
        _read_span,
    ),
    _TypedForm(r"\+(?P<number>\d{1,3})(?P<unit>[dwmy])", _read_step, is_step=True),
)
"""Every form that people type besides those of a file, each in a row of its own."""


def _later_date(number: int, unit: str, base: PlanDate) -> PlanDate:
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
