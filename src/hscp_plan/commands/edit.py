"""`hscp edit`: open the file at the milestone."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from .. import store
from ..errors import Mendable
from ..model import Priority
from ..naming.ids import Unread, find_part
from ..words import sentence
from ._look import note, write
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
    opened = store.open_plan(store.find(where))
    path, line = _place(opened, id)
    while True:
        before = path.read_bytes()
        open_editor(path, line)
        if path.read_bytes() == before:
            write(f"{store.shown(path)} is as it was.\n")
            return 0
        faults = _faults(opened.folder, path)
        if not faults:
            write(f"{store.shown(path)} was changed, and has no errors.\n")
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


def open_editor(path: Path, line: int) -> None:
    """Open a file at a line, and wait until the editor is closed.

    Raises Mendable where there is no editor, or it fails.
    """
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    words = shlex.split(given, posix=os.name != "nt") if given else [_plain_editor()]
    program = os.path.basename(words[0]).lower().removesuffix(".exe")  # noqa: PTH119
    if program in ("code", "codium", "cursor"):
        words += ["--wait", "--goto", f"{path}:{line}"]
    elif program in ("vi", "vim", "nvim", "nano", "emacs", "micro", "joe", "gedit", "kak"):
        words += [f"+{line}", str(path)]
    else:
        words.append(str(path))
    try:
        status = subprocess.run(words, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        what = f"the editor {words[0]} could not be opened: {error.strerror}"
        raise Mendable(what, "Set EDITOR to the one you use.") from error
    if status:
        raise Mendable(f"the editor {words[0]} ended with status {status}", "See the file itself.")


def _plain_editor() -> str:
    name = "notepad" if os.name == "nt" else "nano"
    if shutil.which(name) is None:
        raise Mendable("no editor is set", "Set EDITOR to the one you use.")
    return name


def _line_of(opened: store.Opened, name: str, id: str) -> int:
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
    mine = store.shown(path)
    return [f for f in faults if f.severity == "error" and f.place.file == mine]
