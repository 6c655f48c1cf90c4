"""What we wrote ourselves in what comes back, so that it is not taken for an answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..letters import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FEWEST = 3
"""How many words of ours in a row, at least, are known for ours within a longer text: mail programs
break lines anew. Fewer words may be an answer: on track."""
_MOST_OPENED = 30
"""How many words such a text has at most."""
WORD = re.compile(r"[\w./-]*\w")
"""A word, as texts are compared: an id or an address is one."""


class OwnText:
    """The texts of a form as it was sent."""

    def __init__(
        self,
        texts: Iterable[str] = (),
        openings: Iterable[str] = (),
        cited: Mapping[str, str] | None = None,
    ) -> None:
        self.cited = cited or {}
        """The ids of the plan's milestones, by what they are cited as: see `naming.ids`."""
        all_words = [words(text) for text in texts]
        self._openings = tuple(f"{' '.join(words(text))} " for text in openings)
        self._whole = {" ".join(some) for some in all_words}
        self._run = f" {' '.join(word for some in all_words for word in some)} "

    def is_ours(self, text: str) -> bool:
        """Whether we wrote this: a whole text of ours, a run of its words, or a short text that
        begins as one of ours does which names people and days."""
        some = words(text)
        plain = " ".join(some)
        if len(some) <= _MOST_OPENED and f"{plain} ".startswith(self._openings):
            return True
        return (
            not some or plain in self._whole or (len(some) >= _FEWEST and f" {plain} " in self._run)
        )


def words(text: str) -> list[str]:
    """A text's words as they are compared: without capitals, quotation and other marks."""
    return WORD.findall(folded(text))
