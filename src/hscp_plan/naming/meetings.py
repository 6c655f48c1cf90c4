"""Which of a plan's meetings a person means: `last board`, `Executive Board 20 October 2021`; and
which of its boards.

"Last board" is one thing: `board_next` says whose turn it is, and `last_met` when that board met.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..dates import day_shown
from ..errors import Mistyped, Wrong, nearest, quoted
from ..letters import folded
from ..words import listed
from .groups import called, fitting, holds, named

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head, Meeting


ANY_BOARD = ("board", "boards")
"""What names no one board."""


def meant(head: Head, text: str, today: date, board: str | None = None) -> Meeting | None:
    """The meeting that a text names: the last one before today, or the one of the day it gives.
    "Last board" is the last of `board`; without it, of the board whose turn it is.

    None where it names no group that meets. Raises Mistyped where it names one, and that group
    has no such meeting, or has not met yet.
    """
    words = folded(text).split()
    last = words[:1] == ["last"]
    name, day = _parted(words[last:], today)
    # A word alone may be a branch: only where it is the whole of a name is a meeting meant.
    whole = not last and day is None and " " not in name
    of_it = [m for m in head.meetings if _of(head, m, name, whole)] if name else []
    if not of_it:
        if last:
            raise _unknown(head, text)
        return None
    found = [m for m in of_it if _fits(m, day, today)]
    if not found:
        raise _none_such(of_it, day, today)
    chosen = _last(head, found, (board or board_next(head, today)) if name in ANY_BOARD else None)
    if chosen.date.first > today:
        group = head.whole(chosen.group)
        what = f"{group} meets {on(chosen.date)}, which is still to come"
        raise Mistyped(what, f"Today is {day_shown(today)}.")
    return chosen


def _fits(meeting: Meeting, day: PlanDate | None, today: date) -> bool:
    if day is None:
        return meeting.date.last < today
    return day.first <= meeting.date.first and meeting.date.last <= day.last


def _none_such(known: Iterable[Meeting], day: PlanDate | None, today: date) -> Mistyped:
    what = on(day) if day else f"before {day_shown(today)}"
    return Mistyped(
        f"plan.yaml has no such meeting {what}", f"plan.yaml has {listed(_named(known))}."
    )


def _last(head: Head, found: Iterable[Meeting], board: str | None) -> Meeting:
    """The last of some meetings: of this board's own, where it has any among them."""
    every = list(found)
    own = [m for m in every if head.whole(m.group) == board]
    return max(own or every, key=lambda m: m.date.last)


def board_next(head: Head, day: date) -> str:
    """The board whose turn it is: the one that meets on a day or next; else the last that met; else
    the first that the plan names."""
    boards = sorted((m for m in head.meetings if is_board(head, m)), key=lambda m: m.date.last)
    coming = [m.group for m in boards if m.date.last >= day]
    met = [m.group for m in reversed(boards)]
    return head.whole(next(iter([*coming, *met, *_boards(head)]), "The Board"))


def last_met(head: Head, board: str, day: date) -> Meeting | None:
    """The last meeting of a board before a day; of any board, where it has not met yet."""
    met = [
        m
        for m in head.meetings
        if m.date.last < day and (is_board(head, m) or head.whole(m.group) == board)
    ]
    return _last(head, met, board) if met else None


def not_met(head: Head, group: str, day: PlanDate) -> list[Meeting]:
    """The nearest meetings of a group before and after a day on which the plan has none of it;
    empty where it has one then, or none at all."""
    own = sorted((m for m in head.meetings if head.whole(m.group) == group), key=_when)
    if any(m.date.first <= day.last and day.first <= m.date.last for m in own):
        return []
    before = [m for m in own if m.date.last < day.first]
    return [*before[-1:], *own[len(before) :][:1]]


def _when(meeting: Meeting) -> date:
    return meeting.date.first


def others_met(head: Head, taken: Meeting, day: date) -> list[Meeting]:
    """The last meeting of each other board before a day, where it was on another day."""
    last: dict[str, Meeting] = {}
    for meeting in sorted(head.meetings, key=lambda m: m.date.last):
        if is_board(head, meeting) and meeting.date.last < day:
            last[head.whole(meeting.group)] = meeting
    last.pop(head.whole(taken.group), None)
    return [meeting for meeting in last.values() if meeting.date != taken.date]


def names_any_board(text: str) -> bool:
    """Whether a text means the last meeting of a board, and does not say of which."""
    return text.casefold().removeprefix("last").strip() in ANY_BOARD


def held(head: Head, meeting: Meeting) -> str:
    """That a meeting was, in words: the HSCP Executive Board met on 20 October 2021."""
    return f"{the(head.whole(meeting.group))} met {on(meeting.date)}"


def the(group: str) -> str:
    """A group's name in a sentence, with the article that it may have already."""
    return group if group.casefold().startswith("the ") else f"the {group}"


def known_by(day: date) -> date:
    """The last day of what a meeting of this day was shown: the one before it. What is dated the
    day of the meeting was decided there."""
    return day - timedelta(days=1)


def on(day: PlanDate) -> str:
    """A date after its preposition: on 20 October 2021, in October 2021."""
    return f"{'on' if day.first == day.last else 'in'} {day.shown}"


def is_board(head: Head, meeting: Meeting) -> bool:
    """Whether a board meets."""
    kinds = {group.name: group.kind for group in head.groups}
    usual = "board" if "board" in meeting.group.casefold() else ""
    return kinds.get(head.whole(meeting.group), usual) == "board"


def board_meant(head: Head, text: str) -> str:
    """The board that a text names: any group by its name or short name, a board by a part of them
    that fits it alone. Where the plan names no boards, the text itself.

    Raises Mistyped where it names none, or more than one.
    """
    known = called(head)
    boards = {name: known.get(name, ()) for name in _boards(head)}
    every = named(text, known | boards)
    found = every if len(every) == 1 else fitting(text, boards)
    if len(found) == 1:
        return found[0]
    if not boards:
        return text
    if found:
        raise Mistyped(f"{quoted(text)} may be {listed(found, 'or')}", "Give more of the name.")
    near = nearest(text, [*boards], cutoff=0.4)
    hint = f'Did you mean: --for "{near}"' if near else f"plan.yaml names {listed(boards)}."
    raise Mistyped(f"no board is called {quoted(text)}", hint)


def _boards(head: Head) -> list[str]:
    """The boards that the plan names: among its groups, or as one that meets."""
    groups = [group.name for group in head.groups if group.kind == "board"]
    meet = [head.whole(m.group) for m in head.meetings if is_board(head, m)]
    return list(dict.fromkeys([*groups, *meet]))


def _parted(words: list[str], today: date) -> tuple[str, PlanDate | None]:
    """A group's name and the date after it, where there is one."""
    from ..typed_dates import read_typed

    for at in range(1, len(words)):
        try:
            return " ".join(words[:at]), read_typed(" ".join(words[at:]), today)
        except Wrong:
            continue
    return " ".join(words), None


def _of(head: Head, meeting: Meeting, name: str, whole: bool) -> bool:
    if name in ANY_BOARD:
        return is_board(head, meeting)
    if name in ("meeting", "meetings"):
        return True
    names = (meeting.group, head.short(meeting.group), meeting.title or "")
    return bool(named(name, {"": names})) or (not whole and holds(names, name))


def _named(meetings: Iterable[Meeting]) -> list[str]:
    return [f"{m.group} {m.date.shown}" for m in meetings]


def _unknown(head: Head, text: str) -> Mistyped:
    if not head.meetings:
        next = "List them under `meetings:` in plan.yaml, each with its date and group."
        return Mistyped("plan.yaml names no meetings", next)
    groups = list(dict.fromkeys(m.group for m in head.meetings))
    near = nearest(text, [f"last {name}" for name in ("board", "meeting", *groups)])
    hint = f"Did you mean: {near}" if near else f"Those that meet are: {listed(groups)}."
    return Mistyped(f"plan.yaml has no meeting called {quoted(text)}", hint)
