"""What was done at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..document import Title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.datastructures import MultiDict

    from ..document import Link
    from ..editing.deeds import Deed
    from ..errors import Fault
    from .answers import Answer
    from .papers import File

TAKEN_BACK = "Taken back"
"""The title of what was."""
NOTHING_TAKEN_BACK = "Nothing was taken back"


class Done(NamedTuple):
    """What was done, to be shown afterwards."""

    title: str
    """In a word."""
    said: Answer
    deed: Deed | None = None
    """What it did to the plan's files; None where it is not to be taken back."""
    about: str = ""
    """A sentence above what was said."""
    id: str = ""
    """The part of the plan that it was about."""
    next: tuple[Link, ...] = ()
    """Where to go on."""
    file: File | None = None
    """What it made to take away."""
    then: tuple[str, ...] = ()
    """What to do with that."""
    form: str = ""
    """The address of the form that it was filled in on."""
    typed: MultiDict[str, str] | None = None
    """What was filled in there."""
    state: str = ""
    """What tells the plan as it was left from any other."""
    faults: Sequence[Fault] | None = None
    """What is still wrong with a file that was mended; None where none was."""

    @property
    def revocable(self) -> bool:
        """Whether it can be taken back."""
        return bool(self.deed and self.deed.files and self.deed.whole)

    @property
    def several(self) -> bool:
        """Whether it was of several parts of the plan."""
        return sum(isinstance(document[0], Title) for document in self.said.documents) > 1
