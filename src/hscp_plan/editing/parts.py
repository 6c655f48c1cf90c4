"""One version of a file in parts, each with its lines and the comments that belong to it; and what
is to become of a part that three versions have. Pure.

A comment or a blank line belongs to what follows it.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from .. import dates
from ..errors import Wrong, quoted
from .splice import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .splice import Node

    Three = tuple["Part | None", "Part | None", "Part | None"]
    """A part as ours, the base and theirs have it; None where it is not there."""
    Choice = Literal["alike", "ours", "theirs", "gone", "torn"]


SHORT = 40
"""Characters of a value that a line has room for twice."""


class _Gone:
    """The value of what is not there, or is a key with nothing after it."""

    def __bool__(self) -> bool:
        return False


GONE = _Gone()


class Version:
    """One version of a file: ours, theirs or the base."""

    def __init__(self, text: str, values: Any) -> None:
        self.edit, self.values = Text(text), values
        self.lines = self.edit.lines

    @cached_property
    def comments(self) -> dict[int, int]:
        """Where a comment begins, by line."""
        ends, within, columns = *self._content(), {}
        for number, line in enumerate(self.lines):
            match = re.compile(r"(?:^|\s)#").search(line, ends.get(number, 0))
            if match and number not in within:
                columns[number] = match.end() - 1
        return columns

    def _content(self) -> tuple[dict[int, int], set[int]]:
        """Where the content of a line ends, and which lines a text of several goes on in."""
        ends: dict[int, int] = {}
        within: set[int] = set()
        for node in _leaves(self.edit.root):
            if node.style in ("|", ">"):
                within.update(range(node.line + 1, self.edit.end(node) + 1))
                ends[node.line] = node.column + 1
            else:
                within.update(range(node.line, node.end_line))
                ends[node.end_line] = max(ends.get(node.end_line, 0), node.end_column)
        return ends, within

    def whole(self) -> Part:
        """The file as one part."""
        last = len(self.lines) - (not self.lines[-1])
        return Part(self, None, self.edit.root, self.values, 0, 0, last, 0)


class Part(NamedTuple):
    """A key with its value, an item of a list, or the whole file."""

    version: Version
    key: str | int | None
    """None for the whole file."""
    node: Node
    value: Any
    lead: int
    """The first of the comments and blank lines that belong to it."""
    first: int
    after: int
    """The line after its last."""
    column: int
    """Where its mapping or list stands."""

    @property
    def text(self) -> list[str]:
        """Its own lines, without their ends."""
        return self.version.lines[self.first : self.after]

    @property
    def raw(self) -> list[str]:
        """Its own lines as they are."""
        return self.version.edit.raw[self.first : self.after]

    @property
    def before(self) -> list[str]:
        """The lines before it that belong to it."""
        return self.version.edit.raw[self.lead : self.first]

    @property
    def tail(self) -> list[str]:
        """Of the whole file, what follows its last part."""
        return self.version.edit.raw[parts(self)[-1].after : self.after]

    @property
    def head(self) -> bool:
        """Whether a line of its own stands before its parts: its key's, or a dash alone."""
        if self.key is None or self.node.style == "flow" or not self.node.items:
            return False
        return _first(self.version, self.node, 0) > self.first

    def remarks(self, first: int | None = None) -> list[str]:
        """The comments in its own lines, or from another line on."""
        known, lines = self.version.comments, self.version.lines
        begin = self.first if first is None else first
        return [lines[n][known[n] :].strip() for n in range(begin, self.after) if n in known]

    @property
    def remark(self) -> str:
        """The comment at the end of its first line; empty without one."""
        known = self.version.comments.get(self.first)
        return "" if known is None else self.text[0][known:].strip()

    def remarked(self, remark: str) -> str:
        """Its first line, with another comment at its end, or none."""
        line, known = self.text[0], self.version.comments
        content = line[: known.get(self.first, len(line))].rstrip()
        return f"{content}  {remark}" if remark else content


def parts(part: Part) -> list[Part]:
    """The keys of a mapping or the items of a list, in the order they stand."""
    version, node = part.version, part.node
    parts: list[Part] = []
    lead = part.first + part.head
    for number, (key, value) in enumerate(node.items):
        first = _first(version, node, number)
        after = max(version.edit.end(value), first) + 1
        name: str | int = key.value if key else number
        column = key.column if key else node.column
        lead = min(lead, first)
        own = part.value.get(name, GONE) if key else part.value[number]
        parts.append(Part(version, name, value, own, lead, first, after, column))
        lead = after
    return parts


def _first(version: Version, node: Node, number: int) -> int:
    key, value = node.items[number]
    line = (key or value).line
    while key is None and not version.lines[line][node.column :].startswith("-"):
        line -= 1
    return line


def _leaves(node: Node) -> Iterator[Node]:
    """Every scalar and every part in brackets, keys too."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        if each.kind == "scalar" or each.style == "flow":
            yield each
        else:
            waiting += [part for pair in each.items for part in pair if part]


# --- what becomes of a part ---------------------------------------------------------------------


def kind(*three: Part | None) -> str:
    """What versions of a part are: each a "map"; each a "list" or none; all "empty"; else "leaf",
    which is taken whole."""
    kinds = {_kind(part) for part in three}
    if kinds == {"map"} or kinds == {"empty"}:
        return kinds.pop()
    return "list" if "list" in kinds and kinds <= {"list", "empty", ""} else "leaf"


def _kind(part: Part | None) -> str:
    if part is None:
        return ""
    if not part.value:
        return "empty"
    return part.node.kind if part.node.style != "flow" else "leaf"


def chosen(three: Three) -> Choice:
    """Whose a part is that is taken whole: what one side alone did stands."""
    ours, base, theirs = three
    if ours is None or theirs is None:
        return _alone(ours or theirs, base, "ours" if ours else "theirs")
    picks = {
        _pick(ours.value, base and base.value, theirs.value),
        _pick(ours.remarks(), base and base.remarks(), theirs.remarks()),
    }
    if picks == {"alike"}:
        # Then only its layout differs, if anything.
        return "theirs" if base and ours.text == base.text else "ours"
    picks.discard("alike")
    return picks.pop() if len(picks) == 1 else "torn"


def _pick(ours: Any, base: Any, theirs: Any) -> Choice:
    if ours == theirs:
        return "alike"
    return "ours" if theirs == base else "theirs" if ours == base else "torn"


def _alone(part: Part | None, base: Part | None, side: Choice) -> Choice:
    """Of a part that one side alone has: it is new there, or the other side took it out."""
    if part is None:
        return "gone"
    if base is None:
        return side
    new = {*part.remarks(part.lead)} - {*base.remarks(base.lead)}
    return "torn" if new or part.value != base.value else "gone"


def torn_keys(three: Three) -> set[str]:
    """The status and the due date of a milestone, where both sides logged another."""
    says = [part.value if part else {} for part in three]

    def logs(side: dict[str, Any], key: str) -> bool:
        return any(key in e for e in _log(side) if e not in _log(says[1]))

    pairs = (("status", "status"), ("due", "moved"))
    differ = [(key, what) for key, what in pairs if says[0].get(key) != says[2].get(key)]
    return {key for key, what in differ if logs(says[0], what) and logs(says[2], what)}


def _log(side: dict[str, Any]) -> list[Any]:
    entries = side.get("progress")
    return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


# --- in words -----------------------------------------------------------------------------------


class Happened(NamedTuple):
    """What became of something that the sides differ in, and whether it is left to a person."""

    said: str
    stuck: bool = False
    lines: tuple[int, int] = (0, 0)
    """Where what is left stands in the new text."""


def called(part: Part, at: str) -> str:
    """What a part is told by: its own id, else that of what it stands in, and its day."""
    value = part.value if isinstance(part.value, dict) else {}
    if isinstance(value.get("id"), str):
        return str(value["id"])
    return f"{at}, {_day(value)}" if _day(value) else at


def happened(three: Three, at: str, choice: Choice) -> tuple[Happened, ...]:
    """What became of a part, as far as ours does not stand as it is."""
    ours, base, theirs = three
    part = ours or theirs
    if part is None or choice in ("alike", "ours") or (choice == "gone" and ours is None):
        return ()
    at = called(part, at) if "id" in (part.value or ()) else at
    name = _name(part)
    if choice == "torn":
        return (Happened(f"{at}: {_torn(three, name)}", stuck=True),)
    if choice == "gone":
        return (Happened(f"{at}: {name} taken out on the other side"),)
    if ours is None and base is None:
        return (Happened(_added(part, at, name)),)
    differs = ours is None or theirs is None or ours.value != theirs.value
    return (Happened(f"{at}: {name} as the other side has it"),) if differs else ()


def _torn(three: Three, name: str) -> str:
    ours, base, theirs = three
    if ours is None or theirs is None:
        return f"one side took out what the other changed: {name}"
    says = [part.value for part in (ours, theirs)]
    if isinstance(ours.key, str) and all(isinstance(v, str) and len(v) <= SHORT for v in says):
        return f"one side says {name} {says[0]}, the other {says[1]}"
    return f"both sides {'changed' if base else 'added'} {name}, each in its own way"


def _name(part: Part) -> str:
    value = part.value
    if isinstance(part.key, str):
        return part.key
    if not isinstance(value, dict):
        return "a text"
    if day := _day(value):
        return f"the {'decision' if 'decision' in value else 'entry'} of {day}"
    return "it" if "id" in value else "an item"


def _added(part: Part, at: str, name: str) -> str:
    value = part.value
    day = _day(value) if isinstance(value, dict) else ""
    if day:
        words = value.get("decision") or value.get("note") or value.get("status") or ""
        return f"{at}, {day}: {quoted(str(words))}"
    return f"{at}: {name} added on the other side".replace(": it added", " added")


def _day(value: dict[str, Any]) -> str:
    try:
        return dates.read(value["date"]).shown
    except (KeyError, TypeError, Wrong):
        return ""
