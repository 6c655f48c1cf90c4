"""Which of what was recorded and not saved is taken back next, and which may not be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Mistyped, quoted
from ..model import WHOLE_PLAN
from ..order import Order
from ..words import count, listed

if TYPE_CHECKING:
    from ..dates import PlanDate
    from ..model import Plan
    from .recorded import Recorded


def choose(recorded: list[Recorded], id: str | None, day: PlanDate | None) -> Recorded | None:
    """What was typed last; of an id, or of a day, where one is given. None where there is nothing.
    Raises Mistyped where nothing tells which of several."""
    free = [record for record in recorded if not record.holds_more]
    on_day = [record for record in free if day is None or record.date == day]
    candidates = _last_of(on_day, id) if id else last_typed(on_day)
    if len(candidates) > 1:
        raise _several(candidates)
    return candidates[0] if candidates else None


def ways(recorded: list[Recorded]) -> list[tuple[str | None, PlanDate | None] | None]:
    """Of each of these the id and the day by which `choose` finds it, and no other; None where
    something else is to be taken back first."""
    by_id: dict[str, list[Recorded]] = {}
    for record in recorded:
        for id in {record.id, *record.milestones}:
            by_id.setdefault(id, []).append(record)
    found: list[tuple[str | None, PlanDate | None] | None] = []
    for record in recorded:
        # What stands in plan.yaml or asked.yaml has no id of its own.
        own = None if record.asked or record.meeting is not None else record.id
        among = recorded if own is None else by_id[own]
        days = dict.fromkeys((None, record.date))
        found.append(next(((own, day) for day in days if _finds(among, own, day, record)), None))
    return found


def _finds(
    recorded: list[Recorded], id: str | None, day: PlanDate | None, record: Recorded
) -> bool:
    try:
        return choose(recorded, id, day) is record
    except Mistyped:
        return False


def last_typed(recorded: list[Recorded]) -> list[Recorded]:
    """What was typed last: one, where that is known. Where it is not, of the file that was written
    last, whatever day it is of: one of each milestone or priority that has something there, and one
    of each day of a milestone, since an entry goes to its place by date."""
    logged = {id for record in recorded for id in record.logged}
    # A milestone can be taken back once nothing is logged of it.
    free = [r for r in recorded if not (r.kind == "milestone" and r.id in logged)]
    newest = max((record.typed for record in free), default=None)
    if newest is None or newest.known:
        return [record for record in free if record.typed == newest]
    files = {record.file for record in free if record.typed == newest}
    last = {
        (record.id, None if record.of_priority else record.date): record
        for record in free
        if record.file in files
    }
    return list(last.values())


def _last_of(recorded: list[Recorded], id: str) -> list[Recorded]:
    """What was typed last of a milestone, which may be a decision that completes or closes it; or
    of a priority's decisions; or, where it has none, of all its milestones. Where it is not known,
    the newest of the log, or the last of the decisions."""
    of_milestone = [record for record in recorded if id in record.milestones]
    if of_milestone:
        of_milestone += [r for r in recorded if r.kind == "lead" and r.id == id]
    decisions = [record for record in recorded if record.id == id]
    if not of_milestone and not decisions:
        return last_typed([record for record in recorded if record.priority == id])
    known = last_typed(of_milestone or decisions)
    if len(known) == 1:
        return known
    if of_milestone:
        return [max(of_milestone, key=lambda r: int(r.logged[id][-1]) if r.logged else -1)]
    return decisions[-1:]


def _several(candidates: list[Recorded]) -> Mistyped:
    """What to say where nothing tells which of several was recorded last."""
    why = "The order in which they were recorded is not known. To see them:  hscp log"
    ids = list(dict.fromkeys(record.id for record in candidates))
    if len(ids) > 1:
        what = f"{listed(ids)} each have something that is not in git yet"
        return Mistyped(what, f"{why}\nThen give one:  hscp undo ID")
    days = [record.date for record in candidates if record.date]
    what = f"{ids[0]} has entries of {listed(day.shown for day in days)} that are not in git yet"
    of = "" if candidates[0].asked else f" {ids[0]}"
    then = f"Then give the day of one:  hscp undo{of} --date {days[-1].text}"
    return Mistyped(what, f"{why}\n{then}")


def refuse_if_named(plan: Plan, recorded: list[Recorded], milestone: str) -> None:
    """Refuse to take back a new milestone or objective that a decision, an impact or an assurance
    names, or that a milestone waits for: its id would lead nowhere. Raises Mistyped, with what to
    do about the first of these."""
    for waiting in Order(plan).waiting(milestone):
        raise Mistyped(
            f"{waiting} waits for {milestone}, so {milestone} stays",
            _about_waiting(recorded, waiting, milestone),
        )
    for owner, decision in plan.decided:
        if milestone in decision.names:
            whose, items = (
                (owner.id, owner.decisions) if owner else ("the plan", plan.head.decisions)
            )
            cited = f"{whose}'s decision of {decision.date.shown}"
            what = f"{cited}, {quoted(decision.decision)}, names {milestone}"
            id = owner.id if owner else WHOLE_PLAN
            next = _about_decision(recorded, id, items.index(decision), milestone)
            raise Mistyped(f"{what}, so {milestone} stays", next)
    for priority in plan.owners:
        for noun, said in (("impact", priority.impact), ("assurance", priority.assurance)):
            for item in said:
                if milestone in item.about:
                    what = f"{priority.id}'s {noun} of {item.date.shown} is about {milestone}"
                    next = f"Take that back first:  hscp undo {priority.id}"
                    raise Mistyped(f"{what}, so {milestone} stays", next)


def _about_waiting(recorded: list[Recorded], waiting: str, milestone: str) -> str:
    """What to do where a milestone waits for another that is to be taken back."""
    if any(record.kind == "milestone" and record.id == waiting for record in recorded):
        return f"Take {waiting} back first:  hscp undo {waiting}"
    return f"Take {milestone} out of the `after:` of {waiting} first:  hscp edit {waiting}"


def _about_decision(recorded: list[Recorded], priority: str, number: int, milestone: str) -> str:
    """What to do where a priority's decision of this number names a milestone."""
    unsaved = [r.decision for r in recorded if r.id == priority and r.decision is not None]
    if number not in unsaved:
        close = f'hscp progress {milestone} "…" --status closed'
        return f"The decision is saved. To stop {milestone}, close it:  {close}"
    first = f"Take the decision back first:  hscp undo {priority}"
    later = sum(other > number for other in unsaved)
    if not later:
        return first
    newer = f"{count(later, 'newer decision')} of {priority} {'is' if later == 1 else 'are'}"
    return f"{first}\n{newer} taken back before it."
