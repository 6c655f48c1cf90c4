"""Draws a paper as a Word file that a council can use: A4, Arial, British English, with real
styles, lists and table headers, in our own design or a council's template.

The only part of hscp that loads python-docx, with the modules beside it whose names begin so.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from ...document import Title
from ...layout import A4, END_MARGIN, ONE_SIDE, SIDE_MARGIN
from ...words import cut, one_line
from . import file as files
from .body import Body
from .paragraphs import Sheet
from .styles import lists_in, style_ids
from .template import Template, template
from .xml import NAMESPACES, field, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document
    from docx.section import Section, _Footer

    from ...document import Paper

__all__ = ["Template", "draw", "template"]

MARGIN = 1077
UNKNOWN_FONT = 1.15
"""How much wider than Arial a council's own letters may be."""
FEET = ("Plan at revision ", "Made from the plan's files by hscp")
"""How the foot of a paper begins, with git and without: `foot_of` of commands makes it."""
LONGEST = 255
"""How long a property of a file may be."""


def draw(paper: Paper, template: Template | None = None) -> bytes:
    """The paper as a .docx file; the same paper gives the same bytes."""
    document = files.open_document(template and template.file)
    dense = paper.one_side and template is None
    if dense:
        _make_dense(document)
    points = ONE_SIDE["Table Text"].points if dense else 10.0
    if _font(document) != "Arial":
        points *= UNKNOWN_FONT
    sheet = _sheet(document, _page(document, paper.landscape), points)
    _foot(document, paper, sheet)
    _properties(document, paper)
    # Drawn first: it tells the file's other parts what links and lists it has.
    text = files.pack(_text(document, paper, sheet))
    buffer = BytesIO()
    document.save(buffer)
    parts = files.unzip(buffer.getvalue())
    if paper.properties:
        parts = files.with_properties(parts, paper.properties)
    return files.zip_parts({**parts, document.part.partname.membername: files.unpack(text)})


def _page(document: Document, landscape: bool) -> int:
    """How wide its text is, in twentieths of a point, once the page lies as the paper asks."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section = document.sections[-1]
    wide, high = section.page_width or Twips(A4[0]), section.page_height or Twips(A4[1])
    if landscape and wide < high:
        section.orientation, wide, high = WD_ORIENT.LANDSCAPE, high, wide
    section.page_width, section.page_height = wide, high
    sides = [section.left_margin, section.right_margin]
    left, right = (Twips(MARGIN) if side is None else side for side in sides)
    section.left_margin, section.right_margin = left, right
    return int(wide - left - right - (section.gutter or 0)) // 635


def _font(document: Document) -> str | None:
    """What its plain text is set in; None where only its theme says."""
    from docx.oxml.ns import qn

    fonts = document.styles.element.xpath(
        "(w:docDefaults/w:rPrDefault | w:style[@w:default='1'][@w:type='paragraph'])"
        "/w:rPr/w:rFonts[@w:ascii or @w:asciiTheme]"
    )
    # A theme's font goes before a name beside it, and a style's before what all begin with.
    if not fonts or fonts[-1].get(qn("w:asciiTheme")):
        return None
    return str(fonts[-1].get(qn("w:ascii")))


def _make_dense(document: Document) -> None:
    """A page that holds more: narrow margins, and the styles whose room `layout` works out."""
    from docx.shared import Pt, Twips

    section = document.sections[-1]
    section.left_margin = section.right_margin = Twips(SIDE_MARGIN)
    section.top_margin = section.bottom_margin = Twips(END_MARGIN)
    section.header_distance = section.footer_distance = Twips(END_MARGIN // 2)
    for name, style in ONE_SIDE.items():
        target = document.styles[name]
        target.font.size = Pt(style.points)
        spacing = target.paragraph_format
        spacing.space_before, spacing.space_after = Pt(style.before), Pt(style.after)
        spacing.line_spacing = style.line


def _sheet(document: Document, width: int, points: float) -> Sheet:
    lists = lists_in(document)
    styles = style_ids(document, lists)
    return Sheet(
        width, points, styles, lists.bullets, lists.numbers, lambda url: _link(document, url)
    )


def _link(document: Document, url: str) -> str:
    from docx.opc.constants import RELATIONSHIP_TYPE

    return document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)


def _text(document: Document, paper: Paper, sheet: Sheet) -> Iterator[str]:
    """The part that holds the text, as it goes into the file, piece by piece.

    It is not put into python-docx's own tree: moving ten thousand rows there takes minutes.
    """
    page = document.element.body.get_or_add_sectPr().xml
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f"<w:document {NAMESPACES}><w:body>"
    yield from Body(paper, sheet).pieces()
    yield f"{page}</w:body></w:document>"


# --- the foot of each page ----------------------------------------------------------------------


def _foot(document: Document, paper: Paper, sheet: Sheet) -> None:
    """The paper's foot on every page, below what a template has there; in place of the foot of an
    earlier paper, where that is the template."""
    from docx.oxml.parser import parse_xml

    section = document.sections[-1]
    for footer in _footers(document, section):
        footer.is_linked_to_previous = False
        element = footer.part.element
        for earlier in footer.paragraphs:
            ours = earlier.style and earlier.style.style_id == sheet.styles["paper foot"]
            if ours and earlier.text.startswith(FEET):
                element.remove(earlier._p)
        fields = element.xpath("//w:instrText/text() | //@w:instr")
        if not fields and not element.xpath("//w:t | //w:drawing | //w:pict"):
            for blank in list(element):
                element.remove(blank)
        counted = any("PAGE" in field for field in fields)
        xml = _foot_xml(paper.foot, sheet, pages=not counted)
        element.append(parse_xml(xml.replace("<w:p>", f"<w:p {NAMESPACES}>", 1)))


def _footers(document: Document, section: Section) -> Iterator[_Footer]:
    yield section.footer
    if section.different_first_page_header_footer:
        yield section.first_page_footer
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_footer


def _foot_xml(text: str, sheet: Sheet, pages: bool) -> str:
    place = f'<w:tabs><w:tab w:val="right" w:pos="{sheet.width}"/></w:tabs>'
    page = f"<w:r><w:tab/></w:r>{run('Page ')}{field('PAGE')}{run(' of ')}{field('NUMPAGES')}"
    return paragraph(sheet.styles["paper foot"], run(text) + (page if pages else ""), place)


# --- what its file says of itself ---------------------------------------------------------------


def _properties(document: Document, paper: Paper) -> None:
    """Title, subject, author, language, and times that are always the same."""
    day = paper.day or date(2000, 1, 1)
    title = next((block for block in paper.document if isinstance(block, Title)), Title(paper.name))
    properties = document.core_properties
    properties.title = _short(title.text)
    properties.subject = _short(title.aside or paper.foot)
    properties.author = properties.last_modified_by = _short(paper.subtitle)
    properties.category = _short(paper.name)
    for name in ("keywords", "comments", "content_status", "identifier", "version"):
        setattr(properties, name, "")
    properties.language = "en-GB"
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    properties.revision = 1


def _short(text: str) -> str:
    return cut(one_line(text), LONGEST)
