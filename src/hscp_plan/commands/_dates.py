"""Dates that a command is given to record: reads them, refuses those out of order, and asks about
those that look like a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..as_at import milestone_at
from ..dates import UNCONFIRMED, UNDATED, of_day
from ..errors import Mistyped, Wrong, quoted
from ..naming.slips import due_doubt, entry_doubt, start_doubt
from ..standing import ending
from ..typed_dates import means_unconfirmed, read_typed
from ..words import ENDED
from ._look import date_given, note
from ._typed import at_terminal, line

if TYPE_CHECKING:
    from datetime import date

    from ..dates import PlanDate
    from ..model import Head, Milestone
    from ..naming.slips import Doubt
    from ..standing import Standing
    from ..words import Status


def day_given(text: str | None, today: date, head: Head) -> PlanDate:
    """The day of what is recorded: the one given, else today. Raises Mistyped for a later one, for
    a month or a year, and for what is probably a slip."""
    day = date_given(text, today, "--date", head, past=True) if text else of_day(today)
    if day.first > today:
        raise Mistyped(f"{day.shown} is still to come", "A log says what happened: give that day.")
    if day.first != day.last:
        such = min(day.last, today)
        raise Mistyped(f"{day.shown} is no single day", f"Give the day it happened, as {such}.")
    if text:
        _make_sure(
            day, entry_doubt(day, today, head.period), "If it is right, write it in the file."
        )
    return day


def due_read(text: str, standing: Standing, day: date, status: Status | None = None) -> PlanDate:
    """The due date that a milestone is to move to on a day, with this new status if any. Raises
    Mistyped where it is none, the same, or where nothing is to be done then any more."""
    milestone = standing.milestone
    _refuse_ended(standing, milestone_at(milestone, day), status)
    to = _moved_from(milestone.due, text, standing)
    if to == milestone.due:
        raise Mistyped(f"{milestone.id} is already due {to.shown}", "Nothing was changed.")
    if to.ongoing:
        raise Mistyped(
            "a due date moves to a date", "Edit the file to make a milestone ongoing with a review."
        )
    return to


def refuse_moved_already(text: str, standing: Standing, day: PlanDate, note: str | None) -> None:
    """Refuse a move that the log has as its last one, of the same day and with the same note, so
    that a date such as +2m, sent twice, moves nothing twice. Raises AlreadyRecorded."""
    from ..editing.change import AlreadyRecorded

    milestone = standing.milestone
    last = next((entry for entry in reversed(milestone.progress) if entry.moved), None)
    if last is None or last.moved is None or (last.date, last.note) != (day, note):
        return
    if _moved_from(last.moved.from_, text, standing) == last.moved.to == milestone.due:
        raise AlreadyRecorded(f"{milestone.id}'s log has this entry already, of {day.shown}")


def _moved_from(due: PlanDate, text: str, standing: Standing) -> PlanDate:
    """The date that this one is to move to. Raises Mistyped where it is none."""
    head = standing.plan.head
    if means_unconfirmed(text):
        raise Mistyped("a due date moves to a date", "Give the month that is now expected.")
    try:
        return _meeting_day(text, standing.day, head) or read_typed(
            text, standing.day, due, day_first=head.day_first
        )
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from wrong


def _refuse_ended(standing: Standing, then: Milestone, status: Status | None) -> None:
    """Refuse a new date for a milestone that was complete or closed as it stood `then`, and that no
    new status opens again. Raises Mistyped."""
    if then.status not in ENDED or (status and status not in ENDED):
        return
    head, entry = standing.plan.head, ending(then, standing.plan).entry
    since = f" since {entry.date.shown}" if entry else ""
    line = f'hscp progress {then.id} "…" --status STATUS --due DATE'
    raise Mistyped(
        f"{then.id} is {head.word_for(then.status)}{since}, so it has no due date to move",
        f"Is it to be done after all? Open it again:  {line}",
    )


def due_given(
    text: str, standing: Standing, day: PlanDate, status: Status | None = None
) -> PlanDate:
    """The due date to move to, on a day, with this new status if any. Raises Mistyped where it is
    none, the same, over before the milestone starts, probably a slip, or where nothing is to be
    done any more."""
    milestone, head = standing.milestone, standing.plan.head
    to = due_read(text, standing, day.last, status)
    doubt = due_doubt(to, day.last, head.period, milestone.start, milestone.due)
    if doubt and text.strip().startswith("+"):
        doubt = doubt._replace(likely=None)
    mend = f"Give a later date, or put its start right first:  hscp edit {milestone.id}"
    _in_order(milestone.id, milestone.start, to, f"{_suggestion(doubt)} {mend}".strip())
    right = f"If it is right, write it in the file:  hscp edit {milestone.id}"
    if to.last < day.last:
        right = "If it was agreed before that, give the day with --date."
    _make_sure(to, doubt, right)
    return to


def span_given(
    start: str | None, due: str | None, today: date, head: Head, *, waits: bool
) -> tuple[PlanDate | None, PlanDate]:
    """When a new milestone begins and is due; of one that waits for another that may still be to be
    confirmed. Raises Mistyped where either is none, it is due before it begins, or one of them is
    probably a slip."""
    begins = date_given(start, today, "--start", head) if start else None
    ends = UNDATED
    if due and waits and means_unconfirmed(due):
        ends = UNCONFIRMED
    elif due:
        ends = _meeting_day(due, today, head) or date_given(due, today, "--due", head)
    _in_order("the milestone", begins, ends, "Give an earlier --start or a later --due.")
    right = "If it is right, add it without the date, and write that in the file."
    if begins:
        _make_sure(begins, start_doubt(begins, head.period, ends), right)
    _make_sure(ends, due_doubt(ends, today, head.period, begins), right)
    return begins, ends


def _meeting_day(text: str, today: date, head: Head) -> PlanDate | None:
    """The day of the meeting to come that a date is typed as, which is said; None where it is typed
    as no meeting."""
    from ..naming.meetings import meeting_to_come

    meeting = meeting_to_come(head, text, today)
    if meeting is None:
        return None
    note(f"hscp takes {quoted(text)} for {head.whole(meeting.group)}, {meeting.date.shown}.")
    return meeting.date


def _make_sure(moment: PlanDate, doubt: Doubt | None, otherwise: str) -> None:
    """Ask, at a terminal, whether a doubtful date is meant. Raises Mistyped where it is not, and
    where nobody can be asked: with the one probably meant, and what to do `otherwise`."""
    if doubt is None:
        return
    doubtful, suggestion = f"{moment.shown} {doubt.why}", _suggestion(doubt)
    if at_terminal():
        questions = (f"{doubtful}.", suggestion, f"Record {moment.text}? [y/N] ")
        answer = line(" ".join(filter(None, questions)))
        if answer.lower() in ("y", "yes"):
            return
    raise Mistyped(doubtful, "\n".join(filter(None, (suggestion, otherwise))))


def _suggestion(doubt: Doubt | None) -> str:
    return f"Did you mean {doubt.likely.text}?" if doubt and doubt.likely else ""


def _in_order(what: str, start: PlanDate | None, due: PlanDate, next: str) -> None:
    """Refuse a due date that is over before the start. Raises Mistyped."""
    if start and start.first > due.last:
        text = f"{what} starts {_within(start)}, so it cannot be due {_within(due)}"
        raise Mistyped(text, next)


def _within(date: PlanDate) -> str:
    return f"{'on' if date.first == date.last else 'in'} {date.shown}"
