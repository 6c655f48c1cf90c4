"""The parts of a version of a file, each with its lines and the comments that belong to it; and
what becomes of a part that three versions have. Pure.

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

    from .nodes import Node

    Choice = Literal["alike", "ours", "theirs", "gone", "conflict"]
    """Whose a part is that is taken whole: both sides' ("alike"), one side's, nobody's any more, or
    for a person to say."""


SHORT = 40
"""Characters of a value that a line has room for twice."""


class _Absent:
    """The value of what is not there, or is a key with nothing after it."""

    def __bool__(self) -> bool:
        return False


ABSENT = _Absent()


_COMMENT = re.compile(r"(?:^|\s)#")


class Version:
    """One version of a file: ours, theirs or the base."""

    def __init__(self, text: str, values: Any) -> None:
        self.edit, self.values = Text(text), values
        self.lines = self.edit.lines

    @cached_property
    def comments(self) -> dict[int, int]:
        """The column at which a comment begins, by line."""
        ends, within = self._content()
        columns = {}
        for number, line in enumerate(self.lines):
            match = _COMMENT.search(line, ends.get(number, 0))
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
        lines = len(self.lines)
        after = lines if self.lines[-1] else lines - 1  # a line end ends the last, and begins none
        return Part(self, None, self.edit.root, self.values, 0, 0, after, 0)


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
    def has_head(self) -> bool:
        """Whether a line of its own stands before its parts: its key's, or a dash alone."""
        if self.key is None or self.node.style == "flow" or not self.node.items:
            return False
        return _first_line(self.version, self.node, 0) > self.first

    def remarks(self, first: int | None = None) -> list[str]:
        """The comments in its own lines, or from another line on."""
        columns, lines = self.version.comments, self.version.lines
        begin = self.first if first is None else first
        return [lines[n][columns[n] :].strip() for n in range(begin, self.after) if n in columns]

    @property
    def remark(self) -> str:
        """The comment at the end of its first line; empty without one."""
        column = self.version.comments.get(self.first)
        return "" if column is None else self.text[0][column:].strip()

    def with_remark(self, remark: str) -> str:
        """Its first line, with another comment at its end, or none."""
        line, columns = self.text[0], self.version.comments
        content = line[: columns.get(self.first, len(line))].rstrip()
        return f"{content}  {remark}" if remark else content


class PartVersions(NamedTuple):
    """A part as ours, the base and theirs have it; None where it is not there."""

    ours: Part | None
    base: Part | None
    theirs: Part | None


def parts(part: Part) -> list[Part]:
    """The keys of a mapping or the items of a list, in the order they stand."""
    version, node = part.version, part.node
    parts: list[Part] = []
    lead = part.first + 1 if part.has_head else part.first
    for number, (key, value) in enumerate(node.items):
        first = _first_line(version, node, number)
        after = max(version.edit.end(value), first) + 1
        lead = min(lead, first)
        if key:
            says = part.value.get(key.value, ABSENT)
            parts.append(Part(version, key.value, value, says, lead, first, after, key.column))
        else:
            says = part.value[number]
            parts.append(Part(version, number, value, says, lead, first, after, node.column))
        lead = after
    return parts


def _first_line(version: Version, node: Node, number: int) -> int:
    key, value = node.items[number]
    line = (key or value).line
    while key is None and not version.lines[line][node.column :].startswith("-"):
        line -= 1
    return line


def _leaves(node: Node) -> Iterator[Node]:
    """Every scalar and every part in brackets, keys too."""
    stack = [node]
    while stack:
        inner = stack.pop()
        if inner.kind == "scalar" or inner.style == "flow":
            yield inner
        else:
            stack += [part for pair in inner.items for part in pair if part]


# --- what becomes of a part ---------------------------------------------------------------------


def shape(*versions: Part | None) -> str:
    """The shape of a part in some versions: "map" or "empty" where it is that in each, "list" where
    it is one in each that has it and is not empty there; else "leaf", which is taken whole."""
    shapes = {_shape(part) for part in versions}
    if shapes == {"map"} or shapes == {"empty"}:
        return shapes.pop()
    return "list" if "list" in shapes and shapes <= {"list", "empty", ""} else "leaf"


def _shape(part: Part | None) -> str:
    if part is None:
        return ""
    if not part.value:
        return "empty"
    return part.node.kind if part.node.style != "flow" else "leaf"


def choose(versions: PartVersions) -> Choice:
    """Whose a part is that is taken whole: what one side alone did stands."""
    ours, base, theirs = versions
    if ours is None or theirs is None:
        return _choose_one_sided(ours or theirs, base, "ours" if ours else "theirs")
    choices = {
        _choose(ours.value, base and base.value, theirs.value),
        _choose(ours.remarks(), base and base.remarks(), theirs.remarks()),
    }
    if choices == {"alike"}:
        # Then only its layout differs, if anything.
        return "theirs" if base and ours.text == base.text else "ours"
    choices.discard("alike")
    return choices.pop() if len(choices) == 1 else "conflict"


def _choose(ours: Any, base: Any, theirs: Any) -> Choice:
    if ours == theirs:
        return "alike"
    if theirs == base:
        return "ours"
    return "theirs" if ours == base else "conflict"


def _choose_one_sided(part: Part | None, base: Part | None, side: Choice) -> Choice:
    """Of a part that one side alone has: it is new there, or the other side took it out."""
    if part is None:
        return "gone"
    if base is None:
        return side
    new_remarks = {*part.remarks(part.lead)} - {*base.remarks(base.lead)}
    return "conflict" if new_remarks or part.value != base.value else "gone"


def conflicting_keys(versions: PartVersions) -> set[str]:
    """The status and the due date of a milestone, where both sides logged another; and a figure
    with its note, where one side put another figure and the other wrote of the one before."""
    ours, base, theirs = (part.value if part else {} for part in versions)

    def logs(side: dict[str, Any], key: str) -> bool:
        return any(key in entry for entry in _log(side) if entry not in _log(base))

    if "period" in base and _crossed(ours, base, theirs):
        return {"value", "note"}
    return {
        key
        for key, log_key in (("status", "status"), ("due", "moved"))
        if ours.get(key) != theirs.get(key) and logs(ours, log_key) and logs(theirs, log_key)
    }


def _crossed(ours: dict[str, Any], base: dict[str, Any], theirs: dict[str, Any]) -> bool:
    """Whether each side changed something else of a figure: one the number, one the note."""
    changed = [{k for k in ("value", "note") if v.get(k) != base.get(k)} for v in (ours, theirs)]
    return all(changed) and changed[0] != changed[1]


def _log(milestone: dict[str, Any]) -> list[Any]:
    entries = milestone.get("progress")
    return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


# --- in words -----------------------------------------------------------------------------------


class Difference(NamedTuple):
    """Something that the sides differ in."""

    text: str
    """What became of it."""
    conflict: bool = False
    """Whether it is left to a person."""
    lines: tuple[int, int] = (0, 0)
    """Where what is left stands in the new text."""


def part_name(part: Part, at: str) -> str:
    """What a message calls a part: its own id, else that of what it stands in, and its day."""
    value = part.value if isinstance(part.value, dict) else {}
    if isinstance(value.get("id"), str):
        return str(value["id"])
    return f"{at}, {_day(value)}" if _day(value) else at


def differences(versions: PartVersions, at: str, choice: Choice) -> tuple[Difference, ...]:
    """What became of a part, as far as ours does not stand as it is."""
    ours, base, theirs = versions
    part = ours or theirs
    if part is None or choice in ("alike", "ours") or (choice == "gone" and ours is None):
        return ()
    at = part_name(part, at) if "id" in (part.value or ()) else at
    noun = _noun(part)
    if choice == "conflict":
        return (Difference(f"{at}: {_conflict(versions, noun)}", conflict=True),)
    if choice == "gone":
        return (Difference(f"{at}: {noun} taken out on the other side"),)
    if ours is None and base is None:
        return (Difference(_addition(part, at, noun)),)
    if ours is None or theirs is None or ours.value != theirs.value:
        return (Difference(f"{at}: {noun} as the other side has it"),)
    return ()


def _conflict(versions: PartVersions, noun: str) -> str:
    ours, base, theirs = versions
    if base is None and (ours is None or theirs is None):
        return f"one side has a {noun}, which may not fit what the other says"
    if ours is None or theirs is None:
        return f"one side took out what the other changed: {noun}"
    values = [ours.value, theirs.value]
    short = all(isinstance(value, str) and len(value) <= SHORT for value in values)
    if isinstance(ours.key, str) and short:
        return f"one side says {noun} {values[0]}, the other {values[1]}"
    return f"both sides {'changed' if base else 'added'} {noun}, each in its own way"


def _noun(part: Part) -> str:
    """What a sentence calls a part of which its subject has said the id."""
    value = part.value
    if isinstance(part.key, str):
        return part.key
    if not isinstance(value, dict):
        return "a text"
    if day := _day(value):
        nouns = {"decision": "decision", "form": "round of asking", "level": "assurance"}
        nouns["from"] = "impact"
        noun = next((noun for key, noun in nouns.items() if key in value), "entry")
        return f"the {noun} of {day}"
    return "it" if "id" in value else "an item"


_SAYS = ("decision", "note", "level", "status", "who")
"""The keys that say what an item is about, the first that it has."""


def _addition(part: Part, at: str, noun: str) -> str:
    value = part.value
    day = _day(value) if isinstance(value, dict) else ""
    if day:
        words = next((value[key] for key in _SAYS if value.get(key)), "")
        return f"{at}, {day}: {quoted(str(words))}"
    return f"{at}: {noun} added on the other side".replace(": it added", " added")


def _day(value: dict[str, Any]) -> str:
    try:
        return dates.read(value["date"]).shown
    except (KeyError, TypeError, Wrong):
        return ""
