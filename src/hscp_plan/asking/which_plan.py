"""Which plan a form that came back is of. That is looked at before which form it is: another plan
may have the same ids, and the same id itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..checks.privacy import redact
from ..errors import quoted
from ..letters import folded
from ..words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Plan
    from .answers import Answer
    from .form import Mark

_TITLE = re.compile(r"Plan:\s+(\S.*)")
"""The line of a form that says which plan it is of."""


def ids_here(plan: Plan) -> list[str]:
    """The id of this plan or, of several together, of each."""
    return [head.id for head in plan.heads or (plan.head,)]


def in_words(plan: Plan) -> str:
    """What a plan is called, and whose it is."""
    return f"{quoted(plan.head.title)} of {plan.head.partnership}"


def wrong_plan(marks: Sequence[Mark], plan: Plan) -> tuple[str, str] | None:
    """Why a file with these marks is of another plan, or of two, and what to do."""
    here = ids_here(plan)
    others = [mark for mark in marks if not {*mark.plans} & {*here}]
    if not others:
        return None
    if len(others) == len(marks):
        names = listed(dict.fromkeys(id for mark in marks for id in mark.plans))
        are = "these are" if plan.heads else "this is"
        what = f"it is a form of the plan {names}, and {are} {listed(here)}"
        return what, "Give the folder of that plan after --plan."
    names = listed(dict.fromkeys(mark.plan for mark in marks))
    return f"it holds forms of the plans {names}", "Put each into a file of its own."


def plan_doubt(mark: Mark, plan: Plan, texts: Iterable[str], answers: Sequence[Answer]) -> str:
    """Why a form that asked.yaml does not know may be of another plan which has the same id; empty
    where it shows that it is of this one, by what it calls the plan or by the actions in it, which
    were compared."""
    lines = [" ".join(text.split()) for text in texts]
    named = next((match[1] for line in lines if (match := _TITLE.fullmatch(line))), "")
    titles = {folded(head.title) for head in (plan.head, *plan.heads)}
    if named and folded(named) not in titles and len(mark.plans) == 1:
        return f"its form is of the plan {quoted(redact(named))}, and this is {in_words(plan)}"
    partnerships = {folded(head.partnership) for head in (plan.head, *plan.heads)}
    if named and partnerships.intersection(map(folded, lines)):
        return ""
    if all(answer.text("action") for answer in answers):
        return ""
    return f"its form was not sent from {in_words(plan)}: another plan may have the id {mark.plan}"
