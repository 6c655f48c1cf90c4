"""The work plan of a lead or a group: what is open, month by month, with room to write."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..document import Column, Facts, Heading, Paper, Paragraph, Room, Table, Title
from ..order import order_of
from ..standing import silence_notice, standings
from ..words import listed, plural, sentence
from . import papers, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Cell
    from ..model import Plan
    from ..order import Order
    from ..standing import Standing


class Workplan(NamedTuple):
    """`hscp report workplan`: A4 landscape, to fill in at a meeting."""

    plan: Plan
    """Narrowed to what is theirs."""
    day: date
    who: str
    """The lead or group that it is for."""
    foot: str
    slug: str
    """Who, as a part of its file's name."""
    only: str = ""
    """What their milestones are narrowed to."""

    def paper(self) -> Paper:
        """Overdue first, then month by month."""
        head, every = self.plan.head, standings(self.plan, self.day)
        open = [standing for standing in every if standing.open]
        blocks: list[Block] = [
            Title(f"Work plan: {self.who}"),
            Facts(
                (
                    ("Plan", (head.title,)),
                    ("As at", (day_shown(self.day),)),
                    *phrases.narrowed(self.only),
                )
            ),
            *self._summary(every, open),
        ]
        if open:
            blocks.append(self._table(open))
        name = f"workplan-{self.slug}"
        return Paper(name, tuple(blocks), head.partnership, self.foot, landscape=True, day=self.day)

    def _summary(self, standings: list[Standing], open: list[Standing]) -> Iterator[Block]:
        number = phrases.number(open, self.plan.head, "open ")
        text = f"{number}: {phrases.open_ones(open)}." if open else "Nothing open."
        yield Paragraph((text,), apart=True)
        over = [s.milestone.id for s in standings if not s.open]
        if over:
            yield Paragraph((f"Complete or closed: {listed(over)}.",))
        notice = silence_notice(self.plan, self.day)
        if notice:
            yield Paragraph((notice,), apart=True)

    def _table(self, open: list[Standing]) -> Table:
        word_for = self.plan.head.word_for
        # Who leads is said only where that is not the same throughout.
        several = len({standing.lead for standing in open}) > 1
        lead = [sentence(word_for("lead"))] if several else []
        names = [sentence(word_for("milestone")), "Timescale", "Standing", *lead]
        rows: list[tuple[Cell, ...] | Heading] = []
        open.sort(key=lambda standing: (standing.over, standing.milestone.due.undated))
        order = order_of(open)
        for month, group in groupby(open, lambda standing: phrases.month(standing, standing.over)):
            rows += [Heading(month), *(self._row(standing, several, order) for standing in group)]
        columns = tuple(map(Column, (*names, "What was last said", "Progress")))
        return Table(columns, tuple(rows), caption=f"Open {plural(word_for('milestone'))} by month")

    def _row(self, standing: Standing, with_lead: bool, order: Order | None) -> tuple[Cell, ...]:
        head = self.plan.head
        leads = (listed(map(head.short, standing.lead)) or phrases.NO_LEAD,) if with_lead else ()
        return (
            papers.milestone(standing, head.columns, order=order),
            papers.timescale(standing),
            papers.standing(standing, head),
            *leads,
            papers.last_said(standing, head, evidence=False),
            Room(f"Progress on {standing.milestone.id}"),
        )
