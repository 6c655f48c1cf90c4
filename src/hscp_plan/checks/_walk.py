"""A plan's parts with the file and path of keys where each stands."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..reading.files import ASKED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from ..model import Decision, Entry, Milestone, Objective, Plan

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
    def leads(self) -> Set[str]:
        """Who leads a part of the plan, is accountable for one, or was asked about some: a few
        names stand in most."""
        leads = {*chain.from_iterable(at.milestone.lead for at in self.milestones)}
        for _, _, objective in self.objectives:
            leads.update(objective.accountable, objective.lead)
        for round in self.plan.asked:
            leads.update((round.who, *round.also))
        return leads

    @cached_property
    def decisions(self) -> list[tuple[str, Path, Decision]]:
        """Every decision, those of plan.yaml first: its file, its path, and itself."""
        lists = [("plan.yaml", self.plan.head.decisions)]
        lists += [(file, priority.decisions) for file, priority in self.plan.files.items()]
        return [(file, ("decisions", n), d) for file, some in lists for n, d in enumerate(some)]

    @cached_property
    def speakers(self) -> Set[str]:
        """Who keeps the plan, and who says, decides, agrees or assures something in it."""
        speakers: set[str | None] = {*self._heads().values()}
        speakers.update(decision.by for _, _, decision in self.decisions)
        for priority in self.plan.files.values():
            speakers.update(assurance.by for assurance in priority.assurance)
        for _, entries in self.logs:
            for entry in entries:
                speakers.add(entry.by)
                speakers.add(entry.agreed)
        for at in self.milestones:
            if added := at.milestone.added:
                speakers.update((added.by, added.agreed))
        return {name for name in speakers if name}

    @cached_property
    def places(self) -> dict[str, list[Place]]:
        """Each place of everybody whom the plan names. Rules ask for it only once they find
        something: of 10,000 milestones it takes as long to make as half of them."""
        return _by_text(self._names())

    @cached_property
    def evidence(self) -> dict[str, list[Place]]:
        """All evidence of the plan's logs, and of the differences that it made, with each place
        that cites it."""
        return _by_text(self._citations())

    def _names(self) -> Iterator[tuple[str, str, Path]]:
        for path, name in self._heads().items():
            yield name, "plan.yaml", path
        for file, path, decision in self.decisions:
            yield decision.by, file, (*path, "by")
        for file, priority in self.plan.files.items():
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
            if added := milestone.added:
                for key, who in (("by", added.by), ("agreed", added.agreed)):
                    if who:
                        yield who, file, (*path, "added", key)
        for n, round in enumerate(self.plan.asked):
            yield round.who, ASKED, ("asked", n, "who")
            for m, name in enumerate(round.also):
                yield name, ASKED, ("asked", n, "also", m)
        for at, entries in self.logs:
            for n, entry in enumerate(entries):
                if entry.by:
                    yield entry.by, at.file, (*at.path, "progress", n, "by")
                if entry.agreed:
                    yield entry.agreed, at.file, (*at.path, "progress", n, "agreed")

    def _heads(self) -> dict[Path, str]:
        """Whom plan.yaml names beside its groups, by the path there."""
        head = self.plan.head
        keeper: dict[Path, str] = {("keeper",): head.keeper} if head.keeper else {}
        return keeper | ({("agreed", "by"): head.agreed.by} if head.agreed else {})

    def _citations(self) -> Iterator[tuple[str, str, Path]]:
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
    for file, priority in plan.files.items():
        paths = [("objectives", n) for n in range(len(priority.objectives))]
        straight: list[Path] = [()] * (len(priority.sections) - len(paths))
        for path, section in zip([*straight, *paths], priority.sections, strict=True):
            for n, milestone in enumerate(section.milestones):
                yield At(file, (*path, "milestones", n), section, milestone)
