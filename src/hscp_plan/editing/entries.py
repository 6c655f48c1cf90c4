"""What is recorded, as values of a file: log entries, and what closes a milestone or carries it on.
Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from ..dates import read
from ..model import ID
from ..standing import left_sentence
from ..words import written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..dates import PlanDate
    from ..model import Entry, Outcome


def entry(
    date: str,
    by: str | None = None,
    note: str | None = None,
    status: str | None = None,
    moved: tuple[PlanDate, PlanDate] | None = None,
    agreed: str | None = None,
    evidence: tuple[str, ...] = (),
    occurrence: PlanDate | None = None,
    theme: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A log entry's values, in their usual order, without those that say nothing."""
    values = {
        "date": date,
        "by": by,
        "for": occurrence and occurrence.text,
        "note": note,
        "status": status,
        "moved": _move(*moved) if moved else None,
        "agreed": agreed,
        "evidence": one_or_more(evidence),
        "theme": one_or_more(theme),
    }
    return {key: value for key, value in values.items() if value}


def _move(was: PlanDate, now: PlanDate) -> dict[str, str]:
    """A move's values; without where it is from, where nothing was written."""
    return {"to": now.text} if not was.text else {"from": was.text, "to": now.text}


def one_or_more(texts: Sequence[str]) -> str | list[str] | None:
    """Texts as a key has them that takes one or a list; None where there is none."""
    return list(texts) if len(texts) > 1 else next(iter(texts), None)


def addition(day: PlanDate, by: str | None, agreed: str | None) -> dict[str, str]:
    """How a new milestone says that it was added, on a day, without what is not known."""
    values = {"date": day.text, "by": by, "agreed": agreed}
    return {key: value for key, value in values.items() if value}


def as_written(entry: Mapping[str, Any], scale: Mapping[str, str]) -> dict[str, Any]:
    """A log entry's values as a file of a plan with this scale has them: its status in the plan's
    own word."""
    status = entry.get("status")
    return {**entry, "status": written(status, scale)} if status else dict(entry)


def ending_entry(
    decision: Mapping[str, Any],
    how: Literal["complete", "close", "carry"],
    last: Entry | None = None,
) -> dict[str, Any]:
    """The log entry of a milestone that a decision completes, closes, or carries forward. It is
    dated no earlier than the `last` one: a decision may be recorded later than it was taken."""
    day, who, note = decision["date"], decision["by"], decision["decision"]
    agreed = f"{who}, {read(day).shown}"
    if last and last.date.first > read(day).last:
        day = last.date.text
    if how == "carry":
        stop = "" if note.endswith((".", "!", "?")) else "."
        note = f"{note}{stop} Carried forward to the next plan."
    status = "complete" if how == "complete" else "closed"
    return entry(day, who, note, status, agreed=agreed)


def decision_on_rest(
    decision: Mapping[str, Any], how: str, ids: Sequence[str]
) -> dict[str, Any] | None:
    """The decision beside one that closes a priority, which says what becomes of the milestones
    that are left open: they are carried forward, or kept; None where they are closed with it."""
    outcomes: dict[str, Outcome] = {"carry": "carry forward", "keep": "continue"}
    if how not in outcomes or not ids:
        return None
    outcome = outcomes[how]
    return {
        "date": decision["date"],
        "by": decision["by"],
        "decision": left_sentence(ids, outcome),
        "outcome": outcome,
        "about": list(ids),
    }


def carried_note(cited: str) -> str:
    """The note of a milestone that is closed here and carried on in the next plan: 2023-25/P2.2."""
    return f"Carried forward to {cited}."


def carried_to(note: str | None) -> str | None:
    """What carries on the milestone that was closed with this note: 2023-25/P2.2, empty where it is
    still to be carried into the next plan; None where it is not carried on."""
    match = re.search(rf"Carried forward to (the next plan|{ID}/{ID})\.$", note or "", re.ASCII)
    return None if match is None else match[1].replace("the next plan", "")


def carried_from_note(cited: str) -> str:
    """How the first entry begins of a milestone that carries on this one: 2021-23/P3.5."""
    return f"Carried forward from {cited}."
