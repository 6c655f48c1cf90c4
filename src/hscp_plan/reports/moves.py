"""Every due date that ever moved: first promised, now, how far, how often, why, who agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import months_between, of_day
from ..document import Item, Items, Paragraph, sentence_of
from ..standing import standings
from ..words import count, length
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Document, Line
    from ..model import Plan
    from ..standing import Standing

COLUMNS = (
    *("id", "priority", "action", "lead", "standing", "first_due", "due", "months_slipped"),
    *("move", "moves", "date", "from", "to", "months", "by", "reason", "agreed", "in_log"),
)


class Move(NamedTuple):
    """One move of a due date: on which day, from when to when, who says so, why, who agreed."""

    day: PlanDate
    was: PlanDate
    now: PlanDate
    by: str | None
    reason: str | None
    agreed: str | None
    logged: bool = True
    """Whether the log says it; else git alone does."""

    @property
    def months(self) -> int | None:
        """How many months later, less than none for earlier; None where there is no date."""
        return _months(self.was, self.now)


class Moved(NamedTuple):
    """A milestone that moved, and its moves, oldest first."""

    found: Standing
    moves: tuple[Move, ...]

    @property
    def first(self) -> PlanDate:
        """What was first promised."""
        return self.moves[0].was

    @property
    def months(self) -> int | None:
        """How far it slipped in all."""
        return _months(self.first, self.found.milestone.due)

    @property
    def agreed(self) -> bool:
        """Whether somebody agreed every move."""
        return all(move.agreed for move in self.moves)


class Moves(NamedTuple):
    """`hscp moves`: the milestones whose due date moved, the furthest first."""

    plan: Plan
    day: date
    only: str
    by_hand: dict[str, list[Move]]
    """By id: what was changed with nothing in the log, oldest first."""
    not_agreed: bool = False
    """Whether only those are wanted that somebody has not agreed."""

    def found(self) -> list[Moved]:
        """Those that moved, the furthest first."""
        every = (
            Moved(s, _joined(s, self.by_hand.get(s.milestone.id, ())))
            for s in standings(self.plan, self.day)
        )
        moved = [m for m in every if m.moves and not (self.not_agreed and m.agreed)]
        return sorted(moved, key=lambda m: -(m.months or 0))

    def document(self) -> Document:
        """Each with its moves, and what they come to."""
        found = self.found()
        what = " without agreement" if self.not_agreed else ""
        title = f"{phrases.milestones(len(found))} moved{what}" if found else f"Nothing moved{what}"
        made: list[Block] = [phrases.titled(title, self.day)]
        if self.only:
            made.append(Paragraph((self.only,)))
        if found:
            made.append(Items(tuple(_item(moved, self.plan) for moved in found), apart=True))
            made.append(Paragraph((_total(found),), apart=True))
        return tuple(made)

    def rows(self) -> Iterator[dict[str, object]]:
        """One row a move."""
        for moved in self.found():
            own = {
                "id": moved.found.milestone.id,
                "priority": moved.found.priority.id,
                "action": moved.found.milestone.action,
                "lead": "; ".join(moved.found.lead),
                "standing": moved.found.kind,
                "first_due": moved.first.text,
                "due": moved.found.milestone.due.text,
                "months_slipped": moved.months,
                "moves": len(moved.moves),
            }
            for number, move in enumerate(moved.moves, 1):
                yield {
                    **own,
                    "move": number,
                    "date": move.day.text,
                    "from": move.was.text,
                    "to": move.now.text,
                    "months": move.months,
                    "by": move.by,
                    "reason": move.reason,
                    "agreed": move.agreed,
                    "in_log": "yes" if move.logged else "no",
                }

    def data(self) -> dict[str, object]:
        """The milestones that moved with their moves, and the totals."""
        found = self.found()
        return {
            **records.envelope(self.plan, self.day, self.only),
            "totals": _totals(found),
            "milestones": [_data(moved) for moved in found],
        }


def _joined(found: Standing, by_hand: Sequence[Move]) -> tuple[Move, ...]:
    log = found.milestone.progress
    logged = [
        Move(e.date, e.moved.from_, e.moved.to, e.by, e.note, log.agreed(e))
        for e in found.milestone.moves
        if e.moved
    ]
    return tuple(sorted((*logged, *by_hand), key=lambda move: move.day.first))


def _months(was: PlanDate, now: PlanDate) -> int | None:
    if was.ongoing or now.ongoing:
        return None
    if now.last < was.last:
        return -months_between(now.last, was.last)
    return months_between(was.last, now.last)


def _far(was: PlanDate, now: PlanDate) -> str:
    if was.ongoing or now.ongoing:
        return ""
    first, last = sorted((was.last, now.last))
    return f", {length(first, last)} {'later' if now.last > was.last else 'earlier'}"


def _item(moved: Moved, plan: Plan) -> Item:
    found, milestone, head = moved.found, moved.found.milestone, plan.head
    how = {1: "once", 2: "twice"}.get(len(moved.moves), f"{len(moved.moves)} times")
    span: Line = (moved.first, " to ", milestone.due, _far(moved.first, milestone.due))
    notes = [sentence_of([span, (f"moved {how}",), (phrases.lead(found, head),)])]
    for move in moved.moves:
        steps: Line = (": ", move.was, " to ", move.now) if len(moved.moves) > 1 else ()
        agreed = f"agreed: {move.agreed}" if move.agreed else "agreed by nobody"
        notes.append((move.day, *steps, "; ", agreed if move.logged else "by hand, not in the log"))
        who = f"{head.short(move.by)}: " if move.by and move.logged else move.by or ""
        notes.append((f'{who}"{move.reason}"' if move.reason else who,))
    return Item(milestone.id, milestone.action, tuple(notes))


def _totals(found: list[Moved]) -> dict[str, int]:
    moves = [move for moved in found for move in moved.moves]
    return {
        "milestones": len(found),
        "moves": len(moves),
        "months": sum(moved.months or 0 for moved in found),
        "not_agreed": sum(not move.agreed for move in moves),
        "not_in_log": sum(not move.logged for move in moves),
    }


def _total(found: list[Moved]) -> str:
    number = _totals(found)
    parts = [count(number["moves"], "move"), f"{count(number['months'], 'month')} later in all"]
    if number["not_agreed"]:
        parts.append(f"{number['not_agreed']} agreed by nobody")
    if number["not_in_log"]:
        parts.append(f"{number['not_in_log']} with nothing in the log")
    return f"{'; '.join(parts)}."


def _data(moved: Moved) -> dict[str, object]:
    return {
        **records.record(moved.found),
        "first_due": records.when(moved.first),
        "times_moved": len(moved.moves),
        "months_slipped": moved.months,
        "moves": [
            {
                "date": records.when(move.day),
                "from": records.when(move.was),
                "to": records.when(move.now),
                "months": move.months,
                "by": move.by,
                "reason": move.reason,
                "agreed": move.agreed,
                "in_log": move.logged,
            }
            for move in moved.moves
        ],
    }


def by_hand(day: date, was: PlanDate, now: PlanDate, who: str) -> Move:
    """A move that only git tells: on the day of a commit, by its author."""
    return Move(of_day(day), was, now, who, None, None, logged=False)
