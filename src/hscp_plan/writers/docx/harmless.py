"""Takes out of a part of a Word file whatever fetches, runs or leads elsewhere. The words that it
showed stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement as Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FIELDS = {
    "=", "AUTHOR", "COMMENTS", "CREATEDATE", "DATE", "DOCPROPERTY", "FILENAME", "IF", "KEYWORDS",
    "LASTSAVEDBY", "NUMPAGES", "PAGE", "PRINTDATE", "REVNUM", "SAVEDATE", "SECTION", "SECTIONPAGES",
    "SEQ", "STYLEREF", "SUBJECT", "TIME", "TITLE",
}  # fmt: skip
"""Fields that tell only of the paper itself."""
_ACTIVE = {
    **dict.fromkeys(("object", "OLEObject", "control", "movie", "webVideoPr"), "an object"),
    **dict.fromkeys(("altChunk", "subDoc"), "another document"),
}
"""Elements that run or fetch whatever they hold, and what people call them."""
_PICTURED = ("blip", "imagedata", "fill")
_POINTED = ("hlinkClick", "hlinkHover", "hlinkMouseOver")
"""Links of a picture, which stays without them."""
_HOLDERS = ("ext", "drawing", "pict", "object")
"""What goes whole with a part of it, or Word would call the file damaged."""
_ADDRESSES = ("href", "src", "althref", "embeddedHtml")
_ANY_TEXT = ("uri", "val", "name", "descr", "title", "alt", "id")
"""Attributes in which an address is a name or a text, and is not followed."""


def harmless(root: Element, known: Collection[str]) -> set[str]:
    """Clean a part, of whose relationships only the known ones are left; what was taken out, in
    words."""
    left = {f"the field {name}" if name else "a field without a name" for name in _fields(root)}
    for link in [*root.iter(f"{_W}hyperlink")]:
        _unwrap(link)
        left.add("links")
    left |= {words for element in [*root.iter()] for words in _unsafe(element, known)}
    for element in root.iter():
        for name, value in element.attrib.items():
            if _leads_out(_local(name), str(value)):
                del element.attrib[name]
    return left


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _leads_out(name: str, value: str) -> bool:
    address = "://" in value or value.startswith(("\\\\", "//", "file:", "mhtml:", "javascript:"))
    return name in _ADDRESSES or (address and name not in _ANY_TEXT)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: Element) -> None:
    """Leave what it holds in its place."""
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(element)


def _unsafe(element: Element, known: Collection[str]) -> Iterator[str]:
    """Take out an element that is active, or that asks for what is not in the file; what it was."""
    name = _local(element.tag)
    references = [key for key in element.attrib if key.startswith(_R) or _local(key) == "relid"]
    missing = [key for key in references if element.attrib[key] not in known]
    if name in _ACTIVE:
        yield _ACTIVE[name]
        _take_out(element)
    elif name in _POINTED:
        yield "links"
        _remove(element)
    elif len(missing) < len(references):
        for key in missing:
            del element.attrib[key]
    elif missing:
        if name in _PICTURED:
            yield "a picture that is kept elsewhere"
        _take_out(element)


def _take_out(element: Element) -> None:
    """Take out an element with what cannot stand without it."""
    around = (holder for holder in element.iterancestors() if _local(holder.tag) in _HOLDERS)
    whole = element if _local(element.tag) in _HOLDERS else next(around, element)
    parent = whole.getparent()
    if parent is not None and _local(whole.tag) in ("altChunk", "subDoc"):
        # A header or a cell has at least one paragraph.
        parent.replace(whole, whole.makeelement(f"{_W}p"))
    else:
        _remove(whole)


# --- fields -------------------------------------------------------------------------------------

_SIMPLE, _MARK, _BOX = f"{_W}fldSimple", f"{_W}fldChar", f"{_W}txbxContent"
_CODE = (f"{_W}instrText", f"{_W}delInstrText")
_NESTED = "\0"
"""Where another field stands within the code of one."""


def _fields(root: Element) -> Iterator[str]:
    """Take out the fields that are not known to be harmless; their names. What a field showed
    last stays."""
    for story in [root, *root.iter(_BOX)]:
        for field in _Story(_pieces(story)).fields:
            if not field.allowed:
                field.take_out()
                yield field.name
    for mark in root.iter(_MARK):
        # The macros of a form's field.
        mark[:] = []


def _pieces(story: Element) -> Iterator[Element]:
    """What stands in a text, in its order; a text box is a text of its own."""
    for child in story:
        if child.tag != _BOX:
            yield child
            yield from _pieces(child)


class _Field:
    """A field, and what of it goes so that only what it showed is left."""

    def __init__(self, begin: Element, code: str = "") -> None:
        self.code, self.parts, self.coding = code, [begin], True

    @property
    def allowed(self) -> bool:
        # Another field before the name, or at its end, could make it any other name.
        match = re.match(r"\s*(=|[A-Za-z]+(?![^\s\\\"]))", self.code)
        return match is not None and match[1].upper() in _FIELDS

    @property
    def name(self) -> str:
        """Its name, as whoever made it knows it."""
        match = re.match(r"\s*([A-Za-z]{1,20})\b", self.code)
        return match[1].upper() if match else ""

    def take_out(self) -> None:
        for part in self.parts:
            _unwrap(part) if part.tag == _SIMPLE else _remove(part)


class _Story:
    """The fields of a text: their marks, and what stands between those, may be spread over runs
    and paragraphs, and over fields within fields."""

    def __init__(self, pieces: Iterable[Element]) -> None:
        self.fields: list[_Field] = []
        self._open: list[_Field] = []
        for piece in [*pieces]:
            if piece.tag == _SIMPLE:
                self._nested()
                self.fields.append(_Field(piece, piece.get(f"{_W}instr", "")))
            elif piece.tag == _MARK:
                self._mark(piece, piece.get(f"{_W}fldCharType"))
            elif _local(getattr(piece.getparent(), "tag", "")) == "r":
                self._content(piece)

    def _mark(self, mark: Element, kind: str | None) -> None:
        if kind == "begin":
            self._nested()
        elif self._open:
            self._open[-1].coding = False
            self._open[-1].parts.append(mark)
        self._within(mark)
        if kind == "begin":
            self._open.append(_Field(mark))
            self.fields.append(self._open[-1])
        elif kind == "end" and self._open:
            self._open.pop()

    def _content(self, piece: Element) -> None:
        if self._open and self._open[-1].coding:
            self._open[-1].code += piece.text or ""
        elif piece.tag in _CODE:
            self.fields.append(_Field(piece))
        self._within(piece)

    def _nested(self) -> None:
        if self._open and self._open[-1].coding:
            self._open[-1].code += _NESTED

    def _within(self, piece: Element) -> None:
        """What stands in the code of a field goes with it."""
        for field in self._open:
            if field.coding and _local(piece.tag) != "rPr":
                field.parts.append(piece)
