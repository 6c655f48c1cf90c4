"""What commands that read git's history share: a note to whoever waits while that takes long."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from ..words import count
from ._look import note_to_watcher

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 1.0
"""Seconds after which whoever waits is told what for."""


def waiting() -> Callable[[int], None]:
    """What to call with the number of commits while they are read: it says so, once, where it
    takes over a second."""
    begun, noted = time.monotonic(), False

    def still(commits: int) -> None:
        nonlocal noted
        if not noted and time.monotonic() - begun > PATIENCE:
            noted = True
            note_to_watcher(f"Reading the plan's history: {count(commits, 'commit')} …")

    return still
