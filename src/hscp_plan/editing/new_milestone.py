"""A new milestone: its id, which no other may ever have had, and its place in the file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mendable
from ..git import repo
from ..store import repository
from .record import add_first_milestone, add_milestone, milestone_ids, next_id

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model import Priority
    from ..store import Opened
    from .record import Change


class TakenIds(NamedTuple):
    """The ids that milestones have here and on every branch."""

    ids: set[str]
    unknown: str
    """Why those on other branches are not known; empty where they are."""


def taken_ids(opened: Opened) -> TakenIds:
    """Every milestone's id of the plan here and, where git can tell, on every branch.

    Raises Partial where a branch's files are left out here: an id is for ever, and may be theirs.
    """
    here = {m.id for p in opened.plan.owners for m in p.milestones}
    try:
        return TakenIds(here | repo.ids_on_branches(opened.folder), "")
    except repo.Partial:
        raise
    except Mendable as error:
        return TakenIds(here, error.what if repository(opened.folder.resolve()) else "")


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
