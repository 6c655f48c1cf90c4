"""One change of a plan in plain English: what a report, a commit and a Board's paper say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .. import model
from ..changes import Added, Edited, Listed, Logged, Placed, Redated, Removed, Restated, Rewritten
from ..dates import PlanDate
from ..frozen import Frozen
from ..words import length, listed, natural_key
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..changes import Change, Changes
    from ..document import Line
    from ..model import Head


class Told(NamedTuple):
    """One change in words: of which id, what, and what is to be added below it."""

    kind: str
    id: str
    text: str
    notes: tuple[Line, ...] = ()
    rank: int = 9
    """Worst first: what nothing in the log explains is 0."""

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "; ".join(p.removesuffix(".") for p in (self.text, *map(phrases.plain, self.notes)))


def worded(group: Changes, head: Head) -> list[Told]:
    """One priority's changes in words: the worst first, those of one id together."""
    owner = group.priority.id if group.priority else "plan"
    found = [each for change in group.changes for each in told(change, owner, head)]
    worst: dict[str, int] = {}
    for each in found:
        worst[each.id] = min(each.rank, worst.get(each.id, each.rank))
    return sorted(found, key=lambda each: (worst[each.id], natural_key(each.id), each.rank))


def told(change: Change, owner: str, head: Head, dated: bool = True) -> Iterator[Told]:
    """One change in words, of `owner` where it has no part of its own; a log's entry with its
    date where that does not stand beside it."""
    match change:
        case Logged():
            yield from _logged(change, head, dated)
        case Restated(milestone, was):
            text = f"{head.called(was)} to {head.called(milestone.status)}, with nothing in the log"
            ends = milestone.status == "closed" or change.agreed
            told = Told("status-unlogged", milestone.id, text, rank=0)
            agreed = phrases.agreement(change.agreed)
            yield told._replace(notes=((agreed,),)) if ends else told
        case Redated(milestone, was):
            text = f"{phrases.by_hand(was, milestone.due)}, with nothing in the log"
            yield Told("due-unlogged", milestone.id, text, rank=0)
        case Rewritten(milestone, was, now):
            how = "altered" if now else "taken out"
            text = f"the log's entry of {was.date.shown} was {how}"
            notes = _was_now(_entry(was), _entry(now) if now else None)
            yield Told(f"log-{'altered' if now else 'taken-out'}", milestone.id, text, notes, 0)
        case Added(part):
            yield Told("new", part.id, f"new: {_named(part)}", rank=5)
        case Removed(part):
            yield Told("taken-out", part.id, f"taken out: {_named(part)}", rank=0)
        case Placed(milestone, was, now):
            yield Told(
                "placed", milestone.id, f"now under objective {now}, was under {was}", rank=7
            )
        case Edited(part):
            yield _edited(part.id if part else owner, change, head)
        case Listed(part, _, was, now):
            yield from _listed(part.id if part else owner, change)


def _logged(change: Logged, head: Head, dated: bool) -> Iterator[Told]:
    entry, milestone = change.entry, change.milestone
    said, unagreed = entry.note, change.unagreed(head)
    evidence: list[Line] = [(f"evidence: {item}",) for item in entry.evidence]
    agreed: list[Line] = []
    if change.agreed or unagreed:
        agreed = [(phrases.agreement(change.agreed),)]
    if entry.moved:
        yield _redated(change, unagreed, (*agreed, *(() if change.status else evidence)))
        said, agreed = None, []
    words = phrases.quote(entry.date, said, entry.by) if dated else _said(said, entry.by)
    if change.status:
        text = f"{head.called(change.was)} to {head.called(change.status)}"
        if change.status == "complete" and not evidence:
            evidence = [("no evidence recorded",)]
        notes = [*([words] if said else []), *agreed, *evidence]
        rank = 1 if unagreed else 4 if change.status == "complete" else 3
        yield Told("status", milestone.id, text, tuple(notes), rank)
    elif not entry.moved:
        yield Told("logged", milestone.id, phrases.plain(words), (*agreed, *evidence), 7)


def _redated(change: Logged, unagreed: bool, notes: tuple[Line, ...]) -> Told:
    """An entry's move of the due date, or its first one, with the notes that belong to it."""
    entry, id = change.entry, change.milestone.id
    assert entry.moved  # noqa: S101 - only such entries are asked of
    text, reason = phrases.plain(phrases.redated(entry.moved)), (f"reason: {entry.note}",)
    if entry.move is None:
        return Told("date-set", id, text, (reason, *notes), 5)
    how = "first move" if change.times == 1 else f"move {change.times}"
    text = f"{text} ({_slip(entry.moved.from_, entry.moved.to)}{how})"
    return Told("moved", id, text, (reason, *notes), 1 if unagreed else 2)


def _said(note: str | None, by: str | None) -> Line:
    return (f"{by}: " if by else "", f'"{note}"' if note else "no note")


def _slip(was: PlanDate, now: PlanDate) -> str:
    if not (was.dated and now.dated):
        return ""
    if now.last < was.last:
        return f"brought forward {length(now.last, was.last)}, "
    return f"{length(was.last, now.last)}, "


_REWORDED = ("action", "title", "outcome", "outcome_label", "statements", "name", "vision",
             "introduction", "reporting")  # fmt: skip


_LACKS = {"": "", "entry": ", with nothing in the log", "decision": ", with no decision recorded"}


def _edited(id: str, change: Edited, head: Head) -> Told:
    _, key, was, now, lacks = change
    name = key.replace("_", " ")
    how = "reworded" if key in _REWORDED and was and now else "changed"
    kind = "reworded" if how == "reworded" else "edited"
    if key == "more":
        labels = {column.key: column.label for column in head.columns}
        was, now = ({labels.get(k, k): v for k, v in (side or {}).items()} for side in (was, now))
        name = "extra columns"
    return Told(
        kind,
        id,
        f"{name} {how}{_LACKS[lacks]}",
        _was_now(_worded(was), _worded(now)),
        0 if lacks else 6 if kind == "edited" else 8,
    )


def _listed(id: str, change: Listed) -> Iterator[Told]:
    _, noun, was, now = change
    if was is None or now is None:
        item = _item(noun, now or was)
        text = f"{noun} taken out: {item}" if now is None else item
        rank = 5 if now is not None else 0 if noun == "decision" else 6
        yield Told(noun if now is not None else f"{noun}-taken-out", id, text, (), rank)
        return
    rank = 0 if noun == "decision" else 6
    yield Told(
        f"{noun}-altered", id, f"{noun} altered", _was_now(_item(noun, was), _item(noun, now)), rank
    )


def _was_now(was: str | None, now: str | None) -> tuple[Line, ...]:
    return ((f"was: {was or 'nothing'}",), (f"now: {now or 'nothing'}",))


def _named(part: object) -> str:
    match part:
        case model.Milestone():
            return f"{part.action.rstrip('.')}, {phrases.promised(part.due)}"
        case model.Objective():
            return f"an objective: {part.statements[0]}" if part.statements else "an objective"
        case model.Priority():
            return f"{part.title}, with {phrases.milestones(len(list(part.milestones)))}"
        case model.Measure():
            return f"a measure: {part.name}"
    return ""


def _item(noun: str, item: Any) -> str:
    """Something of a list in one line."""
    match noun:
        case "decision":
            parts = (
                f"outcome: {item.outcome}" if item.outcome else "",
                f"completes {item.completes}" if item.completes else "",
                f"about {listed(item.about)}" if item.about else "",
                item.note,
            )
            more = "; ".join(filter(None, parts))
            text = f'decided by {item.by}, {item.date.shown}: "{item.decision}"'
            return f"{text} ({more})" if more else text
        case "impact":
            return f'impact, from {item.from_}, {item.date.shown}: "{item.note}"'
        case "assurance":
            level = item.level if item.level.endswith("assured") else f"{item.level} assured"
            note = f': "{item.note}"' if item.note else ""
            return f"{level}, says {item.by}, {item.date.shown}{note}"
        case "value":
            return f"{item.period.shown}: {item.value}{f' ({item.note})' if item.note else ''}"
        case "meeting":
            title = f": {item.title}" if item.title else ""
            return f"meeting of {item.group}, {item.date.shown}{title}"
        case "group":
            return f"{item.kind}: {item.name}{f' ({item.short})' if item.short else ''}"
    return f"column {item.key}: {item.label}"


def _entry(entry: model.Entry) -> str:
    """A log entry in one line, whole: what is compared must show where it differs."""
    moved = entry.moved
    parts = [
        f'"{entry.note}"' if entry.note else "",
        f"status: {entry.status}" if entry.status else "",
        phrases.plain(phrases.redated(moved)) if moved else "",
        f"by {entry.by}" if entry.by else "",
        f"agreed: {entry.agreed}" if entry.agreed else "",
        *(f"evidence: {item}" for item in entry.evidence),
    ]
    return "; ".join(filter(None, [entry.date.shown, *parts]))


def _worded(value: Any) -> str:
    """Any value of a key in one line."""
    if value is None:
        return ""
    if isinstance(value, PlanDate):
        return value.shown
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "; ".join(map(_worded, value))
    if isinstance(value, Frozen):
        return ", ".join(f"{key} {_worded(item)}" for key, item in value.items() if item)
    return "; ".join(f"{key}: {item}" for key, item in value.items())
