"""Which milestones a list is about: by priority, lead, group and status. Words that match nothing
are refused with the nearest that would."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mistyped, nearest, quoted
from ..standing import kind, milestones_of
from ..words import KINDS, SYNONYMS, listed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ..model import Milestone, Objective, Plan, Priority


class Filters(NamedTuple):
    """The words given for each filter; empty where it was not given. Words of one filter are
    alternatives; different filters must all hold."""

    priority: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    status: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The filters in words, for a heading: only P1, lead Chair of …"""
        parts = [
            *(word.upper() for word in self.priority),
            *(f"lead {word}" for word in self.lead),
            *(f"group {word}" for word in self.group),
            *(word.lower() for word in self.status),
        ]
        return f"Only {', '.join(parts)}" if parts else ""

    def narrow(self, plan: Plan, day: date) -> Plan:
        """The plan with only the milestones that the filters let through, and only the
        priorities that hold any. Raises Mistyped for a word that nothing answers to."""
        if not self.said:
            return plan
        for name, words in zip(self._fields, self, strict=True):
            if not all(word.strip() for word in words):
                raise Mistyped(f"--{name} is empty", f"Write what is looked for: {_SUCH[name]}")
        wanted = {self._priority(plan, word) for word in self.priority}
        statuses = {status(word) for word in self.status}
        leads = [_named(word, _leads(plan), plan, "lead") for word in self.lead]
        groups = [_named(word, _groups(plan), plan, "group") for word in self.group]

        def through(objective: Objective, milestone: Milestone) -> bool:
            lead = milestone.lead or objective.lead
            said = (milestone.status, kind(milestone, day))
            return (
                (not leads or any(match(name) for match in leads for name in lead))
                and (
                    not groups or any(m(n) for m in groups for n in (*lead, *objective.accountable))
                )
                and (not statuses or bool(statuses.intersection(said)))
            )

        return _only(plan, wanted, through)

    @staticmethod
    def _priority(plan: Plan, word: str) -> str:
        known = {p.id.casefold(): p.id for p in plan.priorities}
        if word.casefold() in known:
            return known[word.casefold()]
        raise Mistyped(
            f"there is no priority {quoted(word)}",
            f"The priorities are {listed(known.values())}." if known else "",
        )


def led_by(plan: Plan, who: str) -> Plan:
    """The plan with only the milestones that this lead has, by exactly this name."""

    def through(objective: Objective, milestone: Milestone) -> bool:
        return who in (milestone.lead or objective.lead)

    return _only(plan, set(), through)


_SUCH = {
    "priority": "--priority P1",
    "lead": "--lead chair",
    "group": "--group board",
    "status": "--status overdue",
}
"""How each filter is written, for whoever left it empty."""


def status(word: str) -> str:
    """The status or standing that a word means. Raises Mistyped where it is none."""
    folded = word.strip().lower().replace("-", " ").replace("_", " ")
    if folded in KINDS:
        return folded
    near = SYNONYMS.get(folded) or nearest(folded, list(KINDS))
    raise Mistyped(
        f"{quoted(word)} is not a status",
        f"Did you mean: {near}" if near else f"Write {listed(KINDS, 'or')}.",
    )


def _only(plan: Plan, wanted: set[str], through: Callable[[Objective, Milestone], bool]) -> Plan:
    """The plan with what is let through of the priorities wanted; of all that hold any of it, where
    none is named."""
    every = [(p, o) for p in plan.priorities for o in p.objectives]
    hidden = {o.id for p, o in every if not any(through(o, m) for m in milestones_of(plan, p, o))}
    files = {
        name: _narrowed(priority, through)
        for name, priority in plan.files.items()
        if priority.id in wanted or not (wanted or all(o.id in hidden for o in priority.objectives))
    }
    return plan.only(files, hidden)


def _narrowed(priority: Priority, through: Callable[[Objective, Milestone], bool]) -> Priority:
    objectives = tuple(
        o.replace(milestones=tuple(m for m in o.milestones if through(o, m)))
        for o in priority.objectives
    )
    return priority.replace(objectives=objectives)


def _leads(plan: Plan) -> list[str]:
    found: dict[str, None] = {}
    for priority in plan.priorities:
        for objective in priority.objectives:
            found.update(dict.fromkeys(objective.lead))
            for milestone in objective.milestones:
                found.update(dict.fromkeys(milestone.lead))
    return list(found)


def _groups(plan: Plan) -> list[str]:
    accountable = (a for p in plan.priorities for o in p.objectives for a in o.accountable)
    named = (group.name for group in plan.head.groups)
    return list(dict.fromkeys((*named, *accountable, *_leads(plan))))


def _named(word: str, known: list[str], plan: Plan, noun: str) -> Callable[[str], bool]:
    """A test for names that hold this word: in full or by the short name, whichever is written."""
    from .groups import holding

    head = plan.head
    found = holding(word, {name: (head.short(name), head.whole(name)) for name in known})
    if found:
        return {*found}.__contains__
    near = nearest(word, known, cutoff=0.4)
    raise Mistyped(
        f"no {noun} is called {quoted(word)}",
        f"Did you mean: {near}" if near else f"hscp knows: {'; '.join(known) or 'none'}.",
    )
