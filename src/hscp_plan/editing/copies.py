"""Copies of a plan's folder, to try on them what would be recorded. What git knows is asked of the
folder that was copied, and no journal is kept of a copy."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from ..disk import plain_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

_originals: dict[str, Path] = {}


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    """A copy of a plan's YAML files, which is gone afterwards. Raises OSError where no copy can be
    made."""
    with TemporaryDirectory() as around:
        copy = Path(os.path.realpath(around)) / "plan"
        copy.mkdir()
        for path in folder.glob("*.y*ml"):
            with suppress(OSError):  # what cannot be read is no more to be recorded in there
                data, mode = plain_bytes(path), path.stat().st_mode
                (copy / path.name).write_bytes(data)
                (copy / path.name).chmod(mode)
        _originals[str(copy)] = folder
        try:
            yield copy
        finally:
            del _originals[str(copy)]


def is_copy(folder: Path) -> bool:
    """Whether a folder is such a copy."""
    return bool(_originals) and os.path.realpath(folder) in _originals


def original(folder: Path) -> Path:
    """The folder that this one is a copy of; itself where it is none."""
    return _originals[os.path.realpath(folder)] if is_copy(folder) else folder
