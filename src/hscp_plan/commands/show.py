"""`hscp show`: everything about one milestone or priority."""

from __future__ import annotations

from ._look import open_look
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
    from ..naming.ids import find_part
    from ..reports.show import ShowMilestone, ShowPriority

    look = open_look(at)
    part = find_part(look.plan, id, look.day, look.opened.sources)
    report = (
        ShowPriority(look.plan, look.day, part)
        if isinstance(part, Priority)
        else ShowMilestone(look.plan, look.day, part)
    )
    return look.say(report, shown)
