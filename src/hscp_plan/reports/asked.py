"""The rounds of asking, newest first: who was asked about what, and what became of it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..asking.rounds import askings, how_often, owing, tally
from ..document import Column, Heading, Paragraph, Table
from ..words import count, listed, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..asking.rounds import Asking, Tally
    from ..document import Block, Document
    from ..model import Plan

COLUMNS = (
    *("date", "who", "also", "ids", "for", "reply_by", "form", "answered"),
    *("reply", "times", "late"),
)
MOST_OWED = 3
"""How many who still owe an answer are named above the table, and on the Board's page."""


class AskedReport(NamedTuple):
    """`hscp asked`: each round of asking with what became of it."""

    plan: Plan
    day: date
    only: str = ""
    names: frozenset[str] | None = None
    """Whose rounds alone are told; None for everybody's."""
    open: bool = False
    """Whether only rounds without an answer are."""

    def askings(self) -> list[Asking]:
        """The rounds that are told, newest first."""
        return [asking for asking in askings(self.plan, self.day) if self._is_told(asking)]

    def document(self) -> Document:
        """How many answered the last time; and a table of who, about what, with which answer."""
        found = self.askings()
        title = "Who was asked, and who answered" if self.plan.asked else "Nobody was asked"
        blocks: list[Block] = [phrases.title_on(title, self.day)]
        if self.only:
            blocks.append(Paragraph((self.only if found else f"{self.only}: there is none.",)))
        elif last := last_asked(self.plan, self.day):
            blocks.append(Paragraph((last,)))
        if found:
            blocks.append(self._table(found))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """A row a round: dates as written, lists joined by ;"""
        for asking in self.askings():
            round = asking.round
            yield {
                "date": round.date.text,
                "who": round.who,
                "also": "; ".join(round.also),
                "ids": "; ".join(round.ids),
                "for": round.for_,
                "reply_by": round.reply_by and round.reply_by.text,
                "form": round.form,
                "answered": round.answered and round.answered.text,
                **_became(asking),
            }

    def data(self) -> dict[str, object]:
        """The rounds; and how many did what on each day of asking, whatever the filters."""
        days = tally(askings(self.plan, self.day), self.plan.head)
        return {
            **records.envelope(self.plan, self.day, self.only),
            "days": [_day_data(of_day, self.plan) for of_day in days],
            "rounds": [records.plain(a.round) | _became(a) for a in self.askings()],
        }

    def _is_told(self, asking: Asking) -> bool:
        names = {asking.round.who, *asking.round.also}
        is_theirs = self.names is None or bool(names & self.names)
        return is_theirs and not (self.open and asking.round.answered)

    def _table(self, found: list[Asking]) -> Table:
        head = self.plan.head
        columns = (
            Column(sentence(head.word_for("lead"))),
            Column("Asked about"),
            Column("Answer"),
        )
        rows: list[Heading | tuple[str, ...]] = []
        for heading, group in groupby(found, _heading):
            rows.append(Heading(heading))
            rows += [self._row(asking) for asking in group]
        return Table(columns, tuple(rows), caption="Who was asked about what, and their answer")

    def _row(self, asking: Asking) -> tuple[str, ...]:
        short, round = self.plan.head.short, asking.round
        also = f" (and {listed(map(short, round.also))})" if round.also else ""
        return short(round.who) + also, phrases.some(list(round.ids)), self._answer(asking)

    def _answer(self, asking: Asking) -> str:
        round = asking.round
        if round.answered:
            said = "nothing to report" if asking.reply == "nothing to report" else "answered"
            return f"{said}, {round.answered.shown}"
        parts = ["no answer"]
        if asking.times > 1:
            parts.append(f"asked {how_often(asking.times)}")
        if asking.late and round.reply_by:
            parts.append(f"{count((self.day - round.reply_by.last).days, 'day')} late")
        return ", ".join(parts)


def last_asked(plan: Plan, day: date, since: date | None = None) -> str:
    """How many did what of whoever was asked last, and who was asked before and still owes an
    answer; empty where nobody was asked, or nobody `since` a day."""
    found = [a for a in askings(plan, day) if since is None or a.round.date.first >= since]
    if not found:
        return ""
    last, *_ = tally(found, plan.head)
    owed = [f"{plan.head.short(a.round.who)} ({a.round.date.shown})" for a in owing(plan, found)]
    before = f" Asked before that, and no answer: {phrases.some(owed, MOST_OWED)}." if owed else ""
    return f"{last.sentence(plan.head)}{before}"


def _heading(asking: Asking) -> str:
    """The day of asking, and what the rounds of a day share."""
    round = asking.round
    meeting = f", for {round.for_}" if round.for_ else ""
    reply_by = f"; reply by {round.reply_by.shown}" if round.reply_by else ""
    return f"Asked on {round.date.shown}{meeting}{reply_by}"


def _became(asking: Asking) -> dict[str, object]:
    return {"reply": asking.reply, "times": asking.times, "late": asking.late}


def _day_data(of_day: Tally, plan: Plan) -> dict[str, object]:
    return {
        "date": of_day.day.isoformat(),
        "asked": of_day.asked,
        "answered": of_day.answered,
        "nothing_to_report": of_day.nothing,
        "no_answer": len(of_day.unanswered),
        "text": of_day.sentence(plan.head),
    }
