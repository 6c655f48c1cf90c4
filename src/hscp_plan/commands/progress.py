"""`hscp progress`: say how a milestone is going."""

from __future__ import annotations

from typing import Annotated

from ..as_at import milestone_at
from ..cli.options import Argument, Option
from ..errors import Mistyped
from ._by import by_given
from ._complete import ids, said_statuses, unreported
from ._dates import day_given, due_given, refuse_moved_already
from ._occurrence import occurrence_given, occurrence_meant
from ._options import Agreed, By, DryRun, Evidence, OnDate, PlanDir
from ._record import record, say_touched, status_given, target
from ._text import refuse_no_text
from ._theme import Themes, themes_given
from ._who import agreed_given


def run(
    id: Annotated[
        str | None,
        Argument(metavar="[ID]", help="The milestone, such as P1.3.", offers=ids),
    ] = None,
    note: Annotated[
        str | None, Argument(metavar="[NOTE]", help="What happened, in a sentence or two.")
    ] = None,
    status: Annotated[
        str | None,
        Option(metavar="STATUS", help="Its new status.", offers=said_statuses),
    ] = None,
    due: Annotated[
        str | None, Option(metavar="DATE", help="Its new due date; the note says why.")
    ] = None,
    occurrence: Annotated[
        str | None,
        Option(
            "--for",
            metavar="DATE",
            offers=unreported,
            help='Of recurring work: which occurrence this reports, as "Q3 2021/22"; or none.',
        ),
    ] = None,
    by: By = None,
    date: OnDate = None,
    evidence: Evidence = None,
    agreed: Agreed = None,
    theme: Themes = None,
    dry_run: DryRun = False,
    no_input: Annotated[bool, Option("--no-input", help="Never ask.")] = False,
    where: PlanDir = None,
) -> int:
    """Record progress by editing the plan's file: a new entry in its place by date in the
    milestone's log, after any of the same day. With nothing said, it asks.

    \b
    hscp progress P1.3 "Trial began with two teams." --status "on track"
    hscp progress P1.3 "Evaluated." --status complete --evidence "Minutes, item 4"
    hscp progress P1.8 "Presented." --for "Q3 2021/22"
    """
    from ..editing.change import AlreadyRecorded
    from ..editing.entries import as_written, entry
    from ..editing.record import log_entry
    from ..editing.refusals import clean_note

    if id is None:
        from ._ask import ask

        id, note, status, cited = ask(where, no_input)
        note, status, evidence = note or None, status or None, [cited] if cited else None
    at = target(where, id)
    milestone, head = at.standing.milestone, at.opened.plan.head
    day = day_given(date, at.today, head)
    new_status = status_given(status, head)
    text = clean_note(note) if note is not None else None
    if text and not status:
        refuse_no_text(text, "note", at.opened.plan, at.today)
    then = milestone_at(milestone, day.last)
    if new_status == then.status and then.progress.status in (None, new_status):
        if not (text or due or evidence):
            late = milestone.progress.newest > day.last
            word = head.written(new_status)
            says = f'said "{word}" on {day.shown}' if late else f'says "{word}"'
            raise AlreadyRecorded(f"{milestone.id} already {says}")
        new_status = None
    if not (text or new_status or due or evidence):
        raise Mistyped(
            "there is nothing to record", f'Say what happened: hscp progress {milestone.id} "…"'
        )
    if (due or new_status == "closed") and not text:
        why = "A due date moves" if due else "A milestone is closed"
        raise Mistyped(f"{why} with a reason", "Give the reason as the note.")
    if due:
        refuse_moved_already(due, at.standing, day, text)
    moved = (milestone.due, due_given(due, at.standing, day, new_status)) if due else None
    about = occurrence_given(occurrence, at.standing, day, at.today)
    if occurrence is None and (text or evidence) and not due and new_status != "closed":
        ends, ask_which = new_status == "complete", not (no_input or dry_run)
        about = occurrence_meant(at.standing, day, at.today, ends=ends, ask=ask_which)
    themes = themes_given(theme, at.opened.plan)
    who = by_given(by, at, ask=not (no_input or dry_run))
    agreed = agreed_given(agreed, head, at.today)
    shows = tuple(evidence or ())
    new = entry(day.text, who, text, new_status, moved, agreed, shows, about, themes)
    new = as_written(new, head.scale)
    if moved:
        say_touched(at, moved[1])
    record(at, lambda text, values: log_entry(text, values, milestone.id, new), day, dry_run)
    return 0
