"""Takes out of a part of a Word file whatever fetches, runs or leads elsewhere. The words that it
showed stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .tree import R, W, fragment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from xml.etree.ElementTree import Element

    from .tree import Tree

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


def harmless(tree: Tree, known: Collection[str]) -> set[str]:
    """Clean a part, of whose relationships only the known ones are left; what was taken out, in
    words."""
    left = {f"the field {name}" if name else "a field without a name" for name in _fields(tree)}
    for link in [*tree.root.iter(f"{W}hyperlink")]:
        tree.put(link, *link)
        left.add("links")
    left |= {words for e in [*tree.root.iter()] for words in _unsafe(tree, e, known)}
    for element in tree.root.iter():
        for name, value in [*element.attrib.items()]:
            if _leads_out(_local(name), value):
                del element.attrib[name]
    return left


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _leads_out(name: str, value: str) -> bool:
    address = "://" in value or value.startswith(("\\\\", "//", "file:", "mhtml:", "javascript:"))
    return name in _ADDRESSES or (address and name not in _ANY_TEXT)


def _unsafe(tree: Tree, element: Element, known: Collection[str]) -> Iterator[str]:
    """Take out an element that is active, or that asks for what is not in the file; what it was."""
    name = _local(element.tag)
    references = [key for key in element.attrib if key.startswith(R) or _local(key) == "relid"]
    missing = [key for key in references if element.attrib[key] not in known]
    if name in _ACTIVE:
        yield _ACTIVE[name]
        _take_out(tree, element)
    elif name in _POINTED:
        yield "links"
        tree.remove(element)
    elif len(missing) < len(references):
        for key in missing:
            del element.attrib[key]
    elif missing:
        if name in _PICTURED:
            yield "a picture that is kept elsewhere"
        _take_out(tree, element)


def _take_out(tree: Tree, element: Element) -> None:
    """Take out an element with what cannot stand without it."""
    around = (holder for holder in tree.ancestors(element) if _local(holder.tag) in _HOLDERS)
    whole = element if _local(element.tag) in _HOLDERS else next(around, element)
    if _local(whole.tag) in ("altChunk", "subDoc"):
        # A header or a cell has at least one paragraph.
        tree.put(whole, *fragment("<w:p/>"))
    else:
        tree.remove(whole)


# --- fields -------------------------------------------------------------------------------------

_SIMPLE, _MARK, _BOX = f"{W}fldSimple", f"{W}fldChar", f"{W}txbxContent"
_CODE = (f"{W}instrText", f"{W}delInstrText")
_NESTED = "\0"
"""Where another field stands within the code of one."""


def _fields(tree: Tree) -> Iterator[str]:
    """Take out the fields that are not known to be harmless; their names. What a field showed
    last stays."""
    for story in [tree.root, *tree.root.iter(_BOX)]:
        for field in _Story(tree, story).fields:
            if not field.allowed:
                field.take_out(tree)
                yield field.name
    for mark in tree.root.iter(_MARK):
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

    def take_out(self, tree: Tree) -> None:
        """Leave what it showed in its place."""
        for part in self.parts:
            shown = part if part.tag == _SIMPLE else ()
            tree.put(part, *shown)


class _Story:
    """The fields of a text: their marks, and what stands between those, may be spread over runs
    and paragraphs, and over fields within fields."""

    def __init__(self, tree: Tree, story: Element) -> None:
        self.fields: list[_Field] = []
        self._open: list[_Field] = []
        for piece in [*_pieces(story)]:
            if piece.tag == _SIMPLE:
                self._nested()
                self.fields.append(_Field(piece, piece.get(f"{W}instr", "")))
            elif piece.tag == _MARK:
                self._mark(piece, piece.get(f"{W}fldCharType"))
            elif (holder := tree.parent(piece)) is not None and _local(holder.tag) == "r":
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
