"""A table as rows of columns: cells that go over several stand in their first, and what goes on
from the row above says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..readers.content import Cell, Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..readers.content import Table

WIDEST = 256
"""How many columns are looked at; what stands right of them is listed."""


class Slot(NamedTuple):
    """What stands in one column of a row."""

    cell: Cell
    below: bool = False
    """Whether it is the lower part of a cell that goes over several rows."""

    @property
    def text(self) -> str:
        """What it says, without what is struck out."""
        return self.cell.text.strip()

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its paragraphs that say anything, those of a table within it last."""
        return [p for p in paragraphs_of(self.cell) if p.text.strip()]


EMPTY = Slot(Cell())


class Row(NamedTuple):
    """A row: a slot for each column."""

    slots: tuple[Slot, ...]
    place: str

    @property
    def filled(self) -> list[int]:
        """The columns that something stands in, lower parts of cells left out."""
        return [n for n, slot in enumerate(self.slots) if slot.text and not slot.below]

    def slot(self, column: int) -> Slot:
        """What stands in a column; nothing where the row ends before it."""
        return self.slots[column] if column < len(self.slots) else EMPTY


def rows_of(table: Table) -> Iterator[Row]:
    """The rows of a table that say anything, or said it before it was struck out."""
    above: dict[int, Cell] = {}
    for number, cells in enumerate(table.rows, 1):
        slots: list[Slot] = []
        for cell in cells:
            column = len(slots)
            if column >= WIDEST:
                break
            if cell.continues:
                slots.append(Slot(above.get(column, cell), below=True))
            else:
                above[column] = cell
                slots.append(Slot(cell))
            slots += [EMPTY] * min(cell.columns - 1, WIDEST)
        row = Row(tuple(slots), _place(table, cells, number))
        if row.filled or any(_struck(cell) for cell in cells):
            yield row


def width_of(table: Table) -> int:
    """How many columns a table has."""
    return max((len(row.slots) for row in rows_of(table)), default=0)


def _struck(cell: Cell) -> bool:
    return any(paragraph.struck.strip() for paragraph in cell.paragraphs)


def _place(table: Table, cells: tuple[Cell, ...], number: int) -> str:
    """Where a row stands, in words: table 1, row 3; sheet Plan, row 3; line 12."""
    place = next((cell.place for cell in cells if cell.place), "")
    if place.startswith(("line ", "row ")):
        return place.partition(",")[0]
    if place.startswith("sheet "):
        sheet, _, at = place.rpartition(", ")
        return f"{sheet}, row {at.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
    return f"{table.place}, row {number}"


def paragraphs_of(cell: Cell) -> Iterator[Paragraph]:
    """All paragraphs of a cell, those of a table within it last."""
    yield from cell.paragraphs
    if cell.table:
        for row in cell.table.rows:
            for inner in row:
                yield from paragraphs_of(inner)
