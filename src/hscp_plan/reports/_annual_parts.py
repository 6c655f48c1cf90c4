"""The parts of a yearly report that are about the whole plan, by their names: what was done, what
difference it made, where there was little or none, what reviews led to, who was heard, what moved,
what was decided and who is assured."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..dates import day_shown
from ..document import (
    Column,
    Heading,
    Items,
    Numbered,
    Paragraph,
    Stack,
    Table,
    sentence_of,
)
from ..standing import by_owner, counts
from ..words import UNAGREED, listed, sentence
from . import papers, phrases
from ._annual_rows import (
    Missing,
    act_row,
    assurance_table,
    decision_row,
    impact_item,
    milestone_item,
    move_notes,
    older_assurance,
    paragraph,
)
from ._answered import answer_blocks
from ._measured import MEASURED, measured_in
from ._themed import theme_blocks
from .questions import questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..document import Block, Line
    from ..duty import Answer
    from ..model import Entry, Moved, Plan, Priority, Voice
    from ..standing import Standing
    from ._annual_rows import Held
    from ._year import Year

HEARD: tuple[Voice, ...] = ("children", "adults", "families", "carers")
"""Whom the duty asks to have been heard: what they said has a part of its own."""
BESIDES: tuple[Voice, ...] = ("practitioners", "audit", "data")


class _Move(NamedTuple):
    """A move of a due date in the year."""

    standing: Standing
    entry: Entry
    moved: Moved


class Parts(NamedTuple):
    """The parts of one year's report, each a function."""

    year: Year
    standings: list[Standing]
    """How each milestone stood at the year's end."""
    numbers: Mapping[Answer, int]
    """The number under which each part that the report has stands."""
    whom: str
    """Whom the plan is to protect, as sentences name them."""
    partners: Sequence[str]
    """Who is to say what each paid."""

    @property
    def plan(self) -> Plan:
        """The plan as it stood at the year's end."""
        return self.year.plan

    def told_of(self, voice: Voice) -> int | None:
        """The number of the part that tells what this voice said; None where none does."""
        own: Answer | None = "heard" if voice in HEARD else "scrutiny" if voice == "audit" else None
        return (own and self.numbers.get(own)) or self.numbers.get("impact")

    def brief(self) -> Iterator[Block]:
        """The year in numbers, a row for each priority."""
        silent = sum(map(self.year.silent, self.standings))
        number, word_for = counts(self.standings), self.plan.head.word_for
        every = phrases.number(self.standings, self.plan.head)
        unagreed = f"{number[UNAGREED]} {word_for(UNAGREED)}, " if number[UNAGREED] else ""
        says = (
            f"Of {every} on {day_shown(self.year.end)}: {number['complete']} complete, "
            f"{unagreed}{number['overdue']} overdue."
        )
        if silent:
            says += f" {silent} should have begun by then and had nothing logged in the year."
        yield paragraph(says)
        names = ("Complete", "Overdue", "Should have begun, nothing logged", "Due date moved")
        columns = (Column(sentence(word_for("priority"))), *(Column(n, right=True) for n in names))
        rows = [
            (phrases.priority(p), *self._numbers(of_it))
            for p, of_it in by_owner(self.plan, self.standings)
        ]
        if len(rows) > 1:
            rows.append(("All", *self._numbers(self.standings)))
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

    def done(self) -> Iterator[Held]:
        """Each milestone of which something was done: what, what shows it, and how it stands."""
        silent: list[Priority] = []
        for priority in self.plan.priorities:
            active = [s for s in self.standings if s.priority is priority and self.year.acts(s)]
            if not active:
                silent.append(priority)
                continue
            yield Heading(phrases.priority(priority), 2)
            if priority.outcome:
                label = priority.outcome_label or "Outcome"
                yield paragraph(f"{label}: {priority.outcome}")
            milestone = sentence(self.plan.head.word_for("milestone"))
            names = (milestone, "What was done", "What shows it", "Standing")
            caption = f"What was done in the year for {priority.id}"
            yield Table(
                tuple(map(Column, names)),
                tuple(act_row(s, self.year.acts(s)) for s in active),
                caption=caption,
            )
        nothing = "Nothing was logged in the year"
        yield from self._lacking(silent, Missing(f"{nothing}."), f"{nothing} for {{}}.")

    # --- what difference it made ----------------------------------------------------------------

    def impact(self) -> Iterator[Held]:
        """What was said and measured of it; what children and families said, and audits found,
        where that has a part of its own, there."""
        heard_at, found_at = self.numbers.get("heard"), self.numbers.get("scrutiny")
        voices = [
            voice
            for voice in (*HEARD, *BESIDES)
            if not (heard_at and voice in HEARD) and not (found_at and voice == "audit")
        ]
        silent: list[Priority] = []
        for priority in self.plan.priorities:
            impact, measured = self.year.impact(priority, voices), measured_in(self.year, priority)
            if impact or measured:
                yield Heading(phrases.priority(priority), 2)
            elif not self.year.impact(priority, (*HEARD, *BESIDES)):
                silent.append(priority)
            if impact:
                yield Items(tuple(impact_item(i, sentence(i.from_)) for i in impact))
            if measured:
                caption = f"What was measured for {priority.id} in the year"
                yield Table(MEASURED, tuple(measured), caption=caption)
        heard = {i.from_ for p in self.plan.priorities for i in self.year.impact(p, HEARD)}
        if heard and heard_at:
            said = listed(voice for voice in HEARD if voice in heard)
            yield paragraph(f"What {said} said is in part {heard_at}.")
        if found_at and any(self.year.impact(p, ("audit",)) for p in self.plan.priorities):
            yield paragraph(f"What audits found is in part {found_at}.")
        yield from self._lacking(
            silent,
            Missing(f"Nothing is recorded in the year of any difference made for {self.whom}."),
            f"Nothing is recorded in the year of what difference {{}} made for {self.whom}.",
        )

    # --- where there was little or none ---------------------------------------------------------

    def little(self) -> Iterator[Held]:
        """Each milestone that has not come on, or not been shown to; what nobody is assured of."""
        clear: list[Priority] = []
        for priority, of_it in by_owner(self.plan, self.standings):
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
        yield from self._lacking(clear, paragraph(sentence(nothing)), f"In {{}}, {nothing}")
        if "assurance" not in self.numbers:
            yield from self._unassured()

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

    def reviews(self) -> Iterator[Held]:
        """Each review, what it recommended, what carries that out, and what was done."""
        blocks = list(answer_blocks(self.year))
        milestone = self.plan.head.word_for("milestone")
        if not blocks:
            yield Missing(f"No {milestone} is marked as carrying out what a review recommended.")
        yield from blocks

    # --- how children and families were heard ---------------------------------------------------

    def heard(self) -> Iterator[Held]:
        """What those said whom the plan protects; and by theme what was heard and what changed."""
        heard = [(p, i) for p in self.plan.priorities for i in self.year.impact(p, HEARD)]
        heard.sort(key=lambda pair: (HEARD.index(pair[1].from_), pair[1].date.first))
        if heard:
            yield Items(
                tuple(
                    impact_item(i, f"{sentence(i.from_)}, on {phrases.priority(p)}")
                    for p, i in heard
                )
            )
        # Whom the plan is not to protect nobody asked it to hear.
        expected = [voice for voice in HEARD if voice in self.whom]
        silent = [voice for voice in expected if voice not in {i.from_ for _, i in heard}]
        if silent:
            text = f"Nothing is recorded of what {listed(silent, 'or')} said."
            yield Missing(text)
        yield from theme_blocks(self.year)

    # --- what moved -----------------------------------------------------------------------------

    def moves(self) -> Iterator[Held]:
        """Each due date that moved, and what was closed, with who agreed it."""
        moves = [
            _Move(s, e, e.move) for s in self.standings for e in self.year.entries(s) if e.move
        ]
        if not moves:
            yield paragraph("No due date moved in the year.")
        else:
            yield self._moves(moves)
        ended = [s for s in self.standings if self.year.ended(s)]
        if ended:
            caption = "What was closed in the year, or completed where a Board decides"
            names = (sentence(self.plan.head.word_for("milestone")), "What", "Why", "Who agreed it")
            rows = tuple((papers.milestone(s, ()), *papers.ending(s)) for s in ended)
            yield Table(tuple(map(Column, names)), rows, caption=caption)
        else:
            yield paragraph("Nothing was closed in the year.")
        if added := [s for s in self.standings if s.added]:
            yield self._additions(added)

    def _additions(self, added: list[Standing]) -> Table:
        names = (
            sentence(self.plan.head.word_for("milestone")),
            "Due",
            "Added since the plan was agreed",
        )
        rows = tuple(
            (papers.milestone(s, ()), s.milestone.due, Stack(phrases.addition(s))) for s in added
        )
        caption = "What was added since the plan was agreed, and who agreed it"
        return Table(tuple(map(Column, names)), rows, caption=caption)

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

    def decisions(self) -> Iterator[Held]:
        """What Boards decided."""
        rows = tuple(map(decision_row, self.year.decisions()))
        if not rows:
            yield Missing("No decision of a Board is recorded in the year.")
            return
        columns = map(Column, ("Date", "Decided by", "Decision", "About"))
        yield Table(tuple(columns), rows, caption="What Boards decided in the year")

    def assurance(self) -> Iterator[Held]:
        """What was said of assurance."""
        if said := self.year.assurances():
            yield assurance_table(self.year, said, "What was said of assurance in the year")
        yield from self._unassured()
        if older := older_assurance(self.year):
            yield paragraph("The newest before the year, where nobody said so again:")
            yield older

    def _unassured(self) -> Iterator[Held]:
        assured = [p.id for p, _ in self.year.assurances()]
        yield from self._lacking(
            [p for p in self.plan.priorities if p.id not in assured],
            Missing("Nobody said in the year whether the partnership is assured."),
            "Nobody said in the year whether the partnership is assured about {}.",
        )

    # --- questions ------------------------------------------------------------------------------

    def questions(self) -> Iterator[Held]:
        """What the plan's files leave to ask."""
        remaining = questions(self.plan, self.year.end)
        if remaining:
            yield Numbered(tuple((question.asks,) for question in remaining))
        else:
            yield paragraph("The plan's files leave none.")

    # --- priorities that lack something ---------------------------------------------------------

    def _lacking(
        self, priorities: list[Priority], every: Paragraph | Missing, some: str
    ) -> Iterator[Held]:
        """What says that every priority lacks something; or, as surely missing, the sentence that
        says these do."""
        if len(priorities) == len(self.plan.priorities):
            yield every
        elif priorities:
            text = some.format(listed(priority.id for priority in priorities))
            yield Missing(text) if isinstance(every, Missing) else paragraph(text)


class Part(NamedTuple):
    """A part of a yearly report: its title, and what makes it."""

    title: str
    """With {whom} for whom the plan is to protect."""
    blocks: Callable[[Parts], Iterator[Held]]


OUR_OWN: Mapping[Answer, Part] = {
    "done": Part("What was done, and what shows it", Parts.done),
    "impact": Part("What difference it made for {whom}", Parts.impact),
    "little": Part("Where there was little or no progress, or no evidence of it", Parts.little),
    "reviews": Part("Decisions and actions on reviews", Parts.reviews),
    "heard": Part("How {whom} were heard", Parts.heard),
    "moves": Part("What moved, what ended, and who agreed it", Parts.moves),
    "decisions": Part("What Boards decided", Parts.decisions),
    "assurance": Part("Whether the partnership is assured", Parts.assurance),
    "questions": Part("Questions that remain", Parts.questions),
}
"""The parts of the report where no duty says which, in their order."""
