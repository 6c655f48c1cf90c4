"""Which papers are asked for, and what each is made of: the Board, since when, the year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..errors import Mistyped
from ..model import Plan
from ..words import listed
from ._draw import foot_of
from ._look import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..document import Paper
    from ..model import Head, Meeting, Objective
    from ..reports.board import Since
    from ._look import Look


class Asked(NamedTuple):
    """What was asked of a paper beside the plan itself."""

    since: str | None
    group: str | None
    sender: str | None
    year: str | None
    leads: Sequence[str] | None
    groups: Sequence[str] | None


def papers(name: str, seen: Look, asked: Asked) -> list[Paper]:
    """The papers of this name: one, or a work plan for each lead."""
    foot = foot_of(seen)
    if name == "board":
        return [_board(seen, asked, foot)]
    if name == "plan":
        from ..reports.published import Published

        return [Published(seen.plan, seen.day, foot).paper()]
    if name == "annual":
        from ..reports.annual import Annual

        whole = seen.opened.plan
        return [Annual(seen.plan, seen.day, _year(asked.year, seen.day), whole, foot).paper()]
    return _workplans(seen, asked, foot)


def _board(seen: Look, asked: Asked, foot: str) -> Paper:
    from ..meetings import board_meant
    from ..reports.board import Board

    head = seen.plan.head
    group = board_meant(head, asked.group) if asked.group else _group(head, seen.day)
    own = [m for m in head.meetings if head.whole(m.group) == group]
    following = min((m for m in own if m.date.first > seen.day), key=_when, default=None)
    last = max((m for m in own if m.date.last < seen.day), key=_when, default=None)
    when = asked.since or (last and last.date.text)
    since = _since(seen, when) if when else None
    return Board(seen.plan, seen.day, group, since, following, asked.sender, foot).paper()


def _when(meeting: Meeting) -> date:
    return meeting.date.last


def _group(head: Head, day: date) -> str:
    """The Board that meets on this day or next; else the last that met; else the first named."""
    from ..meetings import is_board

    boards = sorted((m for m in head.meetings if is_board(head, m)), key=_when)
    coming = [m.group for m in boards if m.date.last >= day]
    named = [group.name for group in head.groups if group.kind == "board"]
    found = next(iter([*coming, *(m.group for m in reversed(boards)), *named]), "The Board")
    return head.whole(found)


def _since(seen: Look, when: str) -> Since:
    """The plan as it stood then: out of git, or where git cannot tell of that day, by its log."""
    from ..reports.board import Since
    from ..standing import as_at
    from ..times import comparable, plan_then, time_meant

    try:
        then = plan_then(seen.opened, when, seen.day)
    except Mistyped as error:
        _, day = time_meant(seen.plan.head, " ".join(when.split()), seen.day)
        if day is None:
            raise
        note(f"What moved is told from the logs alone: {error.what}.")
        return Since(as_at(seen.plan, day), day, day_shown(day))
    before, _ = comparable(then.opened, seen.opened)
    return Since(as_at(before, then.day), then.day, then.said)


def _year(given: str | None, day: date) -> str:
    """The financial year that was asked for; else the one that the day is in."""
    from ..dates import typed
    from ..errors import Wrong

    if given is None:
        first = day.year if day.month >= 4 else day.year - 1
        return f"{first}/{(first + 1) % 100:02}"
    try:
        found = typed(given, day)
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from wrong
    if (found.first.month, found.first.day, found.last.month) != (4, 1, 3):
        following = f"{found.first.year}/{(found.first.year + 1) % 100:02}"
        raise Mistyped("--year takes a financial year", f"Such as {following}, April to March.")
    return found.text


def _workplans(seen: Look, asked: Asked, foot: str) -> list[Paper]:
    """A work plan for each lead; or for the groups that are asked for, one."""
    from ..reports.papers import slug
    from ..reports.workplan import Workplan

    if asked.groups:
        names = [_named(seen.opened.plan, word) for word in asked.groups]
        plan = _by_whole_names(seen.plan)
        who = listed(names)
        return [Workplan(plan, seen.day, who, foot, slug(who)).paper()]
    made = [
        Workplan(led.plan, seen.day, led.who, foot, led.slug).paper()
        for led in of_each_lead(seen, asked.leads)
    ]
    if not made:
        raise Mistyped("nobody leads anything that is open", "Give --group, or name leads.")
    return made


class Led(NamedTuple):
    """A lead, who as a part of a file's name, and the plan narrowed to what is theirs."""

    who: str
    slug: str
    plan: Plan


def of_each_lead(seen: Look, words: Sequence[str] | None) -> Iterator[Led]:
    """Each lead with something open; of these, those whose name or short name holds one of the
    words, where there are any."""
    from ..filters import led_by
    from ..reports.chase import people, slugs

    plan = _by_whole_names(seen.plan)
    # Of the whole plan: who else is asked for, or done, changes nobody's file.
    slug_of = slugs(_by_whole_names(seen.opened.plan), seen.day)
    for who in people(plan, seen.day):
        names = f"{who}\n{plan.head.short(who)}".casefold()
        if not words or any(word.casefold() in names for word in words):
            yield Led(who, slug_of[who], led_by(plan, who))


def _by_whole_names(plan: Plan) -> Plan:
    """The plan with every lead by its group's whole name: who is named once in full and once by a
    short name is one."""
    names = plan.head.names

    def whole(lead: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.get(name.casefold(), name) for name in lead))

    def objective(own: Objective) -> Objective:
        milestones = tuple(m.but(lead=whole(m.lead)) if m.lead else m for m in own.milestones)
        return own.but(lead=whole(own.lead), milestones=milestones)

    files = {
        name: priority.but(objectives=tuple(map(objective, priority.objectives)))
        for name, priority in plan.files.items()
    }
    return Plan(plan.head, files)


def _named(plan: Plan, word: str) -> str:
    """The whole name of the only group that a word is of; else the word."""
    heads = [g.name for g in plan.head.groups]
    folded = word.casefold()
    found = [n for n in heads if folded in n.casefold() or folded in plan.head.short(n).casefold()]
    exact = [n for n in found if folded in (n.casefold(), plan.head.short(n).casefold())]
    return (exact or found)[0] if len(exact or found) == 1 else word
