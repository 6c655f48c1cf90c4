"""Texts whose letters may be typed in two ways: ô is one character, or an o with an accent after
it, as a Mac writes it in the names of files."""

from __future__ import annotations

from itertools import pairwise


def composed(text: str) -> str:
    """The text with each letter and its accents as one character, where Unicode has one."""
    if text.isascii():
        return text
    # Loaded only where there is anything to compose: most names are plain.
    from unicodedata import normalize

    return normalize("NFC", text)


def typed_places(text: str) -> list[int]:
    """Where in a text each character of its composed form begins, and last where the text ends."""
    from unicodedata import combining

    starts = [n for n, letter in enumerate(text) if not (n and combining(letter))]
    places: list[int] = []
    for start, end in pairwise([*starts, len(text)]):
        places += [start] * len(composed(text[start:end]))
    return [*places, len(text)]


def folded(text: str) -> str:
    """The text as it is compared with others: without capitals, and with accents composed."""
    return composed(composed(text).casefold())
