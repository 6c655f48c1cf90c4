"""Every due date that ever moved: first promised, now, how far, how often, why, who agreed; and
what was closed, or completed where a Board decides, which takes a date away as a move does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..dates import months_between, of_day
from ..document import Heading, Item, Items, Paragraph, sentence_of
from ..standing import standings
from ..words import ENDED, count, listed
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Document, Line
    from ..model import Plan
    from ..standing import Standing
    from ..words import Kind

COLUMNS = (
    *("id", "priority", "action", "lead", "standing", "first_due", "due", "months_slipped"),
    *("move", "moves", "date", "from", "to", "months", "by", "reason", "agreed", "in_log"),
    "change",
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
    """Whether only those are wanted for which no agreement is recorded."""
    untold: str = ""
    """What cannot be told, in sentences."""

    def found(self) -> list[Moved]:
        """Those that moved, the furthest first."""
        every = (
            Moved(s, _joined(s, self.by_hand.get(s.milestone.id, ())))
            for s in standings(self.plan, self.day)
        )
        moved = [m for m in every if m.moves and not (self.not_agreed and m.agreed)]
        return sorted(moved, key=lambda m: -(m.months or 0))

    def ended(self) -> list[Standing]:
        """Those that were closed; then those complete where a Board decides."""
        ended = [s for s in standings(self.plan, self.day, {*ENDED}) if s.ended_for_board]
        if self.not_agreed:
            ended = [s for s in ended if s.ended_unagreed]
        return sorted(ended, key=lambda s: s.kind != "closed")

    def document(self) -> Document:
        """Each with its moves, those that ended, and what they come to."""
        found, ended = self.found(), self.ended()
        blocks: list[Block] = [phrases.titled(self._title(found, ended), self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        if found:
            blocks.append(Items(tuple(_item(moved, self.plan) for moved in found), apart=True))
        for kind, heading in _ENDED.items():
            if own := tuple(_ending(s) for s in ended if s.kind == kind):
                blocks += [Heading(heading), Items(own)]
        if found or ended:
            blocks.append(Paragraph((_total(found, ended),), apart=True))
        if self.untold:
            blocks.append(Paragraph((self.untold,), apart=True))
        return tuple(blocks)

    def _title(self, found: list[Moved], ended: list[Standing]) -> str:
        number = _totals(found, ended)
        many = {"moved": len(found), "closed": number["closed"], "complete": number["completed"]}
        (first, how), *rest = [(n, how) for how, n in many.items() if n] or [(0, "")]
        parts = [f"{phrases.milestones(first)} {how}", *(f"{n} {how}" for n, how in rest)]
        title = ", ".join(parts) if first else "Nothing moved, and nothing was closed"
        return f"{title}{f', {phrases.NOT_AGREED}' if self.not_agreed and first else ''}"

    def rows(self) -> Iterator[dict[str, object]]:
        """One row a move; then one each of those that ended."""
        for moved in self.found():
            own = _row(moved.found) | {"months_slipped": moved.months, "moves": len(moved.moves)}
            own |= {"change": "moved", "first_due": moved.first.text}
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
        for ended in self.ended():
            said = _said(ended)
            day, logged = said.pop("date"), said.pop("in_log")
            own = {"change": ended.kind, "date": day and day.text, **said}
            yield _row(ended) | own | {"in_log": "yes" if logged else "no"}

    def data(self) -> dict[str, object]:
        """The milestones that moved with their moves, those that ended, and the totals."""
        found, ended = self.found(), self.ended()
        return {
            **records.envelope(self.plan, self.day, self.only),
            "totals": _totals(found, ended),
            "milestones": [_data(moved) for moved in found],
            "ended": [_ended(each) for each in ended],
            "untold": self.untold or None,
        }


def _joined(standing: Standing, by_hand: Sequence[Move]) -> tuple[Move, ...]:
    log = standing.milestone.progress
    logged = [
        Move(e.date, e.moved.from_, e.moved.to, e.by, e.note, log.who_agreed(e))
        for e in standing.milestone.moves
        if e.moved
    ]
    return tuple(sorted((*logged, *by_hand), key=lambda move: move.day.first))


def _months(was: PlanDate, now: PlanDate) -> int | None:
    if not (was.dated and now.dated):
        return None
    if now.last < was.last:
        return -months_between(now.last, was.last)
    return months_between(was.last, now.last)


def _item(moved: Moved, plan: Plan) -> Item:
    found, milestone, head = moved.found, moved.found.milestone, plan.head
    how = {1: "once", 2: "twice"}.get(len(moved.moves), f"{len(moved.moves)} times")
    far = phrases.later(moved.first, milestone.due)
    span: Line = (moved.first, " to ", milestone.due, f", {far}" if far else "")
    notes = [sentence_of([span, (f"moved {how}",), (phrases.lead(found, head),)])]
    for move in moved.moves:
        steps: Line = (": ", move.was, " to ", move.now) if len(moved.moves) > 1 else ()
        agreed = phrases.agreement(move.agreed) if move.logged else "by hand, not in the log"
        notes.append((move.day, *steps, "; ", agreed))
        who = f"{head.short(move.by)}: " if move.by and move.logged else move.by or ""
        notes.append((f'{who}"{move.reason}"' if move.reason else who,))
    return Item(milestone.id, milestone.action, tuple(notes))


_ENDED: dict[Kind, str] = {"closed": "Closed", "complete": "Completed, where a Board decides"}


def _ending(standing: Standing) -> Item:
    """What was closed or completed: when, who agreed it, who says so and why."""
    milestone, head, said = standing.milestone, standing.plan.head, _said(standing)
    when: Line = (f"{head.called(standing.kind)} ", said["date"])
    if not said["in_log"]:
        when = (f"{head.called(standing.kind)}; {phrases.NOT_LOGGED}",)
    first = sentence_of([when, phrases.due(standing), (phrases.lead(standing, head),)])
    notes: list[Line] = [first, (phrases.agreement(said["agreed"]),)]
    if said["reason"]:
        who = f"{head.short(said['by'])}: " if said["by"] else ""
        notes.append((f'{who}"{said["reason"]}"',))
    return Item(milestone.id, milestone.action, tuple(notes))


def _said(standing: Standing) -> dict[str, Any]:
    """What is known of how a milestone ended."""
    ending = standing.ending
    entry = ending and ending.entry
    return {
        "date": entry.date if entry else None,
        "by": entry.by if entry else None,
        "reason": entry.note if entry else None,
        "agreed": ending.agreed if ending else None,
        "in_log": entry is not None,
    }


def _totals(found: list[Moved], ended: list[Standing]) -> dict[str, int]:
    moves = [move for moved in found for move in moved.moves]
    said = [_said(each) for each in ended]
    closed = sum(each.kind == "closed" for each in ended)
    return {
        "milestones": len(found),
        "moves": len(moves),
        "months_later": sum(max(moved.months or 0, 0) for moved in found),
        "months_earlier": sum(max(-(moved.months or 0), 0) for moved in found),
        "closed": closed,
        "completed": len(ended) - closed,
        "not_agreed": sum(not move.agreed for move in moves) + sum(not s["agreed"] for s in said),
        "not_in_log": sum(not move.logged for move in moves) + sum(not s["in_log"] for s in said),
    }


def _total(found: list[Moved], ended: list[Standing]) -> str:
    number, parts = _totals(found, ended), []
    if found:
        far = [
            f"{count(number[key], 'month')} {key.removeprefix('months_')}"
            for key in ("months_later", "months_earlier")
            if number[key]
        ]
        parts = [count(number["moves"], "move"), *([f"{listed(far)} in all"] if far else [])]
    if number["closed"]:
        parts.append(f"{number['closed']} closed")
    if number["completed"]:
        parts.append(f"{number['completed']} completed")
    if number["not_agreed"]:
        parts.append(f"{number['not_agreed']} with {phrases.NOT_AGREED}")
    if number["not_in_log"]:
        parts.append(f"{number['not_in_log']} with nothing in the log")
    return f"{'; '.join(parts)}."


def _row(standing: Standing) -> dict[str, object]:
    """A milestone as every row has it."""
    return {
        "id": standing.milestone.id,
        "priority": standing.priority.id,
        "action": standing.milestone.action,
        "lead": "; ".join(standing.lead),
        "standing": standing.kind,
        "first_due": standing.milestone.first_due.text,
        "due": standing.milestone.due.text,
        "moves": len(standing.milestone.moves),
    }


def _ended(standing: Standing) -> dict[str, object]:
    said = _said(standing)
    return {**records.record(standing), "ending": {**said, "date": records.when(said["date"])}}


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
