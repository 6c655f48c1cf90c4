"""What a duty's file says, every fault of it with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..duty import Duty
from . import yamltext
from .validation import salvage

if TYPE_CHECKING:
    from ..errors import Fault


def read_duty(data: bytes, file: str) -> Duty | list[Fault]:
    """The duty that a file's bytes say, or every error that keeps it from being used."""
    text = yamltext.decode(data, file)
    if isinstance(text, list):
        return text
    rest = salvage(Duty, yamltext.read(text, file))
    errors = [fault for fault in rest.faults if fault.severity == "error"]
    return errors or rest.value
