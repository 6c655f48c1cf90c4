"""Saves a plan: commits its files alone, with a message made from what changed."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..checks.faults import check
from ..checks.since import SINCE_RULES
from ..disk import plain_bytes
from ..errors import Mendable, Mistyped
from ..git import merges, repo
from ..past.comparing import comparable
from ..reports.commit import changed_files
from ..reports.commit import message as message_of
from ..shipped import names_file, own_duty
from ..words import count, listed, safe
from .refusals import refuse_unpublishable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from ..errors import Fault


class Save(NamedTuple):
    """What is to be committed, and where."""

    folder: Path
    names: list[str]
    """The files, as they are called in the folder."""
    subject: str
    body: list[str]
    branch: str
    new_branch: str | None
    """The same branch where it is to be started."""
    merge: bool
    """Whether it ends a merge."""
    unexplained: list[Fault]
    """What changed and may not have: a save keeps it all the same."""

    @property
    def message(self) -> str:
        """The commit's whole message."""
        lines = [self.subject, "", *self.body] if self.body else [self.subject]
        return "\n".join(lines) + "\n"

    def commit(self) -> str:
        """Commit; the commit's short name."""
        return repo.commit(self.folder, self.names, self.message, self.new_branch, merge=self.merge)


class Faulty(Mendable):
    """The plan has errors, which must be mended before it is saved."""

    def __init__(self, errors: list[Fault]) -> None:
        them = "it" if len(errors) == 1 else "them"
        super().__init__(
            f"the plan has {count(len(errors), 'error')}, so nothing was saved",
            f"Mend {them}, and save again. hscp check shows every fault.",
        )
        self.errors = errors


def prepare(
    opened: store.Opened, today: date, subject: str | None, new_branch: str | None
) -> Save | None:
    """The save of what changed since the last commit, under this subject or one made from it, which
    ends a merge that is unfinished; None where nothing changed. Raises Mendable for whatever keeps
    it from being saved."""
    refuse_unpublishable(
        {"message": subject, "branch": new_branch and new_branch.replace("-", " ")}
    )
    opened = store.with_asked(opened)
    files = _files(opened)
    committed = repo.files_at_head(opened.folder, files)
    left_out = repo.not_checked_out(opened.folder)
    names = [name for name in changed_files(committed, files) if name not in left_out]
    merge = _is_merge(opened.folder, new_branch)
    if not names and not merge:
        return None
    before = None
    if store.HEAD in committed:
        before = store.with_asked(store.open_at(opened, committed, "HEAD"))
    _refuse_losses(opened, before, [name for name in names if name not in files])
    unexplained = _unexplained(opened, before, today)
    if merge:
        _refuse_merge(opened.folder, names, {*files, *committed})
    branch = _branch(opened.folder, new_branch, today)
    first, body = _message(opened, before, names)
    if merge:
        first, body = safe(merges.merge_subject(opened.folder)), (body or [first]) if names else []
    if subject is not None:
        first = safe(" ".join(subject.split()))
        if not first:
            raise Mistyped("the message is empty", "Leave it out, and hscp makes one.")
    return Save(opened.folder, names, first, body, branch, new_branch, merge, unexplained)


def _message(
    opened: store.Opened, before: store.Opened | None, names: list[str]
) -> tuple[str, list[str]]:
    """The subject and the body that say what changed."""
    if before is None:
        return message_of(None, opened.plan)
    compared = comparable(before, opened)
    return message_of(compared.before, compared.after, names, compared.untold)


def _files(opened: store.Opened) -> dict[str, bytes]:
    """The bytes of every file that is saved: the plan's own, its schemas and its duty. Raises
    Mendable where one cannot be had: it would be saved as taken out."""
    unreadable = (fault for fault in opened.faults if fault.rule == "unreadable")
    if fault := next(unreadable, None):
        what = f"{fault.place}: {fault.message}, so nothing was saved"
        raise Mendable(what, fault.next)
    paths = {source.name: source.path for source in opened.sources}
    schemas = sorted((opened.folder / "schema").glob("[!.]*.json"))
    paths |= {f"schema/{path.name}": path for path in schemas}
    if duty := _own_duty(opened):
        paths[duty] = opened.folder / duty
    try:
        return {name: plain_bytes(path) for name, path in paths.items()}
    except OSError as error:
        what = f"{error.filename or 'a file of the plan'} cannot be read: {error.strerror}"
        raise Mendable(what, "Nothing was saved. hscp check shows every fault.") from error


def _own_duty(opened: store.Opened) -> str | None:
    """The file in which the plan brings its own duty, by its path in the folder, where there is
    one: without it no clone can write the yearly report."""
    word = opened.plan.head.duty or ""
    path = own_duty(opened.where, word) if names_file(word) else None
    return word if path and (opened.folder / word).is_file() else None


def _refuse_losses(opened: store.Opened, before: store.Opened | None, gone: Sequence[str]) -> None:
    """Raises Mistyped for a priority whose file is gone, unless `git rm` took it out or another
    file has it now: a save would keep the loss."""
    ids = {priority.id for priority in opened.plan.owners}
    saved = before.plan.files if before else {}
    moved = {name for name in gone if name in saved and saved[name].id in ids}
    missing = [name for name in gone if name.endswith(".yaml") and name not in moved]
    lost = sorted({*missing} - repo.staged_removals(opened.folder, missing))
    if not lost:
        return
    paths = [store.display_path(opened.folder / name) for name in lost]
    arguments = " ".join(map(quote, paths))
    verb, them = ("is", "it") if len(lost) == 1 else ("are", "them")
    raise Mistyped(
        f"{listed(paths)} {verb} gone from the folder, so nothing was saved",
        f"\nTo get {them} back as last saved:\n  git restore {arguments}\n"
        f"To take {them} out of the plan on purpose, and then save again:\n  git rm {arguments}",
    )


def _unexplained(opened: store.Opened, before: store.Opened | None, today: date) -> list[Fault]:
    """What changed since the last commit and may not have. Raises Faulty for other errors."""
    since_rules = {rule.name for rule in SINCE_RULES} if before else set()
    errors = [fault for fault in check(opened, today, before) if fault.severity == "error"]
    if others := [fault for fault in errors if fault.rule not in since_rules]:
        raise Faulty(others)
    return errors


def _is_merge(folder: Path, new_branch: str | None) -> bool:
    """Whether a save ends a merge. Raises Mendable where git is in the middle of something else."""
    busy = merges.unfinished_operation(folder)
    if busy is None:
        return False
    if busy != "merge":
        raise Mendable(
            f"a {busy} is not finished here, so nothing was saved",
            "Once its files are right, give each to git with  git add FILE  and then:  "
            f"{merges.ending_command(busy)}",
        )
    if new_branch is not None:
        what = "a merge is not finished here, so no branch can be started"
        raise Mendable(what, "Save without --branch first, which ends the merge.")
    return True


def _refuse_merge(folder: Path, changed: Sequence[str], own: set[str]) -> None:
    """Raises Mendable for a merge that a person must end: of a file that git could not join and
    nobody has put right, or of files that are not the plan's `own`."""
    unmerged = [folder / name for name in sorted(merges.unmerged_files(folder))]
    if left := [store.display_path(path) for path in unmerged if merges.is_untouched(path)]:
        raise Mendable(
            f"git could not merge {listed(left)} and shows one side alone, so nothing was saved",
            f"If that is right as it stands:  git add {' '.join(map(quote, left))}\n"
            "Then save again.",
        )
    if beside := merges.staged_beside(folder, own):
        more = " and others" if beside[3:] else ""
        paths = " ".join(quote(store.display_path(folder / name)) for name in changed)
        steps = [f"git add {paths}"] if paths else []
        raise Mendable(
            "a merge is not finished here, of which other files than the plan's are part too: "
            f"{', '.join(beside[:3])}{more}. Nothing was saved",
            "\n  ".join(["Once they are right, end it:", *steps, merges.ending_command("merge")]),
        )


def _branch(folder: Path, new: str | None, today: date) -> str:
    """The branch to commit to. Raises Mendable for whatever git would trip over."""
    if new is not None and (not new.strip() or new.startswith("-")):
        raise Mistyped("--branch takes a name", "Such as: --branch december-board")
    if lacking := repo.missing_identity(folder):
        value = '"Your Name"' if lacking == "name" else "you@example.org"
        raise Mendable(
            f"git does not know your {lacking}, so nothing was saved",
            f"Tell it, once:  git config --global user.{lacking} {value}",
        )
    branch = new or repo.branch(folder)
    if branch is None:
        raise Mendable(
            "git is on no branch here (it calls that a detached HEAD), so nothing was saved",
            f"Begin a branch for it:  hscp save --branch plan-{today}",
        )
    return branch
