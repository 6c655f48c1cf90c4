"""The Word file that a paper is drawn in: a council's template, else a blank one of our own."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from .package import CORE, OF_WORD, OFFICE, Part, package, unzip
from .tree import W, find, fragment
from .xml import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

_BLANK = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/document.xml": "document.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/numbering.xml": "numbering.xml",
}
"""The parts of a blank file, and what each is kept as. The page is A4 with margins a little under
2 cm, so that a Board's paper keeps to one side; the settings name the mode without which Word says
"Compatibility Mode"."""

_ROOTS = {"styles": "styles", "settings": "settings", "numbering": "numbering", "footer": "ftr"}
"""The first element of each kind of part."""
_PIECE = 65_536
"""How many bytes of a packed text are unpacked at one time."""


class File:
    """A file to draw in."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.package = package(parts)
        relations = self.package.relations.values()
        mains = [to for kind, to in relations if kind == f"{OFFICE}officeDocument"]
        if len(mains) != 1 or not isinstance(mains[0], Part):
            raise ValueError("no one part holds the text")
        self.main: Part = mains[0]
        if self.main.type != f"{OF_WORD}document.main+xml":
            raise ValueError("it is of another program")

    @property
    def body(self) -> Element:
        """What holds its text. Raises ValueError where nothing does."""
        body = find(self.main.root, "w:body")
        if body is None:
            raise ValueError("nothing holds the text")
        return body

    @property
    def section(self) -> Element:
        """How its last pages lie."""
        body = self.body
        if not len(body) or body[-1].tag != f"{W}sectPr":
            body.extend(fragment("<w:sectPr/>"))
        return body[-1]

    def part(self, kind: str) -> Part:
        """Its part of a kind that it has once, such as styles; a new one where it has none."""
        return self.main.related(f"{OFFICE}{kind}") or self.new_part(kind)[0]

    def new_part(self, kind: str) -> tuple[Part, str]:
        """A new part of a kind, which the text refers to; and what that reference is called."""
        root = _ROOTS[kind]
        taken = {part.name for part in self.package.within()}
        # A file has several feet, and one of the others.
        numbers = range(int(kind == "footer"), len(taken) + 2)
        names = (f"word/{kind}{n or ''}.xml" for n in numbers)
        free = next(name for name in names if name not in taken)
        data = f'<w:{root} xmlns:w="{W[1:-1]}"/>'.encode()
        part = Part(free, f"{OF_WORD}{kind}+xml", data)
        return part, self.main.relate(f"{OFFICE}{kind}", part)

    def put(self, kind: str, name: str, type: str, text: str) -> None:
        """A part of the whole file, in place of any that it had of this kind."""
        self.package.forget(kind)
        head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        self.package.relate(kind, Part(name, type, f"{head}{text}".encode()))

    def describe(self, properties: Mapping[str, str]) -> None:
        """Say this of the file, by the names of Office's own properties."""
        values = "".join(
            f"<{name}{_DAY if name in _DAYS else ''}>{attribute(value)}</{name}>"
            for name, value in properties.items()
        )
        self.put(CORE, "docProps/core.xml", _CORE_TYPE, _CORE_PROPERTIES.format(values))

    def keep(self, properties: Mapping[str, str]) -> None:
        """Let the file have these properties of its own, in place of any that it had."""
        values = "".join(
            f'<property fmtid="{_OF_USER}" pid="{number}" name="{attribute(name)}">'
            f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
            for number, (name, value) in enumerate(properties.items(), 2)
        )
        text = _PROPERTIES.format(values)
        self.put(f"{OFFICE}custom-properties", "docProps/custom.xml", _CUSTOM_TYPE, text)


_DAYS, _DAY = ("dcterms:created", "dcterms:modified"), ' xsi:type="dcterms:W3CDTF"'
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_PROPERTIES = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{}</cp:coreProperties>'
)
_OF_USER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_PROPERTIES = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    f'xmlns:vt="{_VT}">{{}}</Properties>'
)


def open_file(template: bytes | None) -> File:
    """The file to draw in, without a text: the template's, else a blank one of our own."""
    if template:
        return File(unzip(template))
    return File({name: read_blank(file) for name, file in _BLANK.items()})


def read_blank(name: str) -> bytes:
    """One of the files that a blank one is made of."""
    return (Path(__file__).parent.parent / "templates" / "word" / name).read_bytes()


def pack(pieces: Iterable[str]) -> bytes:
    """A text compressed: that of a large plan is hundreds of megabytes."""
    packer = zlib.compressobj(1)
    chunks = [packer.compress(piece.encode("utf-8")) for piece in pieces]
    return b"".join([*chunks, packer.flush()])


def unpack(data: bytes) -> Iterator[bytes]:
    """A packed text as it was, piece by piece."""
    unpacker = zlib.decompressobj()
    for at in range(0, len(data), _PIECE):
        yield unpacker.decompress(data[at : at + _PIECE])
    yield unpacker.flush()
