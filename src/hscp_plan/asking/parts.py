"""The pieces of an answer: what was written, and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


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
    """What was struck out or deleted of the cells that were filled in already."""

    def text(self, question: str) -> str:
        """What was written under a question; empty where nothing was."""
        part = self.parts.get(question)
        return part.text if part else ""

    def place_of(self, question: str) -> str:
        """Where the answer to a question stands, or would."""
        part = self.parts.get(question)
        return part.place if part else self.place


class Read(NamedTuple):
    """What a table, or a text, holds of answers, and of other words."""

    answers: Sequence[Answer]
    unplaced: Sequence[Part]
