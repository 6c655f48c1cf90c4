"""Which row of a document is which milestone: the laws that hold whatever the texts."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscp_plan.importing.matching import Side, alike, assign, match, words_of

ACTIONS = st.lists(
    st.sampled_from(["train", "training", "staff", "police", "audit", "cases", "of", "neglect"]),
    min_size=1,
    max_size=5,
).map(" ".join)  # fmt: skip
BESIDE = st.sets(st.sampled_from(["due", "lead", "ref"])).map(frozenset)
IDS = [f"P1.{n}" for n in range(1, 8)]


def sides(id: st.SearchStrategy[str]) -> st.SearchStrategy[Side]:
    return st.builds(
        Side, id, ACTIONS, st.sampled_from(["P1", "P2", ""]), BESIDE,
        st.tuples(st.sampled_from("ab")),
    )  # fmt: skip


rows = st.lists(sides(st.sampled_from([*IDS, *[""] * 12])), max_size=8)
milestones = st.lists(st.sampled_from(IDS), unique=True).flatmap(
    lambda ids: st.tuples(*(sides(st.just(id)) for id in ids))
)


@given(rows, milestones)
def test_each_row_is_at_most_one_milestone_and_back(rows, milestones):
    found = match(rows, milestones)
    assert len({*found.milestone_of.values()}) == len(found.milestone_of)
    assert not found.doubtful.keys() & found.milestone_of.keys()
    for may_be in found.doubtful.values():
        assert len({*may_be}) == len(may_be) > 0


@given(rows, milestones)
def test_an_id_that_both_have_decides(rows, milestones):
    found = match(rows, milestones)
    times = Counter(row.id for row in rows)
    for number, row in enumerate(rows):
        known = [n for n, milestone in enumerate(milestones) if milestone.id == row.id]
        if row.id and times[row.id] == 1 and known:
            assert found.milestone_of[number] == known[0]


@given(rows, milestones, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_milestones_changes_no_match(rows, milestones, random):
    def told(rows, milestones):
        found = match(rows, milestones)
        return (
            Counter((rows[row], milestones[m].id) for row, m in found.milestone_of.items()),
            Counter(
                (rows[row], tuple(milestones[m].id for m in some))
                for row, some in found.doubtful.items()
            ),
        )

    shuffled, others = [*rows], [*milestones]
    random.shuffle(shuffled)
    random.shuffle(others)
    assert told(rows, milestones) == told(shuffled, others)


@given(st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 9), max_size=5), max_size=6))
def test_no_other_way_is_better_on_the_whole(likeness):
    given = assign(likeness)
    pairs = [(row, at) for row, at in enumerate(given) if at is not None]
    assert len({at for _, at in pairs}) == len(pairs)
    assert sum(likeness[row][at] for row, at in pairs) == best(likeness)


def best(likeness, used=frozenset()):
    """The best sum of all ways, tried one by one."""
    if not likeness:
        return 0
    first, *rest = likeness
    with_it = (n + best(rest, used | {at}) for at, n in first.items() if at not in used)
    return max([best(rest, used), *with_it])


def of(*texts: str, priority: str = "P1") -> list[Side]:
    return [Side("", text, priority) for text in texts]


def milestones_of(*texts: str, priority: str = "P1") -> list[Side]:
    return [Side(f"P1.{n}", text, priority) for n, text in enumerate(texts, 1)]


def test_the_first_row_that_fits_takes_no_other_rows_milestone():
    plan = milestones_of("Train all health staff in neglect", "Train all police staff in neglect")
    found = match(
        of("Train all staff in neglect and police work", "Train all the police staff in neglect"),
        plan,
    )
    assert found.milestone_of.get(1) == 1
    assert found.milestone_of.get(0, found.doubtful.get(0, (9,))[0]) in (0, 9)


def test_a_row_of_the_same_words_stays_under_its_priority():
    plan = [Side("P1.1", "Report to the Board", "P1"), Side("P2.1", "Report to the Board", "P2")]
    assert match([Side("", "Report to the Board", "P2")], plan).milestone_of == {0: 1}


def test_of_two_milestones_of_the_same_words_the_date_decides():
    plan = [
        Side("P1.1", "Report", "P1", frozenset({("due", "2022-04")})),
        Side("P1.2", "Report", "P1", frozenset({("due", "2022-07")})),
    ]
    rows = [
        Side("", "Report", "P1", frozenset({("due", "2022-07")})),
        Side("", "Report", "P1", frozenset({("due", "2023-01")})),
    ]
    assert match(rows, plan).milestone_of == {0: 1, 1: 0}


def test_what_could_be_two_milestones_is_neither():
    plan = milestones_of("Train the health staff of Hounslow", "Train the police staff of Hounslow")
    found = match(of("Train the staff of Hounslow"), plan)
    assert found.milestone_of == {}
    assert {*found.doubtful[0]} == {0, 1}


def test_another_action_is_new():
    found = match(of("Map the routes of exploitation"), milestones_of("Train the police"))
    assert found == ({}, {})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Revise the Neglect Strategy", "Revised neglect strategy"),
        ("Train all staff", "training of all staff"),
        ("Audit 2021", "The audit, 2021"),
    ],
)
def test_texts_are_alike_by_their_words(one, other):
    assert alike(words_of(one), words_of(other)) >= 850


def test_a_year_tells_two_texts_apart():
    assert alike(words_of("Audit of 2021"), words_of("Audit of 2022")) == 500
