"""Asks git something about a folder, and says what its refusals mean."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from .program import NoGit, Partial, Unread, run_reading

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def ask(folder: Path, *words: str | bytes, must: bool = False) -> CompletedProcess[bytes]:
    """Ask git something. Raises NoGit where there is no git and, with `must`, where there is no
    repository or git refuses."""
    result = run_reading(folder, words)
    # 1 without a word is git's own "there is none"; all else is that it could not look.
    if must and result.returncode and (result.returncode != 1 or result.stderr.strip()):
        raise _refusal(folder, result.stderr.decode("utf-8", "replace"))
    return result


def find_commit(folder: Path, revision: str) -> bytes | None:
    """The commit that a revision names; None where it names none. Raises Unread where it names one
    that is missing, as in a folder that was copied by halves."""
    id = _parse(folder, f"{revision}^{{commit}}")
    if id:
        return checked_id(id)
    if _is_lost(folder, revision):
        what = "the last commit" if revision == "HEAD" else revision
        raise Unread(f"git cannot read this repository: its store does not hold {what}", MEND_STORE)
    return None


def git_paths(folder: Path, *names: str) -> list[Path]:
    """Where git keeps some things of its own, such as a branch: one question for all."""
    words = (word for name in names for word in ("--git-path", name))
    places = ask(folder, "rev-parse", *words, must=True).stdout.splitlines()
    if len(places) != len(names):
        raise not_git("rev-parse")
    return [folder / os.fsdecode(place) for place in places]


def top_of(folder: Path) -> bytes:
    """The top folder of the repository that a folder stands in."""
    return ask(folder, "rev-parse", "--show-toplevel", must=True).stdout.removesuffix(b"\n")


def _parse(folder: Path, revision: str) -> bytes:
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    return ask(folder, *words, must=True).stdout.strip()


def _is_lost(folder: Path, revision: str) -> bool:
    """Whether a revision that gives no commit is the name of one that was there."""
    if re.fullmatch(r"[0-9a-fA-F]+|.*:.*", revision):
        return False  # an id or a path that somebody typed
    if _parse(folder, revision):
        return not _parse(folder, f"{revision}^{{object}}")
    if revision != "HEAD":
        return False
    head = ask(folder, "symbolic-ref", "--quiet", "HEAD")
    branch = os.fsdecode(head.stdout.rstrip(b"\n"))
    # A branch without a commit has no file yet, and no log of its commits.
    begun = git_paths(folder, branch, f"logs/{branch}") if not head.returncode else []
    return head.returncode != 0 or any(path.is_file() for path in begun)


def checked_id(id: bytes) -> bytes:
    """A commit's id as git gave it. Raises NoGit where it is none, as something else that is
    called git may answer."""
    if not re.fullmatch(rb"[0-9a-f]{40,64}", id):
        raise not_git("rev-parse")
    return id


def not_git(command: str) -> NoGit:
    """The error that something else than git answers by that name."""
    return Unread(
        f"git {command} gave an answer that is none of git's", "Try  git --version  yourself."
    )


MEND_STORE = (
    "Where OneDrive or the like copies this folder, let it finish. Else see  git fsck  or put the "
    "plan's files, which are as they were, in a fresh clone."
)


def _refusal(folder: Path, output: str) -> NoGit:
    if "not a git repository" in output:
        if any(os.path.lexists(above / ".git") for above in (folder, *folder.parents)):
            what = "git cannot read this repository: its folder .git is not whole"
            return Unread(what, MEND_STORE)
        return NoGit(
            "this plan is in no git repository, so nothing tells what was saved",
            "To begin one, in the folder that holds the plan:  git init",
        )
    if "dubious ownership" in output:
        return NoGit(
            "git will not read this repository, because it is somebody else's",
            "If you trust it:  git config --global --add safe.directory FOLDER",
        )
    if "promisor remote" in output:
        return Partial()
    first = output.strip().split("\n")[0].removeprefix("fatal: ") or "it says nothing"
    return Unread(f"git cannot read this repository: {first}", MEND_STORE)
