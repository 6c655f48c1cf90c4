"""What a file's values mean: pydantic's verdict on them, in this project's words and at its place.

Knows text and values only; opens no file.
"""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from . import model
from .errors import Fault, Wrong, nearest, quoted
from .model import Head, Priority

if TYPE_CHECKING:
    from collections.abc import Callable

    from .errors import Place
    from .yamltext import Reading

T = TypeVar("T")
_VALIDATORS: dict[type, Callable[[Any], Any]] = {}


def validator(kind: type[T]) -> Callable[[Any], T]:
    """A function from plain values to a validated object; raises pydantic's ValueError."""
    if kind not in _VALIDATORS:
        # A plugin of somebody else's would be run, and looking for one costs 20 ms.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from pydantic import TypeAdapter

        _VALIDATORS[kind] = TypeAdapter(kind).validator.validate_python
    return _VALIDATORS[kind]


class Salvage(NamedTuple):
    """What is left of a text with faults, its faults in order, and what was left out (ids)."""

    value: Any
    faults: list[Fault]
    left_out: list[str]


def salvaged(kind: type, reading: Reading) -> Salvage:
    """All faults of a text, and what can be shown of it without what they spoil."""
    faults, left_out = list(reading.faults), []
    value: Any = reading.value
    found: Any = None
    # What is taken out may leave its surroundings at fault in turn, never more than four deep.
    for attempt in range(5 if value is not None else 0):
        try:
            found = validator(kind)(value)
            break
        except ValueError as error:
            problems = error.errors()  # type: ignore[attr-defined]
            if not attempt:
                faults += [_told(problem, reading) for problem in problems]
            for path in sorted({_spoilt(p) for p in problems}, key=_backwards, reverse=True):
                left_out += _take_out(value, path)
    faults.sort(key=lambda fault: fault.place[1:3])
    return Salvage(found, faults, sorted(left_out))


def _backwards(path: tuple[Any, ...]) -> list[tuple[int, str]]:
    # Later items of a list go first, so that the others keep their numbers.
    return [(step, "") if isinstance(step, int) else (0, step) for step in path]


_ITEMS = ("milestones", "decisions", "measures", "impact", "assurance", "meetings", "groups")


def _spoilt(problem: dict[str, Any]) -> tuple[Any, ...]:
    """The smallest part to leave out so that the rest can be shown: a whole milestone, never
    half of one; elsewhere an item of a list, or a key."""
    loc = _known(problem["loc"])
    for depth, step in enumerate(loc[:-1]):
        if step in _ITEMS and isinstance(loc[depth + 1], int):
            return loc[: depth + 2]
    if problem["type"] in ("missing", "missing_argument"):
        return loc[:-1] or ("",)
    return loc


def _take_out(value: Any, path: tuple[Any, ...]) -> list[str]:
    """Take this part out of the values; the id of a milestone that goes."""
    for step in path[:-1]:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return []
    last = path[-1]
    gone: Any = None
    if isinstance(value, list) and isinstance(last, int) and last < len(value):
        gone = value.pop(last)
    elif isinstance(value, dict):
        gone = value.pop(last, None)
    return [gone["id"]] if isinstance(gone, dict) and isinstance(gone.get("id"), str) else []


def _known(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    # pydantic adds [key] after a mapping's key that is itself at fault.
    return tuple(step for step in loc if step != "[key]")


def _told(problem: dict[str, Any], reading: yamltext.Reading) -> Fault:
    """One of pydantic's findings in the words of this project, at its place."""
    kind, loc = problem["type"], _known(problem["loc"])
    at_key = kind in ("unexpected_keyword_argument", "extra_forbidden") or "[key]" in problem["loc"]
    wrong = problem.get("ctx", {}).get("error")
    if isinstance(wrong, Wrong):
        path = (*loc, wrong.key) if wrong.key else loc
        return Fault(wrong.rule, wrong.what, reading.place(path), wrong.next)
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    place = reading.place(loc[:-1] if kind.startswith("missing") else loc, at_key)
    if kind.startswith("missing"):
        owner = _owner(loc[:-1])
        return Fault("key-missing", f"{owner} has no `{key}:`", place, f"Add  {key}: …")
    if at_key:
        return _unknown_key(loc, place)
    if kind == "literal_error":
        return _unknown_word(str(problem["input"]), key, problem["ctx"]["expected"], place)
    if kind in ("string_too_short", "string_type"):
        what = f"`{key}:` takes a text" if kind == "string_type" else f"`{key}:` is empty"
        return Fault("value-kind", what, place, f"Write its text after  {key}:  or take it out.")
    if kind in ("tuple_type", "list_type"):
        next = f"Write each item on a line of its own under  {key}:  beginning with a dash."
        return Fault("value-kind", f"`{key}:` takes a list", place, next)
    next = f"Write its keys on lines of their own, indented under  {key}:"
    return Fault("value-kind", f"`{key}:` takes keys with values", place, next)


_NAMES = {
    "objectives": "this objective",
    "milestones": "this milestone",
    "progress": "this log entry",
    "decisions": "this decision",
    "moved": "this move",
}


def _owner(loc: tuple[Any, ...]) -> str:
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    return _NAMES.get(name, f"`{name}:`" if name else "this file")


def _class_at(loc: tuple[Any, ...]) -> type:
    kinds: dict[str, type] = {
        "objectives": model.Objective,
        "milestones": model.Milestone,
        "progress": model.Entry,
        "moved": model.Moved,
        "decisions": model.Decision,
        "measures": model.Measure,
        "values": model.Value,
        "impact": model.Impact,
        "assurance": model.Assurance,
        "groups": model.Group,
        "meetings": model.Meeting,
        "columns": model.Column,
        "period": model.Period,
        "agreed": model.Agreed,
    }
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    return kinds.get(name, Priority)


def _unknown_key(loc: tuple[Any, ...], place: Place) -> Fault:
    key = str(loc[-1])
    kind = _class_at(loc[:-1])
    known = [f.name.rstrip("_") for f in fields(kind)]
    if len(loc) == 1 and key not in known:
        known += [f.name for f in fields(Head)] if place.file.endswith(HEAD) else []
    elif len(loc) > 1 and loc[-2] == "words":
        known = ["priority", "objective", "milestone", "lead", "accountable"]
    synonyms = {"owner": "lead", "leads": "lead", "deadline": "due", "name": "title"}
    near = synonyms.get(key.lower()) or nearest(key, known)
    if near not in known:
        near = None
    next = f"Did you mean: {near}" if near else f"The keys here are: {', '.join(known)}."
    if kind is model.Milestone and not near:
        next += " An extra column is declared in plan.yaml and stands under `more:`."
    return Fault("key-unknown", f"{quoted(key)} is not a key of {_owner(loc[:-1])}", place, next)


def _unknown_word(given: str, key: str, expected: str, place: Place) -> Fault:
    from .words import SYNONYMS, listed

    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    meant = SYNONYMS.get(given.casefold(), given.replace("-", " ").replace("_", " "))
    near = meant if meant in known else nearest(given, known)
    next = f"Did you mean: {near}" if near else f"Write {listed(known, 'or')}."
    noun = {"kind": "kind of group", "from": "source", "level": "level of assurance"}.get(key, key)
    article = "an" if noun[:1] in "aeio" else "a"
    rule = "status-unknown" if key == "status" else "word-unknown"
    return Fault(rule, f"{quoted(given)} is not {article} {noun}", place, next)
