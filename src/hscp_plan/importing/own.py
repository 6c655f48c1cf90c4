"""hscp's own workbook: its sheets are views of one plan, and say much that it worked out itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from ..model import Every
from .draft import Entry
from .said import status_said, tidy
from .when import How, read_when

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..words import Status
    from .columns import Role
    from .draft import Milestone
    from .grid import Row
    from .position import Position

_WORKED_OUT = frozenset(
    (
        *("Start: first day", "Due: last day", "Standing", "First due", "Times moved"),
        *("Days late", "Last said", "Last said on", "Last said by", "Evidence"),
        *("Added", "Added by", "Added: agreed"),
    )
)
"""Columns of the sheet Plan that say again, or in another form, what others say."""
_PLAN = frozenset(("Id", "Due: last day", "Standing", "Times moved"))
_KEPT = ("Said by", "What was said", "Agreed", "Evidence")
_LOG = frozenset(("Id", "Date", "Status then", "Due date moved from", "Moved to", *_KEPT))
"""The columns that tell each sheet of hscp's own from anybody else's."""
_BESIDE = {
    frozenset(("Id", "Measure", "What it tells", "Which way is better")): (
        "of a measure: hscp add-measure, hscp measure"
    ),
    frozenset(("Id", "Decided by", "Decision", "Outcome", "About", "Completes")): (
        "a decision: hscp decide"
    ),
}
"""The same of the sheets of which no row is a milestone, with what each row is."""


def own_roles(labels: Sequence[str], roles: Sequence[Role]) -> Sequence[Role]:
    """What the columns hold; of hscp's own sheet, which of them it worked out."""
    if not set(labels) >= _PLAN:
        return roles
    ours: dict[str, Role] = {**dict.fromkeys(_WORKED_OUT, "worked out"), "Recurs": "recurs"}
    return [ours.get(label, role) for label, role in zip(labels, roles, strict=True)]


def recurs_said(text: str) -> str:
    """How often work recurs, of what hscp's own sheet says of it: Every quarter: due for …"""
    match = re.match(rf"Every ({'|'.join(get_args(Every))})\b", text)
    return match[1] if match else ""


def takes_beside(at: Position, rows: Sequence[Row]) -> bool:
    """Leave a table of measures, of their figures or of decisions where it is, which are no
    milestones; whether it is one."""
    labels = [slot.text for slot in rows[0].slots] if rows else []
    what = next((what for columns, what in _BESIDE.items() if columns <= set(labels)), None)
    if not what:
        return False
    at.understand(*labels)
    for row in rows[1:]:
        at.leave(row.place, " ".join(slot.text for slot in row.slots), what)
    return True


def takes_log(at: Position, rows: Sequence[Row]) -> bool:
    """Take a table for the log that hscp's own workbook has in a sheet of its own; whether it is
    that. Each row is an entry of a milestone that stands in the sheet before."""
    labels = [slot.text for slot in rows[0].slots] if rows else []
    if not set(labels) >= _LOG:
        return False
    milestones = {milestone.id: milestone for milestone in at.draft.milestones if milestone.id}
    at.understand(*labels)
    for row in rows[1:]:
        said = {label: row.slot(n).text for n, label in enumerate(labels)}
        milestone = milestones.get(said["Id"])
        if milestone and (entry := _entry(said, at.asked.scale)):
            _log(at, milestone, entry, said)
        else:
            at.leave(row.place, " ".join(said.values()), "an entry of no milestone of the plan")
    return True


def _entry(said: Mapping[str, str], scale: Mapping[str, Status]) -> Entry | None:
    """The entry that a row is; None where its day or its move cannot be read."""
    moved = None
    day = read_when(said["Date"], How()).due
    if said["Moved to"]:
        before, after = (
            read_when(said[label], How()).due for label in ("Due date moved from", "Moved to")
        )
        moved = (before, after)
        if not (before.dated and after.dated):
            return None
    if not day.dated:
        return None
    return Entry(
        tidy(said["What was said"]),
        moved,
        day,
        by=said["Said by"],
        status=status_said(said["Status then"], scale).status,
        agreed=said["Agreed"],
        evidence=_lines(said["Evidence"]),
        theme=_lines(said.get("Theme", "")),
        occurrence=said.get("For", ""),
    )


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _log(at: Position, milestone: Milestone, entry: Entry, said: Mapping[str, str]) -> None:
    milestone.log.append(entry)
    at.understand(*(text for label, text in said.items() if label not in _KEPT))
