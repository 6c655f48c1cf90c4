"""The first page of a site: where the plan stands, what needs attention, what is next, and what
else there is to see."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ..dates import day_shown
from ..document import (
    Column,
    Heading,
    Item,
    Items,
    Link,
    Mark,
    Paragraph,
    Stack,
    Table,
    Tally,
    sentence_of,
)
from ..reviews import reviews_answered
from ..standing import by_owner, counts, heard, next_due, silence_notice, standing_of, state, worst
from ..typed_dates import read_typed
from ..words import KINDS, UNAGREED, ago, listed, plural, sentence
from . import _assured, papers, phrases
from ._book import CALENDAR, CSV, JSON, TIMELINE, met, of_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Cell, Document
    from ..model import Assurance, Plan, Priority
    from ..standing import Standing
    from ._book import Book

MOST = 10
"""How many milestones need attention before the rest are only counted."""
MOST_SOON = 100
"""How many are due soon before the rest are."""


def page(book: Book, plan: Plan, standings: list[Standing]) -> Document:
    """The page's blocks, these being the plan's milestones."""
    blocks: list[Block] = [phrases.title_on(book.head.title, book.day)]
    notice = silence_notice(plan, book.day)
    if notice:
        blocks.append(Paragraph((notice,)))
    blocks += stands(book, plan, standings, book.day)
    blocks += _assured.part(plan, book.day, partial(_answer, book))
    blocks += _attention(book, heard(plan, standings, book.day))
    blocks += _soon(book, standings)
    if decisions := [each.decision for each in plan.decided if each.of_plan]:
        newest = sorted(decisions, key=lambda d: d.date.first, reverse=True)
        blocks.append(Heading("Decisions about the whole plan"))
        blocks.append(Items(tuple(map(book.decision, newest))))
    blocks += _reviews(book, plan, standings)
    blocks += _meetings(book)
    blocks += [Heading("The plan as data"), Items(tuple(_data()))]
    return tuple(blocks)


def _answer(book: Book, id: str, assurance: Assurance) -> Item:
    """How far somebody is assured, on what ground, and where more is said of it."""
    level, when = phrases.LEVELS[assurance.level], ago(assurance.date.first, book.day)
    why = assurance.note or "No reason is given"
    return Item(id, f"{level}, says {assurance.by}, {when}", ((why,),), url=book.at.get(id, ""))


def stands(book: Book, plan: Plan, standings: list[Standing], day: date) -> Iterator[Block]:
    """How many milestones stand in each way on a day, and how each priority and register does."""
    head = book.head
    yield Paragraph((_sentence(book, standings),))
    number = {kind: n for kind, n in counts(standings).items() if n}
    yield Tally(tuple(Mark(kind, f"{n} {head.word_for(kind)}") for kind, n in number.items()))
    owners = by_owner(plan, standings)
    priorities = [(owner, some) for owner, some in owners if not owner.register]
    yield from _table(book, head.word_for("priority"), priorities, day)
    if registers := [(owner, some) for owner, some in owners if owner.register]:
        yield from _table(book, head.word_for("register"), registers, day)


def _table(
    book: Book, noun: str, owners: list[tuple[Priority, list[Standing]]], day: date
) -> Iterator[Block]:
    """A row for each of these, which are called so."""
    yield Heading(sentence(plural(noun)))
    columns = tuple(map(Column, (sentence(noun), "Standing", "Complete", "Next due", "Lead")))
    rows = tuple(_row(book, owner, some, day) for owner, some in owners)
    verb = "stands" if day == book.day else "stood"
    yield Table(columns, rows, caption=f"How each {noun} {verb} on {day_shown(day)}")


def _sentence(book: Book, standings: list[Standing]) -> str:
    head, number = book.head, counts(standings)
    done = number["complete"]
    text = f"{done} of {phrases.number(standings, head)} {_is(done)} complete"
    if unagreed := number[UNAGREED]:
        text += f", and {unagreed} {_is(unagreed)} {head.word_for(UNAGREED)}"
    late = [
        f"{number[kind]} {_is(number[kind])} {head.word_for(kind)}"
        for kind in KINDS
        if kind in phrases.ORDER and number[kind]
    ]
    text = f"{text}; {listed(late)}." if late else f"{text}, and nothing is late or at risk."
    if undated := number["no date"]:
        text += f" {undated} {'has' if undated == 1 else 'have'} no date."
    return f"{text} {sentence(added)}." if (added := phrases.added(standings, head)) else text


def _row(book: Book, priority: Priority, standings: list[Standing], day: date) -> tuple[Cell, ...]:
    kind, words = standing_of(priority, standings)
    done = sum(standing.kind == "complete" for standing in standings)
    leads = listed(priority.leads)
    now = phrases.closing_text(priority, standings) or state(priority, day)
    name = (book.cited(priority.id)._replace(text=f"{priority.id} {priority.title}"),)
    return (
        Stack(name, () if now == "live" else ((sentence(now),),)),
        Mark(kind, words),
        f"{done} of {len(standings)}",
        next_due(standings) or "Nothing",
        leads or phrases.NO_LEAD,
    )


def _attention(book: Book, standings: list[Standing]) -> Iterator[Block]:
    attended = phrases.needing_attention(standings)
    if not attended:
        return
    yield Heading("Needs attention")
    head = book.head
    yield Items(
        tuple(
            Item(
                s.milestone.id,
                s.milestone.action,
                (phrases.attention(s, head),),
                Mark(s.kind),
                book.at[s.milestone.id],
            )
            for s in attended[:MOST]
        )
    )
    if len(attended) > MOST:
        more = f"{len(attended) - MOST:,} more need attention: see the "
        yield Paragraph((more, Link("timeline", TIMELINE), "."))


def _soon(book: Book, standings: list[Standing]) -> Iterator[Block]:
    end = read_typed("+3m", book.day).last
    chosen = [s for s in standings if s.to_come.last <= end]
    yield Heading("Due in the next three months")
    if not chosen:
        yield Paragraph((f"Nothing is due by {day_shown(end)}.",))
        return
    soonest = sorted(chosen, key=lambda s: s.to_come.last)
    yield book.table(soonest[:MOST_SOON], f"Due by {day_shown(end)}, soonest first")
    if len(soonest) > MOST_SOON:
        more = f"{len(soonest) - MOST_SOON:,} more are due by then: see the "
        yield Paragraph((more, Link("timeline", TIMELINE), "."))


def _reviews(book: Book, plan: Plan, standings: list[Standing]) -> Iterator[Block]:
    """What reviews recommended, how it stands, and what carries it out, with what answers a review
    as a whole; nothing where plan.yaml lists no recommendations."""
    words = phrases.thread_states(book.head)
    rows: list[tuple[Cell, ...] | Heading] = []
    answered = reviews_answered(plan, standings)
    if not any(one.threads for one in answered):
        return
    for one in answered:
        rows += [Heading(one.review.name)] if one.threads or one.whole else []
        if one.whole:
            by = sentence_of([(book.cited(s.milestone.id),) for s in one.whole], ", ")
            rows.append(("The review as a whole", Mark(*worst(list(one.whole))), Stack(by)))
        for thread in one.threads:
            of, ids = thread.recommendation, [s.milestone.id for s in thread.standings]
            why = ((papers.end_sentence(of.not_implemented),),) if of.not_implemented else ()
            by = sentence_of([(book.cited(id),) for id in ids], ", ") or ("Nothing",)
            how = Stack((sentence(words[thread.state]),), why)
            rows.append((f"{of.id} {of.words}", how, Stack(by)))
    yield Heading("What reviews recommended")
    columns = tuple(map(Column, ("Recommendation", "How it stands", "What carries it out")))
    caption = f"How each recommendation stands on {day_shown(book.day)}"
    yield Table(columns, tuple(rows), caption=caption)


def _meetings(book: Book) -> Iterator[Block]:
    past = met(book.head.meetings, book.day)
    to_come = [m for m in book.head.meetings if m.date.last > book.day]
    if not past and not to_come:
        return
    yield Heading("Meetings")
    if to_come:
        soonest = min(to_come, key=lambda m: m.date.last)
        yield Paragraph(("Next: ", soonest.group, ", ", soonest.date, "."))
    if past:
        yield Paragraph(("The plan as each meeting saw it:",))
        items = (Item(day_shown(day), group, url=of_day(day)) for day, group in reversed(past))
        yield Items(tuple(items))


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _data() -> Iterator[Item]:
    yield Item("Spreadsheet (CSV)", "– every milestone, for Excel", url=CSV)
    text = "– every due date; subscribe to its address, so that a date that moves moves there too"
    yield Item("Calendar (iCalendar)", text, url=CALENDAR)
    yield Item("Data (JSON)", "– the whole plan, for programs", url=JSON)
