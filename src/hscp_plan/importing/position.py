"""Where the reading of a document stands: the draft so far, and the priority, objective, milestone
and columns that what comes next belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..dates import UNDATED, PlanDate
from .columns import key_of
from .draft import Draft, Heard, Left, Milestone, Objective, Priority, Question, words_of
from .grid import EMPTY
from .said import Named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .asked import Asked
    from .columns import Role
    from .grid import Row, Slot
    from .outline import Outline
    from .when import When

_MILESTONE_ID = re.compile(r"(P\d{1,3}\.\d{1,4})[\s.:–-]+(?=\S)")
_KEPT_ASIDE: tuple[Role, ...] = ("more", "id", "evidence", "due", "start", "new due", "status")
"""The columns of which a text may have no other place than beside the milestone."""


class Column(NamedTuple):
    """A column of the table that is being read."""

    role: Role
    label: str
    key: str = ""
    """Its key under `more`, where it may need one."""


class Position:
    """Where the reading stands."""

    def __init__(self, outline: Outline, asked: Asked) -> None:
        self.draft = Draft(title=asked.title, partnership=asked.partnership)
        self.outline, self.asked = outline, asked
        self.priority: Priority | None = None
        self.objective: Objective | None = None
        self.last: Milestone | None = None
        self.columns: list[Column] = []
        self.spread: dict[int, int] = {}
        """The columns that one name goes over, where the row after it may part them."""
        self.awaits: Literal["", "vision", "evidence", "statements"] = ""
        """What the paragraphs to come are."""
        self.label = ""
        """A label that stood alone: the next paragraph is what it says."""
        self.began = False
        """Whether a priority or a table was met: nothing below names the plan."""

    # --- priorities, objectives, milestones -------------------------------------------------------

    def begin_priority(
        self, title: str, place: str, id: str = "", until: PlanDate = UNDATED
    ) -> None:
        """Go on with the priority of this title, which is a new one unless it was named before."""
        same = next((p for p in self.draft.priorities if p.title == title), None)
        self.priority = same or Priority(title, place, id, until)
        if not same:
            self.draft.priorities.append(self.priority)
        # A priority that is named again goes on where it was left.
        self.objective = same.objectives[-1] if same and same.objectives else None
        self.last = None
        self.columns, self.awaits, self.label = [], "", ""
        self.began = True

    def begin_priority_here(self, about: Named, place: str) -> None:
        """Begin a priority within a table, whose columns stay what they are."""
        columns = self.columns
        self.begin_priority(about.title, place, about.id, about.until)
        self.columns = columns

    @property
    def fresh(self) -> bool:
        """Whether a priority was begun, and nothing of it has been read but what it is for."""
        return self.priority is not None and not self.priority.objectives

    def begin_objective(self) -> Objective:
        """Begin an objective of the priority here; where none was named, of one with the plan's
        title."""
        if self.priority is None:
            self.begin_priority_here(Named(""), "")
        assert self.priority  # noqa: S101 - it was begun
        self.objective, self.last = Objective(), None
        self.priority.objectives.append(self.objective)
        return self.objective

    def objective_here(self) -> Objective:
        """The objective that is being read; a new one where none is."""
        return self.objective or self.begin_objective()

    def state(self, text: str) -> None:
        """Add a statement to the objective here."""
        if text:
            self.objective_here().statements.append(text)

    def add(self, action: str, place: str, when: When) -> Milestone:
        """Add a milestone to the objective here, with the id that its action begins with."""
        id = ""
        if match := _MILESTONE_ID.match(action):
            id, action = match[1], action[match.end() :]
            self.understand(id)
        objective = self.objective_here()
        self.last = Milestone(action.strip(), place, id, when.start, when.due, when.review)
        objective.milestones.append(self.last)
        return self.last

    # --- columns ----------------------------------------------------------------------------------

    @property
    def roles(self) -> list[Role]:
        """What each column holds."""
        return [column.role for column in self.columns]

    def named_column(self, role: Role, label: str, number: int, place: str) -> Column:
        """A column of this name, which is the `number`th counted from 0, as it was understood."""
        key = ""
        if role in _KEPT_ASIDE:
            shown = label or f"Column {number + 1}"
            known = {known: key for key, known in self.draft.columns.items()}
            key = known.get(shown) or key_of(shown, list(self.draft.columns))
            self.draft.columns[key] = shown
        if label and not any(h.label == label and h.role == role for h in self.draft.heard):
            self.draft.heard.append(Heard(place, label, role, key))
        return Column(role, label, key)

    def slots(self, row: Row, role: Role) -> Iterator[tuple[int, Slot]]:
        """The columns of a role, with what stands there."""
        return ((n, row.slot(n)) for n, c in enumerate(self.columns) if c.role == role)

    def slot(self, row: Row, role: Role) -> Slot:
        """What stands in the first column of a role."""
        return next((slot for _, slot in self.slots(row, role)), EMPTY)

    def filled(self, row: Row) -> list[int]:
        """The columns with a name that something of a row stands in."""
        return [n for n in row.filled if n < len(self.columns)]

    # --- what is kept aside -----------------------------------------------------------------------

    def understand(self, *texts: str) -> None:
        """Count the words of texts that the plan says in another form."""
        self.draft.understood.update(words_of(*texts))

    def leave(self, place: str, text: str, why: str) -> None:
        """List a text that has no place in the plan."""
        self.draft.left.append(Left(place, " ".join(text.split()), why))

    def doubt(self, when: When, text: str, place: str) -> None:
        """Ask about a date that cannot be read without knowing more."""
        if when.doubt:
            self.draft.questions.append(Question(place, " ".join(text.split()), when.doubt))
