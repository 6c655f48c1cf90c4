"""What of a milestone's log is for somebody with authority to agree, and who agreed it; and which
objectives ask for the partnership to be assured."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .letters import composed
from .words import ENDED, names_nobody

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from .model import Addition, Decision, Entry, Group, Head, Milestone, Objective
    from .words import Status

_DECIDES = "(?:agree|decide|approve|endorse)s?|ratif(?:y|ies)|signs?[ -]off|decision|approval"
"""What an action says that somebody is to decide: a pattern."""


def asks_assurance(objective: Objective) -> bool:
    """Whether an objective asks, in its own words, for the partnership to be assured: "The
    partnership to be assured that …", "to have assurance that …". That work is quality assured
    does not."""
    # Every `status` asks: to compile a pattern takes longer than to look through a plan's texts.
    texts = (f" {text.casefold()}".replace("quality assured", "") for text in objective.statements)
    return any(" assured" in text or " assurance that" in text for text in texts)


def needs_agreement(milestone: Milestone, entry: Entry, head: Head) -> bool:
    """Whether what an entry did is for somebody with authority to agree: a due date's move, or
    such an end."""
    return entry.move is not None or is_agreed_end(milestone, entry.status, head)


def is_agreed_end(milestone: Milestone, status: Status | None, head: Head) -> bool:
    """Whether somebody with authority is to agree that a milestone ends so: every closing, and a
    completion where the plan says so of all, or its own words that a Board decides."""
    if status != "complete":
        return status == "closed"
    return head.completion is not None or for_board(milestone, head)


def for_board(milestone: Milestone, head: Head) -> bool:
    """Whether its action says that a Board is to decide: it names one, and a word for deciding."""
    # Few actions have such a word: only of those are the Boards' names looked for.
    return _has_any(milestone, _DECIDES) and _has_any(milestone, _deciders(head))


def may_agree(group: Group) -> bool:
    """Whether a group has the authority to agree what a plan is to say: a Board, or the statutory
    partners."""
    return group.kind in ("board", "statutory partners")


def _has_any(milestone: Milestone, pattern: str) -> bool:
    action = composed(milestone.action)
    return re.search(rf"\b(?:{pattern})\b", action, re.IGNORECASE) is not None


def _deciders(head: Head) -> str:
    """The names of a plan's Boards, as a pattern."""
    deciders = [group.name for group in head.groups if may_agree(group)]
    names = {re.escape(composed(name)) for name in ("Board", *deciders, *map(head.short, deciders))}
    return "|".join(sorted(names))


def who_agreed(
    milestone: Milestone, entry: Entry | None, decisions: Iterable[Decision]
) -> str | None:
    """Who agreed what an entry of a milestone's log did: as the log says or, where it ended the
    milestone, the Board that decided so. Without an `entry` only the status says that it ended."""
    agreement = milestone.progress.who_agreed(entry) if entry else None
    status = entry.status if entry else milestone.status
    if agreement or status not in ENDED:
        return agreement
    since = entry.date.first if entry else None
    endings = (d for d in decisions if _ends(d, milestone.id, status, since))
    return next((f"{d.by}, {d.date.shown}" for d in endings), None)


def added_since(milestone: Milestone, head: Head) -> Addition | None:
    """How a milestone was added since the plan was agreed; None where it is of that plan, or
    nothing says when that was."""
    added, agreed = milestone.added, head.agreed
    since = added and agreed and added.date.first > agreed.date.last
    return added if since else None


def who_agreed_addition(milestone: Milestone, decisions: Iterable[Decision]) -> str | None:
    """Who agreed that a milestone was added: as it says itself, or the Board that decided about it
    then or later. None where nobody is recorded."""
    added = milestone.added
    if added is None:
        return None
    if added.agreed and not names_nobody(added.agreed):
        return added.agreed
    later = (d for d in decisions if milestone.id in d.about and d.date.last >= added.date.first)
    return next((f"{d.by}, {d.date.shown}" for d in later), None)


def _ends(decision: Decision, id: str, status: Status, since: date | None) -> bool:
    """Whether a decision completes or closes a milestone: it says so, or is about the milestone and
    no older than the entry that ended it."""
    if status == "complete" and id in decision.completes:
        return True
    if id not in decision.about:
        return False
    if status == "closed" and decision.outcome:
        return decision.outcome in ("close", "carry forward")
    return since is None or decision.date.last >= since
