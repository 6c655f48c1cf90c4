"""What publishing commands share: they choose the format, look through what is about to leave, and
write it into files or on the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import Mistyped
from ..store import display_path
from ..words import listed, safe
from ..writers.formats import FORMATS
from ._look import refuse_private

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..store import Opened

STDOUT = "-"
"""What is typed for standard output in place of a file."""
TEXT_ENDING = "txt"
"""The ending of a file of plain text, which is `text` or `markdown`."""
ENDINGS = {ending: name for name, format in FORMATS.items() for ending in format.endings}
"""The endings of files that say a format, and which."""
UNWRITTEN = frozenset(("pdf", "doc", "docm", "dot", "dotx", "odt", "rtf", "xls", "xlsm", "ods"))
"""The endings of files that people ask for, and hscp cannot write."""

F = TypeVar("F", bound=str)


def choose_format(
    output: str | None, asked: F | None, can: Sequence[F], option: str = "--format "
) -> F | None:
    """The format that was asked for, else the one that the file's ending says; None where neither
    says any. Raises Mistyped where they differ, and where nothing can be written so."""
    target = Path(output or STDOUT)
    ending = target.suffix[1:].casefold()
    known = ENDINGS.get(ending)
    by_ending = next((format for format in can if format == known), None)
    # Word under the name of a text would open as neither.
    untold_text = ending == TEXT_ENDING and not asked and "text" not in can
    if ending in UNWRITTEN or untold_text or (known and not by_ending):
        names = [file_name(target, format) for format in ([asked] if asked else can)]
        program = {"docx": "Word", "xlsx": "Excel", "html": "A browser"}.get(asked or can[0])
        saves = f" {program} can save {names[0]} as PDF." if program and ending == "pdf" else ""
        what = f"this cannot be written as a .{ending} file"
        raise Mistyped(what, f"Name it {listed(names, 'or')}.{saves}")
    if asked and by_ending and asked != by_ending:
        what = f"{option}{asked} and -o {display_path(target)} say different things"
        raise Mistyped(what, f"Name it {file_name(target, asked)}, or write {option}{by_ending}.")
    return asked or by_ending


def file_name(target: Path, format: str) -> str:
    """A file's name with the ending that a format has."""
    ending = FORMATS[format].endings[0] if format in FORMATS else TEXT_ENDING
    return display_path(target.with_suffix(f".{ending}"))


def default_name(kind: str, day: date, ending: str) -> Path:
    """The file that is written where none is named: plan-2021-12-15.xlsx, in this folder."""
    return Path(f"{kind}-{day.isoformat()}.{ending}")


def publish_file(data: bytes, target: Path, opened: Opened, force: bool) -> None:
    """Write a file, and say so. Raises as `publish_files`."""
    publish_files([(target, data)], opened, force)


def publish_files(
    files: Sequence[tuple[Path, bytes]], opened: Opened, force: bool, folder: Path | None = None
) -> None:
    """Write several files, and name each once it is written.

    Raises Mendable where one could identify a child, and as `publishing.files.write_files`.
    """
    from ..publishing.files import write_files

    for _ in looked_through(((display_path(target), data) for target, data in files), opened):
        pass
    for target in write_files(files, opened, force, folder):
        sys.stdout.write(f"Wrote {safe(display_path(target))}\n")


def to_stdout(data: bytes, ending: str, opened: Opened) -> None:
    """Write on standard output. Raises Mistyped for what is not text where a person looks at it,
    and Mendable for what could identify a child."""
    if ending == "xlsx" and sys.stdout.isatty():
        what = f"a .{ending} file cannot be shown on a screen"
        raise Mistyped(what, "Leave -o out, or give a file's name after it.")
    for _, allowed in looked_through([("standard output", data)], opened):
        sys.stdout.flush()
        sys.stdout.buffer.write(allowed)


def looked_through(
    files: Iterable[tuple[str, bytes]], opened: Opened
) -> Iterator[tuple[str, bytes]]:
    """The same files, each once it was looked through. Raises Mendable for the first in which
    anything could identify a child."""
    from ..publishing.door import Door
    from ..publishing.texts import texts_in

    door = Door(opened)
    for name, data in files:
        refuse_private(door.text_faults(name, texts_in(data)))
        yield name, data
