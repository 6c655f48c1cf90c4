"""`hscp save`: keep the plan in git, in plain English."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Argument, Option
from ..cli.streams import width
from ..document import Paragraph, Title
from ..errors import Mistyped, quoted
from ..git import repo
from ..naming.no_text import says_nothing
from ..writers.lines import wrap
from ._look import note, open_one, say_document, write
from ._options import PlanDir
from ._record import today_given

if TYPE_CHECKING:
    from ..editing.save import Save
    from ..errors import Fault


def run(
    message: Annotated[
        str | None,
        Argument(metavar="[MESSAGE]", help="The subject; otherwise made from what changed."),
    ] = None,
    branch: Annotated[
        str | None, Option(metavar="NAME", help="Start a branch of this name for it.")
    ] = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Show what it would say, and save nothing.")
    ] = False,
    where: PlanDir = None,
) -> int:
    """Commit the plan's files alone, with a message in plain English made from what changed. It
    also ends a merge whose conflicts are put right.

    \b
    hscp save
    hscp save "After the Board of 15 December" --branch december-board
    """
    if message and says_nothing(message):
        raise Mistyped(
            f"{quoted(message)} says nothing of what was done",
            "Say it; or leave it out, and the message is made from what changed:  hscp save",
        )
    opened = open_one(where, "save")
    save = _prepared(opened, message, branch)
    if save is None:
        say_document((Title("Nothing to save: the plan is in git as it stands"),), "auto")
        return 0
    if dry_run:
        _show(save)
    else:
        _say(save, save.commit())
    if save.unexplained:
        _say_unexplained(save.unexplained)
    return 0


def _prepared(opened: store.Opened, message: str | None, branch: str | None) -> Save | None:
    """The save, or None where nothing changed. Says the errors that keep it from being saved."""
    from ..editing.save import Faulty, prepare

    try:
        return prepare(opened, today_given(), message, branch)
    except Faulty as faulty:
        from ..writers.faults import list_faults

        sys.stderr.write(list_faults(faulty.errors, most=5) + "\n")
        raise


def _show(save: Save) -> None:
    """Show the message that --dry-run does not save under."""
    lines = (wrap(line, width(), "  ") for line in save.message.splitlines())
    write("".join(f"{part}\n" for parts in lines for part in parts))
    sys.stdout.flush()
    sys.stderr.write("\n")
    note(f"Nothing was saved ({', '.join(save.names)}): this was --dry-run.")


def _say(save: Save, commit: str) -> None:
    """Say what was saved, and how to share it."""
    push = repo.push_command(save.folder, save.branch)
    then = "" if save.branch in ("main", "master") else ", and then open a pull request"
    next = f"To share it:  {push}{then}" if push else "This repository has no other copy yet."
    files = [Paragraph((f"  {store.display_path(save.folder / name)}",)) for name in save.names]
    title = Title(f"Saved as {commit} on {save.branch}: {save.subject}")
    say_document((title, *files, Paragraph((next,), apart=True)), "auto")


def _say_unexplained(unexplained: list[Fault]) -> None:
    from ..writers.faults import list_faults

    sys.stdout.flush()
    sys.stderr.write(f"\n{list_faults(unexplained, most=5)}\n")
    note("A save keeps what the files say. A pull request with this fails at its check: "
         "put it right before, as said above.")  # fmt: skip
