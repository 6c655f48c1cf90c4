"""Dates as a plan writes them: a day, a month, a year, a term. Never made more exact than written.

`read` takes what stands in a file; what a person may type besides is `typed_dates`' affair. No
guessing: what is ambiguous is refused, with the right form.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from .errors import Wrong, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MONTH_WRITTEN = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""A month as people write it, in small letters: a pattern."""
TERMS = {"autumn": 9, "spring": 1, "summer": 4}
"""The first of each school term's four months, as DfE's school year is usually parted."""
EARLIEST, LATEST = 1990, 2100
REMEDY = "Write a day as 2022-04-30, a month as 2022-04, a year as 2022 or 2022/23."


class PlanDate(NamedTuple):
    """A date of whatever precision: its text as written in a file, its first and its last day, and
    the form that it is written in.

    `ongoing` has no end, what is `to be confirmed` waits for something else, and what is undated
    says nothing: all three span all days that there are, so that they are never over and sort last.
    """

    text: str
    first: date
    last: date
    form: str
    """Its row in `FILE_FORMS`; `undated` is how a date is not written."""

    # Tuples are ordered by their first field, here the text: that order would be wrong, and nobody
    # would see it. mypy expects only fields here; Python takes this too.
    __lt__ = __le__ = __gt__ = __ge__ = None  # type: ignore[misc]

    @property
    def ongoing(self) -> bool:
        """Whether this is the word `ongoing`, which has no days."""
        return self.form == "ongoing"

    @property
    def undated(self) -> bool:
        """Whether nobody has said when: it is no date at all, or to be confirmed."""
        return self.form in ("undated", "to be confirmed")

    @property
    def dated(self) -> bool:
        """Whether it has days: it is written, and not as `ongoing` or `to be confirmed`."""
        return not (self.ongoing or self.undated)

    @property
    def shown(self) -> str:
        """As GOV.UK writes it: 30 April 2022, April 2022, October to December 2022."""
        return FILE_FORMS[self.form].show(self)

    @property
    def short(self) -> str:
        """For a narrow column: 30 Apr 2022, Apr 2022; other forms as `shown`."""
        name = MONTHS[self.last.month - 1]
        has_name = self.form in ("day", "month", "working days")
        return self.shown.replace(name, name[:3]) if has_name else self.shown

    @property
    def basis(self) -> str:
        """From what it is counted, where it is: 70 working days after 30 January 2018. Empty for
        every other form."""
        if self.form != "working days":
            return ""
        count, _, base = self.text.rpartition(" ")
        return f"{count} {day_shown(date.fromisoformat(base))}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        return {**editors_date([*FILE_FORMS]), "title": "Date"}


def day_shown(day: date) -> str:
    """A day as GOV.UK writes it: 30 April 2022."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def months_shown(first: date, last: date) -> str:
    """The months from one day to another: April 2022, September to November 2021."""
    start, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


UNDATED = PlanDate("", date.min, date.max, "undated")
"""The due date of what has none."""
UNCONFIRMED = PlanDate("to be confirmed", date.min, date.max, "to be confirmed")
"""The due date of what waits for something else, and has none until that is done."""


def of_day(day: date) -> PlanDate:
    """A day as a PlanDate."""
    return PlanDate(day.isoformat(), day, day, "day")


def of_month(year: int, month: int) -> PlanDate:
    """A month as a PlanDate."""
    return _whole_months("month", f"{year:04}-{month:02}", year, month)


def insertion_index(day: PlanDate, order: Sequence[PlanDate]) -> int:
    """Where a date goes among dates that stand in order: before the first that begins after it."""
    return next((n for n, other in enumerate(order) if other.first > day.last), len(order))


def read(text: object) -> PlanDate:
    """A date as a plan's file writes it.

    Raises Wrong (rule date-unreadable) where it is none of the forms, or impossible.
    """
    if not isinstance(text, str):
        raise Wrong("date-unreadable", "a date is one line of text, not a list or keys", REMEDY)
    return read_text(text)


# Remembered, since a plan writes the same few dates over and over.
@lru_cache(maxsize=4096)
def read_text(text: str) -> PlanDate:
    """`read` for what is known to be text."""
    return exact_day(text) or _read_any_form(text)


def exact_day(text: str) -> PlanDate | None:
    """A day, the form that is written most, read without a pattern. None for any other text: what
    is amiss with one `read` says."""
    digits = text.replace("-", "")
    if digits.isdecimal() and digits.isascii() and len(text) == len(digits) + 2 == 10:
        with suppress(ValueError):
            day = date.fromisoformat(text)
            if EARLIEST <= day.year <= LATEST:
                return PlanDate(text, day, day, "day")
    return None


def _read_any_form(text: str) -> PlanDate:
    match = re.fullmatch(ANY_FORM, text.strip(), re.ASCII)
    if match is None or match.lastgroup is None:
        raise NoDate("date-unreadable", f"{quoted(text)} is not a date", REMEDY)
    # Only the groups of the form that matched hold anything: its whole text, then its parts.
    whole, *parts = filter(None, match.groups())
    return FILE_FORMS[_FORM_OF_GROUP[match.lastgroup]].reader(whole, *parts)


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months from one day to a later one."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month
    last_day = later.day == days_in(later.year, later.month)
    return months - (later.day < earlier.day and not last_day)


def _whole_months(form: str, text: str, year: int, month: int, number: int = 1) -> PlanDate:
    """The date that is so many whole months from this one on."""
    last_year, last_month = month_later(year, month, number - 1)
    last = date(last_year, last_month, days_in(last_year, last_month))
    return PlanDate(text, date(year, month, 1), last, form)


def month_later(year: int, month: int, number: int) -> tuple[int, int]:
    """The year and month that come so many months after these."""
    years, months = divmod(month - 1 + number, 12)
    return year + years, months + 1


# --- the forms of a file ------------------------------------------------------------------------


def read_day(text: str, year: str | int, month: str | int, day: str | int) -> PlanDate:
    """A day of these numbers. Raises Wrong, about the text, where there is none such."""
    exact = read_month(text, year, month)
    days, number, name = exact.last.day, int(day), MONTHS[exact.last.month - 1]
    if not 1 <= number <= days:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: {name} has {days} days",
            f'Write {exact.text}-{days}, {exact.text} or "{name} {exact.last.year}".',
        )
    return of_day(exact.first.replace(day=number))


def read_month(text: str, year: str | int, month: str | int) -> PlanDate:
    """A month of these numbers. Raises Wrong, about the text, where there is none such."""
    in_range, number = year_in_range(text, int(year)), int(month)
    if not 1 <= number <= 12:
        close = f"{in_range}-{min(max(number, 1), 12):02}"
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: there is no month {number}",
            f"Write a month as {close}, a day as {close}-28, a year as {year} or "
            f"{financial_text(in_range)}.",
        )
    return of_month(in_range, number)


def _read_year(text: str, year: str) -> PlanDate:
    return _whole_months("year", text, year_in_range(text, int(year)), 1, 12)


def _read_financial_year(text: str, year: str, following: str) -> PlanDate:
    return _whole_months("financial year", text, _first_year(text, year, following), 4, 12)


def _read_quarter(text: str, number: str, year: str, following: str) -> PlanDate:
    begins = _first_year(text, year, following)
    if not 1 <= int(number) <= 4:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: a year has quarters Q1 to Q4",
            "Q1 is April to June, Q4 is January to March.",
        )
    year_begins, month = month_later(begins, 4, 3 * (int(number) - 1))
    return _whole_months("quarter", text, year_begins, month, 3)


def _read_half(text: str, number: str, year: str, following: str) -> PlanDate:
    begins = _first_year(text, year, following)
    return _whole_months("half", text, begins, 4 if number == "1" else 10, 6)


def _read_term(text: str, name: str, year: str) -> PlanDate:
    return _whole_months("term", text, year_in_range(text, int(year)), TERMS[name], 4)


def _read_working_days(
    text: str, number: str, way: str, year: str, month: str, day: str
) -> PlanDate:
    # Imported here: few plans count so, and every command would pay for it.
    from .working_days import count_working_days

    base = read_day(text, year, month, day).first
    counted = count_working_days(base, int(number) if way == "after" else -int(number))
    year_in_range(text, counted.year)
    return PlanDate(text, counted, counted, "working days")


def _read_ongoing(text: str) -> PlanDate:
    return PlanDate(text, date.min, date.max, "ongoing")


def financial_text(year: int) -> str:
    """The financial year that begins in a year, as a plan writes it: 2022/23."""
    return f"{year}/{(year + 1) % 100:02}"


def _quarter_text(first: date) -> str:
    # Counted from April, so that the first quarter is April's.
    year, month = month_later(first.year, first.month, -3)
    return f"Q{(month - 1) // 3 + 1} {financial_text(year)}"


def _half_text(first: date) -> str:
    year, month = month_later(first.year, first.month, -3)
    return f"H{(month - 1) // 6 + 1} {financial_text(year)}"


class _Form(NamedTuple):
    """All that is known of a form of date."""

    pattern: str
    """With a group for each of its parts; empty for what nobody writes."""
    reader: Callable[..., PlanDate]
    """The date of a text and its parts."""
    show: Callable[[PlanDate], str]
    """The words of a date, as GOV.UK writes them."""
    months: int = 0
    """The step, in months, by which it can be counted on and keep its form; 0 where by days too."""
    write: Callable[[date], str] = date.isoformat
    """The text of the date of this form that begins on a day."""


def _show_months(moment: PlanDate) -> str:
    return months_shown(moment.first, moment.last)


FILE_FORMS: dict[str, _Form] = {
    "day": _Form(r"(\d{4})-(\d\d)-(\d\d)", read_day, lambda d: day_shown(d.first)),
    "month": _Form(r"(\d{4})-(\d\d)", read_month, _show_months, 1, lambda d: d.isoformat()[:7]),
    "year": _Form(r"(\d{4})", _read_year, lambda d: d.text, 12, lambda d: str(d.year)),
    "financial year": _Form(
        r"(\d{4})/(\d\d)", _read_financial_year, _show_months, 12, lambda d: financial_text(d.year)
    ),
    "quarter": _Form(r"Q(\d) (\d{4})/(\d\d)", _read_quarter, _show_months, 3, _quarter_text),
    "half": _Form(r"H([12]) (\d{4})/(\d\d)", _read_half, _show_months, 6, _half_text),
    "term": _Form(
        r"(autumn|spring|summer) term (\d{4})",
        _read_term,
        lambda d: d.text,
        12,
        lambda d: next(f"{name} term {d.year}" for name, m in TERMS.items() if m == d.month),
    ),
    "working days": _Form(
        r"([1-9][0-9]{0,2}) working days? (after|before) (\d{4})-(\d\d)-(\d\d)",
        _read_working_days,
        lambda d: day_shown(d.first),
    ),
    "ongoing": _Form("ongoing", _read_ongoing, lambda d: d.text),
    "to be confirmed": _Form(UNCONFIRMED.text, lambda _: UNCONFIRMED, lambda d: d.text),
    "undated": _Form("", lambda _: UNDATED, lambda _: "no date"),
}
"""Every form that a file may write, each in a row of its own."""
_FORM_OF_GROUP = {form.replace(" ", "_"): form for form in FILE_FORMS}
ANY_FORM = "|".join(
    f"(?P<{group}>{FILE_FORMS[form].pattern})"
    for group, form in _FORM_OF_GROUP.items()
    if FILE_FORMS[form].pattern
)


def editors_date(forms: Sequence[str]) -> dict[str, object]:
    """What a JSON Schema says of dates of these forms. A pattern is of texts alone: to an editor
    `until: 2022` is a number."""
    pattern = "|".join(filter(None, (FILE_FORMS[form].pattern for form in forms)))
    for loose, exact in _exact_parts():
        pattern = pattern.replace(loose, exact)
    return {
        "type": ["string", "integer"],
        "pattern": f"^(?:{pattern})$",
        "patternErrorMessage": REMEDY,
        "minimum": EARLIEST,
        "maximum": LATEST,
        "examples": ["2022-04", "2022-04-30", "2022", "2022/23", "Q3 2022/23"],
    }


def _exact_parts() -> list[tuple[str, str]]:
    """The parts of the forms' patterns, each with what there is of it: no month 13, no 31 April.
    In a file such a date is a fault with its own words; an editor has nothing but the pattern."""
    pairs = [f"{n:02}/{(n + 1) % 100:02}" for n in range(100)]
    nineties = "|".join(pairs[EARLIEST % 100 :])
    financial = f"(?:19(?:{nineties})|20(?:{'|'.join(pairs)})|2100/01)"
    month = "(?:0[1-9]|1[0-2])"
    days = (
        "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
        "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
    )
    return [
        (r"(\d{4})/(\d\d)", financial),
        (r"(\d\d)-(\d\d)", days),
        (r"-(\d\d)", f"-{month}"),
        (r"(\d{4})", "(?:199[0-9]|20[0-9]{2}|2100)"),
        (r"(\d)", "[1-4]"),
    ]


# --- what cannot be read ------------------------------------------------------------------------


class NoDate(Wrong):
    """What is in no form of a date."""


def year_in_range(text: str, year: int) -> int:
    """The year, where a plan can have it. Raises Wrong, about the text, where it cannot."""
    if not EARLIEST <= year <= LATEST:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date that a plan can have: "
            f"{year} is {'before 1990' if year < EARLIEST else 'after 2100'}",
            REMEDY,
        )
    return year


def _first_year(text: str, year: str, following: str) -> int:
    """The year that a financial year begins in."""
    begins = year_in_range(text, int(year))
    if int(following) != (begins + 1) % 100:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a financial year: {begins} is followed by {begins + 1}",
            f"Write {financial_text(begins)}.",
        )
    return begins
