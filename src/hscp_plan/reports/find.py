"""The texts of a plan that hold some words: actions, statements, notes, decisions and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Item, Items, Paragraph
from ..letters import folded
from ..model import WHOLE_PLAN
from ..words import count, listed
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Document
    from ..model import Decision, Milestone, Plan, Priority, Recommendation

COLUMNS = ("id", "where", "date", "text")


class Text(NamedTuple):
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

    def matches(self) -> list[Text]:
        """The texts that hold every word, in the plan's order."""
        wanted = [_fold(word) for word in self.words]
        return [
            text
            for text in _everything(self.plan)
            if all(word in _fold(f"{text.id} {text.text}") for word in wanted)
        ]

    def document(self) -> Document:
        """Each text with its id and where it stands."""
        matches = self.matches()
        words = listed(f"“{word}”" for word in self.words)
        if not matches:
            return (
                phrases.title_on(f"The plan does not say {words}", self.day),
                Paragraph(("Try fewer words, or a part of one, such as strateg",)),
            )
        verb = "says" if len(matches) == 1 else "say"
        title = phrases.title_on(f"{count(len(matches), 'place')} that {verb} {words}", self.day)
        only = (Paragraph((self.only,)),) if self.only else ()
        items = tuple(
            Item(
                text.id,
                text.text,
                ((text.where, *((", ", text.date) if text.date else ())),),
            )
            for text in matches
        )
        return (title, *only, Items(items))

    def rows(self) -> Iterator[dict[str, object]]:
        """A row a text: id, where, date, text."""
        for text in self.matches():
            when = text.date.text if text.date else None
            yield {"id": text.id, "where": text.where, "date": when, "text": text.text}

    def data(self) -> dict[str, object]:
        """The texts found, each with its id, where it stands, and its date."""
        return {
            **records.envelope(self.plan, self.day, self.only),
            "words": list(self.words),
            "found": [
                {
                    "id": text.id,
                    "where": text.where,
                    "date": records.when(text.date),
                    "text": text.text,
                }
                for text in self.matches()
            ],
        }


def _fold(text: str) -> str:
    # A person types the quotation marks and dashes of a keyboard.
    return " ".join(folded(text).translate(_KEYBOARD).split())


_KEYBOARD = str.maketrans("‘’“”–—\u00a0", "''\"\"-- ")


def _everything(plan: Plan) -> Iterator[Text]:
    head = plan.head
    for name in ("title", "vision", "introduction", "reporting"):
        if text := getattr(head, name):
            yield Text(head.id, name, text)
    yield from _decisions(WHOLE_PLAN, head.decisions)
    for review in head.reviews:
        yield Text(head.id, "review", review.name, review.date)
        for recommendation in review.recommendations:
            yield from _recommendation(recommendation, review.name)
    for priority in plan.owners:
        yield from _priority(priority)


def _recommendation(recommendation: Recommendation, review: str) -> Iterator[Text]:
    yield Text(recommendation.id, f"recommendation of {review}", recommendation.words)
    if recommendation.not_implemented:
        yield Text(recommendation.id, "not implemented", recommendation.not_implemented)


def _priority(priority: Priority) -> Iterator[Text]:
    yield Text(priority.id, "priority", priority.title)
    if priority.outcome:
        yield Text(priority.id, "outcome", priority.outcome)
    for text in priority.evidence:
        yield Text(priority.id, "evidence", text)
    for section in priority.sections:
        for statement in section.statements_:
            yield Text(section.id, "objective", statement.text)
            yield from (Text(section.id, "theme", theme) for theme in statement.theme)
        for name in ("lead", "accountable"):
            for text in getattr(section, name):
                yield Text(section.id, name, text)
        for milestone in section.milestones:
            yield from _milestone(milestone)
    yield from _decisions(priority.id, priority.decisions)
    for measure in priority.measures:
        yield Text(measure.id, "measure", measure.name)
    for impact in priority.impact:
        yield Text(priority.id, f"impact, from {impact.from_}", impact.note, impact.date)
        yield from (Text(priority.id, "theme", theme, impact.date) for theme in impact.theme)
    for assurance in priority.assurance:
        text = " ".join(filter(None, (assurance.level, assurance.note)))
        yield Text(priority.id, f"assurance by {assurance.by}", text, assurance.date)


def _decisions(id: str, decisions: tuple[Decision, ...]) -> Iterator[Text]:
    for decision in decisions:
        text = " ".join(filter(None, (decision.decision, decision.note)))
        yield Text(id, f"decision by {decision.by}", text, decision.date)


def _milestone(milestone: Milestone) -> Iterator[Text]:
    yield Text(milestone.id, "milestone", milestone.action)
    for text in milestone.lead:
        yield Text(milestone.id, "lead", text)
    for text in milestone.answers:
        yield Text(milestone.id, "answers", text)
    if milestone.from_:
        yield Text(milestone.id, "from", milestone.from_)
    for key, text in milestone.more.items():
        yield Text(milestone.id, key, text)
    for entry in milestone.progress:
        if entry.note:
            yield Text(milestone.id, "progress", entry.note, entry.date)
        for text in entry.evidence:
            yield Text(milestone.id, "evidence", text, entry.date)
        yield from (Text(milestone.id, "theme", theme, entry.date) for theme in entry.theme)
