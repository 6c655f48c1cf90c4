"""`hscp schema`: the JSON Schemas that editors use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from .. import store
from ..cli.options import Option
from ._look import write
from ._options import PlanDir


def run(
    where: PlanDir = None,
    to: Annotated[
        str | None,
        Option("-o", metavar="DIR", help="The folder to write to; default: the plan's."),
    ] = None,
) -> int:
    """Write the JSON Schemas of the plan's files, so that an editor completes and explains keys.

    \b
    hscp schema              into the plan's own folder, with its ids and groups
    hscp schema -o schemas   into another folder, for any plan
    """
    from ..reading.schemas import schemas

    plan = None if to else store.open_plan(store.find(where))
    folder = plan.folder / "schema" if plan else Path(to or "")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas(plan and plan.plan).items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        write(f"Wrote {store.display_path(folder / name)}\n")
    return 0
