"""`hscp assure`: how far a Board is assured."""

from __future__ import annotations

from typing import Annotated, get_args

from ..cli.options import Argument, Option
from ..model import Level
from ._complete import groups, levels
from ._dates import day_given
from ._options import AlsoAbout, AnyPart, DryRun, OnDate, PlanDir
from ._record import record_said, subject
from ._text import word_given
from ._who import who_given


def run(
    id: AnyPart,
    level: Annotated[
        str,
        Argument(metavar="LEVEL", help="assured, partly, or not assured.", offers=levels),
    ],
    by: Annotated[str, Option("--by", metavar="GROUP", help="Who is assured.", offers=groups)],
    note: Annotated[
        str | None, Option(metavar="TEXT", help="On what ground, or what is lacking.")
    ] = None,
    about: AlsoAbout = None,
    date: OnDate = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Record how far a Board is assured of a priority, or of an objective or milestone.

    \b
    hscp assure P1-A partly --by "Executive Board" --note "No audit yet."
    """
    from ..editing.refusals import clean_note

    at, ids = subject(where, id, about or (), "assurance")
    head = at.opened.plan.head
    values = {
        "date": day_given(date, at.today, head).text,
        "by": who_given(by, head, at.today, "--by"),
        "level": _level(level),
        "note": clean_note(note) if note else None,
        "about": ids,
    }
    record_said(at, "assurance", values, dry_run)
    return 0


def _level(word: str) -> str:
    """The level that is meant by a word: partly assured is partly. Raises Mistyped where it is
    none."""
    known = get_args(Level)
    full = {f"{level} assured": level for level in known if not level.endswith("assured")}
    level = word.strip(" .").lower()
    return word_given(full.get(level, level), known, "a level of assurance")
