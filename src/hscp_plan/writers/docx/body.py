"""What a paper says, as the XML of Word's body: paragraphs in its styles, lists, links, tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ...document import (
    Bars,
    Facts,
    Heading,
    Items,
    Link,
    Mark,
    Numbered,
    Paragraph,
    Table,
    Tally,
    Title,
)
from ...layout import BELOW, LAST, facts_hang, marked, plain
from .xml import in_list, live, paragraph, run, tinted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ...dates import PlanDate
    from ...document import Block, Item, Line, Paper

DEEPEST = 3
"""The lowest level that headings have."""


_Part = TypeVar("_Part")


class Sheet(NamedTuple):
    """The file that a paper is drawn in: how wide its text is, and what it calls things."""

    width: int
    """In twentieths of a point, as everything here."""
    points: float
    """How large the letters of its tables are, were they Arial's."""
    styles: Mapping[str, str]
    """The id of each style, by its name in small letters."""
    bullets: Mapping[str, int]
    """The list whose bullet is a standing's symbol, by the standing; under "" the list of plain
    bullets, where the style for them has none of its own."""
    numbers: Callable[[], int]
    """A new list that counts from 1."""
    link: Callable[[str], str]
    """The relationship that leads to an address."""


class Body:
    """Draws a paper's blocks one after the other."""

    def __init__(self, paper: Paper, sheet: Sheet) -> None:
        self.paper = paper
        self.sheet = sheet
        self.level = 0
        self.heading = ""
        """The words of the last heading: what a table without a caption holds."""
        self.drawings = 0

    def pieces(self) -> Iterator[str]:
        """The paragraphs and tables, to stand in w:body, one by one."""
        after_table = False
        for block in self.paper.document:
            if isinstance(block, Paragraph) and block.hint:
                continue
            for xml in self._block(block, after_table):
                is_table = xml.startswith(_TABLE)
                # Word wants a paragraph after a table, and between two.
                if after_table and is_table:
                    yield self.paragraph("Table Gap", "")
                yield xml
                after_table = is_table
        if after_table:
            yield self.paragraph("Table Gap", "")

    def _block(self, block: Block, after_table: bool) -> Iterator[str]:
        match block:
            case Title():
                yield from self._title(block)
            case Heading():
                yield self.headed(block.text, block.level)
            case Paragraph():
                space = f"<w:spacing{_ABOVE}/>" if after_table else ""
                style = "Table Note" if block.small else "Normal"
                yield self.paragraph(style, self.parts(block.line), space)
            case Tally():
                yield self._tally(block)
            case Table():
                from .table import table

                yield from table(self, block)
            case Numbered():
                yield from self._numbered(block)
            case Items():
                yield from (self._item(i, space) for i, space in _spaced(block.items, block.apart))
            case Facts():
                yield from self._facts(block, after_table)
            case Bars():
                from .bars import bars

                yield from bars(self, block)

    def drawn(self) -> int:
        """The number of the next drawing, or shape in one: no two have the same."""
        self.drawings += 1
        return self.drawings

    # --- paragraphs -----------------------------------------------------------------------------

    def paragraph(self, style: str, runs: str, more: str = "") -> str:
        """A paragraph in a style; `more` is what it has beyond that."""
        return paragraph(self.sheet.styles[style.lower()], runs, more)

    def headed(self, text: str, level: int) -> str:
        """A heading, which what follows is under."""
        self.level, self.heading = min(level, DEEPEST), text
        return self.paragraph(f"heading {self.level}", run(text))

    def parts(self, line: Line) -> str:
        """The parts of a sentence as runs."""
        return "".join(map(self._part, line))

    def _part(self, part: str | Mark | PlanDate | Link) -> str:
        if isinstance(part, Mark):
            return run(marked(part), tinted(part.kind))
        if isinstance(part, Link) and (address := live(part.url)):
            style = f'<w:rStyle w:val="{self.sheet.styles["hyperlink"]}"/>'
            return (
                f'<w:hyperlink r:id="{self.sheet.link(address)}" w:history="1">'
                f"{run(part.text, style)}</w:hyperlink>"
            )
        return run(plain(part))

    def strong(self, text: str) -> str:
        """A word that stands out: an id, a name."""
        return run(text, f'<w:rStyle w:val="{self.sheet.styles["strong"]}"/>')

    def _title(self, title: Title) -> Iterator[str]:
        yield self.paragraph("Title", run(title.text))
        below = ", ".join(filter(None, [self.paper.subtitle, title.aside]))
        if below:
            yield self.paragraph("Subtitle", run(below))

    def _tally(self, tally: Tally) -> str:
        made = (self._part(_whole(mark)) for mark in tally.marks)
        return self.paragraph("Paper Key", run("  ").join(made))

    # --- lists ----------------------------------------------------------------------------------

    def _numbered(self, numbered: Numbered) -> Iterator[str]:
        listed = in_list(self.sheet.numbers())
        for line, space in _spaced(numbered.lines):
            yield self.paragraph("List Number", self.parts(line), listed + space)

    def _item(self, item: Item, space: str) -> str:
        bullet = self.sheet.bullets.get(item.mark.kind if item.mark else "")
        listed = in_list(bullet) if bullet else ""
        words = " " if item.id and item.text else ""
        notes = (f"<w:r><w:br/></w:r>{self.parts(note)}" for note in item.notes)
        runs = f"{self.strong(item.id)}{run(words + item.text)}{''.join(notes)}"
        return self.paragraph("List Bullet", runs, listed + space)

    def _facts(self, facts: Facts, after_table: bool) -> Iterator[str]:
        """Paragraphs, not a table: a table of two columns has no header row to mark."""
        hang = min(facts_hang(facts, self.paper.one_side), self.sheet.width * 2 // 5)
        place = f'<w:tabs><w:tab w:val="left" w:pos="{hang}"/></w:tabs>'
        hung = f'<w:ind w:left="{hang}" w:hanging="{hang}"/>'
        for (name, line), space in _spaced(facts.pairs, above=after_table):
            value = self.parts(line) if line else run("–")
            runs = f"{self.strong(f'{name}:')}<w:r><w:tab/></w:r>{value}"
            yield self.paragraph("Paper Facts", runs, place + space + hung)


def _spaced(
    parts: Sequence[_Part], apart: bool = False, above: bool = False
) -> Iterator[tuple[_Part, str]]:
    """Each part of a list with the space that it keeps: more below the last, and `above` some
    above the first."""
    for number, part in enumerate(parts, 1):
        first = _ABOVE if above and number == 1 else ""
        last = f' w:after="{round(LAST * 20)}"' if apart or number == len(parts) else ""
        yield part, f"<w:spacing{first}{last}/>" if first or last else ""


def _whole(mark: str | Mark) -> str | Mark:
    """A count that no line end parts from its noun."""
    words = mark.words if isinstance(mark, Mark) else mark
    kept = words.replace(" ", "\u00a0")
    return mark._replace(words=kept) if isinstance(mark, Mark) else kept


_TABLE = "<w:tbl>"
_ABOVE = f' w:before="{BELOW * 20}"'
"""What stands free between a table and a text below it."""
