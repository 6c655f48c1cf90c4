"""Texts whose letters may be typed in two ways: ô is one character, or an o with an accent after
it, as a Mac writes it in the names of files."""

from __future__ import annotations

import re
from itertools import pairwise


def composed(text: str) -> str:
    """The text with each letter and its accents as one character, where Unicode has one."""
    if text.isascii():
        return text
    # Loaded only where there is anything to compose: most names are plain.
    from unicodedata import normalize

    return normalize("NFC", text)


_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Signs that show nothing, which Word and mail programs put into words and numbers."""


def legible(text: str) -> str:
    """The text as somebody reads it who looks for a name or a number in it: plain letters and
    figures for wide ones, and no signs that show nothing."""
    if text.isascii():
        return text
    from unicodedata import normalize

    return normalize("NFKC", re.sub(f"[{_UNSEEN}]", "", text))


def typed_places(text: str) -> list[int]:
    """Where in a text each character of its legible form begins, and last where the text ends."""
    if text.isascii():
        return list(range(len(text) + 1))
    from unicodedata import combining

    places = _places(text, [n for n, letter in enumerate(text) if not (n and combining(letter))])
    if len(places) != len(legible(text)) + 1:
        # Some letters are joined over more than their accents, but none with one of ASCII.
        places = _places(text, [n for n, letter in enumerate(text) if not n or letter.isascii()])
    return places


def _places(text: str, starts: list[int]) -> list[int]:
    """`typed_places`, where no letter reaches over one of these starts."""
    places: list[int] = []
    for start, end in pairwise([*starts, len(text)]):
        places += [start] * len(legible(text[start:end]))
    return [*places, len(text)]


def typed_end(places: list[int], end: int) -> int:
    """Where in a text ends what ends here in its legible form: one typed sign may be several."""
    while end and places[end] == places[end - 1]:
        end += 1
    return places[end]


def folded(text: str) -> str:
    """The text as it is compared with others: without capitals, and with accents composed."""
    return composed(composed(text).casefold())
