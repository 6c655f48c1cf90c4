"""What `hscp collect` understood of what came back, file by file, before anything is recorded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..as_at import is_added_later, milestone_at
from ..asking.returned import entry_of
from ..changes import Changes, Logged, milestone_changes
from ..checks.privacy import hits_in, hits_in_each, redact
from ..dates import day_shown
from ..document import Heading, Item, Items, Paragraph
from ..occurrences import waiting
from ..words import count, listed, sentence
from . import phrases
from .change_texts import describe, describe_group

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from ..asking.parts import Part
    from ..asking.returned import Return
    from ..asking.understood import Doubt, Understood
    from ..changes import Change
    from ..checks.privacy import Hits
    from ..document import Block, Document, Line
    from ..model import Plan, Priority


class Collected(NamedTuple):
    """`hscp collect`: one file."""

    returned: Return
    plan: Plan
    """The plan before these answers, with those of the files before."""
    before: Plan
    """The plan before any of the files."""
    asks: bool
    """Whether what is to be decided is asked about one by one, and not listed."""

    def document(self) -> Document:
        """Who answered when, the counts, each answer as `changes` would tell it, what is to be
        decided, what has no place, and what changed in the plan since it was asked."""
        blocks: list[Block] = [
            Heading(redact(self.returned.name)),
            Paragraph((self._who(),)),
            Paragraph((f"{self._counts()}.",)),
        ]
        for heading, items in self._parts():
            if items := tuple(items):
                blocks += [Heading(heading, 2), Items(items)]
        notes = map(redact, self.returned.notes)
        blocks += [Paragraph((note,), apart=not n) for n, note in enumerate(notes)]
        return tuple(blocks)

    def _parts(self) -> Iterator[tuple[str, Iterable[Item]]]:
        yield "Answered", map(self._answer, self._sure)
        if not self.asks:
            doubts = ((u, doubt) for u in self.returned.understood for doubt in u.doubts)
            yield "To decide", (self.doubt(u, doubt) for u, doubt in doubts)
        yield _ALREADY, (Item(u.answer.id, _last(u)) for u in self._recorded)
        yield (
            "Kept out, since it could identify a child or an adult at risk",
            map(_private, self._private),
        )
        yield (
            "Beside the answers",
            (
                Item(u.answer.id, redact(remark))
                for u in self.returned.understood
                for remark in u.remarks
            ),
        )
        yield (
            "Comments in the margin, which are not recorded",
            (
                Item("", _shown(f"{c.author}: {c.text}" if c.author else c.text), (_at(c.place),))
                for c in self.returned.comments
            ),
        )
        yield "Not placed, and not recorded", _unplaced(self.returned.unplaced)
        yield "In the plan since it was asked", self._since()

    # --- the counts -------------------------------------------------------------------------------

    @property
    def _sure(self) -> list[Understood]:
        return [u for u in self.returned.understood if u.sure]

    @property
    def _recorded(self) -> list[Understood]:
        return [u for u in self.returned.understood if u.recorded]

    @property
    def _private(self) -> list[Understood]:
        return [u for u in self.returned.understood if u.private]

    def _who(self) -> str:
        occasion = self.returned.occasion
        answered = f"answered on {day_shown(occasion.day)}"
        if occasion.asked is None:
            return f"{occasion.who}, {day_shown(occasion.day)}"
        return f"{occasion.who}, asked on {day_shown(occasion.asked)}, {answered}"

    def _counts(self) -> str:
        """How many answers there are of each kind; of those that need a person, which."""
        returned = self.returned
        sure = [u.answer.id for u in self._sure if not u.nothing]
        ids = {
            "answered": sure,
            "nothing to report": [u.answer.id for u in self._sure if u.nothing],
            "said already": [u.answer.id for u in self._recorded],
            "kept out": [u.answer.id for u in self._private],
            "to decide": [u.answer.id for u in returned.understood if u.doubts],
            "unanswered": [*returned.unanswered],
        }
        named = ("kept out", "to decide", "unanswered")
        parts = [
            f"{len(some)} {words}{f' ({listed(dict.fromkeys(some))})' if words in named else ''}"
            for words, some in ids.items()
            if some
        ]
        return ", ".join(parts) or "No answers"

    # --- the answers ------------------------------------------------------------------------------

    def _answer(self, understood: Understood) -> Item:
        """What an answer says, and what it changes, in the words of `hscp changes`."""
        milestone = understood.standing.milestone
        return Item(milestone.id, milestone.action, tuple(self._lines(understood)))

    def doubt(self, understood: Understood, doubt: Doubt) -> Item:
        """What is to be decided of an answer; all that it says, where that is in doubt."""
        notes: list[Line] = [(doubt.question,)] if doubt.question and not self.asks else []
        if doubt.field == "row":
            notes = [("this answer:",), *self._lines(understood), *notes]
        return Item(understood.answer.id, sentence(doubt.what), tuple(notes))

    def _lines(self, understood: Understood) -> Iterator[Line]:
        milestone, head = understood.standing.milestone, self.plan.head
        if understood.nothing:
            yield ("nothing to report",)
            return
        entry = entry_of(understood, self.returned.occasion)
        could_be = () if entry.for_ else waiting(milestone, self.returned.occasion.day)
        if could_be and not entry.moved:
            names = listed([occurrence.name for occurrence in could_be])
            yield (f"for none of {names}: --for of hscp progress says which",)
        changed = entry.moved or entry.status not in (None, milestone.status)
        if not changed:
            if entry.for_:
                yield (phrases.reported_for(entry.for_),)
            if entry.status:
                yield (f"still {head.word_for(entry.status)}",)
            if entry.note:
                yield (f'"{entry.note}"',)
            yield from ((f"evidence: {item}",) for item in entry.evidence)
            return
        times = milestone.times_moved + bool(entry.move)
        logged = Logged(milestone, entry, milestone.status, milestone.due, times, entry.agreed)
        for text in describe(logged, milestone.id, head, dated=False):
            yield (text.text,)
            yield from text.notes

    def _since(self) -> Iterator[Item]:
        """How what they answered moved, or changed its status, between the asking and this."""
        asked = self.returned.occasion.asked
        if asked is None:
            return
        for owner in self.before.owners:
            since = Changes(owner, tuple(self._changes_since(asked, owner)))
            for text in describe_group(since, self.plan.head):
                if text.kind in _TOLD:
                    yield Item(text.id, text.text, text.notes)

    def _changes_since(self, day: date, owner: Priority) -> Iterator[Change]:
        """What changed since a day of the milestones that they answered."""
        # Not of the whole plan: a hundred forms would each compare all of it.
        ids = {u.answer.id for u in self.returned.understood}
        decisions = tuple(self.before.decisions)
        for now in owner.milestones:
            if now.id in ids and not is_added_later(now, self.before.head_of(now), day):
                yield from milestone_changes(milestone_at(now, day), now, decisions)


_ALREADY = "Said already, in the plan or in a file before this one"
_TOLD = ("moved", "date-set", "status")
"""The kinds of changes that make an answer another than it was when it was written."""


def _last(understood: Understood) -> str:
    entry = understood.recorded
    return phrases.plain(phrases.quote(entry.date, entry.note, entry.by)) if entry else ""


def _private(understood: Understood) -> Item:
    # A sheet's name may be a child's, which no rule can know.
    parts = ((re.sub("^sheet .*, ", "", part.place), part.text) for part in understood.private)
    places = listed(dict.fromkeys(f"{redact(place)} [{rule}]" for place, rule in parts))
    return Item(understood.answer.id, f"{places}: look at it there, and ask for other words")


def _unplaced(parts: Sequence[Part]) -> Iterator[Item]:
    # All at once: the rules take as long over one short text as over many.
    for part, hits in zip(parts, hits_in_each(part.text for part in parts), strict=True):
        yield Item("", _quoted(part.text, hits), (_at(part.place),))


def _shown(text: str) -> str:
    """A text in quotation marks; only that there is one, where it could identify a child."""
    return _quoted(text, hits_in(text))


def _quoted(text: str, hits: Hits) -> str:
    if hits:
        return f"Words that could identify somebody [{hits[0][0].name}] are not shown"
    return f'"{" ".join(text.split())}"'


_PLAIN_PLACE = re.compile(r"[a-z]+ \d+(?:(?:, | to )[a-z ]*\d+)*")


def _at(place: str) -> Line:
    """Where something stands: a sheet's name, or the words at a comment, may name a child."""
    if not place:
        return ()
    return (f"at {place if _PLAIN_PLACE.fullmatch(place) else redact(place)}",)


def entries_recorded(by_file: Mapping[str, int], in_git: bool) -> Document:
    """How many entries each file of the plan gained, and what may come next."""
    total = count(sum(by_file.values()), "entry", "entries")
    files = [(f"  {many} in {file}",) for file, many in by_file.items() if many]
    blocks: list[Block] = [Paragraph((f"Recorded {total}",), apart=True), *map(Paragraph, files)]
    if in_git:
        back = "To take back the last:  hscp undo      To keep them in git:  hscp save"
        blocks.append(Paragraph((back,), apart=True, hint=True))
    return tuple(blocks)
