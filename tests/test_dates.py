"""Dates: read as written, shown as GOV.UK writes, never made more exact and never guessed."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.dates import MONTHS, PlanDate, days_in, of_day, read
from hscp_plan.errors import Wrong
from hscp_plan.model import Milestone
from hscp_plan.standing import kind
from hscp_plan.typed_dates import correction, read_length, read_typed

TODAY = date(2021, 12, 15)


def refused(text: str) -> Wrong:
    with pytest.raises(Wrong) as caught:
        read_typed(text, TODAY)
    assert caught.value.rule == "date-unreadable"
    assert caught.value.next, "no remedy"
    return caught.value


@given(st.one_of(some.date_texts, st.just("ongoing")))
def test_a_date_keeps_the_text_it_was_written_with(text):
    assert read(text).text == text
    assert read_typed(text, TODAY) == read(text)


@given(some.plan_dates, st.booleans(), st.booleans())
def test_a_date_that_is_shown_can_be_typed(d, past, day_first):
    assert read_typed(d.shown, TODAY, past=past, day_first=day_first) == d


@given(some.plan_dates)
def test_a_date_that_is_shown_in_short_can_be_typed(d):
    assert read_typed(d.short, TODAY) == d


@given(some.plan_dates)
def test_the_first_day_is_not_after_the_last(d):
    assert d.first <= d.last


def test_dates_are_not_ordered_by_how_they_are_written():
    """They have a first and a last day: whoever compares them says which."""
    with pytest.raises(TypeError):
        sorted([read("2022-04"), read("2021"), read("Q3 2021/22")])


@given(some.days)
def test_a_day_is_its_own_first_and_last(day):
    assert read(day.isoformat()) == PlanDate(day.isoformat(), day, day, "day") == of_day(day)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


@given(some.YEARS, st.integers(1, 12))
def test_a_month_is_over_after_its_last_day(year, month):
    d = read(f"{year}-{month:02}")
    assert (d.first, d.last) == (date(year, month, 1), month_end(year, month))
    assert days_in(year, month) == monthrange(year, month)[1]


@given(some.YEARS)
def test_a_year_ends_in_december_and_a_financial_year_in_march(year):
    assert read(str(year)).last == date(year, 12, 31)
    d = read(f"{year}/{(year + 1) % 100:02}")
    assert (d.first, d.last) == (date(year, 4, 1), date(year + 1, 3, 31))


@given(some.YEARS)
def test_the_four_quarters_of_a_financial_year_follow_each_other_and_fill_it(year):
    whole = f"{year}/{(year + 1) % 100:02}"
    quarters = [read(f"Q{n} {whole}") for n in (1, 2, 3, 4)]
    assert [q.first for q in quarters] == [
        date(year, 4, 1), date(year, 7, 1), date(year, 10, 1), date(year + 1, 1, 1),
    ]  # fmt: skip
    ends = [q.last + timedelta(days=1) for q in quarters]
    assert ends == [*(q.first for q in quarters[1:]), date(year + 1, 4, 1)]


@pytest.mark.parametrize(
    ("term", "first", "last"),
    [
        ("autumn", (9, 1), (12, 31)),
        ("spring", (1, 1), (4, 30)),
        ("summer", (4, 1), (7, 31)),
    ],
)
def test_a_school_term_is_its_months(term, first, last):
    d = read(f"{term} term 2022")
    assert (d.first, d.last) == (date(2022, *first), date(2022, *last))


@given(some.plan_dates, some.plan_dates)
def test_what_is_due_before_a_date_is_also_due_to_it(due, x):
    if due.last < x.first:
        assert due.last <= x.last


@given(some.plan_dates, st.integers(-3, 3))
def test_what_is_due_before_a_day_is_exactly_what_is_overdue_on_that_day(due, off):
    day = due.last + timedelta(days=off)
    milestone = Milestone(id="P1.1", due=due, action="Do it")
    assert (due.last < day) == (kind(milestone, day) == "overdue") == (off > 0)


@given(some.plan_dates)
def test_ongoing_is_never_over_and_sorts_last(d):
    ongoing = read("ongoing")
    assert ongoing.ongoing
    assert not d.ongoing
    assert d.last < ongoing.last


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2022-04", "April 2022"),
        ("2022-04-30", "30 April 2022"),
        ("2022-04-03", "3 April 2022"),
        ("2022", "2022"),
        ("2022/23", "April 2022 to March 2023"),
        ("Q3 2022/23", "October to December 2022"),
        ("Q4 2022/23", "January to March 2023"),
        ("autumn term 2022", "autumn term 2022"),
        ("ongoing", "ongoing"),
    ],
)
def test_a_date_is_shown_as_gov_uk_writes_it(text, shown):
    assert read(text).shown == shown


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("April 2022", "2022-04"),
        ("april 2022", "2022-04"),
        ("Apr 2022", "2022-04"),
        ("Sept 2022", "2022-09"),
        ("30 April 2022", "2022-04-30"),
        ("30th April 2022", "2022-04-30"),
        ("30/4/2022", "2022-04-30"),
        ("30.04.2022", "2022-04-30"),
        ("4/4/2022", "2022-04-04"),
        ("q3 2022/23", "Q3 2022/23"),
        ("Autumn Term 2022", "autumn term 2022"),
        ("  2022-04 ", "2022-04"),
        ("Ongoing", "ongoing"),
        # As Excel, Word and Outlook write them.
        *((form, "2022-04") for form in ("Apr-22", "Apr 22", "April 22", "apr22", "April, 2022")),
        *(
            (form, "2022-04")
            for form in ("April\xa02022", "April 2022.", "“April 2022”", "Apr. ’22")
        ),
        *((form, "2022-04") for form in ("04/2022", "4/2022", "4.2022", "2022-4", "2022/04")),
        *((form, "2022-04") for form in ("2022 April", "by April 2022", "in April 2022")),
        *((form, "2022-04") for form in ("end of April 2022", "end April 2022")),
        *((form, "2022-04") for form in ("by the end of April 2022", "At end April 2022")),
        *((form, "2022") for form in ("by 2022", "end of 2022", "during 2022")),
        ("by the end of Q3 2022/23", "Q3 2022/23"),
        *(
            (form, "2022-04-08")
            for form in ("Friday 8 April 2022", "8th of April 2022", "8-Apr-22")
        ),
        *((form, "2022-04-08") for form in ("Fri, 8 Apr 2022", "April 8, 2022", "2022/4/8")),
        *((form, "2022-04-30") for form in ("30-04-2022", "30‑04‑2022", "30/4/22")),
        ("2022-04-30 00:00:00", "2022-04-30"),
        ("2022-04-30T00:00", "2022-04-30"),
        # As councils write their years, quarters and terms.
        *((form, "2021/22") for form in ("2021-22", "2021/2022", "2021-2022", "21/22", "21-22")),
        *((form, "2021/22") for form in ("FY21/22", "FY 2021/22", "financial year 2021-22")),
        *((form, "Q3 2022/23") for form in ("Q3 22/23", "Q3 2022-23", "Q3 2022/2023")),
        *((form, "Q3 2022/23") for form in ("Quarter 3 2022/23", "2022/23 Q3", "Oct–Dec 2022")),
        *((form, "Q3 2022/23") for form in ("2022-10 to 2022-12", "2022-10 – 2022-12")),
        ("2022-04 to 2023-03", "2022/23"),
        ("2022-04 to 2022-09", "H1 2022/23"),
        *((form, "Q1 2022/23") for form in ("April-June 2022", "April to June 22")),
        ("Jan-Mar 22", "Q4 2021/22"),
        ("autumn term 2021/22", "autumn term 2021"),
        ("spring term 2021/22", "spring term 2022"),
        ("the Summer Term 2021-22", "summer term 2022"),
        # On the day that it is: Wednesday, 15 December 2021.
        ("today", "2021-12-15"),
        ("yesterday", "2021-12-14"),
        ("tomorrow", "2021-12-16"),
        ("this month", "2021-12"),
        ("end of the month", "2021-12"),
        ("next month", "2022-01"),
        ("last month", "2021-11"),
        ("next quarter", "Q4 2021/22"),
        ("last quarter", "Q2 2021/22"),
        ("this financial year", "2021/22"),
        ("last Friday", "2021-12-10"),
        ("last Wednesday", "2021-12-08"),
        ("in 2 weeks", "2021-12-29"),
        ("six weeks ago", "2021-11-03"),
        ("+2 months", "2022-02-15"),
    ],
)
def test_a_person_may_type_a_date_in_these_ways(text, meant):
    assert read_typed(text, TODAY) == read(meant)


@pytest.mark.parametrize(
    ("text", "ahead", "behind"),
    [
        ("30 April", "2022-04-30", "2021-04-30"),
        ("April", "2022-04", "2021-04"),
        ("December", "2021-12", "2021-12"),
        ("15 December", "2021-12-15", "2021-12-15"),
        ("14/12", "2022-12-14", "2021-12-14"),
        ("29 February", "2024-02-29", "2020-02-29"),
        ("Q3", "Q3 2021/22", "Q3 2021/22"),
        ("Q2", "Q2 2022/23", "Q2 2021/22"),
        ("spring term", "spring term 2022", "spring term 2021"),
        ("April to June", "Q1 2022/23", "Q1 2021/22"),
        ("Friday", "2021-12-17", "2021-12-10"),
    ],
)
def test_a_date_without_a_year_is_the_next_one_or_where_it_tells_of_the_past_the_last(
    text, ahead, behind
):
    assert read_typed(text, TODAY) == read(ahead)
    assert read_typed(text, TODAY, past=True) == read(behind)


@given(some.days, st.booleans())
def test_a_day_without_its_year_is_within_a_year_of_today(day, past):
    if (day.month, day.day) == (2, 29):
        return
    moment = read_typed(f"{day.day} {MONTHS[day.month - 1]}", TODAY, past=past).first
    assert (moment.month, moment.day) == (day.month, day.day)
    assert 0 <= (TODAY - moment if past else moment - TODAY).days <= 365


@given(some.days)
def test_a_day_between_slashes_is_read_day_first_where_the_plan_says_so(day):
    text = f"{day.day}/{day.month}/{day.year}"
    assert read_typed(text, TODAY, day_first=True) == of_day(day)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12/1/2022", "2022-01-12"),
        ("12/1/22", "2022-01-12"),
        ("12.1.22", "2022-01-12"),
        ("12/1", "2022-01-12"),
        ("04/22", "2022-04"),
    ],
)
def test_where_the_plan_says_day_first_no_month_is_thought_of_first(text, meant):
    assert read_typed(text, TODAY, day_first=True) == read(meant)
    assert "dates: day first" in refused(text).next


def test_in_a_file_nothing_is_said_of_how_dates_are_typed():
    """A file means the same to everybody; without a year it means nothing."""
    for text in ("3/4/2022", "April", "12/1", "today", "21/22"):
        with pytest.raises(Wrong) as caught:
            read(text)
        assert "day first" not in caught.value.next


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("90d", "2022-03-15"),
        ("90 days", "2022-03-15"),
        ("3 months", "2022-03-15"),
        ("3months", "2022-03-15"),
        ("three months", "2022-03-15"),
        ("quarter", "2022-03-15"),
        ("a quarter", "2022-03-15"),
        ("+3m", "2022-03-15"),
        ("the next 3 months", "2022-03-15"),
        ("six weeks", "2022-01-26"),
        ("2 weeks", "2021-12-29"),
        ("a fortnight", "2021-12-29"),
        ("a year", "2022-12-15"),
        ("1y", "2022-12-15"),
    ],
)
def test_a_length_of_time_may_be_typed_in_these_ways(text, end):
    assert read_length(text, TODAY) == read(end)


@pytest.mark.parametrize("text", ["", "90", "soon", "2022-04", "m", "3 moons", "-3m"])
def test_what_is_no_length_of_time_is_none(text):
    assert read_length(text, TODAY) is None


@given(some.typed_dates, st.booleans(), st.booleans())
def test_what_is_typed_is_written_as_a_file_reads_it(text, past, day_first):
    with suppress(Wrong):
        moment = read_typed(text, TODAY, past=past, day_first=day_first)
        assert read(moment.text) == moment


@given(some.typed_dates)
def test_what_is_refused_is_refused_in_one_line_with_what_would_do(text):
    wrong = None
    try:
        read_typed(text, TODAY)
    except Wrong as refusal:
        wrong = refusal
    assert wrong is None or (wrong.next and "\n" not in wrong.what + wrong.next)


@given(some.days)
def test_a_day_between_slashes_is_day_month_year_or_refused_with_both_meanings(day):
    text = f"{day.day}/{day.month}/{day.year}"
    if day.day > 12 or day.day == day.month:
        assert read_typed(text, TODAY) == of_day(day)
    else:
        wrong = refused(text)
        assert of_day(day).shown in wrong.what
        assert day.isoformat() in wrong.next
        assert date(day.year, day.day, day.month).isoformat() in wrong.next


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Executive Board October 2021", "If October 2021 is meant, write 2021-10."),
        ("3/4/2022", "Write 2022-04-03 or 2022-03-04."),
        ("3.4.2022", "Write 2022-04-03 or 2022-03-04."),
        ("31/4/2022", "2022-04-30"),
        ("31/4/22", "2022-04-30"),
        ("12/1/22", "Write 2022-01-12 or 2022-12-01."),
        ("4/30/2022", "If it is 30 April 2022, write 2022-04-30."),
        ("22-04-30", "2030"),
        ("12/1", "Write 2022-01-12 or 2022-12-01."),
        ("04/22", "Write 2022-04 or 2022-04-22."),
        ("April 30", 'Write "30 April" or 2030-04.'),
        ("31 April", "Write 2022-04-30"),
        ("Thursday 8 April 2022", "or write 2022-04-08."),
        ("29/2/2022", "2022-02-28"),
        ("2022-02-29", "2022-02-28"),
        ("2021-13", "2021-12"),
        ("2021-00", "2021-01"),
        ("2022/24", "2023/24 or 2024."),
        ("2014-2019", "2018/19 or 2019."),
        ("September 2021 – November 2021", "Give the month it ends: 2021-11."),
        ("November to January 2022", "Give the month it ends: 2022-01."),
        ("1-5 April 2022", "Give the date it ends: 2022-04-05."),
        ("FY22", "Write 2021/22 or 2022/23."),
        ("Q3 2022", 'Write "Q2 2022/23" or "Q3 2022/23".'),
        ("2022-10 to 2022-11", "Give the month it ends: 2022-11."),
        ("Q1 2022", 'Write "Q4 2021/22" or "Q1 2022/23".'),
        ("Q5", '"Q4"'),
        ("Spring 2022", 'Write "spring term 2022", or the month that it ends: 2022-05.'),
        ("Autumn 2021/22", 'Write "autumn term 2021", or the month that it ends: 2021-11.'),
        ("Winter 2021", "Give the month that it ends: 2022-02."),
        ("summer", 'Write "summer term 2022"'),
        ("early April 2022", "Give the day, such as 2022-04-10, or the whole month: 2022-04."),
        ("late April", "such as 2022-04-30, or the whole month: 2022-04."),
        ("mid 2022", "the whole of it: 2022."),
        ("w/c 4 April 2022", "Give its first day or its Friday: 2022-04-04 or 2022-04-08."),
        ("week ending 8 April 2022", "Give the day that it ends: 2022-04-08."),
        ("next Friday", "Write 2021-12-17 or 2021-12-24."),
        ("next April", "Write 2022-04 or 2023-04."),
        ("last April", "Write 2021-04 or 2020-04."),
        ("end of the year", "Write 2021 or 2021/22."),
        ("academic year 2021/22", "2022-07 or"),
        ("Easter", "such as 2021-12"),
        ("by Spring 2022", 'Write "spring term 2022"'),
        ("end of term", "such as 2021-12"),
        ("TBC", "leave --due out"),
        ("asap", "such as 2021-12"),
        ("annually", "due: ongoing"),
        ("12 months", "+12m"),
        ("90 days after the guidance is issued", "such as 2021-12"),
        ("before April 2022", "Give the last that will do: 2022-03."),
        ("from September 2022", "write 2022-09."),
        ("April 2022 onwards", "write 2022-04."),
        ("Febuary 2022", "Did you mean February 2022? Write 2022-02."),
        ("Q5 2022/23", "Q4"),
        ("1989", "2022"),
        ("2101-01", "2022"),
        ("next week", "2021-12-20 or 2021-12-24"),
        ("~", "2022-04"),
        ("null", "2022-04"),
        ("", "2022-04"),
        ("٢٠٢٢-٠٤", "2022-04"),
        ("2022-04-30T12:00", "2022-04-30"),
    ],
)
def test_what_is_ambiguous_impossible_or_no_date_is_refused_with_the_right_form(text, remedy):
    assert remedy in refused(text).next


@given(some.spoken_months, some.YEARS)
def test_a_file_that_has_a_month_in_words_is_told_how_to_write_it(month, year):
    wrong = correction(f"{month} {year}")
    assert wrong
    assert wrong.next == f"Write {year}-{MONTHS.index(month) + 1:02}."


@given(some.any_text)
def test_any_text_is_a_date_or_refused(text):
    for reader in (read, lambda t: read_typed(t, TODAY)):
        with suppress(Wrong):
            assert isinstance(reader(text), PlanDate)


@pytest.mark.parametrize("value", [["2022-04"], {"a": "b"}, None, 2022, ("2022-04",)])
def test_a_value_that_is_no_text_is_refused_as_a_date(value):
    with pytest.raises(Wrong):
        read(value)


@given(some.days, st.integers(1, 48))
def test_months_are_counted_from_today_to_the_same_day_or_the_last_there_is(today, number):
    months = today.year * 12 + today.month - 1 + number
    year, month = divmod(months, 12)
    if year > 2100:
        return
    day = min(today.day, monthrange(year, month + 1)[1])
    assert read_typed(f"+{number}m", today) == of_day(date(year, month + 1, day))


@given(some.month_texts, st.integers(1, 48))
def test_a_due_month_that_moves_by_months_stays_a_month(text, number):
    base = read(text)
    year, month = divmod(base.first.year * 12 + base.first.month - 1 + number, 12)
    if year <= 2100:
        assert read_typed(f"+{number}m", TODAY, base) == read(f"{year}-{month + 1:02}")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("+2m", "2022-02-15"), ("+10d", "2021-12-25"), ("+2w", "2021-12-29"), ("+1y", "2022-12-15")],
)
def test_days_weeks_months_and_years_may_be_counted_from_today(text, meant):
    assert read_typed(text, TODAY) == read(meant)


@given(some.plan_dates, st.integers(1, 5), st.sampled_from("dwmy"))
def test_a_date_that_is_counted_on_is_as_exact_as_it_was(base, number, unit):
    """It keeps its form and moves on, or is refused with steps that would do."""
    refused, later = None, base
    try:
        later = read_typed(f"+{number}{unit}", TODAY, base)
    except Wrong as wrong:
        refused = wrong
    if refused:
        assert "as +" in refused.next or refused.what.endswith("after 2100")
    else:
        assert later.form == base.form
        assert later.first > base.first


@given(some.plan_dates, st.integers(1, 5))
def test_any_date_can_be_counted_on_by_years(base, number):
    year = base.first.year + number
    if year <= 2100:
        later = read_typed(f"+{number}y", TODAY, base)
        assert (later.first.year, later.first.month) == (year, base.first.month)
        assert later.form == base.form


@pytest.mark.parametrize(
    ("base", "step", "meant"),
    [
        ("2022/23", "+1y", "2023/24"),
        ("2022/23", "+12m", "2023/24"),
        ("2022", "+2y", "2024"),
        ("Q3 2022/23", "+3m", "Q4 2022/23"),
        ("Q3 2022/23", "+6m", "Q1 2023/24"),
        ("Q4 2022/23", "+1y", "Q4 2023/24"),
        ("spring term 2022", "+1y", "spring term 2023"),
        ("2022-11", "+2m", "2023-01"),
        ("2022-08-31", "+1m", "2022-09-30"),
    ],
)
def test_a_year_a_quarter_and_a_term_stay_so_when_they_move(base, step, meant):
    assert read_typed(step, TODAY, read(base)) == read(meant)


@pytest.mark.parametrize(
    ("base", "step", "such"),
    [
        ("2022/23", "+2m", "years, as +1y"),
        ("Q3 2022/23", "+1m", "quarters or years, as +3m"),
        ("autumn term 2022", "+4m", "years"),
        ("2022-04", "+10d", "months or years, as +2m"),
        ("2022-04", "+2w", "months"),
    ],
)
def test_a_step_that_would_make_a_date_more_exact_is_refused_with_one_that_would_not(
    base, step, such
):
    with pytest.raises(Wrong) as caught:
        read_typed(step, TODAY, read(base))
    assert such in caught.value.next


def test_nothing_can_be_counted_from_ongoing_or_past_2100():
    with pytest.raises(Wrong):
        read_typed("+2m", TODAY, read("ongoing"))
    refused("+999y")
