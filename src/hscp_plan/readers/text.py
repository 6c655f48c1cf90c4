"""Plain text: its letters, whatever program saved it, and its lines as paragraphs."""

from __future__ import annotations

import codecs
import re

from ..errors import Mendable
from .characters import LINE_END, visible
from .content import Content, Paragraph, Run

MOST_LINES = 100_000
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""What a text may begin with, and what it then is. UTF-32's begins with UTF-16's."""
_WINDOWS = "cp1252"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
"""What no text holds but one that was never a text."""


def read(text: str, notes: tuple[str, ...] = ()) -> Content:
    """A text as paragraphs, one a line."""
    lines = LINE_END.split(text)
    if len(lines) > MOST_LINES:
        raise Mendable(f"has more than {MOST_LINES:,} lines", "Copy what matters into a new file.")
    if not text.strip():
        raise Mendable("is empty", "Ask for it to be sent again.")
    if not lines[-1]:
        lines.pop()
    return Content(tuple(line(n, text) for n, text in enumerate(lines, 1)), notes=notes)


def line(number: int, text: str, quoted: int = 0) -> Paragraph:
    """A line of a text as a paragraph."""
    runs = (Run(visible(text)),) if text else ()
    return Paragraph(runs, f"line {number}", quoted=quoted)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The letters of a text, and what there is to say of how they were read. Mendable where it is
    no text."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), "")
    for encoding in [marked] if marked else ["utf-8", _WINDOWS]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _CONTROL.search(text):
            break
        notes = ("Read as Windows-1252: it is not UTF-8.",) if encoding == _WINDOWS else ()
        return text, notes
    raise Mendable(
        "is no text that hscp can read",
        "Give it as Word, Excel or an e-mail; or save it as plain text, in UTF-8.",
    )
