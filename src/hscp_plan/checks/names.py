"""Rules about leads, groups and declared columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import nearest, quoted
from ..letters import composed, folded
from ..naming.groups import find_meaning, group_names
from ..shipped import duty_names, duty_path, names_file, nearest_duty
from ..words import listed, names_nobody
from ._people import is_person
from ._rule import Document, Finding, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts, Path, Place


@rule("lead-missing", "warning")
def lead_missing(parts: Parts, today: date) -> Iterator[Finding]:
    """Every objective with milestones names a lead, or each of its milestones does; so does every
    milestone that stands straight under its priority.

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
    for file, path, objective in parts.objectives:
        has_lead = objective.lead or all(m.lead for m in objective.milestones)
        if not has_lead:
            message = f"objective {objective.id} names nobody to lead it"
            absent = Part(file, (*path, "lead"))
            next = f'Name a role or group:  hscp lead {objective.id} "…"'
            yield Finding(file, (*path, "id"), message, next, absent=absent)
    for file, path, section, milestone in parts.milestones:
        if not (section.written or milestone.lead):
            message = f"{milestone.id} names nobody to lead it"
            absent = Part(file, (*path, "lead"))
            next = f'Name a role or group:  hscp lead {milestone.id} "…"'
            yield Finding(file, (*path, "id"), message, next, absent=absent)


@rule("group-unknown", "warning")
def group_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """A lead, an accountable body or whoever was asked is one of the groups that plan.yaml names.

    One group spelled in two ways is counted as two, and half of its work is missed. Only checked
    where plan.yaml has `groups:`.

    Fails:
        lead: Chair of Safeguarding Efectiveness Sub-Group
    Passes:
        lead: Chair of Safeguarding Effectiveness Sub-Group
    """
    known = group_names(parts.plan.head)
    if known:
        for name in parts.leads:
            if _is_unknown(name, known):
                places = [place for place in parts.places[name] if _leads(place[1])]
                yield from _unknown_group(name, places, known)


def _leads(path: Path) -> bool:
    """Whether the name at this path is of who leads, is accountable, or was asked."""
    return "lead" in path or "accountable" in path or path[0] == "asked"


def _is_unknown(name: str, known: dict[str, tuple[str, ...]]) -> bool:
    return name not in known and composed(name) not in map(composed, known)


def _unknown_group(
    name: str, places: list[Place], known: dict[str, tuple[str, ...]]
) -> Iterator[Finding]:
    """The finding that a name is no group's, at each of its places."""
    near = next(iter(_similar_groups(name, known)), None) or nearest(name, [*known])
    hint = f"Did you mean: {near}" if near else "Add it to `groups:` in plan.yaml."
    message, absent = f"plan.yaml names no group {quoted(name)}", Part("plan.yaml", ("groups",))
    for file, path in places:
        yield Finding(file, path, message, hint, absent=absent)


def _similar_groups(name: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The groups that a name may be meant for which is no group's name."""
    match = find_meaning(name, known)
    return match.may_be or ((match.name,) if match.name != name else ())


@rule("group-nearly", "warning")
def group_nearly(parts: Parts, today: date) -> Iterator[Finding]:
    """Who says, decides, agrees or assures has the name that plan.yaml gives the group.

    A name that is nearly a group's looks like one more Board, which does not exist, and what it
    decided is found under neither. Only checked where plan.yaml has `groups:`.

    Fails:
        by: Exec Board
    Passes:
        by: HSCP Executive Board
    """
    head = parts.plan.head
    known, names = group_names(head), head.names
    # Who leads and who is accountable have a rule of their own.
    for name in parts.speakers:
        who = re.split(r",|\s(?=\d)", name)[0].strip()
        if folded(who) in names or is_person(who):
            continue
        if similar := _similar_groups(who, known):
            message = f"{quoted(who)} is nearly {listed(similar, 'or')}, and no group's name"
            next_step = f"Write  {similar[0]}  or list the other under `groups:` in plan.yaml."
            absent = Part("plan.yaml", ("groups",))
            for file, path in parts.places[name]:
                if not _leads(path):
                    yield Finding(file, path, message, next_step, absent=absent)


@rule("nobody-named", "warning")
def nobody_named(parts: Parts, today: date) -> Iterator[Finding]:
    """Who says, decides or agrees is somebody: a Board, a group, or a person in a role.

    "Agreed: yes" agrees nothing. It does not count as an agreement.

    Fails:
        agreed: me
    Passes:
        agreed: HSCP Executive Board, 20 October 2021
    """
    for name in parts.leads | parts.speakers:
        for file, path in parts.places[name] if names_nobody(name) else ():
            key = _key(path)
            day = " and the day" if key == "agreed" else ""
            message = f"`{key}:` says who, and {quoted(name)} names nobody"
            yield Finding(file, path, message, f"Name the Board, the group or the role{day}.")


def _key(path: Path) -> str:
    """The key that a path leads to, or whose list it leads into."""
    return next(step for step in reversed(path) if isinstance(step, str))


@rule("meeting-group-unknown", "warning")
def meeting_group_unknown(parts: Parts, today: date) -> Iterator[Finding]:
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
    head = parts.plan.head
    known = group_names(head)
    for n, meeting in enumerate(head.meetings if known else ()):
        if _is_unknown(meeting.group, known):
            place = ("plan.yaml", ("meetings", n, "group"))
            yield from _unknown_group(meeting.group, [place], known)


@rule("column-undeclared", "error")
def column_undeclared(parts: Parts, today: date) -> Iterator[Finding]:
    """An extra column under `more:` is declared in plan.yaml.

    A column that is not declared would be shown by no report.

    Fails:
        more: {sucess: …}       # plan.yaml declares success
    Passes:
        more: {success: …}
    """
    known = [column.key for column in parts.plan.head.columns]
    for at in parts.milestones:
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
def person_named(parts: Parts, today: date) -> Iterator[Finding]:
    """Who says, leads, agrees or decides is a role or a group, not a private person's name.

    All of it is published, and stays in git when the person has left. The groups that plan.yaml
    names pass. Where somebody's name is published with their office, allow it.

    Fails:
        by: Jordan Smith
    Passes:
        by: Chair of Safeguarding Effectiveness Sub-Group
    """
    groups = parts.plan.head.names
    next_step = (
        "Name the role or the group. Where the name is published with the office, say so "
        "above it:  # hscp: allow person-named: the reason"
    )
    absent = Part("plan.yaml", ("groups",))
    for name in parts.leads | parts.speakers:
        if is_person(name) and folded(name) not in groups:
            for file, path in parts.places[name]:
                message = f"`{_key(path)}:` looks like a person's name"
                yield Finding(file, path, message, next_step, absent=absent)


@rule("duty-unknown", "error")
def duty_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """The duty that plan.yaml names comes with hscp, or stands in a file below the plan's folder.

    Otherwise no yearly report can be written, and nobody is told when it must be published.

    Fails:
        duty: working-togehter-2023
    Passes:
        duty: working-together-2023
        # or a file of your own
        duty: duties/our-duty.yaml
    """
    duty = parts.plan.head.duty
    if duty is None:
        return
    if names_file(duty):
        inside = not re.search(r"^([/\\]|\w:)|(^|[/\\])\.\.([/\\]|$)", duty)
        absent = Document(duty) if inside else None
        message = "there is no file {}" if inside else "{} is not within the plan's folder"
        next = "Give its path below the plan's folder."
        yield Finding("plan.yaml", ("duty",), message.format(quoted(duty)), next, absent=absent)
    elif not duty_path(duty):
        near = nearest_duty(duty)
        next = f"Did you mean: {near}" if near else f"Write {listed(duty_names(), 'or')}."
        yield Finding("plan.yaml", ("duty",), f"{quoted(duty)} is no duty that hscp has", next)
