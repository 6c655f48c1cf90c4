"""A document to a plan: its headings and tables in order, each row in its place. No word is
dropped: what has no place is listed with where it stood."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from ..readers.content import Table
from .accounting import account_for, pieces
from .columns import tells_of_no_actions
from .draft import words_of
from .forms import with_forms_as_tables
from .grid import rows_of, width_of
from .headers import takes_banner, takes_header
from .layout import laid_out
from .numbering import give_ids
from .outline import outline_of
from .own import takes_beside, takes_log
from .parents import parents_of, read_parent
from .position import Position
from .prose import prose, read_paragraph
from .rows import read_row
from .said import body_in, is_plans_title, named, priority_named
from .when import proved_order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..readers.content import Content
    from .asked import Asked
    from .draft import Draft, Objective, Priority
    from .grid import Row


def build(content: Content, name: str, asked: Asked) -> Draft:
    """The plan that a document of this name is. Without a milestone where it holds none."""
    content = laid_out(content)
    content, lists = with_forms_as_tables(content), outline_of(content, asked.columns).lists
    order, proof = proved_order(text for _, text in pieces(content))
    proves = bool(order and not asked.how.order)
    if proves:
        asked = asked._replace(how=asked.how._replace(order=order))
    at = Position(outline_of(content, asked.columns)._replace(lists=lists), asked)
    at.draft.proved = (order, proof) if proves else ("", "")
    for block in content.blocks:
        if isinstance(block, Table):
            _read_table(at, block)
        else:
            read_paragraph(at, block)
    draft = at.draft
    _leave_out_empty(draft)
    _put_straight(draft)
    _date_single_actions(draft)
    _take_register(draft)
    _take_title(draft, content)
    _share_leads(draft)
    _leave_out_unused(draft)
    give_ids(draft)
    account_for(draft, content)
    # Only now: what the document does not say counts for none of its words.
    _name(draft, name)
    return draft


def _read_table(at: Position, table: Table) -> None:
    """A table: its rows in order."""
    if at.columns and width_of(table) != len(at.columns):
        # It does not go on from the one before: what its columns are nobody has said.
        at.columns = []
    rows = list(rows_of(table))
    if takes_log(at, rows) or takes_beside(at, rows):
        return
    if table.name in at.outline.sheets:
        about = priority_named(table.name) or named(table.name)
        at.begin_priority(about.title, table.place, about.id)
    if _is_headed_below(at, rows):
        at.columns = []
    goes_on = at.last is not None
    parents: Mapping[int, int] = {}
    for number, row in enumerate(rows):
        if takes_header(at, rows, number, table.place):
            goes_on, parents = False, parents_of(at, rows, number + 1)
        elif takes_banner(at, row):
            goes_on = False
        elif tells_of_no_actions([row.slot(n).text for n in row.filled]):
            at.columns = []
            _read_unnamed(at, row)
        elif number in parents:
            read_parent(at, row, parents[number])
        elif at.columns:
            read_row(at, row, goes_on=goes_on and number == 0)
        else:
            _read_unnamed(at, row)


def _is_headed_below(at: Position, rows: Sequence[Row]) -> bool:
    """Whether a table begins with its title, and then names its columns: what stands there says
    nothing of the table before."""
    above = takewhile(lambda row: len(row.filled) < 2, rows)
    number = sum(1 for _ in above)
    return 0 < number < len(rows) and at.outline.is_header(rows[number], first=False)


def _read_unnamed(at: Position, row: Row) -> None:
    """A row of a table of which no column has a name: its cells are texts like any other."""
    for column in row.filled:
        slot = row.slot(column)
        if len(row.filled) == 1 and (said := priority_named(slot.text)):
            at.begin_priority_here(said, row.place)
            at.understand(slot.text)
            continue
        prose(at, " ".join(slot.text.split()), slot.cell.place or row.place)


# --- the end --------------------------------------------------------------------------------------


def _leave_out_empty(draft: Draft) -> None:
    """Leave out headings below which nothing stands: their words are listed."""
    for priority in list(draft.priorities):
        priority.objectives = [o for o in priority.objectives if not o.empty]
        if not priority.objectives and not priority.outcome:
            draft.priorities.remove(priority)
            draft.understood.subtract(words_of(priority.title))


def _put_straight(draft: Draft) -> None:
    """Put milestones straight under a priority of which the document names no objective for them.
    After one that it does name they keep their own, so that their order stays the document's."""
    for priority in draft.priorities:
        while priority.objectives and not priority.objectives[0].named:
            priority.straight += priority.objectives.pop(0).milestones


def _date_single_actions(draft: Draft) -> None:
    """Give the only action of an objective the date that the objective is to be complete by, where
    no column is of the actions' own dates."""
    if any(heard.role in ("due", "new due") for heard in draft.heard):
        return
    for priority in draft.priorities:
        for objective in priority.objectives:
            if len(objective.milestones) == 1 and objective.milestones[0].due.undated:
                objective.milestones[0].due = objective.complete_by


def _take_register(draft: Draft) -> None:
    """Make a register of actions that no priority is named for, and which come from meetings."""
    for priority in draft.priorities:
        comes_from = any(milestone.sources for milestone in priority.straight)
        if comes_from and not priority.title and not priority.objectives:
            priority.register, priority.id = True, priority.id or "A"
            _complete_closed(draft, priority)


def _complete_closed(draft: Draft, register: Priority) -> None:
    """Take what a log of actions calls closed for complete, where it calls nothing complete: there
    an action is closed when it is done, and not given up."""
    statuses = {milestone.status for milestone in register.straight}
    draft.closed_is_done = "closed" in statuses and "complete" not in statuses
    if draft.closed_is_done:
        for milestone in register.straight:
            if milestone.status == "closed":
                milestone.status = "complete"


def _take_title(draft: Draft, content: Content) -> None:
    """Take what a document is called from the head of its pages, where nothing else said it, or
    from what it begins with."""
    for paragraph in content.foot:
        text = " ".join(paragraph.text.split())
        if not draft.title and is_plans_title(text):
            draft.title = text
    first = draft.introduction[0] if draft.introduction else ""
    if not draft.title and first and first == _first_text(content) and is_plans_title(first, True):
        draft.title = draft.introduction.pop(0)


def _first_text(content: Content) -> str:
    """What a document begins with, where that is a paragraph."""
    for block in content.blocks:
        if isinstance(block, Table):
            return ""
        if text := " ".join(block.text.split()):
            return text
    return ""


def _share_leads(draft: Draft) -> None:
    """Give an objective the lead that all its milestones have."""
    for priority in draft.priorities:
        for objective in priority.objectives:
            shared = _shared_lead(objective)
            # Said of each of them in the document, and once here.
            draft.understood.update(words_of(*shared * (len(objective.milestones) - 1)))


def _shared_lead(objective: Objective) -> list[str]:
    """The lead that all milestones of an objective have, which it is given instead of them."""
    leads = [milestone.leads for milestone in objective.milestones]
    if objective.leads or not leads or any(each != leads[0] for each in leads):
        return []
    objective.leads, objective.shared = leads[0], True
    for milestone in objective.milestones:
        milestone.leads = []
    return objective.leads


def _leave_out_unused(draft: Draft) -> None:
    """Leave out the extra columns that no milestone has anything in."""
    used = {key for milestone in draft.milestones for key in milestone.more}
    draft.columns = {k: label for k, label in draft.columns.items() if k in used}
    draft.heard = [h._replace(key=h.key if h.key in used else "") for h in draft.heard]


def _name(draft: Draft, name: str) -> None:
    """Name what the document gives no name: the plan after its file, the rest after the plan."""
    stem = re.sub(r"\.\w{1,8}$", "", name).replace("-", " ").replace("_", " ").strip()
    draft.title = draft.title or stem or "Plan"
    draft.partnership = draft.partnership or body_in(draft.title) or draft.title
    for priority in draft.priorities:
        priority.title = priority.title or draft.title
