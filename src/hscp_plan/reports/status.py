"""Where the plan stands: counts, a row a priority, what needs attention."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Heading, Item, Items, Mark, Paragraph, Stack, Table, Tally
from ..standing import by_priority, counts, silence_notice, standing_of, standings, state
from ..words import BRAG, count, listed, plural, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Document
    from ..model import Plan, Priority
    from ..standing import Standing

MOST = 10
"""How many milestones need attention before the rest are only counted."""


class Status(NamedTuple):
    """`hscp status`: the plan, or one priority of it, on a day."""

    plan: Plan
    day: date
    only: str = ""

    def document(self) -> Document:
        """Counts, priorities, what needs attention, where to look next."""
        found = standings(self.plan, self.day)
        blocks: list[Block] = [phrases.titled(self.plan.head.title, self.day)]
        blocks.append(Paragraph((self._subtitle(found),)))
        if self.only:
            blocks.append(Paragraph((self.only,)))
        notice = silence_notice(self.plan, self.day)
        if notice:
            blocks.append(Paragraph((notice,), apart=True))
        number, called = counts(found), self.plan.head.called
        blocks.append(Tally(tuple(Mark(k, f"{n} {called(k)}") for k, n in number.items() if n)))
        own, attended = by_priority(self.plan, found), phrases.attended(found)
        blocks.append(self._priorities(own))
        if len(self.plan.files) == 1:
            blocks.append(phrases.table(found, self.plan.head))
        elif not notice:
            blocks += self._attention(attended)
        blocks += self._also(found, own)
        blocks.append(Paragraph((self._next(attended, notice),), hint=True))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """Every milestone of the plan."""
        return (records.row(self.plan, s) for s in standings(self.plan, self.day))

    def data(self) -> dict[str, object]:
        """The counts, each priority with its own, and every milestone that needs attention."""
        found = standings(self.plan, self.day)
        return {
            **records.envelope(self.plan, self.day, self.only),
            "notice": silence_notice(self.plan, self.day),
            "counts": records.named_counts(found),
            "priorities": [self._priority(p, own) for p, own in by_priority(self.plan, found)],
            "needs_attention": records.records(phrases.attended(found)),
            "begun_with_nothing_logged": [s.milestone.id for s in _unsaid(found)],
        }

    def _subtitle(self, standings: list[Standing]) -> str:
        head = self.plan.head
        level = head.called("priority")
        return (
            f"{head.partnership}: {count(len(self.plan.files), level, plural(level))}, "
            f"{phrases.number(standings, head)}"
        )

    def _priority(self, priority: Priority, standings: list[Standing]) -> dict[str, object]:
        kind, words = standing_of(priority, standings)
        return {
            "id": priority.id,
            "title": priority.title,
            "until": records.when(priority.until),
            "state": state(priority, self.day),
            "closed": records.closed(priority, standings),
            "standing": kind,
            "standing_words": words,
            "brag": BRAG[kind],
            "counts": records.named_counts(standings),
            "next_due": records.when(_next_due(standings)),
            "lead": list(_leads(priority)),
        }

    def _priorities(self, each: list[tuple[Priority, list[Standing]]]) -> Table:
        head, rows = self.plan.head, []
        short = cache(head.short)
        for priority, own in each:
            kind, words = standing_of(priority, own)
            leads = listed(map(short, _leads(priority)))
            done = sum(standing.kind == "complete" for standing in own)
            rows.append(
                (
                    priority.id,
                    Stack((priority.title,)),
                    Mark(kind, words),
                    f"{done} of {len(own)}",
                    _next_due(own) or "none",
                    leads or "no lead named",
                )
            )
        columns = (
            Column(""),
            Column(sentence(head.called("priority"))),
            Column("Standing"),
            Column("Complete", right=True),
            Column("Next due"),
            Column("Lead", wide=True),
        )
        return Table(columns, tuple(rows))

    def _attention(self, chosen: list[Standing]) -> Iterator[Block]:
        if not chosen:
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
                for s in chosen[:MOST]
            )
        )
        if len(chosen) > MOST:
            hidden = chosen[MOST:]
            late = sum(s.kind == "overdue" for s in hidden)
            text = f"and {len(hidden):,} more need attention"
            yield Paragraph((text + (f", {late:,} of them overdue: hscp overdue" if late else ""),))

    def _also(
        self, standings: list[Standing], each: list[tuple[Priority, list[Standing]]]
    ) -> Iterator[Paragraph]:
        first = True
        unsaid = _unsaid(standings)
        if unsaid:
            number = phrases.milestones(len(unsaid))
            verb = "has" if len(unsaid) == 1 else "have"
            text = f"Also: {number} {verb} begun with nothing logged ({phrases.ids(unsaid)})."
            yield Paragraph((text,), apart=first)
            first = False
        for priority, own in each:
            if told := phrases.closed(priority, own):
                yield Paragraph((f"{priority.id} was {told}.",), apart=first)
                first = False
        states = [(priority.id, state(priority, self.day)) for priority, _ in each]
        for word in ("decision due", "lapsed, no decision recorded"):
            waiting = [id for id, how in states if how == word]
            if waiting:
                told = {
                    "decision due": "A decision on what follows is due for",
                    "lapsed, no decision recorded": "Past its end with no decision recorded:",
                }[word]
                yield Paragraph((f"{told} {listed(waiting)}.",), apart=first)
                first = False

    def _next(self, attended: list[Standing], told: str | None) -> str:
        if told:
            middle = self.plan.head.period.start.first.year
            return f"To see the plan as it stood on a day: hscp status --as-at {middle}-12-15"
        worst_ids = [s.milestone.id for s in attended[:1]]
        hints = [*(f"hscp show {id}" for id in worst_ids), "hscp due --within 90d"]
        return f"Next: {' · '.join([*hints, 'hscp report board'])}"


def _unsaid(standings: list[Standing]) -> list[Standing]:
    return [s for s in standings if s.kind not in phrases.ORDER and s.begun_unsaid]


def _next_due(standings: list[Standing]) -> PlanDate | None:
    dates = [s.milestone.due for s in standings if s.open and s.kind != "overdue"]
    return min((d for d in dates if d.dated), key=lambda d: d.last, default=None)


def _leads(priority: Priority) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for o in priority.objectives for name in o.lead))
