"""Which of a plan's meetings a person means: `last board`, `Executive Board 20 October 2021`; and
which of its boards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dates import day_shown, typed
from .errors import Mistyped, Wrong, nearest, quoted
from .words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from .dates import PlanDate
    from .model import Head, Meeting


def meant(head: Head, text: str, today: date) -> Meeting | None:
    """The meeting that a text names: the last one before today, or the one of the day it gives.

    None where it names no group that meets. Raises Mistyped where it names one, and that group
    has no such meeting.
    """
    words = text.casefold().split()
    last = words[:1] == ["last"]
    name, day = _parted(words[last:], today)
    # A word alone may be a branch: only where it is the whole of a name is a meeting meant.
    whole = not last and day is None and " " not in name
    of_it = [m for m in head.meetings if _of(head, m, name, whole)] if name else []
    if not of_it:
        if last:
            raise _unknown(head, text)
        return None
    if day is not None:
        found = [m for m in of_it if day.first <= m.date.first and m.date.last <= day.last]
    else:
        found = [m for m in of_it if m.date.last < today]
    if found:
        return max(found, key=lambda m: m.date.last)
    what = f"before {day_shown(today)}"
    if day is not None:
        what = f"{'on' if day.first == day.last else 'in'} {day.shown}"
    known = f"plan.yaml has {listed(_named(of_it))}."
    raise Mistyped(f"plan.yaml has no such meeting {what}", known)


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
    folded = " ".join(text.casefold().split())
    boards = _boards(head)
    known = head.names | {name.casefold(): name for name in boards}
    if folded in known:
        return known[folded]
    if not boards:
        return text
    found = [n for n in boards if folded in f"{n}\n{head.short(n)}".casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise Mistyped(f"{quoted(text)} may be {listed(found, 'or')}", "Give more of the name.")
    near = nearest(text, boards, cutoff=0.4)
    hint = f'Did you mean: --for "{near}"' if near else f"plan.yaml names {listed(boards)}."
    raise Mistyped(f"no board is called {quoted(text)}", hint)


def _boards(head: Head) -> list[str]:
    """The boards that the plan names: among its groups, or as one that meets."""
    groups = [group.name for group in head.groups if group.kind == "board"]
    meet = [head.whole(m.group) for m in head.meetings if is_board(head, m)]
    return list(dict.fromkeys([*groups, *meet]))


def _parted(words: list[str], today: date) -> tuple[str, PlanDate | None]:
    """A group's name and the date after it, where there is one."""
    for at in range(1, len(words)):
        try:
            return " ".join(words[:at]), typed(" ".join(words[at:]), today)
        except Wrong:
            continue
    return " ".join(words), None


def _of(head: Head, meeting: Meeting, name: str, whole: bool) -> bool:
    if name in ("board", "boards"):
        return is_board(head, meeting)
    if name in ("meeting", "meetings"):
        return True
    names = (meeting.group, head.short(meeting.group), meeting.title or "")
    folded = [each.casefold() for each in names]
    return name in folded or (not whole and any(name in each for each in folded))


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
