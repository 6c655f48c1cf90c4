"""The kinds of question that a scrutineer asks, ranked: for each, what it looks for,
and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from . import _question_subjects as subjects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._question_subjects import Scope, Subject


class Kind(NamedTuple):
    """A kind of question: what it looks for, and how it is asked of one id and of several."""

    key: str
    find: Callable[[Scope], Iterable[Subject]]
    one: str
    many: str


KINDS = (
    Kind(
        "on-track-yet-overdue",
        subjects.on_track_yet_overdue,
        "{ids} is said to be {on_track}, and its date has passed. Is it finished, or late?",
        "{ids} are said to be {on_track}, and their dates have passed. Are they finished, or late?",
    ),
    Kind(
        "begun-and-silent",
        subjects.begun_and_silent,
        "{ids} should have begun, and nothing was ever logged of it. What has been done?",
        "{ids} should have begun, and nothing was ever logged of them. What has been done?",
    ),
    Kind(
        "not-reported",
        subjects.not_reported,
        "{ids} recurs, and nothing was reported for a time that is over. Was it done?",
        "{ids} recur, and nothing was reported for a time that is over. Was it done?",
    ),
    Kind(
        "silent",
        subjects.silent,
        "Nothing has been said of {ids} for {months} or more. How is it going?",
        "Nothing has been said of {ids} for {months} or more. How are they going?",
    ),
    Kind(
        "asked-twice",
        subjects.asked_twice,
        "Whoever was asked about {ids} was asked again, and has not answered. Who can say how it "
        "is going?",
        "Whoever was asked about {ids} was asked again, and has not answered. Who can say how "
        "they are going?",
    ),
    Kind(
        "complete-without-evidence",
        subjects.complete_without_evidence,
        "{ids} is said to be {complete}, and no evidence is cited. What shows that it is done?",
        "{ids} are said to be {complete}, and no evidence is cited. What shows that they are done?",
    ),
    Kind(
        "complete-not-agreed",
        subjects.complete_not_agreed,
        "{ids} is said to be {complete}, and nobody is recorded as agreeing. Who agreed it?",
        "{ids} are said to be {complete}, and nobody is recorded as agreeing. Who agreed them?",
    ),
    Kind(
        "closed-not-agreed",
        subjects.closed_not_agreed,
        "{ids} was {closed}, and nobody is recorded as agreeing. Who agreed it?",
        "{ids} were {closed}, and nobody is recorded as agreeing. Who agreed them?",
    ),
    Kind(
        "moved-not-agreed",
        subjects.moved_not_agreed,
        "The due date of {ids} moved, and nobody is recorded as agreeing. Who agreed it?",
        "The due dates of {ids} moved, and nobody is recorded as agreeing. Who agreed them?",
    ),
    Kind(
        "addition-not-agreed",
        subjects.addition_not_agreed,
        "{ids} was added since the plan was agreed, and nobody is recorded as agreeing. Who agreed "
        "it?",
        "{ids} were added since the plan was agreed, and nobody is recorded as agreeing. Who "
        "agreed them?",
    ),
    Kind(
        "moved-twice",
        subjects.moved_twice,
        "The due date of {ids} has moved more than once. What will make it hold this time?",
        "The due dates of {ids} have each moved more than once. What will make them hold this "
        "time?",
    ),
    Kind(
        "no-milestones",
        subjects.no_milestones,
        "{ids} has a date and no {milestones}. How is it to be reached?",
        "{ids} have a date and no {milestones}. How are they to be reached?",
    ),
    Kind(
        "no-date",
        subjects.no_date,
        "No date is given for {ids}. By when is it to be done?",
        "No date is given for {ids}. By when is each to be done?",
    ),
    Kind(
        "waits-in-vain",
        subjects.waits_in_vain,
        "{ids} waits for what is overdue, was {closed} or is due later. Does its own date still "
        "hold?",
        "{ids} wait for what is overdue, was {closed} or is due later. Do their own dates still "
        "hold?",
    ),
    Kind(
        "no-lead",
        subjects.no_lead,
        "No {lead} is named for {ids}. Who is to lead it?",
        "No {lead} is named for {ids}. Who is to lead them?",
    ),
    Kind(
        "lapsed",
        subjects.lapsed,
        "{ids} is past its end, and no decision is recorded. Does it continue, or close?",
        "{ids} are past their end, and no decision is recorded. Do they continue, or close?",
    ),
    Kind(
        "left-open",
        subjects.left_open,
        "{ids} is open though a Board closed what it belongs to. Is it closed, carried forward or "
        "kept?",
        "{ids} are open though a Board closed what they belong to. Are they closed, carried "
        "forward or kept?",
    ),
    Kind(
        "decision-not-recorded",
        subjects.decision_not_recorded,
        "{ids} is said to be {complete}, and the decision it was for is not recorded. What was "
        "decided?",
        "{ids} are said to be {complete}, and the decisions they were for are not recorded. What "
        "was decided?",
    ),
    Kind(
        "review-passed",
        subjects.review_passed,
        "{ids} is ongoing, and its review date has passed. What did the review find, and when is "
        "the next?",
        "{ids} are ongoing, and their review dates have passed. What did the reviews find, and "
        "when are the next?",
    ),
    Kind(
        "assurance-never-stated",
        subjects.assurance_never_stated,
        "Nobody has said whether the partnership is assured about {ids}. Is it?",
        "Nobody has said whether the partnership is assured about {ids}. Is it?",
    ),
    Kind(
        "figure-missed",
        subjects.figure_missed,
        "{ids} has no figure for a period that is over. What was it?",
        "{ids} have no figure for a period that is over. What was it?",
    ),
    Kind(
        "recommendation-unanswered",
        subjects.recommendation_unanswered,
        "No {milestone} carries out {ids}, which a review recommended, and no reason is given. Who "
        "will?",
        "No {milestone} carries out {ids}, which reviews recommended, and no reason is given. Who "
        "will?",
    ),
    Kind(
        "not-implemented-answered",
        subjects.not_implemented_answered,
        "{ids} is said not to be implemented, and a {milestone} answers it. Which is so?",
        "{ids} are said not to be implemented, and {milestones} answer them. Which is so?",
    ),
    Kind(
        "partner-silent",
        subjects.partner_silent,
        "Nothing in the plan is led by {ids} or logged by it. What does it do?",
        "Nothing in the plan is led by {ids} or logged by them. What do they do?",
    ),
    Kind(
        "partner-unnamed",
        subjects.partner_unnamed,
        "No group in plan.yaml belongs to {ids}. What does it do in the plan?",
        "No group in plan.yaml belongs to {ids}. What do they do in the plan?",
    ),
)
"""The kinds of question, what matters most first."""
