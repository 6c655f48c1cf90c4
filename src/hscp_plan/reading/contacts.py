"""The e-mail addresses of a plan's leads and groups. They are nobody else's business: they stand in
a file of their own that git ignores, and never in a plan's."""

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
        of_a_plan = fault.rule in ("file-shape", "value-empty")
        raise Mendable(f"{fault.place}: {fault.message}", _NEXT if of_a_plan else fault.next)
    return {name: _addresses(reading, name, value) for name, value in reading.value.items()}


def _addresses(reading: Reading, name: str, value: object) -> tuple[str, ...]:
    addresses = value if isinstance(value, list) else [value]
    for number, address in enumerate(addresses):
        path = (name, number) if isinstance(value, list) else (name,)
        if not isinstance(address, str):
            what = "here stand keys, not an e-mail address"
        elif not re.fullmatch(_ADDRESS, address, re.ASCII):
            what = f"{quoted(address)} is not an e-mail address"
        else:
            continue
        raise Mendable(f"{reading.place(path)}: {what}", _NEXT)
    if not addresses:
        what = f"{quoted(name)} has no address"
        raise Mendable(f"{reading.place((name,), at_key=True)}: {what}", _NEXT)
    return tuple(addresses)
