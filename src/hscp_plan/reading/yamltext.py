"""YAML text to values, with their places. Every scalar is the text that stands in the file.

`values` is quick and gives up at the first fault; `read` takes any text at all and says everything
that is wrong with it, and where. No depth of nesting overflows either. What a text means is the
model's affair.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Fault, Place
from .yamlfaults import (
    CONFLICT,
    MOST_DEPTH,
    MOST_KEYS,
    MOST_SCALAR,
    SAVE,
    bad_character,
    conflicts,
    place_of,
    syntax,
    undecodable,
)
from .yamlwalk import Path as Path
from .yamlwalk import Reading as Reading
from .yamlwalk import TooMuch, Walk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Amiss(Exception):
    """The text is not plain, faultless plan YAML."""


def decode(data: bytes, file: str) -> str | list[Fault]:
    """The bytes as text, without a byte order mark, or everything that keeps them from being it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [Fault("not-utf-8", "this file is UTF-16, not UTF-8", Place(file, 1), SAVE)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return [undecodable(data, error.start, file)]
    # Most files are ASCII alone, of which one quick look is enough.
    if text.isascii() and "\r" not in text and not _CONTROL_ASCII.search(text):
        return text
    fault = bad_character(text, file)
    return [fault] if fault else text.replace("\r\n", "\n")


_CONTROL_ASCII = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def values(text: str) -> dict[str, Any]:
    """The values of a text in which nothing is amiss: mappings, lists and texts.

    Raises Amiss where anything is, so that the caller asks `read` what it is.
    """
    from yaml import YAMLError

    if CONFLICT.search(text):
        raise Amiss
    kind = kinds()
    try:
        next_event = _parser(text).get_event
        next_event()  # the stream begins
        if type(next_event()) is not kind.document:
            raise Amiss
        root = _value_builder(next_event, kind)(next_event(), 0)
        next_event()  # the document ends
        second_document = type(next_event()) is kind.document
    except YAMLError as error:
        raise Amiss from error
    if second_document or type(root) is not dict:
        raise Amiss
    return root


def _value_builder(next_event: Callable[[], Any], kind: Kinds) -> Callable[[Any, int], Any]:
    """A function that builds the value whose first event and depth it is given, and takes its other
    events from the parser. It raises Amiss.

    Functions within a function, for every scalar of a plan passes here: to look names up in an
    object each time takes a tenth longer.
    """
    scalar, mapping = kind.scalar, kind.mapping
    mapping_end, list_end = kind.mapping_end, kind.sequence_end

    def build(event: Any, depth: int) -> Any:
        if event.anchor or event.tag:  # an alias has an anchor too
            raise Amiss
        if type(event) is scalar:
            text = event.value
            absent = not text and not event.style
            if absent or len(text) > MOST_SCALAR:
                raise Amiss
            return text
        if depth == MOST_DEPTH:
            raise Amiss
        return build_mapping(depth + 1) if type(event) is mapping else build_list(depth + 1)

    def build_mapping(depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        while type(event := next_event()) is not mapping_end:
            if type(event) is not scalar or event.anchor or event.tag:
                raise Amiss
            key = event.value
            if key in built or key == "<<" or len(key) > MOST_SCALAR or len(built) == MOST_KEYS:
                raise Amiss
            built[key] = build(next_event(), depth)
        return built

    def build_list(depth: int) -> list[Any]:
        built = []
        while type(event := next_event()) is not list_end:
            built.append(build(event, depth))
        return built

    return build


def read(text: str, file: str) -> Reading:
    """Everything about a text: its values, their places, and all its faults."""
    lines = text.split("\n")
    reading = Reading(None, {}, {}, [], lines, file, set())
    if faults := list(conflicts(lines, file)):
        return reading._replace(faults=faults)
    from yaml import MarkedYAMLError, YAMLError

    walk = Walk(reading)
    try:
        for event in events(text):
            walk.take(event)
    except MarkedYAMLError as error:
        return reading._replace(faults=[*reading.faults, syntax(error, file, lines)])
    except YAMLError as error:
        fault = Fault("yaml", f"this is not YAML: {error}", Place(file, 1), SAVE)
        return reading._replace(faults=[fault])
    except TooMuch:
        return reading
    if len(walk.documents) == 1 and isinstance(walk.documents[0], dict):
        return reading._replace(value=walk.documents[0])
    if not any(fault.severity == "error" for fault in reading.faults):
        message = "this file is not a list of keys" if walk.documents else "this file is empty"
        next = "A file begins with its keys, such as:  id: P1"
        place = place_of(file, lines, (0, 0, 0, 0))
        reading.faults.append(Fault("file-shape", message, place, next))
    return reading


def events(text: str) -> Iterator[Any]:
    """The parser's events of a text."""
    return iter(_parser(text).get_event, None)


def _parser(text: str) -> Any:
    """libyaml's parser where PyYAML has it, else PyYAML's own."""
    import yaml

    kind: Any = yaml.CLoader if yaml.__with_libyaml__ else _pure_parser()
    return kind(text)


class Kinds(NamedTuple):
    """The kinds of event that a text is walked by."""

    scalar: type[Any]
    mapping: type[Any]
    mapping_end: type[Any]
    sequence: type[Any]
    sequence_end: type[Any]
    document: type[Any]


def kinds() -> Kinds:
    """The parser's own classes, which only this module loads."""
    from yaml import events as kind

    return Kinds(
        kind.ScalarEvent,
        kind.MappingStartEvent,
        kind.MappingEndEvent,
        kind.SequenceStartEvent,
        kind.SequenceEndEvent,
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
