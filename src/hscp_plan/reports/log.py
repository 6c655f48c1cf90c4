"""What was recorded and is not in git yet, of the file that was written last first."""

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
    from ..document import Document
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
    found: tuple[Unsaved, ...]

    def document(self) -> Document:
        """File by file, and in each the last of a milestone's log first."""
        if not self.found:
            return (phrases.titled("All that was recorded is in git", self.day),)
        title = phrases.titled(f"{count(len(self.found), 'record')} not in git yet", self.day)
        made: list[object] = [title]
        for number, (file, found) in enumerate(groupby(self.found, lambda each: each.file)):
            made.append(Heading(file if number else f"{file}, written last"))
            made.append(Items(tuple(map(_item, found))))
        hint = "To take one back:  hscp undo ID      To keep them in git:  hscp save"
        return (*made, Paragraph((hint,), apart=True, hint=True))  # type: ignore[arg-type]

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each: id, what, date, by, text, file."""
        for each in self.found:
            yield {**each._asdict(), "date": each.date and each.date.text}

    def data(self) -> dict[str, object]:
        """Each, in the same order."""
        told = [{**each._asdict(), "date": records.when(each.date)} for each in self.found]
        return {**records.envelope(self.plan, self.day, ""), "unsaved": told}


def _item(each: Unsaved) -> Item:
    who = f", {each.by}" if each.by else ""
    below = (each.what, " of ", each.date, who) if each.date else (f"new {each.what}",)
    return Item(each.id, each.text, (below,))
