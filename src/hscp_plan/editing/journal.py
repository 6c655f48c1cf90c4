"""In which order things were recorded here: a journal beside the cache, safe to delete.

It tells an order and no more. What was recorded and is not saved, the plan's files and git say; a
line counts only where it says exactly one of these things. Where there is no journal, as on another
computer, the order is not known.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from ..disk import plain_bytes
from ..store import open_cache

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MOST_LINES = 500
"""How many of the newest lines are kept."""


def key(id: str, values: Mapping[str, Any] | None) -> str:
    """What tells one record from another: a digest of the id and all its values, which are None for
    a new milestone, since its own change with its log. So the journal holds no words, of which
    some may have been taken back for naming a child."""
    from hashlib import sha256
    from json import dumps

    return sha256(dumps([id.strip(), values], sort_keys=True).encode()).hexdigest()


def add(file: Path, records: Iterable[tuple[str, Mapping[str, Any] | None]]) -> None:
    """Note what was just recorded in a plan's file, and when the file was written by the disk's own
    clock, in nanoseconds; silently not, where that cannot be. The plan's lock must be held."""
    from json import dumps

    folder = file.parent
    path = _path(folder)
    if path is None:
        return
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        written = file.stat().st_mtime_ns
        new = [dumps([written, key(*record)]) for record in records]
        lines = [*_lines(path, folder), *new][-MOST_LINES:]
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside.write_bytes("\n".join([_title(folder), *lines, ""]).encode())
        os.replace(beside, path)  # noqa: PTH105 - the one step that makes it so
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def read(folder: Path) -> dict[str, tuple[int, int]]:
    """When each thing was recorded, by its `key`: when its file was written, never earlier than for
    the line before, and the number of its line. Empty where nothing is known."""
    from json import loads

    path = _path(folder)
    times: dict[str, tuple[int, int]] = {}
    latest = 0
    try:
        for number, line in enumerate(_lines(path, folder) if path else ()):
            written, record = loads(line)
            latest = max(latest, written)
            times[record] = (latest, number)
    except (ValueError, TypeError, RecursionError):
        return {}
    return times


def _path(folder: Path) -> Path | None:
    """Where the journal of a plan is; None where nothing of this user's own can be kept."""
    cache = open_cache()
    if cache is None:
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
