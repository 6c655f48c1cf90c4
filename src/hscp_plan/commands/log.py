"""`hscp log`: what was recorded and is not in git yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ._look import open_look
from ._options import At, PlanDir, Shown
from ._unsaved import unsaved, written

if TYPE_CHECKING:
    from ..editing.undo import Recorded
    from ..reports.log import Unsaved


def run(where: PlanDir = None, *, shown: Shown) -> int:
    """Say what was recorded and is not in git yet: of the file that was written last first, and of
    each milestone the entry of the latest day first.

    \b
    hscp log
    """
    from ..reports.log import COLUMNS, Log

    look = open_look(At(where))
    found, _ = unsaved(look.opened)
    times = written(look.opened)
    # A file's own are in the order they stand, which for one milestone is that of their days.
    order = sorted(enumerate(found), key=lambda at: (times[at[1].file], at[0]), reverse=True)
    report = Log(look.plan, look.day, tuple(_told(each, look.opened) for _, each in order))
    return look.say(report, shown, COLUMNS)


def _told(it: Recorded, opened: store.Opened) -> Unsaved:
    from ..reports.log import Unsaved

    what = "milestone" if it.added else "entry" if it.decision is None else "decision"
    text = next((str(it.values[key]) for key in _TEXTS if key in it.values), "")
    file = store.shown(opened.folder / it.file)
    return Unsaved(it.id, what, it.date, it.values.get("by"), text, file)


_TEXTS = ("decision", "note", "action", "status", "evidence")
