"""A new objective: its id, and its place in the file. Pure: texts and values in, `Change`s out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..letters import folded
from ..model import Priority
from .change import AlreadyRecorded, Change, keys_before
from .refusals import refuse_unpublishable
from .splice import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Set

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class NewObjective:
    """An objective to add to a priority, after those that it has, with the next id."""

    def __init__(self, priority: str, keys: Mapping[str, Any], taken: Set[str]) -> None:
        """`taken` are the ids that the plan has given, here and on every branch."""
        self.priority, self.taken = priority, taken
        self.keys = {"id": ""} | {key: value for key, value in keys.items() if value}
        """As they stand in the file; the id is chosen when it is added."""

    def change(self, text: str, values: Mapping[str, Any]) -> Change:
        """The change of the file. The id is chosen under the file's lock, so that two who add at
        once are not given one. Raises Mistyped where an objective says the same."""
        refuse_unpublishable(self.keys)
        objectives = [*values.get("objectives", ())]
        words = [folded(statement) for statement in self.keys["statements"]]
        for objective in objectives:
            if [*map(folded, statement_texts(objective))] == words:
                raise AlreadyRecorded(f"{objective['id']} is this objective already")
        known = {objective["id"].strip() for objective in objectives}
        self.keys["id"] = next_objective_id(self.priority, self.taken | known)
        edit = Text(text)
        edit.append(edit.root, "objectives", [self.keys], keys_before(Priority, "objectives"))
        after = {**values, "objectives": [*objectives, dict(self.keys)]}
        return Change(edit.apply(), after, edit.new_line, ((self.keys["id"], None),))


def statement_texts(objective: Mapping[str, Any]) -> list[str]:
    """The texts of an objective's statements, as a file's values have it."""
    statements = objective.get("statements", ())
    return [each["text"] if isinstance(each, dict) else each for each in statements]


def next_objective_id(priority: str, known: Iterable[str]) -> str:
    """The id after the highest of a priority's objectives: P1-B after P1-A, P1-AA after P1-Z."""
    pattern = re.compile(rf"{re.escape(priority)}-([A-Z]{{1,3}})", re.IGNORECASE)
    matches = filter(None, map(pattern.fullmatch, known))
    number = max((_number(match[1].upper()) for match in matches), default=0) + 1
    letters = ""
    while number:
        number, letter = divmod(number - 1, len(_LETTERS))
        letters = _LETTERS[letter] + letters
    return f"{priority}-{letters}"


def _number(letters: str) -> int:
    """Which of all letters these are: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * len(_LETTERS) + _LETTERS.index(letter) + 1
    return number
