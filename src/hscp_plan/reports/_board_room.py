"""How much the Board's page says of what can be said shorter, so that it keeps to one side."""

from __future__ import annotations

from typing import NamedTuple


class Rows(NamedTuple):
    """Numbers of rows, of each part that shares what the others leave of the page."""

    late: int = 0
    moved_rows: int = 0
    next: int = 0
    arising: int = 0


class Room(NamedTuple):
    """How much of what can be said shorter the page says, before rows are left out."""

    cited: int
    """How many milestones or priorities a sentence names with their words."""
    priorities: int
    """How many priorities have a row."""
    questions: int
    """How many questions it leaves open."""
    rows: Rows
    """The rows with which the page is good enough."""
    full: bool = False
    """Whether it says the figures of a measure, and on what ground somebody is assured."""


ROOMS = (
    Room(
        cited=4,
        priorities=12,
        questions=2,
        rows=Rows(late=6, moved_rows=2, next=2, arising=3),
        full=True,
    ),
    Room(
        cited=4,
        priorities=12,
        questions=1,
        rows=Rows(late=5, moved_rows=2, next=2, arising=2),
        full=True,
    ),
    Room(
        cited=4,
        priorities=12,
        questions=0,
        rows=Rows(late=3, moved_rows=1, next=1, arising=1),
        full=True,
    ),
    Room(
        cited=3,
        priorities=12,
        questions=0,
        rows=Rows(late=2, moved_rows=1, next=1, arising=1),
        full=True,
    ),
    Room(cited=3, priorities=12, questions=0, rows=Rows(late=2)),
    Room(cited=3, priorities=8, questions=0, rows=Rows()),
    Room(cited=3, priorities=6, questions=0, rows=Rows()),
    Room(cited=2, priorities=3, questions=0, rows=Rows()),
)
"""How the page is tried, from the most that it says to the least: the first that is good enough is
taken, else the last."""
