"""The next version of a document that a plan came from: what it says that the plan does not. Pure.

Nothing is guessed: what may be old, or is for a person to say, is a `Doubt`.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from ..dates import day_shown
from ..errors import quoted
from ..letters import folded
from ..model import STATUS_IN_WORDS, Column
from ..naming.groups import full_name
from ..standing import Standing, standings
from ..words import STATUSES, listed
from .columns import OF_HSCP, key_of, plain
from .draft import Left
from .matching import alike, match, words_of
from .news import Doubt, Led, New, News, Own, Unsure
from .pairing import as_read, declared, row_side, rows_of, side
from .unsaid import stands_in, unsaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from ..dates import PlanDate
    from ..model import Entry, Plan, Priority
    from ..words import Status
    from . import draft as read
    from .draft import Draft
    from .news import Known
    from .pairing import Row

_SOURCE = re.compile(r"As in .+, (?:saved|read) on .+\.")
_WAS = re.compile(r"It was (.+) before\.")
_IN_WORDS = ("due", "start", "complete by", "new due", "status")
"""The columns whose words stand beside a milestone where they are no date and no status."""
_HARDLY = 250
"""How much alike, of 1,000, a new row and a milestone that is gone are to be asked about."""


def source_note(name: str, day: date, saved: bool) -> str:
    """What a log says of where a change comes from: a document that was saved on a day or, where
    it does not say when, was read then."""
    return f"As in {name}, {'saved' if saved else 'read'} on {day_shown(day)}."


def status_before(status: Status) -> str:
    """What a log says of the status that a milestone had before, where no entry says it."""
    return f"It was {status} before."


class Again:
    """A document held against the plan."""

    def __init__(self, draft: Draft, plan: Plan, known: Known) -> None:
        self._draft, self._plan, self._known = draft, plan, known
        self._head = plan.head
        self._owns: dict[str, Own] = {}
        self._columns = declared(draft, plan.head)
        self._status_keys = {h.key for h in draft.heard if h.role == "status"} | {STATUS_IN_WORDS}
        self.standings = [s for s in standings(plan, known.saved) if not s.alone]
        alone = {objective.id for p in plan.priorities for objective in p.objectives}
        # A row of hscp's own sheets that is an objective is no milestone.
        self.rows = [r for r in rows_of(draft, plan) if r.milestone.more.get("id") not in alone]
        sides = [row_side(row, self._columns, self._head) for row in self.rows]
        matching = match(sides, [side(s, self._head) for s in self.standings])
        self._of = {n: self.standings[m] for n, m in matching.milestone_of.items()}
        doubtful = {n: tuple(self.standings[m] for m in some)
                    for n, some in matching.doubtful.items()}  # fmt: skip
        taken = {s.milestone.id for s in chain(self._of.values(), *doubtful.values())}
        left = [s for s in self.standings if s.milestone.id not in taken]
        for number, row in enumerate(self.rows):
            free = number not in self._of and number not in doubtful
            if free and (perhaps := self._perhaps(row, left)):
                doubtful[number] = perhaps
        self.unsure = tuple(Unsure(self.rows[n], some) for n, some in sorted(doubtful.items()))
        """The rows that a person has to find the milestone of."""
        self._objectives = self._objectives_of_sections()
        self._declared_anew = self._columns_of_new()
        self._columns |= {key: column.key for key, column in self._declared_anew.items()}
        self.led = tuple(self._led())
        """The objectives that have another lead."""
        self._led_anew = {led.objective.id for led in self.led}

    def _perhaps(self, row: Row, gone: Sequence[Standing]) -> tuple[Standing, ...]:
        """The milestones of those that are gone which a row may be in quite other words: it stands
        under their priority, and is due when they are and a little alike, or has what none but one
        of them has in an extra column, as a number of its own."""
        if row.priority is None:
            return ()
        some = [s for s in gone if s.priority.id == row.priority.id]
        own, extra = words_of(row.milestone.action), self._declared(row.milestone).items()
        times = Counter(item for s in some for item in s.milestone.more.items())
        numbers = {item for item in extra if times[item] == 1}
        return tuple(
            s for s in some
            if numbers.intersection(s.milestone.more.items())
            or (s.milestone.due.dated and s.milestone.due == row.milestone.due
                and alike(own, words_of(s.milestone.action)) >= _HARDLY)
        )  # fmt: skip

    @property
    def news(self) -> list[News]:
        """What the rows say anew of the milestones that they are."""
        every = (self.news_of(self.rows[n], standing) for n, standing in sorted(self._of.items()))
        return [news for news in every if news.says_anything]

    @property
    def new(self) -> list[New]:
        """The rows that are new, and stand where the plan has a place for them."""
        return [new for row in self._unmatched() if (new := self.as_new(row))]

    def columns_for(self, found: Iterable[News | New]) -> list[Column]:
        """The columns that the plan has to declare before these can be recorded."""
        used = {key for one in found for key in one.more}
        return [column for column in self._declared_anew.values() if column.key in used]

    def _columns_of_new(self) -> dict[str, Column]:
        """The columns that rows that are new have words in and the plan does not declare, by their
        keys in the document; of hscp's own list only those that may hold a date or a status in
        words, as the others are worked out."""
        ours = any(plain(heard.label) == "times moved" for heard in self._draft.heard)
        kept = {h.key for h in self._draft.heard if not ours or h.role in _IN_WORDS}
        kept.add(STATUS_IN_WORDS)
        rows = [n for n in range(len(self.rows)) if n not in self._of]
        used = {key for n in rows for key in self.rows[n].milestone.more} & kept
        taken = [column.key for column in self._head.columns]
        anew: dict[str, Column] = {}
        for key, label in self._draft.columns.items():
            if key not in used - self._columns.keys() or label.endswith(OF_HSCP):
                continue
            anew[key] = Column(key=key_of(label, taken), label=label)
            taken.append(anew[key].key)
        return anew

    @property
    def homeless(self) -> list[Row]:
        """The rows that are new, and stand under what the plan has not."""
        return [row for row in self._unmatched() if not self.as_new(row)]

    def gone(self) -> list[Standing]:
        """The milestones that no row is, of the priorities that the document has rows of."""
        there = {s.milestone.id for s in self._of.values()}
        perhaps = {s.milestone.id for unsure in self.unsure for s in unsure.may_be}
        covered = self._covered()
        return [
            s for s in self.standings
            if s.milestone.id not in there | perhaps and s.priority.id in covered
        ]  # fmt: skip

    def absent(self) -> list[str]:
        """The ids of the priorities that the document has no row of."""
        covered = self._covered()
        return [p.id for p in self._plan.priorities if p.id not in covered]

    def _covered(self) -> set[str]:
        under = {row.priority.id for row in self.rows if row.priority}
        return under | {s.priority.id for s in self._of.values()}

    def _unmatched(self) -> list[Row]:
        unsure = [unsure.row for unsure in self.unsure]
        return [
            row for n, row in enumerate(self.rows)
            if n not in self._of and not any(row is other for other in unsure)
        ]  # fmt: skip

    def _own(self, standing: Standing) -> Own:
        id = standing.milestone.id
        if id not in self._owns:
            self._owns[id] = self._known.own(standing)
        return self._owns[id]

    # --- a row and its milestone ------------------------------------------------------------------

    def news_of(self, row: Row, standing: Standing) -> News:
        """What a row says of the milestone that it is, and the plan does not."""
        said, milestone = row.milestone, standing.milestone
        own = self._own(standing)
        action, below = self._parted(said.action, standing, own)
        more = {**below, **self._declared(said)}
        note = "\n".join(filter(None, (_unsaid_of(entry, own) for entry in said.log)))
        texts = [entry.note for entry in said.log]
        due, due_doubts = self._due(said.due, standing, texts)
        status, status_doubts = self._status(self._said_status(said), standing, texts, note)
        status_doubts += self._unclear_status(said, standing)
        if status == "closed" and due and not due_doubts:
            what = f"it was closed, and its due date is another: {due.shown}"
            due_doubts = [Doubt("due", what, f"Was it moved to {due.shown} before that?")]
        start = said.start if said.start.dated and said.start != milestone.start else None
        reworded = action if as_read(action) != as_read(milestone.action) else ""
        doubts = [*due_doubts, *status_doubts]
        if reworded:
            what = f'its words are others now: "{reworded}", and not "{milestone.action}"'
            question = "Take these words, in place of those that were agreed?"
            doubts.append(Doubt("action", what, question))
        of_ours = (milestone.more, own.published.more)
        changed = {key: text for key, text in more.items()
                   if as_read(text) not in [as_read(m.get(key, "")) for m in of_ours]}  # fmt: skip
        lead = self._lead(row, standing)
        return News(standing, note, status, due, start, lead, changed, reworded, tuple(doubts))

    def _parted(self, action: str, standing: Standing, own: Own) -> tuple[str, dict[str, str]]:
        """An action, and what stands below it in hscp's own papers: its extra columns."""
        agreed, text = standing.milestone.action, as_read(action)
        # What went out veiled comes back so, and is still what was agreed.
        published = as_read(own.published.action)
        if text.startswith(published):
            text = as_read(agreed) + text.removeprefix(published)
        begins = len(as_read(agreed)) if text.startswith(as_read(agreed)) else 0
        # What hscp wrote is known for its own wherever it stands; what was changed by its label.
        # What is waited for is told with how it stands, which may be another by now.
        for line in (line for line in own.below if not line.startswith("Waits for: ")):
            before, found, after = text[begins:].rpartition(as_read(line))
            if found:
                text = " ".join(filter(None, ((text[:begins] + before).rstrip(), after.strip())))
        if text == as_read(agreed):
            return agreed, {}
        labels = {f"{c.label}: ": c.key for c in self._head.columns}
        labels |= {"Answers: ": "", "From: ": "", "Waits for: ": ""}
        labels = {label: key for label, key in labels.items()
                  if any(line.startswith(label) for line in own.below)}  # fmt: skip
        places = sorted((text.find(label, begins), label) for label in labels
                        if label in text[begins:])  # fmt: skip
        ends = [*(place for place, _ in places), len(text)][1:]
        more = {
            labels[label]: text[place + len(label) : end].strip()
            for (place, label), end in zip(places, ends, strict=False)
            if labels[label]
        }
        left = text[: places[0][0] if places else len(text)].strip()
        return (agreed if left == as_read(agreed) else left), more

    def _declared(self, said: read.Milestone) -> dict[str, str]:
        return {self._columns[key]: text for key, text in said.more.items() if key in self._columns}

    def _said_status(self, said: read.Milestone) -> Status | None:
        """A row's status; where it is written in the plan's own words, that."""
        if said.status:
            return said.status
        lines = {folded(line.strip(" ●▲×✓!○–")) for key, text in said.more.items()
                 if key in self._status_keys for line in text.split("\n")}  # fmt: skip
        words = ((status, folded(self._head.word_for(status))) for status in STATUSES)
        return next((status for status, word in words if word in lines and word != status), None)

    def _due(
        self, due: PlanDate, standing: Standing, texts: Sequence[str]
    ) -> tuple[PlanDate | None, list[Doubt]]:
        """Another due date than the plan's, and why it may not be the newer one."""
        milestone = standing.milestone
        if not due.dated or (milestone.due.dated and due.last == milestone.due.last):
            return None, []
        shown, now = due.shown, milestone.due
        if now.ongoing:
            what = f"it is due {shown}, and the plan says that it is ongoing"
            # Then its review goes too, which nobody but a person can say.
            return None, [Doubt("due", f"{what}:  hscp edit {milestone.id}", "")]
        moves = [entry for entry in milestone.progress if entry.moved]
        before = {moment.last for e in moves if e.moved for moment in (e.moved.from_, e.moved.to)
                  if moment.dated}  # fmt: skip
        if moves and self._may_be_old(moves[-1], due.last in before, texts):
            what = (
                f"it is due {shown}, and the plan moved it to {now.shown} on {moves[-1].date.shown}"
            )
            return due, [Doubt("due", what, f"Was it moved to {shown} since?")]
        return due, []

    def _status(
        self, status: Status | None, standing: Standing, texts: Sequence[str], note: str
    ) -> tuple[Status | None, list[Doubt]]:
        """Another status than the plan's, and why it may not be the newer one."""
        milestone, word_for = standing.milestone, self._head.word_for
        if status in (None, milestone.status):
            return None, []
        said = [entry for entry in milestone.progress if entry.status]
        notes = "\n".join(entry.note or "" for entry in milestone.progress)
        before = {"not started", *(entry.status for entry in said), *_WAS.findall(notes)}
        if said and self._may_be_old(said[-1], status in before, texts):
            what = (
                f"it is {word_for(status)}, and the plan says {word_for(milestone.status)} since "
                f"{said[-1].date.shown}"
            )
            return status, [Doubt("status", what, f"Is it {word_for(status)} now?")]
        if status == "closed" and note:
            what = f'it was closed: "{" ".join(note.split())}"'
            return status, [Doubt("status", what, "Was it closed?", ends=True)]
        if status == "closed":
            question, what = "Why was it closed? (Enter: it was not)", "it was closed"
            doubt = Doubt("status", f"{what}, and nothing says why", question, True, ends=True)
            return status, [doubt]
        return status, []

    def _unclear_status(self, said: read.Milestone, standing: Standing) -> list[Doubt]:
        """What a column for a status says that is no one status."""
        if self._said_status(said):
            return []
        milestone, keys = standing.milestone, self._status_keys
        known = (*milestone.more.values(), *self._own(standing).texts)
        texts = (" ".join(text.split()) for key, text in said.more.items() if key in keys)
        return [
            Doubt("status", f'its status is "{text}", which may be more than one', "")
            for text in texts if unsaid(text, known)
        ]  # fmt: skip

    def _may_be_old(self, last: Entry, was_before: bool, texts: Sequence[str]) -> bool:
        """Whether what a document says may be older than the entry that the plan had last: it says
        what stood in the plan before, or was saved before and does not know of that entry."""
        return was_before or (
            last.date.first > self._known.saved and not stands_in(last.note or "", texts)
        )

    # --- who leads --------------------------------------------------------------------------------

    def _lead(self, row: Row, standing: Standing) -> tuple[str, ...]:
        """Who leads a milestone, where the plan says somebody else."""
        if not row.lead or self._same_names(row.lead, standing.lead):
            return ()
        of_row = row.milestone.leads or (row.section and row.section.shared)
        if standing.milestone.lead and not of_row:
            # The document says only who leads the objective.
            return ()
        if standing.objective.id in self._led_anew and not standing.milestone.lead:
            return ()
        return self._names(row.lead)

    def _led(self) -> Iterator[Led]:
        """The objectives of which all rows that have no lead of their own name one other."""
        of: dict[str, list[tuple[Row, Standing]]] = {}
        for number, standing in self._of.items():
            if standing.objective.id and not standing.milestone.lead:
                of.setdefault(standing.objective.id, []).append((self.rows[number], standing))
        for pairs in of.values():
            row, standing = pairs[0]
            alike = all(other.lead == row.lead for other, _ in pairs)
            whole = len(pairs) == sum(not m.lead for m in standing.objective.milestones)
            if alike and whole and row.lead and not self._same_names(row.lead, standing.lead):
                yield Led(standing.priority, standing.objective, self._names(row.lead))

    def _same_names(self, said: Sequence[str], names: Sequence[str]) -> bool:
        ours = {self._folded(name) for name in names}
        one = {folded(listed(names)), folded("; ".join(names))}
        return {self._folded(name) for name in said} == ours or (
            len(said) == 1 and folded(said[0]) in one
        )

    def _folded(self, name: str) -> str:
        return folded(full_name(self._head, name))

    @staticmethod
    def _names(said: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part.strip() for name in said for part in name.split("; ")))

    # --- new rows ---------------------------------------------------------------------------------

    def as_new(self, row: Row) -> New | None:
        """A row as a milestone that is new; None where the plan has no place for it."""
        priority = row.priority
        if priority is None:
            return None
        sections = {section.id: section for section in priority.sections}
        named = next((text for text in row.milestone.more.values() if text in sections), "")
        objective = named or self._objectives.get(row.place) or _of_same_words(row, priority)
        if objective not in sections:
            if len(sections) > 1:
                return None
            objective = next(iter(sections), "")
        led = sections[objective].lead if objective in sections else ()
        own = () if self._same_names(row.lead, led) else self._names(row.lead)
        return New(row.milestone, priority, objective or None, own, self._declared(row.milestone))

    def _objectives_of_sections(self) -> dict[tuple[str, int], str]:
        """The id of the plan's objective that each section of the document is: the one that most
        of its rows stand under."""
        votes: dict[tuple[str, int], Counter[str]] = {}
        for number, standing in self._of.items():
            row = self.rows[number]
            if row.priority and row.priority.id == standing.priority.id:
                votes.setdefault(row.place, Counter())[standing.objective.id] += 1
        return {section: its.most_common(1)[0][0] for section, its in votes.items()}

    # --- what is recorded nowhere -----------------------------------------------------------------

    def beside(self) -> list[Left]:
        """What the document says that is recorded nowhere: of its priorities and objectives, in
        columns that the plan has not, and around the tables."""
        every = [*self._of_columns(), *self._of_parts(), *self._draft.left, *self._known.also]
        left = [left for left in every if left.text.strip() and not self._known.is_ours(left.text)]
        return [*self._elsewhere(), *left]

    def _elsewhere(self) -> Iterator[Left]:
        """The rows that stand under another priority than their milestone does."""
        for number, standing in sorted(self._of.items()):
            row, its = self.rows[number], standing.priority
            if row.priority and row.priority.id != its.id:
                why = f"it stands under {row.priority.id} there, and in the plan under {its.id}"
                id = standing.milestone.id
                yield Left(row.milestone.place, row.milestone.action, why, id)

    def _of_columns(self) -> Iterator[Left]:
        for number, row in enumerate(self.rows):
            standing = self._of.get(number)
            own = self._own(standing).texts if standing else ()
            id, said = standing.milestone.id if standing else "", row.milestone
            for key, text in said.more.items():
                asked = standing and key in self._status_keys and not self._said_status(said)
                if key not in self._columns and not asked and (new := unsaid(text, own)):
                    label = self._draft.columns.get(key, key).removesuffix(OF_HSCP)
                    why = f"the plan has no column {quoted(label)}"
                    yield Left(said.places.get(key, said.place), new, why, id)
            if (
                standing
                and said.source
                and said.source
                not in (standing.milestone.from_, self._own(standing).published.from_)
            ):
                yield Left(said.place, said.source, "what it comes from", id)

    def _of_parts(self) -> Iterator[Left]:
        for text in (self._draft.vision, *self._draft.introduction):
            yield Left("the document", text, "before the tables")
        known = {row.under for row in self.rows if row.priority}
        for priority in self._draft.priorities:
            texts = [priority.outcome, *priority.evidence]
            if priority.title in known and priority.place:
                # One that the plan has not is told with its rows.
                texts.append(priority.title)
            yield from (Left(priority.place, text, "of the priority") for text in texts)
            for objective in priority.objectives:
                texts = [*objective.statements, *objective.accountable]
                if objective.complete_by.dated:
                    texts.append(objective.complete_by.shown)
                yield from (Left(priority.place, text, "of the objective") for text in texts)


def _unsaid_of(entry: read.Entry, own: Own) -> str:
    """What an entry says that the plan does not, with its day; hscp's own papers write the day of
    each before it."""
    if entry.moved or not unsaid(entry.dated(entry.note), own.texts):
        return ""
    new = unsaid(entry.note, own.texts)
    return entry.dated(new) if new else ""


def _of_same_words(row: Row, priority: Priority) -> str:
    """The id of the objective whose words a row stands under; empty where there is none."""
    said = as_read(" ".join(row.section.statements)) if row.section else ""
    same = (o.id for o in priority.objectives if as_read(" ".join(o.statements)) == said)
    return next(same, "") if said else ""
