"""Runs the command that was typed, loading it alone, and turns what goes wrong into a message and
an exit status."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module

from ..errors import Mendable, Mistyped
from ..words import safe
from .command_list import COMMANDS, HEADINGS, NO_PLAN, SEE_HELP, module_of
from .options import call, read
from .streams import reading_width

ONE_VALUE = ("--plan", "--as-at", "--rev", "--format", "--color")
"""Options that every look command takes, and that may also stand before it."""
TAKES_TEXTS = {*HEADINGS["Record"], *HEADINGS["Difference"], *HEADINGS["Set up"]}
"""The commands that are given words to write down."""


def run(args: list[str]) -> int:
    """Run what was typed; the exit status. Prints every message that a user is meant to see."""
    try:
        return _run_or_mend(args if all(map(str.isascii, args)) else _plain(args))
    except Mendable as mendable:
        return explain(mendable)
    except (KeyboardInterrupt, EOFError):  # Ctrl-C, and Ctrl-D where something is asked
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:
        return 1
    except Exception as error:
        return explain_failure(error)


def _plain(args: list[str]) -> list[str]:
    from .typography import plain

    return plain(args)


def _run_or_mend(args: list[str]) -> int:
    """Run a line or, where it is refused, the one that was probably meant, if that only looks; the
    exit status. Raises Mistyped with the line to copy where it is for a person to run."""
    no_words = not args and not _is_completion()
    try:
        words = arrange(args)
        _refuse_unclosed(words)
        status = execute(words)
    except Mistyped as refusal:
        from ..store import NoPlan
        from .mending import mend

        options, words = split_options(args)
        line = None if isinstance(refusal, NoPlan) else mend([*words, *options])
        if line is None:
            raise
        if not line.only_looks:
            raise line.offer(refusal) from refusal
        sys.stderr.write(f"Taken as:  {safe(line.text)}\n")
        return execute(line.args)
    if no_words and not status:
        sys.stdout.write(f"{SEE_HELP}\n")
    return status


def _refuse_unclosed(line: list[str]) -> None:
    """Refuse a text to record in which an option stands, as where its quotation marks were not
    closed. Raises Mistyped."""
    if line[0] not in TAKES_TEXTS:
        return
    for text in (word for word in line[1:] if " " in word):
        from ..naming.no_text import embedded_option

        option = embedded_option(text)
        if option and option.start():
            what = f"--{option['name']} stands within the text"
            raise Mistyped(what, "Close the quotation marks before it.")


def execute(args: list[str]) -> int:
    """Run the command that the words name, read here where they are plain, else by Typer; the exit
    status. Raises Mendable."""
    try:
        if args[0] in COMMANDS and not _is_completion():
            command = import_module(module_of(args[0])).run
            values = read(command, args[1:])
            if values is not None:
                return call(command, values)
        from . import help

        return help.run(args)
    except SystemExit as exit:  # Typer's, once it has answered a shell
        return exit.code if isinstance(exit.code, int) else 0


def _is_completion() -> bool:
    """Whether a shell asks what Tab should offer: then nothing else may be said."""
    return "_HSCP_COMPLETE" in os.environ


def explain(mendable: Mendable) -> int:
    """Say on standard error what is wrong and what to do next; the exit status."""
    from ..store import NoPlan

    with suppress(OSError):
        sys.stdout.flush()
    columns = reading_width()
    if isinstance(mendable, NoPlan):
        from .narrow import fit

        sys.stderr.write(fit(NO_PLAN, columns) + (f"\n{mendable.next}\n" if mendable.next else ""))
        return mendable.status
    from ..writers.lines import wrap

    end = "" if mendable.what.endswith((".", "?")) else "."
    first, *rest = mendable.next.split("\n")
    lines = wrap(f"hscp: {safe(mendable.what)}{end} {safe(first)}".rstrip(), columns)
    for line in rest:
        # What begins with a space is a line to type, which is copied whole.
        lines += [safe(line)] if line.startswith(" ") else wrap(safe(line), columns)
    sys.stderr.write("\n".join(lines) + "\n")
    return mendable.status


def explain_failure(error: Exception) -> int:
    """Say what could not be read or written, or that hscp itself is at fault; the exit status."""
    if getattr(sys.stdout, "failed", None):
        return 1  # `__main__` says it
    if os.environ.get("HSCP_DEBUG") and not isinstance(error, (OSError, RecursionError)):
        raise error
    return explain(failure(error))


def failure(error: Exception) -> Mendable:
    """What could not be read or written, or that hscp itself is at fault."""
    if isinstance(error, OSError):
        from ..disk import why

        what = f"{error.filename or 'the output'}: {why(error)}"
        return Mendable(f"this could not be read or written: {what}", "")
    if isinstance(error, RecursionError):
        return Mendable("this plan is nested too deep to be read", "See hscp check.")
    name = f"{type(error).__name__}: {error}"
    return Mendable(
        f"something went wrong inside hscp ({name[:200]})",
        "Nothing was changed. Please report it, with the command you typed; "
        "HSCP_DEBUG=1 shows the details.",
    )


def arrange(args: list[str]) -> list[str]:
    """The words typed, with the options before the command put behind it; `status` where there is
    no command, and the help of a command that `help` names."""
    if args[:1] == ["help"]:
        return [*args[1:], "--help"]
    options, rest = split_options(args)
    if rest and rest[0].startswith("-") and rest[0] not in ("--help", "-h"):
        return args
    if not rest:
        return ["status", *options]
    if rest[:2] == ["report", "chase"]:
        raise Mistyped("hscp report chase is hscp ask now", "See hscp ask --help")
    if rest[0] not in COMMANDS and not rest[0].startswith("-"):
        from .unknown_command import unknown_command

        raise unknown_command(rest[0])
    return [rest[0], *options, *rest[1:]]


def split_options(args: list[str]) -> tuple[list[str], list[str]]:
    """The options that stand before a command, and the words from it on."""
    at = 0
    while at < len(args):
        name, equals, _ = args[at].partition("=")
        if name not in (*ONE_VALUE, "--json"):
            break
        at += 2 if name in ONE_VALUE and not equals else 1
    return args[:at], args[at:]
