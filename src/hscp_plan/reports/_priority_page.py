"""The page of a priority in a site: how it stands, what was decided, all that was ever said of each
of its milestones, and the difference that was made."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..document import Facts, Heading, Item, Items, Mark, Paragraph, sentence_of
from ..standing import standing_of, state
from ..words import listed, plural, sentence
from . import _assured, phrases
from ._book import evidence
from ._figures import how_read, missed_line, standing_line
from ._parts import parts_of
from ._recurring import occurrence_table
from ._side_by_side import by_period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Entry, Head, Measure, Objective, Priority
    from ..standing import Standing
    from ._book import Book


def pages(book: Book, priority: Priority, standings: list[Standing]) -> list[Document]:
    """The page, in as many parts as it has, these being its milestones."""
    part_of = parts_of(priority)
    parts: list[list[Standing]] = [[] for _ in range(max(part_of.values(), default=1))]
    for standing in standings:
        parts[part_of.get(standing.milestone.id, 1) - 1].append(standing)
    first = tuple(_first(book, priority, standings, parts[0]))
    return [first, *(tuple(_further(book, priority, here)) for here in parts[1:])]


def _further(book: Book, priority: Priority, here: list[Standing]) -> Iterator[Block]:
    """A part after the first: only its milestones."""
    yield phrases.title_on(f"{priority.id} {priority.title}", book.day)
    yield from _glance(book, here)
    objective_word = sentence(book.head.word_for("objective"))
    for group in _by_objective(here).values():
        if group[0].objective.written:
            yield Heading(f"{objective_word} {group[0].objective.id}")
        for standing in group:
            yield from _milestone(book, standing)


def _by_objective(here: list[Standing]) -> dict[int, list[Standing]]:
    """Milestones by the objective that they are of: by which it is, as to compare two is slow."""
    groups = groupby(here, lambda standing: id(standing.objective))
    return {number: list(group) for number, group in groups}


def _glance(book: Book, here: list[Standing]) -> Iterator[Block]:
    if here:
        yield Heading(plural(sentence(phrases.noun(here, book.head))))
        yield book.table(here, "At a glance; what was said of each stands below")


def _first(
    book: Book, priority: Priority, standings: list[Standing], here: list[Standing]
) -> Iterator[Block]:
    """The first part: all of the priority, and its first milestones."""
    kind, words = standing_of(priority, standings)
    yield phrases.title_on(f"{priority.id} {priority.title}", book.day)
    facts: list[tuple[str, Line]] = [("Standing", (Mark(kind, words),))]
    now = phrases.closing_text(priority, standings) or state(priority, book.day)
    if now != "live" or not priority.register:
        facts.append(("State", (sentence(now),)))
    if assured := phrases.newest_assurance(priority, priority.id):
        facts.append(("Assurance", phrases.assurance_line(assured, book.day)))
    if priority.until:
        facts.append(("Until", (priority.until,)))
    yield Facts(tuple(facts))
    if priority.outcome:
        yield Heading(priority.outcome_label or "Outcome")
        yield Paragraph((priority.outcome,))
    yield from _glance(book, here)
    if priority.evidence:
        yield Heading("Where the evidence is")
        yield Items(tuple(Item("", text) for text in priority.evidence))
    if decisions := book.decided_on[priority.id]:
        yield Heading("Decisions")
        yield Items(tuple(map(book.decision, decisions)))
    of_it = _by_objective(here)
    for section in priority.sections:
        of_section = of_it.get(id(section), [])
        if section.written:
            yield from _objective(book, priority, section, of_section)
        for standing in of_section:
            if not standing.alone:
                yield from _milestone(book, standing)
    yield from _difference(priority, book.day)


def _objective(
    book: Book, priority: Priority, objective: Objective, standings: list[Standing]
) -> Iterator[Block]:
    objective_word = sentence(book.head.word_for("objective"))
    yield Heading(f"{objective_word} {objective.id}", id=objective.id)
    yield from (Paragraph((text,)) for text in objective.statements)
    facts: list[tuple[str, Line]] = []
    if objective.complete_by:
        facts.append(("Complete by", phrases.complete_by(objective, standings, book.head)))
    if objective.accountable:
        facts.append(("Accountable", (listed(objective.accountable),)))
    facts.append(("Lead", (listed(objective.lead) or phrases.NO_LEAD,)))
    if assured := _assured.of_objective(priority, objective, book.day):
        facts.append(("Assurance", assured))
    if themes := phrases.themes_of(objective):
        facts.append(("Theme", themes))
    yield Facts(tuple(facts))


def _milestone(book: Book, standing: Standing) -> Iterator[Block]:
    milestone = standing.milestone
    yield Heading(f"{milestone.id} {milestone.action}", 2, milestone.id)
    yield Facts(tuple(_facts(book, standing)))
    if milestone.every:
        yield occurrence_table(standing)
    if milestone.progress:
        yield Items(tuple(_entry(e, standing, book.head) for e in milestone.progress))
    else:
        yield Paragraph(("Nothing has been logged.",))


def _facts(book: Book, standing: Standing) -> Iterator[tuple[str, Line]]:
    milestone, head = standing.milestone, book.head
    mark = phrases.mark(standing, head)
    word = head.word_for(milestone.status)
    says: Line = (f"{'Still says' if standing.disagrees else 'Says'} {word}",)
    if bare := phrases.nothing_shown(standing, head):
        says = phrases.capital(bare)
    yield "Standing", (mark, " ", *says, ".") if bare or standing.says_else else (mark,)
    if left := phrases.left_open(standing):
        yield "Left open", (f"{sentence(left)}.",)
    if milestone.start:
        yield "Starts" if milestone.start.last >= book.day else "Started", (milestone.start,)
    yield "Due", sentence_of([(milestone.due,), phrases.move_count(standing)])
    if milestone.every:
        yield "Recurs", phrases.capital(phrases.recurs(standing))
    if milestone.review:
        yield "Review", (milestone.review,)
    if milestone.lead:
        yield "Lead", (listed(milestone.lead),)
    if milestone.answers:
        yield "Answers", (phrases.answered_words(milestone, standing.head),)
    if milestone.from_:
        yield "From", (milestone.from_,)
    if added := phrases.addition(standing):
        yield "Added", added
    for column in head.columns:
        if column.key in milestone.more:
            yield column.label, (milestone.more[column.key],)
    yield "Cite as", (book.cited(milestone.id)._replace(text=head.cite(milestone.id)),)
    if milestone.id in book.places:
        yield "Written in", (book.places[milestone.id],)


def _entry(entry: Entry, standing: Standing, head: Head) -> Item:
    notes: list[Line] = []
    if entry.moved:
        notes.append(phrases.capital(phrases.due_change(entry.moved)))
    if entry.agreed or standing.unagreed(entry):
        notes.append((sentence(phrases.agreement(entry.agreed)),))
    who_and_status: list[Line] = []
    if entry.for_:
        who_and_status.append((sentence(phrases.reported_for(entry.for_)),))
    if entry.by:
        who_and_status.append((f"{'by' if entry.for_ else 'By'} {entry.by}",))
    if entry.status:
        who_and_status.append(phrases.then(entry.status, head))
    if who_and_status:
        notes.append(sentence_of(who_and_status))
    themes = map(phrases.capital, phrases.theme(entry.theme))
    return Item(
        entry.date.shown, entry.note or "(no note)", (*notes, *evidence(entry.evidence), *themes)
    )


def _difference(priority: Priority, day: date) -> Iterator[Block]:
    """What was counted, seen and found of a priority."""
    if priority.measures:
        yield Heading("Measures")
        for measure in priority.measures:
            yield from _measure(measure, day)
    if priority.impact:
        yield Heading("Impact")
        yield Items(
            tuple(
                Item(i.date.shown, f"From {i.from_}: {i.note}",
                     (*phrases.about(i.about), *evidence(i.evidence),
                      *map(phrases.capital, phrases.theme(i.theme))))
                for i in priority.impact
            )
        )  # fmt: skip
    if priority.assurance:
        yield Heading("Assurance")
        yield Items(
            tuple(
                Item(a.date.shown, f"{phrases.LEVELS[a.level]}, says {a.by}",
                     (*phrases.about(a.about), *(((a.note,),) if a.note else ())))
                for a in priority.assurance
            )
        )  # fmt: skip


def _measure(measure: Measure, day: date) -> Iterator[Block]:
    yield Heading(f"{measure.id} {measure.name}", 2, measure.id)
    for line in (how_read(measure), standing_line(measure, day), missed_line(measure, day)):
        if line:
            yield Paragraph((*line, "."))
    if table := by_period(measure, day):
        yield table
