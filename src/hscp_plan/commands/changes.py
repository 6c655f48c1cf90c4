"""`hscp changes`: what changed between two times, in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ._look import Look, note, when
from ._options import AsAt, PlanDir, Rev, Shown, Since

if TYPE_CHECKING:
    from ..times import Then


def run(
    since: Since = None,
    rev: Rev = None,
    where: PlanDir = None,
    as_at: AsAt = None,
    *,
    shown: Shown,
) -> None:
    """Say what changed: since the last commit, or since a revision, a day or a meeting; up to the
    files as they are, or up to --rev.

    \b
    hscp changes                             what is not saved yet
    hscp changes --since "last board"        for the next meeting's papers
    hscp changes --since main --format markdown
    """
    from ..changes import changes
    from ..reports.changes import COLUMNS, ChangesReport
    from ..standing import as_at as plan_as_at
    from ..times import comparable, last_commit, plan_then

    today = when(as_at)
    opened = store.open_plan(store.find(where))
    before = plan_then(opened, since, today) if since is not None else last_commit(opened)
    day = today
    if rev is not None:
        later = plan_then(opened, rev, today)
        opened, day = later.opened, today if as_at else later.day
        note(f"Up to the plan as it stood {later.stood}: commit {later.known}.")
    then = before.day if before.passing else day
    if any(source.left_out for source in before.opened.sources):
        note(f"Commit {before.known} has errors: what they spoil is not compared.")
    was, now = comparable(before.opened, opened)
    plans = (plan_as_at(was, then), plan_as_at(now, day))
    report = ChangesReport(*plans, changes(*plans), before.said, day, then, _opening(before))
    seen = Look(opened, opened.plan, day, "")
    seen.say(report, shown, COLUMNS)


def _opening(before: Then) -> str:
    """How the sentence for a chair begins; nothing where only revisions are compared."""
    if before.meeting:
        return f"Since you met on {before.said}"
    return f"Since {before.said}" if before.passing else ""
