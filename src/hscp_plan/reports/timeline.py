"""The plan as bars over its months."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import months_between, months_shown
from ..document import Bar, Bars, Mark, Paper, Paragraph, Tally, Title
from ..standing import by_owner, standings
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Document
    from ..model import Plan
    from ..standing import Standing

SLACK = 6
"""How many months past the plan's end today may be and still be on the page."""


class Timeline(NamedTuple):
    """`hscp timeline`: a bar a milestone, from its start to its due date."""

    plan: Plan
    day: date
    only: str = ""

    def document(self) -> Document:
        """The bars, a group a priority, and the key."""
        every = standings(self.plan, self.day)
        first, last = self._span(every)
        groups = []
        for priority, of_priority in by_owner(self.plan, every):
            groups.append(
                (phrases.priority(priority), tuple(self._bar(s, last) for s in of_priority))
            )
        key: list[str | Mark] = [
            Mark(kind, self.plan.head.word_for(kind))
            for kind in self.plan.head.kinds
            if any(s.kind == kind for s in every)
        ]
        if any(s.milestone.times_moved for s in every):
            key.append("┼ first due")
        title = phrases.title_on(months_shown(first, last), self.day)
        only = (Paragraph((self.only,)),) if self.only else ()
        return (title, *only, Bars(first, last, self.day, tuple(groups)), Tally(tuple(key)))

    def paper(self, foot: str) -> Paper:
        """The timeline on paper, under the plan's own title."""
        head = self.plan.head
        title, *rest = self.document()
        months = f"{title.text}, {title.aside}" if isinstance(title, Title) else ""
        document = (Title(f"{head.title}: timeline"), Paragraph((months,)), *rest)
        return Paper("timeline", document, head.partnership, foot, landscape=True, day=self.day)

    def rows(self) -> Iterator[dict[str, object]]:
        """Every milestone, in the published order."""
        return (records.row(self.plan, s) for s in standings(self.plan, self.day))

    def data(self) -> dict[str, object]:
        """Every milestone, in the published order, and the months that the bars span."""
        every = standings(self.plan, self.day)
        first, last = self._span(every)
        return {
            **records.envelope(self.plan, self.day, self.only),
            "first": first.isoformat(),
            "last": last.isoformat(),
            "milestones": records.records(every),
        }

    def _span(self, standings: list[Standing]) -> tuple[date, date]:
        period = self.plan.head.period
        first, last = period.start.first, period.end.last
        for standing in standings:
            milestone = standing.milestone
            begins = milestone.start or milestone.due
            if begins.dated:
                first = min(first, begins.first)
            if milestone.due.dated:
                last = max(last, milestone.due.last)
        if last < self.day and months_between(last, self.day) < SLACK:
            last = self.day
        return first, last

    def _bar(self, standing: Standing, last: date) -> Bar:
        milestone = standing.milestone
        words = standing.words
        mark = Mark(standing.kind, words)
        if milestone.due.undated:
            if standing.kind != "no date":
                mark = Mark(standing.kind, f"{words}, no date")
            start = milestone.start.first if milestone.start else None
            return Bar(milestone.id, milestone.action, mark, start, None, None)
        due = last if milestone.due.ongoing else milestone.due.last
        first = milestone.first_due
        begins = milestone.start or first
        first_due = first.last if first.dated else due
        return Bar(
            milestone.id,
            milestone.action,
            mark,
            begins.first if begins.dated else due,
            due,
            first_due,
            milestone.due.ongoing,
            milestone.start is not None,
        )
