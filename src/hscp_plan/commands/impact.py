"""`hscp impact`: the difference made for those whom the plan protects."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Argument, Option
from ..model import Voice
from ._dates import day_given
from ._options import AlsoAbout, AnyPart, DryRun, Evidence, OnDate, PlanDir
from ._record import record_said, subject
from ._text import refuse_no_text
from ._theme import Themes, themes_given


def run(
    id: AnyPart,
    note: Annotated[str, Argument(metavar="TEXT", help="What was said or found.")],
    voice: Annotated[
        Voice,
        Option(
            "--from",
            metavar="WHO",
            help="Who says so: children, adults, families, carers, practitioners, audit, data.",
        ),
    ],
    evidence: Evidence = None,
    about: AlsoAbout = None,
    theme: Themes = None,
    date: OnDate = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Record what difference was made for those whom the plan protects, and who or what says so.

    \b
    hscp impact P1.3 "Fewer came back." --from audit --evidence "Audit, May"
    """
    from ..editing.entries import one_or_more
    from ..editing.refusals import clean_note

    at, ids = subject(where, id, about or (), "a difference made")
    refuse_no_text(note, "impact", at.opened.plan, at.today)
    values = {
        "date": day_given(date, at.today, at.opened.plan.head).text,
        "from": voice,
        "note": clean_note(note),
        "about": ids,
        "evidence": list(evidence or ()),
        "theme": one_or_more(themes_given(theme, at.opened.plan)),
    }
    record_said(at, "impact", values, dry_run)
    return 0
