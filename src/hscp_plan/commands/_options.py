"""The options that commands share, each written once."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from ..cli.options import Argument, Option
from ._complete import agencies, duties, groups, ids, leading, owners, parts, statuses

PlanDir = Annotated[
    list[str] | None,
    Option(
        "--plan", metavar="DIR", environ="HSCP_PLAN",
        help="The plan's folder; again for another beside it. Otherwise found upwards from here.",
    ),
]  # fmt: skip
AsAt = Annotated[
    str | None,
    Option(
        "--as-at", metavar="DATE",
        help="Take that day as today; what was logged after it does not count.",
    ),
]  # fmt: skip
Rev = Annotated[
    str | None,
    Option(
        "--rev", metavar="WHEN",
        help='The plan as it stood: at a git revision, a day, or a meeting ("last board").',
    ),
]  # fmt: skip
Since = Annotated[
    str | None,
    Option(
        "--since", metavar="WHEN",
        help='Since a git revision, a day, or a meeting ("last board").',
    ),
]  # fmt: skip
Format = Annotated[
    Literal["text", "markdown", "csv", "json"],
    Option("--format", help="How to write it."),
]
Json = Annotated[bool, Option("--json", help="The same as --format json.")]
Color = Annotated[
    Literal["auto", "always", "never"],
    Option("--color", help="Colour the symbols; auto: where a person looks."),
]
Output = Annotated[
    str | None,
    Option("-o", "--output", metavar="FILE", help="The file to write; - for the screen."),
]
Force = Annotated[bool, Option("--force", help="Replace a file that is there already.")]
OfPriority = Annotated[
    list[str] | None,
    Option(
        "--priority", metavar="ID", offers=owners,
        help="Only this priority. May be given more than once, as all filters.",
    ),
]  # fmt: skip
OfLead = Annotated[
    list[str] | None,
    Option(
        "--lead", metavar="NAME", offers=leading,
        help="Only what this lead leads; part of the name will do.",
    ),
]  # fmt: skip
OfGroup = Annotated[
    list[str] | None,
    Option(
        "--group", metavar="NAME", offers=groups,
        help="Only what this group leads or is accountable for.",
    ),
]  # fmt: skip
OfStatus = Annotated[
    list[str] | None,
    Option(
        "--status", metavar="STATUS", offers=statuses,
        help="Only this status or standing, such as 'at risk' or overdue.",
    ),
]  # fmt: skip
OfAgency = Annotated[
    list[str] | None,
    Option(
        "--agency", metavar="NAME", offers=agencies,
        help="Only what groups of this agency lead, or have said something of.",
    ),
]  # fmt: skip


class At(NamedTuple):
    """Which plan, and as it stood when."""

    where: PlanDir = None
    as_at: AsAt = None
    rev: Rev = None


class Only(NamedTuple):
    """Which of its milestones."""

    priority: OfPriority = None
    lead: OfLead = None
    group: OfGroup = None
    status: OfStatus = None
    agency: OfAgency = None


class Shown(NamedTuple):
    """How the answer is written."""

    format: Format = "text"
    json: Json = False
    color: Color = "auto"


AnyId = Annotated[str, Argument(metavar="ID", help="A milestone or priority.", offers=ids)]
AnyPart = Annotated[
    str, Argument(metavar="ID", help="A priority, objective or milestone.", offers=parts)
]
AlsoAbout = Annotated[
    list[str] | None,
    Option(
        "--about", metavar="ID", help="What else it is about. May be given again.", offers=parts
    ),
]
By = Annotated[
    str | None,
    Option(
        "--by", metavar="WHO", offers=groups,
        help="The role or group that says so; otherwise HSCP_BY, else the plan's keeper.",
    ),
]  # fmt: skip
OnDate = Annotated[
    str | None, Option("--date", metavar="DATE", help="The day it happened; default: today.")
]
Agreed = Annotated[
    str | None,
    Option("--agreed", metavar="WHO", help="Who agreed it, and when: a Board and a day."),
]
UnderDuty = Annotated[
    str | None,
    Option(
        "--duty", metavar="NAME", offers=duties,
        help="The duty that it is under, by name: it says whom the plan protects.",
    ),
]  # fmt: skip
Evidence = Annotated[
    list[str] | None,
    Option("--evidence", metavar="TEXT", help="A link or document. May be given again."),
]
DryRun = Annotated[
    bool, Option("--dry-run", help="Show the lines that would change, and change nothing.")
]
