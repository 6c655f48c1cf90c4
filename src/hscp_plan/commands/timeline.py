"""`hscp timeline`: the plan as bars over the months."""

from __future__ import annotations

from typing import Annotated, Literal

from ..cli.options import Option
from ..errors import Mistyped
from ._look import open_look, open_to_publish
from ._options import At, Color, Force, Json, Only, Output, Shown

Format = Literal["text", "markdown", "csv", "json", "docx", "html"]
FILES: tuple[Format, ...] = ("docx", "html")
"""The formats that are written into a file."""


def run(
    *,
    at: At,
    only: Only,
    format: Annotated[
        Format,
        Option("--format", help="How to write it; docx and html: as a file."),
    ] = "text",
    json: Json = False,
    color: Color = "auto",
    output: Output = None,
    force: Force = False,
) -> int:
    """Draw the plan as bars over its months.

    \b
    hscp timeline                 all of it
    hscp timeline --priority P1   one priority
    hscp timeline --format docx   for the agenda pack
    """
    from ..reports.timeline import Timeline

    if output is not None and (format in FILES or (format == "text" and not json)):
        from ._publish import choose_format

        format = choose_format(output, format if format in FILES else None, FILES) or format
    if format == "docx" or format == "html":
        from ._draw import foot_of, write_papers

        look = open_to_publish(at, only)
        paper = Timeline(look.plan, look.day, look.only).paper(foot_of(look))
        write_papers(look, [paper], format, output, force)
        return 0
    if output is not None:
        raise Mistyped("-o is for --format docx and html", "Leave it out, or write  > FILE")
    look = open_look(at, only)
    return look.say(Timeline(look.plan, look.day, look.only), Shown(format, json, color))
