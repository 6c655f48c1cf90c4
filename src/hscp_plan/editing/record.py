"""Records an entry, a decision or what is said of a priority in the text of a file ("P1.3 is
complete").

Pure: a text and its values in, and a `Change` out, which says what the values must then be. `write`
reads the new text again and compares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dates import insertion_index, read
from ..errors import Mendable, Mistyped
from ..model import WHOLE_PLAN, Head, Milestone, Priority
from .change import AlreadyRecorded, Change, keys_before
from .refusals import refuse_unpublishable
from .scalars import pair_lines
from .splice import Text
from .values import copy_along, date_of, find_milestone, part_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .nodes import Node, Path
    from .values import Said


def log_entry(text: str, values: Mapping[str, Any], id: str, new: Mapping[str, Any]) -> Change:
    """A new entry in its place by date in a milestone's log, with the status and due date it
    brings where no later entry says them. Raises Mistyped for a move before a later one."""
    refuse_unpublishable(new)
    path = find_milestone(values, id)
    if _is_recorded(part_at(values, path), new):
        raise AlreadyRecorded(f"{id}'s log has this entry already, of {read(new['date']).shown}")
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
    return insertion_index(read(new["date"]), [read(entry["date"]) for entry in log])


def _log_entry(edit: Text, after: dict[str, Any], path: Path, new: Mapping[str, Any]) -> None:
    """Put an entry into a milestone's log, and the status and due date that it brings beside it."""
    node, milestone = edit.at(path), part_at(after, path)
    log = [*milestone.get("progress", ())]
    place = _place_by_date(log, new)
    later = log[place:]
    _refuse_move_before_later(milestone["id"], new, later)
    due = date_of(milestone, "due")
    if "moved" in new and date_of(new["moved"], "from") != due:
        # Somebody moved it after the plan was looked at, and before this process had the lock.
        raise Mendable(
            f"somebody else moved the due date just now, to {due.shown}",
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
        to = read(first["moved"]["to"]).shown
        raise Mistyped(
            f"{id}'s due date was moved to {to} on {read(first['date']).shown}, and a move of "
            f"{read(new['date']).shown} would not fit before that one",
            f"Record what was agreed then as a note, or mend the log by hand:  hscp edit {id}",
        )


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
            f"this decision of {read(decisions[0]['date']).shown} is recorded already"
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


def _refuse_open_after(milestone: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse to end a milestone that a later entry says is open. Raises Mistyped."""
    if milestone.get("status") == new["status"]:
        return
    log = milestone["progress"]
    later = next(entry for entry in log[_place_by_date(log, new) :] if "status" in entry)
    raise Mistyped(
        f"{milestone['id']} was not {new['status']} for good by {read(new['date']).shown}: "
        f'its entry of {read(later["date"]).shown} says "{later["status"]}"',
        "Give --date the day that ended it, or record the decision alone.",
    )


def record_said(text: str, values: Mapping[str, Any], key: Said, new: Mapping[str, Any]) -> Change:
    """A difference that was made, or an assurance, at the end of the priority's list of them."""
    refuse_unpublishable(new)
    items = values.get(key, ())
    if dict(new) in items:
        raise AlreadyRecorded(f"this {key} of {read(new['date']).shown} is recorded already")
    edit = Text(text)
    edit.append(edit.root, key, [new], keys_before(Priority, key))
    after = {**values, key: [*items, dict(new)]}
    return Change(edit.apply(), after, edit.new_line, ((values["id"].strip(), new),))


def record_keeper(text: str, values: Mapping[str, Any], who: str) -> Change:
    """Who keeps the plan, in plan.yaml."""
    refuse_unpublishable({"keeper": who})
    edit = Text(text)
    edit.add(edit.root, pair_lines("keeper", who, 0), keys_before(Head, "keeper"))
    return Change(edit.apply(), {**values, "keeper": who}, edit.new_line)
