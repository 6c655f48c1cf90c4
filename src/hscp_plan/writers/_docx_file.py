"""The Word file that a paper is drawn in: a blank one of our own, or a council's template, which
is somebody else's file: bounded, searched for what could run or reach out, and emptied."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import Mistyped, quoted
from ..words import safe

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docx.document import Document
    from docx.opc.rel import Relationships
    from docx.oxml.document import CT_Body
    from docx.oxml.section import CT_SectPr

LARGEST = 50_000_000
"""How many bytes a template may hold, unpacked."""
MOST_PARTS = 1_000
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
_KEPT = ("/styles", "/settings", "/numbering", "/theme", "/fontTable")
"""What a template gives beside its page, headers and footers."""
_REACHING_OUT = ("w:attachedTemplate", "w:mailMerge", "w:footnotePr", "w:endnotePr")
"""Settings that name a file elsewhere, or a part that goes."""
_MACROS = "Open it in Word, and save it as a Word document (.docx), which holds none."
_SAVE = "Open it in Word, and save it as a Word document (.docx)."


def opened(template: Path | None) -> Document:
    """The file to draw in, without a text. Raises Mistyped where the template cannot be used."""
    from docx import Document

    if template is None:
        return Document(BytesIO(zipped({name: kept(file) for name, file in _BLANK.items()})))
    parts = _harmless(template)
    try:
        document = Document(BytesIO(zipped(parts)))
        _emptied(document)
    # python-docx stumbles over a broken file in whatever way it happens to.
    except Exception as fault:
        raise _unusable(template, "is no Word document that can be read", _SAVE) from fault
    return document


def kept(name: str) -> bytes:
    """One of the files that a blank one is made of."""
    return (Path(__file__).parent / "templates" / "word" / name).read_bytes()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The parts of a file that we made."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as one file: always in one order and of one time, so that the same parts give
    the same bytes."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name in sorted(parts, key=lambda name: (name not in _BLANK, name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            file.writestr(entry, parts[name])
    return made.getvalue()


# --- a council's template -----------------------------------------------------------------------


def _harmless(template: Path) -> dict[str, bytes]:
    """A template's parts, once nothing in it can run, reach out or fill the memory."""
    parts = _parts(template)
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in parts):
        what = "holds macros, which would run on the computer of whoever opens the paper"
        raise _unusable(template, what, _MACROS)
    # A NUL in between is how UTF-16 would write it.
    if any(b"<!DOCTYPE" in part.replace(b"\0", b"") for part in parts.values()):
        raise _unusable(template, "declares a document type, which no Word document does", _SAVE)
    return {**parts, "[Content_Types].xml": types.replace(b".template.main+", b".document.main+")}


def _parts(template: Path) -> dict[str, bytes]:
    if not template.is_file():
        what = "is a folder" if template.is_dir() else "is not there"
        raise _unusable(template, what, "Give the Word document whose styles the paper is to have.")
    try:
        with zipfile.ZipFile(template) as file:
            entries = file.infolist()
            if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > LARGEST:
                what = f"holds more than {LARGEST // 1_000_000} MB, or {MOST_PARTS:,} parts"
                raise _unusable(template, what, "Take large pictures out of it.")
            return {entry.filename: file.read(entry) for entry in entries}
    except OSError as fault:
        what = f"cannot be read: {safe(fault.strerror or str(fault))}"
        raise _unusable(template, what, "Close it where it is open, and try again.") from fault
    # Broken, encrypted, or packed in a way that no Word document is; zlib has its own error.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as fault:
        raise _unusable(template, "is no Word document (.docx)", _SAVE) from fault


def _unusable(template: Path, what: str, next: str) -> Mistyped:
    return Mistyped(f"the template {quoted(safe(template.name))} {what}", next)


def _emptied(document: Document) -> None:
    """Take out its text and what belongs to that, and what names files elsewhere."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    body = document.element.body
    last = body.get_or_add_sectPr()
    _inherited(body, last)
    body.clear_content()
    referred = {value for element in last.iter() for value in element.attrib.values()}
    rels = document.part.rels
    _drop(rels, [id for id in rels if id not in referred and not rels[id].reltype.endswith(_KEPT)])
    settings = document.settings.element
    for element in settings.xpath(" | ".join(_REACHING_OUT)):
        settings.remove(element)
    document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS).rels.clear()
    outer = document.part.package.rels
    _drop(outer, [id for id in outer if outer[id].reltype == RELATIONSHIP_TYPE.THUMBNAIL])


def _drop(rels: Relationships, ids: list[str]) -> None:
    for id in ids:
        del rels[id]


def _inherited(body: CT_Body, last: CT_SectPr) -> None:
    """Give the last section the headers and footers that it takes over from those before it."""
    have = {(r.tag, r.type_) for r in (*last.xpath("w:headerReference | w:footerReference"),)}
    for earlier in reversed(body.xpath("w:p/w:pPr/w:sectPr")):
        for found in earlier.xpath("w:headerReference | w:footerReference"):
            if (found.tag, found.type_) not in have:
                have.add((found.tag, found.type_))
                last.insert(0, found)
