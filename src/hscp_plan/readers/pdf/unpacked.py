"""The packed parts of a PDF, counted as they are unpacked: what the file says of their size is not
believed."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.runlength import rldecode
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from ...errors import Mendable

if TYPE_CHECKING:
    from collections.abc import Mapping

UNPACKED = 60_000_000
"""How many bytes may be unpacked of a file in all."""
INSTEAD = "Open it in Word, which turns it into a document, save it as .docx, and give that."
TOO_MUCH = (
    "is a PDF that takes too much to read",
    f"Print the pages that matter to a new PDF, and give that. Or: {INSTEAD}",
)
_PIECE = 1_000_000
_MOST_RUN = 64
"""How many bytes each byte of packed runs may become."""


class Parser(PDFParser):
    """Reads a PDF's objects, each packed part with the bounds that all have together."""

    def __init__(self, data: bytes) -> None:
        super().__init__(BytesIO(data))
        self._budget = _Budget()

    def push(self, *objects: tuple[int, Any]) -> None:
        """Keep objects that were read."""
        super().push(*((at, self._bounded(each)) for at, each in objects))

    def _bounded(self, read: Any) -> Any:
        if type(read) is not PDFStream:
            return read
        return _Stream(read.attrs, read.rawdata or b"", read.decipher, self._budget)


class _Budget:
    """What may still be unpacked."""

    left = UNPACKED

    def use(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise Mendable(*TOO_MUCH)


class _Stream(PDFStream):
    """A packed part."""

    def __init__(
        self, attrs: dict[str, Any], rawdata: bytes, decipher: Any, budget: _Budget
    ) -> None:
        super().__init__(attrs, rawdata, decipher)
        self._budget = budget

    def decode(self) -> None:
        """Unpack it."""
        data = self.rawdata or b""
        if self.decipher:
            data = self.decipher(self.objid or 0, self.genno or 0, data, self.attrs)
        for name, about in self.get_filters():
            data = self._step(getattr(name, "name", ""), data)
            if about and (kind := about.get("Predictor", 1)) != 1:
                data = _predicted(kind, about, data)
        self.data, self.rawdata = data, None

    def _step(self, name: str, data: bytes) -> bytes:
        """Undo one way of packing. Pictures stay as they are: nobody looks at them."""
        if name in ("FlateDecode", "Fl"):
            return self._inflated(data)
        if name in ("LZWDecode", "LZW"):
            pieces = []
            for piece in LZWDecoder(BytesIO(data)).run():
                self._budget.use(len(piece))
                pieces.append(piece)
            return b"".join(pieces)
        if name in ("RunLengthDecode", "RL"):
            self._budget.use(len(data) * _MOST_RUN)
            return rldecode(data)
        if name in ("ASCII85Decode", "A85"):
            return ascii85decode(data)
        return asciihexdecode(data) if name in ("ASCIIHexDecode", "AHx") else data

    def _inflated(self, data: bytes) -> bytes:
        unpacker, pieces = zlib.decompressobj(), []
        try:
            while data and not unpacker.eof:
                pieces.append(unpacker.decompress(data, _PIECE))
                self._budget.use(len(pieces[-1]))
                data = unpacker.unconsumed_tail
        except zlib.error:
            pass  # Many programs end a part too early: what there is of it is taken.
        return b"".join(pieces)


def _predicted(kind: int, about: Mapping[str, Any], data: bytes) -> bytes:
    """Data of which only the differences from what stands before were kept."""
    colours, columns = about.get("Colors", 1), about.get("Columns", 1)
    bits = about.get("BitsPerComponent", 8)
    if colours * columns * bits > 8 * len(data):
        return b""
    if kind == 2:
        return apply_tiff_predictor(colours, columns, bits, data)
    return apply_png_predictor(kind, colours, columns, bits, data)
