"""Working days, against a count over bank holidays that are written out here by hand."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.dates import read
from hscp_plan.errors import Wrong
from hscp_plan.typed_dates import read_typed
from hscp_plan.working_days import count_working_days

# As GOV.UK lists those of England and Wales.
BANK_HOLIDAYS = {
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
}
FIRST, LAST = date(2018, 1, 1), date(2023, 12, 31)
_OFF = {
    date.fromisoformat(f"{year}-{day}")
    for year, days in BANK_HOLIDAYS.items()
    for day in days.split()
}
WORKING = [
    day
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    if day.isoweekday() <= 5 and day not in _OFF
]


@given(st.dates(FIRST, date(2022, 12, 31)), st.integers(1, 245))
def test_after_a_day_it_is_the_day_that_a_plain_list_has(day, number):
    assert count_working_days(day, number) == WORKING[bisect_right(WORKING, day) + number - 1]


@given(st.dates(date(2019, 1, 1), LAST), st.integers(1, 245))
def test_before_a_day_it_is_the_day_that_a_plain_list_has(day, number):
    assert count_working_days(day, -number) == WORKING[bisect_left(WORKING, day) - number]


def test_seventy_working_days_after_an_inspection():
    due = read("70 working days after 2018-01-30")
    assert (due.text, due.shown, due.first) == (
        "70 working days after 2018-01-30",
        "11 May 2018",
        date(2018, 5, 11),
    )
    assert due.basis == "70 working days after 30 January 2018"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("70 working days after 30 January 2018", "70 working days after 2018-01-30"),
        ("10 business days from today", "10 working days after 2022-01-31"),
        ("1 Working Day before 2022-04-19", "1 working day before 2022-04-19"),
    ],
)
def test_it_is_typed_in_words_and_kept_as_a_file_has_it(typed, written):
    assert read_typed(typed, date(2022, 1, 31)) == read(written)


@pytest.mark.parametrize(
    "text",
    [
        *("0 working days after 2018-01-30", "1000 working days after 2018-01-30"),
        *("5 working days after 2018-01", "5 working days after 2018-02-30"),
        *("999 working days after 2100-01-04", "5 working days after 1989-01-04"),
    ],
)
def test_what_cannot_be_counted_is_refused(text):
    with pytest.raises(Wrong):
        read(text)
