"""YAML text to values, with their places. Every scalar is the text that stands in the file.

`values` is quick and knows only text in which nothing is amiss; `read` takes any text at all and
says everything that is wrong with it, and where. Both walk the parser's events with a stack of
their own, so that no depth of nesting can overflow. Types are the model's affair.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Fault, Place, quoted
from ..words import count
from .yamlfaults import (
    CONFLICT,
    MOST_DEPTH,
    MOST_ERRORS,
    SAVE,
    Span,
    bad_characters,
    conflicts,
    place_of,
    syntax,
    too_deep,
    too_many,
    undecodable,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_KEYS = 10_000
MOST_SCALAR = 100_000

Path = tuple[str | int, ...]


class Amiss(Exception):
    """The text is not plain, faultless plan YAML."""


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


def decoded(data: bytes, file: str) -> str | list[Fault]:
    """The bytes as text, without a byte order mark, or everything that keeps them from being it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [Fault("not-utf-8", "this file is UTF-16, not UTF-8", Place(file, 1), SAVE)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [undecodable(data, error.start, file)]
    if text.isascii() and "\r" not in text and not _CONTROL_ASCII.search(text):
        return text
    faults = list(bad_characters(text, file))
    return faults or text.replace("\r\n", "\n")


_CONTROL_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def values(text: str) -> Any:
    """The values of a text in which nothing is amiss: mappings, lists and texts.

    Raises Amiss where anything is, so that the caller asks `read` what it is.
    """
    from yaml import YAMLError

    scalar, mapping, mapping_end, sequence, sequence_end, alias, document = kinds()
    if CONFLICT.search(text):
        raise Amiss
    root: list[Any] = []
    holder: Any = root
    key: str | None = None
    stack: list[tuple[Any, str | None]] = []
    try:
        for event in events(text):
            kind = type(event)
            if kind is scalar:
                value = event.value
                if event.tag or event.anchor or len(value) > MOST_SCALAR:
                    raise Amiss
                if key is None and type(holder) is dict:
                    if value in holder or value == "<<" or len(holder) == MOST_KEYS:
                        raise Amiss
                    key = value
                    continue
                if not value and not event.style:
                    raise Amiss
            elif kind is mapping or kind is sequence:
                if event.anchor or event.tag or len(stack) >= MOST_DEPTH:
                    raise Amiss
                if key is None and type(holder) is dict:
                    raise Amiss
                stack.append((holder, key))
                holder, key = {} if kind is mapping else [], None
                continue
            elif kind is mapping_end or kind is sequence_end:
                value = holder
                holder, key = stack.pop()
            elif kind is alias or (kind is document and root):
                raise Amiss
            else:
                continue
            if key is None:
                holder.append(value)
            else:
                holder[key] = value
                key = None
    except YAMLError as error:
        raise Amiss from error
    if len(root) != 1 or type(root[0]) is not dict:
        raise Amiss
    return root[0]


def read(text: str, file: str) -> Reading:
    """Everything about a text: its values, their places, and all its faults."""
    lines = text.split("\n")
    reading = Reading(None, {}, {}, [], lines, file, set())
    if faults := list(conflicts(lines, file)):
        return reading._replace(faults=faults)
    from yaml import MarkedYAMLError, YAMLError

    walk = _Walk(reading)
    try:
        for event in events(text):
            walk.take(event)
    except MarkedYAMLError as error:
        return reading._replace(faults=[*reading.faults, syntax(error, file, lines)])
    except YAMLError as error:
        fault = Fault("yaml", f"this is not YAML: {error}", Place(file, 1), SAVE)
        return reading._replace(faults=[fault])
    except _TooMuch:
        return reading
    if len(walk.root) == 1 and isinstance(walk.root[0], dict):
        return reading._replace(value=walk.root[0])
    if not any(fault.severity == "error" for fault in reading.faults):
        what = "this file is empty" if not walk.root else "this file is not a list of keys"
        next = "A file begins with its keys, such as:  id: P1"
        reading.faults.append(Fault("file-shape", what, place_of(file, lines, (0, 0, 0, 0)), next))
    return reading


class _TooMuch(Exception):
    pass


class _Walk:
    """Builds values and places out of events, one event at a time."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.root: list[Any] = []
        self.holders: list[Any] = [self.root]
        self.paths: list[Path] = [()]
        self.pending: list[str | None] = [None]
        self.keys: list[int] = [0]
        """How many keys each of the holders has had, with those that count as absent."""
        self.documents = 0
        self.errors = 0
        self.dashless: set[Path] = set()
        """Mappings in which an item's first key stood again."""

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                self.fault(
                    "second-document",
                    "a second document begins here",
                    event,
                    "Keep one document a file: take the line --- out.",
                )
                raise _TooMuch
        elif kind == "AliasEvent":
            self.fault(
                "alias",
                f"*{event.anchor} stands for something written elsewhere",
                event,
                "Write it out: plan files have no aliases.",
            )
            self.reading.spoilt.add((*self.paths[-1], self.step))
            self.put("", event, keep=False)
        elif kind == "ScalarEvent":
            self.scalar(event)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self.start(event, {} if kind == "MappingStartEvent" else [])
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            self.end()

    def fault(self, rule: str, what: str, event: Any, next: str, warning: bool = False) -> None:
        place = place_of(self.reading.file, self.reading.lines, _span(event))
        if not warning and self.errors == MOST_ERRORS:
            self.reading.faults.append(too_many(place))
            raise _TooMuch
        self.errors += not warning
        severity: Any = "warning" if warning else "error"
        self.reading.faults.append(Fault(rule, what, place, next, severity))

    def marked(self, event: Any) -> None:
        if event.anchor:
            self.fault(
                "anchor",
                f"&{event.anchor} names this for use elsewhere",
                event,
                "Take it out: plan files have no anchors.",
            )
        if event.tag:
            self.fault(
                "tag",
                f"{quoted(event.tag)} is a tag",
                event,
                "Take it out: plan files have no tags; every value is read as text.",
            )

    @property
    def at_key(self) -> bool:
        return isinstance(self.holders[-1], dict) and self.pending[-1] is None

    @property
    def step(self) -> str | int:
        """The key, or the number of the item, that the next value is of."""
        holder = self.holders[-1]
        return len(holder) if isinstance(holder, list) else str(self.pending[-1])

    def scalar(self, event: Any) -> None:
        self.marked(event)
        if len(event.value) > MOST_SCALAR:
            self.fault(
                "too-big",
                f"this text is over {MOST_SCALAR:,} characters long",
                event,
                "Put long texts in a document and cite it as evidence.",
            )
        if self.at_key:
            self.key(event)
        elif not event.value and not event.style and isinstance(self.holders[-1], dict):
            self.fault(
                "value-empty",
                f"{quoted(str(self.pending[-1]))} has nothing after it",
                event,
                "Write its value, or take the line out.",
                warning=True,
            )
            self.put("", event, keep=False)
        else:
            self.put(event.value, event)

    def key(self, event: Any) -> None:
        name, path = event.value, (*self.paths[-1], event.value)
        self.keys[-1] += 1
        if self.keys[-1] > MOST_KEYS:
            what = f"over {count(MOST_KEYS, 'key')} in one mapping"
            self.fault("too-big", what, event, "Part the plan into more files.")
            raise _TooMuch
        if name == "<<":
            self.fault(
                "merge-key",
                "<< merges another mapping in",
                event,
                "Write the keys out: plan files have no merge keys.",
            )
            self.reading.spoilt.add(path)
        if path in self.reading.keys:
            self.twice(name, path, event)
            path = (*self.paths[-1], f"{name}\0{event.start_mark.line}")
        self.reading.keys[path] = _span(event)
        self.pending[-1] = str(path[-1])

    def twice(self, name: str, path: Path, event: Any) -> None:
        """Say that a key stands here again. Of an item whose dash is missing, only its first key is
        told."""
        self.reading.spoilt.add(path)
        begins = isinstance(self.holders[-2], list) and name == next(iter(self.holders[-1]), None)
        if begins:
            self.dashless.add(self.paths[-1])
        elif self.paths[-1] in self.dashless:
            return
        first = self.reading.keys[path][0] + 1
        what = f"{quoted(name)} stands here a second time; the first is in line {first}"
        one = "Keep one of the two."
        item = f"If another item begins here, put its dash before it:  - {name}: …  Else keep one."
        self.fault("key-twice", what, event, item if begins else one)

    def key_complex(self, event: Any) -> _TooMuch:
        """Tell of a key that is a mapping, a list or nothing; what ends the reading then."""
        what, next = "this key is not a plain word", "Write a key as one word and a colon."
        self.fault("key-complex", what, event, next)
        return _TooMuch()

    def put(self, value: Any, event: Any, keep: bool = True) -> None:
        holder = self.holders[-1]
        if isinstance(holder, dict):
            key = self.pending[-1]
            self.pending[-1] = None
            if key is None:
                raise self.key_complex(event)
            self.reading.spans[(*self.paths[-1], key)] = _span(event)
            if keep and "\0" not in key:
                holder[key] = value
        else:
            self.reading.spans[(*self.paths[-1], len(holder))] = _span(event)
            holder.append(value)

    def start(self, event: Any, value: Any) -> None:
        self.marked(event)
        if self.at_key:
            raise self.key_complex(event)
        if len(self.holders) > MOST_DEPTH:
            place = place_of(self.reading.file, self.reading.lines, _span(event))
            self.reading.faults.append(too_deep(place))
            raise _TooMuch
        path = (*self.paths[-1], self.step) if len(self.holders) > 1 else ()
        self.put(value, event)
        self.holders.append(value)
        self.paths.append(path)
        self.pending.append(None)
        self.keys.append(0)

    def end(self) -> None:
        for each in (self.holders, self.paths, self.pending, self.keys):
            each.pop()


def events(text: str) -> Iterator[Any]:
    """The parser's events: libyaml's where PyYAML has it, else those of its own parser."""
    import yaml

    made: Any = yaml.CLoader if yaml.__with_libyaml__ else _pure_parser()
    return iter(made(text).get_event, None)


class Kinds(NamedTuple):
    """The kinds of event that a text is walked by."""

    scalar: type
    mapping: type
    mapping_end: type
    sequence: type
    sequence_end: type
    alias: type
    document: type


def kinds() -> Kinds:
    """The parser's own classes, which only this module loads."""
    from yaml import events as kind

    return Kinds(
        kind.ScalarEvent,
        kind.MappingStartEvent,
        kind.MappingEndEvent,
        kind.SequenceStartEvent,
        kind.SequenceEndEvent,
        kind.AliasEvent,
        kind.DocumentStartEvent,
    )


def _pure_parser() -> Any:
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class Pure(Reader, Scanner, Parser):
        def __init__(self, stream: str) -> None:
            Reader.__init__(self, stream)
            Scanner.__init__(self)
            Parser.__init__(self)

    return Pure


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return (start.line, start.column, end.line, end.column)
