"""The plan as web pages: which there are, and what each says.

A page's name comes from an id, and a milestone's place on it is its id, so that `p1.html#P1.3` may
stand in minutes for ever.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from ..as_at import as_at
from ..dates import day_shown
from ..document import Bars, Column, Heading, Link, Paragraph, Stack, Table, Title
from ..model import Plan, Statement
from ..naming.meetings import last_day_shown
from ..standing import by_owner, standings
from ..words import count, plural, sentence
from . import _about_page, _overview_page, _priority_page, papers, phrases
from ._book import ABOUT, INDEX, LOST, MOVES, TIMELINE, book, due, met, of_day
from ._parts import file_of, part_names, split, split_bars, with_links
from .moves import Moves
from .timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..dates import PlanDate
    from ..document import Block, Cell, Document, Line
    from ..model import Milestone, Objective
    from ..standing import Standing
    from .moves import MovedMilestone

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
    """The title that a browser's tab and a search show: no two pages have the same."""
    document: Document
    passing: bool = False
    """Whether it tells of a time that is past: nothing for a search to lead to."""


class _Whole(NamedTuple):
    """A page that is not yet in parts."""

    file: str
    title: str
    parts: list[Document]
    passing: bool = False
    names: Sequence[str] = ()
    """What its parts are called, where a number tells too little."""


class Shown(NamedTuple):
    """The plan as the meetings of a day were shown it."""

    plan: Plan
    source: str
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
        for page in self._whole_pages():
            for part, document in enumerate(with_links(page.parts, page.file, page.names), 1):
                title = page.title if part == 1 else f"{page.title}, part {part}"
                yield Page(file_of(page.file, part), title, document, page.passing)

    def _whole_pages(self) -> Iterator[_Whole]:
        """Every page, not yet in parts."""
        name, head = self.plan.head.title, self.plan.head
        every = standings(self.plan, self.day)
        overview = _overview_page.page(self.book, self.plan, every)
        yield _Whole(INDEX, f"{name} – {head.partnership}", split(overview))
        for (priority, of_it), file in zip(
            by_owner(self.plan, every), self.book.files, strict=True
        ):
            parts = _priority_page.pages(self.book, priority, of_it)
            title = f"{priority.id} {priority.title} – {name}"
            yield _Whole(file, title, parts, names=part_names(priority))
        yield _Whole(TIMELINE, f"Timeline – {name}", self._timelines(every))
        yield _Whole(MOVES, f"Dates that moved – {name}", split(tuple(self._moves())))
        for day, group in self.meetings:
            title = f"As it stood on {day_shown(day)} – {name}"
            yield _Whole(of_day(day), title, split(self._meeting(day, group)), passing=True)
        about = tuple(_about_page.page(head, self.day, self.revision))
        yield _Whole(ABOUT, f"About – {name}", [about])
        yield _Whole(LOST, f"Page not found – {name}", [_lost()], passing=True)

    @property
    def links(self) -> tuple[Link, ...]:
        """What every page leads to."""
        names = {INDEX: "Overview", TIMELINE: "Timeline", MOVES: "Dates that moved", ABOUT: "About"}
        return tuple(Link(text, file) for file, text in names.items())

    @property
    def more(self) -> tuple[Link, ...]:
        """The priorities, for the foot of every page; none where they are too many."""
        if len(self.book.files) > MOST_AT_FOOT:
            return ()
        every = zip(self.plan.owners, self.book.files, strict=True)
        return tuple(Link(f"{priority.id} {priority.title}", file) for priority, file in every)

    @property
    def foot(self) -> str:
        """The last line of every page."""
        of = f" at {self.revision}" if self.revision else ""
        title = self.plan.head.title
        return f"{title}, as at {day_shown(self.day)}. Made by hscp from the plan’s files{of}."

    def _timelines(self, standings: list[Standing]) -> list[Document]:
        """The timeline in parts, each with the same in words."""
        title = phrases.title_on("Timeline", self.day)
        _, bars, key = Timeline(self.plan, self.day).document()
        documents: list[Document] = []
        remaining = iter(standings)
        for part in split_bars(bars) if isinstance(bars, Bars) else ():
            of_part = islice(remaining, sum(len(group) for _, group in part.groups))
            documents.append((title, key, part, self._in_words(of_part)))
        return documents

    def _in_words(self, standings: Iterable[Standing]) -> Table:
        rows: list[Heading | tuple[Cell, ...]] = []
        for heading, group in _by_priority(standings):
            rows.append(heading)
            for standing in group:
                milestone = standing.milestone
                rows.append(
                    (
                        self.book.name(standing, alone=True),
                        milestone.start or "",
                        milestone.first_due if milestone.times_moved else "",
                        due(standing),
                        phrases.mark(standing, self.plan.head),
                    )
                )
        columns = map(Column, (self.book.milestone, "Starts", "First due", "Due", "Standing"))
        caption = f"The same in words, as at {day_shown(self.day)}"
        return Table(tuple(columns), tuple(rows), caption=caption)

    def _moves(self) -> Iterator[Block]:
        yield phrases.title_on("Dates that moved", self.day)
        moves = Moves(self.plan, self.day, "", {})
        yield from self._moved_dates(moves.moved())
        ended = moves.ended()
        if not ended:
            return
        caption = "Closed, or completed where a Board decides"
        yield Heading(caption)
        columns = (self.book.milestone, "Was due", "What", "Why", "Who agreed it")
        rows = tuple((self.book.name(s, alone=True), due(s), *papers.ending(s)) for s in ended)
        yield Table(tuple(map(Column, columns)), rows, caption=caption)

    def _moved_dates(self, moved: list[MovedMilestone]) -> Iterator[Block]:
        if not moved:
            yield Paragraph(("No due date has moved.",))
            return
        every = [move for m in moved for move in m.moves]
        times = sum(m.times for m in moved)
        thing = self.plan.head.word_for("milestone")
        text = f"{count(len(moved), thing, plural(thing))} moved, {count(times, 'move')} in all"
        unagreed = sum(not move.agreed for move in every)
        if unagreed:
            text = f"{text}; no agreement is recorded for {unagreed:,} of them"
        yield Paragraph((f"{text}.",))
        columns = (self.book.milestone, "First due", "Due now", "How far", "Moved", "Each move")
        rows = tuple(map(self._moved_row, moved))
        caption = "Every due date that moved, the furthest first"
        yield Table(tuple(map(Column, columns)), rows, caption=caption)

    def _moved_row(self, moved: MovedMilestone) -> tuple[Cell, ...]:
        notes: list[Line] = [(moved.carried,)] if moved.carried else []
        for move in moved.moves:
            agreed = phrases.agreement(move.agreed)
            notes.append((move.day, ": ", move.was, " to ", move.now, f"; {agreed}"))
            if move.reason:
                notes.append((f"“{move.reason}”",))
        now = moved.standing.milestone.due
        return (
            self.book.name(moved.standing, alone=True),
            moved.first,
            now,
            _far(moved.first, now),
            sentence(phrases.times_moved(moved.times).removeprefix("moved ") or "never"),
            Stack((), tuple(notes)),
        )

    def _meeting(self, day: date, group: str) -> Document:
        shown = self.shown(day) or Shown(as_at(self.plan, last_day_shown(day)), BY_LOG)
        plan = in_todays_words(shown.plan, self.plan)
        every = standings(plan, day)
        blocks: list[Block] = [
            Title(f"The plan as it stood on {day_shown(day)}", group),
            Paragraph((f"{shown.source} ", Link("How the plan stands now", INDEX), ".")),
            *_overview_page.stands(self.book, plan, every, day),
            Heading(sentence(plural(plan.head.word_for("milestone")))),
        ]
        table = self.book.table((), "How each stood, and when it was due then")
        rows: list[Heading | tuple[Cell, ...]] = []
        for heading, of_it in _by_priority(every):
            rows += [heading, *self.book.table(of_it, "").rows]
        return (*blocks, table._replace(rows=tuple(rows)))


GONE = "Taken out of the plan since"


def in_todays_words(then: Plan, now: Plan) -> Plan:
    """An earlier plan in the words, and with the leads, of a later one: what was taken out of its
    texts stays out. Of a milestone or objective that is gone its id is left."""
    leads = {s.milestone.id: s.lead for s in standings(now, date.min)}
    actions = {m.id: m.action for p in now.owners for m in p.milestones}
    objectives = {o.id: o for p in now.owners for o in p.objectives}
    titles = {p.id: p.title for p in now.owners}

    def milestone(was: Milestone) -> Milestone:
        return was.replace(action=actions.get(was.id, GONE), lead=leads.get(was.id, ()))

    def objective(was: Objective) -> Objective:
        today = objectives.get(was.id) if was.written else was
        return was.replace(
            statements_=today.statements_ if today else (Statement(text=GONE),),
            lead=today.lead if today else (),
            milestones=tuple(map(milestone, was.milestones)),
        )

    files = {
        name: was.with_sections(map(objective, was.sections)).replace(
            title=titles.get(was.id, GONE)
        )
        for name, was in then.files.items()
    }
    return Plan(now.head, files, hidden=then.hidden)


def _by_priority(standings: Iterable[Standing]) -> Iterator[tuple[Heading, list[Standing]]]:
    for _, group in groupby(standings, lambda standing: standing.priority.id):
        of_it = list(group)
        yield Heading(f"{of_it[0].priority.id} {of_it[0].priority.title}"), of_it


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
