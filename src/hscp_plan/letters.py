"""Letters, however they are typed: ô may be one character, or an o and an accent after it, as a Mac
writes it in the names of files."""

from __future__ import annotations

from itertools import pairwise


def composed(text: str) -> str:
    """The text with each letter and its accents as one character, where there is such a one."""
    if text.isascii():
        return text
    # Loaded only where there is anything to compose: most names are plain.
    from unicodedata import normalize

    return normalize("NFC", text)


def places(text: str) -> list[int]:
    """Where in a text each character of its composed form begins; and where the text ends."""
    from unicodedata import combining

    begins = [n for n, letter in enumerate(text) if not (n and combining(letter))]
    made: list[int] = []
    for begin, end in pairwise([*begins, len(text)]):
        made += [begin] * len(composed(text[begin:end]))
    return [*made, len(text)]


def folded(text: str) -> str:
    """The text as texts are compared: capitals make no difference, nor does how an accent is
    typed."""
    return composed(composed(text).casefold())
