"""Tells whoever watches a terminal what a command waits for."""

from __future__ import annotations

import sys

SOON = 2.0
"""Seconds of waiting after which it is told."""


def say(purpose: str) -> None:
    """Say what is waited for; nothing where standard error is no terminal."""
    if sys.stderr is not None and sys.stderr.isatty():
        sys.stderr.write(f"Waiting for {purpose} …\n")
        sys.stderr.flush()
