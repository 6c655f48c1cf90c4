"""`hscp show`: everything about milestones and priorities."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument
from ._complete import ids
from ._look import open_look
from ._options import At, Shown


def run(
    id: Annotated[
        list[str], Argument(metavar="ID", help="A milestone or priority; or several.", offers=ids)
    ],
    *,
    at: At,
    shown: Shown,
) -> int:
    """Show everything about one milestone or priority, or about several.

    \b
    hscp show P1.3    the milestone, with its log
    hscp show P1      the priority, with its milestones and decisions
    """
    from ..reports.show import show
    from ._ids import find_part

    look = open_look(at)
    parts = [find_part(look.plan, one, look.day, look.opened.sources) for one in id]
    return look.say(show(look.plan, look.day, parts), shown)
