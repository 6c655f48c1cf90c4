"""What is worked out for a milestone or a priority on a day, and never written down.

A plan is taken back to a day first (`as_at`), so that nothing below ever sees what was logged
after it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .letters import composed
from .model import Log, Milestone, Plan, Priority
from .words import KINDS, Kind, Status, count, length, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence, Set
    from datetime import date

    from .dates import PlanDate
    from .model import Decision, Entry, Head, Objective, Outcome

EVERY = frozenset(KINDS)
ENDED: tuple[Status, ...] = ("complete", "closed")
OPEN = EVERY - {*ENDED}
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
    itself, as `counted` makes a milestone of it."""

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
    def lead(self) -> tuple[str, ...]:
        """Who leads it: its own lead, else the objective's."""
        return self.milestone.lead or self.objective.lead

    @property
    def over(self) -> date:
        """The last day of its due date, or of its review date where it is ongoing; the last there
        is where it has neither."""
        milestone = self.milestone
        return (milestone.review or milestone.due).last

    @property
    def words(self) -> str:
        """How it stands, in words: at risk, 15 days late."""
        return f"{length(self.over, self.day)} late" if self.kind == "overdue" else self.kind

    @property
    def disagrees(self) -> bool:
        """Whether what is said sounds better than what is worked out."""
        return self.kind == "overdue" and self.milestone.status in ("on track", "at risk")

    @property
    def begun(self) -> bool:
        """Whether anything is to be heard of it: its start has come, its time is over, or a
        status was given."""
        start = self.milestone.start
        said = self.milestone.status != "not started"
        return said or self.kind == "overdue" or bool(start and start.first <= self.day)

    @property
    def begun_unsaid(self) -> bool:
        """Whether its start has come and nothing was ever logged."""
        start = self.milestone.start
        return bool(self.open and start and start.first <= self.day and not self.milestone.progress)

    @property
    def last_said(self) -> Entry | None:
        """The newest entry of its log."""
        return self.milestone.progress[-1] if self.milestone.progress else None

    @property
    def ending(self) -> Ending | None:
        """What completed or closed it; None where it is open."""
        if self.open:
            return None
        log = self.milestone.progress
        entry = next((e for e in reversed(log) if e.status == self.milestone.status), None)
        return Ending(entry, agreed(self.milestone, entry, self.plan.decisions))

    @property
    def ended_for_board(self) -> bool:
        """Whether it was closed, or completed where the plan's own words say that a Board decides:
        what somebody with authority is to agree."""
        return is_agreed_end(self.milestone, self.milestone.status, self.plan.head)

    @property
    def ended_unagreed(self) -> bool:
        """Whether it ended so, and no agreement is recorded."""
        return bool(self.ended_for_board and self.ending and not self.ending.agreed)

    @property
    def left_open(self) -> Left:
        """Of what is open though a decision closed it, alone or with its priority: whether a later
        decision keeps it open, or none says what becomes of it. Empty for all else."""
        if not self.open:
            return ""
        decided = ruling(self.priority, {self.objective.id, self.milestone.id})
        if decided and decided.outcome == "close":
            return "unsaid"
        return "kept" if closing(self.priority) else ""

    def unagreed(self, entry: Entry) -> bool:
        """Whether what an entry of its log did is for somebody to agree, and no agreement is
        recorded."""
        needed = needs_agreement(self.milestone, entry, self.plan.head)
        return needed and not agreed(self.milestone, entry, self.plan.decisions)


def kind(milestone: Milestone, day: date) -> Kind:
    """How a milestone stands on a day."""
    status = milestone.status
    if status == "complete" or status == "closed":
        return status
    if (milestone.review or milestone.due).last < day:
        return "overdue"
    if status == "not started" and milestone.start and milestone.start.last < day:
        return "late to start"
    # What cannot be late is not on track either; that it is at risk is worse.
    if milestone.due.undated and status != "at risk" and status != "off track":
        return "no date"
    return status


def standings(plan: Plan, day: date, of: Set[Kind] = EVERY) -> list[Standing]:
    """What counts of a plan and stands in one of these ways, in the published order."""
    return [
        Standing(priority, objective, milestone, found, day, plan)
        for priority in plan.files.values()
        for objective in priority.objectives
        for milestone in objective.milestones or counted(plan, priority, objective)
        if (found := kind(milestone, day)) in of
    ]


def counted(plan: Plan, priority: Priority, objective: Objective) -> tuple[Milestone, ...]:
    """What is to be done of an objective: its milestones or, where it has a date and none, itself
    by that date, until a decision closes it."""
    if objective.milestones or objective.complete_by is None or objective.id in plan.hidden:
        return objective.milestones
    decided = ruling(priority, {objective.id})
    status: Status = "closed" if decided and decided.outcome == "close" else "not started"
    action = objective.statements[0] if objective.statements else objective.id
    own = Milestone(id=objective.id, due=objective.complete_by, action=action, status=status)
    return (own,)


def of_each(plan: Plan, found: Iterable[Standing]) -> list[tuple[Priority, list[Standing]]]:
    """Each priority of a plan, with those of these milestones that are its own."""
    own: dict[int, list[Standing]] = {id(priority): [] for priority in plan.priorities}
    for standing in found:
        own[id(standing.priority)].append(standing)
    return [(priority, own[id(priority)]) for priority in plan.priorities]


# --- agreement ----------------------------------------------------------------------------------


def needs_agreement(milestone: Milestone, entry: Entry, head: Head) -> bool:
    """Whether what an entry did is for somebody with authority to agree: a due date's move, or
    such an end."""
    return entry.move is not None or is_agreed_end(milestone, entry.status, head)


def is_agreed_end(milestone: Milestone, status: Status | None, head: Head) -> bool:
    """Whether somebody with authority is to agree that a milestone ends so: every closing, and a
    completion where the plan's own words say that a Board decides."""
    return status == "closed" or (status == "complete" and for_board(milestone, head))


def for_board(milestone: Milestone, head: Head) -> bool:
    """Whether its action says that a Board is to decide."""
    deciders = [g.name for g in head.groups if g.kind in ("board", "statutory partners")]
    names = {re.escape(composed(name)) for name in ("Board", *deciders, *map(head.short, deciders))}
    return all(
        re.search(rf"\b(?:{pattern})\b", composed(milestone.action), re.IGNORECASE)
        for pattern in ("|".join(sorted(names)), _DECIDES)
    )


_DECIDES = "(?:agree|decide|approve|endorse)s?|ratif(?:y|ies)|signs?[ -]off|decision|approval"


def agreed(milestone: Milestone, entry: Entry | None, decisions: Iterable[Decision]) -> str | None:
    """Who agreed what an entry of a milestone's log did, as the log says; of what ended it (None
    where only its status does), a Board that decided so too."""
    said = milestone.progress.agreed(entry) if entry else None
    status = entry.status if entry else milestone.status
    if said or status not in ENDED:
        return said
    since = entry.date.first if entry else None
    ends = (d for d in decisions if _ends(d, milestone.id, status, since))
    return next((f"{d.by}, {d.date.shown}" for d in ends), None)


def _ends(decision: Decision, id: str, status: Status, since: date | None) -> bool:
    """Whether a decision completes or closes a milestone: in so many words, or as one about it
    that is no older than the entry that ended it."""
    if status == "complete" and decision.completes == id:
        return True
    if id not in decision.about:
        return False
    if status == "closed" and decision.outcome:
        return decision.outcome in ("close", "carry forward")
    return since is None or decision.date.last >= since


# --- priorities and plans -----------------------------------------------------------------------


def counts(found: Iterable[Standing]) -> dict[Kind, int]:
    """How many milestones stand in each way, worst first, every way named."""
    made: dict[Kind, int] = dict.fromkeys(KINDS, 0)
    for standing in found:
        made[standing.kind] += 1
    return made


def worst(found: list[Standing]) -> tuple[Kind, str]:
    """The standing of a group of milestones: the worst of them, and its words with a count."""
    number = counts(found)
    for kind in ("overdue", "off track", "late to start", "at risk"):
        if number[kind]:
            return kind, f"{number[kind]} {kind}"
    if not found:
        return "not started", "No milestones"
    if number["no date"]:
        return "no date", f"{number['no date']} with no date"
    finished = number["complete"] + number["closed"]
    if finished == len(found):
        return ("complete", "All complete") if number["complete"] else ("closed", "All closed")
    if number["not started"] + number["closed"] == len(found):
        return "not started", "Nothing begun"
    # Green is for what somebody said is on track.
    begun = number["in progress"] and not number["on track"]
    return ("in progress" if begun else "on track"), "Nothing late"


def standing_of(priority: Priority, found: list[Standing]) -> tuple[Kind, str]:
    """How a priority stands, these being its milestones: the worst of them, or that it is closed
    and the worst of those that are open all the same."""
    if closing(priority) is None:
        return worst(found)
    left = [s for s in found if s.open]
    if not left:
        return "closed", "Closed"
    kind, words = worst(left)
    return kind, f"Closed, {words if words[0].isdigit() else f'{len(left)} open'}"


def ruling(priority: Priority, of: Set[str] = frozenset()) -> Decision | None:
    """The latest decision with an outcome for a priority, or for what has one of these ids in it;
    of one day the last that stands there. None where there is none."""
    ids = {priority.id, *of}
    found = [d for d in priority.decisions if d.outcome and (not d.about or ids & {*d.about})]
    return max(reversed(found), key=lambda d: d.date.last, default=None)


def closing(priority: Priority) -> Decision | None:
    """The decision that closed a priority; None where it is not closed."""
    decided = ruling(priority)
    return decided if decided and decided.outcome == "close" else None


def left_said(ids: Sequence[str], outcome: Outcome) -> str:
    """The words of the decision that is recorded beside one that closes, of the milestones that it
    leaves open or carries forward."""
    return f"{listed(ids)} {left_becomes(len(ids), outcome)}."


def left_becomes(number: int, outcome: Outcome) -> str:
    """What becomes of so many milestones that a decision beside one that closes is about."""
    one = number == 1
    if outcome == "continue":
        return "stays open" if one else "stay open"
    return f"{'is' if one else 'are'} carried forward to the next plan"


def recorded_beside(closing: Decision, other: Decision) -> bool:
    """Whether a decision says only what becomes of what another, which closes, leaves open: in the
    words of `left_said`, not in a Board's own."""
    if closing.outcome != "close" or other.outcome not in ("continue", "carry forward"):
        return False
    same = (closing.date, closing.by) == (other.date, other.by)
    return same and other.decision == left_said(other.about, other.outcome)


def state(priority: Priority, day: date) -> State:
    """Whether a priority is live, waits for a decision about its end, or was decided."""
    if decided := ruling(priority):
        return "closed" if decided.outcome == "close" else "continued"
    last = end(priority)
    if last is None:
        return "live"
    if last.last < day:
        return "lapsed, no decision recorded"
    begun = min(d.first for d in (*_completions(priority), last))
    return "decision due" if begun <= day else "live"


def end(priority: Priority) -> PlanDate | None:
    """Until when a priority runs: as it says itself, else until the last of its objectives is to
    be complete."""
    return priority.until or max(_completions(priority), key=lambda d: d.last, default=None)


def _completions(priority: Priority) -> list[PlanDate]:
    return [o.complete_by for o in priority.objectives if o.complete_by]


def as_at(plan: Plan, day: date) -> Plan:
    """The plan as its own log says it was on a day: what was logged after it does not count.

    A due date goes back to what it was before its later moves, a status to the last one logged by
    then. What was edited without a log entry cannot be taken back.
    """
    files = {name: _priority_at(priority, day) for name, priority in plan.files.items()}
    return Plan(plan.head, files, tuple(_priority_at(p, day) for p in plan.beside), plan.hidden)


def milestone_at(milestone: Milestone, day: date) -> Milestone:
    """One milestone as its own log says it was on a day."""
    if milestone.progress.newest <= day:
        return milestone
    known = Log(entry for entry in milestone.progress if entry.date.first <= day)
    later = [entry for entry in milestone.progress if entry.date.first > day]
    status = milestone.status
    if any(entry.status for entry in later):
        status = known.status or "not started"
    move = next((e for e in later if e.moved), None)
    due = move.moved.from_ if move and move.moved else milestone.due
    review = milestone.review if due.ongoing else None
    if due.ongoing and review is None and move:
        review = move.date  # no log says when it was to be looked at; then, it was
    return milestone.replace(progress=known, status=status, due=due, review=review)


def _priority_at(priority: Priority, day: date) -> Priority:
    changed: dict[str, Any] = {}
    objectives = tuple([_objective_at(objective, day) for objective in priority.objectives])
    if any(a is not b for a, b in zip(objectives, priority.objectives, strict=True)):
        changed["objectives"] = objectives
    for name in ("decisions", "impact", "assurance"):
        every = getattr(priority, name)
        known = tuple(item for item in every if item.date.first <= day)
        if len(known) < len(every):
            changed[name] = known
    return priority.replace(**changed) if changed else priority


def _objective_at(objective: Objective, day: date) -> Objective:
    for milestone in objective.milestones:
        if milestone.progress.newest > day:
            then = tuple([milestone_at(m, day) for m in objective.milestones])
            return objective.replace(milestones=then)
    return objective


def nothing_ever_said(plan: Plan, day: date) -> str | None:
    """The sentence that stands before all alarms, where the plan's time is long past and nothing
    was ever logged; else None. "Long" is more than three months after its last day."""
    end = plan.head.period.end
    if (day - end.last).days < 92:
        return None
    found = [m for p in plan.priorities for m in p.milestones]
    if not found or any(m.progress or m.status != "not started" for m in found):
        return None
    late, every = sum(kind(m, day) == "overdue" for m in found), count(len(found), "milestone")
    overdue = f"all {every} count" if late == len(found) else f"{late} of {every} count"
    return (
        f"This plan ended in {end.shown}, {length(end.last, day)} ago, and no progress was ever "
        f"logged in it: {overdue} as overdue, and nothing here says what was done."
    )
