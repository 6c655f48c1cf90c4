"""What a rule is, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, ParamSpec, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from ..changes import Changes
    from ..errors import Severity
    from ..model import Plan
    from ._text import Text
    from ._walk import Parts

P = ParamSpec("P")
F = TypeVar("F")


class Document(NamedTuple):
    """A document, by its path from the plan's folder."""

    path: str


class Id(NamedTuple):
    """An id of the plan."""

    id: str


class Part(NamedTuple):
    """A part of a file, by its keys; of whichever file where none is named."""

    file: str = ""
    path: tuple[str | int, ...] = ()


class Finding(NamedTuple):
    """One thing a rule found: in which file, at which path of keys, and what to do."""

    file: str
    path: tuple[str | int, ...]
    message: str
    next: str
    at_key: bool = False
    """Whether the key is to blame rather than its value."""
    other: tuple[str, tuple[str | int, ...]] | None = None
    """A second file and path, which the message names as {other}. Which of the two is not in the
    last commit the next step names as {newer}."""
    absent: Document | Id | Part | None = None
    """What it says, or takes for granted, is not there: it stands only where that is so, and not
    where a fault merely keeps it from being read."""


class Hit(NamedTuple):
    """One thing a rule found in a text: from where to where, and what to do."""

    start: int
    end: int
    message: str
    next: str


class Compared(NamedTuple):
    """A plan as it was, as it is, and what changed from the one to the other."""

    before: Plan
    after: Plan
    changes: list[Changes]


class Rule(NamedTuple, Generic[P, F]):
    """A named rule; its documentation is its function's docstring."""

    name: str
    severity: Severity
    find: Callable[P, Iterator[F]]

    @property
    def doc(self) -> str:
        """What the rule wants and why, with its examples."""
        from inspect import cleandoc

        return cleandoc(self.find.__doc__ or "")


PlanRule: TypeAlias = "Rule[[Parts, date], Finding]"
"""Over what the files mean, on a day."""
TextRule: TypeAlias = "Rule[[Text], Hit]"
"""Over the text of a file, comments included."""
SinceRule: TypeAlias = "Rule[[Compared], Finding]"
"""Over what changed."""


def rule(name: str, severity: Severity) -> Callable[[Callable[P, Iterator[F]]], Rule[P, F]]:
    """Make a rule of a function."""
    return lambda find: Rule(name, severity, find)
