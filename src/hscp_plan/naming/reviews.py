"""Finds the review or recommendation that a text names, however it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Mistyped, nearest, quoted
from ..letters import folded
from ..reviews import answer_names
from ..words import listed
from .groups import find_by_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..model import Head
    from ..reviews import ReviewAnswered


def find_answered(answered: Sequence[ReviewAnswered], text: str) -> list[ReviewAnswered]:
    """The reviews that a text names, by a part of the name too; or the one whose recommendation has
    it for its id, with that alone. Raises Mistyped where it names none, or an id that several plans
    have."""
    wanted = folded(text)
    cited = {
        thread.recommendation.id: one._replace(threads=(thread,), whole=())
        for one in answered
        for thread in one.threads
        if _is_cited(thread.recommendation.id, wanted)
    }
    if len(cited) > 1:
        what = f"{len(cited)} plans have {next(iter(cited)).rpartition('/')[2]}"
        raise Mistyped(what, f"Write {listed(cited, 'or')}.")
    if cited:
        return [*cited.values()]
    names = find_by_part(text, {one.review.name: () for one in answered}) if wanted else []
    if names:
        exact = [name for name in names if folded(name) == wanted]
        return [one for one in answered if one.review.name in (exact or names)]
    known = [one.review.name for one in answered]
    ids = [thread.recommendation.id for one in answered for thread in one.threads]
    raise _unknown(text, known, ids)


def answer_given(text: str, head: Head) -> str:
    """What a milestone answers, as plan.yaml writes it; as it is typed, where that lists no
    reviews. Raises Mistyped for what is not among those that it lists."""
    known = answer_names(head)
    if not known:
        return text
    if folded(text) in known:
        return known[folded(text)]
    ids = [r.id for review in head.reviews for r in review.recommendations]
    raise _unknown(text, [review.name for review in head.reviews], ids)


def _is_cited(id: str, wanted: str) -> bool:
    """Whether this is an id, with its plan's before it or alone."""
    return wanted in (folded(id), folded(id.rpartition("/")[2]))


def _unknown(text: str, names: list[str], ids: list[str]) -> Mistyped:
    what = f"no review or recommendation is called {quoted(text)}"
    if near := nearest(text, [*names, *ids]):
        return Mistyped(what, f"Did you mean: {near}")
    if not names:
        return Mistyped(what, "The plan names no review: list it under `reviews:` in plan.yaml.")
    return Mistyped(what, f"The plan knows {listed(names)}. Their recommendations:  hscp answers")
