"""What the plan does about what reviews recommended: each recommendation, the milestones that carry
it out and how they stand, what shows it, what was decided, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ..document import Heading, Item, Items, Paragraph, sentence_of
from ..words import count, sentence
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Assurance, Decision, Impact, Plan
    from ..reviews import ReviewAnswered, Thread
    from ..standing import Standing

T = TypeVar("T")
_OF_MILESTONE = (
    *("action", "priority", "status", "standing", "due", "last_logged", "last_note", "evidence"),
)
COLUMNS = (
    *("review", "published", "recommendation", "words", "agency", "state", "not_implemented"),
    *("milestone", *_OF_MILESTONE, "decided", "impact", "assurance"),
)


class Answers(NamedTuple):
    """`hscp answers`: each review, and what became of what it recommended."""

    plan: Plan
    day: date
    reviews: Sequence[ReviewAnswered]
    came: Came
    only: str = ""

    def document(self) -> Document:
        """How many recommendations there are and how they stand; then each review's."""
        blocks: list[Block] = [phrases.title_on("What reviews recommended", self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        if not self.reviews:
            return (*blocks, *self._none())
        if says := self._summary():
            blocks.append(Paragraph((says,)))
        for one in self.reviews:
            blocks += self._review(one)
        threads = (thread for one in self.reviews for thread in one.threads)
        if unanswered := [t.recommendation.id for t in threads if t.unanswered]:
            hint = f'To answer one:  hscp add P1 "…" --due DATE --answers {unanswered[0]}'
            blocks.append(Paragraph((hint,), apart=True, hint=True))
        return tuple(blocks)

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each recommendation and each milestone that carries it out; one without
        milestones has a row of its own."""
        for one in self.reviews:
            for thread in one.threads:
                for standing in thread.standings or (None,):
                    yield self._row(one, thread, standing)
            for standing in one.whole:
                yield self._row(one, None, standing)

    def data(self) -> dict[str, object]:
        """Each review whole, with the milestones that answer it and what came of them."""
        return {
            **records.envelope(self.plan, self.day, self.only),
            "reviews": [self._review_data(one) for one in self.reviews],
        }

    # --- in words -------------------------------------------------------------------------------

    def _summary(self) -> str:
        """How many recommendations there are, and how they stand; nothing where none is listed."""
        threads = [thread for one in self.reviews for thread in one.threads]
        if not threads:
            return ""
        words = phrases.thread_states(self.plan.head)
        states = [thread.state for thread in threads]
        parts = [f"{n} {how}" for state, how in words.items() if (n := states.count(state))]
        return f"{count(len(threads), 'recommendation')}: {', '.join(parts)}."

    def _none(self) -> Iterator[Block]:
        if self.only:
            noun = self.plan.head.word_for("milestone")
            yield Paragraph((f"No such {noun} answers a review or a recommendation.",), apart=True)
            return
        yield Paragraph((_NONE,), apart=True)
        yield Paragraph((_HOW,), hint=True)

    def _review(self, one: ReviewAnswered) -> Iterator[Block]:
        yield Heading(one.review.name)
        if about := phrases.about_review(one.review, self.day):
            yield Paragraph(phrases.capital(about))
        if not (one.threads or one.whole):
            milestone = self.plan.head.word_for("milestone")
            yield Paragraph((f"It lists no recommendations, and no {milestone} answers it.",))
        for thread in one.threads:
            yield from self._thread(thread)
        if one.threads and one.whole:
            yield Heading("The review as a whole", 2)
        yield from self._milestones(one.whole)

    def _thread(self, thread: Thread) -> Iterator[Block]:
        """A recommendation, and below it each milestone with what came of it."""
        recommendation = thread.recommendation
        yield Heading(f"{recommendation.id}  {recommendation.words}", 2)
        agency = f"{recommendation.agency}-agency" if recommendation.agency else ""
        why = recommendation.not_implemented
        yet = f"said to be answered by {phrases.ids([*thread.standings])}, and yet "
        says = [agency, f"{yet if thread.standings else ''}not implemented: {why}" if why else ""]
        if thread.unanswered:
            noun = self.plan.head.word_for("milestone")
            says.append(f"no {noun} carries it out, and no reason is given")
        if line := sentence_of([(words,) for words in says if words]):
            yield Paragraph((sentence(str(line[0])), *line[1:]))
        yield from self._milestones(thread.standings)

    def _milestones(self, standings: Sequence[Standing]) -> Iterator[Block]:
        if standings:
            yield Items(tuple(self._milestone(s) for s in standings))

    def _milestone(self, standing: Standing) -> Item:
        milestone = standing.milestone
        return Item(milestone.id, milestone.action, tuple(self._what_came(standing)))

    def _what_came(self, standing: Standing) -> Iterator[Line]:
        """How a milestone stands, what was last said and shows it, what was decided, and what came
        of it."""
        came = self.came.of(standing)
        yield phrases.stands(standing, standing.head)
        if standing.last_said:
            yield ("last said ", *phrases.last_said(standing))
        elif standing.begun:
            yield ("nothing has been logged",)
        evidence = standing.milestone.evidence
        if evidence:
            yield (f"evidence: {'; '.join(evidence)}",)
        elif not standing.open:
            yield ("no evidence is cited",)
        for decision in came.decisions:
            yield (decision.date, f", decided by {decision.by}: {decision.decision}")
        for impact in came.impact:
            yield (impact.date, f", from {impact.from_}: {impact.note}")
        if came.assurance:
            line = phrases.assurance_line(came.assurance, self.day)
            yield (str(line[0])[:1].lower() + str(line[0])[1:], *line[1:])
        if not (standing.open or came.impact or came.assurance):
            yield ("nothing is recorded of what difference it made",)

    # --- as data --------------------------------------------------------------------------------

    def _row(
        self, one: ReviewAnswered, thread: Thread | None, standing: Standing | None
    ) -> dict[str, object]:
        row: dict[str, object] = dict.fromkeys(COLUMNS)
        row["review"] = one.review.name
        row["published"] = one.review.date and one.review.date.text
        if thread:
            of = thread.recommendation
            row |= {"recommendation": of.id, "words": of.words, "agency": of.agency}
            row |= {"state": thread.state, "not_implemented": of.not_implemented}
        if standing:
            flat, came = records.row(self.plan, standing), self.came.of(standing)
            row |= {"milestone": flat["id"]} | {key: flat[key] for key in _OF_MILESTONE}
            row["decided"] = "; ".join(d.decision for d in came.decisions)
            row["impact"] = "; ".join(f"{i.from_}: {i.note}" for i in came.impact)
            row["assurance"] = came.assurance and came.assurance.level
        return row

    def _review_data(self, one: ReviewAnswered) -> dict[str, object]:
        review = records.plain(one.review)
        review["listed"] = one.listed
        review["recommendations"] = [
            {
                **records.plain(thread.recommendation),
                "state": thread.state,
                "milestones": self._milestones_data(thread.standings),
            }
            for thread in one.threads
        ]
        review["milestones"] = self._milestones_data(one.whole)
        return dict(review)

    def _milestones_data(self, standings: Sequence[Standing]) -> list[dict[str, object]]:
        return [_milestone_data(standing, self.came.of(standing)) for standing in standings]


class CameOf(NamedTuple):
    """What came of a milestone, beside what its log says."""

    decisions: list[Decision]
    impact: list[Impact]
    assurance: Assurance | None
    """The newest."""


class Came:
    """What was decided of each milestone, what difference it made, and how far somebody is assured
    of it. A plan is gone through once."""

    def __init__(self, plan: Plan) -> None:
        self._decisions = _by_id((decision.names, decision) for decision in plan.decisions)
        self._impact = _by_id((i.about, i) for p in plan.priorities for i in p.impact)
        self._assurance = _by_id((a.about, a) for p in plan.priorities for a in p.assurance)

    def of(self, standing: Standing) -> CameOf:
        """What came of this one."""
        id = standing.milestone.id
        decisions, impact = self._decisions.get(id, []), self._impact.get(id, [])
        said = reversed(self._assurance.get(id, []))
        return CameOf(decisions, impact, max(said, key=lambda a: a.date.first, default=None))


def _by_id(parts: Iterable[tuple[Sequence[str], T]]) -> dict[str, list[T]]:
    """Parts of a plan by each id that they name."""
    by_id: dict[str, list[T]] = {}
    for ids, part in parts:
        for id in dict.fromkeys(ids):
            by_id.setdefault(id, []).append(part)
    return by_id


def answers(plan: Plan, day: date, reviews: Sequence[ReviewAnswered], only: str = "") -> Answers:
    """What became of what these reviews recommended."""
    return Answers(plan, day, reviews, Came(plan), only)


def _milestone_data(standing: Standing, came: CameOf) -> dict[str, object]:
    return {
        **records.record(standing, log=True),
        "decisions": records.plain(tuple(came.decisions)),
        "impact": records.plain(tuple(came.impact)),
        "assurance": came.assurance and records.plain(came.assurance),
    }


_NONE = "plan.yaml lists no reviews, and nothing says that it answers one."
_HOW = "To list one: reviews:, each with its recommendations, in plan.yaml."
