"""Remembers what was validated, in the user's cache folder: safe to delete at any time.

A record is JSON, named by the digest of a file's exact bytes and of the modules that decide what
they mean. One that is missing, damaged, unwritable or not this user's own only costs time: nothing
in it is executed, and it is believed only where its own digest is right.
"""

from __future__ import annotations

import os
import sys
from dataclasses import fields
from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import dates, model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_FILES = 1_000
"""How many files a plan may have."""
T = TypeVar("T")


def cache_folder() -> Path | None:
    """Where records are kept: HSCP_CACHE, else the system's cache folder for this user.

    The rule is platformdirs' own; importing that would cost every command 3 ms.
    """
    if given := os.environ.get("HSCP_CACHE"):
        return Path(given)
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home raises where there is none
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local, "hscp", "Cache") if local else None
    folder = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if not folder.is_absolute():
        folder = home / "Library" / "Caches" if sys.platform == "darwin" else home / ".cache"
    return folder / "hscp" if folder.is_absolute() else None


class Memory(NamedTuple):
    """Records of validated files, each named by the digest of its bytes and of this version."""

    folder: Path
    version: bytes

    @classmethod
    def at(cls, folder: Path | None) -> Memory | None:
        """The memory in this folder; None where the folder is not this user's own."""
        if folder is None:
            return None
        try:
            about = folder.stat()
        except FileNotFoundError:
            pass
        except OSError:
            return None
        else:
            owner = getattr(os, "getuid", lambda: about.st_uid)()
            if about.st_uid != owner or (about.st_mode & 0o022 and os.name != "nt"):
                return None
        try:
            return cls(folder, _version())
        except OSError:
            return None

    def recall(self, kind: type[T], data: bytes) -> T | None:
        """What these bytes were validated as; None where that is not known."""
        body = self._recorded(data)
        if body is None:
            return None
        try:
            return _read(kind, str(body, "utf-8"))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def knows(self, data: bytes) -> bool:
        """Whether these bytes were validated before."""
        return self._recorded(data) is not None

    def _recorded(self, data: bytes) -> memoryview | None:
        """What was recorded of these bytes, where its seal is right. A record is megabytes long
        where a plan is: it is looked into, not copied."""
        key = _digest(self.version, data)
        try:
            with open(self.folder / f"{key}.json", "rb") as file:  # noqa: PTH123 - cheapest
                record = file.read()
        except OSError:
            return None
        seal = record[: record.find(b"\n") + 1]
        body = memoryview(record)[len(seal) :]
        return body if seal == _digest(key.encode(), body).encode() + b"\n" else None

    def remember(self, data: bytes, value: Any) -> None:
        """Keep what these bytes were validated as; silently not, where it cannot be kept."""
        key = _digest(self.version, data)
        body = _body(value).encode()
        beside = self.folder / f"{key}.{os.getpid()}.tmp"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            beside.write_bytes(_digest(key.encode(), body).encode() + b"\n" + body)
            beside.replace(self.folder / f"{key}.json")
            self._tidy()
        except OSError:
            try:
                beside.unlink(missing_ok=True)
            except OSError:
                return

    def _tidy(self, most: int = 4 * MOST_FILES) -> None:
        with os.scandir(self.folder) as entries:
            kept = [entry for entry in entries if entry.name.endswith((".json", ".tmp"))]
        if len(kept) > most:
            kept.sort(key=lambda entry: entry.stat().st_mtime)
            for entry in kept[: len(kept) - most // 2]:
                Path(entry.path).unlink(missing_ok=True)


def _digest(*parts: bytes | memoryview) -> str:
    try:
        # hashlib would hand out this same function, after loading OpenSSL for 3 ms.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

    made = blake2b(digest_size=20)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def _version() -> bytes:
    """The digest of all that decides what a file's bytes mean."""
    folder = Path(__file__).parent
    names = ("model.py", "dates.py", "words.py", "yamltext.py", "yamlfaults.py", "memory.py")
    return _digest(*((folder / name).read_bytes() for name in names)).encode()


def _plain(value: Any) -> Any:
    """A validated object as JSON holds it: only what differs from its default.

    A log is the first day of its newest entry, and its entries.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, dates.PlanDate):
        return value.text
    if isinstance(value, model.Log):
        return [value.newest.isoformat(), [_plain(entry) for entry in value]]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, model.Kept):
        # A class has a hash, though its objects have none.
        known = _defaults(type(value))  # type: ignore[arg-type]
        pairs = ((name, getattr(value, name), usual) for name, usual in known)
        return {name: _plain(v) for name, v, usual in pairs if v and v != usual}
    return value


@cache
def _defaults(kind: type) -> tuple[tuple[str, Any], ...]:
    return tuple((f.name, f.default) for f in fields(kind))


def _body(value: Any) -> str:
    """A record's two lines: the value, and its logs, which the value names by where they stand.

    Most commands look into few logs, and what is not parsed costs nothing.
    """
    import json

    def written(part: Any) -> str:
        return json.dumps(part, ensure_ascii=False, separators=(",", ":"))

    record, logs, at = _plain(value), [], 0
    for log in _logs(record):
        logs.append(written(log.pop()))
        log += [at, at + len(logs[-1])]
        at = log[-1]
    return f"{written(record)}\n{''.join(logs)}"


def _read(kind: type[T], body: str) -> T:
    import json

    record, end = json.JSONDecoder().raw_decode(body)
    for log in _logs(record):
        log += [body, end + 1]
    made: T = _maker(kind)(record)  # type: ignore[arg-type]
    return made


def _logs(record: dict[str, Any]) -> Iterator[list[Any]]:
    for objective in record.get("objectives", ()):
        for milestone in objective.get("milestones", ()):
            if "progress" in milestone:
                yield milestone["progress"]


@cache
def _maker(kind: type) -> Callable[[dict[str, Any]], Any]:
    """A function that makes an object of what `_plain` made of it. It trusts the record, whose
    digest was right."""
    parts = tuple(_parts(kind))

    def make(record: dict[str, Any]) -> Any:
        for name, converted in parts:
            if name in record:
                record[name] = converted(record[name])
        return kind(**record)

    return make


def _parts(kind: type) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """The fields of a class that JSON holds otherwise, each with what makes it whole again."""
    for f in fields(kind):
        text, nested = str(f.type), model.part(kind, f.name)
        if f.type is model.Log:
            yield f.name, _log
        elif nested:
            make = _maker(nested)
            yield f.name, _all(make) if "tuple" in text else make
        elif "tuple" in text:
            yield f.name, tuple
        elif "PlanDate" in text:
            yield f.name, dates.read_text


def _all(make: Callable[[Any], Any]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    return lambda items: tuple([make(item) for item in items])


def _log(record: list[Any]) -> model.Log:
    newest, first, last, body, at = record
    later = partial(_entries, body, at + first, at + last)
    return model.Log((), later, date.fromisoformat(newest))


def _entries(body: str, first: int, last: int) -> tuple[model.Entry, ...]:
    import json

    return tuple([_maker(model.Entry)(entry) for entry in json.loads(body[first:last])])
