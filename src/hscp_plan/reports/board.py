"""The Board's page: what it is asked to do, where the plan stands, what moved since it met.

Only what the plan itself says: each request names the milestones and priorities that it comes from.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..changes import Added, Edited, Listed, Logged, Redated, Removed, Restated, changes
from ..dates import day_shown
from ..document import (
    Column,
    Facts,
    Heading,
    Mark,
    Numbered,
    Paper,
    Paragraph,
    Stack,
    Table,
    Tally,
    Title,
    sentence_of,
)
from ..model import Milestone, Objective, Priority
from ..standing import counts, end, nothing_ever_said, standing_of, standings, state, worst
from ..words import count, cut, listed, sentence
from . import phrases
from .questions import questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ..changes import Change, Changes
    from ..document import Block, Cell, Line
    from ..model import Decision, Head, Meeting, Plan
    from ..standing import Standing
    from ..words import Kind

ROOM = 18
"""How many rows there are room for on one side of A4, with what the Board is asked, each priority
and the sender counted as one."""
LEAST = 2
"""How many rows each part has at least."""
MOST_WORDS = 64
"""How many characters of a text it shows; the whole of it stands in the plan."""
MOST_SAID = 50
"""The same of what was last said, which stands in a narrow column."""
MOST_ASKED = 2
LAPSED = "lapsed, no decision recorded"
ASKED_ABOVE = ("closed-not-agreed", "moved-not-agreed", "no-lead", "lapsed")
"""The kinds of question that the first part asks in its own words."""
KEY: tuple[Kind, ...] = (
    *("complete", "on track", "at risk", "late to start", "off track", "overdue"),
    *("in progress", "not started", "no date", "closed"),
)


class Since(NamedTuple):
    """What the plan is compared with: itself, as it stood on an earlier day."""

    plan: Plan
    day: date
    said: str
    """20 October 2021; or a revision."""
    held: str = ""
    """Of a meeting, that it was: the HSCP Executive Board met on 20 October 2021."""
    by_log: bool = False
    """Whether git cannot tell, so that it is the log's account of today."""


class _Part(NamedTuple):
    """A part of the page that is a table, or a sentence where there is nothing to show."""

    heading: str
    names: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str
    none: str

    def drawn(self, number: int, most: int) -> tuple[Block, Block]:
        """Its heading, which says how many rows are shown where not all are; and its rows."""
        cut_short = f" ({most} of {len(self.rows)})" if most < len(self.rows) else ""
        heading = Heading(f"{number}. {self.heading}{cut_short}")
        if not self.rows:
            return heading, Paragraph((self.none,))
        columns = tuple(map(Column, self.names))
        return heading, Table(columns, self.rows[:most], caption=self.caption)


class Board(NamedTuple):
    """`hscp report board`: one side of A4 for the Board's agenda pack."""

    plan: Plan
    day: date
    group: str
    """The Board that it is for."""
    since: Since | None
    """Since its last meeting; None where nothing tells of one."""
    following: Meeting | None
    """Its next meeting, where plan.yaml has one."""
    sender: str | None
    foot: str

    def paper(self) -> Paper:
        """The page."""
        found = standings(self.plan, self.day)
        every = [c for group in self._changes() for c in group.changes]
        asked = tuple(self._asked(found, every))
        head = self.plan.head
        made: list[Block] = [
            Title(f"{head.title}: progress report"),
            Facts(tuple(self._facts(bool(asked)))),
        ]
        told_first = nothing_ever_said(self.plan, self.day)
        if told_first:
            made.append(Paragraph((told_first,)))
        made.append(Heading("1. What the Board is asked to do"))
        made.append(Numbered(asked) if asked else Paragraph(("Nothing needs a decision.",)))
        made += [Heading("2. Where the plan stands"), *self._stands(found)]
        parts = [
            part for part in (self._late(found), self._moved(every), self._next(found)) if part
        ]
        for number, (part, most) in enumerate(
            zip(parts, self._shares(parts, len(asked)), strict=True), 3
        ):
            made += part.drawn(number, most)
        if remain := self._questions():
            made += [Heading(f"{len(parts) + 3}. What the plan leaves open"), Numbered(remain)]
        made.append(Tally(tuple(Mark(kind, sentence(head.called(kind))) for kind in KEY)))
        return Paper("board", tuple(made), head.partnership, self.foot, one_side=True, day=self.day)

    def _shares(self, parts: list[_Part], asked: int) -> list[int]:
        """How many rows each part may have, so that the page is full and no fuller: at least two,
        and what one leaves over is the next one's."""
        left = ROOM - len(self.plan.priorities) - asked - bool(self.sender)
        made = []
        for number, part in enumerate(parts):
            share = max(LEAST, -(-left // (len(parts) - number)))
            # The first is what a Board reads first: it may have half of all.
            share = max(share, -(-left // 2)) if not number else share
            made.append(min(len(part.rows), share))
            left -= made[-1]
        return made

    # --- its head -------------------------------------------------------------------------------

    def _facts(self, asked: bool) -> Iterator[tuple[str, Line]]:
        yield "For", (self.group,)
        yield "Date", (f"{day_shown(self.day)}{self._compared()}",)
        if self.sender:
            yield "From", (self.sender,)
        yield "Purpose", ("For decision and assurance" if asked else "For assurance",)

    def _compared(self) -> str:
        """Since when changes are told, and of which board's meeting that is."""
        if self.since is None:
            return ""
        now = ", as the log tells it now" if self.since.by_log else ""
        return f"; changes since {self.since.held or self.since.said}{now}"

    # --- 1 --------------------------------------------------------------------------------------

    def _changes(self) -> list[Changes]:
        return changes(self.since.plan, self.plan) if self.since else []

    def _asked(self, found: list[Standing], every: list[Change]) -> Iterator[Line]:
        """What the plan itself leaves open for the Board."""
        late = _late(found)
        if late:
            number = f"{len(late)} overdue {self._called(len(late))}"
            yield (f"Agree a new date, or action, for {number} ({phrases.ids(late)}).",)
        if moved := _unagreed(every):
            dates = "new date" if len(moved) == 1 else "new dates"
            ids = phrases.some(moved)
            yield (f"Agree, or not, the {dates} of {ids}: no agreement is recorded.",)
        for kind, of in (("closed", "the closing of"), ("complete", "the completion of")):
            if own := [s for s in found if s.kind == kind and s.ended_unagreed]:
                yield (f"Agree, or not, {of} {_cited(own)}: no agreement is recorded.",)
        if left := [s for s in found if s.left_open == "unsaid"]:
            becomes = "what becomes of" if len(left) == 1 else "what is to become of"
            yield (f"Decide {becomes} {_cited(left)}: closed, carried forward or kept open.",)
        unled = self._unled(found)
        if unled:
            yield (f"Name a lead for {listed(unled)}.",)
        # What falls due before the Board meets again is its to decide now.
        soon = self.following.date.last if self.following else self.day
        waiting = [p for p in self.plan.priorities if state(p, soon) in (LAPSED, "decision due")]
        # What ends before it meets again has not ended yet.
        for lapsed in (True, False):
            ended = [p for p in waiting if (state(p, self.day) == LAPSED) is lapsed]
            if ended:
                yield _decide(ended, lapsed)

    @staticmethod
    def _unled(found: list[Standing]) -> list[str]:
        """The priorities in which nobody leads anything; else the single milestones."""
        made: list[str] = []
        for priority in dict.fromkeys(s.priority.id for s in found):
            own = [s for s in found if s.priority.id == priority and s.open]
            unled = [s.milestone.id for s in own if not s.lead]
            made += [priority] if own and len(unled) == len(own) else unled
        return made

    # --- 2 --------------------------------------------------------------------------------------

    def _stands(self, found: list[Standing]) -> Iterator[Block]:
        number = counts(found)
        yield Paragraph(
            (
                f"Of {len(found)} {self._called(len(found))}: {number['complete']} complete, "
                f"{number['overdue']} overdue, {number['at risk']} at risk.",
            )
        )
        rows = [
            self._row(phrases.priority(p), own, standing_of(p, own))
            for p in self.plan.priorities
            if (own := [s for s in found if s.priority is p]) is not None
        ]
        if len(rows) > 1:
            rows.append(self._row("All", found, worst(found)))
        names = ("Priority", "Standing", "Complete", "Overdue", "At risk", "Next due")
        columns = tuple(Column(name, right=n in (2, 3, 4)) for n, name in enumerate(names))
        yield Table(columns, tuple(rows), caption="How each priority stands")

    def _row(self, name: str, found: list[Standing], stands: tuple[Kind, str]) -> tuple[Cell, ...]:
        number, (kind, words) = counts(found), stands
        coming = [s.milestone.due for s in found if s.open and s.kind != "overdue"]
        dues = sorted((d for d in coming if d.dated), key=lambda d: d.last)
        return (
            name,
            Mark(kind, sentence(words)),
            f"{number['complete']} of {len(found)}",
            str(number["overdue"]),
            str(number["at risk"]),
            dues[0] if dues else "none",
        )

    # --- 3 --------------------------------------------------------------------------------------

    def _late(self, found: list[Standing]) -> _Part:
        milestone = sentence(self.plan.head.called("milestone"))
        return _Part(
            "Overdue and at risk",
            (f"{milestone}, and who leads it", "Standing", "What was last said"),
            tuple(map(self._attended, phrases.attended(found))),
            "What is overdue or at risk",
            "Nothing is overdue or at risk.",
        )

    def _attended(self, found: Standing) -> tuple[Cell, ...]:
        milestone, head = found.milestone, self.plan.head
        moved: Line = ("first due ", milestone.first_due) if milestone.moves else ()
        return (
            self._named(found),
            Stack((phrases.mark(found, head),), (sentence_of([phrases.due(found), moved]),)),
            _said(found),
        )

    def _named(self, found: Standing) -> str:
        """A milestone with who leads it, in a line or two."""
        lead = listed(map(self.plan.head.short, found.lead)) or "no lead named"
        return f"{found.milestone.id} {cut(found.milestone.action, MOST_WORDS)} ({lead})"

    # --- 4 --------------------------------------------------------------------------------------

    def _moved(self, every: list[Change]) -> _Part | None:
        if self.since is None:
            return None
        return _Part(
            f"What moved since {self.since.said}",
            (sentence(self.plan.head.called("milestone")), "What happened"),
            tuple(self._moves(every)),
            "What moved, and who agreed it",
            "Nothing moved.",
        )

    def _moves(self, every: list[Change]) -> Iterator[tuple[Cell, ...]]:
        """What was decided, closed or agreed by nobody that is recorded, what is new or gone and
        what nothing explains before the rest: where there is no room, that is never cut."""
        head, closed = self.plan.head, _closed_with(every)

        def rest(change: Change) -> bool:
            match change:
                case Logged():
                    return change.status != "closed" and not change.unagreed(head)
                case Listed(_, "decision", None, decided):
                    return str(decided.outcome) == "change"
                case Added() | Removed() | Redated() | Restated() | Edited():
                    return False
            return True

        for change in sorted(every, key=rest):
            yield from _happened(change, head, closed)

    # --- 5 --------------------------------------------------------------------------------------

    def _next(self, every: list[Standing]) -> _Part:
        until = "in the next three months"
        last = self.day + timedelta(days=92)
        if self.following:
            last = self.following.date.last
            until = f"by the next meeting, {self.following.date.shown}"
        # What is overdue or at risk stands above.
        above = {s.milestone.id for s in phrases.attended(every)}
        coming = [s for s in every if s.open and s.milestone.id not in above]
        dated = [s for s in coming if s.milestone.review or s.milestone.due.dated]
        found = [s for s in dated if (s.milestone.review or s.milestone.due).first <= last]
        found.sort(key=lambda s: s.over)
        milestone = sentence(self.plan.head.called("milestone"))
        return _Part(
            f"Also due {until}",
            ("Due", f"{milestone}, and who leads it"),
            tuple((s.milestone.review or s.milestone.due, self._named(s)) for s in found),
            "What is due next",
            "Nothing else.",
        )

    # --- 6 --------------------------------------------------------------------------------------

    def _questions(self) -> tuple[Line, ...]:
        """What a scrutineer would ask, but for what the Board is asked above."""
        found = questions(self.plan, self.day)
        return tuple([(q.asks,) for q in found if q.key not in ASKED_ABOVE][:MOST_ASKED])

    def _called(self, number: int) -> str:
        return count(number, self.plan.head.called("milestone")).partition(" ")[2]


def _unagreed(every: Iterable[Change]) -> list[str]:
    """What moved, and nobody is recorded as agreeing."""
    ids = [
        c.milestone.id
        for c in every
        if (isinstance(c, Logged) and c.entry.move and not c.agreed)
        or (isinstance(c, Redated) and not c.was.undated)
    ]
    return list(dict.fromkeys(ids))


def _late(found: Iterable[Standing]) -> list[Standing]:
    return sorted((s for s in found if s.kind == "overdue"), key=lambda s: s.over)


def _decide(ended: list[Priority], lapsed: bool) -> Line:
    verb, its = "continue or close", "their"
    if len(ended) == 1:
        verb, its = "continues or closes", "its"
    until: dict[str, list[str]] = {}
    for priority in ended:
        if last := end(priority):
            until.setdefault(last.shown, []).append(priority.id)
    which = listed(f"{listed(ids)} (until {shown})" for shown, ids in until.items())
    why = f": {its} end is past, and no decision is recorded" if lapsed else ""
    return (f"Decide whether {which} {verb}{why}.",)


def _closed_with(every: list[Change]) -> dict[str, Decision]:
    """The milestones that were closed with a decision that closes, each with that decision."""
    made: dict[str, Decision] = {}
    for change in every:
        match change:
            case Listed(Priority() as own, "decision", None, decided) if decided.outcome == "close":
                own_ids, who = {m.id for m in own.milestones}, f"{decided.by}, {decided.date.shown}"
                logged = [c for c in every if isinstance(c, Logged) and c.status == "closed"]
                ids = [c.milestone.id for c in logged if c.agreed == who]
                made |= {id: decided for id in ids if id in own_ids}
    return made


def _cited(found: Iterable[Standing]) -> str:
    return phrases.cited([(s.milestone.id, s.milestone.action) for s in found])


def _happened(
    change: Change, head: Head, closed: dict[str, Decision]
) -> Iterator[tuple[Cell, ...]]:
    """What a Board is told of: decisions, dates, completions, closures, what is new, reworded or
    gone. What a decision `closed` is told with it."""
    match change:
        case Logged(milestone, entry):
            cited = f"evidence: {listed(entry.evidence)}" if entry.evidence else _UNCITED
            agreed = phrases.agreement(change.agreed)
            if entry.moved and not entry.move:
                yield milestone.id, f"Due date set, {entry.moved.to.shown}: {_ended(entry.note)}"
            if moved := entry.move:
                span = f"Due {moved.from_.shown} to {moved.to.shown}"
                yield milestone.id, f"{span}: {_ended(entry.note)}; {agreed}"
            if change.status == "complete":
                unagreed = f"; {agreed}" if change.unagreed(head) else ""
                yield milestone.id, f"Complete, {entry.date.shown}; {cited}{unagreed}"
            if change.status == "closed" and milestone.id not in closed:
                yield milestone.id, f"Closed, {entry.date.shown}: {_ended(entry.note)}; {agreed}"
        case Listed(Priority() as own, "decision", None, decided) if decided.outcome:
            said = f"{decided.by}, {decided.date.shown}: {_ended(decided.decision)}"
            ends = [(m.id, m.action) for m in own.milestones if closed.get(m.id) is decided]
            too = f"; closed with it: {phrases.cited(ends)}" if ends else ""
            yield listed(decided.about or (own.id,)), f"{said}; outcome: {decided.outcome}{too}"
        case Edited(Milestone() as own, "action", _, now, lacks):
            why = ", with nothing in the log" if lacks else ""
            yield own.id, f"Reworded{why}: {_ended(now)}"
        case Edited(Milestone() as own, "review", was, now, "entry"):
            yield own.id, f"Review {was.shown} to {now.shown}, with nothing in the log"
        case Edited(Priority() | Objective() as own, _, was, now, "decision"):
            yield own.id, f"End put off, {was.shown} to {now.shown}, with no decision recorded"
        case Redated(milestone, was):
            span = sentence(phrases.by_hand(was, milestone.due))
            yield milestone.id, f"{span}, with nothing in the log"
        case Restated(milestone) if milestone.status in ("complete", "closed"):
            agreed = phrases.agreement(change.agreed)
            yield milestone.id, f"{sentence(milestone.status)}, with nothing in the log; {agreed}"
        case Added(Milestone() as new):
            yield new.id, f"New: {_ended(new.action)}, {phrases.promised(new.due)}"
        case Removed(Milestone() as gone):
            yield gone.id, f"Taken out: {_ended(gone.action)}"


_UNCITED = "no evidence recorded"


def _said(found: Standing) -> Cell:
    last = found.last_said
    if last is None:
        return "Nothing has been logged"
    return Stack(phrases.quote(last.date, cut(last.note, MOST_SAID) if last.note else None))


def _ended(text: str | None) -> str:
    return cut(text or "", MOST_WORDS).rstrip(".")
