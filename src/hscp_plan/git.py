"""The only module that runs git: the one on PATH, never one of the plan's own folder.

What only looks runs nothing that a repository's configuration names. `commit` alone is the user's
own git, with the user's own hooks.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import Mendable, Mistyped, quoted
from .store import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from subprocess import CompletedProcess

SAFE = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
)
"""What keeps a reading git from running what a repository's own configuration names."""
ELSEWHERE = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"),
    *("GIT_NAMESPACE", "GIT_PREFIX"),
)
"""What would point git at another repository than the one that the plan stands in."""
MOST_SAID = 40
"""Lines of a failed commit's output that are passed on: the last."""


class NoGit(Mistyped):
    """There is no git, or the plan is in no repository: nothing tells what was saved."""


# --- reading ------------------------------------------------------------------------------------


def user_name(folder: Path) -> str | None:
    """The name that git would commit under here; None without git or a name."""
    return setting(folder, "user.name")


def setting(folder: Path, key: str) -> str | None:
    """What git's configuration says under a key; None without git, or where it says nothing."""
    try:
        ran = _look(folder, "config", "--get", key)
    except OSError:
        return None
    return ran.stdout.decode("utf-8", "replace").strip() or None if not ran.returncode else None


def head(folder: Path, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The plan's files as the last commit has them: *.yaml and schema/*.json of this folder.

    Empty where there is no commit yet. Of `names`, those that are links are looked for where they
    lead. Raises NoGit where nothing can tell.
    """
    here = folder.resolve()
    made = _committed(here)
    for name in names:
        real = (here / name).resolve()
        if real != here / name:
            there = made if real.parent == here else _committed(real.parent)
            if real.name in there:
                made[name] = there[real.name]
    return made


def ids_on_branches(folder: Path) -> set[str]:
    """Every id that the plan's files had at the tip of any branch, here or fetched; none without
    git. Read as text, so that a branch with a fault in its plan counts too."""
    here = folder.resolve()
    try:
        tips = _look(here, "rev-list", "--no-walk", "--all", must=True).stdout.split()
        files = [data for tip in tips for data in _committed(here, tip).values()]
    except Mendable:
        return set()
    found = (re.findall(rb"(?m)^[ -]*id: *[\"']?([A-Za-z0-9.-]{1,16})", data) for data in files)
    return {id.decode() for ids in found for id in ids}


def branch(folder: Path) -> str | None:
    """The branch that a commit would go to, even before its first; None where HEAD is detached."""
    ran = _look(folder, "symbolic-ref", "--quiet", "--short", "HEAD")
    return None if ran.returncode else ran.stdout.decode("utf-8", "replace").strip()


def unfinished(folder: Path) -> str | None:
    """What git is in the middle of here: a merge, a cherry-pick or a revert; else None."""
    for name, says in _UNFINISHED.items():
        if _commit(folder, name):
            return says
    return None


_UNFINISHED = {"MERGE_HEAD": "merge", "CHERRY_PICK_HEAD": "cherry-pick", "REVERT_HEAD": "revert"}


def nameless(folder: Path) -> str | None:
    """What git was never told of whoever commits here: "name" or "email"; None where it knows."""
    for what in ("name", "email"):
        told = [f"GIT_{who}_{what.upper()}" for who in ("AUTHOR", "COMMITTER")]
        if not (setting(folder, f"user.{what}") or all(os.environ.get(key) for key in told)):
            return what
    return None


def pushing(folder: Path, branch: str) -> str | None:
    """The command that sends a branch to the other copy of the repository; None without one."""
    if setting(folder, f"branch.{branch}.remote"):
        return "git push"
    found = _look(folder, "config", "--name-only", "--get-regexp", r"^remote\..*\.url$").stdout
    names = [line[len("remote.") : -len(".url")] for line in found.decode().split("\n") if line]
    if not names:
        return None
    return f"git push -u {'origin' if 'origin' in names else names[0]} {branch}"


def _committed(folder: Path, commit: bytes | None = None) -> dict[str, bytes]:
    """The plan's files in this very folder, as a commit (default: the last) has them."""
    commit = commit or _commit(folder, "HEAD")
    if commit is None:
        return {}
    found: dict[str, bytes] = {}
    for part in ((), ("schema/",)):
        listing = _look(folder, "ls-tree", "-z", "-l", commit, *part, must=True).stdout
        for line in re.finditer(rb"100\d+ blob (\w+) +(\d+)\t([^\0]+)\0", listing):
            name = os.fsdecode(line[3])
            if not _planned(name):
                continue
            if int(line[2]) > MOST_BYTES:
                raise Mendable(f"{name} is over 5 MB in the last commit", "hscp reads no more.")
            found[name] = line[1]
    return _contents(folder, found)


def _planned(name: str) -> bool:
    return not name.startswith(".") and bool(re.fullmatch(r"[^/]+\.yaml|schema/[^/]+\.json", name))


def _contents(folder: Path, named: dict[str, bytes]) -> dict[str, bytes]:
    if not named:
        return {}
    asked = b"".join(id + b"\n" for id in named.values())
    told, at, made = _look(folder, "cat-file", "--batch", feed=asked, must=True).stdout, 0, {}
    for name in named:
        end = told.index(b"\n", at)
        _, _, size = told[at:end].rpartition(b" ")
        if not size.isdigit():
            raise Mendable(f"git does not hold what the last commit has of {name}", "See  git fsck")
        at = end + 1 + int(size) + 1
        made[name] = told[end + 1 : at - 1]
    return made


def _commit(folder: Path, revision: str) -> bytes | None:
    """The commit that a revision names; None where it names none."""
    words = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    ran = _look(folder, *words, must=True)
    return ran.stdout.strip() or None


def _look(
    folder: Path, *args: str | bytes, feed: bytes = b"", must: bool = False
) -> CompletedProcess[bytes]:
    """Ask git something, with nothing run that the repository names. Raises NoGit where there is
    no git and, with `must`, where there is no repository or git refuses."""
    still = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    environment = _surroundings("GIT_EXTERNAL_DIFF") | still | {"LC_ALL": "C"}
    ran = _run(folder, (*SAFE, *args), environment, feed)
    # 1 is git's own "there is none"; 128 and up is that it could not look.
    if must and ran.returncode > 1:
        raise _refused(ran.stderr.decode("utf-8", "replace"))
    return ran


def _refused(said: str) -> NoGit:
    if "not a git repository" in said:
        return NoGit(
            "this plan is in no git repository, so nothing tells what was saved",
            "To begin one, in the folder that holds the plan:  git init",
        )
    if "dubious ownership" in said:
        return NoGit(
            "git will not read this repository, because it is somebody else's",
            "If you trust it:  git config --global --add safe.directory FOLDER",
        )
    first = said.strip().split("\n")[0].removeprefix("fatal: ")
    return NoGit(f"git cannot read this repository: {first}", "See  git fsck")


# --- committing ---------------------------------------------------------------------------------


def commit(folder: Path, names: Sequence[str], message: str, start: str | None = None) -> str:
    """Commit these files of a folder alone, as the user's own git does it, on a new branch where
    one is to be started; the commit's short name. Other staged work stays as it was.

    Raises Mendable with what git or a hook said where they refuse. Then no file was changed.
    """
    here = folder.resolve()
    if start:
        _own(here, f"git did not start the branch {quoted(start)}", "switch", "--create", start)
    paths = [(here / name).resolve() for name in names]
    # A word of its own for each, and none is a pattern; the option for all would reach the hooks.
    literal = {path: f":(literal){path if path.parent != here else path.name}" for path in paths}
    there = [word for path, word in literal.items() if path.exists()]
    hint = f"You are on the new branch {start} now: save without --branch." if start else ""
    what = "nothing was saved: git did not make the commit"
    if there:
        # New files are made known, no more: where a hook refuses, nothing is left staged.
        _own(here, what, "add", "--intent-to-add", "--", *there, hint=hint)
    words = ("commit", "--quiet", "--cleanup=whitespace", "--only", "--file=-", "--")
    encoded = ("-c", "i18n.commitEncoding=UTF-8", *words, *literal.values())
    _own(here, what, *encoded, feed=message.encode("utf-8", "backslashreplace"), hint=hint)
    made = _look(here, "rev-parse", "--verify", "--quiet", "--short", "HEAD", must=True)
    return made.stdout.decode().strip()


def _own(folder: Path, what: str, *args: str, feed: bytes = b"", hint: str = "") -> None:
    """Run the user's own git. Raises Mendable with what it said where it fails."""
    ran = _run(folder, args, _surroundings(), feed)
    if ran.returncode:
        text = (ran.stdout + ran.stderr).decode("utf-8", "replace").replace("\r\n", "\n")
        said = [line for line in text.split("\n") if line.strip()][-MOST_SAID:]
        lines = ["Your files are as they were. It said:", *said, hint] if said else ["", hint]
        raise Mendable(what, "\n".join(lines).rstrip("\n"))


# --- the program --------------------------------------------------------------------------------


def _run(
    folder: Path, args: Sequence[str | bytes], environment: dict[str, str], feed: bytes
) -> CompletedProcess[bytes]:
    import subprocess

    given: dict[str, Any] = {"input": feed} if feed else {"stdin": subprocess.DEVNULL}
    return subprocess.run(  # noqa: S603 - a fixed program with our own words
        [_program(folder), *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        **given,
    )


def _program(folder: Path) -> str:
    """The git on PATH: never one that stands in the plan's folder, or wherever one happens to be.
    Raises NoGit without one."""
    for place in os.get_exec_path():
        # A relative place, and on Windows the current folder, are whoever's repository this is.
        found = shutil.which("git", path=place) if os.path.isabs(place) else None  # noqa: PTH117
        if (
            found
            and Path(found).parent == Path(place)
            and not Path(found).resolve().is_relative_to(folder.resolve())
        ):
            return found
    raise NoGit(
        "there is no git on this computer, so nothing tells what was saved",
        "It is free: https://git-scm.com/downloads",
    )


def _surroundings(*more: str) -> dict[str, str]:
    """The environment without what would point git elsewhere."""
    return {k: v for k, v in os.environ.items() if k not in (*ELSEWHERE, *more)}
