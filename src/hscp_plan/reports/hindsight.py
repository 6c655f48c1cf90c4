"""What was put into a plan after a past day, though it counts for that day or before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import phrases
from .change_texts import describe_group

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..changes import Changes
    from ..model import Head
    from .change_texts import ChangeText

DATED = ("logged", "moved", "status", "decision", "impact", "assurance")
"""The kinds of change that have a date of their own."""
HOW = ("Dated by then, and saved later", "Added since", "Changed since, with nothing in the log")


def hindsight(groups: Iterable[Changes], head: Head) -> str:
    """How what is told of a day came into the plan as it was held then, in sentences; nothing where
    nothing changed."""
    ids: dict[str, dict[str, None]] = {}
    for group in groups:
        for change in describe_group(group, head) if group.priority else ():
            if change.kind != "value":  # a measure's value has a period, and no day
                ids.setdefault(_how(change), {})[change.id] = None
    return " ".join(f"{how}: {phrases.some(list(ids[how]))}." for how in HOW if how in ids)


def _how(change: ChangeText) -> str:
    if change.kind in DATED:
        return HOW[0]
    return HOW[1] if change.kind == "new" else HOW[2]
