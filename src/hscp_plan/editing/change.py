"""A change of a file: its new text, and what must then be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mistyped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..frozen import Frozen

    Edit = Callable[[str, dict[str, Any]], "Change"]


class Change(NamedTuple):
    """The new text of a file, the values it must hold, and the line where what was recorded
    begins. No values: a merge is still unfinished in it, and whoever made it has compared it."""

    text: str
    values: dict[str, Any] | None
    line: int
    recorded: tuple[tuple[str, Mapping[str, Any] | None], ...] = ()
    """What it records: of each thing the id, and the values of an entry or a decision, or None for
    a new milestone."""
    replaced: tuple[str, ...] = ()
    """Of a lead, who led before; of a figure that was corrected, what it was."""
    taken_back: tuple[tuple[str, Mapping[str, Any] | None], ...] = ()
    """What it takes back of what was recorded, where that could be taken for recorded again."""


class AlreadyRecorded(Mistyped):
    """The same was recorded just before, and perhaps nobody saw that it was."""

    def __init__(self, what: str) -> None:
        super().__init__(what, "Nothing was changed.")


def keys_before(kind: type[Frozen], key: str) -> tuple[str, ...]:
    """The keys that usually stand before this one: those that the model has before it."""
    return kind.keys[: kind.keys.index(key)]


def of_file(edits: Sequence[Edit]) -> Edit:
    """Edits of one file, one after the other, as one."""

    def change(text: str, values: dict[str, Any]) -> Change:
        line = 1
        recorded: list[tuple[str, Mapping[str, Any] | None]] = []
        for edit in edits:
            made = edit(text, values)
            assert made.values is not None  # noqa: S101 - an edit always says them
            text, values, line = made.text, made.values, made.line
            recorded += made.recorded
        return Change(text, values, line, tuple(recorded))

    return change
