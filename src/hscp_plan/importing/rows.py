"""A row of a plan's table: its priority, its objective, its actions, or more of the row above."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cells import keep, read_dates, read_log, read_others, strike
from .draft import words_of
from .grid import paragraphs_of
from .said import NOTHING, actions_of, named, names_in, priority_named, shared_out
from .when import leading, read_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .draft import Objective
    from .grid import Row, Slot
    from .position import Position

_OBJECTIVE_ID = re.compile(r"P\d{1,3}-[A-Z]{1,2}")
_ABOVE = ("priority", "objective")
_OBJECTIVES = ("complete by", "accountable", "lead")
_SHARED = ("due", "lead", "status")
"""What is said for each of several actions in a cell, where it is said as often."""


def read_row(at: Position, row: Row, goes_on: bool) -> None:
    """A row: what it says of an objective, and its actions. `goes_on` where it is the first of a
    table that goes on from the one before."""
    _list_beyond(at, row)
    action = at.slot(row, "action")
    if not action.text and any(p.struck.strip() for p in paragraphs_of(action.cell)):
        _list_struck(at, row)
        return
    if goes_on and _continues(at, row):
        return
    _read_priority(at, row)
    _read_objective(at, row, goes_on)
    if action.text and action.below and at.last:
        _extend(at, row)
    elif re.search(r"[^\W\d_]", action.text) and not NOTHING.fullmatch(action.text):
        _read_actions(at, row, action)
        _read_completion_alone(at, row)
    elif not action.text and at.last and _says_more(at, row):
        _extend(at, row)
    else:
        _list_empty(at, row)


def _says_more(at: Position, row: Row) -> bool:
    return any(at.columns[n].role not in _ABOVE for n in at.filled(row))


# --- rows without an action of their own ----------------------------------------------------------


def _list_struck(at: Position, row: Row) -> None:
    """List a row of which the action is struck out."""
    for slot in row.slots:
        text = " ".join(p.whole for p in paragraphs_of(slot.cell))
        if text.strip() and not slot.below:
            at.leave(slot.cell.place or row.place, text, "its action is struck out")


def _list_beyond(at: Position, row: Row) -> None:
    """List what stands right of the columns that have a name."""
    for column in row.filled:
        if column >= len(at.columns):
            slot = row.slot(column)
            at.leave(slot.cell.place or row.place, slot.text, "right of the named columns")


def _list_empty(at: Position, row: Row) -> None:
    """List what a row says of an action, where it names none."""
    for column in at.filled(row):
        slot, role = row.slot(column), at.columns[column].role
        if role not in _ABOVE and slot.text and role not in _OBJECTIVES:
            at.leave(slot.cell.place or row.place, slot.text, "no action stands in its row")


def _continues(at: Position, row: Row) -> bool:
    """Take the first row of a table that goes on from the page before for the rest of the last
    row, where its action begins in the midst of a sentence; whether it is."""
    action = at.slot(row, "action").text
    if not action or not action[0].islower() or not at.last:
        return False
    _read_objective(at, row, goes_on=True)
    at.last.action = f"{at.last.action} {' '.join(action.split())}"
    for column in at.filled(row):
        if at.columns[column].role not in ("action", *_ABOVE, *_OBJECTIVES):
            keep(at, at.last, column, row.slot(column))
    return True


def _extend(at: Position, row: Row) -> None:
    """A row without an action of its own says more of the action above it."""
    assert at.last  # noqa: S101 - it is asked for before
    for column in at.filled(row):
        slot, role = row.slot(column), at.columns[column].role
        if role == "lead":
            at.last.leads += names_in(slot)
        elif role == "progress":
            read_log(at, at.last, column, slot, row)
        elif role not in _ABOVE:
            keep(at, at.last, column, slot)


# --- what a row belongs to ------------------------------------------------------------------------


def _read_priority(at: Position, row: Row) -> None:
    slot = at.slot(row, "priority")
    text = " ".join(slot.text.split())
    if not text or slot.below:
        return
    at.understand(text)
    about = priority_named(text) or named(text)
    if at.priority is None or at.priority.title != about.title:
        at.begin_priority_here(about, row.place)


def _read_objective(at: Position, row: Row, goes_on: bool) -> None:
    """What a row says of its objective: a new one, or the rest of the one above."""
    slot = at.slot(row, "objective")
    texts = [" ".join(p.text.split()) for p in slot.paragraphs]
    if texts and not slot.below:
        _state(at, texts, goes_on)
    says = bool(texts) or goes_on
    if "objective" in at.roles and at.objective and says and not slot.below:
        _read_accountable(at, at.objective, row)
        _read_objectives_lead(at, at.objective, row)
        _read_complete_by(at, at.objective, row)


def _state(at: Position, texts: Sequence[str], goes_on: bool) -> None:
    """Take texts for the statements of the objective here, or of a new one."""
    objective = at.objective
    if goes_on and objective and objective.statements and texts[0][:1].islower():
        objective.statements[-1] = f"{objective.statements[-1]} {texts[0]}"
        objective.statements += texts[1:]
    elif objective and (objective.statements == texts or [objective.id] == texts):
        at.understand(*texts)
    elif _OBJECTIVE_ID.fullmatch(texts[0]) and len(texts) == 1:
        at.begin_objective().id = texts[0]
        at.understand(*texts)
    else:
        at.begin_objective().statements += texts


def _read_accountable(at: Position, objective: Objective, row: Row) -> None:
    slot = at.slot(row, "accountable")
    if not slot.text or slot.below:
        return
    names = names_in(slot)
    if not objective.accountable:
        objective.accountable = names
    elif objective.accountable == names:
        at.understand(*names)


def _read_objectives_lead(at: Position, objective: Objective, row: Row) -> None:
    slot = at.slot(row, "lead")
    if NOTHING.fullmatch(slot.text):
        at.understand(slot.text)
    elif slot.text and not slot.below and not objective.leads and not at.slot(row, "due").text:
        objective.leads = names_in(slot)


def _read_complete_by(at: Position, objective: Objective, row: Row) -> None:
    slot = at.slot(row, "complete by")
    if not slot.text or slot.below:
        return
    when = read_when(slot.text, at.asked.how)
    if when.due.dated and when.start.undated:
        objective.complete_by = when.due
        at.understand(slot.text)
    elif not _is_of_action(at, row):
        at.doubt(when, slot.text, slot.cell.place or row.place)
        at.state(" ".join(slot.text.split()))


def _is_of_action(at: Position, row: Row) -> bool:
    """Whether the only date of a row may be that of its action: no other column says one."""
    return "due" not in at.roles and bool(at.slot(row, "action").text)


def _read_completion_alone(at: Position, row: Row) -> None:
    """Keep in words what a row says of completion beside its action, where that is no date."""
    for column, slot in at.slots(row, "complete by"):
        when = read_when(slot.text, at.asked.how)
        is_date = when.due.dated and when.start.undated
        is_words = bool(slot.text) and not is_date and "objective" in at.roles
        if at.last and is_words and not slot.below and _is_of_action(at, row):
            keep(at, at.last, column, slot)


# --- actions --------------------------------------------------------------------------------------


def _read_actions(at: Position, row: Row, slot: Slot) -> None:
    """The actions of a row, with what its other cells say."""
    at.draft.rows += 1
    texts = actions_of(slot)
    numbering = words_of(slot.text) - words_of(*texts)
    at.understand(" ".join(word for word in numbering if len(word) < 3))
    rows = _shared_out(at, row, len(texts))
    for number, (text, its) in enumerate(zip(texts, rows, strict=True)):
        place = slot.cell.place or row.place
        when, words, action = leading(text, at.asked.how)
        at.doubt(when, words, place)
        if when.read:
            at.understand(words)
        milestone = at.add(action if when.read else text, place, when)
        read_dates(at, milestone, its)
        read_others(at, milestone, its, row, first=number == 0)
    strike(at, row)
    _understand_marks(at, row, rows)


def _shared_out(at: Position, row: Row, count: int) -> list[Row]:
    """A row for each of its actions: what its cells say for each of them stands apart."""
    cells = [
        shared_out(row.slot(n), count) if c.role in _SHARED else [row.slot(n)] * count
        for n, c in enumerate(at.columns)
    ]
    return [row._replace(slots=slots) for slots in zip(*cells, strict=True)]


def _understand_marks(at: Position, row: Row, rows: Sequence[Row]) -> None:
    """Count the letters and numbers before what is said of each action."""
    for column in [n for n, c in enumerate(at.columns) if c.role in _SHARED]:
        apart = {its.slot(column).text for its in rows}
        if len(apart) > 1:
            marks = words_of(row.slot(column).text) - words_of(*apart)
            at.understand(*(word for word in marks if len(word) < 3))
