"""A merge, or the like, that git is in the middle of: what it brings, and what would end it."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from .ask import ask, find_commit, git_paths, top_of
from .program import NoGit, Objects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


_UNFINISHED = {"MERGE_HEAD": "merge", "CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert"}
_REBASES = ("rebase-merge", "rebase-apply")
_SIGNS = (*_UNFINISHED, "MERGE_MSG", *_REBASES)
"""One of these is there whenever git is in the middle of something, however it keeps the names of
commits; nearly always none is, and then one question to git is enough."""


def unfinished_operation(folder: Path) -> str | None:
    """What git is in the middle of here: a merge, a cherry-pick, a revert or a rebase; else
    None."""
    signs = _signs(folder)
    for name, operation in _UNFINISHED.items() if signs else ():
        if find_commit(folder, name):
            return operation
    return "rebase" if signs.intersection(_REBASES) else None


def _signs(folder: Path) -> set[str]:
    """Which of the signs are there that git is in the middle of something."""
    paths = git_paths(folder.resolve(), *_SIGNS)
    return {name for name, path in zip(_SIGNS, paths, strict=True) if path.exists()}


def ending_command(operation: str) -> str:
    """What ends what git is in the middle of, once its files are right."""
    return "git commit --no-edit" if operation == "merge" else f"git {operation} --continue"


def merged_commits(folder: Path) -> list[str]:
    """The commits that an unfinished merge, cherry-pick or rebase brings into this folder."""
    here = folder.resolve()
    if not _signs(here):
        return []
    (heads,) = git_paths(here, "MERGE_HEAD")  # git gives only the first of several by that name
    names = heads.read_text("utf-8", "replace").split() if heads.is_file() else []
    commits = (find_commit(here, name) for name in (*names, "CHERRY_PICK_HEAD", "REBASE_HEAD"))
    return [commit.decode() for commit in commits if commit]


def merge_subject(folder: Path) -> str:
    """The subject that git has for the merge that is unfinished here."""
    (path,) = git_paths(folder.resolve(), "MERGE_MSG")
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    return (text.strip().splitlines() or ["Merge"])[0]


def staged_beside(folder: Path, names: Iterable[str]) -> list[str]:
    """What is staged in the repository beside these files of a folder, by paths from its top: what
    a commit of all that is staged would hold too."""
    here = folder.resolve()
    top = type(here)(os.fsdecode(top_of(here))).resolve()
    index = ask(top, "ls-files", "--stage", "-z", must=True).stdout.split(b"\0")
    head = ask(top, "ls-tree", "-r", "-z", "HEAD", must=True).stdout
    committed = re.sub(rb"(?m)(^|\0)(\d+) \w+ (\w+)\t", rb"\1\2 \3 0\t", head).split(b"\0")
    paths = {os.fsdecode(line.partition(b"\t")[2]) for line in {*index} ^ {*committed}}
    own = {os.path.relpath((here / name).resolve(), top).replace(os.sep, "/") for name in names}
    return sorted(paths - own)


def unmerged_files(folder: Path) -> set[str]:
    """The files of this folder whose merge is unfinished; none without a git that answers."""
    try:
        output = ask(folder.resolve(), "ls-files", "-u", "-z", must=True).stdout
    except NoGit:
        return set()
    names = (line.partition(b"\t")[2] for line in output.split(b"\0") if line)
    return {os.fsdecode(name) for name in names if b"/" not in name}


def is_untouched(path: Path) -> bool:
    """Whether a file whose merge is unfinished is as git left it where it cannot show both sides:
    the file of one of them, or taken out by one. What a person has put right is neither."""
    try:
        held = path.read_bytes()
    except OSError:
        return True
    with Objects(path.parent) as objects:
        names = (b":%d:./" % side + os.fsencode(path.name) for side in (2, 3))
        sides = [objects.get(name) for name in names]
    # A checkout may have changed the line ends.
    texts = [None if data is None else data.replace(b"\r\n", b"\n") for data in (*sides, held)]
    return None in texts or texts[-1] in texts[:-1]


def merge_base_text(path: Path) -> str | None:
    """The text that both sides of a file's unfinished merge began from; None where git does not
    tell."""
    try:
        with Objects(path.parent) as objects:
            data = objects.get(b":1:./" + os.fsencode(path.name))
    except NoGit:
        return None
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None
