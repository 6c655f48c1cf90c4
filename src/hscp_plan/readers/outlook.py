"""E-mails that Outlook saved as text: headers, with a tab after each name, and then the words."""

from __future__ import annotations

import re
from datetime import date

from . import quotation
from .characters import LINE_END, flat
from .content import Content, Mail

_LONGEST = 100_000
"""How many characters the headers may have."""
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)


def is_saved(text: str) -> bool:
    """Whether a text is an e-mail that Outlook saved as text: its headers, then its words."""
    headers = _saved_headers(text)
    return {"from", "sent", "subject"} <= headers.keys()


def read_saved(text: str, notes: tuple[str, ...]) -> Mail:
    """What an e-mail says that Outlook saved as text."""
    headers = _saved_headers(text)
    day = _english_day(headers["sent"])
    blocks = quotation.paragraphs(LINE_END.sub("\n", text).partition("\n\n")[2])
    content = Content(tuple(blocks), modified=day, notes=notes)
    return Mail(flat(headers["subject"]), day, content)


def _saved_headers(text: str) -> dict[str, str]:
    head = LINE_END.sub("\n", text[:_LONGEST]).partition("\n\n")[0]
    lines = [line.partition(":\t") for line in head.split("\n")]
    if not lines or lines[0][0] != "From":
        return {}
    return {name.casefold(): value for name, colon, value in lines if colon}


def _english_day(text: str) -> date | None:
    """The day in 10 January 2022 10:30, or Monday, January 10, 2022 10:30."""
    words = [word.casefold() for word in re.findall(r"[A-Za-z]+|\d+", text)]
    month = next((_MONTHS.index(word) + 1 for word in words if word in _MONTHS), 0)
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= 4]
    try:
        return date(numbers[1], month, numbers[0])
    except (IndexError, ValueError):
        return None
