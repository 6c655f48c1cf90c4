"""Edits a YAML text by no more than a change needs, in the style that stands there.

Text in, text out. Nothing outside the lines that are meant is touched: indents, quotes, comments,
blank lines and line ends stay as they are. A layout that cannot be edited safely is refused with
its place and how to lay it out. Whoever calls reads the new text again and compares.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mendable, Place
from .nodes import tree
from .scalars import indent_lines, item_lines, quote_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .nodes import Node, Path


class Stuck(Mendable):
    """A layout that hscp will not edit: what stands in the way, where, and how to lay it out."""

    def __init__(self, what: str, node: Node, next: str) -> None:
        super().__init__(what, next)
        self.line, self.column = node.line, node.column


class Splice(NamedTuple):
    """A piece of a line, and what comes into its place."""

    line: int
    first: int
    """Its first column."""
    after: int
    """The column after its last."""
    new: str


class Text:
    """A text to be edited. Lines and columns are of the text as it was; `apply` makes the edits."""

    def __init__(self, text: str) -> None:
        self.mark = "\ufeff" if text.startswith("\ufeff") else ""
        self.raw = text.removeprefix("\ufeff").split("\n")
        """The lines as they are: where the file has CR LF, with a CR."""
        self.lines = [line.removesuffix("\r") for line in self.raw]
        self.root = tree("\n".join(self.lines))
        self.splices: list[Splice] = []
        self.inserts: list[tuple[int, list[str]]] = []
        """Lines to stand after a line (-1: before the first)."""
        self.cuts: list[tuple[int, int]] = []
        """First line, and the line after the last, of what is taken out."""

    @property
    def line_end(self) -> str:
        """The line end that this file uses."""
        return "\r" if self.raw and self.raw[0].endswith("\r") else ""

    def at(self, path: Path) -> Node:
        """The part of the text at a path of keys."""
        node = self.root
        for step in path:
            child = node.items[step][1] if isinstance(step, int) else node.get(step)
            if child is None:
                raise KeyError(step)
            node = child
        return node

    def replace(self, node: Node, value: str) -> None:
        """Put another short value in place of a scalar, in its own quotation marks."""
        if node.kind != "scalar" or node.line != node.end_line or node.style in ("|", ">"):
            raise Stuck("this value is not on one line", node, "Write it on the line of its key.")
        if not node.value and not node.style:
            raise Stuck("this key has nothing after it", node, "Write its value, or take it out.")
        new = quote_as(value, node.style)
        self.splices.append(Splice(node.line, node.column, node.end_column, new))

    def add(self, mapping: Node, lines: Sequence[str], before: Iterable[str]) -> None:
        """Add a key as these lines, the first of them `key: …`, after the last of the keys that
        usually stand before it."""
        self._refuse_flow(mapping, "this item", "Write each key on a line of its own.")
        keys_before = set(before)
        values = [value for key, value in mapping.items if key and key.value in keys_before]
        after = values[-1] if values else mapping.items[-1][1]
        spaced = mapping is self.root and self.is_spaced(mapping)
        if spaced and not self._keeps_blanks(_last(after)):
            lines = ["", *lines]  # this file has blank lines between its top keys
        indent = " " * self._key_column(mapping)
        self.insert(self.end(after), [f"{indent}{line}" for line in lines])

    def put_value(
        self, mapping: Node, key: str, lines: Sequence[str], before: Iterable[str]
    ) -> None:
        """Give a key a value, whatever it has: these lines, the first of them `key: …`."""
        node, key_node = mapping.get(key), mapping.key(key)
        if node is None or key_node is None:
            self.add(mapping, lines, before)
            return
        self._refuse_flow(mapping, "this item", "Write each key on a line of its own.")
        at_once = node.line == key_node.line == node.end_line and node.style not in ("|", ">")
        if at_once and len(lines) == 1:
            # The colon stays, and what stands after the value on its line.
            first = self.lines[node.line].index(":", key_node.end_column) + 1
            value = lines[0].removeprefix(f"{key}:")
            self.splices.append(Splice(node.line, first, max(node.end_column, first), value))
            return
        place = self._cut_key(key_node, node)
        indent = " " * self._key_column(mapping)
        self.insert(place - 1, [f"{indent}{line}" for line in lines])

    def take_out(self, mapping: Node, key: str) -> None:
        """Take a key out of a mapping that has it, with its value."""
        node, key_node = mapping.get(key), mapping.key(key)
        if node and key_node:
            self._refuse_flow(mapping, "this item", "Write each key on a line of its own.")
            self._cut_key(key_node, node)

    def _cut_key(self, key_node: Node, node: Node) -> int:
        """Cut the lines of a key and its value; the first of them. Raises Stuck where they hold
        more than that."""
        first, after = key_node.line, max(self.end(node), key_node.line) + 1
        if self.lines[first][: key_node.column].strip():
            next = "Write the keys of this item in another order."
            raise Stuck(f"`{key_node.value}:` is the first of its keys", key_node, next)
        if any(re.search(r"(^|\s)#", line) for line in self.lines[first:after]):
            next = "Put the comment above it, on a line of its own."
            raise Stuck(f"a comment stands within `{key_node.value}:`", key_node, next)
        self.cut(first, after)
        return first

    def append(
        self,
        mapping: Node,
        key: str,
        items: Iterable[Mapping[str, Any]],
        before: Iterable[str],
        at: int | None = None,
    ) -> None:
        """Put items into the list under a key: at its end, or before the item that now stands at a
        number."""
        node = mapping.get(key)
        gap = 2  # as wide as a dash and a blank
        if node and node.kind == "list" and node.items:
            first = node.items[0][1]
            # An item below its dash says nothing of the gap.
            if first.line == node.line:
                gap = first.column - node.column
        lines = [line for item in items for line in item_lines(item, gap)]
        self.put(mapping, key, lines, before, at)

    def put(
        self,
        mapping: Node,
        key: str,
        lines: Sequence[str],
        before: Iterable[str],
        at: int | None = None,
    ) -> None:
        """Put items' lines, the first of each beginning with its dash, into the list under a key
        that is there, empty, or absent."""
        what = "this measure" if key == "values" else "this milestone"
        self._refuse_flow(mapping, what, "Write each key on a line of its own.")
        node = mapping.get(key)
        step = self._list_step()
        if node is None:
            self.add(mapping, [f"{key}:", *indent_lines(lines, step)], before)
        elif node.kind == "list" and node.style == "flow" and not node.items:
            self._cut_empty_list(mapping, key, node)
            self.insert(node.end_line, indent_lines(lines, self._key_column(mapping) + step))
        elif node.kind == "scalar" and not node.value and not node.style:
            self.insert(node.line, indent_lines(lines, self._key_column(mapping) + step))
        elif node.kind != "list" or node.style == "flow":
            what = f"`{key}:` is written in brackets, or is no list"
            raise Stuck(what, node, f"Write  {key}:  and each entry below it, after a dash.")
        else:
            key_node = mapping.key(key)
            if at == 0:
                # What stands between the key and its first item belongs to that item.
                after = key_node.end_line if key_node else node.line - 1
            else:
                after = self.end(node if at is None else node.items[at - 1][1])
            self.insert(after, indent_lines(lines, node.column))

    def insert(self, after: int, lines: Sequence[str]) -> None:
        """Put lines after a line; -1 puts them before the first."""
        block = unended_block(self) if after == len(self.raw) - 1 else None
        if block and "-" not in block.sign:
            # It gets a line end, which is to be no part of it.
            self.set_sign(block, f"{block.sign.replace('+', '')}-")
        self.inserts.append((after, list(lines)))

    def set_sign(self, block: UnendedBlock, sign: str) -> None:
        """Put another sign, such as |-, at the head of a block text."""
        after = block.column + len(block.sign)
        splice = Splice(block.line, block.column, after, sign)
        if splice not in self.splices:
            self.splices.append(splice)

    def cut(self, first: int, after: int) -> None:
        """Take out the lines from `first` up to, not including, `after`."""
        self.cuts.append((first, after))

    def end(self, node: Node) -> int:
        """The last line of a part's content: before blank lines and comments that follow it."""
        node = _last(node)
        if node.style not in ("|", ">"):
            return node.end_line
        last = node.end_line if node.end_column else node.end_line - 1
        # What is not ended by a line end is no blank line yet, whoever owns those.
        least = len(self.lines) - 2 if self._keeps_blanks(node) else node.line
        first = next(filter(str.strip, self.lines[node.line + 1 : last + 1]), "")
        indent = len(first) - len(first.lstrip(" "))
        # Blanks beyond the indent are content.
        while (
            last > least and self.lines[last].strip(" ") == "" and len(self.lines[last]) <= indent
        ):
            last -= 1
        return last

    def is_spaced(self, mapping: Node, but: Node | None = None) -> bool:
        """Whether a blank line stands before a key of a mapping, its first and `but` left out."""
        keys = (key for key, _ in mapping.items[1:])
        return any(key and key is not but and self.blank_before(mapping, key) for key in keys)

    def blank_before(self, mapping: Node, key: Node) -> bool:
        """Whether a blank line stands before a key that is not its mapping's first: one that a
        block text before it owns is none."""
        keys = [key for key, _ in mapping.items]
        before = mapping.items[keys.index(key) - 1][1]
        return not self.lines[key.line - 1] and self.end(before) < key.line - 1

    def _keeps_blanks(self, node: Node) -> bool:
        """Whether this is a block text that owns the blank lines after it: its sign is |+ or >+."""
        header = self.lines[node.line][node.column :].split("#")[0]
        return node.style in ("|", ">") and "+" in header

    def apply(self) -> str:
        """The text with every edit made."""
        raw = list(self.raw)
        for splice in sorted(self.splices, reverse=True):
            line = raw[splice.line]
            raw[splice.line] = line[: splice.first] + splice.new + line[splice.after :]
        jobs = [(after + 1, after + 1, lines) for after, lines in self.inserts]
        jobs += [(first, after, []) for first, after in self.cuts]
        # The last place first, so that the others stay where they are; of two at one place the
        # later-asked first, so that they end up in the order asked.
        jobs.sort(key=lambda job: job[0])
        for first, after, lines in reversed(jobs):
            new_lines = [line + self.line_end for line in lines]
            if first >= len(raw) and new_lines:
                # The last line had no end: it gets one, and the new last line has none.
                raw[-1] += self.line_end
                new_lines[-1] = new_lines[-1].removesuffix("\r")
            raw[first:after] = new_lines
        return self.mark + "\n".join(raw)

    @property
    def new_line(self) -> int:
        """Where, in the new text, the item that was asked last begins, counted from 1."""
        if not self.inserts:
            return 1
        place, lines = self.inserts[-1]
        above = sum(len(others) for after, others in self.inserts[:-1] if after <= place)
        above -= sum(after - first for first, after in self.cuts if first <= place)
        # Its list's key may be new too, and stand before it.
        dashes = (n for n, line in enumerate(lines) if line.lstrip().startswith("-"))
        return place + 2 + above + next(dashes, 0)

    def _refuse_flow(self, mapping: Node, what: str, next: str) -> None:
        """Raises Stuck where a mapping is written in brackets."""
        if mapping.kind != "map" or mapping.style == "flow":
            raise Stuck(f"{what} stands in curly brackets", mapping, next)

    def _key_column(self, mapping: Node) -> int:
        first = mapping.items[0][0]
        if first is None:
            raise Stuck("these keys cannot be read", mapping, "Write each key on its own line.")
        return first.column

    def _list_step(self) -> int:
        """How far lists of this file stand to the right of their keys: 0 or more."""
        stack = [self.root]
        while stack:
            node = stack.pop()
            for key, value in node.items:
                if key and value.kind == "list" and value.style != "flow":
                    return value.column - key.column
                stack.append(value)
        return 2

    def _cut_empty_list(self, mapping: Node, key: str, node: Node) -> None:
        """Take [] out after a key, and the blank before it where nothing follows."""
        key_node = mapping.key(key)
        if node.line != node.end_line or key_node is None or key_node.line != node.line:
            raise Stuck(f"`{key}:` is empty", node, f"Write  {key}: []  on one line.")
        rest = self.lines[node.line][node.end_column :]
        first = node.column if rest.strip() else key_node.end_column + 1
        after = node.end_column if rest.strip() else len(self.lines[node.line])
        self.splices.append(Splice(node.line, first, after, ""))


class UnendedBlock(NamedTuple):
    """A block text that ends a file without a line end."""

    line: int
    column: int
    sign: str
    """|, |+, >2 and the like."""
    place: Path
    """The keys, numbers and dates that lead to it from the last id on the way, then its value."""


def unended_block(edit: Text) -> UnendedBlock | None:
    """The block text that ends a text without a line end; None where something else does."""
    node: Node = edit.root
    place: Path = ()
    while node.items and node.style != "flow":
        id, date, (key, last) = node.get("id"), node.get("date"), node.items[-1]
        step = key.value if key else len(node.items) - 1
        # Numbers change with what is put before them; an id or an entry's date does not.
        if id:
            place = (id.value, step)
        elif date:
            place = (*place[:-1], date.value, step)
        else:
            place = (*place, step)
        node = last
    if node.style not in ("|", ">") or not node.value or node.value.endswith("\n"):
        return None
    sign = re.match(r"[|>][-+\d]*", edit.lines[node.line][node.column :])
    return UnendedBlock(node.line, node.column, sign[0], (*place, node.value)) if sign else None


def _last(node: Node) -> Node:
    """What stands last in a part: a scalar, or something in brackets."""
    while node.items and node.style != "flow":
        node = node.items[-1][1]
    return node


def place_of(stuck: Stuck, file: str) -> Place:
    """Where a layout stands that cannot be edited."""
    return Place(file, stuck.line + 1, stuck.column + 1)
