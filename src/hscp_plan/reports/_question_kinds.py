"""The kinds of question that a scrutineer asks, ranked: for each, how to find what of a plan it is
about, with the fact that raises it; and its words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..agreement import for_board
from ..asking.rounds import askings, how_often
from ..dates import months_between
from ..document import sentence_of
from ..letters import folded
from ..naming.groups import unnamed_partners
from ..order import order_of, too_early
from ..reviews import reviews_answered
from ..standing import ending, kind, standings, state
from ..words import ENDED, UNAGREED, count, listed, plural
from . import phrases
from ._figures import missed_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from ..asking.rounds import Asking
    from ..document import Line
    from ..model import Entry, Head, Plan, Priority
    from ..order import Order
    from ..standing import Standing

MOST = 8
"""How many ids a question names before the rest are only counted."""


class Subject(NamedTuple):
    """A milestone or priority that a question is about, and the fact that raises it."""

    id: str
    text: str
    priority: str
    fact: Line
    lead: tuple[str, ...] = ()


class Scope(NamedTuple):
    """What the questions are looked for in."""

    plan: Plan
    day: date
    months: int
    standings: list[Standing]
    narrowed: bool = False
    """Whether a filter left some of the plan's milestones out."""
    agencies: frozenset[str] = frozenset()
    """Then the agencies whose milestones it let through, if it asked for any."""

    @property
    def begun(self) -> list[Standing]:
        """What is open and to be heard of. Of recurring work that is its occurrences."""
        return [s for s in self.standings if s.open and s.begun and not s.milestone.every]

    @property
    def late(self) -> list[Standing]:
        """What is overdue."""
        return [s for s in self.standings if s.kind == "overdue"]

    @property
    def complete(self) -> list[Standing]:
        """What is said to be complete."""
        return [s for s in self.standings if s.kind in ("complete", UNAGREED)]


class Kind(NamedTuple):
    """A kind of question: what it looks for, and how it is asked of one id and of several."""

    key: str
    find: Callable[[Scope], Iterable[Subject]]
    one: str
    many: str


def list_ids(names: list[str]) -> str:
    """Ids as a sentence lists them, the last of many only counted."""
    more = len(names) - MOST
    return listed(names if more <= 0 else (*names[:MOST], f"{more:,} more"))


def _milestone(standing: Standing, fact: Line) -> Subject:
    milestone = standing.milestone
    return Subject(milestone.id, milestone.action, standing.priority.id, fact, standing.lead)


def _priority(priority: Priority, fact: Line) -> Subject:
    return Subject(priority.id, priority.title, priority.id, fact, priority.leads)


# --- said and worked out ------------------------------------------------------------------------


def _on_track_yet_overdue(scope: Scope) -> Iterator[Subject]:
    for standing in scope.late:
        milestone = standing.milestone
        if milestone.status == "on track" and not (milestone.due.ongoing or milestone.every):
            last = _last_said(standing) if standing.last_said else ("nothing has been logged",)
            yield _milestone(standing, sentence_of([_late(standing), last]))


def _review_passed(scope: Scope) -> Iterator[Subject]:
    return (_milestone(s, _late(s)) for s in scope.late if s.milestone.due.ongoing)


def _not_reported(scope: Scope) -> Iterator[Subject]:
    for standing in scope.late:
        if standing.milestone.every:
            last = _last_said(standing) if standing.last_said else ("nothing has been logged",)
            yield _milestone(standing, sentence_of([_late(standing), last]))


def _late(standing: Standing) -> Line:
    return (f"{standing.words}, ", *phrases.due(standing))


def _last_said(standing: Standing) -> Line:
    return ("last said ", *phrases.last_said(standing))


# --- silence ------------------------------------------------------------------------------------


def _begun_and_silent(scope: Scope) -> Iterator[Subject]:
    head = scope.plan.head
    return (
        _milestone(s, _unsaid(s, head))
        for s in scope.begun
        if not (s.milestone.progress or s.alone)
    )


def _unsaid(standing: Standing, head: Head) -> Line:
    start, status = standing.milestone.start, standing.milestone.status
    begins = "was to begin " if start and start.last < standing.day else "begins "
    due = _late(standing) if standing.kind == "overdue" else phrases.due(standing)
    says: Line = (f"says {head.word_for(status)}",) if status != "not started" else ()
    return sentence_of([(begins, start) if start else (), due, says])


def _silent(scope: Scope) -> Iterator[Subject]:
    """What was said of once, and not for so many months; however far off its due date is."""
    for standing in scope.begun:
        last = standing.last_said
        if last and months_between(_silent_since(standing, last), scope.day) >= scope.months:
            yield _milestone(standing, _last_said(standing))


def _silent_since(standing: Standing, last: Entry) -> date:
    """Since when nothing was said. What is said before a start need not be said again until it."""
    start = standing.milestone.start
    return max(last.date.last, start.first) if start else last.date.last


def _asked_twice(scope: Scope) -> Iterator[Subject]:
    """What somebody was asked about more than once on end, and has not answered."""
    newest: dict[str, Asking] = {}
    for asking in askings(scope.plan, scope.day):
        newest.setdefault(folded(scope.plan.head.whole(asking.round.who)), asking)
    unanswered = [asking for asking in newest.values() if asking.times > 1]
    about = {id: asking for asking in unanswered for id in asking.round.ids}
    for standing in scope.standings:
        if standing.open and (latest := about.get(standing.milestone.id)):
            often = f"{latest.round.who}, asked {how_often(latest.times)}, last on "
            yield _milestone(standing, (often, latest.round.date))


# --- evidence and agreement ---------------------------------------------------------------------


def _complete_without_evidence(scope: Scope) -> Iterator[Subject]:
    return (_milestone(s, _ending(s)) for s in scope.complete if not s.has_evidence)


def _complete_not_agreed(scope: Scope) -> Iterator[Subject]:
    for standing in scope.complete:
        if standing.ending and not standing.ending.agreed:
            yield _milestone(standing, _ending(standing, note=False))


def _closed_not_agreed(scope: Scope) -> Iterator[Subject]:
    return (
        _milestone(s, _ending(s))
        for s in scope.standings
        if s.kind == "closed" and s.ended_unagreed
    )


def _ending(standing: Standing, note: bool = True) -> Line:
    """When it was said to be over, and by whom; why too, if wanted."""
    entry = standing.ending and standing.ending.entry
    if not entry:
        return (phrases.NOT_LOGGED,)
    if note:
        return ("said ", *phrases.quote(entry.date, entry.note, entry.by))
    return (
        "said ",
        entry.date,
        f", by {entry.by}" if entry.by else "; the log does not say by whom",
    )


def _moved_not_agreed(scope: Scope) -> Iterator[Subject]:
    for standing in scope.standings:
        moves = [
            ("from ", entry.moved.from_, " to ", entry.moved.to, f': "{entry.note}"')
            for entry in standing.milestone.moves
            if entry.moved and standing.unagreed(entry)
        ]
        if moves:
            yield _milestone(standing, sentence_of(moves))


def _moved_twice(scope: Scope) -> Iterator[Subject]:
    for standing in scope.standings:
        if standing.open and standing.milestone.times_moved > 1:
            yield _milestone(
                standing, sentence_of([phrases.move_count(standing), phrases.due(standing)])
            )


def _addition_not_agreed(scope: Scope) -> Iterator[Subject]:
    return (_milestone(s, phrases.addition(s)) for s in scope.standings if s.added_unagreed)


# --- dates, leads, decisions and assurance -----------------------------------------------------


def _no_milestones(scope: Scope) -> Iterator[Subject]:
    """The objectives that have a date, and nothing on the way to it."""
    for standing in scope.standings:
        if standing.open and standing.alone:
            yield _milestone(
                standing, _late(standing) if standing.kind == "overdue" else phrases.due(standing)
            )


def _no_date(scope: Scope) -> Iterator[Subject]:
    """What is open and can never be late."""
    head, order = scope.plan.head, order_of(scope.standings)
    for standing in scope.standings:
        if standing.open and standing.milestone.due.undated:
            last = _last_said(standing) if standing.last_said else ("nothing has been logged",)
            status = f"says {head.word_for(standing.milestone.status)}"
            due = phrases.due(standing) if standing.milestone.due.text else ()
            over = _awaited_over(standing, order) if order else ()
            yield _milestone(standing, sentence_of([due, *over, (status,), last]))


def _awaited_over(standing: Standing, order: Order) -> Iterator[Line]:
    """What is over of what it waited for, and since when."""
    plan = standing.plan
    for milestone in map(order.milestones.__getitem__, order.awaited(standing.milestone)):
        if milestone.status in ENDED:
            entry = ending(milestone, plan).entry
            word = plan.head.word_for(kind(milestone, standing.day, plan))
            since: Line = (" since ", entry.date) if entry else ()
            yield (
                f"{milestone.id} has been {word}" if entry else f"{milestone.id} is {word}",
                *since,
            )


def _waits_in_vain(scope: Scope) -> Iterator[Subject]:
    """What waits for something that is overdue, was closed and will not be done, or is due only
    later."""
    order = order_of(scope.standings)
    for standing in scope.standings if order else ():
        if standing.open and order:
            awaited = [order.milestones[id] for id in order.awaited(standing.milestone)]
            early = [too_early(standing.milestone, m) for m in awaited]
            kinds = {kind(m, scope.day, scope.plan) for m in awaited}
            if any(early) or kinds & {"overdue", "closed"}:
                start = standing.milestone.start
                begins: Line = ("starts ", start) if start and "start" in early else ()
                facts = [phrases.waits(standing, order), begins, phrases.due(standing)]
                yield _milestone(standing, sentence_of(facts))


def _no_lead(scope: Scope) -> Iterator[Subject]:
    """A priority in which nobody leads anything; elsewhere each open milestone without a lead."""
    for _, group in groupby(scope.standings, lambda s: s.priority.id):
        of_priority = list(group)
        unled = [s for s in of_priority if s.open and not s.lead]
        if unled and not any(s.lead for s in of_priority):
            yield _priority(of_priority[0].priority, _unled(unled, scope.plan.head))
        else:
            yield from (
                _milestone(s, sentence_of([phrases.due(s), _accountable([s])])) for s in unled
            )


def _unled(standings: list[Standing], head: Head) -> Line:
    noun = f"open {head.word_for('milestone')}"
    number = count(len(standings), noun, plural(noun))
    ids = list_ids([s.milestone.id for s in standings])
    return sentence_of([(f"{number}: {ids}",), _accountable(standings)])


def _accountable(standings: list[Standing]) -> Line:
    names = dict.fromkeys(name for s in standings for name in s.objective.accountable)
    return (f"accountable: {listed(names)}",) if names else ()


def _left_open(scope: Scope) -> Iterator[Subject]:
    return (
        _milestone(s, (phrases.left_open(s),)) for s in scope.standings if s.left_open == "unsaid"
    )


def _lapsed(scope: Scope) -> Iterator[Subject]:
    for priority in scope.plan.priorities:
        if state(priority, scope.day) == "lapsed, no decision recorded":
            yield _priority(priority, _over(priority))


def _over(priority: Priority) -> Line:
    if priority.until:
        return ("was to run until ", priority.until)
    dates = [o.complete_by for o in priority.objectives if o.complete_by]
    return ("was to be complete by ", max(dates, key=lambda d: d.last))


def _decision_not_recorded(scope: Scope) -> Iterator[Subject]:
    decided_ids = {id for d in scope.plan.decisions for id in d.names}
    for standing in scope.complete:
        milestone = standing.milestone
        if milestone.id in decided_ids or not for_board(milestone, scope.plan.head):
            continue
        # What became of the whole priority is what its last milestone asks a Board.
        if state(standing.priority, scope.day) not in ("closed", "continued"):
            yield _milestone(standing, _ending(standing))


def _assurance_never_stated(scope: Scope) -> Iterator[Subject]:
    if months_between(scope.plan.head.period.start.first, scope.day) >= scope.months:
        yield from (_priority(p, _supported(p)) for p in scope.plan.priorities if not p.assurance)


def _figure_missed(scope: Scope) -> Iterator[Subject]:
    for priority in scope.plan.priorities:
        for measure in priority.measures:
            if fact := missed_line(measure, scope.day):
                yield Subject(measure.id, measure.name, priority.id, fact, priority.leads)


def _recommendation_unanswered(scope: Scope) -> Iterator[Subject]:
    """What reviews recommend and nothing carries out. Of what a filter left out, some may."""
    if scope.narrowed:
        return
    for answered in reviews_answered(scope.plan, scope.standings):
        for thread in answered.threads:
            if thread.unanswered:
                recommendation = thread.recommendation
                about = phrases.about_review(answered.review, scope.day)
                fact = sentence_of([(answered.review.name,), about])
                yield Subject(recommendation.id, recommendation.words, "", fact)


def _not_implemented_answered(scope: Scope) -> Iterator[Subject]:
    """What reviews recommend that is said not to be implemented, and that something answers."""
    for answered in reviews_answered(scope.plan, scope.standings):
        for thread in answered.threads:
            of = thread.recommendation
            if of.not_implemented and thread.standings:
                stands = [
                    (s.milestone.id, ", ", *phrases.stands(s, s.head)) for s in thread.standings
                ]
                fact = sentence_of([*stands, (f"not implemented: {of.not_implemented}",)])
                yield Subject(of.id, of.words, "", fact)


def _partner_silent(scope: Scope) -> Iterator[Subject]:
    """The agencies whose groups lead nothing in the whole plan and have logged nothing."""
    of = scope.plan.head.agencies
    asked = [a for a in dict.fromkeys(of.values()) if a in scope.agencies or not scope.narrowed]
    if not asked:
        return
    every = standings(scope.plan.narrowed_from or scope.plan, scope.day)
    named = {of.get(folded(name)) for s in every for name in _names(s)}
    for agency in asked:
        if agency not in named:
            groups = listed(g.name for g in scope.plan.head.groups if g.agency == agency)
            yield Subject(agency, groups, "", ("leads nothing, and has logged nothing",))


def _names(standing: Standing) -> Iterator[str]:
    """Who leads a milestone, and who logged something of it."""
    yield from standing.lead
    yield from (entry.by for entry in standing.milestone.progress if entry.by)


def _partner_unnamed(scope: Scope) -> Iterator[Subject]:
    for who in () if scope.narrowed else unnamed_partners(scope.plan.head):
        yield Subject(who, "no group in plan.yaml", "", ("a statutory safeguarding partner",))


def _supported(priority: Priority) -> Line:
    impact = count(len(priority.impact), "entry") if priority.impact else "no entry"
    measures = count(len(priority.measures), "measure") if priority.measures else "no measure"
    return (f"{impact} of impact, {measures}",)


KINDS = (
    Kind(
        "on-track-yet-overdue",
        _on_track_yet_overdue,
        "{ids} is said to be {on_track}, and its date has passed. Is it finished, or late?",
        "{ids} are said to be {on_track}, and their dates have passed. Are they finished, or late?",
    ),
    Kind(
        "begun-and-silent",
        _begun_and_silent,
        "{ids} should have begun, and nothing has ever been said of it. What has been done?",
        "{ids} should have begun, and nothing has ever been said of them. What has been done?",
    ),
    Kind(
        "not-reported",
        _not_reported,
        "{ids} recurs, and nothing was reported for a time that is over. Was it done?",
        "{ids} recur, and nothing was reported for a time that is over. Was it done?",
    ),
    Kind(
        "silent",
        _silent,
        "Nothing has been said of {ids} for {months} or more. How is it going?",
        "Nothing has been said of {ids} for {months} or more. How are they going?",
    ),
    Kind(
        "asked-twice",
        _asked_twice,
        "Whoever was asked about {ids} was asked again, and has not answered. Who can say how it "
        "is going?",
        "Whoever was asked about {ids} was asked again, and has not answered. Who can say how "
        "they are going?",
    ),
    Kind(
        "complete-without-evidence",
        _complete_without_evidence,
        "{ids} is said to be {complete}, and no evidence is cited. What shows that it is done?",
        "{ids} are said to be {complete}, and no evidence is cited. What shows that they are done?",
    ),
    Kind(
        "complete-not-agreed",
        _complete_not_agreed,
        "{ids} is said to be {complete}, and nobody is recorded as agreeing. Who agreed it?",
        "{ids} are said to be {complete}, and nobody is recorded as agreeing. Who agreed them?",
    ),
    Kind(
        "closed-not-agreed",
        _closed_not_agreed,
        "{ids} was {closed}, and nobody is recorded as agreeing. Who agreed it?",
        "{ids} were {closed}, and nobody is recorded as agreeing. Who agreed them?",
    ),
    Kind(
        "moved-not-agreed",
        _moved_not_agreed,
        "The due date of {ids} moved, and nobody is recorded as agreeing. Who agreed it?",
        "The due dates of {ids} moved, and nobody is recorded as agreeing. Who agreed them?",
    ),
    Kind(
        "addition-not-agreed",
        _addition_not_agreed,
        "{ids} was added since the plan was agreed, and nobody is recorded as agreeing. Who agreed "
        "it?",
        "{ids} were added since the plan was agreed, and nobody is recorded as agreeing. Who "
        "agreed them?",
    ),
    Kind(
        "moved-twice",
        _moved_twice,
        "The due date of {ids} has moved more than once. What will make it hold this time?",
        "The due dates of {ids} have each moved more than once. What will make them hold this "
        "time?",
    ),
    Kind(
        "no-milestones",
        _no_milestones,
        "{ids} has a date and no {milestones}. How is it to be reached?",
        "{ids} have a date and no {milestones}. How are they to be reached?",
    ),
    Kind(
        "no-date",
        _no_date,
        "No date is given for {ids}. By when is it to be done?",
        "No date is given for {ids}. By when is each to be done?",
    ),
    Kind(
        "waits-in-vain",
        _waits_in_vain,
        "{ids} waits for what is overdue, was {closed} or is due later. Does its own date still "
        "hold?",
        "{ids} wait for what is overdue, was {closed} or is due later. Do their own dates still "
        "hold?",
    ),
    Kind(
        "no-lead",
        _no_lead,
        "No {lead} is named for {ids}. Who is to lead it?",
        "No {lead} is named for {ids}. Who is to lead them?",
    ),
    Kind(
        "lapsed",
        _lapsed,
        "{ids} is past its end, and no decision is recorded. Does it continue, or close?",
        "{ids} are past their end, and no decision is recorded. Do they continue, or close?",
    ),
    Kind(
        "left-open",
        _left_open,
        "{ids} is open though a Board closed what it belongs to. Is it closed, carried forward or "
        "kept?",
        "{ids} are open though a Board closed what they belong to. Are they closed, carried "
        "forward or kept?",
    ),
    Kind(
        "decision-not-recorded",
        _decision_not_recorded,
        "{ids} is said to be {complete}, and the decision it was for is not recorded. What was "
        "decided?",
        "{ids} are said to be {complete}, and the decisions they were for are not recorded. What "
        "was decided?",
    ),
    Kind(
        "review-passed",
        _review_passed,
        "{ids} is ongoing, and its review date has passed. What did the review find, and when is "
        "the next?",
        "{ids} are ongoing, and their review dates have passed. What did the reviews find, and "
        "when are the next?",
    ),
    Kind(
        "assurance-never-stated",
        _assurance_never_stated,
        "Nobody has said whether the partnership is assured about {ids}. Is it?",
        "Nobody has said whether the partnership is assured about {ids}. Is it?",
    ),
    Kind(
        "figure-missed",
        _figure_missed,
        "{ids} has no figure for a period that is over. What was it?",
        "{ids} have no figure for a period that is over. What was it?",
    ),
    Kind(
        "recommendation-unanswered",
        _recommendation_unanswered,
        "No {milestone} carries out {ids}, which a review recommended, and no reason is given. Who "
        "will?",
        "No {milestone} carries out {ids}, which reviews recommended, and no reason is given. Who "
        "will?",
    ),
    Kind(
        "not-implemented-answered",
        _not_implemented_answered,
        "{ids} is said not to be implemented, and a {milestone} answers it. Which is so?",
        "{ids} are said not to be implemented, and {milestones} answer them. Which is so?",
    ),
    Kind(
        "partner-silent",
        _partner_silent,
        "Nothing in the plan is led by {ids} or logged by it. What does it do?",
        "Nothing in the plan is led by {ids} or logged by them. What do they do?",
    ),
    Kind(
        "partner-unnamed",
        _partner_unnamed,
        "No group in plan.yaml belongs to {ids}. What does it do in the plan?",
        "No group in plan.yaml belongs to {ids}. What do they do in the plan?",
    ),
)
"""The kinds of question, what matters most first."""
