"""`hscp init`: begin a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple, TypeVar

from .. import store
from ..cli.options import Argument, Option
from ..cli.typography import as_typed
from ..errors import Mendable, Mistyped, Wrong
from ..letters import folded
from ..words import listed
from ._look import note, say_document
from ._new_folder import free_folder
from ._options import UnderDuty
from ._record import today_given
from ._typed import at_terminal, line

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from ..dates import PlanDate
    from ..editing.new_plan import NewPlan

_ASKED = {
    "partnership": "Whose plan is it? The partnership's or board's full name: ",
    "short_name": "Its abbreviation, such as HSCP (Enter: none): ",
    "title": "What is the plan called, as published? ",
    "start": "When does it begin, such as April 2026? ",
    "end": "When does it end, such as March 2028? ",
    "priority": "A priority, by its name (Enter: no more): ",
    "group": "A board, group or role that leads or decides (Enter: no more): ",
}
_HOSTS = (".github", ".gitlab", ".gitlab-ci.yml")
_TO_FILL_IN = ("plan-check.yml", ".gitlab-ci.yml", "CODEOWNERS")
"""The files of a git host in which names stand that are to be replaced."""
T = TypeVar("T")
_GIT = "Keep it in git, so that each change can be looked up and taken back? [Y/n] "


class Texts(NamedTuple):
    """What was given on the line."""

    partnership: str | None
    title: str | None
    start: str | None
    end: str | None


def run(
    folder: Annotated[
        str | None,
        Argument(metavar="[DIR]", help="The plan's folder, which is made; otherwise plan."),
    ] = None,
    partnership: Annotated[
        str | None, Option(metavar="NAME", help="The partnership's or board's full name.")
    ] = None,
    short_name: Annotated[
        str | None, Option(metavar="NAME", help="Its abbreviation, such as HSCP.")
    ] = None,
    title: Annotated[
        str | None, Option(metavar="TEXT", help="The plan's title, as published.")
    ] = None,
    start: Annotated[
        str | None, Option(metavar="DATE", help="Its first month, such as 2026-04.")
    ] = None,
    end: Annotated[
        str | None, Option(metavar="DATE", help="Its last month, such as 2028-03.")
    ] = None,
    priority: Annotated[
        list[str] | None,
        Option(metavar="TITLE", help="A priority's name. May be given again."),
    ] = None,
    group: Annotated[
        list[str] | None,
        Option(metavar="NAME", help="A board, group or role. May be given again."),
    ] = None,
    duty: UnderDuty = None,
    github: Annotated[
        bool, Option(help="Write what GitHub needs to check and publish the plan.")
    ] = False,
    gitlab: Annotated[bool, Option(help="The same for GitLab.")] = False,
) -> int:
    """Begin a plan: a folder of files with comments that teach, and what git and editors need
    beside it. Asks at a terminal for what is not given. Nothing that is there is ever replaced.

    \b
    hscp init                 ask for everything, and begin ./plan
    hscp init our-plan --github
    """
    from ..editing.begin import begin
    from ..editing.plan_files import plan_files
    from ..reports.begun import Begun, plan_begun
    from ._duty import duty_named

    folder = folder or "plan"
    plan = free_folder(folder)
    today = today_given()
    texts = Texts(partnership, title, start, end)
    under = duty and duty_named(duty)
    new = _new_plan(texts, short_name, priority, group, today)._replace(duty=under)
    files = plan_files(new.files())
    top, beside = _beside(plan, [name for name in files if "/" not in name], github, gitlab)
    left = begin(plan, files, {path: text.encode() for path, text in beside.items()})
    in_git = store.repository(plan.resolve()) is not None or _begin_git(top)
    made = [path for path in beside if path not in left]
    hosts = [path for path in made if top in path.parents and path.parts[len(top.parts)] in _HOSTS]
    begun = Begun(
        folder=store.display_path(plan),
        option="" if folder == "plan" else as_typed(["--plan", folder]),
        files=[name for name in files if "/" not in name],
        beside=[store.display_path(path) for path in made],
        left=[store.display_path(path) for path in left],
        to_fill_in=[store.display_path(path) for path in hosts if path.name in _TO_FILL_IN],
        first_priority="P1" if new.priorities else "",
        begin_git="" if in_git else as_typed(["git", "init", "-b", "main", *_from_here(top)]),
    )
    say_document(plan_begun(begun), "auto")
    return 0


def _from_here(top: Path) -> list[str]:
    """The words that name a folder for git; none for the one that somebody is in."""
    return [] if top == Path.cwd() else [store.display_path(top)]


def _new_plan(
    texts: Texts,
    abbreviation: str | None,
    priorities: list[str] | None,
    groups: list[str] | None,
    today: date,
) -> NewPlan:
    """What the plan begins with, asked for at a terminal where it is not given. Raises Mistyped
    where it is none, and where nobody can be asked."""
    from ..editing.new_plan import NewPlan
    from ..editing.new_priority import clean_name

    missing = [f"--{key}" for key, text in texts._asdict().items() if text is None]
    if missing and not at_terminal():
        what = f"init needs {listed(missing)}"
        raise Mistyped(what, f"At a terminal it asks. Else give all:\n  {_EXAMPLE}")
    partnership = _ask(texts.partnership, "partnership", clean_name)
    short_name = clean_name(abbreviation, "--short-name") if abbreviation else None
    if not short_name and missing:
        short_name = line(_ASKED["short_name"]) or None
    title = _ask(texts.title, "title", clean_name)
    start = _ask(texts.start, "start", lambda text, option: _date(text, option, today))

    def read_end(text: str, option: str) -> PlanDate:
        end = _date(text, option, today)
        if end.last < start.first:
            raise Mistyped(
                f"the plan would end, {end.shown}, before it begins",
                "Give a later one for the end.",
            )
        return end

    end = _ask(texts.end, "end", read_end)
    return NewPlan(
        partnership,
        title,
        start,
        end,
        _several(priorities, "priority", asks=bool(missing)),
        _several(groups, "group", asks=bool(missing)),
        short_name,
    )


_EXAMPLE = (
    'hscp init --partnership "…" --title "…" --start 2026-04 --end 2028-03 --priority "…" '
    '--group "…"'
)


def _ask(given: str | None, key: str, read: Callable[[str, str], T]) -> T:
    """What a text means: the one given, else the first answer at a terminal that means anything.
    Raises Mistyped where the given one means nothing."""
    if given is not None:
        return read(given, f"--{key}")
    while True:
        try:
            return read(line(_ASKED[key]), "that")
        except Mistyped as wrong:
            note(f"{wrong.what}. {wrong.next}")


def _several(given: list[str] | None, key: str, *, asks: bool) -> list[str]:
    """Names, each once: those given, else those that are typed at a terminal, where it `asks`."""
    from ..editing.new_priority import clean_name

    names = [clean_name(text, f"--{key}") for text in given or ()]
    while not given and asks:
        text = line(_ASKED[key])
        if not text:
            break
        try:
            names.append(clean_name(text, "that"))
        except Mistyped as wrong:
            note(f"{wrong.what}. {wrong.next}")
    return list({folded(name): name for name in reversed(names)}.values())[::-1]


def _date(text: str, option: str, today: date) -> PlanDate:
    """A date of a British plan, of which nothing says yet how its dates are typed."""
    from ..typed_dates import read_typed

    try:
        moment = read_typed(text, today, day_first=True)
    except Wrong as wrong:
        raise Mistyped(wrong.what, wrong.next) from wrong
    if not moment.dated:
        raise Mistyped(f"{option} takes a date, and {moment.text} is none", "Such as 2026-04.")
    return moment


def _beside(
    plan: Path, names: list[str], github: bool, gitlab: bool
) -> tuple[Path, dict[Path, str]]:
    """The top of the repository, and what stands beside the plan's folder and there: the folder
    around the plan's, or the folder itself where that is the one that somebody is in."""
    from ..editing.new_plan import beside, for_github, for_gitlab

    around = plan if plan == Path.cwd() else plan.parent
    top = store.repository(around) or around
    files = {around / name: text for name, text in beside().items()}
    place = plan.relative_to(top).as_posix()
    if github:
        files |= {top / name: text for name, text in for_github(place, names).items()}
    if gitlab:
        files |= {top / name: text for name, text in for_gitlab(place, names).items()}
    return top, files


def _begin_git(top: Path) -> bool:
    """Begin a repository where that is wished at a terminal; whether there is one now."""
    from ..git.program import run_users_git

    if not at_terminal() or line(_GIT).lower() not in ("", "y", "yes"):
        return False
    try:
        result = run_users_git(top, ("init", "--quiet", "--initial-branch=main"), b"")
    except Mendable as error:
        note(f"{error.what}. {error.next}")
        return False
    if result.returncode:
        note(f"git did not begin: {result.stderr.decode('utf-8', 'replace').strip()}")
    return not result.returncode
