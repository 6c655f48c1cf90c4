"""Every due date that ever moved: first promised, now, how far, how often, why, who agreed; and
what was closed, or completed where a Board decides, which takes a date away as a move does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import months_between, of_day
from ..document import Heading, Item, Items, Paragraph, sentence_of
from ..standing import OVER, standings
from ..words import UNAGREED, count, listed
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


class MovedMilestone(NamedTuple):
    """A milestone that moved, and its moves in this plan, oldest first."""

    standing: Standing
    moves: tuple[Move, ...]

    @property
    def before(self) -> int:
        """How often it moved in earlier plans."""
        return int(self.standing.milestone.moved_before or 0)

    @property
    def times(self) -> int:
        """How often it moved in all."""
        return self.before + len(self.moves)

    @property
    def first(self) -> PlanDate:
        """What was first promised, in whichever plan that was."""
        milestone = self.standing.milestone
        return milestone.first_promised or (self.moves[0].was if self.moves else milestone.due)

    @property
    def carried(self) -> str:
        """From which milestone it is carried on, and how often that moved; empty where from
        none."""
        cited = self.standing.milestone.carried_from
        moved = phrases.times_moved(self.before) or "where it never moved"
        return f"carried from {cited}, {moved}{' there' if self.before else ''}" if cited else ""

    @property
    def months(self) -> int | None:
        """How far it slipped in all."""
        return _months(self.first, self.standing.milestone.due)

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
    """The moves that no log tells, by milestone, oldest first."""
    not_agreed: bool = False
    """Whether only those are wanted for which no agreement is recorded."""
    untold: str = ""
    """What cannot be told, in sentences."""

    def moved(self) -> list[MovedMilestone]:
        """The milestones that moved, the furthest first."""
        every = (
            MovedMilestone(s, _all_moves(s, self.by_hand.get(s.milestone.id, ())))
            for s in standings(self.plan, self.day)
        )
        slid = (m for m in every if m.times or m.first != m.standing.milestone.due)
        moved = [m for m in slid if not (self.not_agreed and m.agreed)]
        return sorted(moved, key=lambda m: -(m.months or 0))

    def ended(self) -> list[Standing]:
        """The milestones that were closed; then those completed where a Board decides."""
        ended = [s for s in standings(self.plan, self.day, OVER) if s.ended_for_board]
        if self.not_agreed:
            ended = [s for s in ended if s.ended_unagreed]
        return sorted(ended, key=lambda s: s.kind != "closed")

    def document(self) -> Document:
        """The milestones that moved with their moves, those that ended, and the totals."""
        moved, ended = self.moved(), self.ended()
        blocks: list[Block] = [phrases.title_on(self._title(moved, ended), self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        if moved:
            blocks.append(Items(tuple(_moved_item(m, self.plan) for m in moved), apart=True))
        for kind, heading in _ENDED.items():
            if items := tuple(_ended_item(s) for s in ended if s.kind == kind):
                blocks += [Heading(heading), Items(items)]
        if moved or ended:
            blocks.append(Paragraph((_total(moved, ended),), apart=True))
        if self.untold:
            blocks.append(Paragraph((self.untold,), apart=True))
        return tuple(blocks)

    def _title(self, moved: list[MovedMilestone], ended: list[Standing]) -> str:
        number = _totals(moved, ended)
        many = {
            "moved": len(moved),
            "closed": number["closed"],
            UNAGREED: number.get(UNAGREED, 0),
            "complete": number["completed"],
        }
        (first, how), *rest = [(n, how) for how, n in many.items() if n] or [(0, "")]
        parts = [f"{phrases.milestones(first)} {how}", *(f"{n} {how}" for n, how in rest)]
        title = ", ".join(parts) if first else "Nothing moved, and nothing was closed"
        return f"{title}{f', {phrases.NOT_AGREED}' if self.not_agreed and first else ''}"

    def rows(self) -> Iterator[dict[str, object]]:
        """One row a move; then one each of those that ended."""
        for moved in self.moved():
            values = {
                **_milestone_row(moved.standing),
                "months_slipped": moved.months,
                "moves": moved.times,
                "change": "moved" if moved.moves else "carried",
                "first_due": moved.first.text,
            }
            if not moved.moves:
                yield values
            for number, move in enumerate(moved.moves, 1):
                yield {
                    **values,
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
        for standing in self.ended():
            end = _end(standing)
            yield {
                **_milestone_row(standing),
                "change": standing.kind,
                "date": end.date and end.date.text,
                "by": end.by,
                "reason": end.reason,
                "agreed": end.agreed,
                "in_log": "yes" if end.in_log else "no",
            }

    def data(self) -> dict[str, object]:
        """The milestones that moved with their moves, those that ended, and the totals."""
        moved, ended = self.moved(), self.ended()
        return {
            **records.envelope(self.plan, self.day, self.only),
            "totals": _totals(moved, ended),
            "milestones": [_moved_data(m) for m in moved],
            "ended": [_ended_data(standing) for standing in ended],
            "untold": self.untold or None,
        }


def _all_moves(standing: Standing, by_hand: Sequence[Move]) -> tuple[Move, ...]:
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


def _moved_item(moved: MovedMilestone, plan: Plan) -> Item:
    standing, milestone, head = moved.standing, moved.standing.milestone, plan.head
    how = phrases.times_moved(moved.times)
    far = phrases.later(moved.first, milestone.due)
    span: Line = (moved.first, " to ", milestone.due, f", {far}" if far else "")
    notes = [sentence_of([span, (how,) if how else (), (phrases.lead(standing, head),)])]
    if moved.carried:
        notes.append((moved.carried,))
    for move in moved.moves:
        steps: Line = (": ", move.was, " to ", move.now) if len(moved.moves) > 1 else ()
        agreed = phrases.agreement(move.agreed) if move.logged else "by hand, not in the log"
        notes.append((move.day, *steps, "; ", agreed))
        who = f"{head.short(move.by)}: " if move.by and move.logged else move.by or ""
        notes.append((f'{who}"{move.reason}"' if move.reason else who,))
    return Item(milestone.id, milestone.action, tuple(notes))


_ENDED: dict[Kind, str] = {
    "closed": "Closed",
    UNAGREED: "Complete, not yet agreed",
    "complete": "Completed, where a Board decides",
}


def _ended_item(standing: Standing) -> Item:
    """What was closed or completed: when, who agreed it, who says so and why."""
    milestone, head, end = standing.milestone, standing.plan.head, _end(standing)
    when: Line = (f"{head.word_for(standing.kind)}; {phrases.NOT_LOGGED}",)
    if end.date:
        when = (f"{head.word_for(standing.kind)} ", end.date)
    first = sentence_of([when, phrases.due(standing), (phrases.lead(standing, head),)])
    notes: list[Line] = [first, (phrases.agreement(end.agreed),)]
    if end.reason:
        who = f"{head.short(end.by)}: " if end.by else ""
        notes.append((f'{who}"{end.reason}"',))
    return Item(milestone.id, milestone.action, tuple(notes))


class _End(NamedTuple):
    """What is known of how a milestone ended."""

    date: PlanDate | None
    by: str | None
    reason: str | None
    agreed: str | None
    in_log: bool
    """Whether its log says so; else its status alone does."""


def _end(standing: Standing) -> _End:
    """How a milestone ended."""
    ending = standing.ending
    agreed = ending.agreed if ending else None
    if ending is None or ending.entry is None:
        return _End(None, None, None, agreed, in_log=False)
    entry = ending.entry
    return _End(entry.date, entry.by, entry.note, agreed, in_log=True)


def _totals(moved: list[MovedMilestone], ended: list[Standing]) -> dict[str, int]:
    moves = [move for m in moved for move in m.moves]
    ends = [_end(standing) for standing in ended]
    closed, unagreed = (sum(s.kind == kind for s in ended) for kind in ("closed", UNAGREED))
    return {
        "milestones": len(moved),
        "moves": len(moves),
        "moves_before": sum(m.before for m in moved),
        "months_later": sum(max(m.months or 0, 0) for m in moved),
        "months_earlier": sum(max(-(m.months or 0), 0) for m in moved),
        "closed": closed,
        **({UNAGREED: unagreed} if unagreed else {}),
        "completed": len(ended) - closed - unagreed,
        "not_agreed": sum(not move.agreed for move in moves) + sum(not end.agreed for end in ends),
        "not_in_log": sum(not move.logged for move in moves) + sum(not end.in_log for end in ends),
    }


def _total(moved: list[MovedMilestone], ended: list[Standing]) -> str:
    number, parts = _totals(moved, ended), []
    if moved:
        far = [
            f"{count(number[key], 'month')} {key.removeprefix('months_')}"
            for key in ("months_later", "months_earlier")
            if number[key]
        ]
        parts = [count(number["moves"], "move")]
        if number["moves_before"]:
            parts[0] += f" here and {number['moves_before']} in earlier plans"
        parts += [f"{listed(far)} in all"] if far else []
    if number["closed"]:
        parts.append(f"{number['closed']} closed")
    if UNAGREED in number:
        parts.append(f"{number[UNAGREED]} {UNAGREED}")
    if number["completed"]:
        parts.append(f"{number['completed']} completed")
    if number["not_agreed"]:
        parts.append(f"{number['not_agreed']} with {phrases.NOT_AGREED}")
    if number["not_in_log"]:
        parts.append(f"{number['not_in_log']} with nothing in the log")
    return f"{'; '.join(parts)}."


def _milestone_row(standing: Standing) -> dict[str, object]:
    """A milestone as every row has it."""
    return {
        "id": standing.milestone.id,
        "priority": standing.priority.id,
        "action": standing.milestone.action,
        "lead": "; ".join(standing.lead),
        "standing": standing.kind,
        "first_due": standing.milestone.first_due.text,
        "due": standing.milestone.due.text,
        "moves": standing.milestone.times_moved,
    }


def _ended_data(standing: Standing) -> dict[str, object]:
    end = _end(standing)
    return {**records.record(standing), "ending": {**end._asdict(), "date": records.when(end.date)}}


def _moved_data(moved: MovedMilestone) -> dict[str, object]:
    return {
        **records.record(moved.standing),
        "first_due": records.when(moved.first),
        "times_moved": moved.times,
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
