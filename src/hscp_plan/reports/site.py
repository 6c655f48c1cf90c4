"""The plan as web pages: which there are, and what each says.

A page's name comes from an id, and a milestone's place on it is its id, so that `p1.html#P1.3` may
stand in minutes for ever.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..document import Bars, Column, Heading, Link, Paragraph, Stack, Table, Title
from ..model import Plan
from ..naming.meetings import known_by
from ..standing import as_at, by_priority, standings
from ..words import count, plural, sentence
from . import _about_page, _overview_page, _priority_page, papers, phrases
from ._book import ABOUT, INDEX, LOST, MOVES, TIMELINE, book, due, met, of_day
from ._parts import bars_parted, headed, named, parted
from .moves import Moves
from .timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ..dates import PlanDate
    from ..document import Block, Cell, Document, Line
    from ..model import Milestone, Objective
    from ..standing import Standing
    from .moves import Moved

ROBOTS = """\
# The plan is published, and may be found. Pages of how it once stood ask in their own heads to be
# left out, so that nobody is led to an old standing.
User-agent: *
Allow: /
"""
MOST_AT_FOOT = 20
"""How many priorities may stand at the foot of every page."""


class Page(NamedTuple):
    """One page."""

    file: str
    title: str
    """As a browser's tab and a search show it: no two pages have the same."""
    document: Document
    passing: bool = False
    """Whether it tells of a time that is past: nothing for a search to lead to."""


class Shown(NamedTuple):
    """The plan as the meetings of a day were shown it."""

    plan: Plan
    told: str
    """Where that is known from, for whoever reads the page."""


BY_LOG = (
    "This is the plan before that day, as the log tells it now: what was logged on the day of the "
    "meeting or later does not count. Nothing else tells what was known then, so what was added "
    "since, or changed with nothing in the log, stands here too."
)


class Site:
    """`hscp site`: the plan on a day, as pages that lead to one another."""

    def __init__(
        self,
        plan: Plan,
        day: date,
        places: Mapping[str, Link] | None = None,
        revision: str = "",
        shown: Callable[[date], Shown | None] = lambda _: None,
    ) -> None:
        """`shown` says how the plan stood before a day; None where only the log can tell."""
        self.plan, self.day, self.revision, self.shown = plan, day, revision, shown
        self.book = book(plan, day, places or {})
        self.meetings = met(plan.head.meetings, day)

    def pages(self) -> Iterator[Page]:
        """Every page, each made when it is asked for: what is long, in parts."""
        for file, title, documents, passing in self._whole():
            for part, document in enumerate(headed(documents, file), 1):
                name = title if part == 1 else f"{title}, part {part}"
                yield Page(named(file, part), name, document, passing)

    def _whole(self) -> Iterator[tuple[str, str, list[Document], bool]]:
        """Each page's file, title and parts, and whether it tells of a time that is past."""
        name, head = self.plan.head.title, self.plan.head
        found = standings(self.plan, self.day)
        first = _overview_page.page(self.book, self.plan, found)
        yield INDEX, f"{name} – {head.partnership}", parted(first), False
        for (priority, own), file in zip(
            by_priority(self.plan, found), self.book.files, strict=True
        ):
            said = _priority_page.pages(self.book, priority, own)
            yield file, f"{priority.id} {priority.title} – {name}", said, False
        yield TIMELINE, f"Timeline – {name}", self._timelines(found), False
        yield MOVES, f"Dates that moved – {name}", parted(tuple(self._moves())), False
        for day, group in self.meetings:
            title = f"As it stood on {day_shown(day)} – {name}"
            yield of_day(day), title, parted(self._meeting(day, group)), True
        about = tuple(_about_page.page(head, self.day, self.revision))
        yield ABOUT, f"About – {name}", [about], False
        yield LOST, f"Page not found – {name}", [_lost()], True

    @property
    def links(self) -> tuple[Link, ...]:
        """What every page leads to."""
        named = {INDEX: "Overview", TIMELINE: "Timeline", MOVES: "Dates that moved", ABOUT: "About"}
        return tuple(Link(text, file) for file, text in named.items())

    @property
    def more(self) -> tuple[Link, ...]:
        """The priorities, for the foot of every page; none where they are too many."""
        every = tuple(zip(self.plan.priorities, self.book.files, strict=True))
        named = (Link(f"{priority.id} {priority.title}", file) for priority, file in every)
        return tuple(named) if len(every) <= MOST_AT_FOOT else ()

    @property
    def foot(self) -> str:
        """The last line of every page."""
        of = f" at {self.revision}" if self.revision else ""
        title = self.plan.head.title
        return f"{title}, as at {day_shown(self.day)}. Made by hscp from the plan’s files{of}."

    def _timelines(self, standings: list[Standing]) -> list[Document]:
        """The timeline in parts, each with the same in words."""
        title = phrases.titled("Timeline", self.day)
        _, bars, key = Timeline(self.plan, self.day).document()
        made: list[Document] = []
        left = iter(standings)
        for part in bars_parted(bars) if isinstance(bars, Bars) else ():
            own = islice(left, sum(len(group) for _, group in part.groups))
            made.append((title, key, part, self._in_words(own)))
        return made

    def _in_words(self, standings: Iterable[Standing]) -> Table:
        rows: list[Heading | tuple[Cell, ...]] = []
        for heading, group in _by_priority(standings):
            rows.append(heading)
            for each in group:
                own = each.milestone
                rows.append(
                    (
                        self.book.named(each, moved=False),
                        own.start or "",
                        own.first_due if own.moves else "",
                        due(each),
                        phrases.mark(each, self.plan.head),
                    )
                )
        columns = map(Column, (self.book.milestone, "Starts", "First due", "Due", "Standing"))
        caption = f"The same in words, as at {day_shown(self.day)}"
        return Table(tuple(columns), tuple(rows), caption=caption)

    def _moves(self) -> Iterator[Block]:
        yield phrases.titled("Dates that moved", self.day)
        moves = Moves(self.plan, self.day, "", {})
        yield from self._moved_dates(moves.found())
        ended = moves.ended()
        if not ended:
            return
        caption = "Closed, or completed where a Board decides"
        yield Heading(caption)
        columns = (self.book.milestone, "Was due", "What", "Why", "Who agreed it")
        rows = tuple(
            (self.book.named(each, moved=False), due(each), *papers.ending(each)) for each in ended
        )
        yield Table(tuple(map(Column, columns)), rows, caption=caption)

    def _moved_dates(self, found: list[Moved]) -> Iterator[Block]:
        if not found:
            yield Paragraph(("No due date has moved.",))
            return
        every = [move for moved in found for move in moved.moves]
        thing = self.plan.head.called("milestone")
        text = (
            f"{count(len(found), thing, plural(thing))} moved, {count(len(every), 'move')} in all"
        )
        unagreed = sum(not move.agreed for move in every)
        if unagreed:
            text = f"{text}; no agreement is recorded for {unagreed:,} of them"
        yield Paragraph((f"{text}.",))
        columns = (self.book.milestone, "First due", "Due now", "How far", "Moved", "Each move")
        rows = tuple(self._moved(moved) for moved in found)
        caption = "Every due date that moved, the furthest first"
        yield Table(tuple(map(Column, columns)), rows, caption=caption)

    def _moved(self, moved: Moved) -> tuple[Cell, ...]:
        notes: list[Line] = []
        for move in moved.moves:
            agreed = phrases.agreement(move.agreed)
            notes.append((move.day, ": ", move.was, " to ", move.now, f"; {agreed}"))
            if move.reason:
                notes.append((f"“{move.reason}”",))
        now, times = moved.found.milestone.due, len(moved.moves)
        return (
            self.book.named(moved.found, moved=False),
            moved.first,
            now,
            _far(moved.first, now),
            {1: "Once", 2: "Twice"}.get(times, f"{times} times"),
            Stack((), tuple(notes)),
        )

    def _meeting(self, day: date, group: str) -> Document:
        shown = self.shown(day) or Shown(as_at(self.plan, known_by(day)), BY_LOG)
        plan = in_todays_words(shown.plan, self.plan)
        found = standings(plan, day)
        blocks: list[Block] = [
            Title(f"The plan as it stood on {day_shown(day)}", group),
            Paragraph((f"{shown.told} ", Link("How the plan stands now", INDEX), ".")),
            *_overview_page.stands(self.book, plan, found, day),
            Heading(sentence(plural(plan.head.called("milestone")))),
        ]
        table = self.book.table((), "How each stood, and when it was due then")
        rows: list[Heading | tuple[Cell, ...]] = []
        for heading, of_it in _by_priority(found):
            rows += [heading, *self.book.table(of_it, "").rows]
        return (*blocks, table._replace(rows=tuple(rows)))


GONE = "Taken out of the plan since"


def in_todays_words(then: Plan, now: Plan) -> Plan:
    """An earlier plan in the words, and with the leads, of a later one: what was taken out of its
    texts stays out. Of a milestone or objective that is gone its id is left."""
    leads = {s.milestone.id: s.lead for s in standings(now, date.min)}
    actions = {m.id: m.action for p in now.priorities for m in p.milestones}
    objectives = {o.id: o for p in now.priorities for o in p.objectives}
    titles = {p.id: p.title for p in now.priorities}

    def milestone(was: Milestone) -> Milestone:
        return was.replace(action=actions.get(was.id, GONE), lead=leads.get(was.id, ()))

    def objective(was: Objective) -> Objective:
        own = objectives.get(was.id)
        return was.replace(
            statements=own.statements if own else (GONE,),
            lead=own.lead if own else (),
            milestones=tuple(map(milestone, was.milestones)),
        )

    files = {
        name: was.replace(
            title=titles.get(was.id, GONE), objectives=tuple(map(objective, was.objectives))
        )
        for name, was in then.files.items()
    }
    return Plan(now.head, files, hidden=then.hidden)


def _by_priority(standings: Iterable[Standing]) -> Iterator[tuple[Heading, list[Standing]]]:
    for _, group in groupby(standings, lambda standing: standing.priority.id):
        own = list(group)
        yield Heading(f"{own[0].priority.id} {own[0].priority.title}"), own


def _far(was: PlanDate, now: PlanDate) -> str:
    if now.undated:
        return "No date"
    if was.ongoing or now.ongoing:
        return "No end date"
    far, _, how = phrases.later(was, now).rpartition(" ")
    return "\u00a0".join(far.split()) + f" {how}" if far else "Same last day"


def _lost() -> Document:
    text = (
        "There is no page at this address. A milestone that minutes cite, such as P1.3, stands on "
        "the page of its priority: begin at the "
    )
    return (Title("Page not found"), Paragraph((text, Link("overview", INDEX), ".")))
