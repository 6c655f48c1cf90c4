"""Rules about where somebody can be found: e-mail and home addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._people import is_common
from ._rule import Hit, rule
from ._text import BLANK, MONTH, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMAIL = r"@(?<=[\w.%+'’-]@)[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+"
_MAILBOX = r"[\w.%+'’-]{1,64}$"


@rule("email-address", "error")
def email_address(text: Text) -> Iterator[Hit]:
    """No e-mail addresses.

    They name people, and whoever copies a public plan can write to them.

    Fails:
        lead: jordan.smith@example.org
    Passes:
        lead: Chair of Safeguarding Effectiveness Sub-Group
    """
    if "@" not in text.text:
        return  # as in nearly every plan: the pattern takes as long to make as a file to read
    for match in re.finditer(_EMAIL, text.text):
        at = match.start()
        mailbox = re.search(_MAILBOX, text.text[max(0, at - 64) : at])
        start = at - len(mailbox[0]) if mailbox else at
        yield Hit(start, match.end(), "this looks like an e-mail address",
                  "Write the role, and keep addresses in the contact list.")  # fmt: skip


_STREET = r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Crescent|Terrace|Grove|Gardens|Close|Drive|Mews)\b"
_POSTCODE = (
    rf"(?<![A-Za-z0-9])[A-Z]{{1,2}}[0-9][0-9A-Z]?{BLANK}?[0-9][ABD-HJLNP-UW-Z]{{2}}(?![A-Za-z0-9])"
)
_HOUSE = (
    r"(?<![0-9A-Za-z/.:£#])(?<![0-9][-–])"
    r"(?P<house>[1-9][0-9]{0,3}[A-Za-z]?(?:[-–][1-9][0-9]{0,3}[A-Za-z]?)?),?"
)
_STREETS = (
    *("street", "road", "avenue", "lane", "crescent", "terrace", "grove", "gardens", "close"),
    *("drive", "mews", "court"),
)
_WELL_KNOWN = [[word] for word in ("high", "church", "station", "park", "london", "school", "west")]
"""Streets that many towns have, of words that are common elsewhere too."""
_TO_TYPED = rf"{_HOUSE}(?:{BLANK}[a-z'’]{{2,20}}){{1,2}}{BLANK}$"
_IN_FLAT = rf"{BLANK}[0-9]{{1,4}}[a-z]?,?{BLANK}{{1,2}}([a-z'’]{{2,20}})"
_TO_STREET = rf"{_HOUSE}(?:{BLANK}{{1,2}}[A-Z][\w'’.-]*){{1,3}}{BLANK}{{1,2}}$"
_TO_POSTCODE = (
    rf"{_HOUSE}(?:{BLANK}[a-z'’ ]{{2,30}} (?:street|road|avenue|lane|close|drive|court|way)\b)?"
    rf"(?:,?{BLANK}{{1,2}}(?:[A-Z][\w'’.-]*|of|the|on|upon|and|in|le))*,?{BLANK}*$"
)
_NUMBERED = (
    r"\b(?:years?|items?|stage|phase|tier|level|step|group|grade|part|section|chapter|ward|room"
    r"|class|page|appendix|annex|recommendation|standard|action|priority|objective|milestone"
    rf"|module|version|{MONTH}){BLANK}{{1,2}}$"
)
"""Before a number that counts something, and is no house's."""
_PUBLIC = (
    rf"{BLANK}{{1,2}}(?:Primary|Junior|Infants?|Secondary|High|Nursery|Schools?|Academy|College"
    r"|Surgery|Clinic|Health|Medical|Children|Family|Community|Centres?|Police|Library|Hospital"
    r"|Campus|Hub|Station|Church|Mosque|Temple|Estate|Safety)\b"
)


@rule("home-address", "error")
def home_address(text: Text) -> Iterator[Hit]:
    """No home addresses: a house number with its street, or with its postcode.

    A postcode alone passes, and so does a school or a surgery that is named after its road. For a
    council's own office, allow it, or leave the house number out.

    Fails:
        note: Visit made to 12 Acacia Avenue.
    Passes:
        note: Visit made to the family home.
    """
    for start, end in (*_find_written(text), *_find_typed(text), *_find_flats(text)):
        yield Hit(start, end, "this looks like a home address",
                  "Write the home, the ward or the borough.")  # fmt: skip


def _find_written(text: Text) -> Iterator[tuple[int, int]]:
    """Addresses with the capitals that belong there, and with a postcode in either letters."""
    if text.has_address:
        for match in re.finditer(_STREET, text.text):
            start = _house_before(text, match.start(), _TO_STREET, 80)
            if start is not None and not re.compile(_PUBLIC).match(text.text, match.end()):
                yield start, match.end()
    if text.has_address or text.has_typed_postcode:
        for match in re.finditer(_POSTCODE, text.text, re.IGNORECASE):
            start = _house_before(text, match.start(), _TO_POSTCODE, 120)
            if start is not None:
                yield start, match.end()


def _find_typed(text: Text) -> Iterator[tuple[int, int]]:
    """Addresses in small letters: 12 acacia avenue."""
    for street in _STREETS:
        for match in re.finditer(rf"{street}\b", text.small):
            start = _house_before(text, match.start(), _TO_TYPED, 60)
            if start is None or re.compile(_PUBLIC, re.IGNORECASE).match(text.small, match.end()):
                continue
            words = re.findall(r"[a-z'’]{2,}", text.small[start : match.start()])
            if words in _WELL_KNOWN or (words and not any(map(is_common, words))):
                yield start, match.end()


def _find_flats(text: Text) -> Iterator[tuple[int, int]]:
    """Flats: Flat 4, Beaver Court."""
    for flat in ("flat", "apartment"):
        for match in re.finditer(rf"{flat}{_IN_FLAT}", text.small):
            if not is_common(match[1]):
                yield match.span()


def _house_before(text: Text, at: int, pattern: str, most: int) -> int | None:
    """Where the house number of a street or postcode stands, by what leads from it there."""
    before = (text.small if pattern is _TO_TYPED else text.text)[max(0, at - most) : at]
    if not re.search("[0-9]", before):
        return None
    match = re.search(pattern, before)
    if match is None or re.match("(?:19|20)[0-9]{2}(?![0-9])", match["house"]):
        return None
    ahead, behind = before[: match.start("house")], before[match.end("house") :]
    if re.search(_NUMBERED, ahead.lower()) or re.match(rf"\s+{MONTH}", behind.lower()):
        return None
    return at - len(before) + match.start("house")
