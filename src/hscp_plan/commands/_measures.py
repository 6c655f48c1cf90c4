"""Figures and periods of measures, as they are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import Mistyped, quoted
from ..model import SUPPRESSED, number_in
from ..typed_dates import find_date
from ._look import date_given

if TYPE_CHECKING:
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head

_BEFORE_PERIOD = r"^(in|of|for|at|on|by|,)\s+"


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
    when = re.sub(_BEFORE_PERIOD, "", when.strip(), flags=re.IGNORECASE)
    if not when:
        what = f"{option} {quoted(text)} does not say both the figure and when it was so"
        raise Mistyped(what, f'Write both:  {option} "52% in 2023-01"')
    period = date_given(when.strip("()"), today, option, head, past=past)
    return figure_given(figure.rstrip(","), option), period


def benchmark_given(text: str, option: str, today: date, head: Head) -> dict[str, str]:
    """Whose figure, the figure and what it is of, where that is said, as "England average 68% in
    2024/25". Raises Mistyped where it does not say whose, or no figure."""
    words = text.split()
    for at, word in enumerate(words[1:], 1):
        if number_in(word) is None:
            continue
        when = re.sub(_BEFORE_PERIOD, "", " ".join(words[at + 1 :]), flags=re.IGNORECASE)
        period = find_date(when.strip("()"), today, past=True, day_first=head.day_first)
        if when and period is None:
            continue
        whose = {"name": " ".join(words[:at]).rstrip(":, "), "value": word}
        return {**whose, "period": period.text} if period else whose
    what = f"{option} {quoted(text)} does not say both whose figure it is and the figure"
    raise Mistyped(what, f'Write both:  {option} "England average 68%"')
