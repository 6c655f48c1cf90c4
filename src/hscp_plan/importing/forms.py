"""Actions that stand as forms, a line for each thing said of them, as tables of a row for each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..readers.content import Cell, Paragraph, Run, Table
from .columns import LONGEST, plain, role_of
from .grid import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..readers.content import Content

    Line = tuple[Cell, Cell]
    """What is said of an action: the name of it, and the words."""

_LINE = re.compile(r"(?P<label>[^:\n]{2,60}):\s+(?P<text>\S.*)")


def with_forms_as_tables(content: Content) -> Content:
    """The document with each form as a table: Action, Lead and Deadline one below the other, in the
    two columns of a table or as lines of text."""
    return content._replace(blocks=tuple(_blocks(content)))


def _blocks(content: Content) -> Iterator[Paragraph | Table]:
    waiting: list[Paragraph] = []
    above: Paragraph | None = None
    for block in content.blocks:
        if isinstance(block, Paragraph) and _lines_of(block):
            waiting.append(block)
            continue
        if waiting:
            yield from _below(above, waiting, followed_by_table=isinstance(block, Table))
            waiting, above = [], None
        elif above:
            yield above
        above = block if isinstance(block, Paragraph) and block.level else None
        if not above:
            yield _upright(block) if isinstance(block, Table) else block
    yield from _below(above, waiting) if waiting else filter(None, [above])


def _below(
    above: Paragraph | None, lines: Sequence[Paragraph], followed_by_table: bool = False
) -> Iterator[Paragraph | Table]:
    """Lines of labels below a heading: of the action that it names, where they say who and by
    when; else for themselves."""
    said = [line for paragraph in lines for line in _lines_of(paragraph)]
    roles = [role_of(_label(name)) for name, _ in said]
    of_action = {"lead", "due"} <= set(roles) and len(set(roles)) == len(roles)
    if above and of_action and "action" not in roles and not followed_by_table:
        yield _table(
            [(_cell("Action", above), Cell((above._replace(level=0),))), *said], above.place
        )
        return
    if above:
        yield above
    yield from _of_lines(lines)


def _of_lines(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph | Table]:
    """Paragraphs of such lines as a table; they themselves where they are no form."""
    lines = [line for paragraph in paragraphs for line in _lines_of(paragraph)]
    if _is_form(lines):
        yield _table(lines, paragraphs[0].place)
    else:
        yield from paragraphs


def _lines_of(paragraph: Paragraph) -> list[Line]:
    """The lines of a paragraph, each with its label; none where one of them has none."""
    if paragraph.level or paragraph.struck:
        return []
    lines: list[Line] = []
    for text in filter(None, map(str.strip, paragraph.text.split("\n"))):
        match = _LINE.fullmatch(text)
        if not match or not role_of(match["label"]):
            return []
        lines.append((_cell(match["label"], paragraph), _cell(match["text"], paragraph)))
    return lines


def _cell(text: str, paragraph: Paragraph) -> Cell:
    return Cell((paragraph._replace(runs=(Run(text),), bullet=False),), paragraph.place)


def _upright(table: Table) -> Table:
    """A table of two columns, the names of which stand in the first, with the names above."""
    rows = list(rows_of(table))
    if any(len(row.slots) != 2 or not row.slots[0].text for row in rows):
        return table
    lines = [(row.slots[0].cell, row.slots[1].cell) for row in rows]
    headed = bool(lines) and role_of(_label(lines[0][1]))
    return _table(lines, table.place, table.name) if _is_form(lines) and not headed else table


def _label(cell: Cell) -> str:
    return " ".join(cell.text.split())


def _is_form(lines: Sequence[Line]) -> bool:
    """Whether lines say of an action who, by when and so on."""
    labels = [_label(name) for name, _ in lines]
    roles = [role_of(label) for label in labels if len(label) <= LONGEST]
    known = {role for role in roles if role}
    return "action" in known and len(known) > 1 and 2 * len(list(filter(None, roles))) >= len(lines)


def _table(lines: Sequence[Line], place: str, name: str = "") -> Table:
    """A table with a row for each action; the first name that comes again begins the next."""
    forms: list[list[Line]] = []
    for line in lines:
        labels = {plain(_label(label)) for label, _ in forms[-1]} if forms else set()
        if not forms or plain(_label(line[0])) in labels:
            forms.append([])
        forms[-1].append(line)
    rows = [tuple(cells) for form in forms for cells in zip(*form, strict=True)]
    return Table(tuple(rows), name, place)
