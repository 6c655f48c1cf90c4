"""The styles and lists of a Word file: those that it has, by name, and ours where it lacks one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...words import BRAG, KINDS, SYMBOLS
from ..tints import TINTS
from . import file as files
from .xml import NAMESPACES

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.numbering import CT_Numbering
    from docx.oxml.styles import CT_Style, CT_Styles

_VALUE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val"
_INDENT = '<w:ind w:left="397" w:hanging="397"/>'


class Lists:
    """The lists of a file: plain bullets, one for each standing's symbol, and as many that count
    as a paper has."""

    def __init__(self, numbering: CT_Numbering) -> None:
        self._numbering = numbering
        # styles.xml knows the first two by their numbers.
        self.plain = self._list(self._kind("bullet", "•"))
        self._counting = self._kind("decimal", "%1.")
        self.counted = self._list(self._counting)
        self.bullets: dict[str, int] = {"": self.plain}
        for kind in KINDS:
            ink = TINTS[BRAG[kind]].ink
            look = f'<w:rPr><w:b/><w:color w:val="{ink}"/></w:rPr>'
            self.bullets[kind] = self._list(self._kind("bullet", SYMBOLS[kind], look))

    def numbers(self) -> int:
        """A new list that counts from 1."""
        again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        return self._list(self._counting, again)

    def count_as(self, number: int) -> None:
        """Count as this list of the file does."""
        kind = self._numbering.xpath(f"w:num[@w:numId={number}]/w:abstractNumId/@w:val")
        self._counting = int(kind[0]) if kind else self._counting

    def _kind(self, form: str, text: str, look: str = "") -> int:
        id = self._next("w:abstractNum/@w:abstractNumId")
        self._add(
            f'<w:abstractNum {NAMESPACES} w:abstractNumId="{id}">'
            '<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{_INDENT}</w:pPr>{look}</w:lvl></w:abstractNum>",
            ("w:num", "w:numIdMacAtCleanup"),
        )
        return id

    def _list(self, kind: int, more: str = "") -> int:
        id = max(self._next("w:num/@w:numId"), 1)
        self._add(
            f'<w:num {NAMESPACES} w:numId="{id}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>',
            ("w:numIdMacAtCleanup",),
        )
        return id

    def _next(self, ids: str) -> int:
        return max((int(id) for id in self._numbering.xpath(ids)), default=-1) + 1

    def _add(self, xml: str, before: tuple[str, ...]) -> None:
        from docx.oxml.parser import parse_xml

        self._numbering.insert_element_before(parse_xml(xml), *before)


def lists_in(document: Document) -> Lists:
    """The file's lists; a file that has none is given its part for them."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    part = document.part
    if not any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in part.rels.values()):
        name, blank = PackURI("/word/numbering.xml"), files.read_blank("numbering.xml")
        new = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, blank, part.package)
        part.relate_to(new, RELATIONSHIP_TYPE.NUMBERING)
    return Lists(part.numbering_part.element)


def style_ids(document: Document, lists: Lists) -> dict[str, str]:
    """The id of each style by its name in small letters, ours added where there was none."""
    from docx.oxml.parser import parse_xml

    element = document.styles.element
    ids = {_name(style): style.styleId for style in element.style_lst}
    ours = {style.styleId: style for style in parse_xml(files.read_blank("styles.xml")).style_lst}
    taken, missing = set(ids.values()), [s for s in ours.values() if _name(s) not in ids]
    for style in missing:
        ids[_name(style)] = style.styleId if style.styleId not in taken else f"Hscp{style.styleId}"
    names = {id: ids[_name(style)] for id, style in ours.items()}
    for style in missing:
        element.append(_rename(style, names, lists))
    for language in element.xpath(_LANGUAGE):
        language.set(_VALUE, "en-GB")
    _use_own_lists(element, ids, lists)
    return ids


_LANGUAGE = "w:docDefaults//w:lang | w:style[@w:default='1']//w:lang"


def _name(style: CT_Style) -> str:
    return (style.name_val or "").lower()


def _rename(style: CT_Style, names: dict[str, str], lists: Lists) -> CT_Style:
    """One of our styles, referring to others and to lists as this file calls them."""
    style.styleId = names[style.styleId or ""]
    for other in style.xpath("w:basedOn | w:next"):
        other.set(_VALUE, names[other.get(_VALUE)])
    for listed in style.xpath(".//w:numId"):
        listed.set(_VALUE, str({"1": lists.plain, "2": lists.counted}[listed.get(_VALUE)]))
    return style


def _use_own_lists(element: CT_Styles, ids: dict[str, str], lists: Lists) -> None:
    """Leave bullets and numbers to the file's own styles for them, where these have any."""
    of = "w:style[@w:styleId='{}']/w:pPr/w:numPr/w:numId/@w:val"
    if element.xpath(of.format(ids["list bullet"])):
        del lists.bullets[""]
    for number in element.xpath(of.format(ids["list number"])):
        lists.count_as(int(number))
