"""What a document says that could identify a child or reach a person: that is no part of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..checks.privacy import hits_in_each
from ..errors import Mistyped, quoted
from ..readers.content import Table
from ..words import listed
from .accounting import pieces

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..readers.content import Cell, Content, Paragraph

_SHOWN = 5
"""How many places are named."""


class Private(NamedTuple):
    """Where something stands that could identify somebody. Nothing of it is repeated."""

    place: str
    what: str
    """What it looks like."""


def private_in(content: Content) -> list[Private]:
    """Where a document holds what could identify or reach a person."""
    texts = list(pieces(content))
    hits = hits_in_each(text for _, text in texts)
    return [
        Private(place, hit.message)
        for (place, _), text_hits in zip(texts, hits, strict=True)
        for _, hit in text_hits
    ]


def without_private_names(content: Content, clean: Callable[[str], str]) -> Content:
    """The document with its sheets named as `clean` gives their names: each place in it is told by
    them."""
    names = {table.name: clean(table.name) for table in content.tables() if table.name}
    changed = {old: new for old, new in names.items() if old != new}

    def told(place: str) -> str:
        for old, new in changed.items():
            place = place.replace(old, new)
        return place

    def cell(one: Cell) -> Cell:
        paragraphs = tuple(p._replace(place=told(p.place)) for p in one.paragraphs)
        return one._replace(paragraphs=paragraphs, place=told(one.place))

    def block(one: Paragraph | Table) -> Paragraph | Table:
        if not isinstance(one, Table):
            return one._replace(place=told(one.place))
        rows = tuple(tuple(map(cell, row)) for row in one.rows)
        return one._replace(rows=rows, name=told(one.name), place=told(one.place))

    if not changed:
        return content
    comments = tuple(c._replace(place=told(c.place)) for c in content.comments)
    blocks = tuple(map(block, content.blocks))
    notes = tuple(map(told, content.notes))
    return content._replace(blocks=blocks, comments=comments, notes=notes)


def refuse_private(private: Sequence[Private], name: str) -> None:
    """Raises Mistyped where there is any: what is committed to git stays there for ever."""
    if not private:
        return
    places = [f"{each.place} ({each.what})" for each in private[:_SHOWN]]
    if len(private) > _SHOWN:
        places.append(f"{len(private) - _SHOWN} places more")
    raise Mistyped(
        f"{quoted(name)} holds what could identify or reach a person, in {listed(places)}",
        "Nothing was written. Take it out of the document, or leave it out of the plan:  --redact",
    )
