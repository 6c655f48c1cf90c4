"""What commands do where several plans are named: which of them an id is of, and what is refused of
more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cli.typography import as_typed
from ..errors import Mendable
from ..naming.ids import plan_holding
from ..reports.ask_form import sent
from ..several import open_each, together
from ..words import count

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..asking.form import Mark
    from ..asking.returned import Sent
    from ..store import Opened


def plan_of(where: list[str], id: str) -> Opened:
    """The one of several plans that an id is of. Raises Mistyped where it is of none, or of more
    than one, and Unread where it may be in a file that cannot be read."""
    plans = open_each(where)
    both = together(plans)
    held = plan_holding(both.plan, id, both.sources)
    return next(opened for opened in plans if opened.plan.head.id == held)


def sent_of(opened: Opened, mark: Mark, ids: Collection[str]) -> Sent:
    """What a form said, as `reports.ask_form.sent` tells it, where it or the plans that are looked
    at are several: told of those plans that it asked about, with the ids that are looked at."""
    by_id = {each.plan.head.id: each for each in opened.of or (opened,)}
    asked = [by_id[id] for id in mark.plans if id in by_id]
    plan = asked[0].plan if len(mark.plans) == 1 else together(asked).plan
    head = opened.plan.head
    # What each is called in the form.
    written = {id: _in_plan(id) if len(mark.plans) == 1 else head.cite(id) for id in ids}
    form = sent(plan, mark, [*written.values()])
    here = {form_id: id for id, form_id in written.items()}
    return form._replace(cells={here[id]: cells for id, cells in form.cells.items()})


def _in_plan(id: str) -> str:
    return id.rpartition("/")[2]


class OfOnePlan(Mendable):
    """Several plans were named to a command that is of one. It is not mended as what is mistyped
    is: nobody can tell which was meant."""

    status = 2


def refuse_several(where: list[str], command: str) -> OfOnePlan:
    """What to say of several plans to a command that is of one."""
    lines = (as_typed(["hscp", *command.split(), "--plan", folder]) for folder in where)
    what = f"hscp {command} is of one plan, and this names {count(len(where), 'plan')}"
    return OfOnePlan(what, "\n".join(["Say which:", *(f"  {line}" for line in lines)]))
