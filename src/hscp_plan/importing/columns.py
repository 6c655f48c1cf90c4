"""Columns of a plan's table, known by the names that people give them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from ..letters import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Role = Literal[
    "id",
    "priority",
    "objective",
    "action",
    "start",
    "due",
    "complete by",
    "new due",
    "lead",
    "accountable",
    "status",
    "progress",
    "evidence",
    "more",
]
"""What a column holds. `more`: what the plan's format has no key for."""
PLACES: dict[str, Role] = {
    "id": "id",
    "priority": "priority",
    "objective": "objective",
    "action": "action",
    "milestone": "action",
    "start": "start",
    "due": "due",
    "complete_by": "complete by",
    "moved": "new due",
    "lead": "lead",
    "accountable": "accountable",
    "status": "status",
    "progress": "progress",
    "evidence": "evidence",
    "more": "more",
}
"""What a person may say that a column is."""
LONGEST = 80
"""How many characters the name of a column may have."""
_DATE = r"(?:date|deadline|time ?scale|time ?frame)s?"
_PERSON = (
    r"(?:officer|agency|person|people|partner|organisation|professional|name|member|director|party)"
    r"(?:s|ies)?"
)
_ID = r"(?: ?(?:id|no|number|ref))?"
_NAMES: tuple[tuple[Role, str], ...] = (
    (
        "new due",
        rf"(?:new|revised|amended|updated|extended)(?: target| due| completion| end)? {_DATE}",
    ),
    (
        "status",
        r"(?:progress |overall |current |action |delivery )?(?:b?rag|status|rating)"
        r"(?: status| rating)?|b?rag(?: \w+)?|colour",
    ),
    (
        "start",
        r"(?:action |planned )?(?:start|launch|begin|commence)\w*(?: date| by| month)?"
        r"|from|date (?:started|to start|from)",
    ),
    (
        "complete by",
        rf"completion {_DATE}|(?:to be )?complete[d]? by|objective (?:due|{_DATE})",
    ),
    (
        "due",
        rf"(?:by )?when|(?:target|due|end|finish|original|implementation|milestone"
        rf"|expected|planned)(?: completion)? {_DATE}|{_DATE}|time ?lines?|due(?: by)?|by"
        r"|target|end|finish"
        rf"|date (?:due|for completion|by|to)|by when .*",
    ),
    ("accountable", r"accountab\w+(?: \w+)?|sponsor|sro|executive lead"),
    (
        "lead",
        rf"(?:action |objective |named )?leads?(?: {_PERSON})?(?: and partners)?"
        rf"|(?:action )?owners?|(?:by )?who|by whom|responsib\w+(?: {_PERSON})?"
        rf"|{_PERSON} responsible|led by|assigned to|who (?:will|is) .*",
    ),
    ("evidence", r"(?:supporting )?evidence(?: (?:of|for) \w+)?"),
    (
        "progress",
        r"progress(?: (?:to date|updates?|notes?|reports?|so far|made|against actions?))?"
        r"|(?:latest |current |quarterly |monthly |status )?(?:position|updates?)(?: to date)?"
        r"|comments?|commentary|notes",
    ),
    (
        "objective",
        rf"(?:strategic |smart |key )?objectives?{_ID}|recommendations?|focus(?: areas?)?{_ID}"
        rf"|aims?|areas? (?:of|for) (?:focus|improvement|development)|findings?",
    ),
    (
        "priority",
        rf"(?:strategic |key )?(?:priorit(?:y|ies)|themes?|goals?|pillars?|work ?streams?|strands?)"
        rf"(?: area)?{_ID}",
    ),
    (
        "action",
        r"(?:key |planned |specific |agreed |required |improvement )*"
        r"(?:actions?|milestones?|tasks?|activit(?:y|ies)|steps?|deliverables?|initiatives?)"
        r"(?: (?:required|name|title|desc|description|to be taken|point|needed|planned))*"
        r"|(?:actions?|milestones?|tasks?) .*|what"
        r"|what (?:will|we|are|needs|is) .*|how (?:will|we) .*|description",
    ),
    (
        "id",
        r"(?:action |milestone |item |objective )?(?:id|ref|reference|no|number)"
        r"(?: no| number)?|#|s no",
    ),
)


def plain(label: str) -> str:
    """A column's name as it is compared: small, words apart, without marks."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", label)
    words = re.sub(
        r"[^\w#]+", " ", folded(apart).replace("(s)", "s").replace("_", " ").replace("’", "'")
    )
    return " ".join(words.split())


def role_of(label: str) -> Role | None:
    """What a column of this name holds; None where the name is none that is known."""
    if len(label) > LONGEST:
        return None
    name = plain(label)
    return next((role for role, names in _NAMES if re.fullmatch(names, name)), None)


def roles_of(labels: Sequence[str], given: Mapping[str, Role]) -> list[Role]:
    """What each column of a table holds. Of several of one kind the first is taken for it, and the
    others are kept beside; `given` are roles that somebody said, by the plain name."""
    said = {given[plain(label)] for label in labels if plain(label) in given}
    roles: list[Role] = []
    for label in labels:
        role = given.get(plain(label)) or role_of(label) or "more"
        is_other = role in roles or (role in said and plain(label) not in given)
        roles.append("more" if is_other else role)
    if "action" not in roles:
        # A table of objectives with their dates and leads: they are what is to be done. Else it is
        # the first column of which nothing else is known.
        instead: Role = "objective" if "objective" in roles else "more"
        named = [n for n, label in enumerate(labels) if label and roles[n] == instead]
        for column in named[:1]:
            roles[column] = "action"
    return roles


def key_of(label: str, taken: Sequence[str]) -> str:
    """The key under `more` of a column that the plan's format does not have."""
    words = re.findall(r"[a-z0-9]+", plain(label))
    key = re.sub(r"^[^a-z]+", "", "_".join(words)[:24]).strip("_") or "column"
    if key not in taken:
        return key
    return next(f"{key}_{n}" for n in range(2, 1_000_000) if f"{key}_{n}" not in taken)
