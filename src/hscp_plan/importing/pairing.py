"""The rows of a document, as they are held against the plan's milestones. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from ..letters import folded
from ..naming.groups import full_name
from .columns import own_name, plain
from .matching import SURE, Side, alike, words_of
from .said import NOTHING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ..model import Head, Plan, Priority
    from ..standing import Standing
    from . import draft as read
    from .draft import Draft


class Row(NamedTuple):
    """A row, with what it stands under in the document."""

    milestone: read.Milestone
    section: read.Objective | None
    priority: Priority | None
    """The plan's priority that it stands under; None where the plan has no such."""
    under: str
    """What the document calls that priority."""

    @property
    def place(self) -> tuple[str, int]:
        """What tells its section from the others of the document."""
        return self.under, id(self.section)

    @property
    def lead(self) -> list[str]:
        """Who leads it, as the document says."""
        names = self.milestone.leads or (self.section.leads if self.section else [])
        return [name for name in names if not NOTHING.fullmatch(name)]


def rows_of(draft: Draft, plan: Plan) -> Iterator[Row]:
    """The rows of a document in its order, each with the plan's id where it says one."""
    ids = {m.id for owner in plan.owners for m in owner.milestones}
    for milestone in draft.milestones:
        _take_own_id(milestone, ids)
    pairs = _priorities(draft, plan)
    for number, priority in enumerate(draft.priorities):
        its = pairs.get(number)
        yield from (Row(m, None, its, priority.title) for m in priority.straight)
        for section in priority.objectives:
            yield from (Row(m, section, its, priority.title) for m in section.milestones)


def _take_own_id(milestone: read.Milestone, ids: Collection[str]) -> None:
    """Take an id of the plan that a document says in its action or a column for the row's own."""
    first, _, rest = milestone.action.partition(" ")
    if not milestone.own_id and first in ids and rest:
        milestone.own_id, milestone.action = first, rest.strip()
    elif not milestone.own_id and milestone.more.get("id") in ids:
        milestone.own_id = milestone.more["id"]


def _priorities(draft: Draft, plan: Plan) -> dict[int, Priority]:
    """The plan's priority that each of the document's is: of the same title, else that of most of
    its actions, else of nearly the same title, else the only one."""
    by_title = {plain(owner.title): owner for owner in plan.owners}
    of_action: dict[str, Priority] = {}
    for priority in plan.owners:
        of_action |= {as_read(m.action): priority for m in priority.milestones}
        of_action |= {m.id: priority for m in priority.milestones}
    pairs: dict[int, Priority] = {}
    for number, called in enumerate(draft.priorities):
        votes: Counter[str] = Counter()
        by_id: dict[str, Priority] = {}
        for m in called.milestones:
            if its := of_action.get(m.own_id) or of_action.get(as_read(m.action)):
                votes[its.id] += 1
                by_id[its.id] = its
        if found := by_title.get(plain(called.title)):
            pairs[number] = found
        elif votes:
            pairs[number] = by_id[votes.most_common(1)[0][0]]
        elif nearly := _nearly(called.title, plan):
            pairs[number] = nearly
        elif len(draft.priorities) == len(by_title) == 1:
            pairs[number] = next(iter(by_title.values()))
    return pairs


def _nearly(title: str, plan: Plan) -> Priority | None:
    own = words_of(title)
    likest = max(plan.owners, key=lambda p: alike(own, words_of(p.title)), default=None)
    return likest if likest and alike(own, words_of(likest.title)) >= SURE else None


def row_side(row: Row, columns: Mapping[str, str], head: Head) -> Side:
    """A row as it is matched; `columns` as `declared` gives them."""
    said = row.milestone
    beside: set[tuple[str, ...]] = {
        ("due", said.due.text),
        *(("lead", folded(full_name(head, n))) for n in row.lead),
    }
    beside |= {("more", columns[key], text) for key, text in said.more.items() if key in columns}
    key = (said.status or "", said.start.text, *(entry.note for entry in said.log),
           *said.more.values(), row.under)  # fmt: skip
    priority = row.priority.id if row.priority else ""
    return Side(said.own_id, said.action, priority, frozenset(beside), key)


def side(standing: Standing, head: Head) -> Side:
    """A milestone as it is matched."""
    milestone = standing.milestone
    beside: set[tuple[str, ...]] = {("due", milestone.due.text)}
    beside |= {("lead", folded(full_name(head, name))) for name in standing.lead}
    more = {("more", key, text) for key, text in milestone.more.items()}
    id, action, priority = milestone.id, milestone.action, standing.priority.id
    return Side(id, action, priority, frozenset((*beside, *more)))


def declared(draft: Draft, head: Head) -> dict[str, str]:
    """The key that the plan declares for each extra column of the document that it has too."""
    by_name = {plain(name): c.key for c in head.columns
               for name in (c.key, c.label, own_name(c.label, c.key))}  # fmt: skip
    return {key: by_name[name] for key, label in draft.columns.items()
            if (name := plain(label)) in by_name}  # fmt: skip


_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\xa0": " "})


def as_read(text: str) -> str:
    """A text as somebody reads it: what Word makes of quotation marks, dashes and blanks changes
    nothing."""
    return " ".join(text.translate(_TYPED).split())
