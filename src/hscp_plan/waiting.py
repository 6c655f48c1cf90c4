"""Whatever waits says what for, after a moment."""

from __future__ import annotations

import sys

SOON = 2.0
"""Seconds after which whoever waits is told what for."""


def say(what: str) -> None:
    """Say what is waited for to whoever watches: nothing where standard error is no terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"Waiting for {what} …\n")
        sys.stderr.flush()
