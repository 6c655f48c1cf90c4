"""The report of `hscp undo`: what it took back, and how the plan stands again."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from ..document import Mark, Paragraph, Title
from ..model import WHOLE_PLAN
from ..words import listed, sentence
from . import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..dates import PlanDate
    from ..document import Block, Document, Line
    from ..model import Head, Plan, Round


class Undone(NamedTuple):
    """Something that was taken back: a log entry, a decision, an impact, an assurance or a new
    milestone."""

    kind: str
    """Which of these it is."""
    id: str
    """The milestone's id, or the priority's where it is a decision or the like."""
    date: PlanDate | None
    """None for a milestone, which does not say when it was added."""
    decided_by: str
    """Whose decision it was; empty where it is none."""
    text: str | None
    """Its decision or its note."""
    milestones: tuple[str, ...]
    """The milestones that go back to what they were."""
    file: str
    more: int
    """How many more of the same id are not in git yet."""
    elsewhere: tuple[str, ...] = ()
    """What was carried with it, from another plan or into one, and stands there as it is."""
    option: str = ""
    """The option that names that plan's folder, where it is known."""
    in_git: bool = True
    """Whether git tells what was saved; else what counts was recorded since the plan was opened."""

    def document(self, before: Plan, after: Plan) -> Document:
        """What was taken back, from where, and how its milestones stand again."""
        lines = [self._taken_back("taken back"), *self._words()]
        for id in self.milestones:
            lines += _standing_again(before, after, id, f"{id}: " if self.decided_by else "")
        blocks: list[Block] = [Title(self._title(before, after))]
        blocks += [Paragraph(("  ", *line)) for line in lines]
        if self.elsewhere:
            blocks.append(Paragraph((self._rest(),), apart=True))
        if self.more:
            left = "not yet in git" if self.in_git else phrases.SINCE_OPENED
            more = f"{self.more} more of {self.id} {left}."
            next = f"{more} To take back the next:  hscp undo {self.id}"
            blocks.append(Paragraph((next,), apart=True))
        return tuple(blocks)

    def _rest(self) -> str:
        """What to do about the other half of what was carried."""
        first, many = self.elsewhere[0], len(self.elsewhere) > 1
        plan, _, id = first.rpartition("/")
        stand = "stand there as they are" if many else "stands there as it is"
        where = "" if self.option else f", in the folder of {plan}"
        which = f"The plan {plan} was not changed: {listed(self.elsewhere)} {stand}."
        return f"{which} To take that back too{where}:  hscp undo {id} {self.option}".rstrip()

    def preview(self, plan: Plan) -> Document:
        """What would be taken back of the plan as it is, and from where."""
        lines = [self._taken_back("would be taken back"), *self._words()]
        paragraphs = [Paragraph(("  ", *line)) for line in lines]
        return Title(self._title(plan, plan)), *paragraphs

    def _title(self, before: Plan, after: Plan) -> str:
        if not self.decided_by:
            milestone = after.milestone(self.id) or before.milestone(self.id)
            if milestone:
                return f"{self.id}  {milestone.action}"
        titles = {priority.id: priority.title for priority in after.owners}
        titles[WHOLE_PLAN] = after.head.title
        return f"{self.id}  {titles[self.id]}" if self.id in titles else self.id

    def _taken_back(self, how: str) -> Line:
        what: Line = ("the milestone itself",)
        if self.date:
            what = (f"{self.kind} of ", self.date)
        return (f"{how}: ", *what, f", from {self.file}")

    def _words(self) -> Iterator[Line]:
        if self.text:
            who = f"{self.decided_by}: " if self.decided_by else ""
            yield (f'{who}"{self.text}"',)


class PartUndone(NamedTuple):
    """A new objective, measure, priority, register or meeting, a figure or a lead that was taken
    back."""

    kind: str
    id: str
    values: Mapping[str, Any]
    """As they stood in the file."""
    date: PlanDate | None
    """Of a meeting, its day; of a figure, its period."""
    file: str
    again: Mapping[str, Any] | None = None
    """What a figure is again that was corrected."""

    def document(self, before: Plan, after: Plan, how: str = "taken back") -> Document:
        """What was taken back, from where; and who leads it, or what it is, again."""
        what = "who leads it" if self.kind == "lead" else f"the {self.kind} itself"
        if self.kind == "value" and self.date:
            what = f"{_figure(self.values)} for {self.date.shown}"
            if self.again:
                what += f", {_figure(self.again)} again"
        where = (
            f"{self.file} is gone" if self.kind in ("priority", "register") else f"from {self.file}"
        )
        if how != "taken back":
            where = f"from {self.file}"
        lines = [f"{how}: {what}, {where}"]
        if self.kind == "lead" and how == "taken back":
            again = listed(_lead_of(after, self.id)) or "nobody"
            lines.append(f"lead: {again} again, was {listed(self.values['lead']) or 'nobody'}")
        return Title(self._title(before)), *(Paragraph((f"  {line}",)) for line in lines)

    def _title(self, plan: Plan) -> str:
        if self.kind == "meeting" and self.date:
            return f"{self.values['group']}, {self.date.shown}"
        milestone = plan.milestone(self.id)
        statements = [
            o.statements for p in plan.priorities for o in p.objectives if o.id == self.id
        ]
        names = [(m.name,) for p in plan.priorities for m in p.measures if m.id == self.id]
        words = milestone.action if milestone else next(chain(*statements, *names), "")
        return f"{self.id}  {self.values.get('title') or words or self.kind}"


def _figure(values: Mapping[str, Any]) -> str:
    return str(values.get("value", "no figure"))


def _lead_of(plan: Plan, id: str) -> tuple[str, ...]:
    """Who leads the objective or milestone of an id."""
    objectives = (o for p in plan.priorities for o in p.objectives)
    led = plan.milestone(id) or next((o for o in objectives if o.id == id), None)
    return led.lead if led else ()


class AskingUndone(NamedTuple):
    """That somebody was asked, or answered, which was taken back."""

    rounds: Sequence[Round]
    answers: bool
    file: str

    def document(self, head: Head, how: str = "taken back") -> Document:
        """What was taken back, and from where."""
        title = phrases.answered(self.rounds) if self.answers else phrases.asked(self.rounds, head)
        blocks: list[Block] = [Title(sentence(title)), Paragraph((f"  {how}, from {self.file}",))]
        if not self.answers:
            forms = "The forms that were written stay where they are."
            blocks.append(Paragraph((forms,), apart=True))
        return tuple(blocks)


def nothing_undone(id: str | None, day: PlanDate | None, in_git: bool) -> Document:
    """What is said where nothing is left to take back, of an id or of a day where one is given, and
    whether git tells."""
    of = (f" of {id}" if id else "") + (f" of {day.shown}" if day else "")
    then = " then" if day else ""
    words = "What is in git stays there; to correct it, record what is right."
    title = f"Nothing{of} to take back: all that was recorded{then} is in git"
    if not in_git:
        words = "What was recorded before stays; to correct it, record what is right."
        title = f"Nothing{of} to take back: nothing was recorded{then} {phrases.SINCE_OPENED}"
    return Title(title), Paragraph((words,), apart=True)


def _standing_again(before: Plan, after: Plan, id: str, of: str) -> Iterator[Line]:
    """The status and the due date that a milestone has again."""
    was, now = before.milestone(id), after.milestone(id)
    if not was or not now:
        return
    if was.status != now.status:
        word_for = after.head.word_for
        again, then = (Mark(m.status, word_for(m.status)) for m in (now, was))
        yield (of, again, " again, was ", then)
    if was.due != now.due:
        due: Line = ("due ", now.due) if now.due.dated else (now.due,)
        yield (of, *due, " again, was due ", was.due)
