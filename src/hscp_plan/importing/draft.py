"""A plan as it is put together from a document, before it is written; what has no place in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..dates import UNDATED, PlanDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from ..words import Status
    from .columns import Role


_LONG_BEFORE = 366
"""How many days before the first date of a plan nobody saves it yet."""


class Left(NamedTuple):
    """A text that has no place in the plan."""

    place: str
    text: str
    why: str
    id: str = ""
    """The milestone of the plan that it is said of; empty where it is of none."""


class Heard(NamedTuple):
    """How a column was understood."""

    place: str
    """The table that it was first met in."""
    label: str
    role: Role
    key: str = ""
    """Its key under `more`, where it has no other place."""


class Question(NamedTuple):
    """A date that cannot be read without knowing more."""

    place: str
    text: str
    doubt: str


@dataclass
class Entry:
    """What the document says has happened to a milestone."""

    note: str
    moved: tuple[PlanDate, PlanDate] | None = None
    when: PlanDate | None = None
    """None where the document does not say when: then it is the day that it was last saved on."""
    said: str = ""
    """The words that say when."""
    by: str = ""
    status: Status | None = None
    agreed: str = ""
    evidence: list[str] = field(default_factory=list)
    theme: list[str] = field(default_factory=list)
    occurrence: str = ""
    """Of recurring work: which time it reports."""

    def undated(self, today: date) -> bool:
        """Whether the document says no day for it, up to today."""
        return self.when is None or self.when.first > today

    def dated(self, note: str) -> str:
        """A note with the words that say when before it."""
        return f"{self.said}: {note}" if self.said else note


@dataclass
class Milestone:
    """A milestone, and where in the document it stood."""

    action: str
    place: str
    id: str = ""
    start: PlanDate = UNDATED
    due: PlanDate = UNDATED
    review: PlanDate = UNDATED
    every: str = ""
    """How often it recurs; empty where it does not."""
    leads: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    """What it comes from: a meeting, its day, the item of its agenda."""
    more: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """Where each text of `more` stood."""
    status: Status | None = None
    log: list[Entry] = field(default_factory=list)
    own_id: str = ""
    """The id that the document gives it; empty where it gives none."""

    @property
    def source(self) -> str:
        """What it comes from, in one text."""
        return ", ".join(self.sources)


@dataclass
class Objective:
    """An objective."""

    statements: list[str] = field(default_factory=list)
    id: str = ""
    complete_by: PlanDate = UNDATED
    accountable: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    shared: bool = False
    """Whether its lead is what the document says of each of its milestones."""

    @property
    def empty(self) -> bool:
        """Whether it says nothing."""
        return not (self.statements or self.milestones or self.leads or self.accountable)

    @property
    def named(self) -> bool:
        """Whether the document says anything of it, beside what is to be done."""
        texts = (self.id, self.statements, self.accountable, self.leads)
        return any(texts) or self.complete_by.dated


@dataclass
class Priority:
    """A priority."""

    title: str
    place: str = ""
    id: str = ""
    until: PlanDate = UNDATED
    outcome: str = ""
    outcome_label: str = ""
    evidence: list[str] = field(default_factory=list)
    straight: list[Milestone] = field(default_factory=list)
    """The milestones that stand under no objective."""
    objectives: list[Objective] = field(default_factory=list)
    register: bool = False
    """Whether it is no priority but a list of actions that none owns."""

    @property
    def milestones(self) -> Iterator[Milestone]:
        """Its milestones, in order."""
        yield from self.straight
        for objective in self.objectives:
            yield from objective.milestones


@dataclass
class Draft:
    """The whole of what was read."""

    title: str = ""
    partnership: str = ""
    vision: str = ""
    introduction: list[str] = field(default_factory=list)
    priorities: list[Priority] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    """The extra columns: the label of each key."""
    left: list[Left] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    statuses: dict[str, str] = field(default_factory=dict)
    """Words in a column for statuses that mean none: the place where each was met first."""
    in_words: list[Left] = field(default_factory=list)
    """Dates that have no form in a plan, and stand there in words."""
    understood: Counter[str] = field(default_factory=Counter)
    """Words that stand in the plan as something else: dates, statuses, ids, names of columns."""
    proved: tuple[str, str] = ("", "")
    """In which order the document writes dates that could be two, where nobody said so and one of
    its dates shows it; and that date."""
    repeated: Counter[str] = field(default_factory=Counter)
    """Words that the document says once, and the plan of each of several milestones."""
    closed_is_done: bool = False
    """Whether what the document calls closed was taken for complete."""
    rows: int = 0
    """How many rows of actions were found."""
    words_in: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    @property
    def milestones(self) -> Iterator[Milestone]:
        """Every milestone, in order."""
        return (milestone for priority in self.priorities for milestone in priority.milestones)

    def texts(self) -> Iterator[str]:
        """Every text that the plan will hold."""
        yield from (self.title, self.partnership, self.vision, *self.introduction)
        for priority in self.priorities:
            yield from (priority.title, priority.outcome, priority.outcome_label)
            yield from priority.evidence
            for objective in priority.objectives:
                yield from (*objective.statements, *objective.accountable, *objective.leads)
            for milestone in priority.milestones:
                yield from (milestone.action, *milestone.leads, *milestone.more.values())
                yield from milestone.sources
                for entry in milestone.log:
                    # What a struck-out date or a new one means is said in words of our own.
                    yield from (entry.note if entry.when or not entry.moved else "",)
                    yield from (entry.by, entry.agreed, *entry.evidence)


def cleaned(draft: Draft, clean: Callable[[str], str]) -> Draft:
    """The draft with each text of its milestones as `clean` gives it."""
    for milestone in draft.milestones:
        milestone.action = clean(milestone.action)
        milestone.leads = [clean(name) for name in milestone.leads]
        milestone.sources = [clean(source) for source in milestone.sources]
        milestone.more = {key: clean(text) for key, text in milestone.more.items()}
        for entry in milestone.log:
            entry.note = clean(entry.note)
    return draft


def saved_on(draft: Draft, modified: date | None, today: date) -> date | None:
    """The day that a document was last saved on, where it says one that can be so; None where it
    says none. One that was made from a template may keep the template's, of years before."""
    dates = (date for m in draft.milestones for date in (m.start, m.due) if date.dated)
    first = min((date.first for date in dates), default=today)
    if modified is None or (first - modified).days > _LONG_BEFORE:
        return None
    return min(modified, today)


def words_of(*texts: str) -> Counter[str]:
    """How often each word stands in these texts."""
    return Counter(word for text in texts for word in re.findall(r"\w+", text.casefold()))


def words_of_all(texts: Sequence[str]) -> Counter[str]:
    """`words_of` for many."""
    total: Counter[str] = Counter()
    for text in texts:
        total.update(re.findall(r"\w+", text.casefold()))
    return total
