"""What a plan's files held when a desk was opened on it: what `undo` and `log` go by there where no
git tells what was saved."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from ..disk import plain_bytes

if TYPE_CHECKING:
    from pathlib import Path

_held: dict[str, dict[str, bytes]] = {}


def hold(folder: Path) -> None:
    """Keep in memory what the YAML files of a plan's folder hold now."""
    files: dict[str, bytes] = {}
    for path in folder.glob("*.yaml"):
        with suppress(OSError):
            files[path.name] = plain_bytes(path)
    _held[os.path.realpath(folder)] = files


def hold_file(path: Path, data: bytes) -> None:
    """Let a file of a held folder count as having held this."""
    if files := held(path.parent):
        files[path.name] = data


def held(folder: Path) -> dict[str, bytes] | None:
    """What the files held, by name; None where no desk was opened on this folder."""
    return _held.get(os.path.realpath(folder))
