"""Where the plan's folder is, and the repository that it stands in. Reads no plan."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from ..disk import plain_bytes
from ..errors import Mistyped, quoted
from .files import HEAD, right_name

if TYPE_CHECKING:
    from pathlib import Path


def find(folder: str | None) -> str:
    """The folder of the plan: the one named, or the nearest one from here upwards.

    Raises Mistyped where there is none.
    """
    if folder is not None:
        for candidate in (folder or ".", os.path.join(folder, "plan")):
            if holds_plan(candidate):
                return candidate
            _refuse_near_name(candidate)
        raise NotAPlan(folder)
    above, here = "", os.getcwd()
    while here != above:
        for candidate in (os.path.join(here, "plan"), here):
            if holds_plan(candidate):
                return candidate
        above, here = here, os.path.dirname(here)
    for candidate in ("plan", "."):
        _refuse_near_name(candidate)
    raise NoPlan


def holds_plan(folder: str) -> bool:
    """Whether a folder holds a plan.yaml, as the disk takes that name."""
    return os.path.lexists(os.path.join(folder, HEAD))


def _refuse_near_name(folder: str) -> None:
    """Raises Mistyped where a folder holds a plan.yaml of another name, such as Plan.yaml."""
    with suppress(OSError):
        for name in sorted(os.listdir(folder)):
            if right_name(name) == HEAD:
                what = f"{display_path(os.path.join(folder, name))} is not called {HEAD}"
                raise Mistyped(what, f"hscp reads {HEAD} alone. Rename it {HEAD}.")


def repository(folder: Path) -> Path | None:
    """The git repository that a folder stands in, links on the way not followed; None where it
    stands in none. Runs no git."""
    # A folder in a repository's first copy, a file in a worktree and a submodule.
    around = (above for above in (folder, *folder.parents) if os.path.lexists(above / ".git"))
    return next(around, None)


def in_repository(folder: str) -> bool:
    """Whether a folder stands in a git repository. Runs no git, and makes no paths."""
    return bool(_repository(os.path.realpath(folder)))


def _repository(here: str) -> str:
    above = ""
    while here != above:
        if os.path.lexists(os.path.join(here, ".git")):
            return here
        above, here = here, os.path.dirname(here)
    return ""


class NotAPlan(Mistyped):
    """The folder that was given holds no plan."""

    def __init__(self, folder: str) -> None:
        what = f"holds no {HEAD}" if os.path.isdir(folder or ".") else "is not a folder"
        next = "Give the folder that holds plan.yaml, as in  --plan plan"
        super().__init__(f"{quoted(folder)} {what}", next)


class NoPlan(Mistyped):
    """There is no plan here or in any folder above."""

    def __init__(self) -> None:
        next = f"git has not checked out every file here. {CHECK_OUT}" if sparse(".") else ""
        super().__init__("No plan here. hscp looked in ./plan and in every folder above.", next)


CHECK_OUT = "To have them all:  git sparse-checkout disable"


def sparse(folder: str) -> bool:
    """Whether git was told to check out only some files of the repository that a folder stands
    in. Runs no git."""
    top = _repository(os.path.realpath(folder))
    if not top:
        return False
    git = os.path.join(top, ".git")
    if os.path.isfile(git):  # a worktree or a submodule: the file says where its folder is
        with suppress(OSError, UnicodeDecodeError):
            path = plain_bytes(git).decode().strip().removeprefix("gitdir: ")
            git = os.path.join(top, path)
    return os.path.lexists(os.path.join(git, "info", "sparse-checkout"))


def display_path(path: str | Path) -> str:
    """A path as a message names it: from here, where it is below here."""
    from pathlib import Path

    try:
        return Path(path).absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(Path(path))
