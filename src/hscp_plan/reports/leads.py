"""The leads of a plan, each with the plan narrowed to what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..letters import composed, folded
from ..naming.filters import narrow_to_lead
from ..naming.groups import find_by_part
from ..standing import OPEN, standings
from . import papers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..model import Objective, Plan
    from ..standing import Standing


class Lead(NamedTuple):
    """A lead, who as a part of a file's name, and the plan narrowed to what is theirs."""

    who: str
    slug: str
    plan: Plan


def each_lead(plan: Plan, whole: Plan, day: date, words: Sequence[str]) -> Iterator[Lead]:
    """The leads with something open in a plan; where words are given, those whose name or short
    name holds one. Files are named over the `whole` plan: who else is asked for, or has nothing
    open any more, changes nobody's file."""
    plan = by_whole_names(plan)
    slugs = papers.slugs(_names(standings(by_whole_names(whole), day)))
    leads = {name: (plan.head.short(name),) for name in _names(standings(plan, day, OPEN))}
    wanted = {name for word in words for name in find_by_part(word, leads)}
    for name in leads:
        if not words or name in wanted:
            yield Lead(name, slugs[name], narrow_to_lead(plan, name))


def by_whole_names(plan: Plan) -> Plan:
    """The plan with every lead by its group's whole name: who is named once in full and once by a
    short name is one."""
    names = plan.head.names

    def whole(lead: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.get(folded(name), composed(name)) for name in lead))

    def with_whole_names(objective: Objective) -> Objective:
        milestones = tuple(
            m.replace(lead=whole(m.lead)) if m.lead else m for m in objective.milestones
        )
        return objective.replace(lead=whole(objective.lead), milestones=milestones)

    files = {
        name: priority.with_sections(map(with_whole_names, priority.sections))
        for name, priority in plan.files.items()
    }
    return plan.only(files)


def _names(standings: Iterable[Standing]) -> list[str]:
    """The names of who leads any of these, in the plan's order."""
    return list(dict.fromkeys(name for s in standings for name in s.lead))
