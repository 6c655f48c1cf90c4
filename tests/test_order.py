"""What waits for what: as a plain search of the graph finds it, at any length."""

from collections import deque
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import head

from hscp_plan.dates import read
from hscp_plan.model import Milestone, Plan, Priority
from hscp_plan.order import Order, circle_text, too_early
from hscp_plan.reports.what_if import WhatIf
from hscp_plan.standing import standings


@st.composite
def graphs(draw: st.DrawFn) -> dict[int, list[int]]:
    """What each of some milestones waits for: itself too, in circles too, and what is not there."""
    number = draw(st.integers(1, 12))
    return {n: draw(st.lists(st.integers(0, number), max_size=4)) for n in range(number)}


def plan_of(after: dict[int, list[int]]) -> Plan:
    """A plan whose milestones wait so, two to a priority."""
    files = {}
    for first in range(0, len(after), 2):
        milestones = [
            Milestone(id=f"P.{n}", action="A", after=tuple(f"P.{other}" for other in after[n]))
            for n in (first, first + 1)
            if n in after
        ]
        files[f"p{first}.yaml"] = Priority(id=f"P{first}", title="T", milestones_=tuple(milestones))
    return Plan(head(), files)


def reached(steps: dict[int, list[int]], start: int) -> set[int]:
    """What a plain search comes to from a place, with itself where a way leads back."""
    seen: set[int] = set()
    queue = deque(steps[start])
    while queue:
        one = queue.popleft()
        if one in steps and one not in seen:
            seen.add(one)
            queue.extend(steps[one])
    return seen


@settings(max_examples=1000)
@given(graphs())
def test_what_waits_is_what_a_plain_search_comes_to(after):
    order = Order(plan_of(after))
    back = {n: [m for m, others in after.items() if n in others] for n in after}
    for n in after:
        chain = order.chain(f"P.{n}")
        assert set(chain) == {f"P.{m}" for m in reached(back, n) - {n}}
        for id, through in chain.items():
            assert through in order.milestones[id].after
            assert through == f"P.{n}" or [*chain].index(through) < [*chain].index(id)


@given(graphs())
def test_every_circle_told_of_is_one_and_no_milestone_that_waits_for_itself_is_left_without(after):
    order = Order(plan_of(after))
    circles = order.circles()
    told = [id for circle in circles for id in circle]
    assert len(told) == len({*told})
    for circle in circles:
        for one, other in zip(circle, [*circle[1:], circle[0]], strict=True):
            assert other in order.milestones[one].after
    ways = {n: [m for m in others if m in after] for n, others in after.items()}
    for n in after:
        if n in reached(ways, n):  # then a circle is told of among what it waits for and waits back
            kin = {m for m in reached(ways, n) if n in reached(ways, m)}
            assert any({f"P.{m}" for m in kin} & {*circle} for circle in circles)


def test_a_chain_of_ten_thousand_is_walked():
    many = 10_000
    order = Order(plan_of({n: [n - 1] if n else [] for n in range(many)}))
    assert len(order.chain("P.0")) == many - 1
    assert order.circles() == []
    (circle,) = Order(plan_of({n: [(n - 1) % many] for n in range(many)})).circles()
    assert len(circle) == many
    assert len(circle_text(circle)) < 200


def milestone(**keys: str) -> Milestone:
    dates = {key: read(text) for key, text in keys.items() if key != "status"}
    return Milestone(id="P.1", action="A", **{**keys, **dates})


@pytest.mark.parametrize(
    ("waiting", "awaited", "early"),
    [
        ({"due": "2022-03"}, {"due": "2022-04"}, "due"),
        ({"due": "2022-04"}, {"due": "2022-04-30"}, None),
        ({"due": "2022-04-15"}, {"due": "2022-04"}, "due"),
        ({"due": "2022-05", "start": "2022-03"}, {"due": "2022-04"}, "start"),
        ({"start": "2022-03"}, {"due": "2022-04"}, "start"),
        ({}, {"due": "2022-04"}, None),
        ({"due": "2022-03"}, {}, None),
        ({"due": "2022-03"}, {"due": "2022-04", "status": "complete"}, None),
        ({"due": "2022-03", "status": "closed"}, {"due": "2022-04"}, None),
    ],
)
def test_what_comes_too_early(waiting, awaited, early):
    assert too_early(milestone(**waiting), milestone(**awaited)) == early


def test_what_if_as_data_says_what_waits_and_which_end_no_longer_holds():
    plan = plan_of({0: [], 1: [0], 2: [1]})
    first = standings(plan, date(2022, 1, 1))[0]
    data = WhatIf(plan, first.day, first, read("2023-04")).data()
    assert [(one["id"], one["through"]) for one in data["waiting"]] == [
        ("P.1", "P.0"),
        ("P.2", "P.1"),
    ]
    assert [(end["id"], end["holds"]) for end in data["ends"]] == [(None, False)]
    assert (data["needs_agreement"], data["needs_decision"], data["misses"]) == (False, False, None)
