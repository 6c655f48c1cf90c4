"""The part of a yearly report about reviews: what each recommended, what carries that out, what was
done in the year, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Column, Heading, Items, Paragraph, Stack, Table
from ..reviews import reviews_answered
from ..words import sentence
from . import papers, phrases
from ._annual_rows import milestone_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Cell, Line
    from ..reviews import ReviewAnswered, Thread
    from ..standing import Standing
    from ._year import Year


def answer_blocks(year: Year) -> Iterator[Block]:
    """Each review under a heading of its own; nothing where the plan names none."""
    for one in reviews_answered(year.plan, year.standings()):
        yield Heading(one.review.name, 2)
        yield from _review(one, year)


def _review(one: ReviewAnswered, year: Year) -> Iterator[Block]:
    if about := phrases.about_review(one.review, year.end):
        yield Paragraph((*phrases.capital(about), "."), apart=True)
    if one.threads:
        names = ("Recommendation", "What carries it out", "Done in the year", "What came of it")
        rows = tuple(_row(thread, year) for thread in one.threads)
        caption = f"What {one.review.name} recommended, and what was done in the year"
        yield Table(tuple(map(Column, names)), rows, caption=caption)
    if one.whole:
        yield Items(tuple(milestone_item(s, tuple(_answer(s, year))) for s in one.whole))
        if not any(year.decided_on(s) for s in one.whole):
            none = f"No decision of a Board on {one.review.name} is recorded in the year."
            yield Paragraph((none,), apart=True)
    elif not one.threads:
        milestone = year.plan.head.word_for("milestone")
        none = f"No recommendations of it are listed, and no {milestone} answers it."
        yield Paragraph((none,), apart=True)


def _answer(standing: Standing, year: Year) -> Iterator[Line]:
    """How a milestone that answers a review stands, and what was done about it in the year."""
    yield phrases.stands(standing, year.plan.head)
    yield _last(standing, year) or ("Nothing was logged in the year.",)
    yield from _came(standing, year)


def _row(thread: Thread, year: Year) -> tuple[Cell, ...]:
    """A recommendation: what carries it out, what was done in the year, and what came of it."""
    recommendation, standings = thread.recommendation, thread.standings
    agency = f"{sentence(recommendation.agency)}-agency" if recommendation.agency else ""
    carriers: list[Line] = [
        (f"{s.milestone.id} {s.milestone.action}: ", phrases.mark(s, year.plan.head))
        for s in standings
    ]
    if recommendation.not_implemented:
        reason = papers.end_sentence(recommendation.not_implemented)
        carriers.append((f"Not implemented: {reason}",))
    done = [(f"{s.milestone.id}, ", *last) for s in standings if (last := _last(s, year))]
    came = [line for standing in standings for line in _came(standing, year)]
    milestone = year.plan.head.word_for("milestone")
    none = f"No {milestone} carries it out, and no reason is given."
    if thread.elsewhere:
        none = "An action of a register carries it out."
    return (
        Stack((f"{recommendation.id} {recommendation.words}",), ((agency,),) if agency else ()),
        papers.stack(carriers, none),
        papers.stack(done, "Nothing was logged in the year." if standings else "Nothing"),
        papers.stack(came, "Nothing is recorded in the year." if standings else "Nothing"),
    )


def _last(standing: Standing, year: Year) -> Line:
    """The last that was logged of a milestone in the year; nothing where nothing was."""
    entries = year.entries(standing)
    if not entries:
        return ()
    of = f" (The last of {len(entries)} entries in the year.)" if len(entries) > 1 else ""
    return (*papers.entry_line(entries[-1], standing, year.plan.head), of)


def _came(standing: Standing, year: Year) -> Iterator[Line]:
    """What was decided about a milestone in the year, what difference it made, and how far somebody
    is assured of it."""
    priority, id = standing.priority, standing.milestone.id
    for decision in year.decided_on(standing):
        yield (decision.date, f", decided by {decision.by}: {decision.decision}")
    for impact in priority.impact:
        if id in impact.about and year.within(impact.date):
            yield (impact.date, f", from {impact.from_}: {impact.note}")
    said = phrases.newest_assurance(priority, id)
    if said and year.within(said.date):
        yield phrases.assurance_line(said, year.end)
