"""`hscp history`: the story of one milestone."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument
from ._complete import ids
from ._look import open_look_of
from ._options import AsAt, At, PlanDir, Shown
from ._past import waiting


def run(
    id: Annotated[str, Argument(metavar="ID", help="The milestone, such as P1.3.", offers=ids)],
    where: PlanDir = None,
    as_at: AsAt = None,
    *,
    shown: Shown,
) -> int:
    """Tell the story of a milestone, oldest first: what its log says, and what git kept of it, by
    date, who and why. What was edited by hand, outside the log, is shown as such.

    \b
    hscp history P1.3
    """
    from ..past.versions import milestone_history
    from ..reports.history import COLUMNS, History, Source, Version, events
    from ._ids import find_milestone

    look = open_look_of(At(where, as_at), id)
    standing = find_milestone(look.plan, id, look.day, "history", look.opened.sources)
    id = standing.milestone.id
    past = milestone_history(look.opened, id, waiting())
    versions: list[Version] = [
        Version(Source(c.short, c.day, c.author, c.subject), was, now) for c, was, now in past.steps
    ]
    saved = past.steps[-1].now if past.steps else None
    versions.append(Version(None, saved, look.opened.plan.milestone(id)))
    story = events(look.plan, id, versions, look.day)
    unsaved = not past.steps and not past.missing
    report = History(look.plan, look.day, standing, story, bool(past.steps), unsaved, past.missing)
    return look.say(report, shown, COLUMNS, untold=past.missing)
