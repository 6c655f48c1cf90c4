"""`hscp find`: where the plan says some words."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument
from ..errors import Mistyped
from ._look import open_look
from ._options import At, Only, Shown


def run(
    words: Annotated[list[str], Argument(metavar="WORD", help="All must stand in the same text.")],
    *,
    at: At,
    only: Only,
    shown: Shown,
) -> int:
    """Find where the plan says some words: actions, statements, notes, decisions.

    \b
    hscp find strategy            every text that says it
    hscp find "complex case"      words in this order
    hscp find csa launch          both words, in any order
    """
    from ..reports.find import COLUMNS, Find

    if not all(word.strip() for word in words):
        raise Mistyped("a word to look for is empty", "Such as: hscp find strategy")
    look = open_look(at, only)
    report = Find(look.plan, look.day, tuple(words), look.only)
    return look.say(report, shown, COLUMNS)
