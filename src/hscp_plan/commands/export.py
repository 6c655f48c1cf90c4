"""`hscp export`: the plan's data for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ..errors import Mistyped, nearest, quoted
from ..options import Argument
from ..words import listed
from ._look import faultless, write
from ._options import At, Force, Only, Output
from ._publish import STDOUT, default_name, format_meant, published, to_stdout

if TYPE_CHECKING:
    from ._look import Look

FORMATS = {
    "csv": "a row for each milestone",
    "json": "the whole plan and its standing",
    "xlsx": "an Excel workbook",
    "ics": "a calendar to subscribe to",
}
MEANT = {
    **dict.fromkeys(("excel", "xls", "spreadsheet", "workbook"), "xlsx"),
    **dict.fromkeys(("calendar", "ical", "icalendar", "outlook"), "ics"),
}
"""Words that people use for a format, and the format they most likely mean."""


def _formats(_where: str | None) -> dict[str, str]:
    return FORMATS


def run(
    format: Annotated[
        str,
        Argument(metavar="FORMAT", help="csv, json, xlsx or ics.", offers=_formats),
    ],
    to: Output = None,
    force: Force = False,
    *,
    at: At,
    only: Only,
) -> None:
    """Give the plan to other programs: a spreadsheet, a calendar, or data.

    \b
    hscp export xlsx               an Excel workbook, such as plan-2021-12-15.xlsx
    hscp export csv -o plan.csv    a row for each milestone
    hscp export json               the whole plan and its standing
    hscp export ics -o plan.ics    a calendar to subscribe to
    """
    ending = _format(format)
    format_meant(to, ending, tuple(FORMATS), "hscp export ")
    seen = faultless(at, only)
    made = _drawn(seen, ending)
    if to == STDOUT or (to is None and isinstance(made, str)):
        write(made) if isinstance(made, str) else to_stdout(made, ending)
    else:
        data = made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")
        target = Path(to) if to else default_name("plan", seen.day, ending)
        published(data, target, seen.opened, force)


def _format(typed: str) -> str:
    """The format meant. Raises Mistyped where it is none."""
    folded = typed.casefold().removeprefix(".")
    if folded in FORMATS:
        return folded
    near = MEANT.get(folded) or nearest(folded, list(FORMATS))
    known = f"Write {listed(FORMATS, 'or')}."
    raise Mistyped(
        f"{quoted(typed)} is not a format", f"Did you mean: hscp export {near}" if near else known
    )


def _drawn(seen: Look, ending: str) -> str | bytes:
    """The plan in one of the formats: text, or the bytes of a file."""
    from ..reports import export

    plan, day, only = seen.plan, seen.day, seen.only
    if ending == "csv":
        from ..reports.records import columns
        from ..writers import csv

        return csv.draw(export.Export(plan, day, only).rows(), columns(plan))
    if ending == "json":
        from ..writers import json

        return json.draw(export.Export(plan, day, only).data(), one_line="milestones")
    if ending == "ics":
        from ..reports.events import calendar
        from ..writers import ics

        return ics.draw(calendar(plan, day, only))
    from ..reports.sheets import workbook
    from ..writers import xlsx

    return xlsx.draw(workbook(plan, day, only))
