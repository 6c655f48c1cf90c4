"""The changes of a plan, each in a sentence of plain English, for reports and commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .. import model
from ..changes import (
    Added,
    Answered,
    Asked,
    Edited,
    Listed,
    Logged,
    Placed,
    Redated,
    Removed,
    Restated,
    Rewritten,
)
from ..dates import PlanDate
from ..frozen import Frozen
from ..words import length, listed, natural_key
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..changes import Change, Changes
    from ..document import Line
    from ..model import Head


UNEXPLAINED, NOT_AGREED, MOVED, RESTATED, COMPLETED, NEW, EDITED, ASIDE, REWORDED = range(9)
"""How changes are ranked, the worst first: what nothing in the log or no decision explains, then
what nobody is recorded as agreeing."""


class ChangeText(NamedTuple):
    """One change in words: of which id, what, and what is to be added below it."""

    kind: str
    id: str
    text: str
    notes: tuple[Line, ...]
    rank: int

    @property
    def line(self) -> str:
        """All of it in one line."""
        return "; ".join(p.removesuffix(".") for p in (self.text, *map(phrases.plain, self.notes)))


def describe_group(group: Changes, head: Head) -> list[ChangeText]:
    """One priority's changes in words: the worst first, those of one id together."""
    owner = group.priority.id if group.priority else "plan"
    texts = [text for change in group.changes for text in describe(change, owner, head)]
    worst: dict[str, int] = {}
    for text in texts:
        worst[text.id] = min(text.rank, worst.get(text.id, text.rank))
    return sorted(texts, key=lambda text: (worst[text.id], natural_key(text.id), text.rank))


def describe(change: Change, owner: str, head: Head, dated: bool = True) -> Iterator[ChangeText]:
    """One change in words, of `owner` where it has no part of its own; a log's entry with its
    date where that does not stand beside it."""
    match change:
        case Logged():
            yield from _entry_texts(change, head, dated)
        case Restated(milestone, was):
            from_to = f"{head.word_for(was)} to {head.word_for(milestone.status)}"
            text = f"{from_to}, with nothing in the log"
            agreed: Line = (phrases.agreement(change.agreed),)
            ends = milestone.status == "closed" or change.agreed
            yield ChangeText(
                "status-unlogged", milestone.id, text, (agreed,) if ends else (), UNEXPLAINED
            )
        case Redated(milestone, was):
            text = f"{phrases.by_hand(was, milestone.due)}, with nothing in the log"
            yield ChangeText("due-unlogged", milestone.id, text, (), UNEXPLAINED)
        case Rewritten(milestone, was, now):
            kind, how = ("log-altered", "altered") if now else ("log-taken-out", "taken out")
            text = f"the log's entry of {was.date.shown} was {how}"
            notes = _was_now(_entry_text(was, head), _entry_text(now, head) if now else None)
            yield ChangeText(kind, milestone.id, text, notes, UNEXPLAINED)
        case Added(part):
            says = change.agreed or change.unagreed
            notes = ((phrases.agreement(change.agreed),),) if says else ()
            yield ChangeText("new", part.id, f"new: {_part_text(part)}", notes, NEW)
        case Removed(part):
            yield ChangeText(
                "taken-out", part.id, f"taken out: {_part_text(part)}", (), UNEXPLAINED
            )
        case Placed(milestone, was, now):
            text = f"now under {now}, was under {was}"
            yield ChangeText("placed", milestone.id, text, (), ASIDE)
        case Edited(part):
            yield _edit_text(part.id if part else owner, change, head)
        case Listed(part):
            yield _list_text(part.id if part else owner, change)
        case Asked(rounds):
            yield ChangeText("asked", owner, phrases.asked(rounds, head), (), ASIDE)
        case Answered(rounds):
            yield ChangeText("answered", owner, phrases.answered(rounds), (), ASIDE)


def _entry_texts(change: Logged, head: Head, dated: bool) -> Iterator[ChangeText]:
    """An entry's move of the due date and its change of status, each in words; or its note where
    it changed nothing. What belongs to both stands once, with the first."""
    entry, milestone = change.entry, change.milestone
    note, unagreed = entry.note, change.unagreed(head)
    evidence: list[Line] = [(f"evidence: {item}",) for item in entry.evidence]
    themes = phrases.theme(entry.theme)
    agreed: list[Line] = []
    if change.agreed or unagreed:
        agreed = [(phrases.agreement(change.agreed),)]
    if entry.moved:
        yield _move_text(
            change, unagreed, (*agreed, *(() if change.status else (*evidence, *themes)))
        )
        note, agreed = None, []
    words = phrases.quote(entry.date, note, entry.by, entry.for_) if dated else _quote(entry, note)
    if change.status:
        text = f"{head.word_for(change.was)} to {head.word_for(change.status)}"
        if change.status == "complete" and not evidence:
            evidence = [("no evidence recorded",)]
        said = [words] if note or entry.for_ else []
        notes = [*said, *agreed, *evidence, *themes]
        rank = COMPLETED if change.status == "complete" else RESTATED
        if unagreed:
            rank = NOT_AGREED
        yield ChangeText("status", milestone.id, text, tuple(notes), rank)
    elif not entry.moved:
        text = phrases.plain(words)
        yield ChangeText("logged", milestone.id, text, (*agreed, *evidence, *themes), ASIDE)


def _move_text(change: Logged, unagreed: bool, notes: tuple[Line, ...]) -> ChangeText:
    """An entry's move of the due date, or its first one, with the notes that belong to it."""
    entry, id = change.entry, change.milestone.id
    assert entry.moved  # noqa: S101 - only such entries are asked of
    text, reason = phrases.plain(phrases.due_change(entry.moved)), (f"reason: {entry.note}",)
    if entry.move is None:
        return ChangeText("date-set", id, text, (reason, *notes), NEW)
    times = "first move" if change.times == 1 else f"move {change.times}"
    text = f"{text} ({_slip(entry.moved.from_, entry.moved.to)}{times})"
    return ChangeText("moved", id, text, (reason, *notes), NOT_AGREED if unagreed else MOVED)


def _quote(entry: model.Entry, note: str | None) -> Line:
    who = (entry.by, phrases.reported_for(entry.for_) if entry.for_ else None)
    said = ", ".join(filter(None, who))
    return (f"{said}: " if said else "", f'"{note}"' if note else "no note")


def _slip(was: PlanDate, now: PlanDate) -> str:
    if not (was.dated and now.dated):
        return ""
    if now.last < was.last:
        return f"brought forward {length(now.last, was.last)}, "
    return f"{length(was.last, now.last)}, "


_REWORDED = ("action", "title", "outcome", "outcome_label", "statements", "name", "vision",
             "introduction", "reporting")  # fmt: skip
"""The keys whose values are prose: one that is changed is reworded."""
_LACKS = {"": "", "entry": ", with nothing in the log", "decision": ", with no decision recorded"}


def edit_in_short(change: Edited) -> str:
    """What became of a key: lead changed, action reworded."""
    _, key, was, now, _ = change
    names = {"after": "what it waits for", "more": "extra columns"}
    how = "reworded" if key in _REWORDED and was and now else "changed"
    return f"{names.get(key, key.replace('_', ' '))} {how}"


def _edit_text(id: str, change: Edited, head: Head) -> ChangeText:
    """Another value of a key, in words."""
    _, key, was, now, lacks = change
    text = edit_in_short(change)
    if key == "more":
        labels = {column.key: column.label for column in head.columns}
        was, now = was or {}, now or {}
        others = {k for k in {*was, *now} if was.get(k) != now.get(k)}
        was, now = ({labels.get(k, k): v for k, v in s.items() if k in others} for s in (was, now))
    kind, rank = ("reworded", REWORDED) if text.endswith("reworded") else ("edited", EDITED)
    if lacks:
        rank = UNEXPLAINED
    notes = _was_now(value_text(was), value_text(now))
    return ChangeText(kind, id, f"{text}{_LACKS[lacks]}", notes, rank)


def _list_text(id: str, change: Listed) -> ChangeText:
    """What was put into a list, taken out of it or altered in it, in words."""
    _, noun, was, now = change
    # What a Board decided is history, as an entry of a log is.
    lost = UNEXPLAINED if noun == "decision" else EDITED
    if was is None:
        return ChangeText(noun, id, item_text(noun, now), (), NEW)
    if now is None:
        text = f"{noun} taken out: {item_text(noun, was)}"
        return ChangeText(f"{noun}-taken-out", id, text, (), lost)
    if noun == "value" and was.note == now.note:
        text = f"{now.period.shown}: {was.shown}, now {now.shown}"
        return ChangeText("value-altered", id, text, (), lost)
    notes = _was_now(item_text(noun, was), item_text(noun, now))
    return ChangeText(f"{noun}-altered", id, f"{noun} altered", notes, lost)


def _was_now(was: str | None, now: str | None) -> tuple[Line, ...]:
    return ((f"was: {was or 'nothing'}",), (f"now: {now or 'nothing'}",))


def _part_text(part: object) -> str:
    match part:
        case model.Milestone():
            return f"{part.action.rstrip('.')}, {phrases.due_text(part.due)}"
        case model.Objective():
            return f"an objective: {part.statements[0]}" if part.statements else "an objective"
        case model.Priority():
            return f"{part.title}, with {phrases.milestones(len(list(part.milestones)))}"
        case model.Measure():
            return f"a measure: {part.name}"
    return ""


def item_text(noun: str, item: Any) -> str:
    """Something of a list in one line."""
    match noun:
        case "decision":
            parts = (
                f"outcome: {item.outcome}" if item.outcome else "",
                f"completes {listed(item.completes)}" if item.completes else "",
                f"about {phrases.subjects(item.about)}" if item.about else "",
                item.note,
            )
            more = "; ".join(filter(None, parts))
            text = f'decided by {item.by}, {item.date.shown}: "{item.decision}"'
            return f"{text} ({more})" if more else text
        case "impact":
            of = f", about {listed(item.about)}" if item.about else ""
            more = "".join(f"; evidence: {text}" for text in item.evidence)
            more += f"; theme: {listed(item.theme)}" if item.theme else ""
            return f'impact, from {item.from_}, {item.date.shown}{of}: "{item.note}"{more}'
        case "assurance":
            level = item.level if item.level.endswith("assured") else f"{item.level} assured"
            note = f': "{item.note}"' if item.note else ""
            of = f", about {listed(item.about)}" if item.about else ""
            return f"{level}, says {item.by}, {item.date.shown}{of}{note}"
        case "value":
            return f"{item.period.shown}: {item.shown}{f' ({item.note})' if item.note else ''}"
        case "meeting":
            title = f": {item.title}" if item.title else ""
            return f"meeting of {item.group}, {item.date.shown}{title}"
        case "group":
            return f"{item.kind}: {item.name}{f' ({item.short})' if item.short else ''}"
        case "round":
            answered = f", answered on {item.answered.shown}" if item.answered else ""
            return f"{item.who}, asked on {item.date.shown} about {listed(item.ids)}{answered}"
        case "review":
            return _review_text(item)
    return f"column {item.key}: {item.label}"


def _review_text(review: model.Review) -> str:
    """A review in one line, whole: what is compared must show where it differs."""
    about = ", ".join(filter(None, (review.kind, review.date and review.date.shown)))
    parts = [f"review {review.name}{f' ({about})' if about else ''}"]
    for each in review.recommendations:
        agency = f" ({each.agency}-agency)" if each.agency else ""
        why = f", not implemented: {each.not_implemented}" if each.not_implemented else ""
        parts.append(f"{each.id}{agency}: {each.words.removesuffix('.')}{why}")
    return "; ".join(part.removesuffix(".") for part in parts)


def _entry_text(entry: model.Entry, head: Head) -> str:
    """A log entry in one line, whole: what is compared must show where it differs."""
    moved = entry.moved
    parts = [
        f'"{entry.note}"' if entry.note else "",
        f"status: {head.word_for(entry.status)}" if entry.status else "",
        phrases.plain(phrases.due_change(moved)) if moved else "",
        f"by {entry.by}" if entry.by else "",
        phrases.reported_for(entry.for_) if entry.for_ else "",
        f"agreed: {entry.agreed}" if entry.agreed else "",
        *(f"evidence: {item}" for item in entry.evidence),
        f"theme: {listed(entry.theme)}" if entry.theme else "",
    ]
    return "; ".join(filter(None, [entry.date.shown, *parts]))


def value_text(value: Any) -> str:
    """Any value of a key in one line."""
    if value is None:
        return ""
    if isinstance(value, PlanDate):
        return value.shown
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "; ".join(map(value_text, value))
    if isinstance(value, model.Statement):
        return value.text + (f" (theme: {listed(value.theme)})" if value.theme else "")
    if isinstance(value, Frozen):
        return ", ".join(f"{key} {value_text(item)}" for key, item in value.items() if item)
    return "; ".join(f"{key}: {item}" for key, item in value.items())
