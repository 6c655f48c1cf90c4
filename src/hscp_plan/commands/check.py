"""`hscp check`: every fault of the plan's files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from .. import store
from ..cli.options import Option
from ..cli.streams import width
from ._complete import rules
from ._look import note, one_format, open_plans, plan_stood, when, write
from ._options import AsAt, Json, PlanDir, Since

if TYPE_CHECKING:
    from datetime import date


def run(
    since: Since = None,
    explain: Annotated[
        str | None,
        Option(metavar="RULE", help="Say what a rule wants and why.", offers=rules),
    ] = None,
    strict: Annotated[
        bool, Option("--strict", help="Leave with status 1 for warnings too.")
    ] = False,
    every: Annotated[bool, Option("--all", help="Show more than 50 faults.")] = False,
    where: PlanDir = None,
    as_at: AsAt = None,
    format: Annotated[
        Literal["text", "json", "github", "gitlab"],
        Option("--format", help="How to write it; github and gitlab: for those hosts."),
    ] = "text",
    json: Json = False,
) -> int:
    """Name every fault of the plan's files: where, what is wrong, and what to do next.

    \b
    hscp check                          all faults, errors first
    hscp check --since main             and what a change may not do to the plan
    hscp check --explain lead-missing   what a rule wants, with examples
    """
    if explain is not None:
        from ..reports import rules as rule_texts
        from ..writers.lines import wrap

        lines = rule_texts.explain(explain).split("\n")
        write("\n".join(part for line in lines for part in wrap(line, width())))
        return 0
    from ..checks.faults import check_and_compare, together
    from ..writers.formats import FORMATS

    form = one_format(json, format)
    opened = open_plans(where)
    today = when(as_at, opened.plan.head)
    checked = [
        check_and_compare(each, today, _plan_before(each, since, today))
        for each in opened.of or (opened,)
    ]
    plan = checked[0] if len(checked) == 1 else together(checked, opened)
    if form == "text":
        from ..writers import faults

        write(faults.draw(plan, None if every else 50, width()))
    else:
        write(FORMATS[form].faults(plan))
        if plan.untold and not FORMATS[form].says_untold:
            note(plan.untold)
    return int(any(fault.severity == "error" or strict for fault in plan.faults))


def _plan_before(opened: store.Opened, since: str | None, today: date) -> store.Opened | None:
    """The plan to compare with; None where none is wanted. Says so where there was none yet."""
    if since is None:
        return None
    from ..past.times import NoPlanThen

    try:
        return plan_stood(opened, since, today).opened
    except NoPlanThen as none:
        note(f"Not compared: {none.what}.")
        return None
