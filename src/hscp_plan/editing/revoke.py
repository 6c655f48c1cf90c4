"""Takes back in one go what was done in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..disk import plain_bytes
from ..errors import Mendable
from ..git import repo
from ..reports.commit import changed_files
from . import opening
from .write import restore

if TYPE_CHECKING:
    from pathlib import Path

    from .deeds import Deed


def revoke(deed: Deed) -> None:
    """Make plans' files and journals what they were before something was done, all of them or none.

    Raises Mendable where one of the files is not as it was left, holds a record that is in git, or
    cannot be written.
    """
    if deed.record:
        _refuse_saved(deed)
    restore(deed.files, deed.journals)
    if not deed.record:
        for path, (old, new) in deed.files.items():
            opening.hold_typed(path, new, old or b"")


def _refuse_saved(deed: Deed) -> None:
    """Raises Mendable where what was recorded is in git."""
    for folder in deed.journals:
        names = [path.name for path in deed.files if path.parent == folder]
        now = {name: _bytes(folder / name) for name in names}
        try:
            committed = repo.files_at_head(folder, names)
        except repo.Unread:
            raise  # it may be in git
        except repo.NoGit:
            continue
        before = {name: data for name, data in committed.items() if name in names}
        if len(changed_files(before, now)) < len(names):
            what = "What was recorded is in git already, so it stays"
            raise Mendable(what, "To correct it, record what is right.")


def _bytes(path: Path) -> bytes:
    try:
        return plain_bytes(path)
    except OSError:
        return b""
