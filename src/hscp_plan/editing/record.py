"""An intention ("P1.3 is complete") into the new text of a file, and what its values must then be.

Pure: a text and its values in, a `Change` out. `write` holds it to its word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ..dates import UNDATED, insertion_index, read
from ..errors import Mendable, Mistyped
from ..model import Head, Milestone, Objective, Priority
from ..standing import left_sentence
from .scalars import written
from .splice import Path, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..dates import PlanDate
    from ..frozen import Frozen
    from ..model import Entry, Outcome

MOST_NOTE = 10_000
_OPTIONS = {key: f"--{key}" for key in ("by", "agreed", "evidence", "lead")}


class Change(NamedTuple):
    """The new text of a file, the values it must hold, and the line where what was recorded
    begins. No values: a merge is still unfinished in it, and whoever made it has compared it."""

    text: str
    values: dict[str, Any] | None
    line: int


class Twice(Mistyped):
    """What was recorded just before, and was perhaps not seen to be."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "Nothing was changed.")


def keys_before(kind: type[Frozen], key: str) -> tuple[str, ...]:
    """The keys that usually stand before this one: those that the model has before it."""
    return kind.keys[: kind.keys.index(key)]


def note_of(text: str) -> str:
    """A note as it is kept: line ends made one kind, outer blanks gone.

    Raises Mistyped where there is nothing left, it is too long, or it holds what no file can.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        raise Mistyped("the text is empty", "Say it in a sentence or two.")
    if len(plain) > MOST_NOTE:
        raise Mistyped(
            f"the note is {len(plain):,} characters long; at most {MOST_NOTE:,} are kept",
            "Put the long text in a document and cite it with --evidence.",
        )
    bad = next((c for c in plain if "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff\x00"), None)
    if bad:
        raise Mistyped("the note holds a character that no file can hold", "Take it out.")
    return plain


def publishable(new: Mapping[str, Any]) -> None:
    """Refuse what could identify a child, and evidence that leads nowhere, before it is in a file
    and then in git for ever. Raises Mistyped."""
    from ..checks.privacy import hits_in

    texts = list(_texts(new))
    for key, text in texts:
        for rule, hit in hits_in(text):
            raise Mistyped(
                f"{_OPTIONS.get(key, f'the {key}')}: {hit.message} [{rule.name}]",
                f"{hit.next} Nothing was recorded.\nWhy, and how to allow what identifies "
                f"nobody:  hscp check --explain {rule.name}",
            )
    for text in (text for key, text in texts if key == "evidence"):
        from ..checks.evidence import evidence_link, link_fault

        if wrong := link_fault(text):
            what = f"--evidence: {wrong[0]} [{evidence_link.name}]"
            raise Mistyped(what, f"{wrong[1]}\nNothing was recorded.")


def _texts(new: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of what is recorded, with its key; but for its day, which is no text."""
    for key, value in new.items():
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and key != "date":
                yield key, text


def find(values: Mapping[str, Any], id: str) -> Path:
    """The path of a milestone in a priority's values. Raises Mendable where there is none."""
    for n, objective in enumerate(values.get("objectives", ())):
        for m, milestone in enumerate(objective.get("milestones", ())):
            if milestone["id"].strip() == id:
                return ("objectives", n, "milestones", m)
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
) -> dict[str, Any]:
    """A log entry's values, in their usual order, without those that say nothing."""
    values = {
        "date": date,
        "by": by,
        "note": note,
        "status": status,
        "moved": _moved(*moved) if moved else None,
        "agreed": agreed,
        "evidence": evidence[0] if len(evidence) == 1 else list(evidence),
    }
    return {key: value for key, value in values.items() if value}


def _moved(was: PlanDate, now: PlanDate) -> dict[str, str]:
    """A move's values; without where it is from, where there was no date."""
    return {"to": now.text} if was.undated else {"from": was.text, "to": now.text}


def logged(text: str, values: Mapping[str, Any], id: str, new: Mapping[str, Any]) -> Change:
    """A new entry in its place by date in a milestone's log, with the status and due date it
    brings where no later entry says them. Raises Mistyped for a move before a later one."""
    publishable(new)
    path = find(values, id)
    if _known(_at(values, path), new):
        raise Twice(f"{id}'s log has this entry already, of {_date(new['date']).shown}")
    edit, after = Text(text), _copied(values, path)
    _log(edit, after, path, new)
    return Change(edit.made(), after, edit.new_line)


def _known(milestone: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a log has an entry of the same day that says the same, and the status of that day is
    the one it gives. A due date may be moved there, back and there again."""
    if "moved" in new:
        return False
    log = milestone.get("progress", [])
    place = _place(log, new)
    later = any("status" in entry for entry in log[place:])
    then = next((e["status"] for e in reversed(log[:place]) if "status" in e), None)
    status = then if later else milestone.get("status")
    bare = {**new, "status": None}
    same = any({**entry, "status": None} == bare for entry in log[:place])
    return same and new.get("status") in (None, status)


def _place(log: Sequence[Mapping[str, Any]], new: Mapping[str, Any]) -> int:
    return insertion_index(_date(new["date"]), [_date(entry["date"]) for entry in log])


def decided(
    text: str,
    values: Mapping[str, Any],
    decisions: Sequence[Mapping[str, Any]],
    ends: Mapping[str, Mapping[str, Any]],
) -> Change:
    """New decisions of one meeting, and the log entries of the milestones that they complete or
    close, by id."""
    for new in (*decisions, *ends.values()):
        publishable(new)
    if decisions and dict(decisions[0]) in values.get("decisions", ()):
        raise Twice(f"this decision of {_date(decisions[0]['date']).shown} is recorded already")
    edit, after = Text(text), dict(values)
    for id, new in ends.items():
        path = find(values, id)
        after = _copied(after, path)
        _log(edit, after, path, new)
        _ended_for_good(_at(after, path), new)
    edit.append(edit.root, "decisions", decisions, keys_before(Priority, "decisions"))
    after["decisions"] = [*after.get("decisions", ()), *map(dict, decisions)]
    return Change(edit.made(), after, edit.new_line)


def _ended_for_good(milestone: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse to end a milestone that is said to be open after that. Raises Mistyped."""
    if milestone.get("status") != new["status"]:
        log = milestone["progress"]
        later = next(e for e in log[_place(log, new) :] if "status" in e)
        said = f'its entry of {_date(later["date"]).shown} says "{later["status"]}"'
        raise Mistyped(
            f"{milestone['id']} was not {new['status']} for good by {_date(new['date']).shown}: "
            f"{said}",
            "Give --date the day that ended it, or record the decision alone.",
        )


def ended(
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


def remaining(decision: Mapping[str, Any], how: str, ids: Sequence[str]) -> dict[str, Any] | None:
    """The decision beside one that closes a priority, which says what becomes of the milestones
    that are left open: they are carried forward, or kept; None where they are closed with it."""
    outcomes: dict[str, Outcome] = {"carry": "carry forward", "keep": "continue"}
    if how not in outcomes or not ids:
        return None
    outcome = outcomes[how]
    said = {"decision": left_sentence(ids, outcome), "outcome": outcome, "about": list(ids)}
    return {"date": decision["date"], "by": decision["by"], **said}


def kept_by(text: str, values: Mapping[str, Any], who: str) -> Change:
    """Who keeps the plan, in plan.yaml."""
    publishable({"keeper": who})
    edit = Text(text)
    edit.add(edit.root, written("keeper", who, 0), keys_before(Head, "keeper"))
    return Change(edit.made(), {**values, "keeper": who}, edit.new_line)


def added(text: str, values: Mapping[str, Any], objective: str, new: Mapping[str, Any]) -> Change:
    """A new milestone of an objective, in its place by due date: after the last that is due no
    later; one without a date comes last. Numbers stay in the order they were given, whatever
    stands first."""
    publishable(new)
    number = next(n for n, o in enumerate(values["objectives"]) if o["id"].strip() == objective)
    path: Path = ("objectives", number)
    edit, after = Text(text), _copied(values, path)
    owner = after["objectives"][number]
    there = owner["milestones"] = [*owner.get("milestones", ())]
    for milestone in there:
        if {**milestone, "id": new["id"]} == dict(new):
            raise Twice(f"{milestone['id']} is this milestone already")
    due = _due(new).last
    place = max((n + 1 for n, m in enumerate(there) if _due(m).last <= due), default=0)
    before = keys_before(Objective, "milestones")
    edit.append(edit.at(path), "milestones", [new], before, place if there else None)
    there.insert(place, dict(new))
    return Change(edit.made(), after, edit.new_line)


def ids(values: Mapping[str, Any]) -> set[str]:
    """The ids of a priority's milestones."""
    milestones = (o.get("milestones", ()) for o in values.get("objectives", ()))
    return {milestone["id"] for each in milestones for milestone in each}


def next_id(prefix: str, known: Iterable[str]) -> str:
    """The id after the highest of these that begin with this prefix: P1.8 after P1.7."""
    numbers = [id.removeprefix(f"{prefix}.") for id in known if id.startswith(f"{prefix}.")]
    return f"{prefix}.{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1}"


def _log(edit: Text, after: dict[str, Any], path: Path, new: Mapping[str, Any]) -> None:
    node, milestone = edit.at(path), _at(after, path)
    log = [*milestone.get("progress", ())]
    place = _place(log, new)
    later = log[place:]
    _in_turn(milestone["id"], new, later)
    if "moved" in new and _date(new["moved"].get("from")) != _due(milestone):
        # Between the look and the lock.
        raise Mendable(
            f"somebody else moved the due date just now, to {_due(milestone).shown}",
            "Look at it, and then run the command again.",
        )
    restated = any("status" in entry for entry in later)
    changed = {
        "status": None if restated else new.get("status"),
        "due": (new.get("moved") or {}).get("to"),
    }
    for key, value in changed.items():
        if value is None or milestone.get(key) == value:
            continue
        there = node.get(key)
        if there:
            edit.replace(there, value)
        else:
            edit.add(node, [f"{key}: {value}"], keys_before(Milestone, key))
        milestone[key] = value
    before = keys_before(Milestone, "progress")
    edit.append(node, "progress", [new], before, place if later else None)
    milestone["progress"] = [*log[:place], dict(new), *later]


def _in_turn(id: str, new: Mapping[str, Any], later: Sequence[Mapping[str, Any]]) -> None:
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


def _copied(values: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """The values with a copy of each mapping and list down to a path; the rest is shared."""
    top = part = dict(values)
    for step in path:
        child = part[step]  # type: ignore[index]
        part[step] = dict(child) if isinstance(child, dict) else list(child)  # type: ignore[index]
        part = part[step]  # type: ignore[index]
    return top


def _at(values: Any, path: Path) -> Any:
    for step in path:
        values = values[step]
    return values
