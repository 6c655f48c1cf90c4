"""Counts of fewer than five children, families or adults in a text, and the text without them.

"One mother said" is somebody's voice and no count, so only the figure 1 counts, not the word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ..letters import legible, typed_end, typed_places
from . import _counted as known
from ._counts import (
    ADJECTIVE,
    ANY,
    FEW_WORD,
    NEAR,
    NUMBER,
    ONE,
    SMALL,
    WHO,
    B,
    Edit,
    counted,
    counts_nobody,
    edit_of,
    one_of,
)
from ._labelled import labelled_counts

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF = rf"(?:out{B})?of{B}(?:(?:the|these|those|our|all)(?:{B}{ANY})?|{ANY})"
_AGE = r"[0-9]{1,2}[ -](?:year|month|week)s?[ -]old"
_COUNT = (
    rf"{NUMBER}(?P<of>{B}{_OF}|/[0-9]{{1,4}})?(?:{B}(?:{_AGE}|{ADJECTIVE})){{0,3}}?{B}"
    rf"(?:(?:{ONE}){B}){{0,2}}{WHO}"
)
_FIRST = rf"(?<!\w){SMALL}(?!\w)"
_DATED = rf"\b(?:on|by|from|since|until|before|after|dated){B}$"
"""Before 3/12 children, which is a day in December."""
_WHO_STEM = rf"\b(?:famil|babies|men|women|people|person|under[ -]|{one_of(known.PEOPLE)}|cp|cin)"


def counts_few(text: str) -> bool:
    """Whether any such count may stand in a text."""
    small = legible(text).lower()
    return bool(re.search(rf"[1-4]|{FEW_WORD}", small) and re.search(_WHO_STEM, small))


@lru_cache(maxsize=4096)
def veil(text: str) -> str:
    """The text with "fewer than 5" in place of each such count."""
    if not counts_few(text):
        return text
    # In small letters each at its own place, patterns take a third of their time.
    small = legible(text).replace("İ", "I").lower()
    edits = sorted((*_counts(small), *labelled_counts(small)))
    if not edits:
        return text
    places, veiled, end = typed_places(text), "", 0
    for edit in edits:
        if (start := places[edit.start]) >= end:
            veiled += text[end:start] + edit.text
            end = typed_end(places, edit.end)
    return veiled + text[end:]


def _counts(text: str) -> Iterator[Edit]:
    """What is published for each number that stands before whom it counts: 3 of 12 pupils."""
    first = re.search(_FIRST, text)
    if not (first and re.compile(_WHO_STEM).search(text, first.end())):
        return
    count = re.compile(_COUNT)
    match = count.search(text, first.start())
    while match:
        is_one = match["count"].strip("x×0.") == "1" and not (match["of"] or match["high"])
        who = counted(match, is_one)
        if who and not (counts_nobody(text, match.start()) or _is_day(match)):
            yield edit_of(match)
            if is_one:
                yield Edit(*who)
        # On 1 May three children: what follows one number may hold another, which is the count.
        match = count.search(text, match.end("count"))


def _is_day(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - NEAR) : match.start()]
    return (match["of"] or "")[:1] == "/" and bool(re.search(_DATED, before))
