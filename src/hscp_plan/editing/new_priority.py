"""A new priority: its id, the name of its file, and what stands in it to begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import normalize

from ..errors import Mistyped, quoted
from ..letters import folded
from ..store import open_plan
from .change import Change
from .refusals import refuse_unpublishable
from .scalars import pair_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..model import Plan

SCHEMA = "# yaml-language-server: $schema=schema/priority.schema.json\n"
MOST_SLUG = 50
"""How long the words of a file's name may be."""
_TO_COME = {
    "until": "# Until when it runs:  until: {year}\n",
    "outcome": "# What will be different, as published:\n# outcome: >-\n#   …\n",
}
"""What stands in the place of a key that was not given."""
_TEACH = """\

# Where the evidence is to be found, as published:
# evidence:
#   - Audit reports

# To add a milestone:  hscp add {id} "What is to be done" --due {year}-09
# Where milestones are on the way to objectives, write these first, as in this example; add then
# puts a milestone under the one that --objective names.
# objectives:
#   - id: {id}-A
#     statements:
#       - What is to be achieved, in the plan's own words.
#     complete_by: {year}-12            # as exact as was promised
#     accountable: Executive Board
#     lead: Chair of Quality Sub-Group
#     milestones:
#       - id: {id}.1                     # for ever: never renumbered, never used again
#         start: {year}-04
#         due: {year}-09                # by the end of September
#         action: What is to be done, in the plan's own words.
"""


def clean_name(text: str, what: str) -> str:
    """A name or a title as a file has it: on one line, without blanks around it. Raises Mistyped
    where it is none."""
    from .refusals import clean_note

    name = clean_note(text)
    if len(name.splitlines()) > 1:
        raise Mistyped(f"{what} is on several lines", "Write it on one.")
    return name


class NewPriority:
    """A priority to add to the plan of a folder, with the next id."""

    def __init__(
        self, folder: str, title: str, until: str | None, outcome: str | None, taken: Iterable[str]
    ) -> None:
        self.folder, self.title, self.until, self.outcome = folder, title, until, outcome
        self.taken = taken
        self.id = ""
        """Its id, once it is chosen."""

    def choose(self) -> tuple[str, Change]:
        """The name of its file, and what stands in it. The id is chosen under the folder's lock,
        so that two who add at once are not given one. Raises Mistyped where a priority has its
        title."""
        plan = open_plan(self.folder).plan
        refuse_same_title(plan, self.title)
        self.id = next_priority_id([p.id for p in plan.priorities], self.taken)
        year = plan.head.period.start.first.year
        change = priority_change(self.id, self.title, year, self.until, self.outcome)
        return file_name(self.id, self.title), change


def priority_change(
    id: str, title: str, year: int, until: str | None = None, outcome: str | None = None
) -> Change:
    """The text of a new priority's file, with comments that teach; `year` is that of its examples.

    Raises Mistyped for what could identify a child.
    """
    values = {"id": id, "title": title, "until": until, "outcome": outcome}
    given = {key: value for key, value in values.items() if value}
    refuse_unpublishable(given)
    lines = [SCHEMA]
    for key, value in values.items():
        lines += (
            [f"{line}\n" for line in pair_lines(key, value, 0)]
            if value
            else [_TO_COME[key].format(year=year)]
        )
    text = "".join(lines) + _TEACH.format(id=id, year=year)
    return Change(text, given, 2, ((id, None),))


def file_name(id: str, title: str) -> str:
    """The name of a priority's file: p1-neglect.yaml."""
    slug = id.lower().replace(".", "-")
    for word in plain_words(title):
        if len(slug) + len(word) >= MOST_SLUG:
            break
        slug = f"{slug}-{word}"
    return f"{slug}.yaml"


def plain_words(title: str) -> list[str]:
    """A title's words in small letters without accents, as the name of a file has them."""
    plain = normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


def next_priority_id(priorities: Iterable[str], known: Iterable[str]) -> str:
    """The id after the highest of a plan's priorities: P5 after P4. What else is known of the same
    letters, as of another branch, counts too."""
    highest = max(
        (parts for id in priorities if (parts := _parts(id))), default=("P", 0), key=_number
    )
    same = [parts for id in known if (parts := _parts(id)) and parts[0] == highest[0]]
    return f"{highest[0]}{max(map(_number, [highest, *same])) + 1}"


def _parts(id: str) -> tuple[str, int] | None:
    """An id's letters and its number; None of an id of another shape, such as P4-A."""
    match = re.fullmatch(r"([A-Za-z]{1,8})(\d{1,6})", id)
    return (match[1], int(match[2])) if match else None


def _number(parts: tuple[str, int]) -> int:
    return parts[1]


def refuse_same_title(plan: Plan, title: str) -> None:
    """Raises Mistyped where a priority or register has this title already."""
    for priority in plan.owners:
        if folded(priority.title) == folded(title):
            raise Mistyped(
                f"{priority.id} is called {quoted(title)} already", "Nothing was changed."
            )
