"""Puts a meeting into plan.yaml, in its place by date. Pure: a text and its values in, a `Change`
out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dates import insertion_index, read
from ..letters import folded
from ..model import Head
from ..reading.files import HEAD
from .change import AlreadyRecorded, Change, keys_before
from .refusals import refuse_unpublishable
from .splice import Text

if TYPE_CHECKING:
    from collections.abc import Mapping


def add_meeting(text: str, values: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    """A new meeting, before the first that is later. Raises Mistyped where the group meets on that
    day already."""
    refuse_unpublishable(new)
    meetings = [*values.get("meetings", ())]
    day = read(new["date"])
    for meeting in meetings:
        if read(meeting["date"]) == day and folded(meeting["group"]) == folded(new["group"]):
            raise AlreadyRecorded(f"plan.yaml has this meeting of {day.shown} already")
    place = insertion_index(day, [read(meeting["date"]) for meeting in meetings])
    edit = Text(text)
    at = place if place < len(meetings) else None
    edit.append(edit.root, "meetings", [new], keys_before(Head, "meetings"), at)
    line = edit.new_line
    meetings.insert(place, dict(new))
    recorded = ((HEAD, dict(new)),)
    return Change(edit.apply(), {**values, "meetings": meetings}, line, recorded)
