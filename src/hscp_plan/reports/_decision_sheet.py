"""The decisions in a workbook: a row for each, as the plan has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import sentence
from ._sheet import Field, Sheet

if TYPE_CHECKING:
    from ..model import Decided, Plan
    from ._sheet import Value

_FIELDS = (
    Field("Id", 8),
    Field("Date", 17, "written"),
    Field("Date: first day", 11, "date"),
    Field("Decided by", 22),
    Field("Decision", 44),
    Field("Outcome", 13),
    Field("About", 13),
    Field("Completes", 13),
    Field("Note", 36),
)
DECISION_LABELS = [field.label for field in _FIELDS]
"""What its columns are called."""


def decided_in(plan: Plan) -> list[Decided]:
    """The decisions on a plan, or on what filters left of it, the oldest first."""
    every = sorted(plan.decided, key=lambda each: each.decision.date.first)
    if plan.narrowed_from is None:
        return every
    ids = {part.id for owner in plan.owners for part in owner.parts}
    return [each for each in every if each.is_of(ids)]


def decisions_sheet(decided: list[Decided]) -> Sheet:
    """A row for each of these decisions."""
    id, *others = _FIELDS
    wide = max(id.width, *(len(each.id) + 2 for each in decided))
    fields = (id._replace(width=wide), *others)
    return Sheet(
        "Decisions", fields, [_row(each) for each in decided], len(decided), len(fields), ""
    )


def _row(each: Decided) -> tuple[Value, ...]:
    decision = each.decision
    return (
        each.id,
        decision.date.shown,
        decision.date.first,
        decision.by,
        decision.decision,
        sentence(decision.outcome or "") or None,
        "; ".join(each.about),
        "; ".join(decision.completes) or None,
        decision.note,
    )
