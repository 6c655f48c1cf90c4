"""The reports of `measure` and `add-measure`: what they wrote, and what may come next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..checks.measures import is_few
from ..dates import day_shown
from ..document import Paragraph, Title
from ..model import Value
from ..words import FEWER
from ._figures import about_measure, against_hopes, figure_line
from .recorded import indented, next_steps

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ..dates import PlanDate
    from ..document import Document, Line
    from ..model import Measure
    from .recorded import Written


def measure_recorded(measure: Measure, written: Written) -> Document:
    """A new measure, with all that is said of it."""
    lines: list[Line] = [*about_measure(measure), (written.place,)]
    first = f'Its first figure:  hscp measure {measure.id} FIGURE --period "Q3 2021/22"'
    steps = [Paragraph((first,), apart=True), *next_steps(measure.id, written, apart=False)]
    return (Title(f"{measure.id}  {measure.name}"), *indented(lines), *steps)


def value_recorded(
    measure: Measure, value: Mapping[str, str], period: PlanDate, written: Written, today: date
) -> Document:
    """A measure's figure of a period, as it was written; what it was where it was corrected; the
    one before it; and a caution where the period is not over."""
    span = (period.first, period.last)
    was = next((v for v in measure.values if (v.period.first, v.period.last) == span), None)
    note = value.get("note") or (was.note if was else None)
    figure = Value(period=period, value=value.get("value"), note=note)
    lines: list[Line] = [(*figure_line(figure), f", {written.place}")]
    if was:
        lines.append((f"was {was.shown}",))
    if before := [v for v in measure.values if v.period.last < period.first]:
        lines.append(("before it, ", *figure_line(before[-1])))
    if words := against_hopes(measure, figure, today):
        lines.append((words,))
    hints = []
    if figure.value and period.last > today:
        until = f"{period.shown} is not over until {day_shown(period.last)}."
        again = f'hscp measure {measure.id} FIGURE --period "{period.text}" --correct'
        hints.append(Paragraph((f"{until} To say then what it came to:  {again}",), apart=True))
    if figure.value and is_few(measure, figure.value):
        few = f'It is published as "{FEWER}". To keep it out of the file too, write suppressed.'
        hints.append(Paragraph((few,), apart=True))
    title = Title(f"{measure.id}  {measure.name}")
    return (title, *indented(lines), *hints, *next_steps(measure.id, written, apart=not hints))
