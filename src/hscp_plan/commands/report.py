"""`hscp report`: papers for a meeting, in Word, as a web page or in Markdown."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from ..cli.options import Argument, Option
from ..errors import Mistyped
from ..naming.filters import Filters
from ..words import listed
from ._complete import boards, duties, registers
from ._draw import FORMS, Form, write_papers
from ._look import open_to_publish
from ._options import At, Force, OfAgency, OfGroup, OfLead, OfPriority, Only, Output, Since
from ._publish import choose_format

Name = Literal["board", "plan", "annual", "workplan", "actions"]
OF: dict[str, tuple[Name, ...]] = {
    "REGISTER": ("actions",),
    "--since": ("board", "actions"),
    "--for": ("board",),
    "--from": ("board",),
    "--year": ("annual",),
    "--duty": ("annual",),
    "--priority": ("plan", "annual", "workplan"),
    "--lead": ("workplan",),
    "--group": ("workplan",),
    "--agency": ("board", "plan", "workplan"),
    "--template": get_args(Name),
    "--format": get_args(Name),
}
"""Which papers an option is for."""


def run(
    paper: Annotated[Name, Argument(metavar="PAPER", help="Which of those above.")],
    register: Annotated[
        str | None,
        Argument(metavar="[REGISTER]", help="actions: of which, such as A.", offers=registers),
    ] = None,
    format: Annotated[Form | None, Option("--format", help="How to write it; else docx.")] = None,
    output: Output = None,
    force: Force = False,
    since: Since = None,
    group_for: Annotated[
        str | None,
        Option("--for", metavar="BOARD", help="board: for whom.", offers=boards),
    ] = None,
    sender: Annotated[
        str | None, Option("--from", metavar="WHO", help="board: from whom, if it is to say.")
    ] = None,
    year: Annotated[
        str | None, Option(metavar="YEAR", help="annual: which, such as 2021/22.")
    ] = None,
    duty: Annotated[
        str | None,
        Option(
            metavar="DUTY",
            offers=duties,
            help="annual: what it must hold: a duty that comes with hscp, or a file of your own.",
        ),
    ] = None,
    template: Annotated[
        str | None, Option(metavar="FILE", help="A Word file whose styles and page are used.")
    ] = None,
    *,
    at: At,
    priority: OfPriority = None,
    lead: OfLead = None,
    group: OfGroup = None,
    agency: OfAgency = None,
) -> int:
    """Write a paper for a meeting, as a file in this folder.

    \b
    hscp report board       one side for the Board: what it is asked, what moved
    hscp report plan        the plan with its progress, in the published order
    hscp report annual      the year: done, not done, with what evidence
    hscp report workplan    for each lead, by month, with room to write
    hscp report actions     matters arising: the action log, or another register

    \b
    hscp report board --since "last board" --format html
    hscp report workplan --lead "SE Sub-Group" -o workplan.docx
    hscp report board --agency police
    hscp report annual --duty working-together-2023
    """
    given = {
        "REGISTER": register,
        "--since": since, "--for": group_for, "--from": sender, "--year": year, "--duty": duty,
        "--template": template, "--format": format, "--priority": priority, "--lead": lead,
        "--group": group, "--agency": agency,
    }  # fmt: skip
    _check_options(paper, [option for option, value in given.items() if value is not None])
    form = choose_format(output, format, FORMS) or "docx"
    only = Filters(priority=tuple(priority or ()), agency=tuple(agency or ()))
    look = open_to_publish(at, Only(priority, lead, group, agency=agency), asked=paper == "board")
    from ._papers import Request, papers

    request = Request(since, group_for, sender, year, duty, lead, group, only, register)
    write_papers(look, papers(paper, look, request), form, output, force, template)
    return 0


def _check_options(paper: Name, options: list[str]) -> None:
    """Refuse an option that this paper has no use for. Raises Mistyped."""
    for option in options:
        if paper not in OF[option]:
            if option == "REGISTER":
                what = f"a register is no part of hscp report {paper}"
                raise Mistyped(what, f"Did you mean:\n  hscp report {paper}")
            what = f"{option} means nothing to hscp report {paper}"
            raise Mistyped(what, f"It is for {listed(OF[option])}.")
