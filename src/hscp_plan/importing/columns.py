"""Columns of a plan's table, known by the names that people give them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from ..dates import MONTH_WRITTEN
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
    "from",
    "more",
    "recurs",
    "worked out",
]
"""What a column holds. `more`: what the plan's format has no key for; `recurs`, `worked out`: what
hscp said of the plan itself."""
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
    "from": "from",
    "more": "more",
}
"""What a person may say that a column is."""
LONGEST = 80
"""How many characters the name of a column may have."""
_DATE = r"(?:date|deadline|time ?scale|time ?frame|timing)s?"
_PERSON = (
    r"(?:officer|agency|person|people|partner|organisation|professional|name|member|director|party"
    r"|division|department|directorate|team|service|unit|body|office)(?:s|ies)?"
)
_LEADS = (
    r"(?:action|objective|named|operational|delivery|strategic|project|responsible|overall|key"
    r"|partner|agency|service|task|identified|local|accountable|tactical)"
)
_ASIDE = re.compile(r"\([^()]*\)")
"""What stands in brackets in a column's name: Status (1-4)."""
_TIME = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH_WRITTEN}"
    r"[\s'’-]*(?:\d{4}|\d{2})?|q(?:uarter\s*)?[1-4](?:[\s-]*(?:\d{4}|\d{2})(?:/\d{2,4})?)?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
)
_OF_A_TIME = re.compile(
    rf"(?P<first>{_TIME})[\s:–-]+(?P<after>[a-z].*)"
    rf"|(?P<before>.*?[a-z])[\s:(–-]+(?:as at |at |to )?(?P<last>{_TIME})\)?",
    re.IGNORECASE | re.DOTALL,
)
_ID = r"(?: ?(?:id|no|number|ref|#))?"
_ID_OF = re.compile(r".+ (?:id|no|number|ref|#)")
"""The name of a column of the ids of what the next one says."""
_AGAIN = r"(?:(?:target|due|completion|end|delivery|implementation|finish) )?"
_OTHER = re.compile(
    r"(?:key |performance |success )*(?:measures?|indicators?|kpis?|metrics?)(?: .*)?"
    r"|risks?(?: .*)?|terms?|abbreviations?|acronyms?|version(?: .*)?|b?rag(?: .*)?|rating"
)
"""The first column of a table that holds no actions."""
_BESIDE = re.compile(
    r"baseline(?: .*)?|target(?: .*)?|actual|score|likelihood|impact|mitigations?(?: .*)?|meaning"
    r"|definition|description|author|changes(?: .*)?|data source|frequency|rationale"
)
"""What stands beside it."""
_AIM = re.compile(r"(?:strategic |key )?(?:aim|focus(?: area)?)s?")
"""What stands over objectives, where a later column names those."""
_DEPARTMENT = re.compile(r"departments?|divisions?|assigned team")
"""Who leads, where no other column says it."""
_CALLED = re.compile(r"(?:card |item )?(?:name|title|summary|subject)")
"""What a task is called in the lists of the programs that keep tasks."""
_FOUND = re.compile(r"(?:key )?findings?|learning point.*|.* identified|what .*")
"""What a recommendation was made from."""
_DONE = re.compile(r"actions? (?:taken|completed|done|to date)(?: (?:to date|so far))?")
"""The name of a column of what was done, where another says what is to be."""
_COARSE = re.compile(r"(?:key )?(?:deliverable|initiative|strategy|commitment)s?|strategies")
"""What is made up of the actions, milestones or tasks that a later column names."""
_NAMES: tuple[tuple[Role, str], ...] = (
    (
        "new due",
        rf"(?:new|revised|amended|updated|extended|forecast)"
        rf"(?: (?:target|due|completion|end|finish))?(?: {_DATE})?",
    ),
    (
        "status",
        r"(?:progress |overall |current |action |delivery )?(?:b?rag|status|rating)"
        r"(?: status| rating)?|b?rag(?: \w+)?|colour|state",
    ),
    (
        "start",
        r"(?:action |planned )?(?:start|launch|begin|commence)\w*(?: date| by| month)?"
        r"|from|date (?:started|to start|from)",
    ),
    (
        "complete by",
        rf"completion {_DATE}|complete by|to be completed by|objective (?:due|{_DATE})",
    ),
    (
        "due",
        rf"(?:by )?when(?: .*)?|(?:target|due|end|finish|original|implementation|milestone|expected"
        rf"|planned|baseline|delivery|anticipated|proposed|agreed|scheduled) {_AGAIN}{_DATE}"
        rf"|{_DATE}|time ?lines?|due(?: by)?|by|target|end|finish|completion"
        r"|(?:target|planned|expected|baseline) (?:completion|finish|end)"
        rf"|date (?:due|for completion|by|to)",
    ),
    ("accountable", r"accountab\w+(?: \w+)?|(?:executive |project )?sponsor|sro|executive lead"),
    (
        "lead",
        rf"(?:{_LEADS} leads? )?(?:{_LEADS} )?leads?(?: (?:\w+ ){{0,3}}{_PERSON})?"
        r"(?: and partners)?"
        rf"|(?:action )?owners?|(?:by )?who|by whom|responsib\w+(?: (?:\w+ ){{0,3}}{_PERSON})?"
        rf"|{_PERSON} responsible|led by|(?:assigned|allocated) to|who (?:will|is) .*|officers?"
        r"|resource names?|assignees?|members|project manager|delivery partners?"
        r"|departments?|divisions?|assigned team",
    ),
    (
        "from",
        r"(?:date of |from |raised (?:at|by|on) )?(?:the )?meeting(?: date)?|agenda item"
        r"|(?:date )?raised(?: (?:at|by|on))?|source|origin(?:ated)?(?: (?:at|from))?|arising from"
        r"|minute(?: (?:no|number|ref|reference))?",
    ),
    ("evidence", r"(?:supporting )?evidence(?: (?:of|for) \w+)?"),
    (
        "progress",
        r"progress(?: (?:to date|updates?|notes?|reports?|so far|made|against actions?))?"
        r"|what (?:we have|has been|have we) done(?: so far)?"
        r"|(?:latest |current |quarterly |monthly |status )?"
        r"(?:position|updates?|comment\w*|notes?|narrative|remarks)"
        r"(?: to date| (?:and )?(?:updates?|comments?|notes|progress))?",
    ),
    (
        "objective",
        rf"(?:strategic |smart |key )?objectives?{_ID}|(?:\w+ )?recommendations?(?: text| made)?"
        rf"|focus(?: areas?)?{_ID}"
        r"|(?:strategic |key )?aims?"
        r"|areas? (?:of|for) (?:focus|improvement|development)|findings?|afi"
        r"|(?:learning point|(?:issues?|gaps?) identified)(?: finding)?"
        r"|what (?:\w+ ){1,3}(?:found|said|told us)|what (?:do )?we (?:want|hope|aim|intend) .*",
    ),
    (
        "priority",
        rf"(?:strategic |key )?(?:priorit(?:y|ies)|themes?|goals?|pillars?|work ?streams?|strands?)"
        rf"(?: area)?{_ID}|(?:bucket|list)(?: name)?|epic(?: (?:link|name))?|section(?: column)?",
    ),
    (
        "id",
        r"(?:action |milestone |item |objective |task )?(?:id|ref|reference|no|number|code)"
        r"(?: no| number)?|#|s no",
    ),
    (
        "action",
        r"(?:key |planned |specific |agreed |required |improvement |management |recommended )*"
        r"(?:actions?|milestones?|tasks?|activit(?:y|ies)|steps?|deliverables?|initiatives?)"
        r"(?: (?:required|name|title|desc|description|to be taken|point|needed|planned))*"
        r"|(?:actions?|milestones?|tasks?) (?!\d).*|what"
        r"|what (?:will|we|are|needs|is) .*|we will(?: .*)?"
        r"|how (?:will|we) (?!(?:we |will )?know).*|description|commitments?|strateg(?:y|ies)"
        r"|sub (?:action|task|initiative|project)s?(?: (?:action|task|activity))?"
        r"|(?:improvement|safeguarding|multi agency|single agency) actions?"
        r"|(?:(?:management|proposed|agency|force|council|executive|cabinet|our) )*"
        r"responses?(?: and (?:proposed )?actions?(?: proposed)?)?",
    ),
)


_KNOWN = re.compile("|".join(f"(?P<n{n}>{names})" for n, (_, names) in enumerate(_NAMES)))
"""Any of them, each a group of its own: every cell of a document is tried."""


def plain(label: str) -> str:
    """A column's name as it is compared: small, words apart, without marks."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", label)
    words = re.sub(
        r"[^\w#]+", " ", folded(apart).replace("(s)", "s").replace("_", " ").replace("’", "'")
    )
    return " ".join(words.split())


OF_HSCP = ", as hscp has it"
"""What follows the name of a column of hscp's own where the plan has one of the same name."""


def own_name(label: str, key: str) -> str:
    """What a column of a plan's own is called where its label could be another column's."""
    return f"{label} ({key})"


@lru_cache(maxsize=4096)
def role_of(label: str) -> Role | None:
    """What a column of this name holds; None where the name is none that is known."""
    if len(label) > LONGEST:
        return None
    if role := _role(plain(label)) or _role(plain(_ASIDE.sub("", label))):
        return role
    # How it stood at a time; what is named By March 2024 says what is done by then.
    role = _role(plain(undated(label)[0]))
    return role if role in ("progress", "status") else None


def _role(name: str) -> Role | None:
    match = _KNOWN.fullmatch(name)
    return _NAMES[int(match.lastgroup[1:])][0] if match and match.lastgroup else None


def tells_of_no_actions(labels: Sequence[str]) -> bool:
    """Whether names are those of a table of measures, of risks, of terms and the like."""
    names = [plain(label) for label in labels if label and role_of(label) != "id"]
    if len(names) < 2 or not _OTHER.fullmatch(names[0]):
        return False
    of_actions = any(role_of(label) in ("action", "objective") for label in labels)
    return not of_actions and any(map(_BESIDE.fullmatch, names[1:]))


def undated(label: str) -> tuple[str, str]:
    """A column's name without the month or quarter that it is of, and that: RAG, Sept 23."""
    match = _OF_A_TIME.fullmatch(label.strip())
    if not match:
        return label, ""
    return match["before"] or match["after"], " ".join((match["first"] or match["last"]).split())


def roles_of(labels: Sequence[str], given: Mapping[str, Role]) -> list[Role]:
    """What each column of a table holds. Of several of one kind the first is taken for it, and the
    others are kept beside; of several that each say a time of their own, all of the progress, and
    the last of the statuses. `given` are roles that somebody said, by the plain name."""
    said = {given[plain(label)] for label in labels if plain(label) in given}
    known = _known(labels, given)
    times = [undated(label)[1] for label in labels]
    statuses = [n for n, role in enumerate(known) if role == "status"]
    status = next((n for n in statuses if not times[n]), statuses[-1] if statuses else -1)
    all_timed = all(times[n] for n in statuses)
    roles: list[Role] = []
    for n, (label, role) in enumerate(zip(labels, known, strict=True)):
        is_other = role in roles or (role in said and plain(label) not in given)
        if role == "from" or (role == "progress" and times[n]):
            is_other = False
        elif role == "status":
            # Of several that each say a time, each row has its own last.
            is_other = (is_other or n != status) and not (all_timed and plain(label) not in given)
        roles.append("more" if is_other else role)
    if "action" not in roles:
        # A table of objectives with their dates and leads: they are what is to be done. Else it is
        # the first column of which nothing else is known.
        instead: Role = "objective" if "objective" in roles else "more"
        named = [n for n, label in enumerate(labels) if label and roles[n] == instead]
        called = [n for n in named if _CALLED.fullmatch(plain(labels[n]))]
        for column in (called or named)[:1]:
            roles[column] = "action"
    return roles


def _known(labels: Sequence[str], given: Mapping[str, Role]) -> list[Role]:
    """What each column holds by its name, seen beside the names of the others."""
    names = [plain(label) for label in labels]
    known: list[Role] = [
        given.get(name) or role_of(label) or "more"
        for name, label in zip(names, labels, strict=True)
    ]
    seen = [
        role if names[n] in given else _beside_others(n, names, known)
        for n, role in enumerate(known)
    ]
    if "lead" not in seen and "objective" not in seen:
        # Whoever is accountable is so for the action of the row.
        seen = ["lead" if role == "accountable" else role for role in seen]
    return seen


def _beside_others(number: int, names: Sequence[str], known: Sequence[Role]) -> Role:
    """What a column holds, where others are of the same kind by their names."""
    name, role = names[number], known[number]
    others = [n for n, other in enumerate(known) if other == role and n != number]
    if role in ("priority", "objective") and _ID_OF.fullmatch(name):
        return "more" if any(not _ID_OF.fullmatch(names[n]) for n in others) else role
    if re.fullmatch(r"(?:actual )?completion dates?", name) and "due" not in known:
        return "due"
    if role == "objective" and others:
        if _AIM.fullmatch(name) and number < others[0] and "priority" not in known:
            return "priority"
        if _FOUND.fullmatch(name) and any("recommendation" in names[n] for n in others):
            return "more"
    if role == "lead" and others:
        return "more" if _DEPARTMENT.fullmatch(name) else role
    if role == "action" and name == "description" and any(map(_CALLED.fullmatch, names)):
        return "more"
    if role == "action" and others:
        if _DONE.fullmatch(name):
            return "progress"
        if number < others[-1] and "response" in name:
            return "more"
        if number < others[-1] and _COARSE.fullmatch(name):
            return "more" if "objective" in known else "objective"
    return role


def key_of(label: str, taken: Sequence[str]) -> str:
    """The key under `more` of a column that the plan's format does not have."""
    words = re.findall(r"[a-z0-9]+", plain(label).replace("#", "number"))
    key = re.sub(r"^[^a-z]+", "", "_".join(words)[:24]).strip("_") or "column"
    if key not in taken:
        return key
    return next(f"{key}_{n}" for n in range(2, 1_000_000) if f"{key}_{n}" not in taken)
