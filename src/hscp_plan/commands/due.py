"""`hscp due`: open milestones, soonest first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

from ..cli.options import Option
from ..errors import Mendable, Mistyped
from ..typed_dates import means_end
from ._lengths import end_of_length
from ._look import date_given, note, open_look
from ._options import At, Only, Shown

if TYPE_CHECKING:
    from datetime import date

    from ..model import Head
    from ..reports.due import YearlyReport
    from ._look import Look


def run(
    before: Annotated[
        str | None, Option(metavar="DATE", help="Due before the first day of DATE.")
    ] = None,
    to: Annotated[str | None, Option(metavar="DATE", help="Due by the last day of DATE.")] = None,
    within: Annotated[
        str | None, Option(metavar="TIME", help='Due within a time from today: 90d, "3 months".')
    ] = None,
    *,
    at: At,
    only: Only,
    shown: Shown,
) -> int:
    """List open milestones, soonest first, overdue on top; what starts as well as what ends.

    \b
    hscp due --before 2022-04     due before 1 April 2022
    hscp due --to 2022-04         due by 30 April 2022
    hscp due --within 90d         due in the next 90 days
    """
    from ..reports.due import Due, title

    look = open_look(at, only)
    first, end = _bounds(before, to, within, look.day, look.plan.head)
    yearly = () if look.only else _yearly_reports(look, end)
    report = Due(look.plan, look.day, title(end, first), end, look.only, yearly)
    return look.say(report, shown)


def _yearly_reports(look: Look, end: date | None) -> tuple[YearlyReport, ...]:
    """The next yearly report of each plan that names a duty, where it is to be out by the end. Says
    what of a duty cannot be read."""
    reports = []
    for opened in look.opened.of or (look.opened,):
        if opened.plan.head.duty is None:
            continue
        from ..reports.due import next_yearly_report
        from ._duty import duty_of

        try:
            duty = duty_of(opened)
        except Mendable as error:
            note(f"When the yearly report is to be published is not known: {error.what}.")
            continue
        report = duty and next_yearly_report(duty, opened.plan.head.period, look.day)
        if report and (end is None or report.by <= end):
            reports.append(report)
    return tuple(dict.fromkeys(reports))  # several plans may be of one report


def _bounds(
    before: str | None, to: str | None, within: str | None, today: date, head: Head
) -> tuple[date | None, date | None]:
    """The day that --before named, where it was given, and the last day that counts. Before the end
    of April is to April."""
    if sum(option is not None for option in (before, to, within)) > 1:
        raise Mistyped("--before, --to and --within each say until when", "Give one of them.")
    if before is not None:
        moment = date_given(before, today, "--before", head)
        if means_end(before):
            return None, moment.last
        return moment.first, moment.first - timedelta(days=1)
    if to is not None:
        return None, date_given(to, today, "--to", head).last
    return None, None if within is None else end_of_length(within, today)
