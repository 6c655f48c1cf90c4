"""The rules a plan is held to, beyond what its format forbids.

A rule is one function: it takes a plan and today, the text of a file, or what changed since, and
yields what it finds. Its docstring is its documentation: a sentence that says what the rule wants,
then why, then an example that fails and one that passes. `RULES` and `TEXT_RULES` list them; those
over a change are in `since`, which only a comparison loads.
"""

from __future__ import annotations

from . import allow, dates, evidence, ids, log, measures, names, order, privacy, recurring, reviews
from ._rule import Compared, Finding, Hit, PlanRule, SinceRule, TextRule

RULES: tuple[PlanRule, ...] = (
    ids.id_twice,
    ids.id_plan,
    ids.plan_empty,
    ids.carried_own,
    ids.carried_twice,
    ids.asked_unknown,
    dates.start_after_due,
    dates.due_missing,
    dates.outside_period,
    dates.period_backwards,
    order.after_unknown,
    order.after_circle,
    order.after_order,
    names.lead_missing,
    names.group_unknown,
    names.group_nearly,
    names.nobody_named,
    names.column_undeclared,
    names.meeting_group_unknown,
    names.person_named,
    names.duty_unknown,
    log.log_order,
    log.log_future,
    log.status_disagrees,
    log.status_in_words,
    log.due_disagrees,
    log.completes_unknown,
    log.left_open,
    log.outcome_elsewhere,
    recurring.for_unknown,
    recurring.ended_early,
    evidence.evidence_link,
    evidence.evidence_missing,
    measures.small_number,
    measures.figure_twice,
    reviews.answers_unknown,
    reviews.review_twice,
    reviews.not_implemented_answered,
)
TEXT_RULES: tuple[TextRule, ...] = (*privacy.PRIVATE, *allow.ALLOWING)

__all__ = [
    "RULES",
    "TEXT_RULES",
    "Compared",
    "Finding",
    "Hit",
    "PlanRule",
    "SinceRule",
    "TextRule",
]
