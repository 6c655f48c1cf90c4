"""The command line's way in: `hscp`, and `python -m hscp_plan`.

What needs no plan (help, version) is answered before anything heavy is loaded.
"""

from __future__ import annotations

import gc
import os
import sys

from .cli import streams

STANDS = "What was recorded stands, and need not be done again."


def main() -> None:
    """Run the command that was typed, and leave with its status."""
    status = answer(sys.argv[1:])
    # Leaving as Python does takes a tenth of a command's time and more: it takes every module and
    # the plan apart. All output is out by now, and every file that was written is closed.
    os._exit(status)


def answer(args: list[str]) -> int:
    """Run the command with these words; the status to leave with."""
    # A command is over before collecting could pay; at 10,000 milestones it costs 7 in 100.
    gc.disable()
    output = streams.open_streams()
    from .cli.command_list import HEADINGS, answer_without_plan

    if answer_without_plan(args):
        return streams.finish(output, 0, "")
    from .cli.dispatch import run

    status = run(args)
    records = not HEADINGS["Record"].keys().isdisjoint(args)
    return streams.finish(output, status, STANDS if records else "")


if __name__ == "__main__":
    main()
