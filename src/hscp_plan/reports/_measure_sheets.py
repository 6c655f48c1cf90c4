"""The measures in a workbook: a sheet with how each stands, and one with every figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import number_in
from ..words import sentence
from . import phrases
from ._figures import against_hopes, age, missed, missed_line, series, small_line, which_better
from ._sheet import Field, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..model import Measure, Plan, Priority
    from ._sheet import Value

_MEASURE = (
    Field("Id", 8),
    Field("Measure", 34),
    Field("Priority", 20),
    Field("What it tells", 14),
    Field("Unit", 14),
    Field("Which way is better", 14),
)
"""The columns that both sheets begin with."""
_STANDS = (
    Field("Last figures", 14),
    Field("Newest", 10),
    Field("Newest: number", 10, "number"),
    Field("Newest: of", 16, "written"),
    Field("How old", 14),
    Field("Against what was hoped", 30),
    Field("Missed", 26),
    Field("Baseline", 12),
    Field("Baseline: of", 16, "written"),
    Field("Target", 14),
    Field("Others", 18),
    Field("Others: figure", 10),
)
_FIGURE = (
    Field("What it is", 11),
    Field("Period", 16, "written"),
    Field("Period: last day", 11, "date"),
    Field("Figure", 12),
    Field("Number", 10, "number"),
    Field("Note", 36),
)
MEASURE_LABELS = [[field.label for field in (*_MEASURE, *more)] for more in (_STANDS, _FIGURE)]
"""What the columns of the two sheets are called."""


def measures_sheet(plan: Plan, day: date) -> Sheet:
    """A row for each measure: how it stands on a day."""
    every = list(_every(plan))
    rows = ((*_begin(p, m), *_stands(m, day)) for p, m in every)
    return _sheet("Measures", _STANDS, every, list(rows))


def figures_sheet(plan: Plan, day: date) -> Sheet:
    """A row for each figure: what a measure began from, what was promised, came or is missed by
    period, what was hoped for, and what others reach."""
    every = list(_every(plan))
    rows = ((*_begin(p, m), *row) for p, m in every for row in _figures(m, day))
    return _sheet("Figures", _FIGURE, every, list(rows))


def _sheet(
    name: str,
    fields: tuple[Field, ...],
    every: list[tuple[Priority, Measure]],
    rows: list[tuple[Value, ...]],
) -> Sheet:
    id, *others = _MEASURE
    wide = max(id.width, *(len(measure.id) + 2 for _, measure in every))
    first_page = len(_MEASURE) + len(_FIGURE)
    return Sheet(name, (id._replace(width=wide), *others, *fields), rows, len(rows), first_page, "")


def _every(plan: Plan) -> Iterator[tuple[Priority, Measure]]:
    return ((priority, measure) for priority in plan.priorities for measure in priority.measures)


def _begin(priority: Priority, measure: Measure) -> tuple[Value, ...]:
    """What is said of a measure in both sheets."""
    return (
        measure.id,
        measure.name,
        f"{priority.id} {priority.title}",
        measure.kind,
        measure.unit,
        sentence(which_better(measure)) or None,
    )


def _stands(measure: Measure, day: date) -> tuple[Value, ...]:
    figures, base, other = series(measure, day), measure.baseline, measure.benchmark
    newest = figures[-1] if figures else None
    return (
        small_line(figures).shown if len(figures) > 1 else None,
        newest.shown if newest else "No figure yet",
        newest.number if newest else None,
        newest.period.shown if newest else None,
        age(newest, day) if newest else None,
        (sentence(against_hopes(measure, newest, day)) if newest else "") or None,
        phrases.plain(missed_line(measure, day)) or None,
        base.shown if base else None,
        base.period.shown if base else None,
        measure.target,
        other.name if other else None,
        other.value if other else None,
    )


def _figures(measure: Measure, day: date) -> Iterator[tuple[Value, ...]]:
    """What it is, of when, the figure as text and as a number, and its note; in the order of
    time, and then what has none."""
    rows: list[tuple[str, PlanDate, str | None, str | None]] = [
        *(("Promised", s.period, s.value, s.name) for s in measure.path),
        *(("Actual", v.period, v.shown, v.note) for v in measure.values if v.period.first <= day),
        *(("Missed", period, None, None) for period in missed(measure, day)),
    ]
    rows.sort(key=lambda row: row[1].last)
    if base := measure.baseline:
        rows.insert(0, ("Baseline", base.period, base.shown, base.note))
    for what, period, figure, note in rows:
        yield _row(what, period, figure, note)
    if measure.target:
        yield _row("Target", None, measure.target, None)
    if other := measure.benchmark:
        yield _row("Benchmark", other.period, other.value, other.name)


def _row(
    what: str, period: PlanDate | None, figure: str | None, note: str | None
) -> tuple[Value, ...]:
    when = (period.shown, period.last) if period else (None, None)
    return (what, *when, figure, number_in(figure or ""), note)
