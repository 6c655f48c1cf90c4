"""The entries, decisions, impact and assurance of a plan that fell within a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..standing import standings
from ..words import UNAGREED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..dates import PlanDate
    from ..model import Assurance, Decided, Decision, Entry, Impact, Plan, Priority, Voice
    from ..standing import Standing


class Year(NamedTuple):
    """A plan as it stood at the end of a year, or on the day of the report where the year is not
    over; and what fell within that year."""

    plan: Plan
    span: PlanDate
    end: date

    def standings(self) -> list[Standing]:
        """How each milestone stood at the end."""
        return standings(self.plan, self.end)

    def within(self, day: PlanDate) -> bool:
        """Whether a day, or the first of a month, fell within it."""
        return self.span.first <= day.first <= self.end

    def entries(self, standing: Standing) -> list[Entry]:
        """What was logged of a milestone."""
        return [entry for entry in standing.milestone.progress if self.within(entry.date)]

    def acts(self, standing: Standing) -> list[Entry]:
        """What was logged of it in the year besides mere moves of its due date."""
        entries = self.entries(standing)
        return [e for e in entries if not e.moved or e.status or e.evidence]

    def silent(self, standing: Standing) -> bool:
        """Whether something was to be heard of it in the year, and nothing was."""
        return standing.open and standing.begun and not self.entries(standing)

    def unproven(self, standing: Standing) -> bool:
        """Whether it is complete, since no earlier year, and nothing shows it."""
        if standing.kind not in ("complete", UNAGREED) or standing.has_evidence:
            return False
        completed = [entry for entry in standing.milestone.progress if entry.status == "complete"]
        return not completed or self.within(completed[-1].date)

    def ended(self, standing: Standing) -> bool:
        """Whether it was closed in the year, or completed where a Board decides, as far as its log
        says when."""
        ending = standing.ending if standing.ended_for_board else None
        return bool(ending and (not ending.entry or self.within(ending.entry.date)))

    def decided_on(self, standing: Standing) -> list[Decision]:
        """What was decided about a milestone."""
        id = standing.milestone.id
        return [each.decision for each in self.decisions() if id in each.decision.names]

    def decisions(self) -> list[Decided]:
        """What was decided of the plan and of its priorities, by its day."""
        decided = [
            each
            for each in self.plan.decided
            if self.within(each.decision.date) and not (each.owner and each.owner.register)
        ]
        return sorted(decided, key=lambda each: each.decision.date.first)

    def assurances(self) -> list[tuple[Priority, Assurance]]:
        """What was said of assurance."""
        return [(p, a) for p in self.plan.priorities for a in p.assurance if self.within(a.date)]

    def impacts(self) -> list[tuple[Priority, Impact]]:
        """What was said of impact, with the priority that it stands in."""
        return [(p, i) for p in self.plan.priorities for i in p.impact if self.within(i.date)]

    def impact(self, priority: Priority, voices: Sequence[Voice]) -> list[Impact]:
        """What these voices said in the year, in their order."""
        impact = [i for i in priority.impact if self.within(i.date) and i.from_ in voices]
        return sorted(impact, key=lambda i: (voices.index(i.from_), i.date.first))
