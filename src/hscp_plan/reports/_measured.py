"""The measures of a year: the figures of each, and whether they changed for the better."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ..document import Column, Stack
from ..model import number_in
from ..words import FEWER, sentence
from . import papers
from ._figures import figure_line, missed, promised, which_better
from ._side_by_side import MISSING, TARGET
from ._side_by_side import told as told_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Cell, Line
    from ..model import Measure, Priority, Value
    from ._year import Year

MEASURED = tuple(map(Column, ("Measure", "In the year", "Change", "Target")))
"""The columns of what `measured_in` gives."""
BETWEEN = 2.5
"""What "fewer than 5" counts as, to tell which way a measure went: between none and five."""


def measured_in(year: Year, priority: Priority) -> list[tuple[Cell, ...]]:
    """A row for each measure with a figure of the year, or one that is missing: its name, figures,
    change and target."""
    return [row for measure in priority.measures if (row := _row(year, measure))]


def _row(year: Year, measure: Measure) -> tuple[Cell, ...]:
    values = [
        value
        for value in measure.values
        if year.span.first <= value.period.last <= year.span.last and value.period.first <= year.end
    ]
    figures: list[Line] = [_beside(value, measure) for value in values]
    # The last of its periods is over with the year itself.
    gone = missed(measure, year.end + timedelta(1))
    figures += [(p, f": {MISSING.lower()}") for p in gone if p.last >= year.span.first]
    if not figures:
        return ()
    told = [v.value for v in values if v.value and (v.value == FEWER or v.number is not None)]
    change = "One figure only" if told else "No figure"
    if len(told) > 1:
        change = _change(told[0], told[-1], measure)
    unit = sentence("; ".join(_unit(measure)))
    return (
        Stack((f"{measure.id} {measure.name}",), ((unit,),) if unit else ()),
        papers.stack(figures, ""),
        change,
        told_of(measure, year.end)[TARGET] or "None set",
    )


def _beside(value: Value, measure: Measure) -> Line:
    """A figure beside what was promised for its period."""
    step = promised(measure, value)
    return (*figure_line(value), f"; promised {step.value}" if step else "")


def _unit(measure: Measure) -> Iterator[str]:
    """The unit that it is counted in, and which way is better."""
    if measure.unit:
        yield f"In {measure.unit}"
    if better := which_better(measure):
        yield better


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
    number = number_in(text)
    return BETWEEN if number is None else number
