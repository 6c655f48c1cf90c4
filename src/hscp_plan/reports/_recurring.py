"""The occurrences of recurring work as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import day_shown
from ..document import Column, Mark, Stack, Table
from ..occurrences import occurrences

if TYPE_CHECKING:
    from ..document import Line
    from ..occurrences import Occurrence
    from ..standing import Standing


def occurrence_table(standing: Standing) -> Table:
    """The occurrences of recurring work: by when each is to be reported, and whether it was."""
    milestone = standing.milestone
    rows = tuple(
        (o.name, day_shown(o.due.last), Stack(_reported(o, standing)))
        for o in occurrences(milestone)
    )
    columns = (Column("For"), Column("By"), Column("Reported"))
    return Table(columns, rows, caption=f"The occurrences of {milestone.id}")


def _reported(occurrence: Occurrence, standing: Standing) -> Line:
    if occurrence.entry:
        return (Mark("complete", "Reported"), " ", occurrence.entry.date)
    if ending := standing.ending:
        # What was due before it ended was needed, and stays unreported.
        needed = ending.entry is None or occurrence.due.last < ending.entry.date.first
        return (Mark("closed", "Not reported" if needed else "Not needed"),)
    if occurrence.due.last < standing.day:
        return (Mark("overdue", "Not reported"),)
    return (Mark("not started", "To come"),)
