"""How milestones came to be what they are: every commit's versions of them, followed by id.

A version is read only where it could say something new: most commits touch one line of one file,
and a plan of a thousand commits would otherwise be parsed a thousand times.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..changes import Redated, changes, milestone_changes
from ..git import repo
from ..model import Priority
from .pieces import differing, milestone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator

    from ..dates import PlanDate
    from ..model import Milestone
    from ..store import Opened
    from .pieces import Piece

    Files = dict[str, bytes]
    """The files of a commit by name, each with the id that git holds it under."""
    Changed = dict[str, tuple[Milestone | None, Milestone | None]]
    """Milestones by id: as each was before, and as it is after."""

    Mark = Callable[[bytes], Hashable | None]
    Version = tuple[dict[str, Milestone], dict[str, Milestone]]
    """A file's milestones by id: those that are taken to stand as before, and those read."""


class Step(NamedTuple):
    """What one commit made of one milestone: the version before, and the one after."""

    commit: repo.Commit
    was: Milestone | None
    now: Milestone | None


class Slid(NamedTuple):
    """A due date that was changed by hand, with nothing in the log. One that was given where there
    was none is none: nothing slid."""

    id: str
    commit: repo.Commit | None
    """None where it is not saved in git yet."""
    was: PlanDate
    now: PlanDate


class Past(NamedTuple):
    """What git tells, and what it cannot tell, in a line for whoever asked."""

    steps: list[Step]
    missing: str = ""


def life(opened: Opened, id: str, waiting: Callable[[int], None]) -> Past:
    """Every commit's version of one milestone, oldest first. `waiting` is told how many commits
    there are, before each is read."""
    return _past(opened, lambda data: _piece(data, id), {id}, waiting)


def slides(opened: Opened, waiting: Callable[[int], None]) -> tuple[list[Slid], str]:
    """Every due date that was changed by hand and that no log explains since, oldest first; and
    what git could not tell."""
    past = _past(opened, _due_lines, None, waiting)
    slid, missing = list(_redated(past.steps)), past.missing
    if past.steps:
        try:
            slid += _unsaved(opened)
        except repo.NoGit as error:
            missing += f" What is not in git yet was not looked at: {error.what}."
    logged = {
        (m.id, entry.moved.from_, entry.moved.to)
        for p in opened.plan.priorities
        for m in p.milestones
        for entry in m.moves
        if entry.moved
    }
    return [s for s in slid if (s.id, s.was, s.now) not in logged], missing


def _redated(steps: Iterable[Step]) -> Iterator[Slid]:
    """What commits changed with nothing in the log."""
    for commit, was, now in steps:
        for change in milestone_changes(was, now) if was and now else ():
            if isinstance(change, Redated) and not change.was.undated:
                yield Slid(change.milestone.id, commit, change.was, change.milestone.due)


def _unsaved(opened: Opened) -> Iterator[Slid]:
    """What was changed since the last commit with nothing in the log."""
    files = repo.head(opened.folder, [source.name for source in opened.sources])
    saved = store.open_at(opened, files, "HEAD").plan
    for group in changes(saved, opened.plan):
        for change in group.changes:
            if isinstance(change, Redated) and not change.was.undated:
                yield Slid(change.milestone.id, None, change.was, change.milestone.due)


def _past(opened: Opened, mark: Mark, ids: set[str] | None, waiting: Callable[[int], None]) -> Past:
    try:
        commits = repo.commits(opened.folder)
        shallow = repo.shallow(opened.folder)
        steps, broken, left_out = _steps(opened, commits, shallow, mark, ids, waiting)
    except repo.NoGit as error:
        return Past([], f"This is told from the logs alone: {error.what}.")
    if not commits:
        return Past([], "This is told from the logs alone: nothing is in git yet.")
    missing = []
    if shallow:
        missing.append(
            "This clone is shallow: what is older than it is told from the logs alone. To fetch "
            "the rest, once:  git fetch --unshallow"
        )
    if left_out:
        many = f"{left_out} older versions are" if left_out > 1 else "1 older version is"
        partial = f"This clone is partial: {many} not in it, and what they say is left out."
        missing.append(f"{partial} {repo.REFETCH}")
    if broken:
        many = f"{broken} older versions have" if broken > 1 else "1 older version has"
        missing.append(f"{many} errors: what they spoil is left out.")
    return Past(steps, " ".join(missing))


def _steps(
    opened: Opened,
    commits: list[repo.Commit],
    shallow: bool,
    mark: Mark,
    ids: set[str] | None,
    waiting: Callable[[int], None],
) -> tuple[list[Step], int, int]:
    files_of: dict[str, Files] = {}
    for commit, files in repo.trees(opened.folder, commits):
        waiting(len(commits))
        files_of[commit.id] = {name: blob for name, blob in files.items() if name != store.HEAD}
    steps: list[Step] = []
    with repo.Objects(opened.folder) as objects:
        versions = _Versions(opened, objects, mark)
        for commit in reversed(commits):
            waiting(len(commits))
            before = [files_of.get(parent, {}) for parent in commit.parents]
            if before or not shallow:
                steps += _steps_of(commit, files_of[commit.id], before, versions, ids)
    return steps, len(versions.broken), len(versions.left_out)


def _steps_of(
    commit: repo.Commit,
    now: Files,
    before: list[Files],
    versions: _Versions,
    ids: set[str] | None,
) -> Iterator[Step]:
    """What a commit made of the milestones that no parent of it has alike."""
    blobs, parents = {*now.values()}, [{*parent.values()} for parent in before]
    new = blobs.difference(*parents)
    gone = [parent - blobs for parent in parents]
    if not new and not any(gone):
        return
    if len(before) == 1:
        changed = versions.changed(before[0], now, ids)
        if changed is not None:
            yield from (Step(commit, *both) for both in changed.values() if both[0] != both[1])
            return
        if versions.alike(new, gone[0]):
            return
    was = [versions.milestones(blobs) for blobs in gone]
    first = was[0] if was else {}
    after = versions.milestones(new, first)
    # Where a file came or went, what still stands in another is no news: it was a copy.
    copied = before and len(new) != len(gone[0])
    still = versions.milestones(blobs - new) if copied else {}
    for id in {**first, **after}:
        if id in still or (ids is not None and id not in ids):
            continue
        known = [each.get(id) for each in was] or [None]
        if known[0] is None and gone and versions.left_out & gone[0]:
            continue  # what was before is not known, so nothing is known to be new
        if not any(each == after.get(id) for each in known):
            yield Step(commit, known[0], after.get(id))


class _Versions:
    """Files as git holds them, each read once, and only where it must be."""

    def __init__(self, opened: Opened, objects: repo.Objects, mark: Mark) -> None:
        self._opened, self._objects, self._mark = opened, objects, mark
        self._read: dict[bytes, Version] = {}
        self._marks: dict[bytes, Hashable | None] = {}
        self._latest: dict[str, tuple[bytes, bytes]] = {}
        """Of each file the version that was last asked for, which is mostly the next one's own
        before: its id and its bytes."""
        self.broken: set[bytes] = set()
        self.left_out: set[bytes] = set()

    def alike(self, some: set[bytes], others: set[bytes]) -> bool:
        """Whether these files say the same of what is asked, as far as their text shows."""
        marks = [sorted(map(self._marked, blobs), key=repr) for blobs in (some, others)]
        return marks[0] == marks[1] and None not in marks[0]

    def changed(self, before: Files, now: Files, ids: set[str] | None) -> Changed | None:
        """Each milestone that the same files have otherwise now, as their lines tell; None where
        these do not."""
        changed: Changed = {}
        for name in {**before, **now}:
            if before.get(name) == now.get(name):
                continue
            pieces = self._pieces(name, before.get(name), now.get(name))
            if pieces is None:
                return None
            for id, piece in pieces.items():
                if (ids is not None and id not in ids) or self._same(piece):
                    continue
                try:
                    was, is_now = milestone(piece.was), milestone(piece.now)
                except ValueError:
                    return None
                # One that went to another file is gone from one and new in the other.
                known = changed.get(id, (None, None))
                changed[id] = (known[0] or was, known[1] or is_now)
        return changed

    def _pieces(self, name: str, was: bytes | None, now: bytes | None) -> dict[str, Piece] | None:
        if was is None or now is None:
            return None
        blob, old = self._latest.get(name, (b"", None))
        if blob != was:
            old = self._objects.get(was)
        new = self._objects.get(now)
        if old is None or new is None:
            return None
        self._latest[name] = (now, new)
        return differing(old, new)

    def _same(self, piece: Piece) -> bool:
        mark = self._mark(piece.was)
        return mark is not None and mark == self._mark(piece.now)

    def milestones(
        self, blobs: Collection[bytes], before: dict[str, Milestone] | None = None
    ) -> dict[str, Milestone]:
        """The milestones of these files by id. What an error spoils is as it was `before`."""
        for blob in blobs:
            if blob not in self._read:
                self._read[blob] = self._understood(blob, before or {})
        by_id: dict[str, Milestone] = {}
        for part in range(2):  # what could be read counts above what is only taken to stand
            for blob in blobs:
                by_id |= self._read[blob][part]
        return by_id

    def _understood(self, blob: bytes, before: dict[str, Milestone]) -> Version:
        data = self._objects.get(blob)
        if data is None:
            (self.left_out if blob in self._objects.left_out else self.broken).add(blob)
            return before, {}
        source = store.read_version(self._opened.where, blob.decode()[:7], data)
        if source.faulty:
            self.broken.add(blob)
        kept = {i: m for i, m in before.items() if any(gap.may_hold(i) for gap in source.gaps)}
        milestones = source.value.milestones if isinstance(source.value, Priority) else ()
        return kept, {m.id: m for m in milestones}

    def _marked(self, blob: bytes) -> Hashable | None:
        if blob not in self._marks:
            data = self._objects.get(blob)
            self._marks[blob] = None if data is None else self._mark(data)
        return self._marks[blob]


# --- what need not be read ----------------------------------------------------------------------


def _due_lines(data: bytes) -> Hashable | None:
    """What follows every id and due date, in their order; None where a value may stand on a line of
    its own."""
    if re.search(rb"""(?:id|due)["']?[ \t]*:[ \t]*(?:#[^\n]*|[|>][^\n]*)?\r?\n""", data):
        return None
    # One pattern for both would be three times as slow: it would begin with no letter of its own.
    patterns = [rb"""%s["']?[ \t]*:[^\n]*""" % key for key in (b"id", b"due")]
    places = sorted((m.start(), m[0]) for each in patterns for m in re.finditer(each, data))
    return tuple([line for _, line in places])


def _piece(data: bytes, id: str) -> Hashable | None:
    """The text of a milestone, from its id to the next; None where that cannot be told apart."""
    wanted = rb"""(?m)^[ ]*-[ ]+id[ ]*:[ ]*["']?%s["']?[ ]*(?:#.*)?\r?$""" % re.escape(id.encode())
    matches = list(re.finditer(wanted, data))
    if len(matches) != 1:
        return None if re.search(rb"\b%s\b" % re.escape(id.encode()), data) else b""
    end = re.compile(rb"(?m)^[ ]*-[ ]+id[ ]*:").search(data, matches[0].end())
    return data[matches[0].start() : end.start() if end else len(data)]
