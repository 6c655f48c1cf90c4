"""PDF files: their tables, and the text around them, page after page.

What is drawn is read, as a person sees it: lines and coloured areas part the cells, letters make
the words. What only a form, a program or an attachment of the file would say is not looked at.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from ...errors import Mendable

if TYPE_CHECKING:
    from ..content import Content


def is_read() -> bool:
    """Whether what reads PDF is there."""
    return find_spec("pdfminer") is not None


def read(data: bytes) -> Content:
    """What a PDF says. Mendable where it cannot be read, and where what reads it is not there."""
    try:
        from .document import content
    except ImportError as error:
        raise Mendable(
            "is a PDF, and the part of hscp that reads those is not installed",
            "Open the PDF in Word, save it as .docx, and give that. To have PDFs read:  "
            "pip install 'hscp-plan[pdf]'",
        ) from error
    return content(data)
