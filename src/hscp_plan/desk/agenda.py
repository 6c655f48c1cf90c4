"""What a meeting goes through: which of the plan's meetings it was, and which milestones. Pure."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from ..agreement import may_agree
from ..as_at import as_at
from ..dates import day_shown
from ..document import sentence_of
from ..errors import Mistyped
from ..naming.groups import find_by_name, group_names
from ..naming.meetings import find_meeting
from ..reports import phrases
from ..standing import OPEN, standings
from ..typed_dates import find_date
from ..words import count

if TYPE_CHECKING:
    from collections.abc import Collection

    from ..dates import PlanDate
    from ..document import Line, Mark
    from ..model import Meeting, Plan
    from ..standing import Standing

MOST = 100
"""How many milestones are on one page."""
_WITHIN = timedelta(days=90)
"""Until when what is due is on it, where no meeting is to come."""
DUE, ALL = "", "open"
URGENT = ("overdue", "late to start", "off track", "at risk")
"""How a milestone stands that is on it whenever it is due, in order: a Board asks about these."""


class Row(NamedTuple):
    """A milestone as an agenda tells of it."""

    id: str
    action: str
    mark: Mark
    """How it stands, in words and sign."""
    notes: tuple[str, ...]
    """When it is due and who leads it; what was last said of it."""


class Agenda:
    """The milestones that a meeting of a plan goes through, as they stand on a day."""

    def __init__(self, plan: Plan, day: date, meeting: str | None, which: str) -> None:
        self._plan, self._day = as_at(plan, day), day
        past = [m for m in plan.head.meetings if m.date.first <= day]
        self._held = sorted(past, key=lambda m: m.date.first, reverse=True)
        self.meeting = self._last() if meeting is None else self._named(meeting)
        """The meeting that was held; None where it is none of the plan's."""
        self.which = which if which in self.choices else DUE

    @property
    def meetings(self) -> list[str]:
        """The meetings that were held, the last first, as they are chosen."""
        return [self.name(meeting) for meeting in self._held]

    @property
    def choices(self) -> dict[str, str]:
        """What it may be narrowed to, in words."""
        owners = {owner.id: f"{owner.id}  {owner.title}" for owner in self._plan.owners}
        end = day_shown(self._end)
        due = f"What is late, late to start, off track, at risk, or due by {end}"
        return {DUE: due, ALL: "All that is open", **owners}

    def name(self, meeting: Meeting) -> str:
        """A meeting with its day: HSCP Executive Board, 20 October 2021."""
        return f"{self._plan.head.whole(meeting.group)}, {meeting.date.shown}"

    def unlisted(self, group: str, day: str) -> dict[str, str]:
        """The day and group of a meeting that is typed so, where the plan has no such meeting;
        empty where it has, or where that is no day or nobody."""
        if (typed := self._typed(group, day)) is None:
            return {}
        head, (who, met) = self._plan.head, typed
        same = (m for m in head.meetings if head.whole(m.group) == head.whole(who))
        if any(m.date.first <= met.first <= m.date.last for m in same):
            return {}
        return {"date": met.shown, "group": who}

    def agreement(self, group: str, day: str) -> str:
        """Who agrees what is recorded of a meeting whose group and day are typed so, with the day;
        empty where that is none with the authority to agree, or no day."""
        typed = self._typed(group, day)
        able = {each.name for each in self._plan.head.groups if may_agree(each)}
        return f"{typed[0]}, {typed[1].shown}" if typed and typed[0] in able else ""

    def _typed(self, group: str, day: str) -> tuple[str, PlanDate] | None:
        """The group and day of a meeting, as they are typed; None where that is nobody or no day.
        Without a day it is today."""
        head = self._plan.head
        met = find_date(day.strip() or "today", self._day, past=True, day_first=head.day_first)
        if met is None or met.first != met.last or not group.strip():
            return None
        names = find_by_name(group, group_names(head))
        return names[0] if len(names) == 1 else " ".join(group.split()), met

    def rows(self, also: Collection[str]) -> tuple[list[Row], str]:
        """The milestones, what is late first, with those that something was filled in of; and how
        many more there are, with what to do to see them."""
        every = sorted(standings(self._plan, self._day, OPEN), key=_order)
        every = [standing for standing in every if not standing.alone]
        chosen = [standing for standing in every if self._takes(standing)]
        ids = {standing.milestone.id for standing in chosen[:MOST]}
        shown = [s for s in every if s.milestone.id in ids or s.milestone.id in also]
        more = len(chosen) - MOST
        left_out = f"{count(more, 'milestone')} more: choose a priority to see them."
        return [self._row(standing) for standing in shown], left_out if more > 0 else ""

    def _takes(self, standing: Standing) -> bool:
        if self.which == DUE:
            return standing.kind in URGENT or standing.over <= self._end
        return self.which in (ALL, standing.priority.id)

    @property
    def _end(self) -> date:
        """The last day of what is due: that of the next meeting of who met, or of anybody."""
        coming = [m for m in self._plan.head.meetings if m.date.first > self._day]
        own = [m for m in coming if self.meeting and m.group == self.meeting.group]
        days = (meeting.date.last for meeting in own or coming)
        return min(days, default=self._day + _WITHIN)

    def _last(self) -> Meeting | None:
        return self._held[0] if self._held else None

    def _named(self, text: str) -> Meeting | None:
        named = (meeting for meeting in self._held if self.name(meeting) == text)
        if meeting := next(named, None):
            return meeting
        with suppress(Mistyped):
            return find_meeting(self._plan.head, text, self._day) if text else None
        return None

    def _row(self, standing: Standing) -> Row:
        head, milestone = self._plan.head, standing.milestone
        begins: Line = ()
        if standing.kind == "late to start" and milestone.start:
            begins = ("was to begin ", milestone.start)
        parts = (begins, phrases.due(standing), phrases.move_count(standing))
        about = sentence_of([*parts, (phrases.lead(standing, head),)])
        said = phrases.capital(phrases.last_said(standing))
        notes = (phrases.plain(phrases.capital(about)), phrases.plain(said))
        return Row(milestone.id, milestone.action, phrases.mark(standing, head), notes)


def _order(standing: Standing) -> tuple[int, date]:
    order = URGENT.index(standing.kind) if standing.kind in URGENT else len(URGENT)
    return order, standing.over
