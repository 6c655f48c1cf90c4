"""A new register: its id, the name of its file, and what stands in it to begin with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import Mistyped, quoted
from ..model import ID
from ..reading.files import ASKED, HEAD
from ..store import open_plan
from .change import Change
from .new_priority import SCHEMA, plain_words, refuse_same_title
from .refusals import refuse_unpublishable
from .scalars import pair_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

_TEACH = """\

# What no priority owns, and where it comes from. Written by hand, or by:
#   hscp add {id} "What is to be done" --due {year}-09 --lead "…" --from "Executive Board, 20 May"
# milestones:
#   - id: {id}.1
#     due: {year}-09
#     action: What is to be done, as minuted.
#     lead: Business Manager
#     from: Executive Board, 20 May {year}   # the meeting, paper, audit or member's question
"""


class NewRegister:
    """A register to add to the plan of a folder."""

    def __init__(
        self, folder: str, title: str, id: str | None, file: str | None, taken: Iterable[str]
    ) -> None:
        """`id` and `file` are what was given for them, and `taken` the ids of milestones, here and
        on other branches."""
        self.folder, self.title, self.given, self.file = folder, title, id, file
        self.taken = {folded for id in taken for folded in (id.casefold(), _of(id).casefold())}
        self.id = ""
        """Its id, once it is chosen."""

    def choose(self) -> tuple[str, Change]:
        """The name of its file, and what stands in it. Both are chosen under the folder's lock.
        Raises Mistyped where something has its title or its id, or a file cannot have its name."""
        plan = open_plan(self.folder).plan
        refuse_same_title(plan, self.title)
        here = {part.id.casefold() for owner in plan.owners for part in owner.parts}
        self.id = self._id(self.taken | here)
        year = plan.head.period.start.first.year
        return self._file_name(), register_change(self.id, self.title, year)

    def _id(self, taken: set[str]) -> str:
        if self.given is None:
            return next(id for id in _ids(self.title) if id.casefold() not in taken)
        if not re.fullmatch(ID, self.given, re.ASCII):
            raise Mistyped(f"{quoted(self.given)} is not an id", "Write one such as:  --id A")
        if self.given.casefold() in taken:
            raise Mistyped(f"{self.given} is the id of something else", "Give another:  --id ID")
        return self.given

    def _file_name(self) -> str:
        stem = "-".join(plain_words(self.title)) or self.id.lower().replace(".", "-")
        if self.file is not None:
            stem = self.file.removesuffix(".yaml")
            right = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", stem, re.ASCII)
            if not right or f"{stem.casefold()}.yaml" in (HEAD, ASKED):
                raise Mistyped(
                    f"{quoted(self.file)} cannot be the file of a register",
                    "Write a word such as:  --file actions",
                )
            refuse_unpublishable({"file": re.sub("[-_]", " ", stem)})
        return f"{stem[:60]}.yaml"


def register_change(id: str, title: str, year: int) -> Change:
    """The text of a new register's file, with comments that teach; `year` is that of its examples.

    Raises Mistyped for what could identify a child.
    """
    values = {"id": id, "kind": "register", "title": title}
    refuse_unpublishable(values)
    lines = [line for key, value in values.items() for line in pair_lines(key, value, 0)]
    text = SCHEMA + "".join(f"{line}\n" for line in lines) + _TEACH.format(id=id, year=year)
    return Change(text, values, 2, ((id, None),))


def _of(id: str) -> str:
    """What a milestone of this id is of: A of A.3."""
    return id.rpartition(".")[0]


def _ids(title: str) -> Iterable[str]:
    """The ids that would fit a title, the shortest first: A, AL, A2, A3 … of Action log."""
    words = plain_words(title) or ["a"]
    letter = next((word[0] for word in words if word[0].isalpha()), "a").upper()
    yield letter
    yield "".join(word[0] for word in words).upper()[:16]
    number = 2
    while True:
        yield f"{letter}{number}"
        number += 1
