"""Rules about what could identify a child, over the very text of a file.

What is committed to git stays in its history for ever, and a comment as much as a note, so these
rules look at the text itself: whatever YAML makes of it, and whether or not it is YAML. Plans are
full of numbers and capitals that identify nobody, so each rule asks for more than a number: a
valid check digit, a word that says what it is, a name beside it.

No message repeats what was found: it may go where many can read it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING

from ..letters import composed, places
from ._text import Text
from .addresses import email_address, home_address
from .children import child_named, date_of_birth
from .numbers import nhs_number, telephone, upn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ._rule import Hit, TextRule

PRIVATE: tuple[TextRule, ...] = (
    nhs_number,
    upn,
    date_of_birth,
    email_address,
    telephone,
    home_address,
    child_named,
)
MOST = 10_000
AT_ONCE = 1_000_000
"""Characters that are looked through together, of many short texts."""
APART = "\n\0\n"
"""Between texts that are looked through together: nothing is found across it."""
_KEYS = (
    *("accountable", "action", "agreed", "answers", "by", "complete_by", "decision", "due"),
    *("evidence", "lead", "milestones", "moved", "note", "progress", "status", "statements"),
)
"""Those that stand in a plan most often, and begin no line of a text."""
_NEXT_KEY = rf"\n(?=[ \t]*+(?:- |(?:{'|'.join(_KEYS)}):[ \n]))"
"""Where a file goes on to its next key or item. What a plan says there it often says elsewhere."""

Hits = list[tuple["TextRule", "Hit"]]


def parts_of(text: str) -> list[str]:
    """The parts of a file that have nothing to do with each other, with a line's end between."""
    return re.split(_NEXT_KEY, text)


def hits_in(text: str) -> Hits:
    """What could identify a child in a text, in order; of two that overlap, the one that
    begins first. Of one rule, at most so many in a batch: who has thousands knows what is wrong."""
    return hits_in_each([text])[0]


def hits_in_each(texts: Iterable[str]) -> list[Hits]:
    """`hits_in` of each of some texts. What stands in several is looked through once."""
    parts = [parts_of(text) for text in texts]
    hits = hits_among(chain.from_iterable(parts))
    return [_in_order(own, hits) if hits else [] for own in parts]


def _in_order(parts: list[str], by_part: dict[str, Hits]) -> Hits:
    """The hits of a text's parts, each where it stands in the text."""
    hits: Hits = []
    start = 0
    for part in parts:
        for rule, hit in by_part.get(part, ()):
            hits.append((rule, hit._replace(start=start + hit.start, end=start + hit.end)))
        start += len(part) + 1
    return hits


def hits_among(texts: Iterable[str]) -> dict[str, Hits]:
    """What could identify a child in texts that have nothing to do with each other: each in which
    there is something, with that. What stands in several is looked through once."""
    hits: dict[str, Hits] = {}
    for some in _batches(dict.fromkeys(texts)):
        hits |= _hits_among(some)
    return hits


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts, so many together that there is little to hold and few to go through."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size > AT_ONCE:
            yield batch
            batch, size = [], 0
    yield batch


def _hits_among(texts: list[str]) -> dict[str, Hits]:
    # A name is one however its accents are typed.
    composed_texts = [composed(text) for text in texts]
    starts = [0, *accumulate(len(text) + len(APART) for text in composed_texts)]
    by_text: dict[str, Hits] = {}
    for rule, hit in _apart(_hits(APART.join(composed_texts))):
        at = bisect_right(starts, hit.start) - 1
        moved = hit._replace(start=hit.start - starts[at], end=hit.end - starts[at])
        by_text.setdefault(texts[at], []).append((rule, moved))
    return {text: _as_typed(hits, text) for text, hits in by_text.items()}


def _as_typed(hits: Hits, text: str) -> Hits:
    """What was found in the composed form of a text, at its place in the text itself."""
    if composed(text) == text:
        return hits
    at = places(text)
    return [(rule, hit._replace(start=at[hit.start], end=at[hit.end])) for rule, hit in hits]


def _hits(text: str) -> Hits:
    whole = Text(text)
    hits = [(rule, hit) for rule in PRIVATE for hit in islice(rule.find(whole), MOST)]
    return sorted(hits, key=lambda pair: pair[1].start)


def _apart(hits: Hits) -> Iterator[tuple[TextRule, Hit]]:
    """Of hits that overlap, the one that begins first."""
    end = 0
    for rule, hit in hits:
        if hit.start >= end:
            end = hit.end
            yield rule, hit


def hidden(text: str) -> str:
    """A text without what could identify a child, for a message that quotes it."""
    shown, end = "", 0
    for _, hit in hits_in(text):
        shown, end = f"{shown}{text[end : hit.start]}…", hit.end
    return shown + text[end:]
