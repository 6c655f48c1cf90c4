"""`hscp import`: a plan out of a Word, Excel, csv, Markdown or web document."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from .. import store
from ..cli.options import Argument, Option
from ..cli.typography import as_typed
from ..errors import Mendable, Mistyped, quoted
from ..words import listed
from ._look import note, say_document
from ._new_folder import free_folder
from ._record import today_given
from ._typed import at_terminal, line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ..editing.record import Change
    from ..importing.build import Asked
    from ..importing.columns import Role
    from ..importing.draft import Draft, Question
    from ..importing.when import How
    from ..readers.content import Content

_ORDERS: dict[str, Literal["day first", "month first"]] = {
    "day-first": "day first",
    "month-first": "month first",
}
_SHOWN = 5
"""How many places of a kind are named."""


def run(
    file: Annotated[
        str,
        Argument(metavar="FILE", help="The document: .docx, .xlsx, .csv, .md or .html."),
    ],
    output: Annotated[
        str, Option("-o", "--output", metavar="DIR", help="The plan's folder, which is made.")
    ] = "plan",
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
            help="What a column holds, such as 'By when=due'. May be given again.",
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
    redact: Annotated[
        bool, Option(help="Leave out what could identify a child, with … in its place.")
    ] = False,
) -> int:
    """Take a plan over from a document that holds it as a table: begin a plan's folder with it.

    Columns are known by their usual names, headings and rows above give the priority and the
    objective. What has no place in a plan is kept beside it; no word is dropped. Formulas are not
    run: the value that the file keeps is taken.

    \b
    hscp import plan.docx --dry-run --explain
    hscp import actions.xlsx -o our-plan --map 'By when=due' --year 2022/23
    """
    from ..editing.begin import begin
    from ..editing.imported import REST, Imported
    from ..importing.when import How
    from ..reports.imported import Said, import_told

    path = Path(file)
    today = today_given()
    plan = Path(output).absolute() if dry_run else free_folder(output)
    content = _content(path)
    how = How(_ORDERS[dates] if dates else "", _year(year))
    draft = _draft(content, path.name, how, (columns, title, partnership), dry_run)
    private = _private(content)
    if private and not redact and not dry_run:
        raise Mistyped(*_refusal(private, path.name))
    from ..checks.privacy import redact as cleaned

    last_saved = min(content.modified or today, today)
    imported = Imported(draft, path.name, last_saved, today, cleaned if private else str)
    notes = (*content.notes, *_told(private, dry_run))
    if not dry_run:
        files = _plan_files(imported.files(), today)
        if rest := imported.rest():
            files[REST] = rest.encode()
        begin(plan, files, {})
    said = Said(
        source=store.display_path(path),
        folder=store.display_path(plan),
        rest=f"{store.display_path(plan)}/{REST}",
        option="" if output == "plan" else as_typed(["--plan", output]),
        notes=notes,
        explain=explain,
        written=not dry_run,
    )
    say_document(import_told(draft, said), "auto")
    return 0


def _content(path: Path) -> Content:
    """What the document says. Raises Mistyped where there is none, Mendable where it cannot be
    read."""
    from ..readers.content import Mail
    from ..readers.files import read
    from ._intray import file_bytes

    name = store.display_path(path)
    if not os.path.lexists(path):
        raise Mistyped(f"there is no file {name}", "Give the document that the plan is in.")
    data = file_bytes(path)
    if b"%PDF-" in data[:1024]:
        what = f"{name} is a PDF, of which hscp cannot read the tables"
        raise Mendable(what, "Open it in Word, which turns it into a document, save it as .docx.")
    content = read(path.name, data)
    return content.content if isinstance(content, Mail) else content


def _year(text: str | None) -> str:
    """The year that was given. Raises Mistyped where it is none."""
    from ..dates import read_text
    from ..errors import Wrong

    if text is None or text == "none":
        return text or ""
    try:
        if read_text(text).form in ("year", "financial year"):
            return text
    except Wrong:
        pass
    raise Mistyped(
        f"{quoted(text)} is not a year", "Write --year 2022, --year 2022/23 or --year none."
    )


# --- reading --------------------------------------------------------------------------------------


def _draft(
    content: Content,
    name: str,
    how: How,
    given: tuple[list[str] | None, str | None, str | None],
    dry_run: bool,
) -> Draft:
    """The plan that the document is; what would have to be known for a date to be read is asked
    for. Raises Mistyped where nobody can be asked, Mendable where it holds no plan."""
    from ..editing.new_priority import clean_name
    from ..importing.build import Asked, build

    columns, title, partnership = given
    asked = Asked(
        how,
        _mapped(columns or [], content),
        clean_name(title, "--title") if title else "",
        clean_name(partnership, "--partnership") if partnership else "",
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


def _mapped(columns: list[str], content: Content) -> dict[str, Role]:
    """What somebody said that columns hold, by their plain names. Raises Mistyped for what the
    document has not, and for what no column can be."""
    from ..importing.build import unknown_columns
    from ..importing.columns import plain
    from ..importing.said import PLACES

    given = {}
    for text in columns:
        name, equals, key = (part.strip() for part in text.rpartition("="))
        if not equals or not name or key not in PLACES:
            raise Mistyped(
                f"--map {quoted(text)} is not understood",
                f"Write the column's name, =, and one of {listed(PLACES, 'or')}: 'By when=due'.",
            )
        if unknown_columns([name], content):
            raise Mistyped(
                f"no column of the document is called {quoted(name)}",
                "Its columns:  --dry-run --explain",
            )
        given[plain(name)] = PLACES[key]
    return given


def _answered(questions: Sequence[Question], asked: Asked) -> How:
    """How the dates are read that could not be, as somebody says. Raises Mistyped where nobody can
    be asked."""
    how = asked.how
    for doubt in ("order", "year"):
        some = [question for question in questions if question.doubt == doubt]
        if not some:
            continue
        examples = [f"{quoted(q.text)} ({q.place})" for q in some[:_SHOWN]]
        if len(some) > _SHOWN:
            examples.append(f"{len(some) - _SHOWN:,} more")
        if doubt == "order":
            what = f"each of these could be two dates: {listed(examples)}"
            if not at_terminal():
                raise Mistyped(what, "Add --dates day-first, or --dates month-first.")
            note(f"{what}.")
            no = line("Does the day come first? [Y/n] ").lower() in ("n", "no")
            how = how._replace(order="month first" if no else "day first")
        else:
            what = f"these dates have no year: {listed(examples)}"
            if not at_terminal():
                raise Mistyped(
                    what,
                    "Add --year 2022, or --year 2022/23 for April to March; --year none keeps "
                    "them in words.",
                )
            note(f"{what}.")
            answer = line("Which year is meant, such as 2022 or 2022/23? (Enter: in words) ")
            how = how._replace(year=_year(answer or "none"))
    return how


# --- what could identify a child ------------------------------------------------------------------


def _private(content: Content) -> list[tuple[str, str, str]]:
    from ..editing.imported import private_places
    from ..importing.build import pieces

    return private_places(list(pieces(content)))


def _refusal(private: Sequence[tuple[str, str, str]], name: str) -> tuple[str, str]:
    """Why a document is not taken over: what is committed to git stays there for ever."""
    places = [f"{place} ({what})" for place, what, _ in private[:_SHOWN]]
    if len(private) > _SHOWN:
        places.append(f"{len(private) - _SHOWN} places more")
    return (
        f"{quoted(name)} holds what could identify a child or reach a person, in {listed(places)}",
        "Nothing was written. Take it out of the document, or leave it out of the plan:  --redact",
    )


def _told(private: Sequence[tuple[str, str, str]], dry_run: bool) -> list[str]:
    done = "Would have to be left out" if dry_run else "Left out, with … in its place"
    return [f"{done}: {place}: {what}." for place, what, _ in private]


# --- writing --------------------------------------------------------------------------------------


def _plan_files(changes: dict[str, Change], today: date) -> dict[str, bytes]:
    """The plan's files, each read again and compared, and all checked as `hscp check` does. Raises
    Mendable where it would find an error."""
    from ..editing.write import compared
    from ..model import Head, Plan, Priority
    from ..reading.schemas import schemas

    values = {name: compared(change, Path(name)) for name, change in changes.items()}
    head = values[store.HEAD]
    priorities = {name: value for name, value in values.items() if isinstance(value, Priority)}
    assert isinstance(head, Head)  # noqa: S101 - plan.yaml is one
    files = {name: change.text.encode() for name, change in changes.items()}
    _refuse_errors(files, today)
    texts = schemas(Plan(head, priorities))
    return files | {f"schema/{name}": text.encode() for name, text in texts.items()}


def _refuse_errors(files: dict[str, bytes], today: date) -> None:
    from ..checks.faults import check
    from ..writers.faults import list_faults

    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        faults = check(store.open_plan(folder), today)
    errors = [fault for fault in faults if fault.severity == "error"]
    if errors:
        what = f"the plan would have errors:\n{list_faults(errors, most=_SHOWN)}"
        raise Mendable(what.rstrip(), "Nothing was written. Put that right in the document.")
