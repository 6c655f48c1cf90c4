"""What of a plan each kind of question that a scrutineer asks is about, with the fact that raises
it."""

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
    from collections.abc import Iterator
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


def on_track_yet_overdue(scope: Scope) -> Iterator[Subject]:
    for standing in scope.late:
        milestone = standing.milestone
        if milestone.status == "on track" and not (milestone.due.ongoing or milestone.every):
            last = _last_said(standing) if standing.last_said else ("nothing has been logged",)
            yield _milestone(standing, sentence_of([_late(standing), last]))


def review_passed(scope: Scope) -> Iterator[Subject]:
    return (_milestone(s, _late(s)) for s in scope.late if s.milestone.due.ongoing)


def not_reported(scope: Scope) -> Iterator[Subject]:
    for standing in scope.late:
        if standing.milestone.every:
            last = _last_said(standing) if standing.last_said else ("nothing has been logged",)
            yield _milestone(standing, sentence_of([_late(standing), last]))


def _late(standing: Standing) -> Line:
    return (f"{standing.words}, ", *phrases.due(standing))


def _last_said(standing: Standing) -> Line:
    return ("last said ", *phrases.last_said(standing))


# --- silence ------------------------------------------------------------------------------------


def begun_and_silent(scope: Scope) -> Iterator[Subject]:
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


def silent(scope: Scope) -> Iterator[Subject]:
    """What was said of once, and not for so many months; however far off its due date is."""
    for standing in scope.begun:
        last = standing.last_said
        if last and months_between(_silent_since(standing, last), scope.day) >= scope.months:
            yield _milestone(standing, _last_said(standing))


def _silent_since(standing: Standing, last: Entry) -> date:
    """Since when nothing was said. What is said before a start need not be said again until it."""
    start = standing.milestone.start
    return max(last.date.last, start.first) if start else last.date.last


def asked_twice(scope: Scope) -> Iterator[Subject]:
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


def complete_without_evidence(scope: Scope) -> Iterator[Subject]:
    return (_milestone(s, _ending(s)) for s in scope.complete if not s.has_evidence)


def complete_not_agreed(scope: Scope) -> Iterator[Subject]:
    for standing in scope.complete:
        if standing.ending and not standing.ending.agreed:
            yield _milestone(standing, _ending(standing, note=False))


def closed_not_agreed(scope: Scope) -> Iterator[Subject]:
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


def moved_not_agreed(scope: Scope) -> Iterator[Subject]:
    for standing in scope.standings:
        moves = [
            ("from ", entry.moved.from_, " to ", entry.moved.to, f': "{entry.note}"')
            for entry in standing.milestone.moves
            if entry.moved and standing.unagreed(entry)
        ]
        if moves:
            yield _milestone(standing, sentence_of(moves))


def moved_twice(scope: Scope) -> Iterator[Subject]:
    for standing in scope.standings:
        if standing.open and standing.milestone.times_moved > 1:
            yield _milestone(
                standing, sentence_of([phrases.move_count(standing), phrases.due(standing)])
            )


def addition_not_agreed(scope: Scope) -> Iterator[Subject]:
    return (_milestone(s, phrases.addition(s)) for s in scope.standings if s.added_unagreed)


# --- dates, leads, decisions and assurance -----------------------------------------------------


def no_milestones(scope: Scope) -> Iterator[Subject]:
    """The objectives that have a date, and nothing on the way to it."""
    for standing in scope.standings:
        if standing.open and standing.alone:
            yield _milestone(
                standing, _late(standing) if standing.kind == "overdue" else phrases.due(standing)
            )


def no_date(scope: Scope) -> Iterator[Subject]:
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


def waits_in_vain(scope: Scope) -> Iterator[Subject]:
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


def no_lead(scope: Scope) -> Iterator[Subject]:
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


def left_open(scope: Scope) -> Iterator[Subject]:
    return (
        _milestone(s, (phrases.left_open(s),)) for s in scope.standings if s.left_open == "unsaid"
    )


def lapsed(scope: Scope) -> Iterator[Subject]:
    for priority in scope.plan.priorities:
        if state(priority, scope.day) == "lapsed, no decision recorded":
            yield _priority(priority, _over(priority))


def _over(priority: Priority) -> Line:
    if priority.until:
        return ("was to run until ", priority.until)
    dates = [o.complete_by for o in priority.objectives if o.complete_by]
    return ("was to be complete by ", max(dates, key=lambda d: d.last))


def decision_not_recorded(scope: Scope) -> Iterator[Subject]:
    decided_ids = {id for d in scope.plan.decisions for id in d.names}
    for standing in scope.complete:
        milestone = standing.milestone
        if milestone.id in decided_ids or not for_board(milestone, scope.plan.head):
            continue
        # What became of the whole priority is what its last milestone asks a Board.
        if state(standing.priority, scope.day) not in ("closed", "continued"):
            yield _milestone(standing, _ending(standing))


def assurance_never_stated(scope: Scope) -> Iterator[Subject]:
    if months_between(scope.plan.head.period.start.first, scope.day) >= scope.months:
        yield from (_priority(p, _supported(p)) for p in scope.plan.priorities if not p.assurance)


def figure_missed(scope: Scope) -> Iterator[Subject]:
    for priority in scope.plan.priorities:
        for measure in priority.measures:
            if fact := missed_line(measure, scope.day):
                yield Subject(measure.id, measure.name, priority.id, fact, priority.leads)


def recommendation_unanswered(scope: Scope) -> Iterator[Subject]:
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


def not_implemented_answered(scope: Scope) -> Iterator[Subject]:
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


def partner_silent(scope: Scope) -> Iterator[Subject]:
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


def partner_unnamed(scope: Scope) -> Iterator[Subject]:
    for who in () if scope.narrowed else unnamed_partners(scope.plan.head):
        yield Subject(who, "no group in plan.yaml", "", ("a statutory safeguarding partner",))


def _supported(priority: Priority) -> Line:
    impact = count(len(priority.impact), "entry") if priority.impact else "no entry"
    measures = count(len(priority.measures), "measure") if priority.measures else "no measure"
    return (f"{impact} of impact, {measures}",)
