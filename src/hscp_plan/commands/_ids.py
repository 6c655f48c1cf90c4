"""What `naming.ids` finds by an id, and where that is cited of an earlier plan, a word on standard
error about what carries it on here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Priority
from ..naming import ids
from ._look import note

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..model import Plan
    from ..naming.ids import File
    from ..standing import Standing


def find_part(plan: Plan, text: str, day: date, files: Iterable[File] = ()) -> Standing | Priority:
    """As `ids.find_part`."""
    part = ids.find_part(plan, text, day, files)
    if not isinstance(part, Priority):
        _say_carried(plan, text, part)
    return part


def find_milestone(
    plan: Plan, text: str, day: date, subject: str, files: Iterable[File] = ()
) -> Standing:
    """As `ids.find_milestone`."""
    standing = ids.find_milestone(plan, text, day, subject, files)
    _say_carried(plan, text, standing)
    return standing


def _say_carried(plan: Plan, text: str, found: Standing) -> None:
    carried = ids.carried_from(plan, text)
    if carried and carried.id == found.milestone.id:
        note(f"{carried.carried_from} is carried on in this plan as {carried.id}.")
