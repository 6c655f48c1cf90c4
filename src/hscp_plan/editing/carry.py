"""Carries what is not finished into the next plan: what is written there, and what here.

There each is a new milestone that says which one it carries on; here each is closed, and says which
one carries it on. The next plan is written first. So where a computer stops between the two, both
have it, and the same command run again ends what it began: the new one tells.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from ..dates import of_month
from ..errors import Mendable
from ..model import Milestone
from ..naming.ids import citations
from ..occurrences import occurrences
from ..reading.files import HEAD
from ..store import open_plan
from ..words import written
from .change import Change, keys_before, of_file
from .columns import declare
from .entries import (
    addition,
    as_written,
    carried_from_note,
    carried_note,
    carried_to,
    entry,
    one_or_more,
)
from .new_milestone import add_milestone, next_id
from .record import log_entry, record_decisions
from .scalars import key_lines
from .splice import Text
from .values import copy_along, find_milestone, part_at, texts_under
from .write import rewrite_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ..dates import PlanDate
    from ..model import Column, Head, Priority
    from ..standing import Standing
    from ..words import Status
    from .write import Rewritten

    Edit = Callable[[str, dict[str, Any]], Change]


class Occasion(NamedTuple):
    """When something is carried into which plan, who says so, and who agreed it."""

    day: PlanDate
    by: str | None
    agreed: str | None
    here: Head
    """The plan that it is in."""
    there: Head
    """The next."""


class Carried:
    """A milestone that is carried into the next plan."""

    def __init__(
        self,
        standing: Standing,
        priority: Priority,
        objective: str | None,
        due: PlanDate,
        occasion: Occasion,
        id: str = "",
    ) -> None:
        """It goes under this priority of the next plan, and this objective where it is of one; to
        be due then. The `id` is what it has there already, where it has one."""
        self.standing, self.priority, self.objective = standing, priority, objective
        self.due, self.occasion = due, occasion
        self.id = id
        """Its id in the next plan; empty until it is put there."""
        self.is_new = not id

    def said_by(self, who: str | None) -> Carried:
        """The same, as somebody says it."""
        occasion = self.occasion._replace(by=who)
        return Carried(self.standing, self.priority, self.objective, self.due, occasion, self.id)

    @property
    def milestone(self) -> Milestone:
        """It, as it stands here."""
        return self.standing.milestone

    @property
    def cited(self) -> str:
        """What it is cited as: 2021-23/P3.5."""
        return self.occasion.here.cite(self.milestone.id)

    def awaited(self, ids: Mapping[str, str]) -> list[str]:
        """What it waits for that is in the next plan, by the ids there; `ids` are those of the next
        plan's milestones, by all that they are cited as."""
        cited = (self.occasion.here.cite(id).casefold() for id in self.milestone.after)
        return [ids[name] for name in cited if name in ids]

    def keys(self, ids: Mapping[str, str]) -> dict[str, Any]:
        """What it says in the next plan; `ids` as for `awaited`."""
        after = self.awaited(ids)
        milestone, status = self.milestone, status_to_carry(self.standing)
        first, review = milestone.first_due, milestone.review
        scale = self.occasion.there.scale
        start, every = self._recurs()
        keys = {
            "id": self.id,
            "start": start and start.text,
            # A date is to be confirmed by what it waits for.
            "due": self.due.text if after or self.due.dated or self.due.ongoing else None,
            "review": review.text if review and self.due.ongoing else None,
            "every": every,
            "after": one_or_more(after),
            "action": milestone.action,
            "lead": one_or_more(self._lead()),
            "answers": one_or_more(milestone.answers),
            "from": milestone.from_,
            "added": self._addition(),
            "more": dict(milestone.more),
            "carried_from": self.cited,
            "first_promised": first.text if first.dated else None,
            "moved_before": str(milestone.times_moved) if milestone.times_moved else None,
            "status": None if status == "not started" else written(status, scale),
            "progress": [as_written(self._entry_there(status), scale)],
        }
        return {key: value for key, value in keys.items() if value}

    def _recurs(self) -> tuple[PlanDate | None, str | None]:
        """When it begins there, and how often it recurs: recurring work goes on with the first
        occurrence that is not reported here."""
        milestone = self.milestone
        if not milestone.every:
            return milestone.start, None
        every = occurrences(milestone)
        after = every[-1].period.last + timedelta(days=1)
        unreported = (occurrence.period for occurrence in every if not occurrence.entry)
        start = next(unreported, of_month(after.year, after.month))
        goes_on = self.due.dated and start.first <= self.due.last
        return (start, milestone.every) if goes_on else (None, None)

    def _addition(self) -> dict[str, str] | None:
        """That it was added, where the next plan was agreed before."""
        day, by, agreed, _, there = self.occasion
        since = there.agreed and day.first > there.agreed.date.last
        return addition(day, by, agreed) if since else None

    def _lead(self) -> tuple[str, ...]:
        """Who leads it, where that is not whoever leads its objective there."""
        objectives = {o.id: o.lead for o in self.priority.objectives}
        there = objectives.get(self.objective or "")
        return () if self.standing.lead == there else self.standing.lead

    def _entry_there(self, status: Status) -> dict[str, Any]:
        occasion, last = self.occasion, _last_words(self.standing)
        moved = (self.milestone.due, self.due) if self.due != self.milestone.due else None
        return entry(
            occasion.day.text,
            occasion.by,
            f"{carried_from_note(self.cited)} {last}".rstrip(),
            None if status == "not started" else status,
            moved,
            occasion.agreed if moved else None,
        )

    def entry_here(self) -> dict[str, Any]:
        """The entry with which it is closed here; of one that is closed already, a note alone."""
        occasion, last = self.occasion, self.standing.last_said
        day = last.date if last and last.date.first > occasion.day.last else occasion.day
        status = "closed" if self.standing.open else None
        note = carried_note(occasion.there.cite(self.id))
        new = entry(day.text, occasion.by, note, status, agreed=occasion.agreed)
        return as_written(new, occasion.here.scale)

    @property
    def ends_here(self) -> bool:
        """Whether it is open here until it is carried."""
        return self.standing.open

    @property
    def is_said_here(self) -> bool:
        """Whether it is closed here, and its log says where it is carried on."""
        note = carried_note(self.occasion.there.cite(self.id))
        return not self.standing.open and any(e.note == note for e in self.milestone.progress)


def is_carried_forward(standing: Standing) -> bool:
    """Whether a milestone was closed to be carried on in the next plan."""
    entry = standing.ending.entry if standing.ending else None
    return bool(standing.kind == "closed" and entry and carried_to(entry.note) is not None)


def status_to_carry(standing: Standing) -> Status:
    """The status that a milestone has in the next plan: its own, or what it was before it was
    closed."""
    if standing.open:
        return standing.milestone.status
    earlier = (e.status for e in reversed(standing.milestone.progress) if e.status != "closed")
    return next((status for status in earlier if status), "not started")


def _last_words(standing: Standing) -> str:
    """What its log last said before it was closed, with the day and who said it."""
    log = (e for e in reversed(standing.milestone.progress) if e.note and e.status != "closed")
    last = next(log, None)
    if last is None:
        return ""
    who = f", {last.by}" if last.by else ""
    return f"Last said there, {last.date.shown}{who}: {last.note}"


def carry(
    next_plan: Path,
    columns: Sequence[Column],
    there: Mapping[Path, Sequence[Carried]],
    waiting: Mapping[Path, Sequence[Carried]],
    here: Mapping[Path, Sequence[Carried]],
    decisions: Mapping[Path, Mapping[str, Any]],
    taken: set[str],
    dry_run: bool,
) -> dict[Path, Rewritten]:
    """Put milestones into the files of the next plan, which is in this folder, with the columns
    that it has to declare for them, and close them in the files of this one, with the decisions
    about whole priorities. What was carried before, and is `waiting` for one of them, says so
    there; `taken` are the ids that the next plan has given.

    Raises what `rewrite_all` does, and Mendable where somebody carried or recorded one meanwhile.
    """
    every = [one for ones in here.values() for one in ones]
    changes: dict[Path, Edit] = {}
    if columns:
        changes[next_plan / HEAD] = lambda text, values: declare(text, values, columns)
    ids: dict[str, str] = {}
    for path in dict.fromkeys((*there, *waiting)):
        waits = [_waiting(one, ids) for one in waiting.get(path, ())]
        changes[path] = of_file([*waits, *(_addition(one, ids) for one in there.get(path, ()))])
    changes |= {path: _end(ones, decisions.get(path)) for path, ones in here.items()}
    first = next(iter(changes))
    changes[first] = _once_checked(next_plan, every, taken, ids, changes[first])
    return rewrite_all(changes, dry_run)


def _once_checked(
    folder: Path, every: Sequence[Carried], taken: set[str], ids: dict[str, str], change: Edit
) -> Edit:
    """The change, once it is seen under the locks that nobody else carried any of these, and each
    that is new has its id: any of them may wait for any other. `ids` are then all of the next
    plan's, by all that they are cited as."""

    def checked(text: str, values: dict[str, Any]) -> Change:
        plan = open_plan(folder).plan
        ids.update(citations(plan))
        for one in every:
            if ids.get(one.cited.casefold(), "") != one.id:
                raise _changed(one)
        given = taken | {milestone.id for owner in plan.owners for milestone in owner.milestones}
        for one in every:
            if one.is_new:
                one.id = ids[one.cited.casefold()] = next_id(one.priority.id, given)
                given.add(one.id)
        return change(text, values)

    return checked


def _addition(one: Carried, ids: Mapping[str, str]) -> Edit:
    """The change of a file of the next plan: a new milestone."""
    return lambda text, values: add_milestone(text, values, one.objective, one.keys(ids))


def _waiting(one: Carried, ids: Mapping[str, str]) -> Edit:
    """The change of a file of the next plan: what a milestone there waits for too."""

    def wait(text: str, values: dict[str, Any]) -> Change:
        path = find_milestone(values, one.id)
        edit, after = Text(text), copy_along(values, path)
        node, milestone = edit.at(path), part_at(after, path)
        said = dict.fromkeys((*texts_under(milestone, "after"), *one.awaited(ids)))
        milestone["after"] = one_or_more(list(said))
        lines = key_lines("after", milestone["after"], node.column)
        edit.put_value(node, "after", lines, keys_before(Milestone, "after"))
        return Change(edit.apply(), after, node.line + 1)

    return wait


def _end(ones: Sequence[Carried], decision: Mapping[str, Any] | None) -> Edit:
    """The change of a file of this plan: its milestones closed, and what was decided of it."""

    def end(text: str, values: dict[str, Any]) -> Change:
        for one in ones:
            _refuse_changed(values, one)
        entries = {one.milestone.id: one.entry_here() for one in ones}
        if decision:
            return record_decisions(text, values, [decision], entries)
        change = Change(text, values, 1)
        for id, new in entries.items():
            before = change.recorded
            change = log_entry(change.text, change.values or {}, id, new)
            change = change._replace(recorded=(*before, *change.recorded))
        return change

    return end


def _refuse_changed(values: Mapping[str, Any], one: Carried) -> None:
    """Raises Mendable where somebody recorded something of a milestone since it was looked at."""
    milestone = one.milestone
    now = part_at(values, find_milestone(values, milestone.id))
    status, log = now.get("status", "not started"), now.get("progress", ())
    if (one.occasion.here.scale.get(status, status), len(log)) != (
        milestone.status,
        len(milestone.progress),
    ):
        raise _changed(one)


def _changed(one: Carried) -> Mendable:
    what = f"somebody else recorded something of {one.milestone.id} just now"
    return Mendable(f"{what}, so nothing was carried", "Look at it, and run the command again.")
