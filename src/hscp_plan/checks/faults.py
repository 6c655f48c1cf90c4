"""Every fault of a plan: what reading it found, and what the rules find, each at its place.

Files in which nothing is found are not read again: their places are not needed.
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
from .allow import ALLOWABLE, ALLOWING, SPELT, allow_needless, allowances
from .privacy import Hits, hidden, hits_in, hits_in_each

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..errors import Keys
    from ..reading.gaps import MissingItems
    from ..reading.yamltext import Reading
    from ..store import Opened, Source
    from . import Finding, Hit, PlanRule, TextRule
    from .allowed import Allowed, Lines

    At = tuple[str, Keys]
    """A file, and a path of keys in it."""

_ESCAPE = r"\\[^\"\\\n]"
"""In double quotation marks: what may stand for any character, and hide one."""
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


def checked(opened: Opened, today: date, before: Opened | None = None) -> Checked:
    """A plan with all its faults, as `check`, and which files were not compared."""
    faults = check(opened, today, before)
    if before is None:
        return Checked(faults, opened)
    from ..past.comparing import comparable

    both = comparable(before, opened)
    return Checked(faults, opened, tuple(both.unread), both.untold)


def check(opened: Opened, today: date, before: Opened | None = None) -> list[Fault]:
    """All faults: errors before warnings, then by file and line. With the plan as it was before,
    what a change may not do to it too."""
    places = _Places(opened)
    texts = [_Written(source, places) for source in opened.sources]
    private = _private(texts)
    others = [*opened.faults, *_of_plan(opened, today, places, texts)]
    others += [fault for text in texts for fault in text.allowing()]
    if before is not None:
        others += _since(before, opened, places)
    faults = [*private, *(_unquoted(others, texts) if private else others)]
    return sorted(faults, key=lambda f: (f.severity != "error", f.place.file, *f.place[1:3]))


def unquoted(opened: Opened, faults: list[Fault]) -> list[Fault]:
    """Faults of a plan without what they quote that could identify a child."""
    places = _Places(opened)
    texts = [_Written(source, places) for source in opened.sources]
    return _unquoted(faults, texts) if _private(texts) else faults


class Private(NamedTuple):
    """What a plan's files hold that could identify a child."""

    faults: list[Fault]
    allowed: set[str]
    """What a comment allows: the texts themselves, each with single blanks."""


def private(opened: Opened) -> Private:
    """What could identify a child in any file of a plan, comments and all."""
    places = _Places(opened)
    texts = [_Written(source, places) for source in opened.sources]
    return Private(_private(texts), set[str]().union(*(text.allowed_texts for text in texts)))


def _private(texts: list[_Written]) -> list[Fault]:
    """What could identify a child in some files and no comment allows."""
    hits = hits_in_each([text.text for text in texts])
    return [f for text, own in zip(texts, hits, strict=True) for f in text.private(own)]


def unallowed(opened: Opened, rule: PlanRule, today: date) -> Iterator[Finding]:
    """What a rule finds in what the files mean, and no comment allows."""
    places = _Places(opened)
    written = {source.name: _Written(source, places) for source in opened.sources}
    for finding in rule.find(Parts(opened.plan), today):
        if not written[finding.file].allows(rule.name, finding):
            yield finding


def _of_plan(
    opened: Opened, today: date, places: _Places, texts: list[_Written]
) -> Iterator[Fault]:
    """What the rules find in what the files mean, unless a comment allows it."""
    written = {text.source.name: text for text in texts}
    saved, parts = _Saved(opened), Parts(opened.plan)
    for rule in RULES:
        for finding in rule.find(parts, today):
            if _is_there(opened, finding.absent, places):
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


class _Saved:
    """What of a plan the last commit has, where git can tell."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    @cached_property
    def parts(self) -> list[object]:
        """Every part that has an id; none where git cannot tell."""
        from ..git import repo

        if any(source.revision for source in self.opened.sources):
            return []
        try:
            files = repo.head(self.opened.folder, [source.name for source in self.opened.sources])
        except Mendable:
            return []
        saved = open_at(self.opened, files, "HEAD").plan
        return [_words(part) for priority in saved.priorities for part in priority.parts]

    def newer(self, this: At, first: At) -> str:
        """Which of two parts with one id it has not; what to call it where nothing tells."""
        new = [at for at in (this, first) if _words(self._part(*at)) not in self.parts]
        if not self.parts or len(new) != 1:
            return "the one that was added last"
        return "this one" if new == [this] else "the first"

    def _part(self, file: str, path: Keys) -> Any:
        """What an id is of, by the path of the id."""
        part: Any = self.opened.plan.files[file]
        for step in path[:-1]:
            part = part[step] if isinstance(step, int) else getattr(part, step)
        return part


def _words(part: Any) -> tuple[object, ...]:
    """A part by its id and its own words, whatever was recorded of it."""
    own = ("action", "statements", "name", "title")
    return part.id, *(getattr(part, key) for key in own if hasattr(part, key))


def _since(before: Opened, opened: Opened, places: _Places) -> Iterator[Fault]:
    """What changed and may not have."""
    from ..past.comparing import comparable
    from .since import SINCE_RULES

    both = comparable(before, opened)
    compared = Compared(both.before, both.after, both.changes(both.before, both.after))
    for rule in SINCE_RULES:
        for finding in rule.find(compared):
            if _is_there(opened, finding.absent, places):
                continue
            place = places.at(finding.file, finding.path)
            of = places.id_at(finding.file, finding.path)
            yield Fault(rule.name, finding.message, place, finding.next, rule.severity, of)


def _is_there(opened: Opened, absent: Document | Id | Part | None, places: _Places) -> bool:
    """Whether what a finding says is absent is there, or may be where nothing could be read."""
    match absent:
        case Document(path):
            return _document_is_there(opened, path)
        case Id(id):
            return may_hold(opened, id)
        case Part(file):
            unread = bool(opened.unlisted and not file) or places.in_gap(absent)
            return unread or places.without_value(absent)
    return False


def _document_is_there(opened: Opened, document: str) -> bool:
    """Whether a document is there, or may have been at the time of a revision. It is looked for
    within the repository alone, or beside the plan's folder where there is none."""
    if any(source.revision for source in opened.sources):
        return True
    folder = opened.folder.absolute()
    # Path has nothing that takes `..` out without following links, and its exists() may raise.
    path = os.path.normpath(folder / document)
    return Path(path).is_relative_to(_top(folder)) and os.path.exists(path)  # noqa: PTH110


@cache
def _top(folder: Path) -> Path:
    """The repository that a folder stands in; what is around the folder where it stands in none."""
    return repository(folder) or folder.parent


def _unquoted(faults: list[Fault], texts: list[_Written]) -> list[Fault]:
    """Faults without what they quote that could identify a child, and without such a line. A name
    may be quoted without the words that said whose it is."""
    lines = set[tuple[str, int]]().union(*(text.private_lines for text in texts))
    said = set[str]().union(*(text.private_texts for text in texts))

    def plain(quoting: str) -> str:
        for text in said:
            quoting = quoting.replace(text, "…")
        return hidden(quoting)

    return [
        fault._replace(
            message=plain(fault.message),
            next=plain(fault.next),
            place=fault.place._replace(text="") if fault.place[:2] in lines else fault.place,
        )
        for fault in faults
    ]


class _Written:
    """One file of a plan as it is written: what stands in its text, whatever that means."""

    def __init__(self, source: Source, places: _Places) -> None:
        self.source = source
        self.places = places
        self.private_lines: set[tuple[str, int]] = set()
        """Where something stands that could identify a child: files and lines."""
        self.private_texts: set[str] = set()
        """What it is: for no message, but to be taken out of each."""
        self.allowed_texts: set[str] = set()
        """What could, and a comment allows."""
        try:
            self.text = source.data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            self.text = ""

    @cached_property
    def lines(self) -> Lines:
        from .allowed import Lines

        return Lines(self.text)

    @cached_property
    def allowed(self) -> Allowed | None:
        """What its comments allow; None where they allow nothing."""
        from .allowed import Allowed

        if next(allowances(self.text), None) is None:
            return None
        return Allowed(self.text, self.lines, self.places.reading(self.source.name))

    def allows(self, rule: str, finding: Finding) -> bool:
        """Whether a comment allows what a rule found in the plan."""
        if self.allowed is None:
            return False
        return self.allowed.under(rule, self.places.path(finding.file, finding.path))

    def private(self, written: Hits) -> Iterator[Fault]:
        """What could identify a child and is not allowed: of what was found in the text, and in
        what its escapes mean."""
        said = [(rule, hit, self.text[hit.start : hit.end]) for rule, hit in written]
        for rule, hit, text in (*said, *self._escaped(written)):
            if self.allowed and self.allowed.at(rule.name, self.lines.point(hit.start)):
                self.allowed_texts.add(" ".join(text.split()))
                continue
            lines = range(self.lines.point(hit.start)[0], self.lines.point(hit.end)[0] + 1)
            self.private_lines |= {(self.source.label, line + 1) for line in lines}
            self.private_texts.add(text)
            next_step = hit.next + STAYS.format(SPELT.format(rule.name))
            yield self._fault(rule, hit)._replace(next=next_step)

    def _escaped(self, written: Hits) -> Iterator[tuple[TextRule, Hit, str]]:
        """What is found once escapes are read, where it was not found as it is written; and the
        text that they mean."""
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
            known = {rule for rule, hit in written if start <= hit.start < end}
            value = reduce(lambda part, step: part[step], path, reading.value)
            for rule, hit in hits_in(value):
                if rule not in known:
                    meant = value[hit.start : hit.end]
                    yield rule, hit._replace(start=start, end=end), meant

    def allowing(self) -> Iterator[Fault]:
        """What is wrong with the comments that allow something, once all else was looked for."""
        from ._text import Text

        if self.allowed is None:
            return
        for rule in ALLOWING:
            for hit in rule.find(Text(self.text)):
                point = self.lines.point(hit.start)
                needed = point in self.allowed.needed or self.source.gaps
                if rule is not allow_needless or not needed:
                    fault, line = self._fault(rule, hit), self.lines.lines[point[0]]
                    yield fault._replace(place=fault.place._replace(text=line))

    def _fault(self, rule: TextRule, hit: Hit) -> Fault:
        """What was found, at its place, without the line that it stands on."""
        (line, column), (last, end) = self.lines.point(hit.start), self.lines.point(hit.end)
        end = end if last == line else len(self.lines.lines[line])
        place = Place(self.source.label, line + 1, column + 1, end + 1)
        return Fault(rule.name, hit.message, place, hit.next, rule.severity)


def _within(values: Any, path: Sequence[str | int]) -> Any:
    """What stands in a file's values at a path of keys."""
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
        return (*around, key) in reading.spans and key not in _within(reading.value, around)

    def reading(self, file: str) -> Reading:
        if file not in self.readings:
            self.readings[file] = self.opened.reading(file)
        return self.readings[file]
