"""Makes the file of a new priority or register, and says what was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .. import store
from ._look import say_document
from ._record import difference

if TYPE_CHECKING:
    from ..editing.change import Change


class New(Protocol):
    """What is to have a file of its own."""

    title: str
    id: str
    """Known once it is chosen."""

    def choose(self) -> tuple[str, Change]:
        """The name of its file, and what stands in it."""
        ...


def create_file(opened: store.Opened, new: New, noun: str, options: str, dry_run: bool) -> None:
    """Make the file in the plan's folder, or show what would stand in it. `noun` is what is added
    to it, with these `options`. Raises what `create` does."""
    from ..editing.write import create
    from ..reports.recorded import Written, owner_recorded

    path, created = create(opened.folder, new.choose, dry_run)
    if dry_run:
        difference(path, created.old, created.new)
        return
    in_git = store.repository(opened.folder.resolve()) is not None
    written = Written(store.display_path(path), created.place.line, in_git)
    first = f'{noun}:  hscp add {new.id} "…" {options}'
    say_document(owner_recorded(new.id, new.title, first, written), "auto", opened)
