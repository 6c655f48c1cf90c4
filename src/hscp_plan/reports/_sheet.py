"""What a sheet of a workbook is: its columns, and its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Value: TypeAlias = "str | int | float | date | None"
Holds = Literal["text", "written", "date", "number", "status", "standing"]


class Field(NamedTuple):
    """A column of a sheet: its heading, how many letters wide, and what its cells hold."""

    label: str
    width: int = 12
    holds: Holds = "text"
    """`written` is a date in words, `date` a true one; `status` may be picked from a list, and is
    filled as `standing` is. A `float` is a figure, which is shown whatever it is; a whole number
    only counts, and none is blank."""


class Sheet(NamedTuple):
    """A sheet that is one table."""

    name: str
    fields: tuple[Field, ...]
    rows: Iterable[tuple[Value, ...]]
    """Each made when it is asked for: a large plan has a hundred thousand."""
    number: int
    """How many rows there are."""
    first_page: int
    """How many columns stand on the first printed page; the others follow beside the ids."""
    empty: str
    """What is said where there is no row."""
