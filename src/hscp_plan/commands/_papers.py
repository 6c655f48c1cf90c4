"""Makes the papers that were asked for: of which Board and since when, of which year, for whom."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from .. import store
from ..as_at import asked_at
from ..dates import day_shown, financial_text, read_text
from ..errors import Mistyped, Wrong
from ..words import listed
from ._draw import foot_of
from ._look import date_given, note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..document import Paper
    from ..naming.filters import Filters
    from ..past.times import Time
    from ..reports.board import Since
    from ._look import Look


class Request(NamedTuple):
    """What was asked of a paper beside the plan itself."""

    since: str | None
    group: str | None
    sender: str | None
    year: str | None
    duty: str | None
    leads: Sequence[str] | None
    groups: Sequence[str] | None
    only: Filters
    """What narrows the paper to a part of the plan."""
    register: str | None


def papers(name: str, look: Look, request: Request) -> list[Paper]:
    """The papers of this name: one, or a work plan for each lead."""
    if name == "board":
        return [_board(look, request)]
    foot = foot_of(look)
    if name == "actions":
        return [_actions(look, request, foot)]
    if name == "plan":
        from ..reports.published import Published

        return [Published(look.plan, look.day, foot, request.only.text).paper()]
    if name == "annual":
        from ..publishing.door import veiled
        from ..reports.annual import Annual
        from ._duty import duty_asked, duty_of

        asked = request.duty
        duty = duty_of(look.opened) if asked is None else duty_asked(asked)
        year = _year(request.year, look) if request.year else _usual_year(look)
        return [Annual(look.plan, look.day, year, foot, veiled(duty)).paper()]
    return _workplans(look, request, foot)


def _board(look: Look, request: Request) -> Paper:
    from ..naming.filters import agencies_called
    from ..naming.meetings import find_board, next_board
    from ..publishing.meeting import as_shown, moment_since
    from ..reports.board import Board

    head, filters = look.plan.head, request.only
    group = find_board(head, request.group) if request.group else next_board(head, look.day)
    meetings = (m for m in head.meetings if head.whole(m.group) == group)
    coming = tuple(
        sorted((m for m in meetings if m.date.last >= look.day), key=lambda m: m.date.last)
    )
    # On the day of a meeting that is past, what was decided there is not what it was shown.
    if coming and coming[0].date.first <= look.day < store.today():
        shown = as_shown(look.opened, look.plan, coming[0])
        note(shown.source)
        asked = asked_at(store.with_asked(shown.opened).plan, look.day)
        plan = filters.narrow(shown.plan._replace(asked=asked), look.day)
        look = look._replace(opened=shown.opened, plan=plan)
    since = _since(look, moment_since(look.plan.head, request.since, look.day, group))
    if since:
        since = since._replace(plan=filters.narrow_earlier(since.plan, since.day, look.plan))
    agencies, foot = agencies_called(look.plan, filters.agency), foot_of(look)
    return Board(
        look.plan, look.day, group, since, coming, request.sender, foot, filters.text, agencies
    ).paper()


def _actions(look: Look, request: Request, foot: str) -> Paper:
    from ..naming.ids import find_register
    from ..naming.meetings import next_board
    from ..past.times import Time
    from ..publishing.meeting import moment_since
    from ..reports.actions import Actions, Since

    plan = look.plan
    register = find_register(plan, request.register, look.opened.sources)
    files = {n: p for n, p in plan.files.items() if p.register and register in (None, p)}
    board = next_board(plan.head, look.day)
    moment = moment_since(plan.head, request.since, look.day, board)
    if isinstance(moment, str):
        what = f"--since {moment} is a revision, and what was done is told from the log"
        raise Mistyped(what, 'Give a day, or a meeting such as "last board".')
    since = None
    if isinstance(moment, Time):
        since = Since(moment.day, moment.text, moment.group)
    return Actions(plan.only(files), look.day, since, foot).paper()


def _since(look: Look, moment: Time | str | None) -> Since | None:
    """The plan that this one is compared with. Says which other meeting may have been meant, and
    why git cannot tell."""
    from ..past.times import Time
    from ..publishing.meeting import plan_since

    if moment is None:
        return None
    if isinstance(moment, Time) and moment.other_meetings_note:
        note(moment.other_meetings_note)
    since, why_by_log = plan_since(look.opened, look.plan, moment, look.day)
    if why_by_log:
        note(why_by_log)
    return since


def _year(words: str, look: Look) -> str:
    """The financial year that was asked for; a year alone is the one that begins in it, which is
    said. Raises Mistyped where it is none."""
    year = date_given(words, look.day, "--year", look.plan.head, past=True)
    if year.form == "year":
        text = financial_text(year.first.year)
        note(f"--year {year.text} is taken as {text}: {read_text(text).shown}.")
        return text
    if (year.first.month, year.first.day, year.last.month) != (4, 1, 3):
        such = financial_text(year.first.year)
        raise Mistyped("--year takes a financial year", f"Such as {such}, April to March.")
    return year.text


def _usual_year(look: Look) -> str:
    """The financial year that is meant where none is named: until the end of September the one that
    ended, as its report is written then. Says which that is."""
    begun = look.day.year if look.day.month >= 4 else look.day.year - 1
    now, before = financial_text(begun), financial_text(begun - 1)
    has_before = look.plan.head.period.start.first < date(begun, 4, 1)
    if has_before and 4 <= look.day.month <= 9:
        note(
            f"The year {before}, that ended on 31 March {begun}; "
            f"--year {now} for the one that has begun."
        )
        return _in_time(before)
    other = f"; --year {before} for the one before" if has_before else ""
    year = _in_time(now)
    note(f"The year {year}, as far as {day_shown(look.day)}{other}.")
    return year


def _in_time(year: str) -> str:
    """A financial year, as it is written. Raises Mistyped where it is earlier than any date of a
    plan."""
    try:
        return read_text(year).text
    except Wrong as wrong:
        raise Mistyped(wrong.what, "Take a later day with --as-at.") from wrong


def _workplans(look: Look, request: Request, foot: str) -> list[Paper]:
    """A work plan for each lead; or for the groups that are asked for, one."""
    from ..naming.groups import full_name
    from ..reports.leads import by_whole_names, each_lead
    from ..reports.papers import slug
    from ..reports.workplan import Workplan

    only = request.only.text
    if request.groups:
        who = listed(full_name(look.opened.plan.head, word) for word in request.groups)
        plan = by_whole_names(look.plan)
        return [Workplan(plan, look.day, who, foot, slug(who), only).paper()]
    papers = [
        Workplan(lead.plan, look.day, lead.who, foot, lead.slug, only).paper()
        for lead in each_lead(look.plan, look.opened.plan, look.day, request.leads or ())
    ]
    if not papers:
        raise Mistyped("nobody leads anything that is open", "Give --group, or name leads.")
    return papers
