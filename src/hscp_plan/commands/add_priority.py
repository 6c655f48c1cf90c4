"""`hscp add-priority`: a new priority, in a file of its own."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ._look import date_given, note, open_one
from ._new_file import create_file
from ._options import DryRun, PlanDir
from ._record import today_given


def run(
    title: Annotated[str, Argument(metavar="TITLE", help="Its name, as published.")],
    outcome: Annotated[
        str | None, Option(metavar="TEXT", help="What will be different for those it protects.")
    ] = None,
    until: Annotated[
        str | None, Option(metavar="DATE", help="Until when it runs, such as 2028.")
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Begin a new priority, with the next id, in a file of its own.

    \b
    hscp add-priority "Neglect" --until 2028
    """
    from ..editing.new_milestone import taken_ids
    from ..editing.new_priority import NewPriority, clean_name
    from ..editing.refusals import clean_note

    today = today_given()
    opened = open_one(where, "add-priority")
    name = clean_name(title, "the title")
    text = clean_note(outcome) if outcome else None
    ends = date_given(until, today, "--until", opened.plan.head) if until else None
    taken = taken_ids(opened)
    if taken.unknown:
        note(f"The ids on other branches were not looked at: {taken.unknown}.")

    new = NewPriority(opened.where, name, ends and ends.text, text, taken.ids)
    create_file(opened, new, "milestone", "--due DATE", dry_run)
    return 0
