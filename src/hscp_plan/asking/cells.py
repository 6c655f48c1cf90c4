"""The answers in a table: rows that were deleted, sorted, split, or pasted into another document.

A cell is known by the content control in it, else by the header over it, else by its place in a row
that has as many cells as a form's.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from ..errors import quoted
from ..importing.columns import role_of
from ..letters import folded
from .form import CHOOSE, LABELS, QUESTIONS, find_marks, read_tag
from .own import words
from .parts import Answer, Ids, Part, Read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..importing.columns import Role
    from ..readers.content import Cell, Table
    from .own import OwnText

_NUMBER = re.compile(r"^\d\. ")
"""Before each of our instructions, where they stand in a sheet."""
_HEADERS = {**{folded(label): name for name, label in LABELS.items()}, "milestone": "id"}
"""A form's own headers; and what stands over ids in notes, where a plan has actions below it."""
_BY_ROLE: dict[Role | None, str] = {
    "id": "id",
    "action": "action",
    "due": "due",
    "complete by": "due",
    "new due": "date",
    "progress": "happened",
    "status": "status",
    "evidence": "evidence",
}
"""What other people's columns hold, by what they hold in a plan's document."""
HINTS = frozenset(
    (
        folded(CHOOSE),
        *("choose an item.", "choose an item", "click or tap here to enter text."),
        *("click here to enter text.", "click or tap to enter text."),
    )
)
"""What an empty field shows in its place."""


def table_answers(table: Table, actions: Mapping[str, str], own: OwnText) -> Read:
    """The answers in a table, and the rows that are under no milestone and that we did not write: a
    workbook's sheet is one table, with all that stands above its rows."""
    ids = Ids(actions, own.cited)
    answers: list[Answer] = []
    unplaced: list[Part] = []
    columns: Mapping[int, str] = {}
    for cells in table.rows:
        if header := _header(cells):
            columns = header
            continue
        row = _by_name(cells, columns)
        written = _id_of(row, cells)
        id = ids.exact(written) or ids.loose(written)
        if id:
            same = words(row["action"].text) == words(actions[id]) if "action" in row else False
            sure = same or ids.exact(written) is not None
            doubt = "" if sure else f"its id is written {quoted(written)}"
            answers.append(_answer(id, row, cells)._replace(doubt=doubt))
            if outside := _outside(id, row, cells):
                answers.append(outside)
        else:
            unplaced += _left(cells, own)
    return Read(answers, unplaced)


def _header(cells: Sequence[Cell]) -> dict[int, str]:
    """What each column of a table holds, where this row says so; else empty."""
    names = {at: name for at, cell in _columns(cells) if (name := _named(cell.text))}
    kinds = set(names.values())
    return names if "id" in kinds and kinds & {*QUESTIONS, "action"} else {}


def _named(label: str) -> str | None:
    """What a column of this name holds, as a form has it."""
    plain = folded(" ".join(label.split()).rstrip(":"))
    return _HEADERS.get(plain) or _BY_ROLE.get(role_of(plain))


def _columns(cells: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    """Each cell with the number of the column that it begins in."""
    begins = accumulate((cell.columns for cell in cells), initial=0)
    return zip(begins, cells, strict=False)


def _by_name(cells: Sequence[Cell], columns: Mapping[int, str]) -> dict[str, Cell]:
    """A row's cells by what they hold."""
    if not columns and len(cells) == len(LABELS):
        columns = dict(enumerate(LABELS))
    row: dict[str, Cell] = {}
    for at, cell in _columns(cells):
        tag = next(filter(None, map(read_tag, cell.tags)), None)
        name = tag[1] if tag else columns.get(at)
        if name and name not in row:
            row[name] = cell
    return row


def _id_of(row: Mapping[str, Cell], cells: Sequence[Cell]) -> str:
    """The id that a row is of: as it is written in it, else as its fields are called."""
    written = row["id"].text.strip() if "id" in row else ""
    tags = (read_tag(tag) for cell in cells for tag in cell.tags)
    struck = _struck(row["id"]) if "id" in row else ""
    return written or next((tag[0] for tag in tags if tag), struck)


def _answer(id: str, row: Mapping[str, Cell], cells: Sequence[Cell]) -> Answer:
    parts = {
        name: Part(text, cell.place)
        for name, cell in row.items()
        if name != "id" and (text := _text(cell))
    }
    whole = "id" in row and not row["id"].text.strip() and bool(_struck(row["id"]))
    struck = tuple(
        Part(text, cell.place)
        for name, cell in row.items()
        if (whole or name not in QUESTIONS) and (text := _struck(cell))
    )
    return Answer(id, _row_place(cells), parts, struck=struck, row_struck=whole)


def _outside(id: str, row: Mapping[str, Cell], cells: Sequence[Cell]) -> Answer | None:
    """What was written in a row beside its columns."""
    known = {*map(_cell_key, row.values())}
    extra = [_text(cell) for cell in cells if _cell_key(cell) not in known]
    text = "\n".join(filter(None, extra))
    place = _row_place(cells)
    parts = {"happened": Part(text, place)}
    doubt = "it stands beside the columns"
    return Answer(id, place, parts, free=True, doubt=doubt) if text else None


def _cell_key(cell: Cell) -> int:
    return id(cell)


def _struck(cell: Cell) -> str:
    return " ".join(p.struck for p in cell.paragraphs).strip()


def _text(cell: Cell) -> str:
    """What was written in a cell, in a table within it too; nothing where it shows a hint."""
    text = "\n".join(_texts(cell)).strip()
    return "" if folded(text) in HINTS else text


def _texts(cell: Cell) -> Iterator[str]:
    yield cell.text.strip()
    for row in cell.table.rows if cell.table else ():
        texts = ("\n".join(_texts(inner)).strip() for inner in row)
        yield " | ".join(filter(None, texts))


def _row_place(cells: Sequence[Cell]) -> str:
    """Where a row stands: table 1, row 3; sheet Update, row 4."""
    place = next((cell.place for cell in cells if cell.place), "")
    place = re.sub(r", column \d+$", "", place)
    return re.sub(r", [A-Z]{1,3}(\d+)$", r", row \1", place)


def _left(cells: Sequence[Cell], own: OwnText) -> Iterator[Part]:
    """The words of a row that is under no milestone, but for our own, and our mark."""
    said = map(_text, cells)
    texts = [text for text in said if text and not own.is_ours(_NUMBER.sub("", text))]
    if texts and not any(True for text in texts for _ in find_marks(text)):
        yield Part(" | ".join(dict.fromkeys(texts)), _row_place(cells))
