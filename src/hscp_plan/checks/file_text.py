"""The text of one of a plan's files, comments too: what the rules over texts find in it, and what
its comments allow."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from ..errors import Fault, Place
from .allow import ALLOW_COMMENT, ALLOWING, allow_needless, allowances
from .places import Places, value_at
from .privacy import Hits, hits_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..store import Source
    from . import Finding, Hit, TextRule
    from .allow_comments import AllowComments, Lines

_ESCAPE = r"\\[^\"\\\n]"
"""An escape, which in double quotation marks may stand for any character, and hide it."""
STAYS = (
    " If it was committed, it stays in git's history: tell whoever looks after your git. Where it "
    "identifies nobody, say why on the line above its key:  {}"
)


class FileText:
    """The text of one of a plan's files, and what the rules over texts find in it."""

    def __init__(self, source: Source, places: Places) -> None:
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
        """Its lines, with where each begins."""
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
            value = value_at(reading.value, path)
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
