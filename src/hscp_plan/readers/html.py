"""The HTML of e-mails, and pages saved from them, to paragraphs and tables.

A line break ends a paragraph. Styles are looked at for strike-through, colour and what is hidden;
pictures, scripts and links' addresses are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..errors import Mendable
from .characters import visible
from .content import Cell, Content, Paragraph, Run, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Block = Paragraph | Table
LARGEST = 2_000_000
"""How many characters may be read."""
MOST_ELEMENTS = 100_000
MOST_CELLS = 50_000
"""How many cells a table may have, the lower parts of those that go over several rows counted."""
DEEPEST = 20
"""How many tables may stand one within another; those within the last are read as its text."""
_SKIPPED = ("script", "style", "title", "template", "textarea", "select", "object", "svg")
_PARTING = {
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "hr", "center", "form"),
    *("section", "article", "header", "footer", "main", "address", "body", "tr", "td", "th"),
    *("table", "tbody", "thead", "tfoot", "caption", "h1", "h2", "h3", "h4", "h5", "h6"),
}
"""Elements that begin and end a paragraph."""
_INLINE = {"del": "struck", "s": "struck", "strike": "struck", "ins": "inserted"}
_EMPTY = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "source"}
_CELLS = frozenset(("td", "th"))
_UNCLOSED = {
    **{tag: frozenset((tag,)) for tag in ("p", "li")},
    **dict.fromkeys(("dt", "dd"), frozenset(("dt", "dd"))),
    **dict.fromkeys(_CELLS, _CELLS),
    **dict.fromkeys(("tr", "tbody", "tfoot"), _CELLS | {"tr"}),
}
"""The elements that a page may leave open, and that the next of these tags ends."""
_MOST_SPAN = 1_000
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|;)\s*color\s*:\s*([^;]{1,30})", re.IGNORECASE)
_FILL = re.compile(r"(?:^|;)\s*background(?:-color)?\s*:\s*([^;]{1,30})", re.IGNORECASE)
_NAMED = {
    "red": "FF0000",
    "green": "008000",
    "blue": "0000FF",
    "yellow": "FFFF00",
    "orange": "FFA500",
    "amber": "FFBF00",
    "purple": "800080",
    "lime": "00FF00",
    "grey": "808080",
    "gray": "808080",
    "white": "FFFFFF",
    "black": "000000",
}
_BETWEEN = re.compile(r"<[!?][^>]*>")
"""A document type, a condition of Outlook's, an instruction."""
_SPACES = re.compile(r"[ \t\n\f\r]+")


def read(text: str, notes: tuple[str, ...] = ()) -> Content:
    """What a page says."""
    return Content(tuple(blocks(text)), notes=notes)


def blocks(text: str) -> list[Block]:
    """What a page says, in order, and how often each is quoted."""
    if len(text) > LARGEST:
        raise _too_long()
    reader = _Reader()
    reader.feed(_bare(text))
    reader.close()
    return reader.ended()


def _bare(text: str) -> str:
    """A page without comments and the like, in time with its length whatever it holds."""
    first, *rest = text.split("<!--")
    kept, open_comment = [first], False
    for piece in rest:
        _, end, after = piece.partition("-->")
        open_comment = not end
        if not open_comment:
            kept.append(after)
    whole, bracket, tail = "".join(kept).rpartition(">")
    return _BETWEEN.sub("", whole + bracket) + tail.replace("<", "&lt;")


class _Look(NamedTuple):
    """An element that is open, and what holds within it."""

    tag: str
    struck: bool = False
    inserted: bool = False
    colour: str = ""
    hidden: bool = False


class _Grid:
    """A table as it is read."""

    def __init__(self, place: str, quoted: int) -> None:
        self.place, self.quoted = place, quoted
        self.rows: list[list[_Box]] = []


class _Box:
    """A cell as it is read."""

    def __init__(self, attributes: dict[str, str]) -> None:
        self.blocks: list[Block] = []
        self.columns = _span(attributes.get("colspan", ""))
        self.rows = _span(attributes.get("rowspan", ""))
        style = _FILL.search(attributes.get("style", ""))
        self.fill = _colour(style[1] if style else attributes.get("bgcolor", ""))


class _Reader(HTMLParser):
    """Goes through a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[Block] = []
        self._grids: list[_Grid] = []
        self._looks: list[_Look] = []
        self._open: Counter[str] = Counter()
        self._runs: list[Run] = []
        self._skipping = ""
        self._depth = self._level = self._paragraphs = self._tables = self._kept = self._count = 0
        self._bullet = False

    def ended(self) -> list[Block]:
        """All that was read."""
        self._part()
        while self._grids:
            self._end_table()
        return self._blocks

    # --- what the parser tells --------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _too_long()
        if self._skipping:
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag in _SKIPPED:
            self._skipping = tag
        elif tag == "br" or (tag, attributes.get("class")) == ("span", "note"):
            # hscp's own pages set such a note below what stands before it.
            self._part(blank=True)
        elif tag in _PARTING:
            self._begin(tag, attributes)
        if tag not in _EMPTY and tag not in _SKIPPED:
            while self._now.tag in _UNCLOSED.get(tag, ()):
                self._close(self._now.tag)
            self._looks.append(self._look(tag, attributes))
            self._open[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # <p/> opens a paragraph, as in a browser.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            self._skipping = "" if tag == self._skipping else self._skipping
            return
        if tag in _PARTING:
            self._end(tag)
        self._close(tag)

    def handle_data(self, data: str) -> None:
        look = self._now
        if self._skipping or look.hidden:
            return
        text = data if self._kept else _SPACES.sub(" ", data)
        if not self._kept and (not self._runs or self._runs[-1].text.endswith(" ")):
            text = text.removeprefix(" ")
        change: Literal["", "inserted"] = "inserted" if look.inserted else ""
        for number, row in enumerate(text.split("\n") if self._kept else [text]):
            if number:
                self._part(blank=True)
            if row:
                self._runs.append(Run(visible(row), look.struck, change, look.colour))

    # --- elements ---------------------------------------------------------------------------------

    def _close(self, tag: str) -> None:
        """Leave an element, if it is open, and whatever is open within it."""
        while self._open[tag]:
            left = self._looks.pop().tag
            self._open[left] -= 1
            if left == tag:
                break

    @property
    def _now(self) -> _Look:
        return self._looks[-1] if self._looks else _Look("")

    def _look(self, tag: str, attributes: dict[str, str]) -> _Look:
        """How letters look within an element."""
        around, style = self._now, attributes.get("style", "")
        colour = _COLOUR.search(style)
        said = colour[1] if colour else attributes.get("color", "")
        return _Look(
            tag,
            around.struck or _INLINE.get(tag) == "struck" or bool(_STRUCK.search(style)),
            around.inserted or _INLINE.get(tag) == "inserted",
            _colour(said) or around.colour,
            around.hidden or bool(_HIDDEN.search(style)),
        )

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self._part()
        if tag == "blockquote":
            self._depth += 1
        elif tag == "pre":
            self._kept += 1
        elif tag == "li":
            self._bullet = True
        elif tag[1:].isdecimal():
            self._level = int(tag[1:])
        elif tag == "table" and len(self._grids) < DEEPEST:
            self._begin_table()
        elif self._grids and tag == "tr":
            self._grids[-1].rows.append([])
        elif self._grids and tag in ("td", "th"):
            grid = self._grids[-1]
            if not grid.rows:
                grid.rows.append([])
            grid.rows[-1].append(_Box(attributes))

    def _end(self, tag: str) -> None:
        self._part()
        if tag == "blockquote":
            self._depth = max(self._depth - 1, 0)
        elif tag == "pre":
            self._kept = max(self._kept - 1, 0)
        elif tag in ("li", "ul", "ol"):
            # Where the end of an item is not written, the list's end is its.
            self._bullet = False
        elif tag[1:].isdecimal():
            self._level = 0
        elif tag == "table" and self._grids:
            self._end_table()

    def _begin_table(self) -> None:
        place = self._place
        if place:
            place += ", table within"
        else:
            self._tables += 1
            place = f"table {self._tables}"
        self._grids.append(_Grid(place, self._depth))

    def _end_table(self) -> None:
        grid = self._grids.pop()
        boxes = [box for row in grid.rows for box in row]
        if len(boxes) == 1:
            # It only sets out the page.
            self._here.extend(boxes[0].blocks)
        elif boxes:
            self._here.append(Table(tuple(_rows(grid)), place=grid.place, quoted=grid.quoted))

    @property
    def _here(self) -> list[Block]:
        """Where what is read now is put: a cell, or the page."""
        for grid in reversed(self._grids):
            if grid.rows and grid.rows[-1]:
                return grid.rows[-1][-1].blocks
        return self._blocks

    @property
    def _place(self) -> str:
        """The cell that is being read; empty where none is."""
        for grid in reversed(self._grids):
            if grid.rows and grid.rows[-1]:
                column = 1 + sum(box.columns for box in grid.rows[-1][:-1])
                return f"{grid.place}, row {len(grid.rows)}, column {column}"
        return ""

    def _part(self, blank: bool = False) -> None:
        """End the paragraph; one that says nothing counts only where it is meant to be `blank`."""
        runs, self._runs = self._runs, []
        said = "".join(run.text for run in runs)
        if not said and not blank:
            return
        place = self._place
        if not place:
            self._paragraphs += 1
            place = f"paragraph {self._paragraphs}"
        kept = tuple(runs) if said.strip() else ()
        self._here.append(Paragraph(_trimmed(kept), place, self._level, self._bullet, self._depth))


# --- pieces ---------------------------------------------------------------------------------------


def _too_long() -> Mendable:
    return Mendable("is too long a page to be read", "Copy what matters into a new file.")


def _trimmed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs without the space after the last."""
    if runs and runs[-1].text.endswith(" "):
        last = runs[-1]._replace(text=runs[-1].text.rstrip(" "))
        return (*runs[:-1], last) if last.text else runs[:-1]
    return runs


def _rows(grid: _Grid) -> Iterator[tuple[Cell, ...]]:
    """A table's rows, with the lower parts of the cells that go over several."""
    lower: dict[int, tuple[int, int]] = {}
    count = 0
    for number, boxes in enumerate(grid.rows, 1):
        cells: list[Cell] = []
        column = 1
        for box in [*boxes, None]:
            while column in lower:
                rows, columns = lower.pop(column)
                place = f"{grid.place}, row {number}, column {column}"
                cells.append(Cell(place=place, columns=columns, continues=True))
                if rows > 1:
                    lower[-column] = (rows - 1, columns)
                column += columns
            if box:
                cells.append(_cell(box, f"{grid.place}, row {number}, column {column}"))
                if box.rows > 1:
                    lower[-column] = (box.rows - 1, box.columns)
                column += box.columns
        lower = {abs(at): left for at, left in lower.items()}
        count += len(cells)
        if count > MOST_CELLS:
            raise _too_long()
        yield tuple(cells)


def _cell(box: _Box, place: str) -> Cell:
    table = next((block for block in box.blocks if isinstance(block, Table)), None)
    rest = (block for block in box.blocks if block is not table)
    paragraphs = tuple(p._replace(place=place) for p in _flat(rest))
    return Cell(paragraphs, place, fill=box.fill, columns=box.columns, table=table)


def _flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for cell in (cell for row in block.rows for cell in row):
                yield from cell.paragraphs
                yield from _flat([cell.table] if cell.table else [])


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() and len(text) < 6 else 1


def _colour(text: str) -> str:
    """Six capital hexadecimal digits for a colour as HTML names it; empty for others."""
    plain = text.strip().casefold()
    if match := re.match(r"#([0-9a-f]{6})\b", plain):
        return match[1].upper()
    if match := re.match(r"#([0-9a-f])([0-9a-f])([0-9a-f])\b", plain):
        return "".join(2 * digit for digit in match.groups()).upper()
    if match := re.match(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})", plain):
        return "".join(f"{min(int(part), 255):02X}" for part in match.groups())
    return _NAMED.get(plain, "")
