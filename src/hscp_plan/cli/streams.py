"""Opens the standard streams: even where they were closed, and in UTF-8 whatever the console."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import suppress


class Output(io.TextIOWrapper):
    """Standard output, which remembers the error where it could not be written."""

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


class ErrorOutput(io.TextIOWrapper):
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


def open_streams() -> Output:
    """See to it that the standard streams are there; standard output.

    In the place of a closed one the next file would be opened, the plan's own, and git would write
    its complaints there. Python has None for it, and so has pythonw on Windows for all three.
    """
    for name, flags in (("stdin", os.O_RDONLY), ("stdout", os.O_RDONLY), ("stderr", os.O_WRONLY)):
        if getattr(sys, name) is None:
            # Nobody can write to a standard output that is open for reading alone, so `finish`
            # says that it was closed.
            handle = os.open(os.devnull, flags)
            os.set_inheritable(handle, True)
            setattr(sys, name, os.fdopen(handle, "r" if name == "stdin" else "w"))
    assert sys.stdout and sys.stderr  # noqa: S101, PT018 - made above
    # Whatever a console's code page: ▲ ✓ are no cp1252. Line ends stay as they are written.
    utf8, interactive = ("utf-8", "backslashreplace", ""), sys.stdout.isatty()
    # The types say TextIO, which need not have `detach`; what Python opened has it.
    output = Output(sys.stdout.detach(), *utf8, line_buffering=interactive)  # type: ignore[union-attr]
    sys.stdout = output
    sys.stderr = ErrorOutput(sys.stderr.detach(), *utf8, line_buffering=True)  # type: ignore[union-attr]
    return output


def finish(output: Output, status: int, note: str) -> int:
    """The status to leave with once all is written. Where the output could not be written it is not
    0, and standard error says so, with the `note`; but a reader that went away is told nothing."""
    with suppress(OSError):
        output.flush()
    if output.failed is None:
        return status
    # Python would try again, and complain, while it shuts down.
    os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
    if isinstance(output.failed, BrokenPipeError):
        return status or 1
    closed = output.failed.errno == errno.EBADF
    why = "standard output is closed" if closed else output.failed.strerror
    sys.stderr.write(f"hscp: the answer could not be written: {why}. {note}".rstrip() + "\n")
    return 1


def width() -> int:
    """How many columns there are: COLUMNS, else the terminal's, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def reading_width() -> int:
    """How many columns sentences are wrapped at: those there are, and at most 80."""
    return min(width(), 80)
