"""Dates as plans of all kinds write them. What has a form in a plan is read; what has none is left
in words, and never made more exact than it was written."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..dates import UNDATED, PlanDate
from ..errors import Wrong
from ..typed_dates import find_lasting

if TYPE_CHECKING:
    from collections.abc import Iterator


class How(NamedTuple):
    """How a document writes its dates, as somebody said."""

    order: Literal["", "day first", "month first"] = ""
    """Empty where nobody has said: then a date that could be two is a question."""
    year: str = ""
    """The year of dates that name none: 2022, or 2021/22 for April to March. `none`: such dates
    stay in words. Empty where nobody has said."""


Doubt = Literal["", "year", "order"]


class When(NamedTuple):
    """What a text says of when."""

    start: PlanDate = UNDATED
    due: PlanDate = UNDATED
    review: PlanDate = UNDATED
    doubt: Doubt = ""
    """What would have to be known for it to be read."""

    @property
    def read(self) -> bool:
        """Whether it says a date that a plan has a form for."""
        return not (self.start.undated and self.due.undated)


_OUTER = re.compile(r"^[\s*†‡.,;:()\[\]–—-]+|[\s*†‡.,;:()\[\]–—-]+$")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})([/.-]\d{2,4})?")
_TO = re.compile(r"\s*(?:[–—-]|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:from|starts?|starting|begins?|beginning|commencing)\s+", re.IGNORECASE)
_ONGOING = re.compile(
    r"on-?\s?going\W+(?:to be )?review(?:ed)?\W*(?:by|in|on|at|date)?\W*(.+)", re.IGNORECASE
)
_PARTS = re.compile(r"\s+[–—:-]+\s*(?=\S)|[–—:-]+\s+(?=\S)|\t+")
_MOST_LEADING = 70
"""Within how many characters a date at the beginning of a text ends."""


def read_when(text: str, how: How) -> When:
    """What a text says of when, as a whole."""
    words = _OUTER.sub("", " ".join(text.split()))
    if not words or len(words) > 60:
        return When()
    if match := _ONGOING.fullmatch(words):
        review = read_when(match[1], how)
        if review.read:
            ongoing = find_lasting("ongoing", day_first=True)
            return When(due=ongoing or UNDATED, review=review.due)
        return review._replace(start=UNDATED, due=UNDATED)
    begins = _FROM.match(words)
    rest = words[begins.end() :] if begins else words
    one, doubt = _date(rest, how)
    if one:
        return When(start=one) if begins else When(due=one)
    if doubt:
        return When(doubt=doubt)
    return _span(rest, how)


def _span(text: str, how: How) -> When:
    """September 2021 to November 2021; September – November 2021."""
    doubts: list[Doubt] = []
    for match in _TO.finditer(text):
        first, last = text[: match.start()].strip(), text[match.end() :].strip()
        end, end_doubt = _date(last, how)
        start, start_doubt = _date(first, how)
        if end and not start and start_doubt == "year":
            # The year at its end is that of both.
            start = _with_year(first, str(end.last.year), how)
        if start and end and start.dated and end.dated and start.first <= end.last:
            return When(start=start, due=end)
        if (start or start_doubt) and (end or end_doubt):
            doubts += [d for d in (start_doubt, end_doubt) if d]
    return When(doubt=doubts[0] if doubts else "")


def _date(text: str, how: How) -> tuple[PlanDate | None, Doubt]:
    """The date that a text is, or what would have to be known for it to be one."""
    if not any(c.isalnum() for c in text):
        return None, ""
    if how.order == "month first":
        text = _NUMBERS.sub(lambda m: f"{m[3]}{m[2]}{m[1]}{m[4] or ''}", text)
    found = _find(text, day_first=bool(how.order))
    if found:
        return (found, "") if found.dated else (None, "")
    if not how.order and _find(text, day_first=True):
        return None, "order"
    if _find(f"{text} 2021", True) or _find(f"{text} 2021/22", True):
        if not how.year:
            return None, "year"
        return (_with_year(text, how.year, how) if how.year != "none" else None), ""
    return None, ""


def _find(text: str, day_first: bool) -> PlanDate | None:
    with suppress(Wrong):
        return find_lasting(text, day_first=day_first)
    return None


def _with_year(text: str, year: str, how: How) -> PlanDate | None:
    """A date of which the year was not written; of a financial year, the one that lies in it."""
    first, slash, _ = year.partition("/")
    if not slash:
        return _find(f"{text} {first}", bool(how.order))
    if quarter := _find(f"{text} {year}", bool(how.order)):
        return quarter
    for one in (first, str(int(first) + 1)):
        date = _find(f"{text} {one}", bool(how.order))
        if date and (int(one) == int(first)) == (date.first.month >= 4):
            return date
    return None


def leading(text: str, how: How) -> tuple[When, str, str]:
    """The dates that a text begins with, those words, and the text after them: September 2021 –
    November 2021 – Implement …. Nothing and the whole text where it begins with none."""
    for end, after in sorted(_ends(text), reverse=True):
        words = text[:end].strip()
        if not any(c.isdigit() for c in words) and not how.year:
            continue
        when = read_when(words, how)
        if when.read or when.doubt == "order":
            return when, words, text[after:].strip()
    return When(), "", text


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where a date at the beginning may end, and where what follows begins."""
    for match in _PARTS.finditer(text[: _MOST_LEADING + 1]):
        if match.start() and match.end() < len(text):
            yield match.start(), match.end()
