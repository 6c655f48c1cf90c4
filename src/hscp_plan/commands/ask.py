"""`hscp ask`: a form for each lead, in Word or Excel, or as a draft of an e-mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..cli.options import Argument, Option
from ..errors import Mistyped
from ._complete import groups, leads
from ._lengths import end_of_length, months_given
from ._look import Look, date_given, open_to_publish
from ._options import AsAt, At, DryRun, Force, OfPriority, Only, Output, PlanDir

if TYPE_CHECKING:
    from ..dates import PlanDate


def run(
    who: Annotated[
        list[str] | None,
        Argument(metavar="WHO", help="A lead or group, by any name.", offers=leads),
    ] = None,
    every: Annotated[bool, Option("--all", help="Ask every lead.")] = False,
    still_open: Annotated[bool, Option("--open", help="About all that is open.")] = False,
    due_within: Annotated[
        str | None, Option(metavar="TIME", help='About what is due within a time: 90d, "3 months".')
    ] = None,
    silent: Annotated[
        str | None, Option(metavar="N", help="About what has had no news for so many months.")
    ] = None,
    priority: OfPriority = None,
    meeting: Annotated[
        str | None, Option("--for", metavar="MEETING", help='The meeting it is for: "next board".')
    ] = None,
    reply_by: Annotated[
        str | None, Option(metavar="DATE", help="The day by which to answer.")
    ] = None,
    sender: Annotated[
        str | None,
        Option("--from", metavar="WHO", offers=groups,
               help="Who asks; otherwise HSCP_BY, else the plan's keeper."),
    ] = None,
    xlsx: Annotated[bool, Option("--xlsx", help="As an Excel workbook.")] = False,
    mail: Annotated[
        str | None, Option(metavar="FOLDER", help="As e-mail drafts, each with its form.")
    ] = None,
    output: Output = None,
    force: Force = False,
    dry_run: DryRun = False,
    where: PlanDir = None,
    as_at: AsAt = None,
) -> int:  # fmt: skip
    """Write a form for a lead to fill in, in Word.

    It asks about what is overdue, due within 60 days, begun and without news for 3 months, or
    without a date; a filter says otherwise. A group and its chair who share their milestones get
    one form.

    \b
    hscp ask "Chair of SE Sub-Group" --for "next board" --reply-by "7 January"
    hscp ask --all --mail drafts            an e-mail draft for each lead
    hscp ask "SE Sub-Group" --open --xlsx   about all that is open, in Excel
    """
    from ..asking.requests import Wanted
    from ..naming.meetings import coming_meeting
    from ._ask_forms import forms_for, write_forms
    from ._by import sender_given

    if every == bool(who):
        what = "WHO and --all are two answers to one question" if who else "whom to ask is not said"
        raise Mistyped(what, "Name a lead or a group, or write --all.")
    look = open_to_publish(At(where, as_at), Only(priority))
    head, day = look.plan.head, look.day
    due_by = end_of_length(due_within, day) if due_within else None
    wanted = Wanted(still_open, due_by, months_given(silent) if silent else None)
    forms = forms_for(
        look,
        who,
        wanted,
        meeting=coming_meeting(head, meeting, day) if meeting else "",
        reply_by=_reply_by(reply_by, look) if reply_by else None,
        sender=sender_given(sender, head, day) or "",
    )
    write_forms(look, forms, xlsx=xlsx, mail=mail, output=output, force=force, dry_run=dry_run)
    return 0


def _reply_by(text: str, look: Look) -> PlanDate:
    """The last day to answer. Raises Mistyped for one that is over."""
    day = date_given(text, look.day, "--reply-by", look.plan.head)
    if day.last < look.day:
        raise Mistyped(f"--reply-by: {day.shown} is over", "Give a day that is still to come.")
    return day
