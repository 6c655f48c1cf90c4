"""Rules about reviews, what they recommend, and what answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import nearest, quoted
from ..letters import folded
from ..reading.files import HEAD
from ..reviews import answer_names
from ..words import listed
from ._rule import Finding, Part, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ._walk import Parts


@rule("answers-unknown", "warning")
def answers_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """What a milestone answers is a review that plan.yaml lists, or what one recommends.

    Else the recommendation looks as if nothing carried it out. Only checked where plan.yaml has
    `reviews:`.

    Fails:
        answers: Familly X LSCPR    # plan.yaml lists Family X LSCPR
    Passes:
        answers: FX-1
    """
    known = answer_names(parts.plan.head)
    if not known:
        return
    for at in parts.milestones:
        for n, answer in enumerate(at.milestone.answers):
            if folded(answer) in known:
                continue
            near = nearest(answer, [*known.values()])
            message = f"{at.milestone.id} answers {quoted(answer)}, which plan.yaml does not list"
            next_step = f"Did you mean: {near}" if near else "List it under `reviews:`."
            absent = Part(HEAD, ("reviews",))
            yield Finding(at.file, (*at.path, "answers", n), message, next_step, absent=absent)


@rule("review-twice", "error")
def review_twice(parts: Parts, today: date) -> Iterator[Finding]:
    """Every review in plan.yaml has a name of its own.

    A milestone says by that name which it answers.

    Fails:
        - name: Family X LSCPR
        - name: Family X LSCPR
    Passes:
        - name: Family X LSCPR
        - name: Family Y LSCPR
    """
    first: dict[str, tuple[str | int, ...]] = {}
    for n, review in enumerate(parts.plan.head.reviews):
        path = ("reviews", n, "name")
        other = first.setdefault(folded(review.name), path)
        if other != path:
            message = f"{quoted(review.name)} is listed already, at {{other}}"
            next_step = "Put what both say into one; or give this one a name of its own."
            yield Finding(HEAD, path, message, next_step, other=(HEAD, other))


@rule("not-implemented-answered", "warning")
def not_implemented_answered(parts: Parts, today: date) -> Iterator[Finding]:
    """What is not implemented is carried out by no milestone.

    One of the two is not true.

    Fails:
        - id: FX-2
          not_implemented: Overtaken by the new national guidance.    # and P1.3 answers FX-2
    Passes:
        - id: FX-2
          words: Use multi-agency chronologies.
    """
    if not parts.plan.head.reviews:
        return
    answering: dict[str, list[str]] = {}
    for at in parts.milestones:
        for answer in at.milestone.answers:
            answering.setdefault(folded(answer), []).append(at.milestone.id)
    for n, review in enumerate(parts.plan.head.reviews):
        for m, recommendation in enumerate(review.recommendations):
            ids = answering.get(folded(recommendation.id), ())
            if recommendation.not_implemented and ids:
                verb = "answers" if len(ids) == 1 else "answer"
                message = f"{recommendation.id} is not implemented, and {listed(ids)} {verb} it"
                next_step = "Take `not_implemented:` out, or the id out of `answers:`."
                path = ("reviews", n, "recommendations", m, "not_implemented")
                yield Finding(HEAD, path, message, next_step)
