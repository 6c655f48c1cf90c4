"""Tables that are set out in other ways than a row for each action, as tables of such rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..readers.content import Cell, Paragraph, Run, Table
from .columns import LONGEST, role_of
from .grid import rows_of
from .outline import is_header
from .said import level_alone
from .when import How, read_when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..readers.content import Content
    from .grid import Row

_YEAR = re.compile(
    r"(?:year (?:\d|one|two|three|four|five)|20\d\d(?:\s*[/–-]\s*(?:20)?\d\d)?)\b[\s\d/()–-]*"
    r"(?:actions?|milestones?)?",
    re.IGNORECASE,
)
"""What a column is called that holds what is done in a year."""
_LONGEST_TITLE = 120
_TWO = re.compile(r"\s*(?:/|&|\+|,|\band\b)\s*", re.IGNORECASE)
"""What stands between the two names of a column that says two things."""
_LAST = re.compile(r"(?P<first>.+?)(?:\s*[,;(]|\s+[–—-])\s*(?P<last>[^,;()]+)\)?", re.DOTALL)
_FEWEST_WORDS = 3
"""With how many words a cell of such a column says what is done, and is no mark."""


def laid_out(content: Content) -> Content:
    """The document with tables that only set out its pages opened, and those with a column for each
    year turned."""
    opened = (each for block in _joined(content.blocks) for each in _opened(block))
    return content._replace(blocks=tuple(_parted(_turned(block)) for block in opened))


# --- headings -------------------------------------------------------------------------------------


def _joined(blocks: Iterable[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """The blocks, with what a priority is called beside its number where it stands below."""
    alone: Paragraph | None = None
    for block in blocks:
        if alone and isinstance(block, Paragraph) and 0 < len(block.text) < _LONGEST_TITLE:
            yield block._replace(
                runs=(*alone.runs, Run(": "), *block.runs), level=alone.level or block.level
            )
            alone = None
            continue
        if alone:
            yield alone
        alone = block if isinstance(block, Paragraph) and level_alone(block.text.strip()) else None
        if not alone:
            yield block
    if alone:
        yield alone


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


# --- a column for two things ----------------------------------------------------------------------


def _parted(block: Paragraph | Table) -> Paragraph | Table:
    """A table in which one column says both when and who, or when and how it stands, with a column
    for each; any other block as it is."""
    if isinstance(block, Paragraph):
        return block
    rows = [list(row) for row in block.rows]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if names := _two_names(cell.text, row):
                return block._replace(rows=tuple(_with_two(rows, number, column, names)))
    return block


def _two_names(label: str, row: list[Cell]) -> tuple[str, str] | None:
    """The names of the two things that a column says, when first; None where it is none such."""
    label = " ".join(label.split())
    match = _TWO.search(label)
    if not match or len(label) > LONGEST or len(row) < 3:
        return None
    names = label[: match.start()], label[match.end() :]
    roles = [role_of(name) for name in names]
    if "due" not in roles or not {"lead", "status"} & set(roles):
        return None
    if "action" not in {role_of(cell.text) for cell in row}:
        return None
    return names if roles[0] == "due" else names[::-1]


def _with_two(
    rows: list[list[Cell]], head: int, column: int, names: tuple[str, str]
) -> Iterator[tuple[Cell, ...]]:
    width = len(rows[head])
    for number, row in enumerate(rows):
        if number < head or len(row) != width:
            # A heading over the table goes over one column more.
            yield tuple(
                cell._replace(columns=cell.columns + 1) if n == 0 and cell.columns > 1 else cell
                for n, cell in enumerate(row)
            )
            continue
        cell = row[column]
        if number == head:
            two = (_says(names[0], cell), _says(names[1], cell))
        else:
            two = _when_and_what(cell)
        yield (*row[:column], *two, *row[column + 1 :])


def _when_and_what(cell: Cell) -> tuple[Cell, Cell]:
    """A cell as two: what it says of when, and the rest."""
    lines = [line for paragraph in cell.paragraphs for line in paragraph.text.split("\n") if line]
    if len(lines) == 1 and not _is_date(lines[0]) and (match := _LAST.fullmatch(lines[0])):
        lines = [match["first"], match["last"]] if _is_date(match["last"]) else lines
    when = [line for line in lines if _is_date(line)]
    rest = [line for line in lines if line not in when]
    if any(paragraph.struck for paragraph in cell.paragraphs):
        return cell, Cell(place=cell.place, continues=cell.continues)
    return tuple(
        cell._replace(paragraphs=tuple(Paragraph((Run(line),), cell.place) for line in some))
        for some in (when, rest)
    )  # type: ignore[return-value]


def _is_date(text: str) -> bool:
    when = read_when(text, How("day first", "2000"))
    return when.read or bool(
        re.fullmatch(r"(?:tbc|asap|n/a|(?:spring|summer|autumn|winter).*)", text, re.I)
    )


# --- columns that ran into one --------------------------------------------------------------------


def has_joined_columns(content: Content) -> bool:
    """Whether a table has one column where its page shows several: the names of three stand in a
    cell, that of the action among them."""
    cells = (cell for table in content.tables() for row in table.rows for cell in row)
    return any(_names_several(cell.text.split("\n")) for cell in cells)


def _names_several(lines: list[str]) -> bool:
    roles = {role_of(line) for line in lines}
    return len(lines) == len(roles) > 2 and "action" in roles and None not in roles
