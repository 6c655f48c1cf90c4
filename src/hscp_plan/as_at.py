"""A plan as its own log says it was on a day: what was logged after it does not count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .agreement import added_since
from .dates import UNCONFIRMED, UNDATED
from .model import Log

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from typing import TypeVar

    from .frozen import Frozen
    from .model import Head, Milestone, Objective, Plan, Priority, Round

    P = TypeVar("P", bound=Frozen)


def as_at(plan: Plan, day: date) -> Plan:
    """The plan as its own log says it was on a day: what was logged after it does not count.

    A due date goes back to what it was before its later moves, a status to the last one logged by
    then, and what was added since is not there. What was edited without a log entry cannot be taken
    back.
    """
    files = {name: _priority_at(p, day, plan.head_of(p)) for name, p in plan.files.items()}
    beside = tuple(_priority_at(p, day, plan.head_of(p)) for p in plan.beside)
    whole = plan.narrowed_from and as_at(plan.narrowed_from, day)
    head = _known_at(plan.head, ("decisions",), day)
    asked = asked_at(plan, day)
    return plan._replace(head=head, files=files, beside=beside, asked=asked, narrowed_from=whole)


def asked_at(plan: Plan, day: date) -> tuple[Round, ...]:
    """Who had been asked by a day, and who had answered."""
    return tuple(_round_at(round, day) for round in plan.asked if round.date.first <= day)


def _round_at(round: Round, day: date) -> Round:
    is_later = round.answered and round.answered.first > day
    return round.replace(answered=None) if is_later else round


def milestone_at(milestone: Milestone, day: date) -> Milestone:
    """One milestone as its own log says it was on a day."""
    if milestone.progress.newest <= day:
        return milestone
    known = Log(entry for entry in milestone.progress if entry.date.first <= day)
    later = [entry for entry in milestone.progress if entry.date.first > day]
    status = milestone.status
    if any(entry.status for entry in later):
        status = known.status or "not started"
    move = next((e for e in later if e.moved), None)
    due = move.moved.from_ if move and move.moved else milestone.due
    if due == UNCONFIRMED and not milestone.after:
        due = UNDATED  # what it waited for then is not told any more
    review = milestone.review if due.ongoing else None
    if due.ongoing and review is None and move:
        review = move.date  # no log says when it was to be looked at; then, it was
    return milestone.replace(progress=known, status=status, due=due, review=review)


def is_added_later(milestone: Milestone, head: Head, day: date) -> bool:
    """Whether a milestone was added to the plan that was agreed after a day. One of which something
    was logged by then was there, whatever is said of when it was added."""
    added = added_since(milestone, head)
    if added is None or added.date.first <= day:
        return False
    return all(entry.date.first > day for entry in milestone.progress)


def added_later(plan: Plan, day: date) -> list[Milestone]:
    """The milestones that `as_at` leaves out of a plan on a day."""
    return [
        milestone
        for owner in plan.owners
        for milestone in owner.milestones
        if milestone.added and is_added_later(milestone, plan.head_of(milestone), day)
    ]


def _priority_at(priority: Priority, day: date, head: Head) -> Priority:
    sections = [_objective_at(section, day, head) for section in priority.sections]
    if any(a is not b for a, b in zip(sections, priority.sections, strict=True)):
        priority = priority.with_sections(sections)
    return _known_at(priority, ("decisions", "impact", "assurance"), day)


def _known_at(part: P, names: Iterable[str], day: date) -> P:
    """A part without what was added to these lists of it after a day."""
    changed: dict[str, Any] = {}
    for name in names:
        items = getattr(part, name)
        known = tuple([item for item in items if item.date.first <= day])
        if len(known) < len(items):
            changed[name] = known
    return part.replace(**changed) if changed else part


def _objective_at(objective: Objective, day: date, head: Head) -> Objective:
    later = [m.id for m in objective.milestones if m.added and is_added_later(m, head, day)]
    if later or any(m.progress.newest > day for m in objective.milestones):
        known = (m for m in objective.milestones if m.id not in later)
        return objective.replace(milestones=tuple([milestone_at(m, day) for m in known]))
    return objective
