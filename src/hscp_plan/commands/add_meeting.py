"""`hscp add-meeting`: when a board or group meets."""

from __future__ import annotations

from typing import Annotated

from .. import store
from ..cli.options import Argument, Option
from ..errors import Mistyped
from ._complete import groups
from ._look import date_given, note, open_one, say_document
from ._options import DryRun, PlanDir
from ._record import edit_file, today_given
from ._who import ARGUMENTS, who_given


def run(
    date: Annotated[str, Argument(metavar="DATE", help="The day it meets.")],
    group: Annotated[
        str, Argument(metavar="GROUP", help="Which board or group meets.", offers=groups)
    ],
    title: Annotated[
        str | None, Option(metavar="TEXT", help="What it is called, where it has a name.")
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Put a meeting into plan.yaml, past or to come: what "last board" means is counted from these.

    \b
    hscp add-meeting 2026-07-15 "Executive Board"
    """
    from ..editing.meetings import add_meeting
    from ..editing.new_priority import clean_name
    from ..reports.recorded import meeting_recorded

    today = today_given()
    opened = open_one(where, "add-meeting")
    head = opened.plan.head
    day = date_given(date, today, "DATE", head)
    if day.first != day.last:
        raise Mistyped(f"{day.shown} is no single day", "Give the day that it meets.")
    name = who_given(group, head, today, ARGUMENTS[1])
    if head.groups and name not in head.names.values():
        note(f"plan.yaml has no {name} under groups: add it there, to be told of as a board.")
    values = {
        "date": day.text,
        "group": name,
        "title": clean_name(title, "--title") if title else "",
    }
    new = {key: value for key, value in values.items() if value}
    path = opened.folder / store.HEAD
    edited = edit_file(path, lambda text, values: add_meeting(text, values, new), dry_run)
    if edited is not None:
        _, written = edited
        say_document(meeting_recorded(new, day, len(new), written), "auto", opened)
    return 0
