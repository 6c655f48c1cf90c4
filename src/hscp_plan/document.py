"""What a report says, as blocks: headings, paragraphs, lists, tables and bars. Writers draw them.

Cells hold dates and standings, not their text: how these are worded is a writer's affair too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from .dates import months_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from .dates import PlanDate
    from .words import Kind


class Mark(NamedTuple):
    """A standing: drawn as its symbol and its words, the symbol in its colour."""

    kind: Kind
    words: str = ""
    """Empty where the symbol alone stands, beside a sentence that says it in words."""


class Link(NamedTuple):
    """Words that lead to an address, where a writer can make a link; else the words alone."""

    text: str
    url: str
    """http, https or mailto; or relative, from one page to another of the same site."""


class SmallLine(NamedTuple):
    """The last figures of something as a line within a sentence: drawn on a page, in blocks
    elsewhere."""

    numbers: tuple[float | None, ...]
    """Oldest first; None where there is none to be told."""
    words: str
    """What it shows, for whoever cannot see it."""

    @property
    def heights(self) -> tuple[float | None, ...]:
        """How high each figure stands between the least and the greatest, from 0 to 1; all halfway
        where they are the same."""
        told = [number for number in self.numbers if number is not None]
        low, high = min(told, default=0), max(told, default=0)

        def height(number: float) -> float:
            return (number - low) / (high - low) if high > low else 0.5

        return tuple(None if number is None else height(number) for number in self.numbers)

    @property
    def shown(self) -> str:
        """The line in blocks, the least shortest; a dot where there is no figure."""
        top = len(_BLOCKS) - 1
        return "".join("·" if h is None else _BLOCKS[round(h * top)] for h in self.heights)


_BLOCKS = "▁▂▃▄▅▆▇█"
Part: TypeAlias = "str | Mark | PlanDate | Link | SmallLine"
Line: TypeAlias = tuple[Part, ...]
"""Parts of a sentence, set one after the other with nothing between."""


class Title(NamedTuple):
    """The report's title, with what stands at the other end of its line."""

    text: str
    aside: str = ""


class Heading(NamedTuple):
    """A heading below the title."""

    text: str
    level: int = 1
    """1 stands directly below the title, 2 below that."""
    id: str = ""
    """What the heading is cited by within its page: P1.3. Letters, digits, dots and dashes."""


class Paragraph(NamedTuple):
    """A sentence or more."""

    line: Line
    apart: bool = False
    """Whether a blank line parts it from a paragraph before it."""
    hint: bool = False
    """Whether it says what to type next: for a terminal, not for a paper."""
    small: bool = False
    """Whether it says what is left out of the table above it: in small letters, on a paper."""


class Tally(NamedTuple):
    """Counts, or a key, side by side: 3 overdue, 2 at risk."""

    marks: tuple[str | Mark, ...]


class Column(NamedTuple):
    """A table's column."""

    label: str
    right: bool = False
    wide: bool = False
    """Whether it is drawn only where there is room; else left out or, where it `folds`, put below
    the main cell."""
    folds: bool = False


class Room(NamedTuple):
    """A cell to write in, by hand or by keyboard; its label says what."""

    label: str
    lines: int = 3
    name: str = ""
    """What it is called in the file, wherever it is moved: of a cell that is read again. Its label
    is not drawn then, where the file can say it otherwise."""
    options: tuple[str, ...] = ()
    """The words to choose one of, where it is no text: of a cell with a name."""
    prompt: str = ""
    """What it shows while it is empty."""


class Stack(NamedTuple):
    """A cell of a main line and lines below it."""

    main: Line
    notes: tuple[Line, ...] = ()


Cell: TypeAlias = "Part | Stack | Room"


class Table(NamedTuple):
    """Rows of values under columns, with headings between them where they fall into groups.
    Without `header` the columns' names are not drawn."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...] | Heading, ...]
    header: bool = True
    caption: str = ""
    """What the table holds, for whoever cannot see it at a glance."""

    @property
    def labels(self) -> list[str]:
        """The columns' names, for a writer that leaves no header cell blank: a first column without
        one holds ids."""
        first, *others = (column.label.strip() for column in self.columns)
        return [first or "Id", *others]


class Numbered(NamedTuple):
    """Sentences that are numbered, so that a meeting can speak of the second."""

    lines: tuple[Line, ...]


class Item(NamedTuple):
    """A milestone in a list: its id, its words, and what is to be said of it below."""

    id: str
    text: str
    notes: tuple[Line, ...] = ()
    mark: Mark | None = None
    """The symbol before its id."""
    url: str = ""
    """Where more is said of it, as a Link's: for a writer of pages."""


class Items(NamedTuple):
    """A list of milestones; `apart` with a blank line between them."""

    items: tuple[Item, ...]
    apart: bool = False


class Facts(NamedTuple):
    """Names with their values, one a line."""

    pairs: tuple[tuple[str, Line], ...]


class Bar(NamedTuple):
    """A milestone on the timeline: a row with a bar or, where it has no due date, without."""

    id: str
    text: str
    mark: Mark
    start: date | None
    due: date | None
    first_due: date | None
    ongoing: bool = False
    """Whether it has no end: then `due` is the last day that is shown."""
    starts: bool = True
    """Whether the plan says so: else its bar is of the time that it was first due in."""

    @property
    def span(self) -> tuple[date, date, date] | None:
        """Its start, first due and due date; None where there is no bar."""
        if self.start and self.due and self.first_due:
            return self.start, self.first_due, self.due
        return None

    @property
    def moved(self) -> bool:
        """Whether it was first due on another day."""
        return self.first_due != self.due

    @property
    def dates(self) -> tuple[str, str, str]:
        """Its start, first due and due date in words."""
        days = (self.start if self.starts else None, self.first_due, self.due)
        start, first, due = (months_shown(d, d) if d else "" for d in days)
        if self.span is None:
            return start, "no date", "no date"
        return (start, "ongoing", "ongoing") if self.ongoing else (start, first, due)


class Bars(NamedTuple):
    """Groups of bars over the months from one day to another."""

    first: date
    last: date
    today: date
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]


Block = Title | Heading | Paragraph | Tally | Table | Numbered | Items | Facts | Bars
Document = tuple[Block, ...]


class Paper(NamedTuple):
    """A document as it is printed, sent or filed: with a name, a subtitle and a foot."""

    name: str
    """What its file is called, without day and ending: board, plan, workplan."""
    document: Document
    """Begins with its Title."""
    subtitle: str
    """The partnership."""
    foot: str
    """At the foot of every page: the plan's revision, and what made this."""
    landscape: bool = False
    one_side: bool = False
    """Whether it is to stay on one side: then its tables are smaller, and the page is fuller."""
    day: date | None = None
    """The day that it is about, which a file's properties give as the day it was made."""
    properties: Mapping[str, str] = {}
    """What its file says of itself beyond that, by names of our own."""


class Report(Protocol):
    """What a command has to say, to people, to spreadsheets and to programs."""

    def document(self) -> Document:
        """For people, whatever the format."""
        ...

    def rows(self) -> Iterator[Mapping[str, object]]:
        """For spreadsheets: one row a milestone, always the same columns in the same order."""
        ...

    def data(self) -> dict[str, object]:
        """For programs: the documented JSON shape."""
        ...


def sentence_of(lines: Iterable[Line], join: str = "; ") -> Line:
    """Lines joined into one sentence, leaving out those that say nothing."""
    sentence: list[Part] = []
    for line in lines:
        if line:
            sentence += [join, *line] if sentence else line
    return tuple(sentence)
