"""`hscp save`: keep the plan in git, in plain English."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Argument, Option
from ..disk import plain_bytes
from ..document import Paragraph, Title
from ..errors import Mendable, Mistyped
from ..git import repo
from ..words import count, listed, safe
from ._look import note, say_document, width, write
from ._options import PlanDir
from ._record import today_given

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
    """Commit the plan's files alone, with a message in plain English made from what changed.

    \b
    hscp save
    hscp save "After the Board of 15 December" --branch december-board
    """
    from ..editing.record import publishable
    from ..past.comparing import comparable
    from ..reports.commit import changed
    from ..reports.commit import message as message_of

    publishable({"message": message, "branch": branch and branch.replace("-", " ")})
    opened = store.open_plan(store.find(where))
    now = _files(opened)
    old = repo.head(opened.folder, now)
    names = [n for n in changed(old, now) if n not in repo.not_checked_out(opened.folder)]
    if not names:
        say_document((Title("Nothing to save: the plan is in git as it stands"),), "auto")
        return 0
    before = store.opened_at(opened, old, "HEAD") if store.HEAD in old else None
    _nothing_lost(opened, before, [name for name in names if name not in now])
    unexplained = _unexplained(opened, before)
    on = _ready(opened.folder, branch)
    both = comparable(before, opened) if before else None
    subject, lines = (
        message_of(both.before, both.after, names, both.untold)
        if both
        else message_of(None, opened.plan)
    )
    if message is not None:
        subject = safe(" ".join(message.split()))
        if not subject:
            raise Mistyped("the message is empty", "Leave it out, and hscp makes one.")
    text = "\n".join([subject, "", *lines] if lines else [subject]) + "\n"
    if dry_run:
        from ..writers.lines import wrapped

        broken = (wrapped(line, width(), "  ") for line in text.splitlines())
        write("".join(f"{part}\n" for parts in broken for part in parts))
        sys.stdout.flush()
        sys.stderr.write("\n")
        note(f"Nothing was saved ({', '.join(names)}): this was --dry-run.")
    else:
        made = repo.commit(opened.folder, names, text, branch)
        _say(opened.folder, made, on, subject, names)
    if unexplained:
        from ..writers.faults import told

        sys.stdout.flush()
        sys.stderr.write(f"\n{told(unexplained, most=5)}\n")
        note("A save keeps what the files say. A pull request with this fails at its check: "
             "put it right before, as said above.")  # fmt: skip
    return 0


def _files(opened: store.Opened) -> dict[str, bytes]:
    """The bytes of every file that is saved: the plan's own, and its schemas. Raises Mendable
    where one cannot be had: it would be saved as taken out."""
    unread = (f for f in opened.faults if f.rule == "unreadable")
    if fault := next(unread, None):
        what = f"{fault.place}: {fault.message}, so nothing was saved"
        raise Mendable(what, fault.next)
    paths = {source.name: source.path for source in opened.sources}
    schemas = sorted((opened.folder / "schema").glob("[!.]*.json"))
    paths |= {f"schema/{path.name}": path for path in schemas}
    try:
        return {name: plain_bytes(path) for name, path in paths.items()}
    except OSError as error:
        what = f"{error.filename or 'a file of the plan'} cannot be read: {error.strerror}"
        raise Mendable(what, "Nothing was saved. hscp check shows every fault.") from error


def _nothing_lost(opened: store.Opened, before: store.Opened | None, gone: Sequence[str]) -> None:
    """Raises Mistyped for a priority whose file is gone, unless `git rm` took it out or another
    file has it now: a save would keep the loss."""
    here = {priority.id for priority in opened.plan.priorities}
    was = before.plan.files if before else {}
    missing = [n for n in gone if n.endswith(".yaml") and not (n in was and was[n].id in here)]
    lost = sorted({*missing} - repo.staged_as_gone(opened.folder, missing))
    if not lost:
        return
    paths = [store.shown(opened.folder / name) for name in lost]
    typed = " ".join(map(quote, paths))
    verb, them = ("is", "it") if len(lost) == 1 else ("are", "them")
    raise Mistyped(
        f"{listed(paths)} {verb} gone from the folder, so nothing was saved",
        f"\nTo get {them} back as last saved:\n  git restore {typed}\n"
        f"To take {them} out of the plan on purpose, and then save again:\n  git rm {typed}",
    )


def _unexplained(opened: store.Opened, before: store.Opened | None) -> list[Fault]:
    """What changed and may not have: a save keeps it all the same, and says so.

    Raises Mendable for a plan with other errors, once they have been said.
    """
    from ..checks.faults import check

    found = [f for f in check(opened, today_given(), before) if f.severity == "error"]
    unexplained = []
    if before:
        from ..checks.since import SINCE_RULES

        names = {rule.name for rule in SINCE_RULES}
        unexplained = [fault for fault in found if fault.rule in names]
    errors = [fault for fault in found if fault not in unexplained]
    if errors:
        from ..writers.faults import told

        sys.stderr.write(told(errors, most=5) + "\n")
        what = f"the plan has {count(len(errors), 'error')}, so nothing was saved"
        them = "it" if len(errors) == 1 else "them"
        raise Mendable(what, f"Mend {them}, and save again. hscp check shows every fault.")
    return unexplained


def _ready(folder: Path, new: str | None) -> str:
    """The branch to commit to. Raises Mendable for whatever git would trip over."""
    if new is not None and (not new.strip() or new.startswith("-")):
        raise Mistyped("--branch takes a name", "Such as: --branch december-board")
    if busy := repo.unfinished(folder):
        next = "hscp resolve may end it; else  git status  says how." if busy == "merge" else ""
        raise Mendable(f"a {busy} is not finished here, so nothing was saved", next)
    if lacking := repo.nameless(folder):
        value = '"Your Name"' if lacking == "name" else "you@example.org"
        raise Mendable(
            f"git does not know your {lacking}, so nothing was saved",
            f"Tell it, once:  git config --global user.{lacking} {value}",
        )
    on = new or repo.branch(folder)
    if on is None:
        raise Mendable(
            "no branch is checked out here (git calls it a detached HEAD), so nothing was saved",
            "Start one:  hscp save --branch NAME",
        )
    return on


def _say(folder: Path, made: str, on: str, subject: str, names: list[str]) -> None:
    push = repo.pushing(folder, on)
    then = "" if on in ("main", "master") else ", and then open a pull request"
    next = f"To share it:  {push}{then}" if push else "This repository has no other copy yet."
    files = [Paragraph((f"  {store.shown(folder / name)}",)) for name in names]
    title = Title(f"Saved as {made} on {on}: {subject}")
    say_document((title, *files, Paragraph((next,), apart=True)), "auto")
