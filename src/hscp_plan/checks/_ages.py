"""Whether an age stands beside a place in a text: aged 7, (7), 7-year-old."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._text import BLANK, MONTH

if TYPE_CHECKING:
    from ._text import Text

NEAR = 120
"""How many characters on either side are looked at."""
_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen
    """.split()  # noqa: SIM905
)
_AGE = r"([0-9]{1,2}(?![0-9])|[a-z]{3,9}\b)"
"""A number; whether it is an age is looked at afterwards."""
_UNIT = r"(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)"
_NO_RANGE = (
    rf"(?!{BLANK}?(?:[+%]|[-–—/]{BLANK}?[0-9]|to\b|plus\b"
    rf"|(?:and|or){BLANK}(?:over|under|above|below|older|younger|up)\b)|[.,][0-9])"
)
_AGED = rf"(?<![a-z])age(?![a-z]{{2}})(?:d|s|:)?{BLANK}{{0,2}}(?:of{BLANK})?{_AGE}{_NO_RANGE}"
_OLD = rf"(?<![\w.,/-]){_AGE}[ -]?{BLANK}?(?:{_UNIT}[ -]?)?{BLANK}?(?:old\b|y/o\b)"
_IN_BRACKETS = (
    rf"{BLANK}{{0,2}}\({BLANK}?(?:age[d:]?{BLANK})?{_AGE}{_NO_RANGE}(?:{BLANK}?{_UNIT}\b)?{BLANK}?"
    "[,;)]"
)
_IN_COMMAS = rf",{BLANK}{{1,2}}{_AGE}{_NO_RANGE}(?:{BLANK}?{_UNIT}\b|{BLANK}?[.,;)]|[ \t]*(?=\n|$))"
_NO_DATE = rf"(?!\s{{0,60}}{MONTH})"
_CONNECTED = rf"(?:{BLANK}|[]\"'”’,(:–—-]|who\b|is\b|was\b|an?\b){{0,8}}"
_SCHOOL_YEAR = (
    rf"{BLANK}{{0,2}}[,(–-]{BLANK}{{0,2}}(?:in{BLANK})?(?:year|yr|y){BLANK}?([0-9]|1[0-3])(?![0-9])"
)
_TO_NAME = (
    rf",?(?:{BLANK}{{1,2}}(?:boy|girl|child|pupil|student|baby|infant|toddler|teenager|son|daughter"
    rf"|brother|sister|twin|male|female))?,?(?:{BLANK}(?:called|named))?,?{BLANK}{{1,2}}$"
)
_DIGIT = frozenset("0123456789")


def age_beside(text: Text, start: int, end: int) -> bool:
    """Whether an age stands directly before or after what stands from `start` to `end`."""
    after, before = text.small[end : end + NEAR], text.small[max(0, start - NEAR) : start]
    return (_hints(after) and _begins_with_age(after)) or (
        _hints(before) and _ends_with_age(before)
    )


def _begins_with_age(text: str) -> bool:
    connected = re.match(_CONNECTED, text)
    at = connected.end() if connected else 0
    ages = (
        re.compile(_AGED).match(text, at),
        re.compile(_OLD).match(text, at),
        re.match(_IN_BRACKETS, text),
        re.match(_IN_COMMAS + _NO_DATE, text),
        re.match(_SCHOOL_YEAR, text),
    )
    return any(age and _is_age(age[1]) for age in ages)


def _ends_with_age(text: str) -> bool:
    age = re.search(f"(?:{_AGED}|{_OLD}){_TO_NAME}", text)
    return bool(age and _is_age(age[1] or age[2]))


def _is_age(number: str) -> bool:
    return int(number) <= 25 if number.isdigit() else number in _WORDS


def _hints(text: str) -> bool:
    """Whether an age could stand in a text at all; the patterns are made only where it could."""
    return not _DIGIT.isdisjoint(text) or "age" in text or "old" in text or "y/o" in text
