"""Where the leads and groups of a plan can be written to. Addresses are nobody else's business:
they stand in a file of their own that git ignores, and never in a plan's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import Mendable, quoted
from . import yamltext

if TYPE_CHECKING:
    from .yamltext import Reading

NAME = "contacts.yaml"
_ADDRESS = r'[^\s@<>(),;:"\\[\]]+@[^\s@<>(),;:"\\[\]]+\.[^\s@<>(),;:"\\[\].]+'
_NEXT = "Write a line for each, such as:  Chair of Quality Sub-Group: chair@example.org"


def contacts(text: str, file: str) -> dict[str, tuple[str, ...]]:
    """The addresses of each lead or group, by its name. Raises Mendable for the first fault, with
    its place."""
    reading = yamltext.read(text, file)
    if reading.faults:
        fault = min(reading.faults, key=lambda fault: fault.place[1:3])
        # What a plan's files begin with, or may leave empty, is no help here.
        own = fault.rule in ("file-shape", "value-empty")
        raise Mendable(f"{fault.place}: {fault.message}", _NEXT if own else fault.next)
    return {name: _addresses(reading, name, value) for name, value in reading.value.items()}


def _addresses(reading: Reading, name: str, value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else [value]
    for item in listed:
        if not isinstance(item, str) or not re.fullmatch(_ADDRESS, item, re.ASCII):
            what = f"{quoted(item)} is not an e-mail address" if isinstance(item, str) else _KEYS
            path = (name, listed.index(item)) if isinstance(value, list) else (name,)
            raise Mendable(f"{reading.place(path)}: {what}", _NEXT)
    if not listed:
        what = f"{quoted(name)} has no address"
        raise Mendable(f"{reading.place((name,), at_key=True)}: {what}", _NEXT)
    return tuple(listed)


_KEYS = "here stand keys, not an e-mail address"
