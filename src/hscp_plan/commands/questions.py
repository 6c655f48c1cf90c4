"""`hscp questions`: what a scrutineer would ask."""

from __future__ import annotations

from typing import Annotated

from ..cli.options import Option
from ._lengths import months_given
from ._look import open_look
from ._options import At, OfAgency, OfLead, OfPriority, Only, Shown


def run(
    months: Annotated[
        str,
        Option(metavar="N", help="Ask of silence after this many months without a word."),
    ] = "3",
    *,
    at: At,
    priority: OfPriority = None,
    lead: OfLead = None,
    agency: OfAgency = None,
    shown: Shown,
) -> int:
    """Ask what a scrutineer would: what is said and not supported, and what is not said.

    \b
    hscp questions                  what matters most first
    hscp questions --priority P1    only of this priority
    hscp questions --months 6       silent for half a year
    """
    from ..naming.filters import agencies_called
    from ..reports.questions import COLUMNS, Questions

    silence = months_given(months)
    look = open_look(at, Only(priority, lead, agency=agency), asked=True)
    agencies = agencies_called(look.plan, tuple(agency or ()))
    report = Questions(look.plan, look.day, look.only, silence, agencies)
    return look.say(report, shown, COLUMNS)
