"""Every fault of a plan: what reading it found, and what the rules find, each at its place.

Files in which nothing is found are not read again: their places are not needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .checks import RULES
from .errors import Fault, Place
from .store import shown

if TYPE_CHECKING:
    from datetime import date

    from .store import Opened
    from .yamltext import Reading


def check(opened: Opened, today: date) -> list[Fault]:
    """All faults: errors before warnings, then by file and line."""
    places = _Places(opened)
    faults = list(opened.faults)
    for rule in RULES:
        for finding in rule.find(opened.plan, today):
            message = finding.message
            if finding.other:
                message = message.format(other=places.at(*finding.other))
            place = places.at(finding.file, finding.path, finding.at_key)
            faults.append(Fault(rule.name, message, place, finding.next, rule.severity))
    return sorted(faults, key=lambda f: (f.severity != "error", f.place.file, *f.place[1:3]))


class _Places:
    """Where the parts of a plan stand; a file is read again when its first place is asked for."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.sources = {source.name: source for source in opened.sources}
        self.readings: dict[str, Reading] = {}

    def at(self, file: str, path: tuple[str | int, ...], at_key: bool = False) -> Place:
        source = self.sources.get(file)
        if source is None:
            return Place(shown(self.opened.folder))
        if source.left_out:
            # Paths count what was read, and part of this file was not: they may point beside.
            return Place(source.called)
        if file not in self.readings:
            self.readings[file] = self.opened.reading(file)
        return self.readings[file].place(path, at_key)
