"""What a file that a person types anew may not lose: rounds of asking and answers as they were
recorded, and what stands in its lists and has no id."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ..changes import Listed, changes
from ..checks.places import Places
from ..checks.privacy import redact
from ..checks.since import log_rewritten
from ..errors import Fault, Place, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..store import Opened, Source

_HELD_ELSEWHERE = ("decision", "assurance")
"""What the rule about what Boards decided looks after."""
_NEXT = "Put it back as it was."


def lost(then: Opened, now: Opened, was: Source, faults: Sequence[Fault]) -> Iterator[Fault]:
    """An error for each part that one of a plan's files `was` with, and is no longer; but for those
    in which these faults of it stood. What another takes the place of is not lost, unless it is a
    round."""
    if was.value is None:
        return
    groups = changes(then.plan, now.plan)
    listed = [c for group in groups for c in group.changes if isinstance(c, Listed)]
    fewer = Counter(c.noun for c in listed if c.now is None)
    fewer -= Counter(c.noun for c in listed if c.was is None)
    at_fault = _at_fault(then, was, faults)
    for change in listed:
        if change.was is None or change.noun in _HELD_ELSEWHERE:
            continue
        gone = change.now is None and fewer[change.noun]
        if (gone or change.noun == "round") and change.was not in at_fault:
            how = "altered" if change.now else "taken out"
            what = redact(f"{_called(change)} was {how}")
            yield Fault(log_rewritten.name, what, Place(was.label, 1), _NEXT)


def _at_fault(then: Opened, was: Source, faults: Sequence[Fault]) -> list[Any]:
    """What stands in the file's lists, and has a fault in it."""
    places, wrong = Places(then), {fault.place.line - 1 for fault in faults}
    spans = places.reading(was.name).spans
    found = []
    for key, items in was.value.items() if was.value and wrong else ():
        for number, item in enumerate(items if isinstance(items, tuple) else ()):
            # One text may stand in place of a list of them.
            first, _, last, _ = spans.get(places.path(was.name, (key, number)), (0, 0, -1, 0))
            if wrong.intersection(range(first, last + 1)):
                found.append(item)
    return found


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
