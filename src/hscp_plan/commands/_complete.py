"""The words that Tab offers: ids with their texts, priorities, leads, statuses. A plan that cannot
be read offers none.

Each is given the plan's folder, where the line names one, and maps what to type to its words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import KINDS, STATUSES, UNAGREED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Plan


def readable(where: Sequence[str] | None) -> Plan | None:
    """What can be read of the plan; None where nothing can."""
    from ..errors import Mendable
    from ..several import open_plans

    try:
        return open_plans(where).plan
    except (Mendable, OSError):
        return None


def ids(where: Sequence[str] | None) -> dict[str, str]:
    """Every id of the plan, with its words; and of an earlier plan what is carried on here."""
    plan = readable(where)
    if plan is None:
        return {}
    offers = {p.id: p.title for p in plan.owners}
    every = [m for p in plan.owners for m in p.milestones]
    carried = {m.carried_from: f"{m.id} {m.action}" for m in every if m.carried_from}
    return offers | {m.id: m.action for m in every} | carried


def parts(where: Sequence[str] | None) -> dict[str, str]:
    """Every priority, objective and milestone, with its words."""
    return priorities(where) | led(where)


def led(where: Sequence[str] | None) -> dict[str, str]:
    """What somebody leads: every objective and every milestone, with its words."""
    plan = readable(where)
    if plan is None:
        return {}
    objectives = (objective for p in plan.owners for objective in p.objectives)
    offers = {o.id: next(iter(o.statements), "") for o in objectives}
    return offers | {m.id: m.action for p in plan.owners for m in p.milestones}


def objectives(where: Sequence[str] | None) -> dict[str, str]:
    """Every objective's id, with its first statement."""
    plan = readable(where)
    every = (objective for p in plan.owners for objective in p.objectives) if plan else ()
    return {o.id: next(iter(o.statements), "") for o in every}


def owners(where: Sequence[str] | None) -> dict[str, str]:
    """The id of every priority and register, with its title."""
    plan = readable(where)
    return {p.id: p.title for p in plan.owners} if plan else {}


def owners_and_plan(where: Sequence[str] | None) -> dict[str, str]:
    """The same, and plan for the whole of it."""
    from ..model import WHOLE_PLAN

    return {**owners(where), WHOLE_PLAN: "the whole plan"}


def priorities(where: Sequence[str] | None) -> dict[str, str]:
    """Every priority's id, with its title."""
    plan = readable(where)
    return {p.id: p.title for p in plan.priorities} if plan else {}


def measures(where: Sequence[str] | None) -> dict[str, str]:
    """Every measure's id, with its name."""
    plan = readable(where)
    return {m.id: m.name for p in plan.priorities for m in p.measures} if plan else {}


def registers(where: Sequence[str] | None) -> dict[str, str]:
    """Every register's id, with its title."""
    plan = readable(where)
    return {p.id: p.title for p in plan.registers} if plan else {}


def answers(where: Sequence[str] | None) -> dict[str, str]:
    """Every review and recommendation that plan.yaml lists, and what else milestones answer."""
    from ..letters import folded

    plan = readable(where)
    if plan is None:
        return {}
    reviews = [review for head in plan.heads or (plan.head,) for review in head.reviews]
    offers = {r.id: r.words for review in reviews for r in review.recommendations}
    offers |= {review.name: review.kind or "" for review in reviews}
    known = {*map(folded, offers)}
    every = (answer for p in plan.owners for m in p.milestones for answer in m.answers)
    return offers | dict.fromkeys((answer for answer in every if folded(answer) not in known), "")


def themes(where: Sequence[str] | None) -> dict[str, str]:
    """Every theme that the plan names."""
    from ..themes import theme_names

    plan = readable(where)
    return dict.fromkeys(theme_names(plan), "") if plan else {}


def leads(where: Sequence[str] | None) -> dict[str, str]:
    """Every group that the plan names."""
    plan = readable(where)
    return {g.name: g.kind for g in plan.head.groups} if plan else {}


def agencies(where: Sequence[str] | None) -> dict[str, str]:
    """Every agency to which a group belongs."""
    plan = readable(where)
    return dict.fromkeys(plan.head.agencies.values(), "") if plan else {}


def leads_and_groups(where: Sequence[str] | None) -> dict[str, str]:
    """Everybody who leads something, and every group."""
    from ..naming.filters import leads as leads_of

    plan = readable(where)
    whole = map(plan.head.whole, leads_of(plan)) if plan else ()
    return dict.fromkeys(whole, "lead") | leads(where)


def unreported(where: Sequence[str] | None) -> dict[str, str]:
    """Every occurrence that some recurring work has not reported, with the id of the first."""
    from ..occurrences import occurrences

    plan = readable(where)
    offers: dict[str, str] = {}
    for milestone in (m for p in plan.owners for m in p.milestones if m.every) if plan else ():
        for occurrence in occurrences(milestone):
            if not occurrence.entry:
                offers.setdefault(occurrence.period.text, milestone.id)
    return {**offers, "none": ""}


def frequencies(_where: Sequence[str] | None) -> dict[str, str]:
    """How often something may recur."""
    from typing import get_args

    from ..model import Every

    return dict.fromkeys(get_args(Every), "")


def statuses(where: Sequence[str] | None) -> dict[str, str]:
    """Every status and standing."""
    plan = readable(where)
    kinds = plan.head.kinds if plan else (kind for kind in KINDS if kind != UNAGREED)
    return said_statuses(where) | dict.fromkeys((*STATUSES, *kinds), "")


def said_statuses(where: Sequence[str] | None) -> dict[str, str]:
    """Every status that a person may give; those of the plan's own scale first."""
    plan = readable(where)
    scale = plan.head.scale if plan else {}
    others = (status for status in STATUSES if status not in scale.values())
    return {**scale, **dict.fromkeys(others, "")}


def outcomes(_where: Sequence[str] | None) -> dict[str, str]:
    """Every outcome that a decision may have."""
    from typing import get_args

    from ..model import Outcome

    return dict.fromkeys(get_args(Outcome), "")


def levels(_where: Sequence[str] | None) -> dict[str, str]:
    """How far somebody may be assured."""
    from typing import get_args

    from ..model import Level

    return dict.fromkeys(get_args(Level), "")


def rules(_where: Sequence[str] | None) -> dict[str, str]:
    """Every rule of `hscp check`."""
    from ..reports.rules import every_rule

    return {rule.name: rule.says for rule in every_rule()}


def duties(_where: Sequence[str] | None) -> dict[str, str]:
    """The duties that come with hscp, by their names."""
    from ..shipped import duty_names

    return dict.fromkeys(duty_names(), "")
