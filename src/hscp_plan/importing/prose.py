"""What stands around the tables: headings, labelled lines, lists, and the text that is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .asides import parted
from .columns import role_of
from .draft import Left
from .said import (
    NOTHING,
    is_plans_title,
    items,
    label_alone,
    labelled,
    named,
    objective_named,
    priority_named,
)
from .when import When, read_when, within

if TYPE_CHECKING:
    from ..readers.content import Paragraph
    from .position import Position
    from .said import Labelled

_CAPTION = re.compile(r"milestones of P\d[\w.-]*", re.IGNORECASE)
"""What hscp's own pages say over a table."""
_OBJECTIVE_ID = re.compile(
    r"[^\W\d](?:(?!\bof P\d)[\w ]){2,30} (P\d{1,3}-[A-Z]{1,2})", re.IGNORECASE
)
"""How hscp's own papers head an objective, in the plan's own word for one."""
_WHAT_WE_WILL_DO = re.compile(
    r"(?:our |key )?(?:actions?|activities|next steps|commitments)|(?:what )?we will(?: do)?"
    r"|(?:what|how) (?:are we going to|will we|we will) (?:do|achieve)(?: it| this| about it)?",
    re.IGNORECASE,
)
"""A heading over actions that says no more than that they are."""
_BODY = re.compile(r"\w \b(?:partnership|board|council|trust|committee|authority)$", re.IGNORECASE)
_COUNTED = re.compile(r"(?:action|milestone|task)\s+(?:no\.? ?)?\d{1,3}", re.IGNORECASE)
"""A heading that counts what stands below it, and names nothing."""
_LONGEST_TITLE = 120
_MOST_INTRODUCTION = 20_000
"""How many characters of introduction a plan takes."""


def read_paragraph(at: Position, paragraph: Paragraph) -> None:
    """A paragraph that stands in no table."""
    text = " ".join(paragraph.text.split())
    if struck := paragraph.struck.strip():
        at.leave(paragraph.place, struck, "struck out")
    if not text:
        return
    if paragraph.bullet:
        _item(at, text, paragraph.place)
    elif not _heading(at, text, paragraph):
        prose(at, text, paragraph.place)


# --- headings -------------------------------------------------------------------------------------


def _heading(at: Position, text: str, paragraph: Paragraph) -> bool:
    """Take a heading for what it names; whether it is one."""
    # hscp's own papers name each objective so, whether or not a table stands under it.
    own = paragraph.level and at.priority and _OBJECTIVE_ID.fullmatch(text)
    kind = "objective" if own else at.outline.names(paragraph)
    said = priority_named(text)
    if not paragraph.level and (not said or kind == "objective"):
        return False
    if _COUNTED.fullmatch(text):
        at.understand(text)
        return True
    if paragraph.level:
        at.awaits = "vision" if re.search(r"\bvision\b", text, re.I) else ""
    if kind == "priority" or (said and kind != "objective"):
        about = said or named(text)
        at.begin_priority(about.title, paragraph.place, about.id, about.until)
        at.understand(text)
    elif kind == "objective" and label_alone(text) == "evidence" and takes_labelled(at, text):
        pass
    elif kind == "objective" and _WHAT_WE_WILL_DO.fullmatch(text.rstrip(" :?")):
        at.understand(text)
    elif kind == "objective":
        _begin_objective(at, text)
    elif at.awaits or takes_title(at, text, heading=True):
        at.understand(text)
    else:
        prose(at, text, paragraph.place)
    return True


def _begin_objective(at: Position, text: str) -> None:
    """Begin the objective that a text names, by its id or as what it is."""
    objective = at.begin_objective()
    if match := _OBJECTIVE_ID.fullmatch(text):
        objective.id = match[1].upper()
        at.awaits = "statements"
        at.understand(text)
    else:
        at.state(text)


def takes_title(at: Position, text: str, heading: bool = False) -> bool:
    """Take a text for the plan's title or for whose it is, where that is not known and it looks
    like one; whether it was taken."""
    # A workbook's sheet begins its priority before its first row, which may be the plan's title.
    is_first = at.outline.sheets and len(at.draft.priorities) == 1 and at.fresh and not at.columns
    if (at.began and not is_first) or len(text) > _LONGEST_TITLE:
        return False
    if not at.draft.title and is_plans_title(text, heading):
        at.draft.title = text
        return True
    if _BODY.search(text) and not at.draft.partnership:
        at.draft.partnership = text
        return True
    return False


# --- text and lists -------------------------------------------------------------------------------


def _item(at: Position, text: str, place: str) -> None:
    """An item of a list."""
    if at.awaits == "evidence" and at.priority:
        at.priority.evidence.append(text)
        at.label = ""
    elif takes_labelled(at, text):
        pass
    elif place in at.outline.lists:
        _item_of_actions(at, text, place)
    else:
        prose(at, f"- {text}", place)


def _item_of_actions(at: Position, text: str, place: str) -> None:
    """An item that is an action, with what its end says of it."""
    at.draft.rows += 1
    said = parted(text, at.asked.how)
    when = within(said.action, at.asked.how) if said.due.undated else When(due=said.due)
    milestone = at.add(said.action, place, when)
    milestone.leads, milestone.status = list(said.leads), said.status
    at.understand(*said.understood)
    if said.in_words:
        label, words = said.in_words
        column = at.named_column("due", label, 0, place)
        at.understand(label)
        milestone.more[column.key] = words
        at.draft.in_words.append(Left(place, words, ""))


def prose(at: Position, text: str, place: str) -> None:
    """A text that is neither a heading nor an item."""
    if not at.began and re.fullmatch(r"(?:our )?vision:?", text, re.IGNORECASE):
        at.awaits = "vision"
        at.understand(text)
    elif at.awaits == "vision" and not text.startswith("- "):
        at.draft.vision, at.awaits = text, ""
    elif takes_labelled(at, text) or takes_title(at, text):
        pass
    elif at.priority and _OBJECTIVE_ID.fullmatch(text):
        _begin_objective(at, text)
    elif at.priority and at.priority.id and objective_named(text):
        at.begin_objective()
        at.state(text)
    elif _CAPTION.fullmatch(text):
        at.understand(text)
    elif at.awaits == "statements" and at.objective:
        at.objective.statements.append(text)
    elif not at.priority and not at.outline.lists and _has_room(at, text):
        at.draft.introduction.append(text)
    elif at.outline.lists and at.outline.is_heading(place):
        _list_heading(at, text, place)
    else:
        at.leave(place, text, "text around the tables")


def _has_room(at: Position, text: str) -> bool:
    return sum(map(len, at.draft.introduction)) + len(text) < _MOST_INTRODUCTION


def _list_heading(at: Position, text: str, place: str) -> None:
    """What stands over a list of actions: a priority where a number begins it; nothing where it
    says no more than that."""
    at.awaits = ""
    if re.match(r"(?:[IVX]{1,5}|\d{1,2})\.\s+\S", text):
        number, _, title = text.partition(".")
        at.begin_priority(title.strip(), place)
        at.understand(number)
    elif role_of(text.rstrip(" :")) == "action":
        at.understand(text)
    else:
        at.begin_objective()
        at.state(text)


# --- labelled lines -------------------------------------------------------------------------------


def takes_labelled(at: Position, text: str) -> bool:
    """Take a line such as `Outcome/Impact: …` where it belongs; whether it is one."""
    label, at.label = at.label, ""
    if not at.priority:
        return False
    if not label and (kind := label_alone(text)):
        at.label = text.rstrip(" :?")
        if kind == "evidence":
            at.awaits = "evidence"
        at.understand(text)
        return True
    said = labelled(f"{label}: {text}" if label else text)
    return said is not None and (_of_priority(at, said) or _of_objective(at, said))


def _of_priority(at: Position, said: Labelled) -> bool:
    """Take what a labelled line says of the priority."""
    priority = at.priority
    assert priority  # noqa: S101 - it is asked for before
    if said.kind == "evidence":
        at.awaits = "evidence"
        priority.evidence += items(said.text)
        at.understand(said.label)
        return True
    if said.kind == "outcome" and said.text and not priority.outcome and at.fresh:
        priority.outcome, priority.outcome_label = said.text, said.label
        return True
    return False


def _of_objective(at: Position, said: Labelled) -> bool:
    """Take what a labelled line says of the objective."""
    objective = at.objective
    if objective is None or said.kind == "outcome" or not said.text:
        return False
    if NOTHING.fullmatch(said.text):
        at.understand(said.text)
    elif said.kind == "lead":
        objective.leads = items(said.text)
    elif said.kind == "accountable":
        objective.accountable = items(said.text)
    elif not (when := read_when(said.text, at.asked.how)).due.dated:
        return False
    else:
        objective.complete_by = when.due
        at.understand(said.text)
    at.understand(said.label)
    return True
