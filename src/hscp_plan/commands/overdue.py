"""`hscp overdue`: what is late, by how long, who leads."""

from __future__ import annotations

from typing import Annotated

from ..options import Option
from ._look import look
from ._options import AsAt, Color, Format, Json, OfGroup, OfLead, OfPriority, OfStatus, PlanDir, Rev


def run(
    exit_code: Annotated[
        bool, Option("--exit-code", help="Leave with status 1 where anything is overdue.")
    ] = False,
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
    """Say what is late, by how long, who leads and what was last said.

    \b
    hscp overdue                          the longest overdue first
    hscp overdue --lead "SE Sub-Group"    only what this lead leads
    """
    from ..reports.overdue import Overdue

    seen = look(where, as_at, priority, lead, group, status, rev)
    report = Overdue(seen.plan, seen.day, seen.only)
    found = exit_code and bool(report.found())
    seen.say(report, "json" if json else format, color, status=int(found))
