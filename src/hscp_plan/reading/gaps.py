"""The gaps that faults leave in a file: what is taken out of its values so that the rest can be
shown, and which ids may stand in it."""

from __future__ import annotations

import re
from bisect import insort
from typing import TYPE_CHECKING, Any

from ..errors import Gap
from ..model import ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..errors import Keys

    MissingItems = dict[Keys, list[int]]
    """For each list, by its path in the file, the numbers of the items that were taken out."""

_NOUNS = {
    "objectives": "an objective",
    "statements": "a statement",
    "milestones": "a milestone",
    "decisions": "a decision",
    "measures": "a measure",
    "impact": "a difference made",
    "assurance": "an assurance",
    "meetings": "a meeting",
    "groups": "a group",
    "columns": "a column",
    "reviews": "a review",
    "recommendations": "a recommendation",
    "asked": "a round of asking",
}
_HAVE_IDS = ("objectives", "milestones", "measures", "recommendations")


def take_out(values: Any, path: Keys, missing: MissingItems, owner: str) -> Gap | None:
    """Take the part at this path out of a file's values; None where there is none. `owner` is what
    it is said to be of, where nothing nearer to it has an id."""
    holder = values
    for step in path[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return None
    place, last = path_in_file(path, missing), path[-1]
    if isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        insort(missing.setdefault(place[:-1], []), int(place[-1]))
    elif not (isinstance(holder, dict) and last in holder):
        return None
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    ids = list(_ids(holder.pop(last), key))
    known = tuple(id for id in ids if id)
    noun = f"`{key}:`"
    if isinstance(last, int):
        noun = _NOUNS.get(key, noun)
    name = ", ".join(known) or f"{noun} of {nearest_id(values, path[:-1], owner)}"
    return Gap(place, name, known, more=len(known) < len(ids))


def path_in_file(path: Keys, missing: MissingItems) -> Keys:
    """The path in the file of what stands at this path now that its gaps are left out."""
    written: Keys = ()
    for step in path:
        place = step
        if isinstance(place, int):
            # Each item taken out before it was one more in the file.
            for number in missing.get(written, ()):
                if number > place:
                    break
                place += 1
        written = (*written, place)
    return written


def missing_items(gaps: Iterable[Gap]) -> MissingItems:
    """The items of lists that are among a file's gaps."""
    missing: MissingItems = {}
    for gap in gaps:
        if gap.path and isinstance(gap.path[-1], int):
            insort(missing.setdefault(gap.path[:-1], []), gap.path[-1])
    return missing


def nearest_id(values: Any, path: Keys, outer: str = "") -> str:
    """The id of the innermost part on the way to this one that has one; else `outer`."""
    nearest = outer
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            break
        nearest = id_of(values) or nearest
    return nearest


def _ids(part: Any, key: str) -> Iterator[str | None]:
    """The ids that stand in a part under this key; None for each that cannot be read."""
    if isinstance(part, dict):
        if "id" in part or key in _HAVE_IDS:
            yield id_of(part)
        for name, value in part.items():
            if name != "id":
                yield from _ids(value, name)
    elif isinstance(part, list):
        for item in part:
            yield from _ids(item, key)
    elif key in (*_HAVE_IDS, "id"):
        yield None


def id_of(part: Any) -> str | None:
    """The id of a part, where it has one that can be read."""
    id = part.get("id") if isinstance(part, dict) else None
    return id if isinstance(id, str) and re.fullmatch(ID, id, re.ASCII) else None
