"""How a paragraph and its letters look in a Word file, by its styles and by what it says itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .xml import find, find_all, inner

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

Look = dict[str, str]
"""What is said of letters or of a paragraph, where anything is: strike, dstrike, vanish ("1" or
""), color, font, level, list."""

_OFF = ("0", "false", "off", "none")
_SWITCHES = ("strike", "dstrike", "vanish")
_HEADING = re.compile(r"heading ([1-9])")
_OUTLINES = tuple("012345678")
"""The levels of headings; 9 is that of the text."""
_CHAIN = 20
"""How many styles may build on one another."""


def value(element: Element | None, name: str, attribute: str = "w:val") -> str:
    """What a child of an element says; empty where it says nothing."""
    said = find(element, name)
    return said.get(attribute, "") if said is not None else ""


def colour(text: str) -> str:
    """Six capital hexadecimal digits; empty for an automatic colour."""
    return text.upper() if re.fullmatch("[0-9A-Fa-f]{6}", text) else ""


def letters(properties: Element | None) -> Look:
    """What a run's properties say."""
    look: Look = {}
    for said in inner(properties):
        name = said.tag[2:]
        if name in _SWITCHES:
            look[name] = "" if said.get("w:val") in _OFF else "1"
        elif name == "color":
            look["color"] = colour(said.get("w:val", ""))
        elif name == "rFonts":
            look["font"] = said.get("w:ascii", "")
    return look


def _paragraph(properties: Element | None) -> Look:
    look: Look = {}
    if outline := value(properties, "w:outlineLvl"):
        look["level"] = str(int(outline) + 1) if outline in _OUTLINES else "0"
    lists = find(properties, "w:numPr")
    if lists is not None:
        # A list of number 0 takes the paragraph out of its style's.
        look["list"] = "" if value(lists, "w:numId") == "0" else "1"
    return look


class _Style(NamedTuple):
    base: str
    look: Look


class Styles:
    """The styles of a file, each with those that it builds on."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        for style in find_all(root, "w:style"):
            self._add(style)

    def _add(self, style: Element) -> None:
        id, properties = style.get("w:styleId", ""), find(style, "w:rPr")
        look = letters(properties) | _paragraph(find(style, "w:pPr"))
        if match := _HEADING.fullmatch(value(style, "w:name").casefold()):
            look.setdefault("level", match[1])
        self._styles[id] = _Style(value(style, "w:basedOn"), look)
        if style.get("w:type") == "paragraph" and style.get("w:default") in ("1", "true", "on"):
            self._default = id

    def _look(self, id: str) -> Look:
        look: Look = {}
        for _ in range(_CHAIN):
            if (style := self._styles.get(id)) is None:
                break
            look, id = style.look | look, style.base
        return look

    def paragraph(self, properties: Element | None) -> Look:
        """How a paragraph looks, and its letters where they say nothing themselves."""
        style = value(properties, "w:pStyle") or self._default
        return self._look(style) | _paragraph(properties)

    def run(self, properties: Element | None, around: Mapping[str, str]) -> Look:
        """How a run looks within a paragraph of this look."""
        style = value(properties, "w:rStyle")
        return {**around, **(self._look(style) if style else {}), **letters(properties)}
