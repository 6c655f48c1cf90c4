"""The open milestones of what a decision closes, and what becomes of them: given, asked for at a
terminal, or refused with the lines to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from ..errors import Mistyped
from ..model import WHOLE_PLAN, Priority
from ..naming.ids import find_part
from ..standing import OPEN, standings
from ..words import count, listed
from ._typed import again, at_terminal, line

if TYPE_CHECKING:
    from ..standing import Standing
    from ._record import Owner

Left = Literal["close", "carry", "keep"]
"""What becomes of what is open: closed too, closed and carried forward, or kept open."""
_MEANS: dict[Left, str] = {
    "close": "To close {} too:",
    "carry": "To close {} here, carried forward to the next plan:",
    "keep": "To keep {} open:",
}


class Closing(NamedTuple):
    """The open milestones that a decision closes by their own ids; and the rest of what it closes,
    of which it does not say what becomes of them."""

    by_id: list[Standing]
    rest: list[Standing]


def closing(at: Owner | None, values: dict[str, Any], left: Left | None) -> Closing:
    """What is open of what a decision closes; `at` no priority where it is the whole plan's. Raises
    Mistyped for an outcome about the plan or something of another priority, and for --open where
    nothing is closed."""
    about = values.get("about", [])
    if "outcome" in values:
        if at is None or WHOLE_PLAN in about:
            what = "an outcome is of one priority, and this decision is about the whole plan"
            raise Mistyped(what, "Record it for each priority that it means:  hscp decide P1 …")
        _check_owner(at, about)
    if at is None or values.get("outcome") != "close":
        if left:
            what = "--open says what becomes of the open milestones of a priority that is closed"
            raise Mistyped(what, "Give it with --outcome close.")
        return Closing([], [])
    every = standings(at.opened.plan, at.today, OPEN)
    # The decision itself closes an objective without milestones.
    open = [s for s in every if s.priority is at.priority and not s.alone]
    open = [s for s in open if s.milestone.id not in values.get("completes", ())]
    whole = not about or at.priority.id in about
    rest = [s for s in open if whole or s.objective.id in about]
    return Closing([s for s in open if s.milestone.id in about and s not in rest], rest)


def _check_owner(at: Owner, about: list[str]) -> None:
    """Refuse an outcome about something of another priority: it counts only in its own."""
    priority = at.priority
    ids = {priority.id, *(o.id for o in priority.objectives), *(m.id for m in priority.milestones)}
    for id in about:
        if id not in ids:
            part = find_part(at.opened.plan, id, at.today)
            other = part if isinstance(part, Priority) else part.priority
            what = f"{id} is not of {priority.id}, and an outcome counts in its own priority alone"
            raise Mistyped(what, f"Record it there:  hscp decide {other.id} …")


def ask_left(at: Owner, rest: list[Standing]) -> Left:
    """What becomes of what is left open, asked at a terminal. Raises Mistyped where nobody can be
    asked, with each line that says it."""
    ids, them = listed(s.milestone.id for s in rest), "it" if len(rest) == 1 else "them"
    has = f"{at.priority.id} has {count(len(rest), 'open milestone')}: {ids}"
    answers: tuple[Left, ...] = get_args(Left)
    while at_terminal():
        answer = line(f"{has}. What becomes of {them}? {listed(answers, 'or')}: ").lower()
        for choice in answers:
            if answer == choice:
                return choice
    lines = [
        f"{_MEANS[choice].format(them)}\n  {again('--open', None, choice)}" for choice in answers
    ]
    raise Mistyped(f"{has}. What becomes of {them}?", "\n" + "\n".join(lines))
