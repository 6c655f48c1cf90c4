"""Reads who somebody names: a group by any name that is plainly its own, anybody else as written.
What is nearly a group's name is asked about, so that no Board is recorded that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mistyped, quoted
from ..naming.groups import find_by_name, find_groups, find_meaning, group_names
from ..typed_dates import find_date
from ..words import listed, names_nobody
from ._look import note
from ._typed import again, at_terminal, line

if TYPE_CHECKING:
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head

_SUCH = "Name a person or group, such as HSCP Executive Board."
ARGUMENTS = ("the lead", "the group")
"""How messages call what stands without an option's name."""
_AGREED = 'Name the Board, or somebody by their role, and the day: "HSCP Executive Board, {}".'


def who_given(word: str, head: Head, today: date, option: str) -> str:
    """The person or group that is meant: a group by its full name, also where another name or a
    part that it alone has was given; anybody else as written. Raises Mistyped for a date, for
    nobody, and for what is nearly a group's name where nobody can be asked."""
    who = word.strip()
    if not who:
        raise Mistyped(f"{option} is empty", _SUCH)
    if is_date(who, today, head) or not any(map(str.isalpha, who)):
        what = f"{option} says who, and {quoted(who)} is neither a person nor a group"
        day = "" if option in ("--lead", *ARGUMENTS) else " The day it happened goes after --date."
        raise Mistyped(what, _SUCH + day)
    _, day = _split(" ".join(who.split()), today, head)
    if day and is_date(day.strip(" ,"), today, head):
        what = f"{option} says who, and {quoted(who)} has a day too"
        raise Mistyped(what, f"Put the day after --date:  --date {quoted(day.strip(' ,'))}")
    if names_nobody(who):
        raise Mistyped(f"{option} says who, and {quoted(who)} does not", _SUCH)
    return _group_name(who, head, option, "")


class Agreement(NamedTuple):
    """Who agreed something, and on which day where one is given; and both in words."""

    who: str
    day: PlanDate | None
    text: str


def agreed_given(text: str | None, head: Head, today: date) -> str | None:
    """Who agreed, and when, in words. Raises Mistyped as `agreement_given`."""
    return None if text is None else agreement_given(text, head, today).text


def agreement_given(text: str, head: Head, today: date) -> Agreement:
    """Who agreed, and when, with a group by its full name and the day in words, whole: 20 October
    is of no year in the file. Raises Mistyped as `who_given`, and where nobody is named who could
    agree anything."""
    words = " ".join(text.split()).removeprefix("by ")
    if names_nobody(words):
        what = f"--agreed says who agreed it, and {quoted(words)} names nobody who could"
        raise Mistyped(what if words else "--agreed is empty", _AGREED.format(_day_text(today)))
    who, rest = _split(words, today, head)
    day = _agreed_on(rest.strip(" ,"), head, today)
    group = _group_name(who, head, "--agreed", rest)
    if day:
        _say_not_met(head, group, day)
    return Agreement(group, day, f"{group}, {day.shown}" if day else group + rest)


def _say_not_met(head: Head, group: str, day: PlanDate) -> None:
    """Say that the plan has no meeting of a group on a day, and which are the nearest."""
    from ..naming.meetings import nearest_meetings, on_day, with_article

    if near := nearest_meetings(head, group, day):
        known = listed(meeting.date.shown for meeting in near)
        nearest = f"The nearest {'are' if len(near) > 1 else 'is'} {known}."
        note(f"plan.yaml has no meeting of {with_article(group)} {on_day(day)}. {nearest}")


def _agreed_on(text: str, head: Head, today: date) -> PlanDate | None:
    """The day it was agreed; None where none is given. Raises Mistyped for one on which nobody can
    have agreed: it is still to come, or before the plan began, which is a slip of the year."""
    day = find_date(text, today, past=True, day_first=head.day_first)
    if day is None:
        return None
    begins = head.period.start
    if day.first > today:
        raise Mistyped(f"--agreed: {day.shown} is still to come", "Give the day it was agreed.")
    if day.dated and day.last < begins.first:
        what = f"--agreed: {day.shown} is before this plan begins, in {begins.shown}"
        raise Mistyped(what, "Look at the year, and give the day it was agreed.")
    return day if day.dated else None


def _group_name(who: str, head: Head, option: str, rest: str) -> str:
    """A group's full name, or a name as written. `rest` is what stands after it."""
    known = group_names(head)
    if names := find_by_name(who, known):
        return names[0] if len(names) == 1 else _ask_which(who, names, option, rest)
    group = find_meaning(who, known)
    if group.may_be:
        return _ask_which(who, list(group.may_be), option, rest)
    if _is_person(who):
        note(f"{option} looks like a person's name, and is published: name the role or group.")
        return who
    if group.name != who:
        note(f"hscp takes {quoted(who)} for {group.name}.")
    return group.name


def _ask_which(who: str, may_be: list[str], option: str, rest: str) -> str:
    """Which group is meant, asked at a terminal. Raises Mistyped where that is not said, with the
    line that says it."""
    question = f"{option}: {quoted(who)} may be {listed(may_be, 'or')}"
    if at_terminal():
        which = "Is it? (y, or Enter for no): " if len(may_be) == 1 else "Which? (Enter: neither): "
        answer = line(f"{question}. {which}")
        yes = len(may_be) == 1 and answer.lower() in ("y", "yes")
        names = may_be if yes else find_groups(answer, dict.fromkeys(may_be, ()))
        if len(names) == 1:
            return names[0]
    name_option = option if option.startswith("-") else "--by"
    if option in ARGUMENTS:
        name_option = ""
    lines = "\n".join(f"  {again(name_option, who + rest, name + rest)}" for name in may_be)
    other = "If it is another, list it under groups: in plan.yaml first."
    raise Mistyped(f"{question}, and plan.yaml names no group of that name", f"\n{lines}\n{other}")


def _split(text: str, today: date, head: Head) -> tuple[str, str]:
    """Who, and what stands after it: from the first comma on, else a date, which has a figure: May
    may be a name."""
    who, comma, rest = text.partition(",")
    if comma:
        return who.strip(), f"{comma}{rest}"
    words = text.split(" ")
    for at in range(1, len(words)):
        rest = " ".join(words[at:])
        dated = any(map(str.isdigit, rest)) or rest in ("today", "yesterday")
        if dated and is_date(rest, today, head):
            return " ".join(words[:at]), f", {rest}"
    return text, ""


def is_date(text: str, today: date, head: Head) -> bool:
    day = find_date(text, today, past=True, day_first=head.day_first)
    return day is not None and not day.ongoing


def _day_text(today: date) -> str:
    from ..dates import day_shown

    return day_shown(today)


def _is_person(who: str) -> bool:
    # The rules are loaded only for who is no group.
    from ..checks._people import is_person

    return is_person(who)
