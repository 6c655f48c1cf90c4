"""Tries on a copy of the plan what would be recorded: what would be said of it, and which lines of
which files would change. In the plan's own folder nothing is written."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

from ..cli.dispatch import failure
from ..editing.copies import copied
from ..frozen import NOTHING
from ..store import open_plan
from ..words import safe
from .answers import Answer, answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

AROUND = 2
"""How many lines that stay are shown around those that change."""


class Difference(NamedTuple):
    """The lines of a file that would change."""

    file: str
    lines: tuple[str, ...]
    """Each after a sign: + where it is new, - where it goes, else a blank."""


class Trial(NamedTuple):
    """What it would come to."""

    answers: tuple[Answer, ...]
    differences: tuple[Difference, ...] = ()
    dues: Mapping[str, str] = NOTHING
    """When each milestone would be due, by its id in capitals."""


def attempt(folder: Path, lines: Sequence[Sequence[str]]) -> Trial:
    """What commands would say that are run one after the other, a refused one left out, and what
    they would write; where no copy can be made, why."""
    try:
        with copied(folder) as copy:
            before = _texts(copy)
            answers = [answer([command, "--plan", str(copy), *words]) for command, *words in lines]
            differences = tuple(_differences(before, _texts(copy)))
            return Trial(tuple(answers), differences, _dues(copy) if differences else NOTHING)
    except OSError as error:
        refusal = failure(error)
        return Trial((Answer(refusal.status, refusal=refusal),) * len(lines))


def _dues(folder: Path) -> dict[str, str]:
    owners = open_plan(folder).plan.owners
    return {m.id.upper(): m.due.text for owner in owners for m in owner.milestones}


def _texts(folder: Path) -> dict[str, str]:
    paths = sorted(folder.glob("*.y*ml"))
    return {path.name: path.read_bytes().decode(errors="replace") for path in paths}


def _differences(before: dict[str, str], after: dict[str, str]) -> Iterator[Difference]:
    for name in sorted(after):
        old, new = before.get(name, ""), after[name]
        if old != new:
            lines = unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=AROUND)
            _, _, *shown = map(safe, lines)
            yield Difference(name, tuple(line for line in shown if not line.startswith("@@")))
