"""What a plan's files held when a desk was opened on it: what `undo` and `log` go by there where no
git tells what was saved."""

from __future__ import annotations

import os
from contextlib import suppress
from difflib import SequenceMatcher
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


def hold_typed(path: Path, was: bytes, now: bytes) -> None:
    """Let what was typed into a file of a held folder count as having stood there: those of its
    lines alone, so that what was recorded in it before is still known."""
    if files := held(path.parent):
        before = files.get(path.name, was)
        files[path.name] = now if before == was else _with_typed(before, was, now)


def _with_typed(before: bytes, was: bytes, now: bytes) -> bytes:
    """An earlier text with what was typed into a later one, wherever both had the same lines."""
    earlier, later, typed = (text.splitlines(keepends=True) for text in (before, was, now))
    places: dict[int, int] = {}
    for i, k, size in SequenceMatcher(None, later, earlier, autojunk=False).get_matching_blocks():
        places.update(zip(range(i, i + size), range(k, k + size), strict=True))
    opcodes = SequenceMatcher(None, later, typed, autojunk=False).get_opcodes()
    for how, i, j, k, m in reversed(opcodes):
        # What is put between two lines stands after the first.
        around = range(i, j) or range(max(0, i - 1), i)
        if how != "equal" and all(line in places for line in around):
            first = places[around[0]] + (i == j) if around else 0
            earlier[first : first + j - i] = typed[k:m]
    return b"".join(earlier)


def held(folder: Path) -> dict[str, bytes] | None:
    """What the files held, by name; None where no desk was opened on this folder."""
    return _held.get(os.path.realpath(folder))
