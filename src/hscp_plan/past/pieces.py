"""The milestones that two versions of a file do not have alike, read from their own lines alone.

Most commits touch one line. To read both versions whole takes two hundred times as long. Wherever
the lines leave a doubt, nothing is said, and the caller reads all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..model import Milestone
from ..reading import yamltext
from ..reading.validators import validator

if TYPE_CHECKING:
    from collections.abc import Callable

_ITEM = re.compile(
    rb"""(?m)^(?P<indent>[ ]*)-[ ]+id[ ]*:[ ]*["']?(?P<id>[A-Za-z0-9.-]+)["']?[ ]*(?:#.*)?\r?$"""
)
"""The first line of a milestone, an objective or a measure."""
_KEY = re.compile(rb"""\bid["']?[ ]*:""")
_HOLDS = re.compile(rb"(?m)^[ ]+milestones[ ]*:")


_BARE = re.compile(rb"""(?:-[ ]+)?["']?\w+["']?[ ]*:[ ]*(?:#.*)?\r?\n""")


class Piece(NamedTuple):
    """A milestone's lines in both versions; none where it is not in one."""

    was: bytes
    now: bytes


def differing(old: bytes, new: bytes) -> dict[str, Piece] | None:
    """Of milestones, objectives and measures those whose lines differ, by id; None where the lines
    do not tell."""
    start, left = _middle(old, new)
    was, now = _items(old, start, len(old) - left), _items(new, start, len(new) - left)
    if was is None or now is None or was.between != now.between:
        return None
    ids = {**was.own, **now.own}
    pieces = {id.decode(): Piece(was.own.get(id, b""), now.own.get(id, b"")) for id in ids}
    return {id: piece for id, piece in pieces.items() if piece.was != piece.now}


def milestone(lines: bytes) -> Milestone | None:
    """What a milestone's lines say; None for those of an objective or a measure. Raises ValueError
    where they say nothing that holds."""
    text = yamltext.decode(b"milestones:\n" + lines, "")
    if not lines or _HOLDS.search(lines):
        return None
    if isinstance(text, list):
        raise ValueError
    try:
        milestones = yamltext.values(text)["milestones"]
    except yamltext.Amiss as amiss:
        raise ValueError from amiss
    if len(milestones) != 1 or not isinstance(milestones[0], dict):
        raise ValueError
    return validator(Milestone)(milestones[0]) if "action" in milestones[0] else None


# --- where two versions differ ------------------------------------------------------------------


def _middle(old: bytes, new: bytes) -> tuple[int, int]:
    """What stands before the item in which the first line differs, and after the one in which the
    last does: so many bytes."""
    most = min(len(old), len(new))
    first = _alike(most, lambda low, high: old[low:high] == new[low:high])
    last = _alike(
        most - first,
        lambda low, high: (
            old[len(old) - high : len(old) - low] == new[len(new) - high : len(new) - low]
        ),
    )
    after = _ITEM.search(old, len(old) - last)
    return _item_before(old, first), len(old) - after.start() if after else 0


def _alike(most: int, same: Callable[[int, int], bool]) -> int:
    """How many bytes are alike, of at most so many."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(low, middle) else (low, middle - 1)
    return low


def _item_before(data: bytes, at: int) -> int:
    """Where the item begins that a place belongs to; 0 where there is none."""
    # Not one that begins on that very line: in the other version others may stand before it.
    at = data.rfind(b"\n", 0, at)
    while at > 0 and (at := data.rfind(b"\n", 0, at)) >= 0:
        if _ITEM.match(data, at + 1):
            return at + 1
    return 0


# --- its items ----------------------------------------------------------------------------------


class _Items(NamedTuple):
    """A part of a file: each item's own lines by id, and what stands before, between and after
    them."""

    own: dict[bytes, bytes]
    between: list[bytes]


def _items(data: bytes, start: int, end: int) -> _Items | None:
    """None where an id stands in another way than first in its item, twice, or in a note."""
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
        own = lines[: outside.start()] if outside else lines
        if item["id"] in items.own or len(_KEY.findall(own)) != 1:
            return None
        items.own[item["id"]] = own
        if outside:
            items.between.append(lines[len(own) :])
    return items


def _in_list(data: bytes, at: int) -> bool:
    """Whether what looks like an item stands in a list: the line that it belongs to is a key with
    nothing after it. The line that a note's text belongs to has a mark there, or text."""
    indent = data.index(b"-", at) - at
    while at > 0:
        begin = data.rfind(b"\n", 0, at - 1) + 1
        line = data[begin:at].lstrip(b" ")
        depth = at - begin - len(line)
        beside = depth == indent and not line.startswith(b"-")
        if (depth < indent or beside) and line.strip() and not line.startswith(b"#"):
            return bool(_BARE.fullmatch(line))
        at = begin
    return False
