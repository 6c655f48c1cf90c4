"""The tables of a document's pages: what stands in their cells, and those joined that go on over
pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..content import Cell, Table
from .grid import column_of, steps
from .text import lines, paragraph, paragraphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .grid import Grid, Spot
    from .marks import Box, Fill, Letter, Page
    from .text import Line, Words

_NEAR = 4.0
_WHITE = ("", "FFFFFF")
_DOUBT = 0.8
"""How far from its longest line a column may end that nobody has drawn, in sizes of its letters."""
_MOST_PADDING = 10.0
_MOST_HEADERS = 3
"""How many rows at the top of a page may repeat those of the table's beginning."""
_ENDS = (".", "!", "?", ":", ";")


@dataclass
class Filled:
    """A cell: its place, and its paragraphs, each by its lines."""

    box: Box
    continues: bool
    groups: list[list[Line]]
    fill: str

    @property
    def text(self) -> str:
        """What it says, as it is compared."""
        return " ".join(line.text.strip() for group in self.groups for line in group)


@dataclass
class Drawn:
    """A table, which may go over several pages."""

    columns: list[float]
    rows: list[list[Filled]]


# --- one page -------------------------------------------------------------------------------------


def drawn(page: Page, grid: Grid) -> Drawn:
    """A table with what stands in its cells."""
    said = {box: lines(letters, page.lines) for box, letters in _sorted_in(page, grid).items()}
    padding = _padding(said)
    rows = [
        [_filled(spot, said.get(spot.box, []), page.fills, grid, said, padding) for spot in row]
        for row in grid.rows
    ]
    return Drawn(grid.columns, rows)


def _sorted_in(page: Page, grid: Grid) -> dict[Box, list[Letter]]:
    """The letters of each cell."""
    boxes: dict[tuple[int, int], Box] = {}
    for number, row in enumerate(grid.rows):
        for spot in row:
            first = column_of(grid.columns, spot.box.x0 + 1)
            for column in range(first, column_of(grid.columns, spot.box.x1 - 1) + 1):
                boxes[number, column] = spot.box
    inside: dict[Box, list[Letter]] = {}
    for letter in page.letters:
        x, y = letter.middle
        if grid.box.holds(x, y):
            box = boxes.get((column_of(grid.tops, y), column_of(grid.columns, x)))
            if box:
                inside.setdefault(box, []).append(letter)
    return inside


def _padding(said: Mapping[Box, Sequence[Line]]) -> float:
    """How far from its cell's side a text stands."""
    gaps = [line.box.x0 - box.x0 for box, some in said.items() for line in some]
    return min(max(min(gaps, default=0), 0), _MOST_PADDING)


def _filled(
    spot: Spot,
    its: Sequence[Line],
    fills: Sequence[Fill],
    grid: Grid,
    said: Mapping[Box, Sequence[Line]],
    padding: float,
) -> Filled:
    if spot.continues:
        return Filled(spot.box, True, [], "")
    right = spot.box.x1 - padding
    if grid.inferred:
        # Where the columns end nobody has drawn: they are as wide as what they hold.
        alike = [b for b in said if b.x0 == spot.box.x0 and b.x1 == spot.box.x1]
        ends = [line.box.x1 - _DOUBT * line.size for box in alike for line in said[box]]
        right = max(ends, default=right)
    bounded = [line._replace(right=_right(line, spot.box, right)) for line in its]
    return Filled(spot.box, False, paragraphs(bounded), _fill(fills, spot.box, its))


def _right(line: Line, box: Box, right: float) -> float:
    """How far a line's text may go to the right; one in the middle of its cell, to both sides."""
    before, after = line.box.x0 - box.x0, box.x1 - line.box.x1
    return right + before if before > 2 * _MOST_PADDING and abs(before - after) < _NEAR else right


def _fill(fills: Sequence[Fill], box: Box, its: Sequence[Line]) -> str:
    """The colour behind a cell: the last that was laid under most of it, or any within one that
    says nothing."""
    middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
    area = box.width * box.height
    for each, colour in reversed(fills):
        large = each.holds(*middle) and each.width * each.height > 0.5 * area
        mark = not its and box.holds((each.x0 + each.x1) / 2, (each.top + each.bottom) / 2)
        if large or mark:
            return "" if colour in _WHITE else colour
    return ""


# --- over pages -----------------------------------------------------------------------------------


def goes_on(above: Drawn, below: Drawn) -> bool:
    """Whether a table at the top of a page goes on from the one that the page before ended with:
    its columns are the same, as far as they are drawn."""
    if abs(above.columns[0] - below.columns[0]) > _NEAR:
        return False
    if abs(above.columns[-1] - below.columns[-1]) > _NEAR:
        return False
    return _hold(above.columns, below.columns) or _hold(below.columns, above.columns)


def _hold(all_columns: Sequence[float], some: Sequence[float]) -> bool:
    return all(any(abs(x - each) <= _NEAR for each in all_columns) for x in some)


def join(above: Drawn, below: Drawn) -> None:
    """Add a table that goes on to the one that it goes on from: without the names of its columns,
    where they are repeated, and with a row made whole that the page's end broke."""
    rows = list(below.rows)
    for header in above.rows[:_MOST_HEADERS]:
        if not rows or not _same(header, rows[0]):
            break
        rows = rows[1:]
    above.columns = steps([*above.columns, *below.columns])
    if rows and above.rows and _is_rest(above, rows):
        for cell in rows[0]:
            _add(above.rows[-1], cell)
        rows = rows[1:]
    above.rows += rows


def _same(one: Sequence[Filled], other: Sequence[Filled]) -> bool:
    said = [cell.text for cell in one if cell.text]
    return bool(said) and said == [cell.text for cell in other if cell.text]


def _is_rest(above: Drawn, rows: Sequence[Sequence[Filled]]) -> bool:
    """Whether the first of these rows is the rest of the last one above: what it says begins in the
    midst of a sentence, or it lacks what every other row has."""
    last, first = above.rows[-1], rows[0]
    for cell in first:
        before = _at(last, cell)
        if before and cell.text[:1].islower() and not before.text.endswith(_ENDS):
            return True
    if not any(cell.text for cell in first) or len(first) < len(above.columns) - 1:
        return False
    others = [*above.rows[1:-1], *rows[1:]]
    whole = [row for row in others if len(row) == len(above.columns) - 1]
    if len(whole) < 2 or any(cell.continues for cell in last):
        return False
    always = [n for n in range(len(first)) if all(row[n].text for row in whole)]
    return any(not first[n].text for n in always)


def _at(row: Sequence[Filled], cell: Filled) -> Filled | None:
    """The cell of a row that has the place of another's, and says something."""
    same = (each for each in row if abs(each.box.x0 - cell.box.x0) <= _NEAR and each.text)
    return next(same, None)


def _add(row: Sequence[Filled], cell: Filled) -> None:
    """Add what a cell says to the cell of the row above in its column."""
    if not cell.groups:
        return
    above = next((each for each in row if abs(each.box.x0 - cell.box.x0) <= _NEAR), row[-1])
    first = cell.groups[0]
    if above.groups and not first[0].is_bullet and not above.text.endswith(_ENDS):
        above.groups[-1] += first
        above.groups += cell.groups[1:]
    else:
        above.groups += cell.groups


# --- as it is given -------------------------------------------------------------------------------


def table(drawn: Drawn, number: int, words: Words) -> Table:
    """A table, as it is read."""
    place = f"table {number}"
    begun = [
        x for n, x in enumerate(drawn.columns[:-1])
        if n == 0 or any(abs(cell.box.x0 - x) <= _NEAR for row in drawn.rows for cell in row)
    ]  # fmt: skip
    rows = []
    for count, row in enumerate(drawn.rows, 1):
        cells: list[Cell] = []
        for cell in row:
            ends = [n for n, x in enumerate([*begun, drawn.columns[-1]])
                    if cell.box.x0 + _NEAR < x <= cell.box.x1 + _NEAR]  # fmt: skip
            at = f"{place}, row {count}, column {1 + sum(c.columns for c in cells)}"
            cells.append(
                Cell(
                    tuple(paragraph(group, words, at) for group in cell.groups),
                    at,
                    fill=cell.fill,
                    columns=max(len(ends), 1),
                    continues=cell.continues,
                )
            )
        rows.append(tuple(cells))
    return Table(tuple(rows), place=place)
