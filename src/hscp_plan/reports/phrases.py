"""The sentences said of a milestone, worded once for every report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import day_shown
from ..document import Column, Link, Mark, Stack, Table, Title, sentence_of
from ..words import count, cut, listed, sentence

if TYPE_CHECKING:
    from datetime import date

    from ..dates import PlanDate
    from ..document import Line
    from ..model import Head
    from ..standing import Standing

NO_LEAD = "No lead named"
NOT_AGREED = "no agreement recorded"
NOT_LOGGED = "its log does not say when, or by whom"
ORDER = {kind: n for n, kind in enumerate(("overdue", "off track", "late to start", "at risk"))}
"""The standings that need attention, worst first."""


def titled(text: str, day: date) -> Title:
    """A title with the day at the end of its line."""
    return Title(text, f"as at {day_shown(day)}")


def mark(found: Standing, head: Head) -> Mark:
    """Its standing as symbol and words: At risk, 15 days late."""
    words = found.words if found.kind == "overdue" else head.called(found.kind)
    return Mark(found.kind, sentence(words))


def lead(found: Standing, head: Head) -> str:
    """Who leads it, by short names; or that nobody is named."""
    if not found.lead:
        return "no lead named"
    return f"lead: {listed(head.short(name) for name in found.lead)}"


def moved(found: Standing) -> Line:
    """How often its due date moved, and from when; nothing where it never did."""
    milestone = found.milestone
    times = len(milestone.moves)
    if not times:
        return ()
    how = {1: "once", 2: "twice"}.get(times, f"{times} times")
    return (f"moved {how}, first due ", milestone.first_due)


def agreement(agreed: str | None) -> str:
    """Who agreed what was moved, completed or closed; or that nobody is recorded as agreeing."""
    return f"agreed: {agreed}" if agreed else NOT_AGREED


def due(found: Standing) -> Line:
    """When it is, or was, due."""
    milestone = found.milestone
    if milestone.due.ongoing and milestone.review:
        verb = "review was due" if found.kind == "overdue" else "ongoing, review due"
        return (f"{verb} ", milestone.review)
    return ("was due " if found.kind == "overdue" else "due ", milestone.due)


def says(found: Standing, head: Head) -> Line:
    """What is said of it, beside what is worked out; `still` where the two disagree."""
    if found.kind != "overdue":
        return ()
    said = head.called(found.milestone.status)
    return (f"{'still ' if found.disagrees else ''}says {said}",)


def unlogged(found: Standing) -> Line:
    """That nothing was ever logged, where that is so."""
    return () if found.milestone.progress else ("nothing logged",)


def attention(found: Standing, head: Head) -> Line:
    """Why it needs attention, in one sentence."""
    parts: list[Line] = []
    if found.kind == "overdue":
        said = unlogged(found) if found.milestone.status == "not started" else says(found, head)
        parts = [(f"{found.words}, ", *due(found)), said]
    elif found.kind == "late to start" and found.milestone.start:
        begin = (f"{head.called(found.kind)}, was to begin ", found.milestone.start)
        parts = [begin, due(found), unlogged(found)]
    else:
        parts = [(f"{head.called(found.kind)}, ", *due(found))]
    parts.append(moved(found))
    if not found.lead:
        parts.append((lead(found, head),))
    return sentence_of(parts)


def last_said(found: Standing) -> Line:
    """What its log last says, with the day; or that it says nothing."""
    last = found.last_said
    return quote(last.date, last.note) if last else ("nothing has been logged",)


def ids(found: list[Standing], most: int = 8) -> str:
    """The ids of some milestones, as a sentence lists them."""
    return some([standing.milestone.id for standing in found], most)


def some(names: list[str], most: int = 8) -> str:
    """The first names of a list, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def named(found: list[Standing], most: int = 3) -> str:
    """The ids of some milestones with the first of their words: P1.4 (Audit of practice…)."""
    own = [f"{s.milestone.id} ({cut(s.milestone.action, 40).rstrip('.')})" for s in found[:most]]
    more = len(found) - most
    return listed((*own, f"{more} more") if more > 0 else own)


def quote(day: PlanDate, note: str | None, by: str | None = None) -> Line:
    """What was said, on which day and by whom: 9 November 2021, by the Chair: "Nine of eleven." """
    who = f", by {by}" if by else ""
    return (day, f'{who}: "{note}"' if note else f"{who}: no note")


def plain(line: Line) -> str:
    """The parts of a sentence as one text."""
    return "".join(map(_text, line))


def _text(part: str | Mark | PlanDate | Link) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Mark):
        return part.words
    return part.text if isinstance(part, Link) else part.shown


def attended(found: list[Standing]) -> list[Standing]:
    """Those that need attention, worst first; the longest overdue and the soonest due on top."""
    chosen = [s for s in found if s.kind in ORDER]
    return sorted(chosen, key=lambda s: (ORDER[s.kind], s.over))


def milestones(number: int) -> str:
    """A count of milestones."""
    return count(number, "milestone")


def table(found: list[Standing], head: Head) -> Table:
    """Milestones as a table: id, standing, words with any move, due date."""
    rows = tuple(
        (
            s.milestone.id,
            mark(s, head),
            Stack((s.milestone.action,), tuple(filter(None, [moved(s)]))),
            s.milestone.due,
        )
        for s in found
    )
    named = Column(sentence(head.called("milestone")))
    return Table((Column(""), Column("Standing"), named, Column("Due")), rows)
