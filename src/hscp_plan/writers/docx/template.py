"""A council's Word template: somebody else's file. It is bounded before it is unpacked, emptied of
its text, and only what is known to be harmless is kept: nothing that could run, fetch or lead
elsewhere."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING, NamedTuple
from xml.etree.ElementTree import ParseError

from ...errors import Mistyped, quoted
from ...words import safe
from .file import File
from .harmless import harmless
from .package import CORE, OFFICE, Part, Relation, parts_of, unzip, zip_parts
from .styles import lists_in
from .tree import W, value

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

LARGEST = 50_000_000
"""How many bytes a template may hold, packed or unpacked."""
MOST_PARTS = 1_000
_TYPE = "application/vnd.openxmlformats-officedocument."
_OF_WORD = ("styles", "settings", "numbering", "fontTable", "header", "footer")
_PICTURED = ("header", "footer", "numbering", "theme")
_LEADS: dict[str, tuple[str, ...]] = {
    "": ("officeDocument", CORE, "custom-properties", "extended-properties"),
    "officeDocument": (*_OF_WORD, "theme"),
    **dict.fromkeys(_PICTURED, ("image",)),
}
"""Which part of a file may refer to which, by the kind of reference. No other part is kept."""
_TYPES = {
    "officeDocument": (f"{_TYPE}wordprocessingml.document.main+xml",),
    CORE: ("application/vnd.openxmlformats-package.core-properties+xml",),
    "custom-properties": (f"{_TYPE}custom-properties+xml",),
    "extended-properties": (f"{_TYPE}extended-properties+xml",),
    **{kind: (f"{_TYPE}wordprocessingml.{kind}+xml",) for kind in _OF_WORD},
    "theme": (f"{_TYPE}theme+xml",),
    # Not SVG, which can hold a program.
    "image": ("image/png", "image/jpeg", "image/jpg", "image/gif", "image/bmp", "image/tiff",
              "image/x-emf", "image/x-wmf"),
}  # fmt: skip
"""The types that a part may have, by the kind of reference to it."""
_SETTINGS = {
    "mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
    "defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone",
    "doNotHyphenateCaps", "evenAndOddHeaders", "characterSpacingControl", "noPunctuationKerning",
    "mathPr", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator",
}  # fmt: skip
"""Settings that shape a page or a text; others name files, recipients, schemas and programs."""
_PROPERTIES = {"Company", "Manager"}
"""What a footer may show of the file; the rest is of the template, its text and its links."""
_MACROS = "Open it in Word, and save it as a Word document (.docx), which holds none."
_SAVE = "Open it in Word, and save it as a Word document (.docx)."


class Template(NamedTuple):
    """A template that can be drawn in."""

    file: bytes
    left: tuple[str, ...]
    """What was taken out of its headers, footers and styles, in words."""


def template(path: Path) -> Template:
    """Read a template. Raises Mistyped where it cannot be used."""
    parts = _read_parts(path)
    try:
        file = File(parts)
        left = _empty(file)
        cleaned = zip_parts(parts_of(file.package))
        # What it says of lists and sizes is read when a paper is drawn.
        lists_in(File(unzip(cleaned)))
    # Broken XML, letters that Python does not know, a part that is not there.
    except (ParseError, ValueError, LookupError) as fault:
        raise _unusable(path, "is no Word document that can be read", _SAVE) from fault
    return Template(cleaned, tuple(sorted(left)))


# --- what may be unpacked, and read as XML ------------------------------------------------------


def _read_parts(path: Path) -> dict[str, bytes]:
    """A template's parts, once reading them can run nothing and fill no memory."""
    parts = _parts(path)
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any("vbaproject" in name.lower() for name in parts):
        what = "holds macros, which would run on the computer of whoever opens the paper"
        raise _unusable(path, what, _MACROS)
    if any(map(_declares, parts.values())):
        raise _unusable(path, "declares a document type, which no Word document does", _SAVE)
    return {**parts, "[Content_Types].xml": types.replace(b".template.main+", b".document.main+")}


def _declares(part: bytes) -> bool:
    """Whether a part declares a type, or is written in letters that could hide that it does."""
    # A NUL in between is how UTF-16 would write it.
    plain = part.replace(b"\0", b"")
    letters = re.search(rb"""<\?xml[^>]*encoding\s*=\s*["']([^"']*)""", plain[:200])
    encoding = letters[1].lower() if letters else b"utf-8"
    return b"<!DOCTYPE" in plain or encoding not in (b"utf-8", b"utf-16", b"us-ascii")


def _parts(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "is not there"
        raise _unusable(path, what, "Give the Word document whose styles the paper is to have.")
    try:
        with zipfile.ZipFile(path) as file:
            entries = file.infolist()
            packed = path.stat().st_size
            if (
                len(entries) > MOST_PARTS
                or max(packed, sum(e.file_size for e in entries)) > LARGEST
            ):
                what = f"holds more than {LARGEST // 1_000_000} MB, or {MOST_PARTS:,} parts"
                raise _unusable(path, what, "Take large pictures out of it.")
            return {entry.filename: file.read(entry) for entry in entries}
    except OSError as fault:
        what = f"cannot be read: {safe(fault.strerror or str(fault))}"
        raise _unusable(path, what, "Close it where it is open, and try again.") from fault
    # Broken, encrypted, or packed in a way that no Word document is; zlib has its own error.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as fault:
        raise _unusable(path, "is no Word document (.docx)", _SAVE) from fault


def _unusable(path: Path, what: str, next: str) -> Mistyped:
    return Mistyped(f"the template {quoted(safe(path.name))} {what}", next)


# --- what is left of it -------------------------------------------------------------------------


def _empty(file: File) -> set[str]:
    """Take out its text and what belongs to that, and from the rest whatever runs or leads out of
    the file; what was taken out of the rest, in words."""
    last = file.section
    _inherit(file.body, last)
    file.body[:] = [last]
    shown = {reference for element in last.iter() for reference in element.attrib.values()}
    file.main.relations = {
        id: relation
        for id, relation in file.main.relations.items()
        if id in shown or not relation.kind.endswith(("/header", "/footer"))
    }
    settings = file.part("settings").root
    settings[:] = [setting for setting in settings if _local(setting.tag) in _SETTINGS]
    left: set[str] = set()
    _prune(file.package, "", left)
    return left


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _prune(part: Part, kind: str, left: set[str]) -> None:
    """Drop every reference that is not known to be harmless; clean the parts that are kept."""
    part.relations = {
        id: relation for id, relation in part.relations.items() if _is_allowed(relation, kind)
    }
    for relation in part.relations.values():
        if isinstance(relation.to, Part):
            _prune(relation.to, _short(relation.kind), left)
            if relation.to.is_xml:
                left |= _clean(relation.to)


def _short(kind: str) -> str:
    return kind.removeprefix(OFFICE)


def _is_allowed(relation: Relation, kind: str) -> bool:
    name, to = _short(relation.kind), relation.to
    return isinstance(to, Part) and name in _LEADS.get(kind, ()) and to.type in _TYPES[name]


def _clean(part: Part) -> set[str]:
    root = part.root
    if part.type.endswith("extended-properties+xml"):
        root[:] = [child for child in root if _local(child.tag) in _PROPERTIES]
    return harmless(part.tree, part.relations)


def _inherit(body: Element, last: Element) -> None:
    """Give the last section the headers and footers that it takes over from those before it."""
    have = {(r.tag, value(r, f"{W}type")) for r in _references(last)}
    for earlier in reversed(body.findall(f"{W}p/{W}pPr/{W}sectPr")):
        for reference in _references(earlier):
            key = reference.tag, value(reference, f"{W}type")
            if key not in have:
                have.add(key)
                last.insert(0, reference)


def _references(section: Element) -> list[Element]:
    return [e for e in section if e.tag in (f"{W}headerReference", f"{W}footerReference")]
