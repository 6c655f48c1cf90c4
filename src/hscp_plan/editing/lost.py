"""What a file that a person types anew may not lose, beside what the rules about a plan's history
look after; and what else it changes, in plain words. Both but for what was wrong with it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ..changes import Added, Edited, Listed, Logged, Placed, Restated
from ..checks.places import Places
from ..checks.privacy import redact
from ..checks.since import decision_rewritten, id_vanished, log_rewritten
from ..errors import Fault, Place, quoted
from ..model import Plan, Review
from ..reading.files import HEAD
from ..reading.gaps import nearest_id
from ..reading.validation import STAND_INS
from ..reports.change_texts import describe_group

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..changes import Change, Changes
    from ..errors import Keys
    from ..store import Opened, Source

_RECORDS = ("decision", "impact", "assurance", "value", "round")
"""What is recorded in lists, and stays as it was."""
_OF_BOARDS = ("decision", "assurance")
"""Those of them that a rule of the plan's history looks after."""
_NEXT = "Put it back as it was."


class Before:
    """A file as it was, with the faults that were found in it."""

    def __init__(self, then: Opened, was: Source, faults: Sequence[Fault]) -> None:
        self.label, self.whole = was.label, not was.faulty
        self._errors = _items_at_fault(then, was, [f for f in faults if f.severity == "error"])
        self._items = _items_at_fault(then, was, faults)
        self._keys = set(_keys_at_fault(then, was, faults)) if was.value else set()

    def has_error(self, item: Any) -> bool:
        """Whether an error stood in something of a list."""
        return item in self._errors

    def was_wrong(self, change: Change) -> bool:
        """Whether what changed is what was wrong."""
        match change:
            case Listed(_, _, was, _):
                return was in self._items
            case Edited(part, key):
                return (part.id if part else "", key) in self._keys
            case Restated(milestone):
                return (milestone.id, "status") in self._keys
            case Logged(milestone):
                return (milestone.id, "date") in self._keys
        return False


def lost(groups: Sequence[Changes], now: Plan, before: Before, today: date) -> Iterator[Fault]:
    """An error for each part of the plan that may not go, or be another, and does; but for those
    in which errors stood. Of what is planned or listed, what another takes the place of is not
    lost."""
    every = [change for group in groups for change in group.changes]
    listed = [change for change in every if isinstance(change, Listed)]
    fewer = Counter(change.noun for change in listed if change.now is None)
    fewer -= Counter(change.noun for change in listed if change.was is None)
    for change in listed:
        if change.was is None or change.noun in _OF_BOARDS or before.has_error(change.was):
            continue
        recorded = change.noun in _RECORDS or (
            change.noun == "meeting" and change.was.date.last < today
        )
        if recorded or (change.now is None and fewer[change.noun]):
            how = "altered" if change.now else "taken out"
            what = redact(f"{_called(change)} was {how}")
            yield Fault(log_rewritten.name, what, Place(before.label, 1), _NEXT)
        elif isinstance(change.was, Review):
            yield from _ids_lost(change.was, now, before.label)
    for edited in every:
        if isinstance(edited, Edited) and not before.was_wrong(edited):
            yield from _edited(edited, before.label)


def _ids_lost(review: Review, now: Plan, label: str) -> Iterator[Fault]:
    """The recommendations of a review whose ids are no longer there."""
    ids = {r.id for each in now.head.reviews for r in each.recommendations}
    for id in (r.id for r in review.recommendations if r.id not in ids):
        what = f"the recommendation {id} is no longer in the plan"
        yield Fault(id_vanished.name, what, Place(label, 1), "Put it back: ids are for ever.")


def _edited(change: Edited, label: str) -> Iterator[Fault]:
    if change.part is None and change.key == "id":
        what = f"the plan’s id was {change.was}, and stays so"
        yield Fault(id_vanished.name, what, Place(label, 1), f"Write  id: {change.was}")
    elif change.part and change.key == "baseline" and change.was is not None:
        what = f"the figure that {change.part.id} began from was altered"
        yield Fault(decision_rewritten.name, what, Place(label, 1), _NEXT)


def also_changed(groups: Sequence[Changes], now: Plan, before: Before) -> tuple[str, ...]:
    """What else changes, in plain words."""
    texts = []
    for group in groups:
        kept = tuple(c for c in group.changes if _is_told(c, before) and not before.was_wrong(c))
        for text in describe_group(group._replace(changes=kept), now.head):
            texts.append(redact(f"{text.id}: {text.line}"))
    return tuple(texts)


def _is_told(change: Change, before: Before) -> bool:
    """Whether a person is to see a change first: what is another than it was, and what is new in
    what was recorded. What could not be read is not new because it can be now."""
    match change:
        case Edited(was=was):
            return was is not None and was not in STAND_INS.values()
        case Listed(noun=noun, was=None):
            return before.whole and noun in _RECORDS
        case Added():
            return before.whole
        case Listed() | Restated() | Logged() | Placed():
            return True
    return False


def _items_at_fault(then: Opened, was: Source, faults: Sequence[Fault]) -> list[Any]:
    """What stands in the file's lists, and has one of these faults in it."""
    places, wrong = Places(then), {fault.place.line - 1 for fault in faults}
    found: list[Any] = []
    if not was.value or not wrong:
        return found
    spans = places.reading(was.name).spans
    parts: list[tuple[Keys, Any]] = [((), was.value)]
    parts += [(("measures", n), m) for n, m in enumerate(getattr(was.value, "measures", ()))]
    for path, part in parts:
        for key, items in part.items():
            for number, item in enumerate(items if isinstance(items, tuple) else ()):
                # One text may stand in place of a list of them.
                at = places.path(was.name, (*path, key, number))
                first, _, last, _ = spans.get(at, (0, 0, -1, 0))
                if wrong.intersection(range(first, last + 1)):
                    found.append(item)
    return found


def _keys_at_fault(then: Opened, was: Source, faults: Sequence[Fault]) -> Iterator[tuple[str, str]]:
    """The key of each value in which one of these faults stands, with the id of what has it; none,
    where the plan itself has it."""
    reading = then.reading(was.name)
    owner = getattr(was.value, "id", "") if was.name != HEAD else ""
    for fault in faults:
        at = (fault.place.line - 1, fault.place.column - 1)
        around = [
            path
            for path, (first, begin, last, end) in reading.spans.items()
            if (first, begin) <= at <= (last, end)
        ]
        path = max(around, key=len, default=())
        key = next((step for step in reversed(path) if isinstance(step, str)), "")
        yield nearest_id(reading.value, path, owner), key


def _called(change: Listed) -> str:
    """What a person calls the part."""
    item: Any = change.was
    match change.noun:
        case "round":
            return f"the round of asking of {item.date.shown}"
        case "value":
            return f"the value of {item.period.shown}"
        case "impact" | "meeting":
            return f"the {change.noun} of {item.date.shown}"
        case "column":
            return f"the column {quoted(item.key)}"
        case noun:
            return f"the {noun} {quoted(item.name)}"
