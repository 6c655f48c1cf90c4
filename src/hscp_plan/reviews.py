"""What reviews recommend, and the milestones that answer it. Works it out; reads and draws nothing.

A milestone's `answers:` names a review, or a recommendation by its id. What plan.yaml does not list
is taken for the name of a review, so that a plan which lists none has its answers told too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .letters import folded
from .model import Review

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from .model import Head, Plan, Recommendation
    from .standing import Standing

State = Literal[
    "overdue",
    "not begun",
    "under way",
    "carried out",
    "closed",
    "not implemented",
    "elsewhere",
    "unanswered",
]


class Thread(NamedTuple):
    """What a review recommends, and the milestones that carry it out."""

    recommendation: Recommendation
    standings: tuple[Standing, ...]
    elsewhere: bool
    """Whether a milestone carries it out that a narrowed plan leaves out."""

    @property
    def state(self) -> State:
        """How it stands: "overdue" where any of its milestones is, "not begun" where nobody says of
        any that it has, "carried out" where they are complete, "closed" where each of them was
        stopped, "unanswered" where nothing carries it out and nobody says why not."""
        if self.recommendation.not_implemented:
            return "not implemented"
        if not self.standings:
            return "elsewhere" if self.elsewhere else "unanswered"
        if any(standing.kind == "overdue" for standing in self.standings):
            return "overdue"
        if all(standing.said_nothing_begun for standing in self.standings):
            return "not begun"
        if any(standing.open for standing in self.standings):
            return "under way"
        stopped = all(standing.kind == "closed" for standing in self.standings)
        return "closed" if stopped else "carried out"

    @property
    def unanswered(self) -> bool:
        """Whether nothing carries it out, and nobody says why not."""
        return self.state == "unanswered"


class ReviewAnswered(NamedTuple):
    """A review, and what the plan does about it."""

    review: Review
    listed: bool
    """Whether plan.yaml lists it; else milestones alone name it."""
    threads: tuple[Thread, ...]
    """What it recommends, in its own order."""
    whole: tuple[Standing, ...]
    """The milestones that answer it as a whole."""

    @property
    def standings(self) -> list[Standing]:
        """Every milestone that answers it, or something that it recommends, once."""
        every = (*self.whole, *(s for thread in self.threads for s in thread.standings))
        return list({s.milestone.id: s for s in every}.values())

    def through(self, ids: Set[str]) -> ReviewAnswered:
        """The same with only what these milestones answer, each thread whole."""
        threads = (t for t in self.threads if any(s.milestone.id in ids for s in t.standings))
        whole = tuple(s for s in self.whole if s.milestone.id in ids)
        return self._replace(threads=tuple(threads), whole=whole)


def reviews_answered(plan: Plan, standings: Iterable[Standing]) -> list[ReviewAnswered]:
    """Every review that plan.yaml lists, in its order, and then every other that milestones name;
    these are the milestones' standings. Of several plans together each has its own, and their ids
    and names say of which plan they are."""
    answering = _by_answer(plan, standings)
    elsewhere = {folded(a) for p in plan.beside for m in p.milestones for a in m.answers}
    return [
        answered
        for head in plan.heads or (plan.head,)
        for answered in _of_plan(head, answering.get(head.id, {}), elsewhere, bool(plan.heads))
    ]


def answer_names(head: Head) -> dict[str, str]:
    """What a milestone of this plan may answer, by its folded form: each review's name, and the id
    of each recommendation."""
    names = (
        name
        for review in head.reviews
        for name in (review.name, *(r.id for r in review.recommendations))
    )
    return {folded(name): name for name in names}


def recommended(head: Head, answer: str) -> tuple[Review, Recommendation] | None:
    """The recommendation that a milestone's answer names, with its review; None where it names
    none."""
    wanted = folded(answer)
    return next(
        (
            (review, recommendation)
            for review in head.reviews
            for recommendation in review.recommendations
            if recommendation.id.casefold() == wanted
        ),
        None,
    )


_Answering = dict[str, tuple[str, list["Standing"]]]
"""What milestones say that they answer, by its folded form: as it is first written, and who says
so."""


def _by_answer(plan: Plan, standings: Iterable[Standing]) -> dict[str, _Answering]:
    """What the milestones of each plan answer, by the plan's id."""
    by_plan: dict[str, _Answering] = {}
    for standing in standings:
        for answer in {folded(a): a for a in standing.milestone.answers}.values():
            of_plan = by_plan.setdefault(plan.head_of(standing.milestone).id, {})
            of_plan.setdefault(folded(answer), (answer, []))[1].append(standing)
    return by_plan


def _of_plan(
    head: Head, answering: _Answering, elsewhere: set[str], several: bool
) -> Iterator[ReviewAnswered]:
    def who(name: str) -> tuple[Standing, ...]:
        return tuple(answering.get(folded(name), ("", []))[1])

    def named(review: Review) -> Review:
        return review.replace(name=f"{review.name} ({head.id})") if several else review

    for review in head.reviews:
        threads = []
        for recommendation in review.recommendations:
            cited = head.cite(recommendation.id) if several else recommendation.id
            threads.append(
                Thread(
                    recommendation.replace(id=cited),
                    who(recommendation.id),
                    folded(recommendation.id) in elsewhere,
                )
            )
        yield ReviewAnswered(named(review), True, tuple(threads), who(review.name))
    known = answer_names(head)
    for key, (name, standings) in answering.items():
        if key not in known:
            yield ReviewAnswered(named(Review(name=name)), False, (), tuple(standings))
