"""`hscp schema`: the JSON Schemas that editors use."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Option
from ._look import open_plans, write
from ._options import PlanDir

if TYPE_CHECKING:
    from collections.abc import Mapping


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

    if to:
        _write(schemas(None), Path(to))
        return 0
    opened = open_plans(where)
    for each in opened.of or (opened,):
        _write(schemas(each.plan), each.folder / "schema")
    return 0


def _write(texts: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        write(f"Wrote {store.display_path(folder / name)}\n")
