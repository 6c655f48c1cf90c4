"""Rules about measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._few import veil
from ._rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

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
    than 5" in its place. None at all passes, and so do rates, averages, percentages and lengths of
    time. Where what is counted is no children or families, allow it: then it is published as it is.

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
    for file, path, text in _notes(parts):
        if veil(text) != text:
            message = f"`{path[-1]}:` counts fewer than five children or families"
            yield Finding(file, path, message, _NEXT_STEP)


_NEXT_STEP = (
    'It is published as "fewer than 5": say it so here too, or give one number for a longer time. '
    "If it identifies nobody, say why above it:  # hscp: allow small-number: the reason"
)


def _small_values(plan: Plan) -> Iterator[tuple[str, Path, str]]:
    """The measures' values under five: the file, the path of keys, and a name for each."""
    for file, priority in plan.files.items():
        for n, measure in enumerate(priority.measures):
            for m, value in enumerate(measure.values if _counts_people(measure) else ()):
                if value.value in ("1", "2", "3", "4"):
                    label = f"in {value.period.shown}, {measure.id}"
                    yield file, ("measures", n, "values", m, "value"), label


def _notes(parts: Parts) -> Iterator[tuple[str, Path, str]]:
    """Everything that was logged, decided, seen or assured: the file, the path of keys, and the
    text. Actions and objectives are left out: they were published before."""
    for file, priority in parts.plan.files.items():
        for n, measure in enumerate(priority.measures):
            for m, value in enumerate(measure.values):
                yield from _texts(file, ("measures", n, "values", m), value, "note")
        for n, decision in enumerate(priority.decisions):
            yield from _texts(file, ("decisions", n), decision, "decision", "note")
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
