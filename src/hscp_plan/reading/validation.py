"""What a file's values mean: pydantic's verdict on them, in this project's words and at its place.

Knows text and values only; opens no file.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from .. import model
from ..errors import Fault, Wrong, nearest, quoted
from ..frozen import as_dataclasses
from .gaps import id_of, nearest_id, taken_out
from .yamlfaults import MOST_ERRORS, too_many

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import TypeAdapter

    from ..errors import Gap, Place
    from ..frozen import Frozen
    from .gaps import Gone
    from .yamltext import Reading

T = TypeVar("T")
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


def adapter(kind: type[T]) -> TypeAdapter[T]:
    """What pydantic knows of a class of the model, worked out once."""
    if kind not in _ADAPTERS:
        # A plugin of somebody else's would be run, and looking for one costs 20 ms.
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
        from pydantic import TypeAdapter

        as_dataclasses()
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def validator(kind: type[T]) -> Callable[[Any], T]:
    """A function from plain values to a validated object; raises pydantic's ValueError."""
    return adapter(kind).validator.validate_python


class Salvage(NamedTuple):
    """What is left of a file with faults, its faults in order, and what was taken out of it."""

    value: Any
    faults: list[Fault]
    gaps: list[Gap]


def salvaged(kind: type[Frozen], reading: Reading) -> Salvage:
    """All faults of a file, and what can be shown of it without what they spoil."""
    faults = list(reading.faults)
    gaps: list[Gap] = []
    value: Any = reading.value
    gone: Gone = {}
    found: Any = None
    owner = (kind is model.Priority and id_of(value)) or reading.file
    # What is taken out may leave its surroundings at fault in turn, never more than four deep.
    for attempt in range(6 if value is not None else 0):
        found, problems = _validated(kind, value)
        if len(problems) > MOST_ERRORS:
            faults = _with_told(faults, kind, problems[:MOST_ERRORS], reading)
            last = too_many(reading.place(_known(problems[MOST_ERRORS]["loc"])))
            return Salvage(None, [*sorted(faults, key=_where), last], [])
        spoilt = {_spoilt(p): _meant_key(kind, p) for p in problems}
        if not attempt:
            faults = _with_told(faults, kind, problems, reading)
            spoilt |= {_part(path): None for path in reading.spoilt}
        if not spoilt:
            break
        for problem in problems:
            if problem["type"] == "missing" and len(problem["loc"]) == 1:
                value |= {k: v for k, v in STAND_INS.items() if k == problem["loc"][0]}
        for path in sorted(spoilt, key=_backwards, reverse=True):
            if gap := taken_out(value, path, gone, owner):
                meant = spoilt[path]
                gaps.append(gap._replace(path=(*gap.path[:-1], meant)) if meant else gap)
    whole = {gap.path for gap in gaps}
    gaps = [gap for gap in gaps if not any(gap.path[:n] in whole for n in range(len(gap.path)))]
    faults.sort(key=_where)
    return Salvage(found, faults, sorted(gaps))


def _where(fault: Fault) -> tuple[int, ...]:
    return fault.place[1:3]


def _validated(kind: type[Frozen], value: Any) -> tuple[Any, list[dict[str, Any]]]:
    """What a file's values mean; None where pydantic has found problems, and those."""
    try:
        return validator(kind)(value), []
    except ValueError as error:
        return None, error.errors()  # type: ignore[attr-defined]


def _with_told(
    faults: list[Fault], kind: type[Frozen], problems: list[dict[str, Any]], reading: Reading
) -> list[Fault]:
    """The faults of the text with pydantic's problems. Of a key that must have a value and stands
    there without one, only that is told."""
    told = [_told(kind, p, reading) for p in _worth_telling(kind, problems, reading)]
    needed = {fault.place for fault in told if fault.rule == "key-missing"}
    return [f for f in faults if f.rule != "value-empty" or f.place not in needed] + told


def _worth_telling(
    root: type[Frozen], problems: list[dict[str, Any]], reading: Reading
) -> list[dict[str, Any]]:
    """Without the keys said to be missing that stand there misspelt, and without those that are
    told of already."""
    locs = [_known(p["loc"]) for p in problems if p["type"] == "unexpected_keyword_argument"]
    misspelt = {(loc[:-1], _meant(root, loc)[1]) for loc in locs}
    return [
        p
        for p in problems
        if _known(p["loc"]) not in reading.spoilt
        and (p["type"] != "missing" or (_known(p["loc"])[:-1], p["loc"][-1]) not in misspelt)
    ]


STAND_INS = {
    "format": "1",
    "title": "(title not known)",
    "partnership": "(partnership not known)",
}
"""What is shown for a key that a file must have and has not, so that the rest of it is shown."""


def _backwards(path: tuple[Any, ...]) -> list[tuple[int, str]]:
    # Later items of a list go first, so that the others keep their numbers.
    return [(step, "") if isinstance(step, int) else (0, step) for step in path]


_ITEMS = ("milestones", "decisions", "measures", "impact", "assurance", "meetings", "groups")


def _spoilt(problem: dict[str, Any]) -> tuple[Any, ...]:
    """The smallest part to leave out so that the rest can be shown: a whole milestone, never
    half of one; elsewhere an item of a list, or a key."""
    loc = _known(problem["loc"])
    part = _part(loc)
    return part[:-1] or ("",) if problem["type"] == "missing" and part == loc else part


def _part(path: tuple[Any, ...]) -> tuple[Any, ...]:
    for depth, step in enumerate(path[:-1]):
        if step in _ITEMS and isinstance(path[depth + 1], int):
            return path[: depth + 2]
    return path


def _meant_key(root: type[Frozen], problem: dict[str, Any]) -> str | None:
    """The key that is missing because it stands there misspelt, where all that is spoilt is it."""
    loc = _known(problem["loc"])
    if problem["type"] != "unexpected_keyword_argument" or _spoilt(problem) != loc:
        return None
    return _meant(root, loc)[1]


def _known(loc: tuple[Any, ...]) -> tuple[Any, ...]:
    # pydantic adds [key] after a mapping's key that is itself at fault.
    return tuple(step for step in loc if step != "[key]")


def _told(root: type[Frozen], problem: dict[str, Any], reading: Reading) -> Fault:
    """One of pydantic's findings at its place, with what is to be done about it."""
    of = nearest_id(reading.value, _known(problem["loc"]))
    fault = _worded(root, problem, reading)._replace(of=of)
    if str(problem["input"])[:1] in _CURLY:
        return fault._replace(next="Take the curly quotation marks out: it needs none.")
    return fault


_CURLY = ("“", "”", "‘", "’")


def _worded(root: type[Frozen], problem: dict[str, Any], reading: Reading) -> Fault:
    """One of pydantic's findings in the words of this project."""
    kind, loc = problem["type"], _known(problem["loc"])
    wrong = problem.get("ctx", {}).get("error")
    if isinstance(wrong, Wrong):
        at = reading.place((*loc, wrong.key) if wrong.key else loc)
        return Fault(wrong.rule, wrong.what, at, wrong.next)
    if kind == "unexpected_keyword_argument" or "[key]" in problem["loc"]:
        return _unknown_key(root, loc, reading.place(loc, at_key=True))
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    if kind == "missing" and loc in reading.spans:
        what = f"{_owner(loc[:-1])} needs a value for `{key}:`, and nothing stands after it"
        return Fault("key-missing", what, reading.place(loc), "Write its value.")
    if kind == "missing":
        what = f"{_owner(loc[:-1])} has no `{key}:`"
        return Fault("key-missing", what, reading.place(loc[:-1]), f"Add  {key}: …")
    if kind == "literal_error":
        place = reading.place(loc)
        return _unknown_word(str(problem["input"]), key, problem["ctx"]["expected"], place)
    takes, remedy = _KINDS.get(kind, _KINDS["keys"])
    return Fault("value-kind", f"`{key}:` takes {takes}", reading.place(loc), remedy.format(key))


_KINDS = {
    "string_type": ("a text", "Write its text after  {}:  or take it out."),
    "string_too_short": ("a text, and this is empty", "Write its text after  {}:  or take it out."),
    "tuple_type": ("a list", "Write each item under  {}:  on a line that begins with a dash."),
    "keys": ("keys with values", "Write its keys on lines of their own, indented under  {}:"),
}
"""For each of pydantic's kinds of trouble: what the key takes, and what to do."""

_NAMES = {
    "objectives": "this objective",
    "milestones": "this milestone",
    "progress": "this log entry",
    "decisions": "this decision",
    "moved": "this move",
    "measures": "this measure",
    "values": "this value",
    "impact": "this difference made",
    "assurance": "this assurance",
    "meetings": "this meeting",
    "groups": "this group",
    "columns": "this column",
}


def _owner(loc: tuple[Any, ...]) -> str:
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    return _NAMES.get(name, f"`{name}:`" if name else "this file")


SYNONYMS = {
    **dict.fromkeys(("owner", "leads", "responsible"), "lead"),
    **dict.fromkeys(("deadline", "by_when", "due_date"), "due"),
    **dict.fromkeys(("name", "priority"), "title"),
    **dict.fromkeys(("description", "text", "milestone"), "action"),
    **dict.fromkeys(("log", "updates", "history"), "progress"),
    **dict.fromkeys(("comment", "notes"), "note"),
}
"""What other plans call a key, and the key here."""


def _meant(root: type[Frozen], loc: tuple[Any, ...]) -> tuple[list[str], str | None]:
    """The keys that may stand where an unknown one does, and the one that it most likely means."""
    kind = _class_at(root, loc[:-1])
    known = [*kind.keys]
    if loc[-2:-1] == ("words",):
        known = [*get_args(model.Worded)]
    key = str(loc[-1])
    meant = SYNONYMS.get(key.lower().replace(" ", "_"), "")
    return known, meant if meant in known else nearest(key, known)


def _class_at(root: type[Frozen], loc: tuple[Any, ...]) -> type[Frozen]:
    kind = root
    for step in loc:
        kind = (model.part(kind, step) if isinstance(step, str) else None) or kind
    return kind


def _unknown_key(root: type[Frozen], loc: tuple[Any, ...], place: Place) -> Fault:
    key = str(loc[-1])
    if loc[-2:-1] == ("more",):
        next_step = "A column's key is small letters, digits and underscores, such as success."
        return Fault("key-unreadable", f"{quoted(key)} is not a column's key", place, next_step)
    known, near = _meant(root, loc)
    next_step = f"Did you mean: {near}" if near else f"The keys here are: {', '.join(known)}."
    if _class_at(root, loc[:-1]) is model.Milestone and not near:
        next_step += " An extra column is declared in plan.yaml and stands under `more:`."
    what = f"{quoted(key)} is not a key of {_owner(loc[:-1])}"
    return Fault("key-unknown", what, place, next_step)


def _unknown_word(given: str, key: str, expected: str, place: Place) -> Fault:
    from ..words import SYNONYMS, listed

    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    meant = SYNONYMS.get(given.casefold(), given.replace("-", " ").replace("_", " "))
    near = meant if meant in known else nearest(given, known)
    remedy = f"Did you mean: {near}" if near else f"Write {listed(known, 'or')}."
    noun = {"kind": "kind of group", "from": "source", "level": "level of assurance"}.get(key, key)
    article = "an" if noun[:1] in "aeio" else "a"
    rule = "status-unknown" if key == "status" else "word-unknown"
    return Fault(rule, f"{quoted(given)} is not {article} {noun}", place, remedy)
