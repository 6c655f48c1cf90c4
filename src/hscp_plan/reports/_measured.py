"""The measures of a year: the figures of each, and whether they changed for the better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..document import Stack
from ..words import FEWER, sentence
from . import papers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Cell, Line
    from ..model import Measure, Priority
    from ._year import Year

BETWEEN = 2.5
"""What "fewer than 5" counts as, to tell which way a measure went: between none and five."""


def measured_in(year: Year, priority: Priority) -> list[tuple[Cell, ...]]:
    """A row for each measure with a figure of the year: its name, figures, change and target."""
    return [row for measure in priority.measures if (row := _row(year, measure))]


def _row(year: Year, measure: Measure) -> tuple[Cell, ...]:
    values = [
        value
        for value in measure.values
        if year.span.first <= value.period.last <= year.span.last and value.period.first <= year.end
    ]
    if not values:
        return ()
    figures: list[Line] = [
        (value.period, f": {value.value}", f" ({value.note})" if value.note else "")
        for value in values
    ]
    change = "One figure only"
    if len(values) > 1:
        change = _change(values[0].value, values[-1].value, measure)
    unit = sentence("; ".join(_unit(measure)))
    return (
        Stack((f"{measure.id} {measure.name}",), ((unit,),) if unit else ()),
        papers.stack(figures, ""),
        change,
        measure.target or "None set",
    )


def _unit(measure: Measure) -> Iterator[str]:
    """The unit that it is counted in, and which way is better."""
    if measure.unit:
        yield f"In {measure.unit}"
    if measure.better:
        yield f"{'more' if measure.better == 'up' else 'less'} is better"


def _change(first: str, last: str, measure: Measure) -> str:
    """How a measure changed, and whether for the better."""
    before, after = _number(first), _number(last)
    if before == after:
        return f"{sentence(FEWER)} each time" if first == FEWER else "No change"
    better = "" if measure.better is None else ": worse"
    if measure.better == ("up" if after > before else "down"):
        better = ": better"
    return f"{first} to {last}{better}"


def _number(text: str) -> float:
    if text == FEWER:
        return BETWEEN
    return float(text.replace(",", "").removesuffix("%"))
