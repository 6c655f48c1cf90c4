"""`hscp asked`: who was asked, and who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..cli.options import Option
from ._look import open_look
from ._options import At, OfLead, Shown

if TYPE_CHECKING:
    from ..model import Plan, Round


def run(
    open: Annotated[bool, Option("--open", help="Only what nobody has answered.")] = False,
    *,
    at: At,
    lead: OfLead = None,
    shown: Shown,
) -> int:
    """Say who was asked about what, on which day, and who answered: the newest first.

    \b
    hscp asked                          every round of asking
    hscp asked --open                   who has not answered
    """
    from ..reports.asked import COLUMNS, AskedReport

    look = open_look(at, asked=True)
    plan, words = look.plan, lead or []
    names = _names(plan, words)
    only = [f"lead {word}" for word in words] + (["what nobody has answered"] if open else [])
    text = f"Only {', '.join(only)}" if only else ""
    return look.say(AskedReport(plan, look.day, text, names, open), shown, COLUMNS)


def _names(plan: Plan, words: list[str]) -> frozenset[str] | None:
    """The names of whoever was asked that hold one of these words; None where no word is given.
    Raises Mistyped for a word that no name holds."""
    from ..naming.filters import name_test

    if not words:
        return None
    known = list(dict.fromkeys(name for round in plan.asked for name in _asked(round)))
    tests = [name_test(word, known, plan, "lead that was asked") for word in words]
    return frozenset(name for name in known if any(test(name) for test in tests))


def _asked(round: Round) -> tuple[str, ...]:
    return (round.who, *round.also)
