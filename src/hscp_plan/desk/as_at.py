"""The day that a plan is looked at as at. It stands in a page's address, and every link of the page
takes it along: the desk keeps none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from ..commands._look import when
from ..dates import day_shown
from ..errors import Mistyped
from .asked import AS_AT

if TYPE_CHECKING:
    from datetime import date

    from ..model import Plan
    from .asked import Asked

_LINK = re.compile(r'(?:\bhref|method="post" action)="(?=/)(?!/static/)([^"#]*)')


class AsAt(NamedTuple):
    """A day that a plan is looked at as at."""

    shown: str
    today: str
    """The address of the same page as at today."""

    def along(self, page: str) -> str:
        """A page, each link of which takes the day along."""
        return _LINK.sub(lambda link: link[0] + self._query(link[1], "&amp;"), page)

    def at(self, address: str) -> str:
        """An address, with the day."""
        return address + self._query(address, "&")

    def _query(self, address: str, joint: str) -> str:
        if f"{AS_AT}=" in address:
            return ""
        return (joint if "?" in address else "?") + urlencode({AS_AT: self.shown})


class Over(NamedTuple):
    """A plan whose period is over, and the day that it may be looked at as at."""

    ended: str
    day: str
    address: str
    """The address of the same page as at that day."""


def as_at(request: Asked) -> AsAt | None:
    """The day that a page is asked for as at; None where that is today, or no day."""
    if not request.as_at:
        return None
    head = request.plan.head if request.plan else None
    try:
        day, today = when(request.as_at, head), when(None, head)
    except Mistyped:
        return None
    if day == today:
        return None
    return AsAt(day_shown(day), _address(request, ""))


def over(request: Asked) -> Over | None:
    """What to offer where the plan's period is over: the last day of it that something was recorded
    of the plan; its end where nothing was, or something was later."""
    plan = request.plan
    if plan is None or request.as_at or plan.head.period.end.last >= when(None, plan.head):
        return None
    end = plan.head.period.end
    day = day_shown(min(_newest(plan) or end.last, end.last))
    return Over(end.shown, day, _address(request, day))


def on_day(request: Asked) -> list[str]:
    """What has a command look at the plan as at the day that was asked for."""
    return [f"--as-at={request.as_at}"] if request.as_at else []


def _newest(plan: Plan) -> date | None:
    logs = (milestone.progress for owner in plan.owners for milestone in owner.milestones)
    return max((log.newest for log in logs if log), default=None)


def _address(request: Asked, day: str) -> str:
    """The address of a page that was asked for, as at a day."""
    if request.method != "GET":
        return f"/?{AS_AT}="
    given = [(name, value) for name, value in request.args.items(multi=True) if name != AS_AT]
    return f"{request.path}?{urlencode([*given, (AS_AT, day)])}"
