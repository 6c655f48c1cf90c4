"""Tables without any line: columns by the gaps in their text. A row begins where one of the columns
says something that is never more than a line, or where the lines stand further apart."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .grid import Grid, laid_out
from .marks import Box
from .striped import by_text, crossed, in_columns, stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .marks import Letter
    from .striped import Stretch

    Row = Sequence[Stretch]

_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
"""With fewer it may as well be text that is set in columns."""
_APART = 1.3
"""How much further apart rows stand than the lines of one."""
_NEXT = 4.0
"""How far apart lines of one table stand at most, in sizes of their letters."""
_WHOLE = 0.6
"""How much of a table's width a line goes over that is none of its rows."""


def bare(letters: Sequence[Letter], before: Sequence[float]) -> tuple[list[Grid], list[Box]]:
    """The tables in letters that stand in none yet; and where one seems to stand of which the rows
    cannot be told apart. `before` are the columns of the table that the page before ended with."""
    found: list[Grid] = []
    doubtful: list[Box] = []
    for rows in _zones(_lines(stretches(letters))):
        box = _around(rows)
        goes_on = len(before) > 2 and not found and _fits(rows, before)
        columns = list(before) if goes_on else [box.x0, *by_text(rows, box.x0, box.x1), box.x1]
        if len(columns) <= _FEWEST_COLUMNS:
            continue
        starts = _starts(rows, columns, 1 if goes_on else _FEWEST_ROWS)
        if starts:
            found.append(_grid(rows, starts, columns, box))
        else:
            doubtful.append(box)
    return found, doubtful


def _lines(some: Sequence[Stretch]) -> list[list[Stretch]]:
    """Stretches by the lines that they stand on."""
    rows: list[list[Stretch]] = []
    for each in some:
        if rows and abs(each.base - rows[-1][0].base) < 0.35 * each.size:
            rows[-1].append(each)
        else:
            rows.append([each])
    return rows


def _zones(rows: Sequence[list[Stretch]]) -> list[list[list[Stretch]]]:
    """Runs of lines that could be of one table."""
    zones: list[list[list[Stretch]]] = [[]]
    for row in rows:
        zone = zones[-1]
        far = bool(zone) and row[0].base - zone[-1][0].base > _NEXT * row[0].size
        whole = len(row) == 1 and bool(zone) and _is_whole(row[0], zone)
        if far or whole:
            zones.append([])
        if not whole:
            zones[-1].append(row)
    below = map(_below_title, zones)
    return [zone for zone in below if len(zone) >= _FEWEST_ROWS]


def _below_title(zone: list[list[Stretch]]) -> list[list[Stretch]]:
    """The lines of a zone without the first, where that goes over a gap of the next: it stands over
    the table, and would hide its columns."""
    if len(zone) < 2 or len(zone[0]) > 1 or len(zone[1]) < _FEWEST_COLUMNS:
        return zone
    (title,) = zone[0]
    gaps = ((left.x1 + right.x0) / 2 for left, right in pairwise(zone[1]))
    return zone[1:] if any(title.x0 < gap < title.x1 for gap in gaps) else zone


def _is_whole(one: Stretch, zone: Sequence[Row]) -> bool:
    box = _around(zone)
    return one.x1 - one.x0 > _WHOLE * box.width


def _around(rows: Sequence[Row]) -> Box:
    some = [each for row in rows for each in row]
    first, last = rows[0][0], rows[-1][0]
    x0, x1 = min(each.x0 for each in some) - 2, max(each.x1 for each in some) + 2
    return Box(x0, first.base - first.size, x1, last.base + 2)


def _fits(rows: Sequence[Row], columns: Sequence[float]) -> bool:
    """Whether lines stand in these columns."""
    some = [each for row in rows for each in row]
    inside = all(columns[0] - 2 <= each.x0 and each.x1 <= columns[-1] + 20 for each in some)
    return inside and not any(crossed(row, columns[1:-1]) for row in rows)


def _starts(rows: Sequence[Row], columns: Sequence[float], fewest: int) -> list[int]:
    """The lines that rows begin at; none where that cannot be told."""
    filled = [in_columns(row, columns) for row in rows]
    gaps = [below[0].base - above[0].base for above, below in pairwise(rows)]
    apart = [0, *(n + 1 for n, gap in enumerate(gaps) if gap > _APART * min(gaps))]
    is_apart = 1 < len(apart) >= fewest and all(len(filled[n]) > 1 for n in apart[1:])
    anchored = max((_anchored(filled, n) for n in range(len(columns) - 1)), key=len)
    if len(anchored) >= fewest and (not is_apart or set(apart) <= {0, *anchored}):
        # What stands above the first is the rest of a row that the page before began.
        return anchored if anchored[0] == 0 else [0, *anchored]
    if is_apart:
        return apart
    full = all(len(some) == len(columns) - 1 for some in filled)
    return [*range(len(rows))] if full else []


def _anchored(filled: Sequence[set[int]], column: int) -> list[int]:
    """The lines on which a column says something, where that is never more than a line of a row;
    the names of the columns may stand close above the first row."""
    found = [n for n, some in enumerate(filled) if column in some]
    named = len(found) > 1 and found[0] == 0 and len(filled[0]) >= max(map(len, filled))
    single = all(below - above > 1 for above, below in pairwise(found[1:] if named else found))
    return found if single and all(len(filled[n]) > 1 for n in found) else []


def _grid(rows: Sequence[Row], starts: Sequence[int], columns: list[float], box: Box) -> Grid:
    tops = [rows[n][0].base - rows[n][0].size for n in starts] + [box.bottom]
    walls = {
        (number, column)
        for number, (start, end) in enumerate(pairwise([*starts, len(rows)]))
        for column, x in enumerate(columns)
        if not any(x in crossed(line, columns) for line in rows[start:end])
    }
    return laid_out(columns, tops, walls)._replace(inferred=True)
