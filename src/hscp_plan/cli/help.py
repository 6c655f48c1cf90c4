"""Typer's part: help, Tab, and what is wrong with a line that `options` does not read.

Builds Typer's commands from what `options` declares.
"""

from __future__ import annotations

import os
import re
from importlib import import_module
from inspect import Parameter as SignatureParameter
from inspect import Signature, cleandoc
from typing import TYPE_CHECKING, Annotated, Any

# Typer would load rich for help, errors and zsh's Tab: 50 ms that nobody asked for.
os.environ["TYPER_USE_RICH"] = "0"

import typer
from typer.core import TyperCommand, TyperGroup

from ..errors import Mistyped, nearest, quoted
from ..letters import folded
from ..words import listed, safe
from .command_list import COMMANDS, HEADINGS, help_text, module_of
from .narrow import fit
from .options import Argument, call, parameters, refuse_second_values, value_around
from .said import OPTIONS
from .streams import reading_width, width
from .unknown_command import unknown_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from .options import Offers, Parameter


class Commands(TyperGroup):
    """The commands, each built when it is asked for. Typer gives each method a context, whose
    name it decides and which is not needed."""

    def list_commands(self, ctx: object) -> list[str]:  # noqa: ARG002 - Typer's
        """Every command, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: object, cmd_name: str) -> TyperCommand | None:  # noqa: ARG002 - Typer's
        """The command of this name, loaded now."""
        return build(cmd_name) if cmd_name in COMMANDS else None

    def format_help(self, ctx: object, formatter: Any) -> None:  # noqa: ARG002 - Typer's
        """The overview."""
        formatter.write(fit(help_text(), width()).rstrip("\n"))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Commands with the overview's words for them, without loading any."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        lines = {name: line for group in HEADINGS.values() for name, line in group.items()}
        commands: Any = {name: TyperCommand(name, short_help=line) for name, line in lines.items()}
        return TyperGroup(commands=commands).shell_complete(ctx, incomplete)


class OneCommand(TyperCommand):
    """A command that refuses two values of an option that takes one: Typer would drop the first."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Understand the words after the command's name."""
        if not ctx.resilient_parsing:
            refuse_second_values(_load_run(self.name), args)
        return super().parse_args(ctx, args)


def run(args: list[str]) -> int:
    """Run what was typed, as Typer reads it; the exit status.

    Raises Mistyped for what Typer finds wrong with it, and KeyboardInterrupt for Ctrl-C.
    """
    try:
        status = _app().main(args, prog_name="hscp", standalone_mode=False)
    except typer.Exit as exit:
        return int(exit.exit_code)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise _explain(error, args) from error
    return status if isinstance(status, int) else 0


def _app() -> Any:
    """`hscp` itself, as Typer has it."""
    root = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=_settings(),
    )
    root.callback()(lambda: None)
    return typer.main.get_command(root)


def build(name: str) -> Any:
    """One command as Typer has it, from its own file."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(name, cls=OneCommand, context_settings=_settings())(_for_typer(_load_run(name)))
    return typer.main.get_command(app)


def _settings() -> dict[str, Any]:
    """What the context of each command is told: how help is asked for, and how wide it is."""
    return {"help_option_names": ["-h", "--help"], "terminal_width": reading_width()}


def _load_run(name: str | None) -> Callable[..., int]:
    """The function that runs a command, from its own file."""
    run: Callable[..., int] = import_module(module_of(name or "")).run
    return run


def _for_typer(run: Callable[..., int]) -> Callable[..., int]:
    """The same command, declared in Typer's words."""

    def run_with_values(**values: Any) -> int:
        return call(run, values)

    signature = [
        SignatureParameter(
            p.name,
            SignatureParameter.KEYWORD_ONLY,
            default=SignatureParameter.empty if p.default is ... else _default(p),
            annotation=Annotated[p.kind, _typer_parameter(p)],
        )
        for p in parameters(run)
    ]
    run_with_values.__doc__ = _narrow(run.__doc__ or "")
    run_with_values.__annotations__ = {p.name: p.annotation for p in signature}
    # No function's type has this; `inspect`, which Typer asks, looks there first.
    run_with_values.__signature__ = Signature(signature)  # type: ignore[attr-defined]
    return run_with_values


def _default(parameter: Parameter) -> Any:
    """What an option is where it is not typed: Typer itself parts several values at blanks."""
    return (parameter.repeatable and value_around(parameter)) or parameter.default


def _narrow(docstring: str) -> str:
    """A command's docstring, its examples no wider than the terminal."""
    # Typer wraps the rest, and indents all of it by two.
    return "\n\n".join(
        fit(block, width() - 2) if block.startswith("\b") else block
        for block in cleandoc(docstring).split("\n\n")
    )


def _typer_parameter(parameter: Parameter) -> Any:
    """An option or argument in Typer's words."""
    declared = parameter.declared
    completer = _completer(declared.offers) if declared.offers else None
    if isinstance(declared, Argument):
        return typer.Argument(
            metavar=declared.metavar,
            help=declared.help,
            autocompletion=completer,
            case_sensitive=False,
        )
    return typer.Option(
        *parameter.names,
        metavar=declared.metavar,
        help=declared.help,
        autocompletion=completer,
        envvar=None if parameter.repeatable else declared.environ,
        show_envvar=False,
        show_default=not parameter.repeatable,
        case_sensitive=False,
    )


def _completer(offers: Offers) -> Callable[..., list[tuple[str, str]]]:
    """A function that gives Tab what begins as the word does, each with its text. Typer passes
    the values by these names."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from ..several import readable

        beginning = folded(incomplete)
        choices = offers(readable(ctx.params.get("where"))).items()
        return [
            (_Offer(_for_shell(word)), safe(text)[:60])
            for word, text in choices
            if folded(word).startswith(beginning)
        ]

    return complete


class _Offer(str):
    """A word for Tab, as the shell is to write it. Typer keeps those that begin as what was typed;
    but these are chosen already, by what they are and not by how they are written."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        return True


def _for_shell(word: str) -> str:
    """A word as the shell is to write it into the line. bash alone writes what it is given, so a
    word goes on in the quotation marks that were begun, or else each mark and blank in it
    has a backslash."""
    if os.environ.get("_HSCP_COMPLETE") != "complete_bash":
        return word
    words, number = os.environ["COMP_WORDS"].split("\n"), int(os.environ["COMP_CWORD"])
    begun = words[number][:1] if number < len(words) else ""
    if begun == "'":
        written = word.replace("'", r"'\''")
    elif begun == '"':
        written = re.sub(r"""([\\"$`])""", r"\\\1", word)
    else:
        return re.sub(r"""([ !"#$&'()*;<>?[\\\]^`{|}~])""", r"\\\1", word)
    # bash ends the quotation, unless such a mark stands there already.
    return written + begun if written.endswith(begun) else written


def _explain(error: Exception, args: list[str]) -> Mistyped:
    """What Typer found wrong with a line, in the words of this project."""
    what = " ".join(error.format_message().split()).rstrip(".?")  # type: ignore[attr-defined]
    command = args[0] if args and args[0] in COMMANDS else ""
    if what.startswith("No such command") and args:
        return unknown_command(args[0])
    if "no such option" in what.lower() and any(a.startswith("-") and " " in a for a in args):
        return Mistyped(
            "a text that begins with a dash looks like an option",
            'Put -- before it: hscp progress P1.3 -- "- two teams"',
        )
    if what.startswith("Got unexpected extra argument"):
        over = what.partition("(s) (")[2].removesuffix(")")
        return Mistyped(f"{quoted(over)} is left over", f"See hscp {command} --help")
    if getattr(error, "option_name", None) == "--pdf":
        how = "open the Word file, and save it as PDF there"
        return Mistyped(f"hscp writes no PDF: {how}", "See hscp report --help")
    what = what.partition(" (Possible options")[0].partition(". Did you mean")[0]
    if needed := _needed(what, command):
        return Mistyped(needed, f"See hscp {command} --help")
    near = _likely_option(error, command) or _likely_choice(what)
    hint = f"Did you mean {near}?" if near else ""
    see = f"See {' '.join(filter(None, ('hscp', command)))} --help"
    return Mistyped(what[:1].lower() + what[1:], f"{hint}\n{see}".strip())


_NEEDS = {
    "ID": "an id, such as P1.3",
    "PRIORITY": "a priority, such as P1",
    "DATE": "a date, such as 2022-06",
    "ACTION": "what is to be done, in quotation marks",
    "DECISION": "what was decided, in quotation marks",
    "TEXT": "what was said or found, in quotation marks",
    "LEVEL": "how far: assured, partly or not assured",
    "PAPER": "a paper: board, plan, annual, workplan or actions",
    "FORMAT": "a format: csv, json, xlsx or ics",
    "WORD": "a word to look for",
    "PART": "an objective or a milestone, such as P3-A",
    "LEAD": "who leads it, in quotation marks",
    "TITLE": "the priority's name, in quotation marks",
    "NAME": "the register's name, in quotation marks",
    "GROUP": "a board or group, in quotation marks",
    "DIR": "a folder for the pages, such as pages",
}
"""What a command needs, by what its help calls it."""


def _needed(what: str, command: str) -> str | None:
    """What a line lacks, or has no use for, in words; None of all else that Typer finds."""
    if match := re.match(r"Missing argument '(\w+)'", what):
        return f"{command} needs {_NEEDS.get(match[1], match[1])}"
    if match := re.match(r"Missing option '([-\w]+)'", what):
        return f"{command} needs {match[1]}"
    if match := re.match(r"Option '([-\w]+)' requires an argument", what):
        return f"{match[1]} needs a value after it"
    if match := re.match(r"Invalid value for '(\w+)': '(.*)' is not one of '(.*)'$", what):
        known = listed(match[3].split("', '"), "or")
        return f"{quoted(match[2])} is no {match[1].lower()}: write {known}"
    return None


def _likely_option(error: Exception, command: str) -> str | None:
    """The option of this command that an unknown one most likely means."""
    typed: str | None = getattr(error, "option_name", None)
    if not command or not typed:
        return None
    known = [name for p in parameters(_load_run(command)) for name in p.names]
    if typed in known:
        return None
    synonym = next((name for name in OPTIONS.get(typed, ()) if name in known), None)
    return synonym or nearest(typed, known, cutoff=0.7)


def _likely_choice(what: str) -> str | None:
    """The word nearest to one that is not among the words that an option takes."""
    typed, _, choices = what.partition("' is not one of '")
    if not choices:
        return None
    return nearest(typed.rpartition("'")[2], choices.strip("'").split("', '"))
