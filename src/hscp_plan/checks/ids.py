"""Rules about ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import WHOLE_PLAN
from ..reading.files import ASKED, HEAD
from ._rule import Finding, Id, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts


@rule("id-twice", "error")
def id_twice(parts: Parts, today: date) -> Iterator[Finding]:
    """Every id is used once in the whole plan.

    Ids are cited in minutes, so one id must mean one thing for ever. Capitals make no difference.
    After a merge both sides may have added the same next number: the one that was added last gets
    the next free number. Where git knows one of the two, it is the other.

    Fails:
        - id: P1.3
        - id: P1.3
    Passes:
        - id: P1.3
        - id: P1.4
    """
    ids = [id.casefold() for _, _, id in _every_id(parts)]
    if len({*ids}) == len(ids):
        return  # as in nearly every plan: no path of keys need be made
    first: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    for file, path, id in _every_id(parts):
        at = (file, (*path, "id"))
        other = first.setdefault(id.casefold(), at)
        if other == at:
            continue
        message = f"{id} is used a second time; the first is at {{other}}"
        next_step = (
            "Give {newer} the next free number; the other keeps its own: minutes may cite it."
        )
        yield Finding(*at, message, next_step, other=other)


@rule("id-plan", "error")
def id_plan(parts: Parts, today: date) -> Iterator[Finding]:
    """No id is `plan`: that stands for the whole plan.

    A decision may be about it, and then nobody could tell which is meant.

    Fails:
        id: plan
    Passes:
        id: P1
    """
    for file, path, id in _every_id(parts):
        if id.casefold() == WHOLE_PLAN:
            message = f"{id} stands for the whole plan, and is no id"
            yield Finding(file, (*path, "id"), message, "Give it another id, such as P1.")


def _every_id(parts: Parts) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    for file, priority in parts.plan.files.items():
        yield file, (), priority.id
        for n, measure in enumerate(priority.measures):
            yield file, ("measures", n), measure.id
    for file, path, objective in parts.objectives:
        yield file, path, objective.id
    for at in parts.milestones:
        yield at.file, at.path, at.milestone.id
    for n, review in enumerate(parts.plan.head.reviews):
        for m, recommendation in enumerate(review.recommendations):
            yield HEAD, ("reviews", n, "recommendations", m), recommendation.id


@rule("carried-own", "error")
def carried_own(parts: Parts, today: date) -> Iterator[Finding]:
    """What is carried on comes from another plan.

    `carried_from:` names the plan where a milestone stood before, and then the milestone.

    Fails:
        carried_from: 2023-25/P1.2        # in the plan 2023-25 itself
    Passes:
        carried_from: 2021-23/P3.5
    """
    own = parts.plan.head.id
    for file, path, _, milestone in parts.milestones:
        cited = milestone.carried_from
        if cited and cited.partition("/")[0].casefold() == own.casefold():
            message = f"{milestone.id} is carried from {cited}, and {own} is this plan itself"
            next_step = "Name the earlier plan by its own id, or take the line out."
            yield Finding(file, (*path, "carried_from"), message, next_step)


@rule("carried-twice", "error")
def carried_twice(parts: Parts, today: date) -> Iterator[Finding]:
    """What an earlier plan left unfinished is carried on once.

    Carried on twice it would be counted twice, and nobody could say which is meant where minutes
    cite the earlier id.

    Fails:
        - id: P1.2
          carried_from: 2021-23/P3.5
        - id: P4.1
          carried_from: 2021-23/P3.5
    Passes:
        - id: P1.2
          carried_from: 2021-23/P3.5
    """
    first: dict[str, tuple[str, tuple[str | int, ...]]] = {}
    for file, path, _, milestone in parts.milestones:
        if cited := milestone.carried_from:
            at = (file, (*path, "carried_from"))
            other = first.setdefault(cited.casefold(), at)
            if other != at:
                message = f"{cited} is carried on a second time; the first is at {{other}}"
                next_step = f"Close {milestone.id} or the other, and take its line out."
                yield Finding(*at, message, next_step, other=other)


@rule("asked-unknown", "warning")
def asked_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """Leads are asked about milestones that the plan has.

    Answers are sought by id. One that no milestone has is a slip, or was taken out of the plan.

    Fails:
        asked:
          - ids: [P1.77]
    Passes:
        asked:
          - ids: [P1.3]
    """
    if not parts.plan.asked:
        return
    known = {at.milestone.id for at in parts.milestones}
    known.update(objective.id for _, _, objective in parts.objectives)
    for n, round in enumerate(parts.plan.asked):
        for m, id in enumerate(round.ids):
            if id not in known:
                message = f"{round.who} was asked about {id}, which is no milestone of this plan"
                next_step = "Put the id right. Where the milestone was taken out since, leave it."
                yield Finding(ASKED, ("asked", n, "ids", m), message, next_step, absent=Id(id))


@rule("plan-empty", "warning")
def plan_empty(parts: Parts, today: date) -> Iterator[Finding]:
    """A plan has at least one milestone.

    Without one there is nothing to be late or next. A priority stands in a file of its own beside
    plan.yaml.

    Fails:
        a folder that holds plan.yaml alone
    Passes:
        plan.yaml, and p1-neglect.yaml with a milestone
    """
    if not parts.milestones:
        first = next(iter(parts.plan.owners), None)
        what = f"add {first.id}" if first else "add-priority"
        next_step = f'Add the first {"milestone" if first else "priority"}:  hscp {what} "…"'
        yield Finding("plan.yaml", (), "this plan has no milestones", next_step, absent=Part())
