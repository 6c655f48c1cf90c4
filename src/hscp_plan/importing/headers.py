"""Rows that say what the rows below them are: the names of the columns, and headings over the whole
table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .columns import plain, role_of, roles_of, undated
from .own import own_roles
from .prose import takes_labelled, takes_title
from .said import by_label, count_alone, items, named, objective_named, priority_named, status_said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .columns import Role
    from .grid import Row, Slot
    from .position import Position

_LONGEST_BANNER = 300
_RANKS = frozenset(
    ("low", "medium", "normal", "high", "urgent", "important", "critical", "essential")
)
"""What a column called Priority says where it is of no priority of the plan."""
_INITIAL = re.compile(r"[A-Za-z]\.?\s+\w")
"""How a person's name may begin, whose letter is none of BRAG."""
_MARKS = frozenset(("yes", "y", "✓", "✔", "x", "c", "agreed"))
"""What says in a column that something is so, and not how an action stands."""
_LONGEST_PRIORITY = 120
"""How long a heading may be that begins a priority before any column has a name."""


# --- names of columns -----------------------------------------------------------------------------


def takes_header(at: Position, rows: Sequence[Row], number: int, place: str) -> bool:
    """Take the row of this number, counted from 0, for the names of the columns; whether it is
    that. `place` is the table's."""
    row = rows[number]
    labels = [" ".join(slot.text.split()) for slot in row.slots]
    if not at.outline.is_header(row, first=number == 0):
        return _takes_second_header(at, row, labels)
    at.spread = _spread(row)
    roles = _seen(roles_of(labels, at.asked.columns), labels, rows[number + 1 :], at)
    roles = own_roles(labels, roles)
    if [column.label for column in at.columns] != labels:
        at.columns = []
        for number, (role, label) in enumerate(zip(roles, labels, strict=True)):
            at.columns.append(at.named_column(role, label, number, place or row.place))
    at.understand(*labels)
    at.began, at.awaits, at.label = True, "", ""
    return True


def _seen(
    roles: Sequence[Role], labels: Sequence[str], below: Sequence[Row], at: Position
) -> Sequence[Role]:
    """What the columns hold, seen by what stands in them where the name could mean another thing:
    Progress in which every word is a status; Priority that is high or low."""
    seen = _in_words(roles, labels, below)
    for column, role in enumerate(roles):
        if plain(labels[column]) in at.asked.columns:
            continue
        texts = [text for row in below if (text := row.slot(column).text)]
        is_now = not undated(labels[column])[1]
        if role == "progress" and is_now and "status" not in roles and texts:
            said = [status_said(text, at.asked.scale) for text in texts]
            seen[column] = "status" if all(s.status and not s.more for s in said) else role
        elif role == "priority" and texts and {text.casefold() for text in texts} <= _RANKS:
            seen[column] = "more"
    if "status" not in seen:
        found: list[int] = []
        for column, role in enumerate(seen):
            label = labels[column]
            texts = [text for row in below if (text := row.slot(column).text) not in ("", label)]
            shares = [by_label(label, text) for text in texts]
            if role == "more" and label and _are_statuses(shares, at):
                found.append(column)
        for column in _of_times(found, labels):
            seen[column] = "status"
    return seen


def _in_words(roles: Sequence[Role], labels: Sequence[str], below: Sequence[Row]) -> list[Role]:
    """What the columns hold, where the one that was taken for the actions for want of another holds
    numbers alone, and one after it words."""
    seen = list(roles)
    column = seen.index("action") if "action" in seen else -1
    if column < 0 or role_of(labels[column]) == "action" or _words_in(below, column):
        return seen
    for n, role in enumerate(roles):
        if role == "more" and labels[n] and _words_in(below, n):
            seen[column], seen[n] = "more", "action"
            break
    return seen


def _words_in(rows: Sequence[Row], column: int) -> bool:
    return any(re.search(r"[^\W\d_]{2}", row.slot(column).text) for row in rows)


def _of_times(columns: Sequence[int], labels: Sequence[str]) -> Sequence[int]:
    """Of columns that say how actions stand, those of a time each, as Q1 to Q4; else the first that
    is of words and not of shares."""
    if len(columns) < 2 or all(undated(f"status {labels[n]}")[1] for n in columns):
        return columns
    return sorted(columns, key=lambda n: "%" in labels[n])[:1]


def _are_statuses(texts: Sequence[str], at: Position) -> bool:
    """Whether all that stands in a column says how actions stand; ticks and yes may mean another
    thing."""
    return bool(texts) and all(
        text.casefold() not in _MARKS
        and not _INITIAL.match(text)
        and status_said(text, at.asked.scale).status
        for text in texts
    )


def _spread(row: Row) -> dict[int, int]:
    """The columns that a name goes over which goes over several, each with the one it begins in."""
    return {
        n + more: n
        for n, slot in enumerate(row.slots)
        if 1 < slot.cell.columns < len(row.slots) and slot.text
        for more in range(slot.cell.columns)
    }


def _takes_second_header(at: Position, row: Row, labels: list[str]) -> bool:
    """Take a row for the names below one that goes over several columns; whether it is that."""
    spread, at.spread = at.spread, {}
    if not spread or not set(row.filled) <= set(spread) or not any(map(role_of, labels)):
        return False
    names = [column.label for column in at.columns]
    labels += [""] * (len(names) - len(labels))
    whole = [
        f"{names[spread[n]]} {label}".strip() if n in spread and label else name
        for n, (name, label) in enumerate(zip(names, labels, strict=False))
    ]
    _rename(at, whole, labels, at.draft.heard[-1].place if at.draft.heard else row.place)
    at.understand(*labels)
    return True


def _rename(at: Position, whole: Sequence[str], below: Sequence[str], place: str) -> None:
    """Give the columns their whole names; the lower part of each says most of what it holds."""
    said = {plain(text): role for text, label in zip(whole, below, strict=False)
            if (role := role_of(label))}  # fmt: skip
    roles = roles_of(whole, {**said, **at.asked.columns})
    at.columns = [
        at.named_column(role, label, n, place)
        for n, (role, label) in enumerate(zip(roles, whole, strict=True))
    ]


# --- headings over the table ----------------------------------------------------------------------


def takes_banner(at: Position, row: Row) -> bool:
    """Take a row of one text for a heading over the rows below; whether it is one."""
    if len(row.filled) == 2 and len(row.slots) > 2 and count_alone(row.slot(row.filled[0]).text):
        return _takes_counted(at, row)
    if len(row.filled) != 1 or len(row.slots) < 2:
        return False
    (column,) = row.filled
    slot = row.slot(column)
    text = " ".join(slot.text.split())
    if at.awaits == "evidence" and at.priority:
        at.priority.evidence += [item for p in slot.paragraphs for item in items(p.text)]
        at.label = ""
        return True
    if said := priority_named(text):
        at.begin_priority_here(said, row.place)
        at.understand(text)
        return True
    if takes_title(at, text) or (at.fresh and takes_labelled(at, slot.text)):
        return True
    if len(text) > _LONGEST_BANNER or not _goes_over(at, row, slot, column, text):
        return False
    return _begins(at, text, row.place)


def _takes_counted(at: Position, row: Row) -> bool:
    """Take a row such as `Objective 1 | To learn` for a heading over the rows below."""
    number, title = (" ".join(row.slot(n).text.split()) for n in row.filled)
    text = f"{number.rstrip(' :.')}: {title}"
    if len(text) > _LONGEST_BANNER:
        return False
    if said := priority_named(text):
        at.begin_priority_here(said, row.place)
        at.understand(text)
        return True
    return _begins(at, text, row.place)


def _goes_over(at: Position, row: Row, slot: Slot, column: int, text: str) -> bool:
    """Whether a text stands over the whole table."""
    if slot.cell.columns >= max(2, len(row.slots) - 1):
        return True
    # Where a number would stand, words do: a heading, of a sheet that merges no cells.
    is_words = column == 0 and bool(re.search(r"[^\W\d_]{4}", text))
    return is_words and len(at.columns) > 2 and at.columns[0].role == "id"


def _begins(at: Position, text: str, place: str) -> bool:
    """Begin what a heading over the table names: an objective where priorities are named in another
    way, else a priority; whether it names any."""
    below = at.priority is not None and at.priority.id and objective_named(text)
    if below or (at.columns and (at.outline.levels or "priority" in at.roles)):
        at.begin_objective()
        at.state(text)
    elif at.columns or len(text) < _LONGEST_PRIORITY:
        at.begin_priority_here(named(text), place)
    else:
        return False
    return True
