"""Standard output of whoever draws what is said, such as the desk."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..document import Document


class Pages(io.StringIO):
    """Keeps each document that was to be printed, as it is, and beside it what was printed as a
    text."""

    def __init__(self) -> None:
        super().__init__()
        self.documents: list[Document] = []
