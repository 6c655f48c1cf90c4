"""The parts of a Word file, and what each refers to: what nothing refers to is not written."""

from __future__ import annotations

import posixpath
import zipfile
from functools import cached_property
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from .tree import Tree, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from xml.etree.ElementTree import Element

TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
OF_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


class Relation(NamedTuple):
    """That one part refers to another."""

    kind: str
    """As what: an address that Office knows."""
    to: Part | str
    """The other part; where it is outside of the file, its address."""


class Part:
    """One file within a Word file; the package itself is the part without a name."""

    def __init__(self, name: str, type: str, data: bytes) -> None:
        self.name, self.type, self._data = name, type, data
        self.relations: dict[str, Relation] = {}

    @property
    def is_xml(self) -> bool:
        """Whether it can be read as a tree."""
        return self.type.endswith("xml")

    @cached_property
    def tree(self) -> Tree:
        """What it holds. Raises ParseError where that is broken."""
        return parse(self._data)

    @property
    def root(self) -> Element:
        """Its first element."""
        return self.tree.root

    @property
    def data(self) -> bytes:
        """What it holds, as it goes into a file."""
        return self.tree.written() if "tree" in self.__dict__ else self._data

    def related(self, kind: str) -> Part | None:
        """The first part of the file that it refers to as this."""
        parts = (r.to for r in self.relations.values() if r.kind == kind)
        return next((to for to in parts if isinstance(to, Part)), None)

    def relate(self, kind: str, to: Part | str) -> str:
        """Refer to another part or address; what the reference is called here."""
        relation = Relation(kind, to)
        known = (id for id, other in self.relations.items() if other == relation)
        free = (f"rId{n}" for n in range(1, len(self.relations) + 2))
        id = next(known, "") or next(id for id in free if id not in self.relations)
        self.relations[id] = relation
        return id

    def forget(self, kind: str) -> None:
        """Refer to nothing as this any more."""
        self.relations = {id: r for id, r in self.relations.items() if r.kind != kind}

    def within(self) -> Iterator[Part]:
        """All parts that it leads to, each once."""
        seen, todo = {id(self)}, [self]
        while todo:
            for _, to in todo.pop().relations.values():
                if isinstance(to, Part) and id(to) not in seen:
                    seen.add(id(to))
                    todo.append(to)
                    yield to


def package(parts: Mapping[str, bytes]) -> Part:
    """The package of the parts of a file. What it refers to and lacks is forgotten. Raises
    ParseError or KeyError where it is broken."""
    types = parse(parts[TYPES]).root
    overrides = {e.get("PartName", ""): e.get("ContentType", "") for e in types}
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in types}
    whole = Part("", "", b"")
    known, todo = {"": whole}, [whole]
    while todo:
        part = todo.pop()
        for element in _relations(parts, part.name):
            kind, target = element.get("Type", ""), element.get("Target", "")
            to: Part | str = target
            if element.get("TargetMode") != "External":
                folder = posixpath.dirname(part.name)
                name = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if name not in parts:
                    continue
                if name not in known:
                    extension = name.rpartition(".")[2].lower()
                    type = overrides.get(f"/{name}") or defaults.get(extension, "")
                    known[name] = Part(name, type, parts[name])
                    todo.append(known[name])
                to = known[name]
            part.relations[element.get("Id", "")] = Relation(kind, to)
    return whole


def _relations(parts: Mapping[str, bytes], name: str) -> list[Element]:
    data = parts.get(_relations_name(name))
    return list(parse(data).root) if data else []


def _relations_name(name: str) -> str:
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def parts_of(whole: Part) -> dict[str, bytes]:
    """The parts of a package as they go into a file."""
    every = list(whole.within())
    found = {TYPES: _content_types(every)}
    for part in (whole, *every):
        if part.relations:
            found[_relations_name(part.name)] = _relations_of(part)
        if part is not whole:
            found[part.name] = part.data
    return found


def _content_types(parts: Iterable[Part]) -> bytes:
    pictures = {
        part.name.rpartition(".")[2]: part.type for part in parts if part.type.startswith("image/")
    }
    defaults = {"rels": _RELS_TYPE, "xml": "application/xml", **pictures}
    lines = [
        f'<Default Extension="{escape(extension)}" ContentType="{escape(type)}"/>'
        for extension, type in defaults.items()
    ]
    lines += [
        f'<Override PartName="/{escape(part.name)}" ContentType="{escape(part.type)}"/>'
        for part in parts
        if pictures.get(part.name.rpartition(".")[2]) != part.type
    ]
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>'.encode()


def _relations_of(part: Part) -> bytes:
    folder = posixpath.dirname(part.name) or "."
    lines = []
    for id, (kind, to) in part.relations.items():
        target, mode = to, ' TargetMode="External"'
        if isinstance(to, Part):
            target, mode = posixpath.relpath(to.name, folder), ""
        lines.append(
            f'<Relationship Id="{escape(id)}" Type="{escape(kind)}" '
            f'Target="{escape(str(target))}"{mode}/>'
        )
    body = "".join(lines)
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{body}</Relationships>'.encode()


def zip_parts(parts: Mapping[str, bytes | Iterable[bytes]]) -> bytes:
    """The parts, whole or in pieces, as one file: always in one order and of one time, so that the
    same parts give the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        # The types stand first: some readers tell by that what a file is.
        for name in sorted(parts, key=lambda name: (name != TYPES, name)):
            entry = zipfile.ZipInfo(name)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            part = parts[name]
            with file.open(entry, "w") as to:
                for piece in (part,) if isinstance(part, bytes) else part:
                    to.write(piece)
    return buffer.getvalue()


def unzip(data: bytes) -> dict[str, bytes]:
    """The parts of a file that we made."""
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}
