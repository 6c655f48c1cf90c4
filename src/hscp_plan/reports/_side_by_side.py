"""What was promised of measures beside what came, as councils publish it: a column for each period,
or a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import MONTHS
from ..document import Column, Stack, Table
from ._figures import missed, promised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..dates import PlanDate
    from ..document import Cell, Line
    from ..model import Measure, Value

BASELINE, TARGET = "Baseline", "Target"
"""The columns before those of the periods."""
MISSING = "Missing"
"""What stands for a figure of a period that is over, where there is none."""


# --- a column for each period -------------------------------------------------------------------


def told(measure: Measure, day: date) -> dict[str, str]:
    """What is told of a measure, by the label of its column: what it began from, and when; what was
    hoped for, with what others reach; what was promised, and what came."""
    base, other = measure.baseline, measure.benchmark
    begun = f"{base.shown} ({_brief(base.period)})" if base else ""
    held = f"{other.name} {other.value}" if other else ""
    hoped = f"{measure.target} ({held})" if measure.target and held else measure.target or held
    promised = {_promised_label(s.name, s.period): s.value for s in measure.path}
    came = {_actual_label(v.period): v.shown for v in _came(measure, day)}
    return {BASELINE: begun, TARGET: hoped, **promised, **came}


def labels(measures: Iterable[Measure], day: date) -> list[str]:
    """The labels of what was promised and of what came, by period; each once."""
    order: dict[str, tuple[date, int]] = {}
    for measure in measures:
        for step in measure.path:
            order.setdefault(_promised_label(step.name, step.period), (step.period.last, 0))
        for value in _came(measure, day):
            order.setdefault(_actual_label(value.period), (value.period.last, 1))
    return sorted(order, key=lambda label: order[label])


def alike(measures: Iterable[Measure]) -> list[list[Measure]]:
    """The measures whose periods are of the same lengths together, so that one table holds them
    without gaps: months, or quarters."""
    groups: dict[frozenset[str], list[Measure]] = {}
    for measure in measures:
        periods = [s.period for s in measure.path] + [v.period for v in measure.values]
        groups.setdefault(frozenset(p.form for p in periods), []).append(measure)
    return list(groups.values())


def _came(measure: Measure, day: date) -> list[Value]:
    """The figures of periods that began by a day."""
    return [value for value in measure.values if value.period.first <= day]


def _promised_label(name: str | None, period: PlanDate) -> str:
    return f"{name or 'Promised'} – {_brief(period)}"


def _actual_label(period: PlanDate) -> str:
    return f"Actual {_brief(period)}"


def _brief(period: PlanDate) -> str:
    """A period as a narrow column has it: Mar 24."""
    if period.form == "month":
        return f"{MONTHS[period.last.month - 1][:3]} {period.last:%y}"
    return period.text if period.form in ("quarter", "financial year") else period.short


# --- a row for each period ----------------------------------------------------------------------


class _Row(NamedTuple):
    """What is told of a period, or of what stands before and after all periods."""

    when: Cell
    promised: str = ""
    actual: str = ""
    note: str = ""


def by_period(measure: Measure, day: date) -> Table | None:
    """A measure's baseline, what was promised and what came period by period, its target and what
    others reach; None where nothing is told. A column that nothing stands in is left out."""
    rows = [*_baseline_rows(measure), *_period_rows(measure, day), *_hoped_rows(measure)]
    if not rows:
        return None
    names = ("Period", "Promised", "Actual", "Note")
    used = [n for n in range(len(names)) if n == 0 or any(row[n] for row in rows)]
    return Table(
        tuple(Column(names[n]) for n in used),
        tuple(tuple(row[n] for n in used) for row in rows),
        caption=f"{measure.name}, by period",
    )


def _baseline_rows(measure: Measure) -> list[_Row]:
    base = measure.baseline
    return [_Row(_named(BASELINE, base.period), "", base.shown, base.note or "")] if base else []


def _period_rows(measure: Measure, day: date) -> list[_Row]:
    """A row for each figure, beside what was promised for its period; for each promise that has no
    figure; and for each other period that is missed."""
    gone = missed(measure, day)
    rows = [(v.period, promised(measure, v), v.shown, v.note) for v in _came(measure, day)]
    beside = [step for _, step, _, _ in rows]
    for step in measure.path:
        if step not in beside:
            rows.append((step.period, step, MISSING if step.period in gone else "", None))
    told = {period for period, _, _, _ in rows}
    rows += [(period, None, MISSING, None) for period in gone if period not in told]
    rows.sort(key=lambda row: (row[0].last, row[0].first))
    return [
        _Row(_named(step.name, period) if step and step.name else period,
             step.value if step else "", actual, note or "")
        for period, step, actual, note in rows
    ]  # fmt: skip


def _hoped_rows(measure: Measure) -> list[_Row]:
    rows = [_Row(TARGET, measure.target)] if measure.target else []
    if other := measure.benchmark:
        when = _named(other.name, other.period) if other.period else other.name
        rows.append(_Row(when, actual=other.value))
    return rows


def _named(name: str, period: PlanDate) -> Stack:
    note: Line = (period,)
    return Stack((name,), (note,))
