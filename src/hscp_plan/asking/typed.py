"""What people type into a form for a status, a new date, or nothing at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..letters import folded
from ..naming.filters import likely_status
from ..naming.no_text import is_mark
from ..typed_dates import find_date
from ..words import BRAG_LETTERS, KINDS, STATUSES, sentence
from .form import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head
    from ..words import Status

_NOTHING = frozenset(
    (
        folded(NOTHING),
        *("nothing new", "nothing new to report", "nothing further", "nothing further to report"),
        *("nothing to add", "nothing else to report", "no update", "no updates", "no news"),
        *("nothing", "nil", "nil return", "no report", "no further update", "nothing to update"),
    )
)
_SAME = frozenset(
    (
        *("same as before", "same as last time", "as before", "as last time"),
        *("no change", "no changes", "unchanged", "as previously"),
    )
)
_NO_NEWS = _NOTHING | _SAME
_NONE = frozenset(("", "-", "–", "—", "n/a", "na", "none", "no", "nil", "not applicable", "n.a"))
_STANDS = frozenset(
    (
        *("as planned", "not needed", "not required", "no need", "no new date", "date stands"),
        *("still on time", "on time", "unchanged date", "tbc", "?"),
    )
)
_BEFORE = re.compile(
    r"(?:(?:new|revised) (?:due )?date\b[:\s]*(?:is\b)?|(?:please\s+)?(?:move|moved|change|changed)"
    r"\s+(?:it\s+)?to|now|to|by|until)\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_LONGEST_DATE = 7
"""How many words a date has at most."""
_PARTS = re.compile(r"\s*(?:[/,;:|()→]|->|\s[-–—]\s|\bor\b|\band\b|\bto\b|\.\s)\s*", re.IGNORECASE)
_ENDS = re.compile(r"[.:;,!\n]|\s[-–—]\s")
_LEADING = frozenset(
    (*STATUSES, "done", "completed", "finished", "green", "amber", "red", "blue")
) - {"not started"}
"""What is plainly a status where a text begins with it; risk and started may begin a sentence."""
_SURE = frozenset(
    (
        *STATUSES,
        *("green", "amber", "red", "blue"),
        *("done", "completed", "finished", "achieved", "delivered"),
        *("ongoing", "started", "underway", "under way", "begun", "commenced"),
        *("stopped", "cancelled", "canceled", "withdrawn", "superseded"),
    )
)
"""The words that are one status, and nothing else."""
_ELSEWHERE = re.compile(
    r"(?:please )?(?:see|refer to)\b.{0,60}|(?:report |document )?(?:is )?attached.{0,20}",
    re.IGNORECASE | re.DOTALL,
)
_NO_EVIDENCE = _NONE | frozenset(
    (
        *("yes", "y", "yep", "yes please", "yes there is", "true", "x", "n", "ok", "okay", "fine"),
        *("done", "complete", "completed", "green", "blue", "available", "on request"),
        *("available on request", "yes available", "to follow", "tbc", "tba", "to be confirmed"),
        *("pending", "evidence", "ditto", "same", "idem", "as before", "see before"),
    )
)
_ATTACHED = re.compile(
    r"(?:yes )?(?:please )?(?:(?:see|as|refer to) )?(?:the )?(?:\w+ )?(?:is |are )?"
    r"(?:attached|enclosed|above|below|overleaf)(?: (?:document|report|file|e ?mail|paper)s?)?"
)
_ABOVE = frozenset(("ditto", "same", "same again", "as above", '"', "''", "see above", "idem"))


def points_elsewhere(text: str) -> bool:
    """Whether a text says only where something is said: see attached, ditto."""
    bare = text.strip().rstrip(".")
    return plain(text) in _ABOVE or bool(_ELSEWHERE.fullmatch(bare) and len(bare.split()) <= 8)


def is_no_evidence(text: str) -> bool:
    """Whether a text where evidence is asked for names none: yes, a tick, see attached."""
    some = plain(text)
    return not some or is_mark(some) or some in _NO_EVIDENCE or bool(_ATTACHED.fullmatch(some))


def plain(text: str) -> str:
    """A short answer as it is compared: without capitals, hyphens, outer marks."""
    words = folded(text).replace("-", " ").replace("_", " ").split()
    return " ".join(words).strip(" .!,;:")


def says_nothing(text: str) -> bool:
    """Whether a text says that there is nothing to report, or nothing new."""
    return plain(text) in _NO_NEWS


def is_none(text: str) -> bool:
    """Whether a text only fills a cell that there was nothing to write in."""
    return folded(text.strip(" .")) in _NONE


def is_no_move(text: str) -> bool:
    """Whether a text where a new date is asked for says that the date stands."""
    return is_none(text) or says_nothing(text) or plain(text) in _STANDS


class StatusRead(NamedTuple):
    """What a text says for a status."""

    kind: Literal["empty", "nothing", "status", "likely", "worked out", "unknown"]
    """`nothing`: that there is nothing to report, or nothing changed; `likely`: a word that may
    mean a status, and is asked about."""
    statuses: tuple[Status, ...] = ()
    """Which it may mean; several where it names several."""
    more: bool = False
    """Whether it says other words beside."""


def read_status(text: str, head: Head) -> StatusRead:
    """What a text says where a status is asked for: On-track, Green, done, amber/red, and the
    plan's own words."""
    words = re.sub(r"^(?:status|b?rag)\b[:= ]*", "", plain(text))
    if is_none(words) or not words:
        return StatusRead("empty")
    if words in _NO_NEWS:
        return StatusRead("nothing")
    if status := _status(words, head):
        return StatusRead("status", (status,))
    # The whole first, so that no part of the plan's own words is taken for another.
    parts = [part for part in _PARTS.split(text.strip(" .")) if part.strip()]
    if len(parts) == 1 and all(_status(word, head) for word in words.split()):
        parts = words.split()
    named = [_status(plain(part), head) for part in parts]
    statuses = tuple(dict.fromkeys(status for status in named if status))
    if statuses and (len(statuses) > 1 or named[0]):
        return StatusRead("status", statuses, more=None in named)
    likely = likely_status(words, head)
    if likely in STATUSES:
        return StatusRead("likely", tuple(s for s in STATUSES if s == likely))
    return StatusRead("worked out" if likely in KINDS else "unknown")


def leading_status(text: str, head: Head) -> Status | None:
    """The status that a text begins with: Done. All teams are trained."""
    first = plain(_ENDS.split(text, maxsplit=1)[0])
    return _status(first, head) if _is_leading(first, head) else None


def _is_leading(words: str, head: Head) -> bool:
    """Whether these words are plainly a status, even where others follow; a number never is."""
    return words in _LEADING or bool(
        words[1:].strip() and not words[0].isdigit() and head.meant(words)
    )


def word_for_status(text: str, head: Head) -> str:
    """A sentence, or the end of a text, that is a status alone, where the text does not begin with
    it: All are trained. Green. Empty where there is none."""
    pieces = [plain(piece) for piece in re.split(r"[.;!?\n]\s+|,\s+|\s[-–—]\s", text)]
    return next(
        (piece for piece in pieces[1:] if _is_leading(piece, head) and _status(piece, head)), ""
    )


def _status(words: str, head: Head) -> Status | None:
    """The status that these words are, and no other."""
    if own := head.meant(words):
        return own
    meant = likely_status(words) if words in _SURE else BRAG_LETTERS.get(words, "")
    for status in STATUSES:
        if status == meant or plain(head.word_for(status)) == words:
            return status
    return None


_MOVES = re.compile(
    r"\b(?:mov(?:e|es|ed|ing)|put back|push(?:ed)? back|extend(?:ed)?|defer(?:red)?|postponed?"
    r"|slip(?:s|ped)?|delay(?:ed)?|reschedul\w+|revised|new (?:due )?date|now due)\b",
    re.IGNORECASE,
)


def speaks_of_move(text: str, day: date, head: Head) -> PlanDate | None:
    """The one date that a text names where it speaks of a move: Move to March 2022 please."""
    moves = _MOVES.search(text)
    read = read_new_date(text[moves.start() :], day, head) if moves else None
    return read.date if read else None


class NewDate(NamedTuple):
    """A date as it was written, and the words around it."""

    date: PlanDate
    reason: str
    """The other words that stand with it, which say why; the whole text where it stands within."""
    leads: bool
    """Whether the text begins with it."""


def read_new_date(text: str, day: date, head: Head) -> NewDate | None:
    """The date in a text such as `March 2022, as two posts are vacant`; None where there is none,
    or there are several. Without a year it is the next such date after the day."""
    start = match.end() if (match := _BEFORE.match(text)) else 0
    places = [match.span() for match in _WORD.finditer(text)]
    dates = list(_dates(text, places, day, head))
    if not dates:
        return None
    begin, end, first = dates[0]
    leads = not text[start:begin].strip(" (")
    if not leads and len({date for _, _, date in dates}) > 1:
        return None
    return NewDate(first, _reason(text[end:]) if leads else text, leads)


def _reason(after: str) -> str:
    """What stands after a date, as a text of its own; empty where that is no word."""
    words = after.lstrip(" \t\n,.;:)(–—-").rstrip()
    if "(" not in words:
        words = words.removesuffix(")")
    return sentence(words) if re.search(r"\w\w", words) else ""


def _dates(
    text: str, places: list[tuple[int, int]], day: date, head: Head
) -> Iterator[tuple[int, int, PlanDate]]:
    """The dates in a text, from left to right, each as long as it may be: where it begins and
    ends."""
    at = 0
    while at < len(places):
        for last in range(min(at + _LONGEST_DATE, len(places)) - 1, at - 1, -1):
            begin, end = places[at][0], places[last][1]
            words = text[begin:end].strip(" ,.;:()–—-")
            date = find_date(words, day, day_first=head.day_first) if words else None
            if date and date.dated:
                yield begin, end, date
                at = last
                break
        at += 1
