"""Rules about leads, groups and declared columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import nearest, quoted
from ..letters import composed, folded
from ..naming.groups import called, meant
from ..words import listed, names_nobody
from ._people import is_person
from ._rule import Finding, Part, rule
from ._walk import milestones, objectives

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..model import Plan
    from ._walk import Path


@rule("lead-missing", "warning")
def lead_missing(plan: Plan, today: date) -> Iterator[Finding]:
    """Every objective with milestones names a lead, or each of its milestones does.

    What nobody leads, nobody reports on. The published plan leaves the lead of two priorities
    blank; hscp says so and invents none.

    Fails:
        accountable: HSCP Statutory Safeguarding Partners
        milestones: …
    Passes:
        accountable: HSCP Statutory Safeguarding Partners
        lead: Chair of Safeguarding Effectiveness Sub-Group
        milestones: …
    """
    for file, path, objective in objectives(plan):
        led = objective.lead or all(m.lead for m in objective.milestones)
        if not led:
            message = f"objective {objective.id} names nobody to lead it"
            absent = Part(file, (*path, "lead"))
            yield Finding(file, (*path, "id"), message, "Add:  lead: Chair of …", absent=absent)


@rule("group-unknown", "warning")
def group_unknown(plan: Plan, today: date) -> Iterator[Finding]:
    """A lead or accountable body is one of the groups that plan.yaml names.

    One group spelled in two ways is counted as two, and half of its work is missed. Only checked
    where plan.yaml has `groups:`.

    Fails:
        lead: Chair of Safeguarding Efectiveness Sub-Group
    Passes:
        lead: Chair of Safeguarding Effectiveness Sub-Group
    """
    known = called(plan.head)
    if not known:
        return
    for file, path, objective in objectives(plan):
        for key in ("lead", "accountable"):
            yield from _unknown(file, (*path, key), getattr(objective, key), known)
    for at in milestones(plan):
        yield from _unknown(at.file, (*at.path, "lead"), at.milestone.lead, known)


def _unknown(
    file: str, path: Path, names: tuple[str, ...], known: dict[str, tuple[str, ...]]
) -> Iterator[Finding]:
    same = {*known, *map(composed, known)}
    for n, name in enumerate(names):
        if name not in same and composed(name) not in same:
            near = next(iter(_like(name, known)), None) or nearest(name, [*known])
            hint = f"Did you mean: {near}" if near else "Add it to `groups:` in plan.yaml."
            message = f"plan.yaml names no group {quoted(name)}"
            yield Finding(file, (*path, n), message, hint, absent=Part("plan.yaml", ("groups",)))


def _like(name: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The groups that a name which is none of theirs may be meant for."""
    found = meant(name, known)
    return found.may_be or ((found.name,) if found.name != name else ())


@rule("group-nearly", "warning")
def group_nearly(plan: Plan, today: date) -> Iterator[Finding]:
    """Who says, decides, agrees or assures has the name that plan.yaml gives the group.

    A name that is nearly a group's looks like one more Board, which does not exist, and what it
    decided is found under neither. Only checked where plan.yaml has `groups:`.

    Fails:
        by: Exec Board
    Passes:
        by: HSCP Executive Board
    """
    known, names = called(plan.head), plan.head.names
    like: dict[str, tuple[str, ...]] = {}
    for file, path, said in _named(plan):
        # Who leads and who is accountable have a rule of their own.
        if {"lead", "accountable"} & {*path}:
            continue
        who = re.split(r",|\s(?=\d)", said)[0].strip()
        if who not in like:
            own = folded(who) in names or is_person(who)
            like[who] = () if own else _like(who, known)
        if like[who]:
            message = f"{quoted(who)} is nearly {listed(like[who], 'or')}, and no group's name"
            next_step = f"Write  {like[who][0]}  or list the other under `groups:` in plan.yaml."
            absent = Part("plan.yaml", ("groups",))
            yield Finding(file, path, message, next_step, absent=absent)


@rule("nobody-named", "warning")
def nobody_named(plan: Plan, today: date) -> Iterator[Finding]:
    """Who says, decides or agrees is somebody: a Board, a group, or a person in a role.

    "Agreed: yes" agrees nothing. It does not count as an agreement.

    Fails:
        agreed: me
    Passes:
        agreed: HSCP Executive Board, 20 October 2021
    """
    for file, path, who in _named(plan):
        if names_nobody(who):
            key = next(step for step in reversed(path) if isinstance(step, str))
            day = " and the day" if key == "agreed" else ""
            message = f"`{key}:` says who, and {quoted(who)} names nobody"
            yield Finding(file, path, message, f"Name the Board, the group or the role{day}.")


@rule("meeting-group-unknown", "warning")
def meeting_group_unknown(plan: Plan, today: date) -> Iterator[Finding]:
    """A meeting's group is one of the groups that plan.yaml names.

    Fails:
        meetings:
          - date: 2021-10-20
            group: Exec Board
    Passes:
        meetings:
          - date: 2021-10-20
            group: HSCP Executive Board
    """
    known = called(plan.head)
    if known:
        for n, meeting in enumerate(plan.head.meetings):
            yield from _unknown("plan.yaml", ("meetings", n, "group"), (meeting.group,), known)


@rule("column-undeclared", "error")
def column_undeclared(plan: Plan, today: date) -> Iterator[Finding]:
    """An extra column under `more:` is declared in plan.yaml.

    A column that is not declared would be shown by no report.

    Fails:
        more: {sucess: …}       # plan.yaml declares success
    Passes:
        more: {success: …}
    """
    known = [column.key for column in plan.head.columns]
    for at in milestones(plan):
        for key in at.milestone.more:
            if key not in known:
                near = nearest(key, known)
                next_step = (
                    f"Did you mean: {near}"
                    if near
                    else "Declare it under `columns:` in plan.yaml with a key and a label."
                )
                message = f"plan.yaml declares no column {quoted(key)}"
                where, absent = (*at.path, "more", key), Part("plan.yaml", ("columns",))
                yield Finding(at.file, where, message, next_step, at_key=True, absent=absent)


@rule("person-named", "warning")
def person_named(plan: Plan, today: date) -> Iterator[Finding]:
    """Who says, leads, agrees or decides is a role or a group, not a private person's name.

    All of it is published, and stays in git when the person has left. The groups that plan.yaml
    names pass. Where somebody's name is published with their office, allow it.

    Fails:
        by: Jordan Smith
    Passes:
        by: Chair of Safeguarding Effectiveness Sub-Group
    """
    groups = plan.head.names
    for file, path, who in _named(plan):
        if is_person(who) and folded(who) not in groups:
            message = f"`{next(step for step in reversed(path) if isinstance(step, str))}:` looks "
            next_step = (
                "Name the role or the group. Where the name is published with the office, say so "
                "above it:  # hscp: allow person-named: the reason"
            )
            absent = Part("plan.yaml", ("groups",))
            yield Finding(file, path, f"{message}like a person's name", next_step, absent=absent)


def _named(plan: Plan) -> Iterator[tuple[str, Path, str]]:
    """Everybody whom a plan names: the file, the path of keys, and who."""
    head = plan.head
    if head.keeper:
        yield "plan.yaml", ("keeper",), head.keeper
    if head.agreed:
        yield "plan.yaml", ("agreed", "by"), head.agreed.by
    for file, priority in plan.files.items():
        for n, decision in enumerate(priority.decisions):
            yield file, ("decisions", n, "by"), decision.by
        for n, assurance in enumerate(priority.assurance):
            yield file, ("assurance", n, "by"), assurance.by
    for file, path, objective in objectives(plan):
        for key in ("accountable", "lead"):
            for n, who in enumerate(getattr(objective, key)):
                yield file, (*path, key, n), who
    for file, path, _, milestone in milestones(plan):
        for n, who in enumerate(milestone.lead):
            yield file, (*path, "lead", n), who
        for n, entry in enumerate(milestone.progress):
            for key in ("by", "agreed"):
                if who := getattr(entry, key):
                    yield file, (*path, "progress", n, key), who
