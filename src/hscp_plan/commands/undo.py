"""`hscp undo`: take back what was just recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from .. import store
from ..disk import plain_bytes
from ..document import Mark, Paragraph, Title
from ..errors import Mendable, Mistyped, quoted
from ..ids import named
from ..model import Milestone, Priority
from ..options import Argument
from ..words import count, listed
from ._complete import ids
from ._look import say_document
from ._options import DryRun, PlanDir
from ._record import rewritten, today_given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Line
    from ..model import Plan
    from ..undoing import Recorded, Saved


def run(
    id: Annotated[
        str | None,
        Argument(metavar="[ID]", help="Of what; otherwise the newest.", offers=ids),
    ] = None,
    dry_run: DryRun = False,
    where: PlanDir = None,
) -> None:
    """Take back the newest log entry, decision or new milestone that is not yet in git, with the
    status and the due date that it replaced. Again: the one before it.

    Where several were recorded on one day, or a milestone is new, an id says which.

    \b
    hscp undo          the newest of the whole plan, where one alone is the newest
    hscp undo P1.2     the newest of P1.2
    hscp undo P1       the newest decision of P1
    """
    from ..undoing import newest, of, taken_back

    opened = store.open_plan(store.find(where))
    which = _named(opened, id) if id else None
    found, known = _unsaved(opened, which)
    chosen = newest(of(found, which) if which else found)
    if not chosen:
        _say_nothing(which)
        return
    if len(chosen) > 1:
        names, days = [it.id for it in chosen], {it.date for it in chosen}
        one = next(iter(days)) if len(days) == 1 else None
        when = f"on {one.shown}" if one else "that is not in git yet"
        what = f"{listed(names)} each have something recorded {when}"
        raise Mistyped(what, f"Give one:  hscp undo {names[0]}")
    it = chosen[0]
    if it.added:
        _not_named(opened.plan, found, it.id)
    path = opened.folder / it.file
    written = rewritten(path, lambda text, values: taken_back(text, values, it, known), dry_run)
    if written is not None:
        left = sum(it.id in (r.id, *r.milestones) for r in found) - 1
        after = store.reopened(opened, path, written.data).plan
        _say(it, opened.plan, after, store.shown(path), left)


def _named(opened: store.Opened, id: str) -> str:
    """An id as the plan writes it. Raises Mistyped where it names nothing that can be read."""
    found = named(opened.plan, id, today_given(), opened.sources)
    return found.id if isinstance(found, Priority) else found.milestone.id


def _not_named(plan: Plan, found: list[Recorded], id: str) -> None:
    """Refuse to take back a new milestone that a decision names. Raises Mistyped."""
    from ..undoing import named_by

    named = named_by(plan, id)
    if named is None:
        return
    priority, number, decision = named
    said = f"{decision.date.shown}, {quoted(decision.decision)},"
    what = f"{priority}'s decision of {said} names {id}, so {id} stays"
    unsaved = [r.decision for r in found if r.id == priority and r.decision is not None]
    if number not in unsaved:
        close = f'hscp progress {id} "…" --status closed'
        raise Mistyped(what, f"The decision is in git. To stop {id}, close it:  {close}")
    later = sum(n > number for n in unsaved)
    newer = f"{count(later, 'newer decision')} of {priority} {'is' if later == 1 else 'are'}"
    also = f"\n{newer} taken back before it." if later else ""
    raise Mistyped(what, f"Take the decision back first:  hscp undo {priority}{also}")


def _unsaved(opened: store.Opened, id: str | None) -> tuple[list[Recorded], Saved]:
    """All that was recorded and is not in git, and what is. Raises Mistyped where nothing tells,
    and Mendable where what is the newest cannot be told."""
    from .. import git, yamltext
    from ..saving import changed
    from ..undoing import saved, unsaved

    sources = {s.name: s for s in opened.sources if s.name != store.HEAD}
    old = {n: d for n, d in git.head(opened.folder, sources).items() if n.endswith(".yaml")}
    now = {name: _bytes(source) for name, source in sources.items()}
    names = changed(old, now)
    values = []
    for name in (name for name in names if name in old and name != store.HEAD):
        text = yamltext.decoded(old[name], name)
        read = None if isinstance(text, list) else yamltext.read(text, name).value
        if read is None:
            what = f"{name} cannot be read as the last commit has it"
            raise Mendable(f"{what}, so nothing tells what of it was saved", "See  git log")
        values.append((str(text), read))
    known, found = saved(values), []
    for name in (name for name in names if name in now):
        if any(fault.severity == "error" for fault in sources[name].faults):
            if id is None:
                fault = next(f for f in sources[name].faults if f.severity == "error")
                what = f"{fault.place}: {fault.message}, so nothing tells what is the newest"
                raise Mendable(what, f"{fault.next} Or give the id:  hscp undo P1.2")
            continue
        text = yamltext.decoded(now[name], name)
        if isinstance(text, str):
            found += unsaved(name, yamltext.values(text), known)
    return found, known


def _bytes(source: store.Source) -> bytes:
    try:
        return plain_bytes(source.path)
    except OSError:
        return b""


def _say_nothing(id: str | None) -> None:
    of = f" of {id}" if id else ""
    words = "What is in git stays there; to correct it, record what is right."
    say_document((Title(f"Nothing{of} to take back: all that was recorded is in git"),
                  Paragraph((words,), apart=True)), "auto")  # fmt: skip


def _say(it: Recorded, before: Plan, after: Plan, file: str, left: int) -> None:
    """What was taken back, from where, and how its milestones stand again."""
    own = None if it.decisions else _milestone(after, it.id) or _milestone(before, it.id)
    title = f"{it.id}  {own.action}" if own else _title(after, it.id)
    words = it.values.get("decision") or it.values.get("note")
    who = f"{it.values['by']}: " if it.decisions else ""
    what: Line = ("the milestone itself",)
    if it.date:
        what = ("decision of " if who else "entry of ", it.date)
    lines: list[Line] = [("taken back: ", *what, f", from {file}")]
    if words:
        lines.append((f'{who}"{words}"',))
    for id in it.milestones:
        lines += _again(before, after, id, f"{id}: " if it.decisions else "")
    made: list[Block] = [Title(title), *(Paragraph(("  ", *parts)) for parts in lines)]
    if left:
        more = f"{left} more of {it.id} not yet in git. To take back the next:  hscp undo {it.id}"
        made.append(Paragraph((more,), apart=True))
    say_document(tuple(made), "auto")


def _again(before: Plan, after: Plan, id: str, of: str) -> Iterator[Line]:
    """The status and the due date that a milestone has again."""
    was, now = _milestone(before, id), _milestone(after, id)
    if was and now and was.status != now.status:
        back = (Mark(now.status, now.status), " again, was ", Mark(was.status, was.status))
        yield (of, *back)
    if was and now and was.due != now.due:
        again: Line = ("due ", now.due) if now.due.dated else (now.due,)
        yield (of, *again, " again, was due ", was.due)


def _title(plan: Plan, id: str) -> str:
    return next((f"{p.id}  {p.title}" for p in plan.priorities if p.id == id), id)


def _milestone(plan: Plan, id: str) -> Milestone | None:
    return next((m for p in plan.priorities for m in p.milestones if m.id == id), None)
