"""Standing: worked out for a day from what the files say, and right on the day it changes."""

from datetime import date, timedelta

import pytest
import strategies as some
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.as_at import added_later, as_at, milestone_at
from hscp_plan.dates import UNDATED, of_day, read
from hscp_plan.model import (
    Addition,
    Agreed,
    Decision,
    Entry,
    Log,
    Milestone,
    Moved,
    Objective,
    Plan,
    Priority,
)
from hscp_plan.reports.due import Due
from hscp_plan.reports.overdue import Overdue
from hscp_plan.standing import counts, kind, silence_notice, standings, state, worst
from hscp_plan.words import KINDS, STATUSES, UNAGREED

DAYS = st.dates(date(2020, 6, 1), date(2024, 6, 30))


def milestone(**keys: object) -> Milestone:
    for key in ("start", "due", "review"):
        if key in keys:
            keys[key] = read(keys[key]) if keys[key] else UNDATED
    keys["progress"] = Log(keys.pop("progress", ()))
    return Milestone(**{"id": "P1.1", "due": read("2021-09"), "action": "Do it", **keys})


def entry(day: str, **keys: object) -> Entry:
    return Entry(date=read(day), **{"note": "Said.", **keys})


def move(day: str, from_: str, to: str) -> Entry:
    return entry(day, moved=Moved(from_=read(from_), to=read(to)))


def priority(*milestones: Milestone, **keys: object) -> Priority:
    complete_by = keys.pop("complete_by", None)
    objective = Objective(
        id="P1-A", milestones=milestones, complete_by=read(complete_by) if complete_by else None
    )
    return Priority(**{"id": "P1", "title": "Neglect", "objectives": (objective,), **keys})


def plan(*milestones: Milestone) -> Plan:
    return Plan(some.head(), {"p1.yaml": priority(*milestones)})


def test_what_was_added_to_the_agreed_plan_is_not_there_before():
    added = Addition(date=read("2022-01-19"))
    new, said = milestone(id="P1.2", added=added), milestone(id="P1.3", added=added)
    said = said.replace(progress=Log([entry("2021-11-01")]))
    agreed = some.head().replace(agreed=Agreed(by="Board", date=read("2021-04")))
    whole = Plan(agreed, {"p1.yaml": priority(milestone(), new, said)})

    def ids(plan: Plan, day: date) -> list[str]:
        return [m.id for owner in as_at(plan, day).owners for m in owner.milestones]

    assert ids(whole, date(2022, 1, 18)) == ["P1.1", "P1.3"]
    assert added_later(whole, date(2022, 1, 18)) == [new]
    assert ids(whole, date(2022, 1, 19)) == ["P1.1", "P1.2", "P1.3"]
    # Of a plan that nobody agreed nothing tells what was added to it.
    assert ids(whole._replace(head=some.head()), date(2022, 1, 18)) == ["P1.1", "P1.2", "P1.3"]


# A milestone on a day ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "status", ["not started", "in progress", "on track", "at risk", "off track"]
)
def test_what_is_due_in_september_is_overdue_from_1_october(status):
    due = milestone(due="2021-09", status=status)
    assert kind(due, date(2021, 9, 30)) == status
    assert kind(due, date(2021, 10, 1)) == "overdue"


@pytest.mark.parametrize("status", ["complete", "closed"])
def test_what_is_finished_is_never_overdue(status):
    assert kind(milestone(due="2021-09", status=status), date(2026, 1, 1)) == status


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2021-09-14", date(2021, 9, 14)),
        ("2021", date(2021, 12, 31)),
        ("2021/22", date(2022, 3, 31)),
        ("Q4 2021/22", date(2022, 3, 31)),
        ("spring term 2022", date(2022, 4, 30)),
    ],
)
def test_what_is_due_is_overdue_on_the_day_after_its_last(due, last):
    assert kind(milestone(due=due), last) == "not started"
    assert kind(milestone(due=due), last + timedelta(days=1)) == "overdue"


def test_what_has_not_started_is_late_to_start_once_its_month_to_start_is_over():
    late = milestone(start="2021-09", due="2021-11")
    assert kind(late, date(2021, 9, 30)) == "not started"
    assert kind(late, date(2021, 10, 1)) == "late to start"
    assert kind(late.replace(status="on track"), date(2021, 10, 1)) == "on track"
    assert kind(late.replace(status="in progress"), date(2021, 10, 1)) == "in progress"
    assert kind(late, date(2021, 12, 1)) == "overdue"


def test_what_is_ongoing_is_overdue_only_where_its_review_is():
    ongoing = milestone(due="ongoing", review="2021-09", status="on track")
    assert kind(ongoing, date(2021, 9, 30)) == "on track"
    assert kind(ongoing, date(2021, 10, 1)) == "overdue"
    [standing] = standings(plan(ongoing), date(2021, 10, 10))
    assert standing.words == "10 days late"


@pytest.mark.parametrize(
    ("status", "stands"),
    [
        ("not started", "no date"),
        ("in progress", "no date"),
        ("on track", "no date"),
        ("at risk", "at risk"),
        ("off track", "off track"),
        ("complete", "complete"),
        ("closed", "closed"),
    ],
)
def test_what_has_no_date_is_not_on_track_and_never_late(status, stands):
    undated = milestone(due=None, status=status)
    assert kind(undated, date(2021, 9, 1)) == kind(undated, date(2099, 1, 1)) == stands


def test_what_has_a_start_and_no_date_can_be_late_to_start():
    undated = milestone(start="2021-09", due=None)
    assert kind(undated, date(2021, 9, 30)) == "no date"
    assert kind(undated, date(2021, 10, 1)) == "late to start"


def test_a_first_date_is_no_move_and_is_what_was_first_promised():
    given = entry("2021-09-20", moved=Moved(to=read("2022-01")))
    later = move("2021-11-20", "2022-01", "2022-03")
    made = milestone(due="2022-03", progress=(given, later))
    assert made.moves == (later,)
    assert made.first_due == read("2022-01")
    assert milestone_at(made, date(2021, 9, 19)).due == UNDATED
    assert milestone_at(made, date(2021, 9, 20)).due == read("2022-01")


def test_what_is_said_to_be_on_track_yet_overdue_disagrees():
    [standing] = standings(plan(milestone(status="on track")), date(2021, 10, 1))
    assert standing.disagrees
    [standing] = standings(plan(milestone(status="off track")), date(2021, 10, 1))
    assert not standing.disagrees


def test_the_lead_is_the_milestone_s_own_else_the_objective_s():
    objective = Objective(
        id="P1-A",
        lead=("A Chair",),
        milestones=(milestone(), milestone(id="P1.2", lead=("Another",))),
    )
    held = Plan(some.head(), {"p1.yaml": Priority(id="P1", title="T", objectives=(objective,))})
    assert [s.lead for s in standings(held, date(2021, 9, 1))] == [("A Chair",), ("Another",)]


@given(some.plans(), DAYS)
def test_each_milestone_counts_once(held, day):
    found = standings(held, day)
    number = counts(found)
    assert tuple(number) == KINDS
    assert (
        sum(number.values())
        == len(found)
        == sum(1 for owner in held.owners for _ in owner.milestones)
    )


@given(some.plans(), DAYS, st.lists(st.sampled_from(["P1.1", "P1.2", "P1.3"])))
def test_what_a_board_has_not_agreed_counts_apart_and_all_numbers_add_up(held, day, decided):
    by = {"date": read("2021-12-15"), "by": "Board", "decision": "Agreed."}
    decisions = tuple(Decision(**by, completes=id) for id in decided)
    files = {name: p.replace(decisions=decisions) for name, p in held.files.items()}
    said = counts(standings(held._replace(files=files), day))
    head = some.head(completion="agreed")
    found = standings(held._replace(head=head, files=files), day)
    number = counts(found)
    assert number[UNAGREED] + number["complete"] == said["complete"]
    assert {k: n for k, n in number.items() if k not in (UNAGREED, "complete")} == {
        k: n for k, n in said.items() if k not in (UNAGREED, "complete")
    }
    for standing in found:
        if standing.milestone.status == "complete":
            assert (standing.kind == "complete") == (standing.milestone.id in decided)
            assert not standing.open


@given(some.plans(), DAYS)
def test_what_is_overdue_stays_so_until_somebody_says_it_is_finished(held, day):
    for standing in standings(held, day):
        later = kind(standing.milestone, day + timedelta(days=40))
        if standing.kind in ("overdue", "complete", "closed"):
            assert later == standing.kind


# A priority on a day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([], "No milestones"),
        (["complete", "complete"], "All complete"),
        (["complete", "closed"], "1 complete, 1 closed"),
        (["closed"], "All closed"),
        (["not started", "not started"], "Nothing begun"),
        (["on track", "complete", "not started"], "Nothing late"),
        (["in progress", "complete", "not started"], "Nothing late"),
        (["on track", "at risk", "at risk"], "2 at risk"),
        (["at risk", "off track"], "1 off track"),
        (["on track", "no date", "no date", "complete"], "2 with no date"),
        (["at risk", "no date"], "1 at risk"),
    ],
)
def test_a_priority_stands_as_the_worst_of_its_milestones_with_a_count(statuses, words):
    said = [{"due": None} if status == "no date" else {"status": status} for status in statuses]
    made = [milestone(id=f"P1.{n}", **keys) for n, keys in enumerate(said, 1)]
    assert worst(standings(plan(*made), date(2021, 9, 1)))[1] == words


def test_a_priority_is_green_only_where_somebody_said_that_something_is_on_track():
    begun = [milestone(id=f"P1.{n}", status="in progress") for n in (1, 2)]
    assert worst(standings(plan(*begun), date(2021, 9, 1)))[0] == "in progress"
    begun[1] = begun[1].replace(status="on track")
    assert worst(standings(plan(*begun), date(2021, 9, 1)))[0] == "on track"


def test_overdue_is_the_worst_of_all():
    made = [milestone(status="off track"), milestone(id="P1.2", due="2021-08")]
    assert worst(standings(plan(*made), date(2021, 9, 1))) == ("overdue", "1 overdue")


def test_a_priority_is_live_until_its_last_year_begins_then_awaits_a_decision_then_lapses():
    until = priority(milestone(), until=read("2022"))
    assert state(until, date(2021, 12, 31)) == "live"
    assert state(until, date(2022, 1, 1)) == "decision due"
    assert state(until, date(2022, 12, 31)) == "decision due"
    assert state(until, date(2023, 1, 1)) == "lapsed, no decision recorded"


def test_a_priority_without_an_end_of_its_own_ends_with_its_objective():
    ends = priority(milestone(), complete_by="2022-04")
    assert state(ends, date(2022, 3, 31)) == "live"
    assert state(ends, date(2022, 4, 1)) == "decision due"
    assert state(ends, date(2022, 5, 1)) == "lapsed, no decision recorded"


def test_a_priority_that_ends_nowhere_is_live():
    assert state(priority(milestone()), date(2099, 1, 1)) == "live"


@pytest.mark.parametrize(
    ("outcome", "about", "expected"),
    [
        ("close", (), "closed"),
        ("continue", (), "continued"),
        ("change", (), "continued"),
        ("carry forward", (), "continued"),
        ("close", ("P1",), "closed"),
        ("close", ("P1.1",), "lapsed, no decision recorded"),
        (None, (), "lapsed, no decision recorded"),
    ],
)
def test_a_decision_about_a_priority_gives_its_state(outcome, about, expected):
    made = Decision(
        date=read("2022-04-20"), by="Board", decision="So it is.", outcome=outcome, about=about
    )
    decided = priority(milestone(), until=read("2022"), decisions=(made,))
    assert state(decided, date(2023, 1, 1)) == expected


def test_the_last_decision_counts():
    made = [
        Decision(date=read(day), by="Board", decision="So it is.", outcome=outcome)
        for day, outcome in (("2022-04-20", "continue"), ("2022-10-20", "close"))
    ]
    decided = priority(milestone(), until=read("2022"), decisions=tuple(made))
    assert state(decided, date(2023, 1, 1)) == "closed"
    before = as_at(Plan(some.head(), {"p1.yaml": decided}), date(2022, 10, 19))
    assert state(before.priorities[0], date(2022, 10, 19)) == "continued"


# A plan as it was -------------------------------------------------------------------------------


def test_a_milestone_taken_back_to_before_its_move_has_its_first_due_date():
    moved = milestone(due="2022-01", progress=(
        move("2021-09-20", "2021-09", "2021-11"), move("2021-11-20", "2021-11", "2022-01"),
    ))  # fmt: skip
    assert moved.first_due == read("2021-09")
    assert milestone_at(moved, date(2021, 9, 19)).due == read("2021-09")
    assert milestone_at(moved, date(2021, 9, 20)).due == read("2021-11")
    assert milestone_at(moved, date(2021, 11, 19)).due == read("2021-11")
    assert milestone_at(moved, date(2021, 11, 20)).due == read("2022-01")


def test_a_milestone_taken_back_has_the_status_last_logged_by_then():
    said = milestone(status="complete", progress=(
        entry("2021-05-01", status="on track"), entry("2021-06-01"),
        entry("2021-07-01", status="complete"),
    ))  # fmt: skip
    on = {day: milestone_at(said, date(2021, *day)).status for day in [(4, 30), (6, 30), (7, 1)]}
    assert list(on.values()) == ["not started", "on track", "complete"]


def test_a_status_that_no_entry_logged_stays_when_taken_back():
    said = milestone(status="at risk", progress=(entry("2021-05-01"),))
    assert milestone_at(said, date(2021, 4, 1)).status == "at risk"


def test_a_milestone_that_became_ongoing_was_due_before():
    became = milestone(
        due="ongoing", review="2022-09", progress=(move("2021-09-20", "2021-09", "ongoing"),)
    )
    before = milestone_at(became, date(2021, 9, 1))
    assert (before.due, before.review) == (read("2021-09"), None)


def test_a_milestone_that_was_ongoing_before_is_still_looked_at():
    was = milestone(due="2022-04", progress=(move("2021-09-20", "ongoing", "2022-04"),))
    before = milestone_at(was, date(2021, 9, 1))
    assert before.progress == Log()


@given(some.plans(), DAYS, DAYS)
def test_going_back_twice_is_going_back_to_the_earlier_day(held, one, other):
    earlier, later = sorted((one, other))
    assert as_at(as_at(held, later), earlier) == as_at(held, earlier)


@given(some.plans(), DAYS)
def test_a_plan_taken_back_holds_nothing_logged_later(held, day):
    for made in as_at(held, day).priorities[0].milestones:
        assert all(e.date.first <= day for e in made.progress)
        assert made.status in STATUSES


@given(some.plans())
def test_a_plan_on_the_day_of_its_last_entry_is_as_the_files_say(held):
    assert as_at(held, date(2024, 1, 1)) == held


@given(some.plans(), DAYS)
def test_a_plan_taken_back_stands_as_a_plan_that_was_written_that_day(held, day):
    """The same answer as from a log that simply ends there, replayed from its beginning."""
    for now, then in zip(
        held.priorities[0].milestones, as_at(held, day).priorities[0].milestones, strict=True
    ):
        given = next((e.moved for e in now.progress if e.moved), None)
        due, status = given.from_ if given else now.due, "not started"
        for logged in now.progress:
            if logged.date.first <= day:
                due = logged.moved.to if logged.moved else due
                status = logged.status or status
        assert (then.due, then.status) == (due, status)


@given(some.plans(), some.plan_dates, DAYS)
def test_what_is_due_before_a_date_is_what_is_overdue_on_its_first_day(held, x, day):
    """And `--to` the same date leaves none of it out: the three never contradict each other."""
    before = Due(held, day, "", x.first - timedelta(days=1)).standings()
    to = Due(held, day, "", x.last).standings()
    late = Overdue(held, x.first).standings()
    assert {s.milestone.id for s in before} == {s.milestone.id for s in late}
    assert {s.milestone.id for s in before} <= {s.milestone.id for s in to}
    assert all(s.over <= x.last for s in to)


# A plan that nobody kept ------------------------------------------------------------------------


def test_a_plan_long_over_of_which_nothing_was_ever_said_is_told_in_one_sentence():
    held = plan(milestone(), milestone(id="P1.2"))
    said = silence_notice(held, date(2026, 11, 24))
    assert said is not None
    assert "all 2 milestones" in said
    assert silence_notice(held, date(2023, 4, 30)) is None


@pytest.mark.parametrize("keys", [{"status": "complete"}, {"progress": (entry("2021-05-01"),)}])
def test_one_word_said_of_one_milestone_ends_that_sentence(keys):
    held = plan(milestone(), milestone(id="P1.2", **keys))
    assert silence_notice(held, date(2026, 11, 24)) is None


def test_a_day_is_a_plan_date_of_that_day():
    assert of_day(date(2021, 9, 14)) == read("2021-09-14")
