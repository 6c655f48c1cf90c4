"""A text that rules look through, with the coarser forms of it in which they look first.

Looking for a few bytes in a coarse form costs a tenth of what looking for a pattern costs.
"""

from __future__ import annotations

import re
from functools import cached_property

from ..dates import MONTH_WRITTEN

BLANK = r"(?:[ \t\xa0\u2007\u2009\u202f]|\\?\r?\n[ \t]*+(?:\#[ \t]*+)?)"
"""One blank, or a line's end with the next line's indent, of a comment too: a pattern."""
MONTH = rf"{MONTH_WRITTEN}\b"
"""A month in small letters: a pattern."""

_TYPED_POSTCODE = r"[0-9][abd-hjlnp-uw-z]{2}(?![a-z0-9])"

_DIGITS = bytes(ord("0") if byte in b"0123456789" else ord(" ") for byte in range(0x100))
_WITHIN_NUMBERS = b" \t\r\n\\#()-." + bytes(range(0x80, 0x100))
"""What may stand between the digits of a number; no-break spaces and typographic dashes are
bytes from 0x80."""
_CAPITALS = bytes(
    ord("0") if byte in b"0123456789" else ord("A") if chr(byte).isupper() else ord(" ")
    for byte in range(0x100)
)
_WITHIN_ADDRESSES = b" \t\r\n\\,.'abcdefghijklmnopqrstuvwxyz" + bytes(range(0x80, 0x100))
"""What leaves only digits and capitals of an address."""


class Text:
    """A text as it stands in a file, or is about to."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._bytes = text.encode("utf-8", "surrogatepass")

    @cached_property
    def small(self) -> str:
        """The text in small letters, each at its own place: only of English, as the small form
        of some letters is two."""
        return self._bytes.lower().decode("utf-8", "surrogatepass")

    @cached_property
    def has_typed_postcode(self) -> bool:
        """Whether a postcode may stand in small letters anywhere: a digit and two letters."""
        return bool(re.search(_TYPED_POSTCODE, self.small))

    @cached_property
    def has_ten_digits(self) -> bool:
        """Whether ten digits stand together anywhere, but for blanks, dashes and brackets."""
        return b"0" * 10 in self._bytes.translate(_DIGITS, _WITHIN_NUMBERS)

    @cached_property
    def has_address(self) -> bool:
        """Whether two capitals follow a digit anywhere, but for small letters: 12 Acacia Avenue,
        TW3 1AB."""
        return b"0AA" in self._bytes.translate(_CAPITALS, _WITHIN_ADDRESSES)

    def in_link(self, at: int) -> bool:
        """Whether what stands here is part of a web address."""
        before = self.text[max(0, at - 300) : at]
        if not before or before[-1].isspace():
            return False
        word = before.rsplit(None, 1)[-1]
        return "://" in word or "www." in word
