"""In which order things were recorded here: a journal beside the cache, safe to delete.

It tells an order and no more. What was recorded and is not saved, the plan's files and git say; a
line counts only where it says exactly one of these things. Where there is no journal, as on another
computer, the order is not known.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from ..disk import plain_bytes
from ..store import open_cache
from .copies import is_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

MOST_LINES = 500
"""How many of the newest lines are kept."""


def key(id: str, values: Mapping[str, Any] | None) -> str:
    """What tells one record from another: a digest of the id and all its values, which are None for
    a new milestone, since its own change with its log. So the journal holds no words, of which
    some may have been taken back for naming a child."""
    from hashlib import sha256
    from json import dumps

    return sha256(dumps([id.strip(), values], sort_keys=True).encode()).hexdigest()


def add(
    file: Path,
    records: Iterable[tuple[str, Mapping[str, Any] | None]],
    replaced: Sequence[str] = (),
) -> None:
    """Note what was just recorded in a plan's file, when the file was written by the disk's own
    clock, in nanoseconds, and what it replaced where git may not know. Silently not, where that
    cannot be. The plan's lock must be held."""
    from json import dumps

    new = [[key(*record), list(replaced)] for record in records]
    _rewrite(file, lambda lines, written: [*lines, *(dumps([written, *line]) for line in new)])


def strike_out(file: Path, records: Iterable[tuple[str, Mapping[str, Any] | None]]) -> None:
    """Strike out what was taken back, the newest line of each, with what it replaced. Silently not,
    where that cannot be. The plan's lock must be held."""
    digests = [key(*record) for record in records]

    def without(lines: list[str], _: int) -> list[str]:
        for digest in digests:
            last = max((n for n, line in enumerate(lines) if f'"{digest}"' in line), default=None)
            if last is not None:
                del lines[last]
        return lines

    _rewrite(file, without)


def lines(folder: Path) -> list[str]:
    """The lines of a plan's journal, to be put back."""
    path = _path(folder)
    return _lines(path, folder) if path else []


def put_back(folder: Path, lines: Sequence[str]) -> None:
    """Make these the lines of a plan's journal. Silently not, where that cannot be. The plan's lock
    must be held."""
    if path := _path(folder):
        with suppress(OSError):
            _write(path, folder, lines)


def _rewrite(file: Path, change: Callable[[list[str], int], list[str]]) -> None:
    """Change the lines of the journal of a file's plan, given when the file was written."""
    folder = file.parent
    if path := _path(folder):
        with suppress(OSError):
            _write(path, folder, change(_lines(path, folder), file.stat().st_mtime_ns))


def _write(path: Path, folder: Path, lines: Sequence[str]) -> None:
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_bytes("\n".join([_title(folder), *lines[-MOST_LINES:], ""]).encode())
        os.replace(beside, path)  # noqa: PTH105 - the one step that makes it so
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


class Noted(NamedTuple):
    """When something was recorded; the greater, the later."""

    at: int
    """When its file was written, never earlier than for the line before, in nanoseconds."""
    number: int
    """That of its line."""
    replaced: tuple[str, ...]
    """Of a lead, who led before; of a figure that was corrected, what it was."""


def read(folder: Path) -> dict[str, Noted]:
    """When each thing was recorded, by its `key`. Empty where nothing is known."""
    from json import loads

    path = _path(folder)
    times: dict[str, Noted] = {}
    latest = 0
    try:
        for number, line in enumerate(_lines(path, folder) if path else ()):
            written, record, *replaced = loads(line)
            latest = max(latest, written)
            times[record] = Noted(latest, number, tuple(*replaced))
    except (ValueError, TypeError, RecursionError):
        return {}
    return times


def _path(folder: Path) -> Path | None:
    """Where the journal of a plan is; None where nothing of this user's own can be kept, and of a
    copy."""
    cache = open_cache()
    if cache is None or is_copy(folder):
        return None
    title = _title(folder).encode()
    return Path(cache.folder) / f"{crc32(title):08x}{len(title):08x}.journal"


def _title(folder: Path) -> str:
    """The first line: which plan it is of. Two that share a file's name cost a memory, no more."""
    from json import dumps

    return dumps(os.path.realpath(folder))


def _lines(path: Path, folder: Path) -> list[str]:
    """The lines of a plan's journal after the first; none where it is of another plan."""
    try:
        title, *lines = plain_bytes(path).decode("ascii").splitlines()
    except (OSError, ValueError):
        return []
    return lines if title == _title(folder) else []
