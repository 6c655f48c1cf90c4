"""`hscp changes`: what changed between two times, in plain English."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..errors import Mistyped
from ._look import Look, note, open_one, plan_stood, when
from ._options import At, Shown, Since

if TYPE_CHECKING:
    from datetime import date

    from ..past.times import PastPlan, Time


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
    from ..past.times import commit_before, in_order
    from ..reports.changes import COLUMNS, ChangesReport

    opened = open_one(at.where, "changes")
    today = when(at.as_at, opened.plan.head)
    day = until = today
    before: PastPlan | _Opened
    if at.rev is None:
        before = _not_saved(opened) if since is None else _stood(opened, since, today)
    else:
        later = plan_stood(opened, at.rev, today)
        earlier = (
            commit_before(opened, later) if since is None else plan_stood(opened, since, today)
        )
        if not in_order(opened, earlier, later):
            raise _out_of_order(since, at.rev)
        before, opened = earlier, later.opened
        day, until = (today, today) if at.as_at else (later.day, later.until)
        note(f"Up to the plan as it stood {later.phrase}: commit {later.commit_label}.")
    then, known = (before.time.day, before.time.known) if before.time else (day, until)
    opened = store.with_asked(opened)
    both = comparable(store.with_asked(before.opened), opened)
    plans = (plan_as_at(both.before, known), plan_as_at(both.after, until))
    report = ChangesReport(
        *plans,
        both.changes(*plans),
        before.text,
        day,
        then,
        _opening(before.time),
        both.unread,
        both.untold,
    )
    look = Look(opened, opened.plan, day, "")
    return look.say(report, shown, COLUMNS)


class _Opened(NamedTuple):
    """The plan as its files were when a desk was opened on it."""

    opened: store.Opened
    text: str = "the desk was opened"
    time: None = None


def _stood(opened: store.Opened, since: str, today: date) -> PastPlan:
    """The plan as it stood at a time. Raises NoGit, with what tells of it besides, where there is
    no git to tell."""
    from ..editing import opening
    from ..git.repo import NoGit

    try:
        return plan_stood(opened, since, today)
    except NoGit as none:
        told = [none.next, "What moved, as the logs tell it:  hscp moves",
                "What was decided, with its day:  hscp decisions"]  # fmt: skip
        if opening.held(opened.folder):
            told.append("What changed since the desk was opened:  hscp changes")
        raise NoGit(none.what, "\n".join(told)) from none


def _not_saved(opened: store.Opened) -> PastPlan | _Opened:
    """The plan as the last commit has it; at a desk where no git tells, as it was opened. Raises
    Mistyped where nothing tells."""
    from ..editing import opening
    from ..git.repo import NoGit, Unread
    from ..past.times import last_commit

    held = opening.held(opened.folder)
    if held is None:
        return last_commit(opened)
    try:
        return last_commit(opened)._replace(text="the plan was last kept in git")
    except Unread:
        raise
    except NoGit:
        return _Opened(store.open_at(opened, held, "the opening"))


def _out_of_order(since: str | None, rev: str | None) -> Mistyped:
    """What to say of a --since that is later than --rev."""
    first, last = (f'"{word}"' if " " in str(word) else word for word in (rev, since))
    return Mistyped(
        f"--since {last} is later than --rev {first}",
        f"Give the earlier time first:  hscp changes --since {first} --rev {last}",
    )


def _opening(time: Time | None) -> str:
    """How the sentence for a chair begins; nothing where only revisions are compared."""
    return f"Since {time.meeting_clause or time.text}" if time else ""
