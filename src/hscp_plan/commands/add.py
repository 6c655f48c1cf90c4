"""`hscp add`: a new milestone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from ..cli.options import Argument, Option
from ..document import Paragraph, Title
from ..errors import Mendable, Mistyped, quoted
from ..store import repository, shown
from ..words import listed
from ._complete import leads, priorities
from ._dates import span_given
from ._look import note, say_document
from ._options import DryRun, PlanDir
from ._record import Owner, next_steps, owner, rewritten
from ._who import who_given

if TYPE_CHECKING:
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
    from ..editing.record import Change, added, ids, next_id, note_of

    at = owner(where, id)
    head = at.opened.plan.head
    begins, ends = span_given(start, due, at.today, head.period)
    led = dict.fromkeys(who_given(each, head, at.today, "--lead") for each in lead or ())
    made = {
        "id": at.priority.id,
        "start": begins and begins.text,
        "due": ends.text,
        "action": note_of(action),
        "lead": list(led) if len(led) > 1 else next(iter(led), None),
    }
    kept: dict[str, Any] = {key: value for key, value in made.items() if value}
    mine, known = _objective(at, objective), _every_id(at)

    def change(text: str, values: dict[str, Any]) -> Change:
        # Under the file's lock, so that two who add at once are not given one number.
        kept["id"] = next_id(at.priority.id, known | ids(values))
        return added(text, values, mine, kept)

    written = rewritten(at.path, change, dry_run)
    if written is not None:
        lines: list[Line] = [("starts ", begins)] if begins else []
        lines.append(("due ", ends) if ends.dated else ("no date",))
        if "lead" in kept:
            lines.append((f"lead: {listed(led)}",))
        lines.append((f"recorded in {shown(at.path)}, line {written.line}",))
        title = Title(f"{kept['id']}  {kept['action']}")
        told = [Paragraph(("  ", *parts)) for parts in lines]
        if ends.undated:
            date_it = f'To give it a date:  hscp reschedule {kept["id"]} DATE --reason "…"'
            told.append(Paragraph((date_it,), apart=True))
        say_document((title, *told, *next_steps(kept["id"], at.opened.folder)), "auto")
    return 0


def _objective(at: Owner, given: str | None) -> str:
    known = {o.id.casefold(): o.id for o in at.priority.objectives}
    if given and given.casefold() in known:
        return known[given.casefold()]
    if len(known) == 1 and not given:
        return next(iter(known.values()))
    told = f"{at.priority.id} has the objectives {listed(known.values())}."
    if not known:
        raise Mistyped(f"{at.priority.id} has no objective", "Add one to its file first.")
    asked = f"there is no objective {quoted(given)}" if given else "which objective is not said"
    raise Mistyped(asked, f"{told} Give one: --objective {next(iter(known.values()))}")


def _every_id(at: Owner) -> set[str]:
    """Every milestone's id of the plan here and, where git can tell, on every branch.

    Raises Partial where a branch's files are left out here: an id is for ever, and may be theirs.
    """
    from ..git import repo

    here = {m.id for p in at.opened.plan.priorities for m in p.milestones}
    try:
        return here | repo.ids_on_branches(at.opened.folder)
    except repo.Partial:
        raise
    except Mendable as unknown:
        if repository(at.opened.folder.resolve()):
            note(f"The numbers on other branches were not looked at: {unknown.what}.")
        return here
