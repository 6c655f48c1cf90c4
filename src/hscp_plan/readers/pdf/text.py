"""Letters to lines, and lines to paragraphs: what was broken because a line was full is put
together again."""

from __future__ import annotations

import itertools
import re
import unicodedata
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from ..characters import visible
from ..content import Paragraph, Run
from .marks import Box, Letter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SPACE = 0.18
"""How wide a gap parts words, in sizes of the letters."""
_CHASM = 2.0
"""How wide a gap parts what stands side by side, in sizes of the letters."""
_PITCH = 1.2
"""How far apart the lines of a paragraph stand at most where nothing tells, in sizes of the
letters."""
_SLACK = 2.0
"""How many points must be left of a line for it to have been broken on purpose."""
_BULLETS = "•·▪◦‣●○■□–➢❖\uf0b7\uf0a7\uf0d8\uf02d\ue00a"
_BULLET = re.compile(rf"([{_BULLETS}\ue000-\uf8ff]|[-o*](?=\s\s))\s*")
_JOINED = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " "})
_ENDS = (".", "!", "?", ":", ";")
_HYPHENS = "-\u2010\u00ad"


class Line(NamedTuple):
    """A line of text."""

    runs: tuple[Run, ...]
    box: Box
    base: float
    size: float
    bold: bool
    first: float
    """How wide its first word is, or what a hyphen parts of it."""
    right: float = 0.0
    """How far its text may go to the right."""

    @property
    def text(self) -> str:
        """All that it says."""
        return "".join(run.text for run in self.runs)

    @property
    def is_bullet(self) -> bool:
        """Whether it begins with the mark of a list's item."""
        return _BULLET.match(self.text) is not None


# --- letters to lines -----------------------------------------------------------------------------


def lines(letters: Sequence[Letter], rules: Sequence[Box] = ()) -> list[Line]:
    """The lines that letters stand on, from the top; those side by side from the left. A rule
    through letters strikes them out."""
    found: list[Line] = []
    for turn in sorted({letter.turned for letter in letters}):
        upright = [letter for letter in letters if letter.turned == turn]
        for row in _rows(upright):
            for part in _parts(row):
                found.append(_line(part, rules if turn == 0 else ()))
    return [line for line in found if line.text.strip()]


def _rows(letters: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters that stand on one line, from the left."""
    row: list[Letter] = []
    for letter in sorted(letters, key=lambda letter: letter.base):
        if row and letter.base - row[-1].base > 0.35 * max(letter.size, row[-1].size):
            yield sorted(row, key=lambda letter: letter.x0)
            row = []
        row.append(letter)
    if row:
        yield sorted(row, key=lambda letter: letter.x0)


def _parts(row: Sequence[Letter]) -> Iterator[list[Letter]]:
    """A row in parts where wide gaps stand between, each letter once."""
    part: list[Letter] = []
    end = 0.0
    for letter in row:
        if not letter.text.strip():
            continue
        if part and letter.x0 - end > _CHASM * letter.size:
            yield part
            part = []
        last = part[-1] if part else None
        if last and last.text == letter.text and abs(last.x0 - letter.x0) < 0.1 * letter.size:
            continue  # Printed twice, for bold.
        part.append(letter)
        end = letter.x1
    if part:
        yield part


def _line(letters: Sequence[Letter], rules: Sequence[Box]) -> Line:
    base, size = median(each.base for each in letters), median(each.size for each in letters)
    box = Box(letters[0].x0, base - size, max(letter.x1 for letter in letters), base)
    through = [
        rule
        for rule in rules
        if rule.height < 2.5
        and 0.12 * size < base - (rule.top + rule.bottom) / 2 < 0.6 * size
        and rule.x0 < box.x1
        and rule.x1 > box.x0
    ]
    pieces: list[tuple[str, bool]] = []
    end = box.x0
    for letter in letters:
        struck = any(rule.x0 <= (letter.x0 + letter.x1) / 2 <= rule.x1 for rule in through)
        if pieces and letter.x0 - end > _SPACE * size:
            pieces.append((" ", struck and pieces[-1][1]))
        pieces.append((letter.text.translate(_JOINED), struck))
        end = letter.x1
    bold = sum(letter.bold for letter in letters) * 2 > len(letters)
    return Line(_runs(_logical(pieces)), box, base, size, bold, _first(letters, size))


def _first(letters: Sequence[Letter], size: float) -> float:
    """How wide the first word is that could have stood on the line before."""
    end = letters[0].x0
    for letter in letters:
        if letter.x0 - end > _SPACE * size:
            break
        end = letter.x1
        if letter.text in _HYPHENS:
            break
    return end - letters[0].x0


def _logical(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Letters as they are read, from those as they stand: Arabic and Hebrew from the right, numbers
    and other words within them from the left."""
    kinds = [unicodedata.bidirectional(text[:1] or " ") for text, _ in pieces]
    if sum(kind in ("R", "AL") for kind in kinds) * 2 <= sum(k in ("L", "R", "AL") for k in kinds):
        return pieces
    turned: list[tuple[str, bool]] = []
    run: list[tuple[str, bool]] = []
    for piece, kind in zip(reversed(pieces), reversed(kinds), strict=True):
        if kind in ("L", "EN", "AN", "ES", "CS") or (run and kind == "ET"):
            run.append(piece)
            continue
        turned += reversed(run)
        turned.append(piece)
        run = []
    return [*turned, *reversed(run)]


def _runs(pieces: Iterable[tuple[str, bool]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for text, struck in pieces:
        if runs and runs[-1].struck == struck:
            runs[-1] = runs[-1]._replace(text=runs[-1].text + text)
        else:
            runs.append(Run(text, struck))
    return tuple(run._replace(text=visible(run.text)) for run in runs)


# --- lines to paragraphs --------------------------------------------------------------------------


class Words:
    """The words of a document: they tell a hyphen that is written from one that only broke a line,
    and two words from one that was too long for its column."""

    def __init__(self, every: Iterable[Line]) -> None:
        self._known: set[str] = set()
        for line in every:
            self._known.update(word.casefold() for word in re.findall(r"[\w-]+", line.text))

    def breaks(self, first: str, rest: str) -> bool:
        """Whether a hyphen between the two only broke a line."""
        before, after = re.findall(r"\w+$", first), re.match(r"\w+", rest)
        if not before or not after:
            return False
        whole = (before[0] + after[0]).casefold()
        return whole in self._known and f"{before[0]}-{after[0]}".casefold() not in self._known

    def is_one(self, above: Line, below: Line) -> bool:
        """Whether a line of one word, as wide as its column, goes on with the next line's first
        letters."""
        word, after = above.text.strip(), re.match(r"[a-z]+", below.text)
        if above.right - above.box.x1 > 0.6 * above.size or not after or not word.isalpha():
            return False
        if (word + after[0]).casefold() in self._known:
            return True
        return len(word) > 6 and len(after[0]) < 3 and not _SHORT.fullmatch(after[0])


_SHORT = re.compile("an?|as|at|be|by|do|go|he|i[fnst]|m[ey]|no|o[fnr]|so|to|u[ps]|we")


def paragraphs(some: Sequence[Line]) -> list[list[Line]]:
    """Lines as the paragraphs that they are of."""
    groups: list[list[Line]] = []
    pitch = _pitch(some)
    for line in some:
        if groups and _goes_on(groups[-1], line, pitch):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _pitch(some: Sequence[Line]) -> float:
    """How far apart the lines of a paragraph stand, in sizes of their letters."""
    gaps = [(b.base - a.base) / max(b.size, 1) for a, b in itertools.pairwise(some)]
    tight = sorted(gap for gap in gaps if 0.8 < gap < 2)
    return tight[len(tight) // 4] if tight else _PITCH


def _goes_on(group: Sequence[Line], line: Line, pitch: float) -> bool:
    """Whether a line goes on with a paragraph: it stands close below it, looks like it, and its
    first word had no room there."""
    last = group[-1]
    gap = (line.base - last.base) / max(line.size, 1)
    if line.is_bullet or abs(line.size - last.size) > 0.6:
        return False
    if 0 <= gap > pitch * 1.2:
        return False
    if group[0].is_bullet and line.box.x0 <= group[0].box.x0 + 1:
        return False
    if line.text[:1].islower() and not last.text.rstrip().endswith(_ENDS):
        return True
    if line.bold != last.bold:
        return False
    return last.right - last.box.x1 - 0.25 * line.size - line.first < _SLACK


def joined(group: Sequence[Line], words: Words) -> tuple[Run, ...]:
    """The text of a paragraph's lines."""
    runs: list[Run] = []
    for above, line in zip([group[0], *group], group, strict=False):
        if runs:
            before = "".join(run.text for run in runs)
            text = runs[-1].text
            if text.endswith("\u00ad") or (
                text[-1:] in _HYPHENS and words.breaks(before[:-1], line.text)
            ):
                runs[-1] = runs[-1]._replace(text=text[:-1])
            elif not (re.search(r"[\w)][/-]$", before) or words.is_one(above, line)):
                runs[-1] = runs[-1]._replace(text=f"{text} ")
        for run in line.runs:
            if runs and runs[-1].struck == run.struck:
                runs[-1] = runs[-1]._replace(text=runs[-1].text + run.text)
            else:
                runs.append(run)
    return tuple(runs)


def paragraph(group: Sequence[Line], words: Words, place: str, level: int = 0) -> Paragraph:
    """A paragraph of these lines; the mark of a list's item is left out."""
    runs = joined(group, words)
    match = _BULLET.match(runs[0].text) if runs else None
    if match:
        runs = (runs[0]._replace(text=runs[0].text[match.end() :]), *runs[1:])
    return Paragraph(runs, place, level, bullet=match is not None)


def joined_side_by_side(row: Sequence[Line]) -> Line:
    """Lines that stand side by side as one, a tab between."""
    first, *others = sorted(row, key=lambda line: line.box.x0)
    for line in others:
        runs = (*first.runs, Run("\t"), *line.runs)
        first = first._replace(runs=runs, box=first.box._replace(x1=line.box.x1))
    return first
