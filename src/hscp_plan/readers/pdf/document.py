"""A PDF's pages to one document: headings, paragraphs and tables in order, what stands at the head
and foot of every page apart."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from ...errors import Mendable
from ..content import Content, Paragraph
from .bare import bare
from .drawn import pages
from .feet import feet_of, key, said
from .grid import ruled
from .headings import Headings
from .order import in_order
from .striped import striped
from .tables import Drawn, drawn, goes_on, join, table
from .text import Line, Words, lines, paragraph, paragraphs
from .unpacked import INSTEAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..content import Table
    from .feet import Key
    from .marks import Box, Letter, Page

Block = Drawn | Line
_FEWEST_LETTERS = 10
_SIDE_BY_SIDE = 20
"""Within how many points tables begin that stand side by side."""


_DOUBTFUL = "a table stands without lines, of which the rows cannot be told apart"


def content(data: bytes) -> Content:
    """What a PDF says. Mendable where no letters are drawn in it, or they stand sideways, or the
    rows of a table cannot be told apart."""
    some, properties = pages(data)
    _refuse(some)
    whole = [_lines_outside(page, []) for page in some]
    outside = [_lines_outside(page, [grid.box for grid in ruled(page)]) for page in some]
    feet = feet_of(some, outside)
    by_page: list[list[Block]] = []
    notes: list[str] = []
    before: list[float] = []
    for number, page in enumerate(some, 1):
        its, is_doubtful = _blocks(page, before, feet)
        if is_doubtful:
            notes.append(f"Page {number}: {_DOUBTFUL}.")
        by_page.append(its)
        before = its[-1].columns if its and isinstance(its[-1], Drawn) else []
    if notes and not any(isinstance(block, Drawn) for its in by_page for block in its):
        raise Mendable(f"is a PDF in which {_DOUBTFUL}", INSTEAD)
    words = Words(line for lines in whole for line in lines)
    return Content(
        tuple(_read(_joined(by_page), Headings(by_page), words)),
        tuple(said(feet)),
        properties=properties,
        modified=_saved(properties),
        notes=tuple(notes),
    )


def _refuse(some: Sequence[Page]) -> None:
    """Refuse what holds no letters that could be read."""
    letters = [letter for page in some for letter in page.letters]
    if len(letters) < _FEWEST_LETTERS:
        is_scan = any(page.pictures for page in some)
        what = "was scanned: its pages are pictures" if is_scan else "has no text in it"
        raise Mendable(
            f"is a PDF that {what}",
            "Ask for the document that it was made from. Or open it in Word or Acrobat, which can "
            "read pictures of text, and save it as .docx.",
        )
    if sum(page.unknown for page in some) * 5 > len(letters):
        what = "is a PDF that does not say which letters its shapes are"
        raise Mendable(what, "Ask for the document that it was made from, in Word or Excel.")
    if sum(letter.turned != 0 for letter in letters) * 2 > len(letters):
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


def _outside(page: Page, taken: Sequence[Box]) -> list[Letter]:
    return [x for x in page.letters if not any(box.holds(*x.middle) for box in taken)]


def _lines_outside(page: Page, taken: Sequence[Box]) -> list[Line]:
    """The lines that stand in none of these areas."""
    return lines(_outside(page, taken), page.lines)


def _blocks(
    page: Page, before: Sequence[float], feet: Mapping[Key, str]
) -> tuple[list[Block], bool]:
    """A page's tables and lines in the order in which they are read; whether there is a table of
    which the rows cannot be told apart."""
    grids = ruled(page)
    at_feet = [line for line in _lines_outside(page, []) if key(line) in feet]
    grids += striped(page, [grid.box for grid in grids], before, at_feet)
    more, doubtful = bare(_outside(page, [grid.box for grid in grids]), before)
    grids += more
    right = max((letter.x1 for letter in page.letters if not letter.turned), default=0)
    left = [
        line._replace(right=right)
        for line in _lines_outside(page, [grid.box for grid in grids])
        if key(line) not in feet
    ]
    blocks: list[Block] = []
    for grid in sorted(grids, key=lambda grid: (round(grid.box.top / _SIDE_BY_SIDE), grid.box.x0)):
        blocks += in_order([line for line in left if line.base <= grid.box.top + 2])
        left = [line for line in left if line.base > grid.box.top + 2]
        table = drawn(page, grid)
        if any(cell.text for row in table.rows for cell in row):
            blocks.append(table)
    return blocks + in_order(left), bool(doubtful)


# --- all pages ------------------------------------------------------------------------------------


def _joined(by_page: Sequence[Sequence[Block]]) -> list[Block]:
    """The blocks of all pages, with tables joined that go on over several."""
    blocks: list[Block] = []
    for its in by_page:
        above, first = blocks[-1] if blocks else None, its[0] if its else None
        if isinstance(above, Drawn) and isinstance(first, Drawn) and goes_on(above, first):
            join(above, first)
            blocks += its[1:]
        else:
            blocks += its
    return blocks


def _read(blocks: Sequence[Block], headings: Headings, words: Words) -> Iterator[Paragraph | Table]:
    number = count = 0
    waiting: list[Line] = []
    for block in [*blocks, None]:
        if isinstance(block, Line):
            waiting.append(block)
            continue
        for group in paragraphs(waiting):
            count += 1
            yield paragraph(group, words, f"paragraph {count}", headings.level(group))
        waiting = []
        if block:
            number += 1
            yield table(block, number, words)
