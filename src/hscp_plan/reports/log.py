"""The records that are not in git yet, what was typed last first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..document import Heading, Item, Items, Paragraph
from ..words import count
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Document
    from ..model import Plan

COLUMNS = ("id", "what", "date", "by", "text", "file")


class Way(NamedTuple):
    """How `undo` finds one record and no other: its id, where it has one, and its day, where there
    are several."""

    id: str | None
    date: PlanDate | None


class Unsaved(NamedTuple):
    """Something recorded: of what, whether an entry, a decision or a milestone, and where."""

    id: str
    what: str
    date: PlanDate | None
    """None for a milestone, which does not say when it was added."""
    by: str | None
    text: str
    file: str
    known: bool
    """Whether it is known when it was typed."""
    undo: Way | None = None
    """None where something else is to be taken back first."""

    def cited(self, cite: Callable[[str], str]) -> Unsaved:
        """The same, with its ids as they are cited from outside of its plan."""
        way = self.undo and self.undo._replace(id=self.undo.id and cite(self.undo.id))
        return self._replace(id=cite(self.id), undo=way)


class Log(NamedTuple):
    """`hscp log`: what `undo` can take back and `save` will keep."""

    plan: Plan
    day: date
    unsaved: tuple[Unsaved, ...]
    """What was typed last first; after it, file by file, that of which the time is not known."""
    first_is_last_typed: bool
    """Whether the first of them is what `hscp undo` takes back."""
    in_git: bool
    """Whether git tells what was saved; else this is what was recorded since the plan was
    opened."""

    def document(self) -> Document:
        """What was typed here last first, and then the rest, file by file."""
        title = phrases.title_on(self._title(), self.day)
        if not self.unsaved:
            return (title,)
        blocks: list[Block] = [title]
        for heading, group in groupby(self.unsaved, _heading):
            blocks += [Heading(heading), Items(tuple(map(_item, group)))]
        return (*blocks, Paragraph((self._hint(),), apart=True, hint=True))

    def _title(self) -> str:
        if not self.unsaved:
            nothing = f"Nothing was recorded {phrases.SINCE_OPENED}"
            return "All that was recorded is in git" if self.in_git else nothing
        left = "not in git yet" if self.in_git else phrases.SINCE_OPENED
        return f"{count(len(self.unsaved), 'record')} {left}"

    def _hint(self) -> str:
        which, line = ("the first", "undo") if self.first_is_last_typed else ("one", "undo ID")
        return f"To take {which} back:  hscp {line}      To keep all in git:  hscp save"

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each: id, what, date, by, text, file."""
        for record in self.unsaved:
            yield {**_values(record), "date": record.date and record.date.text}

    def data(self) -> dict[str, object]:
        """Each, in the same order."""
        values = [
            {**_values(r), "date": records.when(r.date), "undo": _undo(r)} for r in self.unsaved
        ]
        about = records.envelope(self.plan, self.day, "")
        return {**about, "title": self._title(), "unsaved": values}


def _values(record: Unsaved) -> dict[str, object]:
    """What tables and JSON have of a record."""
    return {key: getattr(record, key) for key in COLUMNS}


def _undo(record: Unsaved) -> dict[str, str | None] | None:
    """The id and the day to give `undo`, each null where it wants none; null where something else
    is to be taken back first."""
    way = record.undo
    return way and {"id": way.id, "date": way.date and way.date.text}


def _heading(record: Unsaved) -> str:
    """What a record stands under."""
    return "Newest first, as they were typed" if record.known else f"Not known when: {record.file}"


def _item(record: Unsaved) -> Item:
    who = f", {record.by}" if record.by else ""
    below = (record.what, " of ", record.date, who) if record.date else (f"new {record.what}",)
    return Item(record.id, record.text, (below,))
