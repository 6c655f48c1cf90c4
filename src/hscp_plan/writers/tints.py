"""The colours of the BRAG convention on paper and in sheets: light enough to print, with ink dark
enough to read."""

from __future__ import annotations

from typing import NamedTuple


class Tint(NamedTuple):
    """A colour of the BRAG convention: what is behind a word, and the word's own."""

    fill: str
    ink: str


TINTS = {
    "red": Tint("F8D3CD", "6B1208"),
    "amber": Tint("FFE9A8", "4F3B00"),
    "green": Tint("CFE6D4", "0B4A22"),
    "blue": Tint("CFE0F3", "0B3157"),
    "grey": Tint("EBECED", "33383C"),
}
