"""A file of somebody else's, whatever its kind, to plain paragraphs and tables.

Nothing of it is run, and nothing is fetched. Its kind is told by its bytes; whether a plain text is
a table or Markdown, by its name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import Mendable, quoted
from . import text
from .kinds import is_html, is_mail, is_pdf, refusal
from .outlook import is_saved, read_saved
from .package import LARGEST, Package
from .xml import Damaged

if TYPE_CHECKING:
    from .content import Content, Mail

_MAIN = "openxmlformats-officedocument."
_KINDS = {
    "wordprocessingml.document.main+xml": "docx",
    "wordprocessingml.template.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "spreadsheetml.template.main+xml": "xlsx",
}
_PROGRAMS = {b"word": "Word", b"xl": "Excel"}
_PART = re.compile(rb"PK\x03\x04.{26}(word|xl)/", re.DOTALL)
"""The beginning of a part of a Word or Excel file, which stands even in one that was cut off."""
_MEGABYTE = 1_000_000
_HEADERS = 100_000
"""Within how many bytes an e-mail says that it is one. Its words may be in any charset."""


def read(name: str, data: bytes, pdf: bool = False) -> Content | Mail:
    """What a file of this name says; of a PDF only where a `pdf` is wanted. Mendable, in one line
    that names it and says what to do, where it is of no kind that is read, is damaged or locked,
    could run something, or is too large."""
    try:
        return _read(name, data, pdf)
    except Mendable as error:
        raise Mendable(f"{quoted(name)} {error.what}", error.next) from error


def _read(name: str, data: bytes, pdf: bool) -> Content | Mail:
    if not data.strip(b"\0 \t\r\n"):
        raise Mendable("is empty", "Ask for it to be sent again.")
    if len(data) > LARGEST:
        raise Mendable(
            f"is larger than {LARGEST // _MEGABYTE} MB",
            "Take out its pictures, or copy what matters into a new file.",
        )
    if pdf and is_pdf(data):
        from . import pdf as reader

        return reader.read(data)
    if refused := refusal(data):
        raise Mendable(*refused)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        try:
            return _office(data)
        except Damaged as error:
            raise _damaged(data) from error
    if is_mail(data[:_HEADERS].decode("latin-1"), name):
        from . import eml

        return eml.read(data)
    words, notes = text.decoded(data)
    if is_saved(words):
        return read_saved(words, notes)
    if is_html(words, name):
        from . import html

        return html.read(words, notes)
    if name.casefold().endswith((".csv", ".tsv")):
        from . import csv

        return csv.read(words, notes)
    if name.casefold().endswith((".md", ".markdown")):
        from . import markdown

        return markdown.read(words, notes)
    return text.read(words, notes)


def _office(data: bytes) -> Content:
    package = Package(data)
    main = package.main()
    if package.has("content.xml") and package.has("mimetype"):
        raise Mendable(
            "is a LibreOffice file",
            "Open it in LibreOffice, save it as Word (.docx) or Excel (.xlsx), and give that.",
        )
    type = package.type_of(main) if main else ""
    binary = "binary" in type  # An .xlsb is called macro-enabled whatever it holds.
    if ("macroEnabled" in type and not binary) or any(
        n.endswith("vbaproject.bin") for n in package.names
    ):
        raise Mendable(
            "holds macros, which are programs: nothing of it was run",
            "Save it as .docx or .xlsx, which hold none, and give that file.",
        )
    kind = _KINDS.get(type.rpartition(_MAIN)[2])
    if kind == "docx":
        from . import docx

        return docx.read_package(package, main)
    if kind == "xlsx":
        from . import xlsx

        return xlsx.read_package(package, main)
    if not type and any(name.startswith(("word/", "xl/")) for name in package.names):
        raise Damaged
    if main:
        raise Mendable(
            "is an Office file of a kind that hscp does not read",
            "Save it as Word (.docx) or Excel (.xlsx), and give that file.",
        )
    raise Mendable("is a zip file", "Unpack it, and give the files that were in it.")


def _damaged(data: bytes) -> Mendable:
    """What to say of a damaged Office file: which it is, as far as its bytes tell."""
    part = _PART.search(data)
    if part is None:
        return Damaged("Ask for it to be sent again.")
    program = _PROGRAMS[part[1]]
    return Mendable(
        f"is a damaged {program} file: a part of it is missing or broken",
        f"Open it in {program}, which may mend it, and save it under a new name; else ask for it "
        "to be sent again.",
    )
