"""`hscp changes`: what changed between two times, in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ..errors import Mistyped
from ._look import Look, note, open_one, plan_stood, when
from ._options import At, Shown, Since

if TYPE_CHECKING:
    from ..past.times import PastPlan


def run(
    since: Since = None,
    *,
    at: At,
    shown: Shown,
) -> int:
    """Say what changed: since the last commit, or since a revision, a day or a meeting; up to the
    files as they are, or up to --rev. With --rev alone: what that commit changed.

    \b
    hscp changes                             what is not saved yet
    hscp changes --since "last board"        for the next meeting's papers
    hscp changes --since main --format markdown
    """
    from ..as_at import as_at as plan_as_at
    from ..past.comparing import comparable
    from ..past.times import commit_before, in_order, last_commit
    from ..reports.changes import COLUMNS, ChangesReport

    opened = open_one(at.where, "changes")
    today = when(at.as_at, opened.plan.head)
    later = None if at.rev is None else plan_stood(opened, at.rev, today)
    if since is not None:
        before = plan_stood(opened, since, today)
    else:
        before = commit_before(opened, later) if later else last_commit(opened)
    day = until = today
    if later:
        if not in_order(opened, before, later):
            raise _out_of_order(since, at.rev)
        opened = later.opened
        day, until = (today, today) if at.as_at else (later.day, later.until)
        note(f"Up to the plan as it stood {later.phrase}: commit {later.commit_label}.")
    then, known = (before.day, before.until) if before.time else (day, until)
    opened = store.with_asked(opened)
    both = comparable(store.with_asked(before.opened), opened)
    plans = (plan_as_at(both.before, known), plan_as_at(both.after, until))
    report = ChangesReport(
        *plans,
        both.changes(*plans),
        before.text,
        day,
        then,
        _opening(before),
        both.unread,
        both.untold,
    )
    look = Look(opened, opened.plan, day, "")
    return look.say(report, shown, COLUMNS)


def _out_of_order(since: str | None, rev: str | None) -> Mistyped:
    """What to say of a --since that is later than --rev."""
    first, last = (f'"{word}"' if " " in str(word) else word for word in (rev, since))
    return Mistyped(
        f"--since {last} is later than --rev {first}",
        f"Give the earlier time first:  hscp changes --since {first} --rev {last}",
    )


def _opening(before: PastPlan) -> str:
    """How the sentence for a chair begins; nothing where only revisions are compared."""
    if before.time is None:
        return ""
    return f"Since {before.time.meeting_clause or before.text}"
