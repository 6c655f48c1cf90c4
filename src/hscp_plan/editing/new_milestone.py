"""A new milestone: its id, which no other may ever have had, and its place in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mendable
from ..git import repo
from ..model import Objective, Priority
from ..store import repository
from .change import AlreadyRecorded, Change, keys_before
from .copies import original
from .refusals import refuse_unpublishable
from .scalars import indent_lines, item_lines
from .splice import Text
from .values import copy_along, date_of, milestone_ids, objective_path, part_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..store import Opened


class TakenIds(NamedTuple):
    """The ids that milestones have here and on every branch."""

    ids: set[str]
    unknown: str
    """Why those on other branches are not known; empty where they are."""


def taken_ids(opened: Opened) -> TakenIds:
    """Every milestone's id of the plan here and, where git can tell, on every branch.

    Raises Partial where a branch's files are left out here: an id is for ever, and may be theirs.
    """
    here, folder = {m.id for p in opened.plan.owners for m in p.milestones}, original(opened.folder)
    try:
        return TakenIds(here | repo.ids_on_branches(folder), "")
    except repo.Partial:
        raise
    except Mendable as error:
        return TakenIds(here, error.what if repository(folder.resolve()) else "")


class NewMilestone:
    """A milestone to add straight under its priority, to one of its objectives or, where it has
    none, to a new one of the id that is given; with the priority's next id."""

    def __init__(
        self,
        priority: Priority,
        objective: str | None,
        keys: Mapping[str, Any],
        taken: set[str],
    ) -> None:
        self.priority = priority.id
        self.objective = objective
        self.is_first = bool(objective and not priority.objectives)
        self.taken = taken
        self.keys = {"id": priority.id} | {key: value for key, value in keys.items() if value}
        """As they stand in the file; the id is the milestone's own once it is added."""

    def change(self, text: str, values: Mapping[str, Any]) -> Change:
        """The change of the file. The id is chosen under the file's lock, so that two who add at
        once are not given one number."""
        self.keys["id"] = next_id(self.priority, self.taken | milestone_ids(values))
        if self.objective and self.is_first:
            return add_first_milestone(text, values, self.objective, self.keys)
        return add_milestone(text, values, self.objective, self.keys)


def add_milestone(
    text: str, values: Mapping[str, Any], objective: str | None, new: Mapping[str, Any]
) -> Change:
    """A new milestone of an objective, or straight under the priority, in its place by due date:
    after the last that is due no later; one without a date comes last. Numbers stay in the order
    they were given, whatever stands first."""
    refuse_unpublishable(new)
    path = objective_path(values, objective) if objective else ()
    edit, after = Text(text), copy_along(values, path)
    owner = part_at(after, path)
    milestones = owner["milestones"] = [*owner.get("milestones", ())]
    for milestone in milestones:
        if {**milestone, **{key: new.get(key) for key in ("id", "added")}} == {
            "added": None,
            **new,
        }:
            raise AlreadyRecorded(f"{milestone['id']} is this milestone already")
    due = date_of(new, "due").last
    place = max(
        (n + 1 for n, m in enumerate(milestones) if date_of(m, "due").last <= due), default=0
    )
    before = keys_before(Objective if objective else Priority, "milestones")
    edit.append(edit.at(path), "milestones", [new], before, place if milestones else None)
    milestones.insert(place, dict(new))
    return Change(edit.apply(), after, edit.new_line, ((new["id"], None),))


def add_first_milestone(
    text: str, values: Mapping[str, Any], objective: str, new: Mapping[str, Any]
) -> Change:
    """A new milestone of a priority without objectives, in a new one of this id, without words."""
    refuse_unpublishable(new)
    if values.get("objectives"):
        raise Mendable(
            f"somebody else gave {values['id'].strip()} an objective just now",
            "Look at it, and then run the command again.",
        )
    edit = Text(text)
    milestones = ["milestones:", *indent_lines(item_lines(new, 2), 2)]
    lines = [f"- id: {objective}", *indent_lines(milestones, 2)]
    edit.put(edit.root, "objectives", lines, keys_before(Priority, "objectives"))
    after = {**values, "objectives": [{"id": objective, "milestones": [dict(new)]}]}
    return Change(edit.apply(), after, edit.new_line, ((new["id"], None),))


def next_id(prefix: str, known: Iterable[str]) -> str:
    """The id after the highest of these that begin with this prefix: P1.8 after P1.7."""
    numbers = [id.removeprefix(f"{prefix}.") for id in known if id.startswith(f"{prefix}.")]
    return f"{prefix}.{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1}"
