"""What hscp itself writes of a plan in the documents that people take away, so that it is known for
its own when they come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..dates import PlanDate
from ..document import Link, Mark, Paper, SmallLine
from ..importing.columns import plain
from ..importing.draft import Left
from ..importing.news import Own
from ..importing.unsaid import words
from ..readers.content import Table
from ..standing import standings
from . import papers, phrases, records, sheets
from ._decision_sheet import DECISION_LABELS
from ._measure_sheets import MEASURE_LABELS
from .own_tables import labels_of, renamed_columns, told_apart
from .published import Published

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from ..document import Stack
    from ..importing.columns import Role
    from ..model import Head, Plan
    from ..readers.content import Content
    from ..standing import Standing

_SKIP = "Skip to the content"
"""What hscp's pages begin with."""
_OF_A_DAY = re.compile(
    r"(?:- )?\bAs at:? .{4,20}$|(?m:^).*\bmade from the plan's files by hscp.*"
    r"|\b\d+ (?:day|week|month|year)s? old\b|^said .{2,60}\bago, nothing shown$",
    re.IGNORECASE,
)
"""What hscp's papers say of the day and the revision that they were made of, and how long before
it something was said."""


_OF_THE_PLAN = re.compile(r".+: (?P<paper>yearly report \d{4}/\d\d|progress report)", re.DOTALL)
"""The titles of the papers that tell of a plan and are none: those of the year and of the Board."""
_FOOT = re.compile(r"\bmade from the plan's files by hscp\b", re.IGNORECASE)
_MOST_ABOVE = 5
"""How many paragraphs a title is looked for in: a page has a few above it."""


def told_in(content: Content) -> str:
    """Which paper of hscp's own a document is that tells of a plan and is none: "yearly report
    2021/22". Empty where it is another document."""
    above = list(content.paragraphs())
    if not any(_FOOT.search(p.text) for p in (*content.foot, *above)):
        return ""
    titles = (_OF_THE_PLAN.fullmatch(p.text.strip()) for p in above[:_MOST_ABOVE])
    return next((title["paper"] for title in titles if title), "")


def own_texts(plan: Plan, day: date) -> Callable[[Standing], Own]:
    """What papers, workbooks and csv say of a milestone, in its own words and as `plan` has it,
    which is the plan as it is published."""
    published = {standing.milestone.id: standing for standing in standings(plan, day)}

    def own(standing: Standing) -> Own:
        its = published[standing.milestone.id]
        said = _said_of(standing)
        if its.milestone == standing.milestone:
            return said
        veiled = _said_of(its)
        texts, below = (*said.texts, *veiled.texts), (*said.below, *veiled.below)
        return Own(texts, below, its.milestone)

    return own


def _said_of(standing: Standing) -> Own:
    head, milestone = standing.plan.head, standing.milestone
    texts = [text for entry in milestone.progress for text in (entry.note or "", *entry.evidence)]
    texts += [
        phrases.plain(papers.entry_line(entry, standing, head)) for entry in milestone.progress
    ]
    texts += _lines(papers.timescale(standing))
    texts += _lines(papers.standing(standing, head))
    texts += [str(value) for value in records.row(standing.plan, standing).values() if value]
    texts += [_text(value) for value in sheets.values(standing, head)]
    below = _lines(papers.milestone(standing, head.columns))[1:]
    return Own(tuple(filter(None, texts)), tuple(below), milestone)


def _lines(stack: Stack) -> list[str]:
    return [phrases.plain(line) for line in (stack.main, *stack.notes)]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def columns_of_ours(content: Content, head: Head) -> dict[str, Role]:
    """What the columns of hscp's own papers, workbooks and csv hold, by their plain names, where
    those are none of the usual: the plan has its own words for them."""
    roles: dict[str, Role] = {
        plain(head.word_for("priority")): "priority",
        plain(head.word_for("objective")): "objective",
        plain(head.word_for("milestone")): "action",
        plain(head.word_for("lead")): "lead",
        plain(head.word_for("accountable")): "accountable",
    }
    roles |= renamed_columns(head)
    if any("times moved" in map(plain, labels_of(table)) for table in content.tables()):
        # Each row says who leads it, and only names its objective.
        ours: dict[str, Role] = {"last said": "progress", "last note": "progress", "from": "from"}
        beside = ("objective", plain(head.word_for("objective")), "accountable", "priority title")
        roles |= {**ours, **dict.fromkeys((*beside, plain(head.word_for("accountable"))), "more")}
    return roles


def parted(content: Content, plan: Plan) -> tuple[Content, list[Left]]:
    """A document as hscp's own are read, without the sheets that its workbook has beside that of
    the plan, and what these say: a log, and what the workbook is."""
    ids = {milestone.id for owner in plan.owners for milestone in owner.milestones}
    labels = (sheets.log_labels(plan.head), DECISION_LABELS, *MEASURE_LABELS, [sheets.ABOUT])
    ours = [t for t in content.tables() if labels_of(t) in labels or _is_of_measures(t, plan)]
    blocks = tuple(
        told_apart(block, plan.head, ids) if isinstance(block, Table) else block
        for block in content.blocks if block not in ours
    )  # fmt: skip
    left = [
        Left(cell.place, cell.text, "in a sheet that is not the plan's")
        for table in ours for row in table.rows for cell in row
    ]  # fmt: skip
    return content._replace(blocks=blocks), left


def _is_of_measures(table: Table, plan: Plan) -> bool:
    """Whether a table is that of measures of a paper, whose columns are called as the plan says."""
    ids = {measure.id for owner in plan.owners for measure in owner.measures}
    named = (row[0].text.split()[:1] for row in table.rows[1:] if row)
    return labels_of(table)[:1] == ["Measure"] and all(id and id[0] in ids for id in named)


def is_ours(plan: Plan, day: date, others: Iterable[str]) -> Callable[[str], bool]:
    """Whether a text stands, word for word, in what hscp writes of the plan or in these other
    texts; or says of which day and revision that was."""
    book = sheets.workbook(plan, day)
    beside = book.tables[1:]
    cells = (value for sheet in beside for row in sheet.rows for value in row)
    values = [f"{v:g}" if isinstance(v, float) else str(v) for v in cells if v is not None]
    written = [*_texts(Published(plan, day, "").paper()), *_texts(book.about), *values]
    written += [field.label for sheet in beside for field in sheet.fields]
    written += [book.progress.empty, _SKIP]
    written += [part.id for owner in plan.owners for part in owner.parts]
    every = (_OF_A_DAY.sub("", text) for text in (*written, *others))
    run = f" {' '.join(word for text in every for word in words(text))} "

    def known(text: str) -> bool:
        own = words(_OF_A_DAY.sub("", " ".join(text.split())))
        return not own or f" {' '.join(own)} " in run

    return known


def _texts(block: Any) -> Iterator[str]:
    """Every text of a paper or a part of one, one part of a sentence after the other."""
    if isinstance(block, Paper):
        yield from _texts((block.subtitle, *block.document))
    elif isinstance(block, str):
        yield block
    elif isinstance(block, PlanDate | SmallLine):
        yield block.shown
    elif isinstance(block, Mark):
        yield block.words or block.kind
    elif isinstance(block, Link):
        yield block.text
    elif isinstance(block, tuple):
        for part in block:
            yield from _texts(part)
