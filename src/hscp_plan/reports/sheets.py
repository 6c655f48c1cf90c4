"""The plan as a workbook's sheets: what stands in each column, apart from how it is drawn."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..agreement import who_agreed_addition
from ..dates import day_shown
from ..document import Column, Facts, Heading, Mark, Table, Title
from ..occurrences import name
from ..standing import standings
from ..words import KINDS, STATUSES, UNAGREED, cut, one_line, sentence
from . import phrases, records
from ._decision_sheet import decided_in, decisions_sheet
from ._measure_sheets import figures_sheet, measures_sheet
from ._sheet import Field, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..dates import PlanDate
    from ..document import Document
    from ..model import Entry, Head, Plan
    from ..standing import Standing
    from ..words import Kind
    from ._sheet import Value


class Workbook(NamedTuple):
    """The plan, its progress, its decisions and measures where it has any, and what these are."""

    title: str
    partnership: str
    day: date
    plan: Sheet
    progress: Sheet
    about: Document
    words: dict[Kind, str]
    """What each standing is called in the sheets."""
    decisions: tuple[Sheet, ...]
    measures: tuple[Sheet, ...]
    """How each measure stands, and every figure."""

    @property
    def tables(self) -> tuple[Sheet, ...]:
        """The sheets that are tables, in their order."""
        return (self.plan, self.progress, *self.decisions, *self.measures)


def workbook(plan: Plan, day: date, only: str = "") -> Workbook:
    """The plan, or what filters left of it, as it stands on a day."""
    head, every = plan.head, standings(plan, day)
    words = {kind: sentence(head.word_for(kind)) for kind in KINDS}
    decided = decided_in(plan)
    return Workbook(
        head.title,
        head.partnership,
        day,
        Sheet(
            "Plan",
            _with_ids(_fields(head), every),
            (_milestone(s, head, words) for s in every),
            len(every),
            len(_FIRST_PAGE),
            "No milestones.",
        ),
        Sheet(
            "Progress",
            _with_ids(_log_fields(head), every),
            (_entry(s, e, words) for s in every for e in s.milestone.progress),
            sum(len(s.milestone.progress) for s in every),
            len(_log_fields(head)),
            "Nothing has been logged.",
        ),
        _about(plan, day, only, every, words),
        words,
        (decisions_sheet(decided),) if decided else (),
        (measures_sheet(plan, day), figures_sheet(plan, day)) if _has_measures(plan) else (),
    )


def _has_measures(plan: Plan) -> bool:
    return any(priority.measures for priority in plan.priorities)


ABOUT = "About this workbook"


def plan_labels(head: Head) -> list[str]:
    """What the columns of the sheet Plan are called, those of the plan's own last."""
    return [field.label for field in _fields(head)]


def log_labels(head: Head) -> list[str]:
    """What the columns of the sheet Progress are called."""
    return [field.label for field in _log_fields(head)]


_FIRST_PAGE = (
    Field("Id", 8),
    Field("Priority", 13),
    Field("Milestone", 36),
    Field("Lead", 20),
    Field("Start", 15, "written"),
    Field("Start: first day", 11, "date"),
    Field("Due", 15, "written"),
    Field("Due: last day", 11, "date"),
    Field("Status", 11, "status"),
    Field("Standing", 11, "standing"),
    Field("Last said", 36),
    Field("Last said on", 11, "date"),
)
_NEXT_PAGE = (
    Field("Last said by", 22),
    Field("Objective", 11),
    Field("Accountable", 24),
    Field("First due", 15, "written"),
    Field("Times moved", 9, "number"),
    Field("Days late", 9, "number"),
    Field("Answers", 20),
    Field("From", 20),
    Field("Recurs", 20),
    Field("Added", 11, "date"),
    Field("Added by", 20),
    Field("Added: agreed", 20),
    Field("Evidence", 36),
)


def _fields(head: Head) -> tuple[Field, ...]:
    levels = {"Milestone": "milestone", "Priority": "priority", "Objective": "objective"}
    fixed = [
        f._replace(label=sentence(head.word_for(levels[f.label]))) if f.label in levels else f  # type: ignore[arg-type]
        for f in (*_FIRST_PAGE, *_NEXT_PAGE)
    ]
    return _apart((*fixed, *(Field(column.label, 30) for column in head.columns)))


def _with_ids(fields: tuple[Field, ...], standings: list[Standing]) -> tuple[Field, ...]:
    """The columns, those of ids wide enough for the longest: 2021-23/P1.3 of several plans."""
    longest = max((len(s.milestone.id) for s in standings), default=0)
    ids = ("id", "objective")
    return tuple(
        f._replace(width=max(f.width, longest + 2)) if f.label.casefold() in ids else f
        for f in fields
    )


def _log_fields(head: Head) -> tuple[Field, ...]:
    return _apart(
        (
            Field("Id", 8),
            Field(sentence(head.word_for("milestone")), 30),
            Field("Date", 17, "written"),
            Field("Date: first day", 11, "date"),
            Field("Said by", 20),
            Field("For", 15, "written"),
            Field("What was said", 44),
            Field("Status then", 11, "standing"),
            Field("Due date moved from", 15, "written"),
            Field("Moved to", 15, "written"),
            Field("Agreed", 20),
            Field("Evidence", 30),
            Field("Theme", 20),
        )
    )


def _apart(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """The columns, each with a name of its own: a number comes after one that another has already.
    A table tells its columns apart by name."""
    apart: list[Field] = []
    for field in fields:
        taken = {other.label.casefold() for other in apart}
        name = cut(one_line(field.label), 200)
        number, label = 2, name
        while label.casefold() in taken:
            number, label = number + 1, f"{name} {number}"
        apart.append(field._replace(label=label))
    return tuple(apart)


def _milestone(standing: Standing, head: Head, words: dict[Kind, str]) -> tuple[Value, ...]:
    milestone, said, added = standing.milestone, standing.last_said, standing.milestone.added
    last = (milestone.review or milestone.due).last
    return (
        milestone.id,
        f"{standing.priority.id} {standing.priority.title}",
        milestone.action,
        "; ".join(standing.lead) or phrases.NO_LEAD,
        _date_text(milestone.start),
        milestone.start.first if milestone.start else None,
        _due(standing),
        last if last < date.max else None,
        words[milestone.status],
        words[standing.kind],
        said.note if said else None,
        said.date.first if said else None,
        said.by if said else None,
        standing.objective.id or None,
        "; ".join(standing.objective.accountable) or None,
        _date_text(milestone.first_due),
        milestone.times_moved,
        records.days_late(standing),
        "; ".join(milestone.answers) or None,
        milestone.from_,
        sentence(phrases.plain(phrases.recurs(standing))) or None,
        added.date.first if added else None,
        added.by if added else None,
        who_agreed_addition(milestone, standing.plan.decisions) if added else None,
        "\n".join(milestone.evidence) or None,
        *(milestone.more.get(column.key) for column in head.columns),
    )


def values(standing: Standing, head: Head) -> tuple[Value, ...]:
    """What stands in a milestone's row of the sheet Plan."""
    return _milestone(standing, head, {kind: sentence(head.word_for(kind)) for kind in KINDS})


def _due(standing: Standing) -> str | None:
    review = standing.milestone.review
    return f"ongoing, review {review.shown}" if review else _date_text(standing.milestone.due)


def _date_text(moment: PlanDate | None) -> str | None:
    return moment.shown if moment and moment.text else None


def _entry(standing: Standing, entry: Entry, words: dict[Kind, str]) -> tuple[Value, ...]:
    moved = entry.moved
    return (
        standing.milestone.id,
        standing.milestone.action,
        entry.date.shown,
        entry.date.first,
        entry.by,
        name(entry.for_) if entry.for_ else None,
        entry.note,
        words[entry.status] if entry.status else None,
        _date_text(moved.from_ if moved else None),
        _date_text(moved.to if moved else None),
        entry.agreed,
        "\n".join(entry.evidence) or None,
        "\n".join(entry.theme) or None,
    )


_WORKED_OUT: dict[Kind, str] = {
    "overdue": "Worked out: its due date is past, and it is neither complete nor closed.",
    "no date": "Worked out: it is open, and nothing says when it is due.",
    UNAGREED: "Worked out: it is said to be complete, and no Board is recorded as agreeing.",
    "late to start": "Worked out: it was to have begun, and is not started.",
}


def _about(
    plan: Plan, day: date, only: str, standings: list[Standing], words: dict[Kind, str]
) -> Document:
    head = plan.head
    means_of: dict[Kind, str] = dict.fromkeys(STATUSES, "Said in the plan.")
    means_of["in progress"] = "Said in the plan: begun, and no more than that."
    means_of["closed"] = "Said in the plan: stopped."
    means_of |= {k: means for k, means in _WORKED_OUT.items() if k in head.kinds}
    key = tuple((Mark(k, words[k]), means) for k, means in means_of.items())
    return (
        Title(ABOUT),
        Facts(tuple((name, (text,)) for name, text in _facts(head, day, only, standings))),
        Heading("What the sheets hold"),
        Facts(tuple((name, (text,)) for name, text in _sheets(plan))),
        Heading("Status and standing"),
        Table((Column("Word"), Column("Meaning")), key),
    )


def _facts(
    head: Head, day: date, only: str, standings: list[Standing]
) -> Iterator[tuple[str, str]]:
    yield "Plan", head.title
    yield "Partnership", head.partnership
    yield "As at", day_shown(day)
    yield "Period", f"{head.period.start.shown} to {head.period.end.shown}"
    if head.agreed:
        yield "Agreed", f"{head.agreed.by}, {head.agreed.date.shown}"
    if only:
        yield "Holds", only
    if standings:
        yield (
            "Cite as",
            f"The plan's id and the row's, such as {head.cite(standings[0].milestone.id)}",
        )


def _sheets(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "Plan", f"A row for each {plan.head.word_for('milestone')}."
    yield "Progress", "A row for each entry of the log, oldest first."
    if decided_in(plan):
        yield (
            "Decisions",
            "A row for each decision, oldest first. Id says in whose file it stands; plan is the "
            "whole plan.",
        )
    if _has_measures(plan):
        yield "Measures", "A row for each measure: how it stands on the day above."
        yield (
            "Figures",
            "A row for each figure of a measure. Number is what can be counted with: 40 for 40%. "
            "It is blank where the figure is suppressed, fewer than 5, or no number.",
        )
    yield (
        "Dates",
        "A date stands in words, as exact as the plan has it, and beside it as a day to sort and "
        "filter by: the first day of a start, the last day of a due date.",
    )
    yield (
        "Standing",
        "What follows from status and dates on the day above. It does not change by itself in "
        "this file.",
    )
    yield (
        "Changes",
        "This workbook was made from the plan's files. What is changed here does not change the "
        "plan: tell whoever keeps it.",
    )
