"""Draws a document as plain lines of a given width.

A standing's symbol travels through the layout as one private-use character, which no plan text
can hold once `words.safe` has seen it; at the end it becomes the symbol, or `terminal` colours it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..dates import PlanDate
from ..document import (
    Bars,
    Facts,
    Heading,
    Items,
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
from ..words import KINDS, SYMBOLS, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..document import Block, Column, Document, Line

WIDE = 100
"""From this many columns on there is room for whole dates and more columns."""
SIGNS = {kind: chr(0xE000 + n) for n, kind in enumerate(KINDS)}
STRONG = chr(0xE0FF)
"""Stands before a line that is to be set strongly."""
_PLAIN = {sign: SYMBOLS[kind] for kind, sign in SIGNS.items()} | {STRONG: ""}


def draw(document: Document, width: int = 80) -> str:
    """The document as text, with a line end after the last line."""
    return plain("\n".join(lines(document, width))) + "\n"


def plain(text: str) -> str:
    """The text with signs become symbols. Ten times as quick as one `translate` of long texts."""
    for sign, symbol in _PLAIN.items():
        text = text.replace(sign, symbol)
    return text


def lines(document: Document, width: int) -> Iterator[str]:
    """The document's lines, symbols still as their signs, strong lines marked."""
    width = max(width, 20)
    for number, block in enumerate(document):
        if number and not _joined(document[number - 1], block):
            yield ""
        yield from _block(block, width)


def _joined(before: Block, block: Block) -> bool:
    if isinstance(before, Paragraph) and isinstance(block, Paragraph):
        return not block.apart
    if isinstance(before, Title):
        return isinstance(block, Paragraph) and not block.apart
    return isinstance(before, Heading) and not isinstance(block, Heading)


def _block(block: Block, width: int) -> Iterable[str]:
    match block:
        case Title():
            return _title(block, width)
        case Heading():
            return (STRONG + part for part in wrapped(one_line(block.text), width))
        case Paragraph():
            text = worded(block.line)
            return wrapped(text, width, " " * (len(text) - len(text.lstrip(" "))))
        case Tally():
            return _tally(block, width)
        case Table():
            return _table(block, width)
        case Numbered():
            return _numbered(block, width)
        case Items():
            return _items(block, width)
        case Facts():
            return _facts(block, width)
        case Bars():
            from .bars import bars

            return bars(block, width)


def worded(line: Line | str | Mark | PlanDate | Link | Room, short: bool = False) -> str:
    """Parts of a sentence as one safe text, symbols as their signs."""
    if isinstance(line, str):
        return one_line(line)
    if isinstance(line, PlanDate):
        return line.short if short else line.shown
    if isinstance(line, Mark):
        sign = SIGNS[line.kind]
        return f"{sign} {one_line(line.words)}" if line.words else sign
    if isinstance(line, Link):
        return one_line(line.text)
    if isinstance(line, Room):
        return f"{one_line(line.label)}: …"
    return _sentence(line, short)


def _sentence(line: Line, short: bool = False) -> str:
    # Most parts are words, and most words are plain.
    return "".join(
        [part if type(part) is str and part.isprintable() else worded(part, short) for part in line]
    )


def cells(text: str) -> int:
    """How many columns a text takes on a terminal."""
    if text.isascii() or not _UNUSUAL.search(text):
        return len(text)
    from unicodedata import combining, east_asian_width

    wide = sum(east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(bool(combining(c)) or c in "\u200c\u200d\ufe0f" for c in text)


# Each of these takes one column: Latin, Greek, Cyrillic, punctuation, lines, and our own signs. To
# name the others instead, half of all there are, takes 3 ms to compile.
_UNUSUAL = re.compile(
    "[^\0-\u02ff\u0370-\u0482\u2000-\u200a\u2010-\u20cf\u2500-\u25fc\ue000-\ue0ff]"
)


def wrapped(text: str, width: int, hang: str = "", start: str = "") -> list[str]:
    """The text in lines of at most this width, broken at spaces; `start` stands before the first
    line, `hang` before the others. A word longer than a line stands alone and is not cut."""
    room = width - cells(start)
    if len(text) * 2 <= room or cells(text) <= room:
        return [start + text]
    if _UNUSUAL.search(text):
        return _wrapped_by_cells(text, width, hang, start)
    made, at = [], 0
    while len(text) - at > room:
        cut = text.rfind(" ", at, at + room + 1)
        if cut <= at:
            cut = text.find(" ", at + 1)
            if cut < 0:
                break
        made.append(start + text[at:cut].rstrip())
        at, start, room = cut + 1, hang, width - len(hang)
    made.append(start + text[at:].lstrip())
    return made


def _wrapped_by_cells(text: str, width: int, hang: str, start: str) -> list[str]:
    made: list[str] = []
    line, room, empty = start, width - cells(start), True
    for word in text.split(" "):
        size = cells(word)
        if not empty and size + 1 > room:
            made.append(line)
            line, room, empty = hang, width - cells(hang), True
        if not empty:
            line, room = f"{line} ", room - 1
        line, room, empty = line + word, room - size, False
    made.append(line)
    return made


def clipped(text: str, width: int) -> str:
    """The text, cut with an ellipsis where it is longer than this."""
    if cells(text) <= width:
        return text
    while text and cells(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _title(title: Title, width: int) -> list[str]:
    text, aside = one_line(title.text), one_line(title.aside)
    gap = width - cells(text) - cells(aside)
    if not aside or gap < 2:
        id, parted, _ = text.partition("  ")
        hang = " " * (cells(id) + 2) if parted else ""
        return [STRONG + part for part in wrapped(text, width, hang)] + ([aside] if aside else [])
    return [f"{STRONG}{text}{' ' * gap}{aside}"]


def _tally(tally: Tally, width: int) -> list[str]:
    made, line = [], ""
    for text in map(worded, tally.marks):
        joined = f"{line}   {text}" if line else text
        if line and cells(joined) > width:
            made.append(line)
            joined = text
        line = joined
    return [*made, line]


def _numbered(numbered: Numbered, width: int) -> Iterator[str]:
    for number, line in enumerate(numbered.lines, 1):
        start = f"{number}. "
        yield from wrapped(worded(line), width, " " * len(start), start)


def _items(items: Items, width: int) -> list[str]:
    ids = max((cells(one_line(item.id)) for item in items.items), default=0)
    marked = any(item.mark for item in items.items)
    gap = " " if marked else "  "
    hang = " " * (ids + len(gap) + 2 * marked)
    room = width - len(hang)
    made: list[str] = []
    for item in items.items:
        if items.apart and made:
            made.append("")
        mark = f"{worded(item.mark) if item.mark else ' '} " if marked else ""
        start = f"{mark}{_padded(one_line(item.id), ids)}{gap}"
        made += wrapped(one_line(item.text), width, hang, start)
        for note in map(_sentence, item.notes):
            # Most notes are short.
            if len(note) <= room and note.isascii():
                made.append(hang + note)
            else:
                made += wrapped(note, width, hang, hang)
    return made


def _facts(facts: Facts, width: int) -> Iterator[str]:
    names = max((len(name) for name, _ in facts.pairs), default=0)
    hang = " " * (names + 2) if width >= 60 else "  "
    for name, line in facts.pairs:
        start = _padded(one_line(name), names) + "  "
        if width < 60:
            yield one_line(name)
            start = hang
        yield from wrapped(worded(line), width, hang, start)


# --- tables -------------------------------------------------------------------------------------


def _table(table: Table, width: int) -> Iterator[str]:
    wide = width >= WIDE
    kept = [n for n, column in enumerate(table.columns) if wide or not column.wide]
    folded = [n for n, c in enumerate(table.columns) if c.folds and n not in kept]
    columns = [table.columns[n] for n in kept]
    rows = [
        row if isinstance(row, Heading) else [_cell(row, n, folded, wide) for n in kept]
        for row in table.rows
    ]
    cells_only = [row for row in rows if isinstance(row, list)]
    headings = [column.label if table.header else "" for column in columns]
    sizes = [
        max([cells(headings[n]), *(_size(row[n]) for row in cells_only)])
        for n in range(len(columns))
    ]
    flexible = _flexible(cells_only, sizes)
    room = width - sum(sizes) + sizes[flexible] - 2 * (len(columns) - 1)
    narrow = room < min(sizes[flexible], 18)
    sizes[flexible] = min(room, sizes[flexible])
    if table.header and not narrow:
        yield _row(headings, sizes, columns)
    for number, row in enumerate(rows):
        if isinstance(row, Heading):
            yield from ([""] if number else [])
            yield from (STRONG + part for part in wrapped(one_line(row.text), width))
        elif narrow:
            yield from _stacked(columns, row, table.header, width)
        else:
            yield from _row_lines(row, sizes, columns)


_Drawn = str | list[str]
"""A cell as one text, or as a main text and notes below it."""


def _cell(row: Sequence[object], n: int, folded: list[int], wide: bool) -> _Drawn:
    cell = row[n]
    if not isinstance(cell, Stack):
        return worded(cell, short=not wide)  # type: ignore[arg-type]
    notes = [worded(note) for note in cell.notes]
    extra = [worded(row[f]) for f in folded]  # type: ignore[arg-type]
    if extra and notes:
        notes[-1] = "; ".join([notes[-1], *extra])
    else:
        notes += extra
    return [worded(cell.main), *notes]


def _size(cell: _Drawn) -> int:
    return max(map(cells, cell)) if isinstance(cell, list) else cells(cell)


def _flexible(rows: list[list[_Drawn]], sizes: list[int]) -> int:
    stacked = [n for n, cell in enumerate(rows[0]) if isinstance(cell, list)] if rows else []
    return stacked[0] if stacked else sizes.index(max(sizes))


def _row_lines(row: list[_Drawn], sizes: list[int], columns: list[Column]) -> Iterator[str]:
    parts = [
        [line for text in (cell if isinstance(cell, list) else [cell]) for line in _fit(text, size)]
        for cell, size in zip(row, sizes, strict=True)
    ]
    for depth in range(max(map(len, parts))):
        yield _row([p[depth] if depth < len(p) else "" for p in parts], sizes, columns)


def _fit(text: str, size: int) -> list[str]:
    return [text] if cells(text) <= size else wrapped(text, size)


def _row(texts: list[str], sizes: list[int], columns: list[Column]) -> str:
    made = [
        _padded(text, size, column.right)
        for text, size, column in zip(texts, sizes, columns, strict=True)
    ]
    return "  ".join(made).rstrip()


def _padded(text: str, size: int, right: bool = False) -> str:
    blanks = " " * (size - cells(text))
    return blanks + text if right else text + blanks


def _stacked(columns: list[Column], row: list[_Drawn], header: bool, width: int) -> Iterator[str]:
    """A row as lines of its own, for a screen too narrow for the table: its name on the first
    line, every other cell on a line below with its column's label."""
    names = [
        c if isinstance(c, str) else c[0]
        for n, c in enumerate(row)
        if isinstance(c, list) or (n == 0 and isinstance(c, str))
    ]
    yield from wrapped(" ".join(names).strip(), width, "   ")
    for column, cell in list(zip(columns, row, strict=True))[1:]:
        label = f"{column.label}: " if header and column.label else ""
        for text in cell[1:] if isinstance(cell, list) else [cell]:
            if text:
                yield from wrapped(f"{label}{text}", width, "    ", "  ")
