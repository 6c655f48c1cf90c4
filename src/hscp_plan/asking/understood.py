"""What an answer is understood to say, and what of that a person has to decide. Pure data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from ..dates import PlanDate
    from ..model import Entry
    from ..standing import Standing
    from ..words import Status
    from .parts import Answer, Part

Field = Literal["row", "status", "date", "evidence", "words"]
"""What a doubt keeps from being recorded: the whole answer, or one part of it."""
Wanted = Literal["yes", "status", "date", "reason", "agreement"]
"""What decides a doubt: yes; which status, or new due date, it is; why it moves; who agreed that it
moves."""


class Doubt(NamedTuple):
    """What a person has to decide."""

    field: Field
    what: str
    """What is doubtful, in a sentence without its end."""
    question: str = ""
    """What to ask; empty where no answer would do."""
    moved_to: PlanDate | None = None
    """The due date that yes records."""
    words: str = ""
    """What yes adds to the note."""
    wanted: Wanted = "yes"
    """What answers the question."""
    could_be: tuple[Status, ...] = ()
    """The statuses that may be meant; of a word that may mean any, none."""


class Occasion(NamedTuple):
    """Whose answers they are, of when, and what they were asked."""

    who: str
    """Who answers, as the plan names them."""
    day: date
    """The day they answered."""
    asked: date | None = None
    """The day they were asked; None for notes that nobody asked for."""
    dated: bool = False
    """Whether somebody said which day it was, beside the file."""
    agreed: str | None = None
    """Who agreed what they move, complete or close."""
    sent: Mapping[str, Mapping[str, str]] | None = None
    """What the form said of each milestone when it was sent, by id and by the names in
    `form.LABELS`; None where that is not known."""
    doubt: str = ""
    """Why the form may be of another plan, in a sentence without its end."""
    known: Collection[str] | None = None
    """The ids that asked.yaml says they were asked about; None where somebody said, beside the
    file, whose answers these are."""


class Understood(NamedTuple):
    """What an answer means."""

    answer: Answer
    standing: Standing
    note: str | None = None
    status: Status | None = None
    moved_to: PlanDate | None = None
    evidence: tuple[str, ...] = ()
    agreed: str | None = None
    """Who agreed its move, where that was asked."""
    nothing: bool = False
    """Whether it says that there is nothing to report."""
    recorded: Entry | None = None
    """The entry that has it already."""
    doubts: tuple[Doubt, ...] = ()
    remarks: tuple[str, ...] = ()
    """What else was done to its row: shown, and never recorded."""
    private: tuple[Part, ...] = ()
    """What could identify a child: the rule's name, and where it stands. Then nothing of the answer
    is recorded, or shown."""

    @property
    def says_anything(self) -> bool:
        """Whether there is anything to record."""
        return bool(self.note or self.status or self.moved_to or self.evidence)

    @property
    def sure(self) -> bool:
        """Whether what it says may be recorded without anybody deciding anything."""
        blocked = any(doubt.field == "row" for doubt in self.doubts)
        return self.says_anything and not (blocked or self.private or self.recorded)
