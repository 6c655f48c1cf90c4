"""A milestone as a spreadsheet's row and as JSON: the same everywhere it appears."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..agreement import who_agreed_addition
from ..standing import closing, counts
from ..words import BRAG, UNAGREED
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from ..dates import PlanDate
    from ..frozen import Frozen
    from ..model import Entry, Head, Milestone, Plan, Priority
    from ..standing import Standing

COLUMNS = (
    *("id", "priority", "priority_title", "objective", "action", "lead", "accountable"),
    *("start", "start_first_day", "due", "due_first_day", "due_last_day", "review"),
    *("first_due", "times_moved", "status", "standing", "standing_words", "brag"),
    *("days_late", "answers", "last_logged", "last_by", "last_note", "evidence"),
    *(
        "carried_from",
        "from",
        "added",
        "added_by",
        "added_agreed",
        "after",
        "every",
        "next_occurrence",
    ),
)
"""The columns of every list of milestones as CSV; then one a declared extra column."""


def columns(plan: Plan) -> tuple[str, ...]:
    """The CSV columns for this plan: the plan's own word for the status, where it has a scale, and
    its extra columns last."""
    word = ("status_word",) if plan.head.scale else ()
    return (*COLUMNS, *word, *own_columns(plan.head).values())


def own_columns(head: Head) -> dict[str, str]:
    """What the plan's own columns are called as CSV, by their keys: a key that is hscp's own name
    for another column has more_ before it."""
    taken = {*COLUMNS, "status_word"}
    return {c.key: f"more_{c.key}" if c.key in taken else c.key for c in head.columns}


def row(plan: Plan, standing: Standing) -> dict[str, object]:
    """A milestone as a flat row: dates as written and as first and last day, lists joined by ;"""
    milestone, last, added = standing.milestone, standing.last_said, standing.milestone.added
    return {
        "id": milestone.id,
        "priority": standing.priority.id,
        "priority_title": standing.priority.title,
        "objective": standing.objective.id or None,
        "action": milestone.action,
        "lead": "; ".join(standing.lead),
        "accountable": "; ".join(standing.objective.accountable),
        "start": milestone.start and milestone.start.text,
        "start_first_day": milestone.start and milestone.start.first.isoformat(),
        "due": milestone.due.text,
        "due_first_day": milestone.due.first.isoformat() if milestone.due.dated else None,
        "due_last_day": milestone.due.last.isoformat() if milestone.due.dated else None,
        "review": milestone.review and milestone.review.text,
        "first_due": milestone.first_due.text,
        "times_moved": milestone.times_moved,
        "status": milestone.status,
        "standing": standing.kind,
        "standing_words": standing.words,
        "brag": BRAG[standing.kind],
        "days_late": days_late(standing),
        "answers": "; ".join(milestone.answers),
        "last_logged": last and last.date.text,
        "last_by": last and last.by,
        "last_note": last and last.note,
        "evidence": "; ".join(milestone.evidence),
        "carried_from": milestone.carried_from,
        "from": milestone.from_,
        "added": added and added.date.text,
        "added_by": added and added.by,
        "added_agreed": who_agreed_addition(milestone, plan.decisions) if added else None,
        "after": "; ".join(milestone.after),
        "every": milestone.every,
        "next_occurrence": occurrence.period.text if (occurrence := standing.awaited) else None,
        **({"status_word": plan.head.written(milestone.status)} if plan.head.scale else {}),
        **{name: milestone.more.get(key) for key, name in own_columns(plan.head).items()},
    }


def days_late(standing: Standing) -> int:
    """Days since the last day of the due date; 0 where it is not overdue."""
    return (standing.day - standing.over).days if standing.kind == "overdue" else 0


def envelope(plan: Plan, day: date, only: str = "") -> dict[str, object]:
    """What every JSON answer begins with: which plan, as at which day, under which filters."""
    about: dict[str, object] = {"format": 1, "plan": _about(plan.head)}
    if plan.heads:
        about["plans"] = [_about(head) for head in plan.heads]
    return {**about, "as_at": day.isoformat(), "only": only or None}


def _about(head: Head) -> dict[str, object]:
    period = {"start": when(head.period.start), "end": when(head.period.end)}
    return {"id": head.id, "title": head.title, "partnership": head.partnership, "period": period}


def closing_data(priority: Priority, standings: Iterable[Standing]) -> dict[str, object] | None:
    """The decision that closed a priority, these being its milestones, and the ids of what is open
    all the same: what a decision keeps, and what none says anything of. None where it is open."""
    decided = closing(priority)
    if decided is None:
        return None
    left = [(s.milestone.id, s.left_open) for s in standings]
    return {
        "date": when(decided.date),
        "by": decided.by,
        "decision": decided.decision,
        "kept_open": [id for id, how in left if how == "kept"],
        "left_open": [id for id, how in left if how == "unsaid"],
    }


# A plan has the same few dates over and over.
@lru_cache(maxsize=4096)
def when(moment: PlanDate | None) -> dict[str, object] | None:
    """A date as JSON: as written, in words, and its first and last day (null for ongoing, and
    for what is to be confirmed). Null where there is none."""
    if moment is None or not moment.text:
        return None
    first, last = (d.isoformat() if moment.dated else None for d in (moment.first, moment.last))
    return {"written": moment.text, "shown": moment.shown, "first": first, "last": last}


def entry(logged: Entry) -> dict[str, object]:
    """One entry of a log as JSON."""
    moved = logged.moved
    return {
        "date": when(logged.date),
        "by": logged.by,
        "for": when(logged.for_),
        "note": logged.note,
        "status": logged.status,
        "moved": moved and {"from": when(moved.from_), "to": when(moved.to)},
        "agreed": logged.agreed,
        "evidence": list(logged.evidence),
        "theme": list(logged.theme),
    }


def record(standing: Standing, log: bool = False) -> dict[str, object]:
    """A milestone as JSON; its last log entry, or (`log`) all of them."""
    milestone, last = standing.milestone, standing.last_said
    values: dict[str, object] = {
        "id": milestone.id,
        "priority": standing.priority.id,
        "objective": standing.objective.id or None,
        "action": milestone.action,
        "lead": list(standing.lead),
        "accountable": list(standing.objective.accountable),
        "start": when(milestone.start),
        "due": when(milestone.due),
        "review": when(milestone.review),
        "first_due": when(milestone.first_due),
        "times_moved": milestone.times_moved,
        "status": milestone.status,
        "standing": standing.kind,
        "standing_words": standing.words,
        "brag": BRAG[standing.kind],
        "days_late": days_late(standing),
        "nothing_shown": phrases.plain(phrases.nothing_shown(standing, standing.head)) or None,
        "answers": list(milestone.answers),
        "more": dict(milestone.more),
    }
    if (head := standing.plan.head).scale:
        values["status_word"] = head.written(milestone.status)
    values |= other_keys(milestone, (*values, "progress"))
    if milestone.every:
        values["occurrences"] = _occurrences(milestone)
    if log:
        return {**values, "progress": [entry(e) for e in milestone.progress]}
    return {**values, "last_said": entry(last) if last else None}


def _occurrences(milestone: Milestone) -> list[dict[str, object]]:
    """The occurrences of recurring work as JSON, each with its last day and the day on which it was
    reported, null where it is not."""
    from ..occurrences import occurrences

    return [
        {
            "for": when(occurrence.period),
            "due": occurrence.due.last.isoformat(),
            "reported": when(occurrence.entry.date) if occurrence.entry else None,
        }
        for occurrence in occurrences(milestone)
    ]


def records(standings: Iterable[Standing]) -> list[dict[str, object]]:
    """Milestones as JSON, in the order given."""
    return [record(standing) for standing in standings]


def plain(value: Any) -> Any:
    """Any part of the model as JSON: dates as `when`, `from_` as `from`, tuples as lists."""
    from ..dates import PlanDate
    from ..frozen import Frozen
    from ..model import Statement

    if isinstance(value, PlanDate):
        return when(value)
    if isinstance(value, Statement):
        value = value.plain
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Frozen):
        return {key: plain(item) for key, item in value.items()}
    return value


def other_keys(part: Frozen, known: Collection[str]) -> dict[str, Any]:
    """The keys of a part of the model, as JSON, that are not among these: so that a key which is
    added to the model is exported too."""
    return {key: plain(value) for key, value in part.items() if key not in known}


def named_counts(standings: Iterable[Standing]) -> dict[str, int]:
    """How many milestones stand in each way, and all of them."""
    every = list(standings)
    number = counts(every)
    if not number[UNAGREED]:  # few plans have any
        del number[UNAGREED]
    return {"milestones": len(every), **{str(k): n for k, n in number.items()}}
