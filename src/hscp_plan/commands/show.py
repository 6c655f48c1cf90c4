"""`hscp show`: everything about one milestone or priority."""

from __future__ import annotations

from ._look import look
from ._options import AnyId, At, Shown


def run(
    id: AnyId,
    *,
    at: At,
    shown: Shown,
) -> int:
    """Show everything about one milestone or priority.

    \b
    hscp show P1.3    the milestone, with its log
    hscp show P1      the priority, with its milestones and decisions
    """
    from ..model import Priority
    from ..naming.ids import named
    from ..reports.show import ShowMilestone, ShowPriority

    seen = look(at)
    found = named(seen.plan, id, seen.day, seen.opened.sources)
    report = (
        ShowPriority(seen.plan, seen.day, found)
        if isinstance(found, Priority)
        else ShowMilestone(seen.plan, seen.day, found)
    )
    return seen.say(report, shown)
