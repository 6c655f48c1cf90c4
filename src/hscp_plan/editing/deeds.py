"""What was done to plans' files in one go, kept in memory, to be taken back in one go."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from . import journal
from .copies import is_copy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Deed:
    """What was done: nothing, until something is written."""

    def __init__(self, *, record: bool = True) -> None:
        self.record = record
        """Whether what is written is a record; what is typed into a file is none."""
        self.files: dict[Path, tuple[bytes | None, bytes]] = {}
        """Of each file what it held before, None where it was not there, and what it holds."""
        self.journals: dict[Path, list[str]] = {}
        """The lines that the journal of each folder had before."""
        self.whole = True
        """Whether nobody else wrote in one of the files in between."""

    def note(self, path: Path, old: bytes | None, new: bytes) -> None:
        """Note that a file was written; its folder's lock must be held, and its journal not yet be
        changed."""
        before, now = self.files.get(path, (old, old))
        self.whole = self.whole and now == old
        self.files[path] = before, new
        self.journals.setdefault(path.parent, journal.lines(path.parent))


_current = ContextVar[Deed | None]("_current", default=None)


@contextmanager
def noted(*, record: bool = True) -> Iterator[Deed]:
    """Note what is written meanwhile; `record` as of `Deed`."""
    deed = Deed(record=record)
    token = _current.set(deed)
    try:
        yield deed
    finally:
        _current.reset(token)


def note(path: Path, old: bytes | None, new: bytes) -> None:
    """Note that a file was written, where that is noted and it is in no copy. As `Deed.note`."""
    if (deed := _current.get()) and not is_copy(path.parent):
        deed.note(path, old, new)
