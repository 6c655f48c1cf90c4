"""The tables of hscp's own papers, workbooks and csv as they are read again: each column has a name
of its own, whatever the plan's own columns are called, and an id stands with its action."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..importing.columns import OF_HSCP, own_name, plain, role_of
from ..readers.content import Paragraph, Run
from . import records, sheets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ..importing.columns import Role
    from ..model import Column, Head
    from ..readers.content import Cell, Table

_WHEN, _SAID, _STANDS = "Timescale", "Progress", "Status"
"""The columns of hscp's papers between which those of the plan's own stand."""
_RENAMED: dict[str, Role] = {_WHEN: "due", _SAID: "progress", _STANDS: "status"}


_WORKED_OUT = re.compile(
    r"No date|From .+; no date|Moved .+, first due .+|Carried from .+|Every .+", re.IGNORECASE
)
"""What hscp writes of a timescale that it worked out: it is no date, of whatever day it was."""


def renamed_columns(head: Head) -> dict[str, Role]:
    """What the columns hold that `told_apart` gives other names, by their plain names."""
    own: dict[str, Role] = {plain(own_name(c.label, c.key)): "more" for c in head.columns}
    return {**own, **{plain(_of_ours(label)): role for label, role in _RENAMED.items()}}


def told_apart(table: Table, head: Head, ids: Collection[str]) -> Table:
    """A table whose columns have a name each where it is one of hscp's own; and where its rows
    begin with one of these ids, that is one text with what stands below it."""
    if not table.rows:
        return table
    names = dict(_names(labels_of(table), head))
    first = (
        _with_text(cell, names[n]) if n in names else cell for n, cell in enumerate(table.rows[0])
    )
    worked_out = _worked_out(labels_of(table))
    rows = (
        tuple(
            _without_worked_out(cell) if n in worked_out else cell
            for n, cell in enumerate((_in_one(row[0], ids), *row[1:]) if row else row)
        )
        for row in table.rows[1:]
    )
    return table._replace(rows=(tuple(first), *rows))


def labels_of(table: Table) -> list[str]:
    """What a table's columns are called, wherever their names break."""
    return [" ".join(cell.text.split()) for cell in table.rows[0]] if table.rows else []


def _names(labels: Sequence[str], head: Head) -> Iterator[tuple[int, str]]:
    """The other names of columns, by their numbers."""
    word = ("status_word",) if head.scale else ()
    flat = [*records.COLUMNS, *word, *records.own_columns(head).values()]
    for ours in (flat, sheets.plan_labels(head)):
        fixed = len(ours) - len(head.columns)
        if [*labels[:fixed]] == ours[:fixed]:
            yield from _of_plan(labels, fixed, zip(ours[fixed:], head.columns, strict=True))
            return
    ends = [n for n, pair in enumerate(pairwise(labels)) if pair == (_SAID, _STANDS)]
    if (begin := _timescale(labels)) is not None:
        end = ends[-1]
        own = {plain(column.label) for column in head.columns}
        for n, label in ((begin, _WHEN), (end, _SAID), (end + 1, _STANDS)):
            if plain(label) in own:
                yield n, _of_ours(label)
        between = ((column.label, column) for column in head.columns)
        yield from _of_plan(labels[:end], begin + 1, between)


def _timescale(labels: Sequence[str]) -> int | None:
    """The number of the column that says when in a table of hscp's papers; None in any other."""
    is_ours = _WHEN in labels and (_SAID, _STANDS) in pairwise(labels)
    return labels.index(_WHEN) if is_ours else None


def _worked_out(labels: Sequence[str]) -> set[int]:
    """The numbers of the columns of hscp's own in which some of what stands was worked out."""
    found = {labels.index("Recurs")} if {"Recurs", "Times moved"} <= {*labels} else set()
    when = _timescale(labels)
    return found if when is None else {*found, when}


def _without_worked_out(cell: Cell) -> Cell:
    lines = cell.text.split("\n")
    left = [line for line in lines if not _WORKED_OUT.fullmatch(line.strip())]
    return cell if left == lines else _with_text(cell, "\n".join(left))


def _of_plan(
    labels: Sequence[str], begin: int, columns: Iterable[tuple[str, Column]]
) -> Iterator[tuple[int, str]]:
    """The names of the plan's own columns from one of this number on, where what they are called
    could be another; `columns` are in the order that they stand in."""
    left = list(columns)
    for n in range(begin, len(labels)):
        found = next((pair for pair in left if " ".join(pair[0].split()) == labels[n]), None)
        if found:
            left.remove(found)
            if role_of(labels[n]) or labels.count(labels[n]) > 1:
                yield n, own_name(found[1].label, found[1].key)


def _of_ours(label: str) -> str:
    return f"{label}{OF_HSCP}"


def _in_one(cell: Cell, ids: Collection[str]) -> Cell:
    """A cell that begins with an id as one text; any other as it is."""
    text = " ".join(cell.text.split())
    return _with_text(cell, text) if text.partition(" ")[0] in ids and " " in text else cell


def _with_text(cell: Cell, text: str) -> Cell:
    place = cell.paragraphs[0].place if cell.paragraphs else cell.place
    return cell._replace(paragraphs=(Paragraph((Run(text),), place),))
