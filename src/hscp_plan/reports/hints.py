"""What a report says to type next, as it is typed for a plan that is not found by itself."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from ..document import Paragraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..document import Block, Document

_COMMAND = re.compile(r"(:  |  and  )(hscp .+?)(?=  and  |$)")
"""A line to type: what stands before it, and up to where it goes."""
_GAP = " " * 6
"""What parts two lines to type on one line of a report."""


def of_plan(document: Document, option: str) -> Document:
    """The report with this option in each line to type that names no plan, and each of these on a
    line of its own, as they are longer so."""
    return tuple(chain.from_iterable(_named(block, option) for block in document))


def _named(block: Block, option: str) -> Iterator[Block]:
    if (
        not isinstance(block, Paragraph)
        or len(block.line) != 1
        or not isinstance(block.line[0], str)
    ):
        yield block
        return

    for number, text in enumerate(block.line[0].split(_GAP)):
        apart = block.apart and not number
        yield block._replace(line=(line_of_plan(text, option),), apart=apart)


def line_of_plan(text: str, option: str) -> str:
    """A line of text with this option in what it says to type, where that names no plan."""

    def named(match: re.Match[str]) -> str:
        before, command = match.groups()
        return match[0] if "--plan " in command else f"{before}{command} {option}"

    return _COMMAND.sub(named, text)
