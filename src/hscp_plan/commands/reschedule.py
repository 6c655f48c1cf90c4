"""`hscp reschedule`: move a due date, with the reason."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ._by import by_given
from ._complete import ids
from ._dates import day_given, due_given, refuse_moved_already
from ._options import Agreed, By, DryRun, OnDate, PlanDir
from ._record import record, say_touched, target
from ._who import agreed_given


def run(
    id: Annotated[str, Argument(metavar="ID", help="The milestone, such as P1.3.", offers=ids)],
    to: Annotated[
        str, Argument(metavar="DATE", help="The new due date: 2022-06, or +2m from the old.")
    ],
    reason: Annotated[str, Option(metavar="TEXT", help="Why it moves.")],
    agreed: Agreed = None,
    by: By = None,
    date: OnDate = None,
    once: Annotated[
        bool, Option("--once", help="Not again, where the log's last move is this one.")
    ] = False,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Move a due date, and log from, to and why; or give the first to what has none. Says first
    what the move touches, as what-if does.

    \b
    hscp reschedule P1.2 2022-02 --reason "Waits for the ICB"
    hscp reschedule P1.2 +2m --reason "…" --agreed "Executive Board, 19 Jan 2022"
    """
    from ..editing.entries import entry
    from ..editing.record import log_entry
    from ..editing.refusals import clean_note

    at = target(where, id)
    milestone = at.standing.milestone
    day = day_given(date, at.today, at.opened.plan.head)
    why = clean_note(reason)
    if once:
        refuse_moved_already(to, at.standing, day, why)
    due = due_given(to, at.standing, day)
    who = by_given(by, at, ask=not dry_run)
    agreed = agreed_given(agreed, at.opened.plan.head, at.today)
    new = entry(day.text, who, why, None, (milestone.due, due), agreed)
    say_touched(at, due)
    record(at, lambda text, values: log_entry(text, values, milestone.id, new), day, dry_run)
    return 0
