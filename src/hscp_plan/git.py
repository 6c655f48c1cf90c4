"""The only module that runs git: the one on PATH, never one of the plan's own folder.

What only looks runs nothing that a repository's configuration names. `commit` alone is the user's
own git, with the user's own hooks.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import Mendable, Mistyped, quoted
from .store import MOST_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from subprocess import CompletedProcess, Popen
    from types import TracebackType

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


def setting(folder: Path, key: str) -> str | None:
    """What git's configuration says under a key; None without git, or where it says nothing."""
    try:
        ran = _look(folder, "config", "--get", key)
    except OSError:
        return None
    return ran.stdout.decode("utf-8", "replace").strip() or None if not ran.returncode else None


class Commit(NamedTuple):
    """One commit: who wrote it, on which day by its author's own clock, and why."""

    id: str
    parents: tuple[str, ...]
    day: date
    """The day it was written."""
    kept: date
    """The day it came into this history: a rebase or a merge may have made it anew."""
    author: str
    subject: str

    @property
    def short(self) -> str:
        """Its id as people write it."""
        return self.id[:7]


def commits(folder: Path, tip: str = "HEAD", *only: str, here: bool = False) -> list[Commit]:
    """Every commit that a revision holds, the newest first, each before its parents; `only` may
    be --first-parent, which leaves out what was merged; `here` leaves out what touched nothing of
    this folder. Empty where there is no commit yet.

    Raises NoGit where nothing can tell.
    """
    start = _commit(folder.resolve(), tip)
    if start is None:
        return []
    form = "--format=%H%n%P%n%as%n%cs%n%an%n%s"
    words = ("log", "-z", "--topo-order", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8")
    within = ("--", ".") if here else ()
    said = _look(folder.resolve(), *words, *only, form, start, *within, must=True).stdout
    made = []
    for record in filter(None, said.decode("utf-8", "replace").split("\0")):
        id, parents, day, kept, author, subject = record.split("\n", 5)
        made.append(Commit(id, tuple(parents.split()), _day(day), _day(kept), author, subject))
    return made


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:  # a commit may claim any time at all
        return date.min


def shallow(folder: Path) -> bool:
    """Whether this clone holds only the newest part of its history."""
    ran = _look(folder.resolve(), "rev-parse", "--is-shallow-repository", must=True)
    return ran.stdout.strip() == b"true"


def commit_named(folder: Path, revision: str) -> str | None:
    """The commit that a revision names; None where it names none. Raises NoGit."""
    found = _commit(folder.resolve(), revision)
    return found.decode() if found else None


def head(folder: Path, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The plan's files as the last commit has them: *.yaml and schema/*.json of this folder.

    Empty where there is no commit yet. Of `names`, those that are links are looked for where they
    lead. Raises NoGit where nothing can tell.
    """
    here = folder.resolve()
    at = _commit(here, "HEAD")
    return _linked(here, at, names) if at else {}


def files_at(folder: Path, commit: str, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The plan's files as a commit has them, as `head`, and wherever their folder stood then."""
    here, at = folder.resolve(), commit.encode()
    return _linked(here, at, names) or _elsewhere(here, at)


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


def _linked(here: Path, commit: bytes, names: Iterable[str]) -> dict[str, bytes]:
    made = _committed(here, commit)
    for name in names:
        real = (here / name).resolve()
        if real != here / name:
            there = made if real.parent == here else _committed(real.parent, commit)
            if real.name in there:
                made[name] = there[real.name]
    return made


def _committed(folder: Path, commit: bytes) -> dict[str, bytes]:
    """The plan's files in this very folder, as a commit has them."""
    return _listed(folder, commit, b"")


def _elsewhere(folder: Path, commit: bytes) -> dict[str, bytes]:
    """The plan's files where the folder that holds them stood elsewhere then."""
    place = _folder_then(folder, commit)
    return {} if place is None else _listed(folder, commit, place, "--full-tree")


def _folder_then(folder: Path, commit: bytes) -> bytes | None:
    """Where a commit holds a plan, from the repository's top and with a slash at its end: in a
    folder of this one's name, else in the only one that there is."""
    words = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    paths = _look(folder, *words, must=True).stdout.split(b"\0")
    heads = [p.removesuffix(b"plan.yaml") for p in paths if re.search(rb"(^|/)plan\.yaml$", p)]
    alike = [p for p in heads if p.rstrip(b"/").rpartition(b"/")[2] == os.fsencode(folder.name)]
    return next((found[0] for found in (alike, heads) if len(found) == 1), None)


def _listed(folder: Path, commit: bytes, place: bytes, *whole: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for part in (place, place + b"schema/"):
        words: list[str | bytes] = [
            "ls-tree",
            "-z",
            "-l",
            *whole,
            commit,
            *([part] if part else []),
        ]
        for line in re.finditer(
            rb"100\d+ blob (\w+) +(\d+)\t([^\0]+)\0", _look(folder, *words, must=True).stdout
        ):
            name = os.fsdecode(line[3].removeprefix(place))
            if not _planned(name):
                continue
            if int(line[2]) > MOST_BYTES:
                short = commit.decode()[:7]
                raise Mendable(f"{name} is over 5 MB in commit {short}", "hscp reads no more.")
            found[name] = line[1]
    return _contents(folder, found)


def _planned(name: str) -> bool:
    return not name.startswith(".") and bool(re.fullmatch(r"[^/]+\.yaml|schema/[^/]+\.json", name))


def _contents(folder: Path, named: dict[str, bytes]) -> dict[str, bytes]:
    made = {}
    with Objects(folder) as objects:
        for name, id in named.items():
            data = objects.get(id)
            if data is None:
                raise Mendable(f"git does not hold what a commit has of {name}", "See  git fsck")
            made[name] = data
    return made


class Objects:
    """What git holds, by name, one after the other: a file, or a folder as git lists it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._git: Popen[bytes] | None = None

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, kind: object, error: object, trace: TracebackType | None) -> None:
        if self._git:
            self._git.__exit__(None, None, None)

    def get(self, name: bytes) -> bytes | None:
        """What stands under a name; None where nothing does, or over 5 MB. Raises NoGit."""
        import subprocess

        if self._git is None:
            command = [_program(self._folder), *SAFE, "cat-file", "--batch"]
            self._git = subprocess.Popen(  # noqa: S603 - a fixed program with our own words
                command,
                cwd=self._folder,
                env=_still(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        asked, told = self._git.stdin, self._git.stdout
        if asked is None or told is None:
            raise NoGit("git cannot be asked for what it holds", "See  git fsck")
        try:
            asked.write(name + b"\n")
            asked.flush()
        except BrokenPipeError:
            return None
        _, _, size = told.readline().rstrip(b"\n").rpartition(b" ")
        if not size.isdigit():
            return None
        if int(size) > MOST_BYTES:
            for at in range(0, int(size), MOST_BYTES):
                told.read(min(MOST_BYTES, int(size) - at))
            data = None
        else:
            data = told.read(int(size))
        told.read(1)
        return data


def trees(folder: Path, commits: Iterable[Commit]) -> Iterator[tuple[Commit, dict[str, bytes]]]:
    """For each commit, the plan's files by name, each with the id that git holds it under.

    The folder is followed to wherever it stood then; a commit without a plan has no files.
    """
    here = folder.resolve()
    places, looking = [b"./"], True
    with Objects(here) as objects:

        def held(commit: bytes, place: bytes) -> dict[str, bytes]:
            return _blobs(objects.get(commit + b":" + place) or b"", len(commit) // 2)

        for commit in commits:
            id = commit.id.encode()
            files = next(filter(None, (held(id, place) for place in places)), {})
            if not files and looking:
                then = _folder_then(here, id)
                # A folder that is nowhere was nowhere before: nobody searches old projects twice.
                looking = then is not None
                if then is not None:
                    places.append(then)
                    files = held(id, then)
            yield commit, files


def _blobs(listing: bytes, size: int) -> dict[str, bytes]:
    """The plan's own files in a folder as git lists it; none where it holds no plan."""
    found, at = {}, 0
    while (end := listing.find(b"\0", at)) > 0:
        mode, _, name = listing[at:end].partition(b" ")
        at = end + 1 + size
        if mode.startswith(b"100") and name.endswith(b".yaml") and not name.startswith(b"."):
            found[os.fsdecode(name)] = listing[end + 1 : at].hex().encode()
    return found if "plan.yaml" in found else {}


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
    ran = _run(folder, (*SAFE, *args), _still(), feed)
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


def _still() -> dict[str, str]:
    """The environment for what only looks."""
    still = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    return _surroundings("GIT_EXTERNAL_DIFF") | still | {"LC_ALL": "C"}


def _surroundings(*more: str) -> dict[str, str]:
    """The environment without what would point git elsewhere."""
    return {k: v for k, v in os.environ.items() if k not in (*ELSEWHERE, *more)}
