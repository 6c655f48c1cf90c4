"""Records an entry, a decision or a milestone in the text of a file ("P1.3 is complete").

Pure: a text and its values in, and a `Change` out, which says what the values must then be. `write`
reads the new text again and compares.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..dates import UNDATED, insertion_index, read
from ..errors import Mendable, Mistyped
from ..model import ID, WHOLE_PLAN, Head, Milestone, Objective, Priority
from ..naming.no_text import MOST_NOTE, is_placeholder
from ..standing import left_sentence
from ..words import written
from .scalars import indent_lines, item_lines, pair_lines
from .splice import Path, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..dates import PlanDate
    from ..frozen import Frozen
    from ..model import Entry, Outcome
    from .splice import Node

Said = Literal["impact", "assurance"]
"""The key of what is said of a priority: the difference made, or how far somebody is assured."""
_OPTIONS = {key: f"--{key}" for key in ("by", "agreed", "evidence", "lead", "for", "from", "theme")}


class Change(NamedTuple):
    """The new text of a file, the values it must hold, and the line where what was recorded
    begins. No values: a merge is still unfinished in it, and whoever made it has compared it."""

    text: str
    values: dict[str, Any] | None
    line: int
    recorded: tuple[tuple[str, Mapping[str, Any] | None], ...] = ()
    """What it records: of each thing the id, and the values of an entry or a decision, or None for
    a new milestone."""
    replaced: tuple[str, ...] = ()
    """Of a lead, who led before; of a figure that was corrected, what it was."""
    taken_back: tuple[tuple[str, Mapping[str, Any] | None], ...] = ()
    """What it takes back of what was recorded, where that could be taken for recorded again."""


class AlreadyRecorded(Mistyped):
    """The same was recorded just before, and perhaps nobody saw that it was."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "Nothing was changed.")


def leads_of(part: Mapping[str, Any]) -> list[str]:
    """Who leads an objective or milestone, as a list."""
    lead = part.get("lead", [])
    names = lead if isinstance(lead, list) else [lead]
    return [name.strip() for name in names if isinstance(name, str)]


def keys_before(kind: type[Frozen], key: str) -> tuple[str, ...]:
    """The keys that usually stand before this one: those that the model has before it."""
    return kind.keys[: kind.keys.index(key)]


def clean_note(text: str) -> str:
    """A note as a file has it: with one kind of line end, and no blanks around it.

    Raises Mistyped where there is nothing left, it is too long, or it holds what no file can.
    """
    note = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not note:
        raise Mistyped("the text is empty", "Say it in a sentence or two.")
    if is_placeholder(note):
        raise Mistyped(f"{note} stands for your own words", "Write them in its place.")
    if len(note) > MOST_NOTE:
        raise Mistyped(
            f"the note is {len(note):,} characters long; at most {MOST_NOTE:,} are kept",
            "Put the long text in a document and cite it with --evidence.",
        )
    bad = next((c for c in note if "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff\x00"), None)
    if bad:
        raise Mistyped("the note holds a character that no file can hold", "Take it out.")
    return note


def refuse_unpublishable(new: Mapping[str, Any]) -> None:
    """Refuse what could identify a child, and evidence that leads nowhere, before it is in a file
    and then in git for ever. Raises Mistyped."""
    from ..checks.privacy import hits_in

    texts = list(_texts(new))
    for key, text in texts:
        option = _OPTIONS.get(key, f"the {key}")
        for rule, hit in hits_in(text):
            raise Mistyped(
                f"{option}: {hit.message} [{rule.name}]",
                f"{hit.next} Nothing was recorded.\nWhy, and how to allow what identifies "
                f"nobody:  hscp check --explain {rule.name}",
            )
    for text in (text for key, text in texts if key == "evidence"):
        from ..checks.evidence import evidence_link, link_fault

        if wrong := link_fault(text):
            what = f"--evidence: {wrong[0]} [{evidence_link.name}]"
            raise Mistyped(what, f"{wrong[1]}\nNothing was recorded.")


def _texts(new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of what is recorded, after its key; its day is no text."""
    for key, value in new.items():
        if isinstance(value, dict):
            yield from _texts(value)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and key != "date":
                yield key, text


def find_milestone(values: Mapping[str, Any], id: str) -> Path:
    """The path of a milestone in a priority's values. Raises Mendable where there is none."""
    for path in milestone_paths(values):
        if part_at(values, path)["id"].strip() == id:
            return path
    raise Mendable(
        f"{id} is not in the file any more", "Look at it, and then run the command again."
    )


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


def _move(was: PlanDate, now: PlanDate) -> dict[str, str]:
    """A move's values; without where it is from, where nothing was written."""
    return {"to": now.text} if not was.text else {"from": was.text, "to": now.text}


def log_entry(text: str, values: Mapping[str, Any], id: str, new: Mapping[str, Any]) -> Change:
    """A new entry in its place by date in a milestone's log, with the status and due date it
    brings where no later entry says them. Raises Mistyped for a move before a later one."""
    refuse_unpublishable(new)
    path = find_milestone(values, id)
    if _is_recorded(part_at(values, path), new):
        raise AlreadyRecorded(f"{id}'s log has this entry already, of {_date(new['date']).shown}")
    edit, after = Text(text), copy_along(values, path)
    _log_entry(edit, after, path, new)
    return Change(edit.apply(), after, edit.new_line, ((id, new),))


def log_entries(
    text: str,
    values: dict[str, Any],
    entries: Sequence[tuple[str, Mapping[str, Any]]],
    refused: dict[int, Mendable],
) -> Change:
    """New entries, each with the id of its milestone, as `log_entry` makes one. Those that cannot
    be made are left out, and why is put into `refused` by their number."""
    line = 1
    recorded: list[tuple[str, Mapping[str, Any] | None]] = []
    for number, (id, new) in enumerate(entries):
        try:
            change = log_entry(text, values, id, new)
        except Mendable as error:
            refused[number] = error
            continue
        assert change.values is not None  # noqa: S101 - an entry always says them
        text, values, line = change.text, change.values, change.line
        recorded += change.recorded
    return Change(text, values, line, tuple(recorded))


def _is_recorded(milestone: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a log has an entry of the same day that says the same, and the status of that day is
    the one it gives. A due date may be moved there, back and there again."""
    if "moved" in new:
        return False
    log = milestone.get("progress", [])
    place = _place_by_date(log, new)
    earlier, later = log[:place], log[place:]
    if any("status" in entry for entry in later):
        status = next((entry["status"] for entry in reversed(earlier) if "status" in entry), None)
    else:
        status = milestone.get("status")
    if new.get("status") not in (None, status):
        return False
    rest = {**new, "status": None}
    return any({**entry, "status": None} == rest for entry in earlier)


def _place_by_date(log: Sequence[Mapping[str, Any]], new: Mapping[str, Any]) -> int:
    return insertion_index(_date(new["date"]), [_date(entry["date"]) for entry in log])


def record_decisions(
    text: str,
    values: Mapping[str, Any],
    decisions: Sequence[Mapping[str, Any]],
    ends: Mapping[str, Mapping[str, Any]],
    kind: type[Priority] | type[Head] = Priority,
) -> Change:
    """New decisions of one meeting, and the log entries of the milestones of this file that they
    complete or close, by id; with Head, in plan.yaml."""
    for new in (*decisions, *ends.values()):
        refuse_unpublishable(new)
    if decisions and dict(decisions[0]) in values.get("decisions", ()):
        raise AlreadyRecorded(
            f"this decision of {_date(decisions[0]['date']).shown} is recorded already"
        )
    edit = Text(text)
    after = _end_milestones(edit, values, ends)
    edit.append(edit.root, "decisions", decisions, keys_before(kind, "decisions"))
    after["decisions"] = [*after.get("decisions", ()), *map(dict, decisions)]
    id = WHOLE_PLAN if kind is Head else values["id"].strip()
    return Change(edit.apply(), after, edit.new_line, ((id, decisions[0]),))


def record_ends(
    text: str, values: Mapping[str, Any], ends: Mapping[str, Mapping[str, Any]]
) -> Change:
    """The log entries of the milestones of this file that a decision in another completes, by
    id."""
    edit = Text(text)
    after = _end_milestones(edit, values, ends)
    return Change(edit.apply(), after, edit.new_line)


def _end_milestones(
    edit: Text, values: Mapping[str, Any], ends: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Log what ends some milestones; the values after it."""
    after = dict(values)
    for id, new in ends.items():
        path = find_milestone(values, id)
        after = copy_along(after, path)
        _log_entry(edit, after, path, new)
        _refuse_open_after(part_at(after, path), new)
    return after


def record_said(text: str, values: Mapping[str, Any], key: Said, new: Mapping[str, Any]) -> Change:
    """A difference that was made, or an assurance, at the end of the priority's list of them."""
    refuse_unpublishable(new)
    items = values.get(key, ())
    if dict(new) in items:
        raise AlreadyRecorded(f"this {key} of {_date(new['date']).shown} is recorded already")
    edit = Text(text)
    edit.append(edit.root, key, [new], keys_before(Priority, key))
    after = {**values, key: [*items, dict(new)]}
    return Change(edit.apply(), after, edit.new_line, ((values["id"].strip(), new),))


def _refuse_open_after(milestone: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse to end a milestone that a later entry says is open. Raises Mistyped."""
    if milestone.get("status") == new["status"]:
        return
    log = milestone["progress"]
    later = next(entry for entry in log[_place_by_date(log, new) :] if "status" in entry)
    raise Mistyped(
        f"{milestone['id']} was not {new['status']} for good by {_date(new['date']).shown}: "
        f'its entry of {_date(later["date"]).shown} says "{later["status"]}"',
        "Give --date the day that ended it, or record the decision alone.",
    )


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


def record_keeper(text: str, values: Mapping[str, Any], who: str) -> Change:
    """Who keeps the plan, in plan.yaml."""
    refuse_unpublishable({"keeper": who})
    edit = Text(text)
    edit.add(edit.root, pair_lines("keeper", who, 0), keys_before(Head, "keeper"))
    return Change(edit.apply(), {**values, "keeper": who}, edit.new_line)


def add_first_milestone(
    text: str, values: Mapping[str, Any], objective: str, new: Mapping[str, Any]
) -> Change:
    """A new milestone of a priority without objectives, in a new one of this id, without words."""
    refuse_unpublishable(new)
    if values.get("objectives"):
        raise Mendable(
            f"somebody else gave {values['id'].strip()} an objective just now",
            "Look at it, and then run the command again.",
        )
    edit = Text(text)
    milestones = ["milestones:", *indent_lines(item_lines(new, 2), 2)]
    lines = [f"- id: {objective}", *indent_lines(milestones, 2)]
    edit.put(edit.root, "objectives", lines, keys_before(Priority, "objectives"))
    after = {**values, "objectives": [{"id": objective, "milestones": [dict(new)]}]}
    return Change(edit.apply(), after, edit.new_line, ((new["id"], None),))


def add_milestone(
    text: str, values: Mapping[str, Any], objective: str | None, new: Mapping[str, Any]
) -> Change:
    """A new milestone of an objective, or straight under the priority, in its place by due date:
    after the last that is due no later; one without a date comes last. Numbers stay in the order
    they were given, whatever stands first."""
    refuse_unpublishable(new)
    path = objective_path(values, objective) if objective else ()
    edit, after = Text(text), copy_along(values, path)
    owner = part_at(after, path)
    milestones = owner["milestones"] = [*owner.get("milestones", ())]
    for milestone in milestones:
        if {**milestone, **{key: new.get(key) for key in ("id", "added")}} == {
            "added": None,
            **new,
        }:
            raise AlreadyRecorded(f"{milestone['id']} is this milestone already")
    due = _due(new).last
    place = max((n + 1 for n, m in enumerate(milestones) if _due(m).last <= due), default=0)
    before = keys_before(Objective if objective else Priority, "milestones")
    edit.append(edit.at(path), "milestones", [new], before, place if milestones else None)
    milestones.insert(place, dict(new))
    return Change(edit.apply(), after, edit.new_line, ((new["id"], None),))


def milestone_ids(values: Mapping[str, Any]) -> set[str]:
    """The ids of a priority's milestones."""
    return {part_at(values, path)["id"] for path in milestone_paths(values)}


def milestone_paths(values: Mapping[str, Any]) -> Iterator[Path]:
    """The paths of a priority's milestones: those straight under it, then its objectives'."""
    paths: list[Path] = [(), *(("objectives", n) for n in range(len(values.get("objectives", ()))))]
    for path in paths:
        for number in range(len(part_at(values, path).get("milestones", ()))):
            yield (*path, "milestones", number)


def objective_path(values: Mapping[str, Any], id: str) -> Path:
    """The path of the objective of this id; empty where there is none."""
    ids = [objective["id"].strip() for objective in values.get("objectives", ())]
    return ("objectives", ids.index(id)) if id in ids else ()


def next_id(prefix: str, known: Iterable[str]) -> str:
    """The id after the highest of these that begin with this prefix: P1.8 after P1.7."""
    numbers = [id.removeprefix(f"{prefix}.") for id in known if id.startswith(f"{prefix}.")]
    return f"{prefix}.{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1}"


def _log_entry(edit: Text, after: dict[str, Any], path: Path, new: Mapping[str, Any]) -> None:
    """Put an entry into a milestone's log, and the status and due date that it brings beside it."""
    node, milestone = edit.at(path), part_at(after, path)
    log = [*milestone.get("progress", ())]
    place = _place_by_date(log, new)
    later = log[place:]
    _refuse_move_before_later(milestone["id"], new, later)
    if "moved" in new and _date(new["moved"].get("from")) != _due(milestone):
        # Somebody moved it after the plan was looked at, and before this process had the lock.
        raise Mendable(
            f"somebody else moved the due date just now, to {_due(milestone).shown}",
            "Look at it, and then run the command again.",
        )
    if "status" in new and not any("status" in entry for entry in later):
        _set_key(edit, node, milestone, "status", new["status"])
    if "moved" in new:
        _set_key(edit, node, milestone, "due", new["moved"]["to"])
    before = keys_before(Milestone, "progress")
    edit.append(node, "progress", [new], before, place if later else None)
    milestone["progress"] = [*log[:place], dict(new), *later]


def _set_key(edit: Text, node: Node, milestone: dict[str, Any], key: str, value: str) -> None:
    """Give a milestone's key a value, where it has not that value already."""
    if milestone.get(key) == value:
        return
    if value_node := node.get(key):
        edit.replace(value_node, value)
    else:
        edit.add(node, [f"{key}: {value}"], keys_before(Milestone, key))
    milestone[key] = value


def _refuse_move_before_later(
    id: str, new: Mapping[str, Any], later: Sequence[Mapping[str, Any]]
) -> None:
    """Refuse a move of the due date before a later one, which begins where the due date was before
    it. Raises Mistyped."""
    first = next((entry for entry in later if "moved" in entry), None)
    if "moved" in new and first:
        to = _date(first["moved"]["to"]).shown
        raise Mistyped(
            f"{id}'s due date was moved to {to} on {_date(first['date']).shown}, and a move of "
            f"{_date(new['date']).shown} would not fit before that one",
            f"Record what was agreed then as a note, or mend the log by hand:  hscp edit {id}",
        )


def _due(milestone: Mapping[str, Any]) -> PlanDate:
    return _date(milestone.get("due"))


def _date(text: str | None) -> PlanDate:
    return read(text) if text else UNDATED


def copy_along(values: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The values with a copy of each mapping and list down to a path; the rest is shared."""
    top = part = dict(values)
    for step in path:
        child = part[step]  # type: ignore[index]
        part[step] = dict(child) if isinstance(child, dict) else list(child)  # type: ignore[index]
        part = part[step]  # type: ignore[index]
    return top


def part_at(values: Any, path: Path) -> Any:
    """The part of some values at a path."""
    for step in path:
        values = values[step]
    return values
