"""Records what the next version of a document says: entries, new milestones, other words and leads.
Pure: a text and its values in, and a `Change` out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..checks.privacy import hits_in, redact
from ..dates import of_day
from ..frozen import NOTHING
from ..importing.again import status_before
from ..importing.news import Led, New, News
from ..model import Milestone
from .change import Change, keys_before
from .entries import addition, as_written, entry
from .leads import name_leads
from .new_milestone import NewMilestone
from .record import log_entry
from .refusals import refuse_unpublishable
from .scalars import indent_lines, key_lines
from .splice import Text
from .values import copy_along, find_milestone, part_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    Edit = Callable[[str, dict[str, Any]], Change]
    Found = News | New | Led


class Saved:
    """A document as it was saved: what is recorded of it says so."""

    def __init__(
        self,
        source: str,
        day: date,
        agreed: str | None,
        taken: set[str],
        scale: Mapping[str, str] = NOTHING,
    ) -> None:
        """`source` is the sentence that says where it comes from, `agreed` who agreed what it moves
        or ends; `taken` are the ids that milestones have anywhere, and `scale` says what the plan's
        own words for statuses mean."""
        self._source = source
        self._day, self._agreed, self._taken, self._scale = day, agreed, taken, scale

    def edits(self, found: Found) -> Iterator[Edit]:
        """The edits that record one thing, each of the file as the one before left it."""
        match found:
            case News():
                yield from self._of_milestone(found)
            case New():
                yield from self._of_new(found)
            case Led(_, objective, lead):
                yield lambda text, values: name_leads(text, values, objective.id, lead)

    def _of_milestone(self, news: News) -> Iterator[Edit]:
        milestone = news.standing.milestone
        if news.lead:
            yield lambda text, values: name_leads(text, values, milestone.id, news.lead)
        keys: dict[str, Any] = {}
        if news.start:
            keys["start"] = news.start.text
        if news.action:
            keys["action"] = news.action
        if news.more:
            keys["more"] = {**milestone.more, **news.more}
        if keys:
            yield lambda text, values: put_keys(text, values, milestone.id, keys)
        if new := self._entry(news):
            yield lambda text, values: log_entry(text, values, milestone.id, new)

    def _entry(self, news: News) -> dict[str, Any]:
        """The entry that says what is new; empty where nothing of it is for a log."""
        milestone, notes = news.standing.milestone, [news.note]
        day = self._day
        if news.due or news.status:
            # After what was logged since, which a person was asked about.
            day = max(day, milestone.progress.newest)
        if news.status and milestone.status != "not started" and not _says_status(milestone):
            notes.append(status_before(milestone.status))
        if news.action:
            notes.append(f'The words were: "{redact(milestone.action)}"')
        if news.due or news.action or (news.status and not news.note):
            notes.append(self._source)
        note = "\n".join(map(_ended, filter(None, notes))) if len(notes) > 1 else news.note
        if not note:
            return {}
        moved = (milestone.due, news.due) if news.due else None
        ends = news.status in ("complete", "closed")
        agreed = (news.agreed or self._agreed) if moved or ends else None
        new = entry(of_day(day).text, None, note, news.status, moved, agreed)
        return as_written(new, self._scale)

    def _of_new(self, new: New) -> Iterator[Edit]:
        row = new.row
        keys: dict[str, Any] = {
            "start": row.start.text,
            "due": row.due.text,
            "review": row.review.text,
            "action": row.action,
            "lead": new.lead[0] if len(new.lead) == 1 else list(new.lead),
            "from": row.source,
            "added": addition(of_day(self._day), None, self._agreed),
        }
        milestone = NewMilestone(new.priority, new.objective, keys, self._taken)
        yield milestone.change
        if new.more:
            more = {"more": dict(new.more)}
            yield lambda text, values: put_keys(text, values, milestone.keys["id"], more)
        notes = [logged.dated(logged.note) for logged in row.log if not logged.moved]
        status = row.status if row.status != "not started" else None
        if status and not notes:
            notes = [self._source]
        if notes:
            first = entry(of_day(self._day).text, None, "\n".join(notes), status)
            first = as_written(first, self._scale)
            yield lambda text, values: log_entry(text, values, milestone.keys["id"], first)


def _says_status(milestone: Milestone) -> bool:
    return any(entry.status for entry in milestone.progress)


def _ended(text: str) -> str:
    """A text as a sentence, for others to follow."""
    return text if text.endswith((".", "!", "?", "…", '"', "”")) else f"{text}."


def put_keys(text: str, values: Mapping[str, Any], id: str, keys: Mapping[str, Any]) -> Change:
    """Other values of some of a milestone's keys."""
    refuse_unpublishable(_flat(keys))
    path = find_milestone(values, id)
    edit, after = Text(text), copy_along(values, path)
    milestone, node = part_at(after, path), edit.at(path)
    for key, value in keys.items():
        milestone[key] = value
        edit.put_value(node, key, _lines(key, value, node.column), keys_before(Milestone, key))
    return Change(edit.apply(), after, (node.get(next(iter(keys))) or node).line + 1)


def _flat(keys: Mapping[str, Any]) -> dict[str, Any]:
    more = keys.get("more", {})
    return {**{key: text for key, text in keys.items() if key != "more"}, **more}


def _lines(key: str, value: Any, column: int) -> list[str]:
    if not isinstance(value, dict):
        return key_lines(key, value, column)
    lines = [line for k, text in value.items() for line in key_lines(k, text, column + 2)]
    return [f"{key}:", *indent_lines(lines, 2)]


def private_in(found: Found) -> list[str]:
    """The names of the rules that what would be recorded breaks: it could identify a child."""
    return list(dict.fromkeys(rule.name for text in _texts(found) for rule, _ in hits_in(text)))


def _texts(found: Found) -> Sequence[str]:
    match found:
        case News():
            return (found.note, found.action, *found.lead, *found.more.values())
        case New(row):
            notes = (logged.note for logged in row.log)
            return (row.action, *found.lead, *found.more.values(), *notes)
        case Led():
            return found.lead
