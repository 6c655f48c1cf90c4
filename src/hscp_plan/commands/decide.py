"""`hscp decide`: a Board's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

from ..cli.options import Argument, Option
from ..errors import Mistyped, quoted
from ..model import Outcome
from ._closing import Left, ask_left, closing
from ._complete import ids, leads, outcomes, owners
from ._dates import day_given
from ._look import say_document
from ._options import DryRun, OnDate, PlanDir
from ._record import edit_file, owner
from ._text import refuse_no_text, word_given
from ._who import who_given

if TYPE_CHECKING:
    from ..standing import Standing
    from ._closing import Closing


def run(
    id: Annotated[str, Argument(metavar="PRIORITY", help="Such as P1.", offers=owners)],
    decision: Annotated[str, Argument(metavar="DECISION", help="What was decided.")],
    by: Annotated[str, Option("--by", metavar="GROUP", help="Who decided.", offers=leads)],
    outcome: Annotated[
        str | None,
        Option(
            metavar="WORD",
            help="What it means for the priority: continue, close, change, carry forward.",
            offers=outcomes,
        ),
    ] = None,
    completes: Annotated[
        str | None,
        Option(
            metavar="ID",
            help="The milestone it completes.",
            offers=ids,
            instead="A decision completes one milestone: record it once for each of the two.",
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        Option(metavar="ID", help="What it is about, if not the priority.", offers=ids),
    ] = None,
    note: Annotated[str | None, Option(metavar="TEXT", help="Anything to add.")] = None,
    left: Annotated[
        Left | None,
        Option("--open", help="Of a priority that is closed: what becomes of what is open."),
    ] = None,
    date: OnDate = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Record a Board's decision, and with --completes its milestone, in one edit.

    With --outcome close, --open says what becomes of milestones that are still open: close, carry
    (closed here, and carried forward to the next plan) or keep.

    \b
    hscp decide P1 "Neglect continues." --by "Executive Board" --outcome continue
    hscp decide P1 "Report received." --by "Executive Board" --completes P1.7
    hscp decide P2 "Aims met." --by "Executive Board" --outcome close --open carry
    """
    from ..editing.record import as_written, clean_note, decision_on_rest, record_decisions
    from ..reports.recorded import decision_recorded

    if not outcome and decision.strip(" .").casefold() in get_args(Outcome):
        raise Mistyped(
            f"{quoted(decision)} alone is an outcome, and no decision",
            "Put --outcome before it; the decision says what was decided, in words.",
        )
    at = owner(where, id)
    head = at.opened.plan.head
    day = day_given(date, at.today, head)
    refuse_no_text(decision, "decision", at.opened.plan, at.today)
    done = at.milestone(completes) if completes else None
    answers = {
        "date": day.text,
        "by": who_given(by, at.opened.plan.head, at.today, "--by"),
        "decision": clean_note(decision),
        "outcome": outcome and word_given(outcome, get_args(Outcome), "an outcome"),
        "about": at.ids(about or ()),
        "completes": done and done.milestone.id,
        "note": clean_note(note) if note else None,
    }
    values = {key: value for key, value in answers.items() if value}
    closes = closing(at, values, left)
    how = left or (ask_left(at, closes.rest) if closes.rest else "close")
    ends = _ends(values, done, closes, how)
    beside = decision_on_rest(values, how, [s.milestone.id for s in closes.rest])
    new = [values, beside] if beside else [values]
    said = {id: as_written(end, head.scale) for id, end in ends.items()}
    edited = edit_file(
        at.path, lambda text, values: record_decisions(text, values, new, said), dry_run
    )
    if edited is not None:
        _, written = edited
        say_document(decision_recorded(at.priority, new, ends, written, head), "auto", at.opened)
    return 0


def _ends(
    decision: dict[str, Any], done: Standing | None, closes: Closing, how: Left
) -> dict[str, dict[str, Any]]:
    """The log entries of the milestones that a decision completes or closes, by id."""
    from ..editing.record import ending_entry

    ends: dict[str, dict[str, Any]] = {}
    if done and done.milestone.status != "complete":
        ends[done.milestone.id] = ending_entry(decision, "complete")
    for standing in closes.by_id:
        ends[standing.milestone.id] = ending_entry(decision, "close", standing.last_said)
    if how != "keep":
        for standing in closes.rest:
            ends[standing.milestone.id] = ending_entry(decision, how, standing.last_said)
    return ends
