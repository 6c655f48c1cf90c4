"""Draws a form as a workbook: what is asked about is locked, the cells to fill in are not."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ...document import Facts, Heading, Numbered, Paragraph, Room, Table, Title
from ...layout import cell_lines, part_text
from ...words import one_line
from . import HEADER, LETTER, LINE, MOST_QUOTED, PADDING, PAGE, finish, new_workbook, set_height
from .heights import LINE_HEIGHT
from .rows import text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ...document import Block, Cell, Line, Paper

SHEET, CHOICES = "Update", "Choices"
"""The form; and the words to choose from, where they are too long to stand in a cell's own list."""
GIVEN = "#F3F4F5"
"""Behind the cells that are not to be filled in."""
NARROWEST, WIDEST = 8, 26
"""Digits of a column of texts."""
ASKED, EACH_LINE = 12, 8
"""Digits of a column to write in; and more for each line that is expected."""
FOOT = 250
"""How long the foot of a page may be."""


def draw(paper: Paper) -> bytes:
    """The form as a workbook of one sheet; the same form gives the same bytes."""
    buffer = io.BytesIO()
    title = next(block.text for block in paper.document if isinstance(block, Title))
    file = new_workbook(buffer, title, paper.subtitle, paper.day or date(2000, 1, 1))
    for name, value in paper.properties.items():
        file.set_custom_property(name, value, "text")
    _Drawing(file, paper).draw()
    file.close()
    return finish(buffer)


class _Formats(NamedTuple):
    """How cells look."""

    title: Format
    plain: Format
    small: Format
    header: Format
    given: Format
    to_fill: Format
    prompt: Format


def _formats(file: Workbook) -> _Formats:
    plain = {"valign": "top", "text_wrap": True}
    cell = {**plain, "border": 1, "border_color": LINE}
    on, ink = HEADER
    return _Formats(
        file.add_format({"bold": True, "font_size": 16, "valign": "vcenter"}),
        file.add_format(plain),
        file.add_format({"font_size": 9, "font_color": "#484F56"}),
        file.add_format({**cell, "bold": True, "bg_color": on, "font_color": ink}),
        file.add_format({**cell, "bg_color": GIVEN}),
        # As text: what is typed stays as it is typed, a date too.
        file.add_format({**cell, "locked": False, "num_format": "@"}),
        file.add_format({"font_color": "#666666"}),
    )


class _Drawing:
    """A sheet that a form is drawn in, row by row."""

    def __init__(self, file: Workbook, paper: Paper) -> None:
        self.file = file
        self.looks = _formats(file)
        self.paper = paper
        self.table = next(block for block in paper.document if isinstance(block, Table))
        self.widths = list(_widths(self.table))
        self.sheet: Worksheet = file.add_worksheet(SHEET)
        self.row = 0

    def draw(self) -> None:
        """Every block of the form, and what the sheet allows."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width)
        for block in self.paper.document:
            for line, look in self._lines(block):
                self._across(line, look)
            if isinstance(block, Table):
                self._table(block)
        self.sheet.protect("", {"format_columns": True, "format_rows": True})
        self._set_up_page()

    def _lines(self, block: Block) -> Iterator[tuple[str, Format]]:
        """The texts of what is no table, each on a row of its own."""
        looks = self.looks
        match block:
            case Title():
                yield block.text, looks.title
                yield self.paper.subtitle, looks.plain
            case Facts():
                yield from ((f"{name}: {_plain(line)}", looks.plain) for name, line in block.pairs)
            case Numbered():
                for number, line in enumerate(block.lines, 1):
                    yield f"{number}. {_plain(line)}", looks.plain
            case Paragraph():
                yield _plain(block.line), looks.small if block.small else looks.plain

    def _across(self, words: str, look: Format) -> None:
        """A text over all columns."""
        last = len(self.widths) - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", look)
        self.sheet.write_string(self.row, 0, text(one_line(words)), look)
        if look is self.looks.title:
            self.sheet.set_row_pixels(self.row, 2 * LINE_HEIGHT)
        elif look is self.looks.plain:
            set_height(self.sheet, self.row, [(words, sum(self.widths))])
        self.row += 1

    def _table(self, table: Table) -> None:
        self._write_row(table.labels, self.looks.header)
        self.sheet.repeat_rows(self.row - 1)
        first = self.row
        rows = [row for row in table.rows if not isinstance(row, Heading)]
        for row in rows:
            self._write_row(row, self.looks.given)
        for column, cell in enumerate(rows[0]):
            if isinstance(cell, Room) and cell.options:
                choices = first, column, self.row - 1, column
                self.sheet.data_validation(*choices, self._choice(cell.options))
                quoted = '"' + _prompt(cell).replace('"', '""') + '"'
                empty = {"type": "cell", "criteria": "==", "value": quoted}
                self.sheet.conditional_format(*choices, {**empty, "format": self.looks.prompt})

    def _write_row(self, cells: Sequence[Cell], look: Format) -> None:
        texts = [_cell_text(cell) for cell in cells]
        for column, (cell, words) in enumerate(zip(cells, texts, strict=True)):
            if isinstance(cell, Room):
                self._write_to_fill(column, cell)
            else:
                self.sheet.write_string(self.row, column, words, look)
        set_height(self.sheet, self.row, zip(texts, self.widths, strict=True))
        self.row += 1

    def _write_to_fill(self, column: int, cell: Room) -> None:
        if prompt := _prompt(cell):
            self.sheet.write_string(self.row, column, prompt, self.looks.to_fill)
        else:
            self.sheet.write_blank(self.row, column, None, self.looks.to_fill)

    def _choice(self, options: tuple[str, ...]) -> dict[str, object]:
        """The words to pick from; another is asked about, and may stay."""
        words = [text(one_line(word)) for word in options]
        short = len(",".join(words)) < MOST_QUOTED and not any("," in word for word in words)
        return {
            "validate": "list",
            "source": words if short else self._list_apart(words),
            "error_type": "warning",
            "error_title": "Not one of the list",
            "error_message": "Pick one of the list, if one of them fits.",
        }

    def _list_apart(self, words: list[str]) -> str:
        """Where the words stand in a sheet that nobody need see."""
        sheet = self.file.add_worksheet(CHOICES)
        for row, word in enumerate(words):
            sheet.write_string(row, 0, word)
        sheet.hide()
        return f"={CHOICES}!$A$1:$A${len(words)}"

    def _set_up_page(self) -> None:
        """On A4, on its side, and no wider than a page."""
        sheet = self.sheet
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.25, 0.25, 0.5, 0.7)
        wide = sum(LETTER * width + PADDING for width in self.widths)
        sheet.set_print_scale(min(100, int(100 * PAGE / wide)))
        sheet.print_area(0, 0, self.row - 1, len(self.widths) - 1)
        foot = one_line(self.paper.foot).replace("&", "&&")[:FOOT]
        sheet.set_footer(f"&L{foot}&RPage &P of &N")


def _widths(table: Table) -> Iterator[int]:
    """How many digits wide each column is."""
    rows = [row for row in table.rows if not isinstance(row, Heading)]
    for column, cell in enumerate(rows[0]):
        if isinstance(cell, Room) and cell.options:
            yield max(map(len, cell.options)) + 3
        elif isinstance(cell, Room):
            yield ASKED + EACH_LINE * cell.lines
        else:
            longest = max(len(line) for row in rows for line in _cell_text(row[column]).split("\n"))
            yield min(max(longest + 2, NARROWEST), WIDEST)


def _cell_text(cell: Cell) -> str:
    """A cell's lines; nothing of one that is to be filled in."""
    if isinstance(cell, Room):
        return ""
    return text("\n".join(one_line(_plain(line)) for line in cell_lines(cell)))


def _prompt(cell: Room) -> str:
    """What a cell to fill in shows while it is empty."""
    return text(one_line(cell.prompt.strip()))


def _plain(line: Line) -> str:
    return "".join(map(part_text, line))
