"""Names who leads an objective or a milestone, in the text of its file.

Pure: a text and its values in, and a `Change` out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..model import Milestone, Objective
from ..words import listed
from .change import AlreadyRecorded, Change, keys_before
from .refusals import refuse_unpublishable
from .scalars import key_lines
from .splice import Text
from .values import copy_along, find_milestone, leads_of, objective_path, part_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def name_leads(text: str, values: Mapping[str, Any], id: str, names: Sequence[str]) -> Change:
    """Who leads the objective or the milestone of an id; without names, nobody. Raises Mistyped
    where that stands there already."""
    refuse_unpublishable({"lead": list(names)})
    path = objective_path(values, id) or find_milestone(values, id)
    edit, after = Text(text), copy_along(values, path)
    part = part_at(after, path)
    before = leads_of(part)
    if before == list(names):
        raise AlreadyRecorded(f"{id} is led by {listed(names) or 'nobody'} already")
    node = edit.at(path)
    line = (node.get("lead") or node).line + 1
    if names:
        part["lead"] = list(names) if len(names) > 1 else names[0]
        keys = keys_before(Milestone if "milestones" in path else Objective, "lead")
        edit.put_value(node, "lead", key_lines("lead", part["lead"], node.column), keys)
        line = edit.new_line if edit.inserts else line
    else:
        del part["lead"]
        edit.take_out(node, "lead")
    recorded = ((id, {"lead": list(names)}),)
    return Change(edit.apply(), after, line, recorded, replaced=tuple(before))
