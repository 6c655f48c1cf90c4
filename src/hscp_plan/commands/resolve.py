"""`hscp resolve`: end a merge in which both sides only logged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ..document import Paragraph, Title
from ..errors import Mendable
from ._look import say_document
from ._options import DryRun, PlanDir
from ._record import difference

if TYPE_CHECKING:
    from pathlib import Path

    from ..resolving import Resolved


def run(dry_run: DryRun = False, where: PlanDir = None) -> None:
    """End an unfinished merge: where both sides only logged, keep both, in order of date.

    What the two sides say differently (two due dates, two statuses) is left to you, and said.

    \b
    hscp resolve              every file of the plan that has an unfinished merge
    hscp resolve --dry-run    show what it would do
    """
    opened = store.open_plan(store.find(where))
    unfinished = [
        opened.folder / source.name
        for source in opened.sources
        if any(fault.rule == "merge-unfinished" for fault in source.faults)
    ]
    if not unfinished:
        say_document((Title("No file of the plan has an unfinished merge."),), "auto")
    refused: list[Mendable] = []
    for path in unfinished:
        try:
            _resolve(path, dry_run)
        except Mendable as mendable:
            refused.append(mendable)
    if refused:
        what = "\n".join(m.what for m in refused)
        raise Mendable(what, "\n".join(dict.fromkeys(m.next for m in refused)))


def _resolve(path: Path, dry_run: bool) -> None:
    from ..recording import Change
    from ..resolving import resolved, said
    from ..writing import rewrite_text

    found: list[Resolved] = []

    def change(text: str) -> Change:
        found.append(resolved(text, store.shown(path)))
        return found[-1].change

    old, new, _ = rewrite_text(path, change, dry_run)
    if dry_run:
        difference(path, old, new)
        return
    lines = [Paragraph((f"  {said(kept)}",)) for kept in found[-1].kept]
    title = Title(f"{store.shown(path)}: both sides kept")
    next_step = Paragraph(("Look at it, and then end the merge: git add and git commit",))
    say_document((title, *lines, next_step._replace(apart=True)), "auto")
