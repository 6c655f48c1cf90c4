"""What is saved, in plain English: two plans in, the subject and the body of a commit out.

Pure. What is the same in both is not mentioned; whose work it was is git's to say.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple

from .errors import quoted
from .model import Entry, Plan, Priority
from .words import count, listed, safe, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .model import Head, Milestone, Objective

LONGEST = 72
"""Characters of a subject, as git's own tools show it."""
MOST_NOTE = 120
"""Characters of a note in the body; the whole of it stands in the file."""


class Said(NamedTuple):
    """One change: of which id, in a few words for the subject, and as a line for the body."""

    id: str
    short: str
    """Empty where it is progress and no more; then the id alone is named."""
    line: str
    kind: str = "changes"
    """What several of these are called together: progress, decision, edits."""


def message(before: Plan | None, after: Plan, others: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The subject and the body's lines for what changed from one plan to another; `others` are
    files that changed and are no part of the plan itself.

    Without a plan before, it is the first save.
    """
    if before is None:
        number = count(sum(1 for p in after.priorities for _ in p.milestones), "milestone")
        lines = [f"{p.id}: {safe(p.title)}" for p in after.priorities]
        priorities = count(len(after.files), after.head.called("priority"))
        return f"Begin the plan: {priorities}, {number}", lines
    said = list(_changes(before, after))
    lines = [safe(each.line) for each in said]
    if said:
        return safe(_subject(said)), lines
    return f"Tidy {listed(others)}" if others else "Tidy the plan's files", lines


def _changes(before: Plan, after: Plan) -> Iterator[Said]:
    yield from _head(before.head, after.head)
    known = {p.id: p for p in before.priorities}
    then = {m.id: (o, m) for p in before.priorities for o in p.objectives for m in o.milestones}
    for priority in after.priorities:
        was = known.get(priority.id)
        if was is None:
            number = count(sum(1 for m in priority.milestones if m.id not in then), "milestone")
            line = f"{priority.id}: new, {priority.title}, with {number}"
            yield Said(priority.id, f"{priority.id} added", line)
        elif was is not priority:
            yield from _priority(was, priority)
        for objective in priority.objectives:
            for milestone in objective.milestones:
                if milestone.id in then:
                    yield from _milestone(*then[milestone.id], objective, milestone, after.head)
                elif was is not None:
                    yield _added(milestone)
    yield from _gone(before, after)


def _added(milestone: Milestone) -> Said:
    line = f"{milestone.id}: new, due {milestone.due.shown}: {quoted(milestone.action, MOST_NOTE)}"
    return Said(milestone.id, f"{milestone.id} added", line)


def _gone(before: Plan, after: Plan) -> Iterator[Said]:
    kept = {p.id for p in after.priorities} | {m.id for p in after.priorities for m in p.milestones}
    for priority in before.priorities:
        if priority.id not in kept:
            line = f"{priority.id}: taken out, {priority.title}"
            yield Said(priority.id, f"{priority.id} taken out", line)
        for milestone in priority.milestones:
            if milestone.id not in kept:
                line = f"{milestone.id}: taken out, {quoted(milestone.action, MOST_NOTE)}"
                yield Said(milestone.id, f"{milestone.id} taken out", line)


def _head(was: Head, now: Head) -> Iterator[Said]:
    edited = _edited(was, now)
    if edited:
        line = f"The plan: {listed(edited)} (edited)"
        yield Said("the plan", f"{edited[0]} edited", line, "edits")


# --- milestones ---------------------------------------------------------------------------------


def _milestone(
    place: Objective, was: Milestone, objective: Objective, now: Milestone, head: Head
) -> Iterator[Said]:
    id = now.id
    if was is now:
        return
    if place.id != objective.id:
        yield Said(id, f"{id} now in {objective.id}", f"{id}: from {place.id} to {objective.id}")
    added, gone, edited = _compared(was.progress, now.progress)
    status, due = was.status, was.due
    for entry in added:
        to = entry.status or status
        change = f"{head.called(status)} to {head.called(to)}" if to != status else ""
        yield Said(id, _short(id, entry, to != status, head), f"{id}: {_told(entry, change)}",
                   "progress")  # fmt: skip
        status, due = to, entry.moved.to if entry.moved else due
    for entry in gone:
        line = f"{id}: its entry of {entry.date.shown} taken out: {quoted(entry.note or '')}"
        yield Said(id, f"{id} entry taken out", line)
    for entry in edited:
        yield Said(id, f"{id} edited", f"{id}: its entry of {entry.date.shown} (edited)", "edits")
    if now.status != status:
        change = f"{head.called(status)} to {head.called(now.status)}"
        yield Said(id, f"{id} {head.called(now.status)}", f"{id}: {change}, not in its log")
    if now.due != due:
        change = f"due {due.shown} to {now.due.shown}"
        yield Said(id, f"{id} due {now.due.shown}", f"{id}: {change}, not in its log")
    reworded = [name for name in _edited(was, now) if name not in ("progress", "status", "due")]
    if reworded:
        yield Said(id, f"{id} edited", f"{id}: {listed(reworded)} (edited)", "edits")


def _short(id: str, entry: Entry, changed: bool, head: Head) -> str:
    parts = [head.called(entry.status)] if entry.status and changed else []
    parts += [f"due {entry.moved.to.shown}"] if entry.moved else []
    return f"{id} {', '.join(parts)}" if parts else ""


def _told(entry: Entry, status: str) -> str:
    """An entry in one line: status, move with its reason, note, agreement, evidence."""
    note = quoted(entry.note, MOST_NOTE) if entry.note else ""
    parts = [status] if status else []
    if entry.moved:
        because = f" ({note[1:-1]})" if note else ""
        parts.append(f"due {entry.moved.from_.shown} to {entry.moved.to.shown}{because}")
    if entry.agreed:
        parts.append(f"agreed by {quoted(entry.agreed, MOST_NOTE)[1:-1]}")
    made = ", ".join(parts)
    if note and not entry.moved:
        made = f"{made}. {note}" if made else note
    if entry.evidence:
        cited = "; ".join(quoted(item, MOST_NOTE)[1:-1] for item in entry.evidence)
        made += f"{'. E' if made else 'e'}vidence: {cited}"
    return made


# --- priorities ---------------------------------------------------------------------------------

_LISTS = {"decisions": "decision", "impact": "impact", "assurance": "assurance"}


def _priority(was: Priority, now: Priority) -> Iterator[Said]:
    id = now.id
    for key, noun in _LISTS.items():
        added, gone, edited = _compared(getattr(was, key), getattr(now, key))
        for item in added:
            yield Said(id, f"{noun} on {id}", f"{id}: {_ITEM[key](item)}", "decision")
        for item in gone:
            line = f"{id}: {noun} of {item.date.shown} taken out"
            yield Said(id, f"{noun} on {id} taken out", line)
        for item in edited:
            yield Said(id, f"{id} edited", f"{id}: {noun} of {item.date.shown} (edited)", "edits")
    own = ("objectives", *_LISTS)
    reworded = [name for name in _edited(was, now) if name not in own]
    known = {objective.id: objective for objective in was.objectives}
    if reworded:
        yield Said(id, f"{id} edited", f"{id}: {listed(reworded)} (edited)", "edits")
    for objective in now.objectives:
        before = known.pop(objective.id, None)
        if before is None:
            yield Said(objective.id, f"{objective.id} added", f"{objective.id}: new")
            continue
        changed = [name for name in _edited(before, objective) if name != "milestones"]
        if changed:
            line = f"{objective.id}: {listed(changed)} (edited)"
            yield Said(objective.id, f"{objective.id} edited", line, "edits")
    for left in known:
        yield Said(left, f"{left} taken out", f"{left}: taken out")


def _decision(item: Any) -> str:
    outcome = f" ({item.outcome})" if item.outcome else ""
    completes = f", completes {item.completes}" if item.completes else ""
    return f"decision by {item.by}: {quoted(item.decision, MOST_NOTE)}{outcome}{completes}"


def _impact(item: Any) -> str:
    return f"impact, from {item.from_}: {quoted(item.note, MOST_NOTE)}"


def _assurance(item: Any) -> str:
    note = f": {quoted(item.note, MOST_NOTE)}" if item.note else ""
    return f"{item.level} assured, says {item.by}{note}".replace("assured assured", "assured")


_ITEM = {"decisions": _decision, "impact": _impact, "assurance": _assurance}


# --- the subject --------------------------------------------------------------------------------


def _subject(said: list[Said]) -> str:
    ids = list(dict.fromkeys(each.id for each in said))
    shorts = list(dict.fromkeys(each.short for each in said if each.short))
    named = {each.id for each in said if each.short}
    quiet = [id for id in ids if id not in named]
    parts = [*shorts, *([f"progress on {listed(quiet)}"] if quiet else [])]
    whole = sentence("; ".join(parts))
    if len(whole) <= LONGEST and len(parts) <= 3:
        return whole
    kinds = {each.kind for each in said}
    word = {"progress": "Progress on", "decision": "Decisions on", "edits": "Edits to"}
    begin = word.get(kinds.pop(), "Changes to") if len(kinds) == 1 else "Changes to"
    if len(ids) <= 3:
        return f"{begin} {listed(ids)}"
    return f"{begin} {', '.join(ids[:2])} and {len(ids) - 2} more"


# --- comparing ----------------------------------------------------------------------------------


def _compared(was: Iterable[Any], now: Iterable[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """What was added to a list of dated items, what was taken out, and what was edited: the one
    as the other, of the same date."""
    left, added, edited = list(was), [], []
    for item in now:
        if item in left:
            left.remove(item)
        else:
            added.append(item)
    for item in list(added):
        same = next((each for each in left if each.date == item.date), None)
        if same is not None:
            left.remove(same)
            added.remove(item)
            edited.append(item)
    return added, left, edited


def _edited(was: Any, now: Any) -> list[str]:
    """The fields in which two objects of one class differ, as a file names them."""
    names = [f.name for f in fields(was) if getattr(was, f.name) != getattr(now, f.name)]
    return [name.rstrip("_").replace("_", " ") for name in names]


# --- reading ------------------------------------------------------------------------------------


def changed(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """The names of the files that differ. Line ends alone make no difference: git may keep them
    otherwise than they stand here."""
    return sorted(
        name for name in {*before, *after} if _plain(before.get(name)) != _plain(after.get(name))
    )


def _plain(data: bytes | None) -> bytes | None:
    return data if data is None else data.replace(b"\r\n", b"\n")


def earlier(files: Mapping[str, bytes], names: Iterable[str], now: Plan) -> Plan | None:
    """The plan that was saved, of which only these files differ from the one that is there now.
    What cannot be read of it is left out. None where none was saved."""
    from . import yamltext
    from .model import Head
    from .validation import salvaged

    if not any(name.endswith(".yaml") for name in files):
        return None
    different, head, made = set(names), now.head, dict[str, Priority]()
    for name in sorted(name for name in files if name.endswith(".yaml")):
        if name not in different:
            if name in now.files:
                made[name] = now.files[name]
            continue
        text = yamltext.decoded(files[name], name)
        if isinstance(text, list):
            continue
        value = salvaged(Head if name == "plan.yaml" else Priority, yamltext.read(text, name)).value
        if isinstance(value, Head):
            head = value
        elif value is not None:
            made[name] = value
    return Plan(head, made)
