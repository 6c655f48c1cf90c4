"""Rules about what was logged."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ..dates import day_shown
from ..errors import quoted
from ..model import STATUS_IN_WORDS, WHOLE_PLAN
from ..standing import OPEN, ruling, standings
from ..words import listed
from ._rule import Finding, Id, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..standing import Standing
    from ._walk import Parts, Path


@rule("log-order", "error")
def log_order(parts: Parts, today: date) -> Iterator[Finding]:
    """A log's entries stand in order of date, oldest first.

    What was last said is the last entry; out of order, an old word would stand as the newest.

    Fails:
        progress:
          - date: 2021-10-05
          - date: 2021-09-14
    Passes:
        progress:
          - date: 2021-09-14
          - date: 2021-10-05
    """
    for at, entries in parts.logs:
        for n, (before, entry) in enumerate(pairwise(entries), 1):
            if entry.date.last < before.date.first:
                message = (
                    f"{at.milestone.id}: this entry of {entry.date.shown} stands after "
                    f"one of {before.date.shown}"
                )
                next_step = "Put the entries in order, oldest first."
                where = (*at.path, "progress", n, "date")
                yield Finding(at.file, where, message, next_step)


@rule("log-future", "error")
def log_future(parts: Parts, today: date) -> Iterator[Finding]:
    """No entry of a log, and nothing that was added, is dated in the future.

    A log says what happened. What is still to come belongs in a due date.

    Fails:
        progress:
          - date: 2099-01-01
    Passes:
        progress:
          - date: 2021-09-14
    """
    for at, entries in parts.logs:
        if at.milestone.progress.newest <= today:
            continue
        for n, entry in enumerate(entries):
            if entry.date.first > today:
                message = (
                    f"{at.milestone.id}: this entry is dated {entry.date.shown}, "
                    f"and today is {day_shown(today)}"
                )
                next_step = "Give the day it happened."
                where = (*at.path, "progress", n, "date")
                yield Finding(at.file, where, message, next_step)
    for at in parts.milestones:
        added = at.milestone.added
        if added and added.date.first > today:
            message = f"{at.milestone.id} is said to be added on {added.date.shown}"
            message += f", and today is {day_shown(today)}"
            where = (*at.path, "added", "date")
            yield Finding(at.file, where, message, "Give the day it was added.")


@rule("status-disagrees", "warning")
def status_disagrees(parts: Parts, today: date) -> Iterator[Finding]:
    """A milestone's status is the last status of its log.

    The word in the milestone is the truth; where the log ends with another, somebody changed the
    one and not the other, and nobody can say when or why.

    Fails:
        status: complete
        progress:
          - date: 2021-09-14
            status: on track
    Passes:
        status: on track
        progress:
          - date: 2021-09-14
            status: on track
    """
    for (file, path, _, milestone), _ in parts.logs:
        log_status = milestone.progress.status
        if log_status and log_status != milestone.status:
            says, ends = map(parts.plan.head.written, (milestone.status, log_status))
            message = f'{milestone.id} says "{says}", and its log ends "{ends}"'
            next_step = (
                f"Write  status: {ends}  or say when and why it became {says}:  "
                f'hscp progress {milestone.id} "…" --status "{says}"'
            )
            yield Finding(file, (*path, "status"), message, next_step)


@rule("status-in-words", "warning")
def status_in_words(parts: Parts, today: date) -> Iterator[Finding]:
    """A milestone has a status, where the document that it came from says how it stands.

    `hscp import` keeps what it does not understand under `status_in_words`, and without a status
    the milestone counts as not started. Once one is recorded, the words may stay.

    Fails:
        more: {status_in_words: Red/Amber}
    Passes:
        more: {status_in_words: Red/Amber}
        status: at risk
    """
    for file, path, _, milestone in parts.milestones:
        words = milestone.more.get(STATUS_IN_WORDS)
        if words and milestone.status == "not started" and not milestone.progress.status:
            message = f"{milestone.id} has no status, and its document says {quoted(words)}"
            next_step = f'Say how it stands:  hscp progress {milestone.id} "…" --status STATUS'
            yield Finding(file, (*path, "more", STATUS_IN_WORDS), message, next_step)


@rule("due-disagrees", "error")
def due_disagrees(parts: Parts, today: date) -> Iterator[Finding]:
    """A milestone's due date is where the last move of its log took it.

    A due date moves only with its history: this is the slide from red to green that hscp exists
    to stop. Each move also begins where the one before it ended.

    Fails:
        due: 2021-12
        progress:
          - date: 2021-10-05
            note: Second team delayed by recruitment.
            moved: {from: 2021-09, to: 2021-11}
    Passes:
        due: 2021-11
        progress:
          - date: 2021-10-05
            note: Second team delayed by recruitment.
            moved: {from: 2021-09, to: 2021-11}
    """
    for (file, path, _, milestone), entries in parts.logs:
        before = None
        for n, entry in enumerate(entries):
            if entry.moved is None:
                continue
            if before and entry.moved.from_ != before:
                was = entry.moved.from_
                begins = f"begins at {was.shown}" if was.text else "says no `from:`"
                message = (
                    f"{milestone.id}: this move {begins}, "
                    f"and the one before it ended at {before.shown}"
                )
                where = (*path, "progress", n, "moved", "from")
                yield Finding(file, where, message, f"Write  from: {before.text}")
            before = entry.moved.to
        if before and before != milestone.due:
            due = milestone.due
            now = "has no due date" if due.undated else f"is due {due.shown}"
            message = f"{milestone.id} {now}, and its log moved it to {before.shown}"
            next_step = f"Write  due: {before.text}"
            if not due.undated:
                next_step += "  or add an entry to its log with `moved:` and a note that says why."
            yield Finding(file, (*path, "due"), message, next_step)


@rule("left-open", "warning")
def left_open(parts: Parts, today: date) -> Iterator[Finding]:
    """What a decision closes is closed, or another decision says that it stays open.

    A priority that is closed, and milestones of it that are open, late and asked about: one of the
    two is not true. A Board that closes a priority says what becomes of the rest: closed, carried
    forward to the next plan, or kept.

    Fails:
        decisions:
          - date: 2022-04-20
            decision: Neglect is closed.
            outcome: close              # and P1.6 is still open
    Passes:
        decisions:
          - date: 2022-04-20
            decision: Neglect is closed.
            outcome: close
          - date: 2022-04-20
            decision: P1.6 stays open.
            outcome: continue
            about: [P1.6]
    """
    plan = parts.plan
    if not any(decision.outcome == "close" for decision in plan.decisions):
        return
    files = {priority.id: name for name, priority in plan.files.items()}
    by_decision: dict[tuple[str, int], list[Standing]] = {}
    for standing in standings(plan, today, OPEN):
        if standing.left_open == "unsaid":
            priority = standing.priority
            decision = ruling(priority, {standing.objective.id, standing.milestone.id})
            index = next(n for n, d in enumerate(priority.decisions) if d is decision)
            by_decision.setdefault((priority.id, index), []).append(standing)
    for (id, index), group in by_decision.items():
        decision, ids = group[0].priority.decisions[index], [s.milestone.id for s in group]
        verb, stays = ("is", "it stays") if len(ids) == 1 else ("are", "they stay")
        message = f"this closed {listed(decision.about or (id,))}, and {listed(ids)} {verb} open"
        close = f'hscp progress {ids[0]} "…" --status closed'
        agreed = f"{decision.by}, {decision.date.shown}"
        about = " ".join(f"--about {milestone}" for milestone in ids)
        next_step = (
            f'To close:  {close} --agreed "{agreed}"  If {stays} open:  '
            f'hscp decide {id} "…" --by "…" --outcome continue {about}'
        )
        yield Finding(files[id], ("decisions", index, "outcome"), message, next_step)


@rule("outcome-elsewhere", "warning")
def outcome_elsewhere(parts: Parts, today: date) -> Iterator[Finding]:
    """A decision with an outcome stands in the file of the priority that it is about.

    There it counts. A decision that closes P2 and stands in P1's file closes nothing.

    Fails:
        id: P1
        decisions:
          - decision: Child sexual abuse is closed as a priority.
            outcome: close
            about: [P2]
    Passes:
        the same decision in the file of P2
    """
    plan = parts.plan
    owners = {at.milestone.id: at.file for at in parts.milestones}
    owners |= {objective.id: file for file, _, objective in parts.objectives}
    owners |= {priority.id: file for file, priority in plan.files.items()}
    for file, priority in plan.files.items():
        for n, decision in enumerate(priority.decisions):
            for m, id in enumerate(decision.about if decision.outcome else ()):
                owner = plan.files[owners.get(id, file)].id
                if owner != priority.id:
                    message = f"here, in the file of {priority.id}, this does not count for {id}"
                    next_step = f"Move the decision to the file of {owner}."
                    yield Finding(file, ("decisions", n, "about", m), message, next_step)


@rule("completes-unknown", "error")
def completes_unknown(parts: Parts, today: date) -> Iterator[Finding]:
    """A decision, an impact or an assurance names milestones and priorities that the plan has.

    Fails:
        completes: P1.77
    Passes:
        completes: P1.7
    """
    plan = parts.plan
    known = {at.milestone.id for at in parts.milestones}
    about = known | {p.id for p in plan.owners}
    about |= {objective.id for p in plan.owners for objective in p.objectives}
    for file, where, decision in parts.decisions:
        for m, id in enumerate(decision.completes):
            if id not in known:
                message = f"there is no milestone {id} to complete"
                at, next_step = (*where, "completes", m), "Give a milestone's id."
                yield Finding(file, at, message, next_step, absent=Id(id))
        for m, id in enumerate(decision.about):
            if id not in about and id != WHOLE_PLAN:
                yield _about_nothing(file, (*where, "about", m), "a decision", id)
    for file, priority in plan.files.items():
        said = [(("impact", n), "a difference", i.about) for n, i in enumerate(priority.impact)]
        said += [
            (("assurance", n), "an assurance", a.about) for n, a in enumerate(priority.assurance)
        ]
        for at, noun, ids in said:
            for m, id in enumerate(ids):
                if id not in about:
                    yield _about_nothing(file, (*at, "about", m), noun, id)


def _about_nothing(file: str, path: Path, noun: str, id: str) -> Finding:
    message = f"there is no {id} for {noun} to be about"
    return Finding(file, path, message, "Give an id of this plan.", absent=Id(id))
