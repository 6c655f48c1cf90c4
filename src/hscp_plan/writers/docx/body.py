"""The body of a Word file as XML: paragraphs in its styles, lists, links, tables."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, TypeVar

from ...document import (
    Bars,
    Facts,
    Heading,
    Items,
    Mark,
    Numbered,
    Paragraph,
    Table,
    Tally,
    Title,
)
from ...layout import AFTER_LIST, AFTER_TABLE, facts_indent
from .bars import bars
from .paragraphs import Paragraphs
from .table import table
from .xml import in_list, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...document import Block, Item, Paper
    from .paragraphs import Sheet

_Part = TypeVar("_Part")


class Body(Paragraphs):
    """Draws a paper's blocks one after the other."""

    def __init__(self, paper: Paper, sheet: Sheet) -> None:
        super().__init__(sheet)
        self.paper = paper

    def pieces(self) -> Iterator[str]:
        """The paragraphs and tables, to stand in w:body, one by one."""
        after_table = False
        blocks = [b for b in self.paper.document if not (isinstance(b, Paragraph) and b.hint)]
        for block, following in zip_longest(blocks, blocks[1:]):
            for xml in self._block(block, after_table, isinstance(following, Table)):
                is_table = xml.startswith(_TABLE)
                # Word wants a paragraph after a table, and between two.
                if after_table and is_table:
                    yield self.paragraph("Table Gap", "")
                yield xml
                after_table = is_table
        if after_table:
            yield self.paragraph("Table Gap", "")

    def _block(self, block: Block, after_table: bool, before_table: bool) -> Iterator[str]:
        match block:
            case Title():
                yield from self._title(block)
            case Heading():
                yield self.start_heading(block.text, block.level)
            case Paragraph():
                # Between a heading and its table, so that no page ends between the two.
                keep = "<w:keepNext/>" if before_table else ""
                space = f"<w:spacing{_ABOVE}/>" if after_table else ""
                style = "Table Note" if block.small else "Normal"
                yield self.paragraph(style, self.parts(block.line), keep + space)
            case Tally():
                yield self._tally(block)
            case Table():
                yield from table(self, block)
            case Numbered():
                yield from self._numbered(block)
            case Items():
                yield from (
                    self._item(i, space) for i, space in _with_spacing(block.items, block.apart)
                )
            case Facts():
                yield from self._facts(block, after_table)
            case Bars():
                yield from bars(self, block)

    def _title(self, title: Title) -> Iterator[str]:
        yield self.paragraph("Title", run(title.text))
        below = ", ".join(filter(None, [self.paper.subtitle, title.aside]))
        if below:
            yield self.paragraph("Subtitle", run(below))

    def _tally(self, tally: Tally) -> str:
        marks = (self.part(_whole(mark)) for mark in tally.marks)
        return self.paragraph("Paper Key", run("  ").join(marks))

    # --- lists ----------------------------------------------------------------------------------

    def _numbered(self, numbered: Numbered) -> Iterator[str]:
        list_place = in_list(self.sheet.numbers())
        for line, space in _with_spacing(numbered.lines):
            yield self.paragraph("List Number", self.parts(line), list_place + space)

    def _item(self, item: Item, space: str) -> str:
        bullet = self.sheet.bullets.get(item.mark.kind if item.mark else "")
        list_place = in_list(bullet) if bullet else ""
        words = " " if item.id and item.text else ""
        notes = (f"<w:r><w:br/></w:r>{self.parts(note)}" for note in item.notes)
        runs = f"{self.strong(item.id)}{run(words + item.text)}{''.join(notes)}"
        return self.paragraph("List Bullet", runs, list_place + space)

    def _facts(self, facts: Facts, after_table: bool) -> Iterator[str]:
        """Paragraphs, not a table: a table of two columns has no header row to mark."""
        hang = min(facts_indent(facts, self.paper.one_side), self.sheet.width * 2 // 5)
        place = f'<w:tabs><w:tab w:val="left" w:pos="{hang}"/></w:tabs>'
        hung = f'<w:ind w:left="{hang}" w:hanging="{hang}"/>'
        for (name, line), space in _with_spacing(facts.pairs, above=after_table):
            value = self.parts(line) if line else run("–")
            runs = f"{self.strong(f'{name}:')}<w:r><w:tab/></w:r>{value}"
            yield self.paragraph("Paper Facts", runs, place + space + hung)


def _with_spacing(
    parts: Sequence[_Part], apart: bool = False, above: bool = False
) -> Iterator[tuple[_Part, str]]:
    """Each part of a list with the space that it keeps: more below the last, and `above` some
    above the first."""
    for number, part in enumerate(parts, 1):
        first = _ABOVE if above and number == 1 else ""
        last = f' w:after="{round(AFTER_LIST * 20)}"' if apart or number == len(parts) else ""
        yield part, f"<w:spacing{first}{last}/>" if first or last else ""


def _whole(mark: str | Mark) -> str | Mark:
    """A count that no line end parts from its noun."""
    words = mark.words if isinstance(mark, Mark) else mark
    unbroken = words.replace(" ", "\u00a0")
    return mark._replace(words=unbroken) if isinstance(mark, Mark) else unbroken


_TABLE = "<w:tbl>"
_ABOVE = f' w:before="{AFTER_TABLE * 20}"'
"""What stands free between a table and a text below it."""
