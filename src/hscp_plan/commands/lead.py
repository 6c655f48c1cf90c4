"""`hscp lead`: who leads an objective or a milestone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Argument, Option
from ..cli.typography import as_typed
from ..errors import Mendable, Mistyped, quoted
from ..letters import folded
from ..model import Priority
from ..naming.ids import find_objective
from ._complete import leads, led
from ._ids import find_part
from ._look import open_of, say_document
from ._options import DryRun, PlanDir
from ._record import edit_file, path_to_record, today_given
from ._who import ARGUMENTS, who_given

if TYPE_CHECKING:
    from datetime import date

    from ..model import Milestone, Objective

NOBODY = "nobody"
"""What is typed for a lead that is taken out."""
MOST_SHOWN = 5
"""How many parts of a priority are offered."""


def run(
    id: Annotated[
        str,
        Argument(metavar="PART", help="An objective or a milestone, such as P3-A.", offers=led),
    ],
    group: Annotated[
        str,
        Argument(metavar="LEAD", help="Who leads it: a role or group; or nobody.", offers=leads),
    ],
    also: Annotated[
        list[str] | None,
        Option(metavar="GROUP", help="Who leads it too. May be given again.", offers=leads),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Say who leads an objective or a milestone, in place of whoever led it. A milestone of which
    nobody is said to lead it is led by whoever leads its objective.

    \b
    hscp lead P3-A "Chair of Education Sub-Group"
    hscp lead P3.2 nobody
    """
    from ..editing.leads import name_leads
    from ..reports.recorded import lead_recorded

    today = today_given()
    opened = open_of(where, id)
    priority, part = _part_led(opened, id, today)
    head = opened.plan.head
    names = [] if folded(group) == NOBODY else [who_given(group, head, today, ARGUMENTS[0])]
    if also and not names:
        raise Mistyped("--also names somebody beside nobody", "Name the first where nobody stands.")
    names += (who_given(name, head, today, "--also") for name in also or ())
    names = list(dict.fromkeys(names))
    path = path_to_record(opened, priority)
    edited = edit_file(path, lambda text, values: name_leads(text, values, part.id, names), dry_run)
    if edited is not None:
        _, written = edited
        first, *others = part.lead or (NOBODY,)
        back = ["hscp", "lead", part.id, first]
        back += [word for name in others for word in ("--also", name)]
        line = "" if written.in_git and _is_undone(opened, part.id) else as_typed(back)
        say_document(lead_recorded(part, names, written, line), "auto", opened)
    return 0


def _is_undone(opened: store.Opened, id: str) -> bool:
    """Whether undo takes back by itself who leads a part."""
    from ..editing.unsaved import find_unsaved

    try:
        recorded = find_unsaved(store.open_plan(opened.where)).recorded
    except Mendable:
        return False
    return any(record.kind == "lead" and record.id == id for record in recorded)


def _part_led(opened: store.Opened, id: str, today: date) -> tuple[Priority, Objective | Milestone]:
    """The objective or milestone that an id names, with its priority; of a priority with one
    objective, that. Raises Mistyped where it names none, and Unread as `find_part`."""
    if named := find_objective(opened.plan, id):
        return named
    part = find_part(opened.plan, id, today, opened.sources)
    if not isinstance(part, Priority):
        return part.priority, part.milestone
    if len(part.objectives) == 1 and not part.milestones_:
        return part, part.objectives[0]
    led = [o.id for o in part.objectives] + [m.id for m in part.milestones_]
    if not led:
        what = f"{part.id} is a priority, and has no milestone that anybody could lead"
        raise Mistyped(what, f'Add its first:  hscp add {part.id} "…"')
    lines = "\n".join(f"  hscp lead {id} {quoted('…')}" for id in led[:MOST_SHOWN])
    what = f"{part.id} is a priority; an objective or a milestone has a lead"
    raise Mistyped(what, f"Say which:\n{lines}")
