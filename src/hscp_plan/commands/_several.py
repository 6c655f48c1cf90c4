"""What commands do where several plans are named: which of them an id is of, and what is refused of
more than one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cli.typography import as_typed
from ..errors import Mistyped
from ..naming.ids import plan_holding
from ..several import open_each, together
from ..words import count

if TYPE_CHECKING:
    from ..store import Opened


def plan_of(where: list[str], id: str) -> Opened:
    """The one of several plans that an id is of. Raises Mistyped where it is of none, or of more
    than one, and Unread where it may be in a file that cannot be read."""
    plans = open_each(where)
    both = together(plans)
    held = plan_holding(both.plan, id, both.sources)
    return next(opened for opened in plans if opened.plan.head.id == held)


def refuse_several(where: list[str], command: str) -> Mistyped:
    """What to say of several plans to a command that is of one."""
    lines = (as_typed(["hscp", *command.split(), "--plan", folder]) for folder in where)
    what = f"hscp {command} is of one plan, and this names {count(len(where), 'plan')}"
    return Mistyped(what, "\n".join(["Say which:", *(f"  {line}" for line in lines)]))
