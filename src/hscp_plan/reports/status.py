"""Where the plan stands: counts, a row a priority, what needs attention."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Heading, Item, Items, Mark, Paragraph, Stack, Table, Tally
from ..standing import (
    by_owner,
    counts,
    heard,
    next_due,
    silence_notice,
    standing_of,
    standings,
    state,
)
from ..words import BRAG, UNAGREED, count, listed, plural, sentence
from . import _assured, phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Document
    from ..model import Plan, Priority
    from ..standing import Standing

MOST = 10
"""How many milestones need attention before the rest are only counted."""


_WAITING = {
    "decision due": "A decision on what follows is due for",
    "lapsed, no decision recorded": "Past its end with no decision recorded:",
}
"""The states of a priority that wait for a decision, and how the sentence about them begins."""


class Status(NamedTuple):
    """`hscp status`: the plan, or one priority of it, on a day."""

    plan: Plan
    day: date
    only: str = ""
    whole: bool = True
    """Whether all of the plan could be read, and none of it is filtered out."""

    def document(self) -> Document:
        """Counts, priorities, what needs attention, where to look next."""
        every = standings(self.plan, self.day)
        blocks: list[Block] = [phrases.title_on(self.plan.head.title, self.day)]
        blocks.append(Paragraph((self._subtitle(every),)))
        if self.only:
            blocks.append(Paragraph((self.only,)))
        notice = silence_notice(self.plan, self.day)
        if notice:
            blocks.append(Paragraph((notice,), apart=True))
        number, called = counts(every), self.plan.head.word_for
        if every:
            blocks.append(Tally(tuple(Mark(k, f"{n} {called(k)}") for k, n in number.items() if n)))
        owners = by_owner(self.plan, every)
        attended = heard(self.plan, phrases.needing_attention(every), self.day)
        if owners:
            blocks.append(self._owners(owners))
        blocks += _assured.part(self.plan, self.day, partial(_assured.short_item, day=self.day))
        if len(self.plan.files) == 1 and every:
            blocks.append(phrases.table(every, self.plan.head))
        else:
            blocks += self._attention(attended)
        for place, text in enumerate(self._also(every, owners)):
            blocks.append(Paragraph((text,), apart=not place))
        if not self.plan.owners and self.whole:
            blocks.append(Paragraph(('No priorities yet. To add one:  hscp add-priority "…"',)))
        if self.plan.owners:
            next = self._next(attended, None if attended else notice)
            blocks.append(Paragraph((next,), hint=True))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """Every milestone of the plan."""
        return (records.row(self.plan, s) for s in standings(self.plan, self.day))

    def data(self) -> dict[str, object]:
        """The counts, each priority with its own, and every milestone that needs attention."""
        every = standings(self.plan, self.day)
        owners = by_owner(self.plan, every)
        return {
            **records.envelope(self.plan, self.day, self.only),
            "notice": silence_notice(self.plan, self.day),
            "counts": records.named_counts(every),
            "priorities": [self._owner(p, some) for p, some in owners if not p.register],
            "registers": [self._owner(p, some) for p, some in owners if p.register],
            "needs_attention": records.records(phrases.needing_attention(every)),
            "added_since_agreed": [s.milestone.id for s in every if s.added],
            "begun_with_nothing_logged": [s.milestone.id for s in _unsaid(every)],
        }

    def _subtitle(self, standings: list[Standing]) -> str:
        head, parts = self.plan.head, []
        if registers := len(self.plan.registers):
            level = head.word_for("register")
            parts = [count(registers, level, plural(level))]
        if (priorities := len(self.plan.priorities)) or not registers:
            level = head.word_for("priority")
            parts.insert(0, count(priorities, level, plural(level)))
        number = ", ".join(
            filter(None, (phrases.number(standings, head), phrases.added(standings, head)))
        )
        return f"{head.partnership}: {listed(parts)}, {number}"

    def _owner(self, priority: Priority, standings: list[Standing]) -> dict[str, object]:
        kind, words = standing_of(priority, standings)
        return {
            "id": priority.id,
            "title": priority.title,
            "until": records.when(priority.until),
            "state": state(priority, self.day),
            "closed": records.closing_data(priority, standings),
            "standing": kind,
            "standing_words": words,
            "brag": BRAG[kind],
            "counts": records.named_counts(standings),
            "next_due": records.when(next_due(standings)),
            "lead": list(priority.leads),
            "assurance": _assured.data(priority, self.day),
            "assurance_never_said": _assured.never_said(priority),
        }

    def _owners(self, owners: list[tuple[Priority, list[Standing]]]) -> Table:
        """A row for each priority and, below them, for each register."""
        head, rows = self.plan.head, []
        # Many priorities have the same few leads.
        short = cache(head.short)
        for priority, of_it in owners:
            kind, words = standing_of(priority, of_it)
            leads = listed(map(short, priority.leads))
            done = sum(standing.kind == "complete" for standing in of_it)
            rows.append(
                (
                    priority.id,
                    Stack((priority.title,)),
                    Mark(kind, words),
                    f"{done} of {len(of_it)}",
                    next_due(of_it) or "none",
                    leads or "no lead named",
                )
            )
        columns = (
            Column(""),
            Column(sentence(head.word_for("priority" if self.plan.priorities else "register"))),
            Column("Standing"),
            Column("Complete", right=True),
            Column("Next due"),
            Column("Lead", wide=True),
        )
        return Table(columns, tuple(rows))

    def _attention(self, attended: list[Standing]) -> Iterator[Block]:
        if not attended:
            return
        yield Heading("Needs attention")
        head = self.plan.head
        yield Items(
            tuple(
                Item(
                    s.milestone.id,
                    s.milestone.action,
                    (phrases.attention(s, head),),
                    Mark(s.kind),
                )
                for s in attended[:MOST]
            )
        )
        if len(attended) > MOST:
            hidden = attended[MOST:]
            late = sum(s.kind == "overdue" for s in hidden)
            text = f"and {len(hidden):,} more need attention"
            yield Paragraph(
                (text + (f", {late:,} of them overdue:  hscp overdue" if late else ""),)
            )

    def _also(
        self, standings: list[Standing], owners: list[tuple[Priority, list[Standing]]]
    ) -> Iterator[str]:
        """What else is to be known: what is silent, what was closed, what waits for a decision."""
        if unsaid := _unsaid(standings):
            number = phrases.milestones(len(unsaid))
            verb = "has" if len(unsaid) == 1 else "have"
            yield f"Also: {number} {verb} begun with nothing logged ({phrases.ids(unsaid)})."
        if unagreed := [s for s in standings if s.kind == UNAGREED]:
            yield f"Complete, and for a Board to agree: {phrases.ids(unagreed)}."
        for priority, of_it in owners:
            if closed := phrases.closing_text(priority, of_it):
                yield f"{priority.id} was {closed}."
        states = [(priority.id, state(priority, self.day)) for priority, _ in owners]
        for word, begin in _WAITING.items():
            if waiting := [id for id, how in states if how == word]:
                yield f"{begin} {listed(waiting)}."

    def _next(self, attended: list[Standing], notice: str | None) -> str:
        if notice:
            middle = self.plan.head.period.start.first.year
            return f"To see the plan as it stood on a day: hscp status --as-at {middle}-12-15"
        if not any(True for owner in self.plan.owners for _ in owner.milestones):
            return f'Next: hscp add {self.plan.owners[0].id} "…" --due DATE'
        worst_ids = [s.milestone.id for s in attended[:1]]
        hints = [*(f"hscp show {id}" for id in worst_ids), "hscp due --within 90d"]
        return f"Next: {' · '.join([*hints, 'hscp report board'])}"


def _unsaid(standings: list[Standing]) -> list[Standing]:
    return [s for s in standings if s.kind not in phrases.ORDER and s.begun_unsaid]
