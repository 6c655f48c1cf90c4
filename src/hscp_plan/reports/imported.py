"""The report of a document that was read for a plan: how it was understood, what was found, what
has no place, and what to type next."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..document import Column, Mark, Paragraph, Stack, Table, Title
from ..errors import quoted
from ..model import STATUS_IN_WORDS
from ..typed_dates.refusals import why_in_words
from ..words import count, cut, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from ..document import Block, Cell, Document
    from ..importing.draft import Draft, Milestone

MOST_ROWS = 1_000
"""How many milestones are listed."""
MOST_SHOWN = 10
"""How many texts of a kind are shown."""
_WIDEST = 70
UNCLEAR = Column("Status in the document")
"""The column of the words for a status that nobody has said the meaning of."""
_TYPABLE = r"[^\W_][^'=]{0,39}"
"""A word that stands in a line to type as it is."""
_TO_SAY = {
    "year": ("the year of dates such as", "--year 2022/23"),
    "order": ("whether the day comes first in dates such as", "--dates day-first"),
}
"""What has to be said of a doubtful date, and how."""
_PLACES = {
    "id": "its number",
    "priority": "the priority",
    "objective": "the objective",
    "action": "the action",
    "start": "when it begins",
    "due": "when it is due",
    "complete by": "the objective's date; where there is no objective, when it is due",
    "new due": "the date that it moved to",
    "lead": "who leads",
    "accountable": "who is accountable",
    "status": "the status",
    "progress": "an entry of its log",
    "evidence": "kept as a column of the plan's own",
    "from": "what it comes from",
    "more": "kept as a column of the plan's own",
    "worked out": "worked out by hscp, and not kept",
}
"""What each role is to a person."""


class Said(NamedTuple):
    """What is known of a reading beside what was read."""

    source: str
    """The document's name."""
    folder: str
    rest: str
    """The name of the file of what was not placed."""
    option: str
    """The option that names the folder, as it is typed, where it is not found by itself."""
    notes: Sequence[str]
    """What could not be read of the document."""
    today: date
    day: date
    """What is said of progress without a day is of this one."""
    why_day: str
    """Why it is; empty where somebody said so."""
    private: Sequence[str]
    """Where it holds what could identify somebody, and what that is."""
    explain: bool
    written: bool
    clean: Callable[[str], str] = str
    """Takes out of a text of the document what could identify somebody."""


def import_told(draft: Draft, said: Said) -> Document:
    """What came of a document."""
    verb = "Imported" if said.written else "Read, and nothing written"
    return (
        Title(f"{verb}: {said.source}"),
        *(Paragraph((f"  {line}",)) for line in _counts(draft, said)),
        *(Paragraph((note,), apart=not n) for n, note in enumerate(_notes(draft, said))),
        *(_columns(draft) if said.explain else ()),
        *(() if said.written else _milestones(draft, said)),
        *_moves(draft),
        *_in_words(draft, said),
        *_statuses(draft, said),
        *_asked(draft, said),
        *_left(draft, said),
        *(Paragraph((line,), apart=not n) for n, line in enumerate(_next(draft, said))),
    )


def _counts(draft: Draft, said: Said) -> Iterator[str]:
    placed = len(list(draft.milestones))
    objectives = sum(len(priority.objectives) for priority in draft.priorities)
    registers = sum(priority.register for priority in draft.priorities)
    kinds = {
        "priority": len(draft.priorities) - registers,
        "register": registers,
        "objective": objectives,
    }
    under = [count(number, kind) for kind, number in kinds.items() if number]
    yield (
        f"{count(draft.rows, 'row')} of actions found, {count(placed, 'milestone')} placed, in "
        f"{listed(under)}"
    )
    undated = sum(milestone.due.undated for milestone in draft.milestones)
    if undated:
        yield f"{undated:,} of them without a due date"
    texts = count(len(draft.left), "text")
    lost = draft.lost.total()
    yield (
        f"{count(draft.words_in, 'word')} read, {texts} listed as not placed, "
        f"{lost or 'no'} words lost{' of what was read' if said.notes else ''}"
    )


def _notes(draft: Draft, said: Said) -> Iterator[str]:
    order, proof = draft.proved
    if proof:
        yield f"Dates such as 3/4/2022 are read {order}, as {proof} can be read only so."
    if draft.closed_is_done:
        yield "Closed is taken for complete, as nothing in this log of actions is called complete."
    if any(entry.undated(said.today) for m in draft.milestones for entry in m.log):
        why = f", {said.why_day}" if said.why_day else ""
        yield (
            f"What it says of progress without a day is taken as of {day_shown(said.day)}{why}."
            + ("" if said.written else "  Another day:  --date DATE")
        )
    yield from said.notes
    done = "Left out, with … in its place" if said.written else "Would have to be left out"
    yield from (f"{done}: {private}." for private in said.private)


def columns_heard(draft: Draft) -> Document:
    """How each column was understood."""
    return tuple(_columns(draft))


def _columns(draft: Draft) -> Iterator[Block]:
    rows = [
        (heard.label, _PLACES[heard.role] + (f", {heard.key}" if heard.key else ""), heard.place)
        for heard in draft.heard
    ]
    columns = (Column("Column"), Column("Taken for"), Column("First in"))
    yield Table(columns, tuple(rows), caption="How each column was understood")


def _milestones(draft: Draft, said: Said) -> Iterator[Block]:
    """The milestones as they would be written."""
    objectives = [o for priority in draft.priorities for o in priority.objectives]
    of_objective = {m.id: o.leads for o in objectives for m in o.milestones}
    rows: list[tuple[Cell, ...]] = []
    for milestone in islice(draft.milestones, MOST_ROWS):
        action = said.clean(milestone.action)
        lead = said.clean(listed(milestone.leads or of_objective.get(milestone.id, ())))
        # Where there is no room for a column of leads, each stands below what it leads.
        cell = Stack((action,)) if lead else action
        rows.append((milestone.id, cell, _due(milestone), lead, _status(milestone, said)))
    leads = Column("Lead", wide=True, folds=True)
    columns = (Column("Id"), Column("Milestone"), Column("Due"), leads, Column("Status"))
    yield Table(columns, tuple(rows), caption="The milestones as they would be written")
    left = len(list(draft.milestones)) - len(rows)
    if left:
        yield Paragraph((f"  and {left:,} more",))


def _due(milestone: Milestone) -> str:
    """When a milestone is due, as it was read."""
    review = f", review {milestone.review.shown}" if milestone.review.dated else ""
    return "" if milestone.due.undated else f"{milestone.due.shown}{review}"


def _status(milestone: Milestone, said: Said) -> Cell:
    """How a milestone stands, as it was read."""
    if words := not milestone.status and milestone.more.get(STATUS_IN_WORDS):
        return f"{quoted(said.clean(words))}, not understood"
    status = milestone.status or "not started"
    return Mark(status, sentence(status))


def _moves(draft: Draft) -> Iterator[Block]:
    """The dates that were taken for moves."""
    moves = [(m.id, *entry.moved) for m in draft.milestones for entry in m.log if entry.moved]
    if not moves:
        return
    yield Paragraph((f"{count(len(moves), 'due date')} taken as moved:",), apart=True)
    for id, old, new in moves[:MOST_SHOWN]:
        yield Paragraph((f"  {id}: {old.shown} to {new.shown}",))
    yield from _and_more(len(moves))


def _in_words(draft: Draft, said: Said) -> Iterator[Block]:
    if not draft.in_words:
        return
    dates = count(len(draft.in_words), "date")
    yield Paragraph((f"{dates} kept in words:",), apart=True)
    for left in draft.in_words[:MOST_SHOWN]:
        text = said.clean(left.text)
        why = f"{quoted(text)}: {left.why}" if left.why else why_in_words(text, said.today)
        yield Paragraph((f"  {left.place}: {why}",))
    yield from _and_more(len(draft.in_words))


def _statuses(draft: Draft, said: Said) -> Iterator[Block]:
    """The words for a status that mean none of ours."""
    if not draft.statuses:
        return
    words = list(draft.statuses)
    several = len(words) > 1
    yield Paragraph(
        (
            f"{count(len(words), 'status', 'statuses')} {'are' if several else 'is'} not "
            "understood. Until somebody says what is meant, it stays in words, and the milestone "
            "has no status:",
        ),
        apart=True,
    )
    rows = [(said.clean(word), draft.statuses[word]) for word in words[:MOST_SHOWN]]
    caption = "Words for a status that are not understood"
    yield Table((UNCLEAR, Column("First in")), tuple(rows), caption=caption)
    yield from _and_more(len(words))
    example = next((word for word in words if re.fullmatch(_TYPABLE, word)), "")
    if example and not said.written:
        yield Paragraph((f"To say it:  --map '{example}=on track'",))


def _asked(draft: Draft, said: Said) -> Iterator[Block]:
    """What will have to be said before the document can be imported."""
    doubts = {question.doubt: question for question in draft.questions}
    if said.written or not doubts:
        return
    for doubt, (what, option) in _TO_SAY.items():
        if question := doubts.get(doubt):
            example = f"{cut(said.clean(question.text), _WIDEST)} ({question.place})"
            yield Paragraph((f"Still to be said: {what} {example}:  {option}",), apart=True)


def _left(draft: Draft, said: Said) -> Iterator[Block]:
    if not draft.left:
        return
    where = f"; all of them are in {said.rest}" if said.written else ""
    yield Paragraph((f"Not placed{where}:",), apart=True)
    for left in draft.left[:MOST_SHOWN]:
        yield Paragraph((f"  {left.place} ({left.why}): {cut(said.clean(left.text), _WIDEST)}",))
    yield from _and_more(len(draft.left))


def _and_more(number: int) -> Iterator[Block]:
    if number > MOST_SHOWN:
        yield Paragraph((f"  and {number - MOST_SHOWN:,} more",))


def _next(draft: Draft, said: Said) -> Iterator[str]:
    if not said.written:
        how = "" if said.explain else "How each column was understood:  --explain. "
        yield f"{how}To correct a column:  --map 'By when=due'"
        return
    option = f" {said.option}" if said.option else ""
    yield f"What is missing or doubtful:  hscp check{option}"
    yield f"Where it stands:  hscp status{option}"
    if draft.partnership == draft.title:
        yield f"See the partnership's name, the period and the title in {said.folder}/plan.yaml."
