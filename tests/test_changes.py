"""Laws of what changed: nothing between equals, something between any others, and no slide of a
due date goes unseen."""

from datetime import date

import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.as_at import as_at
from hscp_plan.changes import Logged, Redated, Removed, Restated, Rewritten, changes
from hscp_plan.dates import of_day, read
from hscp_plan.model import Entry, Log, Milestone, Moved, Objective, Plan, Priority
from hscp_plan.reports.change_texts import describe_group
from hscp_plan.reports.commit import message

DUE = st.sampled_from(["2021-09", "2022-04", "2022/23", "Q3 2022/23", "autumn term 2022"])


def every(before, after):
    return [change for group in changes(before, after) for change in group.changes]


def with_milestones(plan, change):
    """The plan with each of its milestones changed."""

    def changed(section):
        return section.replace(milestones=tuple(map(change, section.milestones)))

    owners = plan.files.items()
    return Plan(plan.head, {n: o.with_sections(map(changed, o.sections)) for n, o in owners})


@given(strategies.plans(), strategies.plans())
def test_there_is_a_change_only_between_plans_that_differ(before, after):
    same = before.files == after.files
    assert bool(every(before, after)) == (not same)


@given(strategies.plans(), st.dates(date(2021, 1, 1), date(2023, 12, 31)))
def test_a_log_that_only_grew_is_told_entry_by_entry_and_nothing_else(plan, day):
    before = as_at(plan, day)
    found = every(before, plan)
    assert all(isinstance(change, Logged) for change in found)
    then = {m.id: len(m.progress) for p in before.owners for m in p.milestones}
    grown = sum(len(m.progress) - then[m.id] for p in plan.owners for m in p.milestones)
    assert len(found) == grown


@given(strategies.plans(), st.data())
def test_an_entry_that_came_late_is_told_alone_whatever_status_it_gives(plan, data):
    """And from the status that the log says before it, as today's is a later entry's."""
    status = data.draw(st.sampled_from(["on track", "at risk", "complete"]))
    late = Entry(date=read("2021-01-01"), note="Minuted.", status=status)
    last = Entry(date=read("2099-01-01"), note="Since then.", status="off track")

    def with_log(*begin):
        return with_milestones(
            plan, lambda m: m.replace(status="off track", progress=Log((*begin, *m.progress, last)))
        )

    found = every(with_log(), with_log(late))
    assert [(type(change), change.entry, change.was) for change in found] == [
        (Logged, late, "not started") for owner in plan.owners for _ in owner.milestones
    ]


@given(strategies.plans(), DUE)
def test_a_due_date_that_slid_is_told_whatever_its_log_says(plan, due):
    slid = with_milestones(plan, lambda m: m.replace(due=read(due)))
    moved = {m.id for p in plan.owners for m in p.milestones if m.due != read(due)}
    found = {change.milestone.id for change in every(plan, slid) if isinstance(change, Redated)}
    assert found == moved


@given(strategies.plans(), DUE)
def test_a_due_date_that_moved_with_its_history_did_not_slide(plan, due):
    def moved(milestone):
        if milestone.due == read(due):
            return milestone
        told = Moved(from_=milestone.due, to=read(due))
        entry = Entry(date=of_day(date(2024, 1, 1)), note="Why.", moved=told)
        return milestone.replace(due=read(due), progress=Log((*milestone.progress, entry)))

    found = every(plan, with_milestones(plan, moved))
    assert not any(isinstance(change, Redated | Restated | Rewritten) for change in found)


@given(strategies.plans(), st.integers(0, 4))
def test_an_entry_taken_out_of_a_log_is_told(plan, place):
    def cut(milestone):
        log = list(milestone.progress)
        return milestone.replace(progress=Log(log[:place] + log[place + 1 :]))

    cut_short = sum(len(m.progress) > place for p in plan.owners for m in p.milestones)
    found = every(plan, with_milestones(plan, cut))
    assert sum(isinstance(change, Rewritten) for change in found) == cut_short


@given(strategies.plans(), strategies.plans())
def test_every_change_has_words(before, after):
    for group in changes(before, after):
        told = describe_group(group, after.head)
        assert len(told) >= len(group.changes)
        assert all(each.id and each.text and "None" not in each.line for each in told)


@given(strategies.plans())
def test_what_is_gone_one_way_is_new_the_other(plan):
    bare = Plan(plan.head, {name: owner.with_sections(()) for name, owner in plan.files.items()})
    gone = [change.part.id for change in every(plan, bare) if isinstance(change, Removed)]
    new = [change.part.id for change in every(bare, plan)]
    assert sorted(gone) == sorted(new)


@pytest.mark.parametrize(
    ("third", "subject"),
    [("C" * 9, f"{'A' * 7} title reworded; {'B' * 7} title reworded; {'C' * 9} title reworded"),
     ("C" * 10, f"Edits to {'A' * 7}, {'B' * 7} and {'C' * 10}")],
    ids=("72 characters", "a character more"),
)  # fmt: skip
def test_a_commits_subject_names_each_change_as_far_as_git_shows_it(third, subject):
    ids = ("A" * 7, "B" * 7, third)
    before = {f"{id}.yaml": Priority(id=id, title="Neglect") for id in ids}
    after = {name: priority.replace(title="Harm") for name, priority in before.items()}
    head = strategies.head()
    said, _ = message(Plan(head, before), Plan(head, after))
    assert said == subject
    assert len(said) <= 72


@given(strategies.plans(), strategies.plans())
def test_a_commits_subject_is_never_longer_than_git_shows(before, after):
    said, _ = message(before, after)
    assert said.strip()
    assert len(said) <= 72


def test_what_is_complete_is_told_after_what_changed_otherwise():
    """What did not go well is what a Board must hear of first, whatever its number."""

    def plan(**status):
        milestones = tuple(
            Milestone(
                id=id,
                action="Launch",
                due=read("2022-04"),
                status=said,
                progress=Log((Entry(date=read("2021-10-01"), note="Said.", status=said),) * begun),
            )
            for id, (said, begun) in status.items()
        )
        objective = Objective(id="P1-A", milestones=milestones)
        priority = Priority(id="P1", title="Neglect", objectives=(objective,))
        return Plan(strategies.head(), {"p1.yaml": priority})

    before = plan(M1=("not started", 0), M2=("not started", 0))
    after = plan(M1=("complete", 1), M2=("at risk", 1))
    (group,) = changes(before, after)
    assert [told.id for told in describe_group(group, after.head)] == ["M2", "M1"]
