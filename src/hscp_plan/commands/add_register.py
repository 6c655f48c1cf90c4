"""`hscp add-register`: a new register, in a file of its own."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ._look import note, open_one
from ._new_file import create_file
from ._options import DryRun, PlanDir


def run(
    title: Annotated[str, Argument(metavar="NAME", help="What it is called.")],
    id: Annotated[
        str | None, Option(metavar="ID", help="Its id, such as A. Without: the title's letter.")
    ] = None,
    file: Annotated[
        str | None, Option(metavar="FILE", help="What its file is called. Without: as its title.")
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Begin a register, in a file of its own: a list of actions, challenges or risks that no
    priority owns, such as the Board's action log.

    \b
    hscp add-register "Action log" --file actions
    hscp add A "Write to the heads" --due 2022-06 --from "Board, 20 April 2022"
    """
    from ..editing.new_milestone import taken_ids
    from ..editing.new_priority import clean_name
    from ..editing.new_register import NewRegister

    opened = open_one(where, "add-register")
    name = clean_name(title, "the title")
    taken = taken_ids(opened)
    if taken.unknown:
        note(f"The ids on other branches were not looked at: {taken.unknown}.")
    new = NewRegister(opened.where, name, id, file, taken.ids)
    noun = opened.plan.head.word_for("action")
    create_file(opened, new, noun, '--due DATE --from "…"', dry_run)
    return 0
