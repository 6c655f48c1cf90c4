"""A plan's parts with the file and path of keys where each stands."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model import Entry, Milestone, Objective, Plan

Path = tuple[str | int, ...]
Place = tuple[str, Path]
"""A file, and a path of keys in it."""


class At(NamedTuple):
    """A milestone and where it stands."""

    file: str
    path: Path
    objective: Objective
    milestone: Milestone


class Parts:
    """A plan's parts for all its rules: what several of them look through is gone through once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    @cached_property
    def objectives(self) -> list[tuple[str, Path, Objective]]:
        """Every objective: its file, its path, and itself."""
        return list(objectives(self.plan))

    @cached_property
    def milestones(self) -> list[At]:
        """Every milestone, in the published order."""
        return list(milestones(self.plan))

    @cached_property
    def logs(self) -> list[tuple[At, tuple[Entry, ...]]]:
        """The entries of every log that has any, each with its milestone."""
        logs = ((at, at.milestone.progress) for at in self.milestones)
        return [(at, log.entries) for at, log in logs if log]

    @cached_property
    def names(self) -> dict[str, list[Place]]:
        """Everybody whom the plan names, with each place that does: a few names stand in most."""
        return _by_text(self._named())

    @cached_property
    def evidence(self) -> dict[str, list[Place]]:
        """All evidence of the plan's logs, and of the differences that it made, with each place
        that cites it."""
        return _by_text(self._cited())

    def _named(self) -> Iterator[tuple[str, str, Path]]:
        head = self.plan.head
        if head.keeper:
            yield head.keeper, "plan.yaml", ("keeper",)
        if head.agreed:
            yield head.agreed.by, "plan.yaml", ("agreed", "by")
        for file, priority in self.plan.files.items():
            for n, decision in enumerate(priority.decisions):
                yield decision.by, file, ("decisions", n, "by")
            for n, assurance in enumerate(priority.assurance):
                yield assurance.by, file, ("assurance", n, "by")
        for file, path, objective in self.objectives:
            for n, name in enumerate(objective.accountable):
                yield name, file, (*path, "accountable", n)
            for n, name in enumerate(objective.lead):
                yield name, file, (*path, "lead", n)
        for file, path, _, milestone in self.milestones:
            for n, name in enumerate(milestone.lead):
                yield name, file, (*path, "lead", n)
        for at, entries in self.logs:
            for n, entry in enumerate(entries):
                if entry.by:
                    yield entry.by, at.file, (*at.path, "progress", n, "by")
                if entry.agreed:
                    yield entry.agreed, at.file, (*at.path, "progress", n, "agreed")

    def _cited(self) -> Iterator[tuple[str, str, Path]]:
        for at, entries in self.logs:
            for n, entry in enumerate(entries):
                for m, item in enumerate(entry.evidence):
                    yield item, at.file, (*at.path, "progress", n, "evidence", m)
        for file, priority in self.plan.files.items():
            for n, impact in enumerate(priority.impact):
                for m, item in enumerate(impact.evidence):
                    yield item, file, ("impact", n, "evidence", m)


def _by_text(texts: Iterable[tuple[str, str, Path]]) -> dict[str, list[Place]]:
    """The places of each text."""
    places: dict[str, list[Place]] = {}
    for text, file, path in texts:
        places.setdefault(text, []).append((file, path))
    return places


def objectives(plan: Plan) -> Iterator[tuple[str, Path, Objective]]:
    """Every objective: its file, its path, and itself."""
    for file, priority in plan.files.items():
        for n, objective in enumerate(priority.objectives):
            yield file, ("objectives", n), objective


def milestones(plan: Plan) -> Iterator[At]:
    """Every milestone, in the published order."""
    for file, path, objective in objectives(plan):
        for n, milestone in enumerate(objective.milestones):
            yield At(file, (*path, "milestones", n), objective, milestone)
