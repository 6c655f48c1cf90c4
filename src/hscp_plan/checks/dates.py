"""Rules about dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._rule import Finding, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts


@rule("start-after-due", "error")
def start_after_due(parts: Parts, today: date) -> Iterator[Finding]:
    """A milestone starts before it is due.

    Fails:
        start: 2022-04
        due: 2022-01
    Passes:
        start: 2021-12
        due: 2022-01
    """
    for file, path, _, milestone in parts.milestones:
        start, due = milestone.start, milestone.due
        if start and start.first > due.last:
            message = f"{milestone.id} starts in {start.shown}, after it is due in {due.shown}"
            yield Finding(file, (*path, "start"), message, "Put one of the two dates right.")


@rule("due-missing", "warning")
def due_missing(parts: Parts, today: date) -> Iterator[Finding]:
    """An open milestone says when it is due.

    Without a date it is never late, and nobody is asked. `ongoing` is only for what has no end, and
    `to be confirmed` for what waits for another, which `after:` names.

    Fails:
        - id: P1.3
          action: Trial launched
    Passes:
        - id: P1.3
          due: 2021-09
          action: Trial launched
    """
    for file, path, _, milestone in parts.milestones:
        if not milestone.due.text and milestone.status not in ("complete", "closed"):
            id = milestone.id
            message = f"{id} has no due date"
            next_step = f'Give it one, and say why:  hscp reschedule {id} DATE --reason "…"'
            absent = Part(file, (*path, "due"))
            yield Finding(file, (*path, "id"), message, next_step, absent=absent)


@rule("outside-period", "warning")
def outside_period(parts: Parts, today: date) -> Iterator[Finding]:
    """A milestone is due within the period that plan.yaml gives.

    A date outside it is often a slip of the year. A milestone that was moved past the plan's end
    is not warned of: its log says why. Nor is one that is carried on from an earlier plan.

    Fails:
        due: 2032-04        # the plan runs to March 2023
    Passes:
        due: 2022-04
    """
    period = parts.plan.head.period
    for file, path, _, milestone in parts.milestones:
        due = milestone.due
        if not due.dated:
            continue
        outside = due.last < period.start.first or due.first > period.end.last
        if outside and not milestone.carried_from and not milestone.moves:
            span = f"{period.start.shown} to {period.end.shown}"
            message = f"{milestone.id} is due in {due.shown}, outside the plan's period ({span})"
            yield Finding(file, (*path, "due"), message, "Put the date right, or the period.")


@rule("period-backwards", "error")
def period_backwards(parts: Parts, today: date) -> Iterator[Finding]:
    """The plan's period ends after it starts.

    Fails:
        period: {start: 2023-04, end: 2021-03}
    Passes:
        period: {start: 2021-04, end: 2023-03}
    """
    period = parts.plan.head.period
    if period.end.last < period.start.first:
        message = f"the period ends in {period.end.shown}, before it starts"
        yield Finding("plan.yaml", ("period", "end"), message, "Put one of the two dates right.")
