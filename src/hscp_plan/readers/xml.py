"""XML of other people's files to a tree, bounded in number and depth of elements, and without a
document type: so that there are no entities, and nothing grows or is fetched.

Names have a short prefix instead of their namespace (`w:p`), the same for strict Office files and
for ordinary ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser

from ..errors import Mendable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MOST_ELEMENTS = 300_000
"""In one part of a file: a Word document of some 300 pages."""
LONGEST = 2_000_000
"""How many bytes a tag or a text may have. expat keeps the whole of a tag, and reads it again from
its beginning whenever more of it comes."""
_TOO_LARGE = ("is too large to be read", "Copy what matters into a new file, and give that.")
DEEPEST = 200
"""How many elements may stand one within another; a table within a table takes four."""
_OFFICE = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_VT = "officeDocument/2006/docPropsVTypes"
_PREFIXES = {
    f"{_OFFICE}/wordprocessingml/2006/main": "w",
    f"{_STRICT}/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    f"{_OFFICE}/spreadsheetml/2006/main": "x",
    f"{_STRICT}/spreadsheetml/main": "x",
    f"{_OFFICE}/drawingml/2006/main": "a",
    f"{_STRICT}/drawingml/main": "a",
    f"{_OFFICE}/officeDocument/2006/math": "m",
    f"{_STRICT}/officeDocument/math": "m",
    f"{_OFFICE}/officeDocument/2006/relationships": "r",
    f"{_STRICT}/officeDocument/relationships": "r",
    f"{_OFFICE}/officeDocument/2006/custom-properties": "custom",
    f"{_STRICT}/officeDocument/customProperties": "custom",
    f"{_OFFICE}/{_VT}": "vt",
    f"{_STRICT}/officeDocument/docPropsVTypes": "vt",
    f"{_OFFICE}/package/2006/relationships": "rel",
    f"{_OFFICE}/package/2006/content-types": "ct",
    f"{_OFFICE}/markup-compatibility/2006": "mc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/XML/1998/namespace": "xml",
}
SHEET = f"{_OFFICE}/spreadsheetml/2006/main"
"""The namespace of an ordinary workbook."""
AGAIN = "Open it, save it under a new name, and give that file."


class Damaged(Mendable):
    """A file does not hold what its kind does, whole."""

    def __init__(self, next: str = AGAIN) -> None:
        super().__init__("is damaged", next)


class Enough(Exception):
    """What has been read of a part will do."""


def tree(
    pieces: Iterable[bytes], done: Callable[[Element, Element], bool] | None = None
) -> Element:
    """The root of a part that comes in pieces. `done` is told of each element that is whole and of
    the one that holds it; what it answers False to is forgotten. It may raise `Enough`, and that
    element is forgotten too."""
    builder = _Bounded(done)
    parser = XMLParser(target=builder)  # noqa: S314 -- without a document type it is safe
    try:
        for piece in _watched(pieces):
            parser.feed(piece)
        parser.close()
    except Enough:
        pass
    except (ParseError, ValueError, LookupError) as error:
        # The last two: an encoding that Python does not know, or that expat cannot use.
        raise Damaged from error
    if builder.root is None:
        raise Damaged
    return builder.root


def find(element: Element | None, *path: str) -> Element | None:
    """The first child of a name, or its child, and so on; None where there is none. ElementTree's
    own takes a name's prefix for another."""
    for name in path:
        if element is None:
            break
        element = next((one for one in element if one.tag == name), None)
    return element


def find_all(element: Element | None, name: str) -> list[Element]:
    """The children of a name."""
    return [one for one in inner(element) if one.tag == name]


def inner(element: Element | None) -> list[Element]:
    """What stands in an element, if there is one."""
    return [*element] if element is not None else []


def _watched(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces, as long as no tag and no text is too long."""
    length = 0
    for piece in pieces:
        end = piece.rfind(b">")
        length = len(piece) - end - 1 + (length if end < 0 else 0)
        if length > LONGEST:
            raise Mendable(*_TOO_LARGE)
        yield piece


class _Bounded(TreeBuilder):
    """Builds the tree, and counts."""

    def __init__(self, done: Callable[[Element, Element], bool] | None) -> None:
        super().__init__()
        self.root: Element | None = None
        self._done = done
        self._open: list[Element] = []
        self._count = 0
        self._names: dict[str, str] = {}

    def doctype(self, name: str, public: str | None, system: str | None) -> None:  # noqa: ARG002
        raise Mendable("has a document type within it, which no Office program writes", AGAIN)

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        # No element of Office's has more than twenty attributes.
        self._count += max(1, len(attributes) - 20)
        if self._count > MOST_ELEMENTS or len(self._open) >= DEEPEST:
            raise Mendable(*_TOO_LARGE)
        name = self._names.get(tag) or self._short(tag)
        if attributes:
            names = self._names
            attributes = {names.get(k) or self._short(k): v for k, v in attributes.items()}
        element = super().start(name, attributes)
        if self.root is None:
            self.root = element
        self._open.append(element)
        return element

    def end(self, tag: str) -> Element:
        element = super().end(self._names[tag])
        self._open.pop()
        if self._done and self._open:
            self._forget(element, self._done)
        return element

    def _forget(self, element: Element, done: Callable[[Element, Element], bool]) -> None:
        kept = False
        try:
            kept = done(element, self._open[-1])
        finally:
            if not kept:
                del self._open[-1][-1]
                self._count -= sum(1 for _ in element.iter())

    def _short(self, tag: str) -> str:
        space, brace, local = tag[1:].partition("}") if tag[0] == "{" else ("", "", tag)
        prefix = _PREFIXES.get(space, space and "?")
        # The count bounds the names as well.
        name = self._names[tag] = f"{prefix}:{local}" if brace else tag
        return name
