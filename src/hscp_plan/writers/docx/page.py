"""How the pages of a Word file lie, and what stands at the foot of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...layout import A4, END_MARGIN, SIDE_MARGIN
from .package import OFFICE, Part
from .tree import VAL, R, W, find, fragment, insert_before, value
from .xml import field, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from .file import File
    from .paragraphs import Sheet

MARGIN = 1077
FEET = ("Plan at revision ", "Made from the plan's files by hscp")
"""How the foot of a paper begins, with git and without: `foot_of` of commands makes it."""
_TWIPS = {"": 1.0, "pt": 20, "pc": 240, "pi": 240, "in": 1440, "cm": 1440 / 2.54, "mm": 1440 / 25.4}
"""How many twentieths of a point each unit has; a number without one is of these."""
_SECTION = (
    "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols", "formProt",
    "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid",
    "printerSettings", "sectPrChange",
)  # fmt: skip
"""What a section says from its page on, in its order."""
_OFF = ("0", "false", "off")


def lay(file: File, landscape: bool) -> int:
    """How wide its text is, in twentieths of a point, once the page lies as the paper asks."""
    size, margins = _part(file.section, "pgSz"), _part(file.section, "pgMar")
    wide, high = (_twips(size, name) or a4 for name, a4 in zip(("w", "h"), A4, strict=True))
    if landscape and wide < high:
        size.set(f"{W}orient", "landscape")
        wide, high = high, wide
    size.set(f"{W}w", str(wide))
    size.set(f"{W}h", str(high))
    sides = [_twips(margins, name) for name in ("left", "right")]
    left, right = (MARGIN if side is None else side for side in sides)
    margins.set(f"{W}left", str(left))
    margins.set(f"{W}right", str(right))
    return wide - left - right - (_twips(margins, "gutter") or 0)


def narrow_margins(file: File) -> None:
    """Margins that leave a page the most room."""
    margins = _part(file.section, "pgMar")
    sides = dict.fromkeys(("left", "right"), SIDE_MARGIN)
    ends = dict.fromkeys(("top", "bottom"), END_MARGIN)
    notes = dict.fromkeys(("header", "footer"), END_MARGIN // 2)
    for name, twips in {**sides, **ends, **notes}.items():
        margins.set(f"{W}{name}", str(twips))


def _part(section: Element, name: str) -> Element:
    """What a section says of its page, made where it says nothing."""
    found = find(section, f"w:{name}")
    if found is None:
        found = fragment(f"<w:{name}/>")[0]
        insert_before(section, found, *_SECTION[_SECTION.index(name) + 1 :])
    return found


def _twips(element: Element, name: str) -> int | None:
    """A measure in twentieths of a point; None where there is none that can be read."""
    match = re.fullmatch(r"(-?\d+(?:\.\d+)?)([a-z]{0,2})", value(element, f"{W}{name}"))
    if match is None or match[2] not in _TWIPS:
        return None
    return round(float(match[1]) * _TWIPS[match[2]])


# --- the foot of each page ----------------------------------------------------------------------


def write_feet(file: File, text: str, sheet: Sheet) -> None:
    """The paper's foot on every page, below what a template has there; in place of the foot of an
    earlier paper, where that is the template."""
    for part in _feet(file):
        root = part.root
        for earlier in root.findall(f"{W}p"):
            ours = value(find(earlier, "w:pPr/w:pStyle")) == sheet.styles["paper foot"]
            if ours and "".join(t.text or "" for t in earlier.iter(f"{W}t")).startswith(FEET):
                root.remove(earlier)
        if not any(True for _ in _fields(root)) and not _shows(root):
            root[:] = []
        counted = any("PAGE" in code for code in _fields(root))
        root.extend(fragment(_foot(text, sheet, pages=not counted)))


def _feet(file: File) -> Iterator[Part]:
    """What stands at the foot of each kind of page that there is."""
    settings = file.main.related(f"{OFFICE}settings")
    kinds = {
        "default": True,
        "first": _is_on(find(file.section, "w:titlePg")),
        "even": settings is not None and _is_on(find(settings.root, "w:evenAndOddHeaders")),
    }
    for kind in (kind for kind, there in kinds.items() if there):
        references = file.section.findall(f"{W}footerReference")
        reference = next((r for r in references if value(r, f"{W}type") == kind), None)
        known = file.main.relations.get(value(reference, f"{R}id"))
        if known and isinstance(known.to, Part):
            yield known.to
            continue
        part, id = file.new_part("footer")
        new = fragment(f'<w:footerReference w:type="{kind}" r:id="{id}"/>')[0]
        file.section.insert(0, new)
        yield part


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(VAL) not in _OFF


def _fields(root: Element) -> Iterator[str]:
    """The code of each field, or a part of it."""
    for element in root.iter():
        if element.tag == f"{W}instrText" and element.text:
            yield element.text
        if code := element.get(f"{W}instr"):
            yield code


def _shows(root: Element) -> bool:
    shown = (f"{W}t", f"{W}drawing", f"{W}pict")
    return any(element.tag in shown for element in root.iter())


def _foot(text: str, sheet: Sheet, pages: bool) -> str:
    place = f'<w:tabs><w:tab w:val="right" w:pos="{sheet.width}"/></w:tabs>'
    page = f"<w:r><w:tab/></w:r>{run('Page ')}{field('PAGE')}{run(' of ')}{field('NUMPAGES')}"
    return paragraph(sheet.styles["paper foot"], run(text) + (page if pages else ""), place)
