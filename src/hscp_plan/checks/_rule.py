"""What a rule is, and what it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from ..errors import Severity
    from ..model import Plan


class Finding(NamedTuple):
    """One thing a rule found: in which file, at which path of keys, and what to do."""

    file: str
    path: tuple[str | int, ...]
    message: str
    next: str
    at_key: bool = False
    """Whether the key is to blame rather than its value."""
    other: tuple[str, tuple[str | int, ...]] | None = None
    """A second file and path that the message names as {other}."""


class Rule(NamedTuple):
    """A named rule; its documentation is its function's docstring."""

    name: str
    severity: Severity
    find: Callable[[Plan, date], Iterator[Finding]]

    @property
    def doc(self) -> str:
        """What the rule wants and why, with its examples."""
        from inspect import cleandoc

        return cleandoc(self.find.__doc__ or "")


def rule(
    name: str, severity: Severity
) -> Callable[[Callable[[Plan, date], Iterator[Finding]]], Rule]:
    """Make a rule of a function."""
    return lambda find: Rule(name, severity, find)
