"""What a due date's move would touch: what waits for it, which ends no longer hold, which meeting
it misses, and who must agree. Nothing is written: `hscp reschedule` says the same before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..agreement import for_board, needs_agreement
from ..dates import of_day
from ..document import Column, Facts, Heading, Mark, Paragraph, Stack, Table, sentence_of
from ..model import Entry, Moved
from ..naming.meetings import boards_to_come, on_day
from ..occurrences import occurrences
from ..order import Order, too_early
from ..standing import kind, ruling
from ..words import count, listed, plural, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Cell, Document, Line
    from ..model import Decision, Meeting, Milestone, Plan
    from ..occurrences import Occurrence
    from ..standing import Standing

COLUMNS = ("id", "action", "standing", "due", "through", "too_early")


class End(NamedTuple):
    """An end that a milestone should be done by: its objective's, its priority's, the plan's."""

    label: str
    id: str
    """Of what it is; empty for the plan."""
    words: str
    """What ends then: P1-A is to be complete by."""
    date: PlanDate
    continued: Decision | None = None
    """The decision that it goes on all the same."""


class Waiting(NamedTuple):
    """What waits for the milestone that would move."""

    milestone: Milestone
    through: str
    """The id through which it waits: that of the milestone itself, or of another that waits."""
    early: str
    """What of it would come too early: "due" or "start"; empty where nothing would."""
    was_early: str
    """What of it comes too early already."""


class WhatIf(NamedTuple):
    """`hscp what-if P2.2 2022-03`."""

    plan: Plan
    day: date
    standing: Standing
    to: PlanDate
    """The due date that it would have."""

    # --- what is touched

    def waiting(self) -> list[Waiting]:
        """What waits for it, directly and through others, the nearest first."""
        milestone, order = self.standing.milestone, Order(self.plan)
        return [
            Waiting(
                other := order.milestones[id],
                through,
                too_early(other, milestone, self.to) or "",
                too_early(other, milestone) or "",
            )
            for id, through in order.chain(milestone.id).items()
        ]

    def awaited_later(self) -> list[Milestone]:
        """What it waits for itself that is due only after the new date."""
        order = Order(self.plan)
        moved = self.standing.milestone.replace(due=self.to, review=None)
        others = [order.milestones[id] for id in order.awaited(moved)]
        return [other for other in others if too_early(moved, other) == "due"]

    def ends(self) -> list[End]:
        """The ends that it should be done by: of its objective, its priority and the plan."""
        objective, priority = self.standing.objective, self.standing.priority
        decision = ruling(priority, {objective.id})
        continued = decision if decision and decision.outcome == "continue" else None
        ends = [
            (
                *("Timescale", objective.id, f"{objective.id} is to be complete by"),
                objective.complete_by,
            ),
            ("Priority", priority.id, f"{priority.id} runs until", priority.until),
            ("Plan", "", "the plan runs until", self.standing.head.period.end),
        ]
        return [
            End(label, id, words, date, continued if id else None)
            for label, id, words, date in ends
            if date
        ]

    def broken(self) -> list[End]:
        """Those ends that come before the new date, and after which no Board lets it go on."""
        return [end for end in self.ends() if self._breaks(end)]

    def _breaks(self, end: End) -> bool:
        return self._is_past(end) and not end.continued

    def _is_past(self, end: End) -> bool:
        return self.to.last > end.date.last

    def _was_past(self, end: End) -> bool:
        due = self.standing.milestone.due
        return due.dated and due.last > end.date.last

    def missed(self) -> Meeting | None:
        """The board's meeting still to come that would have heard that it is done, and now does
        not: the last within the time that it was due in, else the first after it. That first one
        was sure to hear it, and is no longer where it meets before the new time is over."""
        due = self.standing.milestone.due
        boards = boards_to_come(self.standing.head, self.day) if due.dated else []
        within = [m for m in boards if due.first <= m.date.first and m.date.last <= due.last]
        after = [m for m in boards if m.date.first > due.last]
        heard = next(iter((*within[-1:], *after)), None)
        by = self.to.first if within else self.to.last
        return heard if heard and heard.date.last < by else None

    def heard_now(self) -> Meeting | None:
        """The first meeting on the last day that it would be due, or after it: of the board that it
        misses, where that meets again."""
        boards = boards_to_come(self.standing.head, self.day)
        after = [m for m in boards if m.date.first >= self.to.last]
        missed = self.missed()
        same = [m for m in after if missed and m.group == missed.group]
        return next(iter(same or after), None)

    def recurs_otherwise(self) -> bool:
        """Whether recurring work would be to report more or fewer times."""
        now, then = self._occurrences()
        return len(now) != len(then)

    def needs_agreement(self) -> bool:
        """Whether somebody with authority must agree it."""
        milestone, now = self.standing.milestone, of_day(self.day)
        move = Entry(date=now, note="-", moved=Moved(from_=milestone.due, to=self.to))
        return needs_agreement(milestone, move, self.standing.head)

    # --- how it is said

    def document(self) -> Document:
        """What it would touch, then each milestone that waits for it."""
        milestone = self.standing.milestone
        blocks: list[Block] = [
            phrases.title_on(f"{milestone.id}  {self.standing.priority.title}", self.day),
            Paragraph((milestone.action,)),
            Facts(tuple(self._facts())),
        ]
        if waiting := self.waiting():
            blocks += [Heading(sentence(self._waiting_words(waiting))), self._table(waiting)]
        line = f'To record it:  hscp reschedule {milestone.id} {self._typed()} --reason "…"'
        return (*blocks, Paragraph((line,), hint=True))

    def rows(self) -> Iterator[dict[str, object]]:
        """What waits for it."""
        for one in self.waiting():
            milestone = one.milestone
            yield {
                "id": milestone.id,
                "action": milestone.action,
                "standing": kind(milestone, self.day, self.plan),
                "due": milestone.due.text,
                "through": one.through,
                "too_early": one.early or None,
            }

    def data(self) -> dict[str, object]:
        """All of it."""
        return {
            **records.envelope(self.plan, self.day),
            "milestone": records.record(self.standing),
            "to": records.when(self.to),
            "waiting": list(self.rows()),
            "waits_for_later": [other.id for other in self.awaited_later()],
            "ends": [
                {"id": e.id or None, "date": records.when(e.date), "holds": not self._breaks(e)}
                for e in self.ends()
            ],
            "misses": _meeting_data(self.missed()),
            "heard_at": _meeting_data(self.heard_now()),
            "needs_agreement": self.needs_agreement(),
            "needs_decision": bool(self._undecided()),
        }

    def touched(self) -> Document:
        """The same in a few lines, of what is touched alone; nothing where nothing is."""
        lines: list[Line] = []
        if waiting := self.waiting():
            early = [one.milestone.id for one in waiting if one.early]
            text = f"{self._waiting_words(waiting)}: "
            text += phrases.some([one.milestone.id for one in waiting])
            lines.append((f"{text}; too early then: {phrases.some(early)}" if early else text,))
        lines += [self._later_line(other) for other in self.awaited_later()]
        if self.recurs_otherwise():
            lines.append((f"recurs {self._recurs()}",))
        lines += [(f"{end.words} ", end.date, ", before the new date") for end in self.broken()]
        if self.missed():
            lines.append(self._meeting())
        if not lines:
            return ()
        if waiting:
            id = self.standing.milestone.id
            lines.append((f"For all of it:  hscp what-if {id} {self._typed()}",))
        # A line to type is one text, so that the plan's folder can be put to it.
        said = (Paragraph((f"  {line[0]}", *line[1:])) for line in lines)
        return (Paragraph(("This move touches:",)), *said)

    def _typed(self) -> str:
        return self.to.text if " " not in self.to.text else f'"{self.to.text}"'

    def _facts(self) -> Iterator[tuple[str, Line]]:
        milestone = self.standing.milestone
        far = phrases.later(milestone.due, self.to)
        was: Line = ("now due ", milestone.due) if milestone.due.dated else (_now(milestone),)
        yield "Would be due", sentence_of([(self.to,), was, (far,) if far else ()])
        yield "Moved so far", phrases.move_count(self.standing) or ("never",)
        if milestone.every:
            yield "Recurs", (self._recurs(),)
        if milestone.start and milestone.start.first > self.to.last:
            yield "Starts", (milestone.start, ", which is later")
        if later := self.awaited_later():
            lines = [phrases.named(other, self.plan, self.day) for other in later]
            yield "Waits for", (*sentence_of(lines), ", later than this")
        for end in self.ends():
            held = "holds"
            if self._is_past(end) and (decision := end.continued):
                held = f"continued by {decision.by}, {decision.date.shown}"
            elif self._is_past(end):
                held = "does not hold already" if self._was_past(end) else "no longer holds"
            yield end.label, (f"{sentence(end.words)} ", end.date, f": {held}")
        yield "Meeting", phrases.capital(self._meeting())
        yield "Agreement", (self._agreement(),)
        if undecided := self._undecided():
            line = f'hscp decide {self.standing.priority.id} "…" --by "…"'
            ids = listed(end.id for end in undecided)
            verb = "runs" if len(undecided) == 1 else "run"
            yield "Decision", (f"A Board decides whether {ids} {verb} on:  {line}",)

    def _recurs(self) -> str:
        """How often recurring work would be to report then, and how often it is now."""
        milestone = self.standing.milestone
        now, then = self._occurrences()
        times = count(len(then), "time")
        return f"every {milestone.every}, {times} to {then[-1].name}; now {len(now)}"

    def _occurrences(self) -> tuple[tuple[Occurrence, ...], tuple[Occurrence, ...]]:
        """Those that it has now, and those that it would have."""
        milestone = self.standing.milestone
        return occurrences(milestone), occurrences(milestone.replace(due=self.to))

    def _undecided(self) -> list[End]:
        """The ends of which a Board has to decide, if this is to be."""
        return [end for end in self.broken() if end.id]

    def _later_line(self, awaited: Milestone) -> Line:
        return ("waits for ", *phrases.named(awaited, self.plan, self.day), ", which is later")

    def _meeting(self) -> Line:
        missed, now = self.missed(), self.heard_now()
        if missed is None:
            return ("no board's meeting would miss it",)
        whole = self.standing.head.whole
        line = f"{whole(missed.group)} would have heard {on_day(missed.date)} that it is done"
        if now is None:
            return (f"{line}; none is set after the new date",)
        same = whole(now.group) == whole(missed.group)
        who = "" if same else f"{whole(now.group)}, "
        return (f"{line}; the first to hear it now: {who}{now.date.shown}",)

    def _agreement(self) -> str:
        if not self.needs_agreement():
            return "None is needed: this is its first date"
        text = "Needed, since a promised date moves"
        if for_board(self.standing.milestone, self.standing.head):
            text = "Needed of a Board, as its own words say"
        coming = boards_to_come(self.standing.head, self.day)
        if not coming:
            return text
        named = [f"{self.standing.head.whole(m.group)}, {m.date.shown}" for m in coming]
        if coming[0].date.first > self.day:
            return f"{text}. Next to meet: {named[0]}"
        after = f"; after that: {named[1]}" if len(named) > 1 else ""
        return f"{text}. Meets today: {self.standing.head.whole(coming[0].group)}{after}"

    def _waiting_words(self, waiting: list[Waiting]) -> str:
        noun = self.plan.head.word_for("milestone")
        verb = "waits" if len(waiting) == 1 else "wait"
        return f"{count(len(waiting), noun, plural(noun))} {verb} for it"

    def _table(self, waiting: list[Waiting]) -> Table:
        noun = sentence(self.plan.head.word_for("milestone"))
        columns = tuple(map(Column, ("", "Standing", noun, "Due")))
        return Table(columns, tuple(map(self._row, waiting)))

    def _row(self, one: Waiting) -> tuple[Cell, ...]:
        milestone = one.milestone
        notes: list[Line] = []
        stands = kind(milestone, self.day, self.plan)
        if one.through != self.standing.milestone.id:
            notes.append((f"through {one.through}",))
        if one.early:
            verb = "is due" if one.early == "due" else "starts"
            already = ", as it is already" if one.was_early == one.early else ""
            notes.append((f"{verb} before {self.standing.milestone.id} would be due{already}",))
        mark = Mark(stands, sentence(self.plan.head.word_for(stands)))
        return milestone.id, mark, Stack((milestone.action,), tuple(notes)), milestone.due


def _now(milestone: Milestone) -> str:
    return f"now {milestone.due.text or 'without a date'}"


def _meeting_data(meeting: Meeting | None) -> dict[str, object] | None:
    if meeting is None:
        return None
    return {"date": records.when(meeting.date), "group": meeting.group}
