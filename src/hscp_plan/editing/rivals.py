"""What both sides of a merge added to a list, and of which only one can stand.

Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .align import Triple


class Rivals(NamedTuple):
    """Items of a list that are rivals where both sides added one."""

    key: str
    """The key that makes an item one of them."""
    reason: str
    """Why only one side's can stand, in words."""


RIVALS = {
    "progress": Rivals("moved", "both sides moved its due date, and one `moved:` can stand"),
    "decisions": Rivals("outcome", "both sides decided what becomes of it, each otherwise"),
}
OURS, THEIRS = 0, 2
"""The numbers of the sides in a Triple."""


def group_rivals(
    triples: list[Triple], lists: Sequence[Sequence[Any]], key: str
) -> list[list[Triple]]:
    """Items one by one, and rivals together, left to a person: moves of a due date, since each
    would begin where the other does; and outcomes that differ, of which the one that happened to
    come last would hold."""
    if key not in RIVALS:
        return [[triple] for triple in triples]
    rival_key = RIVALS[key].key

    def is_new(number: int | None, side: int) -> bool:
        item = {} if number is None else lists[side][number]
        others = [items for n, items in enumerate(lists) if n != side]
        return rival_key in item and not any(item in items for items in others)

    ours = [triple for triple in triples if is_new(triple.ours, OURS)]
    theirs = [triple for triple in triples if is_new(triple.theirs, THEIRS)]
    conflict = bool(ours and theirs)
    if key == "decisions":
        our_outcomes = _outcomes(ours, lists[OURS], OURS)
        their_outcomes = _outcomes(theirs, lists[THEIRS], THEIRS)
        conflict = any(
            their_outcomes.get(about, outcome) != outcome for about, outcome in our_outcomes.items()
        )
    if not conflict:
        return [[triple] for triple in triples]
    both = [triple for triple in triples if triple in ours or triple in theirs]
    alone = [[triple] for triple in triples if triple not in both or triple == both[0]]
    return [both if group[0] in both else group for group in alone]


def _outcomes(triples: list[Triple], items: Sequence[Any], side: int) -> dict[str, Any]:
    """What the last decision of one side says becomes of each thing."""
    decisions = [items[number] for triple in triples if (number := triple[side]) is not None]
    return {str(decision.get("about")): decision.get("outcome") for decision in decisions}
