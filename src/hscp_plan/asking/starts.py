"""How a line begins an answer: with the ids of the milestones that it is about, as people write
them. And which ids a text names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..errors import quoted
from ..letters import folded
from ..model import ID
from .own import WORD, words
from .parts import Ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_NUMBER = re.compile(
    r"\s*(?:\(?\d{1,3}[.)]\s+|[-*•·▪–]\s*)?(?:(?:(?:as )?for|on|about|re|regarding)\b:?\s+)?",
    re.IGNORECASE,
)
"""What a line may begin with before an id: the number or the sign of a list, and `For`."""
_TOKEN = re.compile(ID)
_ANY_ID = re.compile(rf"(?<![\w./-])(?:{ID}/)?{ID}")
_CITED = re.compile(f"{ID}/{ID}")
"""An id with its plan's: 2021-23/P1.3."""
_LOOSE = re.compile(r"(?:[A-Za-z]{1,2}[ -]?)?\d{1,3} ?[.,-] ?\d{1,3}(?![\w/-]|[.]\d)")
"""What may be an id that is written as people write them: 2.4, P2-4."""
_LIKE_AN_ID = re.compile(r"[A-Za-z]{1,3}\d{1,3}[.-]\d{1,3}\b(?![.-]?\d)")
"""What would be an id in most plans, and may be none of this one: P9.9."""
_AND = re.compile(r"\s*(?:,|&|\+|/|\band\b)\s*", re.IGNORECASE)
_AFTER = " \t:;.,)–—-"
"""What parts an id from what is said of it."""
_FEWEST = 3
"""How many words of a milestone's own, at least, are known for these where the rest is left out."""


class Start(NamedTuple):
    """How a line begins an answer."""

    ids: tuple[str, ...]
    rest: str
    clear: bool
    """Whether it is plain that the words after several ids are of each of them."""
    doubt: str = ""


class Starts:
    """Knows the ids of a plan, as lines begin with them."""

    def __init__(self, actions: Mapping[str, str], cited: Mapping[str, str]) -> None:
        self.actions = actions
        self.ids = Ids(actions, cited)

    @staticmethod
    def is_like_an_id(text: str) -> bool:
        """Whether a line begins with what would be an id in most plans, and may be none of this
        one."""
        return bool(_LIKE_AN_ID.match(text, _number_end(text)))

    def start(self, text: str) -> Start | None:
        """The ids that a line begins with, and what stands after them."""
        at = _number_end(text)
        ids, end = self._exact_ids(text, at)
        if ids:
            return self._parted(ids, text[end:])
        loose = _LOOSE.match(text, _indent(text))
        id = self.ids.loose(loose[0]) if loose else None
        if not (loose and id):
            return None
        doubt = f"it says {quoted(loose[0])}, and means {id} perhaps"
        parted = self._parted([id], text[loose.end() :])
        return parted and parted._replace(doubt=doubt)

    def _exact_ids(self, text: str, at: int) -> tuple[list[str], int]:
        """The ids that stand at a place, one after another, and where they end."""
        ids: list[str] = []
        while found := self._exact_id(text, at):
            id, at = found
            ids.append(id)
            joined = _AND.match(text, at)
            if not (joined and self._exact_id(text, joined.end())):
                break
            at = joined.end()
        return ids, at

    def _exact_id(self, text: str, at: int) -> tuple[str, int] | None:
        """The id that stands at a place, and where it ends. P1.2/P1.3 is two, and no citation."""
        for pattern in (_CITED, _TOKEN):
            token = pattern.match(text, at)
            word = token[0].rstrip(".-") if token else ""
            if id := self.ids.exact(word):
                return id, at + len(word)
        return None

    def _parted(self, ids: list[str], after: str) -> Start | None:
        """What stands after ids; None where they are a part of a longer word."""
        if after and (after[0].isalnum() or after[0] == "_"):
            return None
        rest = after.lstrip(_AFTER)
        parting = after[: len(after) - len(rest)]
        clear = len(ids) == 1 or not rest or any(sign in parting for sign in ":–—-")
        return Start(tuple(dict.fromkeys(ids)), self._without_action(ids, rest), clear)

    def _without_action(self, ids: Sequence[str], rest: str) -> str:
        """What stands after an id, without the milestone's own words, which people copy with it."""
        if len(ids) != 1:
            return rest
        action = words(self.actions[ids[0]])
        typed = list(WORD.finditer(rest))
        plain = [folded(match[0]) for match in typed]
        if action and plain[: len(action)] == action:
            return rest[typed[len(action) - 1].end() :].lstrip(_AFTER)
        begins = len(plain) >= _FEWEST and action[: len(plain)] == plain
        return "" if begins else rest

    def named(self, text: str) -> list[str]:
        """The ids that a text names, each once."""
        ids = (self.ids.exact(word[0].rstrip(".-")) for word in _ANY_ID.finditer(text))
        return [*dict.fromkeys(filter(None, ids))]


def _number_end(text: str) -> int:
    """Where the number or the sign of a list ends that a line may begin with."""
    match = _NUMBER.match(text)
    return match.end() if match else 0


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \t-*•·▪–"))
