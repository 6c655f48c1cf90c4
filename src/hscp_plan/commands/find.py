"""`hscp find`: where the plan says some words."""

from __future__ import annotations

from typing import Annotated

from ..options import Argument
from ._look import look
from ._options import AsAt, Color, Format, Json, OfGroup, OfLead, OfPriority, OfStatus, PlanDir, Rev


def run(
    words: Annotated[list[str], Argument(metavar="WORD", help="All must stand in the same text.")],
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
    """Find where the plan says some words: actions, statements, notes, decisions.

    \b
    hscp find strategy            every text that says it
    hscp find "complex case"      words in this order
    hscp find csa launch          both words, in any order
    """
    from ..reports.find import COLUMNS, Find

    seen = look(where, as_at, priority, lead, group, status, rev)
    report = Find(seen.plan, seen.day, tuple(words), seen.only)
    seen.say(report, "json" if json else format, color, COLUMNS)
