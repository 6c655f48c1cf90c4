"""`hscp decide`: a Board's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, get_args

from ..dates import read
from ..document import Mark, Paragraph, Title
from ..errors import Mistyped, nearest, quoted
from ..model import Outcome
from ..options import Argument, Option
from ..store import shown
from ..words import listed
from ._complete import ids, leads, outcomes, priorities
from ._look import say_document
from ._options import DryRun, OnDate, PlanDir
from ._record import Owner, date_given, day_given, next_steps, owner, rewritten, who_given

if TYPE_CHECKING:
    from ..document import Line


def run(
    id: Annotated[str, Argument(metavar="PRIORITY", help="Such as P1.", offers=priorities)],
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
        Option(metavar="ID", help="The milestone it completes.", offers=ids),
    ] = None,
    about: Annotated[
        list[str] | None,
        Option(metavar="ID", help="What it is about, if not the priority.", offers=ids),
    ] = None,
    note: Annotated[str | None, Option(metavar="TEXT", help="Anything to add.")] = None,
    date: OnDate = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> None:
    """Record a Board's decision, and with --completes its milestone, in one edit.

    \b
    hscp decide P1 "Neglect continues for 2022/23." --by "HSCP Executive Board" --outcome continue
    hscp decide P1 "Assurance report received." --by "HSCP Executive Board" --completes P1.7
    """
    from ..recording import decided, entry, note_of

    at = owner(where, id)
    day = day_given(date, at.today)
    done = at.milestone(completes) if completes else None
    words = note_of(decision)
    who = who_given(by, at, "--by")
    made = {
        "date": day.text,
        "by": who,
        "decision": words,
        "outcome": outcome_given(outcome),
        "about": at.ids(about or ()),
        "completes": done and done.milestone.id,
        "note": note_of(note) if note else None,
    }
    new = None
    if done and done.milestone.status != "complete":
        date_given(date, done, at.today)
        new = entry(day.text, who, words, "complete", agreed=f"{who}, {day.shown}")
    kept = {key: value for key, value in made.items() if value}
    written = rewritten(at.path, lambda text, values: decided(text, values, kept, new), dry_run)
    if written is not None:
        _say(at, kept, written.line, new is not None)


def outcome_given(word: str | None) -> str | None:
    """The outcome that a word means. Raises Mistyped where it is none."""
    known = list(get_args(Outcome))
    if word is None or word.lower() in known:
        return word and word.lower()
    near = nearest(word, known)
    hint = f"Did you mean: {near}" if near else f"Write {listed(known, 'or')}."
    raise Mistyped(f"{quoted(word)} is not an outcome", hint)


def _say(at: Owner, made: dict[str, Any], line: int, completed: bool) -> None:
    lines: list[Line] = [
        (read(made["date"]), f", recorded in {shown(at.path)}, line {line}"),
        (f'{made["by"]}: "{made["decision"]}"',),
    ]
    if "outcome" in made:
        lines.append((f"outcome: {made['outcome']}",))
    if "about" in made:
        lines.append((f"about: {listed(made['about'])}",))
    if completed:
        lines.append((Mark("complete", "complete"), f": {made['completes']}"))
    elif "completes" in made:
        lines.append((f"{made['completes']} was complete already; only the decision is new",))
    if "note" in made:
        lines.append((f"note: {made['note']}",))
    title = Title(f"{at.priority.id}  {at.priority.title}")
    told = (Paragraph(("  ", *parts)) for parts in lines)
    say_document((title, *told, *next_steps(at.priority.id, at.opened.folder)), "auto")
