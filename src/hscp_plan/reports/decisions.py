"""What Boards decided of the whole plan and of each part of it, by meeting, the newest first; and
what became of the milestones that it names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..document import Heading, Item, Items, Mark, Paragraph, sentence_of
from ..standing import standing_of, standings
from ..words import count, cut
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Decided, Plan
    from ..standing import Standing

COLUMNS = (
    *("id", "date", "by", "decision", "outcome", "about", "completes", "note"),
    *("milestones", "standings"),
)
MOST_WORDS = 60
"""How many characters of a milestone's words stand beside its id."""


class Decisions(NamedTuple):
    """`hscp decisions`: the decisions asked for."""

    plan: Plan
    day: date
    only: str
    decided: Sequence[Decided]

    def document(self) -> Document:
        """A heading for each meeting, and what was decided there."""
        many = count(len(self.decided), "decision") if self.decided else "No decision"
        blocks: list[Block] = [phrases.title_on(many, self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        by_id, by_owner = self._standings(), self._by_owner()
        for (day, by), group in groupby(self._newest_first(), _meeting):
            blocks.append(Heading(f"{by}, {day}"))
            blocks.append(Items(tuple(self._item(each, by_id, by_owner) for each in group)))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """A row a decision: its date as written, lists joined by ;"""
        by_id = self._standings()
        for each in self._newest_first():
            decision, named = each.decision, _milestones(each, by_id)
            yield {
                "id": each.id,
                "date": decision.date.text,
                "by": decision.by,
                "decision": decision.decision,
                "outcome": decision.outcome,
                "about": "; ".join(each.about),
                "completes": "; ".join(decision.completes),
                "note": decision.note,
                "milestones": "; ".join(standing.milestone.id for standing in named),
                "standings": "; ".join(standing.words for standing in named),
            }

    def data(self) -> dict[str, object]:
        """Each decision, with the milestones that it names as they stand."""
        by_id = self._standings()
        decisions = [
            {
                "id": each.id,
                **records.plain(each.decision),
                "about": list(each.about),
                "milestones": records.records(_milestones(each, by_id)),
            }
            for each in self._newest_first()
        ]
        envelope = records.envelope(self.plan, self.day, self.only)
        return {**envelope, "count": len(decisions), "decisions": decisions}

    def _newest_first(self) -> list[Decided]:
        """By meeting; the decisions of one in the plan's order."""
        by_board = sorted(self.decided, key=lambda each: each.decision.by)
        return sorted(by_board, key=lambda each: each.decision.date.first, reverse=True)

    def _standings(self) -> dict[str, Standing]:
        """How each milestone stands that may be named, by its id."""
        if not any(each.decision.names for each in self.decided):
            return {}
        return {s.milestone.id: s for s in standings(self.plan, self.day) if not s.alone}

    def _by_owner(self) -> dict[str, Line]:
        """What stands of each priority or register that is not where the decision about it is, by
        its id: its name, and how it stands."""
        named = {id for each in self.decided for id in each.decision.about if id != each.id}
        owners = {p.id: p for p in (*self.plan.owners, *self.plan.beside) if p.id in named}
        if not owners:
            return {}
        of_each: dict[str, list[Standing]] = {id: [] for id in owners}
        for standing in standings(self.plan, self.day):
            of_each.get(standing.priority.id, []).append(standing)
        return {
            id: (f"about {id} ({cut(owner.title, MOST_WORDS)}): ", Mark(*standing_of(owner, some)))
            for (id, owner), some in zip(owners.items(), of_each.values(), strict=True)
        }

    def _item(self, each: Decided, by_id: dict[str, Standing], by_owner: dict[str, Line]) -> Item:
        decision, head = each.decision, self.plan.head
        parts: list[Line] = [(f"outcome: {decision.outcome}",)] if decision.outcome else []
        others = [id for id in decision.about if id not in by_id and id != each.id]
        if subjects := [id for id in others if id not in by_owner]:
            parts.append((f"about {phrases.subjects(subjects)}",))
        notes: list[Line] = [sentence_of(parts)] if parts else []
        notes += [by_owner[id] for id in others if id in by_owner]
        for standing in _milestones(each, by_id):
            id, words = standing.milestone.id, standing.milestone.action.rstrip(".")
            verb = "completes" if id in decision.completes else "about"
            named = f"{verb} {id} ({cut(words, MOST_WORDS)}): "
            notes.append((named, *phrases.stands(standing, head)))
        if decision.note:
            notes.append((decision.note,))
        return Item(each.id, decision.decision, tuple(notes))


def _meeting(each: Decided) -> tuple[str, str]:
    """What decisions of one meeting share: its day and who met."""
    return each.decision.date.shown, each.decision.by


def _milestones(each: Decided, by_id: dict[str, Standing]) -> list[Standing]:
    """The milestones that a decision names, each once."""
    ids = dict.fromkeys((*each.decision.completes, *each.decision.about))
    return [by_id[id] for id in ids if id in by_id]
