"""Where the plan is, and reads it: every file of it, faulty or not.

A file whose exact bytes were validated before is taken from `memory`, without parsing YAML and
without importing pydantic. Paths are made of text until somebody asks for one: pathlib takes 3 ms
to load.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from . import dates, model
from .disk import plain_bytes
from .errors import Fault, Gap, Mistyped, Place, quoted
from .memory import MOST_FILES, Memory, cache_folder
from .model import Head, Plan, Priority
from .words import natural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .yamltext import Reading

HEAD = "plan.yaml"
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

    def reading(self, name: str) -> Reading:
        """The values of one file with their places."""
        from . import yamltext

        source = next(s for s in self.sources if s.name == name)
        text = yamltext.decoded(source.data, source.called)
        return yamltext.read("" if isinstance(text, list) else text, source.called)


def find(given: str | None) -> str:
    """The folder of the plan: the one given, or the nearest one from here upwards.

    Raises Mistyped where there is none.
    """
    if given is not None:
        for candidate in (given or ".", os.path.join(given, "plan")):
            if _holds_plan(candidate):
                return candidate
        what = f"holds no {HEAD}" if os.path.isdir(given or ".") else "is not a folder"
        raise Mistyped(
            f"{quoted(given)} {what}",
            "Give the folder that holds plan.yaml, as in  --plan plan",
        )
    above, here = "", os.getcwd()
    while here != above:
        for candidate in (os.path.join(here, "plan"), here):
            if _holds_plan(candidate):
                return candidate
        above, here = here, os.path.dirname(here)
    raise NoPlan


def _holds_plan(folder: str) -> bool:
    return os.path.lexists(os.path.join(folder, HEAD))


def repository(folder: Path) -> Path | None:
    """The git repository that a folder stands in, links on the way not followed; None where it
    stands in none. Runs no git."""
    # A folder in a repository's first copy, a file in a worktree and a submodule.
    around = (above for above in (folder, *folder.parents) if os.path.lexists(above / ".git"))
    return next(around, None)


def in_repository(folder: str) -> bool:
    """Whether a folder stands in a git repository. Runs no git, and makes no paths."""
    return bool(_repository(os.path.realpath(folder)))


def _repository(here: str) -> str:
    above = ""
    while here != above:
        if os.path.lexists(os.path.join(here, ".git")):
            return here
        above, here = here, os.path.dirname(here)
    return ""


class NoPlan(Mistyped):
    """There is no plan here or in any folder above."""

    def __init__(self) -> None:
        next = f"git has not checked out every file here. {CHECK_OUT}" if _sparse(".") else ""
        super().__init__("No plan here. hscp looked in ./plan and in every folder above.", next)


CHECK_OUT = "To have them all:  git sparse-checkout disable"


def _sparse(folder: str) -> bool:
    """Whether git was told to check out only some files of the repository that a folder stands
    in. Runs no git."""
    top = _repository(os.path.realpath(folder))
    own = top and os.path.join(top, ".git")
    if own and os.path.isfile(own):  # of a worktree or a submodule it says where that is
        with suppress(OSError, UnicodeDecodeError):
            told = plain_bytes(own).decode().strip().removeprefix("gitdir: ")
            own = os.path.join(top, told)
    return bool(own) and os.path.lexists(os.path.join(own, "info", "sparse-checkout"))


def _not_checked_out(folder: str, names: Iterable[str]) -> list[Source]:
    """The plan's files that git holds and has not checked out: there, and not to be read."""
    if not _sparse(folder):
        return []
    from .git import not_checked_out

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
    names = [name for name in files if name.endswith(".yaml")]
    for name in sorted(names, key=lambda name: (name != HEAD, name)):
        source = same.get(name)
        if source is None or source.data != files[name]:
            source = _understood(Source(name, folder, files[name], None, revision=revision), memory)
        sources.append(source)
    faults = [] if HEAD in files else [_headless(f"{shown(folder)} at {revision}")]
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


def _opened(folder: str, sources: list[Source], faults: list[Fault]) -> Opened:
    read = [(s.name, s.value) for s in sources if isinstance(s.value, Priority)]
    files = dict(sorted(read, key=lambda each: (natural(each[1].id), each[0])))
    head = next((s.value for s in sources if isinstance(s.value, Head)), None)
    every = (*faults, *(fault for source in sources for fault in source.faults))
    # Of a file with gaps nobody knows which objective has no milestones.
    partly = (s.value for s in sources if s.gaps and isinstance(s.value, Priority))
    hidden = frozenset(o.id for priority in partly for o in priority.objectives)
    plan = Plan(head or _stand_in(files.values()), files, hidden=hidden)
    return Opened(folder, tuple(sources), plan, every)


def shown(path: str | Path) -> str:
    """A path as a message names it: from here, where it is below here."""
    from pathlib import Path

    named = Path(path)
    try:
        return named.absolute().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return str(named)


def _listing(folder: str) -> tuple[list[str], list[Fault]]:
    """The names of the plan's files, plan.yaml first, and what is wrong with the folder."""
    try:
        names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError as error:
        what = f"this folder cannot be read: {_reason(error)}"
        return [], [Fault("unreadable", what, Place(shown(folder)), "See who may read it.")]
    faults = [
        Fault(
            "file-name",
            "hscp reads files that end in .yaml, and this ends in .yml",
            Place(shown(os.path.join(folder, name))),
            f"Rename it {name[:-4]}.yaml, or move it elsewhere.",
        )
        for name in names
        if name.endswith(".yml")
    ]
    kept = [name for name in names if name.endswith(".yaml") and name != HEAD]
    if len(kept) >= MOST_FILES:
        what = f"over {MOST_FILES:,} files"
        faults.append(Fault("too-big", what, Place(shown(folder)), "Keep one plan in a folder."))
        kept = kept[: MOST_FILES - 1]
    if HEAD not in names:
        return kept, [*faults, _headless(shown(folder))]
    return [HEAD, *kept], faults


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
    from . import yamltext
    from .validation import salvaged

    text = yamltext.decoded(source.data, source.called)
    if isinstance(text, list):
        return source._replace(faults=tuple(text), gaps=(whole(source.name),))
    left = salvaged(kind, yamltext.read(text, source.called))
    gaps = tuple(left.gaps) if left.value else (whole(source.name),)
    return source._replace(value=left.value, faults=tuple(left.faults), gaps=gaps)


def _said(kind: type[T], data: bytes) -> T | None:
    """What a file's bytes say, validated; None where anything is amiss with them."""
    # Only now: these two and what they load would cost every command that finds all it needs
    # remembered.
    from . import yamltext
    from .validation import validator

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
