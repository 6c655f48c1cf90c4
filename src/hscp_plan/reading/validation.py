"""What a file's values mean: pydantic's verdict on them, in this project's words and at its place.

Knows text and values only; opens no file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from .. import model
from ..dates import NoDate
from ..errors import Fault, Wrong, nearest, quoted
from ..frozen import NOTHING
from ..words import STATUSES
from .gaps import id_of, nearest_id, take_out
from .validators import in_scale, validator
from .yamlfaults import MOST_ERRORS, too_many

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..errors import Gap, Keys, Place
    from ..frozen import Frozen
    from .gaps import MissingItems
    from .yamltext import Reading

    Problem = dict[str, Any]
    """One thing that pydantic found wrong: its `type`, where (`loc`), and what stands there."""


class Salvage(NamedTuple):
    """What is left of a file with faults, its faults in order, and what was taken out of it."""

    value: Any
    faults: list[Fault]
    gaps: list[Gap]


def salvage(kind: type[Frozen], reading: Reading, scale: Mapping[str, str] = NOTHING) -> Salvage:
    """All faults of a file, and what can be shown of it without what they spoil. A `scale` says
    what the plan's own words for statuses mean."""
    faults, values = list(reading.faults), reading.value
    if scale:
        values = in_scale(values, scale)
    gaps: list[Gap] = []
    missing: MissingItems = {}
    validated: Any = None
    owner = (kind is model.Priority and id_of(values)) or reading.file
    # What is taken out may leave its surroundings at fault in turn, never more than four deep.
    for attempt in range(6 if values is not None else 0):
        validated, problems = _validate(kind, values)
        if len(problems) > MOST_ERRORS:
            faults = _join_faults(faults, kind, problems[:MOST_ERRORS], reading, scale)
            last = too_many(reading.place(_path(problems[MOST_ERRORS])))
            return Salvage(None, [*sorted(faults, key=_position), last], [])
        spoilt = {_spoilt_part(problem): _misspelt_key(kind, problem) for problem in problems}
        if attempt == 0:
            faults = _join_faults(faults, kind, problems, reading, scale)
            spoilt |= {_item_around(path): None for path in reading.spoilt}
        if not spoilt:
            break
        _put_stand_ins(values, problems)
        gaps += _take_parts_out(values, spoilt, missing, owner)
    return Salvage(validated, sorted(faults, key=_position), sorted(_outermost(gaps)))


def _put_stand_ins(values: dict[str, Any], problems: list[Problem]) -> None:
    """Give the file the keys that it must have and has not, so that the rest of it is shown."""
    for problem in problems:
        if problem["type"] != "missing" or len(problem["loc"]) != 1:
            continue
        if (key := problem["loc"][0]) in STAND_INS:
            values[key] = STAND_INS[key]


def _take_parts_out(
    values: Any, parts: dict[Keys, str | None], missing: MissingItems, owner: str
) -> list[Gap]:
    """Take parts of a file's values out, each with the key that it is a misspelling of, if any."""
    gaps = []
    for path in sorted(parts, key=_backwards, reverse=True):
        gap, right_key = take_out(values, path, missing, owner), parts[path]
        if gap and right_key:
            gap = gap._replace(path=(*gap.path[:-1], right_key))
        if gap:
            gaps.append(gap)
    return gaps


def _outermost(gaps: list[Gap]) -> list[Gap]:
    """The gaps without those that lie within another."""
    paths = {gap.path for gap in gaps}
    return [gap for gap in gaps if not any(gap.path[:n] in paths for n in range(len(gap.path)))]


def _position(fault: Fault) -> tuple[int, ...]:
    return fault.place[1:3]


def _validate(kind: type[Frozen], values: Any) -> tuple[Any, list[Problem]]:
    """What a file's values mean; None where pydantic has found problems, and those."""
    try:
        return validator(kind)(values), []
    except ValueError as error:
        return None, error.errors()  # type: ignore[attr-defined]


def _join_faults(
    faults: list[Fault],
    kind: type[Frozen],
    problems: list[Problem],
    reading: Reading,
    scale: Iterable[str],
) -> list[Fault]:
    """The faults of the text, then pydantic's problems. Of a key that must have a value and stands
    there without one, only that is told."""
    problems = _without_repeats(kind, problems, reading)
    others = [_fault(kind, p, reading, [*scale]) for p in problems]
    needed = {fault.place for fault in others if fault.rule == "key-missing"}
    return [f for f in faults if f.rule != "value-empty" or f.place not in needed] + others


def _without_repeats(
    root: type[Frozen], problems: list[Problem], reading: Reading
) -> list[Problem]:
    """Without the keys said to be missing that stand there misspelt, and without those that are
    told of already."""
    unknown = [_path(p) for p in problems if p["type"] == "unexpected_keyword_argument"]
    misspelt = {(*path[:-1], _likely_key(root, path)[1]) for path in unknown}
    return [
        problem
        for problem in problems
        if _path(problem) not in reading.spoilt
        and (problem["type"] != "missing" or _path(problem) not in misspelt)
    ]


STAND_INS = {
    "format": "1",
    "title": "(title not known)",
    "partnership": "(partnership not known)",
}
"""What is shown for a key that a file must have and has not, so that the rest of it is shown."""


def _backwards(path: Keys) -> list[tuple[int, str]]:
    # Later items of a list go first, so that the others keep their numbers.
    return [(step, "") if isinstance(step, int) else (0, step) for step in path]


_ITEMS = (
    *("milestones", "decisions", "measures", "impact", "assurance", "meetings", "groups"),
    *("recommendations", "asked"),
)


def _spoilt_part(problem: Problem) -> Keys:
    """The smallest part to leave out so that the rest can be shown: a whole milestone, never
    half of one; elsewhere an item of a list, or a key."""
    path = _path(problem)
    wrong = problem.get("ctx", {}).get("error")
    if isinstance(wrong, Wrong) and not path:  # of the file itself: only what is to blame goes
        return wrong.keys
    part = _item_around(path)
    if problem["type"] == "missing" and part == path:
        # There is nothing to take out at a key that is missing: what lacks it goes.
        return part[:-1] or ("",)
    return part


def _item_around(path: Keys) -> Keys:
    """The path of the outermost item that this is in; the path itself where it is in none."""
    for depth, step in enumerate(path[:-1]):
        if step in _ITEMS and isinstance(path[depth + 1], int):
            return path[: depth + 2]
    return path


def _misspelt_key(root: type[Frozen], problem: Problem) -> str | None:
    """The key that is missing because it stands there misspelt, where all that is spoilt is it."""
    path = _path(problem)
    if problem["type"] != "unexpected_keyword_argument" or _spoilt_part(problem) != path:
        return None
    return _likely_key(root, path)[1]


def _path(problem: Problem) -> Keys:
    # pydantic adds [key] after a mapping's key that is itself at fault.
    return tuple(step for step in problem["loc"] if step != "[key]")


def _fault(root: type[Frozen], problem: Problem, reading: Reading, words: list[str]) -> Fault:
    """One of pydantic's problems at its place, with what is to be done about it. `words` are the
    plan's own for statuses."""
    of = nearest_id(reading.value, _path(problem))
    fault = _in_our_words(root, problem, reading, words)._replace(of=of)
    if str(problem["input"])[:1] in _CURLY:
        return fault._replace(next="Take the curly quotation marks out: it needs none.")
    return fault


_CURLY = ("“", "”", "‘", "’")


def _in_our_words(
    root: type[Frozen], problem: Problem, reading: Reading, words: list[str]
) -> Fault:
    """One of pydantic's problems in the words of this project."""
    kind, path = problem["type"], _path(problem)
    wrong = problem.get("ctx", {}).get("error")
    if isinstance(wrong, NoDate):
        # Imported here: only a date that cannot be read asks whether a person would type it so.
        from ..typed_dates import correction

        wrong = correction(str(problem["input"])) or wrong
    if isinstance(wrong, Wrong):
        place = reading.place((*path, *wrong.keys))
        return Fault(wrong.rule, wrong.what, place, wrong.next)
    if kind == "unexpected_keyword_argument" or "[key]" in problem["loc"]:
        return _unknown_key(root, path, reading.place(path, at_key=True))
    key = _last_key(path)
    if kind == "missing" and path in reading.spans:
        message = f"{_owner(path[:-1])} needs a value for `{key}:`, and nothing stands after it"
        return Fault("key-missing", message, reading.place(path), "Write its value.")
    if kind == "missing":
        message = f"{_owner(path[:-1])} has no `{key}:`"
        return Fault("key-missing", message, reading.place(path[:-1]), f"Add  {key}: …")
    if kind == "literal_error":
        place = reading.place(path)
        if path[:1] == ("scale",) and key in STATUSES:
            what = f"{quoted(key)} is a status, and what it is called comes before it"
            next = f"Write  {problem['input']}: {key}"
            return Fault("status-unknown", what, place, next)
        key = "status" if path[:1] == ("scale",) else key
        key = "kind of file" if path == ("kind",) else key
        own = words if key == "status" else []
        return _unknown_word(str(problem["input"]), key, problem["ctx"]["expected"], place, own)
    needs, remedy = _NEEDS.get(kind, _NEEDS["keys"])
    message = f"`{key}:` takes {needs}"
    return Fault("value-kind", message, reading.place(path), remedy.format(key))


def _last_key(path: Keys) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


_NEEDS = {
    "string_type": ("a text", "Write its text after  {}:  or take it out."),
    "string_too_short": ("a text, and this is empty", "Write its text after  {}:  or take it out."),
    "tuple_type": ("a list", "Write each item under  {}:  on a line that begins with a dash."),
    "keys": ("keys with values", "Write its keys on lines of their own, indented under  {}:"),
}
"""For each of pydantic's kinds of problem: what the key takes, and what to do."""

_NAMES = {
    "objectives": "this objective",
    "statements": "this statement",
    "milestones": "this milestone",
    "progress": "this log entry",
    "decisions": "this decision",
    "moved": "this move",
    "measures": "this measure",
    "values": "this value",
    "path": "this interim target",
    "baseline": "this baseline",
    "benchmark": "this benchmark",
    "impact": "this difference made",
    "assurance": "this assurance",
    "meetings": "this meeting",
    "groups": "this group",
    "columns": "this column",
    "reviews": "this review",
    "recommendations": "this recommendation",
    "asked": "this round of asking",
    "source": "this source",
    "publish_by": "`publish_by:`",
    "lines": "this line",
}


def _owner(path: Keys) -> str:
    """What a message calls the part at this path."""
    key = _last_key(path)
    return _NAMES.get(key, f"`{key}:`" if key else "this file")


SYNONYMS = {
    **dict.fromkeys(("owner", "leads", "responsible"), "lead"),
    **dict.fromkeys(("deadline", "by_when", "due_date"), "due"),
    **dict.fromkeys(("name", "priority"), "title"),
    **dict.fromkeys(("description", "text", "milestone"), "action"),
    **dict.fromkeys(("log", "updates", "history"), "progress"),
    **dict.fromkeys(("comment", "notes"), "note"),
}
"""What other plans call a key, and the key here."""


def _likely_key(root: type[Frozen], path: Keys) -> tuple[list[str], str | None]:
    """The keys that may stand where an unknown one does, and the one that it most likely means."""
    known = [*_class_at(root, path[:-1]).keys]
    if path[-2:-1] == ("words",):
        known = [*get_args(model.WordKey)]
    key = str(path[-1])
    synonym = SYNONYMS.get(key.lower().replace(" ", "_"))
    return known, synonym if synonym in known else nearest(key, known)


def _class_at(root: type[Frozen], path: Keys) -> type[Frozen]:
    """The class of the model that the part at this path is of; the nearest around it, where the
    model knows no such part."""
    kind = root
    for step in path:
        kind = (model.part(kind, step) if isinstance(step, str) else None) or kind
    return kind


def _unknown_key(root: type[Frozen], path: Keys, place: Place) -> Fault:
    key = str(path[-1])
    if path[-2:-1] == ("more",):
        next_step = "A column's key is small letters, digits and underscores, such as success."
        return Fault("key-unreadable", f"{quoted(key)} is not a column's key", place, next_step)
    known, near = _likely_key(root, path)
    next_step = f"Did you mean: {near}" if near else f"The keys here are: {', '.join(known)}."
    if _class_at(root, path[:-1]) is model.Milestone and not near:
        next_step += " An extra column is declared in plan.yaml and stands under `more:`."
    message = f"{quoted(key)} is not a key of {_owner(path[:-1])}"
    return Fault("key-unknown", message, place, next_step)


_NOUNS = {
    "kind": "kind of group",
    "from": "source",
    "level": "level of assurance",
    "every": "period of recurring work",
    "force": "force of a duty",
    "known": "way to know words",
    "answered_by": "part of a plan",
    "written_by": "writer",
}
"""What a message calls one of a key's words, where that is not the key itself."""


def _unknown_word(word: str, key: str, expected: str, place: Place, own: list[str]) -> Fault:
    from ..words import SYNONYMS, listed

    # pydantic lists the words as  'a', 'b' or 'c'.
    known = [choice.strip("'") for choice in expected.replace(" or ", ", ").split(", ")]
    known = [*own, *known]
    likely = SYNONYMS.get(word.casefold(), word.replace("-", " ").replace("_", " "))
    near = nearest(word, own) or (likely if likely in known else nearest(word, known))
    remedy = f"Did you mean: {near}" if near else f"Write {listed(known, 'or')}."
    noun = _NOUNS.get(key, key)
    article = "an" if noun[:1] in "aeio" else "a"
    rule = "status-unknown" if key == "status" else "word-unknown"
    return Fault(rule, f"{quoted(word)} is not {article} {noun}", place, remedy)
