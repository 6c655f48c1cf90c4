"""Writes what is published as a file: whole or not at all, never among the plan's own files, and
over another only where that was asked for."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..disk import new_file
from ..errors import Mendable, Mistyped
from ..store import HEAD, shown
from ..words import listed, safe
from ..writers.formats import FORMATS
from ._look import refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..store import Opened

STDOUT = "-"
"""What is typed for standard output in place of a file."""
BESIDE = ".hscp-publishing-"
"""How the name of a file begins while it is written."""
_LEFT = re.compile(re.escape(BESIDE) + r"\d+-[0-9a-f]{8}")
_WRITTEN_BY = 3_600
"""Seconds after which nobody is still writing such a file: its process was killed."""
ENDINGS = {ending: name for name, format in FORMATS.items() for ending in format.endings}
"""The endings of files that say a format, and which."""
UNWRITTEN = frozenset(("pdf", "doc", "docm", "dot", "dotx", "odt", "rtf", "xls", "xlsm", "ods"))
"""The endings of files that people ask for, and hscp cannot write."""

F = TypeVar("F", bound=str)


def format_meant(
    output: str | None, asked: F | None, can: Sequence[F], option: str = "--format "
) -> F | None:
    """The format that was asked for, else the one that the file's ending says; None where neither
    says any. Raises Mistyped where they differ, and where nothing can be written so."""
    target = Path(output or STDOUT)
    ending = target.suffix[1:].casefold()
    said = ENDINGS.get(ending)
    found = next((format for format in can if format == said), None)
    if ending in UNWRITTEN or (said and not found):
        names = [named(target, format) for format in ([asked] if asked else can)]
        program = {"docx": "Word", "xlsx": "Excel", "html": "A browser"}.get(asked or can[0])
        saves = f" {program} can save {names[0]} as PDF." if program and ending == "pdf" else ""
        what = f"this cannot be written as a .{ending} file"
        raise Mistyped(what, f"Name it {listed(names, 'or')}.{saves}")
    if asked and found and asked != found:
        what = f"{option}{asked} and -o {shown(target)} say different things"
        raise Mistyped(what, f"Name it {named(target, asked)}, or write {option}{found}.")
    return asked or found


def named(target: Path, format: str) -> str:
    """A file's name with the ending that a format has."""
    ending = FORMATS[format].endings[0] if format in FORMATS else "txt"
    return shown(target.with_suffix(f".{ending}"))


def default_name(kind: str, day: date, ending: str) -> Path:
    """The file that is written where none is named: plan-2021-12-15.xlsx, in this folder."""
    return Path(f"{kind}-{day.isoformat()}.{ending}")


def published(data: bytes, target: Path, opened: Opened, force: bool) -> None:
    """Write a file, and say so.

    Raises Mistyped where no file may be written there, and Mendable where it could identify a child
    or could not be written. Then what was there is as it was.
    """
    all_published([(target, data)], opened, force)


def all_published(
    files: Sequence[tuple[Path, bytes]], opened: Opened, force: bool, folder: Path | None = None
) -> None:
    """Write several files, as `published`: none of them where one may not be written. The folder
    for them, where one is named, is made if it is not there."""
    for _ in looked_through(((shown(target), data) for target, data in files), opened):
        pass
    if folder:
        _make(folder)
    for target, _ in files:
        with _told(target):
            _may_stand(target, opened, force)
    for target, data in files:
        _published(data, target, opened, force)


def _published(data: bytes, target: Path, opened: Opened, force: bool) -> None:
    real = Path(os.path.realpath(target))
    with _told(target):
        _may_stand(target, opened, force)
        _tidy(real.parent)
        _write(real, target, data, force)
    sys.stdout.write(f"Wrote {safe(shown(target))}\n")


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Raises Mendable, with what is there now, where the disk refuses a file."""
    real = Path(os.path.realpath(target))
    try:
        yield
    except OSError as error:
        left = "It is as it was" if os.path.lexists(real) else "Nothing was written"
        what = f"{shown(target)} could not be written: {_reason(error, real)}"
        raise Mendable(what, f"{left}. Put that right, or give another file with -o.") from error


def _make(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        what = f"the folder {shown(folder)} cannot be made: {error.strerror}"
        raise Mendable(what, "Give another one.") from error


def to_stdout(data: bytes, ending: str, opened: Opened) -> None:
    """Write on standard output. Raises Mistyped for what is not text where a person looks at it,
    and Mendable for what could identify a child."""
    if ending == "xlsx" and sys.stdout.isatty():
        what = f"a .{ending} file cannot be shown on a screen"
        raise Mistyped(what, "Leave -o out, or give a file's name after it.")
    for _, each in looked_through([("standard output", data)], opened):
        sys.stdout.flush()
        sys.stdout.buffer.write(each)


def looked_through(
    files: Iterable[tuple[str, bytes]], opened: Opened
) -> Iterator[tuple[str, bytes]]:
    """These files by their names, each once nothing in it could identify a child. Raises Mendable
    for the first in which anything could."""
    from ..publishing.door import Door
    from ..publishing.texts import said

    door = Door(opened)
    for name, data in files:
        refused(door.amiss(name, said(data)))
        yield name, data


def _may_stand(target: Path, opened: Opened, force: bool) -> None:
    """Raises Mistyped where no file may be written there."""
    real = Path(os.path.realpath(target))
    _not_the_plans(real, target, opened)
    _free(real, target, force)


def _not_the_plans(real: Path, target: Path, opened: Opened) -> None:
    """Raises Mistyped for a file of the plan, wherever it is kept, for any in its folder, and for
    any beside another plan's."""
    own = {os.path.realpath(source.path) for source in opened.sources}
    among = any(_same(above, opened.folder) for above in real.parents)
    if str(real) in own or among or os.path.lexists(real.parent / HEAD):
        what = f"{shown(target)} would stand among a plan's own files"
        raise Mistyped(what, "Give a file outside that folder with -o.")


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _free(real: Path, target: Path, force: bool) -> None:
    """Raises Mistyped where something stands there that is not to be replaced."""
    if real.is_dir():
        raise Mistyped(f"{shown(target)} is a folder", "Give the name of a file in it.")
    if not real.parent.is_dir():
        what = f"there is no folder {shown(target.parent)}"
        raise Mistyped(what, "Make it first, or give another file with -o.")
    if not os.path.lexists(target) and not os.path.lexists(real):
        return
    # Only one that leads back to itself is still a link here.
    if real.is_symlink() or (real.exists() and not real.is_file()):
        what = f"{shown(target)} is not an ordinary file"
        raise Mistyped(what, "Give another file with -o; for the screen:  -o -")
    if not force:
        what = f"{shown(target)} is there already, so nothing was written"
        raise Mistyped(what, "To replace it, add --force; or give another file with -o.")


def _write(real: Path, target: Path, data: bytes, force: bool) -> None:
    # No other process has this name, on another computer that shares the folder either.
    beside = real.parent / f"{BESIDE}{os.getpid()}-{os.urandom(4).hex()}"
    mode = 0o666
    if real.exists():
        # A rename would replace a read-only file, and root ignores modes: the file is asked.
        mode = stat.S_IMODE(real.stat().st_mode)
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(13, "it is read-only")
        os.close(os.open(real, os.O_WRONLY))
    try:
        new_file(beside, data, mode=mode)
        _free(real, target, force)
        os.replace(beside, real)  # noqa: PTH105 - the one step that makes it so
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Remove what killed processes of ours left half written."""
    for path in folder.glob(f"{BESIDE}*"):
        with suppress(OSError):
            if _LEFT.fullmatch(path.name) and time.time() - path.stat().st_mtime > _WRITTEN_BY:
                path.unlink()


def _reason(error: OSError, real: Path) -> str:
    """Why, in words that a person can act on."""
    import errno

    code = errno.errorcode.get(error.errno or 0, "")
    if code in ("EACCES", "EPERM") and error.strerror != "it is read-only":
        opened = os.name == "nt" and real.exists()
        return "it is open in another program" if opened else "you may not write there"
    plain = {
        "ENOSPC": "the disk is full",
        "EDQUOT": "your share of the disk is full",
        "EFBIG": "it is larger than a file may be there",
        "EROFS": "that disk is read-only",
        "ENAMETOOLONG": "its name is too long",
        "EIO": "the disk failed",
    }
    return plain.get(code, error.strerror or str(error))
