"""What stands recorded in the lines of a file that has errors, and of which the values tell too
little: entries of logs, decisions, figures and the like, and due dates. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..model import ID

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

_SPOILT, _FREE = "\x00", "\x01"
"""What stands for a line in which something is wrong; and for one that frees all it is part of."""
_ITEM = re.compile(r"(?m)^(?=(( *)- +(?!id:|name:|text:).*(?:\n(?:\2 +.*|[ \t]*))*))")
_IN_BRACES = re.compile(r"(?=(\{(?!\s*(?:id|name|text):)(?:[^{}]|\{[^{}]*\})*\}))")
_DAY = re.compile(r"(?<![\w-])(?:date|period):[ \t]*([^\n,}]*)")
_ID_IN = re.compile(rf"(?<![^\s{{,])id:\s*[\"']?({ID}|{_SPOILT})", re.ASCII)
_DUE = re.compile(r"(?<![^\s{,])due:[ \t]*([^\n#,}]+)")
_WORD = re.compile(r"\w+(?:[-./]\w+)*")
_CONFLICT = re.compile(r"(?ms)^<{7} .*?^>{7} .*?$")
_FAR = " " * 80
"""As far in as no line is indented that ends what stands before it."""


class Recorded(NamedTuple):
    """Something recorded: what it is of, when, and what it says."""

    of: str
    """The id that stands nearest above it."""
    day: str
    words: str


def no_longer(
    was: str,
    now: str,
    wrong: Container[int],
    free: Container[int],
    dated: Callable[[str], bool],
) -> Iterator[Recorded]:
    """What stands recorded in a text, and not as it was in another, but for its lines that are
    `wrong`, counted from 1, or in a conflict. What has a `free` line may go. A due date is looked
    after only of the ids that are to be `dated` by these lines."""
    before, left = _marked(was, wrong, free), list(_recorded(now))
    for record in sorted(_recorded(before), key=lambda record: _SPOILT in record.words):
        if _FREE in record.words or not record.words.strip(f" {_SPOILT}"):
            continue
        same = next((other for other in left if _is_same(record, other)), None)
        if same:
            left.remove(same)
        else:
            yield record
    dues = set(_dues(now))
    for due in _dues(before):
        if due not in dues and dated(due.of):
            yield due


def _marked(text: str, wrong: Container[int], free: Container[int]) -> str:
    """A text in which a sign stands for each line that is wrong; the first key of an item stays."""
    conflicts = set[int]()
    for each in _CONFLICT.finditer(text):
        first = text.count("\n", 0, each.start()) + 1
        conflicts.update(range(first, first + each[0].count("\n") + 1))
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        if number in free or number in wrong or number in conflicts:
            begins = re.match(r" *- +\w+:", line)
            sign = _FREE if number in free else _SPOILT
            lines.append(f"{begins[0] if begins else _FAR} {sign}")
        else:
            lines.append(line.expandtabs())
    return "\n".join(lines)


def _recorded(text: str) -> Iterator[Recorded]:
    owners = [(found.start(), found[1]) for found in _ID_IN.finditer(text)]
    for kind in (_ITEM, _IN_BRACES):
        for found in kind.finditer(text):
            day = _DAY.search(found[1])
            if day and not _ID_IN.search(found[1]):
                of = next((id for at, id in reversed(owners) if at < found.start()), "")
                yield Recorded(of, day[1].strip(" \"'"), _words(found[1]))


def _words(text: str) -> str:
    """What a text says, however it is laid out; with the signs of what is wrong."""
    return " ".join(
        sign if sign in (_SPOILT, _FREE) else " ".join(_WORD.findall(sign))
        for sign in re.split(f"([{_SPOILT}{_FREE}])", text)
        if sign
    )


def _is_same(record: Recorded, other: Recorded) -> bool:
    """Whether one is the other, but for what was wrong of it."""
    if record.of not in (other.of, _SPOILT):
        return False
    parts = (re.escape(part.strip()) for part in record.words.split(_SPOILT))
    return bool(re.fullmatch(".*".join(parts), other.words))


def _dues(text: str) -> Iterator[Recorded]:
    owners = [(found.start(), found[1]) for found in _ID_IN.finditer(text)]
    for found in _DUE.finditer(text):
        of = next((id for at, id in reversed(owners) if at < found.start()), "")
        yield Recorded(of, "", _words(found[1]))
