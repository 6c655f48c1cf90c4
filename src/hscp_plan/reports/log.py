"""The records that are not in git yet, those of the file that was written last first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..document import Heading, Item, Items, Paragraph
from ..words import count
from . import phrases, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Document
    from ..model import Plan

COLUMNS = ("id", "what", "date", "by", "text", "file")


class Unsaved(NamedTuple):
    """Something recorded: of what, whether an entry, a decision or a milestone, and where."""

    id: str
    what: str
    date: PlanDate | None
    """None for a milestone, which does not say when it was added."""
    by: str | None
    text: str
    file: str


class Log(NamedTuple):
    """`hscp log`: what `undo` can take back and `save` will keep."""

    plan: Plan
    day: date
    unsaved: tuple[Unsaved, ...]

    def document(self) -> Document:
        """File by file, and in each the last of a milestone's log first."""
        if not self.unsaved:
            return (phrases.title_on("All that was recorded is in git", self.day),)
        title = phrases.title_on(f"{count(len(self.unsaved), 'record')} not in git yet", self.day)
        blocks: list[Block] = [title]
        for number, (file, group) in enumerate(groupby(self.unsaved, lambda record: record.file)):
            blocks.append(Heading(file if number else f"{file}, written last"))
            blocks.append(Items(tuple(map(_item, group))))
        hint = "To take one back:  hscp undo ID      To keep them in git:  hscp save"
        return (*blocks, Paragraph((hint,), apart=True, hint=True))

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each: id, what, date, by, text, file."""
        for record in self.unsaved:
            yield {**record._asdict(), "date": record.date and record.date.text}

    def data(self) -> dict[str, object]:
        """Each, in the same order."""
        values = [{**r._asdict(), "date": records.when(r.date)} for r in self.unsaved]
        return {**records.envelope(self.plan, self.day, ""), "unsaved": values}


def _item(record: Unsaved) -> Item:
    who = f", {record.by}" if record.by else ""
    below = (record.what, " of ", record.date, who) if record.date else (f"new {record.what}",)
    return Item(record.id, record.text, (below,))
