"""The plan as it stood: at a git revision, on a day, or at a meeting of plan.yaml's."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..dates import day_shown
from ..errors import Mendable, Mistyped, Wrong, quoted
from ..git import repo
from ..naming import meetings
from ..typed_dates import read_typed
from ..words import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from ..model import Head, Meeting
    from ..store import Opened


UNSHALLOW = (
    "To fetch the rest, once:  git fetch --unshallow  (in a git host's check: fetch-depth: 0)"
)
WHEN = 'Give a revision such as HEAD, a day such as 2021-10-20, or a meeting such as "last board".'


class NoneThen(Mistyped):
    """There was no plan at the time asked for."""


class Time(NamedTuple):
    """A time that is past: a day, or a meeting on it."""

    day: date
    """The day on which to look at the plan."""
    known: date
    """The last day of what was known: of a meeting, the day before it."""
    said: str
    """20 October 2021."""
    held: str = ""
    """Of a meeting, that it was: the HSCP Executive Board met on 20 October 2021."""
    group: str = ""
    """Whose meeting it was."""
    beside: str = ""
    """What else may have been meant: the last meeting of another board."""

    @property
    def stood(self) -> str:
        """To go on from "as it stood": on 20 October 2021."""
        return f"when {self.held}" if self.held else f"on {self.said}"


class Then(NamedTuple):
    """A plan as it stood: its files as a commit has them, and the day on which to look at it."""

    opened: Opened
    commit: repo.Commit
    day: date
    said: str
    """What was asked for, in words: main, 20 October 2021, the last commit."""
    time: Time | None = None
    """The time that was asked for; None for a revision."""

    @property
    def stood(self) -> str:
        """When that was, to go on from "as it stood": on 20 October 2021, at main."""
        return self.time.stood if self.time else f"at {self.said}"

    @property
    def until(self) -> date:
        """The last day of which what is dated counts."""
        return self.time.known if self.time else self.day

    @property
    def known(self) -> str:
        """Which commit it is, for whoever wants to look at it: 3f2a91c of 14 December 2021."""
        return f"{self.commit.short} of {day_shown(self.commit.kept)}"

    @property
    def unread(self) -> str:
        """What its errors keep from being shown, as a sentence; empty where it has none."""
        left = self.opened.left_out
        return f" Left out for errors of that version: {listed(left)}." if left else ""


def plan_then(
    opened: Opened, when: str, today: date, *, board: str | None = None, alone: bool = False
) -> Then:
    """The plan as it stood at a time, the last meeting of `board` where any board is named;
    `alone` where it is compared with nothing. Raises Mistyped for what names none, and where
    nothing can tell: no git, no commit yet, a shallow clone, a day before the first commit."""
    moment = moment_meant(opened.plan.head, when, today, board)
    if isinstance(moment, Time):
        return plan_at(opened, moment, alone=alone)
    return plan_at_revision(opened, moment, today)


def moment_meant(head: Head, when: str, today: date, board: str | None = None) -> Time | str:
    """The time that is meant, as `time_meant`; else these words, which may name a revision. Raises
    Mistyped for what can name neither."""
    words = " ".join(when.split())
    _may_name(words)
    return time_meant(head, words, today, board) or words


def plan_at_revision(opened: Opened, words: str, today: date) -> Then:
    """The plan at the git revision that these words name. Raises Mistyped where they name none."""
    revision = repo.commit_named(opened.folder, words)
    if revision is None:
        raise _nothing_named(opened.folder, words, today)
    commit = repo.commits(opened.folder, revision, "--max-count=1")[0]
    # Nobody reads forty letters.
    return _read(opened, commit, commit.kept, commit.short if revision.startswith(words) else words)


def plan_at(opened: Opened, time: Time, *, alone: bool = False) -> Then:
    """The plan as git had it at a time: at the end of a day, or before a meeting's own. Raises
    Mistyped where nothing can tell."""
    return looking_back(opened)(time, alone)


def looking_back(opened: Opened) -> Callable[[Time, bool], Then]:
    """`plan_at` for several times, with git's history read once. Raises Mistyped where there is
    none."""
    history = _history(opened.folder, "--first-parent")

    def then(time: Time, alone: bool) -> Then:
        commit = _on(history, opened.folder, time, alone)
        return _read(opened, commit, time.day, time.said, time)

    return then


def saved_by(opened: Opened, day: date) -> Then | None:
    """The plan as git had it at the end of a day, or as it first had it where that was later. None
    where nothing was saved after that day, and where no git can tell."""
    try:
        history = repo.commits(opened.folder, "HEAD", "--first-parent")
        if not history or history[0].kept <= day:
            return None
        commit = next((commit for commit in history if commit.kept <= day), history[-1])
        return _read(opened, commit, day, day_shown(day))
    except Mendable:
        return None


def time_meant(head: Head, words: str, today: date, board: str | None = None) -> Time | None:
    """The time that is meant: a meeting, "last board" being the last of `board`; or a day. None
    for a revision."""
    meeting = meetings.find_meeting(head, words, today, board)
    if meeting is None:
        day = _day(words, today)
        return Time(day, day, day_shown(day)) if day else None
    others = (
        meetings.other_boards_last(head, meeting, today) if meetings.names_any_board(words) else []
    )
    return at_meeting(head, meeting)._replace(beside=_beside(head, words, meeting, others))


def at_meeting(head: Head, meeting: Meeting) -> Time:
    """The time of a meeting: what was decided there is not what it was shown."""
    day = meeting.date.first
    held, group = meetings.meeting_clause(head, meeting), head.whole(meeting.group)
    return Time(day, meetings.last_day_shown(day), meeting.date.shown, held, group)


def _beside(head: Head, words: str, taken: Meeting, others: list[Meeting]) -> str:
    if not others:
        return ""
    chosen = f"{quoted(words)} is here when {meetings.meeting_clause(head, taken)}"
    also = listed(meetings.meeting_clause(head, other) for other in others)
    such = " or ".join(quoted(head.whole(other.group)) for other in others)
    return f"{chosen}. {sentence(also)}: for that, {such}."


def last_commit(opened: Opened) -> Then:
    """The plan as the last commit has it. Raises Mistyped where there is none."""
    commit = _history(opened.folder, "--max-count=1")[0]
    return _read(opened, commit, commit.kept, "the last commit")


def commit_before(opened: Opened, later: Then) -> Then:
    """The plan as the commit before another has it. Raises Mistyped where there is none."""
    own = later.commit
    earlier = repo.commits(opened.folder, own.id, "--max-count=2", "--first-parent")[1:]
    if not earlier:
        if repo.shallow(opened.folder):
            what = "this clone of the repository is shallow: it does not reach back before"
            raise Mistyped(f"{what} {day_shown(own.kept)}", UNSHALLOW)
        raise Mistyped(
            f"commit {later.known} is the first, so there is nothing before it to compare with",
            "Give a later time after --rev.",
        )
    commit = earlier[0]
    return _read(opened, commit, commit.kept, f"the commit before {own.short}")


def in_order(opened: Opened, before: Then, later: Then) -> bool:
    """Whether what is compared with is not the later of the two. Of two branches, neither is."""
    if before.commit.id == later.commit.id:
        return not before.time or before.day <= later.day
    new = repo.commits(opened.folder, later.commit.id, "--max-count=1", f"^{before.commit.id}")
    return bool(new) and not (before.time and later.time and before.day > later.day)


def revision(opened: Opened) -> str:
    """Which version of the plan this is, for the foot of a paper: the one that it was read from,
    else the last commit that touched it. Empty where git cannot tell."""
    read_from = next((source.revision for source in opened.sources if source.revision), "")
    if read_from:
        return f"revision {read_from}"
    try:
        saved = last_commit(opened)
        last = next(iter(repo.commits(opened.folder, "HEAD", "--max-count=1", here=True)), None)
    except Mendable:
        return ""
    commit = last or saved.commit
    now = {source.name: source.data for source in opened.sources}
    same = now == {source.name: source.data for source in saved.opened.sources}
    changed = "" if same else ", with changes not saved"
    return f"revision {commit.short}, {day_shown(commit.kept)}{changed}"


def _may_name(words: str) -> None:
    if not words:
        raise Mistyped("nothing was given to say when", WHEN)
    if ".." in words:
        raise Mistyped(
            f"{quoted(words)} is two revisions",
            "Give one after --since and the other after --rev.",
        )
    if words.startswith("-"):
        raise Mistyped(f"{quoted(words)} is an option, and no time", WHEN)


def _day(words: str, today: date) -> date | None:
    """The last day of a date as typed; None where this is none. Raises Mistyped for one that is
    still to come."""
    try:
        moment = read_typed(words, today)
    except Wrong:
        return None
    if moment.ongoing:
        return None
    if moment.first > today:
        raise Mistyped(f"{moment.shown} is still to come", f"Today is {day_shown(today)}.")
    return min(moment.last, today)


def _history(folder: Path, *only: str) -> list[repo.Commit]:
    commits = repo.commits(folder, "HEAD", *only)
    if not commits:
        raise Mistyped(
            "nothing is in git yet, so there is nothing to compare with",
            "Make the first commit:  hscp save",
        )
    return commits


def _on(history: list[repo.Commit], folder: Path, time: Time, alone: bool) -> repo.Commit:
    """The last commit of what was known at a time, of those that the branch itself went through,
    which are its history."""
    last = next((commit for commit in history if commit.kept <= time.known), None)
    if last is not None:
        return last
    first = history[-1]
    if repo.shallow(folder):
        raise Mistyped(
            f"this clone of the repository is shallow: it reaches back to "
            f"{day_shown(first.kept)} only",
            UNSHALLOW,
        )
    when = f"before {time.held}" if time.held else f"on {time.said}"
    raise Mistyped(
        f"nothing was in git {when}: the first commit is of {day_shown(first.kept)}",
        f"Give a later day; or  --as-at {time.known}  takes the log's word for that day."
        if alone
        else f"Give a later day; or that first commit, {first.short}, the earliest that git has.",
    )


def _read(
    opened: Opened,
    commit: repo.Commit,
    day: date,
    said: str,
    time: Time | None = None,
) -> Then:
    files = repo.files_at(opened.folder, commit.id, [source.name for source in opened.sources])
    if store.HEAD not in files:
        raise NoneThen(
            f"commit {commit.short} of {day_shown(commit.kept)} holds no plan",
            "Give a later time.",
        )
    then = store.open_at(opened, files, commit.short)
    return Then(then, commit, day, said, time)


def _nothing_named(folder: Path, words: str, today: date) -> Mistyped:
    if words[0].isdigit() and not words.isalnum():
        try:
            read_typed(words, today)
        except Wrong as wrong:
            return Mistyped(wrong.what, wrong.next)
    what = f"{quoted(words)} is no revision, day or meeting here"
    if repo.shallow(folder):
        return Mistyped(f"{what}, and this clone is shallow", UNSHALLOW)
    last = _history(folder, "--max-count=1")[0]
    such = repo.branch(folder) or last.short
    return Mistyped(
        what,
        f"Give a revision such as {such}, a day such as {last.kept}, or a meeting such as "
        '"last board".',
    )
