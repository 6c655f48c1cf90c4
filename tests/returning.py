"""Fills in forms as people do: what Word and other programs leave in what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree
from office import parts_of, zipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NS = {"w": W.strip("{}")}
Xml = etree._Element
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def changed(data: bytes, change: Callable[[Xml], None]) -> bytes:
    """A Word file with its body changed."""
    files = parts_of(data)
    root = etree.fromstring(files["word/document.xml"])
    change(root)
    files["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return zipped(files)


def run(text: str, properties: str = "") -> Xml:
    element = etree.SubElement(etree.Element(f"{W}p"), f"{W}r")
    if properties:
        format = etree.SubElement(element, f"{W}rPr")
        etree.SubElement(format, f"{W}{properties}")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(element, f"{W}br")
        words = etree.SubElement(element, f"{W}t")
        words.text = line
        words.set(SPACE, "preserve")
    return element


def control(root: Xml, id: str, question: str) -> Xml:
    return root.xpath(f"//w:sdt[w:sdtPr/w:tag[@w:val='hscp:{id}:{question}']]", namespaces=NS)[0]


def write(root: Xml, id: str, question: str, *runs: Xml) -> None:
    """Write in a field, as Word does: its hint goes."""
    sdt = control(root, id, question)
    for hint in sdt.xpath("w:sdtPr/w:showingPlcHdr", namespaces=NS):
        hint.getparent().remove(hint)
    content = sdt.find(f"{W}sdtContent")
    for child in list(content):
        content.remove(child)
    content.extend(runs)


def filled(data: bytes, answers: Mapping[tuple[str, str], str]) -> bytes:
    """A Word form with these answers, by id and question."""

    def change(root: Xml) -> None:
        for (id, question), text in answers.items():
            write(root, id, question, run(text))

    return changed(data, change)


def tracked(kind: str, text: str) -> Xml:
    """A change that nobody has accepted yet: ins or del."""
    element = etree.Element(f"{W}{kind}")
    element.set(f"{W}author", "A chair")
    inner = run(text)
    if kind == "del":
        for words in inner.iter(f"{W}t"):
            words.tag = f"{W}delText"
    element.append(inner)
    return element


def rows(root: Xml) -> list[Xml]:
    """The rows of the table that is to be filled in, its header first."""
    return list(root.iter(f"{W}tr"))


def row(root: Xml, id: str) -> Xml:
    return next(r for r in rows(root) if "".join(r.find(f"{W}tc").itertext()).strip() == id)


def cell(root: Xml, id: str, column: int) -> Xml:
    return row(root, id).findall(f"{W}tc")[column]


def retype(cell: Xml, *runs: Xml) -> None:
    """Write over what stands in a cell."""
    paragraphs = cell.findall(f"{W}p")
    for paragraph in paragraphs[1:]:
        cell.remove(paragraph)
    for child in list(paragraphs[0]):
        if child.tag != f"{W}pPr":
            paragraphs[0].remove(child)
    paragraphs[0].extend(runs)


def add_paragraph(root: Xml, text: str, *, first: bool = False) -> None:
    """A paragraph of somebody's own, above the table or below it."""
    paragraph = etree.Element(f"{W}p")
    paragraph.append(run(text))
    table = next(root.iter(f"{W}tbl"))
    (table.addprevious if first else table.addnext)(paragraph)


def without_controls(data: bytes) -> bytes:
    """As Google Docs gives it back: without content controls and properties, words in pieces."""

    def change(root: Xml) -> None:
        for sdt in list(root.iter(f"{W}sdt")):
            for child in list(sdt.find(f"{W}sdtContent")):
                sdt.addprevious(child)
            sdt.getparent().remove(sdt)
        for text in list(root.iter(f"{W}t")):
            words, run_of = text.text or "", text.getparent()
            if len(words) > 3:
                middle = len(words) // 2
                text.text = words[:middle]
                run_of.addnext(run(words[middle:]))

    files = parts_of(changed(data, change))
    return zipped({n: d for n, d in files.items() if not n.startswith("docProps/")})
