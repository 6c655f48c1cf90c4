"""Dates as a plan writes them: a day, a month, a year, a term. Never made more exact than written.

Two readers, one parser behind both: `read` takes what stands in a file, `typed` also takes what a
person types on the command line. No guessing: what is ambiguous is refused with the right form.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from .errors import Wrong, quoted

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
TERMS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7)}
"""First and last month of each school term, as DfE's school year is usually parted."""
EARLIEST, LATEST = 1990, 2100
FORMS = "Write a day as 2022-04-30, a month as 2022-04, a year as 2022 or 2022/23."


class PlanDate(NamedTuple):
    """A date of whatever precision: its text as written in a file, its first and its last day.

    `ongoing` has no end: its first and last day are the earliest and latest there are, so that
    it is never over and sorts last.
    """

    text: str
    first: date
    last: date

    # A date has two days. To be ordered by its text, as other tuples are, would be wrong unseen.
    # mypy knows of fields alone here; Python takes this too.
    __lt__ = __le__ = __gt__ = __ge__ = None  # type: ignore[misc]

    @property
    def ongoing(self) -> bool:
        """Whether this is the word `ongoing`, which has no days."""
        return self.text == "ongoing"

    @property
    def shown(self) -> str:
        """As GOV.UK writes it: 30 April 2022, April 2022, October to December 2022."""
        if self.ongoing or (self.text[0].isalpha() and self.text[0] != "Q"):
            return self.text
        if self.first == self.last:
            return day_shown(self.first)
        if len(self.text) == 4:
            return self.text
        return months_shown(self.first, self.last)

    @property
    def short(self) -> str:
        """For a narrow column: 30 Apr 2022, Apr 2022; other forms as `shown`."""
        name = MONTHS[self.last.month - 1]
        return self.shown.replace(name, name[:3]) if self.text[4:5] == "-" else self.shown

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(read)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, object]:
        # An editor reads `until: 2022` as a number before it looks at the schema.
        return {
            "type": ["string", "number"],
            "title": "Date",
            "examples": ["2022-04", "2022-04-30", "2022", "2022/23", "Q3 2022/23"],
        }


def day_shown(day: date) -> str:
    """A day as GOV.UK writes it: 30 April 2022."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def months_shown(first: date, last: date) -> str:
    """The months from one day to another: April 2022, September to November 2021."""
    start, end = MONTHS[first.month - 1], f"{MONTHS[last.month - 1]} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


def of_day(day: date) -> PlanDate:
    """A day as a PlanDate."""
    return PlanDate(day.isoformat(), day, day)


def of_month(year: int, month: int) -> PlanDate:
    """A month as a PlanDate."""
    return _months(f"{year:04}-{month:02}", year, month, year, month)


_FILE_FORM = (
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|/(?P<next>\d\d))?"
    r"|Q(?P<quarter>\d) (?P<qyear>\d{4})/(?P<qnext>\d\d)"
    r"|(?P<term>autumn|spring|summer) term (?P<tyear>\d{4})"
    r"|ongoing"
)


def read(text: object) -> PlanDate:
    """A date as a plan's file writes it.

    Raises Wrong (rule date-unreadable) where it is none of the forms, or impossible.
    """
    if not isinstance(text, str):
        raise Wrong("date-unreadable", "a date is one line of text, not a list or keys", FORMS)
    return read_text(text)


# A plan writes the same few dates over and over.
@lru_cache(maxsize=4096)
def read_text(text: str) -> PlanDate:
    """`read`, of what is known to be text."""
    digits = text.replace("-", "")
    if digits.isdecimal() and digits.isascii() and len(text) == len(digits) + 2 == 10:
        # A day, by far the most written; anything amiss with it is said below.
        with suppress(ValueError):
            day = date.fromisoformat(text)
            if EARLIEST <= day.year <= LATEST:
                return PlanDate(text, day, day)
    return _of_any_form(text)


def _of_any_form(text: str) -> PlanDate:
    found = re.fullmatch(_FILE_FORM, text.strip(), re.ASCII)
    if found is None:
        raise _unreadable(text)
    part = {key: int(value) for key, value in found.groupdict().items() if value and key != "term"}
    if "year" in part:
        return _calendar(found[0], part)
    if "quarter" in part:
        return _quarter(found[0], part)
    if found["term"]:
        year, (first, last) = _in_range(found[0], part["tyear"]), TERMS[found["term"]]
        return _months(found[0], year, first, year, last)
    return PlanDate("ongoing", date.min, date.max)


def typed(text: str, today: date, base: PlanDate | None = None) -> PlanDate:
    """A date as a person types it: every form of a file, and `April 2022`, `30/4/2022`, `+2m`.

    `+2m` counts from `base` where there is one (a due date that moves), else from `today`; it
    keeps the precision of what it counts from. Raises Wrong where the text is none of these,
    ambiguous or impossible.
    """
    plain = " ".join(text.split())
    for form, reader in _TYPED_FORMS:
        if found := re.fullmatch(form, plain, re.ASCII | re.IGNORECASE):
            return reader(text, found)
    if found := re.fullmatch(r"\+(\d{1,3})([dwmy])", plain, re.ASCII | re.IGNORECASE):
        return _stepped(int(found[1]), found[2].lower(), base or of_day(today))
    folded = plain.lower()
    written = folded.upper() if folded.startswith("q") else folded
    return read(written if re.fullmatch(_FILE_FORM, written, re.ASCII) else plain)


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


def _months(text: str, year: int, month: int, to_year: int, to_month: int) -> PlanDate:
    last = date(to_year, to_month, days_in(to_year, to_month))
    return PlanDate(text, date(year, month, 1), last)


def _calendar(text: str, part: dict[str, int]) -> PlanDate:
    year = _in_range(text, part["year"])
    if "next" in part:
        _follows(text, year, part["next"])
        return _months(text, year, 4, year + 1, 3)
    if "month" not in part:
        return _months(text, year, 1, year, 12)
    month = part["month"]
    if not 1 <= month <= 12:
        close = f"{year}-{min(max(month, 1), 12):02}"
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: there is no month {month}",
            f"Write a month as {close}, a day as {close}-28, a year as {year} or "
            f"{year}/{(year + 1) % 100:02}.",
        )
    return _day(text, year, month, part["day"]) if "day" in part else of_month(year, month)


def _day(text: str, year: int, month: int, day: int) -> PlanDate:
    days = days_in(_in_range(text, year), month)
    if not 1 <= day <= days:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: {MONTHS[month - 1]} has {days} days",
            f'Write {year}-{month:02}-{days}, {year}-{month:02} or "{MONTHS[month - 1]} {year}".',
        )
    return of_day(date(year, month, day))


def _quarter(text: str, part: dict[str, int]) -> PlanDate:
    quarter, year = part["quarter"], _in_range(text, part["qyear"])
    _follows(text, year, part["qnext"])
    if not 1 <= quarter <= 4:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: a year has quarters Q1 to Q4",
            "Q1 is April to June, Q4 is January to March.",
        )
    month, year = (3 * quarter + 1, year) if quarter < 4 else (1, year + 1)
    return _months(text, year, month, year, month + 2)


def _in_range(text: str, year: int) -> int:
    if not EARLIEST <= year <= LATEST:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date that a plan can have: "
            f"{year} is {'before 1990' if year < EARLIEST else 'after 2100'}",
            FORMS,
        )
    return year


def _follows(text: str, year: int, following: int) -> None:
    if following != (year + 1) % 100:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a financial year: {year} is followed by {year + 1}",
            f"Write {year}/{(year + 1) % 100:02}.",
        )


def _unreadable(text: str) -> Wrong:
    plain = " ".join(text.split())
    for form, reader in _TYPED_FORMS:
        found = re.fullmatch(form, plain, re.ASCII | re.IGNORECASE)
        if not found:
            continue
        try:
            meant = reader(text, found)
        except Wrong as wrong:
            return wrong
        return Wrong("date-unreadable", f"{quoted(text)} is not a date", f"Write {meant.text}.")
    return Wrong("date-unreadable", f"{quoted(text)} is not a date", FORMS)


_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS) + "|sept"


def _from_words(text: str, found: re.Match[str]) -> PlanDate:
    year, month = int(found["year"]), _NAMES[found["month"][:3].lower()]
    if found["day"]:
        return _day(text, year, month, int(found["day"]))
    return of_month(_in_range(text, year), month)


def _from_slashes(text: str, found: re.Match[str]) -> PlanDate:
    day, month, year = (int(found[n]) for n in (1, 2, 3))
    full = year if year >= 100 else 2000 + year
    if not 1 <= month <= 12:
        raise Wrong("date-unreadable", f"{quoted(text)} is not a date", FORMS)
    exact = _day(text, full, month, day)
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


def _from_months(text: str, found: re.Match[str]) -> PlanDate:
    first, last = _NAMES[found["from"][:3].lower()], _NAMES[found["to"][:3].lower()]
    to_year = int(found["toyear"])
    from_year = int(found["fromyear"] or to_year)
    year = from_year if first >= 4 else from_year - 1
    financial = f"{year}/{(year + 1) % 100:02}"
    for written in (financial, *(f"Q{n} {financial}" for n in range(1, 5))):
        known = read(written)
        if known.first == date(from_year, first, 1) and (known.last.year, known.last.month) == (
            to_year,
            last,
        ):
            return known
    raise Wrong(
        "date-unreadable",
        f"{quoted(text)} is a span, not one date",
        f"Give the month it ends: {to_year}-{last:02}.",
    )


# Patterns as text: compiling them would be paid by every command, and few read a typed date.
_TYPED_FORMS = (
    (
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH}),? (?P<year>\d{{4}})",
        _from_words,
    ),
    (r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", _from_slashes),
    (
        rf"(?P<from>{_MONTH})(?: (?P<fromyear>\d{{4}}))? (?:to|-|–) "
        rf"(?P<to>{_MONTH}) (?P<toyear>\d{{4}})",
        _from_months,
    ),
)


def _stepped(number: int, unit: str, base: PlanDate) -> PlanDate:
    from dateutil.relativedelta import relativedelta

    if base.ongoing:
        raise Wrong("date-unreadable", "ongoing has no date to count from", FORMS)
    names = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
    moved = base.last + relativedelta(**{names[unit]: number})  # type: ignore[arg-type]
    _in_range(f"+{number}{unit}", moved.year)
    if unit in "my" and base.first != base.last:
        return of_month(moved.year, moved.month)
    return of_day(moved)
