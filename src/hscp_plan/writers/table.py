"""Draws a table as text: columns as wide as what they hold, and the longest one as wide as there is
room. Where that is too narrow each row is lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Heading, Stack
from ..words import one_line
from .lines import STRONG, WIDE, cells, pad, text_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..document import Cell, Table

GAP = "  "
"""What stands between two columns."""
NARROWEST = 18
"""How many columns the longest cell wants at least; below that, rows are lines of their own."""


class Texts(NamedTuple):
    """A cell's main text, and the notes below it."""

    main: str
    notes: tuple[str, ...] = ()
    stacked: bool = False
    """Whether it is a cell of several lines, which may be wrapped."""

    @property
    def all(self) -> tuple[str, ...]:
        """The main text and the notes."""
        return (self.main, *self.notes)


def table(table: Table, width: int) -> Iterator[str]:
    """The lines of a table."""
    grid = Grid(table, width)
    if table.header and not grid.narrow:
        yield grid.line(grid.labels)
    for number, row in enumerate(table.rows):
        if isinstance(row, Heading):
            yield from ([""] if number else [])
            yield from (STRONG + part for part in wrap(one_line(row.text), width))
        elif grid.narrow:
            yield from grid.stacked_lines(grid.texts[number])
        else:
            yield from grid.lines(grid.texts[number])


class Grid:
    """The columns that are shown of a table, the texts of their cells, and how wide they are."""

    def __init__(self, table: Table, width: int) -> None:
        self.width = width
        self.header = table.header
        self.wide = width >= WIDE
        shown = [n for n, column in enumerate(table.columns) if self.wide or not column.wide]
        folding = [n for n, c in enumerate(table.columns) if c.folds and n not in shown]
        self.columns = [table.columns[n] for n in shown]
        self.labels = [column.label if table.header else "" for column in self.columns]
        self.texts = {
            number: [self._texts(row[n], [row[f] for f in folding]) for n in shown]
            for number, row in enumerate(table.rows)
            if not isinstance(row, Heading)
        }
        self.sizes = self._sizes()
        flexible = self._flexible()
        # One column gives way, to what the others leave; where that is too little, all are stacked.
        others = sum(self.sizes) - self.sizes[flexible] + len(GAP) * (len(self.columns) - 1)
        room = width - others
        self.narrow = room < min(self.sizes[flexible], NARROWEST)
        self.sizes[flexible] = min(room, self.sizes[flexible])

    def _texts(self, cell: Cell, folding: Sequence[Cell]) -> Texts:
        """A cell's texts; those of columns for which there is no room go below a stacked one, on
        the line of its last note."""
        if not isinstance(cell, Stack):
            return Texts(text_of(cell, short=not self.wide))
        notes = [text_of(note) for note in cell.notes]
        extra = [text_of(other) for other in folding]  # type: ignore[arg-type]
        if extra and notes:
            notes[-1] = "; ".join([notes[-1], *extra])
        else:
            notes += extra
        return Texts(text_of(cell.main), tuple(notes), stacked=True)

    def _sizes(self) -> list[int]:
        """How wide each column would be, were there room for all."""
        sizes = [cells(label) for label in self.labels]
        for row in self.texts.values():
            for n, texts in enumerate(row):
                sizes[n] = max(sizes[n], *map(cells, texts.all))
        return sizes

    def _flexible(self) -> int:
        """The column that gives way where there is not room for all: the first of stacked cells,
        else the widest."""
        first = next(iter(self.texts.values()), [])
        stacked = (n for n, texts in enumerate(first) if texts.stacked)
        return next(stacked, self.sizes.index(max(self.sizes)))

    def lines(self, row: list[Texts]) -> Iterator[str]:
        """A row as lines, each cell wrapped within its column."""
        parts = [
            [line for text in texts.all for line in _fit(text, size)]
            for texts, size in zip(row, self.sizes, strict=True)
        ]
        for depth in range(max(map(len, parts))):
            yield self.line([p[depth] if depth < len(p) else "" for p in parts])

    def line(self, texts: list[str]) -> str:
        """One line: a text a column."""
        columns = zip(texts, self.sizes, self.columns, strict=True)
        return GAP.join(pad(t, size, column.right) for t, size, column in columns).rstrip()

    def stacked_lines(self, row: list[Texts]) -> Iterator[str]:
        """A row as lines of its own, for a screen too narrow for the table: its name on the first
        line, every other cell on a line below with its column's label."""
        names = [texts.main for n, texts in enumerate(row) if texts.stacked or n == 0]
        yield from wrap(" ".join(names).strip(), self.width, "   ")
        for column, texts in zip(self.columns[1:], row[1:], strict=True):
            label = f"{column.label}: " if self.header and column.label else ""
            for text in texts.notes if texts.stacked else texts.all:
                if text:
                    yield from wrap(f"{label}{text}", self.width, "    ", "  ")


def _fit(text: str, size: int) -> list[str]:
    return [text] if cells(text) <= size else wrap(text, size)
