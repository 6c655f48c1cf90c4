"""A new measure, and a measure's figure of a period, new or corrected.

Pure: texts and values in, `Change`s out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..dates import insertion_index, read
from ..errors import Mendable, Mistyped
from ..letters import folded
from ..model import Measure, Priority, Value
from .change import AlreadyRecorded, Change, keys_before
from .refusals import refuse_unpublishable
from .scalars import key_lines
from .splice import Text
from .values import copy_along, part_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from .nodes import Path


class NewMeasure:
    """A measure to add to a priority, after those that it has, with the next id."""

    def __init__(self, priority: str, keys: Mapping[str, Any], taken: Set[str]) -> None:
        """`taken` are the ids that the plan has given."""
        self.priority, self.taken = priority, taken
        self.keys = {"id": ""} | {key: value for key, value in keys.items() if value}
        """As they stand in the file; the id is chosen when it is added."""

    def change(self, text: str, values: Mapping[str, Any]) -> Change:
        """The change of the file. The id is chosen under the file's lock, so that two who add at
        once are not given one. Raises Mistyped where a measure has this name."""
        refuse_unpublishable(dict(_texts(self.keys)))
        measures = [*values.get("measures", ())]
        for measure in measures:
            if folded(measure["name"]) == folded(self.keys["name"]):
                raise AlreadyRecorded(f"{measure['id']} is called that already")
        known = {measure["id"].strip() for measure in measures}
        self.keys["id"] = next_measure_id(self.priority, self.taken | known)
        edit = Text(text)
        edit.append(edit.root, "measures", [self.keys], keys_before(Priority, "measures"))
        after = {**values, "measures": [*measures, dict(self.keys)]}
        return Change(edit.apply(), after, edit.new_line, ((self.keys["id"], None),))


def _texts(keys: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each text by its key; of a benchmark its name."""
    for key, value in keys.items():
        yield key, value.get("name", "") if isinstance(value, dict) else value


def next_measure_id(priority: str, known: Iterable[str]) -> str:
    """The id after the highest of a priority's measures: P1-M2 after P1-M1."""
    prefix = f"{priority}-M"
    numbers = [id.removeprefix(prefix) for id in known if id.startswith(prefix)]
    return f"{prefix}{max((int(n) for n in numbers if n.isdecimal()), default=0) + 1}"


def record_value(
    text: str, values: Mapping[str, Any], id: str, new: Mapping[str, Any], *, correct: bool = False
) -> Change:
    """A measure's figure in its place by period or, to `correct` it, in the place of the one that
    the period has. Raises Mistyped where the period has one and it is not to be corrected, and
    where it has none to correct."""
    refuse_unpublishable({key: value for key, value in new.items() if key == "note"})
    ids = [measure["id"].strip() for measure in values.get("measures", ())]
    if id not in ids:
        next = "Look at it, and then run the command again."
        raise Mendable(f"{id} is not in the file any more", next)
    path = ("measures", ids.index(id))
    figures = part_at(values, path).get("values", ())
    periods = [read(figure["period"]) for figure in figures]
    period = read(new["period"])
    spans = [(other.first, other.last) for other in periods]
    if (period.first, period.last) in spans:
        number = spans.index((period.first, period.last))
        if not correct:
            _refuse_second(id, figures[number], new)
        return _corrected(text, values, (*path, "values", number), id, new)
    if correct:
        what = f"{id} has no figure for {period.shown} to correct"
        raise Mistyped(what, "Without --correct, it is recorded.")
    edit, after = Text(text), copy_along(values, path)
    place = insertion_index(period, periods)
    at = place if place < len(figures) else None
    edit.append(edit.at(path), "values", [new], keys_before(Measure, "values"), at)
    part_at(after, path)["values"] = [*figures[:place], dict(new), *figures[place:]]
    return Change(edit.apply(), after, edit.new_line, ((id, new),))


def _refuse_second(id: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse another figure of a period that has one. Raises Mistyped."""
    has = f"{id} has {old.get('value', 'a note')} for {read(old['period']).shown} already"
    if {**old, "period": ""} == {**new, "period": ""}:
        raise AlreadyRecorded(has)
    raise Mistyped(has, "To put yours in its place, say the same with  --correct")


def _corrected(
    text: str, values: Mapping[str, Any], path: Path, id: str, new: Mapping[str, Any]
) -> Change:
    """Another figure in the place of the one at a path; its note stays where no other is given."""
    from ..checks.measures import is_few_number

    edit, after = Text(text), copy_along(values, path)
    figure = part_at(after, path)
    was = dict(figure)
    rewrite_figure(edit, path, figure, {"note": was.get("note"), "value": None, **new})
    if figure == was:
        raise AlreadyRecorded(f"{id} says so already")
    before = was.get("value", "")
    # The journal keeps no note, and nothing that could identify a child.
    kept = before and figure.get("note") == was.get("note") and not is_few_number(before)
    replaced = (before,) if kept else ()
    line = edit.at(path).line + 1
    return Change(edit.apply(), after, line, ((id, figure),), replaced)


def rewrite_figure(edit: Text, path: Path, figure: dict[str, Any], to: Mapping[str, Any]) -> None:
    """Make the figure at a path say what another of its period says: its value and its note."""
    node = edit.at(path)
    for key in ("value", "note"):
        text, value_node = to.get(key), node.get(key)
        if figure.get(key) == text:
            continue
        if text is None:
            edit.take_out(node, key)
            del figure[key]
            continue
        if value_node and value_node.line == value_node.end_line:
            edit.replace(value_node, text)
        else:
            edit.put_value(node, key, key_lines(key, text, node.column), keys_before(Value, key))
        figure[key] = text
