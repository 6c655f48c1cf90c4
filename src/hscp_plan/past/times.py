"""The plan as it stood at a git revision, on a day, or at one of plan.yaml's meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .. import several, store
from ..dates import NoDate, day_shown
from ..errors import Mendable, Mistyped, Wrong, quoted
from ..git import repo
from ..naming import meetings
from ..typed_dates import find_date, read_typed
from ..words import listed, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from ..model import Head, Meeting
    from ..store import Opened


UNSHALLOW = (
    "To fetch the rest, once:  git fetch --unshallow  (in a git host's check: fetch-depth: 0)"
)
WHEN = 'Give a revision such as HEAD, a day such as 2021-10-20, or a meeting such as "last board".'


class NoPlanThen(Mistyped):
    """The commit that was asked for holds no plan."""


class Time(NamedTuple):
    """A time that is past: a day, or a meeting on it."""

    day: date
    """The day on which to look at the plan."""
    known: date
    """The last day of what was known: of a meeting, the day before it."""
    text: str
    """20 October 2021."""
    meeting_clause: str = ""
    """That a meeting was held: the HSCP Executive Board met on 20 October 2021. Empty for a day."""
    group: str = ""
    """The group that met."""
    other_meetings_note: str = ""
    """What else may have been meant: the last meeting of another board."""

    @property
    def phrase(self) -> str:
        """The time as it goes on from "as it stood": on 20 October 2021."""
        return f"when {self.meeting_clause}" if self.meeting_clause else f"on {self.text}"


class PastPlan(NamedTuple):
    """A plan as it stood: its files as a commit has them, and the day on which to look at it."""

    opened: Opened
    commit: repo.Commit
    day: date
    text: str
    """The moment that was asked for, in words: main, 20 October 2021, the last commit."""
    time: Time | None = None
    """The time that was asked for; None for a revision."""
    beside: tuple[PastPlan, ...] = ()
    """Of several plans together, how the others stood: they may be in other repositories."""
    absent: tuple[str, ...] = ()
    """The ids of those of them that were not there yet."""

    @property
    def phrase(self) -> str:
        """The moment as it goes on from "as it stood": on 20 October 2021, at main."""
        return self.time.phrase if self.time else f"at {self.text}"

    @property
    def until(self) -> date:
        """The last day whose entries count."""
        return self.time.known if self.time else self.day

    @property
    def commit_label(self) -> str:
        """The commit, for whoever wants to look at it: 3f2a91c of 14 December 2021."""
        commits = dict.fromkeys(then.commit for then in (self, *self.beside))
        label = listed(f"{commit.short} of {day_shown(commit.commit_day)}" for commit in commits)
        return f"{label}, without the plan {listed(self.absent)}" if self.absent else label

    @property
    def left_out_note(self) -> str:
        """What its errors keep from being shown, as a sentence; empty where it has none."""
        left_out = self.opened.left_out
        return f" Left out for errors of that version: {listed(left_out)}." if left_out else ""


def plan_at_moment(
    opened: Opened, when: str, today: date, *, board: str | None = None, alone: bool = False
) -> PastPlan:
    """The plan as it stood at a moment; "last board" is the last meeting of `board`. `alone` where
    it is compared with nothing. Raises Mistyped for what names no moment, and where nothing can
    tell: no git, no commit yet, a shallow clone, a day before the first commit."""
    moment = find_moment(opened.plan.head, when, today, board)
    if isinstance(moment, Time):
        return plan_at(opened, moment, alone=alone)
    return plan_at_revision(opened, moment, today)


def find_moment(head: Head, when: str, today: date, board: str | None = None) -> Time | str:
    """The time that these words name, as `find_time`; else the words, which may name a revision.
    Raises Mistyped for what can name neither."""
    words = " ".join(when.split())
    _check_words(words)
    return find_time(head, words, today, board) or words


def plan_at_revision(opened: Opened, words: str, today: date) -> PastPlan:
    """The plan at the git revision that these words name. Raises Mistyped where they name none."""
    if opened.of:
        _refuse_repositories(opened)
        return _together(opened.of, lambda each: plan_at_revision(each, words, today))
    revision = repo.resolve_revision(opened.folder, words)
    if revision is None:
        raise _no_such_moment(opened, words, today)
    commit = repo.commits(opened.folder, revision, "--max-count=1")[0]
    # Nobody reads forty letters.
    text = commit.short if revision.startswith(words) else words
    return _read_commit(opened, commit, commit.commit_day, text)


def plan_at(opened: Opened, time: Time, *, alone: bool = False) -> PastPlan:
    """The plan as git had it at a time: at the end of a day, or before a meeting's own. Raises
    Mistyped where nothing can tell."""
    return past_plan_reader(opened)(time, alone)


def past_plan_reader(opened: Opened) -> Callable[[Time, bool], PastPlan]:
    """`plan_at` for several times: it reads git's history once. Raises Mistyped where there is no
    history."""
    if opened.of:
        readers = {each.plan.head.id: past_plan_reader(each) for each in opened.of}
        return lambda time, alone: _together(
            opened.of, lambda each: readers[each.plan.head.id](time, alone)
        )
    history = _history(opened.folder, "--first-parent")

    def read_at(time: Time, alone: bool) -> PastPlan:
        commit = _commit_at(history, opened.folder, time, alone)
        return _read_commit(opened, commit, time.day, time.text, time)

    return read_at


def plan_saved_by(opened: Opened, day: date) -> PastPlan | None:
    """The plan as git had it at the end of a day, or as it first had it where that was later. None
    where nothing was saved after that day, and where no git can tell."""
    if opened.of:
        return _saved_by(opened.of, day)
    try:
        history = repo.commits(opened.folder, "HEAD", "--first-parent")
        if not history or history[0].commit_day <= day:
            return None
        commit = next((commit for commit in history if commit.commit_day <= day), history[-1])
        return _read_commit(opened, commit, day, day_shown(day))
    except Mendable:
        return None


def _together(plans: Sequence[Opened], read: Callable[[Opened], PastPlan]) -> PastPlan:
    """Several plans as they stood, as one, without those that were not there yet. Raises NoPlanThen
    where none was, and what `read` does."""
    then: list[PastPlan] = []
    absent: list[str] = []
    for opened in plans:
        try:
            past = read(opened)
        except NoPlanThen:
            if len(absent) + 1 == len(plans):
                raise
            absent.append(opened.plan.head.id)
        else:
            then.append(past._replace(opened=_under_its_id(past.opened, opened)))
    first, *others = then
    opened = several.together([past.opened for past in then])
    return first._replace(opened=opened, beside=tuple(others), absent=tuple(absent))


def _under_its_id(was: Opened, now: Opened) -> Opened:
    """A plan as it stood, by the id that it has now."""
    return was._replace(plan=was.plan._replace(head=was.plan.head.replace(id=now.plan.head.id)))


def _saved_by(plans: Sequence[Opened], day: date) -> PastPlan | None:
    """`plan_saved_by` of several plans; those of which nothing was saved after that day as they
    are."""
    each = [plan_saved_by(plan, day) for plan in plans]
    saved = [then for then in each if then]
    if not saved:
        return None
    opened = [
        _under_its_id(then.opened, now) if then else now
        for then, now in zip(each, plans, strict=True)
    ]
    return saved[0]._replace(opened=several.together(opened), beside=tuple(saved[1:]))


def _refuse_repositories(opened: Opened) -> None:
    """Raises Mistyped where several plans are not in one repository, which a revision is of."""
    if len({store.repository(each.folder.resolve()) for each in opened.of}) > 1:
        what = "a revision is of one repository, and these plans are in several"
        raise Mistyped(what, "Give a day such as 2021-10-20, or one plan.")


def find_time(head: Head, words: str, today: date, board: str | None = None) -> Time | None:
    """The time that these words name: a meeting ("last board" is the last of `board`) or a day.
    None for a revision."""
    # A day first: "last Friday" is no meeting.
    if day := _day_of(words, today, head):
        return Time(day, day, day_shown(day))
    try:
        meeting = meetings.find_meeting(head, words, today, board)
    except Mistyped as unknown:
        raise _refused_date(head, words, today) or unknown from None
    if meeting is None:
        return None
    others: list[Meeting] = []
    if meetings.names_any_board(words):
        others = meetings.other_boards_last(head, meeting, today)
    note = _other_meetings_note(head, words, meeting, others)
    return time_of_meeting(head, meeting)._replace(other_meetings_note=note)


def time_of_meeting(head: Head, meeting: Meeting) -> Time:
    """The time of a meeting, known by the day before: the meeting was not shown what it decided."""
    day = meeting.date.first
    clause, group = meetings.meeting_clause(head, meeting), head.whole(meeting.group)
    return Time(day, meetings.last_day_shown(day), meeting.date.shown, clause, group)


def _other_meetings_note(head: Head, words: str, meeting: Meeting, others: list[Meeting]) -> str:
    if not others:
        return ""
    choice = f"{quoted(words)} is here when {meetings.meeting_clause(head, meeting)}"
    alternatives = listed(meetings.meeting_clause(head, other) for other in others)
    names = " or ".join(quoted(head.whole(other.group)) for other in others)
    return f"{choice}. {sentence(alternatives)}: for that, {names}."


def last_commit(opened: Opened) -> PastPlan:
    """The plan as the last commit has it. Raises Mistyped where there is none."""
    commit = _history(opened.folder, "--max-count=1")[0]
    return _read_commit(opened, commit, commit.commit_day, "the last commit")


def commit_before(opened: Opened, later: PastPlan) -> PastPlan:
    """The plan as the commit before another has it. Raises Mistyped where there is none."""
    commit = later.commit
    earlier_commits = repo.commits(opened.folder, commit.id, "--max-count=2", "--first-parent")[1:]
    if not earlier_commits:
        if repo.shallow(opened.folder):
            message = "this clone of the repository is shallow: it does not reach back before"
            raise Mistyped(f"{message} {day_shown(commit.commit_day)}", UNSHALLOW)
        message = (
            f"commit {later.commit_label} is the first, so there is nothing before it to compare"
        )
        raise Mistyped(f"{message} with", "Give a later time after --rev.")
    before = earlier_commits[0]
    text = f"the commit before {commit.short}"
    return _read_commit(opened, before, before.commit_day, text)


def in_order(opened: Opened, before: PastPlan, later: PastPlan) -> bool:
    """Whether `before` is not the later of the two. Of two branches neither is."""
    if before.commit.id == later.commit.id:
        return not before.time or before.day <= later.day
    new = repo.commits(opened.folder, later.commit.id, "--max-count=1", f"^{before.commit.id}")
    return bool(new) and not (before.time and later.time and before.day > later.day)


def revision(opened: Opened) -> str:
    """The version of the plan, for the foot of a paper: the revision it was read from, else the
    last commit that touched it. Empty where git cannot tell."""
    if opened.of:
        return "; ".join(dict.fromkeys(filter(None, map(revision, opened.of))))
    read_from = next((source.revision for source in opened.sources if source.revision), "")
    if read_from:
        return f"revision {read_from}"
    try:
        last_plan = last_commit(opened)
        touching = repo.commits(opened.folder, "HEAD", "--max-count=1", here=True)
    except Mendable:
        return ""
    commit = touching[0] if touching else last_plan.commit
    # A paper that tells who was asked has opened asked.yaml too.
    both = (store.with_asked(each).sources for each in (opened, last_plan.opened))
    now, saved = ({source.name: source.data for source in sources} for sources in both)
    changes_note = "" if now == saved else ", with changes not saved"
    return f"revision {commit.short}, {day_shown(commit.commit_day)}{changes_note}"


def _check_words(words: str) -> None:
    if not words:
        raise Mistyped("nothing was given to say when", WHEN)
    if ".." in words:
        raise Mistyped(
            f"{quoted(words)} is two revisions",
            "Give one after --since and the other after --rev.",
        )
    if words.startswith("-"):
        raise Mistyped(f"{quoted(words)} is an option, and no time", WHEN)


def _day_of(words: str, today: date, head: Head) -> date | None:
    """The last day of a date as typed; None where this is none. Raises Mistyped for one that is
    still to come."""
    moment = find_date(words, today, past=True, day_first=head.day_first)
    if moment is None or moment.ongoing:
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


def _commit_at(history: list[repo.Commit], folder: Path, time: Time, alone: bool) -> repo.Commit:
    """The last commit by what was known at a time, of the branch's own history."""
    known_commit = next((commit for commit in history if commit.commit_day <= time.known), None)
    if known_commit is not None:
        return known_commit
    first = history[-1]
    if repo.shallow(folder):
        raise Mistyped(
            f"this clone of the repository is shallow: it reaches back to "
            f"{day_shown(first.commit_day)} only",
            UNSHALLOW,
        )
    clause = f"before {time.meeting_clause}" if time.meeting_clause else f"on {time.text}"
    raise Mistyped(
        f"nothing was in git {clause}: the first commit is of {day_shown(first.commit_day)}",
        f"Give a later day; or  --as-at {time.known}  takes the log's word for that day."
        if alone
        else f"Give a later day; or that first commit, {first.short}, the earliest that git has.",
    )


def _read_commit(
    opened: Opened,
    commit: repo.Commit,
    day: date,
    text: str,
    time: Time | None = None,
) -> PastPlan:
    files = repo.files_at(opened.folder, commit.id, [source.name for source in opened.sources])
    if store.HEAD not in files:
        raise NoPlanThen(
            f"commit {commit.short} of {day_shown(commit.commit_day)} holds no plan",
            "Give a later time.",
        )
    past = store.open_at(opened, files, commit.short)
    return PastPlan(past, commit, day, text, time)


def _refused_date(head: Head, words: str, today: date) -> Mistyped | None:
    """Why what is like a date is refused; None for what is like none."""
    try:
        read_typed(words, today, past=True, day_first=head.day_first)
    except NoDate:
        return None
    except Wrong as wrong:
        return Mistyped(wrong.what, wrong.next)
    return None


def _no_such_moment(opened: Opened, words: str, today: date) -> Mistyped:
    folder = opened.folder
    if refused := _refused_date(opened.plan.head, words, today):
        return refused
    message = f"{quoted(words)} is no revision, day or meeting here"
    if repo.shallow(folder):
        return Mistyped(f"{message}, and this clone is shallow", UNSHALLOW)
    last = _history(folder, "--max-count=1")[0]
    example = repo.branch(folder) or last.short
    return Mistyped(
        message,
        f"Give a revision such as {example}, a day such as {last.commit_day}, or a meeting such as "
        '"last board".',
    )
