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

from ..letters import legible, typed_places
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
MOST_HITS = 10_000
BATCH_SIZE = 1_000_000
"""Characters that are looked through together, of many short texts."""
SEPARATOR = "\n\0\n"
"""What parts texts that are looked through together: no hit reaches across it."""
_KEYS = (
    *("note", "by", "action", "due", "status", "progress", "evidence", "moved", "agreed", "lead"),
    *("milestones", "statements", "complete_by", "decision", "accountable", "answers"),
)
"""The keys that stand in a plan most often, most frequent first; they begin no line of a text."""
_NEXT_KEY = rf"\n(?=[ \t]*+(?:- |(?:{'|'.join(_KEYS)}):[ \n]))"
"""Where a file goes on to its next key or item. Parted there, much of a plan stands in it more than
once, and is looked through once."""

Hits = list[tuple["TextRule", "Hit"]]


def parts_of(text: str) -> list[str]:
    """The parts of a file over which no hit reaches; a line's end parts them."""
    return re.split(_NEXT_KEY, text)


def hits_in(text: str) -> Hits:
    """What could identify a child in a text, in order; of two hits that overlap, the one that
    begins first. One rule gives at most MOST_HITS a batch: nobody reads thousands."""
    return hits_in_each([text])[0]


def hits_in_each(texts: Iterable[str]) -> list[Hits]:
    """`hits_in` for each of these texts. A part that stands in several is looked through once."""
    parts = [parts_of(text) for text in texts]
    hits = hits_among(chain.from_iterable(parts))
    return [_in_order(text_parts, hits) if hits else [] for text_parts in parts]


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
    """What could identify a child in texts over which no hit reaches: the hits of each that has
    any. A text that is given several times is looked through once."""
    hits: dict[str, Hits] = {}
    for batch in _batches(dict.fromkeys(texts)):
        hits |= _hits_among(batch)
    return hits


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts in batches: few enough to go through, and each short enough to hold."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size > BATCH_SIZE:
            yield batch
            batch, size = [], 0
    yield batch


def _hits_among(texts: list[str]) -> dict[str, Hits]:
    # A name is one however its accents are typed, and whatever stands unseen in it.
    legible_texts = [legible(text) for text in texts]
    starts = [0, *accumulate(len(text) + len(SEPARATOR) for text in legible_texts)]
    by_text: dict[str, Hits] = {}
    for rule, hit in _without_overlaps(_find_hits(SEPARATOR.join(legible_texts))):
        at = bisect_right(starts, hit.start) - 1
        hit_in_text = hit._replace(start=hit.start - starts[at], end=hit.end - starts[at])
        by_text.setdefault(texts[at], []).append((rule, hit_in_text))
    return {text: _at_places_in(hits, text) for text, hits in by_text.items()}


def _at_places_in(hits: Hits, text: str) -> Hits:
    """Hits in the legible form of a text, each at its place in the text as it was typed."""
    if legible(text) == text:
        return hits
    at = typed_places(text)
    return [(rule, hit._replace(start=at[hit.start], end=at[hit.end])) for rule, hit in hits]


def _find_hits(text: str) -> Hits:
    whole = Text(text)
    hits = [(rule, hit) for rule in PRIVATE for hit in islice(rule.find(whole), MOST_HITS)]
    return sorted(hits, key=lambda pair: pair[1].start)


def _without_overlaps(hits: Hits) -> Iterator[tuple[TextRule, Hit]]:
    """Of hits that overlap, the one that begins first."""
    end = 0
    for rule, hit in hits:
        if hit.start >= end:
            end = hit.end
            yield rule, hit


def redact(text: str) -> str:
    """A text without what could identify a child, for a message that quotes it."""
    redacted, end = "", 0
    for _, hit in hits_in(text):
        redacted, end = f"{redacted}{text[end : hit.start]}…", hit.end
    return redacted + text[end:]
