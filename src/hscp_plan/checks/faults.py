"""Every fault of a plan, each at its place: those met in reading, and those that the rules find."""

from __future__ import annotations

import os
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Fault, Mendable
from ..naming.ids import may_hold
from ..reading.files import HEAD
from ..store import display_path, open_at, repository, with_asked, with_its_duty
from . import RULES, Compared
from ._rule import Document, Id, Part
from ._walk import Parts
from .allow import ALLOWABLE
from .file_text import FileText
from .places import Places
from .privacy import hits_in_each, redact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from ..errors import Keys
    from ..store import Opened
    from . import Finding, PlanRule

    At = tuple[str, Keys]
    """A file, and a path of keys in it."""


class Checked(NamedTuple):
    """The faults of a plan, and what is said with them."""

    faults: list[Fault]
    opened: Opened
    not_compared: tuple[str, ...] = ()
    """The files that could not be compared with what they were."""
    untold: str = ""
    """The same as a sentence."""


def check_and_compare(opened: Opened, today: date, before: Opened | None = None) -> Checked:
    """All faults of a plan, as `check` finds them, and which files were not compared."""
    opened, before = with_asked(opened), before and with_asked(before)
    faults = check(opened, today, before)
    if before is None:
        return Checked(faults, opened)
    from ..past.comparing import comparable

    both = comparable(before, opened)
    return Checked(faults, opened, tuple(both.unread), both.untold)


def together(checked: Sequence[Checked], opened: Opened) -> Checked:
    """What was found in several plans, which are opened together, and in one beside another."""
    each_own = (fault for each in checked for fault in each.faults)
    faults = _in_order([*each_own, *_beside_faults(opened.of)])
    files = tuple(file for each in checked for file in each.not_compared)
    untold = " ".join(filter(None, (each.untold for each in checked)))
    return Checked(faults, opened, files, untold)


def check(opened: Opened, today: date, before: Opened | None = None) -> list[Fault]:
    """All faults: errors before warnings, then by file and line. With the plan as it was `before`,
    also what the change may not do to it."""
    opened = with_asked(opened)
    whole = with_its_duty(opened)
    places = Places(whole)
    texts = [FileText(source, places) for source in whole.sources]
    private = _private_faults(texts)
    others = [*whole.faults, *_plan_faults(opened, today, places, texts)]
    others += [fault for text in texts for fault in text.comment_faults()]
    if before is not None:
        others += since_faults(before, opened, places)
    # What the others quote may be private too.
    faults = [*private, *(_redact(others, texts) if private else others)]
    return _in_order(faults)


def refuse_faulty(opened: Opened, name: str, today: date) -> None:
    """Raises Mendable, with the first, where the rules find errors in what a file means."""
    parts, places = Parts(opened.plan), Places(opened)
    errors = (rule for rule in RULES if rule.severity == "error")
    for finding in (finding for rule in errors for finding in rule.find(parts, today)):
        if finding.file == name and not _may_be_there(opened, finding.absent, places):
            message = finding.message
            if finding.other:
                message = message.format(other=places.at(*finding.other))
            place = places.at(name, finding.path, finding.at_key)
            raise Mendable(
                f"this file has a fault, so nothing was recorded in it: {place}: {redact(message)}",
                "Mend it, and try again. hscp check shows every fault.",
            )


def _beside_faults(plans: Sequence[Opened]) -> Iterator[Fault]:
    """What the rules find in one plan beside another."""
    from itertools import permutations
    from shlex import quote

    from .beside import BESIDE_RULES, Beside

    for one, other in permutations(plans, 2):
        here, there = (quote(display_path(each.folder)) for each in (one, other))
        places, others = Places(one), Places(other)
        for rule in BESIDE_RULES:
            for found in rule.find(Beside(one.plan, other.plan, here, there)):
                place = places.at(found.file, found.path)
                message = found.message
                if found.other:
                    message = message.format(other=others.at(*found.other))
                id = places.id_at(found.file, found.path)
                yield Fault(rule.name, message, place, found.next, rule.severity, id)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Errors before warnings, then by file and line."""
    return sorted(faults, key=lambda f: (f.severity != "error", f.place.file, *f.place[1:3]))


def redact_faults(opened: Opened, faults: list[Fault]) -> list[Fault]:
    """Faults of a plan without what they quote that could identify a child."""
    if opened.of:
        return [
            fault
            for each in opened.of
            for fault in redact_faults(each, [f for f in faults if f in each.faults])
        ]
    places = Places(opened)
    texts = [FileText(source, places) for source in opened.sources]
    return _redact(faults, texts) if _private_faults(texts) else faults


class Private(NamedTuple):
    """What a plan's files hold that could identify a child."""

    faults: list[Fault]
    allowed: set[str]
    """What a comment allows: the texts themselves, each with single blanks."""


def find_private(opened: Opened) -> Private:
    """What could identify a child in any file of a plan, comments and all."""
    opened = with_its_duty(opened)
    places = Places(opened)
    texts = [FileText(source, places) for source in opened.sources]
    faults = _private_faults(texts)  # first: it fills each file's allowed_texts
    return Private(faults, set[str]().union(*(text.allowed_texts for text in texts)))


def _private_faults(texts: list[FileText]) -> list[Fault]:
    """What could identify a child in some files and no comment allows."""
    hits = hits_in_each([text.text for text in texts])
    return [
        fault
        for text, file_hits in zip(texts, hits, strict=True)
        for fault in text.private_faults(file_hits)
    ]


def findings_not_allowed(opened: Opened, rule: PlanRule, today: date) -> Iterator[Finding]:
    """What a rule finds in what the files mean, and no comment allows."""
    places = Places(opened)
    written = {source.name: FileText(source, places) for source in opened.sources}
    for finding in rule.find(Parts(opened.plan), today):
        if not written[finding.file].allows(rule.name, finding):
            yield finding


def _plan_faults(
    opened: Opened, today: date, places: Places, texts: list[FileText]
) -> Iterator[Fault]:
    """What the rules find in what the files mean, unless a comment allows it."""
    written = {text.source.name: text for text in texts}
    saved, parts = _LastCommit(opened), Parts(opened.plan)
    for rule in RULES:
        for finding in rule.find(parts, today):
            if _may_be_there(opened, finding.absent, places):
                continue
            place = places.at(finding.file, finding.path, finding.at_key)
            if rule.name in ALLOWABLE:
                if written[finding.file].allows(rule.name, finding):
                    continue
                place = place._replace(text="")
            message, next = finding.message, finding.next
            if finding.other:
                message = message.format(other=places.at(*finding.other))
                if "{newer}" in next:  # of two parts with ids
                    newer = saved.newer((finding.file, finding.path), finding.other)
                    next = next.format(newer=newer)
            part_id = places.id_at(finding.file, finding.path)
            yield Fault(rule.name, message, place, next, rule.severity, part_id)


class _LastCommit:
    """The parts of a plan that the last commit has, where git can tell."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    @cached_property
    def parts(self) -> list[object]:
        """Every part that has an id; none where git cannot tell."""
        from ..git import repo

        if any(source.revision for source in self.opened.sources):
            return []
        try:
            names = [source.name for source in self.opened.sources]
            files = repo.files_at_head(self.opened.folder, names)
        except Mendable:
            return []
        saved = open_at(self.opened, files, "HEAD").plan
        with_ids = (part for priority in saved.owners for part in priority.parts)
        recommended = (r for review in saved.head.reviews for r in review.recommendations)
        return [*map(_wording, with_ids), *map(_wording, recommended)]

    def newer(self, this: At, first: At) -> str:
        """What to call the one of two parts with the same id that it does not have."""
        new = [at for at in (this, first) if _wording(self._part(*at)) not in self.parts]
        if not self.parts or len(new) != 1:
            return "the one that was added last"
        return "this one" if new == [this] else "the first"

    def _part(self, file: str, path: Keys) -> Any:
        """The part that an id at this path is of."""
        plan = self.opened.plan
        part: Any = plan.head if file == HEAD else plan.files[file]
        for step in path[:-1]:
            # What Python calls a field is not always what the file does.
            part = part[step] if isinstance(step, int) else dict(part.items())[step]
        return part


def _wording(part: Any) -> tuple[object, ...]:
    """A part's id and its own words, without what was recorded of it."""
    keys = ("action", "statements", "name", "title", "words")
    return part.id, *(getattr(part, key) for key in keys if hasattr(part, key))


def since_faults(
    before: Opened, opened: Opened, places: Places, partly: bool = False
) -> Iterator[Fault]:
    """What changed and may not have; `partly`: also in what could be read of a file with errors."""
    from ..past.comparing import comparable
    from .since import SINCE_RULES

    both = comparable(before, opened, partly)
    compared = Compared(both.before, both.after, both.changes(both.before, both.after))
    for rule in SINCE_RULES:
        for finding in rule.find(compared):
            if _may_be_there(opened, finding.absent, places):
                continue
            place = places.at(finding.file, finding.path)
            part_id = places.id_at(finding.file, finding.path)
            yield Fault(rule.name, finding.message, place, finding.next, rule.severity, part_id)


def _may_be_there(opened: Opened, absent: Document | Id | Part | None, places: Places) -> bool:
    """Whether what a finding says is absent is there after all, or may be in what was not read."""
    match absent:
        case Document(path):
            return _document_may_be_there(opened, path)
        case Id(id):
            return may_hold(opened, id)
        case Part(file):
            unread = bool(opened.unlisted and not file) or places.in_gap(absent)
            return unread or places.without_value(absent)
    return False


def _document_may_be_there(opened: Opened, document: str) -> bool:
    """Whether a document is there, or may have been at the time of a revision. It is looked for
    only within the repository or, without one, beside the plan's folder."""
    if any(source.revision for source in opened.sources):
        return True
    from pathlib import Path  # 3 ms to load, and most plans cite no documents by their paths

    folder = opened.folder.absolute()
    # Path has nothing that takes `..` out without following links, and its exists() may raise.
    path = os.path.normpath(folder / document)
    return Path(path).is_relative_to(_top(folder)) and os.path.exists(path)  # noqa: PTH110


@cache
def _top(folder: Path) -> Path:
    """The repository that a folder stands in; without one, the folder around it."""
    return repository(folder) or folder.parent


def _redact(faults: list[Fault], texts: list[FileText]) -> list[Fault]:
    """Faults without what they quote that could identify a child, and without the lines that hold
    it. A fault may quote a name without the words by which it was known, so what was found
    elsewhere is taken out as well as what is found in the quotation."""
    lines = set[tuple[str, int]]().union(*(text.private_lines for text in texts))
    private_texts = set[str]().union(*(text.private_texts for text in texts))

    def redact_message(message: str) -> str:
        for text in private_texts:
            message = message.replace(text, "…")
        return redact(message)

    return [
        fault._replace(
            message=redact_message(fault.message),
            next=redact_message(fault.next),
            place=fault.place._replace(text="") if fault.place[:2] in lines else fault.place,
        )
        for fault in faults
    ]
