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
    Items,
    Numbered,
    Paper,
    Paragraph,
    Stack,
    Table,
    Title,
    sentence_of,
)
from ..standing import as_at, by_owner, counts, silence_notice
from ..words import UNAGREED, listed, sentence
from . import papers, phrases
from ._annual_rows import (
    assurance_row,
    decision_row,
    impact_item,
    milestone_item,
    move_notes,
)
from ._measured import measured_in
from ._year import Year
from .questions import questions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Cell, Line
    from ..model import Entry, Moved, Plan, Priority, Voice
    from ..standing import Standing

HEARD: tuple[Voice, ...] = ("children", "families")
"""Whom the duty asks to have been heard: what they said has a part of its own."""
BESIDES: tuple[Voice, ...] = ("practitioners", "audit", "data")


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
        sections = _Sections(Year(as_at(self.plan.of_priorities, end), year, end))
        document = (Title(f"{head.title}: yearly report {self.year}"), *sections.document(self.day))
        name = f"annual-{papers.slug(self.year)}"
        return Paper(name, document, head.partnership, self.foot, day=self.day)


class _Move(NamedTuple):
    """A move of a due date in the year."""

    standing: Standing
    entry: Entry
    moved: Moved


class _Sections(NamedTuple):
    """The parts of the report, in the order of the duty."""

    year: Year

    @property
    def plan(self) -> Plan:
        """The plan as it stood at the year's end."""
        return self.year.plan

    def document(self, day: date) -> Iterator[Block]:
        """What stands below the title."""
        standings = self.year.standings()
        yield Facts(
            (("Year", (self.year.span.shown,)), ("As it stood on", (day_shown(self.year.end),)))
        )
        yield from self._cautions(day)
        yield Heading("In brief")
        yield from self._brief(standings)
        parts = (
            ("What was done, and what shows it", self._done(standings)),
            ("What difference it made for children and families", self._difference()),
            (
                "Where there was little or no progress, or no evidence of it",
                self._little(standings),
            ),
            ("Decisions and actions on reviews", self._reviews(standings)),
            ("How children and families were heard", self._heard()),
            ("What moved, what ended, and who agreed it", self._moves_and_ends(standings)),
            ("What Boards decided", self._decisions()),
            ("Whether the partnership is assured", self._assurances()),
            ("Questions that remain", self._questions()),
        )
        for number, (title, blocks) in enumerate(parts, 1):
            yield Heading(f"{number}. {title}")
            yield from blocks

    def _cautions(self, day: date) -> Iterator[Block]:
        """What a reader should know before all else."""
        period = self.plan.head.period
        year = self.year.span
        if year.last < period.start.first or period.end.last < year.first:
            span = f"{period.start.shown} to {period.end.shown}"
            yield _paragraph(f"The year is not one of the plan's, which runs from {span}.")
        if day < year.first:
            yield _paragraph(f"On {day_shown(day)} the year had not begun.")
        elif day < year.last:
            yield _paragraph(f"The year is not over: this is what was logged by {day_shown(day)}.")
        notice = silence_notice(self.plan, self.year.end)
        if notice:
            yield _paragraph(notice)
        yield _paragraph(
            "All of this is taken from the plan's files, and only what was logged in the year "
            "counts as done in it. They do not hold what else a yearly report must cover, such as "
            "costs and independent scrutiny."
        )

    # --- in brief -------------------------------------------------------------------------------

    def _brief(self, standings: list[Standing]) -> Iterator[Block]:
        silent = sum(map(self.year.silent, standings))
        number, word_for = counts(standings), self.plan.head.word_for
        every = phrases.number(standings, self.plan.head)
        unagreed = f"{number[UNAGREED]} {word_for(UNAGREED)}, " if number[UNAGREED] else ""
        says = (
            f"Of {every} on {day_shown(self.year.end)}: {number['complete']} complete, "
            f"{unagreed}{number['overdue']} overdue."
        )
        if silent:
            says += f" {silent} should have begun by then and had nothing logged in the year."
        yield _paragraph(says)
        names = ("Complete", "Overdue", "Begun, nothing logged", "Due date moved")
        columns = (Column(sentence(word_for("priority"))), *(Column(n, right=True) for n in names))
        rows = [
            (phrases.priority(p), *self._numbers(of_it))
            for p, of_it in by_owner(self.plan, standings)
        ]
        if len(rows) > 1:
            rows.append(("All", *self._numbers(standings)))
        caption = f"The year, and how the plan stood on {day_shown(self.year.end)}"
        yield Table(columns, tuple(rows), caption=caption)

    def _numbers(self, standings: list[Standing]) -> tuple[str, str, str, str]:
        number = counts(standings)
        moved = (any(entry.move for entry in self.year.entries(s)) for s in standings)
        return (
            f"{number['complete']} of {len(standings)}",
            str(number["overdue"]),
            str(sum(map(self.year.silent, standings))),
            str(sum(moved)),
        )

    # --- what was done --------------------------------------------------------------------------

    def _done(self, standings: list[Standing]) -> Iterator[Block]:
        silent: list[Priority] = []
        for priority in self.plan.priorities:
            active = [s for s in standings if s.priority is priority and self.year.acts(s)]
            if not active:
                silent.append(priority)
                continue
            yield Heading(phrases.priority(priority), 2)
            if priority.outcome:
                label = priority.outcome_label or "Outcome"
                yield _paragraph(f"{label}: {priority.outcome}")
            milestone = sentence(self.plan.head.word_for("milestone"))
            names = (milestone, "What was done", "What shows it", "Standing")
            caption = f"What was done in the year for {priority.id}"
            yield Table(tuple(map(Column, names)), tuple(map(self._act, active)), caption=caption)
        nothing = "Nothing was logged in the year"
        yield from self._lacking(silent, f"{nothing}.", f"{nothing} for {{}}.")

    def _act(self, standing: Standing) -> tuple[Cell, ...]:
        """A milestone's row, the last said first."""
        head, acts = self.plan.head, self.year.acts(standing)[::-1]
        done = [papers.entry_line(entry, standing, head, evidence=False) for entry in acts]
        evidence: list[Line] = [
            (entry.date, ": ", *papers.evidence_line(entry.evidence))
            for entry in acts
            if entry.evidence
        ]
        return (
            papers.milestone(standing, ()),
            papers.stack(done, "Nothing logged"),
            papers.stack(evidence, "No evidence is cited"),
            papers.standing(standing, head),
        )

    # --- what difference it made ----------------------------------------------------------------

    def _difference(self) -> Iterator[Block]:
        silent: list[Priority] = []
        for priority in self.plan.priorities:
            impact, measured = self.year.impact(priority, BESIDES), measured_in(self.year, priority)
            if impact or measured:
                yield Heading(phrases.priority(priority), 2)
            elif not self.year.impact(priority, HEARD):
                silent.append(priority)
            if impact:
                yield Items(tuple(impact_item(i, sentence(i.from_)) for i in impact))
            if measured:
                columns = map(Column, ("Measure", "In the year", "Change", "Target"))
                caption = f"What was measured for {priority.id} in the year"
                yield Table(tuple(columns), tuple(measured), caption=caption)
        heard = {i.from_ for p in self.plan.priorities for i in self.year.impact(p, HEARD)}
        if heard:
            yield _paragraph(f"What {listed(v for v in HEARD if v in heard)} said is in part 5.")
        yield from self._lacking(
            silent,
            "Nothing is recorded in the year of any difference made for children and families.",
            "Nothing is recorded in the year of what difference {} made for children and families.",
        )

    # --- where there was little or none ---------------------------------------------------------

    def _little(self, standings: list[Standing]) -> Iterator[Block]:
        clear: list[Priority] = []
        for priority, of_it in by_owner(self.plan, standings):
            lacking = ((standing, self._lacks(standing)) for standing in of_it)
            items = tuple(milestone_item(s, (line,)) for s, line in lacking if line)
            if items:
                yield Heading(phrases.priority(priority), 2)
                yield Items(items)
            else:
                clear.append(priority)
        nothing = (
            "nothing was late, off track or without news, and nothing complete lacked evidence."
        )
        yield from self._lacking(clear, sentence(nothing), f"In {{}}, {nothing}")
        assured = [p.id for p, _ in self.year.assurances()]
        yield from self._lacking(
            [p for p in self.plan.priorities if p.id not in assured],
            "Nobody said in the year whether the partnership is assured.",
            "Nobody said in the year whether the partnership is assured about {}.",
        )

    def _lacks(self, standing: Standing) -> Line:
        """What keeps a milestone from having come on in the year, and been shown to; nothing where
        nothing does."""
        mark = phrases.mark(standing, self.plan.head)
        if self.year.unproven(standing):
            return (mark, ", and no evidence is cited")
        parts: list[Line] = []
        if self.year.silent(standing):
            logged = "was logged in the year" if standing.milestone.progress else "was ever logged"
            parts.append((f"nothing {logged}",))
        elif standing.open and self.year.entries(standing) and not self.year.acts(standing):
            moved = any(entry.move for entry in self.year.entries(standing))
            how = "moved" if moved else "was set"
            parts.append((f"its due date {how}, and nothing else was logged in the year",))
        elif standing.kind not in ("overdue", "off track", "late to start"):
            return ()
        if standing.disagrees:
            parts.insert(
                0, (f"still said to be {self.plan.head.word_for(standing.milestone.status)}",)
            )
        if standing.kind == "late to start" and standing.milestone.start:
            parts.insert(0, ("was to begin ", standing.milestone.start))
        return sentence_of([phrases.stands(standing, self.plan.head), *parts])

    # --- reviews --------------------------------------------------------------------------------

    def _reviews(self, standings: list[Standing]) -> Iterator[Block]:
        names = dict.fromkeys(name for s in standings for name in s.milestone.answers)
        if not names:
            milestone = self.plan.head.word_for("milestone")
            yield _paragraph(f"No {milestone} is marked as carrying out what a review recommended.")
        for name in names:
            yield Heading(name, 2)
            answering = [s for s in standings if name in s.milestone.answers]
            yield Items(tuple(milestone_item(s, tuple(self._answer(s))) for s in answering))
            if not any(self.year.decided_on(s) for s in answering):
                yield _paragraph("No decision of a Board about it is recorded in the year.")

    def _answer(self, standing: Standing) -> Iterator[Line]:
        head, entries = self.plan.head, self.year.entries(standing)
        yield phrases.stands(standing, head)
        if entries:
            of = f" (The last of {len(entries)} entries in the year.)" if len(entries) > 1 else ""
            yield (*papers.entry_line(entries[-1], standing, head), of)
        else:
            yield ("Nothing was logged in the year.",)
        for decision in self.year.decided_on(standing):
            yield (decision.date, f", decided by {decision.by}: {decision.decision}")

    # --- how children and families were heard ---------------------------------------------------

    def _heard(self) -> Iterator[Block]:
        heard = [(p, i) for p in self.plan.priorities for i in self.year.impact(p, HEARD)]
        heard.sort(key=lambda pair: (HEARD.index(pair[1].from_), pair[1].date.first))
        if heard:
            yield Items(
                tuple(
                    impact_item(i, f"{sentence(i.from_)}, on {phrases.priority(p)}")
                    for p, i in heard
                )
            )
        silent = [voice for voice in HEARD if voice not in {i.from_ for _, i in heard}]
        if silent:
            yield _paragraph(f"Nothing is recorded of what {listed(silent, 'or')} said.")

    # --- what moved -----------------------------------------------------------------------------

    def _moves_and_ends(self, standings: list[Standing]) -> Iterator[Block]:
        moves = [_Move(s, e, e.move) for s in standings for e in self.year.entries(s) if e.move]
        if not moves:
            yield _paragraph("No due date moved in the year.")
        else:
            yield self._moves(moves)
        ended = [s for s in standings if self.year.ended(s)]
        if ended:
            caption = "What was closed in the year, or completed where a Board decides"
            names = (sentence(self.plan.head.word_for("milestone")), "What", "Why", "Who agreed it")
            rows = tuple((papers.milestone(s, ()), *papers.ending(s)) for s in ended)
            yield Table(tuple(map(Column, names)), rows, caption=caption)
        else:
            yield _paragraph("Nothing was closed in the year.")

    def _moves(self, moves: list[_Move]) -> Table:
        names = (sentence(self.plan.head.word_for("milestone")), "Due date", "Why", "Who agreed it")
        rows = tuple(
            (
                papers.milestone(s, ()),
                Stack(
                    ("From ", moved.from_, " to ", moved.to),
                    move_notes(entry, moved),
                ),
                papers.end_sentence(entry.note or ""),
                s.milestone.progress.who_agreed(entry) or sentence(phrases.NOT_AGREED),
            )
            for s, entry, moved in sorted(moves, key=lambda move: move.entry.date.first)
        )
        caption = "The due dates that moved in the year"
        return Table(tuple(map(Column, names)), rows, caption=caption)

    # --- decisions and assurance ----------------------------------------------------------------

    def _decisions(self) -> Iterator[Block]:
        rows = tuple(decision_row(p, decision) for p, decision in self.year.decisions())
        if not rows:
            yield _paragraph("No decision of a Board is recorded in the year.")
            return
        columns = map(Column, ("Date", "Decided by", "Decision", "About"))
        yield Table(tuple(columns), rows, caption="What Boards decided in the year")

    def _assurances(self) -> Iterator[Block]:
        assurances = self.year.assurances()
        if not assurances:
            yield _paragraph("No statement of assurance is recorded in the year.")
            return
        priority = sentence(self.plan.head.word_for("priority"))
        columns = map(Column, (priority, "Date", "Level", "Said by", "Why"))
        rows = tuple(assurance_row(p, a) for p, a in assurances)
        yield Table(tuple(columns), rows, caption="What was said of assurance in the year")

    # --- questions ------------------------------------------------------------------------------

    def _questions(self) -> Iterator[Block]:
        remaining = questions(self.plan, self.year.end)
        if remaining:
            yield Numbered(tuple((question.asks,) for question in remaining))
        else:
            yield _paragraph("The plan's files leave none.")

    # --- priorities that lack something ---------------------------------------------------------

    def _lacking(self, priorities: list[Priority], every: str, some: str) -> Iterator[Block]:
        """The one sentence that says what every priority lacks, or these."""
        if len(priorities) == len(self.plan.priorities):
            yield _paragraph(every)
        elif priorities:
            yield _paragraph(some.format(listed(priority.id for priority in priorities)))


def _paragraph(text: str) -> Paragraph:
    return Paragraph((text,), apart=True)
