"""The parts of a paper that share what is left of one side: how many rows each of them shows, and
how those that are left out are named below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Column, Heading, Paragraph, Table
from ..layout import height
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..document import Block, Cell

NAMED, BARE = 8, 8
"""How many of those that are left out are named with their words, and how many more by their id."""


class Row(NamedTuple):
    """A row of a part."""

    id: str
    words: str
    """The words of what it is about, for where the row itself is left out."""
    cells: tuple[Cell, ...]
    how: str = ""
    """What is said of it then: at risk, complete. Nothing where the part's heading says it."""
    must: bool = False
    """Whether it may be left out for want of room only after all others."""


class Part(NamedTuple):
    """A part that is a table, or a sentence where there is nothing to show."""

    heading: str
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    """In the order in which they are shown; those that must be come first."""
    caption: str
    none: str
    weight: int = 2
    """How many rows it has for those of another part."""

    def least(self, rows: int) -> int:
        """How many rows it has to show: so many, where it has them, and all that must be."""
        return max(sum(row.must for row in self.rows), min(rows, len(self.rows)))

    def draw(self, number: int, most: int) -> list[Block]:
        """Its heading, its first rows, and what is left out: how many, and which."""
        left = self.rows[most:]
        blocks: list[Block] = [Heading(f"{number}. {self.heading}{self._shown(most)}")]
        if not self.rows:
            blocks.append(Paragraph((self.none,)))
        if most:
            columns = tuple(map(Column, self.names))
            cells = tuple(row.cells for row in self.rows[:most])
            blocks.append(Table(columns, cells, caption=self.caption))
        if left:
            blocks.append(Paragraph((f"Also {_also(left)}.",), small=True))
        return blocks

    def _shown(self, most: int) -> str:
        """How many of its rows it shows, where that is not all."""
        if most >= len(self.rows):
            return ""
        return f" ({most or 'none'} of the {len(self.rows)} {'is' if most < 2 else 'are'} shown)"


def _also(left: Sequence[Row]) -> str:
    """Rows that are left out, by what is said of them: at risk: P2.5 (Launch CSA Strategy). The
    first of all are named with their words, the next by their ids, and the rest are counted."""
    length, most, bare = (40 if len(left) <= 2 else 28), NAMED, BARE
    by_how: dict[str, dict[str, str]] = {}
    for row in left:
        by_how.setdefault(row.how, {})[row.id] = row.words
    parts = []
    for how, words_of in by_how.items():
        cited = phrases.ids_with_words(list(words_of.items()), most, length, bare)
        parts.append(f"{how}: {cited}" if how else cited)
        unworded = max(0, len(words_of) - most)
        most, bare = max(0, most - len(words_of)), max(0, bare - unworded)
    return "; ".join(parts)


def shares(parts: Sequence[Part], room: float, first: int) -> list[int]:
    """How many rows each part shows, so that all of them are no higher than the room: what must be
    shown before all else, then a row of each in turn, by weight. `first` is the first's number."""
    rows = [0] * len(parts)
    heights = [height(part.draw(first + n, 0)) for n, part in enumerate(parts)]
    # A part whose next row has no room grows no more: a later row may be lower, and would stand
    # for one that matters more.
    growing = set(range(len(parts)))
    while candidates := [n for n in growing if rows[n] < len(parts[n].rows)]:
        n = min(candidates, key=lambda n: (*_turn(parts[n], rows[n]), n))
        higher = height(parts[n].draw(first + n, rows[n] + 1))
        if sum(heights) - heights[n] + higher <= room:
            rows[n], heights[n] = rows[n] + 1, higher
        else:
            growing.discard(n)
    return rows


def _turn(part: Part, shown: int) -> tuple[bool, float]:
    return not part.rows[shown].must, shown / part.weight
