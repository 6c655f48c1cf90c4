"""The themes that run through a plan's priorities: what of each was sought, what was heard, and
what changed after that. Works it out; reads and draws nothing.

A plan holds no link from what somebody said to what was done. What it holds is that both were put
under one theme, and when: so what counts as changed is what was logged under a theme since it was
first heard, and completes a milestone or cites what shows it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from .letters import folded
from .standing import standings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model import Entry, Impact, Objective, Plan, Priority
    from .standing import Standing

T = TypeVar("T")


class Sought(NamedTuple):
    """A statement under a theme, and whose it is."""

    priority: Priority
    objective: Objective
    text: str


class Heard(NamedTuple):
    """A difference that somebody saw or told of under a theme, and for which priority."""

    priority: Priority
    impact: Impact


class Done(NamedTuple):
    """What was logged under a theme, and of which milestone."""

    standing: Standing
    entry: Entry

    @property
    def priority(self) -> Priority:
        """The priority or register of its milestone."""
        return self.standing.priority


class Theme(NamedTuple):
    """All that stands under a theme. Everything is in the plan's order; what is dated, oldest
    first."""

    name: str
    """As the plan first writes it."""
    sought: tuple[Sought, ...]
    heard: tuple[Heard, ...]
    changed: tuple[Done, ...]
    """What was logged since it was first heard, and completes a milestone or cites evidence."""
    also: tuple[Done, ...]
    """What else was logged."""

    @property
    def priorities(self) -> list[Priority]:
        """The priorities and registers in which anything stands under it."""
        sought = [each.priority for each in self.sought]
        heard = [each.priority for each in self.heard]
        done = [each.priority for each in (*self.changed, *self.also)]
        return list({priority.id: priority for priority in (*sought, *heard, *done)}.values())


def themes(plan: Plan, day: date) -> list[Theme]:
    """Every theme of a plan, in the order of their names; its milestones as they stand on a day."""
    sought, heard, done = _Group[Sought](), _Group[Heard](), _Group[Done]()
    for priority in plan.owners:
        for objective in priority.objectives:
            for statement in objective.statements_:
                sought.add(statement.theme, Sought(priority, objective, statement.text))
        for impact in priority.impact:
            heard.add(impact.theme, Heard(priority, impact))
    for standing in standings(plan, day):
        for entry in standing.milestone.progress:
            done.add(entry.theme, Done(standing, entry))
    names = done.names | heard.names | sought.names
    return [_theme(names[key], sought[key], heard[key], done[key]) for key in sorted(names)]


class _Group(Generic[T]):
    """Parts of a plan by the themes that they are under."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        """How each theme is first written, by what it is compared by."""
        self._parts: dict[str, list[T]] = {}

    def add(self, themes: Iterable[str], part: T) -> None:
        """Put a part under each of its themes."""
        for key, name in {theme_key(theme): theme for theme in themes}.items():
            self.names.setdefault(key, " ".join(name.split()))
            self._parts.setdefault(key, []).append(part)

    def __getitem__(self, key: str) -> list[T]:
        return self._parts.get(key, [])


def _theme(name: str, sought: list[Sought], heard: list[Heard], done: list[Done]) -> Theme:
    heard = sorted(heard, key=lambda each: each.impact.date.first)
    done = sorted(done, key=lambda each: each.entry.date.first)
    since = heard[0].impact.date.first if heard else None
    changed: list[Done] = []
    also: list[Done] = []
    for each in done:
        (changed if since and _is_change(each.entry, since) else also).append(each)
    return Theme(name, tuple(sought), tuple(heard), tuple(changed), tuple(also))


def _is_change(entry: Entry, since: date) -> bool:
    """Whether an entry is of this day or later, and completes a milestone or cites evidence."""
    return entry.date.first >= since and (entry.status == "complete" or bool(entry.evidence))


def theme_key(theme: str) -> str:
    """What a theme is compared by: neither capitals nor how many blanks part its words count."""
    return folded(" ".join(theme.split()))


def theme_names(plan: Plan) -> list[str]:
    """The themes of a plan, each as it is first written, in their order."""
    return [theme.name for theme in themes(plan, date.min)]
