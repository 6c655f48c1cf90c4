"""What the end of an item of a list says of its action: (Lead: Finance; Target: June 2025);
— owner: Chair — due 2024-01-31; and the box before it that is ticked or not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ..dates import UNDATED, PlanDate
from .columns import role_of
from .said import status_said
from .when import read_when

if TYPE_CHECKING:
    from ..words import Status
    from .when import How

_BOX = re.compile(r"\[(?P<mark>[ xX✓])\]\s+|(?P<sign>[☐☑☒✅])\s*")
_ASIDE = re.compile(r"\s*[(\[](?P<text>[^()\[\]]{4,160})[)\]]\W*$")
_DASHED = re.compile(r"\s+[–—|-]\s+(?P<text>[^–—|]{4,80}?)\s*$")
_SAYS = re.compile(
    r"(?P<label>[\w ]{2,30}?)(?:\s*:\s*|\s+(?=\d)|(?<=due)\s+|(?<=by)\s+)(?P<text>\S.*)"
)


class Aside(NamedTuple):
    """An action, and what its item says beside it."""

    action: str
    leads: tuple[str, ...] = ()
    due: PlanDate = UNDATED
    status: Status | None = None
    in_words: tuple[str, ...] = ()
    """What it says of when that has no form in a plan, after the name of it."""
    understood: tuple[str, ...] = ()
    """The words that are said in another form."""


def parted(text: str, how: How) -> Aside:
    """An item with what its box and its end say taken from its words; what is not understood stays
    there."""
    found = Aside(text)
    if box := _BOX.match(text):
        done = (box["mark"] or box["sign"]) not in (" ", "☐")
        found = Aside(text[box.end() :], status="complete" if done else None, understood=(box[0],))
    if aside := _ASIDE.search(found.action):
        return _bracketed(found, found.action[: aside.start()], aside["text"], how)
    while (end := _DASHED.search(found.action)) and (said := _take(found, end["text"], how)):
        found = said._replace(action=found.action[: end.start()])
    return found


def _bracketed(found: Aside, action: str, text: str, how: How) -> Aside:
    """What brackets at the end say, a piece at a time."""
    left: list[str] = []
    taken = found
    for piece in re.split(r"\s*;\s*|,\s+(?=[A-Z][\w ]{1,20}:)", text):
        said = _take(taken, piece, how)
        taken = said or taken
        if not said:
            left.append(piece)
    if taken == found:
        return found
    return taken._replace(action=f"{action} ({'; '.join(left)})" if left else action)


def _take(found: Aside, piece: str, how: How) -> Aside | None:
    """What a piece such as `Lead: Finance` says; None where it cannot be told."""
    match = _SAYS.fullmatch(piece.strip())
    role = role_of(match["label"]) if match else None
    if not match:
        return None
    label, text = match["label"], match["text"].strip()
    if role == "lead" and not found.leads:
        return found._replace(leads=(text,), understood=(*found.understood, label))
    if role in ("due", "complete by") and found.due.undated:
        when = read_when(text, how)
        if when.due.dated and when.start.undated:
            return found._replace(due=when.due, understood=(*found.understood, piece))
        if not found.in_words:
            return found._replace(in_words=(label, text))
    if role == "status" and (said := status_said(text)).status and not said.more:
        return found._replace(status=said.status, understood=(*found.understood, piece))
    return None
