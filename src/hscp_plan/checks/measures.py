"""Rules about measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..model import Measure, Plan

_NO_COUNT = (
    r"%|\b(?:per|percent\w*|proportions?|rates?|ratios?|averages?|means?|medians?|scores?|ratings?"
    r"|index|hours?|days?|weeks?|months?|years?)\b|£"
)
"""Words of a name or unit that is no count of people."""


@rule("small-number", "warning")
def small_number(plan: Plan, today: date) -> Iterator[Finding]:
    """A measure counts no fewer than five, unless it counts none.

    From a small number, those who know the area can tell who it was. Rates, averages, percentages
    and lengths of time pass. Where what is counted is no children or families, allow it.

    Fails:
        - period: Q3 2021/22
          value: 3
    Passes:
        - period: 2021/22
          value: 14
    """
    for file, priority in plan.files.items():
        for n, measure in enumerate(priority.measures):
            if not _counts(measure):
                continue
            for m, value in enumerate(measure.values):
                if value.value in ("1", "2", "3", "4"):
                    message = f"{measure.id} counts fewer than five in {value.period.shown}"
                    next_step = (
                        "Give one number for a longer period, or take it out and write "
                        '"under 5" in the next note. If it identifies nobody, say why above it:  '
                        "# hscp: allow small-number: the reason"
                    )
                    yield Finding(file, ("measures", n, "values", m, "value"), message, next_step)


def _counts(measure: Measure) -> bool:
    return not re.search(_NO_COUNT, f"{measure.unit or ''} {measure.name}", re.IGNORECASE)
