"""A plan's parts with the file and path of keys where each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Milestone, Objective, Plan

Path = tuple[str | int, ...]


class At(NamedTuple):
    """A milestone and where it stands."""

    file: str
    path: Path
    objective: Objective
    milestone: Milestone


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
