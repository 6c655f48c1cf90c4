"""Lines and areas to the cells of tables: where they begin and end, and which go over several."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .marks import Box

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from .marks import Fill, Page

_NEAR = 3.0
"""Within how many points two edges are one."""
_MOST_EDGES = 1_500
"""How many edges of a kind a page may have for its tables to be looked for."""
_MOST_CELLS = 20_000
_COVERED = 0.8
"""How much of a cell's side an edge must cover."""


class Edge(NamedTuple):
    """A straight edge: at `at`, from `start` to `end`."""

    at: float
    start: float
    end: float

    def covers(self, start: float, end: float) -> bool:
        """Whether it runs along most of this way."""
        way = min(self.end, end) - max(self.start, start)
        return way >= _COVERED * (end - start)


class Spot(NamedTuple):
    """A cell, by its place: whether it is the lower part of one that goes over several rows."""

    box: Box
    continues: bool = False


class Grid(NamedTuple):
    """A table's cells."""

    box: Box
    columns: list[float]
    """Where each column begins, and the last ends."""
    rows: list[list[Spot]]
    tops: list[float]
    """Where each row begins, and the last ends."""
    inferred: bool = False
    """Whether the columns are those of the gaps in the text."""


# --- edges ----------------------------------------------------------------------------------------


def edges(boxes: Iterable[Box]) -> tuple[list[Edge], list[Edge]]:
    """The level and the upright edges that thin areas are."""
    level, upright = [], []
    for box in boxes:
        if box.width >= box.height:
            level.append(Edge((box.top + box.bottom) / 2, box.x0, box.x1))
        else:
            upright.append(Edge((box.x0 + box.x1) / 2, box.top, box.bottom))
    return merged(level), merged(upright)


def sides(fills: Iterable[Fill]) -> tuple[list[Edge], list[Edge]]:
    """The level and the upright edges of coloured areas."""
    level, upright = [], []
    for box, _ in fills:
        level += [Edge(box.top, box.x0, box.x1), Edge(box.bottom, box.x0, box.x1)]
        upright += [Edge(box.x0, box.top, box.bottom), Edge(box.x1, box.top, box.bottom)]
    return level, upright


def merged(some: Iterable[Edge]) -> list[Edge]:
    """Edges that go on from one another as one."""
    found: list[Edge] = []
    group: list[Edge] = []
    for edge in sorted(some):
        if group and edge.at - group[-1].at > 1.5:
            found += _along(group)
            group = []
        group.append(edge)
    return found + _along(group)


def _along(group: list[Edge]) -> list[Edge]:
    """Edges at one place, those that touch joined."""
    found: list[Edge] = []
    at = sum(edge.at for edge in group) / max(len(group), 1)
    for edge in sorted(group, key=lambda edge: edge.start):
        if found and edge.start <= found[-1].end + _NEAR:
            found[-1] = found[-1]._replace(end=max(found[-1].end, edge.end))
        else:
            found.append(Edge(at, edge.start, edge.end))
    return found


def steps(values: Iterable[float]) -> list[float]:
    """Places in order, those that are near one another as one."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= _NEAR:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]


# --- tables with lines on all sides ---------------------------------------------------------------


def ruled(page: Page) -> list[Grid]:
    """The tables of which lines part both the rows and the columns."""
    level, upright = edges(page.lines)
    if max(len(level), len(upright)) > _MOST_EDGES:
        return []
    grids: list[Grid] = []
    for some_level, some_upright in _touching(level, upright):
        columns = steps([e.at for e in some_upright])
        tops = steps([e.at for e in some_level])
        # Lines may be missing around the table.
        columns = _with_ends(columns, [e.start for e in some_level], [e.end for e in some_level])
        tops = _with_ends(tops, [e.start for e in some_upright], [e.end for e in some_upright])
        if len(columns) > 2 and len(tops) > 1 and len(columns) * len(tops) < _MOST_CELLS:
            walls = {(row, column) for column, row in _drawn(some_upright, columns, tops)}
            floors = set(_drawn(some_level, tops, columns))
            grids.append(laid_out(columns, tops, walls, floors))
    return grids


def _drawn(
    some: Sequence[Edge], places: Sequence[float], across: Sequence[float]
) -> Iterator[tuple[int, int]]:
    """Where edges are drawn: at which place, along which of the stretches across."""
    for edge in some:
        for place, at in enumerate(places):
            if abs(edge.at - at) <= _NEAR:
                for number, (start, end) in enumerate(pairwise(across)):
                    if edge.covers(start, end):
                        yield place, number


def _with_ends(at: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Places, with those at both ends of what crosses them where they lie further out."""
    first, last = min(starts), max(ends)
    if first < at[0] - 4 * _NEAR:
        at = [first, *at]
    return [*at, last] if last > at[-1] + 4 * _NEAR else at


def _touching(
    level: Sequence[Edge], upright: Sequence[Edge]
) -> Iterator[tuple[list[Edge], list[Edge]]]:
    """Edges that meet, table by table."""
    free_level, free_upright = set(level), set(upright)
    while free_upright:
        some_level: set[Edge] = set()
        some_upright = {free_upright.pop()}
        new = list(some_upright)
        while new:
            edge = new.pop()
            is_upright = edge in some_upright
            others = free_level if is_upright else free_upright
            met = {other for other in others if _meet(edge, other)}
            others -= met
            (some_level if is_upright else some_upright).update(met)
            new += met
        if some_level:
            yield sorted(some_level), sorted(some_upright)


def _meet(one: Edge, other: Edge) -> bool:
    return (
        other.start - _NEAR <= one.at <= other.end + _NEAR
        and one.start - _NEAR <= other.at <= one.end + _NEAR
    )


# --- cells ----------------------------------------------------------------------------------------


Place = tuple[int, int]
"""A row and a column, counted from 0."""


def laid_out(
    columns: list[float],
    tops: list[float],
    walls: Collection[Place],
    floors: Collection[Place] | None = None,
) -> Grid:
    """A table's cells: `walls` are the places that an edge stands left of, and `floors` those that
    one stands above; with None, all of them."""
    wide, deep = len(columns) - 1, len(tops) - 1
    owner: dict[Place, tuple[int, int, int]] = {}
    for row in range(deep):
        for column in range(wide):
            if (row, column) in owner:
                continue
            end = column + 1
            while end < wide and (row, end) not in owner and (row, end) not in walls:
                end += 1
            bottom = row + 1
            while (
                floors is not None
                and bottom < deep
                and _is_open(bottom, column, end, walls, floors)
            ):
                bottom += 1
            for r in range(row, bottom):
                owner.update({(r, n): (row, column, end) for n in range(column, end)})
    rows = [list(_spots(columns, tops, row, owner)) for row in range(deep)]
    begun = [n for n, row in enumerate(rows) if any(not spot.continues for spot in row)]
    box = Box(columns[0], tops[0], columns[-1], tops[-1])
    return Grid(box, columns, [rows[n] for n in begun], [*(tops[n] for n in begun), tops[-1]])


def _is_open(
    row: int, column: int, end: int, walls: Collection[Place], floors: Collection[Place]
) -> bool:
    """Whether a cell that goes over these columns goes on into a row."""
    return not any(
        (row, n) in floors or (n > column and (row, n) in walls) for n in range(column, end)
    )


def _spots(
    columns: list[float],
    tops: list[float],
    row: int,
    owner: dict[Place, tuple[int, int, int]],
) -> Iterator[Spot]:
    deep = len(tops) - 1
    column = 0
    while column < len(columns) - 1:
        first, begins, end = owner[row, column]
        last = row + 1
        while last < deep and owner[last, column] == owner[row, column]:
            last += 1
        yield Spot(Box(columns[begins], tops[first], columns[end], tops[last]), first < row)
        column = end


def column_of(columns: Sequence[float], x: float) -> int:
    """The column that a place lies in."""
    return min(max(bisect_right(columns, x) - 1, 0), len(columns) - 2)
