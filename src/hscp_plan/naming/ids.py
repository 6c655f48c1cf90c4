"""What an id names, however a person types it: p1.3, P1.3, p1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from ..errors import Mendable, Mistyped, nearest, quoted
from ..model import Priority
from ..standing import standings
from ..words import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from ..errors import Fault, Gap
    from ..model import Plan
    from ..standing import Standing


class File(Protocol):
    """A file of a plan as it was read: what is wrong with it, and what that keeps from being
    shown."""

    @property
    def name(self) -> str:
        """Its name in the plan's folder."""

    @property
    def data(self) -> bytes:
        """Its bytes; none where they could not be had."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with it."""

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What its faults keep from being read."""

    @property
    def revision(self) -> str:
        """The commit it was read from; empty for the file as it is."""


class Files(Protocol):
    """A plan's files as they were read."""

    @property
    def sources(self) -> Iterable[File]:
        """Those that were."""

    @property
    def unlisted(self) -> Collection[str]:
        """What was not read at all."""


class Unread(Mendable):
    """An id that stands, or may stand, where an error keeps a file from being read."""

    def __init__(self, what: str, file: File, fault: Fault, line: int, id: str) -> None:
        next = fault.next if fault.next.endswith((".", "?")) or not fault.next else f"{fault.next}."
        if file.revision:
            next = "The file stood so then: give another time."
        elif fault.rule != "unreadable":
            next += f"\nTo open it there:  hscp edit {id}"
        super().__init__(f"{what}: {fault.place}: {fault.message}", next)
        self.file = file.name
        self.fault = fault
        self.line = line or fault.place.line


def named(plan: Plan, text: str, day: date, files: Iterable[File] = ()) -> Standing | Priority:
    """The milestone or priority that an id names. Raises Mistyped where it names none, and Unread
    where it may be in one of the files that could not be read."""
    found = _found(plan, text, day)
    if found is None:
        raise unread(text, files) or _unknown(plan, text)
    return found


def priority_named(plan: Plan, text: str, day: date, files: Iterable[File] = ()) -> Priority:
    """The priority that an id names. Raises Mistyped for any other id, and Unread as `named`."""
    found = _found(plan, text, day)
    if found is None:
        raise unread(text, files) or Mistyped(
            f"there is no priority {quoted(text)}", _priorities(plan)
        )
    if not isinstance(found, Priority):
        what = f"{found.milestone.id} is a milestone"
        raise Mistyped(what, f"Its priority is {found.priority.id}.")
    return found


def readable(plan: Plan, text: str, files: Iterable[File]) -> None:
    """Raises Unread where the plan has no such id, and it may be in one of the files that could
    not be read."""
    ids = {id for p in plan.priorities for id in (p.id, *(m.id for m in p.milestones))}
    if text.strip().casefold() in map(str.casefold, ids):
        return
    if kept_from := unread(text, files):
        raise kept_from


def _found(plan: Plan, text: str, day: date) -> Standing | Priority | None:
    folded = text.strip().casefold()
    for priority in plan.priorities:
        if priority.id.casefold() == folded:
            return priority
    for standing in standings(plan, day):
        if standing.milestone.id.casefold() == folded:
            return standing
    for priority in plan.priorities:
        parts = [o.id for o in priority.objectives] + [m.id for m in priority.measures]
        if any(id.casefold() == folded for id in parts):
            raise Mistyped(f"{quoted(text)} is a part of {priority.id}", f"hscp show {priority.id}")
    return None


def milestone_named(
    plan: Plan, text: str, day: date, what: str, files: Iterable[File] = ()
) -> Standing:
    """The milestone that an id names; `what` is of milestones only. Raises Mistyped for any other
    id, and Unread as `named`."""
    found = named(plan, text, day, files)
    if isinstance(found, Priority):
        ids = [m.id for m in found.milestones]
        known = f"{found.id} has {', '.join(ids[:12])}." if ids else ""
        raise Mistyped(f"{found.id} is a priority; {what} is of a milestone", known)
    return _no_objective(found, what)


def _no_objective(standing: Standing, what: str) -> Standing:
    """What was found, where it is a milestone. Raises Mistyped for an objective that has none."""
    if not standing.alone:
        return standing
    own, id = standing.priority, standing.objective.id
    other = f" --objective {id}" if len(own.objectives) > 1 else ""
    raise Mistyped(
        f"{id} is an objective without milestones; {what} is of a milestone",
        f'Add one:  hscp add {own.id} "…" --due 2022-06{other}\nOr close it:  '
        f'hscp decide {own.id} "…" --by "…" --outcome close --about {id}',
    )


def unread(text: str, files: Iterable[File]) -> Unread | None:
    """What keeps an id from being read; None where no fault of the plan's files can."""
    id = " ".join(text.split())
    spoilt = [file for file in files if id and file.gaps and file.name != "plan.yaml"]
    for file in spoilt:
        line = _line_of(file.data, id)
        ids = [known.casefold() for gap in file.gaps for known in gap.ids]
        if line or id.casefold() in ids:
            return Unread(f"{id} cannot be read", file, _fault(file, line), line, id)
    for file in spoilt:
        if any(gap.more for gap in file.gaps):
            what = f"there is no {id} in what can be read, and it may be in what cannot"
            return Unread(what, file, _fault(file, 0), 0, id)
    return None


def may_hold(files: Files, id: str) -> bool:
    """Whether an id may stand in what could not be read."""
    return bool(files.unlisted) or unread(id, files.sources) is not None


def _line_of(data: bytes, id: str) -> int:
    """The line on which a file gives something this id, as far as its text shows; else 0."""
    import re

    text = re.escape(id.encode("utf-8", "replace"))
    wanted = rb"""\bid["']?[ \t]*:[ \t]*["']?%s(?![\w.-])""" % text
    match = re.search(wanted, data, re.IGNORECASE)
    return data.count(b"\n", 0, match.start()) + 1 if match else 0


def _fault(file: File, line: int) -> Fault:
    """The first error from this line on; else the first of the file."""
    errors = [fault for fault in file.faults if fault.severity == "error"]
    return next((fault for fault in errors if fault.place.line >= line), errors[0])


def _unknown(plan: Plan, text: str) -> Mistyped:
    asked = f"there is no {quoted(text)[1:-1]}" if text.strip() else "the id is empty"
    start = text.strip().casefold().partition(".")[0]
    # Another priority's milestone is never what was meant.
    owner = next((p for p in plan.priorities if p.id.casefold() == start), None)
    actions = {m.id: m.action for m in owner.milestones} if owner else {}
    if not owner or not actions:
        return Mistyped(asked, f"{_priorities(plan)[:-1]}; hscp find WORD looks for words.")
    ids = list(actions)
    hint = f"{owner.id} has {ids[0]}{f' to {ids[-1]}' if len(ids) > 1 else ''}."
    if near := nearest(text.strip(), ids, cutoff=0.8):
        action = actions[near]
        short = action if len(action) <= 50 else f"{action[:49].rstrip()}…"
        hint = f"Did you mean {near} ({short})?\n{hint}"
    return Mistyped(asked, hint)


def _priorities(plan: Plan) -> str:
    known = [priority.id for priority in plan.priorities]
    return f"The priorities are {listed(known)}." if known else "The plan has no priorities."
