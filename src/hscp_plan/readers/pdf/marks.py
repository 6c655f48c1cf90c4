"""What stands on the pages of a PDF: letters, lines and coloured areas, each with its place.

Places are in points (a 72nd of an inch), from the left and from the top of the page as it is shown.
"""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """An area."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """From side to side."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


class Letter(NamedTuple):
    """A letter, or several that are drawn as one."""

    text: str
    x0: float
    x1: float
    base: float
    """How far down the line is that it stands on."""
    size: float
    bold: bool = False
    turned: int = 0
    """By how many quarter turns to the left it is turned."""
    struck: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        """A point within it."""
        if self.turned == 1:
            return self.base - self.size * 0.3, -(self.x0 + self.x1) / 2
        if self.turned == 3:
            return -self.base + self.size * 0.3, (self.x0 + self.x1) / 2
        return (self.x0 + self.x1) / 2, self.base - self.size * 0.3


class Fill(NamedTuple):
    """A coloured area."""

    box: Box
    colour: str
    """As six capital hexadecimal digits."""


class Page(NamedTuple):
    """A page: its letters in the order in which they are drawn, and what is drawn beside them."""

    width: float
    height: float
    letters: list[Letter]
    lines: list[Box]
    """Straight lines, each as the thin area that it is."""
    fills: list[Fill]
    pictures: list[Box]
    unknown: int
    """How many letters stand there of which the file does not say what they are."""
