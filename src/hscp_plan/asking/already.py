"""What of an answer the log has already, so that what is collected again is not recorded again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..words import STATUSES
from .own import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model import Entry, Milestone
    from .understood import Doubt, Occasion, Understood

LATELY = 21
"""For so many days the same words by the same people are the same notes, collected again."""


def _says(entry: Entry, understood: Understood) -> bool:
    """Whether an entry says all that an answer does."""
    note = understood.note
    if note and (not entry.note or words(entry.note)[: len(words(note))] != words(note)):
        return False
    if understood.status and understood.status != entry.status:
        return False
    if understood.moved_to and not (entry.moved and entry.moved.to == understood.moved_to):
        return False
    return {*understood.evidence} <= {*entry.evidence}


def recorded_as(understood: Understood, occasion: Occasion) -> Entry | None:
    """The entry that says what an answer does already: all of it or, where a person decided a part
    of it later, its first part, and others the rest."""
    own = [*own_entries(understood.standing.milestone, occasion)]
    parts = [*_parts_of(understood)]
    found = [next((entry for entry in own if _says(entry, part)), None) for part in parts]
    whole = (entry for entry in own if _says(entry, understood))
    return next(whole, found[0] if found and all(found) else None)


def _parts_of(understood: Understood) -> Iterator[Understood]:
    """An answer's words, status, move and evidence, each as if it were all of the answer."""
    nothing = understood._replace(note=None, status=None, moved_to=None, evidence=())
    for name in ("note", "status", "moved_to", "evidence"):
        if value := getattr(understood, name):
            yield nothing._replace(**{name: value})


def own_entries(milestone: Milestone, occasion: Occasion) -> Iterator[Entry]:
    """The entries that may be of these words: any since it was asked or, of notes that nobody asked
    for, those of the same day; where their day was not given, of some days before."""
    first = occasion.asked or (
        occasion.day if occasion.dated else occasion.day - timedelta(days=LATELY)
    )
    for entry in milestone.progress:
        begun = occasion.asked or entry.date.first <= occasion.day
        if entry.by == occasion.who and entry.date.last >= first and begun:
            yield entry


def decides(entry: Entry, understood: Understood, doubt: Doubt) -> bool:
    """Whether an entry is what a doubt of an answer was decided to be: it has the words of the
    answer and what was decided, or that alone; of an answer whose words the log has, what was
    decided with whatever other words."""
    if understood.recorded and understood.note and doubt.field == "status":
        return entry.status in (doubt.could_be or STATUSES)
    if entry.note and not (understood.note and _says(entry, understood)):
        return bool(doubt.words) and words(entry.note) == words(doubt.words)
    if doubt.field == "status":
        return entry.status in (doubt.could_be or STATUSES)
    added = words(doubt.words)
    return bool(added) and words(entry.note or "")[-len(added) :] == added
