"""The milestones that differ between two versions of a file, read from their own lines alone.

Most commits touch one line, and to read both versions whole takes two hundred times as long. Where
the lines leave a doubt there is no answer, and the caller reads both files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..frozen import NOTHING
from ..model import Milestone
from ..reading import yamltext
from ..reading.validators import validator

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..reading.cache import Scale

_ITEM = re.compile(
    rb"""(?m)^(?P<indent>[ ]*)-[ ]+id[ ]*:[ ]*["']?(?P<id>[A-Za-z0-9.-]+)["']?[ ]*(?:#.*)?\r?$"""
)
"""The first line of a milestone, an objective or a measure."""
_KEY = re.compile(rb"""\bid["']?[ ]*:""")
_HOLDS_MILESTONES = re.compile(rb"(?m)^[ ]+milestones[ ]*:")
_BARE_KEY = re.compile(rb"""(?:-[ ]+)?["']?\w+["']?[ ]*:[ ]*(?:#.*)?\r?\n""")
"""A key with nothing after it."""


class Piece(NamedTuple):
    """A milestone's lines in both versions; empty in the one that does not have it."""

    was: bytes
    now: bytes


def differing_pieces(old: bytes, new: bytes) -> dict[str, Piece] | None:
    """The milestones, objectives and measures whose lines differ, by id; None where the lines do
    not tell."""
    start, after = _differing_range(old, new)
    was, now = _items(old, start, len(old) - after), _items(new, start, len(new) - after)
    if was is None or now is None or was.between != now.between:
        return None
    ids = {**was.lines, **now.lines}
    pieces = {id.decode(): Piece(was.lines.get(id, b""), now.lines.get(id, b"")) for id in ids}
    return {id: piece for id, piece in pieces.items() if piece.was != piece.now}


def read_milestone(lines: bytes, scale: Scale = NOTHING) -> Milestone | None:
    """The milestone of these lines; None where they are of an objective or a measure. Raises
    ValueError where they are no valid milestone."""
    text = yamltext.decode(b"milestones:\n" + lines, "")
    if not lines or _HOLDS_MILESTONES.search(lines):
        return None
    if isinstance(text, list):
        raise ValueError
    try:
        milestones = yamltext.values(text)["milestones"]
    except yamltext.Amiss as amiss:
        raise ValueError from amiss
    if len(milestones) != 1 or not isinstance(milestones[0], dict):
        raise ValueError
    return validator(Milestone, scale)(milestones[0]) if "action" in milestones[0] else None


# --- where two versions differ ------------------------------------------------------------------


def _differing_range(old: bytes, new: bytes) -> tuple[int, int]:
    """The number of bytes before the item of the first difference, and after the item of the
    last."""
    most = min(len(old), len(new))
    first = _alike_bytes(most, lambda low, high: old[low:high] == new[low:high])
    last = _alike_bytes(
        most - first,
        lambda low, high: (
            old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
        ),
    )
    after = _ITEM.search(old, len(old) - last)
    return _item_before(old, first), len(old) - after.start() if after else 0


def _alike_bytes(most: int, same: Callable[[int, int], bool]) -> int:
    """The number of bytes that are alike, at most so many; found by halving the range."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(low, middle) else (low, middle - 1)
    return low


def _item_before(data: bytes, at: int) -> int:
    """Where the item begins that a place is in; 0 where it is in none."""
    # Not one that begins on that very line: in the other version others may stand before it.
    at = data.rfind(b"\n", 0, at)
    while at > 0 and (at := data.rfind(b"\n", 0, at)) >= 0:
        if _ITEM.match(data, at + 1):
            return at + 1
    return 0


# --- its items ----------------------------------------------------------------------------------


class _Items(NamedTuple):
    """The items of a part of a file."""

    lines: dict[bytes, bytes]
    """Each item's own lines, by its id."""
    between: list[bytes]
    """What stands before, between and after the items."""


def _items(data: bytes, start: int, end: int) -> _Items | None:
    """The items from one place to another. None where an id stands in a note or twice, or not first
    in its item."""
    starts = [*_ITEM.finditer(data, start, end)]
    if not starts or not all(_in_list(data, item.start()) for item in starts):
        return None
    items = _Items({}, [data[start : starts[0].start()]])
    ends = [*(item.start() for item in starts[1:]), end]
    for item, after in zip(starts, ends, strict=True):
        lines = data[item.start() : after]
        # Lines that are not indented beyond the item's dash are not its own.
        outside = re.compile(rb"(?m)^[ ]{0,%d}[^ #\r\n]" % len(item["indent"])).search(
            lines, item.end() - item.start()
        )
        own_lines = lines[: outside.start()] if outside else lines
        if item["id"] in items.lines or len(_KEY.findall(own_lines)) != 1:
            return None
        items.lines[item["id"]] = own_lines
        if outside:
            items.between.append(lines[len(own_lines) :])
    return items


def _in_list(data: bytes, at: int) -> bool:
    """Whether what looks like an item stands in a list, and not in the text of a note. The line
    that it belongs to is a key with nothing after it; a note's key has text there, or | or >."""
    indent = data.index(b"-", at) - at
    while at > 0:
        begin = data.rfind(b"\n", 0, at - 1) + 1
        line = data[begin:at].lstrip(b" ")
        depth = at - begin - len(line)
        beside = depth == indent and not line.startswith(b"-")
        if (depth < indent or beside) and line.strip() and not line.startswith(b"#"):
            return bool(_BARE_KEY.fullmatch(line))
        at = begin
    return False
