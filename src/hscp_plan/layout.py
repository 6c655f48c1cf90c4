"""How much room a paper takes: how wide a text is, how wide a table's columns are, and how high a
block is on a paper of one side.

It draws nothing. `writers.docx` draws to the same numbers; `benchmarks/one_side.py` shows whether
LibreOffice agrees.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from .dates import PlanDate
from .document import (
    Facts,
    Heading,
    Link,
    Mark,
    Numbered,
    Paragraph,
    Room,
    Stack,
    Table,
    Tally,
    Title,
)
from .words import SYMBOLS, one_line, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .document import Block, Cell, Line, Part

# --- texts --------------------------------------------------------------------------------------

NOTHING = "–"
"""What stands in a cell that has nothing to say: a screen reader would pass over a blank one."""


def part_text(part: Part) -> str:
    """A part of a sentence as its text."""
    if isinstance(part, str):
        return part
    if isinstance(part, Mark):
        return mark_text(part)
    return part.text if isinstance(part, Link) else part.shown


def mark_text(mark: Mark) -> str:
    """A standing as its symbol and its words."""
    return f"{SYMBOLS[mark.kind]}\u00a0{mark.words}".rstrip()


def cell_lines(cell: Cell) -> list[Line]:
    """A cell's lines, the first of which always says something."""
    if isinstance(cell, Stack):
        main = cell_lines(cell.main[0])[0] if len(cell.main) == 1 else cell.main or (NOTHING,)
        return [main, *filter(None, cell.notes)]
    if isinstance(cell, Mark):
        return [(cell if cell.words else Mark(cell.kind, sentence(cell.kind)),)]
    if isinstance(cell, Room):
        return [(cell.label.strip() or NOTHING,)]
    if isinstance(cell, str):
        return [(cell.strip() or NOTHING,)]
    return [(cell,)]


def _line_text(line: Line) -> str:
    return one_line("".join(map(part_text, line)))


# --- how wide a text is -------------------------------------------------------------------------

_EMS = {
    character: width / 1000
    for width, characters in {
        191: "'", 222: "ijl‘’", 260: "|", 278: " \u00a0!,./:;I[\\]ft·", 333: "()-`r“”", 334: "{}",
        355: '"', 389: "*", 469: "^", 500: "Jcksvxyz", 556: "#$0123456789?L_abdeghnopqu£§–€",
        584: "+<=>~×", 604: "●○", 611: "FTZ", 667: "&ABEKPSVXY", 722: "CDHNRUw", 778: "GOQ",
        833: "Mm", 889: "%", 944: "W",
    }.items()
    for character in characters
}  # fmt: skip
"""How wide Arial's characters are, in ems; a character that is not here is about one em wide."""
BOLD_FACTOR = 1.1


def text_width(text: str, points: float = 10, bold: bool = False) -> float:
    """How wide a text is in Arial, in twentieths of a point, as all widths here are."""
    return sum(map(_width_in_ems, text)) * points * 20 * (BOLD_FACTOR if bold else 1)


@lru_cache(maxsize=1024)
def _width_in_ems(character: str) -> float:
    # An accent is no wider than the letter that bears it.
    return _EMS.get(character) or _EMS.get(normalize("NFD", character)[0], 1.02)


def line_count(text: str, room: float, points: float, bold: bool = False) -> int:
    """The number of lines that a text takes: it breaks at spaces, and within a word that is wider
    than a line."""
    return _line_count(text, int(room), points, bold)


@lru_cache(maxsize=4096)
def _line_count(text: str, room: int, points: float, bold: bool) -> int:
    count, free, space = 1, float(room), text_width(" ", points, bold)
    for word in re.split("[ \n]", text):
        width = text_width(word, points, bold)
        if width > free and free < room:
            count, free = count + 1, float(room)
        if width > room:
            breaks = ceil(width / room) - 1
            count, free = count + breaks, room * (breaks + 1) - width
        else:
            free -= width
        free -= space
    return count


# --- how wide each column of a table is ---------------------------------------------------------

CELL_MARGINS = 190
"""What a cell keeps free on its left and right together, and a little for an odd font."""


class _ColumnWish(NamedTuple):
    """The widths that a column asks for."""

    whole: float
    """That at which no line of its cells is broken, and no word of its heading."""
    least: float
    """That at which no word is broken."""
    weight: float
    """The column's share of what all columns have together."""
    two_line_heading: float
    """That at which its heading takes two lines."""
    one_line_heading: float
    """That at which its heading takes one line."""


def column_widths(
    labels: Sequence[str], rows: Sequence[tuple[Cell, ...]], room: int, points: float = 10
) -> list[int]:
    """The columns' widths, which fill the page: an id gets what it needs, long texts share what
    is left, the longer the more. `points` is how large the letters are, were they Arial's."""
    count = len(rows[0]) if rows else len(labels)
    names = labels or [""] * count
    columns = [[_cell_texts(row[n]) for row in rows] for n in range(count)]
    wishes = [
        _column_wish(name, cells, room, points) for name, cells in zip(names, columns, strict=True)
    ]
    sizes = [int(size) for size in _share_room(wishes, room)]
    # What whole numbers leave over goes to the widest.
    sizes[sizes.index(max(sizes))] += room - sum(sizes)
    return sizes


def _column_wish(label: str, cells: list[list[str]], room: float, points: float) -> _ColumnWish:
    texts = [text for cell in cells for text in cell]
    # Much of a long table stands in it more than once, and is measured once.
    by_text = {text: text_width(text, points) for text in {*texts}}
    of_texts = [by_text[text] for text in texts]
    words = {word for text in by_text for word in text.split(" ")}
    of_words = [text_width(word, points) for word in words]
    label_words = label.split()
    of_label = [text_width(word, points, bold=True) for word in label_words]
    least = min(max([*of_label, *of_words], default=0) + CELL_MARGINS, room / 3)
    return _ColumnWish(
        whole=max([*of_label, *of_texts], default=0) + CELL_MARGINS,
        least=least,
        # By the root, or a column of long texts would leave the others too little.
        weight=sqrt(max(sum(of_texts) / max(len(cells), 1), least)),
        two_line_heading=_two_line_width(label_words, points) + CELL_MARGINS,
        one_line_heading=text_width(label, points, bold=True) + CELL_MARGINS,
    )


def _two_line_width(words: list[str], points: float) -> float:
    """The least width at which a heading takes two lines."""
    splits = ((" ".join(words[:end]), " ".join(words[end:])) for end in range(len(words)))
    return min((text_width(max(split, key=len), points, bold=True) for split in splits), default=0)


def _share_room(wishes: list[_ColumnWish], room: float) -> list[float]:
    """The width of each column: all that it asks for where that is no more than its share, and
    never less than its least."""
    least = sum(wish.least for wish in wishes)
    if least >= room:
        return [wish.least * room / least for wish in wishes]
    sizes: dict[int, float] = {}
    # Each round settles the columns that want more than their share, or else those that want less:
    # what that takes or leaves changes the shares of the rest.
    while len(sizes) < len(wishes):
        unsettled = {n: wish for n, wish in enumerate(wishes) if n not in sizes}
        unit = (room - sum(sizes.values())) / sum(wish.weight for wish in unsettled.values())
        shares = {n: wish.weight * unit for n, wish in unsettled.items()}
        too_narrow = {n: wish.least for n, wish in unsettled.items() if wish.least > shares[n]}
        wide_enough = {n: wish.whole for n, wish in unsettled.items() if wish.whole <= shares[n]}
        sizes |= too_narrow or wide_enough or shares
    widths = [sizes[n] for n in range(len(wishes))]
    spare = room - sum(widths)
    spare = _widen(widths, [wish.two_line_heading for wish in wishes], spare)
    spare = _widen(widths, [wish.one_line_heading for wish in wishes], spare)
    total = sum(wish.whole for wish in wishes)
    return [width + spare * wish.whole / total for width, wish in zip(widths, wishes, strict=True)]


def _widen(widths: list[float], wanted: list[float], spare: float) -> float:
    """Widen columns to what their headings want, the nearest to it first, while there is room to
    spare; the room that is left."""
    for shortfall, n in sorted((wanted[n] - width, n) for n, width in enumerate(widths)):
        if 0 < shortfall <= spare:
            widths[n] += shortfall
            spare -= shortfall
    return spare


def _cell_texts(cell: Cell) -> list[str]:
    """A cell's lines as texts, of which a short date is one word."""
    if isinstance(cell, Room) and cell.options:
        return [cell.prompt, *cell.options]
    texts = [
        _cell_part_text(line[0]) if len(line) == 1 else "".join(map(part_text, line))
        for line in cell_lines(cell)
    ]
    if isinstance(cell, Room):
        # An empty cell to write in counts as a text of so many lines, of words of one letter.
        texts.append(" ".join("n" * 25 * cell.lines))
    return texts


def _cell_part_text(part: Part) -> str:
    text = part_text(part)
    if isinstance(part, PlanDate) and len(text) <= len("30 September 2021"):
        return text.replace(" ", "\u00a0")  # a month does not stand apart from its year
    return text


# --- how high a paper of one side is ------------------------------------------------------------


class Style(NamedTuple):
    """How a kind of paragraph is set, in points."""

    points: float
    before: float = 0
    after: float = 0
    line: float = 1
    """How far apart its lines are, in lines of its size."""
    bold: bool = False


ONE_SIDE = {
    "Title": Style(15, 0, 1, bold=True),
    "Subtitle": Style(10, 0, 4),
    "Heading 1": Style(11.5, 7, 2, bold=True),
    "Normal": Style(10, 0, 3),
    "List Number": Style(10, 0, 1),
    "Paper Facts": Style(10, 0, 1),
    "Paper Key": Style(9, 6, 0),
    "Paper Foot": Style(8),
    "Table Text": Style(9),
    "Table Heading": Style(9, bold=True),
    "Table Note": Style(9),
}
"""The styles of a paper that stays on one side."""
A4 = 11906, 16838
SIDE_MARGIN, END_MARGIN = 850, 680
"""Its margins: at its sides 1.5 cm; above and below what councils' printers leave, 1.2 cm."""
AFTER_LIST, AFTER_TABLE = 5.5, 5
"""In points, what a list keeps free below its last paragraph, and what follows a table above it."""
LIST_INDENT = 397
"""How far a list's text stands from its numbers."""
CELL_SIDES, CELL_ENDS = 170, 4.5
"""What a cell keeps free: left and right together; above and below, with its rule, in points."""
LINE_HEIGHT = 1.15
"""How high a line of Arial is, in sizes of its letters."""
SLACK = 24
"""Points of a side that stay free: Word and LibreOffice do not break every line alike."""
PAGE_WIDTH = A4[0] - 2 * SIDE_MARGIN
PAGE_HEIGHT = (A4[1] - 2 * END_MARGIN) / 20 - SLACK
"""How wide and how high a side is: in twentieths of a point, and in points."""


class _BlockHeight(NamedTuple):
    """How high a block is, and what it keeps free above and below itself, in points."""

    above: float
    content: float
    below: float


def height(blocks: Iterable[Block]) -> float:
    """How high these blocks are below one another on a paper of one side, in points, without what
    the last one keeps free below. Of two spaces that meet, the larger counts."""
    total, free = 0.0, 0.0
    for block in blocks:
        above, content, below = _block_height(block)
        total += max(above, free) + content
        free = below
    return total


def _block_height(block: Block) -> _BlockHeight:
    match block:
        case Title():
            below = ONE_SIDE["Subtitle"]
            content = (
                _text_height("Title", block.text)
                + ONE_SIDE["Title"].after
                + _text_height("Subtitle", "X")
            )
            return _BlockHeight(0, content, below.after)
        case Heading():
            style = ONE_SIDE["Heading 1"]
            return _BlockHeight(style.before, _text_height("Heading 1", block.text), style.after)
        case Paragraph():
            name = "Table Note" if block.small else "Normal"
            return _BlockHeight(
                AFTER_TABLE, _text_height(name, _line_text(block.line)), ONE_SIDE[name].after
            )
        case Facts():
            room = PAGE_WIDTH - facts_indent(block, one_side=True)
            content = _list_height(
                "Paper Facts", (_line_text(line) for _, line in block.pairs), room
            )
            return _BlockHeight(AFTER_TABLE, content, AFTER_LIST)
        case Numbered():
            content = _list_height(
                "List Number", map(_line_text, block.lines), PAGE_WIDTH - LIST_INDENT
            )
            return _BlockHeight(0, content, AFTER_LIST)
        case Tally():
            words = "  ".join(_unbroken(mark) for mark in block.marks)
            return _BlockHeight(ONE_SIDE["Paper Key"].before, _text_height("Paper Key", words), 0)
        case Table():
            return _BlockHeight(0, _table_height(block), 0)
    raise TypeError(f"{type(block).__name__} stands on no paper of one side")


def _list_height(name: str, texts: Iterable[str], room: float) -> float:
    """How high paragraphs of one style are, with the space between them."""
    heights = [_text_height(name, text, room) for text in texts]
    return sum(heights) + ONE_SIDE[name].after * (len(heights) - 1)


def facts_indent(facts: Facts, one_side: bool) -> int:
    """How far the values of facts are indented: beyond the longest name."""
    points = ONE_SIDE["Paper Facts"].points if one_side else 12
    most = max((text_width(f"{name}:", points, bold=True) for name, _ in facts.pairs), default=0)
    return int(most) + 340


def _unbroken(mark: str | Mark) -> str:
    return part_text(mark).replace(" ", "\u00a0")


def _text_height(name: str, text: str, room: float = PAGE_WIDTH) -> float:
    """How high a text is in a style, without what is free above and below it."""
    style = ONE_SIDE[name]
    count = line_count(text, room, style.points, style.bold)
    return count * style.points * style.line * LINE_HEIGHT


def _table_height(table: Table) -> float:
    labels = [column.label for column in table.columns]
    rows = [row for row in table.rows if not isinstance(row, Heading)]
    widths = column_widths(labels, rows, PAGE_WIDTH, ONE_SIDE["Table Text"].points)
    sizes = [width - CELL_SIDES for width in widths]
    header = max(
        _text_height("Table Heading", label, size)
        for label, size in zip(labels, sizes, strict=True)
    )
    return header + CELL_ENDS + sum(_row_height(row, sizes) for row in rows)


def _row_height(row: tuple[Cell, ...], sizes: list[int]) -> float:
    return CELL_ENDS + max(
        sum(_text_height("Table Text", _line_text(line), size) for line in cell_lines(cell))
        for cell, size in zip(row, sizes, strict=True)
    )
