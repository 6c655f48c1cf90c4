"""Remembers what was validated, in the user's cache folder: safe to delete at any time.

A record is JSON, named by the digest of a file's exact bytes and of the modules that decide what
they mean. One that is missing, damaged, unwritable or not this user's own only costs time: nothing
in it is executed, and it is believed only where its own checksum is right.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import dates, model
from .kept import NOTHING, Kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_FILES = 1_000
"""How many files a plan may have."""
SEAL = 9
"""How long a record's first line is: the checksum of what follows it."""
T = TypeVar("T", bound=Kept)


def cache_folder() -> str | None:
    """Where records are kept: HSCP_CACHE, else the system's cache folder for this user.

    The rule is platformdirs' own; importing that would cost every command 3 ms.
    """
    if given := os.environ.get("HSCP_CACHE"):
        return given
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return os.path.join(local, "hscp", "Cache") if local else None
    folder = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(folder):
        below = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
        home = os.path.expanduser("~")
        if home == os.sep:  # HOME is empty, or nobody's
            return None
        folder = os.path.join(home, *below)
    return os.path.join(folder, "hscp") if os.path.isabs(folder) else None


class Memory(NamedTuple):
    """Records of validated files, each named by the digest of its bytes and of this version."""

    folder: str
    version: bytes

    @classmethod
    def at(cls, folder: str | None) -> Memory | None:
        """The memory in this folder; None where the folder is not this user's own."""
        if folder is None:
            return None
        try:
            about = os.stat(folder)
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
        record = self._recorded(data)
        if record is None:
            return None
        try:
            return _read(kind, record)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, StopIteration):
            return None

    def knows(self, data: bytes) -> bool:
        """Whether these bytes were validated before."""
        return self._recorded(data) is not None

    def _recorded(self, data: bytes) -> bytes | None:
        """The record of these bytes, where its seal is right."""
        key = _digest(self.version, data)
        try:
            with open(
                os.path.join(self.folder, f"{key}.json"), "rb", opener=_without_waiting
            ) as file:
                record = file.read()
        except OSError:
            return None
        # A record is megabytes long where a plan is: it is looked into, not copied.
        return record if record[:SEAL] == _seal(key, memoryview(record)[SEAL:]) else None

    def remember(self, data: bytes, value: Any) -> None:
        """Keep what these bytes were validated as; silently not, where it cannot be kept."""
        key = _digest(self.version, data)
        body = _body(value)
        beside = os.path.join(self.folder, f"{key}.{os.getpid()}.tmp")
        try:
            os.makedirs(self.folder, exist_ok=True, mode=0o700)
            with open(beside, "wb") as file:
                file.write(_seal(key, body) + body)
            os.replace(beside, os.path.join(self.folder, f"{key}.json"))
            self._tidy()
        except OSError:
            with suppress(OSError):
                os.unlink(beside)

    def _tidy(self, most: int = 4 * MOST_FILES) -> None:
        with os.scandir(self.folder) as entries:
            kept = [entry for entry in entries if entry.name.endswith((".json", ".tmp"))]
        if len(kept) > most:
            kept.sort(key=lambda entry: entry.stat().st_mtime)
            for entry in kept[: len(kept) - most // 2]:
                with suppress(FileNotFoundError):
                    os.unlink(entry.path)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; of a pipe in its place, nothing is waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _digest(*parts: bytes) -> str:
    try:
        # hashlib would hand out this same function, after loading OpenSSL for 3 ms.
        from _blake2 import blake2b
    except ImportError:
        from hashlib import blake2b

    made = blake2b(digest_size=20)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def _seal(key: str, body: bytes | memoryview) -> bytes:
    """A record's first line. It tells of damage, and a checksum does so in a fifth of the time that
    a digest takes: whoever could forge a record could forge either, and `at` keeps others out."""
    from zlib import crc32

    return b"%08x\n" % crc32(body, crc32(key.encode()))


def _version() -> bytes:
    """The digest of all that decides what a file's bytes mean."""
    folder = os.path.dirname(__file__)
    decides = ("model", "kept", "dates", "words", "yamltext", "yamlfaults", "memory")
    parts = []
    for name in decides:
        with open(os.path.join(folder, f"{name}.py"), "rb") as file:
            parts.append(file.read())
    return _digest(*parts).encode()


def _plain(value: Any) -> Any:
    """A validated object as JSON holds it: only what differs from its default."""
    if isinstance(value, str):
        return value
    if isinstance(value, dates.PlanDate):
        return value.text
    if isinstance(value, tuple | model.Log):
        return [_plain(item) for item in value]
    if isinstance(value, Kept):
        usual = value.usual.get
        return {
            name: v if isinstance(v, str) else _plain(v)
            for name in value.fields
            if (v := getattr(value, name)) and v != usual(name)
        }
    return dict(value)


ROW = ("id", "due", "start", "review", "status")
"""What a record says of every milestone at once, since it tells how each stands. The rest of one,
and its log, are read when somebody looks."""


def _body(value: Any) -> bytes:
    """A line of JSON, in which a milestone is its ROW, the day of the newest entry of its log, and
    where its two texts end that follow the line: the rest of it, and its log."""
    record, texts, end = _plain(value), [], 0
    logs = (m.progress for o in getattr(value, "objectives", ()) for m in o.milestones)
    for objective in record.get("objectives", ()):
        for at, milestone in enumerate(objective.get("milestones", ())):
            newest, entries = next(logs).newest.isoformat(), milestone.pop("progress", None)
            row = [milestone.pop(name, None) for name in ROW]
            texts += [_written(milestone), _written(entries) if entries else b""]
            middle = end + len(texts[-2])
            end = middle + len(texts[-1])
            objective["milestones"][at] = [*row, newest if entries else None, middle, end]
    return _written(record) + b"\n" + b"".join(texts)


def _written(part: Any) -> bytes:
    return _encoder()(part).encode()


@cache
def _encoder() -> Callable[[Any], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _read(kind: type[T], record: bytes) -> T:
    begun = record.index(b"\n", SEAL)
    said = _json()(str(record[SEAL:begun], "utf-8"))[0]
    if "objectives" in said:
        _fill(said["objectives"], memoryview(record)[begun + 1 :])
    read: T = _maker(kind)(said)  # type: ignore[arg-type]  # a class has a hash
    return read


@cache
def _json() -> Callable[[str], tuple[Any, int]]:
    """What reads JSON, in half the time that `loads` takes for a short text."""
    try:
        # json would hand out this same function, after loading for 1.5 ms.
        from _json import make_scanner
    except ImportError:
        from json import JSONDecoder

        return JSONDecoder().raw_decode
    scan = make_scanner(_Json)  # type: ignore[arg-type]  # whatever has these attributes
    return lambda text: scan(text, 0)


class _Json:
    """How JSON is read: as `json.loads` reads it."""

    strict, object_hook, object_pairs_hook = True, None, None
    parse_float, parse_int, parse_constant = float, int, float


def _fill(objectives: list[dict[str, Any]], texts: memoryview) -> None:
    """Put milestones in the place of their rows. Written out, for it is done for every milestone
    of a plan at every start: with a call for each, it takes twice as long."""
    new, read = object.__new__, dates.read_text
    milestone, nothing = model.Milestone, model.NOTHING_LOGGED
    at = 0
    for objective in objectives:
        made = []
        rows = objective.get("milestones", ())
        for id, due, start, review, status, newest, middle, end in rows:
            one = new(milestone)
            _ID(one, id)
            _DUE(one, read(due))
            _START(one, start and read(start))
            _REVIEW(one, review and read(review))
            _STATUS(one, status or "not started")
            _REST(one, (_rest, texts, at, middle))
            if newest:
                log = new(model.Log)
                log._entries, log._later = (), (_entries, texts, middle, end)
                log.newest = read(newest).first
            else:
                log = nothing
            _LOG(one, log)
            made.append(one)
            at = end
        objective["milestones"] = made


# What puts a value into a field of a frozen object that is only half made.
_ID, _DUE, _START, _REVIEW, _STATUS, _LOG, _REST, _ACTION, _LEAD, _ANSWERS, _MORE = (
    getattr(model.Milestone, name).__set__
    for name in (*ROW, "progress", "_rest", "action", "lead", "answers", "more")
)


def _rest(one: model.Milestone, texts: memoryview, at: int, end: int) -> None:
    """Put in what is not in a milestone's row."""
    said = _json()(str(texts[at:end], "utf-8"))[0]
    _ACTION(one, said["action"])
    _LEAD(one, tuple(said.get("lead", ())))
    _ANSWERS(one, tuple(said.get("answers", ())))
    _MORE(one, said.get("more", NOTHING))


def _entries(texts: memoryview, at: int, end: int) -> tuple[model.Entry, ...]:
    make = _maker(model.Entry)
    return tuple([make(entry) for entry in _json()(str(texts[at:end], "utf-8"))[0]])


@cache
def _maker(kind: type[Kept]) -> Callable[[dict[str, Any]], Any]:
    """A function that makes an object of what `_plain` made of it. It trusts the record, whose
    checksum was right."""
    parts, new, usual = tuple(_parts(kind)), object.__new__, kind.usual
    fields = tuple((name, getattr(kind, name).__set__) for name in kind.fields)

    def make(record: dict[str, Any]) -> Any:
        for name, converted in parts:
            if name in record:
                record[name] = converted(record[name])
        made, whole = new(kind), {**usual, **record}
        for name, put in fields:
            put(made, whole[name])
        return made

    return make


def _parts(kind: type[Kept]) -> Iterator[tuple[str, Callable[[Any], Any]]]:
    """The fields of a class that JSON holds otherwise, each with what makes it whole again."""
    for name, key in zip(kind.fields, kind.keys, strict=True):
        text, nested = str(kind.takes[key]), model.part(kind, key)
        if nested is model.Milestone:
            yield name, tuple
        elif nested:
            make = _maker(nested)  # type: ignore[arg-type]  # a class has a hash
            yield name, _all(make) if "tuple" in text else make
        elif "tuple" in text:
            yield name, tuple
        elif "PlanDate" in text:
            yield name, dates.read_text


def _all(make: Callable[[Any], Any]) -> Callable[[Iterable[Any]], tuple[Any, ...]]:
    return lambda items: tuple([make(item) for item in items])
