"""The places of a site's pages: the file of each, what leads where, and how a milestone is named on
all of them."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Item, Link, Stack, Table, sentence_of
from ..words import listed, sentence
from . import phrases
from ._parts import file_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ..document import Cell, Line
    from ..model import Decision, Head, Meeting, Plan, Priority
    from ..standing import Standing

INDEX, TIMELINE, MOVES = "index.html", "timeline.html", "moves.html"
ABOUT, LOST = "about.html", "404.html"
CSV, JSON, CALENDAR = "milestones.csv", "plan.json", "hscp.ics"
_NOT_A_NAME = {"index", "timeline", "moves", "about", "404", "con", "prn", "aux", "nul"}
"""Our own pages, and what Windows takes for a device whatever its ending."""
_DEVICE = re.compile(r"(?:com|lpt)\d")
_URL = re.compile(r"(https?://[^\s<>\"]*[^\s<>\".,;:!?)\]’”'])", re.IGNORECASE)


class Book(NamedTuple):
    """Every page's place, for whoever writes one of them."""

    head: Head
    day: date
    files: tuple[str, ...]
    """A page for each priority, in their order."""
    at: Mapping[str, str]
    """Where all is said of a priority, an objective, a milestone or a measure, by its id."""
    places: Mapping[str, Link]
    """Where each milestone stands on the git host, by its id."""
    decided_on: Mapping[str, Sequence[Decision]]
    """What was decided on each priority, by its id."""

    @property
    def milestone(self) -> str:
        """What a table calls a milestone."""
        return sentence(self.head.word_for("milestone"))

    def cited(self, id: str) -> Link:
        """An id that leads to where all is said of it; the id alone where nothing is."""
        return Link(phrases.subjects((id,)), self.at.get(id, ""))

    def decision(self, decision: Decision) -> Item:
        """A decision in a list: who decided, its outcome, what it is about and what it
        completes."""
        parts: list[Line] = [(f"By {decision.by}",)]
        if decision.outcome:
            parts.append((f"outcome: {decision.outcome}",))
        if about := [id for id in decision.about if id not in decision.completes]:
            parts.append(("about ", *self._ids(about)))
        if decision.completes:
            parts.append(("completes ", *self._ids(decision.completes)))
        notes = (sentence_of(parts), *(((decision.note,),) if decision.note else ()))
        return Item(decision.date.shown, decision.decision, notes)

    def _ids(self, ids: Iterable[str]) -> Line:
        return sentence_of([(self.cited(id),) for id in ids], ", ")

    def name(self, standing: Standing, alone: bool = False) -> Stack:
        """A milestone's id and words and, unless they are to stand alone, what stands below."""
        words = (self.cited(standing.milestone.id), f" {standing.milestone.action}")
        return Stack(words, () if alone else phrases.below(standing, self.head))

    def table(self, standings: Sequence[Standing], caption: str) -> Table:
        """Milestones: when each is due, how it stands, who leads it."""
        noun = sentence(phrases.noun(standings, self.head))
        columns = tuple(map(Column, (noun, "Due", "Standing", "Lead")))
        return Table(columns, tuple(map(self._row, standings)), caption=caption)

    def _row(self, standing: Standing) -> tuple[Cell, ...]:
        lead = listed(standing.lead) or phrases.NO_LEAD
        return (self.name(standing), due(standing), phrases.mark(standing, self.head), lead)


def book(plan: Plan, day: date, places: Mapping[str, Link]) -> Book:
    """The places of a plan's pages. The first of two that have one id is the one that it leads to:
    such a plan has an error."""
    files = tuple(_files(plan.owners))
    at: dict[str, str] = {}
    for priority, file in zip(plan.owners, files, strict=True):
        at.setdefault(priority.id, file)
        for objective in priority.objectives:
            at.setdefault(objective.id, f"{file}#{objective.id}")
        for id, part in parts_of(priority).items():
            at.setdefault(id, f"{file_of(file, part)}#{id}")
        for measure in priority.measures:
            at.setdefault(measure.id, f"{file}#{measure.id}")
    return Book(plan.head, day, files, at, places, plan.decided_on)


def _files(priorities: Iterable[Priority]) -> Iterator[str]:
    taken = set(_NOT_A_NAME)
    for priority in priorities:
        name = priority.id.lower().replace("/", "_")  # no id has a stroke
        device = name.partition(".")[0]
        while name in taken or device in _NOT_A_NAME or _DEVICE.fullmatch(device):
            name = device = f"priority-{name}"
        taken.add(name)
        yield f"{name}.html"


def met(meetings: Iterable[Meeting], day: date) -> list[tuple[date, str]]:
    """The days up to this one on which there were meetings, oldest first, with who met."""
    past = sorted((m for m in meetings if m.date.last <= day), key=lambda m: m.date.first)
    return [(on, _groups(group)) for on, group in groupby(past, lambda m: m.date.first)]


def of_day(day: date) -> str:
    """The page of the plan as it stood on a day."""
    return f"meeting-{day.isoformat()}.html"


def _groups(meetings: Iterable[Meeting]) -> str:
    names = (f"{m.group}: {m.title}" if m.title else m.group for m in meetings)
    return listed(dict.fromkeys(names))


def due(standing: Standing) -> Cell:
    """When it is due; when it is reviewed, where it is ongoing; of recurring work, when the next is
    due and when the last."""
    milestone, coming = standing.milestone, standing.coming
    if milestone.due.ongoing and milestone.review:
        return Stack(("Ongoing",), (("review ", milestone.review),))
    if coming and coming.due.last < milestone.due.last:
        return Stack((coming.due,), (("last due ", milestone.due),))
    return milestone.due


def evidence(items: Iterable[str]) -> tuple[Line, ...]:
    """Evidence as it was cited, a line each, its addresses live."""
    return tuple(("Evidence: ", *_split_links(item)) for item in items)


def _split_links(text: str) -> Line:
    parts = enumerate(_URL.split(text))
    return tuple(Link(part, part) if n % 2 else part for n, part in parts if part)
