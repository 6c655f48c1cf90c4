"""What somebody noted day by day in one cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .when import leading

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from .when import How, When

_NUMBERS = re.compile(r"(\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2}))\s*[:–—-]?\s+(?=\S)")
"""A day in numbers that no mark parts from what follows."""


class Noted(NamedTuple):
    """A note, and the day that its first line begins with."""

    note: str
    day: date | None = None
    said: str = ""
    """The words that say which day."""
    doubt: When | None = None
    """Of words that may be a day: what would have to be known for it to be read."""


def noted_in(text: str, how: How) -> Iterator[Noted]:
    """The notes of a text, each with the lines up to the next that begins with a day."""
    last: Noted | None = None
    for line in text.split("\n"):
        noted = _noted(line, how)
        if last and not noted.day:
            doubt = noted.doubt or last.doubt
            last = last._replace(note=f"{last.note}\n{line}", doubt=doubt)
            continue
        if last:
            yield last
        last = noted
    if last:
        yield last


def _noted(line: str, how: How) -> Noted:
    parted = _NUMBERS.sub(r"\1: ", line.strip(), count=1) if _NUMBERS.match(line.strip()) else line
    when, words, note = leading(parted, how)
    if when.due.dated and when.due.form == "day" and when.start.undated and note:
        return Noted(note, when.due.first, words)
    return Noted(line, None, words, when if when.doubt == "order" else None)
