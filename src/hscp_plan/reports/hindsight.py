"""What a plan tells of a past day and did not hold then: dated by that day, and saved later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import phrases
from .told import worded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..changes import Changes
    from ..model import Head
    from .told import Told

DATED = ("logged", "moved", "status", "decision", "impact", "assurance")
"""The kinds of change that have a date of their own."""
HOW = ("Dated by then, and saved later", "Added since", "Changed since, with nothing in the log")


def hindsight(found: Iterable[Changes], head: Head) -> str:
    """How what is told of a day came into the plan as it was held then, in sentences; nothing where
    nothing changed."""
    ids: dict[str, list[str]] = {}
    for group in found:
        for each in worded(group, head) if group.priority else ():
            if each.kind != "value":  # a measure's value has a period, and no day
                ids.setdefault(_how(each), []).append(each.id)
    return " ".join(f"{how}: {phrases.some(_once(ids[how]))}." for how in HOW if how in ids)


def _how(change: Told) -> str:
    if change.kind in DATED:
        return HOW[0]
    return HOW[1] if change.kind == "new" else HOW[2]


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))
