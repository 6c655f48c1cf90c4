"""What other programs may import: named in one place, loaded when it is asked for, and never
answered without a day."""

from __future__ import annotations

import json
import sys
from datetime import date

import pytest
from running import REPO, hscp, run

import hscp_plan
from hscp_plan import Mistyped, open_plan

DEMO = REPO / "examples" / "demo-plan"


@pytest.mark.parametrize("name", hscp_plan.__all__)
def test_every_name_of_the_front_door_is_there(name):
    assert getattr(hscp_plan, name) is getattr(hscp_plan, name)


def test_the_front_door_loads_nothing_until_it_is_asked(tmp_path):
    code = "import hscp_plan, sys; print([m for m in sys.modules if m.startswith('hscp_plan.')])"
    assert run((sys.executable, "-c", code), tmp_path).stdout.split() == [b"[]"]


def test_no_other_name_is():
    with pytest.raises(AttributeError, match="has no attribute 'standings'"):
        _ = hscp_plan.standings


@pytest.mark.parametrize("day", [date(2021, 7, 15), date(2021, 12, 15), date(2022, 4, 20)])
def test_a_past_day_shows_what_the_command_does(day):
    told = hscp("overdue", "--json", "--plan", str(DEMO), "--as-at", str(day), folder=REPO)
    listed = [(m["id"], m["standing_words"]) for m in json.loads(told.stdout)["milestones"]]
    seen = open_plan(DEMO).on(day)
    found = [(s.milestone.id, s.words) for s in seen.standings if s.kind == "overdue"]
    assert sorted(found) == sorted(listed)
    logged = [e.date.first for s in seen.standings for e in s.milestone.progress]
    assert max(logged) <= day


@pytest.mark.parametrize("what", ["nowhere", "empty", "a file"])
def test_a_folder_that_holds_no_plan_is_refused(what, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a file").write_text("")
    with pytest.raises(Mistyped, match=r"is not a folder|holds no plan\.yaml"):
        open_plan(tmp_path / what)


def test_a_fault_is_in_the_answer(tmp_path):
    for path in DEMO.glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "p2-child-sexual-abuse.yaml").write_text("id: P2\ntitle: [")
    opened = open_plan(tmp_path)
    assert [fault.severity for fault in opened.faults] == ["error"]
    assert [p.id for p in opened.plan.priorities] == ["P1", "P3", "P4"]
