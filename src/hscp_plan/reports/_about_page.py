"""The page about a site itself: the plan it shows, how to read it, how far everybody can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import day_shown
from ..document import Column, Facts, Heading, Item, Items, Mark, Paragraph, Table
from ..words import listed, plural, sentence
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Line
    from ..model import Group, Head
    from ..words import Kind

MEANS: dict[Kind, str] = {
    "overdue": "Its due date is over and it is not complete, whatever is said of it.",
    "off track": "Those who lead it say that it will not be done in time.",
    "late to start": "The time to begin is over, and nothing says that it has begun.",
    "at risk": "Those who lead it say that it may not be done in time.",
    "no date": "It is open, and nothing says when it is to be done.",
    "on track": "Those who lead it say that it will be done in time.",
    "in progress": "It has begun. Nobody says whether it will be done in time.",
    "not started": "Nothing says that it has begun, and its time to begin is not over.",
    "complete, not yet agreed": "It is said to be done, and no Board is recorded as agreeing.",
    "complete": "It is done.",
    "closed": "It was stopped, for a reason that is given.",
}


def page(head: Head, day: date, revision: str) -> Iterator[Block]:
    """The page's blocks."""
    yield phrases.title_on("About this plan and these pages", day)
    yield from _plan(head)
    yield from _key(head)
    yield from _accessibility(head, day)
    yield Heading("Using what stands here")
    yield Paragraph(
        (
            f"The words of the plan are those of {head.partnership}. Its files name no licence: "
            "ask the partnership before you publish them elsewhere. The same is offered as data "
            "on the first page.",
        )
    )
    yield Heading("How these pages were made")
    text = f"They show the plan as at {day_shown(day)}: what was logged after that is not here."
    where = f" They were made from its files at {revision}." if revision else ""
    yield Paragraph(
        (
            f"{text}{where} A computer program, hscp, made them from the plan’s files; nobody "
            "edits them by hand.",
        )
    )


def _plan(head: Head) -> Iterator[Block]:
    if head.vision:
        yield Heading("The vision")
        yield Paragraph((head.vision,))
    yield Heading("The plan")
    yield from (Paragraph((text,)) for text in _paragraphs(head.introduction))
    yield from (Paragraph((text,)) for text in _paragraphs(head.reporting))
    facts: list[tuple[str, Line]] = [
        ("Partnership", (head.partnership,)),
        ("Period", (head.period.start, " to ", head.period.end)),
    ]
    if head.agreed:
        facts.append(("Agreed", (f"by {head.agreed.by}, ", head.agreed.date)))
    facts.append(("Cite as", (listed(head.plans),)))
    yield Facts(tuple(facts))
    if head.groups:
        yield Heading("Boards, groups and roles", 2)
        yield Items(tuple(Item("", text) for text in dict.fromkeys(map(_group, head.groups))))


def _group(group: Group) -> str:
    agency = f", {group.agency}" if group.agency else ""
    return f"{group.name} ({group.kind}{agency})"


def _paragraphs(text: str | None) -> list[str]:
    return [part for part in (text or "").split("\n") if part.strip()]


def _key(head: Head) -> Iterator[Block]:
    yield Heading("How to read it")
    thing = head.word_for("milestone")
    yield Paragraph(
        (
            f"Those who lead a {thing} say how it is going. From that, its dates and the day, hscp "
            "works out how it stands. A date is as exact as the plan wrote it: what is due in "
            "April 2022 is due by 30 April and overdue from 1 May. Where a date moved, the first "
            "one is shown beside it. Each standing has a word and a symbol, so that nothing is "
            "said by colour alone.",
        )
    )
    rows = tuple((Mark(kind, sentence(head.word_for(kind))), MEANS[kind]) for kind in head.kinds)
    caption = f"How a {thing} can stand, the worst first"
    yield Table((Column("Standing"), Column("What it means")), rows, caption=caption)
    yield Paragraph(
        (
            f"A {head.word_for('priority')} stands as the worst of its {plural(thing)} does, with "
            "how many stand so.",
        )
    )


def _accessibility(head: Head, day: date) -> Iterator[Block]:
    who = head.partnership
    yield Heading("Accessibility statement")
    yield Paragraph(
        (
            f"This statement is about these pages, which show the plan of {who}. They are made so "
            "that as many people as possible can use them: with a keyboard alone, with a screen "
            "reader, enlarged to 400%, on a narrow screen, in light or dark, in print and without "
            "scripts.",
        )
    )
    yield Heading("How accessible these pages are", 2)
    yield Paragraph(
        (
            "The program that makes these pages has tests of its own, which hold the pages of a "
            "demonstration plan to what an automatic checker (axe) can tell of the Web Content "
            "Accessibility Guidelines 2.2, level AA. A checker finds only some of what can be "
            "wrong. These very pages have not been audited, and no test of them by people who use "
            "assistive technology is recorded, so nobody claims that they meet the standard "
            "in full.",
        )
    )
    yield Paragraph(
        (
            "Known limits: the drawing of the timeline is for the eye alone, and the table below "
            "it says the same. Documents that are cited as evidence are elsewhere, and may not be "
            "accessible.",
        )
    )
    yield Heading("If you cannot use something here", 2)
    yield Paragraph(
        (
            f"Tell {who}: say which page it is, what went wrong, and in which form you would like "
            "what stands there, such as large print, easy read or an audio recording.",
        )
    )
    yield Heading("Enforcement", 2)
    yield Paragraph(
        (
            "The Equality and Human Rights Commission enforces the Public Sector Bodies (Websites "
            "and Mobile Applications) (No. 2) Accessibility Regulations 2018. If you are not "
            "happy with the answer to your complaint, contact the Equality Advisory and Support "
            "Service (equalityadvisoryservice.com).",
        )
    )
    yield Paragraph((f"This statement was made with these pages, as at {day_shown(day)}.",))
