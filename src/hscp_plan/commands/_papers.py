"""Which papers are asked for, and what each is made of: the Board, since when, the year."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..errors import Mistyped
from ..letters import composed, folded
from ..model import Plan
from ..naming.groups import called, fitting, holding
from ..publishing.door import Door
from ..words import listed, sentence
from ._draw import foot_of
from ._look import note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..document import Paper
    from ..model import Meeting, Objective
    from ..past.times import Time
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


def papers(name: str, look: Look, asked: Asked) -> list[Paper]:
    """The papers of this name: one, or a work plan for each lead."""
    if name == "board":
        return [_board(look, asked)]
    foot = foot_of(look)
    if name == "plan":
        from ..reports.published import Published

        return [Published(look.plan, look.day, foot).paper()]
    if name == "annual":
        from ..reports.annual import Annual

        return [Annual(look.plan, look.day, _year(asked.year, look.day), foot).paper()]
    return _workplans(look, asked, foot)


def _board(look: Look, asked: Asked) -> Paper:
    from ..naming.meetings import board_meant, board_next
    from ..reports.board import Board

    head = look.plan.head
    group = board_meant(head, asked.group) if asked.group else board_next(head, look.day)
    own = (m for m in head.meetings if head.whole(m.group) == group and m.date.last >= look.day)
    coming = tuple(sorted(own, key=lambda m: m.date.last))
    if coming and coming[0].date.first <= look.day < store.today():
        look = _as_shown(look, coming[0])
    since = _since(look, asked.since, group)
    foot = foot_of(look)
    return Board(look.plan, look.day, group, since, coming, asked.sender, foot).paper()


def _as_shown(look: Look, meeting: Meeting) -> Look:
    """The plan as a meeting of that day was shown it: out of git, unless it was read from there;
    as the log tells it now where git cannot tell."""
    from ..past.times import at_meeting, plan_at
    from ..standing import as_at

    time = at_meeting(look.plan.head, meeting)
    opened, plan, how, unread = look.opened, look.plan, "as the log tells it now", ""
    if any(source.revision for source in opened.sources):
        how = "in that version"
    else:
        with suppress(Mistyped):
            then = plan_at(opened, time)
            then = then._replace(opened=Door(then.opened).withheld(time.day))
            opened, plan, how = then.opened, then.opened.plan, f"out of git, commit {then.known}"
            unread = then.unread
    note(f"{sentence(time.held)}: the page is what that meeting was shown, {how}.{unread}")
    return look._replace(opened=opened, plan=as_at(plan, time.known))


def _since(look: Look, when: str | None, group: str) -> Since | None:
    """What the plan is compared with: as git had it at the time given, else when the Board last
    met; as the log tells it now where git cannot tell. None where nothing tells of a meeting."""
    from ..past.comparing import comparable
    from ..past.times import plan_at, plan_then
    from ..reports.board import Since
    from ..standing import as_at

    time = _time(look, when, group)
    if time is None and when is None:
        return None
    try:
        opened = look.opened
        then = plan_at(opened, time) if time else plan_then(opened, when or "", look.day)
    except Mistyped as error:
        if time is None:
            raise
        note(f"What moved is told from the logs alone: {error.what}.")
        return Since(as_at(look.plan, time.known), time.day, time.said, time.group, by_log=True)
    both = comparable(Door(then.opened).withheld(then.day), look.opened)
    met = time.group if time else ""
    if both.untold:
        note(f"What moved is told from the logs alone. {both.untold}")
        return Since(as_at(look.plan, then.until), then.day, then.said, met, by_log=True)
    return Since(as_at(both.before, then.until), then.day, then.said, met)


def _time(look: Look, when: str | None, group: str) -> Time | None:
    """The time that is meant; says which other meeting may have been. None for a revision, and
    where nothing tells of a meeting."""
    from ..naming.meetings import last_met
    from ..past.times import at_meeting, time_meant

    head = look.plan.head
    if when is None:
        last = last_met(head, group, look.day)
        return at_meeting(head, last) if last else None
    time = time_meant(head, " ".join(when.split()), look.day, group)
    if time and time.beside:
        note(time.beside)
    return time


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


def _workplans(look: Look, asked: Asked, foot: str) -> list[Paper]:
    """A work plan for each lead; or for the groups that are asked for, one."""
    from ..reports.papers import slug
    from ..reports.workplan import Workplan

    if asked.groups:
        names = [_named(look.opened.plan, word) for word in asked.groups]
        plan = _by_whole_names(look.plan)
        who = listed(names)
        return [Workplan(plan, look.day, who, foot, slug(who)).paper()]
    made = [
        Workplan(led.plan, look.day, led.who, foot, led.slug).paper()
        for led in of_each_lead(look, asked.leads)
    ]
    if not made:
        raise Mistyped("nobody leads anything that is open", "Give --group, or name leads.")
    return made


class Led(NamedTuple):
    """A lead, who as a part of a file's name, and the plan narrowed to what is theirs."""

    who: str
    slug: str
    plan: Plan


def of_each_lead(look: Look, words: Sequence[str] | None) -> Iterator[Led]:
    """Each lead with something open; of these, those whose name or short name holds one of the
    words, where there are any."""
    from ..naming.filters import led_by
    from ..reports.chase import people, slugs

    plan = _by_whole_names(look.plan)
    # Of the whole plan: who else is asked for, or done, changes nobody's file.
    slug_of = slugs(_by_whole_names(look.opened.plan), look.day)
    leads = {who: (plan.head.short(who),) for who in people(plan, look.day)}
    wanted = {who for word in words or () for who in holding(word, leads)}
    for who in leads:
        if not words or who in wanted:
            yield Led(who, slug_of[who], led_by(plan, who))


def _by_whole_names(plan: Plan) -> Plan:
    """The plan with every lead by its group's whole name: who is named once in full and once by a
    short name is one."""
    names = plan.head.names

    def whole(lead: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.get(folded(name), composed(name)) for name in lead))

    def objective(own: Objective) -> Objective:
        milestones = tuple(m.replace(lead=whole(m.lead)) if m.lead else m for m in own.milestones)
        return own.replace(lead=whole(own.lead), milestones=milestones)

    files = {
        name: priority.replace(objectives=tuple(map(objective, priority.objectives)))
        for name, priority in plan.files.items()
    }
    return plan.only(files)


def _named(plan: Plan, word: str) -> str:
    """The whole name of the only group that a word is of; else the word."""
    found = fitting(word, called(plan.head))
    return found[0] if len(found) == 1 else word
