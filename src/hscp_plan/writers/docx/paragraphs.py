"""Paragraphs and headings in the styles of a Word file, and the runs that a sentence is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...document import Link, Mark
from ...layout import mark_text, part_text
from .xml import colours, live, paragraph, run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ...document import Line, Part

DEEPEST = 3
"""The lowest level that headings have."""


class Sheet(NamedTuple):
    """The file that a paper is drawn in: how wide its text is, and what it calls things."""

    width: int
    """Twentieths of a point, in which everything here is counted."""
    points: float
    """How large the letters of its tables are, were they Arial's."""
    styles: Mapping[str, str]
    """The id of each style, by its name in small letters."""
    bullets: Mapping[str, int]
    """The list whose bullet is a standing's symbol, by the standing; under "" the list of plain
    bullets, where the style for them has none of its own."""
    numbers: Callable[[], int]
    """A new list that counts from 1."""
    link: Callable[[str], str]
    """The relationship that leads to an address."""


class Paragraphs:
    """Writes paragraphs in the styles of a file, and knows which heading they stand under."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.level = 0
        self.heading = ""
        """The words of the last heading: what a table without a caption holds."""
        self.drawings = 0

    def next_drawing(self) -> int:
        """The number of the next drawing, or shape in one: no two have the same."""
        self.drawings += 1
        return self.drawings

    def paragraph(self, style: str, runs: str, more: str = "") -> str:
        """A paragraph in a style; `more` is what it has beyond that."""
        return paragraph(self.sheet.styles[style.lower()], runs, more)

    def start_heading(self, text: str, level: int) -> str:
        """A heading, which what follows is under."""
        self.level, self.heading = min(level, DEEPEST), text
        return self.paragraph(f"heading {self.level}", run(text))

    def parts(self, line: Line) -> str:
        """The parts of a sentence as runs."""
        return "".join(map(self.part, line))

    def part(self, part: Part) -> str:
        """One part of a sentence: a standing in its colours, a link live, the rest as text."""
        if isinstance(part, Mark):
            return run(mark_text(part), colours(part.kind))
        if isinstance(part, Link) and (address := live(part.url)):
            style = f'<w:rStyle w:val="{self.sheet.styles["hyperlink"]}"/>'
            return (
                f'<w:hyperlink r:id="{self.sheet.link(address)}" w:history="1">'
                f"{run(part.text, style)}</w:hyperlink>"
            )
        return run(part_text(part))

    def strong(self, text: str) -> str:
        """A word that stands out: an id, a name."""
        return run(text, f'<w:rStyle w:val="{self.sheet.styles["strong"]}"/>')
