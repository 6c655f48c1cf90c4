"""Matches the items of three versions of a list: which of ours, of the base and of theirs are one.

Pure. An item with an id is matched by it, a round of asking by its form, any other by what it says.
One that stands where another of the same day or name stood is that one, reworded.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import dates
from ..errors import Wrong

if TYPE_CHECKING:
    from collections.abc import Sequence
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
    by_id = all(map(_have_ids, (ours, base, theirs)))
    in_ours, in_theirs = _match(base, ours, by_id), _match(base, theirs, by_id)
    in_base = {n: b for b, n in in_ours.items()}
    new = [n for n in range(len(theirs)) if n not in in_theirs.values()]
    triples = []
    for n, item in enumerate(ours):
        b = in_base.get(n)
        if b is not None:
            t = in_theirs.get(b)
        else:
            # The same thing added on both sides is one.
            t = next((m for m in new if _are_one(item, theirs[m])), None)
            if t is not None:
                new.remove(t)
        triples.append(Triple(n, b, t))
    only_theirs = [
        Triple(None, b, in_theirs[b])
        for b in range(len(base))
        if b not in in_ours and b in in_theirs
    ]
    only_theirs += [Triple(None, None, n) for n in new]
    for triple in sorted(only_theirs, key=lambda triple: triple.theirs or 0):
        triples.insert(_place(triples, triple, ours, theirs), triple)
    return triples


def _place(
    triples: list[Triple], triple: Triple, ours: Sequence[Any], theirs: Sequence[Any]
) -> int:
    """Where an item of theirs goes: in order of date where it is new and has one, else after what
    it follows there."""
    number = triple.theirs or 0
    day = _day(theirs[number]) if triple.base is None else None
    place = 0
    for n, other in enumerate(triples, 1):
        if day is None:
            follows = other.theirs is not None and other.theirs < number
        else:
            item = ours[other.ours] if other.ours is not None else theirs[other.theirs or 0]
            other_day = _day(item)
            follows = other_day is not None and other_day <= day
        if follows:
            place = n
    return place


def _match(base: Sequence[Any], side: Sequence[Any], by_id: bool) -> dict[int, int]:
    """The number that each item of the base has on one side, where it is still there."""
    if by_id:
        numbers = {_id(item): n for n, item in enumerate(side)}
        return {b: numbers[_id(i)] for b, i in enumerate(base) if _id(i) in numbers}
    matches: dict[int, int] = {}
    matcher = SequenceMatcher(None, list(map(repr, base)), list(map(repr, side)), autojunk=False)
    for tag, first, after, begin, end in matcher.get_opcodes():
        if tag == "equal":
            matches |= dict(zip(range(first, after), range(begin, end), strict=True))
        elif tag == "replace":
            matches |= _match_reworded(base, side, range(first, after), range(begin, end))
    return matches


def _match_reworded(
    base: Sequence[Any], side: Sequence[Any], old: Sequence[int], new: Sequence[int]
) -> dict[int, int]:
    """Which items in place of others are the same in other words: those of one day or name; of
    plain texts, as many as there were, each in its turn."""
    if len(new) == len(old) and all(isinstance(base[b], str) for b in old):
        return dict(zip(old, new, strict=True))
    unmatched, matches = list(new), {}
    for b in old:
        name = _name(base[b])
        n = next((n for n in unmatched if name and name == _name(side[n])), None)
        if n is not None:
            unmatched.remove(n)
            matches[b] = n
    return matches


def _have_ids(items: Sequence[Any]) -> bool:
    ids = [*map(_id, items)]
    return len(ids) == len({*ids} - {None})


def _id(item: Any) -> Any:
    """What an item is known by for ever; None where it has nothing of the kind."""
    return item.get("id", item.get("form")) if isinstance(item, dict) else None


def _are_one(item: Any, other: Any) -> bool:
    return bool(item == other or (_have_ids([item]) and _id(item) == _id(other)))


def _name(item: Any) -> Any:
    return next((item[key] for key in NAMES if key in item), None) if isinstance(item, dict) else ""


def _day(item: Any) -> date | None:
    try:
        return dates.read(item["date"]).first if isinstance(item, dict) else None
    except (KeyError, TypeError, Wrong):
        return None
