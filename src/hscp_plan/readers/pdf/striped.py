"""Tables of which no line parts the columns: rules or coloured rows part the rows, and the columns
are those of the coloured names above them, of the page before, or of the gaps in the text."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from .grid import Edge, Grid, edges, laid_out, merged, sides, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .marks import Box, Letter, Page
    from .text import Line

_NEAR = 4.0
_NARROWEST = 100.0
"""How many points wide a table may be at least."""
_GAP = 0.4
"""How wide a gap within a line must be to part columns, in sizes of the letters."""
_SPACE = 0.18
"""How wide a gap parts words, in sizes of the letters."""
_GUTTER = 5.0
"""How many points wide the gaps of all rows must be together."""
_MANY = 4
"""How many rows must share a gap for it to part what coloured areas do not."""
_MOST_COLUMNS = 60
_BANNER = 2.4
"""How high a row may be that one text goes over whole, in sizes of its letters: one that is higher
holds what stands between two tables."""


Span = tuple[float, float]
"""From where to where something goes, from the left."""


class Stretch(NamedTuple):
    """A stretch of letters without a wide gap."""

    x0: float
    x1: float
    base: float
    size: float
    words: tuple[Span, ...]


def stretches(letters: Iterable[Letter]) -> list[Stretch]:
    """The stretches of these letters, by lines from the top."""
    found: list[Stretch] = []
    shown = [each for each in letters if each.text.strip() and not each.turned]
    for letter in sorted(shown, key=lambda each: (round(each.base), each.x0)):
        span = (letter.x0, letter.x1)
        last = found[-1] if found else None
        gap = (letter.x0 - last.x1) / max(letter.size, 1) if last else 0
        if not last or abs(letter.base - last.base) > 0.35 * letter.size or not -1 < gap < _GAP:
            found.append(Stretch(*span, letter.base, letter.size, (span,)))
            continue
        words = (*last.words, span)
        if gap < _SPACE:
            words = (*last.words[:-1], (last.words[-1][0], max(last.x1, letter.x1)))
        found[-1] = last._replace(x1=max(last.x1, letter.x1), words=words)
    return found


def striped(
    page: Page, taken: Sequence[Box], before: Sequence[float], feet: Sequence[Line]
) -> list[Grid]:
    """The tables of a page whose columns no line parts, outside those that are `taken`; `before`
    are the columns of the table that the page before ended with, and `feet` what stands at its own
    head and foot, which a rule often sets off."""
    fills = [fill for fill in page.fills if _counts(fill.box, page, taken)]
    level = [e for e in edges(page.lines)[0] if not (_within(e, taken) or _sets_off(e, feet))]
    fill_level, upright = sides(fills)
    ruled = merged(level)
    level = [e for e in merged([*level, *fill_level]) if e.end - e.start >= _NARROWEST]
    free = [x for x in page.letters if not any(box.holds(*x.middle) for box in taken)]
    grids: list[Grid] = []
    while level:
        first = level[0]
        same = [e for e in level if _alike(e, first)]
        level = [e for e in level if not _alike(e, first)]
        if len(same) >= 3:
            tops = steps([e.at for e in same])
            drawn = any(_alike(e, first) for e in ruled)
            grids += _stacked(first, tops, drawn, upright, free, before)
    return grids


def _counts(box: Box, page: Page, taken: Sequence[Box]) -> bool:
    """Whether a coloured area may be a part of such a table, and is not the page's own ground."""
    middle = ((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
    whole = box.width * box.height > 0.6 * page.width * page.height
    return not whole and box.height > 5 and not any(each.holds(*middle) for each in taken)


def _within(edge: Edge, taken: Sequence[Box]) -> bool:
    return any(
        box.top - _NEAR <= edge.at <= box.bottom + _NEAR
        and box.x0 - _NEAR <= edge.start
        and edge.end <= box.x1 + _NEAR
        for box in taken
    )


def _sets_off(edge: Edge, feet: Sequence[Line]) -> bool:
    """Whether an edge is a rule over the foot of a page or under its head."""
    return any(-1.5 * line.size < line.base - edge.at < 2.2 * line.size for line in feet)


def _alike(one: Edge, other: Edge) -> bool:
    return abs(one.start - other.start) <= _NEAR and abs(one.end - other.end) <= _NEAR


def _stacked(
    ends: Edge,
    tops: Sequence[float],
    drawn: bool,
    upright: Sequence[Edge],
    letters: Sequence[Letter],
    before: Sequence[float],
) -> Iterator[Grid]:
    """The tables between edges of one width, from the top; `drawn` where any is a line."""
    inside = [x for x in letters if ends.start <= x.middle[0] <= ends.end]
    if not drawn:
        tops = _with_outer(tops, stretches(inside))
    rows = [
        stretches(x for x in inside if top <= x.middle[1] < bottom)
        for top, bottom in itertools.pairwise(tops)
    ]
    start = 0
    for stop, columns in _runs(ends, tops, rows, upright, before):
        if columns and stop - start >= 1:
            yield _grid(columns, tops[start : stop + 1], rows[start:stop], upright)
        start = stop + (0 if columns and stop > start else 1)


def _with_outer(tops: Sequence[float], some: Sequence[Stretch]) -> list[float]:
    """The rules, with one more above and below where lines in several parts stand close: of every
    other row that is coloured, the first and the last may not be."""
    found = list(tops)
    for line in [*reversed([x for x in some if x.base < tops[0]])]:
        if tops[0] - line.base > 1.5 * line.size + (tops[0] - found[0]):
            break
        if found[0] > line.base - line.size:
            found = [line.base - 1.1 * line.size, *tops]
    last = tops[-1]
    for line in [x for x in some if x.base > tops[-1]]:
        if line.base - last > 1.9 * line.size:
            break
        last = line.base
    return [*found, last + 2] if last > tops[-1] else found


def _runs(
    ends: Edge,
    tops: Sequence[float],
    rows: Sequence[Sequence[Stretch]],
    upright: Sequence[Edge],
    before: Sequence[float],
) -> Iterator[tuple[int, list[float]]]:
    """Where each run of rows of one table stops, with its columns; none for a row of no table."""
    start = 0
    while start < len(rows):
        columns = _columns(ends, tops, rows, start, upright, before)
        stop = start
        while columns and stop < len(rows) and _fits(rows[stop], columns, tops, stop):
            stop += 1
        while stop > start and not rows[stop - 1]:
            stop -= 1
        filled = [n for n in range(start, stop) if len(in_columns(rows[n], columns)) > 1]
        if len(filled) < 2 and not (filled and before):
            yield start, []
            start += 1
        else:
            yield stop, columns
            start = stop


def _columns(
    ends: Edge,
    tops: Sequence[float],
    rows: Sequence[Sequence[Stretch]],
    start: int,
    upright: Sequence[Edge],
    before: Sequence[float],
) -> list[float]:
    """The columns of the table that begins with a row."""
    here = [e.at for e in upright if e.covers(tops[start], tops[start + 1])]
    inner = [x for x in steps(here) if ends.start + _NEAR < x < ends.end - _NEAR]
    if crossed(rows[start], inner):
        inner = []
    if not inner and len(before) > 2 and _same_ends(ends, before):
        return list(before)
    below = rows[start:]
    if not inner or len(below) >= _MANY:
        inner = by_text(below, ends.start, ends.end, inner)
    return [ends.start, *inner, ends.end] if inner else []


def by_text(
    rows: Sequence[Sequence[Stretch]], start: float, end: float, drawn: Sequence[float] = ()
) -> list[float]:
    """Where columns begin between these ends: those that are `drawn`, and those that gaps in the
    text part, or that words begin at in most rows."""
    found = list(drawn)
    spans = [[(each.x0, each.x1) for each in row] for row in rows]
    for x0, x1 in gutters(spans, start, end):
        if not any(x0 - _NEAR < x < x1 + _NEAR for x in found):
            found.append(x1 - min(2, (x1 - x0) / 2))
    for x in _aligned(rows):
        if start + _NEAR < x < end - _NEAR and not any(abs(x - each) < 2 * _NEAR for each in found):
            found.append(x)
    return sorted(found)


def _aligned(rows: Sequence[Sequence[Stretch]]) -> list[float]:
    """Where words begin in most rows, often after a wide gap, and none goes over."""
    said = [row for row in rows if row]
    if len(said) < _MANY:
        return []
    begins = Counter(x for row in said for x in {round(w[0]) for e in row for w in e.words})
    after_gap = Counter(x for row in said for x in {round(e.x0) for e in row})
    found: list[float] = []
    for x, _ in begins.most_common(_MOST_COLUMNS):
        count = sum(begins[near] for near in (x - 1, x, x + 1))
        apart = sum(after_gap[near] for near in (x - 1, x, x + 1))
        over = sum(any(w[0] < x - 2 and x < w[1] for e in row for w in e.words) for row in said)
        if count * 2 >= len(said) and apart * 3 >= len(said) and over * 10 <= len(said):
            found.append(x - 1.5)
    return found


def _same_ends(ends: Edge, columns: Sequence[float]) -> bool:
    return abs(columns[0] - ends.start) <= _NEAR and abs(columns[-1] - ends.end) <= _NEAR


def gutters(rows: Sequence[Sequence[Span]], start: float, end: float) -> list[Span]:
    """The gaps that nearly no row has a letter in."""
    said = [row for row in rows if row]
    changes = [change for row in said for x0, x1 in _flat(row) for change in ((x0, 1), (x1, -1))]
    found: list[Span] = []
    over, free_from = 0, end
    for x, step in sorted(changes):
        was_free = over * 10 <= len(said)
        over += step
        is_free = over * 10 <= len(said)
        if was_free and not is_free and x - free_from >= _GUTTER:
            found.append((free_from, x))
        if is_free and not was_free:
            free_from = x
    return [span for span in found if start + _NEAR < sum(span) / 2 < end - _NEAR]


def _flat(row: Sequence[Span]) -> list[tuple[float, float]]:
    """Where a row has letters on any of its lines."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted(row):
        if found and x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def crossed(row: Sequence[Stretch], inner: Sequence[float]) -> list[float]:
    """The edges that a text of a row goes over: none where each stands between two words."""
    if not any(x0 < x - 1 and x + 1 < x1 for x in inner for e in row for x0, x1 in e.words):
        return []
    return [x for x in inner if any(each.x0 < x - 1 and x + 1 < each.x1 for each in row)]


def in_columns(row: Sequence[Stretch], columns: Sequence[float]) -> set[int]:
    """The columns that a row says something in."""
    return {
        n
        for each in row
        for n, (x0, x1) in enumerate(itertools.pairwise(columns))
        if x0 <= (each.x0 + each.x1) / 2 < x1
    }


def _fits(
    row: Sequence[Stretch], columns: Sequence[float], tops: Sequence[float], number: int
) -> bool:
    """Whether a row is one of a table of these columns: a text that goes over all is a heading
    within it only where the rules stand close around it."""
    if not crossed(row, columns[1:-1]):
        return bool(row) or tops[number + 1] - tops[number] < 40
    size = max(each.size for each in row)
    return tops[number + 1] - tops[number] <= _BANNER * size


def _grid(
    columns: list[float],
    tops: Sequence[float],
    rows: Sequence[Sequence[Stretch]],
    upright: Sequence[Edge],
) -> Grid:
    walls = {
        (number, column)
        for number, row in enumerate(rows)
        for column, x in enumerate(columns)
        if x not in crossed(row, columns)
    }
    drawn = all(any(abs(e.at - x) <= _NEAR for e in upright) for x in columns[1:-1])
    return laid_out(columns, list(tops), walls)._replace(inferred=not drawn)
