"""Mends a plan's file as a person typed it, where nothing that is recorded mends it: all of it or
nothing, and never into something worse."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..checks.allow import allowances
from ..checks.faults import check, since_faults
from ..checks.places import Places
from ..checks.privacy import PRIVATE, redact
from ..checks.since import SINCE_RULES, id_vanished, log_rewritten
from ..disk import MOST_BYTES
from ..errors import Fault, Mendable, Place
from ..model import ID
from ..past.comparing import Comparable
from ..reading.files import HEAD
from ..reading.gaps import id_of, nearest_id
from . import opening
from .change import Change
from .lost import Before, also_changed, lost
from .recorded_lines import no_longer
from .typed_lines import gone, with_typed
from .write import any_text, rewrite_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from ..changes import Changes
    from ..reading.yamltext import Reading
    from ..store import Opened, Source

_PRIVATE = {rule.name for rule in PRIVATE}
_SINCE = {rule.name for rule in SINCE_RULES}
_FREES = {*_PRIVATE, "id-twice", "figure-twice", "review-twice", "carried-twice"}
"""The rules that are kept where what broke them goes altogether."""
_WRITTEN_ID = re.compile(rf"(?<![^\s{{,])(?:id|form):\s*[\"']?({ID})(?![^\s\"',}}])")


class Typed(NamedTuple):
    """What was typed in the place of some lines of a file."""

    file: str
    """Its name."""
    digest: str
    """That of the text whose lines were shown."""
    first: int
    last: int
    text: str
    seen: str = ""
    """What tells what was shown of it before it is kept: `Mended.to_see`."""


class Mended(NamedTuple):
    """What mending a file comes to."""

    path: Path
    was: str
    now: str
    faults: tuple[Fault, ...]
    """What is wrong with the file then."""
    added: tuple[Fault, ...]
    """The errors that the plan did not have."""
    warned: tuple[Fault, ...]
    """The warnings that it did not have."""
    gone: tuple[str, ...]
    """The lines that nothing was wrong with, and that say something which stands there no more."""
    also: tuple[str, ...] = ()
    """What else changes in the plan than what was wrong, in plain words."""

    @property
    def to_see(self) -> str:
        """What tells what a person is to see before it is kept from anything else; empty where
        there is nothing."""
        seen = (*self.gone, *self.also, *(fault.message for fault in self.warned))
        return digest("\n".join(seen)) if seen else ""

    def may_be_kept(self, typed: Typed) -> bool:
        """Whether it adds no error, and what is to be seen first was."""
        return not self.added and self.to_see in ("", typed.seen)

    def refuse_worse(self) -> None:
        """Raises Mendable where it adds an error."""
        if self.added:
            an_error, it = ("an error", "it") if len(self.added) == 1 else ("errors", "them")
            what = f"what you typed would put {an_error} into the plan, so nothing was written"
            raise Mendable(what, f"Put {it} right, and try again.")


def digest(text: str) -> str:
    """What tells a file's text from any other."""
    from hashlib import sha256

    return sha256(text.encode()).hexdigest()


def text_of(source: Source) -> str:
    """The text of a file, to be typed in. Raises Mendable where it has none."""
    if not source.was_read:
        fault = source.faults[0]
        raise Mendable(f"{source.name}: {fault.message}", fault.next)
    return any_text(source.data, source.path)


def mend(opened: Opened, typed: Typed, today: date, dry_run: bool = False) -> Mended:
    """Put what was typed in the place of a file's lines, or only look what would then be wrong.
    What adds an error is not written, nor what a person has to see first and has not.

    Raises Mendable where the file was changed meanwhile, would be too long, or cannot be written.
    Then it is as it was.
    """
    path = next(source.path for source in opened.sources if source.name == typed.file)
    mended: list[Mended] = []

    def change(text: str) -> Change:
        if digest(text) != typed.digest:
            what = f"{typed.file} was changed by somebody else meanwhile, so nothing was written"
            next = "Below it stands as it is now, and above it what you typed."
            raise Mendable(what, next)
        now = with_typed(text, typed.first, typed.last, typed.text)
        _refuse_allowing(text, now)
        data = now.encode()
        if len(data) > MOST_BYTES:
            what = (
                f"{typed.file} would be over {MOST_BYTES // 1_000_000} MB, so nothing was written"
            )
            raise Mendable(what, "Type less in it.")
        before = store.with_asked(store.open_plan(opened.folder))
        after = store.reopen(before, path, data)
        judged = _Judged(typed.file, _Plan(before, today), _Plan(after, today))
        one = Mended(
            path, text, now, judged.faults, judged.added, judged.warned, judged.gone, judged.also
        )
        mended.append(one)
        return Change(now if one.may_be_kept(typed) else text, None, typed.first)

    old, new, _ = rewrite_text(path, change, dry_run, read=any_text)
    if new != old and not dry_run:
        # What was typed is no record, and is not to be taken for one by what takes records back.
        opening.hold_typed(path, old.encode(), new.encode())
    return mended[-1]


def _refuse_allowing(was: str, now: str) -> None:
    """Raises Mendable where a text allows more than it did of what could identify a child."""
    before, after = (Counter(each.rule for each in allowances(text)) for text in (was, now))
    if after - before:
        what = "a comment that lets through what could identify somebody cannot be added here"
        next = (
            "Nothing was written. Take the comment out, and what could identify somebody. Where "
            "that is a mistake, ask whoever looks after the plan’s files."
        )
        raise Mendable(what, next)


class _Plan:
    """A plan with its faults, before or after a file of it was mended."""

    def __init__(self, opened: Opened, today: date) -> None:
        self.opened, self.today = opened, today
        self.faults = check(opened, today)
        self._readings: dict[str, Reading] = {}

    def source(self, name: str) -> Source:
        """A file of it."""
        return next(source for source in self.opened.sources if source.name == name)

    def key(self, fault: Fault) -> tuple[str, str, str]:
        """What tells a fault from another wherever its line has gone: its rule, its file, and the
        id of the part that it is of."""
        return fault.rule, fault.place.file, fault.of or self._id_at(fault.place)

    @cached_property
    def errors_of(self) -> Counter[str]:
        """How many errors there are of each part, by its id."""
        return Counter(self.key(fault)[-1] for fault in self.faults if fault.severity == "error")

    def _id_at(self, place: Place) -> str:
        """The id of the innermost part around a place that has one."""
        source = next((s for s in self.opened.sources if s.label == place.file), None)
        if source is None or not place.line:
            return ""
        if source.name not in self._readings:
            self._readings[source.name] = self.opened.reading(source.name)
        reading = self._readings[source.name]
        around = [
            path
            for path, (first, _, last, _) in reading.spans.items()
            if first <= place.line - 1 <= last
        ]
        return nearest_id(
            reading.value, max(around, key=len, default=()), id_of(reading.value) or ""
        )


class _Judged:
    """What mending a file changes in the plan, and in what is wrong with it.

    What could be read before decides: of that, nothing that was recorded may go or be another but
    what an error stood in. A warning frees nothing, as one can be made to come.
    """

    def __init__(self, name: str, before: _Plan, after: _Plan) -> None:
        self._before, self._after = before, after
        self._was, self._is = before.source(name), after.source(name)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the file then."""
        return tuple(f for f in self._after.faults if f.place.file == self._is.label)

    @cached_property
    def added(self) -> tuple[Fault, ...]:
        """The errors that were not there before, and were not hidden by what is mended; and what
        may not go, and does."""
        plan, today = self._after.opened.plan, self._before.today
        new = (fault for fault in self._new if fault.severity == "error")
        added = (*lost(self._changes, plan, self._file_before, today), *new)
        return added or tuple(self._lost_lines())

    @property
    def warned(self) -> tuple[Fault, ...]:
        """The warnings that were not there before, and were not hidden by what is mended; but for
        those of a change, which `also` tells."""
        new = (fault for fault in self._new if fault.severity == "warning")
        return tuple(fault for fault in new if fault.rule not in _SINCE)

    @cached_property
    def also(self) -> tuple[str, ...]:
        """What else changes in the plan than what was wrong, in plain words."""
        return also_changed(self._changes, self._after.opened.plan, self._file_before)

    @property
    def gone(self) -> tuple[str, ...]:
        """The lines that say something which stands there no more. Of a file that could be read,
        comments alone: `also` tells the rest."""
        # What keeps all of a file from being read may stand elsewhere than where that was seen.
        wrong = {fault.place.line for fault in self._faults_before} if self._was.value else set()
        lines = gone(*self._texts, wrong)
        read = not (self._was.faulty or self._is.faulty)
        return tuple(line for line in lines if not read or line.lstrip().startswith("#"))

    @cached_property
    def _changes(self) -> list[Changes]:
        """What changed, as far as it could be read before."""
        then, now = self._before.opened, self._after.opened
        groups = Comparable(then.plan, now.plan, then, now).changes(then.plan, now.plan)
        head_was_read = self._was.name != HEAD or self._was.value is not None
        return [group for group in groups if group.priority or head_was_read]

    @cached_property
    def _file_before(self) -> Before:
        return Before(self._before.opened, self._was, self._faults_before)

    @property
    def _faults_before(self) -> list[Fault]:
        return [f for f in self._before.faults if f.place.file == self._was.label]

    @property
    def _texts(self) -> tuple[str, str]:
        """The file's text before and after."""
        return any_text(self._was.data, self._was.path), any_text(self._is.data, self._is.path)

    def _lost_lines(self) -> Iterator[Fault]:
        """What stood in the lines of a file with errors, and does not as it did."""
        errors = [fault for fault in self._faults_before if fault.severity == "error"]
        wrong = {fault.place.line for fault in errors}
        free = {fault.place.line for fault in errors if fault.rule in _FREES}

        def dated(id: str) -> bool:
            return self._was.value is None or self._before.errors_of[id] > 0

        for of, day, words in no_longer(*self._texts, wrong, free, dated) if errors else ():
            what = f"what was recorded for {day} ({of})" if day else f"the date {words} of {of}"
            next = "Put it back as it was, and mend only what is wrong."
            place = Place(self._is.label, 1)
            yield Fault(log_rewritten.name, redact(f"{what} was altered or taken out"), place, next)

    @cached_property
    def _new(self) -> list[Fault]:
        before, after = self._before, self._after
        known = Counter(map(before.key, before.faults))
        new = []
        for fault in (*after.faults, *self._rewritten()):
            key = after.key(fault)
            known[key] -= 1
            if known[key] < 0 and not self._comes_to_light(fault.rule, key[-1]):
                new.append(fault)
        return new

    def _comes_to_light(self, rule: str, id: str) -> bool:
        """Whether a fault may be known now only because what hid it is mended; or is that of a
        history which could not be mended otherwise."""
        if rule in _PRIVATE or rule == id_vanished.name:
            return False
        if self._was.value is None:
            return True
        mended = self._after.errors_of[id] < self._before.errors_of[id]
        return mended and (rule in _SINCE or any(gap.may_hold(id) for gap in self._was.gaps))

    def _rewritten(self) -> Iterator[Fault]:
        """What may not change without its history, and did: in what could be read before."""
        then, now = self._before.opened, self._after.opened
        yield from since_faults(then, now, Places(now), partly=True)
        if self._was.value is None:
            for id in sorted(_ids_written(self._was) - _ids_written(self._is)):
                place = Place(self._is.label, 1)
                yield Fault(
                    id_vanished.name, f"{id} is no longer in the file", place, "Put it back.", of=id
                )


def _ids_written(source: Source) -> set[str]:
    """The ids that stand in a file which may be unreadable, and the digests of rounds' forms."""
    return set(_WRITTEN_ID.findall(source.data.decode("utf-8", "replace")))
