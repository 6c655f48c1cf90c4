"""Draws a document as plain lines of a given width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import (
    Bars,
    Facts,
    Heading,
    Items,
    Numbered,
    Paragraph,
    Table,
    Tally,
    Title,
)
from ..words import one_line
from .lines import STRONG, cells, pad, plain, sentence_text, text_of, wrap
from .table import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..document import Block, Document


def draw(document: Document, width: int = 80) -> str:
    """The document as text, with a line end after the last line."""
    return plain("\n".join(lines(document, width))) + "\n"


def lines(document: Document, width: int) -> Iterator[str]:
    """The document's lines, symbols still as their signs, strong lines marked."""
    width = max(width, 20)
    for number, block in enumerate(document):
        if number and not _follows(document[number - 1], block):
            yield ""
        yield from _block(block, width)


def _follows(before: Block, block: Block) -> bool:
    if isinstance(before, Paragraph) and isinstance(block, Paragraph):
        return not block.apart
    if isinstance(before, Title):
        return isinstance(block, Paragraph) and not block.apart
    return isinstance(before, Heading) and not isinstance(block, Heading)


def _block(block: Block, width: int) -> Iterable[str]:
    match block:
        case Title():
            return _title(block, width)
        case Heading():
            return (STRONG + part for part in wrap(one_line(block.text), width))
        case Paragraph():
            text = text_of(block.line)
            return wrap(text, width, " " * (len(text) - len(text.lstrip(" "))))
        case Tally():
            return _tally(block, width)
        case Table():
            return table(block, width)
        case Numbered():
            return _numbered(block, width)
        case Items():
            return _items(block, width)
        case Facts():
            return _facts(block, width)
        case Bars():
            # Of all commands, the timeline alone draws bars.
            from .bars import bars

            return bars(block, width)


def _title(title: Title, width: int) -> list[str]:
    text, aside = one_line(title.text), one_line(title.aside)
    gap = width - cells(text) - cells(aside)
    if not aside or gap < 2:
        id, gap_after_id, _ = text.partition("  ")
        hang = " " * (cells(id) + 2) if gap_after_id else ""
        return [STRONG + part for part in wrap(text, width, hang)] + ([aside] if aside else [])
    return [f"{STRONG}{text}{' ' * gap}{aside}"]


def _tally(tally: Tally, width: int) -> list[str]:
    lines, line = [], ""
    for text in map(text_of, tally.marks):
        longer = f"{line}   {text}" if line else text
        if line and cells(longer) > width:
            lines.append(line)
            longer = text
        line = longer
    return [*lines, line]


def _numbered(numbered: Numbered, width: int) -> Iterator[str]:
    for number, line in enumerate(numbered.lines, 1):
        start = f"{number}. "
        yield from wrap(text_of(line), width, " " * len(start), start)


def _items(items: Items, width: int) -> list[str]:
    ids = max((cells(one_line(item.id)) for item in items.items), default=0)
    marked = any(item.mark for item in items.items)
    gap = " " if marked else "  "
    hang = " " * (ids + len(gap) + 2 * marked)
    room = width - len(hang)
    lines: list[str] = []
    for item in items.items:
        if items.apart and lines:
            lines.append("")
        mark = f"{text_of(item.mark) if item.mark else ' '} " if marked else ""
        start = f"{mark}{pad(one_line(item.id), ids)}{gap}"
        lines += wrap(one_line(item.text), width, hang, start)
        for note in map(sentence_text, item.notes):
            # Most notes are short.
            if len(note) <= room and note.isascii():
                lines.append(hang + note)
            else:
                lines += wrap(note, width, hang, hang)
    return lines


def _facts(facts: Facts, width: int) -> Iterator[str]:
    names = max((len(name) for name, _ in facts.pairs), default=0)
    hang = " " * (names + 2) if width >= 60 else "  "
    for name, line in facts.pairs:
        start = pad(one_line(name), names) + "  "
        if width < 60:
            yield one_line(name)
            start = hang
        yield from wrap(text_of(line), width, hang, start)
