"""What is worked out for a milestone or a priority on a day, and never written down.

A plan is taken back to a day first (`as_at`), so that nothing here ever sees what was logged after
it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .agreement import (
    added_since,
    is_agreed_end,
    needs_agreement,
    who_agreed,
    who_agreed_addition,
)
from .dates import UNDATED
from .model import Milestone, Priority
from .words import ENDED, KINDS, UNAGREED, Kind, Status, count, length, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set
    from datetime import date

    from .dates import PlanDate
    from .model import Addition, Decision, Entry, Head, Objective, Outcome, Plan
    from .occurrences import Occurrence

EVERY = frozenset(KINDS)
OVER = frozenset({*ENDED, UNAGREED})
"""How a milestone stands that nobody need do any more."""
OPEN = EVERY - OVER
"""How a milestone stands that is still to be done."""

State = Literal["live", "decision due", "lapsed, no decision recorded", "closed", "continued"]

Left = Literal["", "kept", "unsaid"]


class Ending(NamedTuple):
    """What completed or closed a milestone."""

    entry: Entry | None
    """The entry of its log; None where only its status says so."""
    agreed: str | None
    """Who agreed it, as its log or a decision says."""


class Standing(NamedTuple):
    """A milestone in its place in the plan, and how it stands on a day; or an objective that counts
    itself, as the milestone that `milestones_of` makes of it."""

    priority: Priority
    objective: Objective
    milestone: Milestone
    kind: Kind
    day: date
    plan: Plan

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.kind in OPEN

    @property
    def alone(self) -> bool:
        """Whether it is no milestone but an objective that has none."""
        return self.milestone.id == self.objective.id

    @property
    def head(self) -> Head:
        """The plan.yaml that it is under."""
        return self.plan.head_of(self.milestone)

    @property
    def lead(self) -> tuple[str, ...]:
        """Who leads it: its own lead, else the objective's."""
        return self.milestone.lead or self.objective.lead

    @property
    def over(self) -> date:
        """The last day of its due date, or of its review date where it is ongoing; of recurring
        work, of the first occurrence that is not reported. `date.max` where it has neither."""
        occurrence = self.awaited
        due = occurrence.due if occurrence else self.milestone.due
        return (self.milestone.review or due).last

    @property
    def awaited(self) -> Occurrence | None:
        """Of open recurring work, the first occurrence that is not reported, over or still to come;
        None where there is none."""
        if not (self.milestone.every and self.open):
            return None
        from .occurrences import awaited

        return awaited(self.milestone)

    @property
    def coming(self) -> Occurrence | None:
        """Of open recurring work, the first occurrence that is not reported and not over, whatever
        was missed before it; None where there is none."""
        if not (self.milestone.every and self.open):
            return None
        from .occurrences import awaited

        return awaited(self.milestone, self.day)

    @property
    def to_come(self) -> PlanDate:
        """The next date of it that is not past: its due date, or its review date where it is
        ongoing; of recurring work, that of what is coming. `UNDATED` where it has none."""
        if self.milestone.every:
            return self.coming.due if self.coming else UNDATED
        past = not self.open or self.kind == "overdue"
        return UNDATED if past else self.milestone.review or self.milestone.due

    @property
    def words(self) -> str:
        """How it stands, in the plan's words: at risk, 15 days late."""
        if self.kind == "overdue":
            return f"{length(self.over, self.day)} late"
        return self.plan.head.word_for(self.kind)

    @property
    def disagrees(self) -> bool:
        """Whether what is said sounds better than what is worked out."""
        return self.kind == "overdue" and self.milestone.status in ("on track", "at risk")

    @property
    def says_else(self) -> bool:
        """Whether what is said is not in the words of how it stands."""
        return self.kind not in (self.milestone.status, UNAGREED)

    @property
    def begun(self) -> bool:
        """Whether anything is to be heard of it: its start has come, its time is over, or a
        status was given."""
        start = self.milestone.start
        has_status = self.milestone.status != "not started"
        return has_status or self.kind == "overdue" or bool(start and start.first <= self.day)

    @property
    def said_nothing_begun(self) -> bool:
        """Whether it is open, and nobody says that anything of it has begun."""
        return self.open and self.milestone.status == "not started" and self.kind != "in progress"

    @property
    def begun_unsaid(self) -> bool:
        """Whether its start has come and nothing was ever logged. Of recurring work nothing is
        expected before its first occurrence is over, and then it is overdue."""
        milestone, start = self.milestone, self.milestone.start
        has_begun = start and start.first <= self.day
        return bool(self.open and has_begun and not milestone.progress and not milestone.every)

    @property
    def last_said(self) -> Entry | None:
        """The newest entry of its log."""
        return self.milestone.progress[-1] if self.milestone.progress else None

    @property
    def has_evidence(self) -> bool:
        """Whether anything shows what is said of it: evidence that its log cites, or that is cited
        for a difference made by it."""
        id, impact = self.milestone.id, self.priority.impact
        return bool(self.milestone.evidence) or any(i.evidence and id in i.about for i in impact)

    @property
    def added(self) -> Addition | None:
        """How it was added since the plan was agreed; None where it is of that plan, or of a
        register, which is not."""
        added = None if self.priority.register else added_since(self.milestone, self.head)
        return added if added and added.date.first <= self.day else None

    @property
    def added_unagreed(self) -> bool:
        """Whether it was added since then, and nobody is recorded as agreeing."""
        return bool(self.added) and not who_agreed_addition(self.milestone, self.plan.decisions)

    @property
    def ending(self) -> Ending | None:
        """What completed or closed it; None where it is open."""
        if self.open:
            return None
        return ending(self.milestone, self.plan)

    @property
    def ended_for_board(self) -> bool:
        """Whether it ended in a way that somebody with authority is to agree: it was closed, or was
        completed where the plan's own words say that a Board decides."""
        return is_agreed_end(self.milestone, self.milestone.status, self.head)

    @property
    def ended_unagreed(self) -> bool:
        """Whether it ended in such a way, and no agreement is recorded."""
        return bool(self.ended_for_board and self.ending and not self.ending.agreed)

    @property
    def left_open(self) -> Left:
        """Of a milestone that is open though a decision closed it, alone or with its priority:
        "kept" where a later decision keeps it open, "unsaid" where none says what becomes of it.
        Empty for every other milestone."""
        if not self.open:
            return ""
        decision = ruling(self.priority, {self.objective.id, self.milestone.id})
        if decision and decision.outcome == "close":
            return "unsaid"
        return "kept" if closing(self.priority) else ""

    def unagreed(self, entry: Entry) -> bool:
        """Whether an entry did what somebody is to agree, and no agreement is recorded."""
        needs = needs_agreement(self.milestone, entry, self.head)
        return needs and not who_agreed(self.milestone, entry, self.plan.decisions)


def ending(milestone: Milestone, plan: Plan) -> Ending:
    """What completed or closed a milestone that is no longer to be done."""
    log = milestone.progress
    entry = next((e for e in reversed(log) if e.status == milestone.status), None)
    return Ending(entry, who_agreed(milestone, entry, plan.decisions))


def kind(milestone: Milestone, day: date, plan: Plan | None = None) -> Kind:
    """How a milestone stands on a day; `plan` is its own, which may count what is complete once
    that is agreed."""
    status = milestone.status
    if status == "complete" and plan and plan.head_of(milestone).completion:
        return status if ending(milestone, plan).agreed else UNAGREED
    if status == "complete" or status == "closed":
        return status
    if milestone.every:
        return _recurring_kind(milestone, day)
    if (milestone.review or milestone.due).last < day:
        return "overdue"
    if status == "not started" and milestone.start and milestone.start.last < day:
        return "late to start"
    # What cannot be late is not on track either; that it is at risk is worse.
    if milestone.due.undated and status != "at risk" and status != "off track":
        return "no date"
    return status


def _recurring_kind(milestone: Milestone, day: date) -> Kind:
    """How open recurring work stands on a day: overdue from when an occurrence passed that is not
    reported until it is, else as it is said to. What is reported has begun, whatever is said."""
    from .occurrences import occurrences

    every = occurrences(milestone)
    if any(o.due.last < day and not o.entry for o in every):
        return "overdue"
    has_begun = milestone.status == "not started" and any(o.entry for o in every)
    return "in progress" if has_begun else milestone.status


def next_due(standings: Iterable[Standing]) -> PlanDate | None:
    """The first date by which any of some milestones is due and that is not past; None where none
    is. Not by which one that is ongoing is reviewed."""
    dates = (s.to_come for s in standings if not s.milestone.review)
    return min((d for d in dates if d.dated), key=lambda d: d.last, default=None)


def standings(plan: Plan, day: date, of: Set[Kind] = EVERY) -> list[Standing]:
    """The standings of a plan's milestones that stand in one of these ways, in the published order.
    An objective without milestones may count itself: see `milestones_of`."""
    return [
        Standing(priority, objective, milestone, milestone_kind, day, plan)
        for priority in plan.files.values()
        for objective in priority.sections
        for milestone in objective.milestones or milestones_of(plan, priority, objective)
        if (milestone_kind := kind(milestone, day, plan)) in of
    ]


def milestones_of(plan: Plan, priority: Priority, objective: Objective) -> tuple[Milestone, ...]:
    """An objective's milestones; the objective itself as one, until a decision closes it, where it
    has a date and no milestones."""
    if objective.milestones or objective.complete_by is None or objective.id in plan.hidden:
        return objective.milestones
    decision = ruling(priority, {objective.id})
    status: Status = "closed" if decision and decision.outcome == "close" else "not started"
    action = objective.statements[0] if objective.statements else objective.id
    itself = Milestone(id=objective.id, due=objective.complete_by, action=action, status=status)
    return (itself,)


def by_owner(plan: Plan, standings: Iterable[Standing]) -> list[tuple[Priority, list[Standing]]]:
    """Each priority and register of a plan with its standings, of these."""
    by_id: dict[int, list[Standing]] = {id(owner): [] for owner in plan.owners}
    for standing in standings:
        by_id[id(standing.priority)].append(standing)
    return [(owner, by_id[id(owner)]) for owner in plan.owners]


# --- priorities and plans -----------------------------------------------------------------------


def counts(standings: Iterable[Standing]) -> dict[Kind, int]:
    """How many milestones stand in each way, worst first, every way named."""
    numbers: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for standing in standings:
        numbers[standing.kind] += 1
    return numbers


def worst(standings: list[Standing]) -> tuple[Kind, str]:
    """The standing of a group of milestones: the worst of them, and its words with a count."""
    numbers = counts(standings)
    for kind in ("overdue", "off track", "late to start", "at risk"):
        if numbers[kind]:
            return kind, f"{numbers[kind]} {standings[0].plan.head.word_for(kind)}"
    if not standings:
        return "not started", "No milestones"
    if numbers["no date"]:
        return "no date", f"{numbers['no date']} with no date"
    complete, closed = numbers["complete"], numbers["closed"]
    if complete + closed + numbers[UNAGREED] == len(standings):
        called = standings[0].plan.head.word_for
        if numbers[UNAGREED]:
            return UNAGREED, f"{numbers[UNAGREED]} {called(UNAGREED)}"
        if complete and closed:
            return "complete", f"{complete} {called('complete')}, {closed} {called('closed')}"
        return ("complete", "All complete") if complete else ("closed", "All closed")
    if numbers["not started"] + numbers["closed"] == len(standings):
        return "not started", "Nothing begun"
    # Green is for what somebody said is on track.
    if numbers["in progress"] and not numbers["on track"]:
        return "in progress", "Nothing late"
    return "on track", "Nothing late"


def standing_of(priority: Priority, standings: list[Standing]) -> tuple[Kind, str]:
    """How a priority stands, whose standings these are: as the worst of them or, where a decision
    closed it, as closed or as the worst of what is open all the same."""
    if closing(priority) is None:
        return worst(standings)
    still_open = [s for s in standings if s.open]
    if not still_open:
        return "closed", "Closed"
    kind, words = worst(still_open)
    if not words[0].isdigit():  # words without a count: Nothing late
        words = f"{len(still_open)} open"
    return kind, f"Closed, {words}"


def ruling(priority: Priority, ids: Set[str] = frozenset()) -> Decision | None:
    """The latest decision with an outcome about a priority, or about what has one of these ids in
    it; of several on one day the last in the file. None where there is none."""
    parts = {priority.id, *ids}
    rulings = [d for d in priority.decisions if d.outcome and (not d.about or parts & {*d.about})]
    return max(reversed(rulings), key=lambda d: d.date.last, default=None)


def closing(priority: Priority) -> Decision | None:
    """The decision that closed a priority; None where it is not closed."""
    decision = ruling(priority)
    return decision if decision and decision.outcome == "close" else None


def left_sentence(ids: Sequence[str], outcome: Outcome) -> str:
    """The text of the decision that is recorded beside one that closes: what becomes of these
    milestones."""
    return f"{listed(ids)} {left_becomes(len(ids), outcome)}."


def left_becomes(number: int, outcome: Outcome) -> str:
    """What becomes of so many milestones, as the verb of `left_sentence`."""
    if outcome == "continue":
        return "stays open" if number == 1 else "stay open"
    return f"{'is' if number == 1 else 'are'} carried forward to the next plan"


def is_recorded_beside(closing: Decision, other: Decision) -> bool:
    """Whether a decision says only what becomes of what another one, which closes, leaves open: in
    the words of `left_sentence`, not in a Board's own."""
    if closing.outcome != "close" or other.outcome not in ("continue", "carry forward"):
        return False
    same = (closing.date, closing.by) == (other.date, other.by)
    return same and other.decision == left_sentence(other.about, other.outcome)


def state(priority: Priority, day: date) -> State:
    """Whether a priority is live, waits for a decision about its end, or was decided."""
    if decision := ruling(priority):
        return "closed" if decision.outcome == "close" else "continued"
    last = end(priority)
    if last is None:
        return "live"
    if last.last < day:
        return "lapsed, no decision recorded"
    begun = min(d.first for d in (*_completions(priority), last))
    return "decision due" if begun <= day else "live"


def end(priority: Priority) -> PlanDate | None:
    """The date until which a priority runs: its own, else that by which the last of its objectives
    is to be complete."""
    return priority.until or max(_completions(priority), key=lambda d: d.last, default=None)


def _completions(priority: Priority) -> list[PlanDate]:
    return [o.complete_by for o in priority.objectives if o.complete_by]


def silence_notice(plan: Plan, day: date) -> str | None:
    """The sentence that stands before all alarms where the plan ended more than three months ago
    and nothing was ever logged; else None. Of several plans one for each that is so."""
    if not plan.heads:
        return _silence(plan.head, plan.owners, day, "This plan")
    notices = [_silence(head, own, day, head.id) for head, own in _each_plan(plan)]
    return " ".join(filter(None, notices)) or None


def heard(plan: Plan, standings: Iterable[Standing], day: date) -> list[Standing]:
    """Those of some standings that are of a plan without such a sentence: what is to be alarmed
    about."""
    own = _each_plan(plan) if plan.heads else [(plan.head, plan.owners)]
    silent = {head.id for head, owners in own if _silence(head, owners, day, "")}
    return [s for s in standings if s.head.id not in silent] if silent else list(standings)


def _each_plan(plan: Plan) -> list[tuple[Head, Sequence[Priority]]]:
    """The plan.yaml of each of several plans together, and its priorities and registers."""
    return [(h, [p for p in plan.owners if plan.head_of(p) is h]) for h in plan.heads]


def _silence(head: Head, owners: Iterable[Priority], day: date, name: str) -> str | None:
    end = head.period.end
    if (day - end.last).days < 92:
        return None
    milestones = [m for owner in owners for m in owner.milestones]
    if not milestones or any(m.progress or m.status != "not started" for m in milestones):
        return None
    total = count(len(milestones), "milestone")
    overdue = sum(kind(milestone, day) == "overdue" for milestone in milestones)
    number = f"all {total}" if overdue == len(milestones) else f"{overdue} of {total}"
    return (
        f"{name} ended in {end.shown}, {length(end.last, day)} ago, and no progress was ever "
        f"logged in it: {number} count as overdue, and nothing here says what was done."
    )
