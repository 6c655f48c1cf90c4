"""What a document says that could identify a child or reach a person: that is no part of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..checks.privacy import hits_in_each
from ..errors import Mistyped, quoted
from ..words import listed
from .accounting import pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..readers.content import Content

_SHOWN = 5
"""How many places are named."""


class Private(NamedTuple):
    """Where something stands that could identify somebody. Nothing of it is repeated."""

    place: str
    what: str
    """What it looks like."""


def private_in(content: Content) -> list[Private]:
    """Where a document holds what could identify a child or reach a person."""
    texts = list(pieces(content))
    hits = hits_in_each(text for _, text in texts)
    return [
        Private(place, hit.message)
        for (place, _), text_hits in zip(texts, hits, strict=True)
        for _, hit in text_hits
    ]


def refuse_private(private: Sequence[Private], name: str) -> None:
    """Raises Mistyped where there is any: what is committed to git stays there for ever."""
    if not private:
        return
    places = [f"{each.place} ({each.what})" for each in private[:_SHOWN]]
    if len(private) > _SHOWN:
        places.append(f"{len(private) - _SHOWN} places more")
    raise Mistyped(
        f"{quoted(name)} holds what could identify a child or reach a person, in {listed(places)}",
        "Nothing was written. Take it out of the document, or leave it out of the plan:  --redact",
    )
