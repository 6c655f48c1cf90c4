"""The order in which lines are read that stand in no table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .striped import gutters
from .text import joined_side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .text import Line


def in_order(some: Sequence[Line]) -> list[Line]:
    """Lines in the order in which they are read: where text is set in columns, one after the
    other."""
    rows: dict[int, list[Line]] = {}
    for line in some:
        rows.setdefault(round(line.base), []).append(line)
    if not some:
        return []
    x0, x1 = min(line.box.x0 for line in some), max(line.box.x1 for line in some)
    spans = gutters([[(x.box.x0, x.box.x1) for x in row] for row in rows.values()], x0, x1)
    gaps = [sum(span) / 2 for span in spans]
    sides = [[line for line in some if line.box.x1 < gap] for gap in gaps]
    gaps = [gap for gap, side in zip(gaps, sides, strict=True)
            if 3 <= len(side) <= len(some) - 3]  # fmt: skip
    if not gaps:
        return [joined_side_by_side(row) for _, row in sorted(rows.items())]
    found: list[Line] = []
    waiting: list[Line] = []
    for line in sorted(some, key=lambda line: line.base):
        if any(line.box.x0 < gap < line.box.x1 for gap in gaps):
            found += _by_columns(waiting, gaps)
            found.append(line)
            waiting = []
        else:
            waiting.append(line)
    return found + _by_columns(waiting, gaps)


def _by_columns(some: Sequence[Line], gaps: Sequence[float]) -> list[Line]:
    """Lines one column after the other, each with its column's own end."""
    columns: dict[int, list[Line]] = {}
    for line in sorted(some, key=lambda line: line.base):
        columns.setdefault(sum(line.box.x0 > gap for gap in gaps), []).append(line)
    return [
        line._replace(right=max(each.box.x1 for each in column))
        for _, column in sorted(columns.items())
        for line in column
    ]
