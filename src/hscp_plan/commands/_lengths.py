"""Lengths of time that a command is given: until when, and how many months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import Mistyped, Wrong, quoted

if TYPE_CHECKING:
    from datetime import date


def end_of_length(length: str, today: date) -> date:
    """The last day of a length of time from today. Raises Mistyped where it is none."""
    from ..typed_dates import read_length

    try:
        end = read_length(length, today)
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from wrong
    if end is None:
        what = f"{quoted(length)} is not a length of time"
        raise Mistyped(what, 'Write 90d, 6w, 3m, 1y or "3 months".')
    return end.last


def months_given(text: str) -> int:
    """A number of months. Raises Mistyped where it is none, or not from 1 to 9999."""
    plain = text.strip()
    if plain.isascii() and plain.isdecimal() and len(plain) <= 4 and int(plain):
        return int(plain)
    raise Mistyped(
        f"{quoted(text)} is not a number of months", "Write a whole number from 1, such as 3."
    )
