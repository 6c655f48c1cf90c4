"""Text as it comes in other people's files, made fit to be kept: one kind of line end, and no
character that a terminal or a file format would act on."""

from __future__ import annotations

import re

LINE_END = re.compile("\r\n?|\n")
_BREAK = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PICTURES, _DELETE, _UNKNOWN = 0x2400, "\u2421", "\ufffd"


def visible(text: str) -> str:
    """The text with every line end as a line feed, and every other control character as its own
    picture (␇ for the bell), so that it can be seen and does nothing."""
    if text.isprintable():
        return text
    return _UNFIT.sub(_picture, _BREAK.sub("\n", text))


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 32:
        return chr(_PICTURES + code)
    return _DELETE if code == 127 else _UNKNOWN


def flat(text: str) -> str:
    """The text as one visible line."""
    return " ".join(visible(text).split())
