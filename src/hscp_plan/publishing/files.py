"""Writes what is published as files: whole or not at all, never among a plan's own files, and over
another only where that was asked for."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ..disk import new_file, why
from ..errors import Mendable, Mistyped
from ..store import HEAD, display_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..store import Opened

BESIDE = ".hscp-publishing-"
"""How the name of a file begins while it is written."""
_ABANDONED = re.compile(re.escape(BESIDE) + r"\d+-[0-9a-f]{8}")
_WRITTEN_BY = 3_600
"""Seconds after which nobody is still writing such a file: its process was killed."""


def write_files(
    files: Sequence[tuple[Path, bytes]], opened: Opened, force: bool, folder: Path | None = None
) -> Iterator[Path]:
    """Write files, in a folder that is made first where one is named; each as it is written.

    Raises Mistyped where one of them may not be written there: then none is. Raises Mendable where
    the disk refuses one: then what was there is as it was.
    """
    if folder:
        _make(folder)
    for target, _ in files:
        with _refusals_explained(target):
            _check_place(target, opened, force)
    for target, data in files:
        with _refusals_explained(target):
            _check_place(target, opened, force)
            real = Path(os.path.realpath(target))
            _remove_abandoned(real.parent)
            _write(real, target, data, force)
        yield target


@contextmanager
def _refusals_explained(target: Path) -> Iterator[None]:
    """Raises Mendable, with what is there now, where the disk refuses a file."""
    real = Path(os.path.realpath(target))
    try:
        yield
    except OSError as error:
        left = "It is as it was" if os.path.lexists(real) else "Nothing was written"
        what = f"{display_path(target)} could not be written: {_reason(error, real)}"
        raise Mendable(what, f"{left}. Put that right, or give another file with -o.") from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        what = f"the folder {display_path(folder)} cannot be made: {error.strerror}"
        raise Mendable(what, "Give another one.") from error


def _check_place(target: Path, opened: Opened, force: bool) -> None:
    """Raises Mistyped where no file may be written there."""
    real = Path(os.path.realpath(target))
    _check_outside_plans(real, target, opened)
    _check_free(real, target, force)


def _check_outside_plans(real: Path, target: Path, opened: Opened) -> None:
    """Raises Mistyped for a file of the plan, wherever it is kept, for any in its folder, and for
    any beside another plan's."""
    sources = {os.path.realpath(source.path) for source in opened.sources}
    folders = [each.folder for each in opened.of or (opened,)]
    among = any(_same(above, folder) for above in real.parents for folder in folders)
    if str(real) in sources or among or os.path.lexists(real.parent / HEAD):
        what = f"{display_path(target)} would stand among a plan's own files"
        raise Mistyped(what, "Give a file outside that folder with -o.")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _check_free(real: Path, target: Path, force: bool) -> None:
    """Raises Mistyped where something stands there that is not to be replaced."""
    if real.is_dir():
        raise Mistyped(f"{display_path(target)} is a folder", "Give the name of a file in it.")
    if not real.parent.is_dir():
        what = f"there is no folder {display_path(target.parent)}"
        raise Mistyped(what, "Make it first, or give another file with -o.")
    if not os.path.lexists(target) and not os.path.lexists(real):
        return
    # Only one that leads back to itself is still a link here.
    if real.is_symlink() or (real.exists() and not real.is_file()):
        what = f"{display_path(target)} is not an ordinary file"
        raise Mistyped(what, "Give another file with -o; for the screen:  -o -")
    if not force:
        what = f"{display_path(target)} is there already, so nothing was written"
        raise Mistyped(what, "To replace it, add --force; or give another file with -o.")


def _write(real: Path, target: Path, data: bytes, force: bool) -> None:
    # No other process has this name, on another computer that shares the folder either.
    beside = real.parent / f"{BESIDE}{os.getpid()}-{os.urandom(4).hex()}"
    mode = 0o666
    if real.exists():
        # A rename would replace a read-only file, and root ignores modes: the file is asked.
        mode = stat.S_IMODE(real.stat().st_mode)
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(None, "it is read-only")
        os.close(os.open(real, os.O_WRONLY))
    try:
        new_file(beside, data, mode=mode)
        _check_free(real, target, force)
        os.replace(beside, real)  # noqa: PTH105 - the one step that makes it so
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _remove_abandoned(folder: Path) -> None:
    """Remove what killed processes of ours left half written."""
    for path in folder.glob(f"{BESIDE}*"):
        with suppress(OSError):
            if _ABANDONED.fullmatch(path.name) and time.time() - path.stat().st_mtime > _WRITTEN_BY:
                path.unlink()


def _reason(error: OSError, real: Path) -> str:
    """Why, in words that a person can act on."""
    locked = os.name == "nt" and error.errno in (errno.EACCES, errno.EPERM) and real.exists()
    return "it is open in another program" if locked else why(error)
