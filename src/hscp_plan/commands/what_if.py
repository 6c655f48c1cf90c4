"""`hscp what-if`: what a move of a due date would touch."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument
from ._complete import ids
from ._dates import due_read
from ._ids import find_milestone
from ._look import open_look_of
from ._options import At, Shown


def run(
    id: Annotated[str, Argument(metavar="ID", help="The milestone, such as P2.2.", offers=ids)],
    to: Annotated[
        str, Argument(metavar="DATE", help="The due date to try: 2022-06, or +2m from the old.")
    ],
    *,
    at: At,
    shown: Shown,
) -> int:
    """Say what a move of a due date would touch: what waits for it, which timescales no longer
    hold, which meeting it misses, who must agree. Nothing is changed.

    \b
    hscp what-if P2.2 2022-03
    hscp what-if P2.2 +2m
    """
    from ..reports.what_if import COLUMNS, WhatIf

    look = open_look_of(at, id)
    standing = find_milestone(look.plan, id, look.day, "a due date", look.opened.sources)
    moved = due_read(to, standing, look.day)
    return look.say(WhatIf(look.plan, look.day, standing, moved), shown, COLUMNS)
