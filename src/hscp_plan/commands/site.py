"""`hscp site`: the plan as web pages."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

from ..cli.options import Argument, Option
from ..document import Paragraph, Title
from ..errors import Mistyped
from ..words import count
from ._look import note_to_watcher, open_to_publish, say_document
from ._options import At
from ._past import PATIENCE
from ._publish import looked_through

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ..publishing.made_folder import Result
    from ..reports.site import Site
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
    from ..publishing import made_folder
    from ..publishing.meeting import shown_before
    from ..publishing.places import places_on_host
    from ..reports.site import Site

    look = open_to_publish(at)
    for each in look.opened.of or (look.opened,):
        to = made_folder.folder(made_folder.SITE, folder, each.folder)
    if source_url is not None and look.opened.of:
        what = "--source-url is of one plan's folder, and this names several plans"
        raise Mistyped(what, "Leave it out.")
    places = places_on_host(look.opened, source_url) if source_url is not None else None
    site = Site(look.plan, look.day, places, revision(look.opened), shown_before(look.opened))
    files = looked_through(_files(look, site), look.opened)
    written = made_folder.publish(to, files, force)
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


def _say(path: Path, written: Result) -> None:
    from ..store import display_path

    title = Title(f"Made {count(written.files, 'file')} in {display_path(path)}")
    paragraphs = [
        Paragraph((f"To look at them, open {display_path(path / 'index.html')} in a browser.",))
    ]
    if written.left:
        left = f"Not of this site any more, and left as you changed it: {', '.join(written.left)}"
        paragraphs.append(Paragraph((left,)))
    say_document((title, *paragraphs), "auto")
