"""Workbooks of Excel, or of any other program that writes them, sheet by sheet, as a person sees
them. Formulas count by their last value.

A row without a value is left out, and so is whatever stands right of column 256. Hidden sheets are
not read; hidden rows and columns are. `Content.notes` says so.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_left
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from ..errors import Mendable
from ..letters import composed
from .characters import visible
from .content import Cell, Comment, Content, Paragraph, Run, Table
from .package import Package
from .properties import modified, properties
from .sheet_looks import colour, day, number, theme_colours
from .sheet_parts import MOST_CELLS, TOO_MANY, Sheet, sheets
from .xml import Damaged, find, find_all, inner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.cell.cell import Cell as Kept
    from openpyxl.worksheet.worksheet import Worksheet

MOST_COLUMNS = 256
_SHOWN = 5
"""How many rows or columns a note names."""
Kind = Literal["text", "number", "date", "formula", "error"]


def read(data: bytes) -> Content:
    """What a workbook says. Mendable where it cannot be opened."""
    package = Package(data)
    return read_package(package, package.main())


def read_package(package: Package, main: str) -> Content:
    """What a workbook says whose main part has this name."""
    book = sheets(package, main)
    relations = package.relations(main).values()
    themes = [part for kind, part in relations if kind == "theme"]
    theme = theme_colours(package.tree(themes[0]) if themes else None)
    notes = [f"Not read: the hidden sheet {name}." for name in book.hidden]
    blocks: list[Paragraph | Table] = []
    foot: list[Paragraph] = []
    comments: list[Comment] = []
    left = MOST_CELLS
    people = _people(package, [part for kind, part in relations if kind == "person"])
    for sheet, kept in zip(book.sheets, _loaded(book.clean), strict=True):
        reader = _Reader(sheet, kept, theme, left)
        table = reader.table()
        left -= reader.count
        if table.rows:
            blocks.append(table)
        blocks += _text_boxes(package, sheet)
        foot += _feet(sheet)
        comments += _comments(package, sheet, people)
        notes += reader.notes()
    return Content(
        tuple(blocks),
        tuple(foot),
        comments=tuple(comments),
        properties=properties(package),
        modified=modified(package),
        notes=tuple(notes),
    )


def _loaded(clean: bytes) -> list[Worksheet]:
    """The sheets as openpyxl reads them."""
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [*openpyxl.load_workbook(BytesIO(clean), rich_text=True).worksheets]
    except Exception as error:
        # It raises whatever it comes upon over values that no program writes.
        raise Damaged from error


class _Reader:
    """Reads one sheet."""

    def __init__(self, sheet: Sheet, kept: Worksheet, theme: list[str], left: int) -> None:
        self.count = 0
        self._sheet, self._theme, self._left = sheet, theme, left
        self._name = visible(composed(sheet.name))
        self._rows: dict[int, dict[int, Kept]] = {}
        self._far: list[str] = []
        for (row, column), cell in sorted(kept._cells.items()):
            if column <= MOST_COLUMNS:
                self._rows.setdefault(row, {})[column] = cell
            elif cell.value is not None:
                self._far.append(cell.coordinate)
        self._spans: dict[tuple[int, int], int] = {}
        self._lower: set[tuple[int, int]] = set()
        self._covered: set[tuple[int, int]] = set()
        self._merge()

    def table(self) -> Table:
        """Its rows that hold a value."""
        rows = tuple(tuple(self._row(number, cells)) for number, cells in self._rows.items())
        return Table(rows, self._name, f"sheet {self._name}")

    def notes(self) -> Iterator[str]:
        """What a person would not see, or was not read."""
        sheet = self._sheet
        where = f"of sheet {self._name}"
        if rows := [n for n in sheet.hidden_rows if n in self._rows]:
            yield f"Hidden, and read all the same: {_some('row', rows)} {where}."
        used = {column for cells in self._rows.values() for column in cells}
        if columns := [_letters(n) for n in sheet.hidden_columns if n in used]:
            yield f"Hidden, and read all the same: {_some('column', columns)} {where}."
        if self._far:
            yield f"Not read: {_some('cell', self._far)} {where}, right of column 256."
        if sheet.ended:
            yield f"Not read: what stands below row {sheet.ended} {where}, after many empty rows."

    def _merge(self) -> None:
        """Which cells go over others, in rows that hold a value."""
        numbers = [*self._rows]
        for first_column, first_row, last_column, last_row in self._sheet.merged:
            columns = range(first_column, min(last_column, MOST_COLUMNS) + 1)
            for row in numbers[bisect_left(numbers, first_row) :]:
                if row > last_row or not columns:
                    break
                self._use(len(columns))
                self._spans[row, first_column] = len(columns)
                self._covered.update((row, column) for column in columns[1:])
                if row > first_row:
                    self._lower.add((row, first_column))

    def _use(self, cells: int) -> None:
        self.count += cells
        if self.count > self._left:
            raise Mendable(*TOO_MANY)

    def _row(self, row: int, cells: dict[int, Kept]) -> Iterator[Cell]:
        self._use(max(cells))
        for column in range(1, max(cells) + 1):
            if (row, column) in self._covered:
                continue
            place = f"sheet {self._name}, {_letters(column)}{row}"
            span = self._spans.get((row, column), 1)
            if (row, column) in self._lower:
                yield Cell(place=place, columns=span, continues=True)
            elif column in cells:
                yield self._cell(cells[column], place, span)
            else:
                yield Cell(place=place, columns=span)

    def _cell(self, cell: Kept, place: str, span: int) -> Cell:
        runs = tuple(self._runs(cell))
        kind: Kind = _kind(cell)
        if (cell.row, cell.column) in self._sheet.formulas and kind != "error":
            kind = "formula"
        paragraphs = (Paragraph(runs, place),) if runs else ()
        return Cell(paragraphs, place, fill=self._fill(cell), columns=span, kind=kind)

    def _runs(self, cell: Kept) -> Iterator[Run]:
        from openpyxl.cell.rich_text import CellRichText, TextBlock

        pieces = cell.value if isinstance(cell.value, CellRichText) else [_said(cell)]
        for piece in pieces:
            font, text = cell.font, str(piece)
            if isinstance(piece, TextBlock):
                font, text = piece.font, piece.text
            if text:
                yield Run(
                    visible(text), bool(font.strike), colour=colour(font.color, self._theme, True)
                )

    def _fill(self, cell: Kept) -> str:
        fill = cell.fill
        solid = getattr(fill, "patternType", None) == "solid"
        return colour(fill.fgColor, self._theme) if solid else ""


# --- cells ----------------------------------------------------------------------------------------


def _kind(cell: Kept) -> Kind:
    value: Any = cell.value
    if cell.data_type == "e":
        return "error"
    if isinstance(value, date):
        return "date"
    known = isinstance(value, int | float | timedelta) and not isinstance(value, bool)
    return "number" if known else "text"


def _said(cell: Kept) -> str:
    """A value as a person sees it."""
    value: Any = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | datetime | time | timedelta):
        return day(value, cell.number_format)
    if isinstance(value, int | float):
        return number(value, cell.number_format)
    return str(value)


def _letters(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _some(noun: str, names: list[Any]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    many = "s" if len(names) > 1 else ""
    return f"{noun}{many} {', '.join(str(name) for name in names[:_SHOWN])}{more}"


# --- beside the cells -----------------------------------------------------------------------------

_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z&])')


def _feet(sheet: Sheet) -> Iterator[Paragraph]:
    """What stands at the head and foot of its pages."""
    for entry in inner(find(sheet.root, "x:headerFooter")):
        if text := visible(_CODES.sub(" ", entry.text or "")).strip():
            yield Paragraph((Run(text),), f"sheet {visible(sheet.name)}, page")


def _text_boxes(package: Package, sheet: Sheet) -> Iterator[Paragraph]:
    place = f"sheet {visible(sheet.name)}, text box"
    for kind, part in package.relations(sheet.part).values():
        root = package.tree(part) if kind == "drawing" else None
        for paragraph in root.iter("a:p") if root is not None else ():
            if text := "".join(one.text or "" for one in paragraph.iter("a:t")):
                yield Paragraph((Run(visible(text)),), place)


def _people(package: Package, parts: list[str]) -> dict[str, str]:
    """The names of those who wrote comments that can be answered."""
    return {
        entry.get("id", ""): entry.get("displayName", "")
        for part in parts
        for entry in inner(package.tree(part))
    }


def _comments(package: Package, sheet: Sheet, people: dict[str, str]) -> Iterator[Comment]:
    """The comments on its cells: those that can be answered, else the notes."""
    relations = package.relations(sheet.part).values()
    threads = [part for kind, part in relations if kind == "threadedComment"]
    for part in threads:
        for entry in inner(package.tree(part)):
            text = "".join(entry.itertext())
            yield _comment(people.get(entry.get("personId", ""), ""), text, sheet, entry.get("ref"))
    for part in [part for kind, part in relations if kind == "comments" and not threads]:
        root = package.tree(part)
        authors = [a.text or "" for a in find_all(find(root, "x:authors"), "x:author")]
        for entry in find_all(find(root, "x:commentList"), "x:comment"):
            said = entry.get("authorId", "")
            known = said.isdecimal() and len(said) < 7 and int(said) < len(authors)
            text = "".join(one.text or "" for one in entry.iter("x:t"))
            yield _comment(authors[int(said)] if known else "", text, sheet, entry.get("ref"))


def _comment(author: str, text: str, sheet: Sheet, ref: str | None) -> Comment:
    place = f"sheet {visible(sheet.name)}, {visible(ref or '')}"
    return Comment(visible(author), visible(text).strip(), place)
