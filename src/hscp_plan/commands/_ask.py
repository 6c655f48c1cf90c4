"""Asks at a terminal for what `hscp progress` is to record, where no id is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Paragraph, Stack, Table
from ..errors import Mistyped
from ..letters import folded
from ..reports import phrases
from ..standing import OPEN, standings
from ..words import STATUSES, sentence
from ._look import open_plans, say_document
from ._record import status_given, today_given
from ._typed import at_terminal, line

if TYPE_CHECKING:
    from ..model import Plan
    from ..standing import Standing

MOST = 12
"""How many milestones are listed at a time."""


class Answers(NamedTuple):
    """What was answered; empty where Enter alone was pressed."""

    id: str
    note: str
    status: str
    evidence: str


def ask(where: list[str] | None, no_input: bool) -> Answers:
    """Ask which milestone, what happened, its status and the evidence.

    Raises Mistyped where there is nobody to ask.
    """
    if no_input or not at_terminal():
        raise Mistyped(
            "which milestone is not said", 'Give its id: hscp progress P1.3 "Trial began."'
        )
    day = today_given()
    plan = open_plans(where).plan
    open = [s for s in standings(plan, day, OPEN) if not s.alone]
    open.sort(key=lambda s: (phrases.ORDER.get(s.kind, len(phrases.ORDER)), s.over))
    chosen = _which(plan, open)
    happened = line("What happened? ")
    status = _status(chosen)
    evidence = line("Evidence, a link or document (Enter for none): ")
    return Answers(chosen.milestone.id, happened, status, evidence)


def _which(plan: Plan, standings: list[Standing]) -> Standing:
    """The milestone that is meant. The list is shown once, and again only where words narrow it: a
    slip does not scroll it away."""
    say_document((_listing(plan, standings),), "auto")
    while True:
        words = line("Which milestone? An id, or words to narrow the list: ")
        matches = _matching(standings, folded(words))
        if len(matches) == 1:
            milestone = matches[0].milestone
            say_document((Paragraph((f"{milestone.id}  {milestone.action}",)),), "auto")
            return matches[0]
        shown = _listing(plan, matches) if matches else Paragraph((_no_match(plan, words),))
        say_document((shown,), "auto")


def _matching(standings: list[Standing], words: str) -> list[Standing]:
    """Those with this id or, where none has it, that say all these words; none where there are no
    words."""
    exact = [s for s in standings if folded(s.milestone.id) == words]
    return exact or [
        s
        for s in standings
        if words
        and all(w in folded(f"{s.milestone.id} {s.milestone.action}") for w in words.split())
    ]


def _no_match(plan: Plan, words: str) -> str:
    """Why these words name none of the milestones that are listed."""
    if not words:
        return "Type the id of one of these milestones, or a word of it."
    ended = next(
        (m for p in plan.owners for m in p.milestones if folded(m.id) == folded(words)), None
    )
    if ended:
        then = f'Ctrl-C, and then  hscp progress {ended.id} "…"  records more of it.'
        return f"{ended.id} is {plan.head.word_for(ended.status)}, so it is not listed. {then}"
    return f'No open milestone has or says "{words}".'


def _listing(plan: Plan, standings: list[Standing]) -> Table:
    rows = tuple(
        (s.milestone.id, phrases.mark(s, plan.head), Stack((s.milestone.action,)))
        for s in standings[:MOST]
    )
    return Table((Column(""), Column(""), Column("")), rows, header=False)


def _status(chosen: Standing) -> str:
    now = chosen.milestone.status
    head = chosen.plan.head
    say_document((Paragraph((f"{sentence(', '.join(map(head.word_for, STATUSES)))}.",)),), "auto")
    while True:
        given = line(f"Status now? (Enter keeps {head.word_for(now)}): ")
        try:
            return status_given(given or None, head) or ""
        except Mistyped as mistyped:
            say_document((Paragraph((f"{mistyped.what}. {mistyped.next}",)),), "auto")
