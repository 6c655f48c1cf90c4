"""How milestones came to be what they are: their versions in every commit, followed by id.

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
from .pieces import differing_pieces, read_milestone

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Iterator

    from ..dates import PlanDate
    from ..model import Milestone
    from ..reading.cache import Scale
    from ..store import Opened
    from .pieces import Piece

    Files = dict[str, bytes]
    """The files of a commit by name, each with the id that git holds it under."""
    Changed = dict[str, tuple[Milestone | None, Milestone | None]]
    """Milestones by id: as each was before, and as it is after."""

    Mark = Callable[[bytes], Hashable | None]


class Version(NamedTuple):
    """A file's milestones by id, in one version of it."""

    assumed: dict[str, Milestone]
    """Those that an error spoils, as they stood before."""
    read: dict[str, Milestone]


class Step(NamedTuple):
    """What one commit made of one milestone: the version before, and the one after."""

    commit: repo.Commit
    was: Milestone | None
    now: Milestone | None


class Slide(NamedTuple):
    """A due date that was changed by hand, with nothing in the log. A first date is no slide."""

    id: str
    commit: repo.Commit | None
    """None where it is not saved in git yet."""
    was: PlanDate
    now: PlanDate


class Past(NamedTuple):
    """What git tells, and what it cannot tell, in a line for whoever asked."""

    steps: list[Step]
    missing: str = ""


def milestone_history(opened: Opened, id: str, report_progress: Callable[[int], None]) -> Past:
    """Every commit's version of one milestone, oldest first. `report_progress` gets the number of
    commits, before each of them is read."""
    return _past(opened, lambda data: _milestone_mark(data, id), {id}, report_progress)


def find_slides(opened: Opened, report_progress: Callable[[int], None]) -> tuple[list[Slide], str]:
    """Every due date that was changed by hand and that no log explains since, oldest first; and
    what git could not tell."""
    if opened.of:
        return _slides_of_each(opened.of, report_progress)
    past = _past(opened, _due_mark, None, report_progress)
    slides, gaps_note = list(_slides_in(past.steps)), past.missing
    if past.steps:
        try:
            slides += _unsaved_slides(opened)
        except repo.NoGit as error:
            gaps_note += f" What is not in git yet was not looked at: {error.what}."
    logged_moves = {
        (m.id, entry.moved.from_, entry.moved.to)
        for p in opened.plan.owners
        for m in p.milestones
        for entry in m.moves
        if entry.moved
    }
    return [s for s in slides if (s.id, s.was, s.now) not in logged_moves], gaps_note


def _slides_of_each(
    plans: Iterable[Opened], report_progress: Callable[[int], None]
) -> tuple[list[Slide], str]:
    """The slides of several plans together, and what git could not tell."""
    every: list[Slide] = []
    notes: dict[str, None] = {}
    for opened in plans:
        slides, gaps_note = find_slides(opened, report_progress)
        every += [s._replace(id=opened.plan.head.cite(s.id)) for s in slides]
        notes[gaps_note] = None
    return every, " ".join(filter(None, notes))


def _slides_in(steps: Iterable[Step]) -> Iterator[Slide]:
    """What commits changed with nothing in the log."""
    for commit, was, now in steps:
        for change in milestone_changes(was, now) if was and now else ():
            if isinstance(change, Redated) and not change.was.undated:
                yield Slide(change.milestone.id, commit, change.was, change.milestone.due)


def _unsaved_slides(opened: Opened) -> Iterator[Slide]:
    """What was changed since the last commit with nothing in the log."""
    files = repo.files_at_head(opened.folder, [source.name for source in opened.sources])
    saved = store.open_at(opened, files, "HEAD").plan
    for group in changes(saved, opened.plan):
        for change in group.changes:
            if isinstance(change, Redated) and not change.was.undated:
                yield Slide(change.milestone.id, None, change.was, change.milestone.due)


def _past(
    opened: Opened, mark: Mark, ids: set[str] | None, report_progress: Callable[[int], None]
) -> Past:
    """The steps of these milestones, or of all; `mark` tells versions apart that need reading."""
    try:
        commits = repo.commits(opened.folder)
        shallow = repo.shallow(opened.folder)
        walk = _walk(opened, commits, shallow, mark, ids, report_progress)
    except repo.NoGit as error:
        return Past([], f"This is told from the logs alone: {error.what}.")
    if not commits:
        return Past([], "This is told from the logs alone: nothing is in git yet.")
    return Past(walk.steps, _missing(walk, shallow))


def _missing(walk: _Walk, shallow: bool) -> str:
    """What git could not tell, as sentences."""
    notes = []
    if shallow:
        notes.append(
            "This clone is shallow: what is older than it is told from the logs alone. To fetch "
            "the rest, once:  git fetch --unshallow"
        )
    if walk.left_out:
        are = f"{walk.left_out} older versions are" if walk.left_out > 1 else "1 older version is"
        partial = f"This clone is partial: {are} not in it, and what they say is left out."
        notes.append(f"{partial} {repo.REFETCH}")
    if walk.broken:
        have = f"{walk.broken} older versions have" if walk.broken > 1 else "1 older version has"
        notes.append(f"{have} errors: what they spoil is left out.")
    return " ".join(notes)


class _Walk(NamedTuple):
    """What a walk through all commits gives."""

    steps: list[Step]
    broken: int
    """The number of versions that have errors."""
    left_out: int
    """The number of versions that a partial clone does not hold."""


def _walk(
    opened: Opened,
    commits: list[repo.Commit],
    shallow: bool,
    mark: Mark,
    ids: set[str] | None,
    report_progress: Callable[[int], None],
) -> _Walk:
    files_of: dict[str, Files] = {}
    heads: dict[bytes, None] = {}
    for commit, files in repo.trees(opened.folder, commits):
        report_progress(len(commits))
        if store.HEAD in files:
            heads[files[store.HEAD]] = None
        files_of[commit.id] = {
            name: blob for name, blob in files.items() if name not in (store.HEAD, store.ASKED)
        }
    steps: list[Step] = []
    with repo.Objects(opened.folder) as objects:
        versions = _Versions(opened, objects, mark, _scale(opened, objects, heads))
        for commit in reversed(commits):
            report_progress(len(commits))
            before = [files_of.get(parent, {}) for parent in commit.parents]
            if before or not shallow:
                steps += _steps_of(commit, files_of[commit.id], before, versions, ids)
    return _Walk(steps, len(versions.broken), len(versions.left_out))


def _scale(opened: Opened, objects: repo.Objects, heads: Iterable[bytes]) -> Scale:
    """What the plan's own words for statuses mean, those too that it used to have."""
    scale: dict[str, str] = {}
    for blob in heads:
        data = objects.get(blob)
        if data and b"scale" in data:
            scale = {**store.scale_of(data), **scale}
    return {**scale, **opened.plan.head.scale}


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
    removed = [parent - blobs for parent in parents]
    if not new and not any(removed):
        return
    if len(before) == 1:
        changed = versions.changed(before[0], now, ids)
        if changed is not None:
            for was, is_now in changed.values():
                if was != is_now:
                    yield Step(commit, was, is_now)
            return
        if versions.alike(new, removed[0]):
            return
    old_versions = [versions.milestones(blobs) for blobs in removed]
    before_by_id = old_versions[0] if old_versions else {}
    after_by_id = versions.milestones(new, before_by_id)
    # Where a file came or went, what still stands in another is no news: it was a copy.
    is_copied = before and len(new) != len(removed[0])
    elsewhere = versions.milestones(blobs - new) if is_copied else {}
    for id in {**before_by_id, **after_by_id}:
        if id in elsewhere or (ids is not None and id not in ids):
            continue
        old = [milestones.get(id) for milestones in old_versions] or [None]
        if old[0] is None and removed and versions.left_out & removed[0]:
            continue  # what was before is not known, so nothing is known to be new
        if not any(milestones == after_by_id.get(id) for milestones in old):
            yield Step(commit, old[0], after_by_id.get(id))


class _Versions:
    """Files as git holds them, each read once, and only where it must be."""

    def __init__(self, opened: Opened, objects: repo.Objects, mark: Mark, scale: Scale) -> None:
        self._opened, self._objects, self._mark, self._scale = opened, objects, mark, scale
        self._read: dict[bytes, Version] = {}
        self._marks: dict[bytes, Hashable | None] = {}
        self._latest: dict[str, tuple[bytes, bytes]] = {}
        """By file: the id and bytes of the version that was last asked for. The next commit mostly
        compares with it."""
        self.broken: set[bytes] = set()
        self.left_out: set[bytes] = set()

    def alike(self, some: set[bytes], others: set[bytes]) -> bool:
        """Whether these files surely say the same of what is asked, by their text alone."""
        marks = [sorted(map(self._mark_of, blobs), key=repr) for blobs in (some, others)]
        return marks[0] == marks[1] and None not in marks[0]

    def changed(self, before: Files, now: Files, ids: set[str] | None) -> Changed | None:
        """Each milestone that differs between the two, by the lines of the files alone; None where
        the lines do not tell."""
        changed: Changed = {}
        for name in {**before, **now}:
            if before.get(name) == now.get(name):
                continue
            pieces = self._pieces(name, before.get(name), now.get(name))
            if pieces is None:
                return None
            for id, piece in pieces.items():
                if (ids is not None and id not in ids) or self._is_unchanged(piece):
                    continue
                try:
                    earlier = read_milestone(piece.was, self._scale)
                    later = read_milestone(piece.now, self._scale)
                except ValueError:
                    return None
                # One that went to another file is gone from one and new in the other.
                was, is_now = changed.get(id, (None, None))
                changed[id] = (was or earlier, is_now or later)
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
        return differing_pieces(old, new)

    def _is_unchanged(self, piece: Piece) -> bool:
        mark = self._mark(piece.was)
        return mark is not None and mark == self._mark(piece.now)

    def milestones(
        self, blobs: Collection[bytes], before: dict[str, Milestone] | None = None
    ) -> dict[str, Milestone]:
        """The milestones of these files by id. What an error spoils is as it was `before`."""
        for blob in blobs:
            if blob not in self._read:
                self._read[blob] = self._read_blob(blob, before or {})
        by_id: dict[str, Milestone] = {}
        for blob in blobs:
            by_id |= self._read[blob].assumed
        # Last, since what was read in one file counts above what is assumed of another.
        for blob in blobs:
            by_id |= self._read[blob].read
        return by_id

    def _read_blob(self, blob: bytes, before: dict[str, Milestone]) -> Version:
        data = self._objects.get(blob)
        if data is None:
            (self.left_out if blob in self._objects.left_out else self.broken).add(blob)
            return Version(before, {})
        source = store.read_version(self._opened.where, blob.decode()[:7], data, self._scale)
        if source.faulty:
            self.broken.add(blob)
        assumed = {
            id: milestone
            for id, milestone in before.items()
            if any(gap.may_hold(id) for gap in source.gaps)
        }
        milestones = source.value.milestones if isinstance(source.value, Priority) else ()
        return Version(assumed, {m.id: m for m in milestones})

    def _mark_of(self, blob: bytes) -> Hashable | None:
        if blob not in self._marks:
            data = self._objects.get(blob)
            self._marks[blob] = None if data is None else self._mark(data)
        return self._marks[blob]


# --- what need not be read ----------------------------------------------------------------------


def _due_mark(data: bytes) -> Hashable | None:
    """The rest of the line after every id and due date, in order; None where a value may stand on
    the line below."""
    if re.search(rb"""(?:id|due)["']?[ \t]*:[ \t]*(?:#[^\n]*|[|>][^\n]*)?\r?\n""", data):
        return None
    # One pattern for both would be three times as slow: it would begin with no letter of its own.
    patterns = [rb"""%s["']?[ \t]*:[^\n]*""" % key for key in (b"id", b"due")]
    places = sorted((m.start(), m[0]) for pattern in patterns for m in re.finditer(pattern, data))
    return tuple([line for _, line in places])


def _milestone_mark(data: bytes, id: str) -> Hashable | None:
    """The text of a milestone, from its id to the next one; None where its text cannot be told from
    what is around it."""
    wanted = rb"""(?m)^[ ]*-[ ]+id[ ]*:[ ]*["']?%s["']?[ ]*(?:#.*)?\r?$""" % re.escape(id.encode())
    matches = list(re.finditer(wanted, data))
    if len(matches) != 1:
        return None if re.search(rb"\b%s\b" % re.escape(id.encode()), data) else b""
    end = re.compile(rb"(?m)^[ ]*-[ ]+id[ ]*:").search(data, matches[0].end())
    return data[matches[0].start() : end.start() if end else len(data)]
