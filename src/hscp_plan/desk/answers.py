"""Runs commands for the desk, as the command line runs them, and keeps what they say as documents.

One at a time: a command says what it says on the standard streams, of which there is one each.
"""

from __future__ import annotations

import io
import os
import sys
import threading
from contextlib import chdir, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ..cli import dispatch
from ..cli.drawn import Pages
from ..document import Title
from ..editing.change import AlreadyRecorded
from ..errors import Mendable
from ..store import HEAD, NotAPlan, holds_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..document import Document

_ONE = threading.Lock()


class Answer(NamedTuple):
    """What a command said."""

    status: int
    documents: tuple[Document, ...] = ()
    text: str = ""
    """What it printed that is no document."""
    notes: tuple[str, ...] = ()
    """What it said beside that, a sentence or two each."""
    refusal: Mendable | None = None
    """Why it did nothing."""
    of: tuple[str, ...] = ()
    """The commands that said it."""
    already: bool = False
    """Whether it did nothing because the plan says this already."""


def answer(words: Sequence[str], folder: str | None = None, plan: str = "") -> Answer:
    """Run a command with these words, in `folder` where it is to write files; what it said of the
    plan that they name, or of this one. Nothing is asked of anybody."""

    def deed() -> int:
        with chdir(folder) if folder else nullcontext():
            return dispatch.execute(dispatch.arrange([*words]))

    return told(deed, plan or words[words.index("--plan") + 1])._replace(of=(words[0],))


def told(deed: Callable[[], int], plan: str) -> Answer:
    """Do something as a command is run, which returns its exit status; what it said of the plan of
    this folder."""
    with _ONE, _streams() as (output, notes):
        status, refusal = 0, None
        try:
            status = deed()
        except NotAPlan as gone:
            what = f"the plan’s folder is not there any more, or holds no {HEAD}"
            lost = Mendable(what, "Put it back, and load this page again.")
            # Another folder may be meant, which somebody typed.
            status, refusal = gone.status, gone if holds_plan(plan) else lost
        except Mendable as mendable:
            status, refusal = mendable.status, mendable
        except Exception as error:
            if os.environ.get("HSCP_DEBUG"):
                raise
            refusal = dispatch.failure(error)
            status = refusal.status
    said = tuple(" ".join(note.split()) for note in notes.said if note.strip())
    # What a move touches is said before it is recorded; on a page it stands below what it is of.
    documents = sorted(output.documents, key=lambda d: not (d and isinstance(d[0], Title)))
    already = isinstance(refusal, AlreadyRecorded)
    told = Answer(status, tuple(documents), output.getvalue(), said, refusal, already=already)
    # Its files are called by their names alone.
    return without(f"{plan}{os.sep}", told)


def without(text: str, said: Answer) -> Answer:
    """What was said, with nothing in the place of this text."""
    return cast("Answer", _without(text, said))


def _without(text: str, said: Any) -> Any:
    if isinstance(said, str):
        return said.replace(text, "")
    if isinstance(said, Mendable):
        return Mendable(_without(text, said.what), _without(text, said.next))
    if isinstance(said, tuple):
        parts = (_without(text, part) for part in said)
        return type(said)(*parts) if hasattr(said, "_fields") else tuple(parts)
    return said


class _Notes(io.StringIO):
    """Standard error, which keeps each thing that is said on it apart."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def write(self, text: str) -> int:
        self.said.append(text)
        return len(text)


@contextmanager
def _streams() -> Iterator[tuple[Pages, _Notes]]:
    """Standard streams that nobody looks at and nobody types into."""
    before = sys.stdin, sys.stdout, sys.stderr
    output, notes = Pages(), _Notes()
    sys.stdin, sys.stdout, sys.stderr = io.StringIO(), output, notes
    try:
        yield output, notes
    finally:
        sys.stdin, sys.stdout, sys.stderr = before
