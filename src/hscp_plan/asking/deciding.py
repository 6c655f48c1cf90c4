"""What an answer says once a person has decided a doubt of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .already import recorded_as
from .rounds import how_often
from .understood import Doubt

if TYPE_CHECKING:
    from ..dates import PlanDate
    from ..model import Milestone
    from ..words import Status
    from .understood import Occasion, Understood

MOVES = 2
"""So many moves a lead may make that nobody agreed, before somebody is asked who agreed the next:
the third is slippage that a Board has to know of."""


class Decision(NamedTuple):
    """How a person decides a doubt: with yes or, where more is wanted, with that."""

    status: Status | None = None
    moved_to: PlanDate | None = None
    """The due date that is meant; None where it does not move, and its words alone are recorded."""
    reason: str = ""
    agreed: str | None = None


def reason_doubt(to: PlanDate) -> Doubt:
    """That nobody says why it moves."""
    what = f"a new date, {to.shown}, and no reason why"
    return Doubt("date", what, "Why does it move?", to, wanted="reason")


def agreement_doubt(milestone: Milestone, to: PlanDate) -> Doubt | None:
    """That nobody is said to have agreed a move of what moved often before; None of another."""
    if milestone.times_moved < MOVES:
        return None
    before = f"it moved {how_often(milestone.times_moved)} before"
    what = f"{before}, and nobody is said to have agreed that it moves to {to.shown}"
    return Doubt("date", what, "Who agreed it?", to, wanted="agreement")


def decided(
    understood: Understood, doubt: Doubt, decision: Decision, occasion: Occasion
) -> Understood:
    """An answer once a person decided a doubt. Why it moves, and who agreed that, is asked once it
    is known to move."""
    others = tuple(other for other in understood.doubts if other is not doubt)
    words = "\n".join(filter(None, (doubt.words, decision.reason)))
    agreed = decision.agreed or understood.agreed
    to = decision.moved_to or doubt.moved_to
    if to and not (words or understood.note):
        return understood._replace(doubts=(*others, reason_doubt(to)))
    if to and not (agreed or occasion.agreed):
        unagreed = agreement_doubt(understood.standing.milestone, to)
        if unagreed:
            return understood._replace(doubts=(*others, unagreed._replace(words=words)))
    known, said = understood.recorded, understood.note
    if known and not to and decision.status != "closed":
        # What is recorded is not said again, but where it says why it moves or is closed.
        said = None
    more = understood._replace(
        note="\n".join(filter(None, (said, words))) or None,
        status=decision.status or (None if known else understood.status),
        moved_to=to or (None if known else understood.moved_to),
        evidence=() if known else understood.evidence,
        agreed=agreed,
        doubts=others,
    )
    return more._replace(recorded=recorded_as(more, occasion))
