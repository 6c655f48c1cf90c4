"""Draws the plan as an Excel workbook in which nothing is ever a formula. The only module that
loads XlsxWriter, which draws all but the rows of the tables."""

from __future__ import annotations

import io
import re
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xlsxwriter

from ...dates import day_shown
from ...document import Facts, Heading, Mark, Table, Title
from ...reports.phrases import plain
from ...words import BRAG, KINDS, STATUSES, cut, one_line
from ..tints import TINTS
from .heights import LINE_HEIGHT, height
from .rows import rows, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from ...reports._sheet import Sheet
    from ...reports.sheets import Workbook
    from ...words import Kind

HEADER = ("#1F3A57", "#FFFFFF")
LINE = "#C8CDD2"
DAY = "[$-809]d mmm yyyy"
"""A day as Britain writes it, whatever the computer's own language."""
MOST_QUOTED = 255
"""Letters of a text within a rule, as Excel allows."""
ABOUT = (22, 78)
"""How wide the columns of that sheet are."""
PAGE, LETTER, PADDING = 1_060, 7.5, 5
"""How many pixels wide an A4 page on its side is, without its margins; and, of a column, a letter
of its width and what stands beside them."""
ON_HEADER = 3
"""Digits of a column's width that a heading lacks: its button takes them, and its bold letters."""
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # Without a scheme: Excel would show the theme's own font in its place.
    "default_format_properties": {"font_name": "Arial", "font_size": 10, "font_scheme": "none"},
}


def draw(book: Workbook) -> bytes:
    """The workbook as a file's bytes: the same ones for the same plan and day."""
    buffer = io.BytesIO()
    file = new_workbook(buffer, book.title, book.partnership, book.day)
    drawing = _Drawing(file, book)
    tables = book.tables
    sheets = [file.add_worksheet(name) for name in (*(t.name for t in tables), "About")]
    key = drawing.about(sheets[-1])
    for sheet, table in zip(sheets, tables, strict=False):
        drawing.table(sheet, table, key)
    file.close()
    return finish(buffer, tables)


def new_workbook(to: io.BytesIO, title: str, partnership: str, day: date) -> xlsxwriter.Workbook:
    """A workbook without sheets, that says what it is."""
    file = xlsxwriter.Workbook(to, PLAIN)
    file.set_properties(
        {
            "title": one_line(title),
            "subject": f"As at {day_shown(day)}",
            "author": one_line(partnership),
            "comments": "Made from the plan's files by hscp.",
            "created": datetime.combine(day, time()),
        }
    )
    return file


_SAMPLE = re.compile(rb'(<row r="2".*?</row>)')
"""The row that shows how each kind of cell looks: `_Drawn.table` writes it, and it is replaced."""


def finish(buffer: io.BytesIO, tables: tuple[Sheet, ...] = ()) -> bytes:
    """The file with the rows of its tables, and with what XlsxWriter cannot say: its language, and
    that a row may grow again."""
    done = io.BytesIO()
    with ZipFile(buffer) as file, ZipFile(done, "w") as to:
        for about in file.infolist():
            # Of the time that every ZipInfo has: the same plan gives the same bytes.
            entry = ZipInfo(about.filename)
            entry.compress_type = ZIP_DEFLATED
            with to.open(entry, "w") as part:
                for piece in _part(about.filename, file.read(about), tables):
                    part.write(piece)
    return done.getvalue()


def _part(name: str, data: bytes, tables: tuple[Sheet, ...]) -> Iterator[bytes]:
    """A part of the file, piece by piece."""
    if name == "docProps/core.xml":
        data = data.replace(b"</cp:core", b"<dc:language>en-GB</dc:language></cp:core")
    elif name.startswith("xl/worksheets/sheet"):
        data = re.sub(rb'(<row [^>]*) customHeight="1"', rb"\1", data)
    for number, table in enumerate(tables, 1):
        if name == f"xl/tables/table{number}.xml":
            data = _over_all(data, table)
        elif name == f"xl/worksheets/sheet{number}.xml":
            before, sample, after = _SAMPLE.split(data)
            yield _over_all(before, table)
            yield from rows(table, re.findall(r' s="(\d+)"', sample.decode()))
            data = after
    yield data


def _over_all(data: bytes, table: Sheet) -> bytes:
    """What reaches over the header and the sample, made to reach over all rows."""
    return re.sub(rb'ref="(A1:[A-Z]+)2"', rb'ref="\g<1>%d"' % (max(table.number, 1) + 1), data)


class _Formats(NamedTuple):
    """How cells look."""

    header: Format
    text: Format
    id: Format
    written: Format
    date: Format
    number: Format
    figure: Format
    title: Format
    heading: Format
    name: Format
    plain: Format
    fills: dict[Kind, Format]


def _formats(file: xlsxwriter.Workbook) -> _Formats:
    cell = {"valign": "top", "text_wrap": True, "border": 1, "border_color": LINE}
    plain = {"valign": "top", "text_wrap": True}
    on, ink = HEADER
    return _Formats(
        file.add_format({**cell, "bold": True, "bg_color": on, "font_color": ink}),
        file.add_format(cell),
        file.add_format({**cell, "bold": True, "text_wrap": False}),
        file.add_format({**cell, "num_format": "@"}),
        file.add_format({**cell, "num_format": DAY, "align": "left"}),
        file.add_format({**cell, "num_format": "0;-0;;@", "align": "center"}),
        file.add_format({**cell, "num_format": "General", "align": "right", "indent": 1}),
        file.add_format({"bold": True, "font_size": 16, "valign": "vcenter"}),
        file.add_format({"bold": True, "font_size": 12, "valign": "vcenter"}),
        file.add_format({**plain, "bold": True}),
        file.add_format(plain),
        {kind: file.add_format(_fill(kind)) for kind in KINDS},
    )


def _fill(kind: Kind) -> dict[str, str]:
    on, ink = (f"#{colour}" for colour in TINTS[BRAG[kind]])
    return {"bg_color": on, "font_color": ink}


class _Drawing:
    """A file that sheets are drawn in."""

    def __init__(self, file: xlsxwriter.Workbook, book: Workbook) -> None:
        self.looks = _formats(file)
        self.book = book
        self.words = {kind: text(word) for kind, word in book.words.items()}

    def table(self, sheet: Worksheet, given: Sheet, key: str) -> None:
        """A sheet that is one table."""
        last = max(given.number, 1)
        columns = [{"header": f.label, "header_format": self.looks.header} for f in given.fields]
        options = {"name": given.name, "title": given.name, "style": None, "columns": columns}
        # Of the header and the sample alone: it keeps an account of every cell of a table.
        sheet.add_table(0, 0, 1, len(given.fields) - 1, options)
        for column, field in enumerate(given.fields):
            sheet.set_column(column, column, field.width)
            if field.holds in ("status", "standing"):
                self._fill_by_word(sheet, column, last)
            if field.holds == "status":
                sheet.data_validation(1, column, last, column, self._status_choice(key))
        looks = self.looks
        for column, look in enumerate(
            (looks.id, looks.text, looks.written, looks.date, looks.number, looks.figure)
        ):
            sheet.write_blank(1, column, None, look)
        set_height(sheet, 0, [(f.label, f.width - ON_HEADER) for f in given.fields])
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.freeze_panes(1, 1)
        self._set_up_page(sheet, given)

    def _fill_by_word(self, sheet: Worksheet, column: int, last: int, first: int = 1) -> None:
        """Fill each cell by its word, and again when somebody picks another."""
        for kind, word in self.words.items():
            quoted = '"' + word.replace('"', '""') + '"'
            if len(quoted) < MOST_QUOTED:
                rule = {"type": "cell", "criteria": "==", "value": quoted}
                look = {"format": self.looks.fills[kind]}
                sheet.conditional_format(first, column, last, column, {**rule, **look})

    def _status_choice(self, key: str) -> dict[str, object]:
        """The six statuses to pick from: as a list, else where the key has them."""
        words = [self.words[status] for status in STATUSES]
        plain = len(",".join(words)) < MOST_QUOTED and not any("," in word for word in words)
        return {
            "validate": "list",
            "source": words if plain else key,
            "error_title": "Not a status",
            "error_message": "Pick one of the six statuses from the list.",
        }

    def _set_up_page(self, sheet: Worksheet, given: Sheet) -> None:
        """On A4, on its side: the first columns fill a page, the others follow beside the ids."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.25, 0.25, 0.7, 0.7)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, 0)
        wide = sum(LETTER * field.width + PADDING for field in given.fields[: given.first_page])
        sheet.set_print_scale(min(100, int(100 * PAGE / wide)))
        if given.first_page < len(given.fields):
            sheet.set_v_pagebreaks([given.first_page])
        title = cut(one_line(self.book.title), 90).replace("&", "&&")
        sheet.set_header(f"&L{title}&RAs at {day_shown(self.book.day)}")
        sheet.set_footer(f"&LMade from the plan's files by hscp: {given.name}&RPage &P of &N")

    def about(self, sheet: Worksheet) -> str:
        """The sheet that says what the others hold; where its key has the six statuses."""
        sheet.hide_gridlines(2)
        for column, width in enumerate(ABOUT):
            sheet.set_column(column, column, width)
        sheet.set_portrait()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        row = key = 0
        for block in self.book.about:
            if isinstance(block, Title | Heading):
                row += isinstance(block, Heading)
                look = self.looks.title if isinstance(block, Title) else self.looks.heading
                sheet.write_string(row, 0, text(block.text), look)
                sheet.set_row_pixels(row, 2 * LINE_HEIGHT)
                row += 1
            elif isinstance(block, Facts):
                for name, line in block.pairs:
                    sheet.write_string(row, 0, text(name), self.looks.name)
                    sheet.write_string(row, 1, text(plain(line)), self.looks.plain)
                    set_height(sheet, row, [(plain(line), ABOUT[1])])
                    row += 1
            elif isinstance(block, Table):
                key = row + 2
                row = self._key(sheet, block, row)
        return f"=About!$A${key}:$A${key + len(STATUSES) - 1}"

    def _key(self, sheet: Worksheet, table: Table, row: int) -> int:
        for column, heading in enumerate(table.columns):
            sheet.write_string(row, column, heading.label, self.looks.header)
        for number, cells in enumerate(table.rows, row + 1):
            for column, cell in enumerate(cells):
                if isinstance(cell, Mark):
                    sheet.write_string(number, column, self.words[cell.kind], self.looks.text)
                elif isinstance(cell, str):
                    sheet.write_string(number, column, text(cell), self.looks.text)
        last = row + len(table.rows)
        self._fill_by_word(sheet, 0, last, row + 1)
        return last + 1


def set_height(sheet: Worksheet, row: int, cells: Iterable[tuple[str, int]]) -> None:
    """Make a row high enough for texts in columns so many digits wide."""
    high = height(cells)
    if high:
        sheet.set_row_pixels(row, high)
