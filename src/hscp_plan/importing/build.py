"""A document to a plan: its headings and tables in order, each row in its place. No word is
dropped: what has no place is listed with where it stood."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..dates import UNDATED, PlanDate
from ..model import ID
from ..readers.content import Paragraph, Table
from .columns import key_of, plain, role_of, roles_of
from .draft import (
    Draft,
    Entry,
    Heard,
    Left,
    Milestone,
    Objective,
    Priority,
    Question,
    words_of,
    words_of_all,
)
from .grid import EMPTY, paragraphs_of, rows_of, width_of
from .outline import Outline, outline_of
from .said import (
    Named,
    actions_of,
    is_label,
    is_plans_title,
    items,
    labelled,
    named,
    priority_named,
    shared_out,
    status_of_colour,
    status_said,
)
from .when import How, When, leading, read_when

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..readers.content import Content
    from .columns import Role
    from .grid import Row, Slot

_NOTHING = re.compile(r"[-–—./\s]*|n/?a|nothing logged|none|no lead[\w ]*", re.IGNORECASE)
_CAPTION = re.compile(r"milestones of P\d[\w.-]*", re.IGNORECASE)
"""What hscp's own pages say over a table."""
_MILESTONE_ID = re.compile(r"(P\d{1,3}\.\d{1,4})[\s.:–-]+(?=\S)")
_OBJECTIVE_ID = re.compile(r"objective\s+(P\d{1,3}-[A-Z]{1,2})", re.IGNORECASE)
_NUMBER = re.compile(r"\W*\d{1,4}(?:\.\d{1,3})*\W*")
_MOST_INTRODUCTION = 20_000
"""How many characters of introduction a plan takes."""


class Asked(NamedTuple):
    """How somebody said that a document is to be read."""

    how: How = How()
    columns: Mapping[str, Role] = {}
    """What a column holds, by its plain name."""
    title: str = ""
    partnership: str = ""


def build(content: Content, name: str, asked: Asked) -> Draft:
    """The plan that a document of this name is. Without a milestone where it holds none."""
    builder = _Builder(outline_of(content, asked.columns), asked)
    for block in content.blocks:
        if isinstance(block, Table):
            builder.table(block)
        else:
            builder.paragraph(block)
    return builder.ended(content, name)


class _Column(NamedTuple):
    role: Role
    label: str
    key: str = ""


class _Builder:
    """Goes through a document."""

    def __init__(self, outline: Outline, asked: Asked) -> None:
        self.draft = Draft(title=asked.title, partnership=asked.partnership)
        self._outline, self._asked = outline, asked
        self._priority: Priority | None = None
        self._objective: Objective | None = None
        self._last: Milestone | None = None
        self._columns: list[_Column] = []
        self._spread: dict[int, int] = {}
        """The columns that one name goes over, where the row after it may part them."""
        self._awaits = ""
        """What the paragraphs to come are: evidence, statements, vision."""
        self._label = ""
        """A label that stood alone: the next paragraph is what it says."""
        self._began = False

    # --- paragraphs -------------------------------------------------------------------------------

    def paragraph(self, paragraph: Paragraph) -> None:
        """A paragraph that stands in no table."""
        text = " ".join(paragraph.text.split())
        if struck := paragraph.struck.strip():
            self._leave(paragraph.place, struck, "struck out")
        if not text:
            return
        if paragraph.bullet:
            self._item(text, paragraph.place)
        elif not self._heading(text, paragraph):
            self._prose(text, paragraph.place)

    def _heading(self, text: str, paragraph: Paragraph) -> bool:
        """Take a heading for what it names; whether it is one."""
        said = priority_named(text)
        if said and self._outline.names(paragraph) != "objective":
            self._begin_priority(said.title, paragraph.place, said.id, said.until)
            self._understand(text)
            return True
        if not paragraph.level:
            return False
        self._awaits = "vision" if re.search(r"\bvision\b", text, re.I) else ""
        kind = self._outline.names(paragraph)
        if kind == "priority":
            about = said or named(text)
            self._begin_priority(about.title, paragraph.place, about.id, about.until)
            self._understand(text)
        elif kind == "objective":
            self._begin_objective()
            if match := _OBJECTIVE_ID.fullmatch(text):
                assert self._objective  # noqa: S101 - it was begun
                self._objective.id = match[1].upper()
                self._awaits = "statements"
                self._understand(text)
            else:
                self._state(text)
        elif self._awaits or self._titles(text, heading=True):
            self._understand(text)
        else:
            self._prose(text, paragraph.place)
        return True

    def _titles(self, text: str, heading: bool = False) -> bool:
        """Take a text for the plan's title, where it has none and this looks like one."""
        if self._began or len(text) > 120:
            return False
        if not self.draft.title and is_plans_title(text, heading):
            self.draft.title = text
            return True
        is_body = re.search(
            r"\b(?:partnership|board|council|trust|committee|authority)$",
            text,
            re.I,
        )
        if is_body and not self.draft.partnership:
            self.draft.partnership = text
            return True
        return False

    def _item(self, text: str, place: str) -> None:
        if self._awaits == "evidence" and self._priority:
            self._priority.evidence.append(text)
            self._label = ""
        elif self._labelled(text):
            pass
        elif self._outline.lists:
            self._list_action(text, place)
        else:
            self._prose(f"- {text}", place)

    def _prose(self, text: str, place: str) -> None:
        if not self._began and re.fullmatch(r"(?:our )?vision:?", text, re.IGNORECASE):
            self._awaits = "vision"
            self._understand(text)
        elif self._awaits == "vision" and not text.startswith("- "):
            self.draft.vision, self._awaits = text, ""
        elif self._labelled(text) or self._titles(text):
            pass
        elif _CAPTION.fullmatch(text):
            self._understand(text)
        elif self._awaits == "statements" and self._objective:
            self._objective.statements.append(text)
        elif not self._priority and not self._outline.lists and self._room(text):
            self.draft.introduction.append(text)
        elif self._outline.lists and self._outline.is_heading(place):
            self._list_heading(text, place)
        else:
            self._leave(place, text, "text around the tables")

    def _room(self, text: str) -> bool:
        return sum(map(len, self.draft.introduction)) + len(text) < _MOST_INTRODUCTION

    def _labelled(self, text: str) -> bool:
        """Take a line such as `Outcome/Impact: …` where it belongs; whether it is one."""
        label, self._label = self._label, ""
        if self._priority and not label and is_label(text):
            self._label = text.rstrip(" :?")
            if "evidence" in self._label.casefold():
                self._awaits = "evidence"
            self._understand(text)
            return True
        said = labelled(f"{label}: {text}" if label else text)
        priority, objective = self._priority, self._objective
        if not said or not priority:
            return False
        if said.kind == "evidence":
            self._awaits = "evidence"
            priority.evidence += items(said.text)
        elif said.kind == "outcome" and said.text and not priority.outcome and self._fresh:
            priority.outcome, priority.outcome_label = said.text, said.label
            return True
        elif objective is None or said.kind == "outcome" or not said.text:
            return False
        elif _NOTHING.fullmatch(said.text):
            self._understand(said.text)
        elif said.kind == "lead":
            objective.leads = items(said.text)
        elif said.kind == "accountable":
            objective.accountable = items(said.text)
        elif not (when := read_when(said.text, self._asked.how)).due.dated:
            return False
        else:
            objective.complete_by = when.due
            self._understand(said.text)
        self._understand(said.label)
        return True

    # --- priorities and objectives ----------------------------------------------------------------

    def _begin_priority(
        self, title: str, place: str, id: str = "", until: PlanDate = UNDATED
    ) -> None:
        same = next((p for p in self.draft.priorities if p.title == title), None)
        self._priority = same or Priority(title, place, id, until)
        if not same:
            self.draft.priorities.append(self._priority)
        # A priority that is named again goes on where it was left.
        self._objective = same.objectives[-1] if same and same.objectives else None
        self._last = None
        self._columns, self._awaits, self._label = [], "", ""
        self._began = True

    def _begin_priority_here(self, about: Named, place: str) -> None:
        """Begin a priority within a table, whose columns stay what they are."""
        columns = self._columns
        self._begin_priority(about.title, place, about.id, about.until)
        self._columns = columns

    @property
    def _fresh(self) -> bool:
        """Whether a priority was begun, and nothing of it has been read but what it is for."""
        return self._priority is not None and not self._priority.objectives

    def _here(self) -> Priority:
        """The priority that is being read; where none was named, one with the plan's title."""
        if self._priority is None:
            self._begin_priority_here(Named(""), "")
        assert self._priority  # noqa: S101 - it was begun
        return self._priority

    def _begin_objective(self) -> Objective:
        priority = self._here()
        self._objective, self._last = Objective(), None
        priority.objectives.append(self._objective)
        return self._objective

    def _objective_here(self) -> Objective:
        return self._objective or self._begin_objective()

    def _state(self, *texts: str) -> None:
        self._objective_here().statements += [text for text in texts if text]

    # --- plans without a table --------------------------------------------------------------------

    def _list_heading(self, text: str, place: str) -> None:
        if re.match(r"(?:[IVX]{1,5}|\d{1,2})\.\s+\S", text):
            self._begin_priority(text.partition(".")[2].strip(), place)
            self._understand(text.partition(".")[0])
        else:
            self._begin_objective()
            self._state(text)

    def _list_action(self, text: str, place: str) -> None:
        self.draft.rows += 1
        self._add(text, place, When())

    # --- tables -----------------------------------------------------------------------------------

    def table(self, table: Table) -> None:
        """A table: its rows in order."""
        if self._columns and width_of(table) != len(self._columns):
            # It does not go on from the one before: what its columns are nobody has said.
            self._columns = []
        goes_on = self._last is not None
        rows = list(rows_of(table))
        for number, row in enumerate(rows):
            if self._header(row, table, first=number == 0) or self._banner(row):
                goes_on = False
            elif not self._columns:
                for column in row.filled:
                    slot = row.slot(column)
                    self._prose(" ".join(slot.text.split()), slot.cell.place or row.place)
            else:
                self._data(row, goes_on=goes_on and number == 0)

    def _header(self, row: Row, table: Table, first: bool) -> bool:
        """Take a row for the names of the columns; whether it is that."""
        labels = [" ".join(slot.text.split()) for slot in row.slots]
        if not self._outline.is_header(row, first):
            return self._second_header(row, labels)
        self._spread = _spread(row)
        roles = roles_of(labels, self._asked.columns)
        if [c.label for c in self._columns] != labels:
            self._columns = []
            for number, (role, label) in enumerate(zip(roles, labels, strict=True)):
                self._columns.append(self._column(role, label, number, table.place or row.place))
        self._understand(*labels)
        self._began, self._awaits, self._label = True, "", ""
        return True

    def _second_header(self, row: Row, labels: list[str]) -> bool:
        """Take a row for the names below one that goes over several columns; whether it is that."""
        spread, self._spread = self._spread, {}
        if not spread or not set(row.filled) <= set(spread) or not any(map(role_of, labels)):
            return False
        names = [column.label for column in self._columns]
        labels += [""] * (len(names) - len(labels))
        whole = [
            f"{names[spread[n]]} {label}".strip() if n in spread and label else name
            for n, (name, label) in enumerate(zip(names, labels, strict=False))
        ]
        below = {plain(text): role for text, label in zip(whole, labels, strict=False)
                 if (role := role_of(label))}  # fmt: skip
        place = self.draft.heard[-1].place if self.draft.heard else row.place
        roles = roles_of(whole, {**below, **self._asked.columns})
        self._columns = [
            self._column(role, label, n, place)
            for n, (role, label) in enumerate(zip(roles, whole, strict=True))
        ]
        self._understand(*labels)
        return True

    def _column(self, role: Role, label: str, number: int, place: str) -> _Column:
        key = ""
        if role in ("more", "id", "evidence", "due", "start", "new due", "status"):
            shown = label or f"Column {number + 1}"
            known = {known: key for key, known in self.draft.columns.items()}
            key = known.get(shown) or key_of(shown, list(self.draft.columns))
            self.draft.columns[key] = shown
        if label and not any(h.label == label and h.role == role for h in self.draft.heard):
            self.draft.heard.append(Heard(place, label, role, key))
        return _Column(role, label, key)

    def _banner(self, row: Row) -> bool:
        """Take a row of one text over the whole table for a heading; whether it is one."""
        if len(row.filled) != 1 or len(row.slots) < 2:
            return False
        (at,) = row.filled
        slot = row.slot(at)
        text = " ".join(slot.text.split())
        if self._awaits == "evidence" and self._priority:
            self._priority.evidence += [item for p in slot.paragraphs for item in items(p.text)]
            self._label = ""
            return True
        if said := priority_named(text):
            self._begin_priority_here(said, row.place)
            self._understand(text)
            return True
        if self._titles(text):
            return True
        if self._fresh and self._labelled(slot.text):
            return True
        spans = slot.cell.columns >= max(2, len(row.slots) - 1)
        if not spans and len(self._columns) > 2 and at == 0:
            # Where a number would stand, words do: a heading, of a sheet that merges no cells.
            spans = self._columns[0].role == "id" and bool(re.search(r"[^\W\d_]{4}", text))
        if not spans or len(text) > 300:
            return False
        if self._columns and (self._outline.levels or "priority" in self._roles):
            self._begin_objective()
            self._state(text)
        elif self._columns or len(text) < 120:
            self._begin_priority_here(named(text), row.place)
        else:
            return False
        return True

    @property
    def _roles(self) -> list[Role]:
        return [column.role for column in self._columns]

    # --- rows -------------------------------------------------------------------------------------

    def _slots(self, row: Row, role: Role) -> list[tuple[int, Slot]]:
        """The columns of a role, with what stands there."""
        return [(n, row.slot(n)) for n, c in enumerate(self._columns) if c.role == role]

    def _slot(self, row: Row, role: Role) -> Slot:
        return next((slot for _, slot in self._slots(row, role)), EMPTY)

    def _data(self, row: Row, goes_on: bool) -> None:
        """A row of the table: what it says of an objective, and its actions."""
        self._beyond(row)
        action = self._slot(row, "action")
        if not action.text and any(p.struck.strip() for p in paragraphs_of(action.cell)):
            self._struck_row(row)
            return
        if goes_on and self._continue(row):
            return
        self._of_priority(row)
        self._of_objective(row, goes_on)
        slot = self._slot(row, "action")
        if slot.text and slot.below and self._last:
            self._extend(row)
        elif slot.text:
            self._actions(row, slot)
        elif self._last and any(self._columns[n].role not in _ABOVE for n in self._in(row)):
            self._extend(row)
        else:
            self._of_empty(row)

    def _in(self, row: Row) -> list[int]:
        return [n for n in row.filled if n < len(self._columns)]

    def _struck_row(self, row: Row) -> None:
        """List a row of which the action is struck out."""
        for slot in row.slots:
            text = " ".join(_whole(p) for p in paragraphs_of(slot.cell))
            if text.strip() and not slot.below:
                self._leave(slot.cell.place or row.place, text, "its action is struck out")

    def _beyond(self, row: Row) -> None:
        for column in row.filled:
            if column >= len(self._columns):
                slot = row.slot(column)
                self._leave(slot.cell.place or row.place, slot.text, "right of the named columns")

    def _continue(self, row: Row) -> bool:
        """Take the first row of a table that goes on from the page before for the rest of the last
        row, where its action begins in the midst of a sentence; whether it is."""
        action = self._slot(row, "action").text
        if not action or not action[0].islower() or not self._last:
            return False
        self._of_objective(row, goes_on=True)
        self._last.action = f"{self._last.action} {' '.join(action.split())}"
        for column in self._in(row):
            role = self._columns[column].role
            if role not in ("action", *_ABOVE, *_OBJECTIVES):
                self._more(self._last, column, row.slot(column))
        return True

    def _extend(self, row: Row) -> None:
        """A row without an action of its own says more of the action above it."""
        assert self._last  # noqa: S101 - it is asked for before
        for column in self._in(row):
            role = self._columns[column].role
            if role in ("lead",):
                self._last.leads += _names(row.slot(column))
            elif role == "progress":
                self._note(self._last, row.slot(column).text)
            elif role not in _ABOVE:
                self._more(self._last, column, row.slot(column))

    def _of_empty(self, row: Row) -> None:
        """A row that names no action: what it says of its objective, and the rest is listed."""
        for column in self._in(row):
            slot, role = row.slot(column), self._columns[column].role
            if role not in _ABOVE and slot.text and role not in _OBJECTIVES:
                self._leave(slot.cell.place or row.place, slot.text, "no action stands in its row")

    def _of_priority(self, row: Row) -> None:
        slot = self._slot(row, "priority")
        text = " ".join(slot.text.split())
        if not text or slot.below:
            return
        self._understand(text)
        if self._priority is None or self._priority.title != self._titled(text).title:
            self._begin_priority_here(self._titled(text), row.place)

    @staticmethod
    def _titled(text: str) -> Named:
        return priority_named(text) or named(text)

    def _of_objective(self, row: Row, goes_on: bool) -> None:
        """What a row says of its objective: a new one, or the rest of the one above."""
        slot = self._slot(row, "objective")
        texts = [" ".join(p.text.split()) for p in slot.paragraphs]
        if texts and not slot.below:
            objective = self._objective
            if goes_on and objective and objective.statements and texts[0][:1].islower():
                objective.statements[-1] = f"{objective.statements[-1]} {texts[0]}"
                objective.statements += texts[1:]
            elif objective and objective.statements == texts:
                self._understand(*texts)
            else:
                self._begin_objective().statements += texts
        if "objective" not in self._roles:
            return
        objective = self._objective
        if not objective or not (texts or goes_on) or slot.below:
            return
        accountable = self._slot(row, "accountable")
        if accountable.text and not accountable.below:
            names = _names(accountable)
            if objective.accountable and objective.accountable == names:
                self._understand(*names)
            elif not objective.accountable:
                objective.accountable = names
        lead = self._slot(row, "lead")
        if lead.text and not lead.below and not objective.leads and not self._slot(row, "due").text:
            objective.leads = _names(lead)
        when = self._slot(row, "complete by")
        if when.text and not when.below:
            date = read_when(when.text, self._asked.how)
            if date.due.dated and date.start.undated:
                objective.complete_by = date.due
                self._understand(when.text)
            else:
                self._doubt(date, when, row)
                self._state(" ".join(when.text.split()))

    def _actions(self, row: Row, slot: Slot) -> None:
        """The actions of a row, with what its other cells say."""
        self.draft.rows += 1
        texts = actions_of(slot)
        numbering = words_of(slot.text) - words_of(*texts)
        self._understand(" ".join(word for word in numbering if len(word) < 3))
        rows = self._shared_out(row, len(texts))
        for number, (text, its) in enumerate(zip(texts, rows, strict=True)):
            place = slot.cell.place or row.place
            when, words, action = leading(text, self._asked.how)
            self._doubt_of(when, words, place)
            if not when.read:
                action = text
            else:
                self._understand(words)
            milestone = self._add(action, place, when)
            self._dates(milestone, its)
            self._others(milestone, its, row, first=number == 0)
        self._strike(row)
        # The letters and numbers before what is said of each action.
        shared = [n for n, c in enumerate(self._columns) if c.role in _SHARED]
        for column in shared:
            apart = {its.slot(column).text for its in rows}
            if len(apart) > 1:
                marks = words_of(row.slot(column).text) - words_of(*apart)
                self._understand(*(word for word in marks if len(word) < 3))

    def _shared_out(self, row: Row, count: int) -> list[Row]:
        """A row for each of its actions: what its cells say for each of them stands apart."""
        cells = [
            shared_out(row.slot(n), count) if c.role in _SHARED else [row.slot(n)] * count
            for n, c in enumerate(self._columns)
        ]
        return [row._replace(slots=slots) for slots in zip(*cells, strict=True)]

    def _add(self, action: str, place: str, when: When) -> Milestone:
        id = ""
        if match := _MILESTONE_ID.match(action):
            id, action = match[1], action[match.end() :]
            self._understand(match[1])
        objective = self._objective_here()
        self._last = Milestone(action.strip(), place, id, when.start, when.due, when.review)
        objective.milestones.append(self._last)
        return self._last

    def _dates(self, milestone: Milestone, row: Row) -> None:
        roles: tuple[Role, ...] = ("due", "complete by", "start", "new due")
        for role in roles:
            for column, slot in self._slots(row, role):
                if role == "complete by" and "objective" in self._roles:
                    continue
                self._date(milestone, column, slot, row)

    def _date(self, milestone: Milestone, column: int, slot: Slot, row: Row) -> None:
        """What a cell says of when; kept in words where a plan has no form for it."""
        said = slot.text
        role = self._columns[column].role
        if slot.below and role != "new due" and not said:
            return
        struck = " ".join(p.struck for p in paragraphs_of(slot.cell)).strip()
        if _NOTHING.fullmatch(said) and not struck:
            self._understand(said)
            return
        when, said, beside = self._first_line(said)
        before = read_when(struck, self._asked.how) if struck else When()
        self._doubt(when, slot, row)
        fits = when.read and (role != "start" or when.due.undated or when.start.undated)
        if fits and self._takes(milestone, role, when, before):
            self._understand(said, *([struck] if before.due.dated else []))
            if struck and not before.due.dated:
                self._leave(slot.cell.place or row.place, struck, "struck out")
            if beside:
                self._more_text(milestone, column, beside)
            return
        said = f"{said}\n{beside}".strip()
        kept = f"{struck} (struck out) {said}".strip() if struck else said
        self._more_text(milestone, column, kept)
        self.draft.in_words.append(Left(slot.cell.place or row.place, " ".join(kept.split()), ""))

    def _first_line(self, text: str) -> tuple[When, str, str]:
        """What a text says of when as a whole, else in its first line; the words that say so, and
        those beside them."""
        when = read_when(text, self._asked.how)
        first, _, rest = text.partition("\n")
        if when.read or when.doubt or not rest:
            return when, text, ""
        return read_when(first, self._asked.how), first, rest

    def _takes(self, milestone: Milestone, role: str, when: When, before: When) -> bool:
        """Give a milestone its dates; whether it could take them."""
        if role == "start":
            date = when.start if when.due.undated else when.due
            if date.dated:
                milestone.start = date
            return date.dated
        if role == "new due":
            if not when.due.dated:
                return False
            if milestone.due.dated and milestone.due != when.due:
                milestone.log.append(
                    Entry("The document gives a new date.", (milestone.due, when.due))
                )
            milestone.due = when.due
            return True
        if not milestone.due.undated:
            return False
        if not when.start.undated:
            milestone.start = when.start
        if before.due.dated and when.due.dated and before.due != when.due:
            note = "Struck out in the document, with the new date beside it."
            milestone.log.append(Entry(note, (before.due, when.due)))
        milestone.due, milestone.review = when.due, when.review
        return True

    def _others(self, milestone: Milestone, row: Row, whole: Row, first: bool) -> None:
        """The rest of a row's cells, as they are of this action; what the `whole` row does not say
        of each of several stands with the first."""
        for column, plan_column in enumerate(self._columns):
            slot, role = row.slot(column), plan_column.role
            if not (slot.text or slot.cell.fill):
                continue
            if role == "lead":
                self._lead(milestone, slot)
            elif role == "status":
                self._status(milestone, column, slot, own=first or slot is not whole.slot(column))
            elif slot.below or not first or not slot.text:
                continue
            elif role == "progress":
                self._note(milestone, slot.text)
            elif role == "id":
                self._id(milestone, column, slot)
            elif role == "accountable" and "objective" not in self._roles:
                self._account(milestone, column, slot)
            elif role in ("more", "evidence"):
                self._more(milestone, column, slot)

    def _strike(self, row: Row) -> None:
        """List what is struck out, and is no date."""
        for column, plan_column in enumerate(self._columns):
            if plan_column.role in ("due", "start", "new due", "complete by"):
                continue
            slot = row.slot(column)
            struck = " ".join(p.struck for p in paragraphs_of(slot.cell)).strip()
            if struck and not slot.below:
                self._leave(slot.cell.place or row.place, struck, "struck out")

    def _lead(self, milestone: Milestone, slot: Slot) -> None:
        leads = _names(slot)
        objective = self._objective
        if objective and objective.leads == leads and "objective" in self._roles:
            self._understand(slot.text)
        else:
            milestone.leads = leads

    def _account(self, milestone: Milestone, column: int, slot: Slot) -> None:
        objective = self._objective_here()
        if objective.accountable in ([], _names(slot)):
            objective.accountable = _names(slot)
        else:
            self._more(milestone, column, slot)

    def _status(self, milestone: Milestone, column: int, slot: Slot, own: bool) -> None:
        said = status_said(slot.text)
        if said.status:
            milestone.status = said.status if said.status != "not started" else None
        elif not slot.text or said.more:
            milestone.status = status_of_colour(slot.cell.fill) or milestone.status
        if slot.below or not own:
            return
        if said.more and not _NOTHING.fullmatch(slot.text):
            self._more(milestone, column, slot)
        else:
            self._understand(slot.text)

    def _id(self, milestone: Milestone, column: int, slot: Slot) -> None:
        text = slot.text
        if re.fullmatch(r"P\d{1,3}\.\d{1,4}", text) and re.fullmatch(ID, text):
            milestone.id = text
            self._understand(text)
        else:
            self._more(milestone, column, slot)

    def _note(self, milestone: Milestone, text: str) -> None:
        if _NOTHING.fullmatch(text):
            self._understand(text)
        elif milestone.log and not milestone.log[-1].moved:
            milestone.log[-1].note = f"{milestone.log[-1].note}\n{_tidy(text)}"
        else:
            milestone.log.append(Entry(note=_tidy(text)))

    def _more(self, milestone: Milestone, column: int, slot: Slot) -> None:
        """Keep a cell beside the milestone, under the name of its column."""
        plan_column = self._columns[column]
        if slot.cell.kind == "formula" and slot.text.startswith("="):
            self._leave(slot.cell.place, slot.text, "a formula, which was not run")
        elif not plan_column.label and _NUMBER.fullmatch(slot.text):
            # A row's number: it counts the rows and says nothing of them.
            self._understand(slot.text)
        elif slot.text:
            texts = [_tidy(p.text) for p in slot.paragraphs]
            self._more_text(milestone, column, "\n".join(texts))

    def _more_text(self, milestone: Milestone, column: int, text: str) -> None:
        plan_column = self._columns[column]
        key = plan_column.key
        if not key:
            plan_column = self._column("more", plan_column.label, column, "")
            key = plan_column.key
        before = milestone.more.get(key)
        milestone.more[key] = f"{before}\n{_tidy(text)}" if before else _tidy(text)

    # --- what is kept aside -----------------------------------------------------------------------

    def _understand(self, *texts: str) -> None:
        self.draft.understood.update(words_of(*texts))

    def _leave(self, place: str, text: str, why: str) -> None:
        self.draft.left.append(Left(place, " ".join(text.split()), why))

    def _doubt(self, when: When, slot: Slot, row: Row) -> None:
        self._doubt_of(when, slot.text, slot.cell.place or row.place)

    def _doubt_of(self, when: When, text: str, place: str) -> None:
        if when.doubt:
            self.draft.questions.append(Question(place, " ".join(text.split()), when.doubt))

    # --- the end ----------------------------------------------------------------------------------

    def ended(self, content: Content, name: str) -> Draft:
        """The plan, numbered, with nothing left unsaid."""
        draft = self.draft
        self._drop_empty()
        for paragraph in content.foot:
            # The head of its pages often says what a document is called.
            text = " ".join(paragraph.text.split())
            if not draft.title and is_plans_title(text):
                draft.title = text
        for priority in draft.priorities:
            for objective in priority.objectives:
                if shared := _shared_lead(objective):
                    # Said of each of them in the document, and once here.
                    self._understand(*shared * (len(objective.milestones) - 1))
        used = {key for milestone in draft.milestones for key in milestone.more}
        draft.columns = {k: label for k, label in draft.columns.items() if k in used}
        draft.heard = [h._replace(key=h.key if h.key in used else "") for h in draft.heard]
        _number(draft)
        self._account_for(content)
        # Only now: what the document does not say counts for none of its words.
        stem = re.sub(r"\.\w{1,8}$", "", name).replace("-", " ").replace("_", " ").strip()
        draft.title = draft.title or stem or "Plan"
        draft.partnership = draft.partnership or draft.title
        for priority in draft.priorities:
            priority.title = priority.title or draft.title
        return draft

    def _drop_empty(self) -> None:
        """Leave out headings below which nothing stands: their words are listed."""
        for priority in list(self.draft.priorities):
            priority.objectives = [o for o in priority.objectives if not o.empty]
            if not priority.objectives and not priority.outcome:
                self.draft.priorities.remove(priority)
                self.draft.understood.subtract(words_of(priority.title))

    def _account_for(self, content: Content) -> None:
        """Count the words, and list each piece of which one is nowhere."""
        found = list(pieces(content))
        draft = self.draft
        total = words_of_all([text for _, text in found])
        draft.words_in = total.total()
        there = words_of_all([*draft.texts(), *(left.text for left in draft.left)])
        missing = total - there - +draft.understood
        # A text of which every word is missing is missing, rather than one that shares some.
        for place, text in sorted(found, key=lambda piece: not words_of(piece[1]) <= missing):
            words = words_of(text)
            if words & missing:
                draft.left.append(Left(place, " ".join(text.split()), "not placed"))
                missing -= words
        draft.lost = missing


_ABOVE = ("priority", "objective")
_SHARED = ("due", "lead", "status")
"""What is said for each of several actions in a cell, where it is said as often."""
_OBJECTIVES = ("complete by", "accountable", "lead")


def pieces(content: Content) -> Iterator[tuple[str, str]]:
    """Every text of a document, with its place."""
    for block in content.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    for paragraph in paragraphs_of(cell):
                        yield cell.place, _whole(paragraph)
        else:
            yield block.place, _whole(block)
    for paragraph in content.foot:
        yield paragraph.place, _whole(paragraph)
    for comment in content.comments:
        yield f"comment on {comment.place}", f"{comment.author} {comment.text}"
    for control in content.controls:
        if control.placeholder:
            for paragraph in control.paragraphs:
                yield paragraph.place, _whole(paragraph)


def _whole(paragraph: Paragraph) -> str:
    """All that a paragraph says, with what is struck out."""
    return "".join(run.text for run in paragraph.runs)


def _names(slot: Slot) -> list[str]:
    """The names in a cell, one a paragraph or line."""
    lines = (line for p in slot.paragraphs for line in p.text.split("\n"))
    return [" ".join(line.strip(" •·-").split()) for line in lines if line.strip(" •·-")]


def _spread(row: Row) -> dict[int, int]:
    """The columns that a name goes over which goes over several, each with the one it begins in."""
    return {
        n + more: n
        for n, slot in enumerate(row.slots)
        if 1 < slot.cell.columns < len(row.slots) and slot.text
        for more in range(slot.cell.columns)
    }


def _tidy(text: str) -> str:
    """A text of one or more lines, without blanks around them."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _shared_lead(objective: Objective) -> list[str]:
    """The lead that all milestones of an objective have, which it is given instead of them."""
    leads = [milestone.leads for milestone in objective.milestones]
    if objective.leads or not leads or any(each != leads[0] for each in leads):
        return []
    objective.leads = leads[0]
    for milestone in objective.milestones:
        milestone.leads = []
    return objective.leads


def _number(draft: Draft) -> None:
    """Give every part its id: its own, where the document has one that is free, else the next."""
    taken: set[str] = set()
    for number, priority in enumerate(draft.priorities, 1):
        free = priority.id and priority.id not in taken
        others = {p.id for p in draft.priorities if p is not priority}
        wanted = f"P{number}"
        while not free and (wanted in taken or wanted in others):
            number += 1
            wanted = f"P{number}"
        priority.id = priority.id if free else wanted
        taken.add(priority.id)
    for priority in draft.priorities:
        _number_objectives(priority)
        own = [m.id for m in priority.milestones]
        kept = {id for id in own if id.startswith(f"{priority.id}.") and own.count(id) == 1}
        highest = max((int(id.rpartition(".")[2]) for id in kept), default=0)
        for milestone in priority.milestones:
            if milestone.id not in kept:
                if milestone.id:
                    draft.left.append(Left(milestone.place, milestone.id, "another has this id"))
                highest += 1
                milestone.id = f"{priority.id}.{highest}"


def _number_objectives(priority: Priority) -> None:
    taken: set[str] = set()
    for objective in priority.objectives:
        if not objective.id.startswith(f"{priority.id}-") or objective.id in taken:
            count = len(taken)
            while (id := f"{priority.id}-{_letters(count)}") in taken:
                count += 1
            objective.id = id
        taken.add(objective.id)


def _letters(number: int) -> str:
    """A, B, … Z, AA, AB …"""
    text = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        text = f"{chr(65 + letter)}{text}"
    return text


def unknown_columns(names: Sequence[str], content: Content) -> list[str]:
    """Those of these names that no cell of the document has."""
    cells = {
        plain(" ".join(cell.text.split()))
        for table in content.tables()
        for row in table.rows
        for cell in row
    }
    return [name for name in names if plain(name) not in cells]
