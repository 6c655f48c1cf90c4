"""A timeline in Word: a drawing of the bars for who looks, and the table it is drawn from.

The drawing is of shapes, not of dots, so that it stays sharp on paper; its alternative text says
that the table below has the same. A group of many bars is drawn in parts, each on one page.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from ...dates import months_shown
from ...document import Column, Table
from ...layout import mark_text, text_width
from ...words import BRAG, count, one_line, sentence
from ..axis import Axis
from ..tints import TINTS, Tint
from .table import table
from .xml import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ...document import Bar, Bars, Cell
    from .paragraphs import Paragraphs

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{address}"'
    for prefix, address in {
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "wpg": "microsoft.com/office/word/2010/wordprocessingGroup",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
MOST = 20
"""How many bars one drawing has."""
ROW, THICK, AXIS = 330, 190, 520
"""How high a bar's row is, and the bar itself, and the years and months above: in twentieths of
a point, as everywhere here."""
NARROWEST = 90
"""How wide a bar is at least: one of a day is seen too."""
EMU = 635
"""How many of Word's drawing units a twentieth of a point has."""


def bars(body: Paragraphs, block: Bars) -> Iterator[str]:
    """A heading for each group, then its bars, then the same as a table."""
    level, above = body.level, body.heading
    for heading, group in block.groups:
        if group:
            yield body.start_heading(heading, level + 1)
            for first in range(0, len(group), MOST):
                last = first + MOST >= len(group)
                yield _drawing(body, block, group[first : first + MOST], heading, last)
            yield from table(body, _table(group, heading))
    body.level, body.heading = level, above


def _table(group: tuple[Bar, ...], heading: str) -> Table:
    moved = any(bar.moved for bar in group)
    names = ("Id", "Milestone", "Start", *(["First due"] if moved else []), "Due", "Standing")
    rows = tuple(_row(bar, moved) for bar in group)
    return Table(tuple(map(Column, names)), rows, caption=f"Timeline: {heading}")


def _row(bar: Bar, moved: bool) -> tuple[Cell, ...]:
    start, first, due = bar.dates
    dates = (start, first, due) if moved else (start, due)
    mark = bar.mark._replace(words=sentence(bar.mark.words))
    return (bar.id, bar.text, *dates, mark)


# --- the drawing --------------------------------------------------------------------------------


def _drawing(
    body: Paragraphs, block: Bars, group: tuple[Bar, ...], heading: str, last: bool
) -> str:
    """A drawing of some bars of a group; the last of them stays with the table below it."""
    chart = _Chart(body, block, group)
    shapes = "".join(chart.shapes())
    words = count(sum(bar.span is not None for bar in group), "bar")
    alike = f"{words} from {months_shown(block.first, block.last)}. The table below says the same."
    box = f'cx="{chart.width * EMU}" cy="{chart.height * EMU}"'
    return body.paragraph(
        "Normal",
        f'<w:r><mc:AlternateContent {NAMESPACES}><mc:Choice Requires="wpg"><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {box}/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{body.next_drawing()}" '
        f'name="Timeline" title="{escape(one_line(f"Timeline: {heading}"))}" '
        f'descr="{escape(alike)}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData '
        'uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp>'
        f'<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext {box}/>'
        f'<a:chOff x="0" y="0"/><a:chExt {box}/></a:xfrm></wpg:grpSpPr>{shapes}</wpg:wgp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice></mc:AlternateContent>"
        "</w:r>",
        "<w:keepNext/>" if last else "",
    )


class _Box(NamedTuple):
    """A place in a drawing."""

    x: int
    y: int
    width: int
    height: int


class _Chart:
    """Where everything stands in the drawing of some bars."""

    def __init__(self, body: Paragraphs, block: Bars, group: tuple[Bar, ...]) -> None:
        self.body = body
        self.axis = Axis(block)
        self.group = group
        self.width = body.sheet.width
        self.left = int(max(text_width(bar.id) for bar in group) * 1.1) + 150
        words = int(max(text_width(mark_text(bar.mark), 9) for bar in group)) + 150
        self.right = self.width - min(words, self.width // 4)
        self.bottom = AXIS + ROW * len(group)
        self.height = self.bottom + AXIS // 2

    def x(self, day: date) -> int:
        """Where a day is, from left to right."""
        return self.left + int((self.right - self.left) * self.axis.share(day))

    def shapes(self) -> Iterator[str]:
        """The months, the bars, and today over them."""
        yield from self._months()
        for number, bar in enumerate(self.group):
            yield from self._bar(bar, AXIS + ROW * number)
        if self.axis.shows_today:
            now = self.x(self.axis.today)
            yield self._line(now, AXIS, now, self.bottom, "0B0C0C", 1.25)
            yield self._text("today", now - 400, self.bottom, 800, AXIS // 2, "center")

    def _months(self) -> Iterator[str]:
        width = (self.right - self.left) // len(self.axis.months)
        for month in self.axis.months:
            at = self.x(month.start)
            if month.opens_year:
                yield self._line(at, 0, at, self.bottom, "8A9197", 0.75)
                yield self._text(str(month.start.year), at + 40, 0, 900, AXIS // 2)
            elif month.opens_quarter:
                yield self._line(at, AXIS // 2, at, self.bottom, "D5D9DC", 0.5)
            if width > 150:
                yield self._text(month.letter, at, AXIS // 2, width, AXIS // 2, "center")

    def _bar(self, bar: Bar, top: int) -> Iterator[str]:
        tint, beside = TINTS[BRAG[bar.mark.kind]], self.right + 80
        yield self._text(bar.id, 0, top, self.left, ROW, bold=True)
        if bar.span:
            yield from self._draw(bar, tint, top, *map(self.x, bar.span))
        yield self._text(mark_text(bar.mark), beside, top, self.width - beside, ROW, ink=tint.ink)

    def _draw(
        self, bar: Bar, tint: Tint, top: int, start: int, first: int, due: int
    ) -> Iterator[str]:
        """A bar from its start to its due date, a stroke at the first one, and the time since."""
        middle = top + ROW // 2
        if bar.mark.kind == "overdue":
            now = self.x(self.axis.today)
            yield self._line(due, middle, now, middle, tint.ink, 1.5, "sysDash")
        yield self._shape(
            "rect",
            _Box(start, top + (ROW - THICK) // 2, max(due - start, NARROWEST), THICK),
            f'<a:solidFill><a:srgbClr val="{tint.fill}"/></a:solidFill>{_pen(tint.ink, 0.75)}',
        )
        if bar.moved:
            yield self._line(first, top + 20, first, top + ROW - 20, "0B0C0C", 2)

    def _text(
        self,
        text: str,
        x: int,
        y: int,
        width: int,
        height: int,
        side: str = "left",
        ink: str = "0B0C0C",
        bold: bool = False,
    ) -> str:
        look = f'{"<w:b/>" if bold else ""}<w:color w:val="{ink}"/><w:sz w:val="18"/>'
        line = self.body.paragraph("Table Text", run(text, look), f'<w:jc w:val="{side}"/>')
        box_text = f"<wps:txbx><w:txbxContent>{line}</w:txbxContent></wps:txbx>"
        return self._shape("rect", _Box(x, y, width, height), _UNSEEN, box_text)

    def _line(
        self, x: int, y: int, right: int, bottom: int, ink: str, points: float, dash: str = "solid"
    ) -> str:
        box = _Box(min(x, right), min(y, bottom), abs(right - x), abs(bottom - y))
        # A "line" that stands first and upright turns the whole drawing on its side in LibreOffice.
        return self._shape("straightConnector1", box, _pen(ink, points, dash))

    def _shape(self, form: str, box: _Box, look: str, text: str = "") -> str:
        x, y, width, height = (part * EMU for part in box)
        id = self.body.next_drawing()
        return (
            f'<wps:wsp><wps:cNvPr id="{id}" name="Shape {id}"/>'
            f'<wps:cNvSpPr txBox="{int(bool(text))}"/><wps:spPr><a:xfrm>'
            f'<a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            f'<a:prstGeom prst="{form}"><a:avLst/></a:prstGeom>{look}</wps:spPr>{text}'
            '<wps:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/></wps:wsp>'
        )


_UNSEEN = "<a:noFill/><a:ln><a:noFill/></a:ln>"


def _pen(ink: str, points: float, dash: str = "solid") -> str:
    return (
        f'<a:ln w="{int(points * 12_700)}"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        f'<a:prstDash val="{dash}"/></a:ln>'
    )
