"""The form that a lead fills in: one table with a row for each milestone that is asked about, and
the same as the text of an e-mail."""

from __future__ import annotations

from datetime import date, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from ..as_at import as_at
from ..asking import form
from ..asking.requests import digest, in_order
from ..asking.returned import Sent, plan_with
from ..dates import of_day
from ..document import (
    Column,
    Facts,
    Numbered,
    Paper,
    Paragraph,
    Room,
    Stack,
    Table,
    Title,
    sentence_of,
)
from ..letters import folded
from ..model import Log, Round
from ..naming.meetings import with_article
from ..standing import standings
from ..words import cut, listed, one_line, sentence
from . import papers, phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ..asking.requests import Request
    from ..dates import PlanDate
    from ..document import Block, Cell, Line
    from ..model import Milestone, Plan
    from ..standing import Standing
    from ..words import Status

WIDTH = 72
"""How wide the lines of an e-mail are."""
MOST_SAID = 240
"""How many letters of what was last said are repeated."""
FEWEST = 3
"""How many words a line of ours has at least, where that can be: of fewer nobody could tell, when
they come back, whether they are ours or an answer."""
GAP = 3
"""How many lines of an e-mail are left free for an answer."""
SAFE = (
    "Please write nothing that could identify a child, an adult at risk or a family: no name, "
    "date of birth, address or case number."
)
STATUSES: tuple[Status, ...] = (
    *("in progress", "on track", "at risk", "off track", "complete", "closed"),
)
HINT = "\u00a0" * 5
"""What an empty cell to write in holds: nothing that could be taken for an answer."""
LINES = {"happened": 3, "evidence": 1, "date": 1}
"""About how many lines each question is answered in."""


OPENINGS = (
    *("Update:", "Reply by:", "For:", "Send it to:", "Plan:", "Dear", "How is this"),
    *("How are these", "Asked by", "Save this file, and send it back"),
)
"""How texts of a form begin that name people, days or numbers."""


class AskForm(NamedTuple):
    """`hscp ask`: one form."""

    plan: Plan
    day: date
    request: Request
    slug: str
    """Who, as a part of the file's name."""
    meeting: str = ""
    """The meeting that it is for, with its day."""
    reply_by: PlanDate | None = None
    """The last day to answer."""
    sender: str = ""
    """Who asks, to whom it is sent back."""

    @property
    def name(self) -> str:
        """What its file is called, without day and ending."""
        return f"ask-{self.slug}"

    @property
    def mark(self) -> form.Mark:
        """What tells this form from every other."""
        asked = digest(self.plan, self.day, self.request)
        return form.Mark(self.plan.head.id, self.day, asked, self.request.who)

    def options(self) -> tuple[str, ...]:
        """The answers to choose from as a status."""
        words = [form.NOTHING, *(sentence(self.plan.head.word_for(s)) for s in STATUSES)]
        # A plan may call two of them the same; Word opens no list that says one twice.
        by_letters: dict[str, str] = {}
        for word in words:
            by_letters.setdefault(folded(word), word)
        return tuple(by_letters.values())

    @property
    def round(self) -> Round:
        """That this was asked, as the plan keeps it."""
        request = self.request
        return Round(
            date=of_day(self.day),
            who=request.who,
            also=request.also,
            ids=request.ids,
            for_=self.meeting or None,
            reply_by=self.reply_by,
            form=self.mark.digest,
        )

    # --- as a paper -----------------------------------------------------------------------------

    def paper(self) -> Paper:
        """The form to fill in."""
        head, mark = self.plan.head, self.mark.text
        blocks: list[Block] = [
            Title(f"Update: {listed(self.request.names)}"),
            Facts(tuple(self._facts())),
            Paragraph((f"Dear {self.request.who},",), apart=True),
            Paragraph((self._asks(),)),
            Numbered(tuple((line,) for line in self._instructions())),
            self._table(),
            Paragraph((mark,), small=True),
        ]
        return Paper(
            *(self.name, tuple(blocks), head.partnership, mark),
            landscape=True,
            day=self.day,
            properties={form.PROPERTY: mark},
        )

    def _facts(self) -> Iterator[tuple[str, Line]]:
        if self.reply_by:
            yield "Reply by", (self.reply_by.shown,)
        if self.meeting:
            yield "For", (self.meeting,)
        if self.sender:
            yield "Send it to", (self.sender,)
        yield "Plan", (self.plan.head.title,)

    def _asks(self) -> str:
        """What is asked, in a sentence or two."""
        many, number = len(self.request.standings) > 1, self._number()
        what = f"How {'are these' if many else 'is this'} {number} going?"
        nothing = f"“{form.NOTHING}” is an answer too."
        return f"{what} A few words on each are enough, and {nothing}"

    def _number(self) -> str:
        """The milestones, and how many they are where they are several."""
        standings = self.request.standings
        if len(standings) == 1:
            return self.plan.head.word_for("milestone")
        return phrases.number(standings, self.plan.head)

    def _instructions(self) -> Iterator[str]:
        """How to fill it in, in at most five lines."""
        yield "Write in the white cells. What you leave as it is counts as no answer."
        yield f"Status: choose the word that fits, or “{form.NOTHING}”."
        yield "Evidence: what shows it, such as minutes, a report or a web address."
        yield SAFE
        to = f" to {with_article(self.sender)}" if self.sender else ""
        by = f" by {self.reply_by.shown}" if self.reply_by else ""
        yield f"Save this file, and send it back{to}{by}."

    def _table(self) -> Table:
        rows = tuple(self._row(standing) for standing in self.request.standings)
        columns = tuple(Column(label) for label in form.LABELS.values())
        return Table(columns, rows, caption=f"Questions about {self._number()}")

    def _row(self, standing: Standing) -> tuple[Cell, ...]:
        id = standing.milestone.id
        return (
            id,
            standing.milestone.action,
            Stack(_due(standing), tuple(filter(None, [_doubt(standing)]))),
            self._last_said(standing),
            *(self._room(id, question) for question in form.QUESTIONS),
        )

    def cells(self, standing: Standing) -> dict[str, str]:
        """What the cells that are filled in already say, by the names in `form.LABELS`."""
        due = "\n".join(phrases.plain(line) for line in (_due(standing), _doubt(standing)) if line)
        action, last = standing.milestone.action, self._last_said(standing)
        return {"action": action, "due": due, "last": last}

    def texts(self) -> list[str]:
        """Every text that stands outside the cells, in Word and in an e-mail."""
        facts = [f"{name}: {phrases.plain(line)}" for name, line in self._facts()]
        head = [f"Update: {listed(self.request.names)}", self.plan.head.partnership, self._asks()]
        return [*head, *facts, *self._instructions(), f"Dear {self.request.who},", self.mail_text()]

    def _room(self, id: str, question: str) -> Room:
        label, name = f"{id}: {form.LABELS[question]}", form.tag(id, question)
        if question == "status":
            return Room(label, 1, name, self.options(), form.CHOOSE)
        return Room(label, LINES[question], name, prompt=HINT)

    def _last_said(self, standing: Standing) -> str:
        last = standing.last_said
        if last is None:
            return "Nothing yet"
        line = papers.entry_line(last, standing, self.plan.head, evidence=False)
        bare = phrases.plain(phrases.capital(phrases.nothing_shown(standing, self.plan.head)))
        return cut(phrases.plain(line), MOST_SAID) + (f" {bare}." if bare else "")

    # --- as the text of an e-mail ---------------------------------------------------------------

    @property
    def subject(self) -> str:
        """The e-mail's subject."""
        head, number = self.plan.head, phrases.number(self.request.standings, self.plan.head)
        by = f", by {self.reply_by.shown}" if self.reply_by else ""
        return one_line(f"{head.short_name or head.partnership}: update on {number}, please{by}")

    def mail_text(self, attached: bool = True) -> str:
        """The form as a text that a plain reply fills in, in lines of at most 72 letters; whether
        the form to fill in comes with it."""
        return "\n".join(self._mail_lines(attached)) + "\n"

    def _mail_lines(self, attached: bool) -> Iterator[str]:
        yield from _wrap(f"Dear {self.request.who},")
        yield ""
        yield from _wrap(self._introduction())
        yield from _wrap(self._asked_by())
        yield ""
        yield from _wrap(
            "Reply to this e-mail, and write below each line that asks you to: what has happened; "
            f"a status ({listed(map(self.plan.head.word_for, STATUSES), 'or')}); what shows it; "
            "and a new date, if it must move, and why. A few words are enough, and "
            f"“{form.NOTHING}” is an answer too."
            + (" Or fill in the form attached." if attached else "")
        )
        yield ""
        yield from _wrap(SAFE)
        yield ""
        for number, standing in enumerate(self.request.standings, 1):
            yield from self._mail_part(number, standing)
        yield form.DASHES
        # On one line, whatever its length: it is looked for when the answer comes.
        yield self.mark.text

    def _introduction(self) -> str:
        """What is asked, for which meeting, by when."""
        many = len(self.request.standings) > 1
        what = f"How {'are these' if many else 'is this'} {self._number()} going"
        meeting = f", for {with_article(self.meeting)}" if self.meeting else ""
        by = f" Please answer by {self.reply_by.shown}." if self.reply_by else ""
        return f"{what}{meeting}?{by}"

    def _asked_by(self) -> str:
        """Who asks."""
        return f"Asked by {with_article(self.sender or self.plan.head.partnership)}."

    def _mail_part(self, number: int, standing: Standing) -> Iterator[str]:
        id, indent = standing.milestone.id, "   "
        yield form.DASHES
        yield from _wrap(f"{number}. {id}  {standing.milestone.action}", hang=indent)
        due = phrases.plain(sentence_of([phrases.due(standing), _doubt(standing)], ", "))
        line = f"Timescale: {due}" if _is_short(due) else sentence(due)
        yield from _wrap(f"{line}.", indent, indent)
        last = self._last_said(standing)
        yield from _wrap(f"Last said {last}" if standing.last_said else "", indent, indent)
        yield form.ANSWER_BELOW.format(id=id)
        yield from [""] * GAP


def _due(standing: Standing) -> Line:
    """When it is due."""
    due, review = standing.milestone.due, standing.milestone.review
    if standing.milestone.every:
        return phrases.capital(phrases.recurs(standing))
    if due.undated:
        return (sentence(phrases.no_date(standing.milestone)),)
    return ("Review ", review) if due.ongoing and review else (due,)


def _doubt(standing: Standing) -> Line:
    """What speaks against its date: that it is past, that it moved, that a decision closed it."""
    late = (standing.words,) if standing.kind == "overdue" else ()
    left = phrases.left_open(standing)
    return sentence_of([late, phrases.move_count(standing), (left,) if left else ()])


def _wrap(text: str, start: str = "", hang: str = "") -> list[str]:
    """A text in lines of an e-mail, the last of which is not short."""
    lines = _lines(text, WIDTH, start, hang)
    narrower = (_lines(text, WIDTH - less, start, hang) for less in range(1, WIDTH // 3))
    if len(lines) > 1 and _is_short(lines[-1]):
        return next((some for some in narrower if not _is_short(some[-1])), lines)
    return lines


def _is_short(line: str) -> bool:
    return len(line.split()) < FEWEST


def _lines(text: str, width: int, start: str, hang: str) -> list[str]:
    return wrap(
        one_line(text),
        width,
        initial_indent=start,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )


def sent(plan: Plan, mark: form.Mark, ids: Collection[str]) -> Sent:
    """What a form of this mark said of these milestones on the day it was sent, as the plan's log
    tells that day; its cells only where that is just what was asked."""
    on_the_day = _sent(plan, mark, ids)
    return on_the_day if on_the_day.cells else _sent(_unanswered(plan, mark, ids), mark, ids)


def _unanswered(plan: Plan, mark: form.Mark, ids: Collection[str]) -> Plan:
    """The plan with what they answered on the day they were asked as if of the day after: it had
    not been said when the form was sent."""
    day, after = of_day(mark.day), of_day(mark.day + timedelta(days=1))
    later: dict[str, Milestone] = {}
    for milestone in (m for p in plan.owners for m in p.milestones if m.id in ids):
        log = milestone.progress
        own = [entry.by == mark.who and entry.date == day for entry in log]
        moved = [e.replace(date=after) if is_own else e for e, is_own in zip(log, own, strict=True)]
        later[milestone.id] = milestone.replace(progress=Log(moved))
    return plan_with(plan, later)


def _sent(plan: Plan, mark: form.Mark, ids: Collection[str]) -> Sent:
    """What a form of this mark said, as the plan's log tells that day."""
    then = as_at(plan, mark.day)
    chosen = [s for s in standings(then, mark.day) if s.milestone.id in ids]
    round = next((r for r in plan.asked if r.form == mark.digest), None)
    request = in_order(mark.who, chosen, round.also if round else ())
    meeting = (round and round.for_) or ""
    reply_by = round.reply_by if round else None
    asked = AskForm(then, mark.day, request, "", meeting, reply_by)
    exact = mark.digest == digest(then, mark.day, request)
    cells = {s.milestone.id: asked.cells(s) for s in chosen} if exact else {}
    return Sent(cells, asked.texts(), OPENINGS)
