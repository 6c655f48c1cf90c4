"""What a cell says that the plan does not say yet. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..letters import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w+")
_FEWEST = 3
"""How many words of the plan's in a row, at least, are known for the plan's within a line."""


def words(text: str) -> list[str]:
    """A text's words as they are compared: without capitals and marks."""
    return _WORD.findall(folded(text))


def stands_in(text: str, texts: Iterable[str]) -> bool:
    """Whether one of these texts has the words of another, in a row; a text without words stands
    in none."""
    own = f" {' '.join(words(text))} "
    return bool(own.strip()) and any(own in f" {' '.join(words(other))} " for other in texts)


def unsaid(text: str, said: Iterable[str]) -> str:
    """What is left of a text without what the plan says already: whole texts of its own, and their
    lines and sentences, wherever the lines break now."""
    places = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    own = [folded(text[begin:end]) for begin, end in places]
    lines = [text.count("\n", 0, begin) for begin, _ in places]
    known = [False] * len(own)
    parts = {tuple(words(part)) for whole in said for part in _parts(whole)} - {()}
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    # What fills whole lines first, so that no part that goes over two takes a piece of each.
    for whole_lines in (True, False):
        for part in longest_first:
            if not whole_lines and len(part) < _FEWEST:
                continue
            for begin in _where(own, part):
                end = begin + len(part)
                fills = (begin == 0 or lines[begin - 1] < lines[begin]) and (
                    end == len(own) or lines[end] > lines[end - 1]
                )
                if fills >= whole_lines and not any(known[begin:end]):
                    known[begin:end] = [True] * len(part)
    return "\n".join(_left(text, places, lines, known))


def _parts(text: str) -> Iterator[str]:
    yield text
    for line in text.split("\n"):
        yield line
        yield from re.split(r"(?<=[.!?])\s+", line)


def _where(own: list[str], part: tuple[str, ...]) -> Iterator[int]:
    """Where these words stand in a row."""
    first, size = part[0], len(part)
    for begin in range(len(own) - size + 1):
        if own[begin] == first and tuple(own[begin : begin + size]) == part:
            yield begin


def _left(
    text: str, places: list[tuple[int, int]], lines: list[int], known: list[bool]
) -> Iterator[str]:
    """Of each line that says anything new, that: all from its first new word to its last."""
    texts = text.split("\n")
    starts = [0]
    for whole in texts:
        starts.append(starts[-1] + len(whole) + 1)
    new_lines = (n for n, is_known in zip(lines, known, strict=True) if not is_known)
    for line in dict.fromkeys(new_lines):
        of_line = [n for n, its in enumerate(lines) if its == line]
        new = [n for n in of_line if not known[n]]
        begin = starts[line] if new[0] == of_line[0] else places[new[0]][0]
        after = of_line[of_line.index(new[-1]) + 1 :]
        end = places[after[0]][0] if after else starts[line + 1] - 1
        yield text[begin:end].strip()
