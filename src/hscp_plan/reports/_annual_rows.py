"""The rows and items of the yearly report: one function each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Column, Item, Stack, Table
from ..words import listed, sentence
from . import papers, phrases

if TYPE_CHECKING:
    from ..document import Cell, Line
    from ..model import Assurance, Decided, Entry, Head, Impact, Moved, Priority
    from ..standing import Standing


def milestone_item(standing: Standing, notes: tuple[Line, ...]) -> Item:
    """A milestone in a list, with these notes."""
    return Item(standing.milestone.id, standing.milestone.action, notes)


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


def _assurance_row(priority: Priority, assurance: Assurance) -> tuple[Cell, ...]:
    """The priority, the day, the level, who said so, and why."""
    why = assurance.note or "No reason is given"
    of = Stack((phrases.priority(priority),), phrases.about(assurance.about))
    level = phrases.LEVELS[assurance.level]
    return of, assurance.date, level, assurance.by, why


def assurance_table(said: list[tuple[Priority, Assurance]], head: Head, caption: str) -> Table:
    """What was said of assurance, a row for each time."""
    priority = sentence(head.word_for("priority"))
    columns = map(Column, (priority, "Date", "Level", "Said by", "Why"))
    return Table(tuple(columns), tuple(_assurance_row(p, a) for p, a in said), caption=caption)
