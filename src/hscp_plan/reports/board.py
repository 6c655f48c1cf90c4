"""The Board's page: what it is asked to do, where the plan stands, what moved since it met.

Only what the plan itself says: each request names the milestones and priorities that it comes from.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from operator import ge
from typing import TYPE_CHECKING, NamedTuple

from ..changes import Logged, Redated, changes
from ..dates import day_shown, of_month
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
    Title,
    sentence_of,
)
from ..layout import HIGH, height
from ..meetings import on, the
from ..standing import counts, end, nothing_ever_said, standings, state
from ..words import KINDS, count, cut, listed, sentence
from . import phrases
from ._board_moved import MOST_WORDS, moved
from ._side import Part, Row, shares
from .questions import in_words, questions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ..changes import Change
    from ..dates import PlanDate
    from ..document import Block, Cell, Line
    from ..model import Assurance, Meeting, Milestone, Plan, Priority
    from ..standing import Standing
    from ..words import Kind

FIRST = 2
"""How many of what is overdue or at risk stand there before all else."""
MOST_SAID = 50
"""How many characters it shows of what was last said, which stands in a narrow column."""
MOST_HEAD = 110
"""The same of each line of its head."""
MOST_TITLE = 44
"""The same of a priority's title."""
MOST_NAME = 50
"""The same of who leads or says."""
LAPSED = "lapsed, no decision recorded"
ASKED_ABOVE = (
    *("closed-not-agreed", "moved-not-agreed", "no-lead", "lapsed", "assurance-never-stated"),
)
"""The kinds of question that the parts above say in their own words."""
COLUMNS: tuple[Kind, ...] = (
    *("overdue", "off track", "late to start", "at risk", "on track", "complete"),
)
"""The standings that have a column of their own; all others are counted as one."""


class Since(NamedTuple):
    """What the plan is compared with: itself, as it stood on an earlier day."""

    plan: Plan
    day: date
    said: str
    """20 October 2021; or a revision."""
    met: str = ""
    """Of a meeting, which group met."""
    by_log: bool = False
    """Whether git cannot tell, so that it is the log's account of today."""


class Room(NamedTuple):
    """How much of what can be said shorter the page says, before rows are left out."""

    named: int
    """How many milestones or priorities a sentence names with their words."""
    priorities: int
    """How many priorities have a row."""
    questions: int
    """How many questions it leaves open."""
    rows: tuple[int, int, int]
    """With how many rows of each part that shares the rest it is good enough: what is overdue and
    at risk, what moved, what is due."""


ROOMS = (
    *(Room(4, 12, 2, (6, 2, 2)), Room(4, 12, 1, (5, 2, 2)), Room(4, 12, 0, (3, 1, 1))),
    *(Room(3, 12, 0, (2, 0, 0)), Room(3, 8, 0, (0, 0, 0)), Room(3, 6, 0, (0, 0, 0))),
    Room(2, 3, 0, (0, 0, 0)),
)


class Board:
    """`hscp report board`: one side of A4 for the Board's agenda pack."""

    def __init__(
        self,
        plan: Plan,
        day: date,
        group: str,
        since: Since | None,
        coming: tuple[Meeting, ...] = (),
        sender: str | None = None,
        foot: str = "",
    ) -> None:
        """`group` is the Board that it is for; `since` is None where nothing tells of a meeting;
        `coming` are its meetings from this day on: the one that the page is for, and the next."""
        self.plan, self.day, self.group, self.since = plan, day, group, since
        self.coming, self.sender, self.foot = coming, sender, foot

    @cached_property
    def found(self) -> list[Standing]:
        """Every milestone as it stands."""
        return standings(self.plan, self.day)

    @cached_property
    def every(self) -> list[Change]:
        """Every change since the Board met."""
        groups = changes(self.since.plan, self.plan) if self.since else []
        return [change for group in groups for change in group.changes]

    def paper(self) -> Paper:
        """The page: with as much said as one side holds."""
        for room in ROOMS:
            document, enough = self._drawn(room)
            if enough:
                break
        head = self.plan.head
        subtitle = cut(head.partnership, MOST_HEAD)
        return Paper("board", document, subtitle, self.foot, one_side=True, day=self.day)

    def _drawn(self, room: Room) -> tuple[tuple[Block, ...], bool]:
        """The page with so much said, and whether every part shows what it has to."""
        above = [*self._above(room)]
        every = zip((self._late(), self._moved(), self._next()), room.rows, strict=True)
        parts, least = zip(*((part, rows) for part, rows in every if part), strict=True)
        below = [*self._below(room, len(parts) + 3)]
        shown = shares(parts, HIGH - height(above) - height(below), 3)
        drawn = [
            block
            for number, (part, most) in enumerate(zip(parts, shown, strict=True), 3)
            for block in part.drawn(number, most)
        ]
        enough = all(map(ge, shown, map(Part.least, parts, least)))
        return (*above, *drawn, *below), enough

    def _above(self, room: Room) -> Iterator[Block]:
        asked = tuple(self._asked(room.named))
        yield Title(f"{cut(self.plan.head.title, MOST_HEAD)}: progress report")
        yield Facts(tuple(self._facts(bool(asked))))
        if told_first := nothing_ever_said(self.plan, self.day):
            yield Paragraph((told_first,))
        yield Heading("1. What the Board is asked to do")
        yield Numbered(asked) if asked else Paragraph(("Nothing needs a decision.",))
        yield Heading("2. Where the plan stands")
        yield Paragraph((self._sum(),))
        yield self._stands(room.priorities)
        yield Facts(tuple(self._assured(room.priorities)))

    def _below(self, room: Room, number: int) -> Iterator[Block]:
        open = [q for q in questions(self.plan, self.day) if q.key not in ASKED_ABOVE]
        if asked := open[: room.questions]:
            yield Heading(f"{number}. What the plan leaves open")
            yield Numbered(tuple((in_words(q, self.plan.head),) for q in asked))
        there = [kind for kind, many in counts(self.found).items() if many]
        yield phrases.key(there, self.plan.head)

    # --- its head -------------------------------------------------------------------------------

    def _facts(self, asked: bool) -> Iterator[tuple[str, Line]]:
        days = ", and then ".join(on(meeting.date) for meeting in self.coming[:2])
        yield "For", (cut(self.group, MOST_HEAD), f", which meets {days}" if days else "")
        yield "Date", (f"{day_shown(self.day)}{self._compared()}",)
        if self.sender:
            yield "From", (cut(self.sender, MOST_HEAD),)
        yield "Purpose", ("For decision and assurance" if asked else "For assurance",)

    def _compared(self) -> str:
        """Since when changes are told, and of which board's meeting that is."""
        if self.since is None:
            return ""
        said, group, now = self.since.said, self.since.met, ""
        met = f", when {'it' if group == self.group else the(group)} met" if group else ""
        if self.since.by_log:
            now = " (as the log tells it now)"
        return f"; changes since {said}{cut(met, MOST_HEAD)}{now}"

    # --- 1 --------------------------------------------------------------------------------------

    def _asked(self, most: int) -> Iterator[Line]:
        """What the plan itself leaves open for the Board."""
        if late := _late(self.found):
            overdue = f"{len(late)} overdue {self._called(len(late))}"
            named = phrases.cited([_words(s.milestone) for s in late], most)
            rest = ", in part 3" if len(late) > most else ""
            yield (f"Agree a new date, or action, for {overdue}: {named}{rest}.",)
        if unagreed := _unagreed(self.every):
            dates = "new date" if len(unagreed) == 1 else "new dates"
            named = phrases.cited(list(map(_words, unagreed)), most)
            yield (f"Agree, or not, the {dates} of {named}: no agreement is recorded.",)
        for kind, of in (("closed", "the closing of"), ("complete", "the completion of")):
            ended = [s for s in self.found if s.kind == kind and s.ended_unagreed]
            if ended:
                named = phrases.cited([_words(s.milestone) for s in ended], most)
                yield (f"Agree, or not, {of} {named}: no agreement is recorded.",)
        if left := [s for s in self.found if s.left_open == "unsaid"]:
            becomes = "what becomes of" if len(left) == 1 else "what is to become of"
            named = phrases.cited([_words(s.milestone) for s in left], most)
            yield (f"Decide {becomes} {named}: closed, carried forward or kept open.",)
        if unled := self._unled():
            yield (f"Name a lead for {phrases.cited(unled, most)}.",)
        # What falls due before the Board meets again is its to decide now.
        soon = self.coming[:2][-1].date.last if self.coming else self.day
        waiting = [p for p in self.plan.priorities if state(p, soon) in (LAPSED, "decision due")]
        # What ends before it meets again has not ended yet.
        for lapsed in (True, False):
            over = [p for p in waiting if (state(p, self.day) == LAPSED) is lapsed]
            if over:
                yield _decide(over, lapsed, most)

    def _unled(self) -> list[tuple[str, str]]:
        """The priorities in which nobody leads anything; else the single milestones."""
        made: list[tuple[str, str]] = []
        for priority in self.plan.priorities:
            own = [s for s in self.found if s.priority is priority and s.open]
            unled = [_words(s.milestone) for s in own if not s.lead]
            whole = own and len(unled) == len(own)
            made += [(priority.id, priority.title)] if whole else unled
        return made

    # --- 2 --------------------------------------------------------------------------------------

    def _sum(self) -> str:
        """How many milestones stand in each way: every way that there is."""
        if not self.found:
            return f"The plan has no {self._called(0)}."
        number, called = counts(self.found), self.plan.head.called
        parts = [f"{number[kind]} {called(kind)}" for kind in KINDS if number[kind]]
        return f"Of {len(self.found)} {self._called(len(self.found))}: {listed(parts)}."

    def _stands(self, most: int) -> Table:
        """A row for each priority, in which every milestone is counted once."""
        number, head = counts(self.found), self.plan.head
        kinds = [kind for kind in COLUMNS if number[kind]]
        rest = [kind for kind in KINDS if number[kind] and kind not in COLUMNS]
        names = [head.called(kind) for kind in kinds]
        if rest:
            names.append(head.called(rest[0]) if len(rest) == 1 else "other")
        columns = [
            Column(sentence(head.called("priority"))),
            *(Column(sentence(name), right=True) for name in (*names, "all")),
            Column("Next due"),
        ]
        rows = tuple(
            (name, *(_number(own, [kind]) for kind in kinds),
             *([_number(own, rest)] if rest else []), str(len(own)), _next_due(own))
            for name, own in self._rows(most)
        )  # fmt: skip
        return Table(tuple(columns), rows, caption="How many stand in each way, by priority")

    def _rows(self, most: int) -> list[tuple[Cell, list[Standing]]]:
        """Each priority with its milestones, and all of them; where there are too many, the worst
        of them and all others together."""
        every = [(p, [s for s in self.found if s.priority is p]) for p in self.plan.priorities]
        worst = sorted(every, key=lambda pair: [-counts(pair[1])[kind] for kind in COLUMNS])
        shown = {p.id for p, _ in worst[: most - 1]} if len(every) > most else None
        kept = [(p, own) for p, own in every if shown is None or p.id in shown]
        rows: list[tuple[Cell, list[Standing]]] = [(_titled(p), own) for p, own in kept]
        if shown is not None:
            others = [s for p, own in every if p.id not in shown for s in own]
            rows.append((f"{len(every) - len(kept)} others", others))
        return [*rows, ("All", self.found)] if len(rows) > 1 else rows

    def _assured(self, most: int) -> Iterator[tuple[str, Line]]:
        """How far the partnership is assured of each priority, who said so last and when."""
        said: dict[str | None, list[tuple[str, str]]] = {level: [] for level in _LEVELS}
        for priority in self.plan.priorities:
            if state(priority, self.day) != "closed":
                last = max(priority.assurance, key=lambda a: a.date.first, default=None)
                said[last.level if last else None].append((_titled(priority), _sayer(last)))
        if not any(said[level] for level in _LEVELS if level):
            yield "Assurance", ("Nobody has said how far the partnership is assured.",)
            return
        for level, named in said.items():
            if named:
                more = [f"{len(named) - most} more"] if len(named) > most else []
                yield _LEVELS[level], ("; ".join([*_by_sayer(named[:most]), *more]),)

    # --- 3 --------------------------------------------------------------------------------------

    def _late(self) -> Part:
        milestone = sentence(self.plan.head.called("milestone"))
        rows = [
            Row(*_words(s.milestone), self._attended(s), self.plan.head.called(s.kind), n < FIRST)
            for n, s in enumerate(phrases.attended(self.found))
        ]
        return Part(
            "Overdue and at risk",
            (f"{milestone}, and who leads it", "Standing", "What was last said"),
            tuple(rows),
            "What is overdue or at risk",
            "Nothing is overdue or at risk.",
            weight=4,
        )

    def _attended(self, found: Standing) -> tuple[Cell, ...]:
        milestone, head = found.milestone, self.plan.head
        first: Line = ("first due ", milestone.first_due) if milestone.moves else ()
        return (
            self._named(found),
            Stack((phrases.mark(found, head),), (sentence_of([phrases.due(found), first]),)),
            _said(found),
        )

    def _named(self, found: Standing) -> str:
        """A milestone with who leads it, in a line or two."""
        lead = listed(map(self.plan.head.short, found.lead)) or "no lead named"
        words = cut(found.milestone.action, MOST_WORDS)
        return f"{found.milestone.id} {words} ({cut(lead, MOST_NAME)})"

    # --- 4 --------------------------------------------------------------------------------------

    def _moved(self) -> Part | None:
        if self.since is None:
            return None
        head = self.plan.head
        before = standings(self.since.plan, self.since.day)
        return Part(
            f"What moved since {self.since.said}",
            (f"{sentence(head.called('milestone'))} or {head.called('priority')}", "What happened"),
            moved(self.every, before, self.found, self.plan, self.group),
            "What moved, and who agreed it",
            "Nothing moved.",
        )

    # --- 5 --------------------------------------------------------------------------------------

    def _next(self) -> Part:
        """What falls due before the Board meets again after the meeting that the page is for."""
        again = self._again()
        until = of_month(again.year, again.month).last
        # What is overdue or at risk stands above.
        above = {s.milestone.id for s in phrases.attended(self.found)}
        coming = [
            s for s in self.found if s.open and s.milestone.id not in above and _period(s).dated
        ]
        due = [s for s in coming if s.over <= until]
        longer = [s for s in coming if s.over > until and _period(s).first <= again]
        milestone = sentence(self.plan.head.called("milestone"))
        also = ", or in a longer period begun by then" if longer else ""
        return Part(
            f"Also due by {day_shown(until)}{also}",
            ("Due", f"{milestone}, and who leads it"),
            tuple(
                Row(*_words(s.milestone), (_period(s), self._named(s)), _period(s).shown)
                for s in sorted([*due, *longer], key=lambda s: s.over)
            ),
            "What is due next",
            "Nothing else.",
        )

    def _again(self) -> date:
        """The day on which the Board meets after the meeting that the page is for; three months
        after that one, or after today, where the plan does not say."""
        if len(self.coming) > 1:
            return self.coming[1].date.last
        after = self.coming[0].date.last if self.coming else self.day
        return after + timedelta(days=92)

    def _called(self, number: int) -> str:
        return count(number, self.plan.head.called("milestone")).partition(" ")[2]


_LEVELS: dict[str | None, str] = {
    "not assured": "Not assured",
    "partly": "Partly assured",
    "assured": "Assured",
    None: "Nobody has said",
}
"""How far the partnership may be assured of a priority, the worst first."""


def _sayer(said: Assurance | None) -> str:
    return f" ({cut(said.by, MOST_NAME)}, {said.date.shown})" if said else ""


def _by_sayer(named: list[tuple[str, str]]) -> list[str]:
    """Priorities of which the same was said on the same day, together."""
    by: dict[str, list[str]] = {}
    for title, sayer in named:
        by.setdefault(sayer, []).append(title)
    return [f"{listed(titles)}{sayer}" for sayer, titles in by.items()]


def _titled(priority: Priority) -> str:
    return phrases.priority(priority.but(title=cut(priority.title, MOST_TITLE)))


def _words(milestone: Milestone) -> tuple[str, str]:
    return milestone.id, milestone.action


def _period(found: Standing) -> PlanDate:
    """When it is due; when it is reviewed, where it is ongoing."""
    return found.milestone.review or found.milestone.due


def _number(own: Iterable[Standing], kinds: list[Kind]) -> Cell:
    """How many stand in these ways, in colour where that is what needs attention."""
    number = sum(s.kind in kinds for s in own)
    kind = kinds[0]
    return Mark(kind, str(number)) if number and kind in phrases.ORDER else str(number)


def _next_due(own: Iterable[Standing]) -> Cell:
    coming = [s.milestone.due for s in own if s.open and s.kind != "overdue"]
    return min((d for d in coming if d.dated), key=lambda d: d.last, default="none")


def _unagreed(every: Iterable[Change]) -> list[Milestone]:
    """What moved, and nobody is recorded as agreeing."""
    found = {
        c.milestone.id: c.milestone
        for c in every
        if (isinstance(c, Logged) and c.entry.move and not c.agreed)
        or (isinstance(c, Redated) and not c.was.undated)
    }
    return list(found.values())


def _late(found: Iterable[Standing]) -> list[Standing]:
    return sorted((s for s in found if s.kind == "overdue"), key=lambda s: s.over)


def _decide(ended: list[Priority], lapsed: bool, most: int) -> Line:
    verb, its = "continue or close", "their"
    if len(ended) == 1:
        verb, its = "continues or closes", "its"
    until: dict[str, list[str]] = {}
    for priority in ended[:most]:
        if last := end(priority):
            until.setdefault(last.shown, []).append(_titled(priority))
    which = [f"{listed(names)} (until {shown})" for shown, names in until.items()]
    if len(ended) > most:
        which.append(f"{len(ended) - most} more")
    why = f": {its} end is past, and no decision is recorded" if lapsed else ""
    return (f"Decide whether {listed(which)} {verb}{why}.",)


def _said(found: Standing) -> Cell:
    last = found.last_said
    if last is None:
        return "Nothing has been logged"
    return Stack(phrases.quote(last.date, cut(last.note, MOST_SAID) if last.note else None))
