"""The Board's page: what it is asked to do, where the plan stands, what moved since it met.

It says only what the plan itself says: each request names the milestones and priorities that it
comes from.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from operator import ge
from typing import TYPE_CHECKING, NamedTuple

from ..changes import Logged, Redated, changes
from ..dates import day_shown, of_month
from ..document import Facts, Heading, Numbered, Paper, Paragraph, Stack, Title, sentence_of
from ..layout import PAGE_HEIGHT, height
from ..naming.meetings import on_day, with_article
from ..standing import by_owner, counts, end, silence_notice, standings, state
from ..words import count, cut, listed, sentence
from . import phrases
from ._board_moved import MOST_WORDS, moved_rows
from ._board_room import ROOMS
from ._board_stands import MOST_NAME, stands, titled
from ._side import Part, Row, shares
from .actions import arising, ended_since
from .asked import last_asked
from .questions import Questions, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from ..changes import Change, Changes
    from ..document import Block, Cell, Line
    from ..model import Head, Meeting, Milestone, Plan, Priority
    from ..standing import Standing
    from ._board_room import Room
    from .questions import Question

FIRST = 2
"""How many of what is overdue or at risk stand there before all else."""
MOST_SAID = 50
"""How many characters it shows of what was last said, which stands in a narrow column."""
MOST_BARE = 30
"""How many, where it says as well that nothing shows it."""
MOST_FROM = 40
"""How many characters it shows of what a matter arises from."""
MOST_HEAD = 110
"""How many characters it shows of each line of its head."""
LAPSED = "lapsed, no decision recorded"
ASKED_ABOVE = (
    *("closed-not-agreed", "moved-not-agreed", "no-lead", "lapsed", "left-open"),
    *("assurance-never-stated", "not-reported"),
)
"""The kinds of question that the parts above say in their own words."""


class Since(NamedTuple):
    """What the plan is compared with: itself, as it stood on an earlier day."""

    plan: Plan
    day: date
    span: str
    """What is told: since 20 October 2021, when a meeting was held; after that day, whose own
    changes are left out then; since a revision."""
    group: str = ""
    """Which group met, where that day is a meeting's."""
    by_log: bool = False
    """Whether git cannot tell, so that it is the log's account of today."""


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
        only: str = "",
        agencies: frozenset[str] = frozenset(),
    ) -> None:
        """`group` is the Board that it is for; `since` is None where nothing tells of a meeting;
        `coming` are its meetings from this day on: the one that the page is for, and the next.
        `only` says what the plan is narrowed to, `agencies` to which partners, if to any."""
        self.plan, self.day, self.group, self.since = plan, day, group, since
        self.coming, self.sender, self.foot = coming, sender, foot
        self.only, self.agencies = only, agencies

    @cached_property
    def standings(self) -> list[Standing]:
        """Every milestone as it stands."""
        return standings(self.plan, self.day)

    @cached_property
    def of_priorities(self) -> list[Standing]:
        """Those of the priorities: what registers hold is told apart, as matters arising."""
        return [s for s in self.standings if not s.priority.register]

    @cached_property
    def changes(self) -> list[Change]:
        """Every change since the Board met."""
        return [change for group in self._changes for change in group.changes]

    @cached_property
    def _changes(self) -> list[Changes]:
        return changes(self.since.plan, self.plan) if self.since else []

    def paper(self) -> Paper:
        """The page: with as much said as one side holds."""
        for room in ROOMS:
            document, enough = self._draw(room)
            if enough:
                break
        head = self.plan.head
        subtitle = cut(head.partnership, MOST_HEAD)
        return Paper("board", document, subtitle, self.foot, one_side=True, day=self.day)

    def _draw(self, room: Room) -> tuple[tuple[Block, ...], bool]:
        """The page with so much said, and whether every part shows what it has to."""
        above = [*self._above(room)]
        parts_with_least = zip(self._parts, room.rows, strict=True)
        sharing = [(part, least) for part, least in parts_with_least if part]
        parts = [part for part, _ in sharing]
        below = [*self._below(room, len(parts) + 3)]
        rows = shares(parts, PAGE_HEIGHT - height(above) - height(below), 3)
        middle = [
            block
            for number, (part, most) in enumerate(zip(parts, rows, strict=True), 3)
            for block in part.draw(number, most)
        ]
        least = [part.least(wanted) for part, wanted in sharing]
        return (*above, *middle, *below), all(map(ge, rows, least))

    @cached_property
    def _parts(self) -> tuple[Part | None, ...]:
        """The parts that share the page, None where one has nothing to tell: of what moved where
        nothing tells of a meeting, of what arises where there is no register."""
        return self._late_part(), self._moved_part(), self._next_part(), self._arising_part()

    def _above(self, room: Room) -> Iterator[Block]:
        requests = tuple(self._requests(room.cited))
        yield Title(f"{cut(self.plan.head.title, MOST_HEAD)}: progress report")
        yield Facts(tuple(self._facts(bool(requests))))
        if notice := silence_notice(self.plan, self.day):
            yield Paragraph((notice,))
        yield Heading("1. What the Board is asked to do")
        yield Numbered(requests) if requests else Paragraph(("Nothing needs a decision.",))
        yield Heading("2. Where the plan stands")
        yield from stands(
            self.plan,
            self.day,
            self.of_priorities,
            room.priorities,
            self._asked(),
            full=room.full,
        )

    def _below(self, room: Room, number: int) -> Iterator[Block]:
        if some := self._left_open[: room.questions]:
            yield Heading(f"{number}. What the plan leaves open")
            yield Numbered(tuple((in_words(q, self.plan.head),) for q in some))
        kinds = [kind for kind, many in counts(self.standings).items() if many]
        yield phrases.key(kinds, self.plan.head)

    @cached_property
    def _left_open(self) -> list[Question]:
        """What a scrutineer would ask that the parts above do not say."""
        above = {*ASKED_ABOVE}
        if self.plan.head.completion:
            above.add("complete-not-agreed")
        asked = Questions(self.plan, self.day, self.only, agencies=self.agencies).questions()
        return [question for question in asked if question.key not in above]

    def _asked(self) -> str:
        """Who answered of whoever was asked since the Board met; empty where nobody was."""
        return last_asked(self.plan, self.day, self.since and self.since.day)

    # --- its head -------------------------------------------------------------------------------

    def _facts(self, for_decision: bool) -> Iterator[tuple[str, Line]]:
        days = ", and then ".join(on_day(meeting.date) for meeting in self.coming[:2])
        yield "For", (cut(self.group, MOST_HEAD), f", which meets {days}" if days else "")
        yield "Date", (f"{day_shown(self.day)}{self._since_text()}",)
        if self.sender:
            yield "From", (cut(self.sender, MOST_HEAD),)
        yield from phrases.narrowed(self.only)
        yield "Purpose", ("For decision and assurance" if for_decision else "For assurance",)

    def _since_text(self) -> str:
        """Since when changes are told, and of which board's meeting that is."""
        if self.since is None:
            return ""
        group, met, now = self.since.group, "", ""
        if group:
            met = f", when {'it' if group == self.group else with_article(group)} met"
        if self.since.by_log:
            now = " (as the log tells it now)"
        return f"; changes {self.since.span}{cut(met, MOST_HEAD)}{now}"

    # --- 1 --------------------------------------------------------------------------------------

    def _requests(self, most: int) -> Iterator[Line]:
        """What the plan itself leaves open for the Board."""
        if missing := [s for s in _late(self.of_priorities) if s.milestone.every]:
            cited = phrases.ids_with_words([_words(s.milestone) for s in missing], most)
            yield (f"Ask for what is not reported of {cited}: see part 3.",)
        if late := [s for s in _late(self.of_priorities) if not s.milestone.every]:
            overdue = phrases.number(late, self.plan.head, "overdue ")
            cited = phrases.ids_with_words([_words(s.milestone) for s in late], most)
            rest = ", in part 3" if len(late) > most else ""
            yield (f"Agree a new date, or action, for {overdue}: {cited}{rest}.",)
        if unagreed := _unagreed_moves(self.changes):
            dates = "new date" if len(unagreed) == 1 else "new dates"
            cited = phrases.ids_with_words(list(map(_words, unagreed)), most)
            yield (f"Agree, or not, the {dates} of {cited}: no agreement is recorded.",)
        for status, of in (("closed", "the closing of"), ("complete", "the completion of")):
            ended = [s for s in self._ended_unagreed if s.milestone.status == status]
            if ended:
                cited = phrases.ids_with_words([_words(s.milestone) for s in ended], most)
                yield (f"Agree, or not, {of} {cited}: no agreement is recorded.",)
        if added := [s for s in self.standings if s.added_unagreed]:
            cited = phrases.ids_with_words([_words(s.milestone) for s in added], most)
            yield (f"Agree, or not, the addition of {cited}: no agreement is recorded.",)
        if left := [s for s in self.standings if s.left_open == "unsaid"]:
            becomes = "what becomes of" if len(left) == 1 else "what is to become of"
            cited = phrases.ids_with_words([_words(s.milestone) for s in left], most)
            yield (f"Decide {becomes} {cited}: closed, carried forward or kept open.",)
        if unled := self._unled():
            yield (f"Name a lead for {phrases.ids_with_words(unled, most)}.",)
        # What falls due before the Board meets again is its to decide now.
        soon = self.coming[:2][-1].date.last if self.coming else self.day
        waiting = [p for p in self.plan.priorities if state(p, soon) in (LAPSED, "decision due")]
        # What ends before it meets again has not ended yet.
        for lapsed in (True, False):
            over = [p for p in waiting if (state(p, self.day) == LAPSED) is lapsed]
            if over:
                yield _decide(over, lapsed, most, self.plan.head)

    @cached_property
    def _ended_unagreed(self) -> list[Standing]:
        return [standing for standing in self.standings if standing.ended_unagreed]

    def _unled(self) -> list[tuple[str, str]]:
        """The priorities in which nobody leads anything; else the single milestones."""
        unled: list[tuple[str, str]] = []
        for priority, open in by_owner(self.plan, (s for s in self.standings if s.open)):
            milestones = [_words(s.milestone) for s in open if not s.lead]
            whole = open and len(milestones) == len(open)
            unled += [(priority.id, priority.title)] if whole else milestones
        return unled

    # --- 3 --------------------------------------------------------------------------------------

    def _late_part(self) -> Part:
        milestone = sentence(self.plan.head.word_for("milestone"))
        rows = [
            Row(
                *_words(s.milestone),
                self._late_cells(s),
                self.plan.head.word_for(s.kind),
                n < FIRST,
            )
            for n, s in enumerate(phrases.needing_attention(self.of_priorities))
        ]
        return Part(
            "Overdue and at risk",
            (f"{milestone}, and who leads it", "Standing", "What was last said"),
            tuple(rows),
            "What is overdue or at risk",
            "Nothing is overdue or at risk.",
            weight=4,
        )

    def _late_cells(self, standing: Standing) -> tuple[Cell, ...]:
        milestone, head = standing.milestone, self.plan.head
        first: Line = ("first due ", milestone.first_due) if milestone.times_moved else ()
        return (
            self._with_lead(standing),
            Stack((phrases.mark(standing, head),), (sentence_of([phrases.due(standing), first]),)),
            _last_entry(standing, head),
        )

    def _with_lead(self, standing: Standing) -> str:
        """A milestone with who leads it, in a line or two."""
        lead = listed(map(self.plan.head.short, standing.lead)) or "no lead named"
        words = cut(standing.milestone.action, MOST_WORDS)
        return f"{standing.milestone.id} {words} ({cut(lead, MOST_NAME)})"

    # --- 4 --------------------------------------------------------------------------------------

    def _moved_part(self) -> Part | None:
        if self.since is None:
            return None
        head = self.plan.head
        before = standings(self.since.plan.of_priorities, self.since.day)
        moved = [
            change
            for group in self._changes
            if not (group.priority and group.priority.register)
            for change in group.changes
        ]
        return Part(
            f"What moved {self.since.span}",
            (
                f"{sentence(head.word_for('milestone'))} or {head.word_for('priority')}",
                "What happened",
            ),
            moved_rows(moved, before, self.of_priorities, self.plan, self.group),
            "What moved, and who agreed it",
            "Nothing moved.",
        )

    # --- 5 --------------------------------------------------------------------------------------

    def _next_part(self) -> Part:
        """What falls due before the Board meets again after the meeting that the page is for."""
        again = self._again()
        until = of_month(again.year, again.month).last
        # What is overdue or at risk stands above; what of recurring work is missing, too.
        above = {
            s.milestone.id
            for s in phrases.needing_attention(self.of_priorities)
            if not (s.milestone.every and s.kind == "overdue")
        }
        coming = [s for s in self.of_priorities if s.to_come.dated and s.milestone.id not in above]
        due = [s for s in coming if s.to_come.last <= until]
        longer = [s for s in coming if s.to_come.last > until and s.to_come.first <= again]
        milestone = sentence(self.plan.head.word_for("milestone"))
        also = ", or in a longer period begun by then" if longer else ""
        return Part(
            f"Also due by {day_shown(until)}{also}",
            ("Due", f"{milestone}, and who leads it"),
            tuple(
                Row(*_words(s.milestone), (s.to_come, self._with_lead(s)), s.to_come.shown)
                for s in sorted([*due, *longer], key=lambda s: s.to_come.last)
            ),
            "What is due next",
            "Nothing else.",
        )

    # --- 6 --------------------------------------------------------------------------------------

    def _arising_part(self) -> Part | None:
        """What is open in the registers, and what ended since the Board met."""
        of_registers = [s for s in self.standings if s.priority.register]
        if not of_registers:
            return None
        head = self.plan.head
        ended = ended_since(of_registers, self.since.day) if self.since else []
        return Part(
            "Matters arising",
            (f"{sentence(head.word_for('action'))}, and who leads it", "From", "Standing"),
            tuple(
                Row(
                    *_words(s.milestone),
                    (
                        self._with_lead(s),
                        cut(s.milestone.from_ or "", MOST_FROM),
                        Stack((phrases.mark(s, head),), self._due_lines(s)),
                    ),
                    head.word_for(s.kind),
                )
                for s in [*arising(of_registers), *ended]
            ),
            "What arises from meetings, papers and audits",
            "Nothing is open.",
        )

    def _due_lines(self, standing: Standing) -> tuple[Line, ...]:
        """When it is due, of what is open, and how often that moved."""
        if not standing.open:
            return ()
        return (sentence_of([phrases.due(standing), phrases.move_count(standing)]),)

    def _again(self) -> date:
        """The day on which the Board meets after the meeting that the page is for; three months
        after that one, or after today, where the plan does not say."""
        if len(self.coming) > 1:
            return self.coming[1].date.last
        after = self.coming[0].date.last if self.coming else self.day
        return after + timedelta(days=92)


def _words(milestone: Milestone) -> tuple[str, str]:
    return milestone.id, milestone.action


def _unagreed_moves(every: Iterable[Change]) -> list[Milestone]:
    """What moved, and nobody is recorded as agreeing."""
    milestones = {
        c.milestone.id: c.milestone
        for c in every
        if (isinstance(c, Logged) and c.entry.move and not c.agreed)
        or (isinstance(c, Redated) and not c.was.undated)
    }
    return list(milestones.values())


def _late(standings: Iterable[Standing]) -> list[Standing]:
    return sorted((s for s in standings if s.kind == "overdue"), key=lambda s: s.over)


def _decide(ended: list[Priority], lapsed: bool, most: int, head: Head) -> Line:
    """The request about priorities whose end is past (`lapsed`) or near, by when that is."""
    verb, its = "continue or close", "their"
    if len(ended) == 1:
        verb, its = "continues or closes", "its"
    until: dict[str, list[str]] = {}
    for priority in ended[:most]:
        if last := end(priority):
            until.setdefault(last.shown, []).append(titled(priority))
    which = [f"{listed(names)} (until {shown})" for shown, names in until.items()]
    if len(ended) > most:
        which.append(count(len(ended) - most, f"other {head.word_for('priority')}"))
    why = f": {its} end is past, and no decision is recorded" if lapsed else ""
    return (f"Decide whether {listed(which)} {verb}{why}.",)


def _last_entry(standing: Standing, head: Head) -> Cell:
    last = standing.last_said
    if last is None:
        return "Nothing has been logged"
    if bare := phrases.capital(phrases.nothing_shown(standing, head)):
        note = f': "{cut(last.note, MOST_BARE)}"' if last.note else ""
        return Stack((*bare, note))
    said = cut(last.note, MOST_SAID) if last.note else None
    return Stack(phrases.quote(last.date, said, occurrence=last.for_))
