"""What Tab and the desk's fields offer: ids with their texts, priorities, leads, statuses.

Each is given what can be read of the plan, None where nothing can, and maps what to type to its
words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..words import KINDS, STATUSES, UNAGREED

if TYPE_CHECKING:
    from ..model import Plan


def ids(plan: Plan | None) -> dict[str, str]:
    """Every id of the plan, with its words; and of an earlier plan what is carried on here."""
    if plan is None:
        return {}
    offers = {p.id: p.title for p in plan.owners}
    every = [m for p in plan.owners for m in p.milestones]
    carried = {m.carried_from: f"{m.id} {m.action}" for m in every if m.carried_from}
    return offers | {m.id: m.action for m in every} | carried


def parts(plan: Plan | None) -> dict[str, str]:
    """Every priority, objective and milestone, with its words."""
    return priorities(plan) | led(plan)


def led(plan: Plan | None) -> dict[str, str]:
    """What somebody leads: every objective and every milestone, with its words."""
    if plan is None:
        return {}
    offers: dict[str, str] = {}
    for owner in plan.owners:
        offers |= {o.id: next(iter(o.statements), "") for o in owner.objectives}
        offers |= {m.id: m.action for m in owner.milestones}
    return offers


def milestones(plan: Plan | None) -> dict[str, str]:
    """Every milestone's id, with its words."""
    return {m.id: m.action for p in plan.owners for m in p.milestones} if plan else {}


def objectives(plan: Plan | None) -> dict[str, str]:
    """Every objective's id, with its first statement."""
    every = (objective for p in plan.owners for objective in p.objectives) if plan else ()
    return {o.id: next(iter(o.statements), "") for o in every}


def owners(plan: Plan | None) -> dict[str, str]:
    """The id of every priority and register, with its title."""
    return {p.id: p.title for p in plan.owners} if plan else {}


def owners_and_plan(plan: Plan | None) -> dict[str, str]:
    """The same, and plan for the whole of it."""
    from ..model import WHOLE_PLAN

    return {**owners(plan), WHOLE_PLAN: "the whole plan"}


def priorities(plan: Plan | None) -> dict[str, str]:
    """Every priority's id, with its title."""
    return {p.id: p.title for p in plan.priorities} if plan else {}


def measures(plan: Plan | None) -> dict[str, str]:
    """Every measure's id, with its name."""
    return {m.id: m.name for p in plan.priorities for m in p.measures} if plan else {}


def registers(plan: Plan | None) -> dict[str, str]:
    """Every register's id, with its title."""
    return {p.id: p.title for p in plan.registers} if plan else {}


def answers(plan: Plan | None) -> dict[str, str]:
    """Every review and recommendation that plan.yaml lists, and what else milestones answer."""
    from ..letters import folded

    if plan is None:
        return {}
    reviews = [review for head in plan.heads or (plan.head,) for review in head.reviews]
    offers = {r.id: r.words for review in reviews for r in review.recommendations}
    offers |= {review.name: review.kind or "" for review in reviews}
    known = {*map(folded, offers)}
    every = (answer for p in plan.owners for m in p.milestones for answer in m.answers)
    return offers | dict.fromkeys((answer for answer in every if folded(answer) not in known), "")


def themes(plan: Plan | None) -> dict[str, str]:
    """Every theme that the plan names."""
    from ..themes import theme_names

    return dict.fromkeys(theme_names(plan), "") if plan else {}


def groups(plan: Plan | None) -> dict[str, str]:
    """Every group that the plan names."""
    return {g.name: g.kind for g in plan.head.groups} if plan else {}


def boards(plan: Plan | None) -> dict[str, str]:
    """Every Board for which a paper may be."""
    from ..naming.meetings import board_names

    return dict.fromkeys(board_names(plan.head), "") if plan else {}


def agencies(plan: Plan | None) -> dict[str, str]:
    """Every agency to which a group belongs."""
    return dict.fromkeys(plan.head.agencies.values(), "") if plan else {}


def leading(plan: Plan | None) -> dict[str, str]:
    """Everybody who leads something."""
    from ..naming.filters import leads as leads_of

    return dict.fromkeys(map(plan.head.whole, leads_of(plan)), "lead") if plan else {}


def leads(plan: Plan | None) -> dict[str, str]:
    """Everybody who leads something, and every group."""
    return leading(plan) | groups(plan)


def unreported(plan: Plan | None) -> dict[str, str]:
    """Every occurrence that some recurring work has not reported, with the id of the first."""
    from ..occurrences import occurrences

    offers: dict[str, str] = {}
    for milestone in (m for p in plan.owners for m in p.milestones if m.every) if plan else ():
        for occurrence in occurrences(milestone):
            if not occurrence.entry:
                offers.setdefault(occurrence.period.text, milestone.id)
    return {**offers, "none": ""}


def frequencies(_plan: Plan | None) -> dict[str, str]:
    """How often something may recur."""
    from typing import get_args

    from ..model import Every

    return dict.fromkeys(get_args(Every), "")


def statuses(plan: Plan | None) -> dict[str, str]:
    """Every status and standing."""
    kinds = plan.head.kinds if plan else (kind for kind in KINDS if kind != UNAGREED)
    return said_statuses(plan) | dict.fromkeys((*STATUSES, *kinds), "")


def said_statuses(plan: Plan | None) -> dict[str, str]:
    """Every status that a person may give; those of the plan's own scale first."""
    scale = plan.head.scale if plan else {}
    others = (status for status in STATUSES if status not in scale.values())
    return {**scale, **dict.fromkeys(others, "")}


def outcomes(_plan: Plan | None) -> dict[str, str]:
    """Every outcome that a decision may have."""
    from typing import get_args

    from ..model import Outcome

    return dict.fromkeys(get_args(Outcome), "")


def left(_plan: Plan | None) -> dict[str, str]:
    """What may become of what is open of a priority that is closed."""
    return {
        "close": "closed too",
        "carry": "closed here, and carried forward to the next plan",
        "keep": "stays open",
    }


def levels(_plan: Plan | None) -> dict[str, str]:
    """How far somebody may be assured."""
    from typing import get_args

    from ..model import Level

    return dict.fromkeys(get_args(Level), "")


def rules(_plan: Plan | None) -> dict[str, str]:
    """Every rule of `hscp check`."""
    from ..reports.rules import every_rule

    return {rule.name: rule.says for rule in every_rule()}


def duties(_plan: Plan | None) -> dict[str, str]:
    """The duties that come with hscp, by their names."""
    from ._duty import duties_told

    return duties_told()
