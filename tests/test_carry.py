"""Carrying into the next plan: never lost, never twice, whatever stops it and whoever else does."""

import os
import subprocess
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import DEMO, HSCP, hscp, surroundings
from strategies import milestones, plain_words

from hscp_plan.dates import read
from hscp_plan.editing import write
from hscp_plan.editing.carry import Carried, Occasion, carry
from hscp_plan.editing.scalars import item_lines
from hscp_plan.errors import Mendable, Mistyped
from hscp_plan.model import Entry
from hscp_plan.standing import OPEN, standings
from hscp_plan.store import Opened, open_plan
from hscp_plan.words import names_nobody

NEXT = """\
format: 1
id: 2023-25
partnership: A partnership
title: The next plan
period: {start: 2023-04, end: 2025-03}
"""
TODAY = date(2022, 4, 21)
DAY = {"HSCP_AS_AT": TODAY.isoformat(), "HSCP_BY": "Business Manager"}
LINE = ("carry", "--open", "--to", "next", "--agreed", "HSCP Executive Board, 20 April 2022")


@pytest.fixture
def two(folder: Path) -> Path:
    """A folder with the demonstration plan, and a next one with priorities of the same titles."""
    return with_next(folder)


def with_next(folder: Path) -> Path:
    (folder / "next").mkdir()
    (folder / "next" / "plan.yaml").write_text(NEXT, encoding="utf-8")
    for priority in open_plan(DEMO).plan.priorities:
        text = f"id: {priority.id}\ntitle: {priority.title}\n"
        (folder / "next" / f"{priority.id.lower()}.yaml").write_text(text, encoding="utf-8")
    return folder


def is_open(opened: Opened) -> list[str]:
    return [s.milestone.id for s in standings(opened.plan, TODAY, OPEN) if not s.alone]


def carried_into(folder: Path) -> Counter[str]:
    """How often each milestone of the earlier plan is carried on in the next."""
    plan = open_plan(folder / "next").plan
    cited = (m.carried_from for p in plan.priorities for m in p.milestones)
    return Counter(each.rpartition("/")[2] for each in cited if each)


def state(folder: Path) -> dict[str, bytes]:
    return {
        f"{plan}/{path.name}": path.read_bytes()
        for plan in ("plan", "next")
        for path in (folder / plan).iterdir()
        if path.is_file()
    }


WAS_OPEN = is_open(open_plan(DEMO))


def test_all_that_is_open_is_there_once_and_closed_here(two):
    assert len(WAS_OPEN) > 5
    done = hscp(*LINE, folder=two, **DAY)
    assert done.returncode == 0, done.stderr
    assert carried_into(two) == Counter(WAS_OPEN)
    assert is_open(open_plan(two / "plan")) == []


class Stopped(BaseException):
    """The computer stops: nothing more of the program is run."""


def carry_all(folder: Path) -> None:
    """Carry all that is open, in this process; what is carried already is only closed here."""
    carry(*all_open(folder))


def all_open(folder: Path) -> tuple[object, ...]:
    """What `carry` is given of all that is open."""
    here, there = open_plan(folder / "plan"), open_plan(folder / "next")
    heads = (here.plan.head, there.plan.head)
    occasion = Occasion(read("2022-04-21"), "Business Manager", None, *heads)
    known = {
        m.carried_from: m.id for p in there.plan.priorities for m in p.milestones if m.carried_from
    }
    priorities = {p.id: p for p in there.plan.priorities}
    files: tuple[dict, dict] = ({}, {})
    for standing in standings(here.plan, TODAY, OPEN):
        if standing.alone:
            continue
        id = known.get(f"2021-23-demo/{standing.milestone.id}", "")
        priority = priorities[standing.priority.id]
        one = Carried(standing, priority, None, standing.milestone.due, occasion, id)
        name = next(n for n, p in here.plan.files.items() if p is standing.priority)
        files[1].setdefault(here.folder / name, []).append(one)
        if not id:
            files[0].setdefault(there.folder / f"{priority.id.lower()}.yaml", []).append(one)
    declared = {column.key for column in there.plan.head.columns}
    columns = [column for column in here.plan.head.columns if column.key not in declared]
    return there.folder, columns, files[0], {}, files[1], {}, set(), False


def calls(monkeypatch, error: type[BaseException], number: int) -> list[str]:
    """From now on the call of this number that replaces a file does not, and ends with an error."""
    real, replaced = os.replace, []

    def replace(aside, path):
        if str(path).endswith(".yaml"):
            replaced.append(str(path))
            if len(replaced) == number:
                raise error(5, "Input/output error")
        real(aside, path)

    monkeypatch.setattr(write.os, "replace", replace)
    return replaced


FILES = 9
"""How many files are written: of each of four priorities, one in each plan."""


def test_each_priority_is_a_file_here_and_one_there_beside_its_plan_yaml(two, monkeypatch):
    replaced = calls(monkeypatch, Stopped, FILES + 1)
    carry_all(two)
    assert len(replaced) == FILES


@pytest.mark.parametrize("number", range(1, FILES + 1))
def test_stopped_between_two_files_nothing_is_lost_and_the_next_run_ends_it(
    two, monkeypatch, number
):
    with monkeypatch.context() as patched:
        replaced = calls(patched, Stopped, number)
        patched.setattr(write, "_put_back", lambda _file: None)
        with pytest.raises(Stopped):
            carry_all(two)
        assert len(replaced) == number
    into, still_open = carried_into(two), is_open(open_plan(two / "plan"))
    assert set(into) | set(still_open) == set(WAS_OPEN), "lost"
    assert max(into.values(), default=1) == 1, "twice"
    carry_all(two)
    assert carried_into(two) == Counter(WAS_OPEN)
    assert is_open(open_plan(two / "plan")) == []
    for plan in ("plan", "next"):
        opened = open_plan(two / plan)
        assert not [f for f in opened.faults if f.severity == "error"]


@pytest.mark.parametrize("number", range(1, FILES + 1))
def test_where_one_file_cannot_be_written_none_is(two, monkeypatch, number):
    before = state(two)
    with monkeypatch.context() as patched:
        calls(patched, OSError, number)
        with pytest.raises(Mendable, match="could not be written"):
            carry_all(two)
    assert state(two) == before


def test_two_who_carry_at_once_carry_it_once(two):
    environment = surroundings(**DAY)
    three = [
        subprocess.Popen([*HSCP, *LINE], cwd=two, env=environment, stderr=subprocess.PIPE,
                         stdout=subprocess.PIPE)
        for _ in range(3)
    ]  # fmt: skip
    said = [each.communicate()[1].decode() for each in three]
    assert 0 in [each.returncode for each in three], said
    assert carried_into(two) == Counter(WAS_OPEN)
    assert is_open(open_plan(two / "plan")) == []


def test_what_was_recorded_meanwhile_is_not_carried_away(two):
    looked_at = all_open(two)
    recorded = hscp("progress", "P1.2", "Begun again.", folder=two, **DAY)
    assert recorded.returncode == 0, recorded.stderr
    before = state(two)
    with pytest.raises(Mendable, match=r"somebody else recorded something of P1\.2"):
        carry(*looked_at)
    assert state(two) == before


def test_what_somebody_else_carried_meanwhile_is_not_carried_twice(two):
    looked_at = all_open(two)
    assert hscp(*LINE, folder=two, **DAY).returncode == 0
    before = state(two)
    with pytest.raises(Mendable, match="somebody else"):
        carry(*looked_at)
    assert state(two) == before


WORDS = plain_words.filter(lambda text: not names_nobody(text))


@given(milestones(), WORDS, st.lists(WORDS, max_size=2), st.dictionaries(st.just("success"), WORDS))
def test_no_word_and_no_promise_is_lost(tmp_path_factory, milestone, action, texts, more):
    folder = tmp_path_factory.mktemp("law")
    values = {
        "id": "P1.1",
        "due": milestone.due.text,
        "action": action,
        "lead": texts,
        "answers": texts,
        "more": more,
        "status": milestone.status,
        "progress": [_entry(entry) for entry in milestone.progress],
    }
    item = item_lines({key: value for key, value in values.items() if value}, 2)
    for name, id in (("plan", "2021-23-demo"), ("next", "2023-25")):
        (folder / name).mkdir()
        text = NEXT.replace("2023-25", id, 1)
        (folder / name / "plan.yaml").write_text(text, encoding="utf-8")
    lines = ["id: P1", "title: Neglect", "milestones:", *(f"  {line}" for line in item), ""]
    (folder / "plan" / "p1.yaml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "next" / "p1.yaml").write_text("id: P1\ntitle: Neglect\n", encoding="utf-8")
    here = open_plan(folder / "plan")
    assert not here.unread
    was = here.plan.milestone("P1.1")
    if not is_open(here):
        return
    try:
        carry(*all_open(folder))
    except Mistyped:  # what could identify a child is refused, and so is a link to nowhere
        return
    (now,) = open_plan(folder / "next").plan.priorities[0].milestones
    for key in ("due", "action", "lead", "answers", "more", "status", "times_moved"):
        assert getattr(now, key) == getattr(was, key), key
    assert now.first_due == (was.first_due if was.first_due.dated else was.due)
    assert open_plan(folder / "plan").plan.milestone("P1.1").status == "closed"


def _entry(entry: Entry) -> dict[str, object]:
    moved = entry.moved and {"from": entry.moved.from_.text, "to": entry.moved.to.text}
    values = {"date": entry.date.text, "note": entry.note, "status": entry.status,
              "moved": moved and {key: text for key, text in moved.items() if text}}  # fmt: skip
    return {key: value for key, value in values.items() if value}
