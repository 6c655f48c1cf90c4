"""Finds the command that was typed, loads it alone, and turns what goes wrong into a message and
an exit status."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

# Typer would load rich for help, errors and zsh's Tab: 50 ms that nobody asked for.
os.environ["TYPER_USE_RICH"] = "0"

import typer
from typer.core import TyperGroup

from .errors import Mendable, Mistyped, nearest
from .overview import COMMANDS, NO_PLAN, help_text
from .words import safe

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter
    from typer._click.shell_completion import CompletionItem

ONE_VALUE = ("--plan", "--as-at", "--rev", "--format", "--color")
"""Options that every look command takes, and that may also stand before it."""


class Commands(TyperGroup):
    """The commands, each built when it is asked for."""

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        """Every command, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:  # noqa: ARG002
        """The command of this name, loaded now."""
        return built(cmd_name) if cmd_name in COMMANDS else None

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002
        """The overview."""
        formatter.write(help_text().rstrip("\n"))

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Commands with the overview's words for them, without loading any."""
        from typer._click.shell_completion import CompletionItem

        from .overview import HEADINGS

        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        lines = {name: line for group in HEADINGS.values() for name, line in group.items()}
        return [
            CompletionItem(name, help=line)
            for name, line in lines.items()
            if name.startswith(incomplete)
        ]


def built(name: str) -> Command:
    """One command, from its own file."""
    module = import_module(f".commands.{name}", __package__)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, context_settings={"help_option_names": ["-h", "--help"]})(module.run)
    return typer.main.get_command(app)


def app() -> Command:
    """`hscp` itself."""
    root = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    root.callback()(_nothing)
    return typer.main.get_command(root)


def _nothing() -> None:
    pass


def run(args: list[str]) -> int:
    """Run what was typed; the exit status. Prints every message that a user is meant to see."""
    try:
        bare = not args
        args = arranged(args)
        status = app().main(args, prog_name="hscp", standalone_mode=False)
        if bare and not status:
            sys.stdout.write("All the commands: hscp --help\n")
        return status if isinstance(status, int) else 0
    except Mendable as mendable:
        return said(mendable)
    except typer.Exit as left:
        return int(left.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("\n")
        return 130
    except BrokenPipeError:
        return 1
    except RecursionError:
        return said(Mendable("this plan is nested too deep to be read", "See hscp check."))
    except Exception as error:
        return refused(error, args)


def said(mendable: Mendable) -> int:
    """Say what can be mended on standard error; the status to leave with."""
    from .store import NoPlan

    sys.stdout.flush()
    if isinstance(mendable, NoPlan):
        sys.stderr.write(NO_PLAN)
        return mendable.status
    from .writers.text import wrapped

    end = "" if mendable.what.endswith((".", "?")) else "."
    text = f"hscp: {safe(mendable.what)}{end}"
    for line in mendable.next.split("\n"):
        text += f" {safe(line)}\n" if line else "\n"
    made = [part for line in text.rstrip().split("\n") for part in wrapped(line.strip(), 80)]
    sys.stderr.write("\n".join(made) + "\n")
    return mendable.status


def refused(error: Exception, args: list[str]) -> int:
    """Say what Typer found wrong with the words typed, or that hscp itself is at fault."""
    message = getattr(error, "format_message", None)
    if message is not None and hasattr(error, "exit_code"):
        return said(_mistyped(error, args))
    if isinstance(error, OSError):
        what = f"{error.filename or 'the output'}: {error.strerror or error}"
        return said(Mendable(f"this could not be read or written: {what}", ""))
    if os.environ.get("HSCP_DEBUG"):
        raise error
    name = f"{type(error).__name__}: {error}"
    return said(
        Mendable(
            f"something went wrong inside hscp ({name[:200]})",
            "Nothing was changed. Please report it, with the command you typed; "
            "HSCP_DEBUG=1 shows the details.",
        )
    )


def _mistyped(error: Exception, args: list[str]) -> Mistyped:
    what = " ".join(error.format_message().split()).rstrip(".?")  # type: ignore[attr-defined]
    near = getattr(error, "possibilities", None) or _choice(what)
    if "no such option" in what.lower() and any(a.startswith("-") and " " in a for a in args):
        return Mistyped(
            "a text that begins with a dash looks like an option",
            'Put -- before it: hscp progress P1.3 -- "- two teams"',
        )
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "hscp"
    what = what.partition(" (Possible options")[0].partition(". Did you mean")[0]
    hint = f"Did you mean {near[0]}?" if near else ""
    return Mistyped(what[:1].lower() + what[1:], f"{hint}\nSee {path} --help".strip())


def _choice(what: str) -> list[str]:
    """The word nearest to one that is not among the words that an option takes."""
    typed, _, choices = what.partition("' is not one of '")
    near = nearest(typed.rpartition("'")[2], choices.strip("'").split("', '")) if choices else None
    return [near] if near else []


def arranged(args: list[str]) -> list[str]:
    """The words typed, with what stands before the command moved behind it; `status` where there
    is no command, and the help of a command that `help` names."""
    if args[:1] == ["help"]:
        return [*args[1:], "--help"]
    moved: list[str] = []
    rest = list(args)
    while rest and rest[0].startswith("-") and rest[0] not in ("--help", "-h"):
        name, equals, _ = rest[0].partition("=")
        if name not in (*ONE_VALUE, "--json"):
            return args
        taken = 2 if name in ONE_VALUE and not equals else 1
        moved, rest = moved + rest[:taken], rest[taken:]
    if not rest:
        return ["status", *moved]
    if rest[0] not in COMMANDS and not rest[0].startswith("-"):
        raise _unknown(rest[0])
    return [rest[0], *moved, *rest[1:]]


def _unknown(word: str) -> Mistyped:
    near = nearest(word, list(COMMANDS), cutoff=0.5)
    hint = f"Did you mean: hscp {near}" if near else "All the commands: hscp --help"
    return Mistyped(f'there is no command "{word}"', hint)
