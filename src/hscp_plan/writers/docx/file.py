"""The Word file that a paper is drawn in, and the parts that it is packed of."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from .xml import attribute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docx.document import Document

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

_PIECE = 65_536
"""How many bytes of a packed text are unpacked at one time."""


def open_document(template: bytes | None) -> Document:
    """The file to draw in, without a text: the template's, else a blank one of our own."""
    from docx import Document

    blank = {name: read_blank(file) for name, file in _BLANK.items()}
    return Document(BytesIO(template or zip_parts(blank)))


def read_blank(name: str) -> bytes:
    """One of the files that a blank one is made of."""
    return (Path(__file__).parent.parent / "templates" / "word" / name).read_bytes()


def unzip(data: bytes) -> dict[str, bytes]:
    """The parts of a file that we made."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def with_properties(parts: Mapping[str, bytes], properties: Mapping[str, str]) -> dict[str, bytes]:
    """A file's parts, with these properties of its own in place of any that it had."""
    values = "".join(
        f'<property fmtid="{_OF_USER}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    new = {**parts, _CUSTOM: _PROPERTIES.format(values).encode()}
    if _CUSTOM not in parts:
        new[_TYPES] = parts[_TYPES].replace(b"</Types>", _CUSTOM_TYPE.encode() + b"</Types>")
        relation = _CUSTOM_RELATION.encode() + b"</Relationships>"
        new[_RELATIONS] = parts[_RELATIONS].replace(b"</Relationships>", relation)
    return new


_CUSTOM, _TYPES, _RELATIONS = "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"
_OF_USER = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
    "{}</Properties>"
)
_CUSTOM_TYPE = (
    f'<Override PartName="/{_CUSTOM}" ContentType="application/vnd.openxmlformats-officedocument.'
    'custom-properties+xml"/>'
)
_CUSTOM_RELATION = (
    f'<Relationship Id="rIdOwn" Type="{_OFFICE}/relationships/custom-properties" '
    f'Target="{_CUSTOM}"/>'
)


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


def zip_parts(parts: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """The parts, whole or in pieces, as one file: always in one order and of one time, so that the
    same parts give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name not in _BLANK, name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            part = parts[name]
            with file.open(entry, "w") as to:
                for piece in (part,) if isinstance(part, bytes) else part:
                    to.write(piece)
    return buffer.getvalue()
