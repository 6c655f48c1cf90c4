"""The part of a yearly report about themes: of each, who sought it, when it was heard in the year,
and what changed after that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Column, Heading, Paragraph, Table
from ..themes import themes
from ..words import listed
from . import papers, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Cell, Line
    from ..themes import Theme
    from ._year import Year

_WHAT_COUNTS = (
    "What counts as changed was logged under a theme since it was first heard, and is complete or "
    "has evidence"
)


def theme_blocks(year: Year) -> Iterator[Block]:
    """A row for each theme; nothing where the plan names none. What was heard is told beside it,
    so that here its day and whose it is will do."""
    rows = tuple(_row(theme, year) for theme in themes(year.plan, year.end))
    if rows:
        yield Heading("By theme", 2)
        names = (
            "Theme",
            "Sought by",
            "Heard in the year",
            "Changed in the year, since it was heard",
        )
        yield Paragraph((f"{_WHAT_COUNTS}; {phrases.THEME_ALONE}.",), apart=True)
        caption = "What was heard of each theme in the year, and what changed"
        yield Table(tuple(map(Column, names)), rows, caption=caption)


def _row(theme: Theme, year: Year) -> tuple[Cell, ...]:
    heard: list[Line] = [
        (each.impact.date, f", {each.impact.from_}, on {each.priority.id}")
        for each in theme.heard
        if year.within(each.impact.date)
    ]
    changed: list[Line] = [
        (f"{c.standing.milestone.id}, ", *papers.entry_line(c.entry, c.standing, year.plan.head))
        for c in theme.changed
        if year.within(c.entry.date)
    ]
    return (
        theme.name,
        listed(dict.fromkeys(each.objective.id for each in theme.sought)) or "No objective",
        papers.stack(heard, "Nothing was heard"),
        papers.stack(changed, "Nothing is recorded as changed"),
    )
