"""A report as headings, paragraphs, lists, tables with values, and bars: what is said, apart from
how it is drawn. Cells hold dates and standings, not their text; a writer words and draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

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


Line = tuple["str | Mark | PlanDate", ...]
"""Parts of a sentence, set one after the other with nothing between."""


class Title(NamedTuple):
    """The report's title, with what stands at the other end of its line."""

    text: str
    aside: str = ""


class Heading(NamedTuple):
    """A heading below the title."""

    text: str


class Paragraph(NamedTuple):
    """A sentence or more."""

    line: Line
    apart: bool = False
    """Whether a blank line parts it from a paragraph before it."""
    hint: bool = False
    """Whether it says what to type next: for a terminal, not for a paper."""


class Tally(NamedTuple):
    """Counts, or a key, side by side: 3 overdue, 2 at risk."""

    marks: tuple[str | Mark, ...]


class Column(NamedTuple):
    """A table's column."""

    label: str
    right: bool = False
    wide: bool = False
    """Only where there is room; where not, left out, or (`folds`) put below the main cell."""
    folds: bool = False


class Stack(NamedTuple):
    """A cell of a main line and lines below it."""

    main: Line
    notes: tuple[Line, ...] = ()


class Table(NamedTuple):
    """Rows of values under columns, with headings between them where they fall into groups.
    Without `header` the columns' names are not drawn."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Mark | PlanDate | Stack, ...] | Heading, ...]
    header: bool = True


class Item(NamedTuple):
    """A milestone in a list: its id, its words, and what is to be said of it below."""

    id: str
    text: str
    notes: tuple[Line, ...] = ()
    mark: Mark | None = None
    """The symbol before its id."""


class Items(NamedTuple):
    """A list of milestones; `apart` with a blank line between them."""

    items: tuple[Item, ...]
    apart: bool = False


class Facts(NamedTuple):
    """Names with their values, one a line."""

    pairs: tuple[tuple[str, Line], ...]


class Bar(NamedTuple):
    """A milestone on the timeline."""

    id: str
    text: str
    mark: Mark
    start: date
    due: date
    first_due: date


class Bars(NamedTuple):
    """Groups of bars over the months from one day to another."""

    first: date
    last: date
    today: date
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]


Block = Title | Heading | Paragraph | Tally | Table | Items | Facts | Bars
Document = tuple[Block, ...]


class Report(Protocol):
    """What a command found, for whoever asks: people, spreadsheets, programs."""

    def document(self) -> Document:
        """For people, whatever the format."""
        ...

    def rows(self) -> Iterator[Mapping[str, object]]:
        """For spreadsheets: one row a milestone, always the same columns in the same order."""
        ...

    def data(self) -> dict[str, object]:
        """For programs: the documented JSON shape."""
        ...


def sentence_of(parts: Iterable[Line], join: str = "; ") -> Line:
    """Lines joined into one sentence, leaving out those that say nothing."""
    made: list[str | Mark | PlanDate] = []
    for part in parts:
        if part:
            made += [join, *part] if made else part
    return tuple(made)
