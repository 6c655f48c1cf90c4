"""Open milestones, soonest first, overdue on top; what starts as well as what ends."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ..dates import UNCONFIRMED, day_shown, financial_text, months_shown
from ..document import Column, Heading, Mark, Paragraph, Stack, Table, sentence_of
from ..order import order_of
from ..standing import OPEN, standings
from ..words import listed, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Document, Line
    from ..duty import Duty
    from ..model import Period, Plan
    from ..order import Order
    from ..standing import Standing


class YearlyReport(NamedTuple):
    """A yearly report that is to be published, and by which duty."""

    duty: str
    year: str
    """The financial year that it is about: 2021/22."""
    by: date


def next_yearly_report(duty: Duty, period: Period, day: date) -> YearlyReport | None:
    """The next report to be out, on a financial year that the plan's time falls into; None where
    the duty names no day, and where the last is past."""
    for begun in range(period.start.first.year - 1, period.end.last.year + 1):
        first, last = date(begun, 4, 1), date(begun + 1, 3, 31)
        by = duty.publish_by.after(last)
        if by and by >= day and period.start.first <= last and first <= period.end.last:
            return YearlyReport(duty.title, financial_text(begun), by)
    return None


class Due(NamedTuple):
    """`hscp due`: what is due up to and including `end`, or all that is open where it is None."""

    plan: Plan
    day: date
    title: str
    end: date | None = None
    only: str = ""
    yearly: tuple[YearlyReport, ...] = ()
    """The yearly reports that are to be published next."""

    def standings(self) -> list[Standing]:
        """Open milestones whose due date, or start, falls in the time asked for; in order."""
        chosen = [s for s in standings(self.plan, self.day, OPEN) if self._within(s)]
        return sorted(chosen, key=lambda s: (*self._when(s), s.milestone.due.undated))

    def document(self) -> Document:
        """Overdue first, then a table a month."""
        standings = self.standings()
        blocks: list[Block] = [phrases.title_on(self.title, self.day)]
        number = phrases.number(standings, self.plan.head, "open ")
        text = f"{number}: {phrases.open_ones(standings)}" if standings else "Nothing open"
        again = self._again(standings)
        if again:
            text += f"; {len(again)} of the overdue {'is' if len(again) == 1 else 'are'} due again"
        blocks.append(Paragraph((text,)))
        if self.only:
            blocks.append(Paragraph((self.only,)))
        blocks += [Paragraph((self._published(report),)) for report in self.yearly]
        if standings:
            blocks.append(self._table(standings, again))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """The milestones found."""
        return (records.row(self.plan, standing) for standing in self.standings())

    def data(self) -> dict[str, object]:
        """The milestones found, soonest first."""
        standings = self.standings()
        return {
            **records.envelope(self.plan, self.day, self.only),
            "title": self.title,
            "to": self.end and self.end.isoformat(),
            "counts": records.named_counts(standings),
            "milestones": records.records(standings),
            "yearly_reports": [
                {"duty": r.duty, "year": r.year, "publish_by": r.by.isoformat()}
                for r in self.yearly
            ],
        }

    @staticmethod
    def _published(report: YearlyReport) -> str:
        by = day_shown(report.by)
        return f"Yearly report {report.year}: to be published by {by} ({report.duty})"

    def _within(self, standing: Standing) -> bool:
        return self.end is None or self._when(standing)[1] <= self.end

    def _starts(self, standing: Standing) -> bool:
        """Whether it is listed for its start: that is to come, and its end is not in sight."""
        start = standing.milestone.start
        return bool(
            self.end
            and start
            and standing.over > self.end
            and self.day <= start.last
            and standing.milestone.status == "not started"
        )

    def _when(self, standing: Standing) -> tuple[bool, date]:
        start = standing.milestone.start
        if self._starts(standing) and start:
            return True, start.last
        return standing.kind != "overdue", standing.over

    def _again(self, standings: list[Standing]) -> list[Standing]:
        """The overdue recurring work that is to be reported again in the time asked for."""
        late = [s for s in standings if s.kind == "overdue" and s.milestone.every]
        return [s for s in late if s.to_come.dated and s.to_come.last <= (self.end or date.max)]

    def _table(self, standings: list[Standing], again: list[Standing]) -> Table:
        columns = (
            Column("Id"),
            Column("Standing"),
            Column(sentence(self.plan.head.word_for("milestone"))),
            Column("Lead", wide=True, folds=True),
        )
        rows: list[Heading | tuple[str | Mark | Stack, ...]] = []
        order = order_of(standings)
        lines = [(self._when(s), self._heading(s), self._row(s, order)) for s in standings]
        for standing in again:
            last = standing.to_come.last
            lines.append(((True, last), months_shown(last, last), self._row_again(standing)))
        lines.sort(key=itemgetter(0))  # which leaves what is of one day in its order
        for heading, group in groupby(lines, itemgetter(1)):
            rows.append(Heading(heading))
            rows += [row for _, _, row in group]
        return Table(columns, tuple(rows), header=False)

    def _heading(self, standing: Standing) -> str:
        return phrases.month(standing, self._when(standing)[1])

    def _row_again(self, standing: Standing) -> tuple[str | Mark | Stack, ...]:
        """The next occurrence of overdue recurring work."""
        milestone, coming = standing.milestone, standing.coming
        name = coming.name if coming else ""
        note = sentence_of([(f"every {milestone.every}: due for {name}",), self._coming(standing)])
        lead = phrases.lead(standing, self.plan.head)
        words = Stack((milestone.action,), (note,))
        return (f"  {milestone.id}", Mark("not started", "To come"), words, lead)

    def _row(self, standing: Standing, order: Order | None) -> tuple[str | Mark | Stack, ...]:
        notes = (self._note(standing), phrases.waits(standing, order))
        words = Stack((standing.milestone.action,), tuple(filter(None, notes)))
        lead = phrases.lead(standing, self.plan.head)
        return (f"  {standing.milestone.id}", phrases.mark(standing, self.plan.head), words, lead)

    def _note(self, standing: Standing) -> Line:
        milestone = standing.milestone
        begins: Line = ()
        if (
            milestone.start
            and milestone.start.last >= self.day
            and milestone.start != milestone.due
        ):
            begins = ("starts ", milestone.start)
        if self._starts(standing):
            return sentence_of([begins, phrases.due(standing), phrases.move_count(standing)])
        if standing.kind == "overdue":
            parts = [
                phrases.due(standing),
                phrases.says(standing, self.plan.head),
                phrases.move_count(standing),
            ]
            return sentence_of(parts, ", ")
        # The heading says it.
        said = milestone.due.form in ("month", "undated") or milestone.every
        exact = () if said else phrases.due(standing)
        if milestone.due == UNCONFIRMED:
            exact = (milestone.due,)  # what it waits for is said below
        below = phrases.below(standing, self.plan.head)
        return sentence_of([exact, begins, *below, self._coming(standing)])

    def _coming(self, standing: Standing) -> Line:
        """The occurrences of recurring work to be reported after the next, in the time asked
        for."""
        if not (self.end and standing.coming):
            return ()
        from ..occurrences import occurrences

        every = occurrences(standing.milestone)
        names = [o.name for o in every if not o.entry and self.day <= o.due.last <= self.end]
        later = names[1:]
        if len(later) > 3:
            later[2:] = [f"{len(later) - 2} more"]
        return (f"then {listed(later)}",) if later else ()


def title(end: date | None, before: date | None) -> str:
    """The heading, saying which day was meant."""
    if before:
        return f"Due before {day_shown(before)}"
    return f"Due by {day_shown(end)}" if end else "Open milestones"
