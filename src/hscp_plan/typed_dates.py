"""Dates as a person types them: every form of a file, and `April 2022`, `30/4/2022`, `+2m`.

No guessing: what can be read in two ways is refused, with both. What is written where a date
belongs and is none (`TBC`, `Spring 2022`, `w/c 4 April`) is `not_dates`' affair.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from .dates import (
    ANY_FORM,
    FILE_FORMS,
    MONTHS,
    REMEDY,
    TERMS,
    UNDATED,
    PlanDate,
    days_in,
    exact_day,
    financial_text,
    month_later,
    of_day,
    of_month,
    read,
    read_day,
    read_month,
    read_text,
    year_in_range,
)
from .errors import Wrong, quoted

if TYPE_CHECKING:
    from collections.abc import Callable

NEAR = 5
"""So many years from today a year may lie of which only two figures are written: `22-04-30` is no
day of 2030."""


class Asked(NamedTuple):
    """What was typed, and all that its meaning hangs on."""

    text: str
    today: date | None
    """None for what stands in a file, which means the same on every day."""
    base: PlanDate
    """What `+2m` is counted from."""
    past: bool = False
    """Whether it tells of what has been: a date without a year is the last one then, else the next.
    """
    day_first: bool = False
    """Whether the plan says that 3/4/2022 is 3 April."""

    @property
    def now(self) -> date:
        """Today, for a form that means something only then."""
        assert self.today is not None  # noqa: S101 - `lasting` keeps such forms from a file
        return self.today

    def wrong(self, why: str, next: str) -> Wrong:
        """The refusal of what was typed."""
        return Wrong("date-unreadable", f"{quoted(self.text)} {why}", next)

    def no_date(self, next: str) -> NoDate:
        """The refusal of what nobody would write for a date."""
        return NoDate("date-unreadable", f"{quoted(self.text)} is not a date", next)


def typable(moment: PlanDate) -> str:
    """A date as it can be copied into a command: in quotation marks where it has blanks."""
    return f'"{moment.text}"' if " " in moment.text else moment.text


class NoDate(Wrong):
    """What nobody writes for a date, as a whole."""


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
    from .not_dates import refusal

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


def read_plain(typed: str, asked: Asked) -> PlanDate | None:
    """The date of a text that is bare; None where no form fits. Raises Wrong where one fits that
    is ambiguous or impossible."""
    impossible = None
    # A file's form may be typed in any case: q3 2022/23, Ongoing.
    for written in (typed, typed.upper()):
        if re.fullmatch(ANY_FORM, written, re.ASCII):
            try:
                return read_text(written)
            except Wrong as wrong:
                impossible = wrong
    # Most of what is asked is no date at all, and to try all patterns takes 6 ms.
    is_like_one = _WORDS.issuperset(re.findall(r"[^\W\d_]+", typed))
    for form in TYPED_FORMS if is_like_one else ():
        match = re.fullmatch(form.pattern, typed, re.ASCII)
        if match and (form.lasting or asked.today) and (moment := form.reader(match, asked)):
            return moment
    if impossible:
        raise impossible
    return None


def plain(text: str) -> str:
    """A text without what Word, Excel and a sentence put around a date: small, its blanks single,
    every dash a hyphen with none around it; no quotation marks, brackets or full stop at its end.
    """
    text = re.sub("[‐-―−]", "-", text.lower())
    text = re.sub("[\"'“”‘’„*()]", "", text)
    return re.sub(" ?([-/]) ?", r"\1", " ".join(text.split())).rstrip(" .,;:")


def bare(text: str) -> str:
    """A plain text without the words before a date that change nothing: by the end of, on, the."""
    return re.sub(f"^{_LEADING}", "", plain(text))


def means_end(text: str) -> bool:
    """Whether the end of something is meant: end of April."""
    return bool(re.match(_END, plain(text)))


def read_length(text: str, today: date) -> PlanDate | None:
    """The day that comes a length of time after today: 90d, 3 months, six weeks, a year, quarter.
    None where the text is no length. Raises Wrong where that day is after 2100."""
    typed = plain(text).removeprefix("+").removeprefix("the ").removeprefix("next ")
    match = re.fullmatch(f"(?:in |within )?(?:the )?(?:next )?{LENGTH}", typed, re.ASCII)
    return _counted(match, of_day(today)) if match else None


def in_year(moment: PlanDate, year: int) -> PlanDate:
    """The same date in another year, as exact as it was."""
    years = year - moment.first.year
    return _later_date(years, "y", moment) if years else moment


def correction(text: str) -> Wrong | None:
    """Why a file may not write a date as a person may type it, with the form to write instead. None
    for what nobody would type either."""
    asked = Asked(text, None, UNDATED)
    try:
        date = read_plain(bare(text), asked)
    except Wrong as wrong:
        return wrong
    return date and asked.wrong("is not a date", f"Write {date.text}.")


# --- the parts of a date ------------------------------------------------------------------------

_END = r"(?:by |at )?(?:the )?end (?:of )?"
_MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(MONTHS, 1)
    for spelling in (name.lower(), name[:3].lower())
} | {"sept": 9}
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
"""Any word; `_month_of` says which. A pattern of all names takes ten times as long to compile."""
_WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS = {
    spelling: number
    for number, name in enumerate(_WEEKDAY_NAMES)
    for spelling in (name.lower(), name[:3].lower())
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9}),? )?"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_YEARS = r"(?P<begins>\d{4}|\d\d)[-/](?P<ends>\d{4}|\d\d)"
_FINANCIAL = r"(?:fy|financial year|fiscal year)"
_TH = "(?:st|nd|rd|th)"
_NUMBERS = {"a": 1, "an": 1} | {
    number: n
    for n, number in enumerate(
        (
            *("one", "two", "three", "four", "five", "six"),
            *("seven", "eight", "nine", "ten", "eleven", "twelve"),
        ),
        1,
    )
}
_UNITS = {
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
    rf"(?:(?P<number>\d{{1,3}}|{'|'.join(_NUMBERS)})[ -]?|(?=[a-z]{{3}}))"
    rf"(?P<unit>{'|'.join(_UNITS)})s?"
)
"""A length of time: 3 months, six weeks, a year."""
_WORDS = {
    *(*_MONTH_NUMBERS, *_WEEKDAYS, *_NUMBERS, *_UNITS, *(f"{unit}s" for unit in _UNITS), *TERMS),
    *("st", "nd", "rd", "th", "of", "to", "in", "the", "term", "fy", "financial", "fiscal", "qtr"),
    *("this", "next", "last", "ago", "from", "now", "today", "yesterday", "tomorrow", "time", "t"),
    "ongoing",
}
"""All words of all forms."""
_LEADING = rf"(?:{_END}|by |on |during |in (?!{LENGTH}))?(?:the )?"
"""What stands before a date and changes nothing: due by the end of April is due in April."""


def _month_of(word: str) -> int:
    """The number of a month, of its name; 0 where the word is none."""
    return _MONTH_NUMBERS.get(word, 0)


def full_year(year: str, asked: Asked) -> int:
    """The year that is meant by its four figures, or by its last two. Raises Wrong where only two
    are written of one that is not near."""
    if len(year) == 4:
        return year_in_range(asked.text, int(year))
    full = 2000 + int(year)
    if asked.today and not _is_near(int(year), asked):
        raise asked.wrong(
            f"leaves a year's first two figures out, and {full} is not near",
            f"Write the year that is meant in full, such as {full} or {asked.today.year}.",
        )
    return full


def _is_near(last_two: int, asked: Asked) -> bool:
    """Whether the year of these last two figures is near; in a file it has to be written whole."""
    return asked.today is not None and abs(2000 + last_two - asked.today.year) <= NEAR


def without_year(asked: Asked, make: Callable[[int], PlanDate]) -> PlanDate:
    """The last or the next of a date that comes every year. Raises Wrong where there is none, as
    of 31 April, and in a file."""
    if asked.today is None:
        with_year = make(2024).text  # A leap year: 29 February is a date.
        raise asked.wrong("has no year", f"Write it with its year, such as {with_year}.")
    this = asked.today.year
    years = range(this + 1, this - 9, -1) if asked.past else range(this - 1, this + 9)
    for year in years:
        with suppress(Wrong):
            moment = make(year)
            if moment.first <= asked.today if asked.past else moment.last >= asked.today:
                return moment
    return make(this)


def follows(begins: int, ends: str) -> bool:
    """Whether a year, in four figures or two, is the one after another."""
    return ends in (str(begins + 1), f"{(begins + 1) % 100:02}")


def _financial_year(match: re.Match[str], asked: Asked) -> int:
    """The year in which one begins that is written with both. Raises Wrong for any other two."""
    begins = full_year(match["begins"], asked)
    if not follows(begins, match["ends"]):
        raise asked.wrong(
            f"is not a financial year: {begins} is followed by {begins + 1}",
            f"Write {financial_text(begins)}.",
        )
    return begins


# --- the readers of the forms -------------------------------------------------------------------
# Each gives the date of a match, or None where the words are no names of a date after all.


def _read_day_in_words(match: re.Match[str], asked: Asked) -> PlanDate | None:
    month, day, year = _month_of(match["month"]), int(match["day"]), match["year"]
    if not month or (match["weekday"] and match["weekday"] not in _WEEKDAYS):
        return None
    if year:
        moment = read_day(asked.text, full_year(year, asked), month, day)
    elif 1 <= day <= days_in(2024, month):
        moment = without_year(asked, lambda year: read_day(asked.text, year, month, day))
    else:
        near = without_year(asked, lambda year: of_month(year, month))
        moment = read_day(asked.text, near.first.year, month, day)
    weekday = moment.first.weekday()
    if match["weekday"] and _WEEKDAYS[match["weekday"]] != weekday:
        name = _WEEKDAY_NAMES[weekday]
        raise asked.wrong(
            f"is no day: {moment.shown} is a {name}", f"Look again, or write {moment.text}."
        )
    return moment


def _read_month_in_words(match: re.Match[str], asked: Asked) -> PlanDate | None:
    month, year = _month_of(match["month"]), match["year"]
    if not month:
        return None
    if not year:
        return without_year(asked, lambda year: of_month(year, month))
    far = asked.today and len(year) == 2 and not _is_near(int(year), asked)
    if far and 1 <= int(year) <= days_in(2024, month):
        name, day = MONTHS[month - 1], int(year)
        raise asked.wrong(
            f"could be {day} {name} or {name} 20{year}",
            f'Write "{day} {name}" or 20{year}-{month:02}.',
        )
    return of_month(full_year(year, asked), month)


def _read_year_first(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """2022-4, 2022/4/5. None for 2021-22, which is no month."""
    if match["day"]:
        return read_day(asked.text, match["year"], match["month"], match["day"])
    month = int(match["month"])
    return read_month(asked.text, match["year"], month) if 1 <= month <= 12 else None


def _read_month_and_year(match: re.Match[str], asked: Asked) -> PlanDate:
    return read_month(asked.text, match["year"], match["month"])


def _read_day_month_year(match: re.Match[str], asked: Asked) -> PlanDate:
    """30/4/2022, with the day first: where the plan says so, or where it can be nothing else."""
    one, two, year = int(match[1]), int(match[2]), full_year(match["year"], asked)
    readings = [_day_there_is(year, two, one), _day_there_is(year, one, two)]
    first, second = (day and of_day(day) for day in readings)
    if first and (asked.day_first or second in (None, first)):
        return first
    if first and second:
        raise asked.wrong(
            f"could be {first.shown} or {second.shown}",
            f"Write {first.text} or {second.text}.{_day_first_remedy(asked)}",
        )
    if second:
        raise _month_first_refusal(two, second, asked)
    return read_day(asked.text, year, two, one)


def _read_two_numbers(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """12/1, 04/22 or 21/22: a day and month, a month and year, or a financial year."""
    one, two = int(match[1]), int(match[2])
    readings = _day_and_month(two, one, asked)
    if 1 <= one <= 12 and _is_near(two, asked):
        readings.append(of_month(2000 + two, one))
    if two == one + 1 and _is_near(one, asked):
        readings.append(read_text(financial_text(2000 + one)))
    month_first = _day_and_month(one, two, asked)
    if not readings and month_first:
        raise _month_first_refusal(two, month_first[0], asked)
    every = list(dict.fromkeys(readings if asked.day_first else [*readings, *month_first]))
    if len(every) > 1:
        raise asked.wrong(
            f"could be {' or '.join(d.shown for d in every)}",
            f"Write {' or '.join(d.text for d in every)}.{_day_first_remedy(asked)}",
        )
    return next(iter(every), None)


def _day_and_month(month: int, day: int, asked: Asked) -> list[PlanDate]:
    """The day of these numbers, where there is one in any year."""
    if not _day_there_is(2024, month, day):
        return []
    return [without_year(asked, lambda year: read_day(asked.text, year, month, day))]


def _month_first_refusal(number: int, meant: PlanDate, asked: Asked) -> Wrong:
    return asked.wrong(
        f"is not a date with its day first: there is no month {number}",
        f"If it is {meant.shown}, write {meant.text}.",
    )


def _day_there_is(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= days_in(year, month) else None


def _day_first_remedy(asked: Asked) -> str:
    """How to have the day read first, said to whoever types: a file is the same for everybody."""
    return (
        " Where the day always comes first, plan.yaml can say so:  dates: day first"
        if asked.today and not asked.day_first
        else ""
    )


def _read_financial_year(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """2021-22, 2021/2022, 21-22. None where the second is not the year after the first, nor any
    later one."""
    if len(match["begins"]) == 2 and not (match["fy"] or _is_near(int(match["begins"]), asked)):
        return None
    begins = full_year(match["begins"], asked)
    if match["fy"] or follows(begins, match["ends"]):
        return read_text(financial_text(_financial_year(match, asked)))
    ends = int(match["ends"]) + (begins // 100 * 100 if len(match["ends"]) == 2 else 0)
    if ends > begins and ends % 100 > 12:
        raise asked.wrong(
            "is a span, not one date",
            f"Give the year it ends: {financial_text(ends - 1)} or {ends}.",
        )
    return None


def _refuse_one_financial_year(match: re.Match[str], asked: Asked) -> PlanDate:
    """FY22, which some count by its first year and some by its last."""
    year = full_year(match["year"], asked)
    one, other = read_text(financial_text(year - 1)), read_text(financial_text(year))
    raise asked.wrong(
        f"could be {one.shown} or {other.shown}", f"Write {one.text} or {other.text}."
    )


def _read_quarter(match: re.Match[str], asked: Asked) -> PlanDate:
    quarter = int(match["quarter"])
    known = match["begins"] and financial_text(_financial_year(match, asked))
    _quarter_there_is(quarter, f" {known}" if known else "", asked)
    if not known:
        return without_year(asked, lambda year: read_text(f"Q{quarter} {financial_text(year)}"))
    return read_text(f"Q{quarter} {known}")


def _quarter_there_is(quarter: int, year: str, asked: Asked) -> None:
    """Refuse Q5. Raises Wrong."""
    if not 1 <= quarter <= 4:
        raise asked.wrong(
            "is not a date: a year has quarters Q1 to Q4",
            f'Q1 is April to June, and January to March is the last: "Q4{year}".',
        )


def _refuse_quarter_of_year(match: re.Match[str], asked: Asked) -> PlanDate:
    """Q3 2022, which may be of the calendar's year or of the financial one."""
    quarter, year = int(match["quarter"]), full_year(match["year"], asked)
    _quarter_there_is(quarter, f" {financial_text(year)}", asked)
    begins, number = (year - 1, 4) if quarter == 1 else (year, quarter - 1)
    calendar = read_text(f"Q{number} {financial_text(begins)}")
    financial = read_text(f"Q{quarter} {financial_text(year)}")
    raise asked.wrong(
        f"could be {calendar.shown} or {financial.shown}",
        f"Write {typable(calendar)} or {typable(financial)}.",
    )


def _read_term(match: re.Match[str], asked: Asked) -> PlanDate:
    term = match["term"]
    if match["begins"]:
        begins = _financial_year(match, asked)
        return read_text(f"{term} term {begins if term == 'autumn' else begins + 1}")
    if match["year"]:
        return read_text(f"{term} term {full_year(match['year'], asked)}")
    return without_year(asked, lambda year: read_text(f"{term} term {year}"))


def _read_span(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """The financial year or the quarter that a span of months is. Raises Wrong for any other."""
    first, last = _month_of(match["month"]), _month_of(match["to"])
    if not (first and last) or (match["fromyear"] and not match["year"]):
        return None
    if not match["year"]:
        return without_year(
            asked, lambda year: _span(asked, year - (first > last), first, year, last)
        )
    # The financial year 2100/01 ends after the last year that a plan can have.
    to_year = int(match["year"]) if len(match["year"]) == 4 else full_year(match["year"], asked)
    begins = full_year(match["fromyear"], asked) if match["fromyear"] else to_year - (first > last)
    return _span(asked, begins, first, to_year, last)


def _span(asked: Asked, from_year: int, first: int, to_year: int, last: int) -> PlanDate:
    financial = financial_text(from_year if first >= 4 else from_year - 1)
    for written in (financial, *(f"Q{n} {financial}" for n in range(1, 5))):
        candidate = read(written)
        begins = (candidate.first.year, candidate.first.month)
        ends = (candidate.last.year, candidate.last.month)
        if (begins, ends) == ((from_year, first), (to_year, last)):
            return candidate
    raise asked.wrong("is a span, not one date", f"Give the month it ends: {to_year}-{last:02}.")


def _read_step(match: re.Match[str], asked: Asked) -> PlanDate:
    return _counted(match, asked.base)


def _read_from_today(match: re.Match[str], asked: Asked) -> PlanDate:
    return _counted(match, of_day(asked.now), -1 if match[0].endswith(" ago") else 1)


def _counted(match: re.Match[str], base: PlanDate, sign: int = 1) -> PlanDate:
    """The date that comes the length of time of a match after another, or before it."""
    number, (times, unit) = match["number"] or "a", _UNITS[match["unit"]]
    return _later_date(sign * times * (_NUMBERS.get(number) or int(number)), unit, base)


def _read_named_day(match: re.Match[str], asked: Asked) -> PlanDate:
    days = {"yesterday": -1, "tomorrow": 1}.get(match[0], 0)
    return of_day(asked.now + timedelta(days=days))


def _read_this_or_next(match: re.Match[str], asked: Asked) -> PlanDate:
    """This month, next quarter, last financial year; alone, this one."""
    months = {"month": 1, "quarter": 3}.get(match["unit"], 12)
    away = {"next": months, "last": -months}.get(match["which"] or "", 0)
    year, month = month_later(asked.now.year, asked.now.month, away)
    if months == 12:
        return read_text(financial_text(year if month >= 4 else year - 1))
    form = FILE_FORMS["month" if months == 1 else "quarter"]
    return read_text(form.write(date(year_in_range(asked.text, year), month, 1)))


def _read_weekday(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """Friday, last Friday: the next one or the last; today is one too, and no last one."""
    weekday, today = _WEEKDAYS.get(match["weekday"]), asked.now.weekday()
    if weekday is None:
        return None
    if match["last"]:
        days = -((today - weekday) % 7 or 7)
    else:
        days = -((today - weekday) % 7) if asked.past else (weekday - today) % 7
    return of_day(asked.now + timedelta(days=days))


# --- the forms ----------------------------------------------------------------------------------


class _TypedForm(NamedTuple):
    """All that is known of a form that people type and no file has."""

    pattern: str
    """Of plain text. As text: compiling it would be paid by every command, and few read a typed
    date."""
    reader: Callable[[re.Match[str], Asked], PlanDate | None]
    """The date of the pattern's match. None where it is of another form."""
    lasting: bool = True
    """Whether it means the same on every day."""


TYPED_FORMS = (
    _TypedForm(
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2})(?:[ t]00:00(?::00)?)?)?",
        _read_year_first,
    ),
    _TypedForm(rf"{_MONTH}(?:,? ?[ /-]?{_YEAR})?", _read_month_in_words),
    _TypedForm(
        rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_TH}?(?: of)?[ -]?{_MONTH}(?:,?[ -]?{_YEAR})?",
        _read_day_in_words,
    ),
    _TypedForm(
        rf"{_WEEKDAY}{_MONTH} (?:the )?(?P<day>\d(?!\d)|\d\d?(?={_TH}|,? \d{{4}})){_TH}?"
        rf"(?:,? {_YEAR})?",
        _read_day_in_words,
    ),
    _TypedForm(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-]{_YEAR}", _read_day_month_year),
    _TypedForm(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})", _read_month_and_year),
    _TypedForm(r"(\d{1,2})/(\d{1,2})", _read_two_numbers, lasting=False),
    _TypedForm(rf"(?P<fy>{_FINANCIAL} ?)?{_YEARS}", _read_financial_year),
    _TypedForm(rf"{_FINANCIAL} ?{_YEAR}", _refuse_one_financial_year),
    _TypedForm(
        rf"(?:q|qtr|quarter) ?(?P<quarter>\d),?(?: of)?(?: (?:{_FINANCIAL} ?)?{_YEARS})?",
        _read_quarter,
    ),
    _TypedForm(rf"(?:{_FINANCIAL} ?)?{_YEARS},? (?:q|qtr|quarter) ?(?P<quarter>\d)", _read_quarter),
    _TypedForm(rf"(?:q|qtr|quarter) ?(?P<quarter>\d),?(?: of)? {_YEAR}", _refuse_quarter_of_year),
    _TypedForm(
        rf"(?P<term>{'|'.join(TERMS)}) term,?(?: of)?(?: (?:{_YEARS}|{_YEAR}))?", _read_term
    ),
    _TypedForm(
        rf"{_MONTH}(?:,?[ -]?(?P<fromyear>\d{{4}}|\d\d))?(?: to |-)(?P<to>[a-z]{{3,9}})\.?"
        rf"(?:,?[ -]?{_YEAR})?",
        _read_span,
    ),
    _TypedForm(rf"(?P<year>\d{{4}})[ -]{_MONTH}", _read_month_in_words),
    _TypedForm(rf"\+ ?{LENGTH}", _read_step, lasting=False),
    _TypedForm(rf"in {LENGTH}(?: time)?", _read_from_today, lasting=False),
    _TypedForm(rf"{LENGTH} (?:ago|from now|from today)", _read_from_today, lasting=False),
    _TypedForm("today|now|yesterday|tomorrow", _read_named_day, lasting=False),
    _TypedForm(
        "(?:(?P<which>this|next|last) )?(?P<unit>month|quarter|financial year)",
        _read_this_or_next,
        lasting=False,
    ),
    _TypedForm("(?P<last>last )?(?P<weekday>[a-z]{3,9})", _read_weekday, lasting=False),
)
"""Every form that people type besides those of a file, each in a row of its own."""


# --- counting on --------------------------------------------------------------------------------


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
