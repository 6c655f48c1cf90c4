"""`hscp decide`: a Board's decision."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, get_args

from .. import store
from ..cli.options import Argument, Option
from ..errors import Mistyped, quoted
from ..model import WHOLE_PLAN, Head, Outcome, Priority
from ..naming.ids import is_whole_plan
from ._closing import Closing, Left, ask_left, closing
from ._complete import groups, ids, outcomes, owners_and_plan
from ._complete import left as left_words
from ._dates import day_given
from ._ids import find_milestone
from ._look import open_of, say_document
from ._options import DryRun, OnDate, PlanDir
from ._record import (
    Owner,
    edit_files,
    file_to_record,
    id_named,
    owner_in,
    path_to_record,
    today_given,
)
from ._text import refuse_no_text, word_given
from ._who import who_given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from ..editing.change import Change
    from ..standing import Standing


def run(
    id: Annotated[
        str,
        Argument(
            metavar="PRIORITY",
            help="Such as P1; or plan, for the whole plan.",
            offers=owners_and_plan,
        ),
    ],
    decision: Annotated[str, Argument(metavar="DECISION", help="What was decided.")],
    by: Annotated[str, Option("--by", metavar="GROUP", help="Who decided.", offers=groups)],
    outcome: Annotated[
        str | None,
        Option(
            metavar="WORD",
            help="What it means for the priority: continue, close, change, carry forward.",
            offers=outcomes,
        ),
    ] = None,
    completes: Annotated[
        list[str] | None,
        Option(metavar="ID", help="A milestone it completes. May be given again.", offers=ids),
    ] = None,
    about: Annotated[
        list[str] | None,
        Option(
            metavar="ID",
            help="What it is about, if not the priority; plan for the whole plan.",
            offers=ids,
        ),
    ] = None,
    note: Annotated[str | None, Option(metavar="TEXT", help="Anything to add.")] = None,
    left: Annotated[
        Left | None,
        Option(
            "--open",
            help="Of a priority that is closed: what becomes of what is open.",
            offers=left_words,
        ),
    ] = None,
    date: OnDate = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Record a Board's decision, and with --completes its milestones, in one edit.

    With --outcome close, --open says what becomes of milestones that are still open: close, carry
    (closed here, and carried forward to the next plan) or keep.

    \b
    hscp decide P1 "Neglect continues." --by "Executive Board" --outcome continue
    hscp decide P1 "Report received." --by "Executive Board" --completes P1.7
    hscp decide P2 "Aims met." --by "Executive Board" --outcome close --open carry
    hscp decide plan "The plan is extended by a year." --by "Executive Board"
    """
    from ..editing.entries import decision_on_rest
    from ..editing.refusals import clean_note
    from ..reports.recorded import decision_recorded

    if not outcome and decision.strip(" .").casefold() in get_args(Outcome):
        raise Mistyped(
            f"{quoted(decision)} alone is an outcome, and no decision",
            "Put --outcome before it; the decision says what was decided, in words.",
        )
    opened, today = open_of(where, id), today_given()
    at = None if is_whole_plan(opened.plan, id) else owner_in(opened, id, today)
    head = opened.plan.head
    day = day_given(date, today, head)
    refuse_no_text(decision, "decision", opened.plan, today)
    done = _completed(opened, completes or (), today)
    answers = {
        "date": day.text,
        "by": who_given(by, head, today, "--by"),
        "decision": clean_note(decision),
        "outcome": outcome and word_given(outcome, get_args(Outcome), "an outcome"),
        "about": _about(opened, about or (), today, at),
        "completes": [standing.milestone.id for standing in done],
        "note": clean_note(note) if note else None,
    }
    values = {key: value for key, value in answers.items() if value}
    if len(done) == 1:
        values["completes"] = done[0].milestone.id
    closes = closing(at, values, left)
    how = left or (ask_left(at, closes.rest) if at and closes.rest else "close")
    ends = _ends(values, done, closes, how)
    beside = decision_on_rest(values, how, [s.milestone.id for s in closes.rest])
    new = [values, beside] if beside else [values]
    written = edit_files(_changes(opened, at, new, ends), dry_run)
    if written is not None:
        of = at.priority if at else None
        said = {standing.milestone.id: entry for standing, entry in ends}
        say_document(decision_recorded(of, new, said, written, head), "auto", opened)
    return 0


def _about(opened: store.Opened, given: Iterable[str], today: date, at: Owner | None) -> list[str]:
    """The ids that it is about, or plan for the whole plan; none where that is what it is recorded
    of."""
    plan = opened.plan
    ids = [WHOLE_PLAN if is_whole_plan(plan, id) else id_named(opened, id, today) for id in given]
    return [] if ids == [at.priority.id if at else WHOLE_PLAN] else list(dict.fromkeys(ids))


def _completed(opened: store.Opened, given: Iterable[str], today: date) -> list[Standing]:
    """The milestones that are completed, each once, of whichever priority."""
    found = [find_milestone(opened.plan, i, today, "--completes", opened.sources) for i in given]
    return list({standing.milestone.id: standing for standing in found}.values())


Ends = list[tuple["Standing", dict[str, Any]]]
"""Milestones that a decision completes or closes, each with the entry that says so."""


def _ends(decision: dict[str, Any], done: list[Standing], closes: Closing, how: Left) -> Ends:
    """The milestones that a decision completes or closes, and their log entries."""
    from ..editing.entries import ending_entry

    ends = [
        (s, ending_entry(decision, "complete")) for s in done if s.milestone.status != "complete"
    ]
    ends += [(s, ending_entry(decision, "close", s.last_said)) for s in closes.by_id]
    if how != "keep":
        ends += [(s, ending_entry(decision, how, s.last_said)) for s in closes.rest]
    return ends


def _changes(
    opened: store.Opened, at: Owner | None, new: list[dict[str, Any]], ends: Ends
) -> Mapping[Path, Callable[[str, dict[str, Any]], Change]]:
    """The changes of the file that the decisions go into, and of those that hold the other
    milestones."""
    from ..editing.entries import as_written
    from ..editing.record import record_decisions, record_ends

    first = at.path if at else file_to_record(opened, store.HEAD)
    by_file: dict[Path, dict[str, Any]] = {first: {}}
    for standing, entry in ends:
        path = path_to_record(opened, standing.priority)
        said = as_written(entry, opened.plan.head.scale)
        by_file.setdefault(path, {})[standing.milestone.id] = said
    kind = Priority if at else Head
    changes = {path: partial(record_ends, ends=some) for path, some in by_file.items()}
    changes[first] = partial(record_decisions, decisions=new, ends=by_file[first], kind=kind)
    return changes
