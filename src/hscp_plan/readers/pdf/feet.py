"""What stands at the head and foot of every page: it is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ..content import Paragraph, Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .marks import Page
    from .text import Line

_EDGE = 0.12
"""How much of a page its head and its foot may take, each."""
_NUMBER = re.compile(r"(?:page\s*)?\W*\d{1,4}\W*(?:(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)


Key = tuple[str, int]


def key(line: Line) -> Key:
    """What makes a line the same on every page: its place, and its words but for numbers."""
    return re.sub(r"\d+", "0", line.text.strip()), round(line.base / 3)


def feet_of(some: Sequence[Page], free: Sequence[Sequence[Line]]) -> dict[Key, str]:
    """What stands at the head or foot of most pages, and the numbers of pages, each with its words
    as they stand first."""
    first: dict[Key, str] = {}
    count: Counter[Key] = Counter()
    for page, its in zip(some, free, strict=True):
        for line in its:
            if not _EDGE * page.height < line.base < (1 - _EDGE) * page.height:
                first.setdefault(key(line), line.text)
                count[key(line)] += 1
    few = max(2, len(some) // 2)
    return {
        key: text
        for key, text in first.items()
        if count[key] >= few or _NUMBER.fullmatch(text.strip())
    }


def said(feet: Mapping[Key, str]) -> Iterator[Paragraph]:
    """The words that stand there, but for the numbers of pages."""
    for text in feet.values():
        if not _NUMBER.fullmatch(text.strip()):
            yield Paragraph((Run(text),), "the head or foot of its pages")
