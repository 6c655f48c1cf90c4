"""Some lines of a file as a page shows them to be typed in, and the file with what was typed: what
was not typed stays, to the byte. Pure."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MARK = "\ufeff"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What a page cannot show, or a browser would not send back as it is."""
SIGN = "\N{REPLACEMENT CHARACTER}"
"""What stands on a page for such a character."""


class Line(NamedTuple):
    """A line of a file."""

    text: str
    end: str
    """A line feed, with its carriage return where there is one; empty for the last."""

    @property
    def shown(self) -> str:
        """As it stands on a page."""
        return _UNSEEN.sub(SIGN, self.text)


def lines_of(text: str) -> list[Line]:
    """A text's lines, without its byte order mark; after a last line end stands one more, empty."""
    *ended, last = text.removeprefix(_MARK).split("\n")
    lines = [Line(t.removesuffix("\r"), "\r\n" if t.endswith("\r") else "\n") for t in ended]
    return [*lines, Line(last, "")]


def shown(lines: Sequence[Line]) -> str:
    """Lines as a page shows them."""
    return "\n".join(line.shown for line in lines)


def with_typed(text: str, first: int, last: int, typed: str) -> str:
    """The text with what was typed in the place of its lines from the first to the last, counted
    from 1. A line that is as it was shown stays as it is, and a new one ends as most do."""
    old = lines_of(text)
    before, window, after = old[: first - 1], old[first - 1 : last], old[last:]
    new = typed.replace("\r\n", "\n").replace("\r", "\n")
    if new == shown(window):
        return text
    end = Counter(line.end for line in old[:-1]).most_common(1)[0][0] if old[1:] else "\n"
    typed_lines = new.split("\n") if new else []
    *ended, final = [*before, *_joined(window, typed_lines, end), *after] or [Line("", "")]
    mark = _MARK if text.startswith(_MARK) else ""
    return mark + "".join(line.text + (line.end or end) for line in ended) + final.text


def _joined(old: Sequence[Line], new: Sequence[str], end: str) -> Iterator[Line]:
    """The old line wherever the new one is what was shown of it."""
    as_shown = [line.shown for line in old]
    head = _alike(as_shown, new)
    tail = _alike(as_shown[head:][::-1], new[head:][::-1])
    middle, typed = as_shown[head : len(old) - tail], new[head : len(new) - tail]
    yield from old[:head]
    for how, i, j, k, m in SequenceMatcher(None, middle, typed, autojunk=False).get_opcodes():
        same = old[head + i : head + j]
        yield from same if how == "equal" else (Line(text, end) for text in typed[k:m])
    yield from old[len(old) - tail :]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
