"""`hscp undo`: take back what was just recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Argument, Option
from ..document import Mark, Paragraph, Title
from ..errors import Mistyped, quoted
from ..model import Priority
from ..naming.ids import named
from ..words import count, listed
from ._complete import ids
from ._look import given, say_document
from ._options import DryRun, PlanDir
from ._record import path_to_record, rewritten, today_given
from ._unsaved import unsaved, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..dates import PlanDate
    from ..document import Block, Line
    from ..editing.undo import Recorded
    from ..model import Plan


def run(
    id: Annotated[
        str | None,
        Argument(metavar="[ID]", help="Of what; otherwise the newest.", offers=ids),
    ] = None,
    date: Annotated[
        str | None,
        Option("--date", metavar="DATE", help="Of which day; for entries of several days."),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> int:
    """Take back the log entry, decision or new milestone that was recorded last and is not yet in
    git, with the status and the due date that it replaced. Again: the one before it.

    Where the file written last has something new of several, an id says which, and where that has
    entries of several days, --date; hscp log lists them.

    \b
    hscp undo          what was recorded last, whatever day it is of
    hscp undo P1.2     the newest of P1.2, by its day
    hscp undo P1       the newest decision of P1
    hscp undo P1.2 --date 2021-11-24     what was recorded last of that day
    """
    from ..editing.undo import latest_of, newest, take_back

    opened = store.open_plan(store.find(where))
    which = _id_of(opened, id) if id else None
    day = given(date, today_given(), "--date") if date else None
    recorded, saved = unsaved(opened, whole=not which)
    of_day = [each for each in recorded if day is None or each.date == day]
    candidates = newest(latest_of(of_day, which) if which else of_day, written(opened))
    if not candidates:
        _say_nothing(which, day)
        return 0
    if len(candidates) > 1:
        raise _several(candidates)
    last = candidates[0]
    if last.added:
        _refuse_if_named(opened.plan, recorded, last.id)
    path = opened.folder / last.file
    new = rewritten(path, lambda text, values: take_back(text, values, last, saved), dry_run)
    if new is not None:
        left = sum(last.id in (each.id, *each.milestones) for each in recorded) - 1
        after = store.reopen(opened, path, new.data).plan
        _say(last, opened.plan, after, store.shown(path), left)
    return 0


def _id_of(opened: store.Opened, id: str) -> str:
    """An id as the plan writes it. Raises Mistyped where it names nothing that can be read, and
    Mendable where nothing is recorded in its file."""
    found = named(opened.plan, id, today_given(), opened.sources)
    path_to_record(opened, found if isinstance(found, Priority) else found.priority)
    return found.id if isinstance(found, Priority) else found.milestone.id


def _several(candidates: list[Recorded]) -> Mistyped:
    """What to say where nothing tells which of several was recorded last."""
    why = "The order in which they were recorded is not known. To see them:  hscp log"
    ids = list(dict.fromkeys(each.id for each in candidates))
    if len(ids) > 1:
        what = f"{listed(ids)} each have something that is not in git yet"
        return Mistyped(what, f"{why}\nThen give one:  hscp undo ID")
    days = [each.date for each in candidates if each.date]
    what = f"{ids[0]} has entries of {listed(day.shown for day in days)} that are not in git yet"
    then = f"Then give the day of one:  hscp undo {ids[0]} --date {days[-1].text}"
    return Mistyped(what, f"{why}\n{then}")


def _refuse_if_named(plan: Plan, recorded: list[Recorded], id: str) -> None:
    """Refuse to take back a new milestone that a decision names. Raises Mistyped."""
    from ..editing.undo import first_naming

    naming = first_naming(plan, id)
    if naming is None:
        return
    priority, number, decision = naming
    cited = f"{decision.date.shown}, {quoted(decision.decision)},"
    what = f"{priority}'s decision of {cited} names {id}, so {id} stays"
    numbers = [each.decision for each in recorded if each.id == priority]
    unsaved = [unsaved for unsaved in numbers if unsaved is not None]
    if number not in unsaved:
        close = f'hscp progress {id} "…" --status closed'
        raise Mistyped(what, f"The decision is in git. To stop {id}, close it:  {close}")
    later = sum(n > number for n in unsaved)
    newer = f"{count(later, 'newer decision')} of {priority} {'is' if later == 1 else 'are'}"
    also = f"\n{newer} taken back before it." if later else ""
    raise Mistyped(what, f"Take the decision back first:  hscp undo {priority}{also}")


def _say_nothing(id: str | None, day: PlanDate | None) -> None:
    of = (f" of {id}" if id else "") + (f" of {day.shown}" if day else "")
    then = " then" if day else ""
    words = "What is in git stays there; to correct it, record what is right."
    say_document((Title(f"Nothing{of} to take back: all that was recorded{then} is in git"),
                  Paragraph((words,), apart=True)), "auto")  # fmt: skip


def _say(recorded: Recorded, before: Plan, after: Plan, file: str, left: int) -> None:
    """What was taken back, from where, and how its milestones stand again."""
    id, values = recorded.id, recorded.values
    milestone = None if recorded.decisions else after.milestone(id) or before.milestone(id)
    title = f"{id}  {milestone.action}" if milestone else _title(after, id)
    words = values.get("decision") or values.get("note")
    who = f"{values['by']}: " if recorded.decisions else ""
    subject: Line = ("the milestone itself",)
    if recorded.date:
        subject = ("decision of " if who else "entry of ", recorded.date)
    lines: list[Line] = [("taken back: ", *subject, f", from {file}")]
    if words:
        lines.append((f'{who}"{words}"',))
    for each in recorded.milestones:
        lines += _again(before, after, each, f"{each}: " if recorded.decisions else "")
    blocks: list[Block] = [Title(title), *(Paragraph(("  ", *parts)) for parts in lines)]
    if left:
        more = f"{left} more of {id} not yet in git. To take back the next:  hscp undo {id}"
        blocks.append(Paragraph((more,), apart=True))
    say_document(tuple(blocks), "auto")


def _again(before: Plan, after: Plan, id: str, of: str) -> Iterator[Line]:
    """The status and the due date that a milestone has again."""
    was, now = before.milestone(id), after.milestone(id)
    if was and now and was.status != now.status:
        back = (Mark(now.status, now.status), " again, was ", Mark(was.status, was.status))
        yield (of, *back)
    if was and now and was.due != now.due:
        again: Line = ("due ", now.due) if now.due.dated else (now.due,)
        yield (of, *again, " again, was due ", was.due)


def _title(plan: Plan, id: str) -> str:
    return next((f"{p.id}  {p.title}" for p in plan.priorities if p.id == id), id)
