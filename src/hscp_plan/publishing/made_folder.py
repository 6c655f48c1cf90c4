"""Makes a folder of files, a site or a desk, whole or not at all: every file is written beside it,
then moved in.

A list in the folder names what hscp made, each file with a digest of its bytes. Nothing else there
is ever replaced or removed, no link is followed, and whatever fails, what stood there is as it was.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ..disk import new_file, why
from ..errors import Mendable, Mistyped
from ..store import display_path
from ..words import count, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_BYTES = 5_000_000
"""How long the list may be."""


class Kind(NamedTuple):
    """What is made into folders of its own."""

    name: str
    """What it is called."""
    command: str
    """What makes it."""
    endings: str
    """How the names of its files end. A list that names anything else is not believed."""
    folders: str = ""
    """What may stand before these names: the folders that it has."""

    @property
    def marker(self) -> str:
        """The list of what hscp made, in the folder itself."""
        return f"hscp-{self.name}.json"

    def may_hold(self, name: str) -> bool:
        """Whether this may be one of its files."""
        a_file = re.fullmatch(rf"{self.folders}[a-z0-9][a-z0-9._-]*\.(?:{self.endings})", name)
        return bool(a_file) and name != self.marker


SITE = Kind("site", "hscp site", "html|csv|json|ics|txt")
DESK = Kind("desk", "hscp desk", "html|css|js|mjs|json|gz|zip", "(?:[0-9a-f]{16}/)?")

_LIST_WHILE_MOVING, _LIST_AFTER, _LIST_BEFORE = ".first", ".last", ".old"
"""Lists in the working folder: the one that stands while files move, the one after that, and the
one before."""
_TAKEN_OUT = ".before"
"""The folder within the working folder that holds what stood there, until all is moved in."""

Digests = dict[str, list[str]]


class Result(NamedTuple):
    """What making it came to."""

    files: int
    """The number of its files."""
    left: tuple[str, ...]
    """The files of an earlier one that somebody changed, which were left where they are."""


class Folder(NamedTuple):
    """A folder that it may be made in, and what an earlier one left there."""

    kind: Kind
    path: Path
    listed: Digests
    """By name: the digests that a file may have and still be as hscp made it."""
    moving: bool = False
    """Whether a process was killed while it moved files in and out."""


def folder(kind: Kind, given: str, plan: Path | None = None) -> Folder:
    """The folder to make it in. Raises Mistyped where hscp may not: it holds the plan, it is a
    link, or there is something in it and hscp did not make it."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 - resolving would follow a link
    if plan and _holds(path, plan):
        what = f"{display_path(path)} holds the plan itself"
        raise Mistyped(what, f"Give another folder for the {kind.name}.")
    if path.is_symlink():
        to = os.path.realpath(path)
        raise Mistyped(f"{display_path(path)} is a link", f"Give the folder that it leads to: {to}")
    if not os.path.lexists(path):
        return Folder(kind, path, {})
    if not path.is_dir():
        raise Mistyped(f"{display_path(path)} is not a folder", "Give the name of a folder.")
    try:
        names = {entry.name for entry in path.iterdir()}
    except OSError as error:
        raise disk_error(kind, path, error) from error
    if names and kind.marker not in names:
        raise Mistyped(
            f"{display_path(path)} is not empty, and hscp did not make what is in it",
            f"Give a new folder or an empty one: hscp replaces only a {kind.name} that it made.",
        )
    return _read_list(kind, path)


def publish(to: Folder, files: Iterable[tuple[str, bytes]], force: bool = False) -> Result:
    """Make the folder of these files.

    Raises Mistyped where one of them would replace what hscp did not make, unless that is forced,
    and Mendable where it cannot be written. Then the folder is as it was.
    """
    try:
        with _working_folder(to) as working:
            # Again: until now, another process may have been moving files.
            to = _read_list(to.kind, to.path)
            _restore(working / _TAKEN_OUT, to)
            digests = {name: _write(working / name, data) for name, data in files}
            if not os.path.lexists(to.path):
                _write_list(working / to.kind.marker, to.kind, digests)
                os.rename(working, to.path)  # noqa: PTH104 - replaces nothing
                return Result(len(digests), ())
            _check_replaceable(to, digests, force)
            old_names = [name for name in to.listed if name not in digests]
            to_move = [name for name in old_names if _is_as_made(to, name)]
            to_move += [name for name in digests if _digest_at(to.path / name) != digests[name]]
            _move_in(working, to, digests, to_move)
            left = (name for name in old_names if os.path.lexists(to.path / name))
            return Result(len(digests), tuple(left))
    except OSError as error:
        raise disk_error(to.kind, to.path, error) from error


_OTHER_DISK = "it is a disk of its own, and hscp cannot move what it made into it"


def disk_error(kind: Kind, path: Path, error: OSError) -> Mendable:
    """What is said where the disk does not let it be made."""
    reason = _OTHER_DISK if error.errno == errno.EXDEV else why(error)
    message = f"the {kind.name} could not be made in {display_path(path)}: {reason}"
    return Mendable(message, "What was there is as it was. Put that right, or give another folder.")


# --- what is there ------------------------------------------------------------------------------


def _holds(path: Path, plan: Path) -> bool:
    """Whether a path is the plan's folder, by whatever name, or a folder above it."""
    real = Path(os.path.realpath(plan))
    with suppress(OSError):
        return any(path.samefile(above) for above in (real, *real.parents))
    return False


def _read_list(kind: Kind, folder: Path) -> Folder:
    """What the list in a folder names. Raises Mistyped for one that hscp did not write."""
    path = folder / kind.marker
    if not os.path.lexists(path):
        return Folder(kind, folder, {})
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.lstat().st_size > MOST_BYTES:
            raise ValueError
        record = json.loads(path.read_text(encoding="utf-8"))
        if not all(map(kind.may_hold, record["files"])):
            raise ValueError
        listed = {name: [*map(str, digests)] for name, digests in record["files"].items()}
        to = Folder(kind, folder, listed, record.get("moving") is True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{display_path(path)} is not the list that hscp keeps of what it made"
        raise Mistyped(what, "Give a new folder, or an empty one.") from error
    _check_folders(to, listed)
    return to


def _folders(names: Iterable[str]) -> set[str]:
    """The folders that these names lie in, below the one that is made."""
    return {str(PurePosixPath(name).parent) for name in names if "/" in name}


def _check_folders(to: Folder, names: Iterable[str]) -> None:
    """Raises Mistyped where something else has the name of a folder of these: no link is
    followed."""
    for name in sorted(_folders(names)):
        path = to.path / name
        if os.path.lexists(path) and not stat.S_ISDIR(path.lstat().st_mode):
            what = (
                f"{display_path(path)} is not a folder, and one of the {to.kind.name} has that name"
            )
            raise Mistyped(what, f"Move it elsewhere. The {to.kind.name} is as it was.")


def _digest_at(path: Path) -> str:
    """The digest of an ordinary file; empty where none stands there."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
    except FileNotFoundError:
        return ""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as there:
        return _digest(there.read())


def _is_as_made(to: Folder, name: str) -> bool:
    """Whether a file stands there as hscp made it: an ordinary one, which nobody has changed."""
    digest = _digest_at(to.path / name)
    return bool(digest) and digest in to.listed.get(name, ())


def _check_replaceable(to: Folder, digests: Mapping[str, str], force: bool) -> None:
    """Raises Mistyped where a new file would replace what hscp did not make."""
    _check_folders(to, digests)
    conflicts = [
        name for name in digests if os.path.lexists(to.path / name) and not _is_as_made(to, name)
    ]
    folders = [name for name in conflicts if stat.S_ISDIR((to.path / name).lstat().st_mode)]
    if folders:
        first = display_path(to.path / folders[0])
        what = f"{first} is a folder, and a file of the {to.kind.name} has that name"
        raise Mistyped(what, f"Move it elsewhere. The {to.kind.name} is as it was.")
    if conflicts and not force:
        names = listed(conflicts) if len(conflicts) <= 5 else count(len(conflicts), "file")
        verb, pronoun = ("was", "it") if len(conflicts) == 1 else ("were", "them")
        raise Mistyped(
            f"{names} in {display_path(to.path)} {verb} put there or changed by somebody else",
            f"To keep {pronoun}, move {pronoun} out of the folder; to replace {pronoun}, add "
            f"--force. The {to.kind.name} is as it was.",
        )


# --- beside -------------------------------------------------------------------------------------


@contextmanager
def _working_folder(to: Folder) -> Iterator[Path]:
    """A hidden folder beside the target, held by this process alone, that is gone afterwards; but
    never while the only copy of something stands in it."""
    to.path.parent.mkdir(parents=True, exist_ok=True)
    working = to.path.parent / f".{to.path.name}.hscp-making"
    with suppress(FileExistsError):
        working.mkdir()
    if working.is_symlink() or not working.is_dir():
        raise Mendable(
            f"{display_path(working)} is in the way", "Move it elsewhere, and try again."
        )
    inside = working.stat().st_ino
    with _locked(working, to.kind):
        try:
            _clear(working)
            yield working
        finally:
            with suppress(OSError):
                # By now it may be what was made itself, under its own name.
                if working.stat().st_ino == inside:
                    _clear(working)
                    working.rmdir()


@contextmanager
def _locked(working: Path, kind: Kind) -> Iterator[None]:
    """Lock the folder; the lock dies with its process. Raises Mendable where another has it."""
    if os.name == "nt":
        yield
        return
    handle = os.open(working, os.O_RDONLY)
    try:
        _lock(handle, kind)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, kind: Kind) -> None:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        what = f"another hscp is making this {kind.name}"
        raise Mendable(what, "Wait until it has finished.") from None


def _restore(taken_out: Path, to: Folder) -> None:
    """Put back what a process that was killed while it moved files had taken out. Where
    all had moved, what was taken out is out for good."""
    if not taken_out.is_dir():
        return
    files = [
        path for path in sorted(taken_out.rglob("*")) if path.is_symlink() or not path.is_dir()
    ]
    for path in files if to.moving else ():
        target = to.path / path.relative_to(taken_out)
        if not os.path.lexists(target):
            target.parent.mkdir(exist_ok=True)
            os.rename(path, target)  # noqa: PTH104 - replaces nothing
    _delete(taken_out)


def _clear(working: Path) -> None:
    """Empty the working folder, but for what was taken out."""
    for path in working.iterdir():
        if path.name != _TAKEN_OUT:
            _delete(path)


def _write(path: Path, data: bytes) -> str:
    """Write a file that is not there yet; its digest."""
    path.parent.mkdir(exist_ok=True)
    new_file(path, data)
    return _digest(data)


def _write_list(
    path: Path, kind: Kind, digests: Mapping[str, str], before: Digests | None = None
) -> None:
    """Write the list of these files, with the digests of those `before` where either may be
    there."""
    digests_by_name = {name: list(digests) for name, digests in (before or {}).items()}
    for name, digest in digests.items():
        digests_by_name[name] = list(dict.fromkeys((*digests_by_name.get(name, ()), digest)))
    about = f"{kind.command} made these files, and replaces or removes no others."
    record = {"about": about, "files": dict(sorted(digests_by_name.items()))}
    # The list itself tells of moving files, so that it is true at each moment: see _restore.
    moving = {} if before is None else {"moving": True}
    text = json.dumps({**record, **moving}, indent=1)
    _write(path, f"{text}\n".encode())


def _digest(data: bytes) -> str:
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


# --- moved in -----------------------------------------------------------------------------------


def _move_in(working: Path, to: Folder, digests: Mapping[str, str], to_move: list[str]) -> None:
    """Move these of the new files in and of the old ones out; where anything fails, all of it
    back. A file that says the same as before stays where it is."""
    taken_out, marker = working / _TAKEN_OUT, to.path / to.kind.marker
    taken_out.mkdir()
    old_list = marker.read_bytes() if os.path.lexists(marker) else None
    if old_list is not None:
        _write(working / _LIST_BEFORE, old_list)
    # While files move, the list knows the old and the new: whenever it ends, the folder is ours.
    _write_list(working / _LIST_WHILE_MOVING, to.kind, digests, to.listed)
    _write_list(working / _LIST_AFTER, to.kind, digests)
    moves: list[tuple[Path, Path]] = []
    try:
        os.replace(working / _LIST_WHILE_MOVING, marker)  # noqa: PTH105
        for name in to_move:
            if os.path.lexists(to.path / name):
                _move(to.path / name, taken_out / name, moves)
            if name in digests:
                _move(working / name, to.path / name, moves)
        _remove_empty(to.path, to.listed)
        os.replace(working / _LIST_AFTER, marker)  # noqa: PTH105
    except BaseException:
        _move_back(moves, taken_out, to)
        if old_list is None:
            marker.unlink(missing_ok=True)
        else:
            os.replace(working / _LIST_BEFORE, marker)  # noqa: PTH105
        _remove_empty(to.path, digests)
        raise
    with suppress(OSError):
        _delete(taken_out)


def _move(was: Path, now: Path, moves: list[tuple[Path, Path]]) -> None:
    # Noted before it is done: it may be interrupted just after.
    moves.append((was, now))
    now.parent.mkdir(exist_ok=True)
    os.rename(was, now)  # noqa: PTH104 - nothing stands there


def _move_back(moves: list[tuple[Path, Path]], taken_out: Path, to: Folder) -> None:
    """Undo these moves, the last first. Raises Mendable where the disk does not even allow that."""
    try:
        for was, now in reversed(moves):
            if os.path.lexists(now) and not os.path.lexists(was):
                was.parent.mkdir(exist_ok=True)
                os.rename(now, was)  # noqa: PTH104 - nothing stands there
        _remove_empty(taken_out, to.listed)
        taken_out.rmdir()
    except OSError as error:
        raise Mendable(
            f"the {to.kind.name} in {display_path(to.path)} is partly new and partly old, and "
            f"could not be put back: {error.strerror}",
            f"Its old files are in {taken_out}. Run the command again once the disk is in order.",
        ) from error


def _remove_empty(top: Path, names: Iterable[str]) -> None:
    """Remove the folders of these names that hold nothing any more."""
    for name in _folders(names):
        path = top / name
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _delete(path: Path) -> None:
    """Delete a file, or a folder with all that is in it; of a link, the link."""
    if path.is_symlink() or not path.is_dir():
        path.unlink()
        return
    for inside in path.iterdir():
        _delete(inside)
    path.rmdir()
