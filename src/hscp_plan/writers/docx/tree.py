"""The XML of a Word file as a tree that knows what holds each element, and that is written again
with the prefixes that it was read with: attributes such as mc:Ignorable speak of them.
"""

from __future__ import annotations

from functools import cached_property
from html import escape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder, XMLParser

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OFFICE = "http://schemas.openxmlformats.org"
PREFIXES = {
    "w": f"{_OFFICE}/wordprocessingml/2006/main",
    "r": f"{_OFFICE}/officeDocument/2006/relationships",
}
"""Those that our own pieces are written with."""
NAMESPACES = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in PREFIXES.items())
W, R = (f"{{{space}}}" for space in PREFIXES.values())
VAL = f"{W}val"
DEEPEST = 256
"""How many elements may stand one within another."""
_XML = "http://www.w3.org/XML/1998/namespace"
_BREAKS = {ord("\t"): "&#9;", ord("\n"): "&#10;", ord("\r"): "&#13;"}


class Tree:
    """A part of a file."""

    def __init__(self, root: Element, prefixes: Mapping[str, str]) -> None:
        self.root = root
        self.prefixes = prefixes
        """The namespace of each."""

    @cached_property
    def _parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    def parent(self, element: Element) -> Element | None:
        """What holds an element; None where nothing does any more."""
        return self._parents.get(element)

    def ancestors(self, element: Element) -> Iterator[Element]:
        """What holds an element, the nearest first."""
        while (parent := self._parents.get(element)) is not None:
            yield parent
            element = parent

    def remove(self, element: Element) -> None:
        """Take out an element; one that nothing holds is left as it is."""
        if (parent := self._parents.pop(element, None)) is not None:
            parent.remove(element)

    def put(self, element: Element, *others: Element) -> None:
        """Others in the place of an element; one that nothing holds is left as it is."""
        if (parent := self._parents.pop(element, None)) is not None:
            at = list(parent).index(element)
            parent[at : at + 1] = others
            self._parents.update((other, parent) for other in others)

    def written(self) -> bytes:
        """As it goes into a file."""
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        return f"{head}{self.text_of(self.root)}".encode()

    def text_of(self, element: Element) -> str:
        """An element of it, with every prefix that it or what it holds speaks of."""
        writer = _Writer({**self.prefixes})
        inside = "".join(writer.pieces(element))
        first, _, rest = inside.partition(writer.mark)
        return f"{first}{writer.declared()}{rest}"


def parse(data: bytes | str) -> Tree:
    """The tree of a part. Raises ParseError or ValueError where it is broken or too deep. Comments
    are left out."""
    builder = _Builder()
    parser = XMLParser(target=builder)  # noqa: S314 -- what declares a document type is refused
    parser.feed(data)
    return Tree(parser.close(), builder.prefixes)


def fragment(xml: str) -> list[Element]:
    """Elements that are written with our own prefixes."""
    return list(parse(f"<all {NAMESPACES}>{xml}</all>").root)


def value(element: Element | None, name: str = VAL) -> str:
    """An attribute, most often `w:val`; empty where there is none, or no element."""
    return "" if element is None else element.get(name, "")


def find(element: Element, path: str) -> Element | None:
    """The first element at a path such as w:pPr/w:numPr."""
    return element.find(path, PREFIXES)


def insert_before(parent: Element, element: Element, *names: str) -> None:
    """Put an element before the first of those named, else last."""
    tags = {f"{W}{name}" for name in names}
    at = next((n for n, child in enumerate(parent) if child.tag in tags), len(parent))
    parent.insert(at, element)


class _Builder(TreeBuilder):
    """Builds a tree, and keeps the prefixes that are declared anywhere in it."""

    def __init__(self) -> None:
        super().__init__()
        self.prefixes: dict[str, str] = {}
        self._depth = 0

    def start_ns(self, prefix: str, space: str) -> None:
        if prefix and space:
            self.prefixes.setdefault(prefix, space)

    def start(self, tag: str, attributes: dict[str, str], /) -> Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"more than {DEEPEST} elements stand one within another")
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        return super().end(tag)


class _Writer:
    """Writes elements, and gathers the prefixes of their namespaces."""

    mark = "\0"
    """Where the prefixes are declared: in the first tag. No XML holds this letter."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        self.prefixes = prefixes
        self._of = {space: prefix for prefix, space in reversed(prefixes.items())}
        self._of[_XML] = "xml"

    def declared(self) -> str:
        """All of them, as they stand in a tag."""
        return "".join(
            f' xmlns:{prefix}="{_attribute(space)}"' for prefix, space in self.prefixes.items()
        )

    def pieces(self, element: Element, mark: str = mark) -> Iterator[str]:
        """An element and what it holds."""
        tag = self._name(element.tag)
        attributes = (f' {self._name(n)}="{_attribute(v)}"' for n, v in element.attrib.items())
        start = f"<{tag}{mark}{''.join(attributes)}"
        if not len(element) and not element.text:
            yield f"{start}/>"
            return
        yield f"{start}>{escape(element.text or '', quote=False)}"
        for child in element:
            yield from self.pieces(child, "")
            yield escape(child.tail or "", quote=False)
        yield f"</{tag}>"

    def _name(self, name: str) -> str:
        space, _, local = name.rpartition("}")
        return f"{self._prefix(space[1:])}:{local}" if space else local

    def _prefix(self, space: str) -> str:
        if space not in self._of:
            ours = (prefix for prefix, known in PREFIXES.items() if known == space)
            numbered = (f"n{n}" for n in range(len(self.prefixes) + 1))
            free = (prefix for prefix in (*ours, *numbered) if prefix not in self.prefixes)
            self._of[space] = prefix = next(free)
            self.prefixes[prefix] = space
        return self._of[space]


def _attribute(text: str) -> str:
    return escape(text).translate(_BREAKS)
