"""The report of what changed between two plans, in plain English: for a pull request or a Board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .. import model
from ..changes import Added, Listed, Logged, Redated, Removed, Restated
from ..dates import day_shown
from ..document import Heading, Item, Items, Paragraph, Title
from ..standing import standings
from ..words import UNAGREED
from . import phrases, records
from .change_texts import describe_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..changes import Change, Changes
    from ..document import Block, Document
    from ..model import Plan
    from ..standing import Standing
    from ..words import Kind
    from .change_texts import ChangeText

COLUMNS = ("priority", "id", "change", "text", "notes")


class ChangesReport(NamedTuple):
    """`hscp changes`: what changed, by priority, worst first; then what is overdue."""

    before: Plan
    after: Plan
    groups: list[Changes]
    """The changes from the one to the other, by priority."""
    since: str
    """Since when, for the title: main, the last commit, 20 October 2021."""
    day: date
    then: date
    """The day on which the earlier plan is looked at: `day`, where no time passed."""
    opening: str = ""
    """How the first sentence begins, where one is wanted: Since 20 October 2021."""
    unread: Sequence[str] = ()
    """The files that are not compared."""
    untold: str = ""
    """What is not compared, as a sentence."""

    def document(self) -> Document:
        """The sentence a chair wants, the changes by priority, and overdue before and after."""
        many = self._milestones()
        nothing = "Nothing that can be compared" if self.untold else "Nothing"
        title = f"{'What' if self.groups else nothing} changed since {self.since}"
        size = f" ({phrases.milestones(many)})" if many else ""
        blocks: list[Block] = [Title(title + size, day_shown(self.day))]
        if self.untold:
            blocks.append(Paragraph((self.untold,)))
        if self.opening:
            blocks.append(Paragraph((f"{self.opening}: {sum_up(self.counts())}.",), apart=True))
        for group, texts in sorted(self._texts(), key=lambda pair: pair[1][0].rank):
            items = tuple(Item(text.id, text.text, text.notes) for text in texts)
            blocks += [Heading(_heading(group)), Items(items)]
        blocks.append(Paragraph((self._overdue(),), apart=True))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """One row a change, and one for what is not compared."""
        yield from (row | {"notes": "; ".join(row["notes"])} for row in self._rows())
        if self.untold:
            yield {"id": "plan", "change": "not-compared", "text": self.untold}

    def data(self) -> dict[str, object]:
        """The changes, what they come to, and overdue before and after."""
        before, after = self._late()
        return {
            **records.envelope(self.after, self.day),
            "since": self.since,
            "since_day": self.then.isoformat(),
            "counts": self.counts(),
            "changes": list(self._rows()),
            "not_compared": list(self.unread),
            "overdue": after,
            "overdue_before": before,
        }

    def counts(self) -> dict[str, int]:
        """How many milestones were completed, moved, and so on."""
        every = [change for group in self.groups for change in group.changes]
        then = {s.milestone.id: s.kind for s in standings(self.before, self.then)}
        now = standings(self.after, self.day)

        def newly(kind: Kind) -> list[Standing]:
            # What is new to the plan and stands so already counts too.
            return [s for s in now if s.kind == kind != then.get(s.milestone.id)]

        def parts(kind: type[Added | Removed]) -> int:
            return sum(isinstance(c, kind) and isinstance(c.part, model.Milestone) for c in every)

        moved, closed = _moves_agreed(every), newly("closed")
        completed = [*newly("complete"), *newly(UNAGREED)]
        spoken = {c.milestone.id for c in every if isinstance(c, Logged | Restated)}
        return {
            "completed": len(completed),
            "completed_not_agreed": sum(s.ended_unagreed for s in completed),
            "closed": len(closed),
            "closed_not_agreed": sum(s.ended_unagreed for s in closed),
            "moved": len(moved),
            "moved_not_agreed": sum(not agreed for agreed in moved.values()),
            "newly_overdue": len(newly("overdue")),
            "new": parts(Added),
            "taken_out": parts(Removed),
            "decided": sum(
                isinstance(c, Listed) and c.noun == "decision" and not c.was for c in every
            ),
            "silent": sum(s.open and s.begun and s.milestone.id not in spoken for s in now),
        }

    def _texts(self) -> list[tuple[Changes, list[ChangeText]]]:
        """Each priority's changes in words."""
        return [(group, describe_group(group, self.after.head)) for group in self.groups]

    def _rows(self) -> Iterator[dict[str, Any]]:
        for group, texts in self._texts():
            for text in texts:
                yield {
                    "priority": group.priority and group.priority.id,
                    "id": text.id,
                    "change": text.kind,
                    "text": text.text,
                    "notes": [phrases.plain(note) for note in text.notes],
                }

    def _milestones(self) -> int:
        every = (p.milestones for plan in (self.before, self.after) for p in plan.owners)
        known = {milestone.id for milestones in every for milestone in milestones}
        return len(known.intersection(text.id for _, texts in self._texts() for text in texts))

    def _late(self) -> tuple[list[str], list[str]]:
        """The ids of what was overdue, and of what is."""
        return _overdue_ids(self.before, self.then), _overdue_ids(self.after, self.day)

    def _overdue(self) -> str:
        before, after = map(_some, self._late())
        of = "Of what is compared, overdue" if self.untold else "Overdue"
        if self.then == self.day and before == after:
            return f"{of} before and after: {after}."
        if self.then == self.day:
            return f"{of} after this change: {after}. Before it: {before}."
        return f"{of} now: {after}. On {day_shown(self.then)}: {before}."


def _overdue_ids(plan: Plan, day: date) -> list[str]:
    return [standing.milestone.id for standing in standings(plan, day, {"overdue"})]


def _some(ids: list[str]) -> str:
    return f"{len(ids)} ({phrases.some(ids)})" if ids else "none"


def _moves_agreed(every: Iterable[Change]) -> dict[str, bool]:
    """The milestones whose due date changed, each with whether somebody agreed every move."""
    agreed: dict[str, bool] = {}
    for change in every:
        if isinstance(change, Redated) and not change.was.undated:
            agreed[change.milestone.id] = False
        elif isinstance(change, Logged) and change.entry.move:
            id = change.milestone.id
            agreed[id] = bool(change.agreed) and agreed.get(id, True)
    return agreed


def sum_up(number: dict[str, int]) -> str:
    """Counts as a sentence's end: 3 completed, 2 moved (1 with no agreement recorded), 4 silent."""
    words = []
    for key, many in number.items():
        if many and not key.endswith("_not_agreed"):
            nobody = number.get(f"{key}_not_agreed")
            agreed = f" ({nobody} with {phrases.NOT_AGREED})" if nobody else ""
            words.append(f"{many} {key.replace('_', ' ')}{agreed}")
    return ", ".join(words) or "nothing changed, and nothing was silent"


def _heading(group: Changes) -> str:
    return f"{group.priority.id} {group.priority.title}" if group.priority else "The plan"
