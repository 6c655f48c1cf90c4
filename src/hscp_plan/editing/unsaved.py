"""What was recorded and is not in git yet, for whoever lists it or takes it back. At a desk, where
no git tells: what was recorded since the plan was opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .. import store
from ..disk import plain_bytes
from ..errors import Mendable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .recorded import Recorded
    from .saved import Saved


class Unsaved(NamedTuple):
    """All that was recorded and is not in git, and what is."""

    recorded: list[Recorded]
    saved: Saved
    in_git: bool
    """Whether git told; else what the files held when a desk was opened on them."""


def find_unsaved(opened: store.Opened, whole: bool = False) -> Unsaved:
    """All that was recorded and is not in git, and what is. Raises Mistyped where nothing tells
    and, where it must be the `whole` of it, Mendable for a file with errors."""
    from .recorded_since import joined, with_ends

    opened = store.with_asked(opened)
    every, in_git = _committed(opened.folder, [source.name for source in opened.sources])
    (recorded, saved), *merged = [_since(opened, files, in_git, whole) for files in every]
    for others, also_saved in merged:
        unsaved = [_what(record) for record in others]
        recorded = [record for record in recorded if _what(record) in unsaved]
        saved = saved.with_other(also_saved)
    scale = opened.plan.head.scale
    return Unsaved(joined(with_ends(_with_times(recorded, opened), scale)), saved, in_git)


def _what(recorded: Recorded) -> tuple[object, ...]:
    """What tells one thing that was recorded from every other."""
    return recorded.kind, recorded.file, recorded.path, recorded.id, recorded.values


def _since(
    opened: store.Opened, committed: Mapping[str, bytes], in_git: bool, whole: bool
) -> tuple[list[Recorded], Saved]:
    """What was recorded since a commit, or since a desk was opened; and what was saved before."""
    from ..reports.commit import changed_files
    from .saved import saved_in

    sources = {source.name: source for source in opened.sources}
    current = {name: _bytes(source) for name, source in sources.items()}
    names = changed_files(committed, current)
    before = {name: _as_before(name, committed, in_git) for name in names if name in committed}
    of_plan = before.pop(store.HEAD, None)
    saved = saved_in(before.values(), of_plan)
    recorded: list[Recorded] = []
    for name in names:
        if name in sources and sources[name].faulty:
            if whole:
                raise _no_newest(sources[name])
        elif name == store.ASKED and name in sources:
            recorded += _asked_in(current[name], before.get(name))
        elif name == store.HEAD:
            recorded += _of_plan(current[name], of_plan and of_plan[1], saved)
        elif name in sources:
            if name not in committed:
                recorded += _new_file(name, current[name])
            recorded += _recorded_in(name, current[name], saved, opened.plan.head.scale)
    return recorded, saved


def _committed(folder: Path, names: Iterable[str]) -> tuple[list[dict[str, bytes]], bool]:
    """The plan's YAML files as the last commit has them and, where a merge is unfinished, as what
    is merged has them; else as they were when a desk was opened on them; and whether git told.
    Raises NoGit where nothing tells."""
    from ..git import merges, repo
    from . import opening

    try:
        merged = [repo.files_at(folder, id, names) for id in merges.merged_commits(folder)]
        every, in_git = [repo.files_at_head(folder, names), *merged], True
    except repo.Unread:
        raise  # what was recorded since may be in git
    except repo.NoGit:
        held = opening.held(folder)
        if held is None:
            raise
        every, in_git = [held], False
    return [
        {n: data for n, data in files.items() if n.endswith(".yaml")} for files in every
    ], in_git


def _as_before(name: str, files: Mapping[str, bytes], in_git: bool) -> tuple[str, Any]:
    """The text and the values of a file as the last commit has it, or as it was when the plan was
    opened. Raises Mendable where that cannot be read."""
    from ..reading import yamltext

    text = yamltext.decode(files[name], name)
    values = yamltext.read(text, name).value if isinstance(text, str) else None
    if values is None and in_git:
        what = f"{name} cannot be read as the last commit has it"
        raise Mendable(f"{what}, so nothing tells what of it was saved", "See  git log")
    if values is None:
        what = f"{name} could not be read when the plan was opened"
        raise Mendable(f"{what}, so nothing tells what was recorded since", "Open the plan again.")
    return str(text), values


def _recorded_in(name: str, data: bytes, saved: Saved, scale: Mapping[str, str]) -> list[Recorded]:
    """What a faultless file holds and git does not."""
    from ..reading import yamltext
    from .recorded_since import leads_of_new, unsaved_in

    # It may have been written since it was checked, and be no text any more.
    text = yamltext.decode(data, name)
    if not isinstance(text, str):
        return []
    values = yamltext.values(text)
    return [*unsaved_in(name, values, saved, scale), *leads_of_new(name, values, saved)]


def _new_file(name: str, data: bytes) -> list[Recorded]:
    """A faultless file that git does not have, as the new priority or register that it is."""
    from ..reading import yamltext
    from .recorded_since import new_file

    text = yamltext.decode(data, name)
    return [new_file(name, yamltext.values(text))] if isinstance(text, str) else []


def _of_plan(data: bytes, before: Any, saved: Saved) -> list[Recorded]:
    """The decisions and meetings of a faultless plan.yaml that git does not have; `before` is what
    it has of it."""
    from ..reading import yamltext
    from .recorded_since import unsaved_of_plan

    text = yamltext.decode(data, store.HEAD)
    values = yamltext.values(text) if isinstance(text, str) else {}
    return unsaved_of_plan(store.HEAD, values, before, saved)


def _asked_in(data: bytes, before: tuple[str, Any] | None) -> list[Recorded]:
    """What a faultless asked.yaml holds and git does not; `before` is what it has of it."""
    from ..reading import yamltext
    from .recorded_since import unsaved_asked

    text = yamltext.decode(data, store.ASKED)
    values = before[1] if before else None
    return unsaved_asked(yamltext.values(text), values) if isinstance(text, str) else []


def _no_newest(source: store.Source) -> Mendable:
    """Why nothing tells what was recorded last: one of the files has an error."""
    fault = next(fault for fault in source.faults if fault.severity == "error")
    what = f"{fault.place}: {fault.message}, so nothing tells what is the newest"
    return Mendable(what, f"{fault.next} Or give the id:  hscp undo P1.2")


def _bytes(source: store.Source) -> bytes:
    try:
        return plain_bytes(source.path)
    except OSError:
        return b""


def _with_times(recorded: list[Recorded], opened: store.Opened) -> list[Recorded]:
    """The same, each with when it was typed: as the journal says or, where that does not hold it,
    no later than its file was written. What only counts where it was typed is left out where the
    journal does not hold it."""
    from . import journal
    from .recorded import Typed

    known = journal.read(opened.folder)
    written = _write_times(opened)
    typed: list[Recorded] = []
    for record in recorded:
        noted = known.get(journal.key(record.id, record.noted))
        if noted is None:
            if not record.only_typed:
                last = Typed(written[record.file], known=False)
                typed.append(record._replace(typed=last))
            continue
        if record.led is not None and record.led_before is None:
            if noted < known.get(journal.key(record.id, None), noted):
                continue  # it came with the new milestone, as another of this id had it before
            record = record._replace(led_before=noted.replaced)
        if record.kind == "value" and noted.replaced:
            record = record._replace(corrected={**record.values, "value": noted.replaced[0]})
        typed.append(record._replace(typed=Typed(noted.at, True, noted.number)))
    return typed


def _write_times(opened: store.Opened) -> dict[str, int]:
    """When each file of the plan was written last, in nanoseconds."""
    times = {}
    for source in opened.sources:
        try:
            times[source.name] = source.path.stat().st_mtime_ns
        except OSError:
            times[source.name] = 0
    return times
