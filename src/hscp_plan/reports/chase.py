"""The text of an e-mail that asks a lead about the milestones that need an answer."""

from __future__ import annotations

from datetime import timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown, months_between
from ..document import sentence_of
from ..standing import standings
from ..words import listed, one_line, sentence
from . import papers, phrases
from .questions import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Line
    from ..model import Plan
    from ..standing import Standing
    from ..words import Status

WIDTH = 72
SOON = 60
"""So many days before its due date, a milestone is asked about."""
REPLY = "To answer, reply to this e-mail and write below each question; a few words are enough."
SAFE = (
    "Please write nothing that could identify a child or a family: no name, date of birth, "
    "address or case number."
)
STATUSES: tuple[Status, ...] = (
    *("in progress", "on track", "at risk", "off track", "complete", "closed"),
)


class Group(NamedTuple):
    """Milestones that need an answer for the same reason, and that reason."""

    why: str
    standings: list[Standing]


class Chase(NamedTuple):
    """`hscp report chase`: one lead."""

    plan: Plan
    day: date
    who: str
    """The lead, as the plan names it."""
    how: str
    """How to answer, in a sentence or two; empty for a reply to the e-mail."""

    @property
    def subject(self) -> str:
        """The e-mail's subject."""
        every = [standing for group in self.groups() for standing in group.standings]
        verb = "needs an answer" if len(every) == 1 else "need an answer"
        number = phrases.number(every, self.plan.head)
        request = f"{number} {verb}" if every else "nothing needs an answer"
        return one_line(f"{self.plan.head.title}: {request}, {day_shown(self.day)}")

    def groups(self) -> list[Group]:
        """What needs an answer: overdue first, then due soon, then what nothing is heard of, then
        what has no date."""
        late: list[Standing] = []
        soon: list[Standing] = []
        silent: list[Standing] = []
        undated: list[Standing] = []
        for standing in self._open():
            if standing.kind == "overdue":
                late.append(standing)
            elif standing.over <= self._soon:
                soon.append(standing)
            elif _without_news(standing):
                silent.append(standing)
            elif standing.milestone.due.undated:
                undated.append(standing)
        for dated in (late, soon):
            dated.sort(key=lambda standing: standing.over)
        why = ("Overdue", f"Due by {day_shown(self._soon)}", "Begun, and without news", "No date")
        groups = map(Group, why, (late, soon, silent, undated))
        return [group for group in groups if group.standings]

    def text(self) -> str:
        """The e-mail, in lines of at most 72 characters."""
        return "\n".join(self._lines()) + "\n"

    @property
    def _soon(self) -> date:
        return self.day + timedelta(days=SOON)

    def _open(self) -> list[Standing]:
        every = standings(self.plan, self.day)
        return [s for s in every if s.open and self.who in s.lead]

    def _lines(self) -> Iterator[str]:
        head, groups = self.plan.head, self.groups()
        for name, value in (("To", self.who), ("Plan", head.title), ("As at", day_shown(self.day))):
            yield from _wrap(f"{name}: {value}", hang="    ")
        yield ""
        yield from _wrap(self._begins(groups))
        yield ""
        for group in groups:
            yield from _wrap(f"{group.why}: {phrases.number(group.standings, head)}")
            yield ""
            for standing in group.standings:
                yield from self._asks(standing)
                yield ""
        if groups:
            yield from _wrap(self.how or REPLY)
            yield ""
            yield from _wrap(SAFE)
            yield ""
        yield from _wrap(head.partnership)

    def _begins(self, groups: list[Group]) -> str:
        open = self._open()
        if not open:
            milestone = self.plan.head.word_for("milestone")
            return f"You lead no open {milestone}, so nothing is asked of you."
        leads = f"You lead {phrases.number(open, self.plan.head, 'open ')}."
        asked_of = [standing for group in groups for standing in group.standings]
        if not asked_of:
            none = "It is not" if len(open) == 1 else "None of them is"
            late = f"overdue, due by {day_shown(self._soon)}, without news or without a date"
            return f"{leads} {none} {late}, so nothing is asked of you."
        if len(open) == 1:
            them = "it"
        elif len(asked_of) == len(open):
            them = "each of them"
        else:
            them = f"{len(asked_of)} of them"
        fewer = any(map(_said_today, asked_of))
        questions = "what is asked below of" if fewer else "three questions about"
        return f"{leads} Please answer {questions} {them}."

    def _asks(self, standing: Standing) -> Iterator[str]:
        head, hang = self.plan.head, "  "
        yield from _wrap(f"{standing.milestone.id}  {standing.milestone.action}", hang=hang)
        late = f"{standing.words}, " if standing.kind == "overdue" else ""
        parts: list[Line] = [(late, *phrases.due(standing)), phrases.move_count(standing)]
        if standing.disagrees:
            parts.append((f"still said to be {head.word_for(standing.milestone.status)}",))
        yield from _wrap(f"{sentence(phrases.plain(sentence_of(parts)))}.", hang, hang)
        if left := phrases.left_open(standing):
            yield from _wrap(f"{sentence(left)}.", hang, hang)
        last, words = standing.last_said, "Nothing has been logged yet."
        if last:
            entry = papers.entry_line(last, standing, head, evidence=False)
            words = f"Last said {phrases.plain(entry)}"
        yield from _wrap(words, hang, hang)
        for number, question in enumerate(self._questions(standing), 1):
            yield from _wrap(f"{number}. {question}", hang, f"{hang}   ")

    def _questions(self, standing: Standing) -> Iterator[str]:
        """The three plain questions; of what was said that very day, only the last."""
        last, called = standing.last_said, self.plan.head.word_for
        if not _said_today(standing):
            yield f"How is it going: {listed(map(called, STATUSES), 'or')}?"
            since = f"since {last.date.shown}" if last else "so far"
            yield f"What was done {since}, in a sentence or two, and what shows it?"
        late, over = standing.kind == "overdue", day_shown(standing.over)
        if standing.milestone.due.undated:
            yield "By when will it be done? The plan gives no date."
        elif standing.milestone.due.ongoing:
            when = f"was due by {over}" if late else f"is due by {over}"
            yield f"Its review {when}. What did it find, and when is the next?"
        elif late:
            yield "If it is not done yet: by when will it be, and why is it late?"
        else:
            yield f"Will it be done by {over}? If not: by when, and why?"


def _said_today(standing: Standing) -> bool:
    """Whether something was said of it on the very day that the e-mail is of."""
    last = standing.last_said
    return last is not None and last.date.first == last.date.last == standing.day


def _without_news(standing: Standing) -> bool:
    """Whether it has begun and nothing was ever logged, or nothing for three months."""
    last, start = standing.last_said, standing.milestone.start
    if not last:
        return standing.begun
    # What is said before a start need not be said again until it.
    silent_since = max(last.date.last, start.first) if start else last.date.last
    return standing.begun and months_between(silent_since, standing.day) >= MONTHS


def _wrap(text: str, start: str = "", hang: str = "") -> list[str]:
    return wrap(
        one_line(text),
        WIDTH,
        initial_indent=start,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
