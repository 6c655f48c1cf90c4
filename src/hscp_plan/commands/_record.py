"""What recording commands share: they find the milestone and its file, edit it, and say what they
did and what may come next."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

from .. import store
from ..errors import Mistyped
from ..model import Priority
from ..naming.filters import read_status
from ..naming.ids import find_objective, find_priority
from ..words import STATUSES, Status, safe
from ._ids import find_milestone, find_part
from ._look import open_of, say_document, when, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from ..dates import PlanDate
    from ..editing.change import Change
    from ..editing.values import Said
    from ..model import Head
    from ..reports.recorded import Written
    from ..standing import Standing


class Target(NamedTuple):
    """The milestone to record something of, its file, and today."""

    opened: store.Opened
    standing: Standing
    path: Path
    today: date


def target(where: list[str] | None, id: str) -> Target:
    """The milestone with this id. Raises Mistyped where the id names none, and Unread where its
    file cannot be read."""
    today = today_given()
    opened = open_of(where, id)
    standing = find_milestone(opened.plan, id, today, "progress", opened.sources)
    return Target(opened, standing, path_to_record(opened, standing.priority), today)


class Owner(NamedTuple):
    """The priority to record something of, its file, and today."""

    opened: store.Opened
    priority: Priority
    path: Path
    today: date


def owner(where: list[str] | None, id: str) -> Owner:
    """The priority with this id. Raises Mistyped where the id names none, and Unread where its
    file cannot be read."""
    return owner_in(open_of(where, id), id, today_given())


def owner_in(opened: store.Opened, id: str, today: date) -> Owner:
    """As `owner`, of a plan that is open."""
    priority = find_priority(opened.plan, id, today, opened.sources)
    return Owner(opened, priority, path_to_record(opened, priority), today)


def subject(
    where: list[str] | None, id: str, also: Iterable[str], what: str
) -> tuple[Owner, list[str]]:
    """The priority of which somebody says something, and the ids that it is about, where that is
    not the priority as a whole: that of its objective or milestone, and the others given. Raises
    Mistyped for a register, of which nobody says `what`, and as `owner`."""
    today = today_given()
    opened = open_of(where, id)
    priority, first = _part_named(opened, id, today)
    if priority.register:
        raise Mistyped(f"{priority.id} is a register, and {what} is of a priority", "Give its id.")
    at = Owner(opened, priority, path_to_record(opened, priority), today)
    about = list(dict.fromkeys([first, *(id_named(opened, id, today) for id in also)]))
    return at, [] if about == [priority.id] else about


def id_named(opened: store.Opened, id: str, today: date) -> str:
    """An id as the plan writes it. Raises Mistyped where it names nothing."""
    return _part_named(opened, id, today)[1]


def _part_named(opened: store.Opened, id: str, today: date) -> tuple[Priority, str]:
    """The priority of the part that an id names, and the id as the plan writes it. Raises Mistyped
    where it names nothing."""
    if named := find_objective(opened.plan, id):
        return named[0], named[1].id
    part = find_part(opened.plan, id, today, opened.sources)
    if isinstance(part, Priority):
        return part, part.id
    return part.priority, part.milestone.id


def today_given() -> date:
    """The day taken as today: HSCP_AS_AT, else today."""
    return when(None)


def path_of(opened: store.Opened, priority: Priority) -> Path:
    """The file that holds a priority."""
    # By identity: two files may hold the same id, which is a fault.
    name = next(n for n, other in opened.plan.files.items() if other is priority)
    return opened.folder / name


def path_to_record(opened: store.Opened, priority: Priority) -> Path:
    """The file that holds a priority, to record in it. Raises Mendable as `file_to_record`."""
    return file_to_record(opened, path_of(opened, priority).name)


def file_to_record(opened: store.Opened, name: str) -> Path:
    """The path of one of a plan's files, to record in it. Raises Mendable where it has errors, or
    is a copy of another, or has one."""
    from ..checks.faults import refuse_faulty

    path = opened.path_to_record(name)
    refuse_faulty(opened, name, store.today())
    return path


def status_given(word: str | None, head: Head) -> Status | None:
    """The status that a person may give. Raises Mistyped for one that is worked out."""
    if word is None:
        return None
    standing = read_status(word, head)
    for status in STATUSES:
        if status == standing:
            return status
    raise Mistyped(
        f'"{standing}" is worked out, never written',
        f"Give one of: {', '.join(map(head.written, STATUSES))}.",
    )


def record_said(at: Owner, key: Said, values: dict[str, Any], dry_run: bool) -> None:
    """Record what somebody says of a priority, and say it."""
    from ..editing import record as recording
    from ..reports.recorded import said_recorded

    new = {name: value for name, value in values.items() if value}
    edited = edit_file(
        at.path, lambda text, values: recording.record_said(text, values, key, new), dry_run
    )
    if edited is not None:
        say_document(said_recorded(at.priority, new, edited[1]), "auto", at.opened)


def say_touched(at: Target, due: PlanDate) -> None:
    """Say what a move of its due date would touch; nothing where nothing is."""
    from ..reports.what_if import WhatIf

    if touched := WhatIf(at.opened.plan, at.today, at.standing, due).touched():
        say_document(touched, "auto", at.opened)
        write("\n")


def record(
    at: Target,
    change: Callable[[str, dict[str, object]], Change],
    day: PlanDate,
    dry_run: bool,
) -> None:
    """Log an entry of this day by such a change, and say it."""
    from ..reports.recorded import entry_recorded

    edited = edit_file(at.path, change, dry_run)
    if edited is None:
        return
    data, written = edited
    opened = store.reopen(at.opened, at.path, data)
    part = find_part(opened.plan, at.standing.milestone.id, at.today)
    assert not isinstance(part, Priority)  # noqa: S101 - the id named a milestone before
    say_document(entry_recorded(at.standing, part, day, written), "auto", opened)


def edit_file(
    path: Path, change: Callable[[str, dict[str, object]], Change], dry_run: bool
) -> tuple[bytes, Written] | None:
    """Make a change of a file: what it holds after it, and where what was recorded stands. With
    --dry-run, print the difference instead, and None."""
    from ..editing.write import rewrite
    from ..reports.recorded import Written

    old, new, place = rewrite(path, change, dry_run)
    if dry_run:
        difference(path, old, new)
        return None
    in_git = store.repository(path.parent.resolve()) is not None
    return new.encode(), Written(store.display_path(path), place.line, in_git)


def edit_files(
    changes: Mapping[Path, Callable[[str, dict[str, object]], Change]], dry_run: bool
) -> Written | None:
    """Make a change of several files, all or none: where what was recorded in the first of them
    stands. With --dry-run, print the differences instead, and None."""
    from ..editing.write import rewrite_all
    from ..reports.recorded import Written

    rewritten = rewrite_all(changes, dry_run)
    if dry_run:
        differences((path, old, new) for path, (old, new, _) in rewritten.items())
        return None
    path, (_, _, place) = next(iter(rewritten.items()))
    in_git = store.repository(path.parent.resolve()) is not None
    return Written(store.display_path(path), place.line, in_git)


def difference(path: Path, old: str, new: str) -> None:
    """Print the lines that would change."""
    differences([(path, old, new)])


def differences(files: Iterable[tuple[Path, str, str]]) -> None:
    """Print the lines that would change of several files, each as it is and as it would be."""
    from difflib import unified_diff

    for path, old, new in files:
        name = store.display_path(path)
        lines = unified_diff(old.splitlines(), new.splitlines(), name, name, lineterm="", n=2)
        write("\n".join(map(safe, lines)) + "\n")
    sys.stdout.flush()
    sys.stderr.write("Nothing was changed: this was --dry-run.\n")
