"""The measures of a plan on a day: `hscp status --measures`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Heading, Item, Items, Paragraph, sentence_of
from ..words import sentence
from . import _side_by_side, phrases, records
from ._figures import (
    against_hopes,
    age,
    drawn,
    hopes,
    is_met,
    missed,
    missed_line,
    series,
    small_line,
    summary,
    which_better,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..document import Block, Document, Line
    from ..model import Measure, Plan, Priority

NEWEST = 4
"""How many of the newest figures stand beside the small line."""
FIRST_COLUMNS = ("id", "priority", "measure", "better", "baseline", "target")


class Measures(NamedTuple):
    """`hscp status --measures`: each measure's last figures, against what was hoped for."""

    plan: Plan
    day: date
    only: str = ""

    def document(self) -> Document:
        """How many there are and how they stand; then each priority's."""
        blocks: list[Block] = [phrases.title_on(f"{self.plan.head.title}: measures", self.day)]
        if self.only:
            blocks.append(Paragraph((self.only,)))
        every = [measure for _, measure in self._every()]
        if not every:
            owner = next((p.id for p in self.plan.priorities), "P1")
            hint = f'No measures yet. To add one:  hscp add-measure {owner} "…"'
            return (*blocks, Paragraph((hint,), apart=True))
        blocks.append(Paragraph((summary(every, self.day),)))
        for priority in self.plan.priorities:
            if priority.measures:
                blocks.append(Heading(f"{priority.id} {priority.title}"))
                blocks.append(Items(tuple(_item(m, self.day) for m in priority.measures)))
        late = next(((m, gone[0]) for m in every if (gone := missed(m, self.day))), None)
        if late:
            measure, period = late
            hint = f'To say one:  hscp measure {measure.id} FIGURE --period "{period.text}"'
            blocks.append(Paragraph((hint,), apart=True, hint=True))
        return tuple(blocks)

    def columns(self) -> tuple[str, ...]:
        """The columns of `rows`, as councils publish them: what was promised for each period, and
        beside it what came."""
        return (*FIRST_COLUMNS, *self._labels())

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each measure."""
        labels = self._labels()
        for priority, measure in self._every():
            told = _side_by_side.told(measure, self.day)
            yield {
                "id": measure.id,
                "priority": priority.id,
                "measure": measure.name,
                "better": which_better(measure),
                "baseline": told[_side_by_side.BASELINE],
                "target": told[_side_by_side.TARGET],
                **{label: told.get(label, "") for label in labels},
            }

    def data(self) -> dict[str, object]:
        """Each measure whole, with how it stands."""
        return {
            **records.envelope(self.plan, self.day, self.only),
            "measures": [
                {"priority": priority.id, **records.plain(measure), **_standing(measure, self.day)}
                for priority, measure in self._every()
            ],
        }

    def _every(self) -> Iterator[tuple[Priority, Measure]]:
        for priority in self.plan.priorities:
            for measure in priority.measures:
                yield priority, measure

    def _labels(self) -> list[str]:
        return _side_by_side.labels((measure for _, measure in self._every()), self.day)


def _item(measure: Measure, day: date) -> Item:
    """A measure's small line with the newest figures, how old they are, what was hoped for and
    what is missed."""
    figures = series(measure, day)
    notes: list[Line] = []
    if figures:
        numbers = ", ".join(value.shown for value in figures[-NEWEST:])
        newest = figures[-1]
        notes.append((*drawn(figures), f"{numbers}, in ", newest.period, f"; {age(newest, day)}"))
    else:
        notes.append(("No figure yet",))
    if held := sentence_of([(words,) for words in hopes(measure, figures, day)]):
        notes.append((sentence(str(held[0])), *held[1:]))
    if gone := missed_line(measure, day):
        notes.append(gone)
    return Item(measure.id, measure.name, tuple(notes))


def _standing(measure: Measure, day: date) -> dict[str, object]:
    """How a measure stands, as JSON."""
    figures = series(measure, day)
    newest = figures[-1] if figures else None
    return {
        "small_line": small_line(figures).shown if figures else "",
        "newest": records.plain(newest) if newest else None,
        "against": (newest and against_hopes(measure, newest, day)) or None,
        "met": is_met(measure, newest, day) if newest else None,
        "missed": [records.when(period) for period in missed(measure, day)],
    }
