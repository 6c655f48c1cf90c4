"""Tables in Word: a header row that is marked and repeated, rows that stay whole, no cell that is
blank or merged, and columns as wide as what they hold asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...document import Heading, Mark, Room, Stack
from ...layout import NOTHING, cell_lines, column_widths, part_text
from ...words import BRAG, count, listed
from ..tints import TINTS
from .xml import attribute, control, run, shading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Cell, Column, Line, Table
    from ...words import Kind
    from .paragraphs import Paragraphs

GIVEN = "F3F4F5"
"""Behind the cells of a form that are not to be filled in."""
WRITTEN, AROUND = 400, 300
"""How high a line is that is written by hand, and what a cell to write in has around its lines."""


def table(body: Paragraphs, given: Table) -> Iterator[str]:
    """The table; where its rows fall into groups, a heading and a table for each."""
    groups = list(_groups(given))
    labels = _labels(given)
    every = [row for _, rows in groups for row in rows]
    sizes = column_widths(labels, every, body.sheet.width, body.sheet.points)
    level, above = body.level, body.heading
    for heading, rows in groups:
        if heading:
            yield body.start_heading(heading, level + 1)
        if rows:
            caption = ": ".join(filter(None, (given.caption or above, heading)))
            yield _Drawing(body, given.columns, labels, sizes).xml(rows, caption)
    body.level, body.heading = level, above


def _groups(given: Table) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    heading, rows = "", list[tuple["Cell", ...]]()
    for row in given.rows:
        if not isinstance(row, Heading):
            rows.append(row)
            continue
        if heading or rows:
            yield heading, rows
        heading, rows = row.text, []
    yield heading, rows


def _labels(given: Table) -> list[str]:
    """The words of the header row. Where no column has any there is no such row."""
    if not any(column.label.strip() for column in given.columns):
        return []
    return [label or NOTHING for label in given.labels]


class _Drawing:
    """A table of some rows, its columns and their widths being known."""

    def __init__(
        self, body: Paragraphs, columns: Sequence[Column], labels: list[str], sizes: list[int]
    ) -> None:
        self.body = body
        self.columns = columns
        self.labels = labels
        self.sizes = sizes

    def xml(self, rows: list[tuple[Cell, ...]], caption: str) -> str:
        """The whole table; its caption is for whoever does not see it."""
        head = int(bool(self.labels))
        description = count(len(rows), "row")
        if self.labels:
            description += f". Columns: {listed(self.labels)}"
        # tblLook in hexadecimal: 0600 is no banding of rows and columns, 0020 a row of headings.
        grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in self.sizes)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.body.sheet.styles["plan table"]}"/>'
            f'<w:tblW w:w="{sum(self.sizes)}" w:type="dxa"/>'
            f'{_BOXED if _is_form(rows) else ""}<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="06{2 * head}0" w:firstRow="{head}" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption {_value(caption)}/><w:tblDescription {_value(description)}/></w:tblPr>"
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"{self._header() if head else ''}{''.join(map(self._row, rows))}</w:tbl>"
        )

    def _header(self) -> str:
        cells = "".join(
            _cell(size, self._paragraph("Table Heading", run(label), column))
            for label, column, size in zip(self.labels, self.columns, self.sizes, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"

    def _row(self, row: tuple[Cell, ...]) -> str:
        by_hand = [cell for cell in row if isinstance(cell, Room) and not cell.name]
        lines = max((cell.lines for cell in by_hand), default=0)
        high = (
            f'<w:trHeight w:val="{WRITTEN * lines + AROUND}" w:hRule="atLeast"/>' if lines else ""
        )
        shade = shading(GIVEN) if _is_form([row]) else ""
        cells = "".join(
            self._draw_cell(cell, column, size, shade)
            for cell, column, size in zip(row, self.columns, self.sizes, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{cells}</w:tr>"

    def _draw_cell(self, cell: Cell, column: Column, size: int, shade: str) -> str:
        if isinstance(cell, Room) and cell.name:
            hint = self.body.sheet.styles["placeholder text"]
            empty = control(cell.label, cell.name, cell.prompt, cell.options, hint)
            return _cell(size, self._paragraph("Table Text", empty, column))
        kind = _standing(cell)
        main, *notes = cell_lines(cell)
        note = "Table Text" if kind else "Table Note"
        first = note if isinstance(cell, Room) else "Table Text"
        runs = _in_colour(kind, main) if kind else self.body.parts(main)
        paragraphs = [self._paragraph(first, runs, column)]
        paragraphs += [self._paragraph(note, self.body.parts(line), column) for line in notes]
        return _cell(size, "".join(paragraphs), _shade(kind) if kind else shade)

    def _paragraph(self, style: str, runs: str, column: Column) -> str:
        return self.body.paragraph(style, runs, '<w:jc w:val="right"/>' if column.right else "")


_BOXED = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A9197"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
"""A rule around each cell of a form."""


def _shade(kind: Kind) -> str:
    return shading(TINTS[BRAG[kind]].fill)


def _cell(size: int, paragraphs: str, shade: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _standing(cell: Cell) -> Kind | None:
    """The standing that a cell is coloured by: one that says nothing else."""
    if isinstance(cell, Stack) and len(cell.main) == 1 and isinstance(cell.main[0], Mark):
        return cell.main[0].kind
    return cell.kind if isinstance(cell, Mark) else None


def _in_colour(kind: Kind, line: Line) -> str:
    color = f'<w:color w:val="{TINTS[BRAG[kind]].ink}"/>'
    return "".join(run(part_text(part), color) for part in line)


def _is_form(rows: list[tuple[Cell, ...]]) -> bool:
    """Whether there are cells to fill in that are read again."""
    return any(isinstance(cell, Room) and cell.name for row in rows[:1] for cell in row)


def _value(text: str) -> str:
    return f'w:val="{attribute(text)}"'
