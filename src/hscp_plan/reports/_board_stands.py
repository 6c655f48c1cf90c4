"""The part of the Board's page that says where the plan stands: every milestone counted once, and
how far the partnership is assured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Column, Facts, Mark, Paragraph, Table, sentence_of
from ..standing import by_owner, counts, next_due, state
from ..words import KINDS, UNAGREED, ago, count, cut, listed, plural, sentence
from . import phrases
from ._assured import assurances, never_said
from ._figures import age, drawn, hopes, is_met, missed, missed_line, series, summary

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Cell, Line
    from ..model import Assurance, Measure, Plan, Priority
    from ..standing import Standing
    from ..words import Kind

MOST_TITLE = 44
"""How many characters it shows of a priority's title."""
MOST_NAME = 50
"""How many characters it shows of the name of who leads or says."""
MOST_GROUND = 44
"""How many characters it shows of the ground on which somebody is assured."""
MOST_MEASURE = 36
"""How many characters it shows of what is counted."""
COLUMNS: tuple[Kind, ...] = (
    *("overdue", "off track", "late to start", "at risk", "on track", UNAGREED, "complete"),
)
"""The standings that have a column of their own; all others are counted as one."""
_LEVELS: list[tuple[str | None, str]] = [*phrases.LEVELS.items(), (None, "Nobody has said")]
"""How far the partnership may be assured of a priority, the worst first."""


def stands(
    plan: Plan,
    day: date,
    standings: list[Standing],
    most: int,
    asked: str = "",
    *,
    full: bool = False,
) -> Iterator[Block]:
    """The part's blocks, these being the plan's milestones; with a row for so many priorities, the
    sentence that says who was asked, how many measures stand in each way and, where it is `full`,
    the figures of one and on what ground somebody is assured."""
    yield Paragraph((f"{_count(plan, standings)} {asked}".rstrip(),))
    yield _table(plan, standings, most)
    facts = [*_assurance(plan, day, most, full), *_measures(plan, day, full)]
    if facts:
        yield Facts(tuple(facts))


def _count(plan: Plan, standings: list[Standing]) -> str:
    """How many milestones stand in each way: every way that there is."""
    if not standings:
        theirs = " of theirs" if plan.narrowed_from else ""
        return f"The plan has no {plural(plan.head.word_for('milestone'))}{theirs}."
    number, word_for = counts(standings), plan.head.word_for
    words = {kind: word_for(kind) for kind in KINDS if number[kind]}
    if words.get("no date") == "no date":
        words["no date"] = "with no date"
    parts = [f"{number[kind]} {word}" for kind, word in words.items()]
    text = f"Of {phrases.number(standings, plan.head)}: {listed(parts)}."
    added = phrases.added(standings, plan.head)
    return f"{text} {sentence(added)}." if added else text


def _table(plan: Plan, standings: list[Standing], most: int) -> Table:
    """A row for each priority, in which every milestone is counted once."""
    number, head = counts(standings), plan.head
    kinds = [kind for kind in COLUMNS if number[kind]]
    rest = [kind for kind in KINDS if number[kind] and kind not in COLUMNS]
    names = [head.word_for(kind) for kind in kinds]
    if rest:
        names.append(head.word_for(rest[0]) if len(rest) == 1 else "other")
    columns = [
        Column(sentence(head.word_for("priority"))),
        *(Column(sentence(name), right=True) for name in (*names, "all")),
        Column("Next due"),
    ]
    ways = [*([kind] for kind in kinds), *([rest] if rest else [])]
    rows = tuple(_row(name, some, ways) for name, some in _rows(plan, standings, most))
    return Table(tuple(columns), rows, caption="How many stand in each way, by priority")


def _row(name: Cell, standings: list[Standing], ways: list[list[Kind]]) -> tuple[Cell, ...]:
    """How many of some milestones stand in each of these ways, and what of them is due next."""
    number = counts(standings)
    cells = [_number(sum(number[kind] for kind in kinds), kinds[0]) for kinds in ways]
    return (name, *cells, str(len(standings)), next_due(standings) or "none")


def _rows(plan: Plan, standings: list[Standing], most: int) -> list[tuple[Cell, list[Standing]]]:
    """A row for each priority with its milestones, and one for all; where there are more than
    `most`, the worst have rows, and the others one together."""
    every = by_owner(plan.of_priorities, standings)
    # The most overdue first; of those with as many, the most off track, and so on.
    worst = sorted(every, key=lambda pair: [-counts(pair[1])[kind] for kind in COLUMNS])
    shown = {p.id for p, _ in worst[: most - 1]} if len(every) > most else None
    rows: list[tuple[Cell, list[Standing]]] = [
        (titled(p), some) for p, some in every if shown is None or p.id in shown
    ]
    if shown is not None:
        others = [s for p, some in every if p.id not in shown for s in some]
        priorities = plural(plan.head.word_for("priority"))
        rows.append((f"The {len(every) - len(rows)} other {priorities}", others))
    return [*rows, ("All", standings)] if len(rows) > 1 else rows


def _assurance(plan: Plan, day: date, most: int, ground: bool) -> Iterator[tuple[str, Line]]:
    """How far the partnership is assured of each priority, who said so last, when and, where that
    is wanted, on what ground."""
    levels: dict[str | None, list[tuple[str, str]]] = {level: [] for level, _ in _LEVELS}
    for priority in plan.priorities:
        if state(priority, day) != "closed":
            # With the ground there is no room for a title, which stands in the table above.
            title = priority.id if ground else titled(priority)
            for name, last in _newest(priority, title):
                levels[last.level if last else None].append((name, _sayer(last, day, ground)))
    if levels[None] and not any(levels[level] for level in phrases.LEVELS):
        yield "Assurance", ("Nobody has said how far the partnership is assured.",)
        return
    for level, words in _LEVELS:
        if priorities := levels[level]:
            more = [f"{len(priorities) - most} more"] if len(priorities) > most else []
            yield words, ("; ".join([*_by_sayer(priorities[:most]), *more]),)


def _measures(plan: Plan, day: date, full: bool) -> Iterator[tuple[str, Line]]:
    """How the measures stand and, where it is `full`, the newest figures of the one that needs most
    to be seen: the page has room for no more."""
    every = [measure for priority in plan.priorities for measure in priority.measures]
    if not every:
        return
    told = sorted((m for m in every if full and series(m, day)), key=lambda m: _concern(m, day))
    first: Line = (". ", *_measured(told[0], day), _others(len(told) - 1)) if told else ()
    yield "Measures", (summary(every, day), *first)


def _others(number: int) -> str:
    """What is said of measures whose figures the page has no room for."""
    have = "has" if number == 1 else "have"
    return f"; {count(number, 'other measure')} {have} figures" if number else ""


def _concern(measure: Measure, day: date) -> int:
    """How much a measure needs to be seen, the least most."""
    if is_met(measure, series(measure, day)[-1], day) is False:
        return 0
    return 1 if missed(measure, day) else 2


def _measured(measure: Measure, day: date) -> Line:
    """A measure's small line, its newest figure and how old it is, what was hoped for, and what is
    missed."""
    figures = series(measure, day)
    newest = f"{figures[-1].shown}, {age(figures[-1], day)}"
    told: list[Line] = [(newest,), *((words,) for words in hopes(measure, figures, day))]
    if gone := phrases.plain(missed_line(measure, day)):
        told.append((gone[:1].lower() + gone[1:],))
    name = f"{measure.id} {cut(measure.name, MOST_MEASURE)} "
    return (name, *drawn(figures), *sentence_of(told))


def _newest(priority: Priority, title: str) -> Iterator[tuple[str, Assurance | None]]:
    """The newest answers about a priority, which is called so, and the parts of it; None for what
    nobody spoke of: the priority where nothing was said in it, else what asks for an answer."""
    for id, newest in assurances(priority).items():
        yield title if id == priority.id else id, newest
    if priority.assurance:
        yield from ((id, None) for id in never_said(priority))
    else:
        yield title, None


def _sayer(assurance: Assurance | None, day: date, ground: bool) -> str:
    """Who says how far, how long ago and, where that is wanted, on what ground, after the name of
    what it is about."""
    if assurance is None:
        return ""
    when = ago(assurance.date.first, day)
    if ground and assurance.note:
        when += f": {cut(' '.join(assurance.note.split()), MOST_GROUND)}"
    else:
        when = f"{assurance.date.shown}, {when}"
    return f" ({cut(assurance.by, MOST_NAME)}, {when})"


def _by_sayer(priorities: list[tuple[str, str]]) -> list[str]:
    """Priorities, each with who said it, those of which the same was said on one day together."""
    titles_by: dict[str, list[str]] = {}
    for title, sayer in priorities:
        titles_by.setdefault(sayer, []).append(title)
    return [f"{listed(titles)}{sayer}" for sayer, titles in titles_by.items()]


def titled(priority: Priority) -> str:
    """A priority as the page names it."""
    return phrases.priority(priority.replace(title=cut(priority.title, MOST_TITLE)))


def _number(number: int, kind: Kind) -> Cell:
    """How many stand in a way, in colour where that is what needs attention."""
    return Mark(kind, str(number)) if number and kind in phrases.ORDER else str(number)
