"""What stands in a text and is no part of it: a status, a date at its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..letters import folded
from ..naming.filters import is_bare_status, likely_status
from ..words import STATUSES
from .values import MOST_WORDS

if TYPE_CHECKING:
    from ..model import Head
    from .options import Parameter
    from .values import Known

_BEFORE_STATUS = ("status", "rag", "brag", "now", "as", "is", "it", "still", "mark", "set")
"""Words that lead up to a status."""
_AT_AN_END = (
    *("on track", "at risk", "off track", "not started", "in progress"),
    *("red", "amber", "green", "closed"),
)
"""What no sentence begins or ends with by chance, as it does with "complete"."""


def status_in(note: str, head: Head | None, *, whole_only: bool) -> tuple[str, str] | None:
    """The status that is the whole of a note, begins it or ends it, and the rest of the note. None
    where there is none."""
    words = re.sub(r"(?<=\w)[:=] ?", " ", note).split()
    while words and folded(words[0]) in _BEFORE_STATUS:
        words = words[1:]
    parts = ((0, len(words)), (0, 2), (0, 1), (len(words) - 2, len(words)))
    for start, end in parts if words else ():
        text, rest = " ".join(words[start:end]), [*words[:start], *words[end:]]
        if rest and (whole_only or folded(text).replace("-", " ") not in _AT_AN_END):
            continue
        if is_bare_status(text, head) and likely_status(text, head) in STATUSES:
            while rest and folded(rest[-1]) in _BEFORE_STATUS:
                rest.pop()
            status = likely_status(text, head)
            return (head.written(status) if head else status), " ".join(rest)
    return None


def date_at_end(known: Known, option: Parameter, action: str) -> tuple[str, str] | None:
    """The date that ends an action, and the action without it. None where none does."""
    words = action.split()
    for at in range(max(1, len(words) - MOST_WORDS), len(words)):
        if known.size(option, words[at:]) == len(words) - at:
            end = at - 1 if at > 1 and folded(words[at - 1]) in ("due", "by") else at
            return known.text(option, words[at:]), " ".join(words[:end])
    return None
