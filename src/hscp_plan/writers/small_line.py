"""Draws the last figures of a measure as a small line within a sentence, as SVG.

It holds no style: its colour is the sentence's own, on paper and on a dark screen too.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ..words import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import SmallLine

STEP, HIGH, EDGE = 12, 18, 3
"""How far apart two figures stand, how high the drawing is, and what its edges keep free for a dot,
in pixels."""


def drawing(line: SmallLine) -> str:
    """The line, broken where there is no figure, with a dot at the newest; what it shows, in words,
    is its name."""
    places = [
        None if height is None else (EDGE + n * STEP, HIGH - EDGE - height * (HIGH - 2 * EDGE))
        for n, height in enumerate(line.heights)
    ]
    wide = 2 * EDGE + (len(places) - 1) * STEP
    path = "".join(_moves(places))
    parts = [f'<path d="{path}"/>'] if path else []
    if places[-1]:
        x, y = places[-1]
        parts.append(f'<circle cx="{x}" cy="{y:.1f}" r="2.5"/>')
    words = escape(one_line(line.words))
    return (
        f'<svg class="figures" role="img" focusable="false" viewBox="0 0 {wide} {HIGH}" '
        f'width="{wide}" height="{HIGH}">'
        f"<title>{words}</title>{''.join(parts)}</svg>"
    )


def _moves(places: list[tuple[int, float] | None]) -> Iterator[str]:
    """From each figure to the next; after a gap, to where the line goes on."""
    before = None
    for place in places:
        if place:
            x, y = place
            # A figure alone between two gaps is a stroke of no length, drawn as a dot.
            yield f"{'L' if before else 'M'}{x} {y:.1f}" + ("" if before else "h0")
        before = place
