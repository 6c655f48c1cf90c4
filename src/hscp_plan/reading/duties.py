"""The duties that come with hscp, by their names; and what a duty's file says, every fault with its
place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..duty import Duty
    from ..errors import Fault

FOLDER = os.path.join(os.path.dirname(os.path.dirname(__file__)), "duties")
"""The duties that come with hscp: an edition a file."""
ENDING = ".yaml"


def names() -> list[str]:
    """The names of the duties that come with hscp."""
    return sorted(n.removesuffix(ENDING) for n in os.listdir(FOLDER) if n.endswith(ENDING))


def read_duty(data: bytes, file: str) -> Duty | list[Fault]:
    """The duty that a file's bytes say, or every fault that keeps it from being used."""
    # Help and Tab ask for the names alone.
    from ..duty import Duty
    from . import yamltext
    from .validation import salvage

    text = yamltext.decode(data, file)
    if isinstance(text, list):
        return text
    rest = salvage(Duty, yamltext.read(text, file))
    errors = [fault for fault in rest.faults if fault.severity == "error"]
    return errors or rest.value
