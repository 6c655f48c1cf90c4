"""Rules about what waits for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import nearest
from ..order import Order, circle_text, too_early
from ._rule import Finding, Id, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts


SUGGESTED = 50
"""For how many unknown ids the nearest is looked for, which takes as long as the plan is."""


@rule("after-unknown", "error")
def after_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """A milestone waits for milestones that the plan has.

    Fails:
        after: P2.77
    Passes:
        after: P2.4
    """
    known = {at.milestone.id for at in parts.milestones}
    suggested = 0
    for file, path, _, milestone in parts.milestones:
        for n, id in enumerate(milestone.after):
            if id not in known:
                near = nearest(id, [*known], cutoff=0.5) if suggested < SUGGESTED else None
                suggested += 1
                next_step = f"Did you mean: {near}" if near else "Give a milestone's id."
                message = f"{milestone.id} waits for {id}, and there is no milestone {id}"
                yield Finding(file, (*path, "after", n), message, next_step, absent=Id(id))


@rule("after-circle", "error")
def after_circle(parts: Parts, today: date) -> Iterator[Finding]:
    """No milestone waits for itself, or for what waits for it.

    In a circle nothing could ever be done first.

    Fails:
        - id: P1.2
          after: P1.3
        - id: P1.3
          after: P1.2
    Passes:
        - id: P1.2
        - id: P1.3
          after: P1.2
    """
    if not any(at.milestone.after for at in parts.milestones):
        return
    circles = Order(parts.plan).circles()
    by_id = {at.milestone.id: at for at in parts.milestones} if circles else {}
    for circle in circles:
        file, path, _, last = by_id[circle[-1]]
        where = (*path, "after", last.after.index(circle[0]))
        next_step = "Take out the one that is not so."
        yield Finding(file, where, f"a circle: {circle_text(circle)}", next_step)


@rule("after-order", "warning")
def after_order(parts: Parts, today: date) -> Iterator[Finding]:
    """What waits for another is not due, and does not start, before that is due.

    By the last days: what is due in April is due by 30 April. What is over already, and what has no
    date, contradicts nothing.

    Fails:
        - id: P1.2
          due: 2022-01
          after: P2.4        # which is due in March 2022
    Passes:
        - id: P1.2
          due: 2022-04
          after: P2.4
    """
    waiting = [at for at in parts.milestones if at.milestone.after]
    if not waiting:
        return
    order = Order(parts.plan)
    for file, path, _, milestone in waiting:
        for id in order.awaited(milestone):
            awaited = order.milestones[id]
            if id != milestone.id and (key := too_early(milestone, awaited)):
                early = milestone.start if key == "start" and milestone.start else milestone.due
                message = (
                    f"{milestone.id} {'starts' if key == 'start' else 'is due'} {early.shown}, and "
                    f"waits for {id}, which is due after that: {awaited.due.shown}"
                )
                move = f'hscp reschedule {milestone.id} DATE --reason "…"'
                yield Finding(file, (*path, key), message, f"Move one of the two:  {move}")
