"""What can be compared of two plans: both without what an error spoils in either."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..changes import Added, Removed, changes
from ..naming.ids import may_hold
from ..store import HEAD
from ..words import some

if TYPE_CHECKING:
    from ..changes import Change, Changes
    from ..model import Plan, Priority
    from ..store import Opened


class Comparable(NamedTuple):
    """Two plans without the files that an error spoils in either: what could not be read of one
    would count as gone."""

    before: Plan
    after: Plan
    then: Opened
    now: Opened

    @property
    def unread(self) -> list[str]:
        """The files that are not compared, as messages name them."""
        return [*self.now.unread, *self.then.unread]

    @property
    def untold(self) -> str:
        """What is not compared, as a sentence; empty where all is."""
        files = self.unread
        why = "because it has errors" if len(files) == 1 else "because they have errors"
        return f"Not compared, {why}: {some(files)}." if files else ""

    def changes(self, was: Plan, now: Plan) -> list[Changes]:
        """What changed between the two, as each stood on a day. What may have gone to where nothing
        can be read, or may have come from there, is not told."""
        groups = (
            group._replace(changes=tuple(filter(self._sure, group.changes)))
            for group in changes(was, now)
        )
        return [group for group in groups if group.changes]

    def _sure(self, change: Change) -> bool:
        match change:
            case Removed(part):
                return not may_hold(self.now, part.id)
            case Added(part):
                return not may_hold(self.then, part.id)
        return True


def comparable(before: Opened, after: Opened) -> Comparable:
    """What can be compared of two plans."""
    spoiled = {s.name for each in (before, after) for s in each.sources if s.faulty}
    ids = {p.id for each in (before, after) for n, p in each.plan.files.items() if n in spoiled}
    ids |= _only_in(before, after) | _only_in(after, before)
    heads = [each.plan.head for each in (after, before) if _head_was_read(each)]
    head = None if len(heads) == 2 else (heads or [after.plan.head])[0]

    def readable(opened: Opened, other: Opened) -> Plan:
        files = opened.plan.files.items()
        kept = {n: p for n, p in files if n not in spoiled and p.id not in ids}
        there = {m.id for p in other.plan.priorities for m in p.milestones}
        if other.unread:
            kept = {n: _known(p, there, other) for n, p in kept.items()}
        return opened.plan.only(kept)._replace(head=head or opened.plan.head)

    return Comparable(readable(before, after), readable(after, before), before, after)


def _known(priority: Priority, there: set[str], other: Opened) -> Priority:
    """A priority without the milestones that may be in what could not be read of the other plan."""
    gone = {m.id for m in priority.milestones if m.id not in there and may_hold(other, m.id)}
    if not gone:
        return priority
    return priority.replace(
        objectives=tuple(
            o.replace(milestones=tuple(m for m in o.milestones if m.id not in gone))
            for o in priority.objectives
        )
    )


def _only_in(one: Opened, other: Opened) -> set[str]:
    """The priorities that one plan has, and that may be in what could not be read of the other."""
    known = {priority.id for priority in other.plan.priorities}
    return {p.id for p in one.plan.priorities if p.id not in known and may_hold(other, p.id)}


def _head_was_read(opened: Opened) -> bool:
    return any(source.name == HEAD and not source.faulty for source in opened.sources)
