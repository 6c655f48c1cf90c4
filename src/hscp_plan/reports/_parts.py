"""Splits a site's long pages into parts, a page each, so that no browser struggles with one.

A milestone's part never changes: it is counted in the order of ids, and a new id comes last.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..document import Heading, Link, Paragraph, Table, Title
from ..words import natural_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..document import Bars, Block, Cell, Document
    from ..model import Priority

MOST_MILESTONES = 200
"""Milestones of which a page says all."""
MOST_ROWS = 1_000
"""Rows that the tables of a page have together."""
MOST_BARS = 500
"""Bars of a timeline on a page, each of which stands in a table too."""


def file_of(file: str, part: int) -> str:
    """The page of a part: p1.html, then p1_2.html, which is no other page's: no id has a stroke."""
    return file if part == 1 else f"{file.removesuffix('.html')}_{part}.html"


def parts_of(priority: Priority) -> dict[str, int]:
    """On which part of its priority's page each milestone stands, by its id."""
    ids = sorted((m.id for m in priority.milestones), key=natural_key)
    return {id: place // MOST_MILESTONES + 1 for place, id in enumerate(ids)}


def part_names(priority: Priority) -> list[str]:
    """The milestones of each part of a priority's page, by which it is found: P1.1 to P1.200."""
    ids: dict[int, list[str]] = {}
    for id, part in parts_of(priority).items():
        ids.setdefault(part, []).append(id)
    return [f"{some[0]} to {some[-1]}" if len(some) > 1 else some[0] for some in ids.values()]


def with_links(
    documents: Sequence[Document], file: str, names: Sequence[str] = ()
) -> Iterator[Document]:
    """The parts of a page, each with its number and links to the others, by these names or else by
    their numbers; one alone as it is."""
    every = range(1, len(documents) + 1)
    for part, document in zip(every, documents, strict=True):
        title, *rest = document
        if len(documents) == 1 or not isinstance(title, Title):
            yield document
            continue
        links = [
            Link(name, file_of(file, n) if n != part else "")
            for n, name in zip(every, names or map(str, every), strict=True)
        ]
        line = [piece for link in links for piece in (", ", link)][1:]
        numbered = title._replace(text=f"{title.text}, part {part} of {len(documents)}")
        yield (numbered, Paragraph(("Parts of this page: ", *line, ".")), *rest)


def split(document: Document) -> list[Document]:
    """A document in parts whose tables have together no more rows than a page bears."""
    parts: list[list[Block]] = [[]]
    room = MOST_ROWS
    for block in document:
        if not isinstance(block, Table):
            parts[-1].append(block)
            continue
        rows = block.rows
        while len(rows) > room:
            # A heading is not left alone at the foot of a page: it begins the next.
            if here := _without_last_heading(rows[:room]):
                parts[-1].append(block._replace(rows=here))
            rows = (*_above(rows[: room + 1]), *rows[room:])
            parts.append([document[0]])
            room = MOST_ROWS
        parts[-1].append(block._replace(rows=rows))
        room -= len(rows)
    return [tuple(blocks) for blocks in parts]


def _without_last_heading(
    rows: tuple[tuple[Cell, ...] | Heading, ...],
) -> tuple[tuple[Cell, ...] | Heading, ...]:
    while rows and isinstance(rows[-1], Heading):
        rows = rows[:-1]
    return rows


def split_bars(bars: Bars) -> list[Bars]:
    """A timeline's bars in parts, as many as a page bears in each."""
    every = [(heading, bar) for heading, group in bars.groups for bar in group]
    if len(every) <= MOST_BARS:
        return [bars]
    return [
        bars._replace(
            groups=tuple(
                (heading, tuple(bar for _, bar in group))
                for heading, group in groupby(every[at : at + MOST_BARS], lambda both: both[0])
            )
        )
        for at in range(0, len(every), MOST_BARS)
    ]


def _above(rows: Sequence[tuple[Cell, ...] | Heading]) -> list[Heading]:
    """The heading that the last of these rows stands below, where it is none itself."""
    if isinstance(rows[-1], Heading):
        return []
    return [row for row in rows if isinstance(row, Heading)][-1:]
