"""Who is asked about which milestones: a group and its chair who share the same ones once.

Names are whole here: who is named once in full and once by a short name is one.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from ..dates import months_between
from ..errors import Mistyped, nearest, quoted
from ..letters import composed, folded
from ..naming.filters import leads
from ..naming.groups import (
    chairs,
    find_by_name,
    find_by_part,
    find_groups,
    group_names,
    is_chair_of,
)
from ..standing import OPEN, Standing, standings
from ..words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..model import Head, Plan

SOON = 60
"""So many days before its due date, a milestone is asked about."""
MONTHS = 3
"""After how many months without a word a milestone is asked about."""
DIGITS = 10
"""How many hexadecimal digits of a digest stand in a form's mark."""


class Wanted(NamedTuple):
    """Which open milestones are asked about: those that pass all of these or, where none is given,
    those that need an answer."""

    open: bool = False
    """Whether every open milestone is."""
    due_by: date | None = None
    silent: int | None = None
    """For so many months nothing was said."""

    def choose(self, plan: Plan, day: date) -> list[Standing]:
        """Those of a plan's milestones that are asked about on a day, in the published order. Of an
        objective without any nothing is asked: it has no log for an answer."""
        return [s for s in self._all(plan, day) if not s.alone]

    def without_log(self, plan: Plan, day: date) -> list[Standing]:
        """The objectives without milestones that would be asked about, had they a log."""
        return [s for s in self._all(plan, day) if s.alone]

    def _all(self, plan: Plan, day: date) -> Iterator[Standing]:
        return filter(self._passes, standings(plan, day, OPEN))

    def _passes(self, standing: Standing) -> bool:
        if self == Wanted():
            return needs_answer(standing)
        due = self.due_by is None or standing.over <= self.due_by
        return due and (self.silent is None or without_news(standing, self.silent))


def needs_answer(standing: Standing) -> bool:
    """Whether an open milestone is overdue, due soon, begun and without news, or has no date."""
    soon = standing.over <= standing.day + timedelta(days=SOON)
    return soon or standing.milestone.due.undated or without_news(standing)


def without_news(standing: Standing, months: int = MONTHS) -> bool:
    """Whether it has begun and nothing was ever logged, or nothing for so many months. Recurring
    work is to be heard of once for each occurrence."""
    if standing.milestone.every:
        return False
    last, start = standing.last_said, standing.milestone.start
    if not last:
        return standing.begun
    # What is said before a start need not be said again until it.
    silent_since = max(last.date.last, start.first) if start else last.date.last
    return standing.begun and months_between(silent_since, standing.day) >= months


class Request(NamedTuple):
    """What one form asks: of whom, and about which milestones."""

    who: str
    """Who is asked; the answers are theirs."""
    also: tuple[str, ...]
    """Who shares these milestones, and is asked by the same form."""
    standings: tuple[Standing, ...]
    """The late and soon due first."""
    why: str = ""
    """Why they are asked, in a sentence; empty where they alone were named, by a name of theirs."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of what is asked about, in the form's order."""
        return tuple(standing.milestone.id for standing in self.standings)

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody whom it is sent to."""
        return (self.who, *self.also)


def requests(head: Head, chosen: Sequence[Standing]) -> list[Request]:
    """A request to each lead of these milestones, in the plan's order."""
    led = _by_name(head, chosen, accountable=False)
    groups = {chair: group for chair, group in chairs(led) if led[chair] == led[group]}
    asked_with_chair = {*groups.values()}
    return [
        _to_both(name, groups[name], led[name]) if name in groups else in_order(name, led[name])
        for name in led
        if name not in asked_with_chair
    ]


def _to_both(chair: str, group: str, standings: Iterable[Standing]) -> Request:
    why = f"One form asks {chair} and {group}, who lead the same."
    return in_order(chair, standings, (group,))._replace(why=why)


def requests_to(words: Sequence[str], plan: Plan, chosen: Sequence[Standing]) -> list[Request]:
    """The requests to whoever some words name, each once: one name where they are one together, as
    one that was typed without quotation marks. Raises Mistyped as `request_to`."""
    if len(words) > 1 and not any(" " in word for word in words):
        with suppress(Mistyped):
            return [request_to(" ".join(words), plan, chosen)]
    by_who: dict[str, Request] = {}
    for request in (request_to(word, plan, chosen) for word in words):
        if not by_who.setdefault(request.who, request).why:
            by_who[request.who] = request
    return [*by_who.values()]


def request_to(word: str, plan: Plan, chosen: Sequence[Standing]) -> Request:
    """The request to whoever a word names: a lead, or a group by any of its names. Of a group that
    leads nothing, its chair is asked, else itself about what it is accountable for. The request
    may be about nothing.

    Raises Mistyped where the word names nobody, or several.
    """
    head, in_lead = plan.head, leading(plan)
    name = _find_name(word, plan, in_lead)
    is_name = folded(head.whole(word)) == folded(name)
    why = "" if is_name else f"{quoted(word)} is taken for {name}."
    if name not in in_lead:
        if chair := next((lead for lead in in_lead if is_chair_of(lead, name)), None):
            name, why = chair, f"{name} leads nothing itself, so {chair} is asked."
        else:
            by_name = _by_name(head, chosen, accountable=True)
            why = f"{name} leads nothing itself, and is asked about what it is accountable for."
            return in_order(name, by_name.get(name, ()))._replace(why=why)
    for request in requests(head, chosen):
        if name in request.names:
            return request._replace(why=request.why or why)
    return in_order(name, ())


def leading(plan: Plan) -> list[str]:
    """Everybody who leads anything in a plan, ended or not."""
    names = plan.head.names
    return list(dict.fromkeys(names.get(folded(name), composed(name)) for name in leads(plan)))


def unled(chosen: Iterable[Standing]) -> list[Standing]:
    """Those of some milestones that nobody leads."""
    return [standing for standing in chosen if not standing.lead]


def digest(plan: Plan, day: date, request: Request) -> str:
    """What tells a form from every other: ten hexadecimal digits of what it asked of whom, as the
    plan then said it. The same question of the same plan on the same day has the same."""
    asked = [plan.head.partnership, plan.head.id, request.who, day.isoformat()]
    milestones = [_as_asked(standing) for standing in request.standings]
    text = json.dumps([asked, milestones], ensure_ascii=True, separators=(",", ":"))
    digits = sha256(text.encode("ascii")).hexdigest()
    parts = [digits[at : at + DIGITS] for at in range(len(digits) - DIGITS)]
    # Never one that could be taken for a telephone or a case number.
    return next((part for part in parts if not re.search(r"\d{6}", part)), parts[0])


def _as_asked(standing: Standing) -> list[str | list[str]]:
    """What a form says of a milestone."""
    milestone, last = standing.milestone, standing.last_said
    due = milestone.review or milestone.due
    entry = [last.date.text, last.by or "", last.note or "", last.status or ""] if last else []
    return [milestone.id, milestone.action, due.text, milestone.status, entry]


def in_order(who: str, standings: Iterable[Standing], also: tuple[str, ...] = ()) -> Request:
    """A request about milestones in the form's order: what is due first, first."""
    return Request(who, also, tuple(sorted(standings, key=lambda standing: standing.over)))


def _by_name(
    head: Head, chosen: Iterable[Standing], *, accountable: bool
) -> dict[str, list[Standing]]:
    """Milestones by who leads them or, of whom that is asked, is accountable for them."""
    names, by_name = head.names, dict[str, list[Standing]]()
    for standing in chosen:
        written = standing.objective.accountable if accountable else standing.lead
        for name in dict.fromkeys(names.get(folded(name), composed(name)) for name in written):
            by_name.setdefault(name, []).append(standing)
    return by_name


def _find_name(word: str, plan: Plan, in_lead: list[str]) -> str:
    """The lead or group that a word names. Raises Mistyped where that is nobody, or several."""
    known = {name: (plan.head.short(name),) for name in in_lead} | group_names(plan.head)
    names = [n for n, also in known.items() if folded(word) in map(folded, (n, *also))]
    for find in (find_by_name, find_groups, find_by_part):
        names = names or find(word, known)
    # A word that many names hold means those that lead something.
    names = [name for name in names if name in in_lead] or names
    if len(names) == 1:
        return names[0]
    if names:
        raise Mistyped(f"{quoted(word)} may be {listed(names, 'or')}", "Give more of the name.")
    near = nearest(word, [*known], cutoff=0.4)
    raise Mistyped(
        f"nobody in this plan is called {quoted(word)}",
        f"Did you mean: {near}" if near else f"The plan knows: {'; '.join(known) or 'nobody'}.",
    )
