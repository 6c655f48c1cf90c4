"""`hscp site`: the plan as web pages."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Annotated

from ..cli.options import Argument, Option
from ..document import Link, Paragraph, Title
from ..errors import Mistyped, quoted
from ..words import count
from ._look import note_to_watcher, open_to_publish, say_document
from ._options import At
from ._past import PATIENCE
from ._publish import looked_through

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from ..publishing.site_folder import Made
    from ..reports.site import Shown, Site
    from ..store import Opened
    from ._look import Look


def run(
    folder: Annotated[
        str, Argument(metavar="DIR", help="The folder to make, or one made so before.")
    ],
    *,
    at: At,
    source_url: Annotated[
        str | None,
        Option(
            "--source-url",
            metavar="URL",
            help="Where a git host shows the plan's folder: leads each milestone to its line.",
        ),
    ] = None,
    force: Annotated[
        bool, Option("--force", help="Replace pages that somebody else changed, too.")
    ] = False,
) -> int:
    """Make the plan into web pages, in a folder that any web server can carry.

    They need no script, fetch nothing, and also open straight from the folder.

    \b
    hscp site site
    hscp site site --as-at 2021-12-15
    hscp site site --source-url https://github.com/example/plan/blob/main/plan/
    """
    from ..past.times import revision
    from ..publishing import site_folder
    from ..reports.site import Site

    look = open_to_publish(at)
    to = site_folder.folder(folder, look.opened.folder)
    places = _places(look.opened, source_url) if source_url is not None else None
    site = Site(look.plan, look.day, places, revision(look.opened), _shown(look.opened))
    files = looked_through(_files(look, site), look.opened)
    written = site_folder.publish(to, files, force)
    _say(to.path, written)
    return 0


def _files(look: Look, site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the site; says on standard error how far it is where that takes long."""
    from ..reports._book import CALENDAR, CSV, JSON
    from ..reports.export import Export
    from ..reports.site import ROBOTS
    from ..writers import html
    from ..writers.formats import FORMATS

    # The largest files first, while there is nothing yet that the pages remember.
    export = Export(look.plan, look.day)
    for name, format in ((CSV, "csv"), (JSON, "json"), (CALENDAR, "ics")):
        yield name, FORMATS[format].export(export)
    frame = html.Frame(look.plan.head.partnership, site.links, site.more, site.foot)
    noted = time.monotonic()
    for number, page in enumerate(site.pages(), 1):
        text = html.page(page.document, page.title, frame, page.file, page.passing)
        yield page.file, text.encode()
        if time.monotonic() - noted > PATIENCE:
            noted = time.monotonic()
            note_to_watcher(f"Making the pages: {number} made …")
    yield "robots.txt", ROBOTS.encode()


def _shown(opened: Opened) -> Callable[[date], Shown | None]:
    """How the plan stood before a day, out of git; None where git cannot tell."""
    from ..dates import day_shown
    from ..naming.meetings import last_day_shown
    from ..past.times import Time, past_plan_reader
    from ..publishing.door import Door
    from ..reports.site import Shown
    from ..standing import as_at

    try:
        then_at = past_plan_reader(opened)
    except Mistyped:
        return lambda _: None

    def shown(day: date) -> Shown | None:
        known = last_day_shown(day)
        try:
            then = then_at(Time(day, known, day_shown(day)), True)
        except Mistyped:
            return None
        text = (
            "This is what the meeting was shown: the plan as it was kept before that day, in "
            f"version {then.commit_label}. What was decided at the meeting does not count here. "
            f"The words, and who leads, are today’s.{then.left_out_note}"
        )
        return Shown(as_at(Door(then.opened).withheld(known).plan, known), text)

    return shown


def _places(opened: Opened, url: str) -> dict[str, Link]:
    """Where a git host shows each milestone. Raises Mistyped for what is no address."""
    from ..checks._walk import milestones

    if not re.fullmatch(r"https?://[!-~]+", url, re.IGNORECASE) or "#" in url or "?" in url:
        raise Mistyped(
            f"--source-url takes the address of a folder, and {quoted(url)} is none",
            "Such as: https://github.com/example/plan/blob/main/plan/",
        )
    readings = {name: opened.reading(name) for name in opened.plan.files}
    links = {}
    for at in milestones(opened.plan):
        line = readings[at.file].place(at.path).line
        address = f"{url.rstrip('/')}/{_escaped(at.file)}#L{line}"
        links[at.milestone.id] = Link(f"{at.file}, line {line}", address)
    return links


def _escaped(name: str) -> str:
    """A file's name as it stands in an address."""
    return re.sub(
        r"[^A-Za-z0-9._~-]",
        lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()),
        name,
    )


def _say(path: Path, written: Made) -> None:
    from ..store import shown

    title = Title(f"Made {count(written.files, 'file')} in {shown(path)}")
    paragraphs = [Paragraph((f"To look at them, open {shown(path / 'index.html')} in a browser.",))]
    if written.left:
        left = f"Not of this site any more, and left as you changed it: {', '.join(written.left)}"
        paragraphs.append(Paragraph((left,)))
    say_document((title, *paragraphs), "auto")
