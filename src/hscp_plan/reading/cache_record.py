"""The record of a validated file: JSON, and the way back to the model's objects.

Every part is held to the form that the model gives it: a milestone's row at once, the rest of the
milestone and its log when somebody looks at them. A part of another form is taken from the file
itself, so that no record, whatever it says, ends in an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args, get_origin

from .. import dates, model
from ..frozen import NOTHING, Frozen
from ..words import STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable

    MilestoneReader = Callable[[int, str], model.Milestone]
    """Gives the milestone of a number and an id as the file itself has it."""

AMISS = (ValueError, TypeError, LookupError, AttributeError, RecursionError, StopIteration)
"""The errors of reading a record, or a part of it, that has not the model's form."""
T = TypeVar("T", bound=Frozen)


def _plain(value: Any) -> Any:
    """A validated object as JSON holds it: only what differs from its default."""
    if isinstance(value, str):
        return value
    if isinstance(value, dates.PlanDate):
        return value.text
    if isinstance(value, tuple | model.Log):
        return [_plain(item) for item in value]
    if isinstance(value, model.Statement) and not value.theme:
        return value.text
    if isinstance(value, Frozen):
        default = value.defaults.get
        return {
            name: field if isinstance(field, str) else _plain(field)
            for name in value.fields
            if (field := getattr(value, name)) and field != default(name)
        }
    return dict(value)


ROW = ("id", "due", "start", "status")
"""The fields that a record has of every milestone at once, since they tell how each stands."""
SELDOM = ("review", "every", "after", "lead", "added", "more", "carried_from")
"""The same of fields that few milestones have. `check` asks for no other field of every one."""
REST = tuple(n for n in model.Milestone.fields if n not in (*ROW, *SELDOM, "progress"))
"""The fields of a milestone that are read when somebody looks, as its log is."""
model.Milestone.later = REST


def encode(value: Any) -> bytes:
    """The record of a validated file: a line of JSON, and after it the texts of its milestones, two
    of each: the rest of it, and its log.

    In the line a milestone is a row: its ROW, what it has of SELDOM (null for nothing), the day of
    the newest entry of its log (null without one), and where its two texts end.
    """
    record = _plain(value)
    logs = (m.progress for section in getattr(value, "sections", ()) for m in section.milestones)
    texts: list[bytes] = []
    end = 0
    for part, key in _lists_of_milestones(record):
        rows = part.get(key, [])
        for number, milestone in enumerate(rows):
            newest, entries = next(logs).newest.isoformat(), milestone.pop("progress", None)
            row = [milestone.pop(name, None) for name in ROW]
            seldom = {name: milestone.pop(name) for name in SELDOM if name in milestone}
            rest, log = _encode_part(milestone), _encode_part(entries) if entries else b""
            rest_end = end + len(rest)
            end = rest_end + len(log)
            texts += [rest, log]
            rows[number] = [*row, seldom or None, newest if entries else None, rest_end, end]
    return _encode_part(record) + b"\n" + b"".join(texts)


def _lists_of_milestones(record: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    """The lists of milestones of a file, in their order, each as what has it and its key: those
    straight under the priority, then each objective's."""
    objectives = [(objective, "milestones") for objective in record.get("objectives", ())]
    return [(record, "milestones_"), *objectives] if "milestones_" in record else objectives


def _encode_part(part: Any) -> bytes:
    return _encoder()(part).encode()


@cache
def _encoder() -> Callable[[Any], str]:
    from json import JSONEncoder

    return JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def decode(kind: type[T], record: bytes, read_milestone: MilestoneReader) -> T:
    """The validated object that a record is of. Raises one of AMISS where the record has not its
    form."""
    end = record.index(b"\n")
    values = _decode_part(record[:end])
    lists = _lists_of_milestones(values)
    # A record is megabytes long where a plan is: it is looked into, not copied.
    _fill_rows(lists, _Texts(memoryview(record)[end + 1 :], lists, read_milestone))
    validated: T = _builder(kind)(values)  # type: ignore[arg-type]  # a class has a hash
    return validated


def _decode_part(part: bytes | memoryview) -> Any:
    """What a part of a record says, which is one value and no more."""
    text = str(part, "utf-8")
    value, end = _decoder()(text)
    if end != len(text):
        raise ValueError
    return value


class _Texts:
    """The texts of a record's milestones, read when somebody looks; and the way to the file itself
    where one of them has not its form."""

    __slots__ = ("all", "lists", "read_milestone")

    def __init__(
        self,
        all: memoryview,
        lists: list[tuple[dict[str, Any], str]],
        read_milestone: MilestoneReader,
    ) -> None:
        self.all, self.lists, self.read_milestone = all, lists, read_milestone

    def milestone_in_file(self, part: object) -> model.Milestone:
        """The milestone that this is, or whose log this is, as the file itself has it."""
        milestones = [m for part, key in self.lists for m in part[key]]
        number = next(n for n, m in enumerate(milestones) if part is m or part is m.progress)
        return self.read_milestone(number, milestones[number].id)


@cache
def _decoder() -> Callable[[str], tuple[Any, int]]:
    """A function that reads a value of JSON and gives its end: `loads` takes twice as long for a
    short text."""
    from json import JSONDecoder

    return JSONDecoder().raw_decode


class _Draft(model.Milestone):
    """A milestone that is being filled in: it takes values as any object does, in a third of the
    time that it takes to get them past a class which refuses them. It changes no more from when it
    is given the class of the others."""

    __slots__ = ()
    __setattr__ = object.__setattr__  # type: ignore[assignment]  # its parameters have no names
    __delattr__ = object.__delattr__


def _fill_rows(lists: list[tuple[dict[str, Any], str]], texts: _Texts) -> None:
    """Put milestones in the place of their rows. In one function, for this is done for every
    milestone of a plan at every start: with a call for each, it takes twice as long."""
    new, read, read_day, statuses = object.__new__, dates.read_text, _reader(model.Date), _STATUSES
    empty_log, undated, nothing = model.NOTHING_LOGGED, dates.UNDATED, NOTHING
    text_start = 0
    for part, key in lists:
        milestones = []
        rows = part.get(key, [])
        for id, due, start, status, seldom, newest, rest_end, log_end in rows:
            milestone: Any = new(_Draft)
            milestone.id = id
            milestone.due = undated if due is None else read(due)
            milestone.start = start if start is None else read_day(start)
            milestone.status = statuses[status]
            milestone._rest = _read_rest, texts, text_start, rest_end
            if newest is None:
                if rest_end != log_end:
                    raise ValueError
                milestone.progress = empty_log
            else:
                milestone.progress = log = new(model.Log)
                log._entries, log._later = (), (_read_entries, texts, rest_end, log_end)
                log.newest = read(newest).first
            if seldom is None:
                milestone.review = milestone.every = None
                milestone.added = milestone.carried_from = None
                milestone.after = milestone.lead = ()
                milestone.more = nothing
            elif seldom:
                _fill_seldom(milestone, seldom)
                # What recurs begins and ends.
                if milestone.every and (start is None or not milestone.due.dated):
                    raise ValueError
            else:
                raise ValueError
            # What is ongoing has a day of review, and nothing else has; what is to be confirmed
            # waits for something.
            if (due == "ongoing") == (milestone.review is None) or (
                due == "to be confirmed" and not milestone.after
            ):
                raise ValueError
            milestone.__class__ = model.Milestone
            milestones.append(milestone)
            text_start = log_end
        if type(rows) is not list or not _are_ids([row[0] for row in rows]):
            raise ValueError
        part[key] = milestones
    if text_start != len(texts.all):
        raise ValueError


_STATUSES: dict[str | None, str] = {None: "not started", **{word: word for word in STATUSES}}
_ID_LINES = re.compile(rf"(?:{model.ID}+\n)*+", re.ASCII).fullmatch


def _are_ids(texts: list[Any]) -> bool:
    """Whether all of these are ids: one look at many takes a third of the time."""
    lines = "\n".join([*texts, ""])
    return lines.count("\n") == len(texts) and _ID_LINES(lines) is not None


def _read_rest(milestone: model.Milestone, texts: _Texts, start: int, end: int) -> None:
    """Put in what is not in a milestone's row."""
    try:
        _fill_rest(milestone, _decode_part(texts.all[start:end]))
    except AMISS:
        in_file = texts.milestone_in_file(milestone)
        for name in REST:
            getattr(model.Milestone, name).__set__(milestone, getattr(in_file, name))


def _read_entries(log: model.Log, texts: _Texts, start: int, end: int) -> None:
    """Put in the entries of a log."""
    try:
        log._entries = _read_log(_decode_part(texts.all[start:end]))
        if not log._entries:
            raise ValueError
    except AMISS:
        log._entries = texts.milestone_in_file(log).progress.entries


# --- the form that the model gives each part ----------------------------------------------------


@cache
def _builder(kind: Any) -> Callable[[dict[str, Any]], Any]:
    """A function that builds an object of this class from its plain form, as `_plain` gives it."""
    new, fill = object.__new__, _filler(kind, kind.fields)
    post_init = getattr(kind, "__post_init__", None)

    def build(plain: dict[str, Any]) -> Any:
        part = new(kind)
        fill(part, plain)
        if post_init:
            post_init(part)
        return part

    return build


@cache
def _filler(kind: Any, names: tuple[str, ...]) -> Callable[[Frozen, dict[str, Any]], None]:
    """A function that puts these fields into an object, from its plain form."""
    annotations = dict(zip(kind.fields, kind.annotations.values(), strict=True))
    readers = {name: _reader(annotations[name]) for name in names}
    fields = tuple((name, getattr(kind, name).__set__) for name in names)
    defaults = {name: value for name, value in kind.defaults.items() if name in names}

    def fill(part: Frozen, plain: dict[str, Any]) -> None:
        values = {**defaults}
        for name, value in plain.items():
            values[name] = readers[name](value)
        for name, set_field in fields:
            set_field(part, values[name])

    return fill


@cache
def _reader(annotation: Any) -> Callable[[Any], Any]:
    """A function that reads a value of this annotation from its plain form. It raises one of AMISS
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
    """A function that reads a value which the model checks further: a text that says something, an
    id, a day."""
    read = _text if annotation is str else _reader(annotation)
    if with_keys := getattr(mark, "with_keys", None):
        return lambda value: read(with_keys(value))
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


_fill_seldom, _fill_rest = (_filler(model.Milestone, names) for names in (SELDOM, REST))
_read_log = _reader(tuple[model.Entry, ...])
