"""Makes a site's folder, whole or not at all: every file beside it first, then moved in.

A list in the folder says what hscp made, each file with a digest of its bytes. Nothing else there
is ever replaced or removed, no link is followed, and whatever fails, the old site is as it was.
"""

from __future__ import annotations

import json
import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ..disk import new_file
from ..errors import Mendable, Mistyped
from ..store import shown
from ..words import count, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MARKER = "hscp-site.json"
"""The list of what hscp made, in the folder itself."""
MOST_BYTES = 5_000_000
_OURS = re.compile(r"[a-z0-9][a-z0-9._-]*\.(?:html|csv|json|ics|txt)")
"""A site's files. A list that names anything else is not believed."""
_FIRST, _LAST, _OLD = ".first", ".last", ".old"
"""Beside, until they are moved in: the list that stands while files move, the one after, and the
one before."""
_KEPT = ".before"
"""Beside: what stood in the folder, until all has been moved in."""

Digests = dict[str, list[str]]


class Made(NamedTuple):
    """What was made: how many files, and those of an earlier site that were left where they are."""

    files: int
    left: tuple[str, ...]


class Folder(NamedTuple):
    """A folder that a site may be made in, and what an earlier one left in it."""

    path: Path
    listed: Digests
    """By name: the digests that a file may have and still be as hscp made it."""
    moving: bool = False
    """Whether a process was killed while it moved pages in and out."""


def folder(given: str, plan: Path) -> Folder:
    """The folder for a site. Raises Mistyped where hscp may not make one: it holds the plan, it is
    a link, or there is something in it and hscp did not make it."""
    path = Path(os.path.abspath(given))  # noqa: PTH100 - resolving would follow a link
    if _holds(path, plan):
        raise Mistyped(f"{shown(path)} holds the plan itself", "Give another folder for the site.")
    if path.is_symlink():
        to = os.path.realpath(path)
        raise Mistyped(f"{shown(path)} is a link", f"Give the folder that it leads to: {to}")
    if not os.path.lexists(path):
        return Folder(path, {})
    if not path.is_dir():
        raise Mistyped(f"{shown(path)} is not a folder", "Give the name of a folder.")
    try:
        there = {entry.name for entry in path.iterdir()}
    except OSError as error:
        raise _failed(path, error) from error
    if there and MARKER not in there:
        raise Mistyped(
            f"{shown(path)} is not empty, and hscp did not make what is in it",
            "Give a new folder or an empty one: hscp replaces only a site that it made.",
        )
    return _found(path)


def publish(to: Folder, files: Iterable[tuple[str, bytes]], force: bool = False) -> Made:
    """Make the site of these files.

    Raises Mistyped where one of them would replace what hscp did not make, unless that is forced,
    and Mendable where it cannot be written. Then the folder is as it was.
    """
    try:
        with _beside(to.path) as beside:
            # Again: until now, another process may have been moving pages.
            to = _found(to.path)
            _restore(beside / _KEPT, to)
            made = {name: _write(beside / name, data) for name, data in files}
            if not os.path.lexists(to.path):
                _write_list(beside / MARKER, made)
                os.rename(beside, to.path)  # noqa: PTH104 - replaces nothing
                return Made(len(made), ())
            _refuse(to, made, force)
            gone = [name for name in to.listed if name not in made]
            moving = [name for name in gone if _as_made(to, name)]
            moving += [name for name in made if _there(to.path / name) != made[name]]
            _move_in(beside, to, made, moving)
            left = (name for name in gone if os.path.lexists(to.path / name))
            return Made(len(made), tuple(left))
    except OSError as error:
        raise _failed(to.path, error) from error


def _failed(path: Path, error: OSError) -> Mendable:
    import errno

    plain = {
        "ENOSPC": "the disk is full",
        "EDQUOT": "your share of the disk is full",
        "EACCES": "you may not read or write there",
        "EPERM": "you may not read or write there",
        "EROFS": "that disk is read-only",
        "EXDEV": "it is a disk of its own, and hscp cannot move what it made into it",
    }
    why = plain.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))
    what = f"the site could not be made in {shown(path)}: {why}"
    return Mendable(what, "What was there is as it was. Put that right, or give another folder.")


# --- what is there ------------------------------------------------------------------------------


def _holds(path: Path, plan: Path) -> bool:
    """Whether this is the plan's folder, by whatever name, or one above it."""
    real = Path(os.path.realpath(plan))
    with suppress(OSError):
        return any(path.samefile(above) for above in (real, *real.parents))
    return False


def _found(folder: Path) -> Folder:
    """What the list in a folder names. Raises Mistyped for one that hscp did not write."""
    path = folder / MARKER
    if not os.path.lexists(path):
        return Folder(folder, {})
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.lstat().st_size > MOST_BYTES:
            raise ValueError
        said = json.loads(path.read_text(encoding="utf-8"))
        if not all(_OURS.fullmatch(name) and name != MARKER for name in said["files"]):
            raise ValueError
        listed = {name: [*map(str, digests)] for name, digests in said["files"].items()}
        return Folder(folder, listed, said.get("moving") is True)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        what = f"{shown(path)} is not the list that hscp keeps of what it made"
        raise Mistyped(what, "Give a new folder, or an empty one.") from error


def _there(path: Path) -> str:
    """The digest of an ordinary file that stands there; nothing where none does."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
    except FileNotFoundError:
        return ""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as there:
        return _digest(there.read())


def _as_made(to: Folder, name: str) -> bool:
    """Whether a file stands there as hscp made it: an ordinary one, and nobody has changed it."""
    digest = _there(to.path / name)
    return bool(digest) and digest in to.listed.get(name, ())


def _refuse(to: Folder, made: Mapping[str, str], force: bool) -> None:
    """Raises Mistyped where a file of the new site would replace what hscp did not make."""
    there = [name for name in made if os.path.lexists(to.path / name) and not _as_made(to, name)]
    folders = [name for name in there if stat.S_ISDIR((to.path / name).lstat().st_mode)]
    if folders:
        what = f"{shown(to.path / folders[0])} is a folder, and a page of the site has that name"
        raise Mistyped(what, "Move it elsewhere. The site is as it was.")
    if there and not force:
        which = listed(there) if len(there) <= 5 else count(len(there), "file")
        was, it = ("was", "it") if len(there) == 1 else ("were", "them")
        raise Mistyped(
            f"{which} in {shown(to.path)} {was} put there or changed by somebody else",
            f"To keep {it}, move {it} out of the folder; to replace {it}, add --force. The site "
            "is as it was.",
        )


# --- beside -------------------------------------------------------------------------------------


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A hidden folder beside the target, held by this process alone, that is gone afterwards; but
    never while the only copy of something stands in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{target.name}.hscp-making"
    with suppress(FileExistsError):
        beside.mkdir()
    if beside.is_symlink() or not beside.is_dir():
        raise Mendable(f"{shown(beside)} is in the way", "Move it elsewhere, and try again.")
    inside = beside.stat().st_ino
    with _held(beside):
        try:
            _clear(beside)
            yield beside
        finally:
            with suppress(OSError):
                # By now it may be the site itself, under its own name.
                if beside.stat().st_ino == inside:
                    _clear(beside)
                    beside.rmdir()


@contextmanager
def _held(beside: Path) -> Iterator[None]:
    """Lock the folder; the lock dies with its process. Raises Mendable where another has it."""
    if os.name == "nt":
        yield
        return
    handle = os.open(beside, os.O_RDONLY)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Mendable("another hscp is making this site", "Wait until it has finished.") from None


def _restore(kept: Path, to: Folder) -> None:
    """Put back what a process that was killed while it moved had taken out of the site. Once all
    has moved, what is still kept was taken out for good."""
    if not kept.is_dir():
        return
    lost = [p for p in sorted(kept.iterdir()) if not os.path.lexists(to.path / p.name)]
    for path in lost if to.moving else ():
        os.rename(path, to.path / path.name)  # noqa: PTH104 - replaces nothing
    _forget(kept)


def _clear(beside: Path) -> None:
    """Remove what was made beside; what stood in the site is left."""
    for path in beside.iterdir():
        if path.name != _KEPT:
            path.unlink()


def _write(path: Path, data: bytes) -> str:
    """Write a file that is not there yet; its digest."""
    new_file(path, data)
    return _digest(data)


def _write_list(path: Path, made: Mapping[str, str], before: Digests | None = None) -> None:
    """Write the list of these files; with those of the site before, where both may be found."""
    both = {name: list(digests) for name, digests in (before or {}).items()}
    for name, digest in made.items():
        both[name] = list(dict.fromkeys((*both.get(name, ()), digest)))
    about = "hscp site made these files, and replaces or removes no others."
    said = {"about": about, "files": dict(sorted(both.items()))}
    # Told by the list itself, so that it is true at each moment: see _restore.
    moving = {} if before is None else {"moving": True}
    text = json.dumps({**said, **moving}, indent=1)
    _write(path, f"{text}\n".encode())


def _digest(data: bytes) -> str:
    from hashlib import blake2b

    return blake2b(data, digest_size=16).hexdigest()


# --- moved in -----------------------------------------------------------------------------------


def _move_in(beside: Path, to: Folder, made: Mapping[str, str], moving: list[str]) -> None:
    """Move these files of the new site in and of the old one out; where anything fails, all of it
    back. A page that says the same as before stays where it is."""
    kept, marker = beside / _KEPT, to.path / MARKER
    kept.mkdir()
    old = marker.read_bytes() if os.path.lexists(marker) else None
    if old is not None:
        _write(beside / _OLD, old)
    # While files move, the list knows the old and the new: whenever it ends, the folder is ours.
    _write_list(beside / _FIRST, made, to.listed)
    _write_list(beside / _LAST, made)
    moves: list[tuple[Path, Path]] = []
    try:
        os.replace(beside / _FIRST, marker)  # noqa: PTH105
        for name in moving:
            if os.path.lexists(to.path / name):
                _move(to.path / name, kept / name, moves)
            if name in made:
                _move(beside / name, to.path / name, moves)
        os.replace(beside / _LAST, marker)  # noqa: PTH105
    except BaseException:
        _move_back(moves, kept, to.path)
        if old is None:
            marker.unlink(missing_ok=True)
        else:
            os.replace(beside / _OLD, marker)  # noqa: PTH105
        raise
    with suppress(OSError):
        _forget(kept)


def _move(was: Path, now: Path, moves: list[tuple[Path, Path]]) -> None:
    # Noted first: it may be interrupted just after it was done.
    moves.append((was, now))
    os.rename(was, now)  # noqa: PTH104 - nothing stands there


def _move_back(moves: list[tuple[Path, Path]], kept: Path, target: Path) -> None:
    """Undo these moves, the last first. Raises Mendable where the disk does not even allow that."""
    try:
        for was, now in reversed(moves):
            if os.path.lexists(now) and not os.path.lexists(was):
                os.rename(now, was)  # noqa: PTH104 - nothing stands there
        kept.rmdir()
    except OSError as error:
        raise Mendable(
            f"the site in {shown(target)} is partly new and partly old, and could not be put "
            f"back: {error.strerror}",
            f"Its old pages are in {kept}. Run the command again once the disk is in order.",
        ) from error


def _forget(kept: Path) -> None:
    for path in kept.iterdir():
        path.unlink()
    kept.rmdir()
