"""The whole plan and its standing, for whoever takes it elsewhere: a spreadsheet or a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..model import Plan
from ..standing import silence_notice, standings
from . import records
from .show import ShowPriority

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..model import Priority
    from .events import Calendar
    from .sheets import Workbook


class Export(NamedTuple):
    """What `hscp export` writes: the plan, or what filters left of it, on a day."""

    plan: Plan
    day: date
    only: str = ""

    def rows(self) -> Iterator[dict[str, object]]:
        """Every milestone, in the published order."""
        return (records.row(self.plan, s) for s in standings(self.plan, self.day))

    def data(self) -> dict[str, object]:
        """Every key of the plan's files, with the standing of each milestone and priority."""
        every = standings(self.plan, self.day)
        return {
            **records.envelope(self.plan, self.day, self.only),
            "plan": records.plain(self.plan.head),
            **({"plans": records.plain(self.plan.heads)} if self.plan.heads else {}),
            "notice": silence_notice(self.plan, self.day),
            "counts": records.named_counts(every),
            # Each made when it is asked for: a large plan's are its size several times over.
            "priorities": self._owners(register=False),
            "registers": self._owners(register=True),
        }

    def columns(self) -> tuple[str, ...]:
        """The keys of the rows."""
        return records.columns(self.plan)

    def calendar(self) -> Calendar:
        """Its due dates and meetings."""
        from .events import calendar

        return calendar(self.plan, self.day, self.only)

    def workbook(self) -> Workbook:
        """Its sheets."""
        from .sheets import workbook

        return workbook(self.plan, self.day, self.only)

    def _owners(self, register: bool) -> Iterator[object]:
        return (self._owner(n, p) for n, p in self.plan.files.items() if p.register is register)

    def _owner(self, name: str, priority: Priority) -> object:
        # Alone in a plan: the standings of all the others would be worked out for each.
        alone = Plan(self.plan.head, {name: priority}, hidden=self.plan.hidden)
        return ShowPriority(alone, self.day, priority).data()["priority"]
