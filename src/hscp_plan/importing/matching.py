"""Which milestone each row of a document is: by its id, else by its words and its place. Pure.

Of all ways to match them the best on the whole is taken, whatever the order that they stand in.
"""

from __future__ import annotations

import re
from collections import Counter
from heapq import heappop, heappush, nlargest
from typing import TYPE_CHECKING, NamedTuple

from ..letters import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

NEARLY = 400
"""How much alike, of 1,000, a row and a milestone are at least that may be one."""
SURE = 650
"""How much alike they are that are one without anybody being asked."""
ELSEWHERE = 800
"""How much alike they are at least where they stand under two priorities."""
CLOSE = 100
"""Two ways to match that are no further apart than this are both possible."""
_LIKELIEST = 8
"""How many milestones are considered for a row, and rows for a milestone."""
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to",
                    "with"))  # fmt: skip
_STEM = 5
"""By how many of its letters a word is known: train, training, trained."""


class Side(NamedTuple):
    """A row or a milestone, as they are held against each other."""

    id: str
    """Of a row: the id that the document gives it; empty where it gives none."""
    text: str
    priority: str = ""
    """The id of the plan's priority that it stands under; empty where that is not known."""
    beside: frozenset[Hashable] = frozenset()
    """What else is known of it: its objective, its date, its lead, its number in the document."""
    key: tuple[str, ...] = ()
    """All that it says, for two rows to be told apart whatever their order."""

    @property
    def order(self) -> tuple[object, ...]:
        """What rows are put in order by, whatever theirs is in the document."""
        return self.text, self.id, self.priority, sorted(map(repr, self.beside)), self.key


class Matching(NamedTuple):
    """What was matched, by numbers of rows and milestones."""

    milestone_of: Mapping[int, int]
    """The milestone of each row that has one."""
    doubtful: Mapping[int, tuple[int, ...]]
    """Of a row that may be one of several milestones, or may be new: those, the likeliest first.
    None of them is matched with it."""


def match(rows: Sequence[Side], milestones: Sequence[Side]) -> Matching:
    """Each row with at most one milestone, and back.

    An id that both have decides. Then the same words under the same priority do, where only one row
    and one milestone have them; the rest is matched by how much alike they are.
    """
    found = _alone(rows, milestones, range(len(rows)), range(len(milestones)), lambda s: s.id)
    for same in (lambda s: (s.priority, _plain(s.text)), lambda s: _plain(s.text)):
        found |= _alone(rows, milestones, *_free(rows, milestones, found), same)
    free_rows, free_milestones = _free(rows, milestones, found)
    # In an order of their own, so that equally good ways are chosen between as the order of a
    # table cannot.
    free_rows.sort(key=lambda n: rows[n].order)
    free_milestones.sort(key=lambda n: (milestones[n].id, milestones[n].text))
    likeness = _likeness([rows[n] for n in free_rows], [milestones[n] for n in free_milestones])
    chosen = assign(likeness)
    doubtful: dict[int, tuple[int, ...]] = {}
    for row, milestone in enumerate(chosen):
        may_be = _may_be(row, likeness, chosen)
        if may_be:
            doubtful[free_rows[row]] = tuple(free_milestones[n] for n in may_be)
        elif milestone is not None:
            found[free_rows[row]] = free_milestones[milestone]
    return Matching(found, doubtful)


def _alone(
    rows: Sequence[Side],
    milestones: Sequence[Side],
    of_rows: Sequence[int],
    of_milestones: Sequence[int],
    what: Callable[[Side], Hashable],
) -> dict[int, int]:
    """The rows and milestones that have something in common which no other of either has."""
    one_row = _only(rows, of_rows, what)
    one_milestone = _only(milestones, of_milestones, what)
    return {row: one_milestone[it] for it, row in one_row.items() if it and it in one_milestone}


def _only(
    sides: Sequence[Side], numbers: Sequence[int], what: Callable[[Side], Hashable]
) -> dict[Hashable, int]:
    of = {number: what(sides[number]) for number in numbers}
    times = Counter(of.values())
    return {it: number for number, it in of.items() if times[it] == 1}


def _free(
    rows: Sequence[Side], milestones: Sequence[Side], found: Mapping[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(found.values())
    return (
        [n for n in range(len(rows)) if n not in found],
        [n for n in range(len(milestones)) if n not in taken],
    )


# --- how much alike -----------------------------------------------------------------------------


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


def words_of(text: str) -> frozenset[str]:
    """What a text is known by: the beginnings of its words, without the small ones."""
    words = re.findall(r"\w+", folded(text))
    telling = [word for word in words if word not in _SMALL] or words
    return frozenset(word if word.isdecimal() else word[:_STEM] for word in telling)


def alike(one: frozenset[str], other: frozenset[str]) -> int:
    """How much alike two texts are by their words, from 0 to 1,000."""
    size = len(one) + len(other)
    return 2000 * len(one & other) // size if size else 0


Likeness = list[dict[int, int]]
"""Of each row, the milestones that it may be, each with how much alike they are."""


def _likeness(rows: Sequence[Side], milestones: Sequence[Side]) -> Likeness:
    """The likeliest milestones of each row, and the likeliest rows of each milestone."""
    words = [words_of(milestone.text) for milestone in milestones]
    sizes = [len(some) for some in words]
    likeness: Likeness = []
    best_rows: list[list[tuple[int, int]]] = [[] for _ in milestones]
    for number, row in enumerate(rows):
        own = words_of(row.text)
        # This line is run for each row with each milestone: it is kept plain for speed.
        shared = [len(own & some) for some in words]
        scores = {
            n: score
            for n, count in enumerate(shared)
            if count
            and (score := _score(2000 * count // (len(own) + sizes[n]), row, milestones[n]))
        }
        likeness.append(_first(scores))
        for n, score in scores.items():
            heappush(best_rows[n], (score, -number))
            if len(best_rows[n]) > _LIKELIEST:
                heappop(best_rows[n])
    for n, best in enumerate(best_rows):
        for score, number in best:
            likeness[-number][n] = score
    return likeness


def _first(scores: dict[int, int]) -> dict[int, int]:
    return dict(nlargest(_LIKELIEST, scores.items(), key=lambda item: (item[1], -item[0])))


def _score(common: int, row: Side, milestone: Side) -> int:
    """How much alike, from 0 to 1,000 and a little more, a row and a milestone are with all that
    is known of them, of whose words so many are `common`, of 1,000; 0: not at all."""
    if common < NEARLY:
        return 0
    if row.priority != milestone.priority:
        return common - 200 if common >= ELSEWHERE else 0
    return common + 30 * len(row.beside & milestone.beside)


def _may_be(row: int, likeness: Likeness, chosen: Sequence[int | None]) -> tuple[int, ...]:
    """The milestones that a row may be where that is to be asked, the likeliest first: the one
    chosen for it is not very like it, or another would do nearly as well."""
    at, scores = chosen[row], likeness[row]
    if at is None:
        return ()
    holder = {milestone: other for other, milestone in enumerate(chosen) if milestone is not None}
    mine = scores[at]
    if mine >= 1000:
        # The very same words. Which of several that have them it is, its date and lead say.
        return ()
    others = []
    for other, score in scores.items():
        held_by = holder.get(other)
        now = mine + (likeness[held_by][other] if held_by is not None else 0)
        then = score + (likeness[held_by].get(at, 0) if held_by is not None else 0)
        if other != at and now - then <= CLOSE:
            others.append(other)
    if mine >= SURE and not others:
        return ()
    return (at, *sorted(others, key=lambda other: (-scores[other], other)))


# --- the best on the whole ----------------------------------------------------------------------


def assign(likeness: Likeness) -> list[int | None]:
    """A milestone for each row, none given twice, so that all pairs together are as much alike as
    they can be. None for a row that is left without.

    One row after the other is given its milestone by the cheapest chain of exchanges (the Hungarian
    method on a graph of few edges). n rows and milestones take at most n² times the number of
    edges a row has.
    """
    most = max((score for scores in likeness for score in scores.values()), default=0)
    row_price = [0] * len(likeness)
    price: Counter[int] = Counter()
    holder: dict[int, int] = {}
    held: dict[int, int] = {}
    for new in range(len(likeness)):
        # -1 - row stands for being left without, which each row can always be.
        cost: dict[int, int] = {}
        before: dict[int, int] = {}
        done: dict[int, int] = {}
        queue: list[tuple[int, int]] = []
        row, so_far = new, 0
        while True:
            for milestone, score in (*likeness[row].items(), (-1 - row, 0)):
                total = so_far + most - score - row_price[row] - price[milestone]
                if milestone not in done and total < cost.get(milestone, total + 1):
                    cost[milestone], before[milestone] = total, row
                    heappush(queue, (total, milestone))
            so_far, milestone = heappop(queue)
            while milestone in done:
                so_far, milestone = heappop(queue)
            done[milestone] = so_far
            if milestone not in holder:
                break
            row = holder[milestone]
        row_price[new] += so_far
        for other, its in done.items():
            if other in holder:
                row_price[holder[other]] += so_far - its
            price[other] -= so_far - its
        chain: int | None = milestone
        while chain is not None:
            row = before[chain]
            was = held.get(row)
            holder[chain], held[row], chain = row, chain, was
    return [milestone if (milestone := held[row]) >= 0 else None for row in range(len(likeness))]
