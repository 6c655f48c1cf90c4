"""Asks git something about a folder, and says what its refusals mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .program import NoGit, Partial, run_reading

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess


def ask(folder: Path, *words: str | bytes, must: bool = False) -> CompletedProcess[bytes]:
    """Ask git something. Raises NoGit where there is no git and, with `must`, where there is no
    repository or git refuses."""
    result = run_reading(folder, words)
    # 1 without a word is git's own "there is none"; all else is that it could not look.
    if must and result.returncode and (result.returncode != 1 or result.stderr.strip()):
        raise _refusal(result.stderr.decode("utf-8", "replace"))
    return result


def find_commit(folder: Path, revision: str) -> bytes | None:
    """The commit that a revision names; None where it names none."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    id = ask(folder, *words, must=True).stdout.strip()
    return checked_id(id) if id else None


def checked_id(id: bytes) -> bytes:
    """A commit's id as git gave it. Raises NoGit where it is none, as something else that is
    called git may answer."""
    if not re.fullmatch(rb"[0-9a-f]{40,64}", id):
        raise not_git("rev-parse")
    return id


def not_git(command: str) -> NoGit:
    """The error that something else than git answers by that name."""
    return NoGit(
        f"git {command} gave an answer that is none of git's", "Try  git --version  yourself."
    )


def _refusal(output: str) -> NoGit:
    if "not a git repository" in output:
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
    return NoGit(f"git cannot read this repository: {first}", "See  git fsck")
