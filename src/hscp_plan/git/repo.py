"""What hscp asks of git, and the one thing that it has git do: `commit`, with the user's own hooks.

How git is asked, and run, is the affair of `ask` and `program`.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mendable, quoted
from .ask import MEND_STORE, ask, checked_id, find_commit, not_git, top_of
from .program import REFETCH, NoGit, Objects, Partial, Unread, run_users_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

__all__ = ["REFETCH", "NoGit", "Objects", "Partial", "Unread"]

MOST_LINES = 40
"""Lines of a failed commit's output that are passed on: the last."""


# --- reading ------------------------------------------------------------------------------------


def setting(folder: Path, key: str) -> str | None:
    """The value of a key in git's configuration; None where it has none, and without a git that
    answers."""
    try:
        result = ask(folder, "config", "--get", key)
    except NoGit:
        return None
    value = result.stdout.decode("utf-8", "replace").strip()
    return value if value and not result.returncode else None


class Commit(NamedTuple):
    """One commit: who wrote it, on which day by its author's own clock, and why."""

    id: str
    parents: tuple[str, ...]
    day: date
    """The day it was written."""
    commit_day: date
    """The day it came into this history, which is later where a rebase made the commit anew."""
    author: str
    subject: str

    @property
    def short(self) -> str:
        """Its id as people write it."""
        return self.id[:7]


def commits(folder: Path, tip: str = "HEAD", *only: str, here: bool = False) -> list[Commit]:
    """Every commit that a revision holds, the newest first, each before its parents. `only` may be
    --first-parent, which leaves out merged branches; `here` leaves out the commits that did not
    touch this folder. Empty where there is no commit yet.

    Raises NoGit where nothing can tell.
    """
    start = find_commit(folder.resolve(), tip)
    if start is None:
        return []
    form = "--format=%H%n%P%n%as%n%cs%n%an%n%s"
    words = ("log", "-z", "--topo-order", "--no-show-signature", "--no-mailmap", "--encoding=UTF-8")
    within = ("--", ".") if here else ()
    output = ask(folder.resolve(), *words, *only, form, start, *within, must=True).stdout
    records = filter(None, output.decode("utf-8", "replace").split("\0"))
    try:
        return [_commit_of(*record.split("\n", 5)) for record in records]
    except TypeError:
        raise not_git("log") from None


def _commit_of(
    id: str, parents: str, day: str, committed: str, author: str, subject: str
) -> Commit:
    return Commit(id, tuple(parents.split()), _day(day), _day(committed), author, subject)


def _day(text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:  # a commit may claim any time at all
        return date.min


def shallow(folder: Path) -> bool:
    """Whether this clone holds only the newest part of its history."""
    result = ask(folder.resolve(), "rev-parse", "--is-shallow-repository", must=True)
    return result.stdout.strip() == b"true"


def resolve_revision(folder: Path, revision: str) -> str | None:
    """The commit that a revision names; None where it names none. Raises NoGit."""
    commit = find_commit(folder.resolve(), revision)
    return commit.decode() if commit else None


def files_at_head(folder: Path, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The plan's files as the last commit has them: *.yaml and schema/*.json of this folder.

    Empty where there is no commit yet. Of `names`, those that are links, or in a folder below,
    are looked for where they lead. Raises NoGit where nothing can tell.
    """
    here = folder.resolve()
    at = find_commit(here, "HEAD")
    return _with_links(here, at, names) if at else {}


def files_at(folder: Path, commit: str, names: Iterable[str] = ()) -> dict[str, bytes]:
    """The plan's files as a commit has them, as `head`, and wherever their folder stood then."""
    here, at = folder.resolve(), commit.encode()
    return _with_links(here, at, names) or _files_elsewhere(here, at)


def ids_on_branches(folder: Path) -> set[str]:
    """Every id that the plan's files had at the tip of any branch, here or fetched. Read as text,
    so that a branch with a fault in its plan counts too.

    Raises NoGit where nothing can tell, and Partial where a branch's files are left out here.
    """
    here = folder.resolve()
    tips = ask(here, "rev-list", "--no-walk", "--all", must=True).stdout.split()
    files = [data for tip in tips for data in _files_here(here, checked_id(tip)).values()]
    matches = (re.findall(rb"(?m)^[ -]*id: *[\"']?([A-Za-z0-9.-]{1,16})", data) for data in files)
    return {id.decode() for ids in matches for id in ids}


def branch(folder: Path) -> str | None:
    """The branch that a commit would go to, even before its first; None where HEAD is detached."""
    result = ask(folder, "symbolic-ref", "--quiet", "--short", "HEAD")
    return None if result.returncode else result.stdout.decode("utf-8", "replace").strip()


def not_checked_out(folder: Path | str) -> set[str]:
    """The plan's files of a folder that git was told not to check out; none without a git that
    answers."""
    from pathlib import Path

    try:
        output = ask(Path(folder).resolve(), "ls-files", "-t", "-z", must=True).stdout
    except NoGit:
        return set()
    names = (os.fsdecode(line[2:]) for line in output.split(b"\0") if line.startswith(b"S "))
    return set(filter(_is_plan_file, names))


def staged_removals(folder: Path, names: Iterable[str]) -> set[str]:
    """Those of a folder's files whose removal is staged: `git rm`. Raises NoGit where nothing can
    tell."""
    output = ask(folder.resolve(), "ls-files", "-z", must=True).stdout
    known = set(map(os.fsdecode, output.split(b"\0")))
    return {name for name in names if name not in known}


def missing_identity(folder: Path) -> str | None:
    """What git does not know of whoever commits here: "name" or "email"; None where it knows
    both."""
    for part in ("name", "email"):
        variables = [f"GIT_{who}_{part.upper()}" for who in ("AUTHOR", "COMMITTER")]
        if not (setting(folder, f"user.{part}") or all(map(os.environ.get, variables))):
            return part
    return None


def push_command(folder: Path, branch: str) -> str | None:
    """The command that sends a branch to the other copy of the repository; None without one."""
    if setting(folder, f"branch.{branch}.remote"):
        return "git push"
    output = ask(folder, "config", "--name-only", "--get-regexp", r"^remote\..*\.url$").stdout
    names = [line[len("remote.") : -len(".url")] for line in output.decode().split("\n") if line]
    if not names:
        return None
    return f"git push -u {'origin' if 'origin' in names else names[0]} {branch}"


def _with_links(here: Path, commit: bytes, names: Iterable[str]) -> dict[str, bytes]:
    files = _files_here(here, commit)
    for name in names:
        real = (here / name).resolve()
        if real != here / name or real.parent != here:
            committed = files if real.parent == here else _files_here(real.parent, commit)
            if real.name in committed:
                files[name] = committed[real.name]
    return files


def _files_here(folder: Path, commit: bytes) -> dict[str, bytes]:
    """The plan's files in this very folder, as a commit has them."""
    return _list_files(folder, commit, b"")


def _files_elsewhere(folder: Path, commit: bytes) -> dict[str, bytes]:
    """The plan's files from another folder, where theirs was called or placed differently then."""
    place = _plan_folder(folder, commit)
    return {} if place is None else _list_files(folder, commit, place, "--full-tree")


def _plan_folder(folder: Path, commit: bytes) -> bytes | None:
    """The folder in which a commit holds the plan, from the repository's top and with a slash at
    its end: the only one of this folder's name that holds a plan, else the only one that does. One
    that holds a plan still is another plan's."""
    words = ("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit)
    paths = ask(folder, *words, must=True).stdout.split(b"\0")
    heads = [path for path in paths if re.search(rb"(^|/)plan\.yaml$", path)]
    top = top_of(folder)
    gone = [path for path in heads if not os.path.lexists(top + b"/" + path)]
    folders = [path.removesuffix(b"plan.yaml") for path in gone]
    name = os.fsencode(folder.name)
    namesakes = [path for path in folders if path.rstrip(b"/").rpartition(b"/")[2] == name]
    if len(namesakes) == 1:
        return namesakes[0]
    return folders[0] if len(folders) == 1 else None


def _list_files(folder: Path, commit: bytes, place: bytes, *whole: str) -> dict[str, bytes]:
    ids: dict[str, bytes] = {}
    for part in (place, place + b"schema/"):
        words: list[str | bytes] = ["ls-tree", "-z", *whole, commit, *([part] if part else [])]
        listing = ask(folder, *words, must=True).stdout
        for line in re.finditer(rb"100\d+ blob (\w+)\t([^\0]+)\0", listing):
            name = os.fsdecode(line[2].removeprefix(place))
            if _is_plan_file(name):
                ids[name] = line[1]
    return _contents(folder, ids, commit.decode()[:7])


def _is_plan_file(name: str) -> bool:
    return not name.startswith(".") and bool(re.fullmatch(r"[^/]+\.yaml|schema/[^/]+\.json", name))


def _contents(folder: Path, ids: dict[str, bytes], commit: str) -> dict[str, bytes]:
    contents = {}
    with Objects(folder) as objects:
        for name, id in ids.items():
            data = objects.get(id)
            if data is None:
                raise _missing_error(objects, id, f"{name} in commit {commit}")
            contents[name] = data
    return contents


def _missing_error(objects: Objects, id: bytes, what: str) -> Mendable:
    if id in objects.left_out:
        return Partial(f"this clone is partial: git left out {what}")
    if id in objects.too_big:
        return Mendable(f"{what} is over 5 MB", "hscp reads no more.")
    return Mendable(f"git does not hold {what}", MEND_STORE)


def trees(folder: Path, commits: Iterable[Commit]) -> Iterator[tuple[Commit, dict[str, bytes]]]:
    """For each commit, the plan's files by name, each with the id that git holds it under.

    The folder is followed to wherever it stood then; a commit without a plan has no files.
    """
    here = folder.resolve()
    places, searching = [b"./"], True
    with Objects(here) as objects:

        def plan_files(commit: bytes, place: bytes) -> dict[str, bytes]:
            return _blobs(objects.get(commit + b":" + place) or b"", len(commit) // 2)

        for commit in commits:
            id = commit.id.encode()
            files = next(filter(None, (plan_files(id, place) for place in places)), {})
            if not files and searching:
                then = _plan_folder(here, id)
                # A commit without a plan ends the search: older ones have none either.
                searching = then is not None
                if then is not None:
                    places.append(then)
                    files = plan_files(id, then)
            yield commit, files


def _blobs(listing: bytes, size: int) -> dict[str, bytes]:
    """The plan's own files in a folder as git lists it; none where it holds no plan."""
    blobs, at = {}, 0
    while (end := listing.find(b"\0", at)) > 0:
        mode, _, name = listing[at:end].partition(b" ")
        at = end + 1 + size
        if mode.startswith(b"100") and name.endswith(b".yaml") and not name.startswith(b"."):
            blobs[os.fsdecode(name)] = listing[end + 1 : at].hex().encode()
    return blobs if "plan.yaml" in blobs else {}


# --- committing ---------------------------------------------------------------------------------


def commit(
    folder: Path,
    names: Sequence[str],
    message: str,
    start: str | None = None,
    *,
    merge: bool = False,
) -> str:
    """Commit these files of a folder alone, as the user's own git does it, on a new branch where
    one is to be started; the commit's short name. Other staged work stays as it was. With `merge`,
    end the merge that is unfinished here: with all that is staged, as git does it.

    Raises Mendable with what git or a hook said where they refuse. Then no file was changed.
    """
    here = folder.resolve()
    if start:
        refusal = f"git did not start the branch {quoted(start)}"
        _run_users_git(here, refusal, "switch", "--create", start)
    paths = [(here / name).resolve() for name in names]
    # A word of its own for each, and none is a pattern; the option for all would reach the hooks.
    pathspecs = {path: f":(literal){path if path.parent != here else path.name}" for path in paths}
    existing = [pathspec for path, pathspec in pathspecs.items() if path.exists()]
    hint = f"You are on the new branch {start} now: save without --branch." if start else ""
    refusal = "nothing was saved: git did not make the commit"
    if existing:
        # New files are made known, no more: where a hook refuses, nothing is left staged.
        how = () if merge else ("--intent-to-add",)
        _run_users_git(here, refusal, "add", *how, "--", *existing, hint=hint)
    words = ("commit", "--quiet", "--cleanup=whitespace", "--file=-")
    only = () if merge else ("--only", "--", *pathspecs.values())
    arguments = ("-c", "i18n.commitEncoding=UTF-8", *words, *only)
    text = message.encode("utf-8", "backslashreplace")
    _run_users_git(here, refusal, *arguments, feed=text, hint=hint)
    short_id = ask(here, "rev-parse", "--verify", "--quiet", "--short", "HEAD", must=True)
    return short_id.stdout.decode().strip()


_LOCK = re.compile(r"'(?:[^'\n]*/)?(?P<file>\.git/[^'\n]+\.lock)'")
"""A file that git holds while it writes, as it names one that stands in its way."""


def _locked(file: str) -> Mendable:
    return Mendable(
        "nothing was saved: another program uses git here, or stopped halfway when it did",
        "Close what else uses git, wait a minute, and try again. If it is still so, one left a "
        f"file behind: delete {file} in the folder that holds the plan, or above it.",
    )


def _run_users_git(
    folder: Path, refusal: str, *args: str, feed: bytes = b"", hint: str = ""
) -> None:
    """Run the user's own git. Raises Mendable, with what git said, where it fails."""
    result = run_users_git(folder, args, feed)
    if not result.returncode:
        return
    output = (result.stdout + result.stderr).decode("utf-8", "replace").replace("\r\n", "\n")
    if lock := _LOCK.search(output):
        raise _locked(lock["file"])
    lines = [line for line in output.split("\n") if line.strip()][-MOST_LINES:]
    if lines:
        lines.insert(0, "Your files are as they were. It said:")
    raise Mendable(refusal, "\n".join([*(lines or [""]), hint]).rstrip("\n"))
