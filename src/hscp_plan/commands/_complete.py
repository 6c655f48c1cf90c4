"""What Tab offers: ids with their words, priorities, leads, statuses. A fault offers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..words import KINDS, STATUSES, safe

if TYPE_CHECKING:
    from ..model import Plan


def _plan(ctx: typer.Context) -> Plan | None:
    import os

    from ..errors import Mendable
    from ..store import find, open_plan

    try:
        return open_plan(find(ctx.params.get("where") or os.environ.get("HSCP_PLAN"))).plan
    except (Mendable, OSError):
        return None


def _fitting(offers: dict[str, str], begun: str) -> list[tuple[str, str]]:
    folded = begun.casefold()
    return [
        (key, safe(says)[:60]) for key, says in offers.items() if key.casefold().startswith(folded)
    ]


def ids(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Every id of the plan, with its words."""
    plan = _plan(ctx)
    if plan is None:
        return []
    offers = {p.id: p.title for p in plan.priorities}
    offers |= {m.id: m.action for p in plan.priorities for m in p.milestones}
    return _fitting(offers, incomplete)


def priorities(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Every priority's id, with its title."""
    plan = _plan(ctx)
    return _fitting({p.id: p.title for p in plan.priorities} if plan else {}, incomplete)


def leads(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Every group that the plan names."""
    plan = _plan(ctx)
    return _fitting({g.name: g.kind for g in plan.head.groups} if plan else {}, incomplete)


def statuses(incomplete: str) -> list[tuple[str, str]]:
    """Every status and standing."""
    return _fitting(dict.fromkeys((*STATUSES, *KINDS), ""), incomplete)


def said_statuses(incomplete: str) -> list[tuple[str, str]]:
    """Every status that a person may give."""
    return _fitting(dict.fromkeys(STATUSES, ""), incomplete)


def outcomes(incomplete: str) -> list[tuple[str, str]]:
    """Every outcome that a decision may have."""
    from typing import get_args

    from ..model import Outcome

    return _fitting(dict.fromkeys(get_args(Outcome), ""), incomplete)


def rules(incomplete: str) -> list[tuple[str, str]]:
    """Every rule of `hscp check`."""
    from ..reports.rules import every_rule

    return _fitting({rule.name: rule.says for rule in every_rule()}, incomplete)
