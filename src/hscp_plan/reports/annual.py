"""A year of the plan: what was done and what shows it, what difference it made, where there was
little or none, what reviews led to, how children and families were heard.

Its parts stand in an order of our own or, where the report answers a duty, under that duty's
headings. Only what was logged within the year counts as done in it, and a milestone stands as it
did at the year's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..as_at import as_at
from ..dates import day_shown, read
from ..document import Column, Facts, Heading, Paper, Paragraph, Table, Title
from ..standing import silence_notice
from ..words import count, listed
from . import papers
from ._annual_asked import ASKED_BY_DUTIES
from ._annual_duty import asks, facts, how_known, partners, writer_of
from ._annual_parts import OUR_OWN, Parts
from ._annual_rows import Missing, paragraph
from ._year import Year

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block
    from ..duty import Answer, Duty
    from ..model import Head, Plan
    from ._annual_rows import Held

PARTS = {**OUR_OWN, **ASKED_BY_DUTIES}
OUR_WHOM = "children and families"
"""Whom the plan is to protect, where no duty says."""


class Annual(NamedTuple):
    """`hscp report annual`: one financial year."""

    plan: Plan
    day: date
    year: str
    """2021/22."""
    foot: str
    duty: Duty | None = None
    """What the report must hold; None for the parts of our own."""

    def paper(self) -> Paper:
        """The year's report."""
        head, span = self.plan.head, read(self.year)
        end = min(self.day, span.last)
        year = Year(as_at(self.plan.of_priorities, end), span, end)
        title = Title(f"{head.title}: yearly report {self.year}")
        document = (title, *_Report.of(year, self.duty).document(self.day))
        name = f"annual-{papers.slug(self.year)}"
        return Paper(name, document, head.partnership, self.foot, day=self.day)


class _Section(NamedTuple):
    """A numbered part of the report; of one that answers a duty, what that asks for and who is to
    write what the plan does not hold."""

    number: int
    heading: str
    answers: tuple[Answer, ...]
    asks: str = ""
    writer: str = ""


class _Report(NamedTuple):
    """The report on a year: its parts, and the sections that they stand in."""

    parts: Parts
    sections: list[_Section]
    duty: Duty | None

    @classmethod
    def of(cls, year: Year, duty: Duty | None) -> _Report:
        """The report under a duty's headings; without a duty under our own."""
        sections = _of_duty(duty, year.plan) if duty else _of_our_own(year.plan.head)
        numbers: dict[Answer, int] = {}
        for section in sections:
            for answer in section.answers:
                if answer != "by hand":
                    numbers.setdefault(answer, section.number)
        whom = duty.protects if duty else OUR_WHOM
        payers = partners(year.plan.head, duty) if duty else ()
        parts = Parts(year, year.standings(), numbers, whom, payers)
        return cls(parts, sections, duty)

    def document(self, day: date) -> Iterator[Block]:
        """What stands below the title."""
        year = self.parts.year
        pairs = (("Year", (year.span.shown,)), ("As it stood on", (day_shown(year.end),)))
        yield Facts((*pairs, *(facts(self.duty, year.span) if self.duty else ())))
        yield from map(paragraph, self._cautions(day))
        yield Heading("In brief")
        yield from self.parts.brief()
        drawn = [(section, list(self._held(section))) for section in self.sections]
        yield from self._to_write(drawn)
        for section, held in drawn:
            yield Heading(f"{section.number}. {section.heading}")
            if section.asks:
                yield paragraph(section.asks)
            for block in held:
                yield _missing(block, section) if isinstance(block, Missing) else block

    def _cautions(self, day: date) -> Iterator[str]:
        """What a reader should know before all else."""
        plan, year = self.parts.plan, self.parts.year
        period, span = plan.head.period, year.span
        if span.last < period.start.first or period.end.last < span.first:
            months = f"{period.start.shown} to {period.end.shown}"
            yield f"The year is not one of the plan's, which runs from {months}."
        if day < span.first:
            yield f"On {day_shown(day)} the year had not begun."
        elif day < span.last:
            yield f"The year is not over: this is what was logged by {day_shown(day)}."
        if notice := silence_notice(plan, year.end):
            yield notice
        source = (
            "All of this is taken from the plan's files, and only what was logged in the year "
            "counts as done in it."
        )
        if self.duty:
            yield f"{source} Where they hold nothing of what the duty asks for, that is said."
            yield from how_known(self.duty)
        else:
            yield (
                f"{source} They do not hold what else a yearly report must cover, such as costs "
                "and independent scrutiny."
            )

    def _to_write(self, drawn: list[tuple[_Section, list[Held]]]) -> Iterator[Block]:
        """What the duty asks for and the plan does not hold, and who is to write it."""
        rows = tuple(
            (f"Part {section.number}: {section.heading}", listed(writers))
            for section, held in drawn
            if section.writer and (writers := _writers(section, held))
        )
        if rows:
            parts = f"{len(rows)} of {count(len(drawn), 'part')}"
            yield paragraph(f"In {parts}, the plan does not hold all that the duty asks for.")
            columns = (Column("Part"), Column("To be written by"))
            yield Table(columns, rows, caption="What is still to be written, and by whom")

    def _held(self, section: _Section) -> Iterator[Held]:
        """What the plan holds for a section, part by part; a part that stood before is only
        named."""
        several = len(section.answers) > 1
        for answer in section.answers:
            title, blocks = _title(answer, self.parts.whom), PARTS[answer].blocks
            number = self.parts.numbers.get(answer, section.number)
            if number != section.number:
                yield paragraph(f"{title}: see part {number}.")
                continue
            if several:
                yield Heading(title, 2)
            for block in blocks(self.parts):
                if several and isinstance(block, Heading):
                    yield block._replace(level=3)
                else:
                    yield block


def _of_our_own(head: Head) -> list[_Section]:
    """Our own parts; where plan.yaml names agencies, what each did before the questions."""
    *parts, last = OUR_OWN
    answers: list[Answer] = [*parts, *(["partners"] if head.agencies else []), last]  # type: ignore[list-item]
    return [_Section(n, _title(answer, OUR_WHOM), (answer,)) for n, answer in enumerate(answers, 1)]


def _of_duty(duty: Duty, plan: Plan) -> list[_Section]:
    return [
        _Section(n, line.heading, line.answered_by, asks(line), writer_of(line, plan, duty))
        for n, line in enumerate(duty.lines, 1)
    ]


def _title(answer: Answer, whom: str) -> str:
    return PARTS[answer].title.format(whom=whom)


def _writers(section: _Section, held: list[Held]) -> list[str]:
    """Who is to write what is missing of a section."""
    missing = (block for block in held if isinstance(block, Missing))
    return list(dict.fromkeys(each.by or section.writer for each in missing))


def _missing(missing: Missing, section: _Section) -> Paragraph:
    """The sentence that says what is missing and, of a duty, who is to write it."""
    if not section.writer:
        return paragraph(missing.text)
    by = f"Not held in the plan. To be written by: {missing.by or section.writer}."
    return paragraph(f"{missing.text} {by}".strip())
