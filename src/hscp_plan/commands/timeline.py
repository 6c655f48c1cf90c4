"""`hscp timeline`: the plan as bars over the months."""

from __future__ import annotations

from ._look import look
from ._options import AsAt, Color, Format, Json, OfGroup, OfLead, OfPriority, OfStatus, PlanDir, Rev


def run(
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
    """Draw the plan as bars over its months.

    \b
    hscp timeline                 all of it
    hscp timeline --priority P1   one priority
    """
    from ..reports.timeline import Timeline

    seen = look(where, as_at, priority, lead, group, status, rev)
    seen.say(Timeline(seen.plan, seen.day, seen.only), "json" if json else format, color)
