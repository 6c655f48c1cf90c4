"""Dates that are probably slips are doubted, with the one probably meant; all others are not."""

from datetime import date, timedelta

import pytest
import strategies as some
from hypothesis import assume, given
from hypothesis import strategies as st

from hscp_plan.dates import read
from hscp_plan.naming.slips import due_doubt, entry_doubt, start_doubt

PERIOD = some.head().period  # April 2021 to March 2023
TODAY = date(2021, 12, 15)
days = st.dates(date(2021, 4, 1), date(2023, 3, 31))


@given(some.plan_dates, days)
def test_what_was_probably_meant_is_not_doubtful_itself_and_as_exact(due, day):
    doubt = due_doubt(due, day, PERIOD)
    if doubt and doubt.likely:
        assert due_doubt(doubt.likely, day, PERIOD) is None
        assert doubt.likely.form == due.form


@given(days, days, st.sampled_from([4, 7, 10]))
def test_what_is_due_within_the_plan_is_doubtful_where_it_is_over_and_nowhere_else(one, day, form):
    due = read(one.isoformat()[:form])
    assert (due.last < day) == (due_doubt(due, day, PERIOD) is not None)


@pytest.mark.parametrize(
    ("due", "now", "likely"),
    [
        ("2020-01", "2022-02", "2022-01"),
        ("2020-01", "2022-01", "2023-01"),
        ("2021-11-30", "2021-12-31", "2022-11-30"),
        ("2032-03", "2022-01", "2022-03"),
        ("2020/21", "2021/22", "2022/23"),
        ("Q3 2020/21", "Q4 2021/22", "Q3 2021/22"),
        ("2020-02-29", "2022-01", "2022-02-28"),
    ],
)
def test_what_was_probably_meant_is_the_same_date_in_the_first_year_that_could_be(due, now, likely):
    doubt = due_doubt(read(due), TODAY, PERIOD, now=read(now))
    assert doubt
    assert doubt.likely == read(likely)


def test_what_was_probably_meant_is_not_over_before_the_start():
    doubt = due_doubt(read("2020-01"), TODAY, PERIOD, start=read("2022-06"))
    assert doubt
    assert doubt.likely == read("2023-01")


def test_a_plan_that_is_over_can_be_written_up():
    assert due_doubt(read("2022-01"), date(2026, 11, 28), PERIOD) is None


@pytest.mark.parametrize(
    ("start", "likely"), [("2020-09", "2021-09"), ("2031-09", "2021-09"), ("2021-09", None)]
)
def test_a_start_outside_the_plan_is_doubtful(start, likely):
    doubt = start_doubt(read(start), PERIOD, read("2022-06"))
    assert (doubt and doubt.likely) == (likely and read(likely))


@given(st.integers(0, 31))
def test_a_day_of_last_year_that_would_be_of_late_this_year_is_doubtful(ago):
    today = date(2023, 1, 20)
    meant = today - timedelta(days=ago)
    typed = meant.replace(year=meant.year - 1)
    doubt = entry_doubt(read(typed.isoformat()), today, PERIOD)
    assert doubt
    assert doubt.likely == read(meant.isoformat())


@given(days, days)
def test_no_other_day_of_the_plan_that_is_past_is_doubtful(day, today):
    assume(day <= today < day + timedelta(days=365))
    assert entry_doubt(read(day.isoformat()), today, PERIOD) is None
