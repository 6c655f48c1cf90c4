"""A year of the plan, laid out by the duty of a safeguarding partnership's yearly report: what was
done and what shows it, what difference it made, where there was little or none, what reviews led
to, how children and families were heard.

Only what was logged within the year counts as done in it, and a milestone stands as it did at the
year's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown, read
from ..document import (
    Column,
    Facts,
    Heading,
    Item,
    Items,
    Numbered,
    Paper,
    Paragraph,
    Stack,
    Table,
    Title,
    sentence_of,
)
from ..standing import as_at, counts, nothing_ever_said, of_each, standings
from ..words import FEWER, listed, sentence
from . import papers, phrases
from .questions import questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..document import Block, Cell, Line
    from ..model import Assurance, Decision, Entry, Impact, Measure, Moved, Plan, Priority, Voice
    from ..standing import Standing

HEARD: tuple[Voice, ...] = ("children", "families")
"""Whom the duty asks to have been heard: what they said has a part of its own."""
BESIDES: tuple[Voice, ...] = ("practitioners", "audit", "data")
LEVELS = {"assured": "Assured", "partly": "Partly assured", "not assured": "Not assured"}


class Annual(NamedTuple):
    """`hscp report annual`: one financial year."""

    plan: Plan
    day: date
    year: str
    """2021/22."""
    foot: str

    def paper(self) -> Paper:
        """The year's report."""
        year, head = read(self.year), self.plan.head
        end = min(self.day, year.last)
        told = _Year(as_at(self.plan, end), year, end)
        document = (Title(f"{head.title}: yearly report {self.year}"), *told.document(self.day))
        name = f"annual-{papers.slug(self.year)}"
        return Paper(name, document, head.partnership, self.foot, day=self.day)


class _Year(NamedTuple):
    """The plan as it stood at the end of a year, or on the day of the report where the year is
    not over; and what fell within that year."""

    plan: Plan
    year: PlanDate
    end: date

    def document(self, day: date) -> Iterator[Block]:
        """What stands below the title."""
        found = standings(self.plan, self.end)
        yield Facts((("Year", (self.year.shown,)), ("As it stood on", (day_shown(self.end),))))
        yield from self._warned(day)
        yield Heading("In brief")
        yield from self._brief(found)
        parts = (
            ("What was done, and what shows it", self._done(found)),
            ("What difference it made for children and families", self._difference()),
            ("Where there was little or no progress, or no evidence of it", self._little(found)),
            ("Decisions and actions on reviews", self._reviews(found)),
            ("How children and families were heard", self._heard()),
            ("What moved, what ended, and who agreed it", self._moved(found)),
            ("What Boards decided", self._decided()),
            ("Whether the partnership is assured", self._assured()),
            ("Questions that remain", self._asked()),
        )
        for number, (title, blocks) in enumerate(parts, 1):
            yield Heading(f"{number}. {title}")
            yield from blocks

    def _warned(self, day: date) -> Iterator[Block]:
        """What a reader should know before all else."""
        period = self.plan.head.period
        if self.year.last < period.start.first or period.end.last < self.year.first:
            span = f"{period.start.shown} to {period.end.shown}"
            yield _said(f"The year is not one of the plan's, which runs from {span}.")
        if day < self.year.first:
            yield _said(f"On {day_shown(day)} the year had not begun.")
        elif day < self.year.last:
            yield _said(f"The year is not over: this is what was logged by {day_shown(day)}.")
        told = nothing_ever_said(self.plan, self.end)
        if told:
            yield _said(told)
        yield _said(
            "All of this is taken from the plan's files, and only what was logged in the year "
            "counts as done in it. They do not hold what else a yearly report must cover, such as "
            "costs and independent scrutiny."
        )

    # --- in brief -------------------------------------------------------------------------------

    def _brief(self, found: list[Standing]) -> Iterator[Block]:
        silent = sum(map(self._silent, found))
        number, called = counts(found), self.plan.head.called
        every = phrases.number(found, self.plan.head)
        says = (
            f"Of {every} on {day_shown(self.end)}: {number['complete']} complete, "
            f"{number['overdue']} overdue."
        )
        if silent:
            says += f" {silent} should have begun by then and had nothing logged in the year."
        yield _said(says)
        names = ("Complete", "Overdue", "Begun, nothing logged", "Due date moved")
        columns = (Column(sentence(called("priority"))), *(Column(n, right=True) for n in names))
        rows = [(_named(p), *self._numbers(own)) for p, own in of_each(self.plan, found)]
        if len(rows) > 1:
            rows.append(("All", *self._numbers(found)))
        caption = f"The year, and how the plan stood on {day_shown(self.end)}"
        yield Table(columns, tuple(rows), caption=caption)

    def _numbers(self, found: list[Standing]) -> tuple[str, str, str, str]:
        number = counts(found)
        moved = (any(entry.move for entry in self._entries(s)) for s in found)
        return (
            f"{number['complete']} of {len(found)}",
            str(number["overdue"]),
            str(sum(map(self._silent, found))),
            str(sum(moved)),
        )

    # --- what was done --------------------------------------------------------------------------

    def _done(self, found: list[Standing]) -> Iterator[Block]:
        silent: list[Priority] = []
        for priority in self.plan.priorities:
            own = [s for s in found if s.priority is priority and self._acts(s)]
            if not own:
                silent.append(priority)
                continue
            yield Heading(_named(priority), 2)
            if priority.outcome:
                label = priority.outcome_label or "Outcome"
                yield _said(f"{label}: {priority.outcome}")
            milestone = sentence(self.plan.head.called("milestone"))
            names = (milestone, "What was done", "What shows it", "Standing")
            caption = f"What was done in the year for {priority.id}"
            yield Table(tuple(map(Column, names)), tuple(map(self._act, own)), caption=caption)
        nothing = "Nothing was logged in the year"
        yield from self._lacking(silent, f"{nothing}.", f"{nothing} for {{}}.")

    def _act(self, found: Standing) -> tuple[Cell, ...]:
        """A milestone's row, the last said first."""
        head, acts = self.plan.head, self._acts(found)[::-1]
        done = [papers.logged(entry, found, head, evidence=False) for entry in acts]
        shown: list[Line] = [
            (entry.date, ": ", *papers.cited(entry.evidence)) for entry in acts if entry.evidence
        ]
        return (
            papers.milestone(found, ()),
            papers.stacked(done, "Nothing logged"),
            papers.stacked(shown, "No evidence is cited"),
            papers.standing(found, head),
        )

    # --- what difference it made ----------------------------------------------------------------

    def _difference(self) -> Iterator[Block]:
        silent: list[Priority] = []
        for priority in self.plan.priorities:
            impact, measured = self._impact(priority, BESIDES), self._measured(priority)
            if impact or measured:
                yield Heading(_named(priority), 2)
            elif not self._impact(priority, HEARD):
                silent.append(priority)
            if impact:
                yield Items(tuple(_impact(each, sentence(each.from_)) for each in impact))
            if measured:
                columns = map(Column, ("Measure", "In the year", "Change", "Target"))
                caption = f"What was measured for {priority.id} in the year"
                yield Table(tuple(columns), tuple(measured), caption=caption)
        heard = {each.from_ for p in self.plan.priorities for each in self._impact(p, HEARD)}
        if heard:
            yield _said(f"What {listed(v for v in HEARD if v in heard)} said is in part 5.")
        yield from self._lacking(
            silent,
            "Nothing is recorded in the year of any difference made for children and families.",
            "Nothing is recorded in the year of what difference {} made for children and families.",
        )

    def _impact(self, priority: Priority, voices: tuple[Voice, ...]) -> list[Impact]:
        """What these voices said in the year, in their order."""
        own = [each for each in priority.impact if self._within(each.date) and each.from_ in voices]
        return sorted(own, key=lambda each: (voices.index(each.from_), each.date.first))

    def _measured(self, priority: Priority) -> list[tuple[Cell, ...]]:
        return [row for measure in priority.measures if (row := self._measure(measure))]

    def _measure(self, measure: Measure) -> tuple[Cell, ...]:
        values = [v for v in measure.values if self.year.first <= v.period.last <= self.year.last]
        values = [v for v in values if v.period.first <= self.end]
        if not values:
            return ()
        lines: list[Line] = [
            (value.period, f": {value.value}", f" ({value.note})" if value.note else "")
            for value in values
        ]
        how = [
            *([f"In {measure.unit}"] if measure.unit else []),
            *(
                [f"{'more' if measure.better == 'up' else 'less'} is better"]
                if measure.better
                else []
            ),
        ]
        return (
            Stack((f"{measure.id} {measure.name}",), ((sentence("; ".join(how)),),) if how else ()),
            papers.stacked(lines, ""),
            _change(values[0].value, values[-1].value, measure)
            if len(values) > 1
            else "One figure only",
            measure.target or "None set",
        )

    # --- where there was little or none ---------------------------------------------------------

    def _little(self, found: list[Standing]) -> Iterator[Block]:
        clear: list[Priority] = []
        for priority, own in of_each(self.plan, found):
            lacking = ((standing, self._lacks(standing)) for standing in own)
            items = tuple(_item(s, (line,)) for s, line in lacking if line)
            if items:
                yield Heading(_named(priority), 2)
                yield Items(items)
            else:
                clear.append(priority)
        nothing = (
            "nothing was late, off track or without news, and nothing complete lacked evidence."
        )
        yield from self._lacking(clear, sentence(nothing), f"In {{}}, {nothing}")
        said = [p.id for p, _ in self._assurances()]
        yield from self._lacking(
            [p for p in self.plan.priorities if p.id not in said],
            "Nobody said in the year whether the partnership is assured.",
            "Nobody said in the year whether the partnership is assured about {}.",
        )

    def _lacks(self, found: Standing) -> Line:
        """What keeps a milestone from having come on in the year, and been shown to; nothing where
        nothing does."""
        mark = phrases.mark(found, self.plan.head)
        if self._unproven(found):
            return (mark, ", and no evidence is cited")
        parts: list[Line] = []
        if self._silent(found):
            logged = "was logged in the year" if found.milestone.progress else "was ever logged"
            parts.append((f"nothing {logged}",))
        elif found.open and self._entries(found) and not self._acts(found):
            what = "moved" if any(e.move for e in self._entries(found)) else "was set"
            parts.append((f"its due date {what}, and nothing else was logged in the year",))
        elif found.kind not in ("overdue", "off track", "late to start"):
            return ()
        if found.disagrees:
            parts.insert(0, (f"still said to be {self.plan.head.called(found.milestone.status)}",))
        if found.kind == "late to start" and found.milestone.start:
            parts.insert(0, ("was to begin ", found.milestone.start))
        return sentence_of([phrases.stands(found, self.plan.head), *parts])

    def _unproven(self, found: Standing) -> bool:
        """Whether it is complete, since no earlier year, and nothing shows it."""
        if found.kind != "complete" or found.milestone.evidence:
            return False
        said = [entry for entry in found.milestone.progress if entry.status == "complete"]
        return not said or self._within(said[-1].date)

    # --- reviews --------------------------------------------------------------------------------

    def _reviews(self, found: list[Standing]) -> Iterator[Block]:
        names = dict.fromkeys(name for s in found for name in s.milestone.answers)
        if not names:
            milestone = self.plan.head.called("milestone")
            yield _said(f"No {milestone} is marked as carrying out what a review recommended.")
        for name in names:
            yield Heading(name, 2)
            own = [s for s in found if name in s.milestone.answers]
            yield Items(tuple(_item(s, tuple(self._answered(s))) for s in own))
            if not any(self._decided_on(s) for s in own):
                yield _said("No decision of a Board about it is recorded in the year.")

    def _answered(self, found: Standing) -> Iterator[Line]:
        head, entries = self.plan.head, self._entries(found)
        yield phrases.stands(found, head)
        if entries:
            of = f" (The last of {len(entries)} entries in the year.)" if len(entries) > 1 else ""
            yield (*papers.logged(entries[-1], found, head), of)
        else:
            yield ("Nothing was logged in the year.",)
        for decision in self._decided_on(found):
            yield (decision.date, f", decided by {decision.by}: {decision.decision}")

    def _decided_on(self, found: Standing) -> list[Decision]:
        id = found.milestone.id
        return [d for _, d in self._decisions() if id in (*d.about, d.completes)]

    # --- how children and families were heard ---------------------------------------------------

    def _heard(self) -> Iterator[Block]:
        heard = [(p, each) for p in self.plan.priorities for each in self._impact(p, HEARD)]
        heard.sort(key=lambda pair: (HEARD.index(pair[1].from_), pair[1].date.first))
        if heard:
            yield Items(tuple(_impact(i, f"{sentence(i.from_)}, on {_named(p)}") for p, i in heard))
        silent = [voice for voice in HEARD if voice not in {each.from_ for _, each in heard}]
        if silent:
            yield _said(f"Nothing is recorded of what {listed(silent, 'or')} said.")

    # --- what moved -----------------------------------------------------------------------------

    def _moved(self, found: list[Standing]) -> Iterator[Block]:
        moves = [(s, e, e.move) for s in found for e in self._entries(s) if e.move]
        if not moves:
            yield _said("No due date moved in the year.")
        else:
            yield self._moves(moves)
        ended = [s for s in found if self._ended(s)]
        if ended:
            caption = "What was closed in the year, or completed where a Board decides"
            names = (sentence(self.plan.head.called("milestone")), "What", "Why", "Who agreed it")
            rows = tuple((papers.milestone(s, ()), *papers.ending(s)) for s in ended)
            yield Table(tuple(map(Column, names)), rows, caption=caption)
        else:
            yield _said("Nothing was closed in the year.")

    def _ended(self, found: Standing) -> bool:
        """Whether it was closed in the year, or completed where a Board decides, as far as its log
        says when."""
        ending = found.ending if found.ended_for_board else None
        return bool(ending and (not ending.entry or self._within(ending.entry.date)))

    def _moves(self, moves: list[tuple[Standing, Entry, Moved]]) -> Table:
        names = (sentence(self.plan.head.called("milestone")), "Due date", "Why", "Who agreed it")
        rows = tuple(
            (
                papers.milestone(s, ()),
                Stack(
                    ("From ", moved.from_, " to ", moved.to),
                    (*_later(moved), ("Moved on ", entry.date)),
                ),
                papers.stopped(entry.note or ""),
                s.milestone.progress.agreed(entry) or sentence(phrases.NOT_AGREED),
            )
            for s, entry, moved in sorted(moves, key=lambda move: move[1].date.first)
        )
        caption = "The due dates that moved in the year"
        return Table(tuple(map(Column, names)), rows, caption=caption)

    # --- decisions and assurance ----------------------------------------------------------------

    def _decided(self) -> Iterator[Block]:
        rows = tuple(_decision(p, decision) for p, decision in self._decisions())
        if not rows:
            yield _said("No decision of a Board is recorded in the year.")
            return
        columns = map(Column, ("Date", "Decided by", "Decision", "About"))
        yield Table(tuple(columns), rows, caption="What Boards decided in the year")

    def _decisions(self) -> list[tuple[Priority, Decision]]:
        made = [(p, d) for p in self.plan.priorities for d in p.decisions if self._within(d.date)]
        return sorted(made, key=lambda pair: pair[1].date.first)

    def _assured(self) -> Iterator[Block]:
        said = self._assurances()
        if not said:
            yield _said("No statement of assurance is recorded in the year.")
            return
        priority = sentence(self.plan.head.called("priority"))
        columns = map(Column, (priority, "Date", "Level", "Said by", "Why"))
        rows = tuple(_assurance(p, each) for p, each in said)
        yield Table(tuple(columns), rows, caption="What was said of assurance in the year")

    def _assurances(self) -> list[tuple[Priority, Assurance]]:
        return [(p, a) for p in self.plan.priorities for a in p.assurance if self._within(a.date)]

    # --- questions ------------------------------------------------------------------------------

    def _asked(self) -> Iterator[Block]:
        asked = questions(self.plan, self.end)
        if asked:
            yield Numbered(tuple((question.asks,) for question in asked))
        else:
            yield _said("The plan's files leave none.")

    # --- what fell within the year --------------------------------------------------------------

    def _within(self, day: PlanDate) -> bool:
        return self.year.first <= day.first <= self.end

    def _entries(self, found: Standing) -> list[Entry]:
        return [entry for entry in found.milestone.progress if self._within(entry.date)]

    def _acts(self, found: Standing) -> list[Entry]:
        """What was logged of it in the year besides mere moves of its due date."""
        entries = self._entries(found)
        return [e for e in entries if not e.moved or e.status or e.evidence]

    def _silent(self, found: Standing) -> bool:
        """Whether something was to be heard of it in the year, and nothing was."""
        return found.open and found.begun and not self._entries(found)

    def _lacking(self, those: list[Priority], every: str, some: str) -> Iterator[Block]:
        """The one sentence that says what every priority lacks, or these."""
        if len(those) == len(self.plan.priorities):
            yield _said(every)
        elif those:
            yield _said(some.format(listed(priority.id for priority in those)))


def _said(text: str) -> Paragraph:
    return Paragraph((text,), apart=True)


def _named(priority: Priority) -> str:
    return phrases.priority(priority)


def _item(found: Standing, notes: tuple[Line, ...]) -> Item:
    return Item(found.milestone.id, found.milestone.action, notes)


def _impact(impact: Impact, whose: str) -> Item:
    shown: Line = ("Evidence: ", *papers.cited(impact.evidence)) if impact.evidence else (_UNCITED,)
    return Item(impact.date.shown, f"{whose}: {impact.note}", (shown,))


_UNCITED = "No evidence is cited."


def _change(first: str, last: str, measure: Measure) -> str:
    """How a measure changed, and whether for the better."""
    before, after = _number(first), _number(last)
    if before == after:
        return f"{sentence(FEWER)} each time" if first == FEWER else "No change"
    better = "" if measure.better is None else ": worse"
    if measure.better == ("up" if after > before else "down"):
        better = ": better"
    return f"{first} to {last}{better}"


def _number(text: str) -> float:
    if text == FEWER:
        return 2.5  # between none and five, to tell which way it went
    return float(text.replace(",", "").removesuffix("%"))


def _later(moved: Moved) -> tuple[Line, ...]:
    far = phrases.later(moved.from_, moved.to)
    return ((far,),) if far else ()


def _decision(priority: Priority, decision: Decision) -> tuple[Cell, ...]:
    notes: list[Line] = [(f"Outcome: {decision.outcome}",)] if decision.outcome else []
    notes += [(f"Completes {decision.completes}",)] if decision.completes else []
    notes += [(decision.note,)] if decision.note else []
    about = listed(decision.about or (priority.id,))
    return decision.date, decision.by, Stack((decision.decision,), tuple(notes)), about


def _assurance(priority: Priority, said: Assurance) -> tuple[Cell, ...]:
    why = said.note or "No reason is given"
    return _named(priority), said.date, LEVELS[said.level], said.by, why
