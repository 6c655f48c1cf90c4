"""The faults of a plan's files, and the lines in which they stand, to be put right at the desk."""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import PurePath
from textwrap import dedent
from typing import TYPE_CHECKING, Any, NamedTuple

from werkzeug.exceptions import NotFound

from .. import store
from ..checks.faults import check
from ..checks.privacy import redact
from ..checks.since import log_rewritten
from ..commands._look import when
from ..commands._record import difference
from ..disk import MOST_BYTES
from ..document import Title
from ..editing.mended import Mended, Typed, digest, mend, text_of
from ..editing.typed_lines import lines_of, shown
from ..editing.unsaved import find_unsaved
from ..errors import Fault, Mendable, Place
from ..reports.rules import every_rule
from ..words import count, listed
from .answers import Answer, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ..editing.recorded import Recorded
    from ..model import Plan

AROUND = 10
"""How many lines are shown before a fault, and after it."""
MOST_LINES = 2_000
"""How long a file may be to be shown whole."""
MOST_FAULTS = 50
"""How many faults are shown, until more are asked for."""


class FileFaults(NamedTuple):
    """What is wrong with one file."""

    name: str
    title: str
    """What it holds, in a person's words; empty where it cannot be read."""
    counted: str
    faults: Sequence[Fault]
    opens: bool
    """Whether it can be mended here."""


def found(said: Answer) -> list[Fault]:
    """The faults that `check` said as JSON."""
    faults = json.loads(said.text)["faults"] if said.text else []
    return [
        Fault(f["rule"], f["message"], Place(f["file"], f["line"] or 0), f["next"], f["severity"])
        for f in faults
    ]


def by_file(
    faults: Iterable[Fault], folder: Path, plan: Plan | None, most: int = MOST_FAULTS
) -> list[FileFaults]:
    """Faults, errors first, under the files that they are of; the first so many of them."""
    names, left = _mendable(folder), most
    files: dict[str, list[Fault]] = {}
    for fault in faults:
        files.setdefault(fault.place.file, []).append(fault)
    found = []
    for file, of in files.items():
        name, shown = names.get(file, PurePath(file).name), of[:left]
        title = title_of(name, plan) if file in names else ""
        found.append(FileFaults(name, title, counted(of), shown, opens=file in names))
        left -= len(shown)
    return found


def counted(faults: Iterable[Fault]) -> str:
    """How many there are: 2 errors and 1 warning."""
    each = [fault.severity for fault in faults]
    return listed(count(n, kind) for kind in ("error", "warning") if (n := each.count(kind)))


def title_of(name: str, plan: Plan | None) -> str:
    """What a file of a plan holds, in a person's words; empty where it cannot be read."""
    owner = plan.files.get(name) if plan else None
    return f"{owner.id}  {owner.title}" if owner else _TITLES.get(name, "")


_TITLES = {store.HEAD: "The plan itself", store.ASKED: "Who was asked"}


def _mendable(folder: Path) -> dict[str, str]:
    """The names of the plan's files that can be mended here, as they are text; by how messages name
    them, which at the desk may be the name alone."""
    sources = store.with_asked(store.open_plan(folder)).sources
    texts = [s for s in sources if not any(f.rule in _NO_TEXT for f in s.faults)]
    return {file: s.name for s in texts if s.name.isprintable() for file in (s.label, s.name)}


_NO_TEXT = ("unreadable", "not-utf-8")


def _is_line(text: str) -> bool:
    """Whether a text is the number that a line of a file can have."""
    return text.isdecimal() and len(text) <= len(str(MOST_BYTES)) and int(text) > 0


def examples(faults: Iterable[Fault]) -> dict[str, str]:
    """What the rules that are broken want, each with an example of wrong and right."""
    broken = {fault.rule for fault in faults}
    return {rule.says: _example(rule.doc) for rule in every_rule() if rule.name in broken}


def _example(doc: str) -> str:
    wrong, right = doc.partition("Fails:\n")[2].split("Passes:\n")
    return f"Wrong:\n{dedent(wrong).rstrip()}\n\nRight:\n{dedent(right).rstrip()}"


class Page(NamedTuple):
    """What mending came to: what was said of it, and what the page then shows."""

    said: Answer
    values: dict[str, Any]
    mended: Mended | None = None
    """What was written."""


class Mending:
    """The mending of one file of a plan. Raises NotFound where the plan has no such file."""

    def __init__(self, folder: Path, name: str, plan: Plan | None) -> None:
        self._opened = store.with_asked(store.open_plan(folder))
        source = next((s for s in self._opened.sources if s.name == name), None)
        if source is None:
            raise NotFound
        self._source, self._title = source, title_of(name, plan)
        self._today = when(None, self._opened.plan.head)

    def show(self, line: int, whole: bool) -> Page:
        """The lines around one, or all of them."""
        try:
            text = text_of(self._source)
        except Mendable as refusal:
            return Page(Answer(refusal.status, refusal=refusal), {"window": None})
        lines = lines_of(text)
        # After the last line end stands nothing that a person would count as a line.
        most = max(1, len(lines) - (not lines[-1].text))
        first, last = 1, most
        if not whole or most > MOST_LINES:
            first, last = max(1, min(line, most) - AROUND), min(most, max(line, 1) + AROUND)
        typed = Typed(self._source.name, digest(text), first, last, shown(lines[first - 1 : last]))
        faults = check(self._opened, self._today)
        faults = [fault for fault in faults if fault.place.file == self._source.label]
        return Page(Answer(0), self._values(typed, faults, most, line))

    def typed(self, form: Mapping[str, str]) -> Typed:
        """The lines as they came back. Raises NotFound where no page of ours sent them."""
        first, last = (form.get(name, "") for name in ("first", "last"))
        if not (_is_line(first) and _is_line(last) and int(first) <= int(last)):
            raise NotFound
        text = form.get("text", "").replace("\r\n", "\n")
        digest, seen = form.get("digest", ""), form.get("seen", "")
        return Typed(self._source.name, digest, int(first), int(last), text, seen)

    def again(self, typed: Typed, refusal: Mendable) -> Page:
        """The lines as they were typed, with what kept them from being taken."""
        return Page(Answer(refusal.status, refusal=refusal), self._values(typed, ()))

    def mend(self, typed: Typed, look: bool) -> Page:
        """Write what was typed, or only look what would be written and what would then be wrong.
        What a person has to see first is looked at only, until it was seen."""
        tried: list[Mended] = []

        def deed() -> int:
            one = mend(self._opened, typed, self._today, dry_run=look)
            tried.append(one)
            if look or not (one.added or one.may_be_kept(typed)):
                difference(one.path, one.was, one.now)
            one.refuse_worse()
            return 0

        said = told(deed, str(self._opened.folder))
        said = said._replace(text=redact(said.text))
        if not tried:
            return self._not_tried(typed, said)
        one = tried[0]
        if one.may_be_kept(typed) and not look and not said.refusal:
            return Page(said, {}, one)
        faults = dict.fromkeys((*map(self._with_way, one.added), *one.faults))
        return Page(said, {**self._values(typed, faults), **_to_see(one), "tried": True})

    @cached_property
    def _unsaved(self) -> Sequence[Recorded]:
        """What was recorded and is not in git yet; nothing where that is not known."""
        try:
            return find_unsaved(self._opened).recorded
        except Mendable:
            return ()

    def _with_way(self, fault: Fault) -> Fault:
        """The fault; that of an entry which is not in git yet says how it is put right."""
        if fault.rule != log_rewritten.name or not fault.of:
            return fault
        entries = (r.date.shown for r in self._unsaved if r.date and fault.of in r.logged)
        if not any(f"entry of {day} " in fault.message for day in entries):
            return fault
        next = f"To put it right, take it back, and record it again:  hscp undo {fault.of}"
        return fault._replace(next=next)

    def _not_tried(self, typed: Typed, said: Answer) -> Page:
        """What was typed: in its place or, where the file was changed meanwhile, beside what is
        there now."""
        now = self.show((typed.first + typed.last) // 2, whole=False)
        if not now.values["window"] or now.values["window"].digest == typed.digest:
            return Page(said, self._values(typed, ()))
        return Page(said, {**now.values, "typed": typed.text})

    def _values(
        self, typed: Typed, faults: Iterable[Fault], most: int = 0, line: int = 0
    ) -> dict[str, Any]:
        numbers = range(typed.first, typed.first + typed.text.count("\n") + 1)
        shown, others = list[Fault](), list[Fault]()
        for fault in faults:
            (shown if fault.place.line in numbers else others).append(fault)
        return {
            "name": self._source.name,
            "head": Title("Mend the file", self._title),
            "window": typed,
            "numbers": numbers,
            "wrong_lines": {fault.place.line for fault in shown},
            "faults": shown,
            "others": others,
            "examples": examples(shown),
            "whole": len(numbers) < most <= MOST_LINES,
            "line": line,
            "tried": False,
            "seen": "",
            "typed": "",
        }


def _to_see(mended: Mended) -> dict[str, Any]:
    """What a person has to see before what was typed is kept, once it adds no error."""
    if mended.added:
        return {}
    gone = redact("\n".join(mended.gone)).splitlines()
    return {"seen": mended.to_see, "gone": gone, "also": mended.also, "warned": mended.warned}
