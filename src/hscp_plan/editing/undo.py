"""Takes back what was recorded and not yet saved: a text and its values in, the new text out.

Pure. What was saved is what the last commit holds, by id, so that a renamed file costs nothing.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, NamedTuple

from ..dates import PlanDate, read
from ..errors import Mendable
from .record import Change, ended, remaining
from .splice import Path, Stuck, Text, unended

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .splice import Node


class Saved(NamedTuple):
    """What the last commit holds: its milestones, and its priorities' decisions, by id."""

    milestones: dict[str, dict[str, Any]]
    decisions: dict[str, list[Any]]
    objectives: dict[str, dict[str, Any]]
    empty: dict[str, str]
    """Of a milestone's log, an objective's milestones or a priority's decisions that are an empty
    list: all that stands after the colon, so that it can stand there again."""
    unended: dict[Path, str]
    """The signs of the block texts that end a file without a line end, by their places."""


class Recorded(NamedTuple):
    """Something recorded and not yet saved: a log entry, a decision with the entries of the
    milestones that it completes or closes, or a new milestone."""

    file: str
    priority: str
    id: str
    """The milestone's id, or the priority's where it is a decision."""
    date: PlanDate | None
    """When, of an entry or a decision; a milestone does not say when it was added."""
    values: dict[str, Any]
    """Of the decision, of the entry, or of the new milestone."""
    entries: Mapping[str, Path]
    """The paths of the log entries by their milestones: the entry itself, or those that a decision
    brought."""
    decisions: tuple[int, ...] = ()
    """The number of the decision, and of the one beside it that says what becomes of the rest."""
    added: Path = ()
    """The path of a new milestone."""

    @property
    def decision(self) -> int | None:
        """The number of the decision; None where it is none."""
        return next(iter(self.decisions), None)

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones that go back to what they were."""
        return (self.id,) if self.added else tuple(self.entries)

    @property
    def path(self) -> Path:
        """Where it stands in its file: the decision, the entry or the new milestone."""
        if self.decisions:
            return ("decisions", self.decisions[0])
        return self.added or self.entries[self.id]


def saved(files: Iterable[tuple[str, Any]]) -> Saved:
    """What these files hold, each its text and its values, however faulty they were when they
    were saved."""
    whole = Saved({}, {}, {}, {}, {})
    for text, values in files:
        _add_parts(whole, values)
        whole.empty.update(_after_colons(text, _empty_lists(values)))
        if not text.endswith("\n") and (block := unended(Text(text))):
            whole.unended[block.place] = block.sign
    return whole


def _add_parts(whole: Saved, values: Any) -> None:
    """Put a file's milestones, decisions and objectives among those that are saved."""
    for objective in _list(values, "objectives"):
        if id := _id(objective):
            whole.objectives[id] = objective
    for path in _milestones(values):
        milestone = at(values, path)
        whole.milestones[milestone["id"]] = milestone
    if (id := _id(values)) and "decisions" in values:
        whole.decisions[id] = _list(values, "decisions")


def _empty_lists(values: Any) -> dict[str, Path]:
    """The paths of what has an empty list where something could have been recorded, by their
    ids."""
    empty: dict[str, Path] = {}
    for n, objective in enumerate(_list(values, "objectives")):
        if (id := _id(objective)) and objective.get("milestones") == []:
            empty[id] = ("objectives", n)
    for path in _milestones(values):
        milestone = at(values, path)
        if milestone.get("progress") == []:
            empty[milestone["id"]] = path
    if (id := _id(values)) and values.get("decisions") == []:
        empty[id] = ()
    return empty


def _after_colons(text: str, empty: Mapping[str, Path]) -> dict[str, str]:
    """What stands after the colon of each of these lists, by the ids of what has them."""
    if not empty:
        return {}
    edit, rests = Text(text), {}
    for id, path in empty.items():
        mapping, key = edit.at(path), _LISTS[len(path)]
        name, node = mapping.key(key), mapping.get(key)
        if name and node and name.line == node.end_line and mapping.style != "flow":
            line = edit.lines[name.line]
            rests[id] = line[line.index(":", name.end_column) + 1 :]
    return rests


_LISTS = {0: "decisions", 2: "milestones", 4: "progress"}
"""The list of what has been recorded in a priority, an objective and a milestone, by how long its
path is."""


def unsaved(file: str, values: Mapping[str, Any], saved: Saved) -> list[Recorded]:
    """All that a faultless file holds and the last commit does not: new milestones, then the
    priority's decisions, then each milestone's entries, in the order they stand."""
    priority = values["id"]
    recorded = [
        Recorded(file, priority, at(values, path)["id"], None, at(values, path), {}, added=path)
        for path in _new(values, saved)
    ]
    entries = _new_entries(values, saved)
    for numbers in _new_decisions(values, saved):
        decision = values["decisions"][numbers[0]]
        ended = [path for path in entries if _ended(values, path, decision)]
        own = {at(values, path[:-2])["id"]: path for path in ended}
        for path in own.values():
            del entries[path]
        day = read(decision["date"])
        recorded.append(Recorded(file, priority, priority, day, decision, own, numbers))
    for path, entry in entries.items():
        id = at(values, path[:-2])["id"]
        recorded.append(Recorded(file, priority, id, read(entry["date"]), entry, {id: path}))
    return recorded


def _new_entries(values: Mapping[str, Any], saved: Saved) -> dict[Path, dict[str, Any]]:
    """The log entries that are not saved, by their paths."""
    entries: dict[Path, dict[str, Any]] = {}
    for path in _milestones(values):
        milestone = at(values, path)
        log = _list(milestone, "progress")
        before = _list(saved.milestones.get(milestone["id"], {}), "progress")
        entries |= {(*path, "progress", n): log[n] for n in _fresh(log, before)}
    return entries


def _new_decisions(values: Mapping[str, Any], saved: Saved) -> Iterator[tuple[int, ...]]:
    """The numbers of the decisions that are not saved: of each alone, or with the one beside it
    that says what becomes of the rest."""
    decisions = values.get("decisions", [])
    numbers = _fresh(decisions, saved.decisions.get(values["id"], []))
    while numbers:
        number, *numbers = numbers
        if number + 1 in numbers and _beside(decisions[number], decisions[number + 1]):
            numbers.remove(number + 1)
            yield number, number + 1
        else:
            yield (number,)


def take_back(text: str, values: Mapping[str, Any], recorded: Recorded, saved: Saved) -> Change:
    """The text without what was recorded, with the status and the due date that it replaced.

    Raises Mendable where it is no longer there, Stuck where its layout cannot be edited.
    """
    edit, after = Text(text), deepcopy(dict(values))
    try:
        same = at(values, recorded.path) == recorded.values
    except (KeyError, IndexError):
        same = False
    if not same:
        raise Mendable(
            f"{recorded.file} was changed by somebody else just now, so nothing was taken back",
            "Look at it, and then run the command again.",
        )
    line, priority = edit.at(recorded.path).line + 1, recorded.priority
    had = saved.empty.get(priority) if priority in saved.decisions else ""
    for number in reversed(recorded.decisions):
        _cut(edit, edit.root, after, "decisions", number, had)
    for entry in recorded.entries.values():
        _unlog(edit, after, entry, saved)
    if recorded.added:
        path, number = recorded.added[:2], int(recorded.added[-1])
        objective = at(after, path)
        before = saved.objectives[objective["id"]]
        had = saved.empty.get(objective["id"]) if "milestones" in before else ""
        _cut(edit, edit.at(path), objective, "milestones", number, had)
    new = edit.made()
    if not text.endswith("\n"):
        # A last line without an end stays one, where the line end before it was half of a pair.
        new = _resign(new.removesuffix("\r"), saved)
    return Change(new, after, line)


def _resign(text: str, saved: Saved) -> str:
    """The text with the sign that its last block text had before something came after it."""
    edit = Text(text)
    block = unended(edit)
    if block and block.place in saved.unended:
        edit.resign(block, saved.unended[block.place])
    return edit.made()


def at(values: Any, path: Path) -> Any:
    """The part of some values at a path."""
    for step in path:
        values = values[step]
    return values


def _unlog(edit: Text, after: dict[str, Any], entry: Path, saved: Saved) -> None:
    """Take out a log entry, with the due date and the status that it brought."""
    path, number = entry[:-2], int(entry[-1])
    node, milestone = edit.at(path), at(after, path)
    gone, earlier = milestone["progress"][number], milestone["progress"][:number]
    later = milestone["progress"][number + 1 :]
    before = saved.milestones.get(milestone["id"])
    had = saved.empty.get(milestone["id"]) if before and "progress" in before else ""
    _cut(edit, node, milestone, "progress", number, had)
    moved = gone.get("moved")
    if moved and milestone.get("due") == moved["to"] and not any("moved" in e for e in later):
        _put_back(edit, node, milestone, "due", moved.get("from"))
    status = gone.get("status")
    if status and milestone.get("status") == status and not any("status" in e for e in later):
        # Where somebody wrote beside it, that stays.
        _put_back(edit, node, milestone, "status", _status_before(earlier, before), "not started")


def _status_before(earlier: list[Any], before: dict[str, Any] | None) -> str | None:
    """The status there was before an entry: the one last logged or, where nothing unsaved says
    one, the one that was saved, whatever its log says."""
    last = next((e for e in reversed(earlier) if "status" in e), None)
    if before is not None and (last is None or last in _list(before, "progress")):
        status = before.get("status")
        return status if isinstance(status, str) else None
    return last["status"] if last else None


def _put_back(
    edit: Text,
    node: Node,
    milestone: dict[str, Any],
    name: str,
    value: str | None,
    instead: str | None = None,
) -> None:
    """Give a key its earlier value or, where there was none, take its line out; where that line
    holds more, the value is `instead`. Raises Stuck where there is no such value."""
    there, key = node.get(name), node.key(name)
    if there is None or key is None or milestone[name] == value:
        return
    if value is None:
        line = edit.lines[key.line]
        bare = not line[: key.column].strip() and not line[there.end_column :].strip()
        if bare and there.line == key.line and node.style != "flow":
            edit.cut(key.line, key.line + 1)
            del milestone[name]
            return
        value = instead
    if value is None:
        what = f"`{name}:` was not there before, and more than its value stands on its line"
        raise Stuck(what, there, f"Put the rest of the line elsewhere, and take  {name}:  out.")
    edit.replace(there, value)
    milestone[name] = value


def _cut(
    edit: Text, mapping: Node, values: dict[str, Any], key: str, number: int, had: str | None
) -> None:
    """Take an item out of the list under a key. Where nothing is left in it, its key goes too;
    but an empty list stays where there was one, which `had` this after its colon (None: not
    known), and where somebody wrote beside it."""
    node, name = mapping.get(key), mapping.key(key)
    if node is None or name is None or node.style == "flow":
        what = f"`{key}:` is written in brackets"
        next = f"Write  {key}:  and each entry below it, after a dash."
        raise Stuck(what, node or mapping, next)
    item = node.items[number][1]
    first = item.line
    while not edit.lines[first][: item.column].lstrip().startswith("-"):
        first -= 1
    del values[key][number]
    if values[key]:
        edit.cut(first, edit.end(item) + 1)
        return
    line = edit.lines[name.line]
    colon = line.index(":", name.end_column)
    rest = line[colon + 1 :]
    beside = rest.strip() or line[: name.column].strip() or first != name.line + 1
    if had == "" and not beside:
        del values[key]
        edit.cut(_above(edit, mapping, name), edit.end(item) + 1)
        return
    edit.cut(first, edit.end(item) + 1)
    same = had and re.sub(r"\[\s*\]", "", had, count=1).strip() == rest.strip()
    new = had if had and same else f" []{rest.rstrip() and ' '}{rest.strip()}"
    edit.splices.append((name.line, colon + 1, len(line), new))


def _above(edit: Text, mapping: Node, name: Node) -> int:
    """The first line of a key that goes: with the blank line before it where that was put there
    because this file parts its top keys so."""
    keys = [key for key, _ in mapping.items]
    before = mapping.items[keys.index(name) - 1][1]
    parted = any(k and k is not name and not edit.lines[k.line - 1] for k in keys[1:])
    blank = not edit.lines[name.line - 1] and edit.end(before) < name.line - 1
    return name.line - 1 if mapping is edit.root and parted and blank else name.line


def _fresh(now: list[Any], before: list[Any]) -> list[int]:
    """The numbers of the items that were not there before. One of the same date as one that is
    no longer there was not added but edited, and is none of them."""
    left = list(before)
    fresh = []
    for number, item in enumerate(now):
        if item in left:
            left.remove(item)
        else:
            fresh.append(number)
    edited = [item.get("date") for item in left if isinstance(item, dict)]
    added = []
    for number in fresh:
        if now[number]["date"] in edited:
            edited.remove(now[number]["date"])
        else:
            added.append(number)
    return added


def _new(values: Mapping[str, Any], saved: Saved) -> Iterator[Path]:
    """The milestones that were not there before, of objectives that were. Where one that was there
    is gone, a new one may be the same with another id, and nothing is said to be new."""
    here = {at(values, path)["id"] for path in _milestones(values)}
    for n, objective in enumerate(_list(values, "objectives")):
        before = saved.objectives.get(objective["id"])
        if before is None or any(_id(m) not in here for m in _list(before, "milestones")):
            continue
        for m, milestone in enumerate(_list(objective, "milestones")):
            if milestone["id"] not in saved.milestones:
                yield ("objectives", n, "milestones", m)


def _ended(values: Any, path: Path, decision: Any) -> bool:
    """Whether this entry was recorded with a decision that completes or closes its milestone."""
    entry, id = at(values, path), at(values, path[:-2])["id"]
    if decision.get("completes") == id:
        note, date = decision["decision"], decision["date"]
        return (entry["date"], entry.get("note"), entry.get("status")) == (date, note, "complete")
    closed = (ended(decision, "close"), ended(decision, "carry"))
    return decision.get("outcome") == "close" and entry | {"date": decision["date"]} in closed


def _beside(decision: Any, other: Any) -> bool:
    """Whether one decision was recorded with another that closes a priority."""
    ids = other.get("about", [])
    left = [remaining(decision, how, ids) for how in ("carry", "keep") if isinstance(ids, list)]
    return decision.get("outcome") == "close" and other in left


def _milestones(values: Any) -> Iterator[Path]:
    for n, objective in enumerate(_list(values, "objectives")):
        for m, milestone in enumerate(_list(objective, "milestones")):
            if _id(milestone):
                yield ("objectives", n, "milestones", m)


def _id(part: Any) -> str | None:
    """A part's id; None where it has none that can be read."""
    id = part.get("id") if isinstance(part, dict) else None
    return id if isinstance(id, str) else None


def _list(values: Any, key: str) -> list[Any]:
    items = values.get(key) if isinstance(values, dict) else None
    return items if isinstance(items, list) else []
