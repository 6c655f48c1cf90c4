"""What changed from one plan to another: two plans in, every change out, whatever it is of.

Pure, and wordless: `reports.changes` says it to people, `reports.commit` to git, `checks.since`
to a reviewer. Parts are known by their ids over the whole plan, so that a file renamed or a
milestone moved to another objective loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .agreement import needs_agreement, who_agreed
from .model import Measure, Milestone, Objective, Priority
from .words import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator

    from .dates import PlanDate
    from .frozen import Frozen
    from .model import Decision, Entry, Head, Plan
    from .words import Status

Part = Priority | Objective | Milestone | Measure
Noun = Literal["decision", "impact", "assurance", "value", "meeting", "group", "column"]
"""What stands in a list and has no id of its own."""


class Logged(NamedTuple):
    """An entry that a milestone's log gained."""

    milestone: Milestone
    entry: Entry
    was: Status
    """What was said before it."""
    due: PlanDate
    """The due date before it."""
    times: int
    """How many moves the log holds up to and with this entry."""
    agreed: str | None
    """Who agreed it; a move, a completion or a closing, since then too."""

    def unagreed(self, head: Head) -> bool:
        """Whether it is for somebody to agree, and no agreement is recorded."""
        return not self.agreed and needs_agreement(self.milestone, self.entry, head)

    @property
    def status(self) -> Status | None:
        """The status that it brought, where that is another than before."""
        return self.entry.status if self.entry.status != self.was else None


class Restated(NamedTuple):
    """A status that changed, and no entry of the log brought it."""

    milestone: Milestone
    was: Status
    agreed: str | None
    """The Board that decided it, where it ends the milestone."""


class Redated(NamedTuple):
    """A due date that changed, and no entry of the log moved it there."""

    milestone: Milestone
    was: PlanDate


class Rewritten(NamedTuple):
    """An entry of a milestone's log that was altered or, where there is none now, taken out."""

    milestone: Milestone
    was: Entry
    now: Entry | None


class Added(NamedTuple):
    """A part that is new. A new objective's own milestones are told one by one beside it."""

    part: Part


class Removed(NamedTuple):
    """A part that is no longer there."""

    part: Part


class Placed(NamedTuple):
    """A milestone that now stands under another objective."""

    milestone: Milestone
    was: str
    now: str


class Edited(NamedTuple):
    """A key whose value is another than it was."""

    part: Part | None
    """What it is a key of; None for the plan itself."""
    key: str
    """As the file names it."""
    was: Any
    now: Any
    lacks: Literal["", "entry", "decision"] = ""
    """What should say why, and does not: an entry of the log where a milestone is reworded or its
    review put off; a decision where an end is put off."""


class Listed(NamedTuple):
    """Something in a list that was added, altered or taken out: a decision, a value, a meeting."""

    part: Part | None
    noun: Noun
    was: Any
    now: Any


Change = Logged | Restated | Redated | Rewritten | Added | Removed | Placed | Edited | Listed


class Changes(NamedTuple):
    """What changed of one priority; of the plan itself where there is none."""

    priority: Priority | None
    changes: tuple[Change, ...]


def changes(before: Plan, after: Plan) -> list[Changes]:
    """Every change, by priority: the plan itself first, then in the later plan's order, last the
    priorities that are gone. Those without a change are left out."""
    then = {p.id: p for p in before.priorities}
    now = {p.id for p in after.priorities}
    known = _Known(_placed(before), _placed(after), tuple(after.decisions))
    groups = [Changes(None, tuple(_head(before, after)))]
    for priority in after.priorities:
        was = then.get(priority.id)
        if was is not priority:
            every = list(_priority(was, priority, known))
            groups.append(Changes(priority, tuple(_undecided(every))))
    for gone in before.priorities:
        if gone.id not in now:
            groups.append(Changes(gone, tuple(_gone(gone, known))))
    return [group for group in groups if group.changes]


def _undecided(every: list[Change]) -> Iterator[Change]:
    """One priority's changes; of an end that was put off, that no decision beside it says why."""
    decided = any(isinstance(c, Listed) and c.noun == "decision" and not c.was for c in every)
    for change in every:
        match change:
            case Edited(key="until" | "complete_by") if not decided:
                put_off = _later(change.was, change.now)
                yield change._replace(lacks="decision") if put_off else change
            case _:
                yield change


class _Known(NamedTuple):
    """Each plan's milestones by id, with their objectives; and what Boards have decided."""

    before: dict[str, tuple[Objective, Milestone]]
    after: dict[str, tuple[Objective, Milestone]]
    decisions: tuple[Decision, ...]


def _placed(plan: Plan) -> dict[str, tuple[Objective, Milestone]]:
    return {m.id: (o, m) for p in plan.files.values() for o in p.objectives for m in o.milestones}


# --- the parts ----------------------------------------------------------------------------------


def _head(before: Plan, after: Plan) -> Iterator[Change]:
    was, now = before.head, after.head
    if was is now:
        return
    yield from _edited(None, was, now, ("groups", "meetings", "columns"))
    yield from _listed(None, "meeting", was.meetings, now.meetings, lambda m: (m.date, m.group))
    yield from _listed(None, "group", was.groups, now.groups, lambda g: g.name)
    yield from _listed(None, "column", was.columns, now.columns, lambda c: c.key)


_SAID: tuple[tuple[str, Noun], ...] = (
    ("decisions", "decision"),
    ("impact", "impact"),
    ("assurance", "assurance"),
)


def _priority(was: Priority | None, now: Priority, known: _Known) -> Iterator[Change]:
    if was is None:
        yield Added(now)
    for objective in now.objectives:
        old = next((o for o in was.objectives if o.id == objective.id), None) if was else None
        yield from _objective(old, objective, known, new=was is None)
    if was is None:
        return
    yield from (Removed(m) for m in was.milestones if m.id not in known.after)
    kept = {objective.id for objective in now.objectives}
    yield from (Removed(o) for o in was.objectives if o.id not in kept)
    for key, noun in _SAID:
        yield from _listed(now, noun, getattr(was, key), getattr(now, key), lambda i: i.date)
    yield from _measures(was, now)
    yield from _edited(now, was, now, ("objectives", "measures", *(key for key, _ in _SAID)))


def _objective(was: Objective | None, now: Objective, known: _Known, new: bool) -> Iterator[Change]:
    """What changed of an objective and its milestones; `new` where its whole priority is."""
    if was is now:
        return
    if was is None and not new:
        yield Added(now)
    elif was is not None:
        yield from _edited(now, was, now, ("milestones",))
    for milestone in now.milestones:
        if milestone.id in known.before:
            place, old = known.before[milestone.id]
            if place.id != now.id:
                yield Placed(milestone, place.id, now.id)
            yield from of_milestone(old, milestone, known.decisions)
        elif not new:
            yield Added(milestone)


def of_milestone(
    was: Milestone, now: Milestone, decisions: tuple[Decision, ...] = ()
) -> Iterator[Change]:
    """Every change of one milestone, from one version to another; and who agreed it, as the log
    or one of these decisions says."""
    if was is now:
        return
    status, due, explained = was.status, was.due, False
    if was.progress is not now.progress:
        added, gone, altered = _compared(was.progress, now.progress, lambda e: e.date)
        yield from (Rewritten(now, *pair) for pair in altered)
        yield from (Rewritten(now, entry, None) for entry in gone)
        times = len(now.moves) - sum(1 for entry in added if entry.move)
        late = _overtaken(now, added)
        for entry in added:
            times += entry.move is not None
            ends = entry.move or entry.status in ENDED
            who = who_agreed(now, entry, decisions) if ends else entry.agreed
            yield Logged(now, entry, late.get(id(entry), status), due, times, who)
            if id(entry) not in late:
                status = entry.status or status
            due = entry.moved.to if entry.moved else due
        explained = any(entry.note for entry in added)
    if status != now.status:
        yield Restated(now, status, who_agreed(now, None, decisions))
    if due != now.due:
        yield Redated(now, due)
    for edited in _edited(now, was, now, ("progress", "status", "due")):
        put_off = edited.key == "review" and _later(edited.was, edited.now)
        lacking = not explained and (put_off or edited.key == "action")
        yield edited._replace(lacks="entry") if lacking else edited


def _overtaken(now: Milestone, added: list[Entry]) -> dict[int, Status]:
    """Of the new entries that stand before an old one with a status, and so changed none that holds
    today, the status that the log says before each; by identity, as two may be alike."""
    new, log = set(map(id, added)), now.progress
    last = max((n for n, e in enumerate(log) if e.status and id(e) not in new), default=0)
    statuses: dict[int, Status] = {}
    status: Status = "not started"
    for entry in log[:last]:
        if id(entry) in new:
            statuses[id(entry)] = status
        status = entry.status or status
    return statuses


def _later(was: PlanDate | None, now: PlanDate | None) -> bool:
    return bool(was and now and now.last > was.last)


def _measures(was: Priority, now: Priority) -> Iterator[Change]:
    then = {measure.id: measure for measure in was.measures}
    for measure in now.measures:
        old = then.pop(measure.id, None)
        if old is None:
            yield Added(measure)
            continue
        yield from _listed(measure, "value", old.values, measure.values, lambda v: v.period)
        yield from _edited(measure, old, measure, ("values",))
    yield from map(Removed, then.values())


def _gone(priority: Priority, known: _Known) -> Iterator[Change]:
    yield from (Removed(m) for m in priority.milestones if m.id not in known.after)
    yield Removed(priority)


# --- comparing ----------------------------------------------------------------------------------


def _edited(part: Part | None, was: Frozen, now: Frozen, but: tuple[str, ...]) -> Iterator[Edited]:
    """The keys that differ between two objects of one class."""
    for (key, old), (_, new) in zip(was.items(), now.items(), strict=True):
        if old is not new and key not in but and old != new:
            yield Edited(part, key, old or None, new or None)


def _listed(
    part: Part | None,
    noun: Noun,
    was: tuple[Any, ...],
    now: tuple[Any, ...],
    key: Callable[[Any], Hashable],
) -> Iterator[Listed]:
    if was is now:
        return
    added, gone, altered = _compared(was, now, key)
    yield from (Listed(part, noun, None, item) for item in added)
    yield from (Listed(part, noun, *pair) for pair in altered)
    yield from (Listed(part, noun, item, None) for item in gone)


def _compared(
    was: Iterable[Any], now: Iterable[Any], key: Callable[[Any], Hashable]
) -> tuple[list[Any], list[Any], list[tuple[Any, Any]]]:
    """What a list gained, what it lost, and what was altered in it: the one as the other, where
    `key` says the same of both."""
    left: dict[Hashable, list[Any]] = {}
    for item in was:
        left.setdefault(key(item), []).append(item)
    new = []
    for item in now:
        same = left.get(key(item), [])
        if item in same:
            same.remove(item)
        else:
            new.append(item)
    added, altered = [], []
    for item in new:
        same = left.get(key(item), [])
        if same:
            altered.append((same.pop(0), item))
        else:
            added.append(item)
    return added, [item for items in left.values() for item in items], altered
