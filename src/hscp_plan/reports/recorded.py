"""The reports of recording commands: what they wrote, what was there before, what may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..as_at import milestone_at
from ..dates import day_shown, insertion_index, read
from ..document import Mark, Paragraph, Title
from ..model import WHOLE_PLAN, Milestone
from ..words import ENDED, length, listed
from . import phrases
from .phrases import NOT_AGREED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..dates import PlanDate
    from ..document import Document, Line
    from ..model import Entry, Head, Objective, Priority
    from ..standing import Standing
    from ..words import Status


_SAVE = "To keep it in git:  hscp save"


class Written(NamedTuple):
    """Where something was recorded."""

    file: str
    line: int
    in_git: bool
    """Whether the plan is in git: else nothing can be taken back, or saved."""

    @property
    def place(self) -> str:
        """After a comma: recorded in plan/p1.yaml, line 14."""
        return f"recorded in {self.file}, line {self.line}"


def entry_recorded(before: Standing, after: Standing, day: PlanDate, written: Written) -> Document:
    """A log entry of this day, and what it changed of its milestone."""
    milestone = after.milestone
    # In a log that is in order it is the last of its day.
    place = insertion_index(day, [entry.date for entry in milestone.progress])
    entry, later = milestone.progress[place - 1], milestone.progress[place:]
    lines: list[Line] = [(entry.date, f", {written.place}")]
    if later:
        lines.append(("put in its place, before the entry of ", later[0].date))
    was, head = milestone_at(before.milestone, day.last), after.plan.head
    lines += _status_lines(entry, was, milestone, later, head)
    lines += _due_lines(entry, milestone)
    if after.unagreed(entry):
        lines.append((NOT_AGREED,))
    lines += _occurrence_lines(entry, after)
    if entry.note:
        lines.append((f'"{entry.note}"',))
    if entry.agreed:
        lines.append((f"agreed: {entry.agreed}",))
    lines += [*((f"evidence: {item}",) for item in entry.evidence), *phrases.theme(entry.theme)]
    hints = list(_hints(after))
    if after.unagreed(entry):
        hints.append(Paragraph(("Who agreed it is said with --agreed.",), apart=True, hint=True))
    steps = next_steps(milestone.id, written, day if later else None, apart=not hints)
    title = Title(f"{milestone.id}  {milestone.action}")
    return (title, *indented(lines), *hints, *steps)


def decision_recorded(
    priority: Priority | None,
    decisions: Sequence[Mapping[str, Any]],
    ends: Mapping[str, Mapping[str, Any]],
    written: Written,
    head: Head,
) -> Document:
    """A decision of a priority or of the whole plan, and the one beside it of what it leaves open,
    as they were written; and the entries of the milestones that it ends, by their ids."""
    decision, *beside = decisions
    lines: list[Line] = [
        (read(decision["date"]), f", {written.place}"),
        (f'{decision["by"]}: "{decision["decision"]}"',),
    ]
    if "outcome" in decision:
        lines.append((f"outcome: {decision['outcome']}",))
    if "about" in decision:
        lines.append((f"about: {phrases.subjects(decision['about'])}",))
    completes = decision.get("completes", [])
    ids = [completes] if isinstance(completes, str) else completes
    if before := [id for id in ids if id not in ends]:
        new = "this agrees it" if head.completion else "only the decision is new"
        was = "was" if len(before) == 1 else "were"
        lines.append((f"{listed(before)} {was} complete already; {new}",))
    for kind in ENDED:
        if ids := [id for id, entry in ends.items() if entry["status"] == kind]:
            lines.append((Mark(kind, head.word_for(kind)), f": {listed(ids)}"))
    lines += [(other["decision"],) for other in beside]
    if "note" in decision:
        lines.append((f"note: {decision['note']}",))
    id, title = (priority.id, priority.title) if priority else (WHOLE_PLAN, head.title)
    return (Title(f"{id}  {title}"), *indented(lines), *next_steps(id, written))


def said_recorded(priority: Priority, said: Mapping[str, Any], written: Written) -> Document:
    """An impact or an assurance as it was written."""
    lines: list[Line] = [(read(said["date"]), f", {written.place}")]
    note = f'"{said["note"]}"' if "note" in said else ""
    if "level" in said:
        lines.append((f"{said['by']}: {phrases.LEVELS[said['level']].lower()}",))
        lines += [(note,)] if note else []
    else:
        lines.append((f"from {said['from']}: {note}",))
    if "about" in said:
        lines.append((f"about: {listed(said['about'])}",))
    lines += [(f"evidence: {item}",) for item in said.get("evidence", ())]
    themes = said.get("theme", ())
    lines += phrases.theme([themes] if isinstance(themes, str) else themes)
    title = Title(f"{priority.id}  {priority.title}")
    return (title, *indented(lines), *next_steps(priority.id, written))


def milestone_recorded(
    id: str,
    action: str,
    span: tuple[PlanDate | None, PlanDate, str | None],
    said: tuple[Sequence[str], Sequence[str], str | None, str | None, Sequence[Standing]],
    written: Written,
    objective: str = "",
) -> Document:
    """A new milestone, from when to when it runs and how often it recurs, who leads it, what it
    answers, what it comes from, who agreed it and what it waits for; and the objective that is new
    with it, where one is."""
    (start, due, every), (leads, answers, source, agreed, awaited) = span, said
    lines: list[Line] = [("starts ", start)] if start else []
    lines.append(("due ", *phrases.with_basis(due)) if due.dated else (due.text or "no date",))
    lines += [(f"recurs every {every}",)] if every else []
    lines += [("waits for ", *_awaited(standing, start, due)) for standing in awaited]
    if leads:
        lines.append((f"lead: {listed(leads)}",))
    if answers:
        lines.append((f"answers: {listed(answers)}",))
    if source:
        lines.append((f"from: {source}",))
    if agreed:
        lines.append((f"agreed: {agreed}",))
    lines.append((written.place,))
    hints = []
    if objective:
        lines.append((f"under the new objective {objective}, which has no words yet",))
        hint = f'To say who leads {objective}:  hscp lead {objective} "…"'
        hints.append(Paragraph((hint,), apart=True))
    if not due.text:
        hint = f'To give it a date:  hscp reschedule {id} DATE --reason "…"'
        hints.append(Paragraph((hint,), apart=not hints))
    return (Title(f"{id}  {action}"), *indented(lines), *hints, *next_steps(id, written))


def _awaited(standing: Standing, start: PlanDate | None, due: PlanDate) -> Line:
    """What a new milestone waits for, and whether its own dates come before that is due."""
    id, by = standing.milestone.id, standing.milestone.due
    line: Line = (f"{id}: ", *phrases.stands(standing, standing.plan.head))
    early = next((d for d in (start, due) if d and by.dated and d.last < by.last), None)
    if standing.open and early:
        line = (*line, f", after this {'is due' if early is due else 'starts'}")
    return line


def objective_recorded(
    objective: Mapping[str, Any],
    complete_by: PlanDate | None,
    accountable: Sequence[str],
    leads: Sequence[str],
    written: Written,
) -> Document:
    """A new objective, when it is to be complete, who answers for it and who leads it."""
    id, (statement,) = objective["id"], objective["statements"]
    lines: list[Line] = [("complete by ", complete_by)] if complete_by else []
    if accountable:
        lines.append((f"accountable: {listed(accountable)}",))
    lines.append((f"lead: {listed(leads) or 'nobody yet'}",))
    lines.append((written.place,))
    first = f'Its first milestone:  hscp add {id.rpartition("-")[0]} "…" --objective {id}'
    hint = Paragraph((first,), apart=True)
    steps = next_steps(id, written, apart=False)
    return (Title(f"{id}  {statement}"), *indented(lines), hint, *steps)


def owner_recorded(id: str, title: str, first: str, written: Written) -> Document:
    """A new priority or register, in a file of its own; `first` says what is added to it first,
    and how."""
    steps = [Paragraph((f"Its first {first}",), apart=True)]
    if not written.in_git:
        steps.append(Paragraph((f"To take it back, delete {written.file}.",), hint=True))
    steps += next_steps(id, written, apart=False)
    return (
        Title(f"{id}  {title}"),
        Paragraph((f"  in a file of its own, {written.file}",)),
        *steps,
    )


def meeting_recorded(
    meeting: Mapping[str, str], day: PlanDate, lines: int, written: Written
) -> Document:
    """A new meeting, which takes so many lines of plan.yaml."""
    title = f": {meeting['title']}" if "title" in meeting else ""
    last = written.line + lines - 1
    back = f"To take it back, delete lines {written.line} to {last} of {written.file}."
    if written.in_git:
        back = f"To take it back:  hscp undo      {_SAVE}"
    steps = [Paragraph((back,), apart=True, hint=True)]
    heading = Title(f"{meeting['group']}, {day.shown}{title}")
    return (heading, Paragraph((f"  {written.place}",)), *steps)


def lead_recorded(
    part: Objective | Milestone, names: Sequence[str], written: Written, back: str
) -> Document:
    """Who leads an objective or a milestone now, and who did before: `part` is as it was then, and
    `back` the line that puts that back; empty where undo does."""
    words = part.action if isinstance(part, Milestone) else next(iter(part.statements), "objective")
    lines: list[Line] = [
        (f"lead: {listed(names) or 'nobody'}, was {listed(part.lead) or 'nobody'}",),
        (written.place,),
    ]
    steps = [*next_steps(part.id, written)]
    if back:
        steps = [Paragraph((f"To take it back:  {back}",), apart=True, hint=True)]
        steps += [Paragraph((_SAVE,), hint=True)] if written.in_git else []
    return (Title(f"{part.id}  {words}"), *indented(lines), *steps)


def indented(lines: Iterable[Line]) -> Iterator[Paragraph]:
    """Lines below a title."""
    return (Paragraph(("  ", *line)) for line in lines)


def _status_lines(
    entry: Entry, before: Milestone, now: Milestone, later: Sequence[Entry], head: Head
) -> Iterator[Line]:
    """The status that an entry gave; and that of today, where a later entry gives another."""
    if not entry.status:
        return

    def mark(status: Status) -> Mark:
        return Mark(status, head.word_for(status))

    yield (mark(entry.status), ", was ", mark(before.status))
    if last := next((other for other in reversed(later) if other.status), None):
        yield (mark(now.status), " today, as the entry of ", last.date, " says")


def _due_lines(entry: Entry, milestone: Milestone) -> Iterator[Line]:
    """The due date that an entry gave, and how far it moved."""
    if entry.move:
        was, now, times = entry.move.from_, entry.move.to, milestone.times_moved
        how = "first move" if times == 1 else f"move {times}"
        if was.dated and was.last < now.last:
            how += f", {length(was.last, now.last)}"
        yield ("due ", *phrases.with_basis(now), ", was ", was, f" ({how})")
    elif entry.moved:
        yield ("due ", *phrases.with_basis(entry.moved.to), ", its first date")


def _occurrence_lines(entry: Entry, standing: Standing) -> Iterator[Line]:
    """Which occurrence of recurring work an entry reports, and which is next."""
    if not entry.for_:
        return
    yield (phrases.reported_for(entry.for_),)
    following = standing.awaited
    # Of one that is over already, the hint below speaks.
    if following and standing.kind != "overdue":
        yield (f"next to be reported: {following.name}, by {day_shown(following.due.last)}",)
    elif standing.open and not following:
        yield ("all is reported: where nothing more is to be done, say that it is complete",)


def _hints(standing: Standing) -> Iterator[Paragraph]:
    """What a milestone still lacks."""
    id = standing.milestone.id
    if standing.kind == "overdue":
        hint = f'To agree a new date:  hscp reschedule {id} DATE --reason "…"'
        late = standing.words
        if occurrence := standing.awaited:
            hint = f'To report it:  hscp progress {id} "…" --for "{occurrence.period.text}"'
            late = f"{late}: {phrases.plain(phrases.due(standing))}"
        yield Paragraph((f"Still {late}. {hint}",), apart=True)
    last = standing.last_said
    if standing.kind == "complete" and last and last.status and not standing.milestone.evidence:
        hint = f"If there is any:  hscp progress {id} --evidence …"
        yield Paragraph((f"No evidence is cited. {hint}",), apart=True)


def next_steps(
    id: str, written: Written, day: PlanDate | None = None, apart: bool = True
) -> Iterator[Paragraph]:
    """What may be done about what was just recorded. The day is that of an entry which is not the
    newest of its log."""
    if not written.in_git:
        return
    if day:
        back = f"To take it back:  hscp undo {id} --date {day.text}"
        yield Paragraph((back,), apart=apart, hint=True)
        yield Paragraph((_SAVE,), hint=True)
    else:
        back = f"To take it back:  hscp undo {id}      {_SAVE}"
        yield Paragraph((back,), apart=apart, hint=True)
