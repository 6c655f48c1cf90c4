"""Finds parts of what a file says, by their keys or their ids. Pure.

What is there may be faulty: a file as it was saved, or as somebody is still writing it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from ..dates import UNDATED, read
from ..errors import Mendable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..dates import PlanDate
    from .nodes import Path

Said = Literal["impact", "assurance"]
"""The key of what is said of a priority: the difference made, or how far somebody is assured."""
SAID: tuple[Said, ...] = get_args(Said)


def find_milestone(values: Mapping[str, Any], id: str) -> Path:
    """The path of a milestone in a priority's values. Raises Mendable where there is none."""
    for path in milestone_paths(values):
        if part_at(values, path)["id"].strip() == id:
            return path
    raise Mendable(
        f"{id} is not in the file any more", "Look at it, and then run the command again."
    )


def milestone_ids(values: Mapping[str, Any]) -> set[str]:
    """The ids of a priority's milestones."""
    return {part_at(values, path)["id"] for path in milestone_paths(values)}


def objective_path(values: Mapping[str, Any], id: str) -> Path:
    """The path of the objective of this id; empty where there is none."""
    ids = [objective["id"].strip() for objective in values.get("objectives", ())]
    return ("objectives", ids.index(id)) if id in ids else ()


def leads_of(part: Mapping[str, Any]) -> list[str]:
    """Who leads an objective or milestone, as a list."""
    lead = part.get("lead", [])
    names = lead if isinstance(lead, list) else [lead]
    return [name.strip() for name in names if isinstance(name, str)]


def owner_paths(values: Any) -> list[Path]:
    """The paths of what milestones stand under: the priority itself, then its objectives."""
    return [(), *(("objectives", n) for n in range(len(list_under(values, "objectives"))))]


def milestone_paths(values: Any) -> Iterator[Path]:
    """The paths of a priority's milestones that have an id: those straight under it, then its
    objectives'."""
    for path in owner_paths(values):
        for number, milestone in enumerate(list_under(part_at(values, path), "milestones")):
            if id_of(milestone):
                yield (*path, "milestones", number)


def id_of(part: Any) -> str | None:
    """A part's id; None where it has none that can be read."""
    id = part.get("id") if isinstance(part, dict) else None
    return id if isinstance(id, str) else None


def texts_under(values: Mapping[str, Any], key: str) -> list[str]:
    """The texts under a key that takes one or a list of them."""
    texts = values.get(key, [])
    return [texts] if isinstance(texts, str) else list(texts)


def list_under(values: Any, key: str) -> list[Any]:
    """The list under a key; an empty one where no list stands there."""
    items = values.get(key) if isinstance(values, dict) else None
    return items if isinstance(items, list) else []


def copy_along(values: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The values with a copy of each mapping and list down to a path; the rest is shared."""
    top = part = dict(values)
    for step in path:
        child = part[step]  # type: ignore[index]
        part[step] = dict(child) if isinstance(child, dict) else list(child)  # type: ignore[index]
        part = part[step]  # type: ignore[index]
    return top


def part_at(values: Any, path: Path) -> Any:
    """The part of some values at a path."""
    for step in path:
        values = values[step]
    return values


def date_of(part: Mapping[str, Any], key: str) -> PlanDate:
    """The date under a key; none where nothing stands there."""
    return read(part[key]) if part.get(key) else UNDATED
