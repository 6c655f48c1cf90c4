"""How much room a paper takes: how wide a text is, how wide a table's columns are, how high a block
is on a page that holds one side.

Worked out, never drawn. `writers.docx` draws to the same numbers; `benchmarks/one_side.py` shows
whether LibreOffice agrees.
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

    from .document import Block, Cell, Line

# --- texts --------------------------------------------------------------------------------------

NOTHING = "–"
"""In a cell that has nothing to say: a blank one leaves a listener in doubt."""


def plain(part: str | Mark | PlanDate | Link) -> str:
    """A part of a sentence as its text."""
    if isinstance(part, str):
        return part
    if isinstance(part, Mark):
        return marked(part)
    return part.shown if isinstance(part, PlanDate) else part.text


def marked(mark: Mark) -> str:
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


def _text(line: Line) -> str:
    return one_line("".join(map(plain, line)))


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
"""How wide Arial's characters are, in widths of an em; what is not here is as wide as one."""
BOLD = 1.1


def breadth(text: str, points: float = 10, bold: bool = False) -> float:
    """How wide a text is in Arial, in twentieths of a point, as everything here that is wide."""
    return sum(map(_ems, text)) * points * 20 * (BOLD if bold else 1)


@lru_cache(maxsize=1024)
def _ems(character: str) -> float:
    # An accent is no wider than the letter that bears it.
    return _EMS.get(character) or _EMS.get(normalize("NFD", character)[0], 1.02)


def lines(text: str, room: float, points: float, bold: bool = False) -> int:
    """In how many lines a text breaks: at spaces, and within a word that no line would hold."""
    return _lines(text, int(room), points, bold)


@lru_cache(maxsize=4096)
def _lines(text: str, room: int, points: float, bold: bool) -> int:
    number, left, space = 1, float(room), breadth(" ", points, bold)
    for word in re.split("[ \n]", text):
        wide = breadth(word, points, bold)
        if wide > left and left < room:
            number, left = number + 1, float(room)
        if wide > room:
            more = ceil(wide / room) - 1
            number, left = number + more, room * (more + 1) - wide
        else:
            left -= wide
        left -= space
    return number


# --- how wide each column of a table is ---------------------------------------------------------

MARGINS = 190
"""What a cell keeps free on its left and right together, and a little for an odd font."""


class _Wish(NamedTuple):
    """What a column asks for."""

    whole: float
    """The width at which no line of its cells is broken, and no word of its heading."""
    least: float
    """The width at which no word is."""
    weight: float
    """Its share of what all columns have together."""
    heads: tuple[float, float]
    """The widths at which its heading takes two lines, and one."""


def widths(
    labels: Sequence[str], rows: Sequence[tuple[Cell, ...]], room: int, points: float = 10
) -> list[int]:
    """The columns' widths, which fill the page: an id gets what it needs, long texts share what
    is left, the longer the more. `points` is how large the letters are, were they Arial's."""
    number = len(rows[0]) if rows else len(labels)
    heads = labels or [""] * number
    wishes = [
        _wish(heads[n], [_texts(row[n]) for row in rows], room, points) for n in range(number)
    ]
    sizes = [int(size) for size in _shared(wishes, room)]
    sizes[sizes.index(max(sizes))] += room - sum(sizes)
    return sizes


def _wish(label: str, cells: list[list[str]], room: float, points: float) -> _Wish:
    texts = [text for cell in cells for text in cell]
    each = [breadth(text, points) for text in texts]
    words = [breadth(word, points) for text in texts for word in text.split(" ")]
    head = label.split()
    heads = [breadth(word, points, bold=True) for word in head]
    whole = max([*heads, *each], default=0) + MARGINS
    least = min(max([*heads, *words], default=0) + MARGINS, room / 3)
    weight = sqrt(max(sum(each) / max(len(cells), 1), least))
    halves = (_in_two(head, points), breadth(label, points, bold=True))
    return _Wish(whole, least, weight, (halves[0] + MARGINS, halves[1] + MARGINS))


def _in_two(words: list[str], points: float) -> float:
    """The width at which a heading breaks into two lines."""
    halves = ((" ".join(words[:end]), " ".join(words[end:])) for end in range(len(words)))
    return min((breadth(max(both, key=len), points, bold=True) for both in halves), default=0)


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
    spare = room - sum(sizes.values())
    for asked in (0, 1):
        needs = sorted((wish.heads[asked] - sizes[n], n) for n, wish in enumerate(wishes))
        for more, n in needs:
            if 0 < more <= spare:
                sizes[n], spare = sizes[n] + more, spare - more
    whole = sum(wish.whole for wish in wishes)
    return [sizes[n] + spare * wish.whole / whole for n, wish in enumerate(wishes)]


def _texts(cell: Cell) -> list[str]:
    """A cell's lines as texts, a date as one word: a month does not stand apart from its year."""
    texts = [
        _kept(line[0]) if len(line) == 1 else "".join(map(plain, line)) for line in cell_lines(cell)
    ]
    # Who is to write needs as much room as a text of so many lines.
    return [*texts, " ".join("n" * 25 * cell.lines)] if isinstance(cell, Room) else texts


def _kept(part: str | Mark | PlanDate | Link) -> str:
    text = plain(part)
    short = isinstance(part, PlanDate) and len(text) <= len("30 September 2021")
    return text.replace(" ", "\u00a0") if short else text


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
SIDES, ENDS = 850, 680
"""Its margins: at its sides 1.5 cm; above and below what councils' printers leave, 1.2 cm."""
LAST, BELOW = 5.5, 5
"""What a list keeps free below its last paragraph, and what follows a table above, in points."""
INDENT = 397
"""How far a list's text stands from its numbers."""
CELL_SIDES, CELL_ENDS = 170, 4.5
"""What a cell keeps free: left and right together; above and below, with its rule, in points."""
LINE = 1.15
"""How high a line of Arial is, in sizes of its letters."""
SLACK = 24
"""Points of a side that stay free: Word and LibreOffice do not break every line alike."""
WIDE = A4[0] - 2 * SIDES
HIGH = (A4[1] - 2 * ENDS) / 20 - SLACK
"""How wide and how high a side is: in twentieths of a point, and in points."""


class _High(NamedTuple):
    """How high a block is, and what it keeps free above and below itself."""

    above: float
    own: float
    below: float


def height(blocks: Iterable[Block]) -> float:
    """How high blocks are below one another on a paper of one side, in points, without what the
    last keeps free below: of two spaces that meet, the larger counts."""
    made, free = 0.0, 0.0
    for block in blocks:
        above, own, below = _high(block)
        made += max(above, free) + own
        free = below
    return made


def _high(block: Block) -> _High:
    match block:
        case Title():
            below = ONE_SIDE["Subtitle"]
            own = _set("Title", block.text) + ONE_SIDE["Title"].after + _set("Subtitle", "X")
            return _High(0, own, below.after)
        case Heading():
            style = ONE_SIDE["Heading 1"]
            return _High(style.before, _set("Heading 1", block.text), style.after)
        case Paragraph():
            name = "Table Note" if block.small else "Normal"
            return _High(BELOW, _set(name, _text(block.line)), ONE_SIDE[name].after)
        case Facts():
            room = WIDE - facts_hang(block, one_side=True)
            own = _list("Paper Facts", (_text(line) for _, line in block.pairs), room)
            return _High(BELOW, own, LAST)
        case Numbered():
            own = _list("List Number", map(_text, block.lines), WIDE - INDENT)
            return _High(0, own, LAST)
        case Tally():
            words = "  ".join(_joined(mark) for mark in block.marks)
            return _High(ONE_SIDE["Paper Key"].before, _set("Paper Key", words), 0)
        case Table():
            return _High(0, _table(block), 0)
    raise TypeError(f"{type(block).__name__} stands on no paper of one side")


def _list(name: str, texts: Iterable[str], room: float) -> float:
    """Paragraphs of one style, with what stands between them."""
    each = [_set(name, text, room) for text in texts]
    return sum(each) + ONE_SIDE[name].after * (len(each) - 1)


def facts_hang(facts: Facts, one_side: bool) -> int:
    """How far the values of facts stand from the left: beyond the longest name."""
    points = ONE_SIDE["Paper Facts"].points if one_side else 12
    most = max((breadth(f"{name}:", points, bold=True) for name, _ in facts.pairs), default=0)
    return int(most) + 340


def _joined(mark: str | Mark) -> str:
    return plain(mark).replace(" ", "\u00a0")


def _set(name: str, text: str, room: float = WIDE) -> float:
    """How high a text is in a style, without what is free above and below it."""
    style = ONE_SIDE[name]
    number = lines(text, room, style.points, style.bold)
    return number * style.points * style.line * LINE


def _table(table: Table) -> float:
    labels = [column.label for column in table.columns]
    rows = [row for row in table.rows if not isinstance(row, Heading)]
    sizes = [
        size - CELL_SIDES for size in widths(labels, rows, WIDE, ONE_SIDE["Table Text"].points)
    ]
    head = max(
        _set("Table Heading", label, size) for label, size in zip(labels, sizes, strict=True)
    )
    return head + CELL_ENDS + sum(_row(row, sizes) for row in rows)


def _row(row: tuple[Cell, ...], sizes: list[int]) -> float:
    return CELL_ENDS + max(
        sum(_set("Table Text", _text(line), size) for line in cell_lines(cell))
        for cell, size in zip(row, sizes, strict=True)
    )
