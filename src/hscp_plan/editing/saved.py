"""What the last commit holds of a plan, by id, so that a renamed file costs nothing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..model import WHOLE_PLAN
from .splice import Text, unended_block
from .values import SAID, Said, id_of, list_under, milestone_paths, owner_paths, part_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .nodes import Path


class Saved(NamedTuple):
    """What the last commit holds: its milestones, its priorities' decisions, the priorities and
    objectives that milestones stand under, and the measures, by id."""

    milestones: dict[str, dict[str, Any]]
    decisions: dict[str, list[Any]]
    said: dict[tuple[str, Said], list[Any]]
    """The impact and the assurance of each priority."""
    owners: dict[str, dict[str, Any]]
    measures: dict[str, dict[str, Any]]
    empty: dict[tuple[str, str], str]
    """All that stands after the colon of a list that was saved empty, so that it can stand there
    again, by the id of what has it and its key."""
    unended: dict[Path, str]
    """The signs of the block texts that end a file without a line end, by their places."""

    def with_other(self, other: Saved) -> Saved:
        """The same, with what only another commit of an unfinished merge holds."""
        return Saved(
            other.milestones | self.milestones,
            other.decisions | self.decisions,
            other.said | self.said,
            other.owners | self.owners,
            other.measures | self.measures,
            other.empty | self.empty,
            other.unended | self.unended,
        )


def saved_in(files: Iterable[tuple[str, Any]], head: tuple[str, Any] | None = None) -> Saved:
    """What these files hold and, of plan.yaml, what was decided; each its text and its values,
    however faulty they were when they were saved."""
    saved = Saved({}, {}, {}, {}, {}, {}, {})
    if head and "decisions" in head[1]:
        decisions = saved.decisions[WHOLE_PLAN] = list_under(head[1], "decisions")
        if not decisions:
            of_plan = {(WHOLE_PLAN, "decisions"): ("decisions",)}
            saved.empty.update(_after_colons(head[0], of_plan))
    for text, values in files:
        _add_parts(saved, values)
        saved.empty.update(_after_colons(text, _empty_lists(values)))
        if not text.endswith("\n") and (block := unended_block(Text(text))):
            saved.unended[block.place] = block.sign
    return saved


def _add_parts(saved: Saved, values: Any) -> None:
    """Put a file's milestones, decisions, priority, objectives and measures among those that are
    saved."""
    for path in owner_paths(values):
        owner = part_at(values, path)
        if id := id_of(owner):
            saved.owners[id] = owner
    for path in milestone_paths(values):
        milestone = part_at(values, path)
        saved.milestones[milestone["id"]] = milestone
    saved.measures.update({m["id"]: m for m in list_under(values, "measures") if id_of(m)})
    if id := id_of(values):
        if "decisions" in values:
            saved.decisions[id] = list_under(values, "decisions")
        for key in SAID:
            if key in values:
                saved.said[id, key] = list_under(values, key)


def _empty_lists(values: Any) -> dict[tuple[str, str], Path]:
    """The paths of the empty lists in which something could have been recorded, by the id of what
    has them and their key."""
    lists = [
        *((path, "milestones") for path in owner_paths(values)),
        *((path, "progress") for path in milestone_paths(values)),
        *(((), key) for key in ("decisions", "measures", *SAID)),
        *((("measures", n), "values") for n in range(len(list_under(values, "measures")))),
    ]
    empty: dict[tuple[str, str], Path] = {}
    for path, key in lists:
        owner = part_at(values, path)
        if (id := id_of(owner)) and owner.get(key) == []:
            empty[id, key] = (*path, key)
    return empty


def _after_colons(text: str, empty: Mapping[tuple[str, str], Path]) -> dict[tuple[str, str], str]:
    """What stands after the colon of each of these lists, by the same ids and keys."""
    if not empty:
        return {}
    edit, rests = Text(text), {}
    for name, path in empty.items():
        mapping, key = edit.at(path[:-1]), str(path[-1])
        key_node, node = mapping.key(key), mapping.get(key)
        if key_node and node and key_node.line == node.end_line and mapping.style != "flow":
            line = edit.lines[key_node.line]
            rests[name] = line[line.index(":", key_node.end_column) + 1 :]
    return rests
