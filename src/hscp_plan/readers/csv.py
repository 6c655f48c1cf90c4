"""Tables of plain text, as spreadsheets save them: comma, semicolon, tab or bar between the cells.

A formula is never run. Where a program left its last value beside it, that is taken, and said.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

from ..errors import Mendable
from .characters import visible
from .content import Cell, Content, Paragraph, Run, Table
from .text import MOST_LINES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MARKS = (",", ";", "\t", "|")
MOST_CELLS = 100_000
MOST_IN_CELL = 1_000_000
"""How many characters a cell may have."""
_TRIED = 100
"""How many rows are looked at to see what stands between the cells."""
_KEPT = re.compile(r'=\s*IFERROR\(__xludf\.DUMMYFUNCTION\(.*,\s*"((?:[^"]|"")*)"\)\s*', re.DOTALL)
"""A formula that only Google's sheets know, as they save it, with its last value."""
_NUMBER = re.compile(r"[-+]?[\d., ]*\d%?")


def read(text: str, notes: tuple[str, ...] = ()) -> Content:
    """What a table of plain text says, as one table. Mendable where it is too large."""
    mark = mark_of(text)
    rows: list[tuple[Cell, ...]] = []
    count = 0
    for number, record in enumerate(records(text, mark), 1):
        count += len(record)
        if number > MOST_LINES or count > MOST_CELLS:
            raise Mendable(
                "has too many rows or cells", "Copy what matters into a new file, and give that."
            )
        if any(value.strip() for value in record):
            rows.append(tuple(_cells(number, record)))
    if not rows:
        raise Mendable("is empty", "Ask for it to be sent again.")
    return Content((Table(tuple(rows), place="the table"),), notes=(*notes, *_formula_notes(rows)))


def mark_of(text: str) -> str:
    """What stands between the cells: what parts most rows into the same number of them."""

    def steadiness(mark: str) -> tuple[bool, int, int]:
        widths = []
        for record in records(text, mark):
            widths.append(len(record))
            if len(widths) == _TRIED:
                break
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        # A mark that stands in a few long cells alone does not part the row of headings.
        return (usual > 1 and widths[0] > 1, widths.count(usual), usual)

    return max(MARKS, key=steadiness)


def records(text: str, mark: str) -> Iterator[Sequence[str]]:
    """The rows, each as its cells. Mendable where one never ends."""
    csv.field_size_limit(MOST_IN_CELL)
    try:
        yield from csv.reader(text.replace("\0", "").splitlines(keepends=True), delimiter=mark)
    except csv.Error as error:
        raise Mendable(
            "has a cell that never ends: a quotation mark is missing",
            "Open it in Excel, save it as .xlsx, and give that file.",
        ) from error


def _cells(number: int, record: Sequence[str]) -> Iterator[Cell]:
    for column, value in enumerate(record, 1):
        place = f"row {number}, column {column}"
        is_formula = value.startswith("=") and not _NUMBER.fullmatch(value[1:])
        kept = _KEPT.fullmatch(value) if is_formula else None
        said = kept[1].replace('""', '"') if kept else value
        paragraphs = (Paragraph((Run(visible(said)),), place),) if said.strip() else ()
        yield Cell(paragraphs, place, kind="formula" if is_formula else "text")


def _formula_notes(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    formulas = [cell for row in rows for cell in row if cell.kind == "formula"]
    if formulas:
        yield (
            f"Formulas are never run: {len(formulas):,} cells hold one, the first in "
            f"{formulas[0].place}. Where the file keeps its last value, that was taken."
        )
