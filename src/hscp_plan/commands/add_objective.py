"""`hscp add-objective`: a new objective of a priority."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ..errors import Mistyped
from ._complete import groups, leads, priorities
from ._look import date_given, note, say_document
from ._options import DryRun, PlanDir
from ._record import edit_file, owner
from ._text import refuse_no_text
from ._who import who_given


def run(
    id: Annotated[str, Argument(metavar="PRIORITY", help="Such as P1.", offers=priorities)],
    statement: Annotated[
        str, Argument(metavar="STATEMENT", help="What is to be achieved, as published.")
    ],
    complete_by: Annotated[
        str | None, Option(metavar="DATE", help="When it is to be complete, such as 2028-03.")
    ] = None,
    lead: Annotated[
        list[str] | None,
        Option(metavar="GROUP", help="Who leads it. May be given again.", offers=leads),
    ] = None,
    accountable: Annotated[
        list[str] | None,
        Option(metavar="GROUP", help="Who answers for it. May be given again.", offers=groups),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Add an objective to a priority, with the next id: P1-B after P1-A.

    \b
    hscp add-objective P1 "Neglect is seen early." --complete-by 2028-03
    """
    from ..editing.new_milestone import taken_ids
    from ..editing.new_objective import NewObjective
    from ..editing.refusals import clean_note
    from ..reports.recorded import objective_recorded

    at = owner(where, id)
    if at.priority.register:
        how = f'To add to it:  hscp add {at.priority.id} "…"'
        raise Mistyped(f"{at.priority.id} is a register, and has no objectives", how)
    head, today = at.opened.plan.head, at.today
    refuse_no_text(statement, "objective", at.opened.plan, today)
    ends = date_given(complete_by, today, "--complete-by", head) if complete_by else None

    def names(given: list[str] | None, option: str) -> list[str]:
        return list(dict.fromkeys(who_given(name, head, today, option) for name in given or ()))

    answer, leading = names(accountable, "--accountable"), names(lead, "--lead")
    keys = {
        "statements": [clean_note(statement)],
        "complete_by": ends and ends.text,
        "accountable": answer if len(answer) > 1 else next(iter(answer), None),
        "lead": leading if len(leading) > 1 else next(iter(leading), None),
    }
    taken = taken_ids(at.opened)
    if taken.unknown:
        note(f"The ids on other branches were not looked at: {taken.unknown}.")
    parts = {part.id for priority in at.opened.plan.owners for part in priority.parts}
    new = NewObjective(at.priority.id, keys, taken.ids | parts)
    edited = edit_file(at.path, new.change, dry_run)
    if edited is not None:
        _, written = edited
        say_document(
            objective_recorded(new.keys, ends, answer, leading, written), "auto", at.opened
        )
    return 0
