"""The folder that a new plan is made in."""

from __future__ import annotations

import os
from pathlib import Path

from .. import store
from ..cli.typography import as_typed
from ..errors import Mistyped
from ..words import listed


def free_folder(given: str) -> Path:
    """The folder for a plan. Raises Mistyped where one is there, or around it, or where what stands
    there would be taken for a part of it."""
    folder = Path(given).absolute()
    name = store.display_path(folder)
    if folder.is_dir():
        if store.holds_plan(str(folder)):
            what = f"there is a plan in {name} already"
            raise Mistyped(what, f"To see it:  {as_typed(['hscp', '--plan', given, 'status'])}")
        if names := sorted(path.name for path in folder.iterdir() if _looks_like_plans(path.name)):
            what = f"{listed(names[:3])} in {name} would be taken for a part of the plan"
            raise Mistyped(what, "Move it elsewhere first, or give another folder.")
    above = next(path for path in (folder, *folder.parents) if os.path.lexists(path))
    if not above.is_dir():
        raise Mistyped(f"{store.display_path(above)} is not a folder", "Give the name of a folder.")
    if store.holds_plan(str(folder.parent)):
        what = f"{name} would stand in the folder of another plan"
        raise Mistyped(what, "Give a folder outside it, such as  hscp init ../new-plan")
    return folder


def _looks_like_plans(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and not name.startswith(".")
