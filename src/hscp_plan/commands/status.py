"""`hscp status`: where the plan stands."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ._complete import owners
from ._look import open_look
from ._options import At, Only, Shown


def run(
    which: Annotated[
        str | None,
        Argument(metavar="[PRIORITY]", help="Only this priority, such as P1.", offers=owners),
    ] = None,
    measures: Annotated[
        bool, Option(help="The measures: last figures, target, what is missed.")
    ] = False,
    *,
    at: At,
    only: Only,
    shown: Shown,
) -> int:
    """Say where the plan stands: counts, each priority, and what needs attention.

    \b
    hscp status                       the whole plan, today
    hscp status P1                    one priority, with its milestones
    hscp status --as-at 2021-12-15    as it stood on that day
    hscp status --measures            what is counted, and how it stands
    """
    if which:
        only = only._replace(priority=[*(only.priority or ()), which])
    look = open_look(at, only)
    if measures:
        from ..reports.measures import Measures

        report = Measures(look.plan, look.day, look.only)
        return look.say(report, shown, report.columns())
    from ..reports.status import Status

    whole = not (look.only or look.opened.left_out)
    return look.say(Status(look.plan, look.day, look.only, whole), shown)
