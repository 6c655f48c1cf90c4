"""What a document's headings and rows are for, seen over the whole of it before it is read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..readers.content import Paragraph, Table
from .columns import LONGEST, plain, role_of, tells_of_no_actions
from .grid import rows_of, width_of
from .said import is_plans_title, priority_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence, Set

    from ..readers.content import Content
    from .columns import Role
    from .grid import Row


class Outline(NamedTuple):
    """What the headings of each level name, and whether the plan stands in tables or in lists."""

    levels: Mapping[int, Literal["priority", "objective"]]
    lists: frozenset[str]
    """The places of the items of lists that are actions; none where a table holds actions."""
    headings: frozenset[str]
    """The places of paragraphs that stand over a list."""
    columns: Mapping[str, Role]
    """What somebody said that columns hold."""
    sheets: frozenset[str] = frozenset()
    """The names of a workbook's sheets, where each of several holds a priority's actions."""
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
        return not tells_of_no_actions(labels) and len(known) > 2 and len(labels) > len(known)
    return len(known) > 1 or (first and "action" in known)


def outline_of(content: Content, given: Mapping[str, Role]) -> Outline:
    """The outline of a document."""
    tables = list(_tables_of_actions(content, given))
    listed = _numbered_through(content) or [p for p in content.paragraphs() if p.bullet]
    listed = _under_priorities(content, listed)
    over = list(_headings_over(content, tables or listed))
    has_priorities = any(_names_priorities(table, given) for table in tables)
    sheets = {table.name for table in tables}
    return Outline(
        levels=_levels(over, has_priorities),
        lists=frozenset(() if tables else (item.place for item in listed)),
        headings=_over_lists(content, {item.place for item in listed}),
        columns=given,
        sheets=frozenset(sheets if len(sheets) > 1 and not has_priorities else ()) - {""},
        over=frozenset(heading.place for heading in over),
    )


def _tables_of_actions(content: Content, given: Mapping[str, Role]) -> Iterator[Table]:
    """The tables that hold actions, as their columns say, or as wide as one before that does."""
    width = -1
    for table in content.tables():
        wide = _width_of_actions(table, given)
        if wide or width == width_of(table):
            width = wide or width
            yield table


def _headings_over(content: Content, actions: Sequence[Paragraph | Table]) -> Iterator[Paragraph]:
    """The headings that these tables or items of lists stand under."""
    path: dict[int, Paragraph] = {}
    holding = {id(block) for block in actions}
    for block in content.blocks:
        if id(block) in holding:
            yield from path.values()
        elif isinstance(block, Paragraph) and block.level and block.text.strip():
            alone = priority_named(block.text) is not None
            path = {n: heading for n, heading in path.items() if n < block.level and not alone}
            path[block.level] = block


def _under_priorities(content: Content, listed: Sequence[Paragraph]) -> list[Paragraph]:
    """The items of lists that stand under a heading which names a priority as such, where there are
    several such headings; else all."""
    level, over, below = 0, 0, []
    wanted = {item.place for item in listed}
    for paragraph in content.paragraphs():
        if paragraph.level and priority_named(paragraph.text):
            level, over = paragraph.level, over + 1
        elif 0 < paragraph.level <= level:
            level = 0
        elif level and paragraph.place in wanted:
            below.append(paragraph)
    return below if over > 1 and below else list(listed)


def _levels(
    over: Sequence[Paragraph], has_priorities: bool
) -> dict[int, Literal["priority", "objective"]]:
    """What the headings of each level name, which stand over actions."""
    seen: dict[int, set[str]] = {}
    for heading in over:
        seen.setdefault(heading.level, set()).add(heading.text)
    levels = sorted(seen)
    as_such = [level for level in levels if any(map(priority_named, seen[level]))]
    if as_such:
        # What stands over a priority is none, whatever its rank.
        levels = [level for level in levels if level >= as_such[0]][:2]
        return dict(zip(levels, ("priority", "objective"), strict=False))
    if levels and _is_title(seen[levels[0]], len(levels) > 1 or has_priorities):
        levels = levels[1:]
    if len(levels) > 1:
        return {levels[-2]: "priority", levels[-1]: "objective"}
    return dict.fromkeys(levels, "priority")


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


def _numbered_through(content: Content) -> list[Paragraph]:
    """The items of lists of which each goes on with the numbers of the one before: 1 to 5, 6 to 11.
    They are what the document counts; none where it has no such lists."""
    longest: list[Paragraph] = []
    ends: dict[int, list[Paragraph]] = {}
    for item in content.paragraphs():
        if item.number == 1 or item.number - 1 in ends:
            chain = [*ends.pop(item.number - 1, []), item] if item.number > 1 else [item]
            ends[item.number] = chain
            longest = max(longest, chain, key=len)
    return longest if _in_several_lists(content, longest) else []


def _in_several_lists(content: Content, items: Sequence[Paragraph]) -> bool:
    """Whether items stand in several lists, other text between them that is no item."""
    wanted = {item.place for item in items}
    inside = [p.place in wanted for p in content.paragraphs() if p.place in wanted or not p.bullet]
    return sum(now and not before for before, now in pairwise([False, *inside])) > 1


def _over_lists(content: Content, items: Set[str]) -> frozenset[str]:
    """Where the last paragraph before each list of such items stands, and the paragraphs that a
    number begins."""
    places: set[str] = set()
    last: Paragraph | None = None
    for block in content.blocks:
        if not isinstance(block, Paragraph) or not block.text.strip():
            continue
        if block.place in items and last and not last.bullet and len(last.text) < 150:
            places.add(last.place)
        if block.text.split()[0] in {
            f"{n}." for n in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
        }:
            places.add(block.place)
        last = block
    return frozenset(places)
