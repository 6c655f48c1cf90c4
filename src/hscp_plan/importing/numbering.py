"""The ids of a plan's parts: the document's own where they are free, else the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .draft import Left

if TYPE_CHECKING:
    from .draft import Draft, Priority


_NUMBERED = re.compile(r"\(?(\d{1,3})\s*[.):–—-]+\s+(?=\S)")
"""The number that a priority's title begins with: 1. Neglect."""


def give_ids(draft: Draft) -> None:
    """Give every part its id; an id that another has already is listed."""
    _number_priorities(draft.priorities)
    for priority in draft.priorities:
        if (match := _NUMBERED.match(priority.title)) and f"P{int(match[1])}" == priority.id:
            priority.title = priority.title[match.end() :]
            draft.understood[match[1]] += 1
    for priority in draft.priorities:
        _number_objectives(priority)
        draft.left += _number_milestones(priority)


def _number_priorities(priorities: list[Priority]) -> None:
    taken: set[str] = set()
    for count, priority in enumerate(priorities, 1):
        others = {p.id for p in priorities if p is not priority}
        if not priority.id or priority.id in taken:
            while (id := f"P{count}") in taken | others:
                count += 1
            priority.id = id
        taken.add(priority.id)


def _number_objectives(priority: Priority) -> None:
    taken: set[str] = set()
    for objective in priority.objectives:
        if not objective.id.startswith(f"{priority.id}-") or objective.id in taken:
            count = len(taken)
            while (id := f"{priority.id}-{_letters(count)}") in taken:
                count += 1
            objective.id = id
        taken.add(objective.id)


def _number_milestones(priority: Priority) -> list[Left]:
    """Number the milestones; the ids of those that could not keep theirs."""
    for milestone in priority.milestones:
        milestone.own_id = milestone.id
    own = [m.id for m in priority.milestones]
    kept = {id for id in own if id.startswith(f"{priority.id}.") and own.count(id) == 1}
    highest = max((int(id.rpartition(".")[2]) for id in kept), default=0)
    left = []
    for milestone in priority.milestones:
        if milestone.id not in kept:
            if milestone.id:
                left.append(Left(milestone.place, milestone.id, "another has this id"))
            highest += 1
            milestone.id = f"{priority.id}.{highest}"
    return left


def _letters(number: int) -> str:
    """A, B, … Z, AA, AB …"""
    text = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        text = f"{chr(65 + letter)}{text}"
    return text
