"""Where the plan says some words: in actions, statements, notes, decisions and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Item, Items, Paragraph
from ..letters import folded
from ..words import count, listed
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Document
    from ..model import Milestone, Plan, Priority

COLUMNS = ("id", "where", "date", "text")


class Said(NamedTuple):
    """One text of the plan: whose, which of its parts, when where it has a date."""

    id: str
    where: str
    text: str
    date: PlanDate | None = None


class Find(NamedTuple):
    """`hscp find WORD…`: the texts that hold every word, in any order and any case."""

    plan: Plan
    day: date
    words: tuple[str, ...]
    only: str = ""

    def found(self) -> list[Said]:
        """The texts that hold every word, in the plan's order."""
        wanted = [_folded(word) for word in self.words]
        return [
            said
            for said in _everything(self.plan)
            if all(word in _folded(f"{said.id} {said.text}") for word in wanted)
        ]

    def document(self) -> Document:
        """Each text with its id and where it stands."""
        found = self.found()
        asked = listed(f"“{word}”" for word in self.words)
        if not found:
            return (
                phrases.titled(f"The plan does not say {asked}", self.day),
                Paragraph(("Try fewer words, or a part of one: hscp find strateg",)),
            )
        verb = "says" if len(found) == 1 else "say"
        title = phrases.titled(f"{count(len(found), 'place')} that {verb} {asked}", self.day)
        only = (Paragraph((self.only,)),) if self.only else ()
        items = tuple(
            Item(
                said.id,
                said.text,
                ((said.where, *((", ", said.date) if said.date else ())),),
            )
            for said in found
        )
        return (title, *only, Items(items))

    def rows(self) -> Iterator[dict[str, object]]:
        """A row a text: id, where, date, text."""
        for said in self.found():
            when = said.date.text if said.date else None
            yield {"id": said.id, "where": said.where, "date": when, "text": said.text}

    def data(self) -> dict[str, object]:
        """The texts found, each with its id, where it stands, and its date."""
        return {
            **records.envelope(self.plan, self.day, self.only),
            "words": list(self.words),
            "found": [
                {
                    "id": said.id,
                    "where": said.where,
                    "date": records.when(said.date),
                    "text": said.text,
                }
                for said in self.found()
            ],
        }


def _folded(text: str) -> str:
    # A person types the quotation marks and dashes of a keyboard.
    return " ".join(folded(text).translate(_KEYBOARD).split())


_KEYBOARD = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


def _everything(plan: Plan) -> Iterator[Said]:
    head = plan.head
    for name in ("title", "vision", "introduction", "reporting"):
        if text := getattr(head, name):
            yield Said(head.id, name, text)
    for priority in plan.priorities:
        yield from _priority(priority)


def _priority(priority: Priority) -> Iterator[Said]:
    yield Said(priority.id, "priority", priority.title)
    if priority.outcome:
        yield Said(priority.id, "outcome", priority.outcome)
    for text in priority.evidence:
        yield Said(priority.id, "evidence", text)
    for objective in priority.objectives:
        for text in objective.statements:
            yield Said(objective.id, "objective", text)
        for name in ("lead", "accountable"):
            for text in getattr(objective, name):
                yield Said(objective.id, name, text)
        for milestone in objective.milestones:
            yield from _milestone(milestone)
    for decision in priority.decisions:
        text = " ".join(filter(None, (decision.decision, decision.note)))
        yield Said(priority.id, f"decision by {decision.by}", text, decision.date)
    for measure in priority.measures:
        yield Said(measure.id, "measure", measure.name)
    for impact in priority.impact:
        yield Said(priority.id, f"impact, from {impact.from_}", impact.note, impact.date)
    for assurance in priority.assurance:
        text = " ".join(filter(None, (assurance.level, assurance.note)))
        yield Said(priority.id, f"assurance by {assurance.by}", text, assurance.date)


def _milestone(milestone: Milestone) -> Iterator[Said]:
    yield Said(milestone.id, "milestone", milestone.action)
    for text in milestone.lead:
        yield Said(milestone.id, "lead", text)
    for text in milestone.answers:
        yield Said(milestone.id, "answers", text)
    for key, text in milestone.more.items():
        yield Said(milestone.id, key, text)
    for entry in milestone.progress:
        if entry.note:
            yield Said(milestone.id, "progress", entry.note, entry.date)
        for text in entry.evidence:
            yield Said(milestone.id, "evidence", text, entry.date)
