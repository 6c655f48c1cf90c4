"""Every word of a document: in the plan, understood, or listed with where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..readers.content import Table
from .draft import Left, words_of, words_of_all
from .grid import paragraphs_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from ..readers.content import Content
    from .draft import Draft


def account_for(draft: Draft, content: Content) -> None:
    """Count the words, and list each piece of which one is nowhere."""
    found = list(pieces(content))
    total = words_of_all([text for _, text in found])
    draft.words_in = total.total()
    there = words_of_all([*draft.texts(), *(left.text for left in draft.left)])
    missing = total + draft.repeated - there - +draft.understood
    # A text of which most words are missing is missing, rather than one that shares some.
    shares = [(_share(words_of(text), missing), place, text) for place, text in found]
    for _, place, text in sorted(shares, key=lambda each: -each[0]):
        words = words_of(text)
        if words & missing:
            draft.left.append(Left(place, " ".join(text.split()), "not placed"))
            missing -= words
    draft.lost = missing


def _share(words: Counter[str], missing: Counter[str]) -> float:
    """How much of a text is missing."""
    return (words & missing).total() / max(words.total(), 1)


def pieces(content: Content) -> Iterator[tuple[str, str]]:
    """Every text of a document, with its place."""
    for block in content.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row:
                    for paragraph in paragraphs_of(cell):
                        yield cell.place, paragraph.whole
        else:
            yield block.place, block.whole
    for paragraph in content.foot:
        yield paragraph.place, paragraph.whole
    for comment in content.comments:
        yield f"comment on {comment.place}", f"{comment.author} {comment.text}"
    for control in content.controls:
        if control.placeholder:
            for paragraph in control.paragraphs:
                yield paragraph.place, paragraph.whole
