"""What changed from one plan to another: two plans in, every change out, whatever it is of.

It holds no words: `reports.changes` tells people, `reports.commit` git, and `checks.since` a
reviewer. Parts are known by their ids over the whole plan, so that a file renamed or a milestone
moved to another objective loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .agreement import added_since, needs_agreement, who_agreed, who_agreed_addition
from .model import Measure, Milestone, Objective, Priority
from .words import ENDED

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Iterable, Iterator

    from .dates import PlanDate
    from .frozen import Frozen
    from .model import Decision, Entry, Head, Plan, Round
    from .words import Status

Part = Priority | Objective | Milestone | Measure
Noun = Literal[
    "decision", "impact", "assurance", "value", "meeting", "group", "column", "review", "round"
]
"""What stands in a list and has no id of its own."""


class Logged(NamedTuple):
    """An entry that a milestone's log gained."""

    milestone: Milestone
    entry: Entry
    was: Status
    """The status before it."""
    due: PlanDate
    """The due date before it."""
    times: int
    """How often it was moved up to and with this entry, in earlier plans too."""
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
    """A part that is new. The milestones of a new objective are told one by one beside it."""

    part: Part
    agreed: str | None = None
    """Who agreed that a milestone was added."""
    unagreed: bool = False
    """Whether a milestone was added to a plan that was agreed, and nobody is recorded as agreeing.
    What a register has is not of the plan that was."""


class Removed(NamedTuple):
    """A part that is no longer there."""

    part: Part


class Placed(NamedTuple):
    """A milestone that now stands under another objective, or straight under a priority."""

    milestone: Milestone
    was: str
    now: str


class Edited(NamedTuple):
    """A key whose value is another than it was."""

    part: Part | None
    """The part that it is a key of; None for the plan itself."""
    key: str
    """The key as the file names it."""
    was: Any
    now: Any
    lacks: Literal["", "entry", "decision"] = ""
    """What should say why, and does not: an entry of the log where a milestone is reworded, its
    review put off, or what recurs recurs otherwise; a decision where an end is put off."""


class Listed(NamedTuple):
    """Something in a list that was added, altered or taken out: a decision, a value, a meeting."""

    part: Part | None
    noun: Noun
    was: Any
    now: Any


class Asked(NamedTuple):
    """That leads were asked about their milestones: these rounds, of one day, are new."""

    rounds: tuple[Round, ...]


class Answered(NamedTuple):
    """That an answer was recorded to these rounds, which are of one day."""

    rounds: tuple[Round, ...]


Change = (
    Logged
    | Restated
    | Redated
    | Rewritten
    | Added
    | Removed
    | Placed
    | Edited
    | Listed
    | Asked
    | Answered
)


class Changes(NamedTuple):
    """What changed of one priority; of the plan itself where there is none."""

    priority: Priority | None
    changes: tuple[Change, ...]


def changes(before: Plan, after: Plan) -> list[Changes]:
    """Every change, by priority: the plan itself first, then in the later plan's order, last the
    priorities that are gone. Those without a change are left out."""
    before_by_id = {p.id: p for p in before.owners}
    after_ids = {p.id for p in after.owners}
    decisions = tuple(after.decisions)
    versions = _Versions(_milestones_by_id(before), _milestones_by_id(after), after.head, decisions)
    of_plan = (*_head_changes(before, after), *_asking_changes(before.asked, after.asked))
    groups = [Changes(None, of_plan)]
    for priority in after.owners:
        earlier = before_by_id.get(priority.id)
        if earlier is not priority:
            its_changes = list(_priority_changes(earlier, priority, versions))
            groups.append(Changes(priority, tuple(_with_lacking_decisions(its_changes))))
    for priority in before.owners:
        if priority.id not in after_ids:
            groups.append(Changes(priority, tuple(_removals(priority, versions))))
    return [group for group in groups if group.changes]


def _with_lacking_decisions(changes: list[Change]) -> Iterator[Change]:
    """One priority's changes. Where an end was put off and no new decision stands beside it, the
    change lacks one."""
    has_decision = any(
        isinstance(change, Listed) and change.noun == "decision" and not change.was
        for change in changes
    )
    for change in changes:
        match change:
            case Edited(key="until" | "complete_by") if not has_decision:
                put_off = _is_later(change.was, change.now)
                yield change._replace(lacks="decision") if put_off else change
            case _:
                yield change


class _Versions(NamedTuple):
    """The milestones of the earlier and of the later plan, by id, each with the id of what it
    stands under; and the later's plan.yaml and what Boards have decided by then."""

    before: dict[str, tuple[str, Milestone]]
    after: dict[str, tuple[str, Milestone]]
    head: Head
    decisions: tuple[Decision, ...]


def _milestones_by_id(plan: Plan) -> dict[str, tuple[str, Milestone]]:
    sections = ((p, section) for p in plan.files.values() for section in p.sections)
    return {m.id: (section.id or p.id, m) for p, section in sections for m in section.milestones}


# --- the parts ----------------------------------------------------------------------------------


def _head_changes(before: Plan, after: Plan) -> Iterator[Change]:
    was, now = before.head, after.head
    if was is now:
        return
    lists = ("groups", "meetings", "columns", "reviews", "decisions")
    yield from _edits(None, was, now, lists)
    yield from _list_changes(None, "decision", was.decisions, now.decisions, lambda d: d.date)
    yield from _list_changes(
        None, "meeting", was.meetings, now.meetings, lambda m: (m.date, m.group)
    )
    yield from _list_changes(None, "group", was.groups, now.groups, lambda g: g.name)
    yield from _list_changes(None, "column", was.columns, now.columns, lambda c: c.key)
    yield from _list_changes(None, "review", was.reviews, now.reviews, lambda r: r.name)


def _asking_changes(was: tuple[Round, ...], now: tuple[Round, ...]) -> Iterator[Change]:
    """Who was asked since, and who answered; each day of asking as one."""
    added, removed, altered = _compare(was, now, lambda round: round.form)
    answered = [new for old, new in altered if _is_answer(old, new)]
    yield from map(Asked, _by_day(added))
    yield from map(Answered, _by_day(answered))
    others = [(old, new) for old, new in altered if not _is_answer(old, new)]
    yield from (Listed(None, "round", *pair) for pair in others)
    yield from (Listed(None, "round", old, None) for old in removed)


def _is_answer(was: Round, now: Round) -> bool:
    return not was.answered and was.replace(answered=now.answered) == now


def _by_day(rounds: list[Round]) -> list[tuple[Round, ...]]:
    days: dict[PlanDate, list[Round]] = {}
    for round in rounds:
        days.setdefault(round.date, []).append(round)
    return [tuple(of_day) for of_day in days.values()]


_LISTS: tuple[tuple[str, Noun], ...] = (
    ("decisions", "decision"),
    ("impact", "impact"),
    ("assurance", "assurance"),
)


def _priority_changes(was: Priority | None, now: Priority, versions: _Versions) -> Iterator[Change]:
    if was is None:
        yield Added(now)
    for section in now.sections:
        old = next((s for s in was.sections if s.id == section.id), None) if was else None
        yield from _section_changes(old, section, now, versions, new=was is None)
    if was is None:
        return
    yield from (Removed(m) for m in was.milestones if m.id not in versions.after)
    ids = {objective.id for objective in now.objectives}
    yield from (Removed(o) for o in was.objectives if o.id not in ids)
    for key, noun in _LISTS:
        yield from _list_changes(now, noun, getattr(was, key), getattr(now, key), lambda i: i.date)
    yield from _measure_changes(was, now)
    parts = ("milestones", "objectives", "measures")
    yield from _edits(now, was, now, (*parts, *(key for key, _ in _LISTS)))


def _section_changes(
    was: Objective | None, now: Objective, priority: Priority, versions: _Versions, new: bool
) -> Iterator[Change]:
    """What changed of a section of a priority and its milestones; `new` where the whole priority
    is."""
    if was is now:
        return
    if was is None and not new and now.written:
        yield Added(now)
    elif was is not None:
        yield from _edits(now, was, now, ("milestones",))
    under = now.id or priority.id
    for milestone in now.milestones:
        if milestone.id in versions.before:
            under_before, old = versions.before[milestone.id]
            if under_before != under:
                yield Placed(milestone, under_before, under)
            yield from milestone_changes(old, milestone, versions.decisions)
        elif not new:
            yield _addition(milestone, priority, versions)


def _addition(milestone: Milestone, priority: Priority, versions: _Versions) -> Added:
    agreed = who_agreed_addition(milestone, versions.decisions)
    since = not priority.register and added_since(milestone, versions.head)
    return Added(milestone, agreed, unagreed=bool(since) and not agreed)


def milestone_changes(
    was: Milestone, now: Milestone, decisions: tuple[Decision, ...] = ()
) -> Iterator[Change]:
    """Every change of one milestone, from one version to another; and who agreed it, as the log
    or one of these decisions says."""
    if was is now:
        return
    logged = yield from _log_changes(was, now, decisions)
    if logged.status != now.status:
        yield Restated(now, logged.status, who_agreed(now, None, decisions))
    if logged.due != now.due:
        yield Redated(now, logged.due)
    for edited in _edits(now, was, now, ("progress", "status", "due")):
        put_off = edited.key == "review" and _is_later(edited.was, edited.now)
        # Else an occurrence that nobody reported could be made to have never been one.
        recurs = was.every is not None and edited.key in ("every", "start")
        needs_note = put_off or recurs or edited.key == "action"
        yield edited._replace(lacks="entry") if needs_note and not logged.has_note else edited


class _LogOutcome(NamedTuple):
    """What a milestone's older version is, after the new entries of its log."""

    status: Status
    due: PlanDate
    has_note: bool
    """Whether any new entry says something, which may explain what else changed."""


def _log_changes(
    was: Milestone, now: Milestone, decisions: tuple[Decision, ...]
) -> Generator[Change, None, _LogOutcome]:
    """Yields the changes of a milestone's log; returns what its new entries account for."""
    status, due = was.status, was.due
    if was.progress is now.progress:
        return _LogOutcome(status, due, has_note=False)
    added, removed, altered = _compare(was.progress, now.progress, lambda e: e.date)
    yield from (Rewritten(now, *pair) for pair in altered)
    yield from (Rewritten(now, entry, None) for entry in removed)
    move_count = now.times_moved - sum(1 for entry in added if entry.move)
    backdated = _statuses_before_backdated(now, added)
    for entry in added:
        move_count += entry.move is not None
        is_for_agreement = entry.move or entry.status in ENDED
        who = who_agreed(now, entry, decisions) if is_for_agreement else entry.agreed
        yield Logged(now, entry, backdated.get(id(entry), status), due, move_count, who)
        if id(entry) not in backdated:
            status = entry.status or status
        due = entry.moved.to if entry.moved else due
    return _LogOutcome(status, due, has_note=any(entry.note for entry in added))


def _statuses_before_backdated(now: Milestone, added: list[Entry]) -> dict[int, Status]:
    """The status before each backdated entry, as the log says it. Backdated is a new entry that
    stands before an old one with a status, and so did not change the status of today. By the
    entry's identity, since two entries may be alike."""
    new, log = set(map(id, added)), now.progress
    last = max((n for n, e in enumerate(log) if e.status and id(e) not in new), default=0)
    statuses: dict[int, Status] = {}
    status: Status = "not started"
    for entry in log[:last]:
        if id(entry) in new:
            statuses[id(entry)] = status
        status = entry.status or status
    return statuses


def _is_later(was: PlanDate | None, now: PlanDate | None) -> bool:
    return bool(was and now and now.last > was.last)


def _measure_changes(was: Priority, now: Priority) -> Iterator[Change]:
    old_by_id = {measure.id: measure for measure in was.measures}
    for measure in now.measures:
        old = old_by_id.pop(measure.id, None)
        if old is None:
            yield Added(measure)
            continue
        yield from _list_changes(measure, "value", old.values, measure.values, lambda v: v.period)
        yield from _edits(measure, old, measure, ("values",))
    yield from map(Removed, old_by_id.values())


def _removals(priority: Priority, versions: _Versions) -> Iterator[Change]:
    yield from (Removed(m) for m in priority.milestones if m.id not in versions.after)
    yield Removed(priority)


# --- comparing ----------------------------------------------------------------------------------


def _edits(
    part: Part | None, was: Frozen, now: Frozen, others: tuple[str, ...]
) -> Iterator[Edited]:
    """The keys that differ between two objects of one class, without those of `others`."""
    for (key, old), (_, new) in zip(was.items(), now.items(), strict=True):
        # Most parts are the very same object, and to compare those is quicker.
        if old is not new and key not in others and old != new:
            yield Edited(part, key, old or None, new or None)


def _list_changes(
    part: Part | None,
    noun: Noun,
    was: tuple[Any, ...],
    now: tuple[Any, ...],
    key: Callable[[Any], Hashable],
) -> Iterator[Listed]:
    if was is now:
        return
    added, removed, altered = _compare(was, now, key)
    yield from (Listed(part, noun, None, item) for item in added)
    yield from (Listed(part, noun, *pair) for pair in altered)
    yield from (Listed(part, noun, item, None) for item in removed)


class _Difference(NamedTuple):
    """What a list gained, what it lost, and what was altered in it, as it was and as it is."""

    added: list[Any]
    removed: list[Any]
    altered: list[tuple[Any, Any]]


def _compare(was: Iterable[Any], now: Iterable[Any], key: Callable[[Any], Hashable]) -> _Difference:
    """How two versions of a list differ. Two items that differ are one item, altered, where `key`
    gives the same for both."""
    unmatched: dict[Hashable, list[Any]] = {}
    for item in was:
        unmatched.setdefault(key(item), []).append(item)
    new = []
    for item in now:
        candidates = unmatched.get(key(item), [])
        if item in candidates:
            candidates.remove(item)
        else:
            new.append(item)
    # Only now: an item that is unchanged must not be taken for the old form of an altered one.
    added, altered = [], []
    for item in new:
        candidates = unmatched.get(key(item), [])
        if candidates:
            altered.append((candidates.pop(0), item))
        else:
            added.append(item)
    return _Difference(added, [item for items in unmatched.values() for item in items], altered)
