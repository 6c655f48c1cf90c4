"""What a yearly report must hold, as an Act or its guidance lays it down: one file an edition.

Frozen classes, as the model's: `reading.duties` reads the files. A line of a duty says what must be
told, how surely its words are known, and which part of a plan answers it.
"""

from datetime import date, timedelta
from typing import Literal

from .dates import MONTHS
from .errors import Wrong
from .frozen import Frozen, frozen
from .model import NAMED, STRICT, Text, Texts

Force = Literal["must", "should"]
Known = Literal["quoted", "quoted elsewhere", "summarised"]
"""How surely words are known: read in the document itself; read where somebody else quotes them; or
known by their sense alone, and put in words of our own."""
Answer = Literal[
    "done",
    "impact",
    "training",
    "little",
    "reviews",
    "findings",
    "not implemented",
    "heard",
    "moves",
    "decisions",
    "assurance",
    "questions",
    "partners",
    "scrutiny",
    "data",
    "costs",
    "by hand",
]
"""The parts of a yearly report. `costs` is a table to fill in; `by hand` is what no plan holds."""
Writer = Literal["keeper", "accountable", "partners", "scrutineer"]
Month = Literal[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@frozen
class Source(Frozen):
    """Where a duty stands."""

    __pydantic_config__ = STRICT

    document: Text
    """The Act, or the guidance."""
    chapter: Text | None = None
    """Where in it."""


@frozen
class PublishBy(Frozen):
    """When the report must be out."""

    __pydantic_config__ = STRICT

    words: Text
    """What the document says of it."""
    known: Known
    """How surely these words are known."""
    month: Month | None = None
    """The month after the year's end by whose last day it must be out. Absent where the document
    names no day."""

    def after(self, year_end: date) -> date | None:
        """The last day to publish the report on the year that ends on this day; None where the
        document names none."""
        if self.month is None:
            return None
        month = MONTHS.index(self.month) + 1
        year = year_end.year + (month <= year_end.month)
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@frozen
class DutyLine(Frozen):
    """One thing that the report must hold."""

    __pydantic_config__ = STRICT

    paragraph: Text | None = None
    """Its paragraph. Absent where that could not be looked up."""
    force: Force
    """must or should."""
    heading: Text
    """The heading that it gets in the report."""
    words: Text
    """What the report must hold: the document's words or, where these are not known, its sense."""
    known: Known
    """How surely these words are known."""
    answered_by: tuple[Answer, ...]
    """The parts of a plan that answer it, in the order to be shown."""
    written_by: Writer = "keeper"
    """Who is to write what the plan does not hold."""

    def __post_init__(self) -> None:
        if not self.answered_by:
            raise Wrong(
                "key-missing",
                "nothing is said to answer this line",
                "Write  answered_by: [by hand]  where no part of a plan does.",
                "answered_by",
            )


@frozen
class Duty(Frozen):
    """What a yearly report must hold, by one edition of an Act or its guidance."""

    __pydantic_config__ = NAMED

    title: Text
    """What the duty is called."""
    edition: Text | None = None
    """Which edition of it this is."""
    for_: Texts
    """The bodies that the duty is laid upon."""
    protects: Text = "children and families"
    """Whom they are to protect, as sentences name them."""
    source: Source
    """Where it stands."""
    publish_by: PublishBy
    """When the report must be out."""
    lines: tuple[DutyLine, ...]
    """What it must hold, in the order of the document."""

    def __post_init__(self) -> None:
        if not self.lines:
            raise Wrong(
                "key-missing", "this duty asks for nothing", "Add a line for each thing.", "lines"
            )
