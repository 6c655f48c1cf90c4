"""Writing several files: all of them or none, whatever fails and whoever else writes."""

import os
from pathlib import Path

import pytest
from running import DEMO

from hscp_plan.editing import write
from hscp_plan.editing.change import Change
from hscp_plan.editing.entries import entry
from hscp_plan.editing.record import log_entry
from hscp_plan.editing.write import rewrite_all
from hscp_plan.errors import Mendable

FIRST = {"p1-neglect.yaml": "P1.2", "p2-child-sexual-abuse.yaml": "P2.2"}
NEW = entry("2022-02-01", note="Begun again.")


def changes(plan: Path) -> dict[Path, object]:
    def change(id: str) -> object:
        return lambda text, values: log_entry(text, values, id, NEW)

    return {plan / name: change(id) for name, id in FIRST.items()}


def state(plan: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in plan.iterdir() if path.is_file()}


def test_both_files_are_written_each_with_its_place(plan):
    done = rewrite_all(changes(plan))
    assert [path.name for path in done] == [*FIRST]
    for path, rewritten in done.items():
        assert path.read_text() == rewritten.new
        assert rewritten.old != rewritten.new
        assert "Begun again." in "".join(rewritten.new.splitlines()[rewritten.place.line - 1 :])


def test_a_dry_run_writes_nothing(plan):
    before = state(plan)
    assert all(r.old != r.new for r in rewrite_all(changes(plan), dry_run=True).values())
    assert state(plan) == before


def test_what_cannot_be_made_of_one_file_leaves_both(plan):
    before = state(plan)
    wrong = changes(plan)
    wrong[plan / "p3-vulnerable-children-in-education.yaml"] = lambda text, values: Change(
        text + "x: y\n", values, 1
    )
    with pytest.raises(Mendable):
        rewrite_all(wrong)
    assert state(plan) == before


@pytest.mark.parametrize("call", ["write", "fsync", "replace", "open"])
@pytest.mark.parametrize("number", range(8))
def test_whatever_call_fails_all_files_are_old_or_all_are_new(plan, monkeypatch, call, number):
    before, real, calls = state(plan), getattr(os, call), []

    def failing(*given, **named):
        writes = call != "open" or given[1] & os.O_CREAT
        calls.append(call) if writes else None
        if writes and len(calls) == number + 1:
            raise OSError(28, "No space left on device")
        return real(*given, **named)

    monkeypatch.setattr(os, call, failing)
    try:
        rewrite_all(changes(plan))
        failed = False
    except Mendable:
        failed = True
    monkeypatch.undo()
    new = {name for name in before if (plan / name).read_bytes() != before[name]}
    assert new in (set(), set(FIRST))
    if failed and call != "fsync":
        assert new == set()
    assert {*state(plan)} == {*before}


def test_a_file_that_somebody_changed_meanwhile_leaves_the_other_too(plan, monkeypatch):
    before, second = state(plan), plan / "p2-child-sexual-abuse.yaml"
    real = write.new_file

    def changing(path, data, like=None):
        real(path, data, like)
        if not second.read_bytes().endswith(b"# mine\n"):
            second.write_bytes(second.read_bytes() + b"# mine\n")

    monkeypatch.setattr(write, "new_file", changing)
    with pytest.raises(Mendable, match="changed by somebody else"):
        rewrite_all(changes(plan))
    assert state(plan) == before | {second.name: before[second.name] + b"# mine\n"}


def test_two_folders_are_written_together(plan, tmp_path):
    import shutil

    other = tmp_path / "next"
    shutil.copytree(DEMO, other)
    done = rewrite_all({**changes(plan), **changes(other)})
    assert len(done) == 4
    assert state(plan)["p1-neglect.yaml"] == state(other)["p1-neglect.yaml"]
