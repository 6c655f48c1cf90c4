"""Finds the meeting of a plan that a person means: `last board`, `Executive Board 20 October 2021`;
and the board.

"Last board" is one thing: `next_board` says whose turn it is, `last_meeting` when that board met.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..dates import day_shown
from ..errors import Mistyped, nearest, quoted
from ..letters import folded
from ..words import listed
from .groups import any_has_words, find_by_name, find_groups, full_name, group_names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head, Meeting


ANY_BOARD = ("board", "boards")
"""What names no one board."""
ANY_MEETING = ("meeting", "meetings")
"""What names no one group."""


def find_meeting(head: Head, text: str, today: date, board: str | None = None) -> Meeting | None:
    """The meeting that a text names: the last one before today, or the one of the day it gives.
    "Last board" is the last of `board`; without it, of the board whose turn it is.

    None where it names no group that meets. Raises Mistyped where it names one, and that group
    has no such meeting, or has not met yet.
    """
    words = folded(text).split()
    last = words[:1] == ["last"]
    name, day = _split_date(words[1:] if last else words, today, head)
    # A word alone may be a branch: only where it is the whole of a name is a meeting meant.
    whole = not last and day is None and " " not in name
    of_group = [m for m in head.meetings if _is_of(head, m, name, whole)] if name else []
    if not of_group:
        if last:
            raise _unknown(head, text)
        return None
    candidates = [meeting for meeting in of_group if _fits(meeting, day, today)]
    if not candidates:
        raise _no_meeting(of_group, day, today)
    if name in ANY_BOARD:
        meeting = _last(head, candidates, board or next_board(head, today))
    else:
        meeting = _last(head, candidates, None)
    if meeting.date.first > today:
        group = head.whole(meeting.group)
        what = f"{group} meets {on_day(meeting.date)}, which is still to come"
        raise Mistyped(what, f"Today is {day_shown(today)}.")
    return meeting


def coming_meeting(head: Head, text: str, today: date) -> str:
    """The meeting to come that a text means, as it is named in a paper: HSCP Executive Board, 19
    January 2022. Of a group without a day its next, and "next board" the next of any board. What
    names no group is as written. Raises Mistyped for a day that is over, and for the next board or
    meeting where the plan has none to come."""
    name, day = _named_to_come(head, text, today)
    if day and day.last < today:
        raise Mistyped(f"{day.shown} is over", "Name a meeting that is still to come.")
    if meeting := meeting_to_come(head, text, today):
        return f"{head.whole(meeting.group)}, {meeting.date.shown}"
    plain = " ".join(text.split())
    group = full_name(head, name)
    if group == name:
        return plain
    return f"{group}, {day.shown}" if day else group


def meeting_to_come(head: Head, text: str, today: date) -> Meeting | None:
    """The meeting of the plan that a text means, which is on a day or later; None where it means
    none. Of a group without a day its next, and "next board" the next of any board. Raises Mistyped
    for a board or a meeting of any group, where the plan has none to come."""
    name, day = _named_to_come(head, text, today)
    coming = [m for m in head.meetings if name and _is_of(head, m, name, whole=True)]
    coming = [m for m in coming if m.date.last >= today]
    if day:
        coming = [m for m in coming if m.date.first <= day.last and day.first <= m.date.last]
    if not coming and name in (*ANY_BOARD, *ANY_MEETING):
        what = f"plan.yaml has no {name} to come" + (f" {on_day(day)}" if day else "")
        raise Mistyped(what, 'Add it:  hscp add-meeting DATE "…"')
    return min(coming, key=lambda m: m.date.first, default=None)


def _named_to_come(head: Head, text: str, today: date) -> tuple[str, PlanDate | None]:
    """The name of a group that is to meet, and the day where one is said."""
    return _split_date(folded(text).removeprefix("next ").split(), today, head, past=False)


def _fits(meeting: Meeting, day: PlanDate | None, today: date) -> bool:
    if day is None:
        return meeting.date.last < today
    return day.first <= meeting.date.first and meeting.date.last <= day.last


def _no_meeting(known: Iterable[Meeting], day: PlanDate | None, today: date) -> Mistyped:
    when = on_day(day) if day else f"before {day_shown(today)}"
    labels = [f"{meeting.group} {meeting.date.shown}" for meeting in known]
    return Mistyped(f"plan.yaml has no such meeting {when}", f"plan.yaml has {listed(labels)}.")


def _last(head: Head, meetings: list[Meeting], board: str | None) -> Meeting:
    """The last of some meetings: of this board's own, where it has any among them."""
    of_board = [m for m in meetings if head.whole(m.group) == board]
    return max(of_board or meetings, key=lambda m: m.date.last)


def next_board(head: Head, day: date) -> str:
    """The board whose turn it is: the one that meets on a day or next; else the last that met; else
    the first that the plan names."""
    boards = sorted((m for m in head.meetings if is_board(head, m)), key=lambda m: m.date.last)
    coming = [m.group for m in boards if m.date.last >= day]
    last_first = [m.group for m in reversed(boards)]
    return head.whole(next(iter([*coming, *last_first, *board_names(head)]), "The Board"))


def last_meeting(head: Head, board: str, day: date) -> Meeting | None:
    """The last meeting of a board before a day; of any board, where it has not met yet."""
    before = [
        m
        for m in head.meetings
        if m.date.last < day and (is_board(head, m) or head.whole(m.group) == board)
    ]
    return _last(head, before, board) if before else None


def boards_to_come(head: Head, day: date) -> list[Meeting]:
    """The meetings of boards on a day or later, the soonest first."""
    coming = [m for m in head.meetings if is_board(head, m) and m.date.last >= day]
    return sorted(coming, key=lambda meeting: meeting.date.first)


def nearest_meetings(head: Head, group: str, day: PlanDate) -> list[Meeting]:
    """The nearest meetings of a group before and after a day on which the plan has none of it;
    empty where it has one then, or none at all."""
    meetings = [m for m in head.meetings if head.whole(m.group) == group]
    meetings.sort(key=lambda meeting: meeting.date.first)
    if any(m.date.first <= day.last and day.first <= m.date.last for m in meetings):
        return []
    before = [m for m in meetings if m.date.last < day.first]
    after = meetings[len(before) :]
    return [*before[-1:], *after[:1]]


def other_boards_last(head: Head, chosen: Meeting, day: date) -> list[Meeting]:
    """The last meeting of each other board before a day, where it was on another day."""
    last: dict[str, Meeting] = {}
    for meeting in sorted(head.meetings, key=lambda m: m.date.last):
        if is_board(head, meeting) and meeting.date.last < day:
            last[head.whole(meeting.group)] = meeting
    last.pop(head.whole(chosen.group), None)
    return [meeting for meeting in last.values() if meeting.date != chosen.date]


def names_any_board(text: str) -> bool:
    """Whether a text means the last meeting of a board, and does not say of which."""
    return text.casefold().removeprefix("last").strip() in ANY_BOARD


def meeting_clause(head: Head, meeting: Meeting) -> str:
    """That a meeting was, in words: the HSCP Executive Board met on 20 October 2021."""
    return f"{with_article(head.whole(meeting.group))} met {on_day(meeting.date)}"


def with_article(group: str) -> str:
    """A group's name in a sentence, with the article that it may have already."""
    return group if group.casefold().startswith(("the ", "a ", "an ")) else f"the {group}"


def last_day_shown(day: date) -> date:
    """The last day of what a meeting of this day was shown: the one before it. What is dated the
    day of the meeting was decided there."""
    return day - timedelta(days=1)


def on_day(day: PlanDate) -> str:
    """A date after its preposition: on 20 October 2021, in October 2021."""
    return f"{'on' if day.first == day.last else 'in'} {day.shown}"


def is_board(head: Head, meeting: Meeting) -> bool:
    """Whether a board meets."""
    kinds = {group.name: group.kind for group in head.groups}
    # Of a group that the plan does not list, its name is all there is to go by.
    default = "board" if "board" in meeting.group.casefold() else ""
    return kinds.get(head.whole(meeting.group), default) == "board"


def find_board(head: Head, text: str) -> str:
    """The board that a text names: any group by its name or short name, a board by a part of them
    that fits it alone. Where the plan names no boards, the text itself.

    Raises Mistyped where it names none, or more than one.
    """
    known = group_names(head)
    boards = {name: known.get(name, ()) for name in board_names(head)}
    groups = find_by_name(text, known | boards)
    if len(groups) != 1:
        groups = find_groups(text, boards)
    if len(groups) == 1:
        return groups[0]
    if not boards:
        return text
    if groups:
        raise Mistyped(f"{quoted(text)} may be {listed(groups, 'or')}", "Give more of the name.")
    near = nearest(text, [*boards], cutoff=0.4)
    hint = f'Did you mean: --for "{near}"' if near else f"plan.yaml names {listed(boards)}."
    raise Mistyped(f"no board is called {quoted(text)}", hint)


def board_names(head: Head) -> list[str]:
    """The boards that the plan names: among its groups, or as one that meets."""
    groups = [group.name for group in head.groups if group.kind == "board"]
    meeting = [head.whole(m.group) for m in head.meetings if is_board(head, m)]
    return list(dict.fromkeys([*groups, *meeting]))


def _split_date(
    words: list[str], today: date, head: Head, *, past: bool = True
) -> tuple[str, PlanDate | None]:
    """A group's name and the date after it, where there is one."""
    from ..typed_dates import find_date

    for at in range(1, len(words)):
        day = find_date(" ".join(words[at:]), today, past=past, day_first=head.day_first)
        if day:
            return " ".join(words[:at]), day
    return " ".join(words), None


def _is_of(head: Head, meeting: Meeting, name: str, whole: bool) -> bool:
    """Whether a meeting is of the group with this name, or a part of it unless it is `whole`."""
    if name in ANY_BOARD:
        return is_board(head, meeting)
    if name in ANY_MEETING:
        return True
    names = (meeting.group, head.short(meeting.group), meeting.title or "")
    return bool(find_by_name(name, {"": names})) or (not whole and any_has_words(names, name))


def _unknown(head: Head, text: str) -> Mistyped:
    if not head.meetings:
        next = "List them under `meetings:` in plan.yaml, each with its date and group."
        return Mistyped("plan.yaml names no meetings", next)
    groups = list(dict.fromkeys(m.group for m in head.meetings))
    near = nearest(text, [f"last {name}" for name in ("board", "meeting", *groups)])
    hint = f"Did you mean: {near}" if near else f"Those that meet are: {listed(groups)}."
    return Mistyped(f"plan.yaml has no meeting called {quoted(text)}", hint)
