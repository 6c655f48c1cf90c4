"""Three versions of a list, item by item: which of ours, of the base and of theirs are one thing.

Pure. An item with an id is followed by it; any other by what it says, and one that stands where one
of the same day or name stood is that one, reworded.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import dates
from ..errors import Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

NAMES = ("date", "period", "name", "key")
"""What tells items without an id apart, as far as anything does."""


class Triple(NamedTuple):
    """The number of one thing in each version of a list; None where it is not there."""

    ours: int | None
    base: int | None
    theirs: int | None


def triples(ours: Sequence[Any], base: Sequence[Any], theirs: Sequence[Any]) -> list[Triple]:
    """Every item of the three versions once, in the order to stand in: ours, with what only theirs
    has after what it follows there or, where it has a date, in order of date."""
    by_id = all(map(_with_ids, (ours, base, theirs)))
    mine, other = _followed(base, ours, by_id), _followed(base, theirs, by_id)
    was = {n: b for b, n in mine.items()}
    new = [n for n in range(len(theirs)) if n not in other.values()]
    triples = []
    for n, item in enumerate(ours):
        b = was.get(n)
        # The same thing added on both sides is one.
        t = other.get(b) if b is not None else next((m for m in new if _one(item, theirs[m])), None)
        if b is None and t is not None:
            new.remove(t)
        triples.append(Triple(n, b, t))
    late = [Triple(None, b, other[b]) for b in range(len(base)) if b not in mine and b in other]
    late += [Triple(None, None, n) for n in new]
    for triple in sorted(late, key=lambda triple: triple.theirs or 0):
        triples.insert(_place(triples, triple, (ours, base, theirs)), triple)
    return triples


def _place(triples: list[Triple], triple: Triple, versions: tuple[Sequence[Any], ...]) -> int:
    """Where an item of theirs goes: in order of date where it is new and has one, else after what
    it follows there."""
    ours, _, theirs = versions
    item = theirs[triple.theirs or 0]
    day = _day(item) if triple.base is None else None
    if day is None:
        before = (n for n, t in enumerate(triples) if t.theirs is not None)
        follows = [n + 1 for n in before if (triples[n].theirs or 0) < (triple.theirs or 0)]
    else:
        items = [ours[t.ours] if t.ours is not None else theirs[t.theirs or 0] for t in triples]
        days = [_day(item) for item in items]
        follows = [n + 1 for n, each in enumerate(days) if each is not None and each <= day]
    return max(follows, default=0)


def _followed(base: Sequence[Any], side: Sequence[Any], by_id: bool) -> dict[int, int]:
    """The number that each item of the base has on one side, where it is still there."""
    if by_id:
        numbers = {item["id"]: n for n, item in enumerate(side)}
        return {b: numbers[i["id"]] for b, i in enumerate(base) if i["id"] in numbers}
    made: dict[int, int] = {}
    matcher = SequenceMatcher(None, list(map(repr, base)), list(map(repr, side)), autojunk=False)
    for tag, first, after, begin, end in matcher.get_opcodes():
        if tag == "equal":
            made |= dict(zip(range(first, after), range(begin, end), strict=True))
        elif tag == "replace":
            made |= _reworded(base, side, range(first, after), range(begin, end))
    return made


def _reworded(
    base: Sequence[Any], side: Sequence[Any], gone: Iterable[int], come: Iterable[int]
) -> dict[int, int]:
    """Which items in place of others are the same in other words: those of one day or name; of
    plain texts, as many as there were, each in its turn."""
    left, numbers = list(come), {}
    gone = list(gone)
    if len(left) == len(gone) and all(isinstance(base[b], str) for b in gone):
        return dict(zip_longest(gone, left))
    for b in gone:
        n = next((n for n in left if _name(base[b]) and _name(base[b]) == _name(side[n])), None)
        if n is not None:
            left.remove(n)
            numbers[b] = n
    return numbers


def _with_ids(items: Sequence[Any]) -> bool:
    ids = [item.get("id") for item in items if isinstance(item, dict)]
    return len(ids) == len(items) == len({*ids} - {None})


def _one(item: Any, other: Any) -> bool:
    return bool(item == other or (_with_ids([item, other][:1]) and item["id"] == other.get("id")))


def _name(item: Any) -> Any:
    return next((item[key] for key in NAMES if key in item), None) if isinstance(item, dict) else ""


def _day(item: Any) -> date | None:
    try:
        return dates.read(item["date"]).first if isinstance(item, dict) else None
    except (KeyError, TypeError, Wrong):
        return None
