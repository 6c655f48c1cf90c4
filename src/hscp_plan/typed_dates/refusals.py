"""What people write where a date belongs and no date is: `TBC`, `Spring 2022`, `w/c 4 April`. Says
of each what would do. Loaded only where nothing could be read.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..dates import MONTHS, REMEDY, PlanDate, financial_text, of_day, of_month
from ..errors import Wrong, nearest, quoted
from .counting import LENGTH, in_year
from .forms import read_plain
from .parts import Asked, bare, full_year, typable, without_year

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def refusal(typed: str, asked: Asked) -> Wrong:
    """Why a bare text is no date, with the forms that would do, chosen by what it says."""
    for kind in NOT_DATES:
        if match := re.fullmatch(kind.pattern, typed, re.ASCII):
            try:
                wrong = kind.refusal(match, asked)
            except Wrong as inner:
                return inner
            if wrong:
                return wrong
    return asked.no_date(REMEDY)


def why_in_words(text: str, today: date) -> str:
    """Why a plan keeps in words what a document says of when, and what to do."""
    typed, asked = bare(text), Asked(text, today, of_day(today), day_first=True)
    for pattern, why in _IN_WORDS.items():
        if re.fullmatch(pattern, typed, re.ASCII):
            return f"{quoted(text)} {why}"
    try:
        if read_plain(typed, asked):
            return f"{quoted(text)} depends on when it is read. Give the whole date, with its year."
        wrong = refusal(typed, asked)
    except Wrong as impossible:
        wrong = impossible
    return f"{wrong.what}. {wrong.next}"


def _date_of(text: str, asked: Asked) -> PlanDate | None:
    """The date that is a part of a text. Raises Wrong where that is ambiguous or impossible."""
    return read_plain(bare(text), asked)


# --- the kinds ----------------------------------------------------------------------------------
# Each gives the refusal of a match, or None where the text is not of its kind after all.


def _not_yet(_match: re.Match[str], asked: Asked) -> Wrong:
    return asked.wrong(
        "is no date",
        "A milestone may have none yet: leave --due out, and hscp asks for it later. Of one that "
        'waits for another:  --due "to be confirmed" --after P1.3',
    )


def _no_end(_match: re.Match[str], asked: Asked) -> Wrong:
    return asked.wrong(
        "is no date",
        "Give the date by which it is next looked at; or, for what has no end, write in the file "
        "due: ongoing  with a review: date.",
    )


def _soon(_match: re.Match[str], asked: Asked) -> Wrong:
    return asked.wrong(
        "is no date", f"Give the month by whose end it is to be done, such as {asked.now:%Y-%m}."
    )


def _event(_match: re.Match[str], asked: Asked) -> Wrong:
    return asked.wrong(
        "hangs on something else", f"Give the month that it comes to, such as {asked.now:%Y-%m}."
    )


def _season(match: re.Match[str], asked: Asked) -> Wrong:
    """Spring 2022 may be a term or a season: neither is guessed."""
    season, last = match["season"], {"spring": 5, "summer": 8, "winter": 2}.get(match["season"], 11)
    if match["year"]:
        year = full_year(match["year"], asked) + bool(match["ends"] and last < 11)
    else:
        year = without_year(asked, lambda year: of_month(year, last)).first.year
    # Winter 2021 ends in 2022.
    month = f"{year + bool(season == 'winter' and match['year'] and not match['ends'])}-{last:02}"
    if season in ("winter", "fall"):
        return asked.wrong("is a season, and no date", f"Give the month that it ends: {month}.")
    return asked.wrong(
        "could be a school term or a season",
        f'Write "{season} term {year}", or the month that it ends: {month}.',
    )


def _part_of(match: re.Match[str], asked: Asked) -> Wrong | None:
    """Mid April: a day would be more exact than what was said, April less."""
    whole = _date_of(match["rest"], asked)
    if whole is None or not whole.dated:
        return None
    if whole.form != "month":
        return asked.wrong(
            f"is a part of {whole.shown}",
            f"Give the month, or the whole of it: {typable(whole)}.",
        )
    day = {"e": 10, "s": 10, "b": 10, "m": 15, "l": whole.last.day}[match["part"][0]]
    return asked.wrong(
        f"is a part of {whole.shown}",
        f"Give the day, such as {whole.text}-{day:02}, or the whole month: {whole.text}.",
    )


def _week_of(match: re.Match[str], asked: Asked) -> Wrong | None:
    day = _date_of(match["rest"], asked)
    if day is None or day.form != "day":
        return None
    if match["end"]:
        return asked.wrong("is a week", f"Give the day that it ends: {day.text}.")
    return _week(day.first, asked)


def _this_week(match: re.Match[str], asked: Asked) -> Wrong:
    days = {"next": 7, "last": -7}.get(match["which"], 0)
    return _week(asked.now + timedelta(days=days - asked.now.weekday()), asked)


def _week(monday: date, asked: Asked) -> Wrong:
    """A week is no form of date: its first or its last working day is."""
    friday = monday + timedelta(days=4 - monday.weekday())
    return asked.wrong(
        "is a week, not one date",
        f"Give its first day or its Friday: {monday} or {friday}.",
    )


def _next(match: re.Match[str], asked: Asked) -> Wrong | None:
    """Next Friday is this week's to some and next week's to others; so is next April of years."""
    past = match["which"] == "last"
    near = _date_of(match["rest"], asked._replace(past=past))
    if near is None or near.form not in ("day", "month", "term"):
        return None
    if near.form == "day":
        other = of_day(near.first + timedelta(days=-7 if past else 7))
    else:
        other = in_year(near, near.first.year + (-1 if past else 1))
    return asked.wrong(
        f"could be {near.shown} or {other.shown}", f"Write {typable(near)} or {typable(other)}."
    )


def _some_year(match: re.Match[str], asked: Asked) -> Wrong:
    """The end of the year is December's to some and March's to others."""
    which = (match["which"] or "").strip()
    year = asked.now.year + {"next": 1, "last": -1}.get(which, 0)
    financial = financial_text(year if asked.now.month >= 4 else year - 1)
    return asked.wrong(
        "could be a calendar year or a financial year", f"Write {year} or {financial}."
    )


def _academic_year(match: re.Match[str], asked: Asked) -> Wrong:
    begins = full_year(match["year"], asked)
    return asked.wrong(
        "is a school year, which ends in July",
        f'Write the month or the term that it ends: {begins + 1}-07 or "summer term {begins + 1}".',
    )


def _holiday(_match: re.Match[str], asked: Asked) -> Wrong:
    return asked.wrong(
        "falls on other days each year", f"Give the month that is meant, such as {asked.now:%Y-%m}."
    )


def _length(match: re.Match[str], asked: Asked) -> Wrong:
    unit = match["unit"][0]
    digits = match["number"] or "1"
    return asked.wrong(
        "is a length of time, not a date",
        f"Counted on, it is written such as +{digits if digits.isdecimal() else 3}{unit}; or "
        "write the date itself.",
    )


def _before(match: re.Match[str], asked: Asked) -> Wrong | None:
    """Before April: due by the end of March."""
    moment = _date_of(match["rest"], asked)
    if moment is None or not moment.dated:
        return None
    last = moment.first - timedelta(days=1)
    text = last.isoformat() if moment.form == "day" else f"{last:%Y-%m}"
    return asked.wrong("is not one date", f"Give the last that will do: {text}.")


def _after(match: re.Match[str], asked: Asked) -> Wrong | None:
    moment = _date_of(match["rest"], asked)
    if moment is None or not moment.dated:
        return None
    return asked.wrong("is not one date", f"If it is {moment.shown}, write {typable(moment)}.")


def _span(match: re.Match[str], asked: Asked) -> Wrong | None:
    """1 to 5 April 2022: by its end."""
    end = _date_of(match["rest"], asked)
    if end is None or not end.dated:
        return None
    return asked.wrong("is a span, not one date", f"Give the date it ends: {typable(end)}.")


def _misspelt(match: re.Match[str], asked: Asked) -> Wrong | None:
    """Febuary 2022, Apirl."""
    month = nearest(match["word"], list(MONTHS), cutoff=0.75)
    if not month:
        return None
    moment = _date_of(match[0].replace(match["word"], month.lower()), asked)
    return moment and asked.wrong(
        "is not a date", f"Did you mean {moment.shown}? Write {moment.text}."
    )


def _with_words(match: re.Match[str], asked: Asked) -> Wrong | None:
    """A date among other words: a part of them is one, and has a figure or is a term."""
    words = match[0].split()
    for length in range(min(len(words) - 1, 5), 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if not re.search(r"\d|.term", part):
                continue
            with suppress(Wrong):
                moment = _date_of(part.strip("(),.;"), asked)
                if moment and moment.dated:
                    next = f"If {moment.shown} is meant, write {typable(moment)}."
                    return asked.no_date(next)
    return None


class _Kind(NamedTuple):
    """What is known of a kind of text that is no date."""

    pattern: str
    refusal: Callable[[re.Match[str], Asked], Wrong | None]


_NOT_SET = (
    r"tb[acd]|to be (?:agreed|announced|confirmed|decided|determined|set)|unknown|not known|"
    r"not set|pending|awaited"
)
_LASTS = r"(?:ongoing|continuous|continuing|rolling|business as usual|bau|throughout)\b.*"
_RECURS = (
    r"(?:annual|annually|yearly|monthly|quarterly|termly|weekly|half-?yearly|biannually|regular|"
    r"regularly|each|every|minimally every)\b.*"
)
_WEEK = r"w/?c|w/?b|week (?:commencing|beginning|starting|of)"
NOT_DATES = (
    _Kind(
        _NOT_SET + r"|none|no date|n/a|na|nil|various|varies|see (?:above|below)|-+|\?+",
        _not_yet,
    ),
    _Kind(f"(?:{_LASTS}|{_RECURS})", _no_end),
    _Kind("asap|as soon as (?:possible|practicable)|immediate(?:ly)?|urgent(?:ly)?|soon", _soon),
    _Kind(
        r"(?:(?:early|mid|late|this|next|last)[ -])?(?:in )?(?:the )?"
        r"(?P<season>spring|summer|autumn|winter|fall)(?: of)?"
        r"(?:,? ?(?P<year>\d{4}|\d\d)(?:[-/](?P<ends>\d{4}|\d\d))?)?",
        _season,
    ),
    _Kind(
        r"(?:at )?(?P<part>early|mid|middle|late|start|beginning)(?: in| of|-)? ?"
        r"(?:the )?(?P<rest>.+)",
        _part_of,
    ),
    _Kind(rf"(?:(?P<end>w/?e|week ending)|{_WEEK}) (?:on )?(?P<rest>.+)", _week_of),
    _Kind(r"(?P<which>this|next|last) week", _this_week),
    _Kind(
        r"(?P<which>this |next |last )?"
        r"(?:year|year[ -]end|calendar year)",
        _some_year,
    ),
    _Kind(
        r"(?:academic|school) year (?P<year>\d{4}|\d\d)(?:[-/]\d{2,4})?",
        _academic_year,
    ),
    _Kind(
        r"(?:before |after )?(?:easter|christmas|xmas|half[ -]term|new year|"
        r"(?:this |next )?term)(?: \d{4})?",
        _holiday,
    ),
    _Kind(LENGTH, _length),
    _Kind(r"(?:on )?(?P<which>next|last) (?P<rest>[a-z]+(?: term)?)", _next),
    _Kind(rf"(?:within )?{LENGTH} (?:after|before|following|from|of) .+", _event),
    _Kind(r"before (?:the )?(?P<rest>.+)", _before),
    _Kind(r"(?:after|from|since|following|until|till|to) (?P<rest>.+)", _after),
    _Kind(r".*?\d.*?(?:-| to | until | and )(?P<rest>.+)", _span),
    _Kind(
        r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?P<word>[a-z]{4,10})(?: \d{1,2},)?(?: \d{4})?", _misspelt
    ),
    _Kind(r".*(?:\d|term).*", _with_words),
)
"""The kinds of text that are no date, each in a row of its own; the first that fits speaks."""
_IN_WORDS = {
    _NOT_SET: "is not set yet. The milestone has no date until somebody gives it one.",
    _LASTS: "has no end. Give the day that it is next looked at: ongoing, review April 2027.",
    _RECURS: "says how often. Give when it is next due; in the plan’s file,  every:  says how "
    "often it recurs.",
}
"""What a document says of when and a plan has a form for, where more is known."""
