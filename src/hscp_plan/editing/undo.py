"""Takes back what was recorded and not yet saved: a file's text in, the new text out. Pure."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ..errors import Mendable
from .change import Change
from .leads import name_leads
from .measures import rewrite_figure
from .splice import Splice, Stuck, Text, unended_block
from .values import leads_of, list_under, part_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .nodes import Node, Path
    from .recorded import Recorded
    from .saved import Saved


def take_back(text: str, values: Mapping[str, Any], recorded: Recorded, saved: Saved) -> Change:
    """The text without what was recorded, with the status and the due date that it replaced.

    Raises Mendable where it is no longer there, Stuck where its layout cannot be edited.
    """
    _refuse_if_changed(values, recorded)
    if recorded.kind == "lead":
        change = name_leads(text, values, recorded.id, recorded.led_before or ())
        return change._replace(recorded=(), taken_back=((recorded.id, recorded.values),))
    edit, after = Text(text), deepcopy(dict(values))
    line = edit.at(recorded.path).line + 1
    for number in reversed(recorded.decisions):
        priority = recorded.priority
        empty = _empty_before(saved, priority, "decisions", priority in saved.decisions)
        _cut_item(edit, edit.root, after, "decisions", number, empty)
    if recorded.said:
        (key, number), priority = recorded.said, recorded.priority
        empty = _empty_before(saved, priority, key, (priority, key) in saved.said)
        _cut_item(edit, edit.root, after, key, number, empty)
    for entry in recorded.entries.values():
        _take_entry_back(edit, after, entry, saved)
    if recorded.kind == "milestone":
        _take_milestone_back(edit, after, recorded.added, saved)
    if recorded.kind == "objective":
        had_list = "objectives" in saved.owners.get(recorded.priority, {})
        empty = _empty_before(saved, recorded.priority, "objectives", had_list)
        _cut_item(edit, edit.root, after, "objectives", int(recorded.added[-1]), empty)
    if recorded.corrected:
        rewrite_figure(edit, recorded.path, part_at(after, recorded.path), recorded.corrected)
    elif recorded.kind in ("measure", "value"):
        _take_measured_back(edit, after, recorded.added, saved)
    if recorded.meeting is not None:
        _cut_item(edit, edit.root, after, "meetings", recorded.meeting, "")
    if recorded.asked:
        _take_asking_back(edit, after, recorded)
    new = edit.apply()
    if not text.endswith("\n"):
        # A last line without an end stays one, where the line end before it was half of a pair.
        new = _restore_sign(new.removesuffix("\r"), saved)
    taken_back = ((recorded.id, recorded.values),) if recorded.corrected else ()
    return Change(new, after, line, taken_back=taken_back)


def _refuse_if_changed(values: Mapping[str, Any], recorded: Recorded) -> None:
    """Raises Mendable where what was recorded does not stand at its path any more."""
    try:
        same = _without_answer(part_at(values, recorded.path), recorded) == recorded.values
    except (KeyError, IndexError):
        same = False
    if not same:
        raise Mendable(
            f"{recorded.file} was changed by somebody else just now, so nothing was taken back",
            "Look at it, and then run the command again.",
        )


def _without_answer(part: Any, recorded: Recorded) -> Any:
    """A part as it was recorded: a round of asking before an answer came; of what somebody leads,
    that alone."""
    if recorded.kind == "lead":
        return {"lead": leads_of(part)}
    if recorded.asked and not recorded.answers:
        return {key: value for key, value in part.items() if key != "answered"}
    return part


def _take_asking_back(edit: Text, after: dict[str, Any], recorded: Recorded) -> None:
    """Take out some rounds of asking, or that they were answered."""
    for number in reversed(recorded.asked):
        if recorded.answers:
            _put_back(edit, edit.at(("asked", number)), after["asked"][number], "answered", None)
        else:
            _cut_item(edit, edit.root, after, "asked", number, None)


def _empty_before(saved: Saved, id: str, key: str, had_list: bool) -> str | None:
    """What stood after the colon of a list of this milestone, objective or priority that was saved
    empty; empty where no list was saved, and None where that is not known."""
    return saved.empty.get((id, key)) if had_list else ""


def _take_milestone_back(edit: Text, after: dict[str, Any], path: Path, saved: Saved) -> None:
    owner_path, number = path[:-2], int(path[-1])
    owner = part_at(after, owner_path)
    alone = set(owner) == {"id", "milestones"} and len(owner["milestones"]) == 1
    if owner_path and alone and owner["id"] not in saved.owners:
        # An objective that was made to hold the milestone, and holds nothing else.
        _cut_item(edit, edit.root, after, "objectives", int(owner_path[1]), "")
        return
    before = saved.owners.get(owner["id"], {})
    empty = _empty_before(saved, owner["id"], "milestones", "milestones" in before)
    _cut_item(edit, edit.at(owner_path), owner, "milestones", number, empty)


def _take_measured_back(edit: Text, after: dict[str, Any], path: Path, saved: Saved) -> None:
    """Take out a new measure, or a measure's new figure."""
    owner, key, number = part_at(after, path[:-2]), str(path[-2]), int(path[-1])
    before = (saved.owners if key == "measures" else saved.measures).get(owner["id"], {})
    empty = _empty_before(saved, owner["id"], key, key in before)
    _cut_item(edit, edit.at(path[:-2]), owner, key, number, empty)


def _restore_sign(text: str, saved: Saved) -> str:
    """The text with the sign that its last block text had before something came after it."""
    edit = Text(text)
    block = unended_block(edit)
    if block and block.place in saved.unended:
        edit.set_sign(block, saved.unended[block.place])
    return edit.apply()


def _take_entry_back(edit: Text, after: dict[str, Any], path: Path, saved: Saved) -> None:
    """Take out a log entry, with the due date and the status that it brought."""
    milestone_path, number = path[:-2], int(path[-1])
    node, milestone = edit.at(milestone_path), part_at(after, milestone_path)
    log = milestone["progress"]
    earlier, entry, later = log[:number], log[number], log[number + 1 :]
    before = saved.milestones.get(milestone["id"])
    had_log = bool(before and "progress" in before)
    empty = _empty_before(saved, milestone["id"], "progress", had_log)
    _cut_item(edit, node, milestone, "progress", number, empty)
    move = entry.get("moved")
    if move and milestone.get("due") == move["to"] and not any("moved" in e for e in later):
        _put_back(edit, node, milestone, "due", move.get("from"))
    status = entry.get("status")
    if status and milestone.get("status") == status and not any("status" in e for e in later):
        # Where somebody wrote beside it, that stays.
        _put_back(edit, node, milestone, "status", _status_before(earlier, before), "not started")


def _status_before(earlier: list[Any], before: dict[str, Any] | None) -> str | None:
    """The status there was before an entry: the one last logged or, where nothing unsaved says
    one, the one that was saved, whatever its log says."""
    last = next((entry for entry in reversed(earlier) if "status" in entry), None)
    if before is not None and (last is None or last in list_under(before, "progress")):
        status = before.get("status")
        return status if isinstance(status, str) else None
    return last["status"] if last else None


def _put_back(
    edit: Text,
    node: Node,
    milestone: dict[str, Any],
    key: str,
    value: str | None,
    instead: str | None = None,
) -> None:
    """Give a key its earlier value or, where there was none, take its line out; where that line
    holds more, the value is `instead`. Raises Stuck where there is no such value."""
    value_node, key_node = node.get(key), node.key(key)
    if value_node is None or key_node is None or milestone[key] == value:
        return
    if value is None:
        line = edit.lines[key_node.line]
        before, behind = line[: key_node.column], line[value_node.end_column :]
        one_line = value_node.line == key_node.line and node.style != "flow"
        if one_line and not before.strip() and not behind.strip():
            edit.cut(key_node.line, key_node.line + 1)
            del milestone[key]
            return
        value = instead
    if value is None:
        what = f"`{key}:` was not there before, and more than its value stands on its line"
        next_step = f"Put the rest of the line elsewhere, and take  {key}:  out."
        raise Stuck(what, value_node, next_step)
    edit.replace(value_node, value)
    milestone[key] = value


def _cut_item(
    edit: Text, mapping: Node, values: dict[str, Any], key: str, number: int, empty: str | None
) -> None:
    """Take an item out of the list under a key. Where nothing is left in it, its key goes too; but
    the list stays, empty, where somebody wrote beside it and where it stood empty before.

    `empty` is what stood after its colon then: empty where no list stood there, None where that is
    not known.
    """
    node, key_node = mapping.get(key), mapping.key(key)
    if node is None or key_node is None or node.style == "flow":
        what = f"`{key}:` is written in brackets"
        next = f"Write  {key}:  and each entry below it, after a dash."
        raise Stuck(what, node or mapping, next)
    item = node.items[number][1]
    first = item.line
    while not edit.lines[first][: item.column].lstrip().startswith("-"):
        first -= 1
    after = edit.end(item) + 1
    del values[key][number]
    if values[key]:
        edit.cut(first, after)
        return
    line = edit.lines[key_node.line]
    colon = line.index(":", key_node.end_column)
    rest = line[colon + 1 :]
    wrote_beside = rest.strip() or line[: key_node.column].strip() or first != key_node.line + 1
    if empty == "" and not wrote_beside:
        del values[key]
        edit.cut(_first_line(edit, mapping, key_node), after)
        return
    edit.cut(first, after)
    edit.splices.append(Splice(key_node.line, colon + 1, len(line), _empty_list(rest, empty)))


def _empty_list(rest: str, empty: str | None) -> str:
    """An empty list, and the rest of its line; as it stood before where only the list changed."""
    if empty and re.sub(r"\[\s*\]", "", empty, count=1).strip() == rest.strip():
        return empty
    return f" [] {rest.strip()}" if rest.strip() else " []"


def _first_line(edit: Text, mapping: Node, key_node: Node) -> int:
    """The first line of a key that goes: the blank line before it, where that was put there because
    this file has blank lines between its top keys."""
    spaced = mapping is edit.root and edit.is_spaced(mapping, but=key_node)
    return key_node.line - 1 if spaced and edit.blank_before(mapping, key_node) else key_node.line
