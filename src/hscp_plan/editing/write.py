"""Writes a plan's files, all of a change or nothing.

Lock, read, change, read the new text again and compare, write beside, sync, look whether anybody
changed the file meanwhile, replace, sync the folder. Whatever fails, the files are as they were.
"""

from __future__ import annotations

import os
import stat
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..disk import new_file, plain_bytes, why
from ..errors import Mendable, Place
from ..frozen import NOTHING
from ..reading import yamltext
from ..reading.files import kind_of
from ..reading.validation import salvage
from ..reading.validators import validator
from ..store import display_path, open_cache, scale_beside, scale_fault_beside
from . import deeds, journal
from .change import Change
from .lock import locked
from .nodes import sound_values
from .splice import Stuck, place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..errors import Fault
    from ..frozen import Frozen
    from ..reading.cache import Scale

BESIDE = ".hscp-writing-"
"""How the name of a file begins while it is written; it does not end in .yaml."""


class Rewritten(NamedTuple):
    """A file before and after a change."""

    old: str
    new: str
    place: Place
    """Where what was recorded stands in the new text."""


def rewrite(
    path: Path,
    change: Callable[[str, dict[str, Any]], Change],
    dry_run: bool = False,
    begin: str | None = None,
) -> Rewritten:
    """Change a faultless file. One that is not there begins as the text `begin`, where that is
    given.

    Raises Mendable where the file has errors, its layout cannot be edited, the new text would
    hold anything but what was meant, or it cannot be written. Then the file is as it was.
    """
    return rewrite_text(path, _of_values(path, change), dry_run, begin)


def rewrite_all(
    changes: Mapping[Path, Callable[[str, dict[str, Any]], Change]], dry_run: bool = False
) -> dict[Path, Rewritten]:
    """As `rewrite`, of several faultless files, of one folder or several: all are changed, or none.

    Each stands whole on the disk before the first is put in its place. A computer that stops
    between two of these steps, which take no time, leaves some changed and the others as they were.
    """
    for path in changes:
        validator(kind_of(path.name))
    with ExitStack() as locks:
        # In one order, so that two who need the same folders do not wait for each other.
        for folder in sorted({Path(os.path.realpath(path)).parent for path in changes}):
            locks.enter_context(locked(folder))
        ready = [_ready(path, _of_values(path, change)) for path, change in changes.items()]
        if not dry_run:
            _replace([file for file in ready if file.differs])
            for file in ready:
                file.note()
    if not dry_run:
        _remember(ready)
    return {file.path: file.rewritten for file in ready}


def create(
    folder: Path, choose: Callable[[], tuple[str, Change]], dry_run: bool = False
) -> tuple[Path, Rewritten]:
    """Make a new file in a plan's folder. Its name and what it holds are chosen under the lock.

    Raises Mendable where a file of that name is there, or it cannot be written; and what `choose`
    raises. Then nothing was made.
    """
    with locked(Path(os.path.realpath(folder))):
        name, change = choose()
        path = folder / name
        if os.path.lexists(path):
            raise Mendable(f"{display_path(path)} is there already", "Rename it, and try again.")
        file = _Ready(path, Path(os.path.realpath(path)), None, b"", "", change,
                      compared(change, path, scale_beside(path)))  # fmt: skip
        if not dry_run:
            _replace([file])
            file.note()
    if not dry_run:
        _remember([file])
    return path, file.rewritten


def remove(path: Path, text: str, dry_run: bool = False) -> None:
    """Take a file away that holds just this text. Raises Mendable where it holds anything else, or
    cannot be taken away: then it is as it was."""
    real = Path(os.path.realpath(path))
    with locked(real.parent):
        if _bytes(real, path) != text.encode():
            raise Mendable(
                f"{display_path(path)} holds more than hscp wrote, so it was left as it is",
                "If nothing of it is wanted, delete the file.",
            )
        if dry_run:
            return
        try:
            real.unlink()
            _sync(real.parent)
        except OSError as error:
            what = f"{display_path(path)} could not be taken away: {why(error)}"
            raise Mendable(what, "Look whether it is there.") from error


def any_text(data: bytes, path: Path) -> str:
    """The text as it stands in a file, whatever is wrong with it. Raises Mendable where it is not
    UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return sound_text(data, path)


def sound_text(data: bytes, path: Path) -> str:
    """The text as it stands in a file, its mark and line ends too. Raises Mendable where it holds
    what no plan's file may."""
    text = yamltext.decode(data, display_path(path))
    if isinstance(text, list):
        fault = text[0]
        raise Mendable(f"{fault.place}: {fault.message}", fault.next)
    return data.decode("utf-8")


def restore(
    files: Mapping[Path, tuple[bytes | None, bytes]], journals: Mapping[Path, Sequence[str]]
) -> None:
    """Put files and the journals of their folders back as they were, all or none: of each file what
    it held, None where it was not there, and what it must hold until now.

    Raises Mendable where one holds anything else, or cannot be written.
    """
    with ExitStack() as locks:
        for folder in sorted(journals):
            locks.enter_context(locked(folder))
        ready = [_as_before(path, old, new) for path, (old, new) in files.items()]
        _replace([file for file in ready if files[file.real][0] is not None])
        for file in ready:
            if files[file.real][0] is None:
                with _told(file):
                    file.real.unlink()
        for folder, lines in journals.items():
            journal.put_back(folder, lines)


def rewrite_text(
    path: Path,
    change: Callable[[str], Change],
    dry_run: bool = False,
    begin: str | None = None,
    read: Callable[[bytes, Path], str] = sound_text,
) -> Rewritten:
    """As `rewrite`, of a file that may have faults. `read` says what its bytes are as a text."""
    validator(kind_of(path.name))  # loaded now, so that nobody waits for it at the lock
    with locked(Path(os.path.realpath(path)).parent):
        file = _ready(path, change, begin, read)
        if not dry_run and file.differs:
            _replace([file])
            file.note()
    if not dry_run:
        _remember([file])
    return file.rewritten


class _Ready(NamedTuple):
    """A file whose change is known and checked, before it is written."""

    path: Path
    real: Path
    before: os.stat_result | None
    """How it stood when it was read; None where it was not there."""
    old: bytes
    text: str
    """What was changed: where the file was not there, what it began as."""
    changed: Change
    validated: Frozen | None

    @property
    def differs(self) -> bool:
        """Whether there is anything to write."""
        return self.changed.text != self.text

    @property
    def new(self) -> bytes:
        """What the file is to hold."""
        return self.changed.text.encode()

    @property
    def rewritten(self) -> Rewritten:
        """The file before and after."""
        place = Place(display_path(self.path), self.changed.line)
        return Rewritten("" if self.before is None else self.text, self.changed.text, place)

    def note(self) -> None:
        """Note in the journal what was recorded, or taken back."""
        if not self.differs:
            return
        if self.changed.recorded:
            journal.add(self.path, self.changed.recorded, self.changed.replaced)
        if self.changed.taken_back:
            journal.strike_out(self.path, self.changed.taken_back)


def _ready(
    path: Path,
    change: Callable[[str], Change],
    begin: str | None = None,
    read: Callable[[bytes, Path], str] = sound_text,
) -> _Ready:
    """A file with its change, which was made and compared; its folder's lock must be held."""
    real = Path(os.path.realpath(path))
    is_new = begin is not None and not os.path.lexists(real)
    before = None if is_new else _stat_writable(real)
    data = b"" if before is None else _bytes(real, path)
    text = begin if is_new and begin else read(data, path)
    try:
        changed = change(text)
    except Stuck as stuck:
        raise _cannot_edit(stuck, path) from stuck
    scale = scale_beside(path)
    validated = compared(changed, path, scale) if changed.values is not None else None
    return _Ready(path, real, before, data, text, changed, validated)


def _as_before(path: Path, old: bytes | None, new: bytes) -> _Ready:
    """A file that is to hold again what it held, and still holds what came after it."""
    back = Change((old or b"").decode(), None, 1)
    file = _Ready(path, path, _stat_writable(path), new, new.decode(), back, None)
    _refuse_touched(file)
    return file


def _of_values(
    path: Path, change: Callable[[str, dict[str, Any]], Change]
) -> Callable[[str], Change]:
    return lambda text: change(text, _sound_values(text, path))


def _remember(files: Iterable[_Ready]) -> None:
    cache = open_cache()
    for file in files:
        if file.validated and cache:
            cache.add(file.new, file.validated, scale_beside(file.path))


def _bytes(real: Path, path: Path) -> bytes:
    try:
        return plain_bytes(real)
    except OSError as error:
        raise Mendable(
            f"{display_path(path)} cannot be read: {error.strerror}", "Nothing was changed."
        ) from error


def _plain(text: str) -> str:
    """A text without its mark, and with a line feed alone at the end of each line."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _sound_values(text: str, path: Path) -> dict[str, Any]:
    """The values of a file. Raises Mendable for its first error."""
    values = sound_values(_plain(text))
    if values is not None and _is_valid(text, values, path):
        return values
    fault = _first_error(text, path)
    what = f"{fault.place}: {fault.message}"
    raise Mendable(
        f"this file has a fault, so nothing was recorded in it: {what}",
        f"{fault.next} hscp check shows every fault.",
    )


def _is_valid(text: str, values: dict[str, Any], path: Path) -> bool:
    kind, scale = kind_of(path.name), scale_beside(path)
    cache = open_cache()
    if cache and cache.look_up(kind, text.encode(), scale):
        return True
    try:
        validator(kind, scale)(values)
    except ValueError:
        return False
    return True


def _first_error(text: str, path: Path) -> Fault:
    reading = yamltext.read(_plain(text), display_path(path))
    faults = salvage(kind_of(path.name), reading, scale_beside(path)).faults
    fault = next(fault for fault in faults if fault.severity == "error")
    unread = scale_fault_beside(path) if fault.rule == "status-unknown" else None
    return unread or fault


def _cannot_edit(stuck: Stuck, path: Path) -> Mendable:
    place = place_of(stuck, display_path(path))
    return Mendable(f"{place}: {stuck.what}, and hscp does not edit that layout", stuck.next)


def compared(change: Change, path: Path, scale: Scale = NOTHING) -> Frozen:
    """The validated object that the new text says, where a `scale` says what the plan's own words
    for statuses mean. Raises Mendable where the text says anything but what was meant, or what no
    file may say."""
    after = sound_values(_plain(change.text))
    if after != change.values:
        raise Mendable(
            f"{display_path(path)} is laid out in a way that hscp cannot edit without changing "
            "more than you meant, so it was left as it was",
            "Open it with an editor and write the entry by hand.",
        )
    try:
        return validator(kind_of(path.name), scale)(after)
    except ValueError:
        fault = _first_error(change.text, path)
        raise Mendable(fault.message, fault.next) from None


def _stat_writable(path: Path) -> os.stat_result:
    """How the file stands, once it is known that it may be written."""
    # Root ignores modes and a rename ignores a read-only file, so the file itself is asked.
    try:
        about = path.stat()
        if not about.st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(None, "it is read-only")
        os.close(os.open(path, os.O_WRONLY))
    except OSError as error:
        raise Mendable(
            f"{display_path(path)} cannot be written: {why(error)}", "Nothing was changed."
        ) from error
    return about


def _replace(files: Sequence[_Ready]) -> None:
    """Put new bytes in the place of files that still hold the old ones, and were not touched since
    they were looked at; or that were not there and still are not. All of them, or none."""
    beside = [file.real.parent / f"{BESIDE}{os.getpid()}-{n}" for n, file in enumerate(files)]
    done: list[_Ready] = []
    try:
        for file in {file.real.parent: file for file in files}.values():
            with _told(file):
                _tidy(file.real.parent)
        for file, path in zip(files, beside, strict=True):
            with _told(file):
                new_file(path, file.new, file.before)
        for file, path in zip(files, beside, strict=True):
            with _told(file):
                _refuse_touched(file)
                os.replace(path, file.real)  # noqa: PTH105 - the one step that makes it so
                done.append(file)
    except BaseException:
        for file in done:
            _put_back(file)
        raise
    finally:
        for path in beside:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    for file in files:
        deeds.note(file.real, None if file.before is None else file.old, file.new)
        _sync_told(file)


@contextmanager
def _told(file: _Ready) -> Iterator[None]:
    """Say of which file it was that the disk refused something."""
    try:
        yield
    except OSError as error:
        raise Mendable(
            f"{display_path(file.real)} could not be written: {why(error)}. It is as it was",
            "Put that right, and try again.",
        ) from error


def _refuse_touched(file: _Ready) -> None:
    if not _untouched(file.real, file.old, file.before):
        raise Mendable(
            f"{display_path(file.real)} was changed by somebody else just now, so nothing "
            "was recorded",
            "Look at it, and then run the command again.",
        )


def _put_back(file: _Ready) -> None:
    """Put a file back as it was, since another could not be written."""
    try:
        if file.before is None:
            file.real.unlink()
            return
        beside = file.real.parent / f"{BESIDE}{os.getpid()}-back"
        new_file(beside, file.old, file.before)
        os.replace(beside, file.real)  # noqa: PTH105 - as it was made
    except OSError as error:
        raise Mendable(
            f"{display_path(file.real)} was written, another file was not, and it could not be put "
            f"back: {why(error)}",
            "Run the command again once the disk takes files: it records what is missing.",
        ) from error


def _sync_told(file: _Ready) -> None:
    try:
        _sync(file.real.parent)
    except OSError as error:
        raise Mendable(
            f"{display_path(file.real)} was written, but the disk did not confirm it: {why(error)}",
            "Look at it before you record it again.",
        ) from error


def _untouched(path: Path, old: bytes, before: os.stat_result | None) -> bool:
    if before is None:
        return not os.path.lexists(path)
    return _identity(path.stat()) == _identity(before) and path.read_bytes() == old


def _identity(about: os.stat_result) -> tuple[int, int, int]:
    """What changes where anybody else writes a file."""
    return about.st_ino, about.st_size, about.st_mtime_ns


def _tidy(folder: Path) -> None:
    """Remove what a killed process of ours left; the lock is ours, so nobody is writing it."""
    for path in folder.glob(f"{BESIDE}*"):
        path.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
