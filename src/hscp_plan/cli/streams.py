"""The standard streams: there even where they were closed, in UTF-8 whatever the console."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress


class Answer(io.TextIOWrapper):
    """Standard output, which remembers that it could not be written."""

    failed: OSError | None = None

    def write(self, text: str) -> int:
        """Write a text. Raises OSError."""
        try:
            return super().write(text)
        except OSError as error:
            self.failed = error
            raise

    def flush(self) -> None:
        """Write what is waiting. Raises OSError."""
        try:
            super().flush()
        except OSError as error:
            self.failed = error
            raise


class Aside(io.TextIOWrapper):
    """Standard error, which need not be there for the work to be done."""

    def write(self, text: str) -> int:
        """Write a text, or nothing where it cannot be written."""
        with suppress(OSError):
            super().write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is waiting, or nothing where it cannot be written."""
        with suppress(OSError):
            super().flush()


def open_streams() -> Answer:
    """See to it that the standard streams are there; standard output.

    In the place of a closed one the next file would be opened, the plan's own, and git would write
    its complaints there. Python has None for it, and so has pythonw on Windows for all three.
    """
    for name, way in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            # Nothing can be written to a standard output that is only read: that is told.
            handle = os.open(os.devnull, way)
            os.set_inheritable(handle, True)
            setattr(sys, name, os.fdopen(handle, "r" if name == "stdin" else "w"))
    assert sys.stdout and sys.stderr  # noqa: S101, PT018 - made above
    # Whatever a console's code page: ▲ ✓ are no cp1252. Line ends stay as they are written.
    utf8, watched = ("utf-8", "backslashreplace", ""), sys.stdout.isatty()
    # The types say TextIO, which need not have `detach`; what Python opened has it.
    answer = Answer(sys.stdout.detach(), *utf8, line_buffering=watched)  # type: ignore[union-attr]
    sys.stdout = answer
    sys.stderr = Aside(sys.stderr.detach(), *utf8, line_buffering=True)  # type: ignore[union-attr]
    return answer


def finish(answer: Answer, status: int, note: str) -> int:
    """The status to leave with once all is written: not 0 where it could not be, which is told with
    what `note` all the same. A reader that went away is nothing to be told."""
    with suppress(OSError):
        answer.flush()
    if answer.failed is None:
        return status
    # Python would try again, and complain, while it shuts down.
    os.dup2(os.open(os.devnull, os.O_WRONLY), answer.fileno())
    if isinstance(answer.failed, BrokenPipeError):
        return status or 1
    gone = answer.failed.errno == errno.EBADF
    why = "standard output is closed" if gone else answer.failed.strerror
    sys.stderr.write(f"hscp: the answer could not be written: {why}. {note}".rstrip() + "\n")
    return 1
