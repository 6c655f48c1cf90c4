"""Draws a document for a person at a terminal: the same lines as `text`, symbols in colour.

The only module that loads rich.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.style import Style
from rich.text import Text

from ..words import BRAG, SYMBOLS
from . import text
from .lines import SIGNS, STRONG

if TYPE_CHECKING:
    from ..document import Document

# The terminal's own colours, which its owner chose to be readable, light or dark.
_COLOURS = {
    "red": Style(color="red", bold=True),
    "amber": Style(color="yellow", bold=True),
    "green": Style(color="green"),
    "blue": Style(color="blue", bold=True),
    "grey": Style(),
}
_STYLES = {sign: (SYMBOLS[kind], _COLOURS[BRAG[kind]]) for kind, sign in SIGNS.items()}
_SIGN = re.compile("[\ue000-\ue00f]")


def show(document: Document, width: int, color: Literal["auto", "always"]) -> None:
    """Print the document on standard output."""
    console = Console(
        width=max(width, 20),
        force_terminal=True if color == "always" else None,
        no_color=False if color == "always" else None,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=True,
    )
    for line in text.lines(document, width):
        console.print(_style(line), no_wrap=True, crop=False, overflow="ignore")


def _style(line: str) -> Text:
    strong = line.startswith(STRONG)
    plain = line.removeprefix(STRONG)
    text = Text(end="")
    at = 0
    for match in _SIGN.finditer(plain):
        text.append(plain[at : match.start()])
        text.append(*_STYLES[match[0]])
        at = match.end()
    text.append(plain[at:])
    if strong:
        text.stylize("bold")
    text.end = "\n"
    return text
