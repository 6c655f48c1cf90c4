"""Which milestones of a plan wait for which, directly and on; and where they wait in a circle.

Worked out from `after:` alone. Each way is walked with a list of what is still to be looked at, not
by calling itself: however long a chain is, Python's stack is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .words import ENDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .dates import PlanDate
    from .model import Milestone, Plan
    from .standing import Standing


class Order:
    """Which milestones of a plan wait for which. Of a narrowed plan, those of the whole."""

    def __init__(self, plan: Plan) -> None:
        owners = (plan.narrowed_from or plan).owners
        self.milestones = {m.id: m for owner in owners for m in owner.milestones}
        """Every milestone, by its id."""
        self._waiting: dict[str, list[str]] = {}
        for milestone in self.milestones.values():
            for id in self.awaited(milestone):
                self._waiting.setdefault(id, []).append(milestone.id)

    def awaited(self, milestone: Milestone) -> list[str]:
        """The ids of what a milestone itself waits for, each once; of those that the plan has."""
        return [id for id in dict.fromkeys(milestone.after) if id in self.milestones]

    def waiting(self, id: str) -> list[str]:
        """The ids of what waits for a milestone itself, in the published order."""
        return self._waiting.get(id, [])

    def chain(self, id: str) -> dict[str, str]:
        """Everything that waits for a milestone, itself or through others: each id with that of
        the milestone through which it does. What is nearest comes first; of several ways the
        shortest counts. The milestone is not among them, though it may wait in a circle."""
        through: dict[str, str] = {}
        found = [id]
        for one in found:  # which grows as it is gone through
            for waiting in self.waiting(one):
                if waiting != id and waiting not in through:
                    through[waiting] = one
                    found.append(waiting)
        return through

    def circles(self) -> list[list[str]]:
        """Where milestones wait for each other: of each circle the ids, each of which waits for the
        next, and the last for the first. Of circles that have a milestone in common, one; once that
        is mended, `check` shows the next."""
        circles: list[list[str]] = []
        done: set[str] = set()
        for id in self.milestones:
            if id not in done:
                circles += self._circles_from(id, done)
        return circles

    def _circles_from(self, start: str, done: set[str]) -> list[list[str]]:
        """The circles on the ways from a milestone, which are then `done`."""
        circles: list[list[str]] = []
        path, at = [start], {start: 0}
        told = [-1]  # at each step of the path, the last step up to it that is in a circle told of
        left = [iter(self.awaited(self.milestones[start]))]
        while path:
            id = next(left[-1], None)
            if id is None:
                done.add(path[-1])
                del at[path.pop()]
                told.pop()
                left.pop()
            elif id in at:
                first = at[id]
                if told[-1] < first:
                    circles.append(path[first:])
                    told[first:] = range(first, len(path))
            elif id not in done:
                at[id] = len(path)
                path.append(id)
                told.append(told[-1])
                left.append(iter(self.awaited(self.milestones[id])))
        return circles


def order_of(standings: Iterable[Standing]) -> Order | None:
    """The order of a plan's milestones, where any of these waits for another; else None, and none
    is worked out."""
    waiting = next((standing for standing in standings if standing.milestone.after), None)
    return waiting and Order(waiting.plan)


def too_early(
    milestone: Milestone, awaited: Milestone, due: PlanDate | None = None
) -> Literal["start", "due"] | None:
    """Which date of a milestone comes before that by which what it waits for is due (`due`, where
    that is to move): its own due date, else its start. None where neither does, where one of the
    two is over, or has no date. By the last days: what is due in April is due by 30 April."""
    by = due or awaited.due
    if not by.dated or milestone.status in ENDED or awaited.status in ENDED:
        return None
    if milestone.due.last < by.last:
        return "due"
    return "start" if milestone.start and milestone.start.last < by.last else None


def circle_text(ids: Sequence[str], most: int = 6) -> str:
    """A circle in words: P1.2 waits for P2.4, which waits for P1.2."""
    if len(ids) == 1:
        return f"{ids[0]} waits for itself"
    named = [*ids[:most], ids[0]]
    more = f" ({len(ids) - most:,} more in between)" if len(ids) > most else ""
    last = f", which waits for {named[-1]}{more}"
    return f"{named[0]} waits for " + ", which waits for ".join(named[1:-1]) + last
