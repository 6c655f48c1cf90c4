"""Filters for the milestones of a list: by priority, lead, group and status. A word that matches
nothing is refused with the nearest that would."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Mistyped, nearest, quoted
from ..letters import folded
from ..standing import kind, milestones_of
from ..words import BRAG, KINDS, STATUSES, SYNONYMS, UNAGREED, listed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ..model import Head, Milestone, Objective, Plan, Priority
    from ..words import Kind


class Filters(NamedTuple):
    """The words given for each filter; empty where it was not given. Words of one filter are
    alternatives; different filters must all hold."""

    priority: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The filters in words, for a heading: only P1, lead Chair of …"""
        parts = [
            *(word.upper() for word in self.priority),
            *(f"lead {word}" for word in self.lead),
            *(f"group {word}" for word in self.group),
            *(word.lower() for word in self.status),
            *(f"agency {word}" for word in self.agency),
        ]
        return f"Only {', '.join(parts)}" if parts else ""

    def narrow(self, plan: Plan, day: date) -> Plan:
        """The plan with only the milestones that the filters let through, and only the
        priorities that hold any. Raises Mistyped for a word that nothing answers to."""
        if not self.text:
            return plan
        for name, words in zip(self._fields, self, strict=True):
            if not all(word.strip() for word in words):
                raise Mistyped(f"--{name} is empty", f"Write what is looked for: {_EXAMPLES[name]}")
        priorities = {self._priority(plan, word) for word in self.priority}
        others = [word for word in self.status if plan.head.meant(word) or not _of_colour(word)]
        statuses = {read_status(word, plan.head) for word in others}
        kinds = {kind for word in self.status if word not in others for kind in _of_colour(word)}
        lead_tests = [name_test(word, leads(plan), plan, "lead") for word in self.lead]
        by_agency = groups_of_agencies(plan, self.agency)
        group_tests = [name_test(word, _groups(plan), plan, "group") for word in self.group]

        def passes(objective: Objective, milestone: Milestone) -> bool:
            names = milestone.lead or objective.lead
            if lead_tests and not _any_passes(lead_tests, names):
                return False
            if group_tests and not _any_passes(group_tests, (*names, *objective.accountable)):
                return False
            if by_agency is not None and not by_agency.intersection(
                map(folded, (*names, *(entry.by or "" for entry in milestone.progress)))
            ):
                return False
            worked_out = kind(milestone, day, plan)
            if worked_out in kinds or worked_out in statuses or not self.status:
                return True
            # What is not yet agreed is not complete, whoever says so.
            return milestone.status in statuses and worked_out != UNAGREED

        return _keep(plan, priorities, passes)

    def narrow_earlier(self, earlier: Plan, day: date, now: Plan) -> Plan:
        """An earlier plan with only what is compared with `now`, which these filters narrowed: the
        same milestones, and those that they let through then and that are gone since."""
        if not self.text:
            return earlier
        let_through = self.narrow(earlier._replace(head=now.head), day)
        gone = _milestone_ids(let_through) - _milestone_ids(now.narrowed_from or now)
        ids = _milestone_ids(now) | gone
        owners = {owner.id for owner in now.owners}
        return _keep(earlier, owners, lambda _, milestone: milestone.id in ids)

    @staticmethod
    def _priority(plan: Plan, word: str) -> str:
        known = {p.id.casefold(): p.id for p in plan.owners}
        from .ids import of_another, own_id

        id = own_id(plan, word)
        if id in known:
            return known[id]
        raise of_another(plan, word) or Mistyped(
            f"there is no priority {quoted(word)}",
            f"The priorities are {listed(known.values())}." if known else "",
        )


def narrow_to_lead(plan: Plan, name: str) -> Plan:
    """The plan with only the milestones that the lead of exactly this name has."""

    def passes(objective: Objective, milestone: Milestone) -> bool:
        return name in (milestone.lead or objective.lead)

    return _keep(plan, set(), passes)


def _any_passes(tests: list[Callable[[str], bool]], names: tuple[str, ...]) -> bool:
    return any(test(name) for test in tests for name in names)


_EXAMPLES = {
    "priority": "--priority P1",
    "lead": "--lead chair",
    "group": "--group board",
    "status": "--status overdue",
    "agency": "--agency police",
}
"""An example of each filter, for whoever left it empty."""


def is_status(text: str, head: Head | None = None) -> bool:
    """Whether a text is a status, a standing, a colour, or a word for one."""
    word = _plain(text)
    if head and head.meant(text):
        return True
    return word in (*STATUSES, *KINDS, *BRAG.values()) or word in SYNONYMS


def is_bare_status(note: str, head: Head | None = None) -> bool:
    """Whether a note says no more than a status would: done, on track, RAG: green. A sentence that
    something has begun is news."""
    words = re.sub(r"^(?:status|rag|brag)\b[:= ]*", "", _plain(note))
    news = note.rstrip().endswith(".") and likely_status(words, head) in (
        "in progress",
        "not started",
    )
    return is_status(words, head) and not news


def likely_status(text: str, head: Head | None = None) -> str:
    """The status of a milestone that a word most likely means, first of all as a word of the plan's
    own scale; the word itself where none."""
    if own := head and head.meant(text):
        return own
    word = _plain(text)
    return word if word in STATUSES else SYNONYMS.get(word, text)


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("-", " ").replace("_", " ").strip(" .!").split())


def _of_colour(word: str) -> set[Kind]:
    """The standings of a colour of the BRAG convention: red is overdue and off track."""
    colour = word.strip().lower()
    return {kind for kind in KINDS if BRAG[kind] == ("grey" if colour == "gray" else colour)}


def read_status(word: str, head: Head) -> str:
    """The status or standing that a word means. Raises Mistyped where it is none."""
    if own := head.meant(word):
        return own
    folded = word.strip().lower().replace("-", " ").replace("_", " ")
    if folded in KINDS:
        return folded
    if folded.replace(",", "").removeprefix("complete ") == "not yet agreed":
        return UNAGREED
    known = [*head.scale, *head.kinds]
    near = nearest(folded, [*head.scale]) or SYNONYMS.get(folded) or nearest(folded, known)
    raise Mistyped(
        f"{quoted(word)} is not a status",
        f"Did you mean: {near}" if near else f"Write {listed(known, 'or')}.",
    )


def _keep(plan: Plan, priorities: set[str], passes: Callable[[Objective, Milestone], bool]) -> Plan:
    """The plan with the milestones that pass, of the priorities with these ids; of all that hold
    any, where no id is given."""
    files, hidden = {}, set()
    for name, priority in plan.files.items():
        empty = [
            section
            for section in priority.sections
            if not any(passes(section, m) for m in milestones_of(plan, priority, section))
        ]
        hidden |= {section.id for section in empty if section.written}
        if priority.id in priorities or not (priorities or len(empty) == len(priority.sections)):
            files[name] = _narrow(priority, passes)
    return plan.only(files, hidden)


def _narrow(priority: Priority, passes: Callable[[Objective, Milestone], bool]) -> Priority:
    return priority.with_sections(
        section.replace(milestones=tuple(m for m in section.milestones if passes(section, m)))
        for section in priority.sections
    )


def _milestone_ids(plan: Plan) -> set[str]:
    return {milestone.id for owner in plan.owners for milestone in owner.milestones}


def groups_of_agencies(plan: Plan, words: tuple[str, ...]) -> set[str] | None:
    """The groups of the agencies that are called so, by every name that they go by, folded; None
    where no word is given. Raises Mistyped for a word that no agency answers to."""
    if not words:
        return None
    called = agencies_called(plan, words)
    return {group for group, agency in plan.head.agencies.items() if agency in called}


def agencies_called(plan: Plan, words: tuple[str, ...]) -> frozenset[str]:
    """The agencies that are called so. Raises Mistyped for a word that none answers to."""
    if not words:
        return frozenset()
    agencies = plan.head.agencies
    if not agencies:
        what = "no group in plan.yaml says to which agency it belongs"
        raise Mistyped(what, "Write  agency:  with its name at each group there.")
    known = list(dict.fromkeys(agencies.values()))
    tests = [name_test(word, known, plan, "agency") for word in words]
    return frozenset(agency for agency in known if any(test(agency) for test in tests))


def leads(plan: Plan) -> list[str]:
    """Everybody who leads a part of the plan."""
    leads: dict[str, None] = {}
    for priority in plan.owners:
        for section in priority.sections:
            leads.update(dict.fromkeys(section.lead))
            for milestone in section.milestones:
                leads.update(dict.fromkeys(milestone.lead))
    return list(leads)


def _groups(plan: Plan) -> list[str]:
    groups = (group.name for group in plan.head.groups)
    accountable = (a for p in plan.owners for o in p.objectives for a in o.accountable)
    return list(dict.fromkeys((*groups, *accountable, *leads(plan))))


def name_test(word: str, known: list[str], plan: Plan, noun: str) -> Callable[[str], bool]:
    """A test for names that hold this word: in full or by the short name, whichever is written."""
    from .groups import find_by_part

    head = plan.head
    names = find_by_part(word, {name: (head.short(name), head.whole(name)) for name in known})
    if names:
        return {*names}.__contains__
    near = nearest(word, known, cutoff=0.4)
    raise Mistyped(
        f"no {noun} is called {quoted(word)}",
        f"Did you mean: {near}" if near else f"The plan knows: {'; '.join(known) or 'none'}.",
    )
