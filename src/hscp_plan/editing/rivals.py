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


class Twins(NamedTuple):
    """Items of a list that tell one thing, where each side added one of its own."""

    same: tuple[str, ...]
    """The keys in which they are alike. The first makes an item one of them."""
    unlike: str
    """The key in which they differ; empty where any difference counts."""
    reason: str
    """Why only one side's can stand, in words."""


TWINS = {
    "values": Twins(("period",), "", "both sides gave a figure for one period"),
    "path": Twins(("period",), "", "both sides say what was promised by one period"),
    "reviews": Twins(("name",), "", "both sides added a review of one name"),
    "assurance": Twins(
        ("date", "by", "about"), "level", "both sides say how assured one Board was on one day"
    ),
    "progress": Twins(("for",), "", "both sides report the same time of recurring work"),
}
OURS, THEIRS = 0, 2
"""The numbers of the sides in a Triple."""


class Group(NamedTuple):
    """One item of a list, or several of which one can stand."""

    triples: list[Triple]
    reason: str = ""
    """Why one of several can stand, in words."""


def group_rivals(triples: list[Triple], lists: Sequence[Sequence[Any]], key: str) -> list[Group]:
    """Items one by one, and together what is left to a person: moves of a due date, since each
    would begin where the other does; outcomes that differ, of which the one that happened to come
    last would hold; and what tells one thing twice."""
    both = _rivals(triples, lists, key) if key in RIVALS else []
    if both:
        return _together(triples, [Group(both, RIVALS[key].reason)])
    return _together(triples, _twins(triples, lists, TWINS[key]) if key in TWINS else [])


def _together(triples: list[Triple], groups: list[Group]) -> list[Group]:
    """Every item, those of a group at the place of its first."""
    by_triple = {triple: group for group in groups for triple in group.triples}
    each = (by_triple.get(triple, Group([triple])) for triple in triples)
    return [group for n, group in enumerate(each) if group.triples[0] == triples[n]]


def _twins(triples: list[Triple], lists: Sequence[Sequence[Any]], twins: Twins) -> list[Group]:
    """What each side added of which one can stand, two by two."""

    def added(side: int) -> list[tuple[Triple, Any]]:
        return [
            (triple, lists[side][number])
            for triple in triples
            if (number := triple[side]) is not None and triple.count(None) == 2
        ]

    theirs = added(THEIRS)
    groups = []
    for triple, item in added(OURS):
        twin = next((other for other in theirs if _are_twins(item, other[1], twins)), None)
        if twin:
            theirs.remove(twin)
            groups.append(Group([triple, twin[0]], f"{twins.reason}, and one can stand"))
    return groups


def _are_twins(item: Any, other: Any, twins: Twins) -> bool:
    if not (isinstance(item, dict) and isinstance(other, dict) and twins.same[0] in item):
        return False
    alike = all(_plain(item.get(key)) == _plain(other.get(key)) for key in twins.same)
    return alike and (not twins.unlike or item.get(twins.unlike) != other.get(twins.unlike))


def _plain(value: Any) -> str:
    """What stands under a key, as it is compared; a text alone stands for a list of one."""
    return " ".join(str([value] if isinstance(value, str) else value).casefold().split())


def _rivals(triples: list[Triple], lists: Sequence[Sequence[Any]], key: str) -> list[Triple]:
    """Those new on both sides of which one can stand; none where all can."""
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
    return [triple for triple in triples if triple in ours or triple in theirs] if conflict else []


def _outcomes(triples: list[Triple], items: Sequence[Any], side: int) -> dict[str, Any]:
    """What the last decision of one side says becomes of each thing."""
    decisions = [items[number] for triple in triples if (number := triple[side]) is not None]
    return {str(decision.get("about")): decision.get("outcome") for decision in decisions}
