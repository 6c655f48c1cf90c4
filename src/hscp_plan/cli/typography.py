"""The marks of a line. What Word, Outlook and Teams make of one typed there (curly quotation marks,
long dashes, spaces and hyphens that do not break) is taken for what it is; and a line is
shown with the quotation marks that it needs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CLOSED_BY = {"“": "”", "„": "“”", "‘": "’", "‚": "‘’", "«": "»", "”": "”", "’": "’"}
"""The marks that a quotation may begin with, each with those that may end it."""
_OPTION = re.compile(r"(?:[–—‒‑−][–—‒‑−-]?|-[–—‒‑−])(?=[a-z])")
_SPACES = re.compile("[\u00a0\u2007\u202f]+")


def plain(args: list[str]) -> list[str]:
    """The words typed as a shell would have parted them, had the marks been plain."""
    return list(_unquoted(_parted(args)))


def _parted(args: list[str]) -> Iterator[str]:
    """The words, parted at spaces that do not break, which no shell parts; dashes made plain
    before the name of an option."""
    for arg in args:
        # What has an ordinary space was in quotation marks: it is a text, and stands as it is.
        for word in [arg] if " " in arg else filter(None, _SPACES.split(arg)):
            yield _OPTION.sub("--", word, count=1)


def _unquoted(words: Iterator[str]) -> Iterator[str]:
    """The words, with those between curly quotation marks as one."""
    held: list[str] = []
    for word in words:
        if not held and (word[:1] not in _CLOSED_BY or " " in word):
            yield word
            continue
        held.append(word)
        if word[-1:] in _CLOSED_BY[held[0][0]] and len(" ".join(held)) > 1:
            yield " ".join(held)[1:-1]
            held = []
    # What is never closed was no quotation, 'tis, or lacks its end.
    yield from (word.lstrip("“„«") if word.strip("“„«") else word for word in held)


def as_typed(words: Iterable[str]) -> str:
    """Words as they are typed: in double quotation marks where they do in every shell."""
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    if re.fullmatch(r"[\w./:+=,-]+", word):
        return word
    if re.search(r'["$`\\!%]', word):
        from shlex import quote

        return quote(word)
    return f'"{word}"'
