"""Matters arising: what the plan's registers hold, such as the Board's action log, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..document import Column, Facts, Heading, Paper, Paragraph, Table, Title
from ..standing import by_owner, standings
from ..words import KINDS, UNAGREED, count, listed, plural, sentence
from . import papers, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..document import Block, Cell, Line
    from ..model import Plan, Priority
    from ..standing import Standing


class Since(NamedTuple):
    """The meeting from which on what was done is told."""

    day: date
    label: str
    """20 October 2021."""
    group: str = ""
    """Which group met, where that day is a meeting's."""


def arising(standings: Iterable[Standing]) -> list[Standing]:
    """What is open of these: overdue first, then as it falls due; what has no date comes last."""
    return sorted((s for s in standings if s.open), key=lambda s: (s.kind != "overdue", s.over))


def ended_since(standings: Iterable[Standing], day: date | None) -> list[Standing]:
    """What was completed or closed of these on a day or later; all that was, where none is given.
    What ended with nothing in its log may have ended then."""
    ended = [s for s in standings if not s.open]
    return [s for s in ended if day is None or _day_of_ending(s, day) >= day]


def _day_of_ending(standing: Standing, otherwise: date) -> date:
    ending = standing.ending
    return ending.entry.date.first if ending and ending.entry else otherwise


class Actions(NamedTuple):
    """`hscp report actions`: the registers of a plan, a table each."""

    plan: Plan
    """Of which the registers are told, and nothing else."""
    day: date
    since: Since | None
    foot: str

    def paper(self) -> Paper:
        """What is open, what was done since the Board met, and at the foot what was closed."""
        head = self.plan.head
        every = standings(self.plan, self.day)
        title = "Matters arising"
        if len(self.plan.registers) == 1:
            title = self.plan.registers[0].title
        blocks: list[Block] = [Title(title), Facts(tuple(self._facts()))]
        registers = by_owner(self.plan, every)
        for register, of_it in registers:
            if len(registers) > 1:
                blocks.append(Heading(phrases.priority(register)))
            blocks += self._register(register, of_it)
        there = {s.kind for s in every}
        blocks.append(phrases.key([kind for kind in KINDS if kind in there], head))
        return Paper(
            "actions", tuple(blocks), head.partnership, self.foot, landscape=True, day=self.day
        )

    def _facts(self) -> Iterator[tuple[str, Line]]:
        yield "Plan", (self.plan.head.title,)
        yield "As at", (day_shown(self.day),)
        if self.since:
            group = f", when the {self.since.group} met" if self.since.group else ""
            yield "Since", (f"{self.since.label}{group}",)

    def _register(self, register: Priority, standings: list[Standing]) -> Iterator[Block]:
        ended = ended_since(standings, self.since and self.since.day)
        open, done = arising(standings), [s for s in ended if s.kind == "complete"]
        unagreed = [s for s in standings if s.kind == UNAGREED]
        yield Paragraph((self._count(standings, open, done),))
        if open:
            yield self._table(open, f"Open {self._nouns} of {register.id}")
        if unagreed:
            yield Heading(sentence(self.plan.head.word_for(UNAGREED)), 2)
            yield self._table(unagreed, f"Not yet agreed {self._nouns} of {register.id}")
        if done:
            since = f" since {self.since.label}" if self.since else ""
            yield Heading(f"Done{since}", 2)
            yield self._table(done, f"Done {self._nouns} of {register.id}")
        if closed := [s for s in standings if s.kind == "closed"]:
            yield Heading("Closed", 2)
            yield self._closed(closed, register)

    @property
    def _nouns(self) -> str:
        return plural(self.plan.head.word_for("action"))

    def _count(
        self, standings: list[Standing], open: Sequence[Standing], done: Sequence[Standing]
    ) -> str:
        """How many there are of each, and how many are left out."""
        if not standings:
            return f"Nothing is recorded in it yet: it has no {self._nouns}."
        noun = self.plan.head.word_for("action")
        late = sum(s.kind == "overdue" for s in open)
        overdue = f" ({late:,} overdue)" if late else ""
        parts = [f"{count(len(open), noun, self._nouns)} open{overdue}"]
        if done:
            parts.append(f"{len(done):,} done{' since' if self.since else ''}")
        closed = sum(s.kind == "closed" for s in standings)
        if unagreed := sum(s.kind == UNAGREED for s in standings):
            parts.append(f"{unagreed:,} {self.plan.head.word_for(UNAGREED)}")
        if before := len(standings) - len(open) - len(done) - closed - unagreed:
            parts.append(f"{before:,} done before, which are left out")
        return f"{listed(parts)}."

    def _table(self, standings: list[Standing], caption: str) -> Table:
        head = self.plan.head
        names = (sentence(head.word_for("action")), "From", sentence(head.word_for("lead")))
        columns = tuple(map(Column, ("Number", *names, "Due", "Standing", "Last said")))
        return Table(columns, tuple(map(self._row, standings)), caption=caption)

    def _row(self, standing: Standing) -> tuple[Cell, ...]:
        milestone, head = standing.milestone, self.plan.head
        return (
            milestone.id,
            milestone.action,
            milestone.from_ or "",
            listed(map(head.short, standing.lead)) or phrases.NO_LEAD,
            papers.timescale(standing),
            papers.standing(standing, head),
            papers.last_said(standing, head),
        )

    def _closed(self, closed: list[Standing], register: Priority) -> Table:
        names = ("Number", sentence(self.plan.head.word_for("action")), "From")
        columns = tuple(map(Column, (*names, "How and when", "Why", "Agreed by")))
        rows = (
            (s.milestone.id, s.milestone.action, s.milestone.from_ or "", *papers.ending(s))
            for s in closed
        )
        return Table(columns, tuple(rows), caption=f"Closed {self._nouns} of {register.id}")
