"""How far somebody is assured of each priority and of the parts of it, and of what nobody ever
said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..agreement import asks_assurance
from ..document import Heading, Item, Items, Paragraph
from ..standing import silence_notice, state
from ..words import ago, cut, listed
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from ..document import Block, Line
    from ..model import Assurance, Objective, Plan, Priority

MOST_SHORT = 76
"""How many characters an answer has that is to stand in one line."""
MOST_ITEMS = 12
"""How many answers are shown before the rest are only counted."""
MOST = 8
"""How many ids the sentence about what nobody said names before the rest are only counted."""


def assurances(priority: Priority) -> dict[str, Assurance]:
    """The newest answer about a priority as a whole, and about each part of it of which somebody
    has said anything, by the id of what it is about; the priority first."""
    newest: dict[str, Assurance] = {}
    for answer in sorted(priority.assurance, key=lambda a: a.date.first):
        newest |= dict.fromkeys(answer.about or (priority.id,), answer)
    whole = {priority.id: newest.pop(priority.id)} if priority.id in newest else {}
    return whole | newest


def never_said(priority: Priority) -> list[str]:
    """The objectives of a priority that ask for the partnership to be assured, and of which nobody
    ever said whether it is; the priority, where nobody said so of anything in it."""
    answered = assurances(priority)
    if priority.id in answered:
        return []
    asking = [o.id for o in priority.objectives if asks_assurance(o) and o.id not in answered]
    return [priority.id] if asking and not answered else asking


def of_objective(priority: Priority, objective: Objective, day: date) -> Line:
    """How far somebody is assured of an objective; that nobody has said, where it asks for that.
    Nothing where it does not, or where only the priority as a whole was spoken of."""
    answered = assurances(priority)
    if newest := answered.get(objective.id):
        return phrases.assurance_line(newest, day)
    unanswered = priority.id not in answered and asks_assurance(objective)
    return ("Nobody has said",) if unanswered else ()


def part(plan: Plan, day: date, item: Callable[[str, Assurance], Item]) -> Iterator[Block]:
    """The part that says how far somebody is assured of what is not closed: the newest answers, an
    item each; and of what nobody ever said. Where nobody said anything, one sentence alone."""
    answers = [pair for p in _open(plan, day) for pair in assurances(p).items()]
    never = never_sentence(plan, day)
    if answers:
        yield Heading("Assurance")
        more = f"and {len(answers) - MOST_ITEMS:,} more" if len(answers) > MOST_ITEMS else ""
        items = [item(id, answer) for id, answer in answers[:MOST_ITEMS]]
        yield Items((*items, *(Item("", text) for text in (more, never) if text)))
    elif never and not silence_notice(plan, day):
        yield Paragraph((never,), apart=True)


def short_item(id: str, assurance: Assurance, day: date) -> Item:
    """An answer in one line: partly assured, how long ago, and the beginning of the ground."""
    said = f"{phrases.LEVELS[assurance.level]}, {ago(assurance.date.first, day)}"
    ground = f": {' '.join(assurance.note.split())}" if assurance.note else ""
    return Item(id, cut(f"{said}{ground}", MOST_SHORT))


def never_sentence(plan: Plan, day: date) -> str:
    """The sentence that says of what nobody ever said whether the partnership is assured; empty
    where that is asked for nowhere, or somebody said so of all."""
    ids = [id for p in _open(plan, day) for id in never_said(p)]
    more = [f"{len(ids) - MOST:,} more"] if len(ids) > MOST else []
    named = listed([*ids[:MOST], *more])
    return f"Nobody has said whether the partnership is assured of {named}." if ids else ""


def _open(plan: Plan, day: date) -> list[Priority]:
    return [p for p in plan.priorities if state(p, day) != "closed"]


def data(priority: Priority, day: date) -> list[dict[str, object]]:
    """The newest answers about a priority and the parts of it, as JSON."""
    return [
        {
            "about": id,
            "level": answer.level,
            "by": answer.by,
            "date": records.when(answer.date),
            "ago": ago(answer.date.first, day),
            "note": answer.note,
        }
        for id, answer in assurances(priority).items()
    ]
