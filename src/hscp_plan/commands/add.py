"""`hscp add`: a new milestone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from ..cli.options import Argument, Option
from ..dates import of_day
from ..errors import Mistyped, quoted
from ..model import ID
from ..words import listed
from ._by import keeper_given
from ._complete import answers as answers_offered
from ._complete import frequencies, ids, leads, objectives, owners
from ._dates import span_given
from ._ids import find_milestone
from ._look import note, say_document
from ._occurrence import every_given
from ._options import DryRun, PlanDir
from ._record import Owner, edit_file, owner
from ._text import refuse_no_text
from ._who import agreed_given, who_given

if TYPE_CHECKING:
    from ..model import Head


def run(
    id: Annotated[
        str, Argument(metavar="PRIORITY", help="Such as P1; or a register.", offers=owners)
    ],
    action: Annotated[str, Argument(metavar="ACTION", help="What is to be done.")],
    due: Annotated[
        str | None, Option(metavar="DATE", help="When it is due: 2022-06. Without: no date yet.")
    ] = None,
    start: Annotated[str | None, Option(metavar="DATE", help="When it begins.")] = None,
    every: Annotated[
        str | None,
        Option(
            metavar="PERIOD",
            offers=frequencies,
            help="Of recurring work: month, quarter, 6 months, year or term, from start to due.",
        ),
    ] = None,
    lead: Annotated[
        list[str] | None,
        Option(
            metavar="GROUP",
            help="Who leads it, if not the objective's lead. May be given again.",
            offers=leads,
        ),
    ] = None,
    objective: Annotated[
        str | None,
        Option(metavar="ID", offers=objectives, help="Of which objective, where it is of one."),
    ] = None,
    source: Annotated[
        str | None,
        Option("--from", metavar="TEXT", help="What it comes from: a meeting, a paper, an audit."),
    ] = None,
    after: Annotated[
        list[str] | None,
        Option(metavar="ID", help="What it waits for. May be given again.", offers=ids),
    ] = None,
    answers: Annotated[
        list[str] | None,
        Option(
            metavar="TEXT",
            help="The review, or the recommendation's id, that it carries out. May be given again.",
            offers=answers_offered,
        ),
    ] = None,
    agreed: Annotated[
        str | None,
        Option(metavar="WHO", help="Who agreed that it is added, and when: a Board and a day."),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Add a milestone with the next id, in its place by due date. An id is never used again. Of a
    priority without objectives it stands straight under it.

    \b
    hscp add P1 "Brief schools on the new strategy" --due 2022-06
    hscp add P1 "Report to it" --every quarter --start 2022-04 --due 2023-03
    hscp add P1 "Brief schools" --agreed "Executive Board, 20 October 2021"
    hscp add P1 "Audit the briefings" --due "to be confirmed" --after P1.8
    """
    from ..editing.entries import addition, one_or_more
    from ..editing.new_milestone import NewMilestone, taken_ids
    from ..editing.new_priority import clean_name
    from ..editing.refusals import clean_note
    from ..naming.reviews import answer_given
    from ..reports.recorded import milestone_recorded

    at = owner(where, id)
    head = at.opened.plan.head
    awaited = [
        find_milestone(at.opened.plan, one, at.today, "--after", at.opened.sources)
        for one in dict.fromkeys(after or ())
    ]
    begins, ends = span_given(start, due, at.today, head, waits=bool(awaited))
    leads = list(dict.fromkeys(who_given(name, head, at.today, "--lead") for name in lead or ()))
    named = (answer_given(clean_name(text, "--answers"), head) for text in answers or ())
    answered = list(dict.fromkeys(named))
    _say_not_implemented(head, answered)
    if every is not None and not (begins and ends.dated):
        raise Mistyped(
            "recurring work needs a start and a due date", "Give both --start and --due."
        )
    refuse_no_text(action, "action", at.opened.plan, at.today)
    keys = {
        "start": begins and begins.text,
        "due": ends.text,
        "every": every_given(every) if every is not None else None,
        "after": one_or_more([standing.milestone.id for standing in awaited]),
        "action": clean_note(action),
        "lead": one_or_more(leads),
        "answers": one_or_more(answered),
        "from": clean_name(source, "--from") if source is not None else None,
        "added": addition(
            of_day(at.today),
            keeper_given(head, at.today),
            agreed_given(agreed, head, at.today),
        ),
    }
    belongs_to, taken = _objective(at, objective), taken_ids(at.opened)
    if taken.unknown:
        note(f"The numbers on other branches were not looked at: {taken.unknown}.")
    new = NewMilestone(at.priority, belongs_to, keys, taken.ids)
    edited = edit_file(at.path, new.change, dry_run)
    if edited is not None:
        _, written = edited
        id, action = new.keys["id"], new.keys["action"]
        created = "" if at.priority.objectives else belongs_to or ""
        said = (leads, answered, new.keys.get("from"), new.keys["added"].get("agreed"), awaited)
        say_document(
            milestone_recorded(
                id, action, (begins, ends, new.keys.get("every")), said, written, created
            ),
            "auto",
            at.opened,
        )
    return 0


def _say_not_implemented(head: Head, answered: list[str]) -> None:
    """Say which of what a milestone answers plan.yaml says is not implemented, and why."""
    from ..reviews import recommended

    for one in answered:
        found = recommended(head, one)
        if found and (why := found[1].not_implemented):
            cure = "Where that no longer holds, take  not_implemented:  out there."
            note(f"plan.yaml says that {one} is not implemented ({quoted(why)}). {cure}")


def _objective(at: Owner, given: str | None) -> str | None:
    """The objective that it is of; None where it stands straight under the priority. Raises
    Mistyped where it could be of several."""
    known = {o.id.casefold(): o.id for o in at.priority.objectives}
    if given and given.casefold() in known:
        return known[given.casefold()]
    if not known:
        return _new_objective(at, given) if given else None
    if not given and at.priority.milestones_:
        return None
    if len(known) == 1 and not given:
        return next(iter(known.values()))
    text = f"{at.priority.id} has the objectives {listed(known.values())}."
    problem = f"there is no objective {quoted(given)}" if given else "which objective is not said"
    raise Mistyped(problem, f"{text} Give one: --objective {next(iter(known.values()))}")


def _new_objective(at: Owner, id: str) -> str:
    """The id given for a priority's first objective. Raises Mistyped for one that is none, or that
    something else of the plan has."""
    if not re.fullmatch(ID, id, re.ASCII):
        raise Mistyped(f"{quoted(id)} is not an id", "Write one such as:  --objective P1-A")
    taken = {part.id.casefold() for p in at.opened.plan.owners for part in p.parts}
    if id.casefold() in taken:
        raise Mistyped(f"{id} is the id of something else", "Give another:  --objective ID")
    return id
