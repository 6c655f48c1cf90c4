"""Rules about several plans beside each other, which `check` looks at together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..words import ENDED
from ._rule import Finding, rule
from ._walk import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Plan
    from ._rule import Rule


class Beside(NamedTuple):
    """A plan, and another that may carry it on; with their folders as they are typed."""

    plan: Plan
    next: Plan
    here: str
    there: str


@rule("carried-open", "warning")
def carried_open(beside: Beside) -> Iterator[Finding]:
    """What is carried on in the next plan is closed in the earlier one.

    Open in both it counts twice: in every count, list and paper of the two, and whoever leads it
    is asked twice. It comes of half a `carry` that was taken back. `hscp check --plan plan --plan
    next` looks at both.

    Fails:
        # in the plan 2021-23, while P1.2 of 2023-25 says  carried_from: 2021-23/P3.5
        - id: P3.5
          status: on track
    Passes:
        - id: P3.5
          status: closed
          progress:
            - {date: 2023-03-22, note: Carried forward to 2023-25/P1.2., status: closed}
    """
    here, there = beside.plan.head, beside.next.head
    carried = {
        milestone.carried_from.casefold(): (file, path, milestone)
        for file, path, _, milestone in Parts(beside.next).milestones
        if milestone.carried_from and milestone.status not in ENDED
    }
    for file, path, _, milestone in Parts(beside.plan).milestones:
        on = carried.get(here.cite(milestone.id).casefold())
        if on and milestone.status not in ENDED:
            other_file, other_path, other = on
            message = (
                f"{milestone.id} is open here, and {there.cite(other.id)} carries it on, at "
                "{other}: it counts twice"
            )
            again = f"hscp carry {milestone.id} --plan {beside.here} --to {beside.there}"
            back = f"hscp undo {other.id} --plan {beside.there}"
            next_step = f"To close it here:  {again}  Or to take it back there:  {back}"
            yield Finding(file, (*path, "id"), message, next_step, other=(other_file, other_path))


BESIDE_RULES: tuple[Rule[[Beside], Finding], ...] = (carried_open,)
