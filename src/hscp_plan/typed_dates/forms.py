"""Every form that people type besides those of a file, and how each is read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..dates import (
    ANY_FORM,
    FILE_FORMS,
    MONTHS,
    TERMS,
    PlanDate,
    days_in,
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
from ..errors import Wrong
from .counting import LENGTH, NUMBERS, UNITS, count_from
from .parts import (
    FINANCIAL,
    MONTH,
    MONTH_NUMBERS,
    TH,
    WEEKDAY,
    WEEKDAY_NAMES,
    WEEKDAYS,
    YEAR,
    YEARS,
    Asked,
    financial_year,
    follows,
    full_year,
    is_near,
    month_of,
    typable,
    without_year,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_WORDS = {
    *(*MONTH_NUMBERS, *WEEKDAYS, *NUMBERS, *UNITS, *(f"{unit}s" for unit in UNITS), *TERMS),
    *("st", "nd", "rd", "th", "of", "to", "in", "the", "term", "fy", "financial", "fiscal", "qtr"),
    *("this", "next", "last", "ago", "from", "now", "today", "yesterday", "tomorrow", "time", "t"),
    *("ongoing", "working", "business", "after", "before"),
}
"""All words of all forms."""


def read_plain(typed: str, asked: Asked) -> PlanDate | None:
    """The date of a text that is bare; None where no form fits. Raises Wrong where one fits that
    is ambiguous or impossible."""
    impossible: Wrong | None = None
    # A file's form may be typed in any case: q3 2022/23, Ongoing.
    for written in (typed, typed.upper()):
        if re.fullmatch(ANY_FORM, written, re.ASCII):
            try:
                found = read_text(written)
            except Wrong as wrong:
                impossible = wrong
            else:
                # That a date is to be confirmed is for those to read who know what it waits for.
                return None if found.undated else found
    # Most of what is asked is no date at all, and to try all patterns takes 6 ms.
    is_like_one = _WORDS.issuperset(re.findall(r"[^\W\d_]+", typed))
    for form in TYPED_FORMS if is_like_one else ():
        match = re.fullmatch(form.pattern, typed, re.ASCII)
        if match and (form.lasting or asked.today) and (moment := form.reader(match, asked)):
            return moment
    if impossible:
        raise impossible
    return None


def _read_day_in_words(match: re.Match[str], asked: Asked) -> PlanDate | None:
    month, day, year = month_of(match["month"]), int(match["day"]), match["year"]
    if not month or (match["weekday"] and match["weekday"] not in WEEKDAYS):
        return None
    if year:
        moment = read_day(asked.text, full_year(year, asked), month, day)
    elif 1 <= day <= days_in(2024, month):
        moment = without_year(asked, lambda year: read_day(asked.text, year, month, day))
    else:
        near = without_year(asked, lambda year: of_month(year, month))
        moment = read_day(asked.text, near.first.year, month, day)
    weekday = moment.first.weekday()
    if match["weekday"] and WEEKDAYS[match["weekday"]] != weekday:
        name = WEEKDAY_NAMES[weekday]
        raise asked.wrong(
            f"is no day: {moment.shown} is a {name}", f"Look again, or write {moment.text}."
        )
    return moment


def _read_month_in_words(match: re.Match[str], asked: Asked) -> PlanDate | None:
    month, year = month_of(match["month"]), match["year"]
    if not month:
        return None
    if not year:
        return without_year(asked, lambda year: of_month(year, month))
    far = asked.today and len(year) == 2 and not is_near(int(year), asked)
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
    if 1 <= one <= 12 and is_near(two, asked):
        readings.append(of_month(2000 + two, one))
    if two == one + 1 and is_near(one, asked):
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
    if len(match["begins"]) == 2 and not (match["fy"] or is_near(int(match["begins"]), asked)):
        return None
    begins = full_year(match["begins"], asked)
    if match["fy"] or follows(begins, match["ends"]):
        return read_text(financial_text(financial_year(match, asked)))
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
    known = match["begins"] and financial_text(financial_year(match, asked))
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
        begins = financial_year(match, asked)
        return read_text(f"{term} term {begins if term == 'autumn' else begins + 1}")
    if match["year"]:
        return read_text(f"{term} term {full_year(match['year'], asked)}")
    return without_year(asked, lambda year: read_text(f"{term} term {year}"))


def _read_span(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """The financial year, half or quarter that a span of months is. Raises Wrong for any other."""
    first, last = month_of(match["month"]), month_of(match["to"])
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


def _read_span_in_figures(match: re.Match[str], asked: Asked) -> PlanDate:
    """2021-10 to 2021-12, as a span in words."""
    first, last = (read_month(asked.text, *match.group(*pair)).first for pair in ((1, 2), (3, 4)))
    return _span(asked, first.year, first.month, last.year, last.month)


def _span(asked: Asked, from_year: int, first: int, to_year: int, last: int) -> PlanDate:
    financial = financial_text(from_year if first >= 4 else from_year - 1)
    parts = ("Q1", "Q2", "Q3", "Q4", "H1", "H2")
    for written in (financial, *(f"{part} {financial}" for part in parts)):
        candidate = read(written)
        begins = (candidate.first.year, candidate.first.month)
        ends = (candidate.last.year, candidate.last.month)
        if (begins, ends) == ((from_year, first), (to_year, last)):
            return candidate
    raise asked.wrong("is a span, not one date", f"Give the month it ends: {to_year}-{last:02}.")


def _read_step(match: re.Match[str], asked: Asked) -> PlanDate:
    return count_from(match, asked.base)


def _read_working_days(match: re.Match[str], asked: Asked) -> PlanDate | None:
    """70 working days after 30 January 2018, which a file keeps so, with its day as 2018-01-30."""
    base = read_plain(match["rest"], asked)
    if base is None or base.first != base.last:
        return None
    way = match["way"].replace("from", "after")
    return read_text(f"{match['number']} working days {way} {base.first.isoformat()}")


def _read_from_today(match: re.Match[str], asked: Asked) -> PlanDate:
    return count_from(match, of_day(asked.now), -1 if match[0].endswith(" ago") else 1)


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
    weekday, today = WEEKDAYS.get(match["weekday"]), asked.now.weekday()
    if weekday is None:
        return None
    if match["last"]:
        days = -((today - weekday) % 7 or 7)
    else:
        days = -((today - weekday) % 7) if asked.past else (weekday - today) % 7
    return of_day(asked.now + timedelta(days=days))


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
    _TypedForm(rf"{MONTH}(?:,? ?[ /-]?{YEAR})?", _read_month_in_words),
    _TypedForm(
        rf"{WEEKDAY}(?P<day>\d{{1,2}}){TH}?(?: of)?[ -]?{MONTH}(?:,?[ -]?{YEAR})?",
        _read_day_in_words,
    ),
    _TypedForm(
        rf"{WEEKDAY}{MONTH} (?:the )?(?P<day>\d(?!\d)|\d\d?(?={TH}|,? \d{{4}})){TH}?"
        rf"(?:,? {YEAR})?",
        _read_day_in_words,
    ),
    _TypedForm(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-]{YEAR}", _read_day_month_year),
    _TypedForm(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})", _read_month_and_year),
    _TypedForm(r"(\d{1,2})/(\d{1,2})", _read_two_numbers, lasting=False),
    _TypedForm(rf"(?P<fy>{FINANCIAL} ?)?{YEARS}", _read_financial_year),
    _TypedForm(rf"{FINANCIAL} ?{YEAR}", _refuse_one_financial_year),
    _TypedForm(
        rf"(?:q|qtr|quarter) ?(?P<quarter>\d),?(?: of)?(?: (?:{FINANCIAL} ?)?{YEARS})?",
        _read_quarter,
    ),
    _TypedForm(rf"(?:{FINANCIAL} ?)?{YEARS},? (?:q|qtr|quarter) ?(?P<quarter>\d)", _read_quarter),
    _TypedForm(rf"(?:q|qtr|quarter) ?(?P<quarter>\d),?(?: of)? {YEAR}", _refuse_quarter_of_year),
    _TypedForm(rf"(?P<term>{'|'.join(TERMS)}) term,?(?: of)?(?: (?:{YEARS}|{YEAR}))?", _read_term),
    _TypedForm(
        rf"{MONTH}(?:,?[ -]?(?P<fromyear>\d{{4}}|\d\d))?(?: to |-)(?P<to>[a-z]{{3,9}})\.?"
        rf"(?:,?[ -]?{YEAR})?",
        _read_span,
    ),
    _TypedForm(r"(\d{4})[-/.](\d{1,2})(?: to |-)(\d{4})[-/.](\d{1,2})", _read_span_in_figures),
    _TypedForm(rf"(?P<year>\d{{4}})[ -]{MONTH}", _read_month_in_words),
    _TypedForm(rf"\+ ?{LENGTH}", _read_step, lasting=False),
    _TypedForm(rf"in {LENGTH}(?: time)?", _read_from_today, lasting=False),
    _TypedForm(rf"{LENGTH} (?:ago|from now|from today)", _read_from_today, lasting=False),
    _TypedForm(
        r"(?P<number>[1-9]\d{0,2}) (?:working|business) days? (?P<way>after|before|from) "
        r"(?P<rest>.+)",
        _read_working_days,
    ),
    _TypedForm("today|now|yesterday|tomorrow", _read_named_day, lasting=False),
    _TypedForm(
        "(?:(?P<which>this|next|last) )?(?P<unit>month|quarter|financial year)",
        _read_this_or_next,
        lasting=False,
    ),
    _TypedForm("(?P<last>last )?(?P<weekday>[a-z]{3,9})", _read_weekday, lasting=False),
)
"""Every form that people type besides those of a file, each in a row of its own."""
