"""Ending a merge: what the result says is what each side did to the version before, in every shape
that git leaves a file in; and what one side took out does not come back."""

import itertools
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import surroundings

from hscp_plan.editing.resolve import Disagreement, resolve
from hscp_plan.reading import yamltext
from hscp_plan.reading.yamlfaults import sides

TOP = """\
id: P1
title: Neglect
objectives:
  - id: P1-A
    milestones:
      - id: P1.1
        due: 2022-04
        action: Train
"""


class Said(NamedTuple):
    """A log entry: which it is, its day, its words, and a comment before it and at its end."""

    number: int
    day: int
    words: str
    before: str = ""
    beside: str = ""

    @property
    def note(self):
        return f"Entry {self.number}, {self.words}"

    def lines(self, indent):
        lines = [f"# before {self.number}, {self.before}"] if self.before else []
        beside = f"  # beside {self.number}, {self.beside}" if self.beside else ""
        lines += [f"- date: 2021-09-{self.day:02d}", f"  note: {self.note}{beside}"]
        return "".join(f"{indent}{line}\n" for line in lines)


def file(entries, indent, end="", after="# end\n"):
    log = "".join(entry.lines(indent) for entry in entries)
    key = "        progress:\n" if log else ""
    return f"{TOP}{key}{log}{after}".replace("\n", f"{end}\n")


def notes(text):
    """The log's notes, in their order."""
    made = yamltext.values(text.replace("\r\n", "\n"))
    log = made["objectives"][0]["milestones"][0].get("progress", [])
    return [entry["note"] for entry in log]


@st.composite
def three_logs(draw, distinct):
    """A log, and what two sides made of it, each in order of date."""
    count = itertools.count(1)
    days = st.integers(1, 28)
    unused = draw(st.permutations(range(1, 29)))
    day = (lambda: unused.pop()) if distinct else (lambda: draw(days))
    comment = lambda: draw(st.sampled_from(["", "first"]))  # noqa: E731

    def entries(most):
        number = draw(st.integers(0, most))
        return [Said(next(count), day(), "new", comment(), comment()) for _ in range(number)]

    base = sorted(entries(5), key=lambda e: e.day)
    made = []
    for side in ("ours", "theirs"):
        kept = []
        for entry in base:
            fate = draw(st.sampled_from(["stays", "stays", "gone", "reworded"]))
            if fate != "gone":
                kept.append(entry._replace(words=side) if fate == "reworded" else entry)
        made.append(sorted([*kept, *entries(3)], key=lambda e: e.day))
    return base, *made


@st.composite
def conflicts(draw, distinct=True):
    """Three logs, the file of an unfinished merge of them, and the base where git has it."""
    base, ours, theirs = draw(three_logs(distinct))
    end, indents = draw(st.sampled_from(["", "\r"])), st.sampled_from([" " * 8, " " * 10])
    texts = [file(log, draw(indents), end) for log in (base, ours, theirs)]
    how = draw(st.sampled_from(["whole", "--diff3", "--zdiff3", ""]))
    text = whole(*texts) if how == "whole" else merged(how, *texts) or whole(*texts)
    held = None if "|||||||" in text and draw(st.booleans()) else texts[0]
    return base, ours, theirs, text, held


def whole(base, ours, theirs):
    end = "\r\n" if "\r\n" in ours else "\n"
    marks = (f"{mark}{end}" for mark in ("<<<<<<< HEAD", "||||||| base", "=======", ">>>>>>> side"))
    begin, middle, then, close = marks
    return f"{begin}{ours}{middle}{base}{then}{theirs}{close}"


def merged(how, base, ours, theirs):
    """What git makes of three files; None where it sees no conflict."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(text.encode())
        words = ["git", "merge-file", "-p", *([how] if how else []), *map(str, paths)]
        ran = subprocess.run(words, capture_output=True, env=surroundings())
    return ran.stdout.decode() if ran.returncode else None


def both_sides(text):
    ours, _, theirs = sides(text) or (text, None, text)
    return notes(ours), notes(theirs)


def by_number(log):
    return {entry.number: entry.note for entry in log}


def comments(text):
    return Counter(line.partition("#")[2].strip() for line in text.split("\n") if "#" in line)


@given(conflicts(distinct=False))
def test_nothing_taken_out_comes_back_and_nothing_added_is_lost(case):
    base, ours, theirs, text, held = case
    try:
        made = resolve(text, "p1.yaml", held).change.text
    except Disagreement:
        assert held is None  # zdiff3 alone may show a base that is none
        return
    mine, other = both_sides(made)
    was, a, b = map(by_number, (base, ours, theirs))
    for number, note in was.items():
        stands = note in mine or note in other
        assert not stands or a.get(number) == b.get(number) == note
    assert {note for n, note in a.items() if n not in was or note != was[n]} <= {*mine}
    assert {note for n, note in b.items() if n not in was or note != was[n]} <= {*other}
    before, *new = (comments("".join(e.lines("") for e in log)) for log in (base, ours, theirs))
    assert all({*each} - {*before} <= {*comments(made)} for each in new)


@given(conflicts())
def test_where_only_one_side_did_something_the_result_is_what_it_did(case):
    base, ours, theirs, text, held = case
    try:
        made = resolve(text, "p1.yaml", held)
    except Disagreement:
        assert held is None
        return
    was, a, b = map(by_number, (base, ours, theirs))
    torn = {n for n in was if len({was[n], a.get(n), b.get(n)}) == 3}
    assert bool(made.conflicts) == bool(torn)
    if torn:
        return
    kept = {n: (b.get(n) if a.get(n) == was[n] else a.get(n)) for n in was if n in a and n in b}
    new = {n: note for side in (a, b) for n, note in side.items() if n not in was}
    days = {e.number: e.day for log in (base, ours, theirs) for e in log}
    expected = [({**kept, **new})[n] for n in sorted({**kept, **new}, key=lambda n: days[n])]
    assert notes(made.change.text) == expected
    assert made.change.values == yamltext.values(made.change.text.replace("\r\n", "\n"))


@given(conflicts())
def test_what_is_left_stands_between_marks_at_the_lines_that_are_said(case):
    *_, text, held = case
    try:
        made = resolve(text, "p1.yaml", held)
    except Disagreement:
        return
    lines = [line.rstrip("\r") for line in made.change.text.split("\n")]
    for each in made.conflicts:
        first, last = each.lines
        assert lines[first - 1].startswith("<<<<<<<")
        assert lines[last - 1].startswith(">>>>>>>")
        assert "=======" in lines[first : last - 1]
    assert sum(line.startswith("<<<<<<<") for line in lines) == len(made.conflicts)
    if made.conflicts and held is not None:
        again = resolve(made.change.text, "p1.yaml", held)
        assert again.change.text == made.change.text, "a second time changes nothing"


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_a_side_that_is_no_plan_file_on_its_own_is_left_to_a_person(side):
    held = {"ours": TOP, "theirs": TOP, side: "id: [\n"}
    text = f"<<<<<<< ours\n{held['ours']}=======\n{held['theirs']}>>>>>>> theirs\n"
    with pytest.raises(Disagreement, match="one side of the merge is no plan file on its own"):
        resolve(text, "p1.yaml", TOP)
