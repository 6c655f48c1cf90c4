"""The pictures that Word keeps as letters of a font: ticks, boxes, bullets."""

from __future__ import annotations

_TICKED, _CROSSED, _EMPTY = "\u2611", "\u2612", "\u2610"
_WINGDINGS = {
    0x4A: "\u263a",
    0x4B: "\U0001f610",
    0x4C: "\u2639",
    0x6C: "\u25cf",
    0x6E: "\u25a0",
    0x6F: _EMPTY,
    0x71: _EMPTY,
    0xA8: _EMPTY,
    0xA7: "\u25aa",
    0xDF: "\u2190",
    0xE0: "\u2192",
    0xE1: "\u2191",
    0xE2: "\u2193",
    0xFB: "\u2717",
    0xFC: "\u2713",
    0xFD: _CROSSED,
    0xFE: _TICKED,
}
_WINGDINGS_2 = {
    0x4F: "\u2717",
    0x50: "\u2713",
    0xA3: _EMPTY,
    0x51: _CROSSED,
    0x53: _CROSSED,
    0x54: _CROSSED,
    0x52: _TICKED,
}
_SYMBOL = {0xB7: "\u2022", 0xAE: "\u2192", 0xA3: "\u2264", 0xB3: "\u2265", 0xB1: "\xb1"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}
_PRIVATE = range(0xF000, 0xF100)
"""Where Word puts the letters of such a font."""
_UNKNOWN = "\ufffd"


def symbol(font: str, code: int) -> str:
    """The character that a letter of a font shows; � where it is not known."""
    letters = _FONTS.get(font.casefold())
    if letters is not None:
        return letters.get(code % _PRIVATE.start, _UNKNOWN)
    return chr(code) if code in range(0x110000) and code not in _PRIVATE else _UNKNOWN


def shown(font: str, text: str) -> str:
    """A text in a font, as it is seen."""
    if font.casefold() not in _FONTS:
        return text
    return "".join(symbol(font, ord(c)) if ord(c) in _PRIVATE else c for c in text)
