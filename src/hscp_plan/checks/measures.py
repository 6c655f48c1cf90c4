"""Rules about measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..model import SUPPRESSED
from ..reading.files import HEAD
from ..words import FEWER
from ._few import veil
from ._rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..frozen import Frozen
    from ..model import Measure, Plan
    from ._walk import Parts, Path

_NO_COUNT = (
    r"%|\b(?:per|percent\w*|proportions?|rates?|ratios?|averages?|means?|medians?|scores?|ratings?"
    r"|index|hours?|days?|weeks?|months?|years?)\b|£"
)
"""Words of a name or unit that is no count of people."""


@rule("small-number", "warning")
def small_number(parts: Parts, today: date) -> Iterator[Finding]:
    """Neither a measure nor a note counts fewer than five children or families.

    From a small number, those who know the area can tell who it was. What is published says "fewer
    than 5" in its place, and "suppressed" for a total that holds a period of such a number, or of a
    suppressed one. None at all passes, and so do rates, averages, percentages and lengths of time.
    Where what is counted is no children or families, allow it: then it is published as it is.

    Fails:
        - period: Q3 2021/22
          value: 3
          note: Two children were counted twice.
    Passes:
        - period: 2021/22
          value: 14
    """
    for file, path, label in _small_values(parts.plan):
        yield Finding(file, path, f"{label} counts fewer than five", _NEXT_STEP)
    few = {(file, path) for file, path, _ in _small_values(parts.plan)}
    for file, path, label in _totals(parts.plan):
        if (file, path) not in few:
            message = f"{label} is a total, which gives away a figure that is kept back"
            yield Finding(file, path, message, _NEXT_STEP_TOTAL)
    for file, path, text in _notes(parts):
        if veil(text) != text:
            message = f"`{path[-1]}:` counts fewer than five children or families"
            yield Finding(file, path, message, _NEXT_STEP)


_NEXT_STEP_TOTAL = (
    'It is published as "suppressed": say it so here too, or leave out the shorter periods. If it '
    "gives nobody away, say why above it:  # hscp: allow small-number: the reason"
)
_NEXT_STEP = (
    'It is published as "fewer than 5": say it so here too, or give one number for a longer time. '
    "If it identifies nobody, say why above it:  # hscp: allow small-number: the reason"
)


def _small_values(plan: Plan) -> Iterator[tuple[str, Path, str]]:
    """The measures' figures under five: the file, the path of keys, and a name for each."""
    for file, priority in plan.files.items():
        for n, measure in enumerate(priority.measures):
            for path, period, value in _figures(measure):
                if is_few(measure, value):
                    label = f"in {period.shown}, {measure.id}" if period else measure.id
                    yield file, ("measures", n, *path, "value"), label


def _figures(measure: Measure) -> Iterator[tuple[Path, PlanDate | None, str]]:
    """Every figure of a measure: the path of keys to what holds it, its period where it has one,
    and its text."""
    if measure.baseline:
        yield ("baseline",), measure.baseline.period, measure.baseline.value or ""
    if measure.benchmark:
        yield ("benchmark",), measure.benchmark.period, measure.benchmark.value
    for key in ("path", "values"):
        for number, item in enumerate(getattr(measure, key)):
            yield (key, number), item.period, item.value or ""


def is_few(measure: Measure, value: str) -> bool:
    """Whether a figure of a measure counts fewer than five people, and not none."""
    return _counts_people(measure) and is_few_number(value)


def published_figure(value: str) -> str:
    """What is published in the place of a figure that was found."""
    return FEWER if is_few_number(value) else SUPPRESSED


def is_few_number(value: str) -> bool:
    """Whether a figure, if it counts people, counts fewer than five, and not none."""
    return re.fullmatch(r"0*[1-4](\.0+)?", value) is not None


def _totals(plan: Plan) -> Iterator[tuple[str, Path, str]]:
    """The figures of longer periods that hold one which is kept back, or is under five: the rest
    taken away from such a total gives it away."""
    for file, priority in plan.files.items():
        for n, measure in enumerate(priority.measures):
            if not _counts_people(measure):
                continue
            hidden = [
                value.period
                for value in measure.values
                if value.value in (None, SUPPRESSED) or is_few(measure, value.value)
            ]
            for m, value in enumerate(measure.values):
                is_count = value.number is not None and not str(value.value).endswith("%")
                if is_count and any(_holds(value.period, h) for h in hidden):
                    label = f"in {value.period.shown}, {measure.id}"
                    yield file, ("measures", n, "values", m, "value"), label


def _holds(longer: PlanDate, shorter: PlanDate) -> bool:
    """Whether a period holds another, and more."""
    if (longer.first, longer.last) == (shorter.first, shorter.last):
        return False
    return longer.first <= shorter.first and shorter.last <= longer.last


def _notes(parts: Parts) -> Iterator[tuple[str, Path, str]]:
    """Everything that was logged, decided, seen, assured or recommended: the file, the path of
    keys, and the text. Actions and objectives are left out: they were published before."""
    for n, review in enumerate(parts.plan.head.reviews):
        for m, recommendation in enumerate(review.recommendations):
            of = ("reviews", n, "recommendations", m)
            yield from _texts(HEAD, of, recommendation, "words", "not_implemented")
    for file, path, decision in parts.decisions:
        yield from _texts(file, path, decision, "decision", "note")
    for file, priority in parts.plan.files.items():
        for n, measure in enumerate(priority.measures):
            if measure.baseline:
                yield from _texts(file, ("measures", n, "baseline"), measure.baseline, "note")
            for m, value in enumerate(measure.values):
                yield from _texts(file, ("measures", n, "values", m), value, "note")
        for n, impact in enumerate(priority.impact):
            yield from _texts(file, ("impact", n), impact, "note")
        for n, assurance in enumerate(priority.assurance):
            yield from _texts(file, ("assurance", n), assurance, "note")
    for at, entries in parts.logs:
        for n, entry in enumerate(entries):
            if entry.note:
                yield at.file, (*at.path, "progress", n, "note"), entry.note


def _texts(file: str, path: Path, part: Frozen, *keys: str) -> Iterator[tuple[str, Path, str]]:
    for key in keys:
        if text := getattr(part, key):
            yield file, (*path, key), text


def _counts_people(measure: Measure) -> bool:
    return not re.search(_NO_COUNT, f"{measure.unit or ''} {measure.name}", re.IGNORECASE)
