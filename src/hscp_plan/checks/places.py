"""Where the parts of a plan stand in its files.

Only a file with a finding is read again, for the places of its parts.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

from ..errors import Place
from ..reading.gaps import id_of, missing_items, nearest_id, path_in_file
from ..store import display_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..errors import Keys
    from ..reading.gaps import MissingItems
    from ..reading.yamltext import Reading
    from ..store import Opened
    from ._rule import Part


class Places:
    """Where the parts of a plan stand; a file is read again when its first place is asked for."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.sources = {source.name: source for source in opened.sources}
        self.readings: dict[str, Reading] = {}
        self.gone: dict[str, MissingItems] = {}

    def at(self, file: str, path: Keys, at_key: bool = False) -> Place:
        """The place of a part of the plan."""
        source = self.sources.get(file)
        if source is None:
            return Place(display_path(self.opened.folder))
        if source.value is None:
            return Place(source.label)
        return self.reading(file).place(self.path(file, path), at_key)

    def id_at(self, file: str, path: Keys) -> str:
        """The id of the nearest part around this one that has one."""
        if file not in self.sources:
            return ""
        values = self.reading(file).value
        return nearest_id(values, self.path(file, path), id_of(values) or "")

    def path(self, file: str, path: Keys) -> Keys:
        """The path in its file of a part of the plan, which was counted without the file's gaps."""
        if file not in self.gone:
            source = self.sources.get(file)
            self.gone[file] = missing_items(source.gaps if source else ())
        return path_in_file(path, self.gone[file])

    def in_gap(self, part: Part) -> bool:
        """Whether a part, or something in it, is among what could not be read."""
        files = [self.sources[part.file]] if part.file in self.sources else self.sources.values()
        where = self.path(part.file, part.path)
        return any(
            gap.path[: len(where)] == where[: len(gap.path)] for file in files for gap in file.gaps
        )

    def without_value(self, part: Part) -> bool:
        """Whether a key stands there with nothing after it, which is a fault of its own."""
        if part.file not in self.sources or not part.path:
            return False
        reading, (*around, key) = self.reading(part.file), self.path(part.file, part.path)
        return (*around, key) in reading.spans and key not in value_at(reading.value, around)

    def reading(self, file: str) -> Reading:
        """A file with the place of each of its parts; read when first asked for."""
        if file not in self.readings:
            self.readings[file] = self.opened.reading(file)
        return self.readings[file]


def value_at(values: Any, path: Sequence[str | int]) -> Any:
    """The value at a path of keys in a file's values."""
    return reduce(lambda part, step: part[step], path, values)
