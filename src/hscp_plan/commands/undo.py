"""`hscp undo`: take back what was just recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Argument, Option
from ..cli.typography import as_typed
from ..errors import Mistyped
from ..model import WHOLE_PLAN, Priority
from ..naming.ids import find_objective, is_whole_plan, own_id
from ..words import listed
from ._complete import ids
from ._ids import find_part
from ._look import date_given, open_of, open_one, refusal_of, say_document
from ._options import DryRun, PlanDir
from ._record import difference, edit_file, edit_files, path_of, today_given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..editing.recorded import Recorded
    from ..editing.saved import Saved
    from ..model import Plan
    from ..reports.undone import Undone


_PARTS = ("objective", "measure", "value", "priority", "register", "lead", "meeting")


def run(
    id: Annotated[
        str | None,
        Argument(metavar="[ID]", help="Of what; otherwise of all.", offers=ids),
    ] = None,
    date: Annotated[
        str | None,
        Option("--date", metavar="DATE", help="Of which day; for entries of several days."),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Take back the log entry, decision, impact, assurance or lead that was recorded last and is
    not yet in git, with what it replaced; a measure's figure; the new milestone, objective,
    measure, priority, register or meeting; or whom you asked. Again: the one before it.

    What was typed in an editor, or on another computer, does not say when: where that leaves a
    doubt, give an id, or the day with --date. hscp log lists what there is.

    \b
    hscp undo               what was recorded last, whatever day it is of
    hscp undo --dry-run     show what that is, and change nothing
    hscp undo P1.2          what was recorded last of P1.2
    hscp undo P1            the last decision of P1
    hscp undo P1.2 --date 2021-11-24     what was recorded last of that day
    """
    from ..editing.undo import take_back
    from ..editing.undo_choice import choose, refuse_if_named
    from ..editing.unsaved import find_unsaved
    from ..reports.undone import nothing_undone

    opened = store.with_asked(open_of(where, id) if id else open_one(where, "undo"))
    which = _id_of(opened, id) if id else None
    head = opened.plan.head
    day = date_given(date, today_given(), "--date", head, past=True) if date else None
    recorded, saved, in_git = find_unsaved(opened, whole=not which)
    try:
        last = choose(recorded, which, day)
        if last and last.added:
            refuse_if_named(opened.plan, recorded, last.id)
    except Mistyped as refusal:
        raise refusal_of(opened, refusal) from None
    if last is None:
        say_document(nothing_undone(which, day, in_git), "auto", opened)
        return 0
    if last.asked:
        _take_asking_back(opened, last, saved, dry_run)
        return 0
    if last.kind in _PARTS:
        _take_part_back(opened, last, saved, dry_run)
        return 0
    more = sum(last.id in (record.id, *record.milestones) for record in recorded) - 1
    changes = {
        opened.folder / each.file: partial(take_back, recorded=each, saved=saved)
        for each in (last, *last.elsewhere)
    }
    files = listed(map(store.display_path, changes))
    undone = _undone(last, opened.plan, files, more)._replace(in_git=in_git)
    if undone.elsewhere:
        undone = undone._replace(option=_option_of(undone.elsewhere[0], opened, where))
    if dry_run:
        say_document(undone.preview(opened.plan), "auto", opened)
    if edit_files(changes, dry_run) is not None:
        after = store.with_asked(store.open_plan(opened.where)).plan
        say_document(undone.document(opened.plan, after), "auto", opened)
    return 0


def _take_part_back(opened: store.Opened, last: Recorded, saved: Saved, dry_run: bool) -> None:
    """Take back a new objective, priority, register or meeting, or who leads something."""
    from ..editing.undo import take_back
    from ..reports.undone import PartUndone

    path = opened.folder / last.file
    shown = store.display_path(path)
    undone = PartUndone(last.kind, last.id, last.values, last.date, shown, last.corrected)
    if dry_run:
        say_document(
            undone.document(opened.plan, opened.plan, "would be taken back"), "auto", opened
        )
    if last.new_file:
        _take_file_back(opened, last, dry_run)
        after = store.open_plan(opened.where).plan
    else:
        edited = edit_file(path, lambda text, values: take_back(text, values, last, saved), dry_run)
        if edited is not None:
            after = store.reopen(opened, path, edited[0]).plan
    if not dry_run:
        say_document(undone.document(opened.plan, after), "auto", opened)


def _take_file_back(opened: store.Opened, last: Recorded, dry_run: bool) -> None:
    """Take away the file of a new priority or register, where it holds no more than hscp wrote."""
    from ..editing.new_priority import priority_change
    from ..editing.new_register import register_change
    from ..editing.write import remove

    values, year = last.values, opened.plan.head.period.start.first.year
    id, title = values["id"], values["title"]
    if last.kind == "register":
        text = register_change(id, title, year).text
    else:
        text = priority_change(id, title, year, values.get("until"), values.get("outcome")).text
    path = opened.folder / last.file
    remove(path, text, dry_run)
    if dry_run:
        difference(path, text, "")


def _take_asking_back(opened: store.Opened, last: Recorded, saved: Saved, dry_run: bool) -> None:
    """Take back whom somebody asked, or that they answered."""
    from ..editing.undo import take_back
    from ..reports.undone import AskingUndone

    path = opened.folder / last.file
    rounds = [opened.plan.asked[number] for number in last.asked]
    undone = AskingUndone(rounds, last.answers, store.display_path(path))
    if dry_run:
        say_document(undone.document(opened.plan.head, "would be taken back"), "auto", opened)
    edited = edit_file(path, lambda text, values: take_back(text, values, last, saved), dry_run)
    if edited is not None:
        say_document(undone.document(opened.plan.head), "auto", opened)


def _refuse_copy(opened: store.Opened, priority: Priority) -> None:
    """Raises Mendable where a priority's file is a copy of another, or has one. Whatever else is
    wrong with it, what was recorded can be taken back."""
    opened.path_to_record(path_of(opened, priority).name)


def _id_of(opened: store.Opened, id: str) -> str:
    """An id as the plan writes it. Raises Mistyped where it names nothing that can be read, and
    Mendable where nothing is recorded in its file."""
    if is_whole_plan(opened.plan, id):
        opened.path_to_record(store.HEAD)
        return WHOLE_PLAN
    if named := find_objective(opened.plan, id):
        priority, objective = named
        _refuse_copy(opened, priority)
        return objective.id
    own = own_id(opened.plan, id)
    for priority in opened.plan.priorities:
        for measure in priority.measures:
            if measure.id.casefold() == own:
                _refuse_copy(opened, priority)
                return measure.id
    part = find_part(opened.plan, id, today_given(), opened.sources)
    _refuse_copy(opened, part if isinstance(part, Priority) else part.priority)
    return part.id if isinstance(part, Priority) else part.milestone.id


def _undone(recorded: Recorded, plan: Plan, file: str, more: int) -> Undone:
    """What is taken back, for its report: it knows nothing of how a file is edited."""
    from ..reports.undone import Undone

    values = recorded.values
    decided_by = values["by"] if recorded.decisions else ""
    text = values.get("decision") or values.get("note") or values.get("level")
    carried = tuple(_other_halves(recorded, plan))
    what = (recorded.kind, recorded.id, recorded.date, decided_by, text)
    return Undone(*what, recorded.milestones, file, more, carried)


def _option_of(cited: str, here: store.Opened, where: list[str] | None) -> str:
    """The option that names the folder of the plan that an id is cited of, where it is one of those
    named or lies beside this one; else empty."""
    plan, folder = cited.rpartition("/")[0], here.folder.resolve()
    beside = (str(path) for path in sorted(folder.parent.iterdir()) if path.is_dir())
    for name in (*(where or ()), *beside):
        if store.holds_plan(name):
            other = store.open_plan(name)
            if other.plan.head.id.casefold() == plan.casefold():
                return as_typed(["--plan", store.display_path(other.folder)])
    return ""


def _other_halves(recorded: Recorded, plan: Plan) -> Iterator[str]:
    """What stands in another plan of what was carried from there, or into it."""
    from ..editing.entries import carried_to

    if recorded.added and "carried_from" in recorded.values:
        yield recorded.values["carried_from"]
    for id, path in recorded.logged.items():
        milestone = plan.milestone(id)
        note = milestone.progress[int(path[-1])].note if milestone else None
        if cited := carried_to(note):
            yield cited
