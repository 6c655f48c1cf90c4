"""The parts of a yearly report that only a duty asks for: training, partners, scrutiny, data and
costs. What speaks of training is known by that word, and said to be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..document import Column, Heading, Item, Items, Paragraph, Room, Table
from ..words import count, listed, sentence
from . import papers, phrases
from ._annual_duty import SCRUTINEER, scrutineer
from ._annual_parts import Part
from ._annual_rows import Missing, assurance_table, impact_item, milestone_item, paragraph
from ._measured import MEASURED, measured_in
from ._partners import partner_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..document import Cell, Line
    from ..duty import Answer
    from ..model import Review
    from ..standing import Standing
    from ._annual_parts import Parts
    from ._annual_rows import Held

_TRAINING = re.compile(r"\btrain(?:ing|ed|ers?|s)?\b", re.IGNORECASE)


def _training(parts: Parts) -> Iterator[Held]:
    """The milestones, impact and measures of the year in which the word training stands, or in
    whose theme."""
    items = [*_milestones_on_training(parts), *_impact_of_training(parts)]
    every = (measure for p in parts.plan.priorities for measure in p.measures)
    measures = [f"{m.id} {m.name}" for m in every if _on_training(m.name)]
    if not items and not measures:
        yield Missing("Nothing in the plan has the word training in it.")
        return
    yield paragraph(
        "This is what has the word training in it, or in its theme. What training changed may "
        "stand elsewhere in other words."
    )
    if items:
        yield Items(tuple(items))
    if measures:
        yield paragraph(f"It is measured by {listed(measures)}.")


def _milestones_on_training(parts: Parts) -> Iterator[Item]:
    """Each milestone that speaks of training, or of which something was said that does: how it
    stands, and what was said, or which part tells it."""
    for standing in parts.standings:
        lines = list(_said_of_training(parts, standing))
        if lines or _on_training(standing.milestone.action):
            stands = phrases.stands(standing, parts.plan.head)
            nothing: Line = ("Nothing was logged in the year.",)
            if lines and (told := parts.numbers.get("done")):
                lines = [(f"What was done: see part {told}.",)]
            yield milestone_item(standing, (stands, *(lines or [nothing])))


def _said_of_training(parts: Parts, standing: Standing) -> Iterator[Line]:
    """What was logged in the year of a milestone on training; of another, what names training."""
    about = _on_training(standing.milestone.action)
    for entry in parts.year.acts(standing)[::-1]:
        if about or _on_training(entry.note or "", *entry.theme):
            yield papers.entry_line(entry, standing, parts.plan.head)


def _impact_of_training(parts: Parts) -> Iterator[Item]:
    """What was said of what training changed, or which part tells it."""
    for priority, impact in parts.year.impacts():
        if _on_training(impact.note, *impact.theme):
            whose = f"{sentence(impact.from_)}, on {phrases.priority(priority)}"
            told = parts.told_of(impact.from_)
            here = Item(impact.date.shown, f"{whose}: see part {told}.")
            yield here if told else impact_item(impact, whose)


def _on_training(*texts: str) -> bool:
    return any(map(_TRAINING.search, texts))


def _findings(parts: Parts) -> Iterator[Held]:
    """The reviews that were published in the year, and what they recommended."""
    reviews = [r for r in _reviews(parts) if r.date and parts.year.within(r.date)]
    if not reviews:
        yield Missing("No review is recorded as published in the year.")
    for review in reviews:
        yield Heading(review.name, 2)
        yield Paragraph(
            (*phrases.capital(phrases.about_review(review, parts.year.end)), "."), apart=True
        )
        if not review.recommendations:
            yield paragraph("No recommendations of it are listed.")
        elif parts.numbers.get("reviews") == parts.numbers["findings"]:
            yield paragraph("What it recommended is told below, with what was done.")
        else:
            yield Items(tuple(Item(each.id, each.words) for each in review.recommendations))


def _not_implemented(parts: Parts) -> Iterator[Held]:
    """What reviews recommended that is not carried out, with the reason."""
    every = [each for review in _reviews(parts) for each in review.recommendations]
    items = tuple(
        Item(each.id, each.words, ((f"Not implemented: {each.not_implemented}",),))
        for each in every
        if each.not_implemented
    )
    if items:
        yield Items(items)
        yield Missing("The plan does not say when this was decided. Keep what is of the year.")
    elif every:
        yield paragraph("No recommendation of a review is marked as one that is not implemented.")
    else:
        yield Missing("No recommendations of reviews are recorded.")


def _reviews(parts: Parts) -> list[Review]:
    """The reviews that plan.yaml lists; of several plans, each."""
    plan = parts.plan
    return [review for head in plan.heads or (plan.head,) for review in head.reviews]


def _partners(parts: Parts) -> Iterator[Held]:
    """What each partner did."""
    if parts.plan.head.agencies:
        yield from partner_blocks(parts.year)
    else:
        yield Missing("No group in plan.yaml says to which agency it belongs.")


def _scrutiny(parts: Parts) -> Iterator[Held]:
    """What a scrutineer said of assurance, and what audits found."""
    said = [(p, a) for p, a in parts.year.assurances() if SCRUTINEER in a.by.casefold()]
    if said:
        yield assurance_table(parts.year, said, "What scrutineers said in the year")
    audits = [(p, i) for p, i in parts.year.impacts() if i.from_ == "audit"]
    if audits:
        yield Items(tuple(impact_item(i, f"Audit, on {phrases.priority(p)}") for p, i in audits))
    if not said:
        nothing = "Nothing is recorded in the year of what a scrutineer found."
        # Not by whoever writes the rest of the part: that may be those whom scrutiny is of.
        yield Missing(nothing, scrutineer(parts.plan.head))


def _data(parts: Parts) -> Iterator[Held]:
    """How many measures have figures of the year; and these, where no other part shows them."""
    measures = [measure for p in parts.plan.priorities for measure in p.measures]
    if not measures:
        yield Missing("The plan has no measures.")
        return
    rows = [row for p in parts.plan.priorities for row in measured_in(parts.year, p)]
    where = parts.numbers.get("impact")
    at = f", which part {where} shows" if where and rows else ""
    every = count(len(measures), "measure")
    yield paragraph(f"Of {every}, {len(rows)} had figures in the year{at}.")
    if rows and not where:
        yield Table(MEASURED, tuple(rows), caption="What was measured in the year")
    yield Missing("What was learned from them is not said.")


def _costs(parts: Parts) -> Iterator[Held]:
    """A table to fill in: what each partner paid and gave."""
    names = ("Partner", "Paid in the year (£)", "Given otherwise", "Change on the year before")
    rooms = tuple(Room(label, lines=1) for label in ("Amount", "Staff, rooms, time", "Change"))
    rows: list[tuple[Cell, ...]] = [(sentence(name), *rooms) for name in (*parts.partners, "all")]
    yield Table(
        tuple(map(Column, names)), tuple(rows), caption="What each partner paid, to be filled in"
    )
    yield Missing()


def _by_hand(parts: Parts) -> Iterator[Held]:  # noqa: ARG001
    """What no plan holds."""
    yield Missing()


ASKED_BY_DUTIES: Mapping[Answer, Part] = {
    "training": Part("Training, and what came of it", _training),
    "findings": Part("What reviews found that were published in the year", _findings),
    "not implemented": Part("Recommendations that are not implemented, and why", _not_implemented),
    "partners": Part("What each partner did", _partners),
    "scrutiny": Part("What scrutiny found", _scrutiny),
    "data": Part("What was measured", _data),
    "costs": Part("What it cost", _costs),
    "by hand": Part("What else is asked for", _by_hand),
}
"""The parts that only a duty asks for."""
