"""`hscp decisions`: what was decided, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

from ..cli.options import Option
from ..dates import day_shown
from ..errors import Mistyped, quoted
from ..letters import folded
from ..model import Decided
from ._complete import groups
from ._look import date_given, note, open_look
from ._options import At, OfAgency, OfPriority, Shown

if TYPE_CHECKING:
    from datetime import date

    from ..model import Head, Plan


def run(
    by: Annotated[
        list[str] | None,
        Option(
            metavar="NAME",
            help="Only what this Board or group decided; part of the name will do.",
            offers=groups,
        ),
    ] = None,
    since: Annotated[
        str | None,
        Option(metavar="WHEN", help='Only since a day, or a meeting ("last board").'),
    ] = None,
    until: Annotated[
        str | None, Option(metavar="DATE", help="Only by the last day of DATE.")
    ] = None,
    *,
    at: At,
    priority: OfPriority = None,
    agency: OfAgency = None,
    shown: Shown,
) -> int:
    """Say what Boards decided about the plan and each part of it, the newest first, and how the
    milestones that it names stand now.

    \b
    hscp decisions                          all of them
    hscp decisions --since "last board"     what the last meeting decided
    hscp decisions --priority P1            about this priority and all in it
    hscp decisions --agency police          of this partner, or what it leads
    """
    from ..reports.decisions import COLUMNS, Decisions

    look = open_look(at)
    plan, head = look.plan, look.plan.head
    start = _start(since, head, look.day) if since else None
    end = date_given(until, look.day, "--until", head, past=True).last if until else None
    tests = [_within(start, end)]
    tests += [_of(plan, priority, look.day)] if priority else []
    tests += [_of_agency(plan, agency, look.day)] if agency else []
    tests += [_by(plan, by)] if by else []
    decided = [each for each in plan.decided if all(test(each) for test in tests)]
    only = [
        *(word.upper() for word in priority or ()),
        *(f"agency {word}" for word in agency or ()),
        *(f"by {word}" for word in by or ()),
        *([f"since {day_shown(start)}"] if start else ()),
        *([f"until {day_shown(end)}"] if end else ()),
    ]
    text = f"Only {', '.join(only)}" if only else ""
    return look.say(Decisions(plan, look.day, text, decided), shown, COLUMNS)


Test = Callable[[Decided], bool]
"""Whether a decision is one of those asked for."""


def _start(words: str, head: Head, today: date) -> date:
    """The day from which decisions count: of a meeting, its own. Raises Mistyped where none is
    named."""
    from ..past.times import find_time

    time = find_time(head, words, today)
    if time is None:
        example = 'Give a day such as 2021-10-20, or a meeting such as "last board".'
        raise Mistyped(f"{quoted(words)} is neither a day nor a meeting", example)
    if time.other_meetings_note:
        note(time.other_meetings_note)
    return time.day


def _within(start: date | None, end: date | None) -> Test:
    return lambda each: (
        (start is None or each.decision.date.last >= start)
        and (end is None or each.decision.date.first <= end)
    )


def _of(plan: Plan, priorities: list[str], day: date) -> Test:
    """The decisions that stand with these priorities, or name something of them. Raises Mistyped
    where there is no such priority."""
    from ..naming.filters import Filters

    owners = Filters(priority=tuple(priorities)).narrow(plan, day).owners
    ids = {part.id for owner in owners for part in owner.parts}
    return lambda each: each.is_of(ids)


def _of_agency(plan: Plan, agencies: list[str], day: date) -> Test:
    """The decisions that groups of these agencies took, or that name a milestone which they lead or
    have said something of. Raises Mistyped where there is no such agency."""
    from ..naming.filters import Filters, groups_of_agencies

    words = tuple(agencies)
    theirs = Filters(agency=words).narrow(plan, day)
    ids = {milestone.id for owner in theirs.owners for milestone in owner.milestones}
    groups = groups_of_agencies(plan, words) or set()
    return lambda each: (
        bool(ids.intersection((*each.about, *each.decision.completes)))
        or folded(each.decision.by) in groups
    )


def _by(plan: Plan, words: list[str]) -> Test:
    """The decisions of whoever is called so. Raises Mistyped where nobody who decided is."""
    from ..naming.filters import name_test

    known = list(dict.fromkeys(decision.by for decision in plan.decisions))
    tests = [name_test(word, known, plan, "Board or group that decided") for word in words]
    return lambda each: any(test(each.decision.by) for test in tests)
