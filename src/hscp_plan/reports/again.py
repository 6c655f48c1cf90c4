"""What the next version of a document says that the plan does not, before anything is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..checks.privacy import redact
from ..document import Heading, Item, Items, Paragraph, Title
from ..errors import quoted
from ..words import count, cut, listed, sentence
from .change_texts import describe_group
from .imported import MOST_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..changes import Changes
    from ..document import Block, Document, Line
    from ..importing.again import Again
    from ..importing.draft import Left
    from ..importing.news import Doubt, News, Unsure
    from ..importing.pairing import Row
    from ..model import Head
    from ..standing import Standing

_WIDEST = 200


class Told(NamedTuple):
    """What is known of a document once it was held against the plan."""

    name: str
    saved: str
    """When it was saved or read, in words."""
    head: Head
    again: Again
    changes: Sequence[Changes]
    """What would be recorded, as changes of the plan."""
    decide: Sequence[News]
    """What is new, with doubts."""
    private: Sequence[tuple[str, str]]
    """What is kept out since it could identify a child: its id or place, and the rule's name."""
    asks: bool
    """Whether what is to be decided is asked about one by one, and not listed."""

    def document(self) -> Document:
        """What would be recorded as `changes` would tell it, what is to be decided, what the
        document does not have, and what of it has no place."""
        new = (
            "is new to the plan" if self._says_anything else "is new to the plan: it says the same"
        )
        start = "What of" if self._says_anything else "Nothing of"
        blocks: list[Block] = [
            Title(f"{start} {redact(self.name)} {new}", self.saved),
            Paragraph((f"{self._counts()}.",)),
        ]
        for group in self.changes:
            texts = describe_group(group, self.head)
            items = tuple(Item(text.id, text.text, text.notes) for text in texts)
            title = f"{group.priority.id} {group.priority.title}" if group.priority else "The plan"
            blocks += [Heading(title), Items(items)]
        for heading, some in self._parts():
            if items := tuple(some):
                blocks += [Heading(heading), Items(items)]
        if absent := self.again.absent():
            none = f"The document has no row of {listed(absent)}: nothing is said of what is there."
            blocks.append(Paragraph((none,), apart=True))
        return tuple(blocks)

    def _parts(self) -> Iterator[tuple[str, Iterable[Item]]]:
        if not self.asks:
            yield "To decide", self._decide()
        yield "New, under what the plan has not", map(self._homeless, self.again.homeless)
        yield "Not in the document, and nothing is changed", map(_gone, self.again.gone())
        yield "Kept out, since it could identify a child or an adult at risk", self._private()
        yield "Recorded nowhere", _beside(self.again.beside())

    @property
    def _says_anything(self) -> bool:
        return bool(self.changes or any(tuple(items) for _, items in self._parts()))

    def _counts(self) -> str:
        again = self.again
        known = len(again.rows) - len(again.new) - len(again.homeless) - len(again.unsure)
        parts = [f"{count(len(again.rows), 'row')}: {known:,} of the plan's"]
        parts += (
            [f"{len(again.new) + len(again.homeless):,} new"] if again.new or again.homeless else []
        )
        parts += [f"{len(again.unsure):,} to find"] if again.unsure else []
        gone = again.gone()
        parts += [f"{len(gone):,} of the plan's not there"] if gone else []
        return ", ".join(parts)

    # --- its parts --------------------------------------------------------------------------------

    def _decide(self) -> Iterator[Item]:
        yield from map(unsure_item, self.again.unsure)
        for news in self.decide:
            for doubt in news.doubts:
                yield doubt_item(news, doubt, asks=False)

    def _homeless(self, row: Row) -> Item:
        place = (f"at {row.milestone.place}",)
        action = _shown(row.milestone.action)
        if row.priority:
            add = f'hscp add {row.priority.id} "…" --objective ID'
            return Item(
                row.priority.id, f"new: {action}", (place, (f"Of which objective?  {add}",))
            )
        add = f"hscp add-priority {quoted('…')}"
        under = f"it stands under {quoted(redact(row.under))}:  {add}"
        return Item("", f"new: {action}", (place, (sentence(under),)))

    def _private(self) -> Iterator[Item]:
        for id, rule in self.private:
            yield Item(id, f"[{rule}]: look at it there; --redact records it with … in its place")


def unsure_item(unsure: Unsure) -> Item:
    """A row that may be one of several milestones."""
    ids = [s.milestone.id for s in unsure.may_be]
    text = f"Is it {listed(ids, 'or')}, or new?  {_shown(unsure.row.milestone.action)}"
    notes: list[Line] = [(f"at {redact(unsure.row.milestone.place)}",)]
    notes += ((f"{s.milestone.id}: {s.milestone.action}",) for s in unsure.may_be)
    return Item("", text, tuple(notes))


def doubt_item(news: News, doubt: Doubt, asks: bool) -> Item:
    """What is to be decided of a milestone."""
    id = news.standing.milestone.id
    notes: tuple[Line, ...] = () if asks or not doubt.question else ((doubt.question,),)
    if doubt.field == "action" and not asks:
        notes = ((f"To take the new words:  hscp edit {id}",),)
    elif doubt.field == "status" and not doubt.question:
        notes = ((f'To say which:  hscp progress {id} "…" --status …',),)
    elif doubt.ends and not asks:
        notes = ((f'If it was:  hscp progress {id} "Why" --status closed --agreed "Board, DATE"',),)
    return Item(id, sentence(redact(doubt.what)), notes)


def _gone(standing: Standing) -> Item:
    id, action = standing.milestone.id, standing.milestone.action
    if not standing.open:
        return Item(id, action, ((f"It is {standing.kind} already.",),))
    close = f'hscp progress {id} "Why" --status closed --agreed "Board, DATE"'
    return Item(id, action, ((f"If it was stopped:  {close}",),))


def _beside(every: Sequence[Left]) -> Iterator[Item]:
    for left in every[:MOST_SHOWN]:
        yield Item(left.id, _shown(left.text), ((f"at {redact(left.place)}: {redact(left.why)}",),))
    if len(every) > MOST_SHOWN:
        yield Item("", f"and {len(every) - MOST_SHOWN:,} more")


def _shown(text: str) -> str:
    return f'"{cut(redact(" ".join(text.split())), _WIDEST)}"'


def recorded_in(files: Sequence[str], typed: str) -> Document:
    """Which files were written, and what may come next; `typed` are the files as they are typed
    where the plan is in git, and empty elsewhere."""
    blocks = [Paragraph((f"Recorded in {listed(files)}",), apart=True)]
    if typed:
        undo = (
            "To take back entries and what is new, one at a time, the last first:  hscp undo",
            "It leaves other words, starts, leads and columns as they are now.",
            f"To take back all of these files that is not saved yet:  git restore {typed}",
            "To keep it all in git:  hscp save",
        )
        blocks += [Paragraph((line,)) for line in undo]
    return tuple(blocks)
