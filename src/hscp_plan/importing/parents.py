"""Rows of a table that are no actions, but stand over the rows below: the phases of a project
program's list, and priorities in the column of the actions."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from .said import named, priority_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .grid import Row
    from .position import Position

_DOTTED = re.compile(r"\d{1,3}(?:\.\d{1,3})*")


def parents_of(at: Position, rows: Sequence[Row], first: int) -> dict[int, int]:
    """The rows from the `first` on that stand over others, each with its depth, counted from 0:
    the highest are priorities."""
    if "lead" not in at.roles or "action" not in at.roles:
        return {}
    below = rows[first:]
    if numbered := _by_number(at, below):
        return {first + n: depth for n, depth in numbered.items()}
    return {
        n: 0
        for n, row in enumerate(below, first)
        if not at.slot(row, "lead").text and priority_named(at.slot(row, "action").text)
    }


def _by_number(at: Position, rows: Sequence[Row]) -> dict[int, int]:
    """The rows whose number begins that of the next: 1.2 over 1.2.1."""
    for column, role in enumerate(at.roles):
        numbers = [row.slot(column).text for row in rows]
        filled = [number for number in numbers if number]
        if role not in ("id", "more") or not any("." in number for number in filled):
            continue
        if not all(map(_DOTTED.fullmatch, filled)):
            continue
        over = {
            n: number.count(".")
            for n, (number, after) in enumerate(pairwise(numbers))
            if number and after.startswith(f"{number}.") and not at.slot(rows[n], "lead").text
        }
        return _from_the_top(over)
    return {}


def _from_the_top(over: Mapping[int, int]) -> dict[int, int]:
    """Depths counted from 0, the one row over all of the others left out of the count as -1."""
    depths = sorted(set(over.values()))
    if len(depths) > 1 and sum(depth == depths[0] for depth in over.values()) == 1:
        return {n: depths.index(depth) - 1 for n, depth in over.items()}
    return {n: depths.index(depth) for n, depth in over.items()}


def read_parent(at: Position, row: Row, depth: int) -> None:
    """Begin what a row names that stands over others; the rest of what it says is listed."""
    text = " ".join(at.slot(row, "action").text.split())
    if depth < 0:
        at.leave(row.place, text, "stands over all the actions")
    elif depth == 0:
        at.begin_priority_here(priority_named(text) or named(text), row.place)
        at.understand(text)
    else:
        at.begin_objective()
        at.state(text)
    for column in at.filled(row):
        slot = row.slot(column)
        if at.columns[column].role != "action":
            at.leave(slot.cell.place or row.place, slot.text, "of a heading over actions")
