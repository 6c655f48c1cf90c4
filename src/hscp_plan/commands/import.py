"""`hscp import`: a plan out of a Word, Excel, PDF, csv, Markdown or web document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from .. import store
from ..cli.options import Argument, Option
from ..cli.typography import as_typed
from ..errors import Mendable, Mistyped, Wrong, quoted
from ..words import listed
from ._look import note, say_document
from ._new_folder import free_folder
from ._options import Agreed, UnderDuty
from ._record import today_given
from ._typed import at_terminal, line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ..importing.asked import Asked
    from ..importing.columns import Role
    from ..importing.draft import Draft, Question
    from ..importing.when import How
    from ..readers.content import Content
    from ..words import Status

_ORDERS: dict[str, Literal["day first", "month first"]] = {
    "day-first": "day first",
    "month-first": "month first",
}
_SAVED = "the day the document was saved"
_NOT_SAVED = "today, as the document does not say when it was saved"
_SHOWN = 5
"""How many places of a kind are named."""


def run(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The document: .docx, .xlsx, .pdf, .csv, .md or .html."),
    ],
    output: Annotated[
        str | None,
        Option(
            "-o", "--output", metavar="DIR", help="The plan's folder, which is made; else plan."
        ),
    ] = None,
    into: Annotated[
        str | None,
        Option(
            metavar="DIR",
            help="A plan that is there: the next version of the document is taken into it.",
        ),
    ] = None,
    yes: Annotated[
        bool, Option("--yes", help="With --into: record what is sure without asking.")
    ] = False,
    agreed: Agreed = None,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Tell what would come of it, and write nothing.")
    ] = False,
    explain: Annotated[
        bool, Option("--explain", help="Say how each column was understood.")
    ] = False,
    columns: Annotated[
        list[str] | None,
        Option(
            "--map",
            metavar="COLUMN=KEY",
            help="What a column holds, such as 'By when=due', or a status is: '3=on track'.",
        ),
    ] = None,
    dates: Annotated[
        Literal["day-first", "month-first"] | None,
        Option("--dates", help="How the document writes 3/4/2022."),
    ] = None,
    year: Annotated[
        str | None,
        Option(
            metavar="YEAR",
            help="The year of dates without one: 2022, 2022/23, or none to keep them in words.",
        ),
    ] = None,
    title: Annotated[
        str | None, Option(metavar="TEXT", help="The plan's title, if not as the document says.")
    ] = None,
    partnership: Annotated[
        str | None, Option(metavar="NAME", help="Whose plan it is, if the document does not say.")
    ] = None,
    date: Annotated[
        str | None,
        Option(
            "--date",
            metavar="DATE",
            help="The day that what it says of progress is of, if not the one it was saved on.",
        ),
    ] = None,
    duty: UnderDuty = None,
    redact: Annotated[
        bool,
        Option(
            help="Leave out what could identify a child or an adult at risk, with … in its place."
        ),
    ] = False,
) -> int:
    """Take a plan over from a document that holds it as a table: begin a plan's folder with it.

    Columns are known by their usual names, headings and rows above give the priority and the
    objective. What has no place in a plan is kept beside it; no word is dropped. Formulas are not
    run: the value that the file keeps is taken.

    \b
    hscp import plan.docx --dry-run --explain
    hscp import actions.xlsx -o our-plan --map 'By when=due' --year 2022/23
    hscp import plan-v2.docx --into plan
    """
    import gc

    from ..checks.privacy import redact as redacted
    from ..editing.begin import begin
    from ..editing.imported import REST, Imported
    from ..editing.plan_files import plan_files, refuse_errors
    from ..importing.asked import year_given
    from ..importing.draft import saved_on
    from ..importing.private import private_in, refuse_private
    from ..importing.when import How
    from ..reports.imported import Said, import_told
    from ._duty import duty_named

    gc.enable()  # a document has any size: with 100,000 cells it saves nine tenths of the memory
    path = Path(file)
    today = today_given()
    how = How(_ORDERS[dates] if dates else "", year_given(year))
    if into is not None:
        of_new = {"-o": output, "--title": title, "--partnership": partnership, "--date": date}
        _refuse_of_new({**of_new, "--duty": duty})
        return _take_in(path, into, how, columns, agreed, explain, redact, yes, dry_run)
    _refuse_of_next({"--yes": yes, "--agreed": agreed})
    given = _day_given(date, today, day_first=dates != "month-first")
    output = output or "plan"
    plan = Path(output).absolute() if dry_run else free_folder(output)
    content = _content(path)
    draft = _draft(content, path.name, how, (columns, title, partnership), dry_run)
    private = private_in(content)
    if not redact and not dry_run:
        refuse_private(private, path.name)
    saved = saved_on(draft, content.modified, today)
    day = given or saved or today
    clean = redacted if private else str
    imported = Imported(draft, path.name, day, today, clean, duty and duty_named(duty))
    if not dry_run:
        changes = imported.files()
        refuse_errors(changes, today)
        files = plan_files(changes)
        if rest := imported.rest():
            files[REST] = rest.encode()
        begin(plan, files, {})
    said = Said(
        source=redacted(store.display_path(path)),
        folder=store.display_path(plan),
        rest=f"{store.display_path(plan)}/{REST}",
        option="" if output == "plan" else as_typed(["--plan", output]),
        notes=content.notes,
        today=today,
        day=day,
        why_day="" if given else _SAVED if saved else _NOT_SAVED,
        private=[f"{each.place}: {each.what}" for each in private],
        explain=explain,
        written=not dry_run,
        clean=clean,
    )
    say_document(import_told(draft, said), "auto")
    return 0


def _day_given(text: str | None, today: date, *, day_first: bool) -> date | None:
    """The day that progress is of, as somebody gives it. Raises Mistyped for what is none, or is
    still to come."""
    from ..typed_dates import read_typed

    if text is None:
        return None
    try:
        day = read_typed(text, today, past=True, day_first=day_first)
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from None
    if day.first != day.last or day.first > today:
        what = f"--date {quoted(text)} is no single day up to today"
        raise Mistyped(what, f"Give the day that the document tells of, such as {today}.")
    return day.first


def _refuse_of_new(given: Mapping[str, object]) -> None:
    """Refuse what belongs to a plan that begins. Raises Mistyped."""
    for option in (option for option, value in given.items() if value):
        what = f"{option} is for a plan that begins, and --into takes a document into one"
        raise Mistyped(what, "Leave one of the two out.")


def _refuse_of_next(given: Mapping[str, object]) -> None:
    """Refuse what belongs to the next version of a document. Raises Mistyped."""
    for option in (option for option, value in given.items() if value):
        raise Mistyped(
            f"{option} is for the next version of a document, which goes into a plan",
            f"Name its folder:  --into plan {option}",
        )


def _take_in(
    path: Path,
    into: str,
    how: How,
    columns: list[str] | None,
    agreed: str | None,
    explain: bool,
    redact: bool,
    yes: bool,
    dry_run: bool,
) -> int:
    """Take the next version of a document into a plan."""
    from ..checks.privacy import redact as redacted
    from ..importing.draft import cleaned, saved_on
    from ..reports.imported import columns_heard
    from ..reports.own_texts import columns_of_ours, parted
    from ._into import Version, open_to_take_in, take_in
    from ._who import agreed_given

    opened, today = open_to_take_in(into), today_given()
    head = opened.plan.head
    if head.day_first and not how.order:
        how = how._replace(order="day first")
    content, beside = parted(_content(path), opened.plan)
    ours = (columns_of_ours(content, head), head.scale)
    draft = _draft(content, path.name, how, (columns, None, None), dry_run, ours)
    if redact:
        draft = cleaned(draft, redacted)
    if explain:
        say_document(columns_heard(draft), "auto")
    saved = saved_on(draft, content.modified, today)
    who = agreed_given(agreed, head, today)
    take_in(opened, Version(path.name, draft, beside, saved, today, who), yes, dry_run)
    return 0


def _content(path: Path) -> Content:
    """What the document says. Raises Mistyped where there is none, Mendable where it cannot be
    read."""
    from ..checks.privacy import redact
    from ..importing.layout import has_joined_columns
    from ..importing.private import without_private_names
    from ..readers.content import Mail
    from ..readers.files import read
    from ..readers.kinds import is_pdf
    from ..reports.own_texts import told_in
    from ._intray import file_bytes

    name = store.display_path(path)
    if not os.path.lexists(path):
        raise Mistyped(f"there is no file {name}", "Give the document that the plan is in.")
    data = file_bytes(path)
    content = read(path.name, data, pdf=True)
    content = content.content if isinstance(content, Mail) else content
    if paper := told_in(content):
        what = f"{name} is hscp's own {paper}, which tells of a plan and is none"
        raise Mistyped(what, "What may be taken in again is the plan:  hscp report plan")
    if is_pdf(data) and has_joined_columns(content):
        what = f"the columns of the table in {name} cannot be told apart"
        raise Mendable(what, "Open it in Word, save it as .docx, and give that.")
    return without_private_names(content, redact)


def _draft(
    content: Content,
    name: str,
    how: How,
    given: tuple[list[str] | None, str | None, str | None],
    dry_run: bool,
    known: tuple[Mapping[str, Role], Mapping[str, Status]] = ({}, {}),
) -> Draft:
    """The plan that the document is; what would have to be known for a date to be read is asked
    for. `known` is what columns hold, by their plain names, and what the plan's own words
    for statuses mean. Raises Mistyped where nobody can be
    asked, Mendable where it holds no plan."""
    from ..editing.new_priority import clean_name
    from ..importing.asked import Asked, columns_given, scale_given
    from ..importing.build import build

    columns, title, partnership = given
    asked = Asked(
        how,
        {**known[0], **columns_given(columns or [], content)},
        clean_name(title, "--title") if title else "",
        clean_name(partnership, "--partnership") if partnership else "",
        {**known[1], **scale_given(columns or [])},
    )
    draft = build(content, name, asked)
    if not draft.rows and not any(p.objectives for p in draft.priorities):
        raise Mendable(
            f"no table or list of actions was found in {quoted(name)}",
            "Name its columns, one of them Action or Milestone; or say which it is:  "
            "--map 'What we will do=action'",
        )
    if not draft.questions or dry_run:
        return draft
    return build(content, name, asked._replace(how=_answered(draft.questions, asked)))


def _answered(questions: Sequence[Question], asked: Asked) -> How:
    """How the dates are read that could not be, as somebody says. Raises Mistyped where nobody can
    be asked."""
    how = asked.how
    if either := _some(questions, "order"):
        how = how._replace(order=_order_answered(f"each of these could be two dates: {either}"))
    if yearless := _some(questions, "year"):
        how = how._replace(year=_year_answered(f"these dates have no year: {yearless}"))
    return how


def _some(questions: Sequence[Question], doubt: str) -> str:
    """The first dates of this doubt, each with its place; empty where there are none."""
    some = [f"{quoted(q.text)} ({q.place})" for q in questions if q.doubt == doubt]
    more = [f"{len(some) - _SHOWN:,} more"] if len(some) > _SHOWN else []
    return listed([*some[:_SHOWN], *more]) if some else ""


def _order_answered(what: str) -> Literal["day first", "month first"]:
    if not at_terminal():
        raise Mistyped(what, "Say which with --dates: day-first or month-first.")
    note(f"{what}.")
    no = line("Does the day come first? [Y/n] ").lower() in ("n", "no")
    return "month first" if no else "day first"


def _year_answered(what: str) -> str:
    from ..importing.asked import year_given

    if not at_terminal():
        raise Mistyped(
            what,
            "Say which with --year: 2022, or 2022/23 for April to March, or none to keep them in "
            "words.",
        )
    note(f"{what}.")
    answer = line("Which year is meant, such as 2022 or 2022/23? (Enter: in words) ")
    return year_given(answer or "none")
