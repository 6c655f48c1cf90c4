"""What was recorded and not yet saved: an entry, a decision or a new part, and where it stands.
Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..dates import PlanDate
    from .nodes import Path
    from .values import Said

Kind = Literal[
    "entry",
    "decision",
    "impact",
    "assurance",
    "milestone",
    "objective",
    "measure",
    "value",
    "priority",
    "register",
    "lead",
    "meeting",
    "round of asking",
    "answer",
]
"""What was recorded."""

_IN_LISTS: dict[str, Kind] = {
    "milestones": "milestone",
    "objectives": "objective",
    "measures": "measure",
    "values": "value",
}
"""What is new in each of these lists."""

_BEGUN = frozenset(("id", "kind", "title", "until", "outcome"))
"""The keys that a new priority or register begins with."""


class Typed(NamedTuple):
    """When something was recorded; the greater, the later."""

    at: int
    """When its file was written with it, in nanoseconds; of what is not `known`, when its file was
    written last: it was no later than that."""
    known: bool
    number: int = 0
    """Which of what is known it was."""


class Recorded(NamedTuple):
    """Something recorded and not yet saved: a log entry, a decision with the entries of the
    milestones that it completes or closes, an impact or an assurance, a new milestone, objective,
    priority, register or meeting, who leads something, or whom somebody asked."""

    file: str
    priority: str
    id: str
    """That of the milestone or the like, or the priority's where it is a decision or the like, plan
    where it is one of the whole plan; the file's name of what else stands in plan.yaml, or in
    asked.yaml."""
    date: PlanDate | None
    """When, of an entry, a decision or the like, or a meeting; the rest does not say when it was
    added."""
    values: dict[str, Any]
    """Of the decision, the entry, the meeting, or of the new part; of a lead, `lead` alone."""
    entries: Mapping[str, Path]
    """The paths of the log entries by their milestones: the entry itself, or those that a decision
    brought."""
    decisions: tuple[int, ...] = ()
    """The number of the decision, and of the one beside it that says what becomes of the rest."""
    elsewhere: tuple[Recorded, ...] = ()
    """Of a decision, the log entries of the milestones that it completes in other files: one of
    these for each file."""
    said: tuple[Said, int] | None = None
    """The list that an impact or assurance stands in, and its number there."""
    added: Path = ()
    """The path of a new milestone, objective or measure, or of a measure's figure that is new or
    was corrected."""
    corrected: Mapping[str, Any] | None = None
    """What a measure's figure was before it was corrected; None where it is new, or nothing tells
    any more."""
    led: Path | None = None
    """The path of the objective or milestone that is led by somebody else now."""
    led_before: tuple[str, ...] | None = None
    """Who led it before; None where git does not know it, since it is new."""
    meeting: int | None = None
    """The number of a new meeting."""
    new_file: bool = False
    """Whether it is a new priority or register, in a file of its own."""
    asked: tuple[int, ...] = ()
    """In asked.yaml, the numbers of the rounds that are new, or were answered."""
    answers: bool = False
    """Whether they were answered, and are not new."""
    under_new: bool = False
    """Whether it is a new milestone of a priority or an objective that is new itself: whoever wrote
    both by hand did not record the one."""
    typed: Typed = Typed(0, known=False)

    @property
    def decision(self) -> int | None:
        """The number of the decision; None where it is none."""
        return next(iter(self.decisions), None)

    @property
    def of_priority(self) -> bool:
        """Whether it is said of a priority, in the order of saying, whatever day it is of."""
        return bool(self.decisions or self.said)

    @property
    def kind(self) -> Kind:
        """What was recorded."""
        if self.asked:
            return "answer" if self.answers else "round of asking"
        if self.added:
            return _IN_LISTS[str(self.added[-2])]
        if self.meeting is not None:
            return "meeting"
        if self.new_file:
            return "register" if self.values.get("kind") == "register" else "priority"
        if self.led is not None:
            return "lead"
        if self.said:
            return self.said[0]
        return "decision" if self.decisions else "entry"

    @property
    def milestones(self) -> tuple[str, ...]:
        """The milestones that go back to what they were."""
        return (self.id,) if self.kind == "milestone" else tuple(self.logged)

    @property
    def logged(self) -> dict[str, Path]:
        """The paths of all its log entries by their milestones, those in other files too."""
        every = (self, *self.elsewhere)
        return {id: path for record in every for id, path in record.entries.items()}

    @property
    def holds_more(self) -> bool:
        """Whether it is a new objective, priority or register in which something else was written
        since: that is taken back first."""
        if self.kind == "objective":
            return "milestones" in self.values
        if self.kind == "measure":
            return "values" in self.values
        return self.new_file and not _BEGUN.issuperset(self.values)

    @property
    def only_typed(self) -> bool:
        """Whether it counts only where it is known to have been typed: who writes these by hand,
        as part of a plan that begins, did not record them."""
        return (
            self.under_new
            or self.new_file
            or self.kind in (*("objective", "lead", "measure", "value"),)
        )

    @property
    def noted(self) -> dict[str, Any] | None:
        """The values by which the journal knows it: None of a new part, which its log changes."""
        has_id = self.added and self.kind != "value"
        return None if has_id or self.new_file else self.values

    @property
    def path(self) -> Path:
        """Where it stands in its file."""
        if self.decisions:
            return ("decisions", self.decisions[0])
        if self.said:
            return self.said
        if self.asked:
            return ("asked", self.asked[0])
        if self.meeting is not None:
            return ("meetings", self.meeting)
        if self.led is not None:
            return self.led
        return self.added or self.entries[self.id]
