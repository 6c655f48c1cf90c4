"""`hscp collect`: read the answers that came back, show them, and record them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ..cli.options import Argument, Option
from ..errors import Mendable
from ._complete import groups
from ._dates import day_given
from ._look import note, open_plans, tell, with_asked
from ._options import Agreed, OnDate, PlanDir
from ._record import today_given
from ._who import agreed_given, who_given

if TYPE_CHECKING:
    from pathlib import Path

    from ._returns import Collecting


def run(
    files: Annotated[
        list[str],
        Argument(metavar="FILE", help="What came back: Word, Excel, e-mail, text; or a folder."),
    ],
    by: Annotated[
        str | None,
        Option(
            "--by",
            metavar="WHO",
            help="Whose answers they are, if not as the form says.",
            offers=groups,
        ),
    ] = None,
    date: OnDate = None,
    agreed: Agreed = None,
    yes: Annotated[
        bool, Option("--yes", help="Record what is sure without asking, and list what is left.")
    ] = False,
    dry_run: Annotated[
        bool, Option("--dry-run", help="Show what was understood, and record nothing.")
    ] = False,
    decisions: Annotated[
        str | None,
        Option(
            metavar="FILE",
            help="What is to be decided goes into this file, with room for answers that count.",
        ),
    ] = None,
    where: PlanDir = None,
) -> int:
    """Read the answers that came back, show what each person said, and record it.

    What is sure is recorded when you say so; what is not is asked about one by one. A folder is
    an in-tray: to collect it again records nothing twice. Notes of a meeting are read too: ids,
    with words under them.

    \b
    hscp collect inbox
    hscp collect notes.txt --by "HSCP Executive Board" --yes
    """
    from pathlib import Path

    from ..asking.returned import Given
    from ._intray import files_in
    from ._returns import Collecting

    opened = with_asked(open_plans(where))
    if tell(opened):
        raise Mendable(
            "the plan has errors, so nothing was collected: what they spoil could not be answered",
            "Mend the errors, and try again.",
        )
    head, today = opened.plan.head, today_given()

    given = Given(
        today,
        who_given(by, head, today, "--by") if by else None,
        day_given(date, today, head).last if date else None,
        agreed_given(agreed, head, today),
    )
    decided = Path(decisions) if decisions else None
    collecting = Collecting(opened, given, yes=yes, dry_run=dry_run, decisions=decided)
    try:
        status = max([_collect(path, collecting) for path in files_in(files)], default=0)
    finally:
        # What was shown by then is recorded too where somebody stops it halfway, and they are told.
        collecting.finish()
    return status or int(collecting.failed)


def _collect(path: Path, collecting: Collecting) -> int:
    """Collect one file; the exit status: 1 where nothing of it could be used."""
    from ..checks.privacy import redact
    from ._intray import read_parts

    try:
        collecting.collect(read_parts(path))
    except Mendable as error:
        # A file's name may name a child, and a message names the file.
        note(redact(f"{error.what}. {error.next}"))
        return 1
    return 0
