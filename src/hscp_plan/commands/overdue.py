"""`hscp overdue`: what is late, by how long, who leads."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Option
from ._look import open_look
from ._options import At, Only, Shown


def run(
    exit_code: Annotated[
        bool, Option("--exit-code", help="Leave with status 1 where anything is overdue.")
    ] = False,
    *,
    at: At,
    only: Only,
    shown: Shown,
) -> int:
    """Say what is late, by how long, who leads and what was last said.

    \b
    hscp overdue                          the longest overdue first
    hscp overdue --lead "SE Sub-Group"    only what this lead leads
    """
    from ..reports.overdue import Overdue

    look = open_look(at, only)
    report = Overdue(look.plan, look.day, look.only)
    is_late = exit_code and bool(report.standings())
    return look.say(report, shown, status=int(is_late))
