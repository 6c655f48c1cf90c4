"""What was typed as a text and is none: dots for one's own words, an option within the quotation
marks, a date or a mark alone, a word that says nothing of what was done."""

from __future__ import annotations

import re

MOST_NOTE = 10_000
"""How many characters of a note are kept."""
_OPTIONS = (
    *("status", "due", "by", "date", "evidence", "agreed", "reason", "outcome", "completes"),
    *("about", "note", "lead", "start", "objective", "open", "dry-run", "branch", "plan"),
)
_EMBEDDED = re.compile(rf"(?:^|\s)(?:--|[–—]-?)(?P<name>{'|'.join(_OPTIONS)})\b(?!-)")
_EMPTY = frozenset(
    ("all", "everything", "changes", "it", "plan", "now", "please", "progress", "this", "my", "the")
)


def is_placeholder(text: str) -> bool:
    """Whether a text is the dots that stand for somebody's own words in a line to copy."""
    return text.strip() == "…"


def embedded_option(text: str) -> re.Match[str] | None:
    """The first option that stands within a text, as if its quotation marks had been closed."""
    return _EMBEDDED.search(text)


def is_mark(text: str) -> bool:
    """Whether a text has no letter and no digit: a tick alone."""
    return not any(map(str.isalnum, text))


def says_nothing(message: str) -> bool:
    """Whether the words of a message say nothing of what is saved: save all."""
    words = message.casefold().split()
    an_id = re.fullmatch(r"p\d+([.-]\w+)?", message.casefold())
    return bool(words) and (_EMPTY.issuperset(words) or an_id is not None)
