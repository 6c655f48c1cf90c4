"""What an Office file says of itself: its own properties, and when it was last saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from .characters import visible
from .xml import inner

if TYPE_CHECKING:
    from .package import Package

_CORE = "core-properties"
_CUSTOM = ("custom-properties", "customProperties")


def properties(package: Package) -> dict[str, str]:
    """The properties that people or programs have added, by name, each as text."""
    named: dict[str, str] = {}
    for part in _parts(package, *_CUSTOM):
        for entry in inner(package.tree(part)):
            named[visible(entry.get("name", ""))] = visible("".join(entry.itertext()))
    return named


def modified(package: Package) -> date | None:
    """The day it was last saved, else made, as its program wrote it: in universal time. Midnight is
    a day that a program made up, hscp too, and no moment of anybody's."""
    days: dict[str, date] = {}
    for part in _parts(package, _CORE):
        for entry in inner(package.tree(part)):
            moment = (entry.text or "").strip()
            if moment.endswith("T00:00:00Z"):
                continue
            try:
                days[entry.tag] = date.fromisoformat(moment[:10])
            except ValueError:
                continue
    return days.get("dcterms:modified") or days.get("dcterms:created")


def _parts(package: Package, *kinds: str) -> list[str]:
    return [r.part for r in package.relations().values() if r.kind in kinds]
