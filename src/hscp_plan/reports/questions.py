"""The questions that a scrutineer would ask of the plan: one for each kind of finding, ranked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Heading, Item, Items, Paragraph
from ..standing import heard, silence_notice, standings
from ..words import count, plural
from . import phrases, records
from ._question_kinds import KINDS, Kind
from ._question_subjects import Scope, Subject, list_ids

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Document
    from ..model import Head, Plan

COLUMNS = ("question", "asks", "id", "text", "priority", "fact", "lead")
MONTHS = 3
"""After how many months without a word a milestone counts as silent."""


class Question(NamedTuple):
    """A question in plain words, with its ids in it, and what it is about."""

    key: str
    asks: str
    subjects: tuple[Subject, ...]


class Questions(NamedTuple):
    """`hscp questions`: each question, and below it what it is about."""

    plan: Plan
    day: date
    only: str = ""
    months: int = MONTHS
    agencies: frozenset[str] = frozenset()
    """Of a narrowed plan, the agencies that it is narrowed to."""

    def questions(self) -> list[Question]:
        """The questions, ranked."""
        every = standings(self.plan, self.day)
        narrowed, agencies = bool(self.only), self.agencies
        return _ranked(Scope(self.plan, self.day, self.months, every, narrowed, agencies))

    def document(self) -> Document:
        """Each question, with a fact for each milestone or priority that it is about."""
        ranked = self.questions()
        title = count(len(ranked), "question") if ranked else "No questions"
        blocks: list[Block] = [phrases.title_on(title, self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        notice = silence_notice(self.plan, self.day)
        if notice:
            blocks.append(Paragraph((notice,), apart=True))
        silent = notice and not heard(self.plan, standings(self.plan, self.day), self.day)
        for number, question in enumerate(ranked, 1):
            blocks.append(Heading(f"{number}. {question.asks}"))
            # That nothing was ever logged was just said of every milestone.
            if not (silent and question.key == "begun-and-silent"):
                blocks.append(
                    Items(tuple(Item(s.id, s.text, (s.fact,)) for s in question.subjects))
                )
        none = f"Of these {_NONE[:1].lower()}{_NONE[1:]}" if self.only else _NONE
        last = Paragraph((_NEXT,), hint=True) if ranked else Paragraph((none,), apart=True)
        return (*blocks, last)

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each question and each id that it is about."""
        for question in self.questions():
            for subject in question.subjects:
                keys = _record(subject) | {"lead": "; ".join(subject.lead)}
                yield {"question": question.key, "asks": question.asks, **keys}

    def data(self) -> dict[str, object]:
        """The questions, ranked, each with what it is about."""
        asked_data = [
            {"question": q.key, "asks": q.asks, "found": [_record(s) for s in q.subjects]}
            for q in self.questions()
        ]
        return {
            **records.envelope(self.plan, self.day, self.only),
            "notice": silence_notice(self.plan, self.day),
            "months": self.months,
            "count": len(asked_data),
            "questions": asked_data,
        }


def questions(plan: Plan, day: date, months: int = MONTHS) -> list[Question]:
    """What a scrutineer would ask of a whole plan on a day: one question for each kind of finding
    that there is, ranked; what it is about in the plan's order."""
    return _ranked(Scope(plan, day, months, standings(plan, day)))


def _ranked(scope: Scope) -> list[Question]:
    ranked = []
    for kind in KINDS:
        if subjects := tuple(kind.find(scope)):
            ranked.append(Question(kind.key, _asks(kind, subjects, scope), subjects))
    return ranked


_NONE = (
    "Nothing is late and said to be on track, nothing is silent, and nothing lacks evidence, "
    "agreement, a date, a lead or a decision. Whether what the plan says is true, only people can "
    "tell."
)
_NEXT = 'Next: hscp show ID · hscp progress ID "…" --evidence "…" · hscp decide ID "…"'


def in_words(question: Question, head: Head, months: int = MONTHS) -> str:
    """The question with each id's own words beside it, for whoever has no plan at hand."""
    kind = next(kind for kind in KINDS if kind.key == question.key)
    cited = phrases.ids_with_words([(subject.id, subject.text) for subject in question.subjects])
    return _sentence(kind, len(question.subjects), cited, head, months)


def _asks(kind: Kind, subjects: tuple[Subject, ...], scope: Scope) -> str:
    ids = list_ids([subject.id for subject in subjects])
    return _sentence(kind, len(subjects), ids, scope.plan.head, scope.months)


def _sentence(kind: Kind, number: int, ids: str, head: Head, months: int) -> str:
    return (kind.one if number == 1 else kind.many).format(
        ids=ids,
        on_track=head.word_for("on track"),
        complete=head.word_for("complete"),
        closed=head.word_for("closed"),
        lead=head.word_for("lead"),
        milestone=head.word_for("milestone"),
        milestones=plural(head.word_for("milestone")),
        months=count(months, "month"),
    )


def _record(subject: Subject) -> dict[str, object]:
    return subject._asdict() | {"fact": phrases.plain(subject.fact), "lead": list(subject.lead)}
