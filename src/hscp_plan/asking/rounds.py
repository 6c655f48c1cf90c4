"""What became of each round of asking: who answered, who had nothing to report, who said nothing.

A plan keeps when an answer came. What it said, its log tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from ..dates import day_shown
from ..letters import folded
from ..words import ENDED, count, plural
from .form import NOTHING_NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from ..model import Entry, Head, Plan, Round

Reply = Literal["answered", "nothing to report", "no answer"]


class Asking(NamedTuple):
    """A round with what became of it."""

    round: Round
    reply: Reply
    times: int
    """In how many rounds on end nobody answered, up to and with this one; 0 where they did."""
    late: bool
    """Whether nobody answered, and the last day to do so is over."""


def is_nothing(entry: Entry) -> bool:
    """Whether an entry says that there was nothing to report, and no more."""
    says_more = entry.status or entry.moved or entry.agreed or entry.evidence
    return entry.note == NOTHING_NOTE and not says_more


def askings(plan: Plan, day: date) -> list[Asking]:
    """Every round with what became of it by a day: the newest first, those of one day in the order
    of asking."""
    entries = {m.id: m.progress.entries for p in plan.owners for m in p.milestones}
    times = _times(plan.asked, plan.head)
    found = [
        Asking(round, _reply(round, entries, plan.head), times[number], _is_late(round, day))
        for number, round in enumerate(plan.asked)
    ]
    return sorted(found, key=lambda asking: asking.round.date.first, reverse=True)


def _is_late(round: Round, day: date) -> bool:
    return bool(not round.answered and round.reply_by and round.reply_by.last < day)


def _reply(round: Round, entries: dict[str, tuple[Entry, ...]], head: Head) -> Reply:
    """What became of a round: nothing to report where all that they said of it says only that."""
    if not round.answered:
        return "no answer"
    names = {head.whole(name) for name in (round.who, *round.also)}
    first, last = round.date.first, round.answered.last
    said = [
        entry
        for id in round.ids
        for entry in entries.get(id, ())
        if first <= entry.date.first <= last and entry.by and head.whole(entry.by) in names
    ]
    return "nothing to report" if said and all(map(is_nothing, said)) else "answered"


def _times(rounds: Iterable[Round], head: Head) -> dict[int, int]:
    """For each round, by its number, in how many on end whoever was asked has not answered. What
    was asked on one day counts once."""
    numbers: dict[str, dict[date, list[int]]] = {}
    answered: set[tuple[str, date]] = set()
    for number, round in enumerate(rounds):
        who, day = folded(head.whole(round.who)), round.date.first
        numbers.setdefault(who, {}).setdefault(day, []).append(number)
        if round.answered:
            answered.add((who, day))
    times: dict[int, int] = {}
    for who, by_day in numbers.items():
        on_end = 0
        for day in sorted(by_day):
            on_end = 0 if (who, day) in answered else on_end + 1
            times |= dict.fromkeys(by_day[day], on_end)
    return times


class Tally(NamedTuple):
    """Who was asked on one day, and how many of them did what; each counts once."""

    day: date
    answered: int
    """They had something to report."""
    nothing: int
    """They answered that they had nothing to report."""
    unanswered: tuple[int, ...]
    """Of each that has not answered, how often on end."""
    late: bool
    """Whether the last day to answer is over for any of them."""

    @property
    def asked(self) -> int:
        """How many were asked."""
        return self.answered + self.nothing + len(self.unanswered)

    def sentence(self, head: Head) -> str:
        """Asked 12 leads on 4 January 2022: 9 answered, 2 had nothing to report, 1 has not
        answered, though asked twice."""
        lead = head.word_for("lead")
        many = count(self.asked, lead, plural(lead))
        parts = [
            f"{self.answered} answered" if self.answered else "",
            f"{self.nothing} had nothing to report" if self.nothing else "",
            self._silent(),
        ]
        return f"Asked {many} on {day_shown(self.day)}: {', '.join(filter(None, parts))}."

    def _silent(self) -> str:
        number = len(self.unanswered)
        if not number:
            return ""
        yet = "" if self.late else " yet"
        text = f"{number} {'has' if number == 1 else 'have'} not answered{yet}"
        again = [times for times in self.unanswered if times > 1]
        if not again:
            return text
        often = how_often(again[0]) if len({*again}) == 1 else "twice or more"
        if number == 1:
            return f"{text}, though asked {often}"
        return f"{text}, {'all' if len(again) == number else len(again)} of them asked {often}"


def owing(plan: Plan, found: Sequence[Asking]) -> list[Asking]:
    """Of these rounds, the newest first, those of before the last day of asking that still want an
    answer: nobody whom they asked has been asked or has answered since, and something is open."""
    open_ids = {m.id for p in plan.owners for m in p.milestones if m.status not in ENDED}
    newest: dict[str, Asking] = {}
    for asking in found:
        newest.setdefault(folded(plan.head.whole(asking.round.who)), asking)
    return [
        asking
        for asking in newest.values()
        if asking.times
        and asking.round.date.first < found[0].round.date.first
        and open_ids.intersection(asking.round.ids)
    ]


def how_often(times: int) -> str:
    """Twice, three times."""
    return {1: "once", 2: "twice", 3: "three times", 4: "four times"}.get(times, f"{times} times")


def tally(found: Iterable[Asking], head: Head) -> list[Tally]:
    """How many did what on each day of asking, the newest first."""
    days: dict[date, dict[str, list[Asking]]] = {}
    for asking in found:
        of_day = days.setdefault(asking.round.date.first, {})
        of_day.setdefault(folded(head.whole(asking.round.who)), []).append(asking)
    return [_tally(day, [*days[day].values()]) for day in sorted(days, reverse=True)]


def _tally(day: date, by_lead: list[list[Asking]]) -> Tally:
    replies = [{asking.reply for asking in asked} for asked in by_lead]
    silent = [
        asked for asked, reply in zip(by_lead, replies, strict=True) if reply == {"no answer"}
    ]
    answered = sum("answered" in reply for reply in replies)
    return Tally(
        day,
        answered,
        len(by_lead) - answered - len(silent),
        tuple(asked[0].times for asked in silent),
        any(asking.late or not asking.round.reply_by for asked in silent for asking in asked),
    )
