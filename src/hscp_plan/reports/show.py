"""Everything about one milestone, or one priority."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Facts, Heading, Item, Items, Mark, Paragraph, sentence_of
from ..standing import standing_of, standings, state
from ..words import BRAG, listed, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Decision, Entry, Measure, Objective, Plan, Priority
    from ..standing import Standing


class ShowMilestone(NamedTuple):
    """`hscp show P1.3`."""

    plan: Plan
    day: date
    found: Standing

    def document(self) -> Document:
        """Its facts, and its log oldest first."""
        milestone = self.found.milestone
        blocks: list[Block] = [
            phrases.titled(f"{milestone.id}  {self.found.priority.title}", self.day),
            Paragraph((milestone.action,)),
            Facts(tuple(self._facts())),
        ]
        blocks.append(Heading("Progress"))
        if milestone.progress:
            blocks.append(Items(tuple(_entry(entry, self.found) for entry in milestone.progress)))
        else:
            blocks.append(Paragraph(("Nothing has been logged.",)))
        decisions = [d for d in self.plan.decisions if milestone.id in d.names]
        if decisions:
            blocks.append(Heading("Decisions"))
            blocks.append(Items(tuple(_decision(d) for d in decisions)))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """The one milestone."""
        yield records.row(self.plan, self.found)

    def data(self) -> dict[str, object]:
        """The milestone with its whole log."""
        made = records.record(self.found, log=True)
        return {**records.envelope(self.plan, self.day), "milestone": made}

    def _facts(self) -> Iterator[tuple[str, Line]]:
        found, milestone, head = self.found, self.found.milestone, self.plan.head
        said: Line = (phrases.mark(found, head),)
        if found.kind != milestone.status:
            word = head.called(milestone.status)
            said = (*said, f"; {'still ' if found.disagrees else ''}says {word}")
        yield "Standing", said
        if left := phrases.left_open(found):
            yield "Left open", (sentence(left),)
        if milestone.start:
            yield "Starts" if milestone.start.last >= self.day else "Started", (milestone.start,)
        yield "Due", sentence_of([(milestone.due,), phrases.moved(found)])
        if milestone.review:
            yield "Review", (milestone.review,)
        yield "Lead", (listed(found.lead) or "no lead named",)
        if found.objective.accountable:
            yield "Accountable", (listed(found.objective.accountable),)
        if milestone.answers:
            yield "Answers", (listed(milestone.answers),)
        for column in head.columns:
            if column.key in milestone.more:
                yield column.label, (milestone.more[column.key],)
        yield "Objective", (": ".join((found.objective.id, *found.objective.statements[:1])),)
        yield "Cite as", (f"{head.id}/{milestone.id}",)


class ShowPriority(NamedTuple):
    """`hscp show P1`."""

    plan: Plan
    day: date
    priority: Priority

    def document(self) -> Document:
        """Its outcome, objectives, milestones, decisions, measures, impact and assurance."""
        own, found = self.priority, self._found()
        kind, words = standing_of(own, found)
        blocks: list[Block] = [phrases.titled(f"{own.id}  {own.title}", self.day)]
        now = phrases.closed(own, found) or state(own, self.day)
        facts: list[tuple[str, Line]] = [("Standing", (Mark(kind, words),))]
        facts.append(("State", (sentence(now),)))
        if own.until:
            facts.append(("Until", (own.until,)))
        if own.outcome:
            facts.append((own.outcome_label or "Outcome", (own.outcome,)))
        if own.evidence:
            facts.append(("Evidence from", ("; ".join(own.evidence),)))
        blocks.append(Facts(tuple(facts)))
        for objective in own.objectives:
            blocks.append(Heading(f"Objective {objective.id}"))
            blocks += [Paragraph((text,)) for text in objective.statements]
            own_ones = [s for s in found if s.objective is objective]
            blocks.append(Facts(tuple(self._objective(objective, own_ones))))
            if held := [s for s in own_ones if not s.alone]:
                blocks.append(phrases.table(held, self.plan.head))
        blocks += self._said()
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """Its milestones."""
        return (records.row(self.plan, standing) for standing in self._found())

    def data(self) -> dict[str, object]:
        """The priority whole, its milestones with their logs and standings."""
        own, found = self.priority, self._found()
        kind, words = standing_of(own, found)
        made: dict[str, object] = {
            "id": own.id,
            "title": own.title,
            "until": records.when(own.until),
            "state": state(own, self.day),
            "closed": records.closed(own, found),
            "standing": kind,
            "standing_words": words,
            "brag": BRAG[kind],
            "counts": records.named_counts(found),
            "outcome_label": own.outcome_label,
            "outcome": own.outcome,
            "evidence": list(own.evidence),
            "objectives": [self._objective_data(o, found) for o in own.objectives],
        }
        made |= records.other_keys(own, made)
        return {**records.envelope(self.plan, self.day), "priority": made}

    def _objective_data(self, objective: Objective, found: list[Standing]) -> dict[str, object]:
        standings = [s for s in found if s.objective is objective]
        made: dict[str, object] = {
            "id": objective.id,
            "statements": list(objective.statements),
            "complete_by": records.when(objective.complete_by),
            "accountable": list(objective.accountable),
            "lead": list(objective.lead),
            "standing": next((s.kind for s in standings if s.alone), None),
            "milestones": [records.record(s, log=True) for s in standings if not s.alone],
        }
        return made | records.other_keys(objective, made)

    def _found(self) -> list[Standing]:
        return [s for s in standings(self.plan, self.day) if s.priority is self.priority]

    def _objective(
        self, objective: Objective, standings: list[Standing]
    ) -> Iterator[tuple[str, Line]]:
        if objective.complete_by:
            yield "Complete by", phrases.complete_by(objective, standings, self.plan.head)
        if objective.accountable:
            yield "Accountable", (listed(objective.accountable),)
        yield "Lead", (listed(objective.lead) or "no lead named",)

    def _said(self) -> Iterator[Block]:
        own = self.priority
        if own.decisions:
            yield Heading("Decisions")
            yield Items(tuple(_decision(d) for d in own.decisions))
        if own.measures:
            yield Heading("Measures")
            yield Items(tuple(_measure(m) for m in own.measures))
        if own.impact:
            yield Heading("Impact")
            yield Items(
                tuple(
                    Item(i.date.short, f"From {i.from_}: {i.note}", _evidence(i.evidence))
                    for i in own.impact
                )
            )
        if own.assurance:
            yield Heading("Assurance")
            yield Items(
                tuple(
                    Item(a.date.short, f"{sentence(a.level)}, says {a.by}",
                         ((a.note,),) if a.note else ())
                    for a in own.assurance
                )
            )  # fmt: skip


def _entry(entry: Entry, standing: Standing) -> Item:
    notes: list[Line] = []
    if entry.moved:
        notes.append(phrases.redated(entry.moved))
    if entry.status:
        notes.append(("now ", Mark(entry.status, entry.status)))
    if standing.unagreed(entry):
        notes.append((phrases.NOT_AGREED,))
    if entry.by:
        notes.append((f"by {entry.by}",))
    if entry.agreed:
        notes.append((f"agreed: {entry.agreed}",))
    notes += _evidence(entry.evidence)
    return Item(entry.date.short, entry.note or "(no note)", tuple(notes))


def _evidence(evidence: tuple[str, ...]) -> tuple[Line, ...]:
    return tuple((f"evidence: {item}",) for item in evidence)


def _decision(decision: Decision) -> Item:
    parts: list[Line] = [(f"by {decision.by}",)]
    if decision.outcome:
        parts.append((f"outcome: {decision.outcome}",))
    if decision.about:
        parts.append((f"about {listed(decision.about)}",))
    if decision.completes:
        parts.append((f"completes {decision.completes}",))
    notes = (sentence_of(parts), *(((decision.note,),) if decision.note else ()))
    return Item(decision.date.short, decision.decision, notes)


def _measure(measure: Measure) -> Item:
    about = [measure.unit, measure.better and f"better {measure.better}"]
    if measure.target:
        about.append(f"target {measure.target}")
    notes: list[Line] = [("; ".join(filter(None, about)),)] if any(about) else []
    for value in measure.values:
        notes.append((value.period, f": {value.value}", f" ({value.note})" if value.note else ""))
    return Item(measure.id, measure.name, tuple(notes))
