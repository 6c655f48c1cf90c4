"""What every command that records does: finds the milestone and its file, edits it, says what it
did and what comes next."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..dates import insertion_index
from ..document import Mark, Paragraph, Title
from ..errors import Mistyped
from ..model import Priority
from ..naming.filters import status as status_meant
from ..naming.ids import milestone_named, named, priority_named
from ..reports.phrases import NOT_AGREED
from ..standing import milestone_at
from ..words import STATUSES, Status, length, safe
from ._look import say_document, when, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from ..dates import PlanDate
    from ..document import Block, Line
    from ..editing.record import Change
    from ..standing import Standing


class Target(NamedTuple):
    """The milestone to record something of, its file, and today."""

    opened: store.Opened
    found: Standing
    path: Path
    today: date


def target(where: str | None, id: str) -> Target:
    """The milestone with this id. Raises Mistyped where the id names none, and Unread where its
    file cannot be read."""
    today = today_given()
    opened = store.open_plan(store.find(where))
    found = milestone_named(opened.plan, id, today, "progress", opened.sources)
    return Target(opened, found, path_to_record(opened, found.priority), today)


class Owner(NamedTuple):
    """The priority to record something of, its file, and today."""

    opened: store.Opened
    priority: Priority
    path: Path
    today: date

    def milestone(self, id: str) -> Standing:
        """A milestone of this priority. Raises Mistyped for any other id."""
        found = named(self.opened.plan, id, self.today, self.opened.sources)
        if isinstance(found, Priority) or found.priority is not self.priority or found.alone:
            own = [m.id for m in self.priority.milestones]
            raise Mistyped(
                f"{id.upper()} is no milestone of {self.priority.id}",
                f"{self.priority.id} has {', '.join(own)}." if own else "",
            )
        return found

    def ids(self, given: Iterable[str]) -> list[str]:
        """Ids as the plan writes them. Raises Mistyped for one that names nothing."""
        found = [named(self.opened.plan, id, self.today, self.opened.sources) for id in given]
        return [f.id if isinstance(f, Priority) else f.milestone.id for f in found]


def owner(where: str | None, id: str) -> Owner:
    """The priority with this id. Raises Mistyped where the id names none, and Unread where its
    file cannot be read."""
    today = today_given()
    opened = store.open_plan(store.find(where))
    found = priority_named(opened.plan, id, today, opened.sources)
    return Owner(opened, found, path_to_record(opened, found), today)


def today_given() -> date:
    """The day taken as today: HSCP_AS_AT, else today."""
    return when(None)


def path_of(opened: store.Opened, priority: Priority) -> Path:
    """The file that holds a priority."""
    name = next(n for n, held in opened.plan.files.items() if held is priority)
    return opened.folder / name


def path_to_record(opened: store.Opened, priority: Priority) -> Path:
    """The file that holds a priority, to record in it. Raises Mendable where it is a copy of
    another, or has one."""
    return opened.path_to_record(path_of(opened, priority).name)


def status_given(word: str | None) -> Status | None:
    """The status that a person may give. Raises Mistyped for one that is worked out."""
    if word is None:
        return None
    meant = status_meant(word)
    for status in STATUSES:
        if status == meant:
            return status
    raise Mistyped(
        f'"{meant}" is worked out, never written', f"Give one of: {', '.join(STATUSES)}."
    )


def record(
    at: Target,
    change: Callable[[str, dict[str, object]], Change],
    day: PlanDate,
    dry_run: bool,
) -> Target | None:
    """Log an entry of this day by such a change, and say it; the milestone as it stands after it.
    With --dry-run, None."""
    written = rewritten(at.path, change, dry_run)
    if written is None:
        return None
    opened = store.reopen(at.opened, at.path, written.data)
    found = named(opened.plan, at.found.milestone.id, at.today)
    assert not isinstance(found, Priority)  # noqa: S101 - the id named a milestone before
    made = Target(opened, found, at.path, at.today)
    _say(at, made, day, written.line)
    return made


class Written(NamedTuple):
    """A file as it was written, and on which line stands what was recorded."""

    data: bytes
    line: int


def rewritten(
    path: Path, change: Callable[[str, dict[str, object]], Change], dry_run: bool
) -> Written | None:
    """Make a change of a file. With --dry-run, print the difference instead, and None."""
    from ..editing.write import rewrite

    old, new, place = rewrite(path, change, dry_run)
    if dry_run:
        difference(path, old, new)
    return None if dry_run else Written(new.encode(), place.line)


def difference(path: Path, old: str, new: str) -> None:
    """Print the lines that would change."""
    from difflib import unified_diff

    name = store.shown(path)
    lines = unified_diff(old.splitlines(), new.splitlines(), name, name, lineterm="", n=2)
    write("\n".join(map(safe, lines)) + "\n")
    sys.stdout.flush()
    sys.stderr.write("Nothing was changed: this was --dry-run.\n")


def _say(before: Target, after: Target, day: PlanDate, line: int) -> None:
    """What was recorded, where, and what was there before."""
    milestone = after.found.milestone
    place = insertion_index(day, [each.date for each in milestone.progress])
    entry, later = milestone.progress[place - 1], milestone.progress[place:]
    lines: list[Line] = [
        (entry.date, f", recorded in {store.shown(after.path)}, line {line}"),
    ]
    if later:
        lines.append(("put in its place, before the entry of ", later[0].date))
    if entry.status:
        was = milestone_at(before.found.milestone, day.last).status
        lines.append((Mark(entry.status, entry.status), ", was ", Mark(was, was)))
    if entry.status and (said := next((e for e in reversed(later) if e.status), None)):
        now = milestone.status
        lines.append((Mark(now, now), " today, as the entry of ", said.date, " says"))
    if entry.move:
        first, last, times = entry.move.from_, entry.move.to, len(milestone.moves)
        how = "first move" if times == 1 else f"move {times}"
        if first.dated and first.last < last.last:
            how += f", {length(first.last, last.last)}"
        lines.append(("due ", last, ", was ", first, f" ({how})"))
    elif entry.moved:
        lines.append(("due ", entry.moved.to, ", its first date"))
    if after.found.unagreed(entry):
        lines.append((f"{NOT_AGREED}: --agreed says who agreed it",))
    if entry.note:
        lines.append((f'"{entry.note}"',))
    if entry.agreed:
        lines.append((f"agreed: {entry.agreed}",))
    lines += [(f"evidence: {item}",) for item in entry.evidence]
    blocks: list[Block] = [Title(f"{milestone.id}  {milestone.action}")]
    blocks += [Paragraph(("  ", *parts)) for parts in lines]
    blocks += _next(after, day if later else None)
    say_document(tuple(blocks), "auto")


def _next(after: Target, day: PlanDate | None) -> list[Paragraph]:
    found, id = after.found, after.found.milestone.id
    paragraphs: list[Paragraph] = []
    if found.kind == "overdue":
        told = f"Still {found.words}. To agree a new date:  "
        paragraphs.append(Paragraph((f'{told}hscp reschedule {id} DATE --reason "…"',), apart=True))
    last = found.last_said
    if found.kind == "complete" and last and last.status and not found.milestone.evidence:
        text = f"No evidence is cited. If there is any:  hscp progress {id} --evidence …"
        paragraphs.append(Paragraph((text,), apart=True))
    steps = next_steps(id, after.opened.folder, day)
    return [*paragraphs, *(step._replace(apart=step.apart and not paragraphs) for step in steps)]


def next_steps(id: str, folder: Path, day: PlanDate | None = None) -> list[Paragraph]:
    """What may be done about what was just recorded; nothing where the plan is not in git, without
    which neither can be done. The day is that of an entry which is not the newest of its log."""
    if store.repository(folder.resolve()) is None:
        return []
    keep = "To keep it in git:  hscp save"
    if day:
        back = f"To take it back:  hscp undo {id} --date {day.text}"
        return [Paragraph((back,), apart=True), Paragraph((keep,))]
    return [Paragraph((f"To take it back:  hscp undo {id}      {keep}",), apart=True)]
