"""What a lead wrote about each milestone, as it stands in what came back, and what stands nowhere.

Knows no plan but its ids and actions, and gives no word a meaning: that is `meaning`'s affair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .cells import table_answers
from .form import find_marks
from .lines import apart, line_answers
from .parts import Answer, Part
from .starts import Starts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..readers.content import Comment, Content
    from .form import Mark
    from .own import OwnText

__all__ = ["Answer", "Part", "Returned", "marks_in", "read_answers"]


class Returned(NamedTuple):
    """What came back in one file."""

    answers: tuple[Answer, ...]
    """In the order in which they stand there; a milestone may be answered twice."""
    unplaced: tuple[Part, ...]
    """What stands under no milestone."""
    comments: tuple[Comment, ...]
    notes: tuple[str, ...]


def read_answers(
    content: Content, actions: Mapping[str, str], own: OwnText, by_line: bool = False
) -> Returned:
    """The answers in a file. `actions` are the plan's milestones by id; `own` is what we wrote in
    it ourselves; `by_line`: whether its paragraphs are the lines of a text."""
    tables = [table_answers(table, actions, own) for table in content.tables()]
    beside_table = any(table.answers for table in tables)
    lines = line_answers(
        list(content.paragraphs()), actions, own, by_line=by_line, beside_table=beside_table
    )
    starts = Starts(actions, own.cited)
    in_rows = (one for table in tables for row in table.answers for one in apart(row, starts))
    return Returned(
        (*in_rows, *lines.answers),
        (*(part for table in tables for part in table.unplaced), *lines.unplaced),
        content.comments,
        content.notes,
    )


def marks_in(content: Content) -> tuple[Mark, ...]:
    """The marks in a file, each once: in its properties, at the foot of its pages, and in its text
    and tables, where it may have been pasted with the rest."""
    texts = [*content.properties.values()]
    texts += [paragraph.text for paragraph in (*content.foot, *content.paragraphs())]
    texts += [cell.text for table in content.tables() for row in table.rows for cell in row]
    marks = [mark for text in texts for mark in find_marks(text)]
    # A page's foot may hold other words after the mark, and the properties hold it alone.
    return tuple({mark[:3]: mark for mark in reversed(marks)}.values())
