"""Draws a paper as a Word file that a council can use: A4, Arial, British English, with real
styles, lists and table headers, in our own design or a council's template.

It is written as Word's own XML. python-docx would do what stands around the text, and needs lxml,
which does not run in a browser.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ...document import Title
from ...layout import ONE_SIDE
from ...words import cut, one_line
from .body import Body
from .file import File, open_file, pack, unpack
from .package import OFFICE, parts_of, zip_parts
from .page import lay, narrow_margins, write_feet
from .paragraphs import Sheet
from .styles import font, lists_in, set_sizes, style_ids
from .template import Template, template
from .tree import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...document import Paper

__all__ = ["Template", "draw", "template"]

UNKNOWN_FONT = 1.15
"""How much wider than Arial a council's own letters may be."""
LONGEST = 255
"""How long a property of a file may be."""


def draw(paper: Paper, template: Template | None = None) -> bytes:
    """The paper as a .docx file; the same paper gives the same bytes."""
    file = open_file(template and template.file)
    dense = paper.one_side and template is None
    if dense:
        narrow_margins(file)
        set_sizes(file, ONE_SIDE)
    points = ONE_SIDE["Table Text"].points if dense else 10.0
    if font(file) != "Arial":
        points *= UNKNOWN_FONT
    sheet = _sheet(file, lay(file, paper.landscape), points)
    write_feet(file, paper.foot, sheet)
    file.describe(_properties(paper))
    if paper.properties:
        file.keep(paper.properties)
    # Drawn first: it tells the file's other parts what links and lists it has.
    text = pack(_text(file, paper, sheet))
    return zip_parts({**parts_of(file.package), file.main.name: unpack(text)})


def _sheet(file: File, width: int, points: float) -> Sheet:
    lists = lists_in(file)
    styles = style_ids(file, lists)
    link = f"{OFFICE}hyperlink"
    return Sheet(
        width, points, styles, lists.bullets, lists.numbers, lambda url: file.main.relate(link, url)
    )


def _text(file: File, paper: Paper, sheet: Sheet) -> Iterator[str]:
    """The part that holds the text, as it goes into the file, piece by piece.

    It is not put into a tree: that of ten thousand rows would take a gigabyte.
    """
    page = file.main.tree.text_of(file.section)
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    yield f"<w:document {NAMESPACES}><w:body>"
    yield from Body(paper, sheet).pieces()
    yield f"{page}</w:body></w:document>"


def _properties(paper: Paper) -> dict[str, str]:
    """Title, subject, author, language, and times that are always the same."""
    day = paper.day or date(2000, 1, 1)
    title = next((block for block in paper.document if isinstance(block, Title)), Title(paper.name))
    author, midnight = _short(paper.subtitle), f"{day.isoformat()}T00:00:00Z"
    return {
        "dc:title": _short(title.text),
        "dc:subject": _short(title.aside or paper.foot),
        "dc:creator": author,
        "cp:lastModifiedBy": author,
        "cp:category": _short(paper.name),
        "dc:language": "en-GB",
        "cp:revision": "1",
        "dcterms:created": midnight,
        "dcterms:modified": midnight,
    }


def _short(text: str) -> str:
    return cut(one_line(text), LONGEST)
