"""What the cells of a row say of its action: dates, leads, how it stands, what was done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..dates import UNDATED, of_day
from ..letters import folded
from ..model import ID, STATUS_IN_WORDS
from .columns import undated
from .draft import Entry, Left, words_of
from .grid import paragraphs_of
from .notes import noted_in
from .own import recurs_said
from .said import NOTHING, by_label, names_in, status_of_colour, status_said, tidy
from .when import When, read_when

if TYPE_CHECKING:
    from .columns import Role
    from .draft import Milestone
    from .grid import Row, Slot
    from .position import Position
    from .when import Doubt

_DATES: tuple[Role, ...] = ("due", "complete by", "start", "new due")
"""The columns that say when, in the order that they are read in."""
_DOUBTS: dict[Doubt, str] = {
    "": "",
    "year": "it has no year",
    "order": "the day or the month may come first",
}
"""Why a date stays in words that could be read if more were known."""
_NUMBER = re.compile(r"\W*\d{1,4}(?:\.\d{1,3})*\W*")


# --- dates ----------------------------------------------------------------------------------------


def read_dates(at: Position, milestone: Milestone, row: Row) -> None:
    """What a row says of when."""
    for role in _DATES:
        if role == "complete by" and "objective" in at.roles:
            continue
        for column, slot in at.slots(row, role):
            _read_date(at, milestone, column, slot, row)


def _read_date(at: Position, milestone: Milestone, column: int, slot: Slot, row: Row) -> None:
    """What a cell says of when; kept in words where a plan has no form for it."""
    role, place = at.columns[column].role, slot.cell.place or row.place
    if slot.below and role != "new due" and not slot.text:
        return
    struck = " ".join(p.struck for p in paragraphs_of(slot.cell)).strip()
    if NOTHING.fullmatch(slot.text) and not struck:
        at.understand(slot.text)
        return
    when, said, beside = _first_line(at, slot.text)
    before = read_when(struck, at.asked.how) if struck else When()
    at.doubt(when, slot.text, place)
    fits = when.read and (role != "start" or when.due.undated or when.start.undated)
    if fits and _takes(milestone, role, when, before):
        at.understand(said, *([struck] if before.due.dated else []))
        if struck and not before.due.dated:
            at.leave(place, struck, "struck out")
        if beside:
            _keep_text(milestone, _key(at, column), beside, place)
        return
    said = f"{said}\n{beside}".strip()
    kept = f"{struck} (struck out) {said}".strip() if struck else said
    _keep_text(milestone, _key(at, column), kept, place)
    why = "another date stands for it already" if when.read else _DOUBTS[when.doubt]
    at.draft.in_words.append(Left(place, " ".join((said or kept).split()), why))


def _first_line(at: Position, text: str) -> tuple[When, str, str]:
    """What a text says of when as a whole, else in its first line; the words that say so, and those
    beside them."""
    when = read_when(text, at.asked.how)
    first, _, rest = text.partition("\n")
    if when.read or when.doubt or not rest:
        return when, text, ""
    return read_when(first, at.asked.how), first, rest


def _takes(milestone: Milestone, role: Role, when: When, before: When) -> bool:
    """Give a milestone its dates; whether it could take them. `before` is what was struck out."""
    if role == "start":
        date = when.start if when.due.undated else when.due
        if date.dated:
            milestone.start = date
        return date.dated
    if role == "new due":
        return _takes_new_due(milestone, when)
    if not milestone.due.undated:
        return False
    if not when.start.undated:
        milestone.start = when.start
    old = before.due if before.due.dated else when.before
    if old.dated and when.due.dated and old != when.due:
        shown = "the old date struck out" if before.due.dated else "the old date and the new"
        note = f"Not given: the document shows only {shown}."
        milestone.log.append(Entry(note, (old, when.due)))
    milestone.due, milestone.review = when.due, when.review
    return True


def _takes_new_due(milestone: Milestone, when: When) -> bool:
    if not when.due.dated:
        return False
    if milestone.due.dated and milestone.due != when.due:
        note = "Not given: the document shows only the new date."
        milestone.log.append(Entry(note, (milestone.due, when.due)))
    milestone.due = when.due
    return True


# --- the other cells ------------------------------------------------------------------------------


def read_others(at: Position, milestone: Milestone, row: Row, whole: Row, first: bool) -> None:
    """The rest of a row's cells, as they are of this action; what the `whole` row does not say of
    each of several stands with the first."""
    for column, plan_column in enumerate(at.columns):
        slot, role = row.slot(column), plan_column.role
        if not (slot.text or slot.cell.fill):
            continue
        if role == "lead":
            _read_lead(at, milestone, slot)
        elif role == "recurs":
            milestone.every = recurs_said(slot.text)
            at.understand(slot.text)
        elif role == "worked out":
            at.understand(slot.text)
        elif role == "status" and column < _last_status(at, row):
            if not slot.below and first:
                keep(at, milestone, column, slot)
        elif role == "status":
            own = first or slot is not whole.slot(column)
            _read_status(at, milestone, column, slot, row, own=own)
        elif role == "from":
            _read_source(at, milestone, slot, again=slot.below or not first)
        elif role in ("more", "evidence"):
            # A cell that goes over several rows, or is beside several actions, is said of each.
            keep(at, milestone, column, slot)
            if slot.below or not first:
                at.draft.repeated.update(words_of(slot.text))
        elif slot.below or not first or not slot.text:
            continue
        elif role == "progress":
            read_log(at, milestone, column, slot, row)
        elif role == "id":
            _read_id(at, milestone, column, slot)
        elif role == "accountable" and "objective" not in at.roles:
            _read_accountable(at, milestone, column, slot)


def _last_status(at: Position, row: Row) -> int:
    """The last column of a status in which a row says one."""
    said = (n for n, slot in at.slots(row, "status") if slot.text or slot.cell.fill)
    return max(said, default=-1)


def _read_source(at: Position, milestone: Milestone, slot: Slot, again: bool) -> None:
    """What an action comes from; a day of a workbook is written as people write it."""
    text = " ".join(slot.text.split())
    day = read_when(text, at.asked.how).due if slot.cell.kind == "date" else UNDATED
    milestone.sources.append(day.shown if day.dated else text)
    if again:
        at.draft.repeated.update(words_of(milestone.sources[-1]))
    elif day.dated:
        at.understand(text)


def _read_lead(at: Position, milestone: Milestone, slot: Slot) -> None:
    if NOTHING.fullmatch(slot.text):
        at.understand(slot.text)
        return
    leads = names_in(slot)
    if NOTHING.fullmatch(slot.text) or (
        at.objective and at.objective.leads == leads and "objective" in at.roles
    ):
        at.understand(slot.text)
    else:
        milestone.leads = leads


def _read_accountable(at: Position, milestone: Milestone, column: int, slot: Slot) -> None:
    objective = at.objective_here()
    if objective.accountable == names_in(slot):
        at.understand(slot.text)
    elif not objective.accountable:
        objective.accountable = names_in(slot)
    else:
        keep(at, milestone, column, slot)


def _read_status(
    at: Position, milestone: Milestone, column: int, slot: Slot, row: Row, own: bool
) -> None:
    said = status_said(by_label(at.columns[column].label, slot.text), at.asked.scale)
    if said.status:
        milestone.status = said.status
    elif not slot.text or said.more:
        milestone.status = status_of_colour(slot.cell.fill) or milestone.status
        if said.more and not milestone.status and not NOTHING.fullmatch(slot.text):
            word = " ".join(slot.text.split())
            at.draft.statuses.setdefault(word, slot.cell.place or row.place)
    if slot.below or not own:
        return
    if said.more and not NOTHING.fullmatch(slot.text):
        if not milestone.status:
            at.draft.columns.setdefault(STATUS_IN_WORDS, "Status in words")
        keep(at, milestone, column, slot, "" if milestone.status else STATUS_IN_WORDS)
    else:
        at.understand(slot.text)


def _read_id(at: Position, milestone: Milestone, column: int, slot: Slot) -> None:
    text = slot.text
    if re.fullmatch(r"P\d{1,3}\.\d{1,4}", text) and re.fullmatch(ID, text):
        milestone.id = text
        at.understand(text)
    else:
        keep(at, milestone, column, slot)


def read_log(at: Position, milestone: Milestone, column: int, slot: Slot, row: Row) -> None:
    """What a cell says was done: an entry of the log for each day that its lines begin with, and
    one for all else, which is of the time that its column is named after."""
    text, place = slot.text, slot.cell.place or row.place
    if NOTHING.fullmatch(text):
        at.understand(text)
        return
    time = undated(at.columns[column].label)[1]
    of = read_when(time, at.asked.how).due if time else UNDATED
    for noted in noted_in(text, at.asked.how):
        if noted.doubt:
            at.doubt(noted.doubt, noted.said, place)
        if noted.day:
            milestone.log.append(Entry(tidy(noted.note), None, of_day(noted.day), noted.said))
            at.understand(noted.said)
        elif of.dated:
            milestone.log.append(Entry(tidy(noted.note), None, of, time))
        elif time:
            begins = folded(noted.note).startswith(folded(time))
            _add_note(milestone, noted.note if begins else f"{time}: {noted.note}")
        else:
            _add_note(milestone, noted.note)


def _add_note(milestone: Milestone, text: str) -> None:
    if milestone.log and not (milestone.log[-1].moved or milestone.log[-1].when):
        milestone.log[-1].note = f"{milestone.log[-1].note}\n{tidy(text)}"
    else:
        milestone.log.append(Entry(note=tidy(text)))


# --- what is kept beside --------------------------------------------------------------------------


def keep(at: Position, milestone: Milestone, column: int, slot: Slot, key: str = "") -> None:
    """Keep a cell beside the milestone, under the name of its column or this key."""
    if slot.cell.kind == "formula" and slot.text.startswith("="):
        at.leave(slot.cell.place, slot.text, "a formula, which was not run")
    elif not at.columns[column].label and _NUMBER.fullmatch(slot.text):
        # A row's number: it counts the rows and says nothing of them.
        at.understand(slot.text)
    elif slot.text:
        text = "\n".join(tidy(p.text) for p in slot.paragraphs)
        _keep_text(milestone, key or _key(at, column), text, slot.cell.place)


def _key(at: Position, column: int) -> str:
    """The key under `more` of what stands in a column."""
    plan_column = at.columns[column]
    return plan_column.key or at.named_column("more", plan_column.label, column, "").key


def _keep_text(milestone: Milestone, key: str, text: str, place: str) -> None:
    before = milestone.more.get(key)
    milestone.places.setdefault(key, place or milestone.place)
    milestone.more[key] = f"{before}\n{tidy(text)}" if before else tidy(text)


def strike(at: Position, row: Row) -> None:
    """List what is struck out, and is no date."""
    for column, plan_column in enumerate(at.columns):
        if plan_column.role in _DATES:
            continue
        slot = row.slot(column)
        struck = " ".join(p.struck for p in paragraphs_of(slot.cell)).strip()
        if struck and not slot.below:
            at.leave(slot.cell.place or row.place, struck, "struck out")
