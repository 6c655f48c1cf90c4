"""Figures and periods of measures, as they are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import Mistyped, quoted
from ..model import SUPPRESSED, number_in
from ._look import date_given

if TYPE_CHECKING:
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head


def figure_given(text: str, option: str, *, suppressed: bool = True) -> str:
    """A figure as a file has it. Raises Mistyped where it is none."""
    typed = text.strip()
    if suppressed and typed.casefold() == SUPPRESSED:
        return SUPPRESSED
    figure = re.sub(r"\s*%$", "%", typed)
    if number_in(figure) is None:
        what = f"{option} takes a number, and {quoted(text)} is none"
        raise Mistyped(what, "Write digits, such as 42, 3.5 or 40%; put words in --note.")
    return figure


def figure_of_period(
    text: str, option: str, today: date, head: Head, *, past: bool
) -> tuple[str, PlanDate]:
    """A figure and the period it is of, as "52% in January 2023". Raises Mistyped where it is not
    both."""
    figure, _, when = text.strip().partition(" ")
    when = re.sub(r"^(in|of|for|at|on|by|,)\s+", "", when.strip(), flags=re.IGNORECASE)
    if not when:
        what = f"{option} {quoted(text)} does not say both the figure and when it was so"
        raise Mistyped(what, f'Write both:  {option} "52% in 2023-01"')
    period = date_given(when.strip("()"), today, option, head, past=past)
    return figure_given(figure.rstrip(","), option), period


def benchmark_given(text: str, option: str) -> dict[str, str]:
    """Whose figure and the figure, as "England average 68%". Raises Mistyped where it is not
    both."""
    name, _, figure = text.strip().rpartition(" ")
    if not name:
        what = f"{option} {quoted(text)} does not say both whose figure it is and the figure"
        raise Mistyped(what, f'Write both:  {option} "England average 68%"')
    value = figure_given(figure, option, suppressed=False)
    return {"name": name.rstrip(":, "), "value": value}
