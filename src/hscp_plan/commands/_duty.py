"""Finds the duty that a yearly report answers: one that comes with hscp, by its name, or a file."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..disk import plain_bytes
from ..errors import Mendable, Mistyped, nearest, quoted
from ..reading.duties import ENDING, FOLDER, names, read_duty
from ..store import display_path
from ..words import listed

if TYPE_CHECKING:
    from ..duty import Duty


def duty_named(word: str) -> Duty:
    """The duty that comes with hscp under this name, or that is in the file of this path. Raises
    Mistyped where it is neither, and Mendable where the file has errors, which are said first."""
    if Path(word).suffix in (ENDING, ".yml"):
        return _read(Path(word), display_path(Path(word)))
    known = {_plain(name): name for name in names()}
    if name := known.get(_plain(word)):
        return _read(Path(FOLDER, name + ENDING), name)
    if near := nearest(_plain(word), [*known], cutoff=0.4):
        next = f"Did you mean: {known[near]}"
    else:
        next = f"Write {listed(known.values(), 'or')}, or name a file: ./our-duty{ENDING}"
    raise Mistyped(f"{quoted(word)} is no duty that hscp has", next)


def _plain(name: str) -> str:
    """A name as the duties' are: working-together-2023, of Working Together 2023."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


def _read(path: Path, label: str) -> Duty:
    try:
        read = read_duty(plain_bytes(path), label)
    except FileNotFoundError as error:
        raise Mistyped(f"there is no file {label}", "See how its name is written.") from error
    except OSError as error:
        raise Mistyped(f"{label} cannot be read: {error.strerror or error}") from error
    if not isinstance(read, list):
        return read
    from ..writers.faults import list_faults

    sys.stdout.flush()
    sys.stderr.write(list_faults(read, most=None) + "\n")
    raise Mendable(f"{label} has errors, so nothing was written", "Mend them, and try again.")
