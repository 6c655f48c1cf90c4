"""The form that a lead fills in, in whatever format: its mark, its columns and its questions."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from ..model import ID
from ..words import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

Question = Literal["happened", "status", "evidence", "date"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
LABELS: dict[str, str] = {
    "id": "Id",
    "action": "Action",
    "due": "Due",
    "last": "Last said",
    "happened": "What has happened",
    "status": "Status",
    "evidence": "Evidence",
    "date": "New date, if it must move, and why",
}
"""A form's columns in order, by what they hold: what is asked about, and then the questions."""
NOTHING = "Nothing to report"
"""The first of the answers to choose from as a status."""
NOTHING_NOTE = f"{NOTHING}."
"""The note that it is recorded as."""
CHOOSE = "Choose"
"""What a status shows while none is chosen. It is no answer."""
ANSWER_BELOW = "Write about {id} below this line"
"""In an e-mail, the line below which an answer stands, up to the next line of dashes."""
DASHES = "-----"
PROPERTY = "hscp form"
"""The property of a file that holds its mark."""
_TAG = re.compile(rf"hscp:((?:{ID}/)?{ID}):([a-z]+)")
_MARK = re.compile(
    rf"hscp form\s+({ID}(?:\+{ID})*)\s*/\s*(\d{{4}}-\d\d-\d\d)\s*/\s*([0-9a-f]{{10}})\s*/\s*"
    r"(\S[^\t\n]*)"
)
"""A mark, up to the end of its line, or to the tab before the number of a page."""


def tag(id: str, question: str) -> str:
    """The name of the content control for a question about a milestone."""
    return f"hscp:{id}:{question}"


def read_tag(name: str) -> tuple[str, str] | None:
    """The id and the question of a content control; None where its name is not ours."""
    match = _TAG.fullmatch(name)
    return (match[1], match[2]) if match else None


class Mark(NamedTuple):
    """What tells a form from every other: it stands in the file's properties and at its foot."""

    plan: str
    """The plan's id; of several together, their ids with + between them."""
    day: date
    """The day it was asked."""
    digest: str
    """Ten hexadecimal digits of what was asked of whom, as the plan then said it."""
    who: str
    """Who is asked, as the plan names them; the answers are theirs."""

    @property
    def plans(self) -> list[str]:
        """The ids of the plans that it asks about."""
        return self.plan.split("+")

    @property
    def text(self) -> str:
        """The mark as one line."""
        return one_line(f"hscp form {self.plan} / {self.day} / {self.digest} / {self.who}")


def find_marks(text: str) -> Iterator[Mark]:
    """The marks in a text."""
    for match in _MARK.finditer(text):
        try:
            day = date.fromisoformat(match[2])
        except ValueError:
            continue
        yield Mark(match[1], day, match[3], match[4].strip())
