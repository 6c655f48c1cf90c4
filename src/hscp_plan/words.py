"""The words for statuses, standings, counts and lengths of time, and `safe`, which makes a plan's
text safe to show. Holds no layout and no colour codes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from .dates import months_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

Status = Literal[
    "not started", "in progress", "on track", "at risk", "off track", "complete", "closed"
]
"""What a person says of a milestone. `in progress` says no more than that."""

Kind = Literal[
    "overdue",
    "off track",
    "late to start",
    "at risk",
    "no date",
    "on track",
    "in progress",
    "not started",
    "complete, not yet agreed",
    "complete",
    "closed",
]
"""What is worked out for a milestone on a day."""

STATUSES: tuple[Status, ...] = (
    *("not started", "in progress", "on track", "at risk", "off track", "complete", "closed"),
)
KINDS: tuple[Kind, ...] = (
    *("overdue", "off track", "late to start", "at risk", "no date"),
    *("on track", "in progress", "not started", "complete, not yet agreed", "complete", "closed"),
)
"""Worst first."""
UNAGREED: Kind = "complete, not yet agreed"
"""The standing of what is said to be complete where the plan counts it once a Board has agreed."""
ENDED: tuple[Status, ...] = ("complete", "closed")
"""The statuses of a milestone that is no longer to be done."""

SYMBOLS: dict[str, str] = {
    "overdue": "!",
    "off track": "×",
    "late to start": "▲",
    "at risk": "▲",
    "no date": "?",
    "on track": "●",
    "in progress": "◐",
    "not started": "○",
    "complete, not yet agreed": "◆",
    "complete": "✓",
    "closed": "–",
}
BRAG: dict[str, str] = {
    "overdue": "red",
    "off track": "red",
    "late to start": "amber",
    "at risk": "amber",
    "no date": "grey",
    "on track": "green",
    "in progress": "grey",
    "not started": "grey",
    "complete, not yet agreed": "green",
    "complete": "blue",
    "closed": "grey",
}
"""The colour of each standing in the Blue, Red, Amber, Green convention of council reports."""

SYNONYMS: dict[str, str] = {
    **dict.fromkeys(("done", "completed", "finished", "achieved", "delivered", "blue"), "complete"),
    **dict.fromkeys(("green", "going well"), "on track"),
    **dict.fromkeys(
        ("ongoing", "started", "underway", "under way", "begun", "commenced"), "in progress"
    ),
    **dict.fromkeys(("amber", "risk", "some concern"), "at risk"),
    **dict.fromkeys(("red", "delayed", "stuck", "slipping"), "off track"),
    **dict.fromkeys(("stopped", "cancelled", "canceled", "withdrawn", "superseded"), "closed"),
    **dict.fromkeys(("undated", "without a date", "no due date", "unscheduled"), "no date"),
    **dict.fromkeys(
        ("not yet agreed", "not agreed", "unagreed", "complete not yet agreed", "for agreement"),
        "complete, not yet agreed",
    ),
    **dict.fromkeys(("late", "past due", "over due"), "overdue"),
    **dict.fromkeys(("grey", "gray", "todo", "to do", "pending", "planned"), "not started"),
}
"""Words that people use for a status, and the status they most likely mean."""

BRAG_LETTERS: dict[str, Status] = {
    "b": "complete",
    "r": "off track",
    "a": "at risk",
    "g": "on track",
}
"""What the letters of BRAG say where nothing else stands."""


def written(status: str, scale: Mapping[str, str]) -> str:
    """What a plan's files hold for a status: its word of the plan's own scale, else ours."""
    return next((word for word, meant in scale.items() if meant == status), status)


FEWER = "fewer than 5"
"""How a count of fewer than five children, families or adults is published."""


def natural_key(id: str) -> list[str | int]:
    """The key that sorts ids as people do: P2 before P10."""
    parts = re.split("([0-9]+)", id.casefold())
    return [int(part) if n % 2 else part for n, part in enumerate(parts)]


_NO_NAMES = """
a all agreed agreement and approved be by confirmed everybody everyone i it me mine my myself n na
no nobody none not of ok okay on our ours ourselves pending self tbc tbd team the them they this
to unknown us we y yes yet you
jan january feb february mar march apr april may jun june jul july aug august sep sept september
oct october nov november dec december st nd rd th
"""
_NOT_NAMES = frozenset(_NO_NAMES.split())


@lru_cache(maxsize=4096)
def names_nobody(text: str) -> bool:
    """Whether a text names nobody who could answer for an agreement: me, yes, the team,
    20 October 2021."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return _NOT_NAMES.issuperset(words)


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 milestone, 2 milestones, 4 priorities."""
    return f"{number:,} {one if number == 1 else many or plural(one)}"


def plural(one: str) -> str:
    """The plural of a plain English noun: priorities, milestones."""
    return f"{one[:-1]}ies" if one.endswith("y") and one[-2:-1] not in "aeou" else f"{one}s"


def listed(items: Iterable[str], join: str = "and") -> str:
    """Items as a sentence lists them: a, b and c."""
    *most, last = list(items) or [""]
    return f"{', '.join(most)} {join} {last}" if most else last


# Remembered, since a plan's milestones are due on the same few days.
@lru_cache(maxsize=4096)
def length(earlier: date, later: date) -> str:
    """How long from one day to another: 15 days, 2 months, 4 years."""
    months = months_between(earlier, later)
    if months < 1:
        return count((later - earlier).days, "day")
    return count(months, "month") if months < 24 else count(months // 12, "year")


def ago(then: date, today: date) -> str:
    """How long ago a day was: today, 5 days ago, 5 weeks ago, 3 months ago."""
    days = (today - then).days
    if days < 1:
        return "today"
    long = count(days // 7, "week") if 14 <= days < 63 else length(then, today)
    return f"{long} ago"


def cut(text: str, most: int) -> str:
    """The text where it is no longer than this; else its beginning, up to a word's end, with an
    ellipsis."""
    if len(text) <= most:
        return text
    end = text.rfind(" ", 0, most)
    return f"{text[: end if end > 0 else most - 1].rstrip(' ,;.')}…"


def address(url: str) -> str:
    """A web address with every character that it may not hold escaped, so that none can end it
    early."""
    return "".join(c if c in _IN_ADDRESS else "".join(f"%{b:02X}" for b in c.encode()) for c in url)


_IN_ADDRESS = frozenset(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'()*+,-./:;=?@[]_~"
)


def sentence(text: str) -> str:
    """The text with a capital first letter, unless it begins with the name of a file."""
    return text if _FILE.match(text) else text[:1].upper() + text[1:]


_FILE = re.compile(r"\S+\.(?:ya?ml|docx|xlsx|pdf|csv|eml|txt|md)\b")


# The joiners within emoji and Persian and Indic words, and the no-break space, move nothing.
_HARMLESS = "\u200c\u200d\u00a0"
_HIDDEN_CATEGORIES = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
"""Unicode categories: control, format (bidirectional marks too), unassigned, private, line ends."""


def safe(text: str) -> str:
    """The text with every character escaped that could move a cursor, or hide or reorder what is
    read: control, C1, bidirectional and invisible characters, and line ends too."""
    if text.isprintable():
        return text
    return "".join(_escape(c) for c in text)


def one_line(text: str) -> str:
    """A text of several lines as one safe line: its line ends become spaces."""
    return text if text.isprintable() else safe(" ".join(text.split("\n")))


def _escape(character: str) -> str:
    from unicodedata import category

    if character in _HARMLESS or category(character) not in _HIDDEN_CATEGORIES:
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{{{code:x}}}"


def some(names: Sequence[str], most: int = 20) -> str:
    """At most so many of these names, and how many more there are: a, b and 3 more."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(map(safe, names[:most])) + more
