"""`hscp status`: where the plan stands."""

from __future__ import annotations

from typing import Annotated

from ..options import Argument
from ._complete import priorities
from ._look import look
from ._options import AsAt, Color, Format, Json, OfGroup, OfLead, OfPriority, OfStatus, PlanDir, Rev


def run(
    which: Annotated[
        str | None,
        Argument(metavar="[PRIORITY]", help="Only this priority, such as P1.", offers=priorities),
    ] = None,
    where: PlanDir = None,
    as_at: AsAt = None,
    rev: Rev = None,
    priority: OfPriority = None,
    lead: OfLead = None,
    group: OfGroup = None,
    status: OfStatus = None,
    format: Format = "text",
    json: Json = False,
    color: Color = "auto",
) -> None:
    """Say where the plan stands: counts, each priority, and what needs attention.

    \b
    hscp status                       the whole plan, today
    hscp status P1                    one priority, with its milestones
    hscp status --as-at 2021-12-15    as it stood on that day
    """
    from ..reports.status import Status

    seen = look(
        where, as_at, [*(priority or ()), *([which] if which else ())], lead, group, status, rev
    )
    seen.say(Status(seen.plan, seen.day, seen.only), "json" if json else format, color)
