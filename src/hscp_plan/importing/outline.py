"""What a document's headings and rows are for, seen over the whole of it before it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..readers.content import Paragraph, Table
from .columns import LONGEST, plain, role_of
from .grid import rows_of, width_of
from .said import is_plans_title, priority_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..readers.content import Content
    from .columns import Role
    from .grid import Row


class Outline(NamedTuple):
    """What the headings of each level name, and whether the plan stands in tables or in lists."""

    levels: Mapping[int, Literal["priority", "objective"]]
    lists: bool
    """Whether no table holds an action, so that lists are taken for them."""
    headings: frozenset[str]
    """The places of paragraphs that stand over a list."""
    columns: Mapping[str, Role]
    """What somebody said that columns hold."""
    over: frozenset[str] = frozenset()
    """The places of the headings that a table of actions stands under."""

    def names(self, heading: Paragraph) -> Literal["", "priority", "objective"]:
        """What a heading names: nothing where no table stands under it."""
        return self.levels.get(heading.level, "") if heading.place in self.over else ""

    def is_heading(self, place: str) -> bool:
        """Whether the paragraph at this place stands over a list."""
        return place in self.headings

    def is_header(self, row: Row, first: bool) -> bool:
        """Whether a row names columns."""
        return is_header(row, first, self.columns)


def is_header(row: Row, first: bool, given: Mapping[str, Role]) -> bool:
    """Whether a row names columns: most of its cells are known names."""
    labels = [" ".join(row.slot(n).text.split()) for n in row.filled]
    if len(labels) == len(row.slots) == 1 and first:
        return (given.get(plain(labels[0])) or role_of(labels[0])) == "action"
    if len(labels) < 2 or any(len(label) > LONGEST for label in labels):
        return False
    known = {given.get(plain(label)) or role_of(label) for label in labels} - {None}
    if "action" not in known and "objective" not in known:
        # Who, by when and how it stands are of an action, whatever that is called.
        return len(known) > 2 and len(labels) > len(known)
    return len(known) > 1 or (first and "action" in known)


def outline_of(content: Content, given: Mapping[str, Role]) -> Outline:
    """The outline of a document."""
    path: dict[int, Paragraph] = {}
    seen: dict[int, set[str]] = {}
    over: set[str] = set()
    has_table = has_priorities = False
    width = -1
    for block in content.blocks:
        if isinstance(block, Paragraph):
            if block.level and block.text.strip():
                path = {n: heading for n, heading in path.items() if n < block.level}
                path[block.level] = block
        elif (wide := _width_of_actions(block, given)) or width == width_of(block):
            width = wide or width
            has_table = True
            has_priorities = has_priorities or _names_priorities(block, given)
            for level, heading in path.items():
                over.add(heading.place)
                seen.setdefault(level, set()).add(heading.text)
    levels = sorted(seen)
    if levels and _is_title(seen[levels[0]], len(levels) > 1 or has_priorities):
        levels = levels[1:]
    named: dict[int, Literal["priority", "objective"]] = {}
    if levels:
        named[levels[-1]] = "objective" if len(levels) > 1 else "priority"
        if len(levels) > 1:
            named[levels[-2]] = "priority"
    return Outline(named, not has_table, _over_lists(content), given, frozenset(over))


def _width_of_actions(table: Table, given: Mapping[str, Role]) -> int:
    """Over how many columns a table holds actions; 0 where it names no columns as one that does."""
    rows = list(rows_of(table))
    named = any(is_header(row, n == 0, given) for n, row in enumerate(rows))
    return max(len(row.slots) for row in rows) if named else 0


def _names_priorities(table: Table, given: Mapping[str, Role]) -> bool:
    """Whether a table has a column that says which priority each action is of."""
    return any(
        is_header(row, n == 0, given)
        and "priority" in {given.get(plain(slot.text)) or role_of(slot.text) for slot in row.slots}
        for n, row in enumerate(rows_of(table))
    )


def _is_title(texts: set[str], others: bool) -> bool:
    """Whether the highest headings are the document's title: one only, which names no priority,
    with `others` below it that do, or called a plan."""
    if len(texts) > 1:
        return False
    (text,) = texts
    return not priority_named(text) and (others or is_plans_title(text, heading=True))


def _over_lists(content: Content) -> frozenset[str]:
    """Where the last paragraph before each list stands, and the paragraphs that a number begins."""
    places: set[str] = set()
    last: Paragraph | None = None
    for block in content.blocks:
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        if block.bullet and last and not last.bullet and len(last.text) < 150:
            places.add(last.place)
        if block.text.split()[0] in {
            f"{n}." for n in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
        }:
            places.add(block.place)
        last = block
    return frozenset(places)
