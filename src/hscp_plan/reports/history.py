"""The story of one milestone: its log and git's commits in one, by date, who and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..as_at import milestone_at
from ..changes import Added, Edited, Listed, Logged, Removed, milestone_changes
from ..dates import day_shown, of_day
from ..document import Item, Items, Paragraph
from . import phrases, records
from .change_texts import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..changes import Change
    from ..dates import PlanDate
    from ..document import Document, Line
    from ..model import Milestone, Plan
    from ..standing import Standing
    from .change_texts import ChangeText

COLUMNS = ("date", "id", "change", "text", "notes", "in_log", "commit", "committed", "author",
           "subject")  # fmt: skip


class Source(NamedTuple):
    """Where git has something from: which commit, of which day, by whom, and why."""

    commit: str
    day: date
    author: str
    subject: str


class Event(NamedTuple):
    """One thing that happened to a milestone, on a day."""

    day: PlanDate
    text: ChangeText
    change: Change | None
    """None for a Board's decision."""
    source: Source | None
    """None where it is not in git."""

    @property
    def logged(self) -> bool:
        """Whether the log or a decision says it, or it is new; else somebody edited the file."""
        return self.change is None or isinstance(self.change, Logged | Added)


class Version(NamedTuple):
    """A milestone as one commit changed it, or the file as it is."""

    source: Source | None
    """None for the file as it is."""
    was: Milestone | None
    now: Milestone | None


def events(plan: Plan, id: str, versions: Iterable[Version], day: date) -> tuple[Event, ...]:
    """All that happened to a milestone up to a day, oldest first: what each version brought, and
    what Boards decided about it."""
    events = [e for version in versions for e in _version_events(version, plan, day)]
    for decision in plan.decisions:
        if id in decision.names:
            change = Listed(None, "decision", None, decision)
            events += [Event(decision.date, t, None, None) for t in describe(change, id, plan.head)]
    return tuple(sorted((e for e in events if e.day.first <= day), key=lambda e: e.day.first))


def _version_events(version: Version, plan: Plan, day: date) -> Iterator[Event]:
    """What a version changed of a milestone, as events."""
    source, was, now = version
    decisions = tuple(plan.decisions)
    on = of_day(source.day if source else day)
    changes: list[Change]
    if now is None:
        changes = [Removed(was)] if was else []
    elif was is not None:
        changes = list(milestone_changes(was, now, decisions))
    else:
        was = milestone_at(now, date.min).replace(status="not started")
        changes = [Added(was)] if source else []
        # What was never in the log, such as when it was to be reviewed then, nobody can tell.
        logged = milestone_changes(was, now, decisions)
        changes += [c for c in logged if not isinstance(c, Edited)]
    for change in changes:
        when = change.entry.date if isinstance(change, Logged) else on
        for text in describe(change, "", plan.head, dated=False):
            if isinstance(change, Added) and now:
                text = text._replace(text=f"first in git, {phrases.due_text(now.due)}")
            yield Event(when, text, change, source)


class History(NamedTuple):
    """`hscp history P1.3`: what happened, oldest first."""

    plan: Plan
    day: date
    standing: Standing
    events: tuple[Event, ...]
    in_git: bool
    """Whether git has any version of it."""
    unsaved: bool = False
    """Whether it is new: git was there to be asked, and has none."""
    untold: str = ""
    """What cannot be told, in sentences."""

    def document(self) -> Document:
        """What happened, oldest first."""
        milestone = self.standing.milestone
        title = f"The history of {milestone.id}  {self.standing.priority.title}"
        head = [phrases.title_on(title, self.day), Paragraph((milestone.action,))]
        if milestone.carried_from:
            head.append(Paragraph(phrases.capital(phrases.move_count(self.standing))))
        status = ""
        if self.unsaved:
            status = "It is new, and not saved in git yet. To keep it in git:  hscp save"
        elif not self.events:
            status = "Nothing has been said of it yet."
        items = tuple(Item(e.day.short, e.text.text, tuple(self._notes(e))) for e in self.events)
        story = (Items(items),) if items else ()
        ends = (Paragraph((text,), apart=True) for text in (status, self.untold) if text)
        return (*head, *story, *ends)

    def rows(self) -> Iterator[dict[str, object]]:
        """One row an event."""
        for event in self.events:
            source = event.source
            yield {
                "date": event.day.text,
                "id": self.standing.milestone.id,
                "change": event.text.kind,
                "text": event.text.text,
                "notes": "; ".join(map(phrases.plain, event.text.notes)),
                "in_log": "yes" if event.logged else "no",
                "commit": source and source.commit,
                "committed": source and source.day.isoformat(),
                "author": source and source.author,
                "subject": source and source.subject,
            }

    def data(self) -> dict[str, object]:
        """The milestone, and what happened to it."""
        events = [
            {
                **row,
                "date": records.when(event.day),
                "notes": [phrases.plain(note) for note in event.text.notes],
                "in_log": event.logged,
            }
            for row, event in zip(self.rows(), self.events, strict=True)
        ]
        about = records.record(self.standing)
        return {
            **records.envelope(self.plan, self.day),
            "milestone": about,
            "events": events,
            "untold": self.untold or None,
        }

    def _notes(self, event: Event) -> Iterator[Line]:
        yield from event.text.notes
        source = event.source
        if source:
            how = "in git by" if event.logged else "by hand, by"
            yield (f"{how} {source.author}, {day_shown(source.day)}: {source.subject} "
                   f"({source.commit})",)  # fmt: skip
        elif self.in_git and event.change is not None:
            yield ("not saved in git yet",) if event.logged else ("by hand, not saved in git yet",)
