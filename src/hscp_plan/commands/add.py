"""`hscp add`: a new milestone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from ..cli.options import Argument, Option
from ..document import Paragraph, Title
from ..errors import Mistyped, quoted
from ..store import shown
from ..words import listed
from ._complete import leads, priorities
from ._dates import span_given
from ._look import note, say_document
from ._options import DryRun, PlanDir
from ._record import Owner, next_steps, owner, rewritten
from ._who import who_given

if TYPE_CHECKING:
    from ..dates import PlanDate
    from ..document import Line


def run(
    id: Annotated[str, Argument(metavar="PRIORITY", help="Such as P1.", offers=priorities)],
    action: Annotated[str, Argument(metavar="ACTION", help="What is to be done.")],
    due: Annotated[
        str | None, Option(metavar="DATE", help="When it is due: 2022-06. Without: no date yet.")
    ] = None,
    start: Annotated[str | None, Option(metavar="DATE", help="When it begins.")] = None,
    lead: Annotated[
        list[str] | None,
        Option(
            metavar="GROUP",
            help="Who leads it, if not the objective's lead. May be given again.",
            offers=leads,
        ),
    ] = None,
    objective: Annotated[
        str | None, Option(metavar="ID", help="Of which objective, where there are several.")
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Add a milestone with the next id, in its place by due date. An id is never used again.

    \b
    hscp add P1 "Brief schools on the new strategy" --due 2022-06
    """
    from ..editing.new_milestone import NewMilestone, taken_ids
    from ..editing.record import clean_note

    at = owner(where, id)
    head = at.opened.plan.head
    begins, ends = span_given(start, due, at.today, head.period)
    leads = list(dict.fromkeys(who_given(each, head, at.today, "--lead") for each in lead or ()))
    keys = {
        "start": begins and begins.text,
        "due": ends.text,
        "action": clean_note(action),
        "lead": leads if len(leads) > 1 else next(iter(leads), None),
    }
    belongs_to, taken = _objective(at, objective), taken_ids(at.opened)
    if taken.unknown:
        note(f"The numbers on other branches were not looked at: {taken.unknown}.")
    new = NewMilestone(at.priority.id, belongs_to, keys, taken.ids)
    written = rewritten(at.path, new.change, dry_run)
    if written is not None:
        _say(at, new.keys, (begins, ends), leads, written.line)
    return 0


def _say(
    at: Owner,
    keys: dict[str, Any],
    span: tuple[PlanDate | None, PlanDate],
    leads: list[str],
    line: int,
) -> None:
    """What was added, where, and what may be done next."""
    id, (begins, ends) = keys["id"], span
    lines: list[Line] = [("starts ", begins)] if begins else []
    lines.append(("due ", ends) if ends.dated else ("no date",))
    if leads:
        lines.append((f"lead: {listed(leads)}",))
    lines.append((f"recorded in {shown(at.path)}, line {line}",))
    paragraphs = [Paragraph(("  ", *parts)) for parts in lines]
    if ends.undated:
        hint = f'To give it a date:  hscp reschedule {id} DATE --reason "…"'
        paragraphs.append(Paragraph((hint,), apart=True))
    title = Title(f"{id}  {keys['action']}")
    say_document((title, *paragraphs, *next_steps(id, at.opened.folder)), "auto")


def _objective(at: Owner, given: str | None) -> str:
    known = {o.id.casefold(): o.id for o in at.priority.objectives}
    if given and given.casefold() in known:
        return known[given.casefold()]
    if len(known) == 1 and not given:
        return next(iter(known.values()))
    text = f"{at.priority.id} has the objectives {listed(known.values())}."
    if not known:
        raise Mistyped(f"{at.priority.id} has no objective", "Add one to its file first.")
    asked = f"there is no objective {quoted(given)}" if given else "which objective is not said"
    raise Mistyped(asked, f"{text} Give one: --objective {next(iter(known.values()))}")
