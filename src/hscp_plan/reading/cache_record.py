"""A checked file as a record holds it, in JSON, and back again.

Every part is held to the form that the model gives it. What stands in a milestone's row is so at
once, the rest of it and its log when somebody looks. What has another form is taken from the file
itself, so that whatever a record says, it ends in no error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, get_origin

from .. import dates, model
from ..frozen import Frozen
from ..words import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable

    Truth = Callable[[int, str], model.Milestone]
    """The milestone of this number and id, as the file itself has it."""

AMISS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, StopIteration)
"""What is raised by reading a record, or a part of it, that has not the model's form."""
T = TypeVar("T", bound=Frozen)


def _plain(value: Any) -> Any:
    """A validated object as JSON holds it: only what differs from its default."""
    if isinstance(value, str):
        return value
    if isinstance(value, dates.PlanDate):
        return value.text
    if isinstance(value, tuple | model.Log):
        return [_plain(item) for item in value]
    if isinstance(value, Frozen):
        default = value.defaults.get
        return {
            name: v if isinstance(v, str) else _plain(v)
            for name in value.fields
            if (v := getattr(value, name)) and v != default(name)
        }
    return dict(value)


ROW = ("id", "due", "start", "review", "status")
"""What a record says of every milestone at once, since it tells how each stands."""
REST = tuple(name for name in model.Milestone.fields if name not in (*ROW, "progress"))
"""What is read of one when somebody looks, as its log is."""


def encode(value: Any) -> bytes:
    """The record of a checked file: a line of JSON, in which a milestone is its ROW, the day of the
    newest entry of its log, and where its two texts end that follow the line: the rest of it, and
    its log."""
    record, texts, end = _plain(value), [], 0
    logs = (m.progress for o in getattr(value, "objectives", ()) for m in o.milestones)
    for objective in record.get("objectives", ()):
        for at, milestone in enumerate(objective.get("milestones", ())):
            newest, entries = next(logs).newest.isoformat(), milestone.pop("progress", None)
            row = [milestone.pop(name, None) for name in ROW]
            texts += [_encode_part(milestone), _encode_part(entries) if entries else b""]
            middle = end + len(texts[-2])
            end = middle + len(texts[-1])
            objective["milestones"][at] = [*row, newest if entries else None, middle, end]
    return _encode_part(record) + b"\n" + b"".join(texts)


def _encode_part(part: Any) -> bytes:
    return _encoder()(part).encode()


@cache
def _encoder() -> Callable[[Any], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def decode(kind: type[T], record: bytes, truth: Truth) -> T:
    """What was checked, out of the record of it. Raises one of AMISS where that has not its
    form."""
    end = record.index(b"\n")
    values = _decode_part(record[:end])
    objectives = values.get("objectives", [])
    # A record is megabytes long where a plan is: it is looked into, not copied.
    _fill_rows(objectives, _Texts(memoryview(record)[end + 1 :], objectives, truth))
    checked: T = _builder(kind)(values)  # type: ignore[arg-type]  # a class has a hash
    return checked


def _decode_part(part: bytes | memoryview) -> Any:
    """What a part of a record says, which is one value and no more."""
    text = str(part, "utf-8")
    value, end = _decoder()(text)
    if end != len(text):
        raise ValueError
    return value


class _Texts:
    """The texts of a record, of which what a milestone is made is read when somebody looks."""

    __slots__ = ("all", "objectives", "truth")

    def __init__(self, all: memoryview, objectives: list[dict[str, Any]], truth: Truth) -> None:
        self.all, self.objectives, self.truth = all, objectives, truth

    def true_milestone(self, part: object) -> model.Milestone:
        """The milestone that this is, or whose log this is, as the file itself has it."""
        milestones = [m for objective in self.objectives for m in objective["milestones"]]
        number = next(n for n, m in enumerate(milestones) if part is m or part is m.progress)
        return self.truth(number, milestones[number].id)


@cache
def _decoder() -> Callable[[str], tuple[Any, int]]:
    """What reads a value of JSON, and says where it ends: `loads` takes twice as long for a short
    text."""
    from json import JSONDecoder

    return JSONDecoder().raw_decode


def _fill_rows(objectives: list[dict[str, Any]], texts: _Texts) -> None:
    """Put milestones in the place of their rows. Written out, for it is done for every milestone
    of a plan at every start: with a call for each, it takes twice as long."""
    new, read, days, statuses = object.__new__, dates.read_text, _reader(model.Date), _STATUSES
    milestone, nothing, undated = model.Milestone, model.NOTHING_LOGGED, dates.UNDATED
    at = 0
    for objective in objectives:
        milestones = []
        rows = objective.get("milestones", [])
        for id, due, start, review, status, newest, middle, end in rows:
            one = new(milestone)
            _ID(one, id)
            _DUE(one, undated if due is None else read(due))
            _START(one, start if start is None else days(start))
            if review is None:
                if due == "ongoing":
                    raise ValueError
                _REVIEW(one, None)
            elif due == "ongoing":
                _REVIEW(one, days(review))
            else:
                raise ValueError
            _STATUS(one, statuses[status])
            _REST(one, (_read_rest, texts, at, middle))
            if newest is None:
                if middle != end:
                    raise ValueError
                log = nothing
            else:
                log = new(model.Log)
                log._entries, log._later = (), (_read_entries, texts, middle, end)
                log.newest = read(newest).first
            _LOG(one, log)
            milestones.append(one)
            at = end
        if type(rows) is not list or not _are_ids([row[0] for row in rows]):
            raise ValueError
        objective["milestones"] = milestones
    if at != len(texts.all):
        raise ValueError


# What puts a value into a field of a frozen object that is only half made.
_ID, _DUE, _START, _REVIEW, _STATUS, _LOG, _REST = (
    getattr(model.Milestone, name).__set__ for name in (*ROW, "progress", "_rest")
)
_STATUSES: dict[str | None, str] = {None: "not started", **{word: word for word in STATUSES}}
_EACH_ID = re.compile(rf"(?:{model.ID}+\n)*+", re.ASCII).fullmatch


def _are_ids(texts: list[Any]) -> bool:
    """Whether all of these are ids: one look at many takes a third of the time."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and _EACH_ID(lines) is not None


def _read_rest(one: model.Milestone, texts: _Texts, at: int, end: int) -> None:
    """Put in what is not in a milestone's row."""
    try:
        _fill_rest(one, _decode_part(texts.all[at:end]))
    except AMISS:
        true = texts.true_milestone(one)
        for name in REST:
            getattr(model.Milestone, name).__set__(one, getattr(true, name))


def _read_entries(log: model.Log, texts: _Texts, at: int, end: int) -> None:
    """Put in the entries of a log."""
    try:
        log._entries = _log(_decode_part(texts.all[at:end]))
        if not log._entries:
            raise ValueError
    except AMISS:
        log._entries = texts.true_milestone(log).progress.entries


# --- the form that the model gives each part ----------------------------------------------------


@cache
def _builder(kind: Any) -> Callable[[dict[str, Any]], Any]:
    """What makes an object of what `_plain` made of it."""
    new, fill = object.__new__, _filler(kind, kind.fields)
    post_init = getattr(kind, "__post_init__", None)

    def build(record: dict[str, Any]) -> Any:
        part = new(kind)
        fill(part, record)
        if post_init:
            post_init(part)
        return part

    return build


@cache
def _filler(kind: Any, names: tuple[str, ...]) -> Callable[[Frozen, dict[str, Any]], None]:
    """What puts these fields into an object, of what `_plain` made of them."""
    annotations = dict(zip(kind.fields, kind.annotations.values(), strict=True))
    readers = {name: _reader(annotations[name]) for name in names}
    fields = tuple((name, getattr(kind, name).__set__) for name in names)
    defaults = {name: value for name, value in kind.defaults.items() if name in names}

    def fill(part: Frozen, record: dict[str, Any]) -> None:
        values = {**defaults}
        for name, value in record.items():
            values[name] = readers[name](value)
        for name, put in fields:
            put(part, values[name])

    return fill


@cache
def _reader(annotation: Any) -> Callable[[Any], Any]:
    """What makes a value of this annotation of what `_plain` made of it. It raises one of AMISS
    for whatever pydantic would not have let through."""
    kind, parts = get_origin(annotation), get_args(annotation)
    if kind is Annotated:
        return _checked_reader(*parts)
    if type(None) in parts:
        return _reader(parts[0])
    if kind is Literal:
        return {word: word for word in parts}.__getitem__
    if kind is Mapping:
        key, value = map(_reader, parts)
        return lambda pairs: {key(k): value(v) for k, v in pairs.items()}
    if kind is tuple:
        return tuple if parts[0] is model.Milestone else _list_reader(_reader(parts[0]))
    return dates.read_text if annotation is dates.PlanDate else _builder(annotation)


def _checked_reader(annotation: Any, mark: Any) -> Callable[[Any], Any]:
    """What reads a value that the model's mark checks further: texts that say something, ids,
    days."""
    read = _text if annotation is str else _reader(annotation)
    check = getattr(mark, "check", None)
    # As in `dates`: a plan writes the same few over and over.
    return lru_cache(maxsize=4096)(lambda value: check(read(value))) if check else read


def _text(text: Any) -> Any:
    if not text or text.isspace():
        raise ValueError
    if not text.isascii():
        text.encode()  # raises ValueError for half a character
    return text


def _list_reader(read: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    def read_list(items: Any) -> tuple[Any, ...]:
        if type(items) is not list:
            raise TypeError
        return tuple([read(item) for item in items])

    return read_list


_fill_rest = _filler(model.Milestone, REST)
_log = _reader(tuple[model.Entry, ...])
