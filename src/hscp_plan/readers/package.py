"""The safe opening of an Office file: a zip of parts, bounded before and while it is unpacked.

Only the parts that are asked for are unpacked. Nothing outside the file is looked at, whatever its
relationships say.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mendable
from .xml import Damaged, inner, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

LARGEST = 20_000_000
"""How many bytes a file may have."""
UNPACKED = 60_000_000
"""How many bytes may be unpacked of a file in all."""
MOST_PARTS = 2_000
_PIECE = 65_536
_ENTRY = b"PK\x01\x02"
"""Begins each line of a zip's list of contents."""
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError),
    *(NotImplementedError, RuntimeError, OverflowError),
)
"""What `zipfile` raises over damaged files, and over ways to pack that it does not know."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MAIN = "officeDocument"
"""The kind of the relationship that leads to a file's main part."""


class Relation(NamedTuple):
    """What one part says of another."""

    kind: str
    """The last word of its type: comments, header, styles."""
    part: str
    """The other part's name."""


class Package:
    """An Office file that is open."""

    def __init__(self, data: bytes) -> None:
        """Read the list of what it holds. Mendable where it is damaged, locked or too large."""
        self._left = UNPACKED
        if data.count(_ENTRY) > MOST_PARTS:
            raise Mendable("holds too many files", "Copy what matters into a new file.")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise Damaged from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Mendable("is locked with a password", "Save it without one, and give that file.")
        self._entries = {entry.filename.lstrip("/").casefold(): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise Damaged

    @property
    def names(self) -> list[str]:
        """The names of its parts, in small letters."""
        return [*self._entries]

    def has(self, name: str) -> bool:
        """Whether it has this part."""
        return name.casefold() in self._entries

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part, unpacked piece by piece, and counted: what the file says of its size is not
        believed."""
        try:
            entry = self._entries[name.casefold()]
            if entry.compress_type not in _PACKED:
                raise Damaged
            with self._zip.open(entry) as part:
                while piece := part.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise Mendable(
                            "is too large once it is unpacked",
                            "Copy what matters into a new file, and give that.",
                        )
                    yield piece
        except _BROKEN as error:
            raise Damaged from error

    def read(self, name: str) -> bytes:
        """A part's bytes."""
        return b"".join(self.pieces(name))

    def tree(
        self, name: str, done: Callable[[Element, Element], bool] | None = None
    ) -> Element | None:
        """A part's XML (see `xml.tree`); None where there is no such part."""
        return tree(self.pieces(name), done) if self.has(name) else None

    def relations(self, part: str = "") -> dict[str, Relation]:
        """What a part, or the file itself, says of the other parts, by the name that it uses for
        each. What leads out of the file is left out."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        relations: dict[str, Relation] = {}
        for entry in inner(root):
            target, inside = entry.get("Target", ""), entry.get("TargetMode") != "External"
            name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if inside and self.has(name):
                kind = entry.get("Type", "").rpartition("/")[2]
                relations[entry.get("Id", "")] = Relation(kind, name)
        return relations

    def main(self) -> str:
        """The name of its main part; empty where it has none."""
        parts = (r.part for r in self.relations().values() if r.kind == _MAIN)
        return next(parts, "")

    def type_of(self, part: str) -> str:
        """What the file says that a part is."""
        root = self.tree("[Content_Types].xml")
        default = ""
        for entry in inner(root):
            if entry.get("PartName", "").lstrip("/").casefold() == part.casefold():
                return entry.get("ContentType", "")
            if entry.get("Extension", "").casefold() == part.rpartition(".")[2].casefold():
                default = entry.get("ContentType", "")
        return default
