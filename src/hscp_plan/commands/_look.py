"""What reading commands share: they open the plan on a day, print a report, and say what of the
plan is broken."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from .. import store
from ..as_at import added_later
from ..as_at import as_at as plan_as_at
from ..cli.drawn import Pages
from ..cli.streams import reading_width, width
from ..cli.typography import as_typed
from ..dates import day_shown, year_in_range
from ..errors import Mendable, Mistyped, Wrong
from ..naming.filters import Filters
from ..words import safe, some
from ..writers.formats import FORMATS
from ._options import At, Only, Shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..dates import PlanDate
    from ..document import Document, Report
    from ..errors import Fault
    from ..model import Head, Plan
    from ..past.times import PastPlan
    from ..writers.formats import Format


class Look(NamedTuple):
    """A plan as it stood on a day, narrowed to what was asked for."""

    opened: store.Opened
    plan: Plan
    day: date
    only: str

    def say(
        self,
        report: Report,
        shown: Shown,
        columns: Sequence[str] | None = None,
        status: int = 0,
        untold: str = "",
    ) -> int:
        """Print the report; the exit status: 1 where the plan has errors, else `status`. A CSV has
        no place for what cannot be told, so that is said beside it."""
        format = one_format(shown.json, shown.format)
        if format == "text":
            say_document(report.document(), shown.color, self.opened)
        else:
            self._write(report, FORMATS[format], columns, untold)
        return 1 if tell(self.opened) else status

    def _write(
        self, report: Report, format: Format, columns: Sequence[str] | None, untold: str
    ) -> None:
        from ..reports.records import columns as milestone_columns

        write(format.report(report, columns or milestone_columns(self.plan)))
        if untold and not format.says_untold:
            note(untold)

    @property
    def untold(self) -> str:
        """What the plan's errors keep from being told, as a sentence; empty where it has none."""
        if not self.opened.left_out:
            return ""

        return f"Left out, for errors in the plan: {some(self.opened.left_out)}."


ALL = Only()


def open_look(at: At, only: Only = ALL, *, asked: bool = False) -> Look:
    """Open the plan as it stood at the time asked for, take it back to the day, and narrow it;
    `asked` where it is to say who was asked too."""
    return narrow(open_plan_at(at, asked=asked), only)


def open_plans(where: list[str] | None) -> store.Opened:
    """Open the plan; of several folders, their plans together."""
    if where and len(where) > 1:
        from .. import several

        return several.open_plans(where)
    return store.open_plan(store.find(where[0] if where else None))


def open_one(where: list[str] | None, command: str) -> store.Opened:
    """Open the plan, for a command that is of one. Raises Mendable where several are named."""
    if where and len(where) > 1:
        from ._several import refuse_several

        raise refuse_several(where, command)
    return open_plans(where)


def open_of(where: list[str] | None, id: str) -> store.Opened:
    """Open the plan; of several, the one that an id is of. Raises Mistyped where it is of none, or
    of more than one."""
    if where and len(where) > 1:
        from ._several import plan_of

        return plan_of(where, id)
    return open_plans(where)


def open_look_of(at: At, id: str) -> Look:
    """Open the plan as `open_look`; of several, the one that an id is of. Raises Mistyped as
    `open_of`."""
    if at.where and len(at.where) > 1:
        at = at._replace(where=[open_of(at.where, id).where])
    return open_look(at)


class OpenedAt(NamedTuple):
    """The plan as it stood at the time asked for."""

    opened: store.Opened
    day: date
    """The day that is taken as today."""
    until: date
    """The last day of what counts of the logs."""


def open_plan_at(at: At, *, asked: bool = False) -> OpenedAt:
    """Open the plan as it stood at the time asked for; `asked` with who was asked."""
    opened = open_plans(at.where)
    day = until = when(at.as_at, opened.plan.head)
    if at.rev is not None:
        then = plan_stood(opened, at.rev, day, alone=True)
        opened = then.opened
        day, until = (day, day) if at.as_at else (then.day, then.until)
        note(f"The plan as it stood {then.phrase}: commit {then.commit_label}.")
    elif at.as_at:
        hindsight(opened, day)
    if later := added_later(opened.plan, until):
        which = some([milestone.id for milestone in later])
        note(f"Not counted, since added later than {day_shown(until)}: {which}.")
    return OpenedAt(with_asked(opened) if asked else opened, day, until)


def with_asked(opened: store.Opened) -> store.Opened:
    """A plan, or several together, with who was asked."""
    if opened.of:
        from .. import several

        return several.with_asked(opened)
    return store.with_asked(opened)


def narrow(plan_at: OpenedAt, only: Only) -> Look:
    """A plan taken back to a day, and narrowed to what was asked for."""
    opened, day, until = plan_at
    filters = Filters(*(tuple(words or ()) for words in only))
    if filters.priority and opened.faults:
        from ..naming.ids import refuse_unread

        for id in filters.priority:
            refuse_unread(opened.plan, id, opened.sources)
    plan = filters.narrow(plan_as_at(opened.plan, until), day)
    return Look(opened, plan, day, filters.text)


def plan_stood(
    opened: store.Opened, when: str, today: date, *, board: str | None = None, alone: bool = False
) -> PastPlan:
    """The plan as it stood at a time; says which other meeting may have been meant. Raises Mistyped
    as `plan_then` does."""
    from ..past.times import plan_at_moment

    then = plan_at_moment(opened, when, today, board=board, alone=alone)
    if then.time and then.time.other_meetings_note:
        note(then.time.other_meetings_note)
    return then


def hindsight(opened: store.Opened, day: date) -> None:
    """Say what the plan tells of a day that is past and did not hold then, where git can tell."""
    plans = opened.of or (opened,)
    if day >= store.today() or not any(store.in_repository(each.where) for each in plans):
        return
    from ..past.comparing import comparable
    from ..past.times import plan_saved_by

    then = plan_saved_by(opened, day)
    if then is None:
        return
    from ..reports.hindsight import hindsight

    both = comparable(then.opened, opened)
    was, now = (plan_as_at(plan, day) for plan in (both.before, both.after))
    if later := hindsight(both.changes(was, now), now.head):
        has_commit = then.commit.commit_day <= day
        such = f" As git had it then:  hscp status --rev {day}" if has_commit else ""
        note(f"This is today's account of {day_shown(day)}. {later}{such}")


def open_to_publish(at: At, only: Only = ALL, *, asked: bool = False) -> Look:
    """Open a plan to publish it, as `open_look` but without its counts of under five. Raises
    Mendable where it has errors, which are said first (what is given to others and lacks a part
    without a word would be untrue), and where it holds what could identify a child."""
    from ..publishing.door import Door

    plan_at = open_plan_at(at, asked=asked)
    if tell(plan_at.opened):
        raise Mendable(
            "the plan has errors, so nothing was published: what they spoil would be missing",
            "Mend the errors, and try again.",
        )
    door = Door(plan_at.opened)
    refuse_private(door.file_faults())
    return narrow(plan_at._replace(opened=door.published_plan(plan_at.day)), only)


def refuse_private(private: list[Fault]) -> None:
    """Refuse to publish where anything could identify a child, which is said first. Raises
    Mendable."""
    if private:
        from ..writers.faults import list_faults

        sys.stdout.flush()
        sys.stderr.write(list_faults(private, most=5) + "\n")
        raise Mendable(
            "this could identify a child or an adult at risk, so nothing was published",
            "Take it out, and try again.",
        )


def when(as_at: str | None, head: Head | None = None) -> date:
    """The day meant by --as-at, else by HSCP_AS_AT: the last one of a month or year. Today where
    neither is given. `head` is the plan's, which may say how its dates are typed."""
    today = store.today()
    if as_at:
        return _last_day(as_at, today, "--as-at", head)
    around = os.environ.get("HSCP_AS_AT")
    if not around:
        return today
    try:
        return _last_day(around, today, "it", head)
    except Mistyped as wrong:
        raise Mistyped(f"HSCP_AS_AT is set: {wrong.what}", wrong.next) from wrong


def _last_day(text: str, today: date, option: str, head: Head | None) -> date:
    """The last day of a date that is typed. Raises Mistyped where no plan could have that day."""
    day = date_given(text, today, option, head, past=True).last
    try:
        year_in_range(text, day.year)
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from wrong
    return day


def note(text: str) -> None:
    """Say something beside the answer, on standard error."""
    from ..writers.lines import wrap

    sys.stderr.write("\n".join(wrap(safe(text), reading_width())) + "\n")


F = TypeVar("F", bound=str)


def one_format(json: bool, format: F) -> F | Literal["json"]:
    """The format that was asked for. Raises Mistyped where --json and --format ask for two."""
    if json and format not in ("text", "json"):
        raise Mistyped(f"--json and --format {format} are two formats", "Give one of them.")
    return "json" if json else format


def note_to_watcher(text: str) -> None:
    """Say what takes long to whoever watches: nothing where standard error is no terminal."""
    if sys.stderr.isatty():
        note(text)


def date_given(
    text: str, today: date, option: str, head: Head | None, *, past: bool = False
) -> PlanDate:
    """A date typed after an option: without a year the next one or, where it tells of the `past`,
    the last. Raises Mistyped where it is none."""
    from ..typed_dates import read_typed

    try:
        moment = read_typed(text, today, past=past, day_first=bool(head and head.day_first))
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from wrong
    if moment.ongoing:
        raise Mistyped(
            f"{option} takes a date, and ongoing is none",
            "Leave it out, and put it into the file: due: ongoing  with a review: date."
            if option == "--due"
            else "Write 2022-04-30 or 2022-04.",
        )
    return moment


def plan_option(opened: store.Opened) -> str:
    """The option that names a plan's folder, where it is not found without: empty where it is, and
    for several plans."""
    if opened.of:
        return ""
    named, folder = os.environ.get("HSCP_PLAN"), os.path.realpath(opened.where)
    try:
        if os.path.realpath(store.find(named or None)) == folder:
            return ""
    except Mistyped:
        pass
    return as_typed(["--plan", store.display_path(opened.folder)])


def say_document(
    document: Document,
    color: Literal["auto", "always", "never"],
    opened: store.Opened | None = None,
) -> None:
    """Print a document for a person: in colour where somebody looks, as plain lines in a pipe. The
    lines to type that it holds are for the plan that is `opened`."""
    if isinstance(sys.stdout, Pages):
        sys.stdout.documents.append(document)
        return
    if opened and (option := plan_option(opened)):
        from ..reports.hints import of_plan

        document = of_plan(document, option)
    if color == "always" or (color == "auto" and shows_colour()):
        from ..writers import terminal

        terminal.show(document, width(), color)
    else:
        from ..writers import text

        write(text.draw(document, width()))


def refusal_of(opened: store.Opened, refusal: Mistyped) -> Mistyped:
    """The same refusal; what it says to type is for the plan that is `opened`, on lines of their
    own where that is longer so."""
    if isinstance(sys.stdout, Pages) or not (option := plan_option(opened)):
        return refusal
    from ..reports.hints import line_of_plan

    lines = (line_of_plan(line, option) for line in refusal.next.split("\n"))
    return Mistyped(refusal.what, "\n".join(lines).replace(":  hscp ", ":\n  hscp "))


def shows_colour() -> bool:
    """Whether standard output is a terminal that shows colour, and its owner wants any."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def write(text: str) -> None:
    """Write a text on standard output whole, its line ends as they are."""
    sys.stdout.write(text)


def tell(opened: store.Opened) -> bool:
    """Say on standard error what could not be read of the plan; whether that is an error."""
    errors = [fault for fault in opened.faults if fault.severity == "error"]
    if not errors:
        return False
    if isinstance(sys.stdout, Pages):  # each of its pages says what is not on it
        return True
    from ..checks.faults import redact_faults
    from ..words import some
    from ..writers.faults import list_faults

    sys.stdout.flush()
    sys.stderr.write("\n" + list_faults(redact_faults(opened, errors), most=5))
    if left := opened.left_out:
        sys.stderr.write(f"\nLeft out of what is shown: {some(left)}.\n")
    sys.stderr.write("hscp check shows every fault, and what to do about it.\n")
    return True
