"""Everything about one milestone, or one priority."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..document import (
    Facts,
    Heading,
    Item,
    Items,
    Mark,
    Paragraph,
    sentence_of,
)
from ..model import Priority
from ..order import Order
from ..standing import standing_of, standings, state
from ..words import BRAG, listed, sentence
from . import _assured, phrases, records
from ._figures import about_measure, figure_line, missed_line, standing_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from ..document import Block, Document, Line, Report
    from ..model import Assurance, Decision, Entry, Impact, Measure, Objective, Plan
    from ..standing import Standing


def show(plan: Plan, day: date, parts: Sequence[Standing | Priority]) -> Report:
    """What is shown of some milestones and priorities, of one or more."""
    reports: list[Report] = [
        ShowPriority(plan, day, part)
        if isinstance(part, Priority)
        else ShowMilestone(plan, day, part)
        for part in parts
    ]
    return reports[0] if len(reports) == 1 else ShowSeveral(plan, day, tuple(reports))


class ShowSeveral(NamedTuple):
    """`hscp show P1.3 P1.4`: what is shown of each, one after another."""

    plan: Plan
    day: date
    reports: tuple[Report, ...]

    def document(self) -> Document:
        """Each with its own title."""
        return tuple(chain.from_iterable(report.document() for report in self.reports))

    def rows(self) -> Iterator[Mapping[str, object]]:
        """The milestones of each."""
        return chain.from_iterable(report.rows() for report in self.reports)

    def data(self) -> dict[str, object]:
        """Each as it is shown alone, in the order asked for."""
        shared = records.envelope(self.plan, self.day)
        answers = [
            {key: value for key, value in report.data().items() if key not in shared}
            for report in self.reports
        ]
        return {**shared, "shown": answers}


class ShowMilestone(NamedTuple):
    """`hscp show P1.3`."""

    plan: Plan
    day: date
    standing: Standing

    def document(self) -> Document:
        """Its facts, and its log oldest first."""
        milestone = self.standing.milestone
        blocks: list[Block] = [
            phrases.title_on(f"{milestone.id}  {self.standing.priority.title}", self.day),
            Paragraph((milestone.action,)),
            Facts(tuple(self._facts())),
        ]
        if milestone.every:
            from ._recurring import occurrence_table

            blocks += [Heading("Occurrences"), occurrence_table(self.standing)]
        blocks.append(Heading("Progress"))
        if milestone.progress:
            blocks.append(
                Items(tuple(_entry(entry, self.standing) for entry in milestone.progress))
            )
        else:
            blocks.append(Paragraph(("Nothing has been logged.",)))
        decisions = [d for d in self.plan.decisions if milestone.id in d.names]
        if decisions:
            blocks.append(Heading("Decisions"))
            blocks.append(Items(tuple(_decision(d) for d in decisions)))
        priority = self.standing.priority
        blocks += _said(
            [i for i in priority.impact if milestone.id in i.about],
            [a for a in priority.assurance if milestone.id in a.about],
        )
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """The one milestone."""
        yield records.row(self.plan, self.standing)

    def data(self) -> dict[str, object]:
        """The milestone with its whole log."""
        milestone = records.record(self.standing, log=True)
        return {**records.envelope(self.plan, self.day), "milestone": milestone}

    def _facts(self) -> Iterator[tuple[str, Line]]:
        standing, milestone, head = self.standing, self.standing.milestone, self.plan.head
        status: Line = (phrases.mark(standing, head),)
        if bare := phrases.nothing_shown(standing, head):
            status = (*status, "; ", *bare)
        elif standing.says_else:
            word = head.word_for(milestone.status)
            status = (*status, f"; {'still ' if standing.disagrees else ''}says {word}")
        yield "Standing", status
        if assured := phrases.newest_assurance(standing.priority, milestone.id):
            yield "Assurance", phrases.assurance_line(assured, self.day)
        if left := phrases.left_open(standing):
            yield "Left open", (sentence(left),)
        if milestone.start:
            yield "Starts" if milestone.start.last >= self.day else "Started", (milestone.start,)
        yield "Due", sentence_of([phrases.with_basis(milestone.due), phrases.move_count(standing)])
        if milestone.every:
            yield "Recurs", phrases.recurs(standing)
        if milestone.review:
            yield "Review", (milestone.review,)
        yield from self._order()
        yield "Lead", (listed(standing.lead) or "no lead named",)
        if standing.objective.accountable:
            yield "Accountable", (listed(standing.objective.accountable),)
        if milestone.answers:
            yield "Answers", (phrases.answered_words(milestone, standing.head),)
        if milestone.from_:
            yield "From", (milestone.from_,)
        if added := phrases.addition(standing):
            yield "Added", added
        for column in head.columns:
            if column.key in milestone.more:
                yield column.label, (milestone.more[column.key],)
        if (objective := standing.objective).written:
            yield "Objective", (": ".join((objective.id, *objective.statements[:1])),)
        yield "Cite as", (head.cite(milestone.id),)

    def _order(self) -> Iterator[tuple[str, Line]]:
        """What it waits for, and what waits for it, each with its standing."""
        order = Order(self.plan)
        for label, ids in (
            ("Waits for", order.awaited(self.standing.milestone)),
            ("Waits for it", order.waiting(self.standing.milestone.id)),
        ):
            if ids:
                others = [order.milestones[id] for id in ids]
                yield label, sentence_of([phrases.named(m, self.plan, self.day) for m in others])


class ShowPriority(NamedTuple):
    """`hscp show P1`."""

    plan: Plan
    day: date
    priority: Priority

    def document(self) -> Document:
        """Its outcome, objectives, milestones, decisions, measures, impact and assurance."""
        priority, standings = self.priority, self._standings()
        kind, words = standing_of(priority, standings)
        blocks: list[Block] = [phrases.title_on(f"{priority.id}  {priority.title}", self.day)]
        now = phrases.closing_text(priority, standings) or state(priority, self.day)
        facts: list[tuple[str, Line]] = [("Standing", (Mark(kind, words),))]
        if now != "live" or not priority.register:
            facts.append(("State", (sentence(now),)))
        if assured := phrases.newest_assurance(priority, priority.id):
            facts.append(("Assurance", phrases.assurance_line(assured, self.day)))
        if priority.until:
            facts.append(("Until", (priority.until,)))
        if priority.outcome:
            facts.append((priority.outcome_label or "Outcome", (priority.outcome,)))
        if priority.evidence:
            facts.append(("Evidence from", ("; ".join(priority.evidence),)))
        blocks.append(Facts(tuple(facts)))
        for section in priority.sections:
            of_section = [s for s in standings if s.objective is section]
            if section.written:
                blocks.append(Heading(f"Objective {section.id}"))
                blocks += [Paragraph((text,)) for text in section.statements]
                blocks.append(Facts(tuple(self._objective(section, of_section))))
            if milestones := [s for s in of_section if not s.alone]:
                blocks.append(phrases.table(milestones, self.plan.head))
        blocks += self._records()
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """Its milestones."""
        return (records.row(self.plan, standing) for standing in self._standings())

    def data(self) -> dict[str, object]:
        """The priority whole, its milestones with their logs and standings."""
        priority, standings = self.priority, self._standings()
        kind, words = standing_of(priority, standings)
        values: dict[str, object] = {
            "id": priority.id,
            "kind": priority.kind,
            "title": priority.title,
            "until": records.when(priority.until),
            "state": state(priority, self.day),
            "closed": records.closing_data(priority, standings),
            "standing": kind,
            "standing_words": words,
            "brag": BRAG[kind],
            "counts": records.named_counts(standings),
            "outcome_label": priority.outcome_label,
            "outcome": priority.outcome,
            "evidence": list(priority.evidence),
            "milestones": [
                records.record(s, log=True) for s in standings if not s.objective.written
            ],
            "objectives": [self._objective_data(o, standings) for o in priority.objectives],
        }
        values |= records.other_keys(priority, values)
        return {**records.envelope(self.plan, self.day), "priority": values}

    def _objective_data(self, objective: Objective, standings: list[Standing]) -> dict[str, object]:
        standings = [s for s in standings if s.objective is objective]
        values: dict[str, object] = {
            "id": objective.id,
            "statements": records.plain(objective.statements_),
            "complete_by": records.when(objective.complete_by),
            "accountable": list(objective.accountable),
            "lead": list(objective.lead),
            "standing": next((s.kind for s in standings if s.alone), None),
            "milestones": [records.record(s, log=True) for s in standings if not s.alone],
        }
        return values | records.other_keys(objective, values)

    def _standings(self) -> list[Standing]:
        return [s for s in standings(self.plan, self.day) if s.priority is self.priority]

    def _objective(
        self, objective: Objective, standings: list[Standing]
    ) -> Iterator[tuple[str, Line]]:
        if objective.complete_by:
            yield "Complete by", phrases.complete_by(objective, standings, self.plan.head)
        if objective.accountable:
            yield "Accountable", (listed(objective.accountable),)
        yield "Lead", (listed(objective.lead) or "no lead named",)
        if assured := _assured.of_objective(self.priority, objective, self.day):
            yield "Assurance", assured
        if themes := phrases.themes_of(objective):
            yield "Theme", themes

    def _records(self) -> Iterator[Block]:
        priority = self.priority
        if decisions := self.plan.decided_on[priority.id]:
            yield Heading("Decisions")
            yield Items(tuple(map(_decision, decisions)))
        if priority.measures:
            yield Heading("Measures")
            yield Items(tuple(_measure(m, self.day) for m in priority.measures))
        yield from _said(priority.impact, priority.assurance)


def _said(impact: Sequence[Impact], assurance: Sequence[Assurance]) -> Iterator[Block]:
    """What is said of the difference made, and of how far somebody is assured."""
    if impact:
        yield Heading("Impact")
        yield Items(tuple(map(_impact, impact)))
    if assurance:
        yield Heading("Assurance")
        yield Items(tuple(map(_assurance, assurance)))


def _impact(impact: Impact) -> Item:
    notes = (
        *phrases.about(impact.about),
        *_evidence(impact.evidence),
        *phrases.theme(impact.theme),
    )
    return Item(impact.date.short, f"From {impact.from_}: {impact.note}", notes)


def _assurance(assurance: Assurance) -> Item:
    why: tuple[Line, ...] = ((assurance.note,),) if assurance.note else ()
    said = f"{phrases.LEVELS[assurance.level]}, says {assurance.by}"
    return Item(assurance.date.short, said, (*phrases.about(assurance.about), *why))


def _entry(entry: Entry, standing: Standing) -> Item:
    notes: list[Line] = []
    if entry.moved:
        notes.append(phrases.due_change(entry.moved))
    if entry.status:
        notes.append(phrases.then(entry.status, standing.plan.head))
    if standing.unagreed(entry):
        notes.append((phrases.NOT_AGREED,))
    if entry.for_:
        notes.append((phrases.reported_for(entry.for_),))
    if entry.by:
        notes.append((f"by {entry.by}",))
    if entry.agreed:
        notes.append((f"agreed: {entry.agreed}",))
    notes += (*_evidence(entry.evidence), *phrases.theme(entry.theme))
    return Item(entry.date.short, entry.note or "(no note)", tuple(notes))


def _evidence(evidence: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple((f"evidence: {item}",) for item in evidence)


def _decision(decision: Decision) -> Item:
    parts: list[Line] = [(f"by {decision.by}",)]
    if decision.outcome:
        parts.append((f"outcome: {decision.outcome}",))
    if decision.about:
        parts.append((f"about {phrases.subjects(decision.about)}",))
    if decision.completes:
        parts.append((f"completes {listed(decision.completes)}",))
    notes = (sentence_of(parts), *(((decision.note,),) if decision.note else ()))
    return Item(decision.date.short, decision.decision, notes)


def _measure(measure: Measure, day: date) -> Item:
    figures = [figure_line(value) for value in measure.values if value.period.first <= day]
    notes = [*about_measure(measure), *figures, standing_line(measure, day)]
    if missed := missed_line(measure, day):
        notes.append(missed)
    return Item(measure.id, measure.name, tuple(notes))
