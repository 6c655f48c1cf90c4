"""`hscp log`: what was recorded and is not in git yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import store
from ..words import listed
from ._look import open_look
from ._options import At, PlanDir, Shown

if TYPE_CHECKING:
    from ..editing.recorded import Recorded
    from ..reports.log import Unsaved


def run(where: PlanDir = None, *, shown: Shown) -> int:
    """Say what was recorded and is not in git yet, what was typed last first.

    What was typed in an editor, or on another computer, does not say when; it comes after the rest,
    and of the file that was written last first.

    \b
    hscp log
    """
    from ..editing.undo_choice import last_typed, ways
    from ..editing.unsaved import find_unsaved
    from ..reports.log import COLUMNS, Log, Way

    look = open_look(At(where))
    plans = [store.with_asked(each) for each in look.opened.of or (look.opened,)]
    unsaved = [(plan, find_unsaved(plan)) for plan in plans]
    recorded = []
    for plan, found in unsaved:
        for record, way in zip(found.recorded, ways(found.recorded), strict=True):
            one = _unsaved(record, plan)._replace(undo=way and Way(*way))
            recorded.append((record, one.cited(plan.plan.head.cite) if look.opened.of else one))
    # A file's own are in the order they stand, which for one milestone is that of their days.
    last_first = recorded[::-1]
    last_first.sort(key=lambda both: (both[0].typed.known, both[0].typed), reverse=True)
    records = [record for record, _ in recorded]
    report = Log(
        look.plan,
        look.day,
        tuple(one for _, one in last_first),
        [record for record, _ in last_first[:1]] == last_typed(records),
        all(found.in_git for _, found in unsaved),
    )
    return look.say(report, shown, COLUMNS)


def _unsaved(record: Recorded, opened: store.Opened) -> Unsaved:
    """Something recorded, for its report: it knows nothing of how a file is edited."""
    from ..reports.log import Unsaved

    if record.asked:
        return _asking(record, opened)
    file = store.display_path(opened.folder / record.file)
    id = "plan" if record.kind == "meeting" else record.id
    by = record.values.get("by") or record.values.get("from")
    return Unsaved(id, record.kind, record.date, by, _text(record), file, record.typed.known)


def _text(record: Recorded) -> str:
    """What a record says, in its own words."""
    values = record.values
    if record.kind == "lead":
        return listed(values["lead"]) or "nobody"
    if record.kind == "objective":
        from ..editing.new_objective import statement_texts

        return next(iter(statement_texts(values)), "")
    if record.kind == "value":
        was = record.corrected
        figure = values.get("value", "no figure" if was else "")
        corrected = f", was {was.get('value', 'no figure')}" if was else ""
        return ": ".join(filter(None, (f"{figure}{corrected}", values.get("note"))))
    if record.kind == "meeting":
        return ": ".join(filter(None, (values["group"], values.get("title"))))
    return next((str(values[key]) for key in _TEXTS if key in values), "")


def _asking(record: Recorded, opened: store.Opened) -> Unsaved:
    """Whom somebody asked, or who answered, for its report."""
    from ..reports.log import Unsaved
    from ..reports.phrases import answered, asked

    rounds = [opened.plan.asked[number] for number in record.asked]
    text = answered(rounds) if record.answers else asked(rounds, opened.plan.head)
    kind = "answer" if record.answers else "round of asking"
    file = store.display_path(opened.folder / record.file)
    return Unsaved("plan", kind, record.date, None, text, file, record.typed.known)


_TEXTS = ("decision", "note", "level", "action", "name", "title", "status", "evidence")
