"""The parts of a date that people type: what was asked, its words and its years."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from ..dates import MONTHS, NoDate, PlanDate, financial_text, year_in_range
from ..errors import Wrong, quoted
from .counting import LENGTH

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

_NEAR = 5
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


MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(MONTHS, 1)
    for spelling in (name.lower(), name[:3].lower())
} | {"sept": 9}
MONTH = r"(?P<month>[a-z]{3,9})\.?"
"""Any word; `month_of` says which. A pattern of all names takes ten times as long to compile."""
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEKDAYS = {
    spelling: number
    for number, name in enumerate(WEEKDAY_NAMES)
    for spelling in (name.lower(), name[:3].lower())
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
WEEKDAY = r"(?:(?P<weekday>[a-z]{3,9}),? )?"
YEAR = r"(?P<year>\d{4}|\d\d)"
YEARS = r"(?P<begins>\d{4}|\d\d)[-/](?P<ends>\d{4}|\d\d)"
FINANCIAL = r"(?:fy|financial year|fiscal year)"
TH = "(?:st|nd|rd|th)"
END = r"(?:by |at )?(?:the )?end (?:of )?"
__LEADING = rf"(?:{END}|by |on |during |in (?!{LENGTH}))?(?:the )?"
"""What stands before a date and changes nothing: due by the end of April is due in April."""


def typable(moment: PlanDate) -> str:
    """A date as it can be copied into a command: in quotation marks where it has blanks."""
    return f'"{moment.text}"' if " " in moment.text else moment.text


def plain(text: str) -> str:
    """A text without what Word, Excel and a sentence put around a date: small, its blanks single,
    every dash a hyphen with none around it; no quotation marks, brackets or full stop at its end.
    """
    text = re.sub("[‐-―−]", "-", text.lower())
    text = re.sub("[\"'“”‘’„*()]", "", text)
    return re.sub(" ?([-/]) ?", r"\1", " ".join(text.split())).rstrip(" .,;:")


def bare(text: str) -> str:
    """A plain text without the words before a date that change nothing: by the end of, on, the."""
    return re.sub(f"^{__LEADING}", "", plain(text))


def month_of(word: str) -> int:
    """The number of a month, of its name; 0 where the word is none."""
    return MONTH_NUMBERS.get(word, 0)


def full_year(year: str, asked: Asked) -> int:
    """The year that is meant by its four figures, or by its last two. Raises Wrong where only two
    are written of one that is not near."""
    if len(year) == 4:
        return year_in_range(asked.text, int(year))
    full = 2000 + int(year)
    if asked.today and not is_near(int(year), asked):
        raise asked.wrong(
            f"leaves a year's first two figures out, and {full} is not near",
            f"Write the year that is meant in full, such as {full} or {asked.today.year}.",
        )
    return full


def is_near(last_two: int, asked: Asked) -> bool:
    """Whether the year of these last two figures is near; in a file it has to be written whole."""
    return asked.today is not None and abs(2000 + last_two - asked.today.year) <= _NEAR


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


def financial_year(match: re.Match[str], asked: Asked) -> int:
    """The year in which one begins that is written with both. Raises Wrong for any other two."""
    begins = full_year(match["begins"], asked)
    if not follows(begins, match["ends"]):
        raise asked.wrong(
            f"is not a financial year: {begins} is followed by {begins + 1}",
            f"Write {financial_text(begins)}.",
        )
    return begins
