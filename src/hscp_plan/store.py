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
from .frozen import NOTHING
from .model import Asked, Head, Plan, Priority
from .reading.cache import MOST_FILES, Cache, cache_folder
from .reading.files import ASKED as ASKED
from .reading.files import (
    COPIED,
    Copies,
    find_original,
    is_backup,
    kind_of,
    name_fault,
    plan_files,
    right_name,
    swap_fault,
)
from .reading.files import HEAD as HEAD
from .reading.finding import CHECK_OUT, sparse
from .reading.finding import NoPlan as NoPlan
from .reading.finding import NotAPlan as NotAPlan
from .reading.finding import display_path as display_path
from .reading.finding import find as find
from .reading.finding import holds_plan as holds_plan
from .reading.finding import in_repository as in_repository
from .reading.finding import repository as repository
from .words import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .reading.cache import Scale
    from .reading.yamltext import Reading

T = TypeVar("T")


class Source(NamedTuple):
    """One file of a plan: what it says, and what is wrong with it."""

    name: str
    """Its name in the folder; of one of several plans together, after that plan's id."""
    folder: str
    data: bytes
    """Its bytes, as they were read; none where it could not be."""
    value: Head | Priority | Asked | None
    """What it says, without what its faults spoil; None where nothing is left."""
    faults: tuple[Fault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    """What the faults keep from being read."""
    revision: str = ""
    """The commit that it was read from; empty for the file as it is."""

    @property
    def path(self) -> Path:
        """Where the file is."""
        from pathlib import Path

        return Path(self.folder, self.name.rpartition("/")[2])

    @property
    def faulty(self) -> bool:
        """Whether it has an error, so that what was read of it may not be what it means."""
        return any(fault.severity == "error" for fault in self.faults)

    @property
    def was_read(self) -> bool:
        """Whether its bytes are known."""
        return all(fault.rule != "unreadable" for fault in self.faults)

    @property
    def label(self) -> str:
        """How messages name it: its path from here, with the revision where it is of one."""
        return display_path(self.path) + (f" at {self.revision}" if self.revision else "")


class Opened(NamedTuple):
    """A plan as it was read: its folder, its files, and the plan that they make."""

    where: str
    """The folder's path."""
    sources: tuple[Source, ...]
    plan: Plan
    faults: tuple[Fault, ...] = ()
    """Every fault met in reading, those of the folder itself first."""
    committed: Mapping[str, bytes] | None = None
    """The files of the commit that it was read from; None for the folder as it is."""
    revision: str = ""
    """That commit."""
    of: tuple[Opened, ...] = ()
    """The plans that this one was put together of (see `several`), which has no folder of its own.
    Empty for a plan of its own."""

    @property
    def left_out(self) -> list[str]:
        """What its faults keep from being shown, as messages name it."""
        names = (gap.label for source in self.sources for gap in source.gaps)
        return list(dict.fromkeys(names))

    @property
    def unread(self) -> list[str]:
        """The files that could not be read, or not wholly, as messages name them."""
        return [source.label for source in self.sources if source.faulty] + self.unlisted

    @property
    def unlisted(self) -> list[str]:
        """The files that may be the plan's and were not read at all, as messages name them."""
        of_files = {fault for source in self.sources for fault in source.faults}
        of_folder = (fault for fault in self.faults if fault not in of_files)
        return [fault.place.file for fault in of_folder if fault.rule != "file-missing"]

    @property
    def folder(self) -> Path:
        """Its folder."""
        from pathlib import Path

        return Path(self.where)

    def path_to_record(self, name: str) -> Path:
        """The path of one of its files, to record in it. Raises Mendable where the file is a copy
        or has one: nobody knows which of them other people read."""
        source = next(s for s in self.sources if s.name == name)
        for fault in source.faults:
            if fault.rule == COPIED:
                message = f"{fault.place}: {fault.message}, so nothing was changed"
                raise Mendable(message, fault.next)
        return source.path

    def reading(self, name: str) -> Reading:
        """The values of one file with their places."""
        from .reading import yamltext

        source = next(s for s in self.sources if s.name == name)
        text = yamltext.decode(source.data, source.label)
        return yamltext.read("" if isinstance(text, list) else text, source.label)


def _not_checked_out(folder: str) -> list[Source]:
    """The plan's files that git holds and has not checked out: there, and not to be read."""
    if not sparse(folder):
        return []
    from .git.repo import not_checked_out

    absent = sorted(name for name in not_checked_out(folder) if name.endswith(".yaml"))
    reason = "git has not checked it out here"
    return [_unreadable(name, folder, reason, CHECK_OUT) for name in absent]


def open_plan(folder: str | Path) -> Opened:
    """Read plan.yaml and every priority of a plan. A fault of the files raises nothing: it is in
    the answer."""
    where = os.fspath(folder)
    names, faults = _list_files(where)
    cache = open_cache()
    sources: list[Source] = []
    for name in names:  # plan.yaml first: its scale says what the others' statuses mean
        sources.append(_read_source(name, where, cache, scale_in(sources)))
    absent = [s for s in _not_checked_out(where) if s.name not in (*names, ASKED)]
    return _assemble(where, [*sources, *absent], faults)


def with_asked(opened: Opened) -> Opened:
    """The plan with who was asked, and who answered: asked.yaml read too, where there is one."""
    if any(source.name == ASKED for source in opened.sources):
        return opened
    source = _asked_source(opened)
    if source is None:
        return opened
    asked = source.value.asked if isinstance(source.value, Asked) else ()
    return opened._replace(
        sources=(*opened.sources, source),
        plan=opened.plan._replace(asked=asked),
        faults=(*opened.faults, *source.faults),
    )


def with_its_duty(opened: Opened) -> Opened:
    """The plan with the file of its own duty, where it brings one that can be read: what stands
    there is in git with the rest, and goes out in the yearly report."""
    word = opened.plan.head.duty
    if not word or opened.committed:
        return opened
    from .shipped import names_file, own_duty

    path = own_duty(opened.where, word) if names_file(word) else None
    if path is None:
        return opened
    try:
        data = plain_bytes(path)
    except OSError as error:
        if not os.path.lexists(path):
            return opened  # `duty-unknown` says so
        reason = f"this file cannot be read: {_reason_for(error)}"
        fault = Fault("unreadable", reason, Place(display_path(path)), "See who may read it.")
        return opened._replace(faults=(*opened.faults, fault))
    from .reading.duties import read_duty

    read = read_duty(data, display_path(path))
    faults = tuple(read) if isinstance(read, list) else ()
    source = Source(word, os.path.dirname(path), data, None, faults)
    return opened._replace(
        sources=(*opened.sources, source), faults=(*opened.faults, *source.faults)
    )


def _asked_source(opened: Opened) -> Source | None:
    """The plan's asked.yaml, of the folder or of the commit; None where there is none."""
    folder, cache = opened.where, open_cache()
    if opened.committed is not None:
        data = opened.committed.get(ASKED)
        if data is None:
            return None
        return _interpret(Source(ASKED, folder, data, None, revision=opened.revision), cache)
    if os.path.lexists(os.path.join(folder, ASKED)):
        return _read_source(ASKED, folder, cache)
    return next((source for source in _not_checked_out(folder) if source.name == ASKED), None)


def open_at(now: Opened, files: Mapping[str, bytes], revision: str) -> Opened:
    """The plan as a commit holds its files. A fault of the files raises nothing: it is in the
    answer. Files that are the same now are taken from `now`, without reading them again."""
    folder, cache = now.where, open_cache()
    unchanged = {source.name: source for source in now.sources if not source.faults}
    sources: list[Source] = []
    for name in plan_files(files):
        source, scale = unchanged.get(name), scale_in(sources)
        if source is None or source.data != files[name] or scale != scale_in(now.sources):
            source = Source(name, folder, files[name], None, revision=revision)
            source = _interpret(source, cache, scale)
        sources.append(source)
    faults = _misnamed_faults(folder, files, f" at {revision}")
    if HEAD not in files:
        faults.append(_head_missing(f"{display_path(folder)} at {revision}"))
    return _assemble(folder, sources, faults)._replace(committed=files, revision=revision)


def read_version(folder: str, revision: str, data: bytes, scale: Scale = NOTHING) -> Source:
    """A priority's file as a revision holds it. The cache is left alone: a past version is read
    once."""
    return _interpret(Source("", folder, data, None, revision=revision), None, scale)


def scale_in(sources: Iterable[Source]) -> Scale:
    """What the plan's own words for statuses mean, as far as plan.yaml among these files says."""
    return next((s.value.scale for s in sources if isinstance(s.value, Head)), NOTHING)


def scale_of(data: bytes) -> Scale:
    """What a plan.yaml of these bytes says that the plan's own words for statuses mean; nothing,
    where it cannot be read."""
    return scale_in([_interpret(Source(HEAD, "", data, None), None)])


def scale_beside(path: Path) -> Scale:
    """What the plan's own words for statuses mean in a file of it, as plan.yaml beside it says;
    nothing, where none says."""
    return scale_in(_head_beside(path))


def scale_fault_beside(path: Path) -> Fault | None:
    """That plan.yaml beside a file of the plan cannot be read where it may have a scale; else
    None."""
    head = _head_beside(path)
    return _scale_fault(head, os.fspath(path.parent)) if head else None


def _head_beside(path: Path) -> list[Source]:
    """The plan.yaml beside a file of the plan, where there is one."""
    if path.name == HEAD or not os.path.lexists(path.parent / HEAD):
        return []
    return [_read_source(HEAD, os.fspath(path.parent), open_cache())]


def reopen(opened: Opened, path: Path, data: bytes) -> Opened:
    """The plan with one of its files as it was just written, from the bytes rather than the disk:
    what was recorded is told even where the file cannot be read again."""
    cache, scale = open_cache(), scale_in(opened.sources)
    sources: list[Source] = []
    for source in opened.sources:  # plan.yaml first: its scale says what the others' statuses mean
        now = scale_in(sources)
        if source.path == path:
            source = _interpret(Source(source.name, source.folder, data, None), cache, now)
        elif source.was_read and (source.faults or now != scale):
            # Its faults may be the other file's: an id in both, a word of the scale.
            source = _interpret(source._replace(value=None, faults=(), gaps=()), cache, now)
        sources.append(source)
    of_files = {fault for source in opened.sources for fault in source.faults}
    of_folder = [fault for fault in opened.faults if fault not in of_files]
    return _assemble(opened.where, sources, of_folder)


def open_cache() -> Cache | None:
    """The cache of validated files; None where nothing can be remembered."""
    return Cache.at(cache_folder(), _validate)


def _assemble(folder: str, all_sources: list[Source], faults: list[Fault]) -> Opened:
    sources = _with_one_fault(_with_each_priority_once(all_sources))
    priorities = [(s.name, s.value) for s in sources if isinstance(s.value, Priority)]
    files = dict(sorted(priorities, key=_place_among_owners))
    head = next((s.value for s in sources if isinstance(s.value, Head)), None)
    asked = next((s.value.asked for s in sources if isinstance(s.value, Asked)), ())
    all_faults = dict.fromkeys((*faults, *(fault for source in sources for fault in source.faults)))
    # An objective of a file with gaps may seem to have no milestones only because they are unread.
    partial = (s.value for s in sources if s.gaps and isinstance(s.value, Priority))
    hidden = frozenset(o.id for priority in partial for o in priority.objectives)
    plan = Plan(head or _stand_in_head(files.values()), files, hidden=hidden, asked=asked)
    return Opened(folder, tuple(sources), plan, tuple(all_faults))


def _place_among_owners(file: tuple[str, Priority]) -> tuple[object, ...]:
    """Where a priority or register of a file stands among the plan's: registers last."""
    name, owner = file
    return owner.register, natural_key(owner.id), name


def _with_each_priority_once(sources: list[Source]) -> list[Source]:
    """The files with every priority in one of them. Where several files have the same priority, one
    of them keeps it, and all get the fault."""
    by_id: dict[str, dict[str, Priority]] = {}
    for source in sources:
        if isinstance(source.value, Priority):
            by_id.setdefault(source.value.id.casefold(), {})[source.name] = source.value
    by_name = {source.name: source for source in sources}
    for copies in by_id.values():
        if len(copies) > 1:
            by_name |= _with_one_counted([by_name[name] for name in copies], list(copies.values()))
    return list(by_name.values())


def _with_one_counted(sources: list[Source], values: list[Priority]) -> dict[str, Source]:
    """The files of one priority, of which one is counted."""
    original_index, is_known = find_original([source.name for source in sources])
    copies = Copies([source.label for source in sources], values, original_index, is_known)
    fault = copies.fault(alike=all(source.data == sources[0].data for source in sources))
    by_name = {}
    for n, (source, value) in enumerate(zip(sources, values, strict=True)):
        faulty = source._replace(faults=(*source.faults, fault))
        if n != original_index:
            ids = tuple(part.id for part in value.parts)
            gap = Gap((), source.name, ids, more=bool(source.gaps))
            faulty = faulty._replace(value=None, gaps=(gap,))
        by_name[source.name] = faulty
    return by_name


def _list_files(folder: str) -> tuple[list[str], list[Fault]]:
    """The names of a plan's files, plan.yaml first, and what is wrong with its folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        message = f"this folder cannot be read: {_reason_for(error)}"
        return [], [
            Fault("unreadable", message, Place(display_path(folder)), "See who may read it.")
        ]
    faults = _misnamed_faults(folder, names)
    wanted = plan_files(names)
    if len(wanted) > MOST_FILES:
        message = f"over {MOST_FILES:,} files"
        faults.append(
            Fault("too-big", message, Place(display_path(folder)), "Keep one plan in a folder.")
        )
    if HEAD not in wanted:
        if holds_plan(folder):  # where capitals make no difference, as Plan.yaml
            wanted.insert(0, HEAD)
        else:
            faults.append(_head_missing(display_path(folder)))
    return wanted[:MOST_FILES], faults


def _misnamed_faults(folder: str, names: Iterable[str], at: str = "") -> list[Fault]:
    """The faults of a folder's files that look like a plan's and are not read."""
    corrections = [(name, right_name(name)) for name in names]
    return [
        name_fault(name, correct, names, display_path(os.path.join(folder, name)) + at)
        for name, correct in corrections
        if correct and not is_backup(name, correct, names)
    ]


def _head_missing(where: str) -> Fault:
    next = "Add it: it holds the plan's title, period and groups."
    return Fault("file-missing", f"this folder has no {HEAD}", Place(where), next)


def _reason_for(error: OSError) -> str:
    reasons = {
        "ENOENT": "it is not there",
        "EACCES": "you may not read it",
        "EPERM": "you may not read it",
        "ELOOP": "it is a link that leads back to itself",
        "EISDIR": "it is a folder",
        "ENXIO": "it is not an ordinary file",
    }
    import errno

    return reasons.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))


def whole_file(name: str) -> Gap:
    """The gap that a file leaves which cannot be read at all."""
    return Gap((), name, more=True)


def _read_source(name: str, folder: str, cache: Cache | None, scale: Scale = NOTHING) -> Source:
    path = os.path.join(folder, name)
    try:
        data = plain_bytes(path)
    except OSError as error:
        next = "Put the file right, or move it out of the plan's folder."
        return _unreadable(name, folder, _reason_for(error), next)
    return _interpret(Source(name, folder, data, None), cache, scale)


def _unreadable(name: str, folder: str, reason: str, next: str) -> Source:
    place = Place(display_path(os.path.join(folder, name)))
    fault = Fault("unreadable", f"this file cannot be read: {reason}", place, next)
    return Source(name, folder, b"", None, (fault,), (whole_file(name),))


def _interpret(source: Source, cache: Cache | None, scale: Scale = NOTHING) -> Source:
    """The file with what its bytes say, and what is wrong with them. `scale` says what the plan's
    own words for statuses mean."""
    kind = kind_of(source.name)
    if cache and (value := cache.look_up(kind, source.data, scale)):
        return source._replace(value=value)
    if value := _validate(kind, source.data, scale):
        if cache:
            cache.add(source.data, value, scale)
        return source._replace(value=value)
    from .reading import yamltext
    from .reading.validation import salvage

    unreadable = source._replace(gaps=(whole_file(source.name),))
    text = yamltext.decode(source.data, source.label)
    if isinstance(text, list):
        return unreadable._replace(faults=tuple(text))
    reading = yamltext.read(text, source.label)
    if swap := swap_fault(kind, reading.value or (), source.label):
        return unreadable._replace(faults=(swap,))
    rest = salvage(kind, reading, scale)
    gaps = tuple(rest.gaps) if rest.value else (whole_file(source.name),)
    return source._replace(value=rest.value, faults=tuple(rest.faults), gaps=gaps)


def _with_one_fault(sources: list[Source]) -> list[Source]:
    """The files with one fault, of plan.yaml, in the place of all statuses that are not known where
    its scale, of which they may be words, cannot be read."""
    unread = _scale_fault(sources, sources[0].folder if sources else "")
    if unread is None:
        return sources
    return [s if s.name == HEAD else _with_fault_of_scale(s, unread) for s in sources]


def _with_fault_of_scale(source: Source, unread: Fault) -> Source:
    faults = (unread if f.rule == unread.rule else f for f in source.faults)
    return source._replace(faults=tuple(dict.fromkeys(faults)))


def _scale_fault(sources: Iterable[Source], folder: str) -> Fault | None:
    """That what plan.yaml, among these files, says of its scale cannot be read; else None."""
    head = next((source for source in sources if source.name == HEAD), None)
    if head and not any(gap.path[:1] in ((), ("scale",)) for gap in head.gaps):
        return None
    place = Place(head.label if head else display_path(os.path.join(folder, HEAD)))
    message = "what `scale:` of plan.yaml says cannot be read, and some statuses may be words of it"
    return Fault("status-unknown", message, place, "Put plan.yaml right first.")


def _validate(kind: type[T], data: bytes, scale: Scale = NOTHING) -> T | None:
    """What a file's bytes say, validated; None where anything is amiss with them."""
    # Imported here: a command that finds every file in the cache pays for no YAML, no pydantic.
    from .reading import yamltext
    from .reading.validators import validator

    text = yamltext.decode(data, "")
    try:
        return None if isinstance(text, list) else validator(kind, scale)(yamltext.values(text))
    except (yamltext.Amiss, ValueError):
        return None


def _stand_in_head(priorities: Iterable[Priority]) -> Head:
    """The head of a plan whose plan.yaml cannot be read: its period is that of its milestones."""
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
