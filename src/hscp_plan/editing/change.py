"""A change of a file: its new text, and what must then be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mistyped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..frozen import Frozen


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
