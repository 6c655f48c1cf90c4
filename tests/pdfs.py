"""PDFs written by hand, a page each content: for what no program writes, or not on request."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 600, 800


def text(x: float, y: float, words: str, size: float = 10) -> str:
    """Words at a place, counted from the left and from the top of the page."""
    said = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F {size} Tf {x} {HEIGHT - y} Td ({said}) Tj ET\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A line."""
    return f"1 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def area(x0: float, y0: float, x1: float, y1: float, colour: str = "1 0 0") -> str:
    """A coloured area."""
    return f"{colour} rg {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f 0 g\n"


def grid(xs: Sequence[float], ys: Sequence[float]) -> str:
    """The lines of a table."""
    across = [line(xs[0], y, xs[-1], y) for y in ys]
    return "".join([*across, *(line(x, ys[0], x, ys[-1]) for x in xs)])


def table(xs: Sequence[float], top: float, rows: Sequence[Sequence[str]], high: float = 30) -> str:
    """A table with lines: each cell's lines of text one under the other."""
    ys = [top + high * n for n in range(len(rows) + 1)]
    said = [
        text(x + 4, y + 11 + 11 * n, words)
        for y, row in zip(ys, rows, strict=False)
        for x, cell in zip(xs, row, strict=False)
        for n, words in enumerate(cell.split("\n"))
    ]
    return grid(xs, ys) + "".join(said)


def packed(data: bytes, about: str = "") -> bytes:
    """A part of a PDF, packed."""
    small = zlib.compress(data)
    head = f"<< /Length {len(small)} /Filter /FlateDecode {about} >>".encode()
    return head + b"\nstream\n" + small + b"\nendstream"


def pdf(*pages: str, more: Sequence[bytes] = (), trailer: str = "", page: str = "") -> bytes:
    """A PDF of these pages in Helvetica; `more` objects are numbered from 1000."""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    resources = f"/Resources << /Font << /F 3 0 R >> {page} >>"
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(pages)))
    objects: dict[int, bytes] = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        3: font,
    }
    for n, said in enumerate(pages):
        box = f"/MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {11 + 2 * n} 0 R"
        objects[10 + 2 * n] = f"<< /Type /Page /Parent 2 0 R {box} {resources} >>".encode()
        objects[11 + 2 * n] = packed(said.encode("latin-1"))
    objects |= dict(enumerate(more, 1000))
    data = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, at)
    data += f"trailer << /Size 2000 /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(data)
