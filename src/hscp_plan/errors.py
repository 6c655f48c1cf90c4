"""Places, faults, and the one kind of exception that a user can mend. Prints nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple

from .letters import folded

Severity = Literal["error", "warning"]
Keys = tuple[str | int, ...]
"""The keys, and numbers of items, that lead to a part of a file."""


class Place(NamedTuple):
    """Where something stands: a file and, where known, a line and column counted from 1."""

    file: str
    line: int = 0
    column: int = 0
    end: int = 0
    """The column after the last character meant, on the same line; 0 where only a point is."""
    text: str = ""
    """The line itself, for the excerpt."""

    def __str__(self) -> str:
        return ":".join([self.file, *(str(n) for n in (self.line, self.column) if n)])


class Fault(NamedTuple):
    """One thing wrong with a plan: which rule, where, what, and what to do next."""

    rule: str
    message: str
    place: Place
    next: str = ""
    severity: Severity = "error"
    of: str = ""
    """The id that it is of, where it is known."""

    @property
    def kind(self) -> tuple[str, str, str]:
        """What the same fault elsewhere has in common with it: all but its place and its id."""
        if not self.of:
            return self.rule, self.message, self.next
        return self.rule, self.message.replace(self.of, ""), self.next.replace(self.of, "")


class Gap(NamedTuple):
    """A part of a file that its faults keep from being read."""

    path: Keys
    """Where it stands in the file; empty where it is the whole of it."""
    label: str
    """How messages name it: P1.4, a decision of P1, p1-neglect.yaml."""
    ids: tuple[str, ...] = ()
    """The ids that stand in it."""
    more: bool = False
    """Whether it may hold others, which cannot be read."""

    def may_hold(self, id: str) -> bool:
        """Whether this id stands in it, or may."""
        return self.more or id.casefold() in map(str.casefold, self.ids)


class Mendable(Exception):
    """Something the user can put right: what is wrong, and what to do next."""

    status = 1

    def __init__(self, what: str, next: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.next = next


class Mistyped(Mendable):
    """The command itself was mistaken: an unknown id, an unreadable date."""

    status = 2


class Wrong(ValueError):
    """A value that the format refuses: the rule, what is wrong, and what to do next. `key` is the
    key to blame within an object, or the keys on the way to it; empty where the whole value is to
    blame."""

    def __init__(self, rule: str, what: str, next: str = "", key: str | Keys = "") -> None:
        super().__init__(what)
        self.rule = rule
        self.what = what
        self.next = next
        self.keys: Keys = ((key,) if key else ()) if isinstance(key, str) else key


def nearest(word: str, known: list[str], cutoff: float = 0.6) -> str | None:
    """The known word most like this one, or None where none is."""
    from difflib import get_close_matches

    by_folded = {folded(known_word): known_word for known_word in known}
    matches = get_close_matches(folded(word), by_folded, n=1, cutoff=cutoff)
    return by_folded[matches[0]] if matches else None


def quoted(text: str, most: int = 60) -> str:
    """The text in quotation marks, cut where it is long, for a message."""
    flat = " ".join(text.split()) if text.strip() else text
    return f'"{flat}"' if len(flat) <= most else f'"{flat[: most - 1]}…"'
