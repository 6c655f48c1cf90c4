"""What a file of somebody else's says, whatever program made it: paragraphs and tables, in order.

Every reader gives this. It keeps what tells an answer from what was there before: struck-out text,
tracked changes, colours, names of content controls, depth of quotation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date


Role = Literal["", "attribution", "signature", "disclaimer"]
"""What a paragraph of an e-mail is beside an answer: the lines that say whose words follow
(On Monday … wrote:), a signature, a standing notice (This e-mail is confidential …)."""


class Run(NamedTuple):
    """A stretch of text of one look."""

    text: str
    """May hold line feeds: a line break within the paragraph."""
    struck: bool = False
    change: Literal["", "inserted", "deleted"] = ""
    """A tracked change that nobody has accepted yet."""
    colour: str = ""
    """The letters' colour as six capital hexadecimal digits; empty where it is automatic."""


class Paragraph(NamedTuple):
    """A paragraph, or a line of a plain text."""

    runs: tuple[Run, ...]
    place: str = ""
    """Where it stands, in words for a person: line 12; table 1, row 3; sheet Update, B4."""
    level: int = 0
    """Of a heading: 1 is the highest; 0 for any other paragraph."""
    bullet: bool = False
    quoted: int = 0
    """How often an e-mail has quoted it."""
    role: Literal["", "attribution", "signature", "disclaimer"] = ""
    """Of an e-mail: what is no part of what its writer says in it."""
    number: int = 0
    """Of an item of a list, the number that is written before it; 0 where none is."""

    @property
    def text(self) -> str:
        """What it says now: with what was inserted, without what was deleted or struck out."""
        return "".join(r.text for r in self.runs if not r.struck and r.change != "deleted")

    @property
    def struck(self) -> str:
        """What was struck out or deleted."""
        return "".join(r.text for r in self.runs if r.struck or r.change == "deleted")

    @property
    def whole(self) -> str:
        """All that it says, with what is struck out."""
        return "".join(r.text for r in self.runs)


class Comment(NamedTuple):
    """A comment in the margin, or on a cell."""

    author: str
    text: str
    place: str
    """What it is written at: the words, or the cell."""


class Cell(NamedTuple):
    """A cell of a table."""

    paragraphs: tuple[Paragraph, ...] = ()
    place: str = ""
    tags: tuple[str, ...] = ()
    """The names of the content controls that stand in it or around it, outermost first."""
    fill: str = ""
    """The colour behind it, as six capital hexadecimal digits; empty where it has none."""
    columns: int = 1
    """How many columns it goes over."""
    continues: bool = False
    """Whether it is the lower part of a cell that goes over several rows."""
    kind: Literal["text", "number", "date", "formula", "error"] = "text"
    """Of a workbook's cell: what it held. Its paragraph says it as a person sees it; a date as
    2022-04-30; a formula by its last value."""
    table: Table | None = None
    """A table that stands in it."""

    @property
    def text(self) -> str:
        """What it says now, a line a paragraph."""
        return "\n".join(p.text for p in self.paragraphs)


class Table(NamedTuple):
    """A table, or a sheet of a workbook. Rows may have different numbers of cells."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""
    """A sheet's name."""
    place: str = ""
    quoted: int = 0
    """How often an e-mail has quoted it."""


class Control(NamedTuple):
    """A content control, or a named field: its name and what it says, wherever it stands."""

    tag: str
    paragraphs: tuple[Paragraph, ...]
    placeholder: bool = False
    """Whether it still shows its own hint, so that nobody has written in it. Its hint stands here
    alone, and not in the cell or the paragraph around it."""


class Content(NamedTuple):
    """A file, as it is read."""

    blocks: tuple[Paragraph | Table, ...]
    foot: tuple[Paragraph, ...] = ()
    """What stands at the head and foot of its pages."""
    controls: tuple[Control, ...] = ()
    """Its content controls, in order, within tables too."""
    comments: tuple[Comment, ...] = ()
    properties: Mapping[str, str] = {}
    """Its own properties by name."""
    modified: date | None = None
    """The day it was last saved, or sent, as it says itself."""
    notes: tuple[str, ...] = ()
    """What could not be read of it, each in a sentence: a picture, a text box that was cut."""

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs that stand in no table."""
        return (block for block in self.blocks if isinstance(block, Paragraph))

    def tables(self) -> Iterator[Table]:
        """The tables, without those within a cell."""
        return (block for block in self.blocks if isinstance(block, Table))


class Mail(NamedTuple):
    """An e-mail, as it is read. Nobody's address is kept."""

    subject: str
    day: date | None
    """The day it was sent, where the sender was."""
    content: Content
    attachments: tuple[tuple[str, bytes], ...] = ()
    """What came with it, each by its name; an e-mail within it as NAME.eml."""
