"""The names of a plan's files: none that looks like one is left out in silence, and a copy is known
by its name."""

import os
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import hscp, run, surroundings

from hscp_plan.model import Head, Priority
from hscp_plan.reading.files import (
    HEAD,
    find_original,
    is_backup,
    name_fault,
    plan_files,
    right_name,
    swap_fault,
)
from hscp_plan.store import open_plan

MISNAMED = {
    "p5.yml": "p5.yaml",
    "p5.YAML": "p5.yaml",
    "p5.Yml": "p5.yaml",
    "p5.yaml.txt": "p5.yaml",
    "p5.Yaml.TXT": "p5.yaml",
    "Plan.yaml": HEAD,
    "PLAN.YAML": HEAD,
    "plan.yml": HEAD,
    "plan.yaml.txt": HEAD,
}
LEFT_ALONE = (".p5.yaml", ".yml", "yaml", "notes.txt")
COPIES = (
    "p1-neglect (conflicted copy 2021-12-15).yaml",
    "p1-neglect (Jane Doe's conflicted copy 2021-12-15).yaml",
    "p1-neglect (1).yaml",
    "p1-neglect - Copy.yaml",
    "p1-neglect - Copy (2).yaml",
    "Copy of p1-neglect.yaml",
    "p1-neglect copy 2.yaml",
    "p1-neglect 2.yaml",
    "p1-neglect-LAPTOP7.yaml",
    "p1-neglect-DESKTOP-1AB2CD3.yaml",
    "p1-neglect.sync-conflict-20211215-101010-ABCDEFG.yaml",
    "p1-neglect_conflict-20211215-101010.yaml",
)
OTHERS = ("neglect.yaml", "p1-neglect-new.yaml", "p1.yaml", "a.yaml")


@pytest.mark.parametrize("name", MISNAMED)
def test_a_file_that_looks_like_a_plan_s_is_not_read_and_the_right_name_is_known(name):
    assert right_name(name) == MISNAMED[name]
    assert plan_files([name, "p1.yaml"]) == ["p1.yaml"]


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_an_editor_s_or_somebody_s_own_file_is_left_alone(name):
    assert right_name(name) is None
    assert plan_files([name]) == []


@given(st.text(min_size=1))
def test_every_name_is_read_or_meant_to_be_or_none_of_the_plan_s(name):
    read = bool(plan_files([name]))
    assert not (read and right_name(name))
    assert (
        read
        or right_name(name)
        or not name.casefold().endswith((".yaml", ".yml"))
        or name[0] == "."
    )


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_by_its_name(name):
    for names in (("p1-neglect.yaml", name), (name, "p1-neglect.yaml")):
        which, known = find_original(names)
        assert names[which] == "p1-neglect.yaml"
        assert known


@pytest.mark.parametrize("name", OTHERS)
def test_where_no_name_tells_the_shortest_is_counted_and_nothing_claimed(name):
    names = sorted(["p1-neglect.yaml", name])
    which, known = find_original(names)
    assert names[which] == min(names, key=len)
    assert not known


def test_of_two_copies_neither_is_said_to_be_the_original():
    assert find_original(["p1 (1).yaml", "p1 (2).yaml"]) == (0, False)


def test_the_keys_tell_a_head_from_a_priority():
    own = {"id", "title"}
    assert swap_fault(Priority, {*own, "format", "period"}, "f")
    assert swap_fault(Head, {*own, "objectives"}, "f")
    for keys in (own, {*own, "vision"}, {*own, "period", "objectives"}, Priority.keys):
        assert not swap_fault(Priority, keys, "f")
    for keys in (own, {*own, "format", "objectives"}, Head.keys):
        assert not swap_fault(Head, keys, "f")


@pytest.mark.parametrize(
    "name", ["p2.json", "p2.yaml.orig", "p2.yaml~", "p2.yaml.bak", "p2.YAML.old", "p2.yml.orig"]
)
def test_a_file_renamed_is_named_and_beside_its_original_is_a_backup(name):
    assert right_name(name) == "p2.yaml"
    assert is_backup(name, "p2.yaml", [name, "p2.yaml"])
    assert not is_backup(name, "p2.yaml", [name, "p1.yaml"])
    told = name_fault(name, "p2.yaml", [name], name)
    assert told.message.endswith(f"this ends in {name[2:]}")
    assert told.next == "Rename it p2.yaml, or move it elsewhere."


@pytest.mark.parametrize("name", ["package.json", "p2.txt", "p2.yaml.orig.png", ".p2.yaml~"])
def test_what_is_no_plan_file_by_its_name_is_let_be(name):
    assert right_name(name) is None


@pytest.mark.parametrize("name", ["p2.yml", "p2.YAML", "p2.yaml.txt"])
def test_two_that_could_both_be_meant_are_never_a_backup(name):
    assert not is_backup(name, "p2.yaml", [name, "p2.yaml"])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan whose folder lists plan.yaml as Plan.yaml, as it may where capitals make no
    difference."""
    period = "period: {start: 2021-04, end: 2023-03}"
    text = f"format: 1\nid: t\npartnership: A\ntitle: The right one\n{period}\n"
    (tmp_path / "plan.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_where_capitals_make_no_difference_a_plan_is_read_and_its_name_told(plan):
    with mock.patch.object(os, "listdir", return_value=["Plan.yaml"]):
        opened = open_plan(plan)
    assert opened.plan.head.title == "The right one"
    assert [(f.rule, Path(f.place.file).name) for f in opened.faults] == [
        ("file-name", "Plan.yaml")
    ]
    assert opened.faults[0].next == "Rename it plan.yaml, or move it elsewhere."


PRIORITY = """\
id: P{0}
title: T
objectives:
  - {{id: P{0}-A, lead: The lead, milestones: [{{id: P1.1, due: 2022-04, action: {1}}}]}}
"""


@pytest.mark.parametrize(
    ("saved", "newer"),
    [
        ({"p1": "First"}, "Give this one the next"),
        ({"p2": "Second"}, "Give the first the next"),
        ({"p1": "First", "p2": "Second"}, "Give the one that was added last"),
        ({}, "Give the one that was added last"),
    ],
)
def test_of_two_with_one_id_the_one_that_git_does_not_know_is_the_newer(plan, saved, newer):
    def write(actions: dict[str, str]) -> None:
        for name, action in actions.items():
            text = PRIORITY.format(name[1], action)
            (plan / f"{name}.yaml").write_text(text, encoding="utf-8")

    write(saved)
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "The plan"]):
        assert not run(("git", *words), plan, surroundings()).returncode
    write({"p1": "First", "p2": "Second"})
    said = hscp("check", "--as-at", "2021-12-15", folder=plan).stdout.decode()
    assert "id-twice" in said
    assert newer in " ".join(said.split())
