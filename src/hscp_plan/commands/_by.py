"""Who records: named on the line, in HSCP_BY, by the plan, or at a terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .. import store
from ..errors import Mendable
from ._look import note
from ._record import edit_file
from ._typed import at_terminal, line
from ._who import who_given

if TYPE_CHECKING:
    from datetime import date

    from ..model import Head
    from ._record import Target

_FROM_NOW_ON = "From now on too, as keeper: in plan.yaml? (y, or Enter for no): "
_ONCE = "To say it once and for all, put keeper: with your role into plan.yaml, or set HSCP_BY."


def by_given(by: str | None, at: Target, ask: bool) -> str | None:
    """Who records: the one given, else HSCP_BY, else the plan's keeper, else whoever is named at a
    terminal when asked; None where that is nobody. Raises Mistyped for a date.

    Never git's user.name: that is a person's own, and what is recorded is published.
    """
    who = _named("--by", by, at.opened.plan.head, at.today)
    return _ask_keeper(at) if who is None and ask else who


def keeper_given(head: Head, today: date) -> str | None:
    """Who adds something: whoever HSCP_BY names, else the plan's keeper; None where that is nobody.
    Raises Mistyped for a date."""
    return _named("--by", None, head, today)


def sender_given(sender: str | None, head: Head, today: date) -> str | None:
    """Who asks: the one given, else HSCP_BY, else the plan's keeper; None where that is nobody.
    Raises Mistyped for a date."""
    return _named("--from", sender, head, today)


def _named(option: str, given: str | None, head: Head, today: date) -> str | None:
    """Whoever an option names, else HSCP_BY, else the plan's keeper."""
    sources = {
        option: given,
        "HSCP_BY": os.environ.get("HSCP_BY"),
        "keeper: of plan.yaml": head.keeper,
    }
    for source, who in sources.items():
        if who:
            return who_given(who, head, today, source)
    return None


def _ask_keeper(at: Target) -> str | None:
    """Whoever is named as recording this, at a terminal; and, where that is wished, from then on.
    None where nobody is asked, or nobody is named."""
    from ..checks._people import is_person

    if not at_terminal():
        note(f"Nobody is named as saying this. {_ONCE}")
        return None
    answer = line("Who says so? A role or group, such as Business Manager (Enter: nobody): ")
    if not answer:
        return None
    who = who_given(answer, at.opened.plan.head, at.today, "that")
    if not is_person(who) and line(_FROM_NOW_ON).lower() in ("y", "yes"):
        _make_keeper(at, who)
    return who


def _make_keeper(at: Target, who: str) -> None:
    """Put the keeper into plan.yaml; where that cannot be, say why, and go on."""
    from ..editing.record import record_keeper

    try:
        edit_file(
            at.opened.folder / store.HEAD, lambda t, values: record_keeper(t, values, who), False
        )
    except Mendable as error:
        note(f"plan.yaml is as it was: {error.what}. {_ONCE}")
