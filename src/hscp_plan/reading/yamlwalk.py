"""Walks the events of a YAML text, and keeps its values, their places and every fault met."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from ..errors import Fault, Place, Severity, quoted
from ..words import count
from .yamlfaults import (
    MOST_DEPTH,
    MOST_ERRORS,
    MOST_KEYS,
    MOST_SCALAR,
    Span,
    place_of,
    too_deep,
    too_many,
)

Path = tuple[str | int, ...]


class Reading(NamedTuple):
    """What a text holds, where each part of it stands, and what is wrong with it.

    `value` is None where the text is not YAML at all.
    """

    value: Any
    keys: dict[Path, Span]
    spans: dict[Path, Span]
    faults: list[Fault]
    lines: list[str]
    file: str
    spoilt: set[Path]
    """The keys whose values are not what they would be without a fault."""

    def place(self, path: Path, at_key: bool = False) -> Place:
        """Where the value (or the key) at this path stands, or the nearest part around it."""
        while True:
            first, second = (self.keys, self.spans) if at_key else (self.spans, self.keys)
            if span := first.get(path) or second.get(path):
                return place_of(self.file, self.lines, span)
            if not path:
                return Place(self.file, 1, 1)
            path = path[:-1]


class TooMuch(Exception):
    """What follows is not read: the fault that says why is among those of the reading."""


class _Level:
    """A mapping or list whose end has not come yet; the outermost holds the documents."""

    __slots__ = ("holder", "key", "key_count", "path")

    def __init__(self, holder: Any, path: Path) -> None:
        self.holder = holder
        self.path = path
        self.key: str | None = None
        """The key whose value comes next; None where a key comes next, and in a list."""
        self.key_count = 0
        """How many keys it has had, with those that count as absent."""

    @property
    def step(self) -> str | int:
        """The key, or the number of the item, that the next value is of."""
        return len(self.holder) if isinstance(self.holder, list) else str(self.key)

    @property
    def at_key(self) -> bool:
        """Whether a key comes next."""
        return isinstance(self.holder, dict) and self.key is None


class Walk:
    """Builds values and places out of events, one event at a time.

    Its levels are a stack of its own, so that no depth of nesting can overflow.
    """

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.documents: list[Any] = []
        self.levels = [_Level(self.documents, ())]
        self.document_count = 0
        self.error_count = 0
        self.dashless: set[Path] = set()
        """Mappings in which an item's first key stood again."""

    def take(self, event: Any) -> None:
        """Take the next event. Raises TooMuch where what follows is not to be read."""
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self._start_document(event)
        elif kind == "AliasEvent":
            self._take_alias(event)
        elif kind == "ScalarEvent":
            self._take_scalar(event)
        elif kind == "MappingStartEvent":
            self._open(event, {})
        elif kind == "SequenceStartEvent":
            self._open(event, [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.levels.pop()

    def _add_fault(
        self, rule: str, message: str, event: Any, next: str, severity: Severity = "error"
    ) -> None:
        place = self._place(event)
        if severity == "error":
            if self.error_count == MOST_ERRORS:
                self.reading.faults.append(too_many(place))
                raise TooMuch
            self.error_count += 1
        self.reading.faults.append(Fault(rule, message, place, next, severity))

    def _place(self, event: Any) -> Place:
        return place_of(self.reading.file, self.reading.lines, _span(event))

    def _start_document(self, event: Any) -> None:
        self.document_count += 1
        if self.document_count > 1:
            self._add_fault(
                "second-document",
                "a second document begins here",
                event,
                "Keep one document a file: take the line --- out.",
            )
            raise TooMuch

    def _take_alias(self, event: Any) -> None:
        self._add_fault(
            "alias",
            f"*{event.anchor} stands for something written elsewhere",
            event,
            "Write it out: plan files have no aliases.",
        )
        level = self.levels[-1]
        self.reading.spoilt.add((*level.path, level.step))
        self._put("", event, absent=True)

    def _refuse_anchor_and_tag(self, event: Any) -> None:
        if event.anchor:
            self._add_fault(
                "anchor",
                f"&{event.anchor} names this for use elsewhere",
                event,
                "Take it out: plan files have no anchors.",
            )
        if event.tag:
            self._add_fault(
                "tag",
                f"{quoted(event.tag)} is a tag",
                event,
                "Take it out: plan files have no tags; every value is read as text.",
            )

    def _take_scalar(self, event: Any) -> None:
        self._refuse_anchor_and_tag(event)
        if len(event.value) > MOST_SCALAR:
            self._add_fault(
                "too-big",
                f"this text is over {MOST_SCALAR:,} characters long",
                event,
                "Put long texts in a document and cite it as evidence.",
            )
        level = self.levels[-1]
        if level.at_key:
            self._take_key(event)
        elif not event.value and not event.style and isinstance(level.holder, dict):
            self._add_fault(
                "value-empty",
                f"{quoted(str(level.key))} has nothing after it",
                event,
                "Write its value, or take the line out.",
                "warning",
            )
            self._put("", event, absent=True)
        else:
            self._put(event.value, event)

    def _take_key(self, event: Any) -> None:
        level = self.levels[-1]
        name, path = event.value, (*level.path, event.value)
        level.key_count += 1
        if level.key_count > MOST_KEYS:
            message = f"over {count(MOST_KEYS, 'key')} in one mapping"
            self._add_fault("too-big", message, event, "Part the plan into more files.")
            raise TooMuch
        if name == "<<":
            self._add_fault(
                "merge-key",
                "<< merges another mapping in",
                event,
                "Write the keys out: plan files have no merge keys.",
            )
            self.reading.spoilt.add(path)
        if path in self.reading.keys:
            self._refuse_second_key(name, path, event)
            # A name that no key has, so that what stands under it has a place and no value.
            path = (*level.path, f"{name}\0{event.start_mark.line}")
        self.reading.keys[path] = _span(event)
        level.key = str(path[-1])

    def _refuse_second_key(self, name: str, path: Path, event: Any) -> None:
        """A key stands here again. Of an item whose dash is missing every key does, and one fault,
        at its first, is enough."""
        self.reading.spoilt.add(path)
        level, outer = self.levels[-1], self.levels[-2]
        begins = isinstance(outer.holder, list) and name == next(iter(level.holder), None)
        if begins:
            self.dashless.add(level.path)
        elif level.path in self.dashless:
            return
        first = self.reading.keys[path][0] + 1
        message = f"{quoted(name)} stands here a second time; the first is in line {first}"
        next_step = "Keep one of the two."
        if begins:
            next_step = (
                f"If another item begins here, put its dash before it:  - {name}: …  Else keep one."
            )
        self._add_fault("key-twice", message, event, next_step)

    def _refuse_complex_key(self, event: Any) -> NoReturn:
        """A key is a mapping, a list or nothing: nobody knows what the rest belongs to."""
        next_step = "Write a key as one word and a colon."
        self._add_fault("key-complex", "this key is not a plain word", event, next_step)
        raise TooMuch

    def _put(self, value: Any, event: Any, *, absent: bool = False) -> None:
        """Put a value where it belongs, and remember its place: its place alone where it counts as
        absent, or its key stood before."""
        level = self.levels[-1]
        if isinstance(level.holder, list):
            self.reading.spans[(*level.path, len(level.holder))] = _span(event)
            level.holder.append(value)
            return
        key, level.key = level.key, None
        if key is None:
            self._refuse_complex_key(event)
        self.reading.spans[(*level.path, key)] = _span(event)
        if not absent and "\0" not in key:
            level.holder[key] = value

    def _open(self, event: Any, holder: Any) -> None:
        """A mapping or list begins."""
        self._refuse_anchor_and_tag(event)
        level = self.levels[-1]
        if level.at_key:
            self._refuse_complex_key(event)
        if len(self.levels) > MOST_DEPTH:
            self.reading.faults.append(too_deep(self._place(event)))
            raise TooMuch
        path = (*level.path, level.step) if len(self.levels) > 1 else ()
        self._put(holder, event)
        self.levels.append(_Level(holder, path))


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column, end.line, end.column)
