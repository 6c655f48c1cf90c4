"""The pieces of an answer: what was written, and where it stands."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..naming.ids import plain_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Part(NamedTuple):
    """Words, and where they stand."""

    text: str
    place: str


class Answer(NamedTuple):
    """What stands in one file about one milestone."""

    id: str
    place: str
    parts: Mapping[str, Part]
    """What stands under each question, and in the cells that were filled in already, by the names
    in `form.LABELS`. Only what holds anything."""
    free: bool = False
    """Whether it was written as a text, and not in the cells of a form."""
    struck: tuple[Part, ...] = ()
    """What was struck out or deleted of the cells that were filled in already; of all, where the
    row was."""
    row_struck: bool = False
    doubt: str = ""
    """Why it may be no answer, or none about this milestone, in a sentence without its end."""

    def text(self, question: str) -> str:
        """What was written under a question; empty where nothing was."""
        part = self.parts.get(question)
        return part.text if part else ""

    def place_of(self, question: str) -> str:
        """Where the answer to a question stands, or would."""
        part = self.parts.get(question)
        return part.place if part else self.place


class Ids:
    """The ids of a plan, as people write them."""

    def __init__(self, ids: Iterable[str], cited: Mapping[str, str]) -> None:
        self._exact = {**cited, **{plain_id(id): id for id in ids}}

    @cached_property
    def _by_digits(self) -> dict[str, list[str]]:
        """The ids by their numbers, which few texts ask for."""
        ids: dict[str, list[str]] = {}
        for written, id in self._exact.items():
            if "/" not in written:
                ids.setdefault(_digits(written), []).append(id)
        return ids

    def exact(self, text: str) -> str | None:
        """The id that a text is, in small letters or large, as a sentence or a citation has it."""
        return self._exact.get(plain_id(text))

    def loose(self, text: str) -> str | None:
        """The only id that has just these numbers: 2.4, P2-4."""
        match = _LOOSE.fullmatch(text.strip())
        ids = self._by_digits.get(_digits(text), []) if match else []
        return ids[0] if len(ids) == 1 else None


_LOOSE = re.compile(r"[A-Za-z]{0,2} ?\d{1,3} ?[.,-] ?\d{1,3}")


def _digits(text: str) -> str:
    return ".".join(re.findall(r"\d+", text))


class Read(NamedTuple):
    """What a table, or a text, holds of answers, and of other words."""

    answers: Sequence[Answer]
    unplaced: Sequence[Part]
