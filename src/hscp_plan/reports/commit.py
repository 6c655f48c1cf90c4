"""A commit's message in plain English: two plans in, its subject and its body out.

Pure. What is the same in both is not mentioned; whose work it was is git's to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..changes import (
    Added,
    Answered,
    Asked,
    Edited,
    Listed,
    Logged,
    Placed,
    Redated,
    Removed,
    Restated,
    Rewritten,
    changes,
)
from ..model import Measure, Milestone, Priority
from ..words import count, cut, listed, one_line, sentence
from . import phrases
from .change_texts import describe_group, edit_in_short, item_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..changes import Change, Changes
    from ..model import Head, Plan

LONGEST = 72
"""Characters of a subject, as git's own tools show it."""
LEAST_WORDS = 20
"""Characters that there must be room for, for the words of what changed to say anything."""
ANSWER = "answer"
"""The kind of a mention that an answer came: what it said is progress, and is mentioned itself."""
MOST_LINE = 300
"""Characters of a change in the body; the whole of it stands in the file."""


class Mention(NamedTuple):
    """One change as the subject may name it: of which id, and in a few words."""

    id: str
    short: str
    """Empty where it is progress and no more; then the id alone is named."""
    kind: str = "changes"
    """What several of these are called together: progress, decision, edits."""
    words: str = ""
    """Its own, such as what was decided: they tell more than those of what it is about."""
    by: str | None = None
    """Who said or decided it."""


def message(
    before: Plan | None, after: Plan, others: Sequence[str] = (), untold: str = ""
) -> tuple[str, list[str]]:
    """The subject and the body's lines for what changed from one plan to another; `others` are
    files that changed, and `untold` says what of them cannot be compared.

    Without a plan before, it is the first save.
    """
    head = after.head
    if before is None:
        number = count(sum(1 for p in after.owners for _ in p.milestones), "milestone")
        lines = [f"{p.id}: {one_line(p.title)}" for p in after.owners]
        priorities = count(len(after.files), head.word_for("priority"))
        return f"Begin the plan: {priorities}, {number}", lines
    groups = changes(before, after)
    if not groups and untold:
        return f"Mend {listed(others)}", [one_line(untold)]
    if not groups:
        return f"Tidy {listed(others)}" if others else "Tidy the plan's files", []
    texts = [text for group in groups for text in describe_group(group, head)]
    lines = [one_line(sentence(cut(f"{text.id}: {text.line}", MOST_LINE))) for text in texts]
    lines += [one_line(untold)] if untold else []
    mentions = [_mention(c, group, head) for group in groups for c in group.changes]
    return one_line(_subject(mentions, after)), lines


# --- the subject --------------------------------------------------------------------------------


def _mention(change: Change, group: Changes, head: Head) -> Mention:
    owner = group.priority.id if group.priority else "the plan"
    match change:
        case Logged(milestone):
            short = _short_entry(change, head)
            return Mention(milestone.id, short, "progress", by=change.entry.by)
        case Restated(milestone):
            return Mention(milestone.id, f"{milestone.id} {head.word_for(milestone.status)}")
        case Redated(milestone):
            due = "without a date" if milestone.due.undated else f"due {milestone.due.shown}"
            short = f"{milestone.id} {due}, and no move logged"
            return Mention(milestone.id, short)
        case Rewritten(milestone):
            return Mention(milestone.id, f"{milestone.id} log rewritten", "edits")
        case Placed(milestone, _, now):
            return Mention(milestone.id, f"{milestone.id} now in {now}")
        case Added(part):
            return Mention(part.id, f"{part.id} added")
        case Removed(part):
            return Mention(part.id, f"{part.id} taken out")
        case Asked(rounds):
            names = listed(dict.fromkeys(round.who for round in rounds))
            return Mention("the plan", phrases.asked(rounds, head, named=False), words=names)
        case Answered(rounds):
            who = count(len({round.who for round in rounds}), "answer")
            return Mention("the plan", f"{who} to what was asked on {rounds[0].date.shown}", ANSWER)
        case Listed(part):
            return _mention_of_item(change, part.id if part else owner)
        case Edited(part):
            id = part.id if part else owner
            words = value_text(change.now)
            return Mention(id, f"{id} {edit_in_short(change)}", "edits", words)
    return Mention(change.milestone.id, f"{change.milestone.id} edited", "edits")


def _mention_of_item(change: Listed, id: str) -> Mention:
    _, noun, was, now = change
    of = f"figure of {id}" if noun == "value" else f"{noun} on {id}"
    if was is not None:
        return Mention(id, f"{of} {'altered' if now is not None else 'taken out'}", "edits")
    if noun == "decision":
        return Mention(id, of, noun, now.decision, now.by)
    if noun in ("meeting", "group", "column", "review"):
        return Mention(id, f"{noun} added", words=item_text(noun, now).removeprefix(f"{noun} of "))
    return Mention(id, of, words=now.note if noun == "impact" else item_text(noun, now))


def _short_entry(change: Logged, head: Head) -> str:
    entry, id = change.entry, change.milestone.id
    parts = []
    if change.status:
        parts.append(head.word_for(change.status))
    if entry.moved:
        parts.append(f"due {entry.moved.to.shown}")
    return f"{id} {', '.join(parts)}" if parts else ""


def _subject(mentions: list[Mention], after: Plan) -> str:
    """What changed, as far as git shows it: of one id with its words, of several with who said it
    where that was one and the same."""
    mentions = [mention for mention in mentions if mention.kind != ANSWER] or mentions
    what, ids, by = _what(mentions), {m.id for m in mentions}, {m.by for m in mentions}
    own = mentions[0].words if len(mentions) == 1 else ""
    words = own or _words_of(mentions[0].id, after)
    if len(ids) == 1 and words and len(what) <= LONGEST - LEAST_WORDS:
        return cut(f"{what}: {words}", LONGEST)
    who = f", by {after.head.short(name)}" if len(by) == 1 and (name := by.pop()) else ""
    return f"{what}{who}" if len(f"{what}{who}") <= LONGEST else what


def _words_of(id: str, plan: Plan) -> str:
    """What the plan calls a part of it; empty where nothing has this id."""
    part = next((part for owner in plan.owners for part in owner.parts if part.id == id), None)
    match part:
        case Milestone():
            return part.action
        case Measure():
            return part.name
        case Priority():
            return part.title
    return ""


def _what(mentions: list[Mention]) -> str:
    """Every change in a few words; where that is too long, what kind they are and of which ids."""
    ids = list(dict.fromkeys(mention.id for mention in mentions))
    shorts = list(dict.fromkeys(mention.short for mention in mentions if mention.short))
    in_shorts = {mention.id for mention in mentions if mention.short}
    quiet = [id for id in ids if id not in in_shorts]
    parts = [*shorts, *([f"progress on {listed(quiet)}"] if quiet else [])]
    whole = sentence("; ".join(parts))
    if len(whole) <= LONGEST and len(parts) <= 3:
        return whole
    kinds = {mention.kind for mention in mentions}
    word = {"progress": "Progress on", "decision": "Decisions on", "edits": "Edits to"}
    begin = word.get(kinds.pop(), "Changes to") if len(kinds) == 1 else "Changes to"
    if len(ids) <= 3:
        return f"{begin} {listed(ids)}"
    return f"{begin} {', '.join(ids[:2])} and {len(ids) - 2} more"


# --- which files --------------------------------------------------------------------------------


def changed_files(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> list[str]:
    """The names of the files that differ. Line ends alone make no difference: git may keep them
    otherwise than they stand here."""
    return sorted(
        name for name in {*before, *after} if _plain(before.get(name)) != _plain(after.get(name))
    )


def _plain(data: bytes | None) -> bytes | None:
    return data if data is None else data.replace(b"\r\n", b"\n")
