"""A plan for other programs: opened from its folder, and looked at on a day."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from . import store
from .as_at import as_at
from .reading.finding import find
from .standing import standings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from .errors import Fault
    from .model import Plan
    from .standing import Standing


class OnDay(NamedTuple):
    """A plan as it was on a day, as its log tells."""

    day: date
    plan: Plan
    standings: tuple[Standing, ...]
    """Its milestones, each with how it stood, in the published order."""


class Opened(NamedTuple):
    """A plan that was read. How its milestones stand depends on the day: ask `on` one."""

    plan: Plan
    faults: tuple[Fault, ...]
    """What is wrong with its files; what an error spoils is missing from the plan."""

    def on(self, day: date) -> OnDay:
        """The plan on a day: what was logged after it does not count."""
        plan = as_at(self.plan, day)
        return OnDay(day, plan, tuple(standings(plan, day)))


def open_plan(folder: str | Path | None = None) -> Opened:
    """Read the plan in a folder; without one, the nearest from here upwards. A fault of its files
    raises nothing: it is in the answer.

    Raises Mistyped where the folder holds no plan.
    """
    opened = store.open_plan(find(None if folder is None else os.fspath(folder)))
    return Opened(opened.plan, opened.faults)
