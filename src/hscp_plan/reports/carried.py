"""The report of `hscp carry`: what became what, where it is written, and what may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..document import Item, Items, Paragraph, Title
from ..letters import folded
from ..words import listed
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..dates import PlanDate
    from ..document import Block, Document, Line
    from ..errors import Place
    from ..model import Head, Milestone, Priority
    from ..standing import Standing


class Occasion(Protocol):
    """Into which plan something was carried, and who agreed it."""

    @property
    def there(self) -> Head:
        """The next plan."""

    @property
    def agreed(self) -> str | None:
        """Who agreed it."""


class Carried(Protocol):
    """A milestone that was carried into the next plan."""

    standing: Standing
    """It, and what it is of, as it stood here."""
    priority: Priority
    """What it is of in the next plan."""

    @property
    def milestone(self) -> Milestone:
        """It, as it stood here."""

    @property
    def id(self) -> str:
        """Its id in the next plan."""

    @property
    def is_new(self) -> bool:
        """Whether it was not there before."""

    @property
    def ends_here(self) -> bool:
        """Whether it was open here, and is closed now."""

    @property
    def due(self) -> PlanDate:
        """When it is due there."""

    @property
    def occasion(self) -> Occasion:
        """When it was carried, and whereto."""


def carried_recorded(
    carried: Sequence[Carried], places: Sequence[Place], options: tuple[str, str]
) -> Document:
    """What was carried, the places where that is written, and the options that name the next plan's
    folder and this one's, which is empty where none is needed."""
    occasion = carried[0].occasion
    number = phrases.milestones(len(carried))
    items = tuple(
        Item(one.milestone.id, one.milestone.action, tuple(_notes(one))) for one in carried
    )
    there, here = options
    agreed: list[Block] = []
    if any(one.ends_here for one in carried):
        who = phrases.agreement(occasion.agreed)
        hint = "" if occasion.agreed else ": --agreed says who agreed it"
        agreed.append(Paragraph((f"{who}{hint}",), apart=True))
    files = [f"{p.file}, line {p.line}" if len(carried) == 1 else p.file for p in places]
    return (
        Title(f"{number} carried forward to {occasion.there.id}"),
        Items(items),
        *agreed,
        Paragraph((f"recorded in {listed(files)}",), apart=not agreed),
        Paragraph((f"To see it there:  hscp status {there}",), apart=True),
        Paragraph((f"To keep both in git:  hscp save {there}  and  hscp save {here}".rstrip(),)),
    )


def _notes(one: Carried) -> Iterator[Line]:
    now = f"now {one.occasion.there.cite(one.id)}"
    if not one.is_new:
        yield (f"{now}, which was there already",)
    elif one.due != one.milestone.due:
        yield (f"{now}, due ", one.due, ", was ", one.milestone.due)
    else:
        yield (now,)
    if folded(one.priority.title) != folded(one.standing.priority.title):
        yield (f"there of {phrases.priority(one.priority)}",)
