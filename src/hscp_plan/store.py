"""Reads a plan: every file of it, faulty or not.

A file whose exact bytes were validated before is taken from `reading.cache`, without parsing YAML
and without importing pydantic. Paths are made of text until somebody asks for one: pathlib takes
3 ms to load.
"""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from . import dates, model
from .disk import plain_bytes
from .errors import Fault, Gap, Mendable, Place
from .model import Head, Plan, Priority
from .reading.cache import MOST_FILES, Memory, cache_folder
from .reading.files import COPIED, Copies, kept_aside, meant, misnamed, original, read_of, swapped
from .reading.files import HEAD as HEAD
from .reading.finding import CHECK_OUT, holds_plan, sparse
from .reading.finding import NoPlan as NoPlan
from .reading.finding import find as find
from .reading.finding import in_repository as in_repository
from .reading.finding import repository as repository
from .reading.finding import shown as shown
from .words import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .reading.yamltext import Reading

T = TypeVar("T")


class Source(NamedTuple):
    """One file of a plan: what was read of it, and what is wrong with it.

    `value` is what can be shown: with faults it leaves out what they spoil, or is None.
    """

    name: str
    folder: str
    data: bytes
    """Its bytes, as they were read; none where it could not be."""
    value: Head | Priority | None
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """What the faults keep from being read."""
    revision: str = ""
    """Which commit it was read from; empty for the file as it is."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        from pathlib import Path

        return Path(self.folder, self.name)

    @property
    def faulty(self) -> bool:
        """Whether it has an error, so that what was read of it may not be what it means."""
        return any(fault.severity == "error" for fault in self.faults)

    @property
    def called(self) -> str:
        """How messages name it: its path from here, with the revision where it is of one."""
        return shown(self.path) + (f" at {self.revision}" if self.revision else "")


class Opened(NamedTuple):
    """A plan as it was read: its folder, its files, and the plan that they make."""

    where: str
    sources: tuple[Source, ...]
    plan: Plan
    faults: tuple[Fault, ...] = ()
    """Every fault met in reading, those of the folder itself first."""

    @property
    def left_out(self) -> list[str]:
        """What its faults keep from being shown, as messages name it."""
        names = (gap.called for source in self.sources for gap in source.gaps)
        return list(dict.fromkeys(names))

    @property
    def unread(self) -> list[str]:
        """The files that could not be read, or not wholly, as messages name them."""
        return [source.called for source in self.sources if source.faulty] + self.unlisted

    @property
    def unlisted(self) -> list[str]:
        """What may be of the plan in its folder and was not read at all, as messages name it."""
        met = {fault for source in self.sources for fault in source.faults}
        return [f.place.file for f in self.faults if f.rule != "file-missing" and f not in met]

    @property
    def folder(self) -> Path:
        """Its folder."""
        from pathlib import Path

        return Path(self.where)

    def to_record(self, name: str) -> Path:
        """Where one of its files is, to record in it. Raises Mendable where that is a copy of
        another, or has one: nobody knows which of them is read by others."""
        for fault in next(s.faults for s in self.sources if s.name == name):
            if fault.rule == COPIED:
                what = f"{fault.place}: {fault.message}, so nothing was changed"
                raise Mendable(what, fault.next)
        return self.folder / name

    def reading(self, name: str) -> Reading:
        """The values of one file with their places."""
        from .reading import yamltext

        source = next(s for s in self.sources if s.name == name)
        text = yamltext.decoded(source.data, source.called)
        return yamltext.read("" if isinstance(text, list) else text, source.called)


def _not_checked_out(folder: str, names: Iterable[str]) -> list[Source]:
    """The plan's files that git holds and has not checked out: there, and not to be read."""
    if not sparse(folder):
        return []
    from .git.repo import not_checked_out

    left = sorted(name for name in not_checked_out(folder) if name.endswith(".yaml"))
    why = "git has not checked it out here"
    return [_unread(name, folder, why, CHECK_OUT) for name in left if name not in names]


def open_plan(folder: str | Path) -> Opened:
    """Read every file of a plan. Raises nothing for a fault of the files: it is in the answer."""
    where = os.fspath(folder)
    names, faults = _listing(where)
    memory = remembering()
    sources = [_source(name, where, memory) for name in names]
    return _opened(where, [*sources, *_not_checked_out(where, names)], faults)


def opened_at(now: Opened, files: Mapping[str, bytes], revision: str) -> Opened:
    """A plan as a commit holds its files, of which those that are the same now need no reading.
    Raises nothing for a fault of them."""
    folder, memory = now.where, remembering()
    same = {source.name: source for source in now.sources if not source.faults}
    sources = []
    for name in read_of(files):
        source = same.get(name)
        if source is None or source.data != files[name]:
            source = _understood(Source(name, folder, files[name], None, revision=revision), memory)
        sources.append(source)
    faults = _misnamed(folder, files, f" at {revision}")
    if HEAD not in files:
        faults.append(_headless(f"{shown(folder)} at {revision}"))
    return _opened(folder, sources, faults)


def understood(folder: str, revision: str, data: bytes) -> Source:
    """A priority's file as a revision holds it. Not remembered: a plan's past is read once."""
    return _understood(Source("", folder, data, None, revision=revision), None)


def reopened(opened: Opened, path: Path, data: bytes) -> Opened:
    """The plan with one of its files as it was just written: what was recorded is told though the
    file cannot be read again."""
    memory = remembering()
    sources = [
        _understood(Source(s.name, s.folder, data, None), memory) if s.path == path else s
        for s in opened.sources
    ]
    met = {fault for source in opened.sources for fault in source.faults}
    return _opened(opened.where, sources, [f for f in opened.faults if f not in met])


def remembering() -> Memory | None:
    """What was validated before; None where nothing can be remembered."""
    return Memory.at(cache_folder(), _said)


def _opened(folder: str, found: list[Source], faults: list[Fault]) -> Opened:
    sources = _without_copies(found)
    read = [(s.name, s.value) for s in sources if isinstance(s.value, Priority)]
    files = dict(sorted(read, key=lambda each: (natural(each[1].id), each[0])))
    head = next((s.value for s in sources if isinstance(s.value, Head)), None)
    every = dict.fromkeys((*faults, *(fault for source in sources for fault in source.faults)))
    # Of a file with gaps nobody knows which objective has no milestones.
    partly = (s.value for s in sources if s.gaps and isinstance(s.value, Priority))
    hidden = frozenset(o.id for priority in partly for o in priority.objectives)
    plan = Plan(head or _stand_in(files.values()), files, hidden=hidden)
    return Opened(folder, tuple(sources), plan, tuple(every))


def _without_copies(sources: list[Source]) -> list[Source]:
    """The files with every priority in one of them. Where one stands in several, one of these has
    it, and all have the fault."""
    holders: dict[str, dict[str, Priority]] = {}
    for source in sources:
        if isinstance(source.value, Priority):
            holders.setdefault(source.value.id.casefold(), {})[source.name] = source.value
    made = {source.name: source for source in sources}
    for held in holders.values():
        if len(held) > 1:
            made |= _one_counted([made[name] for name in held], list(held.values()))
    return list(made.values())


def _one_counted(held: list[Source], values: list[Priority]) -> dict[str, Source]:
    """The files of one priority, of which one is counted."""
    kept, known = original([source.name for source in held])
    copies = Copies([source.called for source in held], values, kept, known)
    fault = copies.fault(alike=all(source.data == held[0].data for source in held))
    made = {}
    for n, (source, value) in enumerate(zip(held, values, strict=True)):
        made[source.name] = source._replace(faults=(*source.faults, fault))
        if n != kept:
            gap = Gap(
                (), source.name, tuple(part.id for part in value.parts), more=bool(source.gaps)
            )
            made[source.name] = made[source.name]._replace(value=None, gaps=(gap,))
    return made


def _listing(folder: str) -> tuple[list[str], list[Fault]]:
    """The names of the plan's files, plan.yaml first, and what is wrong with the folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        what = f"this folder cannot be read: {_reason(error)}"
        return [], [Fault("unreadable", what, Place(shown(folder)), "See who may read it.")]
    faults = _misnamed(folder, names)
    read = read_of(names)
    if len(read) > MOST_FILES:
        what = f"over {MOST_FILES:,} files"
        faults.append(Fault("too-big", what, Place(shown(folder)), "Keep one plan in a folder."))
    if HEAD not in read:
        if holds_plan(folder):  # where capitals make no difference, as Plan.yaml
            read.insert(0, HEAD)
        else:
            faults.append(_headless(shown(folder)))
    return read[:MOST_FILES], faults


def _misnamed(folder: str, names: Iterable[str], at: str = "") -> list[Fault]:
    """What is wrong with the files of a folder that look like a plan's and are not read."""
    wanted = [(name, meant(name)) for name in names]
    return [
        misnamed(name, right, names, shown(os.path.join(folder, name)) + at)
        for name, right in wanted
        if right and not kept_aside(name, right, names)
    ]


def _headless(where: str) -> Fault:
    next = "Add it: it holds the plan's title, period and groups."
    return Fault("file-missing", f"this folder has no {HEAD}", Place(where), next)


def _reason(error: OSError) -> str:
    plain = {
        "ENOENT": "it is not there",
        "EACCES": "you may not read it",
        "EPERM": "you may not read it",
        "ELOOP": "it is a link that leads back to itself",
        "EISDIR": "it is a folder",
        "ENXIO": "it is not an ordinary file",
    }
    import errno

    return plain.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))


def whole(name: str) -> Gap:
    """A whole file that cannot be read."""
    return Gap((), name, more=True)


def _source(name: str, folder: str, memory: Memory | None) -> Source:
    path = os.path.join(folder, name)
    try:
        data = plain_bytes(path)
    except OSError as error:
        next = "Put the file right, or move it out of the plan's folder."
        return _unread(name, folder, _reason(error), next)
    return _understood(Source(name, folder, data, None), memory)


def _unread(name: str, folder: str, reason: str, next: str) -> Source:
    place = Place(shown(os.path.join(folder, name)))
    fault = Fault("unreadable", f"this file cannot be read: {reason}", place, next)
    return Source(name, folder, b"", None, (fault,), (whole(name),))


def _understood(source: Source, memory: Memory | None) -> Source:
    """The file with what its bytes say, and what is wrong with them."""
    kind: type[Head] | type[Priority] = Head if source.name == HEAD else Priority
    if memory and (value := memory.recall(kind, source.data)):
        return source._replace(value=value)
    if value := _said(kind, source.data):
        if memory:
            memory.remember(source.data, value)
        return source._replace(value=value)
    from .reading import yamltext
    from .reading.validation import salvaged

    nothing = source._replace(gaps=(whole(source.name),))
    text = yamltext.decoded(source.data, source.called)
    if isinstance(text, list):
        return nothing._replace(faults=tuple(text))
    reading = yamltext.read(text, source.called)
    if other := swapped(kind is Head, reading.value or (), source.called):
        return nothing._replace(faults=(other,))
    left = salvaged(kind, reading)
    gaps = tuple(left.gaps) if left.value else (whole(source.name),)
    return source._replace(value=left.value, faults=tuple(left.faults), gaps=gaps)


def _said(kind: type[T], data: bytes) -> T | None:
    """What a file's bytes say, validated; None where anything is amiss with them."""
    # Only now: these two and what they load would cost every command that finds all it needs
    # remembered.
    from .reading import yamltext
    from .reading.validation import validator

    text = yamltext.decoded(data, "")
    try:
        return None if isinstance(text, list) else validator(kind)(yamltext.values(text))
    except (yamltext.Amiss, ValueError):
        return None


def _stand_in(priorities: Iterable[Priority]) -> Head:
    """What is shown for a plan whose plan.yaml cannot be read: no words of its own but these."""
    days = [(m.start or m.due, m.due) for p in priorities for m in p.milestones if m.due.dated]
    first = min((start for start, _ in days), key=lambda d: d.first, default=dates.read("2000"))
    last = max((due for _, due in days), key=lambda d: d.last, default=first)
    return Head(
        format="1",
        id="plan",
        partnership="partnership not known",
        title="Plan (its plan.yaml cannot be read)",
        period=model.Period(start=dates.of_day(first.first), end=dates.of_day(last.last)),
    )


def today() -> date:
    """Today, read once, at the edge."""
    return date.today()
