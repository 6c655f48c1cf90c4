"""Dates as a plan writes them: a day, a month, a year, a term. Never made more exact than written.

Two readers, one parser behind both: `read` takes what stands in a file, `typed` also takes what a
person types on the command line. No guessing: what is ambiguous is refused with the right form.
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
TERMS = {"autumn": 9, "spring": 1, "summer": 4}
"""The first of each school term's four months, as DfE's school year is usually parted."""
EARLIEST, LATEST = 1990, 2100
REMEDY = "Write a day as 2022-04-30, a month as 2022-04, a year as 2022 or 2022/23."


class PlanDate(NamedTuple):
    """A date of whatever precision: its text as written in a file, its first and its last day, and
    the form that it is written in.

    `ongoing` has no end, and what is undated says nothing: their first and last day are the
    earliest and latest there are, so that they are never over and sort last.
    """

    text: str
    first: date
    last: date
    form: str
    """Its row in `FILE_FORMS`; `undated` is how a date is not written."""

    # A date has two days. To be ordered by its text, as other tuples are, would be wrong unseen.
    # mypy knows of fields alone here; Python takes this too.
    __lt__ = __le__ = __gt__ = __ge__ = None  # type: ignore[misc]

    @property
    def ongoing(self) -> bool:
        """Whether this is the word `ongoing`, which has no days."""
        return self.form == "ongoing"

    @property
    def undated(self) -> bool:
        """Whether this is no date at all."""
        return self.form == "undated"

    @property
    def dated(self) -> bool:
        """Whether it has days: it is written, and not as `ongoing`."""
        return self.form not in ("ongoing", "undated")

    @property
    def shown(self) -> str:
        """As GOV.UK writes it: 30 April 2022, April 2022, October to December 2022."""
        return FILE_FORMS[self.form].shown(self)

    @property
    def short(self) -> str:
        """For a narrow column: 30 Apr 2022, Apr 2022; other forms as `shown`."""
        name = MONTHS[self.last.month - 1]
        return self.shown.replace(name, name[:3]) if self.form in ("day", "month") else self.shown

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


UNDATED = PlanDate("", date.min, date.max, "undated")
"""The due date of what has none."""


def of_day(day: date) -> PlanDate:
    """A day as a PlanDate."""
    return PlanDate(day.isoformat(), day, day, "day")


def of_month(year: int, month: int) -> PlanDate:
    """A month as a PlanDate."""
    return _months("month", f"{year:04}-{month:02}", year, month)


def place_of(day: PlanDate, order: Sequence[PlanDate]) -> int:
    """Where what is of a day goes among dates that stand in order: before the first that begins
    after it."""
    return next((n for n, other in enumerate(order) if other.first > day.last), len(order))


def read(text: object) -> PlanDate:
    """A date as a plan's file writes it.

    Raises Wrong (rule date-unreadable) where it is none of the forms, or impossible.
    """
    if not isinstance(text, str):
        raise Wrong("date-unreadable", "a date is one line of text, not a list or keys", REMEDY)
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
                return PlanDate(text, day, day, "day")
    return _of_any_form(text)


def _of_any_form(text: str) -> PlanDate:
    match = re.fullmatch(_ANY_FORM, text.strip(), re.ASCII)
    if match is None or match.lastgroup is None:
        raise _unreadable(text)
    # Only the groups of the form that matched hold anything: its whole text, then its parts.
    whole, *parts = filter(None, match.groups())
    return FILE_FORMS[_FORM_OF_GROUP[match.lastgroup]].reader(whole, *parts)


def typed(text: str, today: date, base: PlanDate | None = None) -> PlanDate:
    """A date as a person types it: every form of a file, and `April 2022`, `30/4/2022`, `+2m`.

    `+2m` counts from `base` where there is one (a due date that moves), else from `today`; it
    keeps the precision of what it counts from. Raises Wrong where the text is none of these,
    ambiguous or impossible.
    """
    plain = " ".join(text.split())
    for form in TYPED_FORMS:
        if match := re.fullmatch(form.pattern, plain, re.ASCII | re.IGNORECASE):
            return form.reader(text, match, base or of_day(today))
    cases = (plain, plain.lower(), plain.upper())
    return read(next((case for case in cases if re.fullmatch(_ANY_FORM, case, re.ASCII)), plain))


def in_year(moment: PlanDate, year: int) -> PlanDate:
    """The same date in another year, as exact as it was."""
    years = year - moment.first.year
    return _stepped(years, "y", moment) if years else moment


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


def _months(form: str, text: str, year: int, month: int, number: int = 1) -> PlanDate:
    """A date that is so many whole months."""
    last_year, last_month = _later(year, month, number - 1)
    last = date(last_year, last_month, days_in(last_year, last_month))
    return PlanDate(text, date(year, month, 1), last, form)


def _later(year: int, month: int, number: int) -> tuple[int, int]:
    """The month so many months after another."""
    years, months = divmod(month - 1 + number, 12)
    return year + years, months + 1


# --- the forms of a file ------------------------------------------------------------------------


def _day(text: str, year: str | int, month: str | int, day: str | int) -> PlanDate:
    exact = _month(text, year, month)
    days, number, name = exact.last.day, int(day), MONTHS[exact.last.month - 1]
    if not 1 <= number <= days:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: {name} has {days} days",
            f'Write {exact.text}-{days}, {exact.text} or "{name} {exact.last.year}".',
        )
    return of_day(exact.first.replace(day=number))


def _month(text: str, year: str | int, month: str | int) -> PlanDate:
    in_range, number = _in_range(text, int(year)), int(month)
    if not 1 <= number <= 12:
        close = f"{in_range}-{min(max(number, 1), 12):02}"
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: there is no month {number}",
            f"Write a month as {close}, a day as {close}-28, a year as {year} or "
            f"{_financial(in_range)}.",
        )
    return of_month(in_range, number)


def _year(text: str, year: str) -> PlanDate:
    return _months("year", text, _in_range(text, int(year)), 1, 12)


def _financial_year(text: str, year: str, following: str) -> PlanDate:
    return _months("financial year", text, _followed(text, year, following), 4, 12)


def _quarter(text: str, number: str, year: str, following: str) -> PlanDate:
    begins = _followed(text, year, following)
    if not 1 <= int(number) <= 4:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date: a year has quarters Q1 to Q4",
            "Q1 is April to June, Q4 is January to March.",
        )
    return _months("quarter", text, *_later(begins, 4, 3 * int(number) - 3), 3)


def _term(text: str, name: str, year: str) -> PlanDate:
    return _months("term", text, _in_range(text, int(year)), TERMS[name], 4)


def _ongoing(text: str) -> PlanDate:
    return PlanDate(text, date.min, date.max, "ongoing")


def _financial(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


def _quarter_of(first: date) -> str:
    year, month = _later(first.year, first.month, -3)
    return f"Q{(month + 2) // 3} {_financial(year)}"


class _Form(NamedTuple):
    """All that is known of a form of date."""

    pattern: str
    """With a group for each of its parts; empty for what nobody writes."""
    reader: Callable[..., PlanDate]
    """The date of a text and its parts."""
    shown: Callable[[PlanDate], str]
    months: int = 0
    """By how many months it can be counted on and stay what it is; 0 where by days too."""
    written: Callable[[date], str] = date.isoformat
    """The text of the one that begins on a day."""


def _months_of(moment: PlanDate) -> str:
    return months_shown(moment.first, moment.last)


FILE_FORMS: dict[str, _Form] = {
    "day": _Form(r"(\d{4})-(\d\d)-(\d\d)", _day, lambda d: day_shown(d.first)),
    "month": _Form(r"(\d{4})-(\d\d)", _month, _months_of, 1, lambda d: d.isoformat()[:7]),
    "year": _Form(r"(\d{4})", _year, lambda d: d.text, 12, lambda d: str(d.year)),
    "financial year": _Form(
        r"(\d{4})/(\d\d)", _financial_year, _months_of, 12, lambda d: _financial(d.year)
    ),
    "quarter": _Form(r"Q(\d) (\d{4})/(\d\d)", _quarter, _months_of, 3, _quarter_of),
    "term": _Form(
        r"(autumn|spring|summer) term (\d{4})",
        _term,
        lambda d: d.text,
        12,
        lambda d: next(f"{name} term {d.year}" for name, m in TERMS.items() if m == d.month),
    ),
    "ongoing": _Form("ongoing", _ongoing, lambda d: d.text),
    "undated": _Form("", lambda _: UNDATED, lambda _: "no date"),
}
"""Every form that a file may write, each in one row: a new one is one more."""
_FORM_OF_GROUP = {form.replace(" ", "_"): form for form in FILE_FORMS}
_ANY_FORM = "|".join(
    f"(?P<{group}>{FILE_FORMS[form].pattern})"
    for group, form in _FORM_OF_GROUP.items()
    if FILE_FORMS[form].pattern
)


# --- what cannot be read ------------------------------------------------------------------------


def _in_range(text: str, year: int) -> int:
    if not EARLIEST <= year <= LATEST:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a date that a plan can have: "
            f"{year} is {'before 1990' if year < EARLIEST else 'after 2100'}",
            REMEDY,
        )
    return year


def _followed(text: str, year: str, following: str) -> int:
    """The year that a financial year begins in."""
    begins = _in_range(text, int(year))
    if int(following) != (begins + 1) % 100:
        raise Wrong(
            "date-unreadable",
            f"{quoted(text)} is not a financial year: {begins} is followed by {begins + 1}",
            f"Write {_financial(begins)}.",
        )
    return begins


def _unreadable(text: str) -> Wrong:
    plain = " ".join(text.split())
    for form in TYPED_FORMS:
        match = re.fullmatch(form.pattern, plain, re.ASCII | re.IGNORECASE)
        if not match or form.counts:
            continue
        try:
            meant = form.reader(text, match, UNDATED)
        except Wrong as wrong:
            return wrong
        return Wrong("date-unreadable", f"{quoted(text)} is not a date", f"Write {meant.text}.")
    return Wrong("date-unreadable", f"{quoted(text)} is not a date", REMEDY)


# --- what people type ---------------------------------------------------------------------------

_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if name[3:] else name for name in MONTHS) + "|sept"


def _from_words(text: str, match: re.Match[str], _base: PlanDate) -> PlanDate:
    year, month = int(match["year"]), _NAMES[match["month"][:3].lower()]
    if match["day"]:
        return _day(text, year, month, int(match["day"]))
    return of_month(_in_range(text, year), month)


def _from_slashes(text: str, match: re.Match[str], _base: PlanDate) -> PlanDate:
    day, month, year = (int(match[n]) for n in (1, 2, 3))
    full = year if year >= 100 else 2000 + year
    if not 1 <= month <= 12:
        raise Wrong("date-unreadable", f"{quoted(text)} is not a date", REMEDY)
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


def _from_months(text: str, match: re.Match[str], _base: PlanDate) -> PlanDate:
    first, last = _NAMES[match["from"][:3].lower()], _NAMES[match["to"][:3].lower()]
    to_year = int(match["toyear"])
    from_year = int(match["fromyear"] or to_year)
    year = from_year if first >= 4 else from_year - 1
    financial = _financial(year)
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


def _from_step(_text: str, match: re.Match[str], base: PlanDate) -> PlanDate:
    return _stepped(int(match["number"]), match["unit"].lower(), base)


class _TypedForm(NamedTuple):
    """All that is known of a form that people type and no file has."""

    pattern: str
    """As text: compiling it would be paid by every command, and few read a typed date."""
    reader: Callable[[str, re.Match[str], PlanDate], PlanDate]
    """The date of a text, of the pattern's match, and of the date that steps are counted from."""
    counts: bool = False
    """Whether it counts from another date, so that alone it means nothing."""


TYPED_FORMS = (
    _TypedForm(
        rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH}),? (?P<year>\d{{4}})",
        _from_words,
    ),
    _TypedForm(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})", _from_slashes),
    _TypedForm(
        rf"(?P<from>{_MONTH})(?: (?P<fromyear>\d{{4}}))? (?:to|-|–) "
        rf"(?P<to>{_MONTH}) (?P<toyear>\d{{4}})",
        _from_months,
    ),
    _TypedForm(r"\+(?P<number>\d{1,3})(?P<unit>[dwmy])", _from_step, counts=True),
)
"""Every form that people type besides those of a file, each in one row."""


def _stepped(number: int, unit: str, base: PlanDate) -> PlanDate:
    """A date so much later than another, and as exact. Raises Wrong where it would not be."""
    months = {"m": 1, "y": 12}.get(unit, 0) * number
    if not base.dated:
        what = "what has no date" if base.undated else "ongoing"
        raise Wrong("date-unreadable", f"{what} has no day to count from", REMEDY)
    form = FILE_FORMS[base.form]
    if form.months:
        if not months or months % form.months:
            raise _not_kept(f"+{number}{unit}", base)
        year, month = _later(base.first.year, base.first.month, months)
        begins = date(_in_range(f"+{number}{unit}", year), month, 1)
        return read_text(form.written(begins))
    from dateutil.relativedelta import relativedelta

    days = number * {"d": 1, "w": 7}.get(unit, 0)
    moved = base.last + relativedelta(days=days, months=months)
    _in_range(f"+{number}{unit}", moved.year)
    return of_day(moved)


def _not_kept(step: str, base: PlanDate) -> Wrong:
    """Why a date cannot be counted on by a step, and which steps would do."""
    months = FILE_FORMS[base.form].months
    such = {1: "months or years, as +2m or +1y", 3: "quarters or years, as +3m or +1y"}
    return Wrong(
        "date-unreadable",
        f"{step} from {base.shown} is no {base.form}, and a date is never made more exact than it "
        "was",
        f"Count in {such.get(months, 'years, as +1y')}; or write the date itself.",
    )
