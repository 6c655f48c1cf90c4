"""The rules a plan is held to, beyond what its format forbids.

A rule is one function: it takes a plan and today, and yields what it finds. Its docstring is its
documentation: a sentence that says what the rule wants, then why, then an example that fails and
one that passes. `RULES` lists them all.
"""

from __future__ import annotations

from . import dates, ids, log, names
from ._rule import Finding, Rule

RULES: tuple[Rule, ...] = (
    ids.id_twice,
    ids.plan_empty,
    dates.start_after_due,
    dates.outside_period,
    dates.period_backwards,
    names.lead_missing,
    names.group_unknown,
    names.column_undeclared,
    names.meeting_group_unknown,
    log.log_order,
    log.log_future,
    log.status_disagrees,
    log.due_disagrees,
    log.completes_unknown,
)

__all__ = ["RULES", "Finding", "Rule"]
