"""`hscp moves`: every due date that moved."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Option
from ._look import open_look
from ._options import AsAt, At, Only, PlanDir, Shown
from ._past import waiting


def run(
    not_agreed: Annotated[
        bool, Option("--not-agreed", help="Only those for which no agreement is recorded.")
    ] = False,
    where: PlanDir = None,
    as_at: AsAt = None,
    *,
    only: Only,
    shown: Shown,
) -> int:
    """Say every due date that ever moved: first promised, now, how far, why, and who agreed; then
    what was closed, or completed where a Board decides.

    What was changed by hand, with nothing in the log, is found in git.

    \b
    hscp moves                 the furthest first
    hscp moves --not-agreed    only those for which no agreement is recorded
    """
    from ..past.versions import find_slides
    from ..reports.moves import COLUMNS, Move, Moves, by_hand

    look = open_look(At(where, as_at), only)
    slid, missing = find_slides(look.opened, waiting())
    by_hand_moves: dict[str, list[Move]] = {}
    for id, commit, was, now in slid:
        day = commit.day if commit else look.day
        who = f"{commit.author} (commit {commit.short})" if commit else "not saved in git yet"
        if day <= look.day:
            by_hand_moves.setdefault(id, []).append(by_hand(day, was, now, who))
    untold = " ".join(filter(None, (missing, look.untold)))
    report = Moves(look.plan, look.day, look.only, by_hand_moves, not_agreed, untold)
    return look.say(report, shown, COLUMNS, untold=untold)
