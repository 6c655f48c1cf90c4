"""Tables that are set out in other ways than a row for each action, as tables of such rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..readers.content import Cell, Paragraph, Run, Table
from .columns import LONGEST, role_of
from .grid import rows_of
from .outline import is_header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..readers.content import Content
    from .grid import Row

_YEAR = re.compile(
    r"(?:year (?:\d|one|two|three|four|five)|20\d\d(?:\s*[/–-]\s*(?:20)?\d\d)?)\b[\s\d/()–-]*"
    r"(?:actions?|milestones?)?",
    re.IGNORECASE,
)
"""What a column is called that holds what is done in a year."""
_FEWEST_WORDS = 3
"""With how many words a cell of such a column says what is done, and is no mark."""


def laid_out(content: Content) -> Content:
    """The document with tables that only set out its pages opened, and those with a column for each
    year turned."""
    return content._replace(
        blocks=tuple(
            block
            for whole in content.blocks
            for each in _opened(whole)
            for block in [_turned(each)]
        )
    )


# --- tables that set out a page -------------------------------------------------------------------


def _opened(block: Paragraph | Table) -> Iterator[Paragraph | Table]:
    """What stands in a table of one row that holds a table of actions; else the block itself."""
    if isinstance(block, Paragraph) or len(block.rows) > 1 or not _holds_actions(block):
        yield block
        return
    for cell in block.rows[0]:
        yield from cell.paragraphs
        if cell.table:
            yield from _opened(cell.table)


def _holds_actions(table: Table) -> bool:
    inner = [cell.table for row in table.rows for cell in row if cell.table]
    return any(
        _holds_actions(each)
        or any(is_header(row, n == 0, {}) for n, row in enumerate(rows_of(each)))
        for each in inner
    )


# --- a column for each year -----------------------------------------------------------------------


def _turned(block: Paragraph | Table) -> Paragraph | Table:
    """A table whose first column says what for, and each other is a year, with a row for what is
    done in each; any other block as it is."""
    if isinstance(block, Paragraph):
        return block
    rows = list(rows_of(block))
    number = next((n for n, row in enumerate(rows) if _names_years(row)), None)
    if number is None or not all(_says_what(row) for row in rows[number + 1 :]):
        return block
    head, *rest = rows[number:]
    first = head.slots[0].cell
    names = (first, _says("Action", first), _says("Timescale", first))
    turned = [
        (row.slots[0].cell, slot.cell, head.slots[n].cell)
        for row in rest
        for n, slot in enumerate(row.slots)
        if n and slot.text
    ]
    return block._replace(rows=(*block.rows[: len(block.rows) - len(rest) - 1], names, *turned))


def _names_years(row: Row) -> bool:
    labels = [" ".join(slot.text.split()) for slot in row.slots]
    return (
        len(labels) > 2
        and all(len(label) <= LONGEST for label in labels)
        and role_of(labels[0]) in ("priority", "objective")
        and all(_YEAR.fullmatch(label) for label in labels[1:])
    )


def _says_what(row: Row) -> bool:
    return all(
        len(slot.text.split()) >= _FEWEST_WORDS for slot in row.slots[1:] if slot.text
    ) and bool(row.slots[0].text)


def _says(text: str, beside: Cell) -> Cell:
    return Cell((Paragraph((Run(text),), beside.place),), beside.place)
