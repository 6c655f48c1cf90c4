"""Every fault of a plan, each at its place: those met in reading, and those that the rules find.

Only a file with a finding is read again, for the places of its parts.
"""

from __future__ import annotations

import os
import re
from functools import cache, cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Fault, Mendable, Place
from ..naming.ids import may_hold
from ..reading.gaps import id_of, missing_items, nearest_id, path_in_file
from ..store import open_at, repository, shown
from . import RULES, Compared
from ._rule import Document, Id, Part
from ._walk import Parts
from .allow import ALLOW_COMMENT, ALLOWABLE, ALLOWING, allow_needless, allowances
from .privacy import Hits, hits_in, hits_in_each, redact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..errors import Keys
    from ..reading.gaps import MissingItems
    from ..reading.yamltext import Reading
    from ..store import Opened, Source
    from . import Finding, Hit, PlanRule, TextRule
    from .allow_comments import AllowComments, Lines

    At = tuple[str, Keys]
    """A file, and a path of keys in it."""

_ESCAPE = r"\\[^\"\\\n]"
"""An escape, which in double quotation marks may stand for any character, and hide it."""
STAYS = (
    " If it was committed, it stays in git's history: tell whoever looks after your git. Where it "
    "identifies nobody, say why on the line above its key:  {}"
)


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
    faults = check(opened, today, before)
    if before is None:
        return Checked(faults, opened)
    from ..past.comparing import comparable

    both = comparable(before, opened)
    return Checked(faults, opened, tuple(both.unread), both.untold)


def check(opened: Opened, today: date, before: Opened | None = None) -> list[Fault]:
    """All faults: errors before warnings, then by file and line. With the plan as it was `before`,
    also what the change may not do to it."""
    places = _Places(opened)
    texts = [_FileText(source, places) for source in opened.sources]
    private = _private_faults(texts)
    others = [*opened.faults, *_plan_faults(opened, today, places, texts)]
    others += [fault for text in texts for fault in text.comment_faults()]
    if before is not None:
        others += _since_faults(before, opened, places)
    # What the others quote may be private too.
    faults = [*private, *(_redact(others, texts) if private else others)]
    return sorted(faults, key=lambda f: (f.severity != "error", f.place.file, *f.place[1:3]))


def redact_faults(opened: Opened, faults: list[Fault]) -> list[Fault]:
    """Faults of a plan without what they quote that could identify a child."""
    places = _Places(opened)
    texts = [_FileText(source, places) for source in opened.sources]
    return _redact(faults, texts) if _private_faults(texts) else faults


class Private(NamedTuple):
    """What a plan's files hold that could identify a child."""

    faults: list[Fault]
    allowed: set[str]
    """What a comment allows: the texts themselves, each with single blanks."""


def find_private(opened: Opened) -> Private:
    """What could identify a child in any file of a plan, comments and all."""
    places = _Places(opened)
    texts = [_FileText(source, places) for source in opened.sources]
    faults = _private_faults(texts)  # first: it fills each file's allowed_texts
    return Private(faults, set[str]().union(*(text.allowed_texts for text in texts)))


def _private_faults(texts: list[_FileText]) -> list[Fault]:
    """What could identify a child in some files and no comment allows."""
    hits = hits_in_each([text.text for text in texts])
    return [
        fault
        for text, file_hits in zip(texts, hits, strict=True)
        for fault in text.private_faults(file_hits)
    ]


def findings_not_allowed(opened: Opened, rule: PlanRule, today: date) -> Iterator[Finding]:
    """What a rule finds in what the files mean, and no comment allows."""
    places = _Places(opened)
    written = {source.name: _FileText(source, places) for source in opened.sources}
    for finding in rule.find(Parts(opened.plan), today):
        if not written[finding.file].allows(rule.name, finding):
            yield finding


def _plan_faults(
    opened: Opened, today: date, places: _Places, texts: list[_FileText]
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
                newer = saved.newer((finding.file, finding.path), finding.other)
                next = next.format(newer=newer)
            of = places.id_at(finding.file, finding.path)
            yield Fault(rule.name, message, place, next, rule.severity, of)


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
        return [_wording(part) for priority in saved.priorities for part in priority.parts]

    def newer(self, this: At, first: At) -> str:
        """What to call the one of two parts with the same id that it does not have."""
        new = [at for at in (this, first) if _wording(self._part(*at)) not in self.parts]
        if not self.parts or len(new) != 1:
            return "the one that was added last"
        return "this one" if new == [this] else "the first"

    def _part(self, file: str, path: Keys) -> Any:
        """The part that an id at this path is of."""
        part: Any = self.opened.plan.files[file]
        for step in path[:-1]:
            part = part[step] if isinstance(step, int) else getattr(part, step)
        return part


def _wording(part: Any) -> tuple[object, ...]:
    """A part's id and its own words, without what was recorded of it."""
    keys = ("action", "statements", "name", "title")
    return part.id, *(getattr(part, key) for key in keys if hasattr(part, key))


def _since_faults(before: Opened, opened: Opened, places: _Places) -> Iterator[Fault]:
    """What changed and may not have."""
    from ..past.comparing import comparable
    from .since import SINCE_RULES

    both = comparable(before, opened)
    compared = Compared(both.before, both.after, both.changes(both.before, both.after))
    for rule in SINCE_RULES:
        for finding in rule.find(compared):
            if _may_be_there(opened, finding.absent, places):
                continue
            place = places.at(finding.file, finding.path)
            of = places.id_at(finding.file, finding.path)
            yield Fault(rule.name, finding.message, place, finding.next, rule.severity, of)


def _may_be_there(opened: Opened, absent: Document | Id | Part | None, places: _Places) -> bool:
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
    folder = opened.folder.absolute()
    # Path has nothing that takes `..` out without following links, and its exists() may raise.
    path = os.path.normpath(folder / document)
    return Path(path).is_relative_to(_top(folder)) and os.path.exists(path)  # noqa: PTH110


@cache
def _top(folder: Path) -> Path:
    """The repository that a folder stands in; without one, the folder around it."""
    return repository(folder) or folder.parent


def _redact(faults: list[Fault], texts: list[_FileText]) -> list[Fault]:
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


class _FileText:
    """The text of one of a plan's files, and what the rules over texts find in it."""

    def __init__(self, source: Source, places: _Places) -> None:
        self.source = source
        self.places = places
        self.private_lines: set[tuple[str, int]] = set()
        """The file and line of everything that could identify a child."""
        self.private_texts: set[str] = set()
        """Everything that could identify a child, to be taken out of each message."""
        self.allowed_texts: set[str] = set()
        """What could identify a child, and a comment allows."""
        try:
            self.text = source.data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.text = ""

    @cached_property
    def lines(self) -> Lines:
        from .allow_comments import Lines

        return Lines(self.text)

    @cached_property
    def allow_comments(self) -> AllowComments | None:
        """What its comments allow; None where they allow nothing."""
        from .allow_comments import AllowComments

        if next(allowances(self.text), None) is None:
            return None
        return AllowComments(self.text, self.lines, self.places.reading(self.source.name))

    def allows(self, rule: str, finding: Finding) -> bool:
        """Whether a comment allows what a rule found in the plan."""
        if self.allow_comments is None:
            return False
        return self.allow_comments.allows_under(rule, self.places.path(finding.file, finding.path))

    def private_faults(self, hits: Hits) -> Iterator[Fault]:
        """What could identify a child and no comment allows: these hits in the text, and what its
        escapes mean."""
        as_written = [(rule, hit, self.text[hit.start : hit.end]) for rule, hit in hits]
        for rule, hit, text in (*as_written, *self._hits_in_escapes(hits)):
            start, end = self.lines.point(hit.start), self.lines.point(hit.end)
            if self.allow_comments and self.allow_comments.allows_at(rule.name, start):
                self.allowed_texts.add(" ".join(text.split()))
                continue
            lines = range(start[0], end[0] + 1)
            self.private_lines |= {(self.source.label, line + 1) for line in lines}
            self.private_texts.add(text)
            next_step = hit.next + STAYS.format(ALLOW_COMMENT.format(rule.name))
            yield self._fault(rule, hit)._replace(next=next_step)

    def _hits_in_escapes(self, hits: Hits) -> Iterator[tuple[TextRule, Hit, str]]:
        """What is found only once escapes are read, beyond these hits, with the text that it means:
        each at the place of the whole value."""
        if not re.search(_ESCAPE, self.text):
            return
        reading, starts = self.places.reading(self.source.name), self.lines.starts
        if reading.value is None:
            return
        for path, (line, column, last, last_column) in reading.spans.items():
            start, end = starts[line] + column, starts[last] + last_column
            text = self.text[start:end]
            if not text.startswith('"') or not re.search(_ESCAPE, text):
                continue
            known = {rule for rule, hit in hits if start <= hit.start < end}
            value = _value_at(reading.value, path)
            for rule, hit in hits_in(value):
                if rule not in known:
                    yield rule, hit._replace(start=start, end=end), value[hit.start : hit.end]

    def comment_faults(self) -> Iterator[Fault]:
        """What is wrong with the comments that allow something. Asked for last: what else was
        looked for says which of them are needed."""
        from ._text import Text

        if self.allow_comments is None:
            return
        for rule in ALLOWING:
            for hit in rule.find(Text(self.text)):
                point = self.lines.point(hit.start)
                needed = point in self.allow_comments.needed or self.source.gaps
                if rule is not allow_needless or not needed:
                    fault, line = self._fault(rule, hit), self.lines.lines[point[0]]
                    yield fault._replace(place=fault.place._replace(text=line))

    def _fault(self, rule: TextRule, hit: Hit) -> Fault:
        """The fault of a hit, at its place, without the line that it stands on: that is private."""
        (line, column), (last, end) = self.lines.point(hit.start), self.lines.point(hit.end)
        end = end if last == line else len(self.lines.lines[line])
        place = Place(self.source.label, line + 1, column + 1, end + 1)
        return Fault(rule.name, hit.message, place, hit.next, rule.severity)


def _value_at(values: Any, path: Sequence[str | int]) -> Any:
    """The value at a path of keys in a file's values."""
    return reduce(lambda part, step: part[step], path, values)


class _Places:
    """Where the parts of a plan stand; a file is read again when its first place is asked for."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.sources = {source.name: source for source in opened.sources}
        self.readings: dict[str, Reading] = {}
        self.gone: dict[str, MissingItems] = {}

    def at(self, file: str, path: Keys, at_key: bool = False) -> Place:
        """The place of a part of the plan."""
        source = self.sources.get(file)
        if source is None:
            return Place(shown(self.opened.folder))
        if source.value is None:
            return Place(source.label)
        return self.reading(file).place(self.path(file, path), at_key)

    def id_at(self, file: str, path: Keys) -> str:
        """The id of the nearest part around this one that has one."""
        if file not in self.sources:
            return ""
        values = self.reading(file).value
        return nearest_id(values, self.path(file, path), id_of(values) or "")

    def path(self, file: str, path: Keys) -> Keys:
        """The path in its file of a part of the plan, which was counted without the file's gaps."""
        if file not in self.gone:
            source = self.sources.get(file)
            self.gone[file] = missing_items(source.gaps if source else ())
        return path_in_file(path, self.gone[file])

    def in_gap(self, part: Part) -> bool:
        """Whether a part, or something in it, is among what could not be read."""
        files = [self.sources[part.file]] if part.file in self.sources else self.sources.values()
        where = self.path(part.file, part.path)
        return any(
            gap.path[: len(where)] == where[: len(gap.path)] for file in files for gap in file.gaps
        )

    def without_value(self, part: Part) -> bool:
        """Whether a key stands there with nothing after it, which is a fault of its own."""
        if part.file not in self.sources or not part.path:
            return False
        reading, (*around, key) = self.reading(part.file), self.path(part.file, part.path)
        return (*around, key) in reading.spans and key not in _value_at(reading.value, around)

    def reading(self, file: str) -> Reading:
        if file not in self.readings:
            self.readings[file] = self.opened.reading(file)
        return self.readings[file]
