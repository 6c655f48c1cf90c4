"""What an id names, however a person types it: p1.3, P1.3, p1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import Mistyped, nearest, quoted
from .model import Priority
from .standing import standings
from .words import listed

if TYPE_CHECKING:
    from datetime import date

    from .model import Plan
    from .standing import Standing


def named(plan: Plan, text: str, day: date) -> Standing | Priority:
    """The milestone or priority that an id names. Raises Mistyped where it names none."""
    folded = text.strip().casefold()
    for priority in plan.priorities:
        if priority.id.casefold() == folded:
            return priority
    found = standings(plan, day)
    for standing in found:
        if standing.milestone.id.casefold() == folded:
            return standing
    for priority in plan.priorities:
        parts = [o.id for o in priority.objectives] + [m.id for m in priority.measures]
        if any(id.casefold() == folded for id in parts):
            raise Mistyped(f"{quoted(text)} is a part of {priority.id}", f"hscp show {priority.id}")
    raise _unknown(plan, text, found)


def milestone_named(plan: Plan, text: str, day: date, what: str) -> Standing:
    """The milestone that an id names; `what` is of milestones only. Raises Mistyped for any other
    id."""
    found = named(plan, text, day)
    if isinstance(found, Priority):
        ids = [m.id for m in found.milestones]
        known = f"{found.id} has {', '.join(ids[:12])}." if ids else ""
        raise Mistyped(f"{found.id} is a priority; {what} is of a milestone", known)
    return found


def _unknown(plan: Plan, text: str, found: list[Standing]) -> Mistyped:
    actions = {s.milestone.id: s.milestone.action for s in found}
    titles = {p.id: p.title for p in plan.priorities}
    near = nearest(text, [*actions, *titles])
    asked = f"there is no {quoted(text)[1:-1] or 'id without letters'}"
    if near is None:
        known = listed(titles) if titles else "none"
        return Mistyped(asked, f"The priorities are {known}; hscp find WORD looks for words.")
    words = actions.get(near) or titles[near]
    short = words if len(words) <= 50 else f"{words[:49].rstrip()}…"
    owner = next((s.priority for s in found if s.milestone.id == near), None)
    hint = f"Did you mean {near} ({short})?"
    if owner:
        own = [s.milestone.id for s in found if s.priority is owner]
        hint += f"\n{owner.id} has {own[0]} to {own[-1]}." if len(own) > 1 else ""
    return Mistyped(asked, hint)
