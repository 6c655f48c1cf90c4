"""The parts of a plan as the desk shows them: the page of each id, and where to go from there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ..document import Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Milestone, Plan, Priority


def addresses(plan: Plan, read_only: bool = False) -> dict[str, str]:
    """The page of every id: of a part, its own or that of what it stands in; of a measure, where
    its next figure is recorded, if anything is; of a recommendation, what became of it."""
    pages: dict[str, str] = {}
    for review in plan.head.reviews:
        pages |= {each.id: f"/answers?which={quote(each.id)}" for each in review.recommendations}
    for owner in plan.owners:
        own = f"/plan/{quote(owner.id)}"
        pages |= {objective.id: own for objective in owner.objectives}
        for measure in owner.measures:
            pages[measure.id] = own if read_only else _form("measure", id=measure.id)
        for milestone in owner.milestones:
            page = f"/plan/{quote(milestone.id)}"
            pages |= {id: page for id in (milestone.id, milestone.carried_from) if id}
        pages[owner.id] = own
    return pages


def owners_of(plan: Plan) -> dict[str, str]:
    """What each objective and milestone is listed under where one is chosen."""
    owners: dict[str, str] = {}
    for owner in plan.owners:
        ids = (*(o.id for o in owner.objectives), *(m.id for m in owner.milestones))
        owners |= dict.fromkeys(ids, f"{owner.id}  {owner.title}")
    return owners


def _form(command: str, **values: str) -> str:
    return f"/record/{command}?{urlencode(values)}"


def owner_and_milestone(plan: Plan, id: str) -> tuple[Priority, Milestone | None] | None:
    """The priority or register that an id is of, and the milestone; None where it is of none."""
    for owner in plan.owners:
        if owner.id == id:
            return owner, None
        for milestone in owner.milestones:
            if milestone.id == id:
                return owner, milestone
    return None


def to_look_at(owner: Priority, milestone: Milestone) -> tuple[Link, ...]:
    """What there is to see of a milestone beside its page."""
    asked = urlencode({"id": milestone.id})
    return (
        Link(f"{owner.id}  {owner.title}", f"/plan/{quote(owner.id)}"),
        Link("Its story", f"/history?{asked}"),
        Link("What if it moves", f"/what-if?{asked}"),
    )


def to_record(owner: Priority, milestone: Milestone | None) -> tuple[Link, ...]:
    """What can be recorded of a priority or register, or of its milestone, beside its progress."""
    if milestone:
        return (
            Link("Move its due date", _form("reschedule", id=milestone.id)),
            Link("Name who leads it", _form("lead", id=milestone.id)),
            Link("A decision that completes it",
                 _form("decide", id=owner.id, completes=milestone.id)),
            *_differences(milestone.id),
            Link("A milestone that waits for it", _form("add", id=owner.id, after=milestone.id)),
        )  # fmt: skip
    decision = Link("A decision", _form("decide", id=owner.id))
    what = "action" if owner.register else "milestone"
    new = Link(f"A new {what}", _form("add", id=owner.id))
    return (decision, new) if owner.register else (decision, new, *_of_priority(owner))


def _of_priority(priority: Priority) -> Iterator[Link]:
    yield from _differences(priority.id)
    for measure in priority.measures:
        yield Link(f"A figure of {measure.id}", _form("measure", id=measure.id))
    for objective in priority.objectives:
        yield Link(f"Who leads {objective.id}", _form("lead", id=objective.id))
    yield Link("A new objective", _form("add-objective", id=priority.id))
    yield Link("A new measure", _form("add-measure", id=priority.id))


def _differences(id: str) -> tuple[Link, ...]:
    return (
        Link("How far a Board is assured", _form("assure", id=id)),
        Link("A difference that it made", _form("impact", id=id)),
    )
