"""Draws a document as Markdown (GitHub's kind), every text of the plan escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..dates import PlanDate
from ..document import (
    Bars,
    Facts,
    Heading,
    Items,
    Link,
    Mark,
    Numbered,
    Paragraph,
    Room,
    SmallLine,
    Stack,
    Table,
    Tally,
    Title,
)
from ..words import SYMBOLS, address, one_line
from . import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Cell, Document, Line, Paper, Part

_ESCAPED = {ord(c): f"\\{c}" for c in "\\`*_{}[]<>#|~"} | {ord("&"): "&amp;", ord("@"): "&#64;"}


def draw(document: Document) -> str:
    """The document as Markdown, with a line end after the last line."""
    blocks = (block for block in document if not (isinstance(block, Paragraph) and block.hint))
    return "\n\n".join("\n".join(_block(block)) for block in blocks) + "\n"


def paper(paper: Paper) -> str:
    """A paper as Markdown, its subtitle below the title and its foot below a rule."""
    title, *rest = paper.document
    parts = [draw((title, Paragraph((paper.subtitle,)), *rest))]
    return "\n---\n\n".join([*parts, f"{escape(paper.foot)}\n"] if paper.foot else parts)


def within(plain: str) -> str:
    """A text that Markdown shows as it is within a line: no markup, no HTML, no mention of a
    person."""
    return one_line(plain).translate(_ESCAPED)


def escape(plain: str) -> str:
    """A text that Markdown shows as it is where a line begins with it."""
    text = within(plain)
    # What would begin a list, a heading's underline or a numbered item.
    if text.startswith(("+", "-", "=")):
        return f"\\{text}"
    number = text[: len(text) - len(text.lstrip("0123456789"))]
    rest = text.removeprefix(number)
    return f"{number}\\{rest}" if number and rest[:1] in (".", ")") else text


def _line(line: Line | Part | Room) -> str:
    if isinstance(line, str):
        return escape(line)
    if isinstance(line, PlanDate | SmallLine):
        return line.shown
    if isinstance(line, Mark):
        return f"{SYMBOLS[line.kind]} {escape(line.words)}".rstrip()
    if isinstance(line, Link):
        return f"[{escape(line.text)}](<{address(line.url)}>)"
    if isinstance(line, Room):
        return f"{escape(line.label)}: …"
    return "".join([_line(part) for part in line])


def _block(block: Block) -> Iterator[str]:
    match block:
        case Title():
            yield f"# {within(block.text)}"
            if block.aside:
                yield ""
                yield escape(block.aside)
        case Heading():
            yield f"{'#' * (block.level + 1)} {within(block.text)}"
        case Numbered():
            yield from (f"{n}. {_line(line)}" for n, line in enumerate(block.lines, 1))
        case Paragraph():
            yield _line(block.line)
        case Tally():
            yield " · ".join(_line(mark) for mark in block.marks)
        case Table():
            yield from _table(block)
        case Items():
            for item in block.items:
                mark = f"{SYMBOLS[item.mark.kind]} " if item.mark else ""
                id = f"**{escape(item.id)}** " if item.id else ""
                yield f"- {mark}{id}{escape(item.text)}"
                yield from (f"  <br>{_line(note)}" for note in item.notes)
        case Facts():
            yield from (f"- **{escape(name)}**: {_line(line)}" for name, line in block.pairs)
        case Bars():
            # A fence among a milestone's words would end this one.
            yield "```text"
            yield from text.draw((block,), 100).rstrip("\n").replace("```", "'''").split("\n")
            yield "```"


def _table(table: Table) -> Iterator[str]:
    begun = False
    for number, row in enumerate(table.rows):
        if isinstance(row, Heading):
            yield from ([""] if number else [])
            yield from (f"## {within(row.text)}", "")
            begun = False
            continue
        if not begun:
            yield _row([escape(label) for label in table.labels])
            yield _row(["---:" if column.right else "---" for column in table.columns])
            begun = True
        yield _row([_cell(cell) for cell in row])


def _cell(cell: Cell) -> str:
    if isinstance(cell, Stack):
        return "<br>".join([_line(cell.main), *(_line(note) for note in cell.notes)])
    return _line(cell)


def _row(texts: list[str]) -> str:
    return f"| {' | '.join(texts)} |"
