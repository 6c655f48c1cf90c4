"""The command line's way in: `hscp`, and `python -m hscp_plan`.

What needs no plan (help, version) is answered before anything heavy is loaded.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command that was typed, and leave with its status."""
    status = answer(sys.argv[1:])
    sys.stderr.flush()
    # Taking a big plan apart object by object, only to leave, takes up to a tenth of its time.
    # All output is out by now, and every file that was written is closed.
    os._exit(status)


def answer(args: list[str]) -> int:
    """Run the command with these words; the status to leave with."""
    # A command is over before collecting could pay; at 10,000 milestones it costs a quarter.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        # Whatever a console's code page: ▲ ✓ are no cp1252. Line ends stay as they are written.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")  # type: ignore[union-attr]
    from .overview import answered

    if answered(args):
        return _flushed(0)
    from .cli import run

    return _flushed(run(args))


def _flushed(status: int) -> int:
    """The status to leave with, once all output is out: not 0 where it could not be written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader went away. Python would complain while shutting down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return status or 1
    except OSError as error:
        sys.stderr.write(f"hscp: the output could not be written: {error.strerror}\n")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


if __name__ == "__main__":
    main()
