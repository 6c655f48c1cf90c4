"""The plan as it stood at and before meetings, for the Board's page and a site: out of git where
git can tell, and as it may be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..as_at import as_at
from ..dates import day_shown
from ..errors import Mistyped
from ..naming.meetings import last_day_shown, last_meeting
from ..past.comparing import comparable
from ..past.times import (
    Time,
    find_moment,
    past_plan_reader,
    plan_at,
    plan_at_revision,
    time_of_meeting,
)
from ..reports.board import Since
from ..words import sentence
from .door import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ..model import Head, Meeting, Plan
    from ..reports.site import Shown
    from ..store import Opened


_BY_LOG = "What moved is told from the logs alone"


class AsShown(NamedTuple):
    """The plan as a meeting was shown it."""

    opened: Opened
    plan: Plan
    source: str
    """Where that was taken from, as a sentence for whoever makes the page."""


def as_shown(opened: Opened, plan: Plan, meeting: Meeting) -> AsShown:
    """The plan as a meeting was shown it: out of git, unless it was read from there; as the log
    tells it now where git cannot tell."""
    time = time_of_meeting(plan.head, meeting)
    source, unread = "as the log tells it now", ""
    if any(source.revision for source in opened.sources):
        source = "in that version"
    else:
        try:
            then = plan_at(opened, time)
        except Mistyped:
            pass
        else:
            opened = Door(then.opened).published_plan(time.day)
            plan, source = opened.plan, f"out of git, commit {then.commit_label}"
            unread = then.left_out_note
    met = sentence(time.meeting_clause)
    note = f"{met}: the page is what that meeting was shown, {source}.{unread}"
    return AsShown(opened, as_at(plan, time.known), note)


def moment_since(head: Head, when: str | None, day: date, board: str) -> Time | str | None:
    """Since when changes are told: the time or the revision given, else when this board last met.
    None where nothing tells of a meeting. Raises Mistyped for what names no time."""
    if when is not None:
        return find_moment(head, when, day, board)
    last = last_meeting(head, board, day)
    return time_of_meeting(head, last) if last else None


def plan_since(opened: Opened, plan: Plan, moment: Time | str, day: date) -> tuple[Since, str]:
    """The plan to compare with: as git had it at that moment, else as the log tells it now; then
    with a note of why, which is empty otherwise. Raises Mistyped for a revision that there is
    not."""
    if isinstance(moment, str):
        then = plan_at_revision(opened, moment, day)
    else:
        try:
            then = plan_at(opened, moment)
        except Mistyped as error:
            by_log = as_at(plan, moment.known)
            since = Since(by_log, moment.day, _span(moment), moment.group, by_log=True)
            return since, f"{_BY_LOG}: {error.what}."
    both = comparable(Door(then.opened).published_plan(then.day), opened)
    before = as_at(plan if both.untold else both.before, then.until)
    note = f"{_BY_LOG}. {both.untold}" if both.untold else ""
    group = then.time.group if then.time else ""
    span = _span(then.time) if then.time else f"since {then.text}"
    return Since(before, then.day, span, group, by_log=bool(both.untold)), note


def _span(time: Time) -> str:
    """What is told since a time: of a meeting what it decided too, of a day what came after it."""
    return f"{'since' if time.group else 'after'} {time.text}"


def shown_before(opened: Opened) -> Callable[[date], Shown | None]:
    """A look-up of how the plan stood before a day, out of git: None where git cannot tell."""
    from ..reports.site import Shown

    try:
        read_past_plan = past_plan_reader(opened)
    except Mistyped:
        return lambda _: None

    def look_up(day: date) -> Shown | None:
        known = last_day_shown(day)
        try:
            then = read_past_plan(Time(day, known, day_shown(day)), True)
        except Mistyped:
            return None
        source = (
            "This is what the meeting was shown: the plan as it was kept before that day, in "
            f"version {then.commit_label}. What was decided at the meeting does not count here. "
            f"The words, and who leads, are today’s.{then.left_out_note}"
        )
        return Shown(as_at(Door(then.opened).published_plan(known).plan, known), source)

    return look_up
