"""The opening of a PDF, and what is drawn on its pages.

Nothing of it is run, opened or fetched: only the pages' own drawing is gone through, and what is
unpacked, drawn and repeated is counted.
"""

from __future__ import annotations

import itertools
import logging
import re
import warnings
from typing import TYPE_CHECKING, Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError
from pdfminer.pdffont import PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.utils import apply_matrix_pt

from ...errors import Mendable
from ..xml import AGAIN, Damaged
from .limits import Exceeded, within
from .marks import Box, Fill, Letter, Page
from .unpacked import INSTEAD, TOO_MUCH, Parser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_PAGES = 300
MOST_OBJECTS = 200_000
MOST_DRAWN = 2_000_000
"""How many letters, lines, areas and repeated drawings its pages may have together."""
SECONDS = 60
MEGABYTES = 600
_THIN = 2.5
"""How many points wide a line may be."""
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)


def pages(data: bytes) -> tuple[list[Page], dict[str, str]]:
    """A PDF's pages, and what it says of itself. Mendable where it is locked, damaged or takes too
    much."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    if data.count(b" obj") > MOST_OBJECTS:
        raise Mendable(*TOO_MUCH)
    try:
        with within(SECONDS, MEGABYTES), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _pages(data)
    except PDFEncryptionError as error:
        raise Mendable(
            "is a PDF that is locked with a password",
            "Open it, print it to a new PDF without one, and give that.",
        ) from error
    except Mendable:
        raise
    except (Exceeded, MemoryError) as error:
        raise Mendable(*TOO_MUCH) from error
    except Exception as error:
        # It raises whatever it comes upon over what no program writes.
        raise Damaged(f"{AGAIN} Or: {INSTEAD}") from error


def _pages(data: bytes) -> tuple[list[Page], dict[str, str]]:
    document = PDFDocument(Parser(data))
    device = _Device()
    interpreter = PDFPageInterpreter(device.rsrcmgr, device)
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number == MOST_PAGES:
            what = f"is a PDF of more than {MOST_PAGES} pages"
            raise Mendable(what, "Print the pages that matter to a new PDF, and give that.")
        interpreter.process_page(page)
    return device.pages, dict(_properties(document))


def _properties(document: PDFDocument) -> Iterator[tuple[str, str]]:
    for info in document.info[:10]:
        for name, value in info.items():
            said = resolve1(value)
            if isinstance(said, bytes) and len(said) < 1_000:
                wide = said.startswith((b"\xfe\xff", b"\xff\xfe"))
                yield name, said.decode("utf-16" if wide else "latin-1", "replace")


class _Device(PDFTextDevice):
    """Takes down what is drawn."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager())
        self.pages: list[Page] = []
        self._page = Page(0, 0, [], [], [], [], 0)
        self._drawn = 0
        self._bold: dict[str, bool] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """A new page."""
        x0, y0, x1, y1 = page.mediabox
        corners = apply_matrix_pt(ctm, (x0, y0)), apply_matrix_pt(ctm, (x1, y1))
        width, height = (abs(corners[0][n] - corners[1][n]) for n in (0, 1))
        self._page = Page(width, height, [], [], [], [], 0)
        self._unknown = 0

    def end_page(self, page: PDFPage) -> None:
        """The page is whole."""
        self.pages.append(self._page._replace(unknown=self._unknown))

    def begin_figure(self, name: str, bbox: Any, matrix: Any) -> None:
        """A drawing within the page, which may stand there again and again."""
        self._count()

    def render_image(self, name: str, stream: Any) -> None:
        """A picture: only its size matters."""
        self._page.pictures.append(self._box([(0, 0), (1, 1)]))

    def _count(self) -> None:
        self._drawn += 1
        if self._drawn > MOST_DRAWN:
            raise Mendable(*TOO_MUCH)

    def _place(self, x: float, y: float) -> tuple[float, float]:
        return x, self._page.height - y

    def _box(self, points: Sequence[tuple[float, float]]) -> Box:
        assert self.ctm  # noqa: S101 - a page was begun
        placed = [self._place(*apply_matrix_pt(self.ctm, point)) for point in points]
        xs, ys = [x for x, _ in placed], [y for _, y in placed]
        return Box(min(xs), min(ys), max(xs), max(ys))

    # --- lines and areas --------------------------------------------------------------------------

    def paint_path(
        self, graphicstate: Any, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        """Lines and areas: each part of a path that begins anew stands for itself."""
        parts: list[list[Any]] = []
        for step in path:
            if step[0] == "m" or not parts:
                parts.append([])
            parts[-1].append(step)
        for part in parts:
            self._count()
            points = [step[-2:] for step in part if len(step) > 2]
            if len(points) < 2:
                continue
            closed = fill and len(points) > 2
            if closed:
                self._area(self._box(points), _colour(graphicstate.ncolor))
            if stroke and not any(step[0] in "cvy" for step in part):
                ends = [*points, points[0]] if part[-1][0] == "h" else points
                for start, end in itertools.pairwise(ends):
                    self._line(self._box([start, end]))

    def _area(self, box: Box, colour: str) -> None:
        if min(box.width, box.height) <= _THIN:
            self._line(box)
        else:
            self._page.fills.append(Fill(box, colour))

    def _line(self, box: Box) -> None:
        if min(box.width, box.height) <= _THIN < max(box.width, box.height):
            self._page.lines.append(box)

    # --- letters ----------------------------------------------------------------------------------

    def render_char(
        self,
        matrix: Any,
        font: Any,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: Any,
        graphicstate: Any,
    ) -> float:
        """A letter."""
        self._count()
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = ""
            self._unknown += 1
        advance: float = font.char_width(cid) * fontsize * scaling
        self._letter(text, matrix, font, fontsize, advance)
        return advance

    def _letter(self, text: str, matrix: Any, font: Any, fontsize: float, advance: float) -> None:
        a, b, c, d, x, y = matrix
        turned = 0
        if abs(b) > abs(a):
            turned = 1 if b > 0 else 3
        elif a < 0:
            turned = 2
        size = abs(fontsize) * (abs(c) if turned in (1, 3) else abs(d))
        x, y = self._place(x, y)
        start, base, along = {
            0: (x, y, a),
            1: (-y, x, b),
            2: (x, y, a),
            3: (y, -x, -b),
        }[turned]
        ends = sorted((start, start + advance * along))
        bold = self._bold.get(font.fontname)
        if bold is None:
            bold = self._bold[font.fontname] = bool(_BOLD.search(str(font.fontname)))
        self._page.letters.append(Letter(text, ends[0], ends[1], base, size, bold, turned))


def _colour(said: Any) -> str:
    """Six hexadecimal digits for a colour of one, three or four parts."""
    parts = [float(part) for part in (said if isinstance(said, tuple | list) else (said,))
             if isinstance(part, int | float)]  # fmt: skip
    if len(parts) == 4:
        *inks, black = parts
        parts = [(1 - ink) * (1 - black) for ink in inks]
    if len(parts) == 1:
        parts *= 3
    if len(parts) != 3:
        return ""
    return "".join(f"{round(min(max(part, 0), 1) * 255):02X}" for part in parts)
