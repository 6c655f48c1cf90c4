"""What can be compared of two plans: each without what an error spoils in either of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..changes import Added, Removed, changes
from ..naming.ids import may_hold
from ..store import ASKED, HEAD
from ..words import some

if TYPE_CHECKING:
    from ..changes import Change, Changes
    from ..model import Head, Plan, Priority
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


def comparable(before: Opened, after: Opened, partly: bool = False) -> Comparable:
    """What can be compared of two plans; `partly`: also what can be read of a file with errors."""
    sources = () if partly else (*before.sources, *after.sources)
    spoiled = {source.name for source in sources if source.faulty}
    # A priority may stand in another file in the other plan, or in one that could not be read.
    ids = {p.id for opened in (before, after) for n, p in opened.plan.files.items() if n in spoiled}
    ids |= _only_in(before, after) | _only_in(after, before)
    head = _shared_head(before, after)

    def readable(opened: Opened, other: Opened) -> Plan:
        priorities = opened.plan.files.items()
        files = {name: p for name, p in priorities if name not in spoiled and p.id not in ids}
        if other.unread:
            others_ids = {m.id for p in other.plan.owners for m in p.milestones}
            files = {n: _without_unsure(p, others_ids, other) for n, p in files.items()}
        asked = () if ASKED in spoiled else opened.plan.asked
        return opened.plan.only(files)._replace(head=head or opened.plan.head, asked=asked)

    return Comparable(readable(before, after), readable(after, before), before, after)


def _shared_head(before: Opened, after: Opened) -> Head | None:
    """The head to take for both plans where one of theirs cannot be read, so that nothing of it
    counts as changed; None where both can be read."""
    heads = [opened.plan.head for opened in (after, before) if _head_was_read(opened)]
    if len(heads) == 2:
        return None
    return heads[0] if heads else after.plan.head


def _without_unsure(priority: Priority, ids: set[str], other: Opened) -> Priority:
    """A priority without the milestones that may be in what could not be read of the other plan."""
    unsure = {m.id for m in priority.milestones if m.id not in ids and may_hold(other, m.id)}
    if not unsure:
        return priority
    return priority.with_sections(
        section.replace(milestones=tuple(m for m in section.milestones if m.id not in unsure))
        for section in priority.sections
    )


def _only_in(one: Opened, other: Opened) -> set[str]:
    """The priorities that one plan has, and that may be in what could not be read of the other."""
    known = {priority.id for priority in other.plan.owners}
    return {p.id for p in one.plan.owners if p.id not in known and may_hold(other, p.id)}


def _head_was_read(opened: Opened) -> bool:
    return any(
        source.name.rpartition("/")[2] == HEAD and not source.faulty for source in opened.sources
    )
