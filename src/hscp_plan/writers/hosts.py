"""Faults as git hosts show them: a sentence or two each, and the file as the host names it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..store import repository
from ..words import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors import Fault


def from_top(faults: Sequence[Fault], folder: Path) -> list[Fault]:
    """The faults with each file's path from the top of the repository that the plan stands in.
    Where it stands in none, paths stay as they are: from here. Runs no git."""
    # realpath, as everywhere here: Path.resolve raises for a link that leads back to itself.
    top = repository(Path(os.path.realpath(folder)))
    if top is None:
        return list(faults)
    paths = {file: _below(top, file) for file in {fault.place.file for fault in faults}}
    return [f._replace(place=f.place._replace(file=paths[f.place.file])) for f in faults]


def describe(fault: Fault) -> str:
    """What is wrong, and what to do next."""
    if not fault.next:
        return safe(fault.message)
    end = "" if fault.message.endswith((".", "?")) else "."
    return safe(f"{fault.message}{end} {fault.next}")


def _below(top: Path, file: str) -> str:
    real = Path(os.path.realpath(file))
    return real.relative_to(top).as_posix() if real.is_relative_to(top) else file
