"""The cache of validated files, in a folder of the user's: safe to delete at any time.

A record begins with what it is of: the version of this program, the kind of file, the plan's scale
where it has one, and the file's own bytes. It is believed only where these are the same to the last
byte, its checksum is right and every part of it has the form that the model gives it; what has not
is read from the file itself.
One that is missing, damaged, unwritable or not this user's own only costs time, and nothing in it
is executed. No digest is needed, and hashlib would take 3 ms to load.
"""

from __future__ import annotations

import os
import re
import sys
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar
from zlib import crc32

from ..disk import plain_bytes
from ..errors import Mendable
from ..frozen import NOTHING, Frozen
from . import cache_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..model import Milestone

    Scale = Mapping[str, str]
    """What the plan's own words for statuses mean."""
    Read = Callable[[type[Any], bytes, Scale], Any]

MOST_FILES = 1_000
"""How many files a plan may have."""
SUFFIX = ".hscp"
"""How the names of records end."""
RECORD_NAMES = r"[0-9a-f]{16}(?:\.\d+)?\.hscp"
"""The names of records, and of those that a process is writing. No other file is ever touched."""
DECIDING_MODULES = (
    *("__init__", "dates", "disk", "duty", "errors", "frozen", "letters", "model", "words"),
    *("reading/__init__", "reading/cache", "reading/cache_record", "reading/validators"),
    *("reading/yamlfaults", "reading/yamltext", "reading/yamlwalk"),
)
"""The modules that decide what the bytes of a file, or of a duty, mean: all that reading them or a
record imports."""
CHECKSUM_LINE = 9
"""How long a record's first line is: the checksum of what follows the file's own bytes."""
T = TypeVar("T", bound=Frozen)


def cache_folder() -> str | None:
    """Where records are kept: HSCP_CACHE, else the system's cache folder for this user.

    The rule is platformdirs' own; importing that would cost every command 3 ms.
    """
    if override := os.environ.get("HSCP_CACHE"):
        return override
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return os.path.join(local, "hscp", "Cache") if local else None
    folder = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(folder):
        caches = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
        home = os.path.expanduser("~")
        if home == os.sep:  # HOME is empty, or nobody's
            return None
        folder = os.path.join(home, *caches)
    return os.path.join(folder, "hscp") if os.path.isabs(folder) else None


class Cache(NamedTuple):
    """Records of validated files, each of one kind of file, its bytes and this version."""

    folder: str
    version: bytes
    read: Read
    """What bytes say when they are read again; None where anything is amiss with them."""

    @classmethod
    def at(cls, folder: str | None, read: Read) -> Cache | None:
        """The cache in this folder; None where the folder is not this user's own."""
        if folder is None:
            return None
        try:
            about = os.stat(folder)
        except FileNotFoundError:
            pass  # `add` makes it
        except OSError:
            return None
        else:
            owner = getattr(os, "getuid", lambda: about.st_uid)()
            if about.st_uid != owner or (about.st_mode & 0o022 and os.name != "nt"):
                return None
        try:
            return cls(folder, _version(), read)
        except OSError:
            return None

    def look_up(self, kind: type[T], data: bytes, scale: Scale = NOTHING) -> T | None:
        """What a file of this kind and these bytes was validated as in a plan of this scale; None
        where that is not known."""
        origin = self._origin(kind, data, scale)
        try:
            record = plain_bytes(self._path(_name(origin)), most_bytes(origin))
            if not record.startswith(origin, CHECKSUM_LINE):
                return None
            body = record[CHECKSUM_LINE + len(origin) :]
            if record[:CHECKSUM_LINE] != _checksum_line(body):
                return None
            return cache_record.decode(kind, body, _MilestonesInFile(self, kind, data, scale))
        except (OSError, *cache_record.AMISS):
            return None

    def add(self, data: bytes, value: Any, scale: Scale = NOTHING) -> None:
        """Record what these bytes were validated as; silently not, where it cannot be written."""
        origin, body = self._origin(type(value), data, scale), cache_record.encode(value)
        name = _name(origin)
        beside = self._path(f"{name}.{os.getpid()}")
        try:
            os.makedirs(self.folder, exist_ok=True, mode=0o700)
            with open(beside, "wb", opener=_without_waiting) as file:
                file.write(_checksum_line(body) + origin + body)
            os.replace(beside, self._path(name))
            tidy(self.folder)
        except OSError:
            with suppress(OSError):
                os.unlink(beside)

    def _origin(self, kind: type, data: bytes, scale: Scale = NOTHING) -> bytes:
        """What a record is of."""
        of = repr([*scale.items()]).encode() if scale else b""
        return b"%s %s%s\n%s" % (self.version, kind.__name__.encode(), of, data)

    def _path(self, name: str) -> str:
        return os.path.join(self.folder, name + SUFFIX)


class _MilestonesInFile:
    """The milestones of a file as the file itself has them, read when its record is not to be
    believed; the record is put right."""

    __slots__ = ("_milestones", "cache", "data", "kind", "scale")

    def __init__(self, cache: Cache, kind: type[Any], data: bytes, scale: Scale) -> None:
        self.cache, self.kind, self.data, self.scale = cache, kind, data, scale
        self._milestones: tuple[Milestone, ...] | None = None

    def __call__(self, number: int, id: str) -> Milestone:
        """The milestone of this number and id. Raises ForgedRecord where the file has none."""
        if self._milestones is None:
            self._milestones = self._read()
        if [m.id for m in self._milestones[number : number + 1]] != [id]:
            raise ForgedRecord(self.cache.folder)
        return self._milestones[number]

    def _read(self) -> tuple[Milestone, ...]:
        value = self.cache.read(self.kind, self.data, self.scale)
        if value is None:
            return ()
        self.cache.add(self.data, value, self.scale)
        return tuple(value.milestones)


@cache
def tidy(folder: str, most: int = 4 * MOST_FILES) -> None:
    """Remove the oldest records where there are many. Once in a command: to look through a folder
    at each record would take the square of their number."""
    with os.scandir(folder) as entries:
        records = [
            entry
            for entry in entries
            if re.fullmatch(RECORD_NAMES, entry.name) and entry.is_file(follow_symlinks=False)
        ]
    if len(records) > most:
        records.sort(key=lambda entry: entry.stat().st_mtime)
        # Half of them go, so that the next command need not do it again.
        for entry in records[: len(records) - most // 2]:
            with suppress(FileNotFoundError):
                os.unlink(entry.path)


class ForgedRecord(Mendable):
    """A record says of a file what the file does not: somebody made it up."""

    def __init__(self, folder: str) -> None:
        what = "what hscp remembered of one of the plan's files is not what the file says"
        super().__init__(what, f"Remove the folder {folder}, and run the command again.")


def most_bytes(data: bytes) -> int:
    """How long the record of a file may be: it holds the file's bytes, and what they say in JSON,
    which has a few more characters than YAML."""
    return 5 * len(data) + 4096


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; of a pipe in its place, nothing is waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _name(origin: bytes) -> str:
    """The name of a record. Two files that share one cost time: each is read whenever the record
    is of the other."""
    return f"{crc32(origin):08x}{len(origin):08x}"


def _checksum_line(body: bytes) -> bytes:
    """A record's first line. It tells of damage: whoever could forge a record could forge any
    checksum, and `at` keeps others out."""
    return b"%08x\n" % crc32(body)


def _version() -> bytes:
    """What tells one version of the modules that decide from another: the checksum of each."""
    folder = os.path.dirname(os.path.dirname(__file__))
    checksums = []
    for name in DECIDING_MODULES:
        with open(os.path.join(folder, f"{name}.py"), "rb") as file:
            checksums.append(b"%08x" % crc32(file.read()))
    return b"".join(checksums)
