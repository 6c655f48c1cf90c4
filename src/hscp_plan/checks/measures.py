"""Rules about measures."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..frozen import Frozen
from ..model import SUPPRESSED, Head, Log, Milestone, Priority, Statement, number_in
from ..reading.files import HEAD
from ..words import FEWER
from ._few import veil
from ._rule import Finding, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..model import Measure, Plan
    from ._walk import Parts, Path

_NO_COUNT = (
    r"%|\b(?:per|percent\w*|proportions?|rates?|ratios?|averages?|means?|medians?|scores?|ratings?"
    r"|index|hours?|days?|weeks?|months?|years?)\b|£"
)
"""Words of a name or unit that is no count of people."""


@rule("small-number", "warning")
def small_number(parts: Parts, today: date) -> Iterator[Finding]:
    """Neither a measure nor a text counts fewer than five children, families or adults.

    From a small number, those who know the area can tell who it was. What is published says "fewer
    than 5" in its place, and "suppressed" for a total that holds a period of such a number, or of a
    suppressed one. None at all passes, and so do rates, averages, percentages and lengths of time.
    So do actions, objectives and what else of the plan was published before. A plan, referral, case
    or death counts as whom it is for; a home, team, meeting or conference does not. Where what is
    counted is none of them, allow it: then it is published as it is.

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
    for file, path, text in _texts(parts):
        if veil(text) != text:
            key = next(step for step in reversed(path) if isinstance(step, str))
            message = f"`{key}:` counts fewer than five people"
            yield Finding(file, path, message, _NEXT_STEP)


@rule("figure-twice", "error")
def figure_twice(parts: Parts, today: date) -> Iterator[Finding]:
    """A measure has one figure for a period.

    Nobody could tell which of two is right, and what is published would show both.

    Fails:
        - {period: Q3 2021/22, value: 50}
        - {period: Q3 2021/22, value: 51}
    Passes:
        - {period: Q3 2021/22, value: 51}
    """
    for file, priority in parts.plan.files.items():
        for n, measure in enumerate(priority.measures):
            for key in ("path", "values"):
                first: dict[tuple[date, date], Path] = {}
                for m, item in enumerate(getattr(measure, key)):
                    path = ("measures", n, key, m, "period")
                    other = first.setdefault((item.period.first, item.period.last), path)
                    if other != path:
                        what = f"{measure.id} has a figure for {item.period.shown} already"
                        yield Finding(
                            file, path, f"{what}, at {{other}}", _ONE_FIGURE, other=(file, other)
                        )


_ONE_FIGURE = "Keep the one that is right, and take the other out."
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
    taken away from such a total gives it away. What was counted and what was promised are apart,
    and a benchmark is somebody else's figure."""
    for file, priority in plan.files.items():
        for n, measure in enumerate(priority.measures):
            if _counts_people(measure):
                counted = [f for f in _figures(measure) if f[0][0] in ("baseline", "values")]
                promised = [f for f in _figures(measure) if f[0][0] == "path"]
                for path, period in (*_telling(counted), *_telling(promised)):
                    label = f"in {period.shown}, {measure.id}"
                    yield file, ("measures", n, *path, "value"), label


def _telling(figures: list[tuple[Path, PlanDate | None, str]]) -> Iterator[tuple[Path, PlanDate]]:
    """Those of some figures that hold another which is kept back: the path and period of each."""
    dated = [(path, period, value) for path, period, value in figures if period]
    hidden = [p for _, p, value in dated if value in ("", SUPPRESSED) or is_few_number(value)]
    for path, period, value in dated:
        is_count = number_in(value) is not None and not value.endswith("%")
        if is_count and any(_holds(period, shorter) for shorter in hidden):
            yield path, period


def _holds(longer: PlanDate, shorter: PlanDate) -> bool:
    """Whether a period holds another, and more."""
    if (longer.first, longer.last) == (shorter.first, shorter.last):
        return False
    return longer.first <= shorter.first and shorter.last <= longer.last


AS_PUBLISHED = {
    Head: ("partnership", "short_name", "title", "vision", "introduction", "reporting"),
    Priority: ("title", "outcome", "outcome_label", "evidence"),
    Statement: ("text",),
    Milestone: ("action", "status"),
}
"""The keys of each class whose texts were published before, in the plan itself; and a status."""


def _texts(parts: Parts) -> Iterator[tuple[str, Path, str]]:
    """Every text of the plan but those published before: the file, the path of keys, and the text
    itself."""
    for file, whole in ((HEAD, parts.plan.head), *parts.plan.files.items()):
        for path, text in _texts_in(whole, ()):
            yield file, path, text


def _texts_in(part: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(part, str):
        yield path, part
    elif isinstance(part, Frozen):
        left_out = AS_PUBLISHED.get(type(part), ())
        for key, value in part.items():
            if value and key not in left_out:
                yield from _texts_in(value, (*path, key))
    elif isinstance(part, Mapping):
        for key, value in part.items():
            yield (*path, key), value
    elif isinstance(part, (tuple, Log)):
        for n, item in enumerate(part):
            yield from _texts_in(item, (*path, n))


def _counts_people(measure: Measure) -> bool:
    return not re.search(_NO_COUNT, f"{measure.unit or ''} {measure.name}", re.IGNORECASE)
