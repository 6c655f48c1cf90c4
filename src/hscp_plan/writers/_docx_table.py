"""Tables in Word: a header row that is marked and repeated, rows that stay whole, no cell that is
blank or merged, and columns as wide as what they hold asks for."""

from __future__ import annotations

from html import escape
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

from ..dates import PlanDate
from ..document import Heading, Mark, Room, Stack
from ..words import BRAG, count, listed, one_line, sentence
from ._docx_xml import plain, run, shaded
from .tints import TINTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..document import Cell, Column, Line, Link, Table
    from ..words import Kind
    from ._docx_body import Body

NOTHING = "–"
"""In a cell that has nothing to say: a blank one leaves a listener in doubt."""
MARGINS = 190
"""What a cell keeps free on its left and right together, and a little for an odd font."""
WRITTEN = 400
"""How high a line is that is written by hand."""


def table(body: Body, given: Table) -> Iterator[str]:
    """The table; where its rows fall into groups, a heading and a table for each."""
    groups = list(_groups(given))
    labels = _labels(given.columns)
    every = [row for _, rows in groups for row in rows]
    sizes = widths(labels, every, body.sheet.width, body.sheet.spread)
    level, above = body.level, body.heading
    for heading, rows in groups:
        if heading:
            yield body.headed(heading, level + 1)
        if rows:
            named = ": ".join(filter(None, (given.caption or above, heading)))
            yield _Drawn(body, given.columns, labels, sizes).xml(rows, named)
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


def _labels(columns: Sequence[Column]) -> list[str]:
    """The words of the header row. Where no column has any there is no such row."""
    if not any(column.label.strip() for column in columns):
        return []
    return [c.label.strip() or ("Id" if n == 0 else NOTHING) for n, c in enumerate(columns)]


class _Drawn:
    """A table of some rows, its columns and their widths being known."""

    def __init__(
        self, body: Body, columns: Sequence[Column], labels: list[str], sizes: list[int]
    ) -> None:
        self.body = body
        self.columns = columns
        self.labels = labels
        self.sizes = sizes

    def xml(self, rows: list[tuple[Cell, ...]], caption: str) -> str:
        """The whole table; its caption is for whoever does not see it."""
        head = int(bool(self.labels))
        told = count(len(rows), "row") + (f". Columns: {listed(self.labels)}" if head else "")
        grid = "".join(f'<w:gridCol w:w="{size}"/>' for size in self.sizes)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{self.body.sheet.styles["plan table"]}"/>'
            f'<w:tblW w:w="{sum(self.sizes)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="06{2 * head}0" w:firstRow="{head}" w:lastRow="0"'
            ' w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
            f"<w:tblCaption {_value(caption)}/><w:tblDescription {_value(told)}/></w:tblPr>"
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
        lines = max((cell.lines for cell in row if isinstance(cell, Room)), default=0)
        high = f'<w:trHeight w:val="{WRITTEN * lines + 300}" w:hRule="atLeast"/>' if lines else ""
        cells = "".join(
            self._filled(cell, column, size)
            for cell, column, size in zip(row, self.columns, self.sizes, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{high}</w:trPr>{cells}</w:tr>"

    def _filled(self, cell: Cell, column: Column, size: int) -> str:
        kind = _standing(cell)
        main, *notes = _lines(cell)
        note = "Table Text" if kind else "Table Note"
        first = note if isinstance(cell, Room) else "Table Text"
        runs = _in_colour(kind, main) if kind else self.body.parts(main)
        made = [self._paragraph(first, runs, column)]
        made += [self._paragraph(note, self.body.parts(line), column) for line in notes]
        return _cell(size, "".join(made), kind)

    def _paragraph(self, style: str, runs: str, column: Column) -> str:
        return self.body.paragraph(style, runs, '<w:jc w:val="right"/>' if column.right else "")


def _cell(size: int, paragraphs: str, kind: Kind | None = None) -> str:
    shade = shaded(TINTS[BRAG[kind]].fill) if kind else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/>{shade}</w:tcPr>{paragraphs}</w:tc>'


def _standing(cell: Cell) -> Kind | None:
    """The standing that a cell is coloured by: one that says nothing else."""
    if isinstance(cell, Stack) and len(cell.main) == 1 and isinstance(cell.main[0], Mark):
        return cell.main[0].kind
    return cell.kind if isinstance(cell, Mark) else None


def _in_colour(kind: Kind, line: Line) -> str:
    color = f'<w:color w:val="{TINTS[BRAG[kind]].ink}"/>'
    return "".join(run(plain(part), color) for part in line)


def _lines(cell: Cell) -> list[Line]:
    """A cell's lines, the first of which always says something."""
    if isinstance(cell, Stack):
        main = _lines(cell.main[0])[0] if len(cell.main) == 1 else cell.main or (NOTHING,)
        return [main, *filter(None, cell.notes)]
    if isinstance(cell, Mark):
        return [(cell if cell.words else Mark(cell.kind, sentence(cell.kind)),)]
    if isinstance(cell, Room):
        return [(cell.label.strip() or NOTHING,)]
    if isinstance(cell, str):
        return [(cell.strip() or NOTHING,)]
    return [(cell,)]


def _value(text: str) -> str:
    return f'w:val="{escape(one_line(text))}"'


# --- how wide each column is --------------------------------------------------------------------


class _Wish(NamedTuple):
    """What a column asks for."""

    whole: float
    """The width at which no line is broken."""
    least: float
    """The width at which no word is."""
    weight: float
    """Its share of what all columns have together."""


def widths(
    labels: Sequence[str], rows: Sequence[tuple[Cell, ...]], room: int, spread: float = 1
) -> list[int]:
    """The columns' widths, which fill the page: an id gets what it needs, long texts share what
    is left, the longer the more."""
    number = len(rows[0]) if rows else len(labels)
    heads, arial = labels or [""] * number, room / spread
    wishes = [_wish(heads[n], [_texts(row[n]) for row in rows], arial) for n in range(number)]
    sizes = [int(size * spread) for size in _shared(wishes, arial)]
    sizes[sizes.index(max(sizes))] += room - sum(sizes)
    return sizes


def _wish(label: str, cells: list[list[str]], room: float) -> _Wish:
    texts = [text for cell in cells for text in cell]
    each = [breadth(text) for text in texts]
    words = [breadth(word) for text in texts for word in text.split(" ")]
    head = [breadth(word) * _BOLD for word in label.split()]
    whole = max([breadth(label) * _BOLD, *each], default=0) + MARGINS
    least = min(max([*head, *words], default=0) + MARGINS, room / 3)
    return _Wish(whole, least, sqrt(max(sum(each) / max(len(cells), 1), least)))


def _shared(wishes: list[_Wish], room: float) -> list[float]:
    least = sum(wish.least for wish in wishes)
    if least >= room:
        return [wish.least * room / least for wish in wishes]
    sizes: dict[int, float] = {}
    while len(sizes) < len(wishes):
        open = {n: wish for n, wish in enumerate(wishes) if n not in sizes}
        each = (room - sum(sizes.values())) / sum(wish.weight for wish in open.values())
        share = {n: wish.weight * each for n, wish in open.items()}
        short = {n: wish.least for n, wish in open.items() if wish.least > share[n]}
        ample = {n: wish.whole for n, wish in open.items() if wish.whole <= share[n]}
        sizes |= short or ample or share
    spare, whole = room - sum(sizes.values()), sum(wish.whole for wish in wishes)
    return [sizes[n] + spare * wish.whole / whole for n, wish in enumerate(wishes)]


def _texts(cell: Cell) -> list[str]:
    """A cell's lines as texts, a date as one word: a month does not stand apart from its year."""
    texts = [
        _kept(line[0]) if len(line) == 1 else "".join(map(plain, line)) for line in _lines(cell)
    ]
    # Who is to write needs as much room as a text of so many lines.
    return [*texts, " ".join("n" * 25 * cell.lines)] if isinstance(cell, Room) else texts


def _kept(part: str | Mark | PlanDate | Link) -> str:
    text = plain(part)
    short = isinstance(part, PlanDate) and len(text) <= len("30 September 2021")
    return text.replace(" ", "\u00a0") if short else text


_BOLD = 1.1
_NARROW, _WIDE = frozenset("fijlrtI \u00a0.,:;'!|()[]/-"), frozenset("mwMW@%—")


def breadth(text: str, points: int = 10) -> float:
    """About how wide a text is in Arial."""
    return sum(map(_ems, text)) * points * 20


def _ems(character: str) -> float:
    if character in _NARROW:
        return 0.3
    if character in _WIDE or character > "\u2500":
        return 0.9
    return 0.7 if character.isupper() else 0.56
