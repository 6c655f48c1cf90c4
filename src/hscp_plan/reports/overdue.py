"""The overdue milestones: by how long, who leads, and what was last said."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Item, Items, Paragraph, sentence_of
from ..standing import silence_notice, standings
from ..words import listed
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Plan
    from ..standing import Standing


class Overdue(NamedTuple):
    """`hscp overdue`: the open milestones whose time is over, the longest overdue first."""

    plan: Plan
    day: date
    only: str = ""

    def standings(self) -> list[Standing]:
        """The overdue milestones, the longest overdue first."""
        return sorted(standings(self.plan, self.day, {"overdue"}), key=lambda s: s.over)

    def document(self) -> Document:
        """A milestone each, with how late it is, who leads, and what was last said."""
        standings = self.standings()
        verb = "is" if len(standings) == 1 else "are"
        number = phrases.number(standings, self.plan.head)
        title = f"{number} {verb} overdue" if standings else "Nothing is overdue"
        blocks: list[Block] = [phrases.title_on(title, self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        notice = silence_notice(self.plan, self.day)
        if notice:
            blocks.append(Paragraph((notice,), apart=True))
        if standings:
            items = tuple(
                Item(s.milestone.id, s.milestone.action, self._notes(s)) for s in standings
            )
            blocks.append(Items(items, apart=True))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """The overdue milestones."""
        return (records.row(self.plan, standing) for standing in self.standings())

    def data(self) -> dict[str, object]:
        """The overdue milestones, the longest overdue first."""
        standings = self.standings()
        return {
            **records.envelope(self.plan, self.day, self.only),
            "notice": silence_notice(self.plan, self.day),
            "count": len(standings),
            "milestones": records.records(standings),
        }

    def _notes(self, standing: Standing) -> tuple[Line, ...]:
        late = (phrases.mark(standing, self.plan.head), ", ", *phrases.due(standing))
        lead, accountable = standing.lead, standing.objective.accountable
        if lead:
            who: Line = (f"lead: {listed(lead)}",)
        elif accountable:
            who = ("no lead named", f"; accountable: {listed(accountable)}")
        else:
            who = ("no lead named",)
        head, logged = self.plan.head, standing.milestone.progress
        if logged and (bare := phrases.nothing_shown(standing, head)):
            words: Line = (*bare, "; ", *phrases.last_said(standing))
        else:
            text = f"says {head.word_for(standing.milestone.status)}"
            words = (text, ", " if logged else "; ", *phrases.last_said(standing))
        return (sentence_of([late, phrases.move_count(standing)]), who, words)
