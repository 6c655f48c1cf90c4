"""`hscp edit`: open the file at the milestone."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from .. import store
from ..model import Priority
from ..naming.ids import Unread
from ..words import sentence
from ._ids import find_part
from ._look import note, open_of, write
from ._options import AnyId, PlanDir
from ._record import path_of, today_given

if TYPE_CHECKING:
    from pathlib import Path

    from ..errors import Fault


def run(
    id: AnyId,
    where: PlanDir = None,
) -> int:
    """Open the plan's file at a milestone in your editor, and check it when you come back.

    \b
    hscp edit P1.3    $VISUAL or $EDITOR, else notepad or nano
    """
    from ..editing.editor import open_editor

    opened = open_of(where, id)
    path, line = _place(opened, id)
    while True:
        before = path.read_bytes()
        open_editor(path, line)
        if path.read_bytes() == before:
            write(f"{store.display_path(path)} is as it was.\n")
            return 0
        faults = _faults(opened.folder, path)
        if not faults:
            write(f"{store.display_path(path)} was changed, and has no errors.\n")
            return 0
        from ..writers.faults import list_faults

        write(list_faults(faults, most=3))
        line = faults[0].place.line
        if not sys.stdin.isatty() or input("Open it again there? [Y/n] ").strip().lower() == "n":
            return 1


def _place(opened: store.Opened, id: str) -> tuple[Path, int]:
    """The file and the line at which an id stands; where an error keeps it from being read, and
    its text does not show it, those of the error."""
    try:
        part = find_part(opened.plan, id, today_given(), opened.sources)
    except Unread as unread:
        if unread.fault.rule == "unreadable":
            raise
        note(f"{sentence(unread.what)}. {unread.fault.next}")
        return opened.folder / unread.file, unread.line
    if isinstance(part, Priority):
        path, id = path_of(opened, part), part.id
    else:
        path, id = path_of(opened, part.priority), part.milestone.id
    return path, _line_of(opened, path.name, id)


def _line_of(opened: store.Opened, name: str, id: str) -> int:
    """The line of an id in a file; its first line where the file has it nowhere."""
    reading = opened.reading(name)
    for path in reading.spans:
        if path[-1:] == ("id",) and reading.value and _value(reading.value, path) == id:
            return reading.place(path).line
    return 1


def _value(value: object, path: tuple[str | int, ...]) -> object:
    for step in path:
        value = value[step]  # type: ignore[index]
    return value


def _faults(folder: Path, path: Path) -> list[Fault]:
    from ..checks.faults import check

    faults = check(store.open_plan(folder), today_given())
    mine = store.display_path(path)
    return [f for f in faults if f.severity == "error" and f.place.file == mine]
