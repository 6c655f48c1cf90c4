"""A PDF's pages to one document: headings, paragraphs and tables in order, what stands at the head
and foot of every page apart."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from ...errors import Mendable
from ..content import Content, Paragraph, Run
from .bare import bare
from .drawn import pages
from .grid import ruled
from .striped import gutters, striped
from .tables import Drawn, drawn, goes_on, join, table
from .text import Line, Words, joined_side_by_side, lines, paragraph, paragraphs
from .unpacked import INSTEAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..content import Table
    from .marks import Box, Page

Block = Drawn | Line
_EDGE = 0.12
"""How much of a page its head and its foot may take, each."""
_PAGE = re.compile(r"(?:page\s*)?\W*\d{1,4}\W*(?:(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_HEADING = 0.8
"""How many points larger than the text a heading is."""
_LONGEST_HEADING = 250


def content(data: bytes) -> Content:
    """What a PDF says. Mendable where no letters are drawn in it, or they stand sideways, or the
    rows of a table cannot be told apart."""
    some, properties = pages(data)
    _refuse(some)
    free = [_free_lines(page, []) for page in some]
    words = Words(line for lines in free for line in lines)
    feet = _feet(some, free)
    blocks: list[Block] = []
    notes: list[str] = []
    before: list[float] = []
    for number, page in enumerate(some, 1):
        its, doubtful = _blocks(page, before, feet)
        notes += [f"Page {number}: {_DOUBTFUL}." for _ in doubtful[:1]]
        above, first = blocks[-1] if blocks else None, its[0] if its else None
        if isinstance(above, Drawn) and isinstance(first, Drawn) and goes_on(above, first):
            join(above, first)
            its = its[1:]
        blocks += its
        last = blocks[-1] if blocks else None
        before = last.columns if isinstance(last, Drawn) else []
    if notes and not any(isinstance(block, Drawn) for block in blocks):
        raise Mendable(f"is a PDF in which {_DOUBTFUL}", INSTEAD)
    return Content(
        tuple(_read(blocks, words)),
        tuple(_foot(feet)),
        properties=properties,
        modified=_saved(properties),
        notes=tuple(notes),
    )


_DOUBTFUL = "a table stands without lines, of which the rows cannot be told apart"


def _refuse(some: Sequence[Page]) -> None:
    """Refuse what holds no letters that could be read."""
    letters = sum(len(page.letters) for page in some)
    if letters < 10:
        what = "has no text in it" if not any(page.pictures for page in some) else "was scanned"
        raise Mendable(
            f"is a PDF that {what}: its pages are pictures"
            if "scan" in what
            else f"is a PDF that {what}",
            "Ask for the document that it was made from. Or open it in Word or Acrobat, which can "
            "read pictures of text, and save it as .docx.",
        )
    unknown = sum(page.unknown for page in some)
    if unknown * 5 > letters:
        what = "is a PDF that does not say which letters its shapes are"
        raise Mendable(what, "Ask for the document that it was made from, in Word or Excel.")
    turned = sum(letter.turned != 0 for page in some for letter in page.letters)
    if turned * 2 > letters:
        what = "is a PDF of which the text stands sideways"
        raise Mendable(what, "Turn its pages and print them to a new PDF, and give that.")


def _saved(properties: Mapping[str, str]) -> date | None:
    """The day that it was last saved on, as it says itself."""
    said = properties.get("ModDate") or properties.get("CreationDate") or ""
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", said)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


# --- one page -------------------------------------------------------------------------------------


def _free_lines(page: Page, taken: Sequence[Box]) -> list[Line]:
    free = [x for x in page.letters if not any(box.holds(*x.middle) for box in taken)]
    return lines(free, page.lines)


def _blocks(
    page: Page, before: Sequence[float], feet: Mapping[tuple[str, int], str]
) -> tuple[list[Block], list[Box]]:
    """A page's tables and lines in the order in which they are read."""
    grids = ruled(page)
    at_feet = [line for line in _free_lines(page, []) if _key(line) in feet]
    grids += striped(page, [grid.box for grid in grids], before, at_feet)
    taken = [grid.box for grid in grids]
    free = [x for x in page.letters if not any(box.holds(*x.middle) for box in taken)]
    more, doubtful = bare(free, before)
    grids += more
    taken = [grid.box for grid in grids]
    right = max((letter.x1 for letter in page.letters if not letter.turned), default=0)
    left = [x._replace(right=right) for x in _free_lines(page, taken) if _key(x) not in feet]
    tables = sorted(grids, key=lambda grid: (round(grid.box.top / 20), grid.box.x0))
    blocks: list[Block] = []
    for grid in tables:
        over = [x for x in left if x.base <= grid.box.top + 2]
        blocks += _in_order(over)
        left = [x for x in left if x.base > grid.box.top + 2]
        table = drawn(page, grid)
        if any(cell.text for row in table.rows for cell in row):
            blocks.append(table)
    return blocks + list(_in_order(left)), doubtful


def _in_order(some: Sequence[Line]) -> list[Line]:
    """Lines in the order in which they are read: where text is set in columns, one after the
    other."""
    rows: dict[int, list[Line]] = {}
    for line in some:
        rows.setdefault(round(line.base), []).append(line)
    if not some:
        return []
    x0, x1 = min(line.box.x0 for line in some), max(line.box.x1 for line in some)
    spans = gutters([[(x.box.x0, x.box.x1) for x in row] for row in rows.values()], x0, x1)
    gaps = [sum(span) / 2 for span in spans]
    sides = [[line for line in some if line.box.x1 < gap] for gap in gaps]
    gaps = [gap for gap, side in zip(gaps, sides, strict=True)
            if 3 <= len(side) <= len(some) - 3]  # fmt: skip
    if not gaps:
        return [joined_side_by_side(row) for _, row in sorted(rows.items())]
    found: list[Line] = []
    waiting: list[Line] = []
    for line in sorted(some, key=lambda line: line.base):
        if any(line.box.x0 < gap < line.box.x1 for gap in gaps):
            found += _by_columns(waiting, gaps)
            found.append(line)
            waiting = []
        else:
            waiting.append(line)
    return found + _by_columns(waiting, gaps)


def _by_columns(some: Sequence[Line], gaps: Sequence[float]) -> list[Line]:
    """Lines one column after the other, each with its column's own end."""
    columns: dict[int, list[Line]] = {}
    for line in sorted(some, key=lambda line: line.base):
        columns.setdefault(sum(line.box.x0 > gap for gap in gaps), []).append(line)
    return [
        line._replace(right=max(each.box.x1 for each in column))
        for _, column in sorted(columns.items())
        for line in column
    ]


# --- heads and feet -------------------------------------------------------------------------------


def _key(line: Line) -> tuple[str, int]:
    """What makes a line the same on every page: its place, and its words but for numbers."""
    return re.sub(r"\d+", "0", line.text.strip()), round(line.base / 3)


def _feet(some: Sequence[Page], free: Sequence[Sequence[Line]]) -> dict[tuple[str, int], str]:
    """What stands at the head or foot of most pages, and the numbers of pages, each with its words
    as they stand first."""
    first: dict[tuple[str, int], str] = {}
    count: Counter[tuple[str, int]] = Counter()
    for page, its in zip(some, free, strict=True):
        for line in its:
            if not _EDGE * page.height < line.base < (1 - _EDGE) * page.height:
                first.setdefault(_key(line), line.text)
                count[_key(line)] += 1
    few = max(2, len(some) // 2)
    return {
        key: text
        for key, text in first.items()
        if count[key] >= few or _PAGE.fullmatch(text.strip())
    }


def _foot(feet: Mapping[tuple[str, int], str]) -> Iterator[Paragraph]:
    for text in feet.values():
        if not _PAGE.fullmatch(text.strip()):
            yield Paragraph((Run(text),), "the head or foot of its pages")


# --- all pages ------------------------------------------------------------------------------------


def _read(blocks: Sequence[Block], words: Words) -> Iterator[Paragraph | Table]:
    levels = _levels(blocks)
    number = count = 0
    waiting: list[Line] = []
    for block in [*blocks, None]:
        if isinstance(block, Line):
            waiting.append(block)
            continue
        for group in paragraphs(waiting):
            count += 1
            yield paragraph(group, words, f"paragraph {count}", _level(group, levels))
        waiting = []
        if block:
            number += 1
            yield table(block, number, words)


def _levels(blocks: Sequence[Block]) -> list[float]:
    """The sizes of letters that headings have, the largest first."""
    sizes: Counter[float] = Counter()
    for block in blocks:
        if isinstance(block, Line):
            sizes[round(block.size * 2) / 2] += len(block.text)
        else:
            for row in block.rows:
                for cell in row:
                    for group in cell.groups:
                        for line in group:
                            sizes[round(line.size * 2) / 2] += len(line.text)
    usual = max(
        (round(b.size * 2) / 2 for b in blocks if isinstance(b, Line)),
        key=lambda size: sum(
            len(b.text) for b in blocks if isinstance(b, Line) and round(b.size * 2) / 2 == size
        ),
        default=0,
    )
    return sorted((size for size in sizes if size >= usual + _HEADING), reverse=True)


def _level(group: Sequence[Line], levels: Sequence[float]) -> int:
    size = round(group[0].size * 2) / 2
    text = sum(len(line.text) for line in group)
    return levels.index(size) + 1 if size in levels and text <= _LONGEST_HEADING else 0
