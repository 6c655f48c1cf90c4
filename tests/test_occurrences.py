"""The occurrences of recurring work."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.as_at import milestone_at
from hscp_plan.dates import FILE_FORMS, PlanDate, read
from hscp_plan.errors import Wrong
from hscp_plan.model import Entry, Every, Measure, Milestone, Moved, Promised, Value
from hscp_plan.occurrences import awaited, for_fault, occurrences, periods
from hscp_plan.reports._figures import missed
from hscp_plan.standing import kind

days = st.dates(date(2018, 1, 1), date(2030, 12, 31))
# What each day is of, said plainly and apart from the code: its months' first ones.
FIRST_MONTHS = {
    "quarter": {m: 3 * ((m - 1) // 3) + 1 for m in range(1, 13)},
    "6 months": {**dict.fromkeys(range(4, 10), 4), **dict.fromkeys((10, 11, 12, 1, 2, 3), 10)},
    "year": dict.fromkeys(range(1, 13), 4),
    "term": {**dict.fromkeys((1, 2, 3), 1), **dict.fromkeys((5, 6, 7), 4),
             **dict.fromkeys((9, 10, 11, 12), 9)},
}  # fmt: skip


def first_of_period(every: str, day: date) -> date | None:
    """The first day of the period that a day is of; None of a day that no term has for its own."""
    if every == "month":
        return day.replace(day=1)
    month = FIRST_MONTHS[every].get(day.month)
    if month is None:
        return None
    return date(day.year - (month > day.month), month, 1)


@given(st.sampled_from(get_args(Every)), days, days)
def test_the_occurrences_are_those_of_the_days_one_after_another(every, one, other):
    first, last = sorted((one, other))
    each_day = (first + timedelta(days=n) for n in range((last - first).days + 1))
    plainly = dict.fromkeys(filter(None, (first_of_period(every, day) for day in each_day)))
    found = periods(every, first, last)
    assert found
    if plainly:
        assert [period.first for period in found] == list(plainly)
    # Each can be written in a file, and none but terms overlap.
    for period in found:
        assert read(period.text) == period
        assert period.form in FILE_FORMS
    if every != "term":
        for before, after in itertools.pairwise(found):
            assert before.last + timedelta(days=1) == after.first


@pytest.mark.parametrize(
    ("start", "due", "names"),
    [
        ("2021-09", "2022-07", ["autumn term 2021", "spring term 2022", "summer term 2022"]),
        # April is of two terms: what is due then ends with the first, what begins then with the
        # second.
        ("2022-01", "2022-04", ["spring term 2022"]),
        ("2022-04", "2022-07", ["summer term 2022"]),
        ("2022-04", "2022-04", ["summer term 2022"]),
        ("2022-08", "2022-08", ["autumn term 2022"]),
    ],
)
def test_terms_share_april_and_leave_august_out(start, due, names):
    found = periods("term", read(start).first, read(due).last)
    assert [period.text for period in found] == names


def quarterly(due: str = "2022-03", *entries: Entry, status: str = "on track") -> Milestone:
    return Milestone(
        id="P1.1", action="Report", start=read("2021-05"), due=read(due), every="quarter",
        status=status, progress=entries,
    )  # fmt: skip


def said(day: str, period: str | None, **more: object) -> Entry:
    return Entry(date=read(day), for_=period and read(period), note="Presented.", **more)


@given(
    st.lists(st.tuples(st.dates(date(2021, 5, 1), date(2022, 6, 30)), st.integers(1, 4))),
    st.dates(date(2021, 4, 1), date(2022, 6, 30)),
)
def test_it_is_overdue_on_exactly_the_days_on_which_a_passed_one_is_unsaid(reports, day):
    ends = {1: date(2021, 6, 30), 2: date(2021, 9, 30), 3: date(2021, 12, 31), 4: date(2022, 3, 31)}
    entries = [said(d.isoformat(), f"Q{n} 2021/22") for d, n in sorted(reports)]
    then = milestone_at(quarterly("2022-03", *entries), day)
    unsaid = [n for n, end in ends.items() if end < day and (n not in
              {m for d, m in reports if d <= day})]  # fmt: skip
    assert (kind(then, day) == "overdue") == bool(unsaid)
    if unsaid:
        first = awaited(then)
        assert first
        assert first.due.last == ends[unsaid[0]]


def test_the_last_occurrence_is_due_when_the_work_is():
    last = occurrences(quarterly("2022-02-10"))[-1]
    assert (last.name, last.due.text) == ("Q4 2021/22", "2022-02-10")
    milestone = quarterly("2022-02-10", *(said("2022-01-05", f"Q{n} 2021/22") for n in (1, 2, 3)))
    assert kind(milestone, date(2022, 2, 10)) == "on track"
    assert kind(milestone, date(2022, 2, 11)) == "overdue"


def test_it_is_never_late_to_start_and_what_is_reported_has_begun():
    day = date(2021, 6, 30)
    assert kind(quarterly(status="not started"), day) == "not started"
    reported = quarterly("2022-03", said("2021-06-20", "Q1 2021/22"), status="not started")
    assert kind(reported, day) == "in progress"


def test_what_was_reported_stays_true_when_the_end_moves_to_an_earlier_day():
    moved = {"from_": read("2022-03"), "to": read("2021-09")}
    milestone = quarterly("2021-09", said("2021-08-01", None, moved=Moved(**moved)))
    assert for_fault(milestone, read("Q4 2021/22"), date(2022, 1, 2)) is None
    fault = for_fault(milestone, read("Q1 2022/23"), date(2022, 5, 2))
    assert fault
    assert fault[1].endswith("the nearest is Q4 2021/22.")


@pytest.mark.parametrize("due", ["ongoing", None])
def test_what_recurs_says_from_when_to_when(due):
    with pytest.raises(Wrong, match="from when to when"):
        Milestone(
            id="P1.1", action="Report", start=read("2021-05"), every="quarter",
            **({"due": read(due), "review": read("2022-03")} if due else {}),
        )  # fmt: skip


def nearest(typed: str) -> str:
    fault = for_fault(quarterly(), read(typed), date(2022, 12, 1))
    assert fault
    return fault[1].rpartition("the nearest is ")[2]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("2021-09", "Q2 2021/22."),
        ("2021-10", "Q3 2021/22."),
        ("H1 2021/22", "Q2 2021/22."),
        ("Q1 2025/26", "Q4 2021/22."),
        ("2015", "Q1 2021/22."),
    ],
)
def test_the_nearest_right_one_is_named(typed, near):
    assert nearest(typed) == near


def test_no_period_is_a_date_of_its_own_kind():
    assert isinstance(periods("6 months", date(2021, 5, 1), date(2021, 5, 2))[0], PlanDate)
    assert [p.text for p in periods("6 months", date(2022, 2, 1), date(2022, 4, 2))] == [
        "H2 2021/22",
        "H1 2022/23",
    ]


def test_figures_of_halves_come_again_each_half():
    values = [Value(period=read(f"H{n} 2020/21"), value="40") for n in (1, 2)]
    periods = missed(Measure(id="P1-M1", name="Plans", values=tuple(values)), date(2022, 5, 1))
    assert [period.text for period in periods] == ["H1 2021/22", "H2 2021/22"]


def test_figures_are_asked_for_after_the_last_that_was_promised():
    values = [Value(period=read(f"Q{n} 2020/21"), value="40") for n in (1, 2)]
    path = [Promised(period=read(f"Q{n} 2020/21"), value="50") for n in (1, 3)]
    measure = Measure(id="P1-M1", name="Plans", values=tuple(values), path=tuple(path))
    assert [p.text for p in missed(measure, date(2020, 12, 31))] == []
    periods = ["Q3 2020/21", "Q4 2020/21", "Q1 2021/22"]
    assert [p.text for p in missed(measure, date(2021, 7, 1))] == periods
