"""The door that everything published goes through: it lets out nothing that could identify a child,
and no count under five.

It looks twice: at the plan's files when the plan is opened, so that what is wrong is named where it
stands; and at the very bytes that are about to be written, so that nothing gets out by another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ..checks._few import counts_few, veil
from ..checks.faults import find_private, findings_not_allowed
from ..checks.measures import published_figure, small_number
from ..checks.privacy import hits_among, parts_of
from ..errors import Fault, Place
from ..frozen import Frozen
from ..model import Log
from ..reading.files import HEAD
from ..several import together

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from ..checks._walk import Path
    from ..store import Opened

MOST_REMEMBERED = 50_000
"""About how many texts that may go out are remembered: pages repeat most of one another."""


def _veil_part(part: Any, path: Path) -> Any:
    """A part of the plan with the text at a path of keys veiled, as it is published."""
    if not path:
        return veil(part)
    step, *rest = path
    if isinstance(part, Mapping):
        return {**part, step: veil(part[step])}
    if isinstance(step, str):
        # What Python calls a field is not always what the file does.
        field = part.fields[part.keys.index(step)]
        inner = getattr(part, field)
        if step == "value":
            return part.replace(value=published_figure(inner))
        return part.replace(**{field: _veil_part(inner, tuple(rest))})
    items = list(part)
    items[step] = _veil_part(items[step], tuple(rest))
    return Log(items) if isinstance(part, Log) else tuple(items)


def veiled(part: Any) -> Any:
    """A part that stands in no plan's file, such as a duty, with every text in it veiled."""
    if isinstance(part, str):
        return veil(part)
    if isinstance(part, tuple):
        return tuple(map(veiled, part))
    if isinstance(part, Frozen):
        return part.replace(**{name: veiled(getattr(part, name)) for name in part.fields})
    return part


class Door:
    """Looks through what is to be published: a plan's files, and then what is about to be written,
    file by file."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self._plans = opened.of or (opened,)
        self.passed_texts: set[str] = set()

        self.texts = [source.data.decode("utf-8-sig", "replace") for source in opened.sources]

    @cached_property
    def _parts(self) -> Iterable[str]:
        """The different parts of the plan's files: a plan repeats most of what it says."""
        return set[str]().union(*map(parts_of, self.texts))

    @cached_property
    def _escapes(self) -> bool:
        """Whether a text may mean something else than it looks like, by an escape."""
        return any("\\" in text for text in self.texts)

    def file_faults(self) -> list[Fault]:
        """What could identify a child in the plan's files and no comment allows."""
        if not (self._escapes or hits_among(self._parts)):
            return []
        return [fault for each in self._plans for fault in find_private(each).faults]

    def published_plan(self, today: date) -> Opened:
        """The plan as it is published: a count of fewer than five people says just that,
        unless a comment allows the number."""
        if self.opened.of:
            return together([Door(each).published_plan(today) for each in self.opened.of])
        plan = self.opened.plan
        measured = any(priority.measures for priority in plan.owners)
        if not (measured or self._escapes or counts_few("\n\n".join(self._parts))):
            return self.opened
        files: dict[str, Any] = {HEAD: plan.head, **plan.files}
        for finding in findings_not_allowed(self.opened, small_number, today):
            files[finding.file] = _veil_part(files[finding.file], finding.path)
        head = files.pop(HEAD)
        return self.opened._replace(plan=plan._replace(files=files, head=head))

    def text_faults(self, name: str, texts: Iterable[str]) -> list[Fault]:
        """What could identify a child in the texts of a file and no comment in the plan allows,
        each fault once."""
        new = set(texts) - self.passed_texts
        hits = hits_among(new)
        if len(self.passed_texts) > MOST_REMEMBERED:
            self.passed_texts.clear()
        self.passed_texts |= new
        if not hits:
            return []
        allowed = set[str]().union(*(find_private(each).allowed for each in self._plans))
        faults = (
            Fault(rule.name, hit.message, Place(name), hit.next, "error")
            for text, text_hits in hits.items()
            for rule, hit in text_hits
            if " ".join(text[hit.start : hit.end].split()) not in allowed
        )
        return list(dict.fromkeys(faults))
