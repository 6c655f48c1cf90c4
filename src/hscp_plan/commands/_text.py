"""Refuses what was typed as a text and is none: a status, a date, an id or a command alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cli.command_list import COMMANDS
from ..errors import Mistyped, nearest, quoted
from ..naming.filters import is_bare_status
from ..naming.no_text import is_mark
from ..words import listed
from ._who import is_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..model import Plan


def word_given(word: str, known: Sequence[str], noun: str) -> str:
    """The one of these words that is meant; `noun` is what it is: an outcome. Raises Mistyped where
    it is none."""
    if word.lower() in known:
        return word.lower()
    near = nearest(word, list(known))
    hint = f"Did you mean: {near}" if near else f"Write {listed(known, 'or')}."
    raise Mistyped(f"{quoted(word)} is not {noun}", hint)


def refuse_no_text(text: str, noun: str, plan: Plan, today: date) -> None:
    """Refuse a text that says nothing by itself; `noun` is what it would be: a note. Raises
    Mistyped."""
    sentence = noun != "note" and text.rstrip().endswith(".")
    if not text.strip() or sentence:
        return
    ids = {part.id.casefold() for priority in plan.owners for part in priority.parts}
    if is_bare_status(text, plan.head):
        what, next = "is a status", "Put --status before it"
    elif is_date(text, today, plan.head):
        what, next = "is a date", "Put --due before it, or --date"
    elif text.casefold() in ids:
        what, next = "is an id", "Record one at a time"
    elif text.strip("?") in (*COMMANDS, "help", "delete", "remove", "dry-run"):
        what, next = "is a command", "Type it on a line of its own"
    elif is_mark(text):
        what, next = "has no words", "For a status, put --status and its word"
    else:
        return
    raise Mistyped(f"{quoted(text)} alone {what}, and no {noun}", f"{next}; say the rest in words.")
