"""Word files, of Word itself or of any other program that writes them, by their XML.

What is left out: the numbers and bullets that Word makes for a list, the codes of fields, hidden
text, pictures and objects (`Content.notes` says where the last three stood), and text that only
a later version of a choice would show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from ..errors import quoted
from .characters import flat, visible
from .content import Cell, Comment, Content, Control, Paragraph, Run, Table
from .package import Package
from .properties import modified, properties
from .word_styles import Styles, colour, value
from .word_symbols import shown, symbol
from .xml import find, find_all, inner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

Change = Literal["", "inserted", "deleted"]
Row = tuple[Cell, ...]
Piece = Paragraph | Table | Row | Cell | Run
"""What a content control may stand around."""

_CHANGES: dict[str, Change] = {
    "w:ins": "inserted",
    "w:moveTo": "inserted",
    "w:del": "deleted",
    "w:moveFrom": "deleted",
}
_SETS_OUT = {"w:trPr": ("w:ins", "w:del"), "w:tcPr": ("w:cellIns", "w:cellDel")}
"""What says that a row, or a cell, was inserted or deleted."""
_HOLDERS = ("w:customXml", "w:smartTag", "w:hyperlink", "w:fldSimple", "w:bdo", "w:dir")
"""Elements that are read as if only what they hold stood there."""
_CHARACTERS = {
    **dict.fromkeys(("w:tab", "w:ptab"), "\t"),
    **dict.fromkeys(("w:br", "w:cr"), "\n"),
    "w:noBreakHyphen": "\u2011",
}
_PICTURES = ("w:drawing", "w:pict")
_WIDEST = 1_000
"""How many columns a cell may go over."""
_MOST_WORDS = 200
"""How many letters are kept of the words that a comment is written at."""


def read(data: bytes) -> Content:
    """What a Word file says. Mendable where it cannot be opened."""
    package = Package(data)
    return read_package(package, package.main())


def read_package(package: Package, main: str) -> Content:
    """What a file says whose main part has this name."""
    relations = package.relations(main).values()
    parts = {kind: package.tree(part) for kind, part in relations if kind in _PARTS}
    reader = _Reader(Styles(parts.get("styles")))
    root = package.tree(main)
    blocks = reader.story(find(root, "w:body"), _Where())
    for kind in ("footnotes", "endnotes"):
        blocks += reader.footnotes(parts.get(kind), kind[:-1])
    foot = [
        paragraph
        for kind, part in relations
        if kind in ("header", "footer")
        for paragraph in _paragraphs(reader.story(package.tree(part), _Where(f"page {kind}")))
    ]
    return Content(
        tuple(blocks),
        tuple(foot),
        tuple(control for control in reader.controls if control),
        tuple(reader.comments(parts.get("comments"))),
        properties(package),
        modified(package),
        tuple(_notes(reader.unread)),
    )


_PARTS = ("styles", "comments", "footnotes", "endnotes")


class _Where(NamedTuple):
    """What is known of the place that is being read."""

    place: str = ""
    """Empty in the body, whose paragraphs are counted."""
    change: Change = ""
    tags: tuple[str, ...] = ()
    look: Mapping[str, str] = {}

    def changed(self, change: Change) -> _Where:
        """The same place, within a tracked change; what is deleted stays so."""
        return self if self.change == "deleted" or not change else self._replace(change=change)

    def within(self, inner: str) -> str:
        """A place within this one."""
        return f"{self.place}, {inner}" if self.place else inner


Fill: TypeAlias = "Callable[[Element, _Where, list[Any]], None]"
"""Reads what stands in an element, at one level, and adds it to a list of pieces."""


class _Reader:
    """Reads the stories of one file: its body, its notes, the heads and feet of its pages."""

    def __init__(self, styles: Styles) -> None:
        self.controls: list[Control | None] = []
        self.unread: dict[str, list[str]] = {}
        self._styles = styles
        self._paragraph_count = self._table_count = self._box_count = 0
        self._boxes: list[Paragraph | Table] = []
        self._referred: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self._remarks: dict[str, _Remark] = {}
        self._heard: set[str] = set()
        self._marks: set[Element] = set()
        self._codes: list[bool] = []
        self._coded = 0

    def story(self, root: Element | None, where: _Where) -> list[Paragraph | Table]:
        """What a story says, from beginning to end."""
        blocks: list[Paragraph | Table] = []
        if root is not None:
            self._marks, self._codes, self._coded = set(_whole_fields(root)), [], 0
            self._fill_blocks(root, where, blocks)
        return blocks

    def footnotes(self, root: Element | None, kind: str) -> list[Paragraph | Table]:
        """The notes of a kind that the body refers to, in its order."""
        notes = {note.get("w:id", ""): note for note in inner(root)}
        return [
            block
            for number, id in enumerate(self._referred[kind], 1)
            if id in notes
            for block in self.story(notes[id], _Where(f"{kind} {number}"))
        ]

    def comments(self, root: Element | None) -> Iterator[Comment]:
        """The comments, each at the words that it is written at."""
        for comment in inner(root):
            remark = self._remarks.get(comment.get("w:id", ""), _Remark(""))
            text = "\n".join(p.text for p in _paragraphs(self.story(comment, _Where("comment"))))
            yield Comment(visible(comment.get("w:author", "")), text, remark.said())

    # --- blocks -----------------------------------------------------------------------------------

    def _fill_blocks(self, parent: Element, where: _Where, out: list[Paragraph | Table]) -> None:
        joined: tuple[Run, ...] = ()
        for child in _children(parent):
            if child.tag == "w:p":
                paragraph = self._paragraph(child, where)
                paragraph = paragraph._replace(runs=_joined(joined + paragraph.runs))
                if find(child, "w:pPr", "w:rPr", "w:del") is not None:
                    # Its end is deleted: it runs on into the next.
                    joined = paragraph.runs
                    continue
                out.append(paragraph)
                joined = ()
                out += self._take_boxes()
            elif child.tag == "w:tbl":
                out.append(self._table(child, where))
            elif child.tag == "w:sdt":
                self._control(child, where, self._fill_blocks, out)
            elif child.tag in _HOLDERS or child.tag in _CHANGES:
                self._fill_blocks(child, where.changed(_CHANGES.get(child.tag, "")), out)
            elif child.tag in ("w:altChunk", "w:subDoc"):
                self._unread("another document within it", where.place or "the text")
        if joined:
            out.append(Paragraph(joined, where.place or f"paragraph {self._paragraph_count}"))
        out += self._take_boxes()

    def _take_boxes(self) -> list[Paragraph | Table]:
        boxes, self._boxes = self._boxes, []
        return boxes

    def _paragraph(self, element: Element, where: _Where) -> Paragraph:
        if not where.place:
            self._paragraph_count += 1
        place = where.place or f"paragraph {self._paragraph_count}"
        look = self._styles.paragraph(find(element, "w:pPr"))
        runs: list[Run] = []
        self._fill_runs(element, where._replace(place=place, look=look), runs)
        self._hear(" ")
        level = int(look.get("level") or 0)
        return Paragraph(_joined(runs), place, level, bool(look.get("list")))

    def _control(self, element: Element, where: _Where, fill: Fill, out: list[Any]) -> None:
        """A content control at any level, and what it holds: `fill` reads that level."""
        about = find(element, "w:sdtPr")
        tag = visible(value(about, "w:tag") or value(about, "w:alias"))
        hint = find(about, "w:showingPlcHdr") is not None
        number, start = len(self.controls), len(out)
        self.controls.append(None)
        inside = where._replace(tags=(*where.tags, tag)) if tag else where
        for content in find_all(element, "w:sdtContent"):
            fill(content, inside, out)
        if tag:
            held = [*_paragraphs(out[start:], where.place)]
            self.controls[number] = Control(tag, tuple(held), hint)
        if hint:
            out[start:] = [blank for piece in out[start:] for blank in _blank(piece)]

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, element: Element, where: _Where) -> Table:
        if where.place:
            place = where.within("table within")
        else:
            self._table_count += 1
            place = f"table {self._table_count}"
        rows: list[Row] = []
        self._fill_rows(element, where._replace(place=place), rows)
        return Table(tuple(rows), place=place)

    def _fill_rows(self, parent: Element, where: _Where, out: list[Row]) -> None:
        for child in _children(parent):
            if child.tag == "w:tr":
                cells: list[Cell] = []
                row = where._replace(place=where.within(f"row {len(out) + 1}"))
                before = value(find(child, "w:trPr"), "w:gridBefore")
                if before.isdecimal() and before != "0":
                    cells.append(Cell(columns=_number(before)))
                self._fill_cells(child, row.changed(_set_out(child, "w:trPr")), cells)
                out.append(tuple(cells))
            elif child.tag == "w:sdt":
                self._control(child, where, self._fill_rows, out)
            elif child.tag in _HOLDERS or child.tag in _CHANGES:
                self._fill_rows(child, where.changed(_CHANGES.get(child.tag, "")), out)

    def _fill_cells(self, parent: Element, where: _Where, out: list[Cell]) -> None:
        for child in _children(parent):
            if child.tag == "w:tc":
                column = 1 + sum(cell.columns for cell in out)
                place = where.within(f"column {column}")
                inside = where.changed(_set_out(child, "w:tcPr"))
                out.append(self._cell(child, inside._replace(place=place)))
            elif child.tag == "w:sdt":
                self._control(child, where, self._fill_cells, out)
            elif child.tag in _HOLDERS or child.tag in _CHANGES:
                self._fill_cells(child, where.changed(_CHANGES.get(child.tag, "")), out)

    def _cell(self, element: Element, where: _Where) -> Cell:
        about, known = find(element, "w:tcPr"), len(self.controls)
        merged = find(about, "w:vMerge")
        blocks: list[Paragraph | Table] = []
        self._fill_blocks(element, where, blocks)
        within = tuple(control.tag for control in self.controls[known:] if control)
        table = next((block for block in blocks if isinstance(block, Table)), None)
        return Cell(
            tuple(_paragraphs(block for block in blocks if block is not table)),
            where.place,
            (*where.tags, *within),
            colour(value(about, "w:shd", "w:fill")),
            _number(value(about, "w:gridSpan") or "1"),
            merged is not None and merged.get("w:val") != "restart",
            table=table,
        )

    # --- letters ----------------------------------------------------------------------------------

    def _fill_runs(self, parent: Element, where: _Where, out: list[Run]) -> None:
        for child in _children(parent):
            tag = child.tag
            if tag == "w:r":
                self._run(child, where, out)
            elif tag == "w:sdt":
                self._control(child, where, self._fill_runs, out)
            elif tag in _HOLDERS or tag in _CHANGES:
                self._fill_runs(child, where.changed(_CHANGES.get(tag, "")), out)
            elif tag == "w:commentRangeStart":
                self._remarks[child.get("w:id", "")] = _Remark(where.place)
                self._heard.add(child.get("w:id", ""))
            elif tag == "w:commentRangeEnd":
                self._heard.discard(child.get("w:id", ""))
            elif tag == "m:t":
                self._say(child.text or "", where, out)
            elif tag.startswith("m:"):
                self._fill_runs(child, where, out)

    def _run(self, element: Element, where: _Where, out: list[Run]) -> None:
        look = self._styles.run(find(element, "w:rPr"), where.look)
        self._fill_run(element, where._replace(look=look), out)

    def _fill_run(self, parent: Element, where: _Where, out: list[Run]) -> None:
        font = where.look.get("font", "")
        for child in _children(parent):
            tag = child.tag
            if tag in ("w:t", "w:delText"):
                self._say(shown(font, _text(child)), where, out)
            elif tag in _CHARACTERS:
                self._say(_CHARACTERS[tag], where, out)
            elif tag == "w:sym":
                code = _hexadecimal(child.get("w:char", ""))
                self._say(symbol(child.get("w:font", ""), code), where, out)
            elif tag == "w:fldChar":
                self._field(child, where, out)
            elif tag in ("w:footnoteReference", "w:endnoteReference"):
                self._referred[tag[2:-9]].append(child.get("w:id", ""))
            elif tag == "w:commentReference":
                self._remarks.setdefault(child.get("w:id", ""), _Remark(where.place))
            elif tag == "w:ruby":
                for base in find_all(child, "w:rubyBase"):
                    self._fill_runs(base, where, out)
            elif tag in _PICTURES:
                self._drawing(child, where)
            elif tag == "w:object":
                self._unread("an object", where.place)

    def _say(self, text: str, where: _Where, out: list[Run]) -> None:
        """Add a text, unless it is a field's code or hidden."""
        if self._coded or not text:
            return
        look = where.look
        if look.get("vanish"):
            self._unread("hidden text", where.place)
            return
        struck = bool(look.get("strike") or look.get("dstrike"))
        out.append(Run(visible(text), struck, where.change, look.get("color", "")))
        if where.change != "deleted":
            self._hear(text)

    def _hear(self, text: str) -> None:
        """Add a text to the words of the comments that are written at it."""
        for id in [*self._heard]:
            remark = self._remarks[id]
            remark.words += text
            if len(remark.words) > _MOST_WORDS:
                self._heard.remove(id)

    def _field(self, mark: Element, where: _Where, out: list[Run]) -> None:
        """A field's beginning, the end of its code, or its own end."""
        if mark not in self._marks:
            return
        kind = mark.get("w:fldCharType")
        if kind == "begin":
            self._say(_form_field(find(mark, "w:ffData")), where, out)
            self._codes.append(True)
            self._coded += 1
        elif kind == "separate":
            self._coded -= self._codes[-1]
            self._codes[-1] = False
        else:
            self._coded -= self._codes.pop()

    def _drawing(self, element: Element, where: _Where) -> None:
        boxes = [*_text_boxes(element)]
        for box in boxes:
            self._box_count += 1
            place = (
                where.within("text box")
                if "table" in where.place
                else f"text box {self._box_count}"
            )
            blocks: list[Paragraph | Table] = []
            waiting, self._boxes = self._boxes, []
            self._fill_blocks(box, where._replace(place=place, look={}), blocks)
            self._boxes = waiting + blocks
        if not boxes:
            self._unread("a picture", where.place)

    def _unread(self, what: str, place: str) -> None:
        places = self.unread.setdefault(what, [])
        if place not in places:
            places.append(place)


class _Remark:
    """Where a comment stands, and the words that it is written at."""

    def __init__(self, place: str) -> None:
        self.place, self.words = place, ""

    def said(self) -> str:
        """Its place, in words."""
        words = flat(self.words)
        return f"{quoted(words)}, {self.place}" if words else self.place


# --- pieces ---------------------------------------------------------------------------------------


def _children(parent: Element) -> Iterator[Element]:
    """What stands in an element; of a choice, what the newest programs show."""
    for child in parent:
        if child.tag == "mc:AlternateContent":
            chosen = find(child, "mc:Choice")
            chosen = find(child, "mc:Fallback") if chosen is None else chosen
            if chosen is not None:
                yield from _children(chosen)
        else:
            yield child


def _text_boxes(element: Element) -> Iterator[Element]:
    for child in _children(element):
        if child.tag == "w:txbxContent":
            yield child
        else:
            yield from _text_boxes(child)


def _whole_fields(root: Element) -> Iterator[Element]:
    """The marks of the fields that end. One without an end would hide all that follows."""
    open_fields: list[list[Element]] = []
    for mark in root.iter("w:fldChar"):
        kind = mark.get("w:fldCharType")
        if kind == "begin":
            open_fields.append([mark])
        elif open_fields and kind == "separate":
            open_fields[-1].append(mark)
        elif open_fields and kind == "end":
            yield from (*open_fields.pop(), mark)


def _form_field(data: Element | None) -> str:
    """What a field of an old form shows where that is no text: a box, or what was chosen."""
    box = find(data, "w:checkBox")
    if box is not None:
        ticked = find(box, "w:checked")
        ticked = find(box, "w:default") if ticked is None else ticked
        off = ticked is None or ticked.get("w:val") in ("0", "false", "off")
        return "\u2610" if off else "\u2612"
    choices = find(data, "w:ddList")
    if choices is None:
        return ""
    entries = [entry.get("w:val", "") for entry in find_all(choices, "w:listEntry")]
    chosen = value(choices, "w:result") or value(choices, "w:default") or "0"
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""


def _text(element: Element) -> str:
    text = element.text or ""
    if element.get("xml:space") != "preserve":
        text = text.strip(" \t\r\n")
    return text.replace("\n", " ").replace("\t", " ")


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs of one look that follow one another, as one: programs part them anywhere."""
    joined: list[Run] = []
    for run in runs:
        if joined and joined[-1][1:] == run[1:]:
            joined[-1] = run._replace(text=joined[-1].text + run.text)
        else:
            joined.append(run)
    return tuple(joined)


def _paragraphs(pieces: Iterable[Piece], place: str = "") -> Iterator[Paragraph]:
    """The paragraphs of what was read, those of tables too; letters alone make one."""
    runs: list[Run] = []
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece
        elif isinstance(piece, Run):
            runs.append(piece)
        elif isinstance(piece, Table):
            yield from _paragraphs(piece.rows)
        elif isinstance(piece, Cell):
            yield from piece.paragraphs
            yield from _paragraphs([piece.table] if piece.table else [])
        else:
            yield from _paragraphs(piece)
    if runs:
        yield Paragraph(_joined(runs), place)


def _blank(piece: Piece) -> Iterator[Piece]:
    """What is left of a piece where it shows only a hint: a row and a cell stay."""
    if isinstance(piece, Cell):
        yield piece._replace(paragraphs=())
    elif not isinstance(piece, Paragraph | Table | Run):
        yield tuple(cell._replace(paragraphs=()) for cell in piece)


def _set_out(element: Element, properties: str) -> Change:
    about = find(element, properties)
    inserted, deleted = _SETS_OUT[properties]
    if find(about, deleted) is not None:
        return "deleted"
    return "inserted" if find(about, inserted) is not None else ""


def _number(text: str) -> int:
    return min(max(int(text), 1), _WIDEST) if text.isdecimal() and len(text) < 6 else 1


def _hexadecimal(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0xFFFD


def _notes(unread: dict[str, list[str]]) -> Iterator[str]:
    for what, places in unread.items():
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        yield f"Not read: {what} ({'; '.join(places[:5])}{more})."
