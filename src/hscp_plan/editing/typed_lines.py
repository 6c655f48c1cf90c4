"""Some lines of a file as a page shows them to be typed in, and the file with what was typed: what
was not typed stays, to the byte, and what is no longer there is named. Pure."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_MARK = "\ufeff"
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What a page cannot show, or a browser would not send back as it is."""
_WORD = re.compile(r"\w+(?:[-./]\w+)*")
_MERGE_MARKS = ("<<<<<<< ", "||||||| ", ">>>>>>> ")
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

    @property
    def words(self) -> Counter[str]:
        """What it says, however it is laid out; nothing, of the marks of a merge."""
        if self.text.startswith(_MERGE_MARKS):
            return Counter()
        return Counter(_WORD.findall(_UNSEEN.sub("", self.text)))


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
    at = 0
    for i, j, k, m in _replaced([line.shown for line in old], new):
        yield from old[at:i]
        yield from (Line(text, end) for text in new[k:m])
        at = j
    yield from old[at:]


def gone(was: str, now: str, wrong: Container[int]) -> list[str]:
    """The lines of a text of which something is said no more where lines of it were replaced, as
    they are shown. A line that is `wrong`, counted from 1, and has another in its place was put
    right."""
    old, new = lines_of(was), lines_of(now)
    replaced = list(_replaced([line.text for line in old], [line.text for line in new]))
    said = Counter[str]()
    for _, _, k, m in replaced:
        for line in new[k:m]:
            said += line.words
    lines = []
    for i, j, k, m in replaced:
        for number, line in enumerate(old[i:j], i + 1):
            if line.words <= said:
                said -= line.words
            elif k == m or number not in wrong:
                lines.append(line.shown)
    return lines


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """From where to where others stand in the place of old lines, and where those are."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    middle, typed = old[head : len(old) - tail], new[head : len(new) - tail]
    for how, i, j, k, m in SequenceMatcher(None, middle, typed, autojunk=False).get_opcodes():
        if how != "equal":
            yield head + i, head + j, head + k, head + m


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
