"""The whole plan laid out as it was published, with its Progress and Status columns filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..document import Column, Facts, Heading, Item, Items, Paper, Paragraph, Stack, Table, Title
from ..layout import NOTHING
from ..standing import by_owner, silence_notice, standings
from ..words import count, listed, plural, sentence
from . import _side_by_side, papers, phrases
from ._figures import how_read, missed_line, standing_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from .. import model
    from ..document import Block, Cell, Line
    from ..model import Measure, Objective, Plan, Priority
    from ..standing import Standing

MOST_PERIODS = 10
"""How many columns of what was promised and of what came stand side by side on the page."""


class _Extra(NamedTuple):
    """The declared columns that every milestone has something in, and the others, which as columns
    of a table would be mostly empty."""

    full: list[model.Column]
    partly: list[model.Column]


class Published(NamedTuple):
    """`hscp report plan`: A4 landscape, one priority after another."""

    plan: Plan
    day: date
    foot: str
    only: str = ""
    """What the plan is narrowed to."""

    def paper(self) -> Paper:
        """The plan, in the published document's order."""
        head = self.plan.head
        blocks: list[Block] = [Title(head.title), Facts(tuple(self._facts()))]
        notice = silence_notice(self.plan, self.day)
        if notice:
            blocks.append(Paragraph((notice,)))
        blocks += self._introduction()
        every, extra = standings(self.plan, self.day), self._extra()
        for priority, of_priority in by_owner(self.plan, every):
            blocks += self._priority(priority, of_priority, extra)
        blocks.append(phrases.key(head.kinds, head))
        return Paper(
            "plan", tuple(blocks), head.partnership, self.foot, landscape=True, day=self.day
        )

    def _facts(self) -> Iterator[tuple[str, Line]]:
        head = self.plan.head
        yield "Period", (head.period.start, " to ", head.period.end)
        if head.agreed:
            yield "Agreed by", (f"{head.agreed.by}, ", head.agreed.date)
        yield "As at", (day_shown(self.day),)
        yield from phrases.narrowed(self.only)

    def _introduction(self) -> Iterator[Block]:
        head = self.plan.head
        # As published: an introduction begins before the vision, and goes on after it.
        first, *rest = _paragraphs(head.introduction) or [""]
        if first:
            yield _text(first)
        if head.vision:
            yield Heading("Our vision")
            yield from map(_text, _paragraphs(head.vision))
        yield Heading(f"Our {plural(head.word_for('priority'))}")
        yield from map(_text, rest)
        yield Items(tuple(Item(p.id, _until(p)) for p in self.plan.priorities))
        yield from map(_text, _paragraphs(head.reporting))

    # --- a priority -----------------------------------------------------------------------------

    def _priority(
        self, priority: Priority, standings: list[Standing], extra: _Extra
    ) -> Iterator[Block]:
        yield Heading(f"{priority.id} {_until(priority)}", id=priority.id)
        facts: list[tuple[str, Line]] = []
        if closed := phrases.closing_text(priority, standings):
            facts.append(("State", (sentence(closed),)))
        if priority.outcome:
            facts.append((priority.outcome_label or "Outcome", (priority.outcome,)))
        if priority.evidence:
            facts.append(("Where is the evidence", ("; ".join(priority.evidence),)))
        if facts:
            yield Facts(tuple(facts))
        for section in priority.sections:
            of_section = [standing for standing in standings if standing.objective is section]
            if section.written:
                yield from self._objective(section, of_section)
            if milestones := [s for s in of_section if not s.alone]:
                yield self._table(section.id or priority.id, milestones, extra)
            elif not of_section:
                yield Paragraph((f"No {plural(self.plan.head.word_for('milestone'))}.",))
        if priority.measures:
            yield Heading("Measures", 2)
            for measures in _side_by_side.alike(priority.measures):
                yield from self._measures(measures)

    def _objective(self, objective: Objective, standings: list[Standing]) -> Iterator[Block]:
        word_for = self.plan.head.word_for
        yield Heading(f"{sentence(word_for('objective'))} {objective.id}", 2, objective.id)
        yield from map(_text, objective.statements)
        yield Facts(tuple(self._objective_facts(objective, standings)))

    def _objective_facts(
        self, objective: Objective, standings: list[Standing]
    ) -> Iterator[tuple[str, Line]]:
        word_for = self.plan.head.word_for
        if objective.complete_by:
            yield "Complete by", phrases.complete_by(objective, standings, self.plan.head)
        if objective.accountable:
            yield sentence(word_for("accountable")), (listed(objective.accountable),)
        yield sentence(word_for("lead")), (listed(objective.lead) or phrases.NO_LEAD,)

    def _table(self, of: str, standings: list[Standing], extra: _Extra) -> Table:
        """The milestones of an objective, or straight under a priority, of this id."""
        word_for = self.plan.head.word_for
        led = any(s.milestone.lead for s in standings)
        noun = phrases.noun(standings, self.plan.head)
        names = [sentence(noun), "Timescale"]
        names += [sentence(word_for("lead"))] if led else []
        names += [*(column.label for column in extra.full), "Progress", "Status"]
        rows: list[tuple[Cell, ...]] = []
        for standing in standings:
            lead = (listed(standing.lead) or phrases.NO_LEAD,) if led else ()
            extras = (standing.milestone.more[column.key] for column in extra.full)
            rows.append(
                (
                    papers.milestone(standing, extra.partly),
                    papers.timescale(standing),
                    *lead,
                    *extras,
                    self._progress(standing),
                    papers.standing(standing, self.plan.head),
                )
            )
        caption = f"{sentence(plural(noun))} of {of}"
        return Table(tuple(map(Column, names)), tuple(rows), caption=caption)

    def _measures(self, measures: Sequence[Measure]) -> Iterator[Block]:
        """Each measure's baseline and target, and what was promised beside what came, with the
        newest periods that there is room for."""
        day = self.day
        every = _side_by_side.labels(measures, day)
        names = [_side_by_side.BASELINE, _side_by_side.TARGET, *every[-MOST_PERIODS:]]
        told = [_side_by_side.told(measure, day) for measure in measures]
        names = [name for name in names if any(cells.get(name) for cells in told)]
        rows = tuple(
            (_measure(measure, day), *(cells.get(name) or NOTHING for name in names))
            for measure, cells in zip(measures, told, strict=True)
        )
        caption = f"What was promised of {listed(m.id for m in measures)}, and what came"
        yield Table(tuple(map(Column, ("Measure", *names))), rows, caption=caption)
        if left := max(0, len(every) - MOST_PERIODS):
            text = f"{count(left, 'earlier column')} left out: they stand on the plan's web page."
            yield Paragraph((text,), small=True)

    def _extra(self) -> _Extra:
        every = [m.more for p in self.plan.owners for m in p.milestones]
        columns = self.plan.head.columns
        full = [column for column in columns if all(column.key in more for more in every)]
        return _Extra(full, [column for column in columns if column not in full])

    def _progress(self, standing: Standing) -> Cell:
        """What was logged, the last said first."""
        head, log = self.plan.head, reversed(standing.milestone.progress)
        lines = [papers.entry_line(entry, standing, head) for entry in log]
        return papers.stack(lines, "Nothing logged")


def _measure(measure: Measure, day: date) -> Cell:
    """A measure with how it is to be read, how it stands, what is missed, and the notes of its
    figures."""
    values = [value for value in measure.values if value.period.first <= day]
    if measure.baseline:
        values.insert(0, measure.baseline)
    notes: list[Line] = [(value.period, f": {value.note}") for value in values if value.note]
    lines = (how_read(measure), standing_line(measure, day), missed_line(measure, day), *notes)
    return Stack((f"{measure.id} {measure.name}",), tuple(filter(None, lines)))


def _until(priority: Priority) -> str:
    return f"{priority.title} (until {priority.until.shown})" if priority.until else priority.title


def _paragraphs(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split("\n") if part.strip()]


def _text(text: str) -> Paragraph:
    return Paragraph((text,), apart=True)
