"""Dates as plans of all kinds write them. What has a form in a plan is read; what has none is left
in words, and never made more exact than it was written."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..dates import MONTH_WRITTEN, UNDATED, PlanDate
from ..errors import Wrong
from ..typed_dates import find_lasting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


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
    before: PlanDate = UNDATED
    """When it was due before, where the text says that it moved."""
    doubt: Doubt = ""
    """What would have to be known for it to be read."""

    @property
    def read(self) -> bool:
        """Whether it says a date that a plan has a form for."""
        return not (self.start.undated and self.due.undated)


_OUTER = re.compile(r"^[\s*†‡.,;:()\[\]–—-]+|[\s*†‡.,;:()\[\]–—-]+$")
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})([/.-]\d{2,4})?")
_IN_FULL = re.compile(r"\b(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})\b(?!\2)")
_TO = re.compile(r"\s*(?:[–—-]|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_FROM = re.compile(r"(?:from|starts?|starting|begins?|beginning|commencing)\s+", re.IGNORECASE)
_ONGOING = re.compile(
    r"on-?\s?going\W+(?:to be )?review(?:ed)?\W*(?:by|in|on|at|date)?\W*(.+)", re.IGNORECASE
)
_NOW = re.compile(
    r"\W*\b(?:now|(?:revised|extended|moved|changed|amended|delayed|slipped|deferred|rescheduled"
    r"|put back|new|updated)(?: date| deadline| target)?)\b(?: (?:to|until|now|due))?\W*",
    re.IGNORECASE,
)
_WAS = re.compile(
    r"\W*\b(?:was|were|originally|previously|formerly|initially|(?:revised|extended|moved|changed"
    r"|amended|delayed|slipped|deferred|rescheduled|put back) from)\b\W*",
    re.IGNORECASE,
)
_DATE_WRITTEN = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH_WRITTEN}\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
    r"|(?:spring|summer|autumn)\s+(?:term\s+)?\d{4}|q[1-4]\s+\d{4}(?:/\d{2,4})?"
    r"|\d{4}/\d{2,4}|20\d{2})"
)
_WRITTEN = re.compile(rf"\b{_DATE_WRITTEN}\b", re.IGNORECASE)
_DUE_WITHIN = re.compile(
    rf"\bby (?:the )?(?P<date>(?:end of )?{_DATE_WRITTEN})\b"
    rf"|\((?:by )?(?P<aside>{_DATE_WRITTEN})\)\W*$",
    re.IGNORECASE,
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
    span = _span(rest, how)
    return span if span.read or span.doubt else _moved(words, how)


def _moved(text: str, how: How) -> When:
    """Sept 2023, revised to Jan 2024; Summer term 2025 (was April 2025)."""
    for between, new_last in ((_NOW, True), (_WAS, False)):
        for match in between.finditer(text):
            parts = (text[: match.start()], text[match.end() :])
            before, now = parts if new_last else parts[::-1]
            (old, old_doubt), (new, new_doubt) = _date(before, how), _date(now, how)
            if old and new and old != new:
                return When(due=new, before=old)
            if (old or old_doubt) and (new or new_doubt):
                return When(doubt=old_doubt or new_doubt)
    return When()


def _span(text: str, how: How) -> When:
    """September 2021 to November 2021; September – November 2021."""
    doubts: list[Doubt] = []
    for match in _TO.finditer(text):
        first, last = text[: match.start()].strip(), text[match.end() :].strip()
        end, end_doubt = _date(last, how)
        start, start_doubt = _date(first, how)
        if end and end.dated and _date(first, how._replace(year=""))[1] == "year":
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


def proved_order(texts: Iterable[str]) -> tuple[Literal["", "day first", "month first"], str]:
    """In which order a document writes its dates, where it has some that could be two, one that can
    be read only so, and none that can be read only the other way; and that date."""
    proofs: dict[Literal["day first", "month first"], str] = {}
    in_doubt = False
    for text in texts:
        for match in _IN_FULL.finditer(text):
            first, second = int(match[1]), int(match[3])
            if first > 12 >= second > 0 and first <= 31:
                proofs.setdefault("day first", match[0])
            elif second > 12 >= first > 0 and second <= 31 and match[2] == "/":
                proofs.setdefault("month first", match[0])
            in_doubt = in_doubt or 0 < first < 13 > second > 0
    if len(proofs) != 1 or not in_doubt:
        return "", ""
    ((order, proof),) = proofs.items()
    return order, proof


def within(text: str, how: How) -> When:
    """When an action is due by its own words, which name one date and no other: Publish the report
    by March 2024; Review the panel (September 2024)."""
    dates = list(_WRITTEN.finditer(text))
    if len(dates) != 1 or not (match := _DUE_WITHIN.search(text)):
        return When()
    when = read_when(match["date"] or match["aside"], how)
    return when if when.start.undated and not when.doubt else When()


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
