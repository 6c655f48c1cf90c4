"""The parts of a YAML text, each with where it stands."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from ..reading.yamltext import Amiss, events, kinds, read, values

Path = tuple[str | int, ...]


class Node(NamedTuple):
    """A part of a YAML text and where it stands: lines and columns counted from 0."""

    kind: Literal["scalar", "map", "list"]
    style: str
    """A scalar's quotation mark or block sign, empty for plain; "flow" for {…} and […]."""
    line: int
    column: int
    end_line: int
    end_column: int
    value: str
    items: list[tuple[Node | None, Node]]
    """A mapping's keys and values; a list's items, without keys."""

    def get(self, key: str) -> Node | None:
        """The value of a key of this mapping."""
        return next((value for k, value in self.items if k and k.value == key), None)

    def key(self, key: str) -> Node | None:
        """A key of this mapping."""
        return next((k for k, _ in self.items if k and k.value == key), None)


class _Level(NamedTuple):
    """A mapping or list that is not ended yet, and the key that it is the value of."""

    start: Any
    """The event that it began with."""
    items: list[tuple[Node | None, Node]]
    key: Node | None


def tree(text: str) -> Node:
    """The parts of a text, each with where it stands. The text has no faults."""
    kind = kinds()
    levels: list[_Level] = []
    key: Node | None = None
    """The key whose value comes next; None where a key or an item does."""
    node: Node | None = None
    for event in events(text):
        if type(event) in (kind.mapping, kind.sequence):
            levels.append(_Level(event, [], key))
            key = None
            continue
        if type(event) is kind.scalar:
            node = _node("scalar", event.style or "", event, event, event.value, [])
            if key is None and levels and type(levels[-1].start) is kind.mapping:
                key = node
                continue
        elif type(event) in (kind.mapping_end, kind.sequence_end):
            start, items, key = levels.pop()
            style = "flow" if start.flow_style else ""
            name: Literal["map", "list"] = "map" if type(start) is kind.mapping else "list"
            node = _node(name, style, start, event, "", items)
        else:
            continue
        if levels:
            levels[-1].items.append((key, node))
        key = None
    assert node  # noqa: S101 - a text without faults has a value
    return node


def _node(
    kind: Literal["scalar", "map", "list"],
    style: str,
    first: Any,
    last: Any,
    value: str,
    items: list[tuple[Node | None, Node]],
) -> Node:
    """A part from its first event to its last."""
    start, end = first.start_mark, last.end_mark
    return Node(kind, style, start.line, start.column, end.line, end.column, value, items)


def sound_values(plain: str) -> dict[str, Any] | None:
    """The values of a text that has no errors, though there may be warnings of it; else None."""
    try:
        return values(plain)
    except Amiss:
        reading = read(plain, "")
        return None if any(f.severity == "error" for f in reading.faults) else reading.value
