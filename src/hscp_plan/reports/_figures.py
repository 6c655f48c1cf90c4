"""What a measure says on a day: its figures as a small line, against what was hoped for, how old
the newest is, and which are missed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from ..dates import FILE_FORMS, month_later, months_between, read_text
from ..document import SmallLine, sentence_of
from ..model import number_in
from ..words import count, length, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..dates import PlanDate
    from ..document import Line
    from ..model import Measure, Promised, Value

LAST = 12
"""How many of the newest figures the small line draws."""
_COUNTED_ON = ("month", "quarter", "half", "year", "financial year")
"""The forms of period that come again and again."""
_WAYS = (_AS_HOPED, _SHORT, _RUNNING, _KEPT_BACK, _NO_HOPE, _NO_FIGURE) = (
    *("as hoped", "not yet as hoped", "of a period not over yet", "kept back"),
    *("held against nothing", "with no figure"),
)
"""How a measure can stand, by its newest figure: each in one way."""


def which_better(measure: Measure) -> str:
    """Which way is better, in words; empty where nobody said."""
    if measure.better is None:
        return ""
    return f"{'more' if measure.better == 'up' else 'less'} is better"


def how_read(measure: Measure) -> Line:
    """What a measure tells, in what it is counted and which way is better; nothing where nobody
    said."""
    kind = measure.kind
    told = f"{kind} it made" if kind == "what difference" else kind
    unit = measure.unit and f"in {measure.unit}"
    parts = [part for part in (told, unit, which_better(measure)) if part]
    return (sentence("; ".join(parts)),) if parts else ()


def about_measure(measure: Measure) -> Iterator[Line]:
    """How a measure is to be read; what it began from, is held against and hoped for; and what was
    promised on the way: a line each, where there is any."""
    if read := how_read(measure):
        yield read
    hopes: list[Line] = []
    if base := measure.baseline:
        hopes.append(("baseline ", base.period, f": {base.shown}{_in_brackets(base.note)}"))
    if other := measure.benchmark:
        when: Line = (" (", other.period, ")") if other.period else ()
        hopes.append((f"{other.name}", *when, f": {other.value}"))
    if measure.target:
        hopes.append((f"target {measure.target}",))
    if hopes:
        first, *rest = hopes[0]
        yield sentence_of([(sentence(str(first)), *rest), *hopes[1:]])
    if measure.path:
        steps: list[Line] = [(f"{step.value} by ", step.period) for step in measure.path]
        yield ("Promised: ", *sentence_of(steps, ", "))


def figure_line(value: Value) -> Line:
    """A figure with its period and its note."""
    return (value.period, f": {value.shown}{_in_brackets(value.note)}")


def _in_brackets(note: str | None) -> str:
    return f" ({note})" if note else ""


def standing_line(measure: Measure, day: date) -> Line:
    """How a measure stands on a day: the small line, the newest figure against what was hoped for,
    and how old it is; or that there is none."""
    figures = series(measure, day)
    if not figures:
        return ("No figure yet",)
    newest = figures[-1]
    against = against_hopes(measure, newest, day)
    lines: list[Line] = [(*drawn(figures), f"{newest.shown} in ", newest.period)]
    lines += [(against,)] if against else []
    return sentence_of([*lines, (age(newest, day),)])


def missed_line(measure: Measure, day: date) -> Line:
    """Which figures are missed; nothing where none is."""
    periods = missed(measure, day)
    if not periods:
        return ()
    if len(periods) > 2:
        return (f"No figure for {len(periods)} periods, ", periods[0], " to ", periods[-1])
    return ("No figure for ", *sentence_of([(period,) for period in periods], " and "))


def series(measure: Measure, day: date) -> list[Value]:
    """The figures of a measure that began by a day, oldest first, of one length of period: that of
    the newest and, of two as new, of the shorter. A year's total is no next step after its
    quarters."""
    figures = [value for value in measure.values if value.period.first <= day]
    if not figures:
        return []
    newest = max(figures, key=lambda v: (v.period.last, v.period.first))
    same = [value for value in figures if value.period.form == newest.period.form]
    return sorted(same, key=lambda v: v.period.last)


def small_line(figures: Sequence[Value]) -> SmallLine:
    """The newest figures as a small line; its words say how many, and from which to which."""
    last = figures[-LAST:]
    ends = [f"{value.shown} in {value.period.shown}" for value in (*last[:1], *last[-1:])]
    words = f"{count(len(last), 'figure')}, from {' to '.join(ends)}"
    return SmallLine(tuple(value.number for value in last), words)


def drawn(figures: Sequence[Value]) -> Line:
    """The small line and what parts it from the words after it; nothing for one figure alone."""
    return (small_line(figures), "  ") if len(figures) > 1 else ()


def against_hopes(measure: Measure, value: Value, day: date) -> str:
    """A figure against what was promised for its period or, where nothing was, against the target;
    empty where nothing tells, as on a day on which the period is not over."""
    met = is_met(measure, value, day)
    if met is None:
        return ""
    if step := promised(measure, value):
        words = f"the {step.value} promised by {step.period.shown}"
    else:
        words = f"the target of {measure.target}"
    return (
        f"{words} is met" if met else f"{'short of' if measure.better == 'up' else 'above'} {words}"
    )


def hopes(measure: Measure, figures: Sequence[Value], day: date) -> Iterator[str]:
    """The newest figure against what was hoped for, the target, what others reach, and which way
    is better."""
    against = against_hopes(measure, figures[-1], day) if figures else ""
    if against:
        yield against
    if measure.target and "target" not in against:
        yield f"target {measure.target}"
    if measure.benchmark:
        yield f"{measure.benchmark.name}: {measure.benchmark.value}"
    if better := which_better(measure):
        yield better


def is_met(measure: Measure, value: Value, day: date) -> bool | None:
    """Whether a figure is as good as what was promised for its period or, where nothing was, as
    the target; None where nothing tells, as on a day on which the period is not over."""
    if value.period.last > day:
        return None
    step = promised(measure, value)
    hoped = number_in(step.value if step else measure.target or "")
    if value.number is None or hoped is None or measure.better is None:
        return None
    return value.number >= hoped if measure.better == "up" else value.number <= hoped


def promised(measure: Measure, value: Value) -> Promised | None:
    """What was promised for the period of a figure, or for one that ends with it and has no figure
    of its own: what is promised by March is held against the quarter's figure."""
    step = next((s for s in measure.path if s.period.last == value.period.last), None)
    if step and step.period != value.period:
        return None if any(v.period == step.period for v in measure.values) else step
    return step


def age(value: Value, day: date) -> str:
    """How old a figure is on a day, or that its period is not over."""
    if value.period.last > day:
        return "not over yet"
    if value.period.last == day:
        return "newest"
    return f"{length(value.period.last, day)} old"


def missed(measure: Measure, day: date) -> list[PlanDate]:
    """The periods that are over on a day and have no figure: those that something was promised for
    and, where nothing was or after the last of them, those that come as often as the figures
    did."""
    had = {value.period.last for value in measure.values}
    awaited = [step.period for step in measure.path]
    promised_until = max((period.last for period in awaited), default=date.min)
    regular = _regular(series(measure, day), day)
    awaited += [period for period in regular if period.last > promised_until]
    return [period for period in awaited if period.last < day and period.last not in had]


def _regular(figures: Sequence[Value], day: date) -> list[PlanDate]:
    """The periods up to a day that come as often as these figures do, from the first on. One alone
    tells how often where it is of a quarter or a year."""
    starts = [value.period.first for value in figures]
    gaps = [months_between(*pair) for pair in pairwise(starts)]
    form = figures[0].period.form if figures else ""
    # Of a month, two gaps tell: a figure of March and one of July are no rhythm yet.
    if form not in _COUNTED_ON or (form == "month" and len(gaps) < 2):
        return []
    step = min(gaps, default=FILE_FORMS[form].months)
    periods: list[PlanDate] = []
    while step and (not periods or periods[-1].last < day):
        year, month = month_later(starts[0].year, starts[0].month, step * len(periods))
        periods.append(read_text(FILE_FORMS[form].write(starts[0].replace(year=year, month=month))))
    return periods


def summary(measures: list[Measure], day: date) -> str:
    """How many measures there are, how many of them stand in each way, which add up; and of how
    many a figure is missed, which they may be beside."""
    ways = Counter(_way(measure, day) for measure in measures)
    told = listed(f"{ways[way]} {way}" for way in _WAYS if ways[way])
    waiting = sum(bool(missed(measure, day)) for measure in measures)
    gone = f"; of {waiting} a figure is missed" if waiting else ""
    return f"{count(len(measures), 'measure')}: {told}{gone}"


def _way(measure: Measure, day: date) -> str:
    """In which of the ways a measure stands."""
    figures = series(measure, day)
    if not figures or figures[-1].value is None:
        return _NO_FIGURE
    if figures[-1].number is None:
        return _KEPT_BACK
    if figures[-1].period.last > day:
        return _RUNNING
    return {True: _AS_HOPED, False: _SHORT, None: _NO_HOPE}[is_met(measure, figures[-1], day)]
