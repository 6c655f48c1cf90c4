"""The rows, items and paragraphs of the yearly report: one function each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Item, Items, Paragraph, Stack, Table
from ..words import length, listed, sentence
from . import papers, phrases
from ._assured import assurances

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..document import Block, Cell, Line
    from ..model import Assurance, Decided, Entry, Impact, Moved, Priority
    from ..standing import Standing
    from ._year import Year


class Missing(NamedTuple):
    """That the plan holds nothing for a part: the report says so and, where it answers a duty, who
    is to write it."""

    text: str = ""
    """The sentence that says so; empty where no plan holds such a thing."""
    by: str = ""
    """Who is to write it, where that is another than whoever writes the rest of the part."""


if TYPE_CHECKING:
    Held = Block | Missing
    """What a part of a report says, or that it has nothing to say."""


def paragraph(text: str) -> Paragraph:
    """A sentence or more, apart from what stands before it."""
    return Paragraph((text,), apart=True)


def milestone_item(standing: Standing, notes: tuple[Line, ...]) -> Item:
    """A milestone in a list, with these notes."""
    return Item(standing.milestone.id, standing.milestone.action, notes)


def act_row(standing: Standing, entries: Sequence[Entry]) -> tuple[Cell, ...]:
    """A milestone with what was done, the last said first, what shows it, and its standing."""
    head, newest = standing.plan.head, entries[::-1]
    done = [papers.entry_line(entry, standing, head, evidence=False) for entry in newest]
    evidence: list[Line] = [
        (entry.date, ": ", *papers.evidence_line(entry.evidence))
        for entry in newest
        if entry.evidence
    ]
    return (
        papers.milestone(standing, ()),
        papers.stack(done, "Nothing logged"),
        papers.stack(evidence, "No evidence is cited"),
        papers.standing(standing, head),
    )


def impact_item(impact: Impact, whose: str) -> Item:
    """What somebody said of impact in a list, and what shows it."""
    evidence: Line = ("No evidence is cited.",)
    if impact.evidence:
        evidence = ("Evidence: ", *papers.evidence_line(impact.evidence))
    about = phrases.about(impact.about)
    return Item(impact.date.shown, f"{whose}: {impact.note}", (*about, evidence))


def move_notes(entry: Entry, moved: Moved) -> tuple[Line, ...]:
    """What stands below a move: how much later, and when it was recorded."""
    later, day = phrases.later(moved.from_, moved.to), ("Moved on ", entry.date)
    return ((later,), day) if later else (day,)


def decision_row(decided: Decided) -> tuple[Cell, ...]:
    """The day, who decided, what, and about what."""
    decision = decided.decision
    notes: list[Line] = [(f"Outcome: {decision.outcome}",)] if decision.outcome else []
    notes += [(f"Completes {listed(decision.completes)}",)] if decision.completes else []
    notes += [(decision.note,)] if decision.note else []
    what = Stack((decision.decision,), tuple(notes))
    return decision.date, decision.by, what, phrases.subjects(decided.about)


def _assurance_row(priority: Priority, assurance: Assurance, age: str) -> tuple[Cell, ...]:
    """The priority, the day, the level, who said so, and why; its age below the level."""
    why = assurance.note or "No reason is given"
    of = Stack((phrases.priority(priority),), phrases.about(assurance.about))
    level = Stack((phrases.LEVELS[assurance.level],), ((age,),) if age else ())
    return of, assurance.date, level, assurance.by, why


def _age(priority: Priority, assurance: Assurance, year: Year) -> str:
    """Of what it is the newest answer, and how old it was at the year's end; empty where of
    nothing."""
    of = [id for id, newest in assurances(priority).items() if newest is assurance]
    return f"the newest on {listed(of)}, {length(assurance.date.first, year.end)} old" if of else ""


def assurance_table(year: Year, said: list[tuple[Priority, Assurance]], caption: str) -> Table:
    """What was said of assurance, a row for each time; of what is the newest about anything, how
    old it was at the year's end."""
    priority = sentence(year.plan.head.word_for("priority"))
    columns = map(Column, (priority, "Date", "Level", "Said by", "Why"))
    rows = tuple(_assurance_row(p, a, _age(p, a, year)) for p, a in said)
    return Table(tuple(columns), rows, caption=caption)


def older_assurance(year: Year) -> Items | None:
    """The newest answers to whether somebody is assured that are from before the year, and stood
    at its end; None where there are none."""
    pairs = [pair for p in year.plan.priorities for pair in assurances(p).items()]
    items = tuple(
        Item(id, phrases.plain(phrases.assurance_line(answer, year.end)))
        for id, answer in pairs
        if not year.within(answer.date)
    )
    return Items(items) if items else None
