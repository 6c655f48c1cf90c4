"""The plan's due dates and meetings as a calendar's events: one all-day event each."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown, months_shown
from ..occurrences import occurrences
from ..standing import standings
from ..words import listed, one_line, sentence
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..dates import PlanDate
    from ..model import Head, Plan
    from ..occurrences import Occurrence
    from ..standing import Standing

SUFFIX = "hscp.invalid"
"""Ends every event's id. `.invalid` is nobody's for ever, so that it names nobody."""


class Event(NamedTuple):
    """What stands in a calendar on one day."""

    id: str
    """P1.3@2021-23.hscp.invalid: the same for ever, whatever moves."""
    title: str
    about: tuple[str, ...]
    """Its description, a sentence or two a line."""
    day: date
    changed: date
    """The last day on which what it says changed, as far as the plan tells."""
    moves: int = 0
    """How often it moved to another day."""
    cancelled: bool = False


class Calendar(NamedTuple):
    """A plan's events, under its title."""

    name: str
    about: str
    events: Iterable[Event]
    """Each made when it is asked for: a large plan has a hundred thousand."""


def calendar(plan: Plan, day: date, only: str = "") -> Calendar:
    """Every milestone that has a date, on the last day of it, or of its review where it is ongoing;
    and, where nothing was filtered out, every meeting whose day is known."""
    head, every = plan.head, standings(plan, day)
    dated = [standing for standing in every if standing.over < date.max]
    undated = len(every) - len(dated)
    milestones = (event for standing in dated for event in _events(standing, head))
    about = [f"{head.title}, {head.partnership}.", f"As at {day_shown(day)}."]
    about += [f"{only}."] if only else []
    about += [f"Without a date, and so not here: {undated}."] if undated else []
    events = chain(milestones, () if only else _meetings(head))
    return Calendar(head.title, " ".join(about), events)


def by_the_end(due: PlanDate) -> str:
    """Until when something is to be done: on 30 April 2022, by the end of April 2022."""
    if due.first == due.last:
        return f"on {day_shown(due.last)}"
    until = months_shown(due.last, due.last) if " to " in due.shown else due.shown
    return f"by the end of {until}"


def _events(standing: Standing, head: Head) -> Iterator[Event]:
    """A milestone's event; of recurring work one for each occurrence."""
    if not standing.milestone.every:
        yield _milestone(standing, head)
        return
    whole = _milestone(standing, head)
    for occurrence in occurrences(standing.milestone):
        yield _occurrence(occurrence, standing, head, whole)


def _occurrence(occurrence: Occurrence, standing: Standing, head: Head, whole: Event) -> Event:
    """The event of an occurrence of the milestone whose event, did it not recur, is the `whole`."""
    milestone, due, entry = standing.milestone, occurrence.due, occurrence.entry
    late = standing.open and not entry and due.last < standing.day
    needless = not (entry or standing.open)
    if entry:
        how, first = "reported", f"Reported on {entry.date.shown}."
    elif needless:
        how, first = "not needed", f"Not needed: it is {head.word_for(standing.kind)}."
    elif late:
        how, first = "not reported", f"Was due {by_the_end(due)}, and is not reported."
    else:
        how, first = "due", f"Due {by_the_end(due)}."
    id, at, plan = whole.id.partition("@")
    since = due.last + timedelta(days=1) if late else date.min
    part = re.sub("[^0-9A-Za-z]+", "-", occurrence.period.text)
    return Event(
        f"{id}_{part}{at}{plan}",
        f"{milestone.id} {occurrence.name} {how}: {one_line(milestone.action)}",
        (f"{occurrence.name}, every {milestone.every}. {first}", *whole.about[1:]),
        due.last,
        max(whole.changed, since),
        whole.moves,
        needless,
    )


def _milestone(standing: Standing, head: Head) -> Event:
    milestone = standing.milestone
    plan, _, id = head.cite(milestone.id).partition("/")
    return Event(
        f"{id}@{plan}.{SUFFIX}",
        f"{milestone.id} {_is(standing, head)}: {one_line(milestone.action)}",
        tuple(_about(standing, head)),
        standing.over,
        _last_change(standing, head),
        len(milestone.moves),
        standing.kind == "closed",
    )


def _is(standing: Standing, head: Head) -> str:
    """What the day is to the milestone, for whoever sees only the beginning of the title."""
    if not standing.open or standing.kind == "overdue":
        return head.word_for(standing.kind)
    return "review due" if standing.milestone.review else "due"


def _about(standing: Standing, head: Head) -> Iterator[str]:
    milestone = standing.milestone
    yield " ".join(
        filter(None, (_due(standing), _sentence(phrases.plain(phrases.move_count(standing)))))
    )
    yield f"Status: {head.word_for(milestone.status)}. {_stands(standing, head)}".rstrip()
    yield f"Lead: {listed(standing.lead)}." if standing.lead else "No lead named."
    if standing.objective.accountable:
        yield f"Accountable: {listed(standing.objective.accountable)}."
    level = sentence(head.word_for("priority"))
    yield f"{level}: {standing.priority.id} {one_line(standing.priority.title)}"
    yield f"Cite as: {head.cite(milestone.id)}"


def _sentence(text: str) -> str:
    return f"{sentence(text)}." if text else ""


def _due(standing: Standing) -> str:
    milestone = standing.milestone
    ahead = standing.open and standing.kind != "overdue"
    if milestone.review:
        return f"Ongoing; its review {'is' if ahead else 'was'} due {by_the_end(milestone.review)}."
    return f"{'Due' if ahead else 'Was due'} {by_the_end(milestone.due)}."


def _stands(standing: Standing, head: Head) -> str:
    """How it stands where that is not what is said, in words that are as true tomorrow: since
    when it is overdue, not for how long."""
    if standing.kind == standing.milestone.status:
        return ""
    since = _standing_since(standing)
    until = f" since {day_shown(since)}" if since else ""
    return f"Standing: {head.word_for(standing.kind)}{until}."


def _standing_since(standing: Standing) -> date | None:
    """The day on which it came to stand as it does by the calendar alone."""
    if standing.kind == "overdue":
        return standing.over + timedelta(days=1)
    start = standing.milestone.start
    if standing.kind == "late to start" and start:
        return start.last + timedelta(days=1)
    return None


def _last_change(standing: Standing, head: Head) -> date:
    days = (head.period.start.first, standing.milestone.progress.newest, _standing_since(standing))
    return max(day for day in days if day)


def _meetings(head: Head) -> Iterator[Event]:
    taken: dict[date, int] = {}
    for meeting in head.meetings:
        day = meeting.date.last
        # Of one whose day is not known yet, a calendar can show nothing.
        if meeting.date.first != day:
            continue
        taken[day] = taken.get(day, 0) + 1
        number = f"_{taken[day]}" if taken[day] > 1 else ""
        title = ": ".join(filter(None, (meeting.group, meeting.title)))
        yield Event(
            f"meeting_{day}{number}@{head.id}.{SUFFIX}",
            one_line(title),
            ("A meeting that the plan names. This is no invitation to it.",),
            day,
            head.period.start.first,
        )
