"""Working days, counted: Monday to Friday, without the bank holidays of England.

Loaded only where a day is counted. Easter is worked out by dateutil; why the rest is not taken from
a library stands in docs/decisions.md.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
"""The bank holidays that were moved in one year alone, and to when."""
ONCE = (
    *(date(1999, 12, 31), date(2002, 6, 3), date(2011, 4, 29), date(2012, 6, 5)),
    *(date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)),
)
"""Those of one year alone: the millennium, jubilees, a wedding, a funeral and a coronation, as
known in November 2026: https://www.gov.uk/bank-holidays lists the next two years."""


def count_working_days(day: date, number: int) -> date:
    """The working day that is so many working days after a day, or before it where the number is
    less than none. The day itself is not counted, whatever it is."""
    step = DAY if number > 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not _is_working(day):
            day += step
    return day


def _is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


@lru_cache
def _bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in a year, as they have been since 1978 (Banking and Financial
    Dealings Act 1971, schedule 1, and proclamations): those that fall on a weekend, on the next day
    that is free."""
    from dateutil.easter import easter

    spring, summer = (_monday_by(date(year, month, 31)) for month in (5, 8))
    regular = [
        *(easter(year) - 2 * DAY, easter(year) + DAY),
        *(_monday_by(date(year, 5, 7)), spring, summer),
    ]
    holidays = {MOVED.get(day, day) for day in regular}
    holidays.update(day for day in ONCE if day.year == year)
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    holidays.update(day for day in fixed if day.weekday() < 5)
    for substitute in (day for day in fixed if day.weekday() > 4):
        while substitute.weekday() > 4 or substitute in holidays:
            substitute += DAY
        holidays.add(substitute)
    return frozenset(holidays)


def _monday_by(day: date) -> date:
    """The last Monday on a day or before it: that of the first week, by 7 May."""
    return day - day.weekday() * DAY
