"""`hscp export`: the plan's data for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from ..cli.options import Argument
from ..errors import Mistyped, nearest, quoted
from ..words import listed
from ..writers import formats
from ._look import open_to_publish
from ._options import At, Force, Only, Output
from ._publish import STDOUT, choose_format, default_name, publish_file, to_stdout

FORMATS = {
    "csv": "a row for each milestone",
    "json": "the whole plan and its standing",
    "xlsx": "an Excel workbook",
    "ics": "a calendar to subscribe to",
}


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
) -> int:
    """Give the plan to other programs: a spreadsheet, a calendar, or data.

    \b
    hscp export xlsx               an Excel workbook, such as plan-2021-12-15.xlsx
    hscp export csv -o plan.csv    a row for each milestone
    hscp export json               the whole plan and its standing
    hscp export ics -o plan.ics    a calendar to subscribe to
    """
    from ..reports.export import Export

    ending = _format(format)
    choose_format(to, ending, tuple(FORMATS), "hscp export ")
    look = open_to_publish(at, only)
    data = formats.FORMATS[ending].export(Export(look.plan, look.day, look.only))
    if to == STDOUT or (to is None and ending != "xlsx"):
        to_stdout(data, ending, look.opened)
    else:
        target = Path(to) if to else default_name("plan", look.day, ending)
        publish_file(data, target, look.opened, force)
    return 0


def _format(typed: str) -> str:
    """The format meant. Raises Mistyped where it is none."""
    folded = typed.casefold().removeprefix(".")
    if folded in FORMATS:
        return folded
    near = nearest(folded, list(FORMATS))
    known = f"Write {listed(FORMATS, 'or')}."
    raise Mistyped(
        f"{quoted(typed)} is not a format", f"Did you mean: hscp export {near}" if near else known
    )
