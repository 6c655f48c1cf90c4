"""The options and arguments of commands, declared once; and a reader of plainly right lines.

Nearly every line that is typed is. Typer, which `help` asks for help, for Tab and for what is
mistyped, takes longer to load than a command of a real plan takes in all, so such a line is read
here. `read` leaves a line to Typer where it is not sure, and else understands it as Typer would:
`tests/test_options.py` holds it to that.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from ..errors import Mistyped, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..model import Plan

    Offers = Callable[[Plan | None], dict[str, str]]


class Option:
    """An option: its names (none: it is named after its parameter), its help, what Tab offers."""

    def __init__(
        self,
        *names: str,
        help: str,
        metavar: str | None = None,
        offers: Offers | None = None,
        environ: str | None = None,
    ) -> None:
        self.names, self.help, self.metavar = names, help, metavar
        self.offers = offers
        """What could be typed, given what can be read of the plan, with its words."""
        self.environ = environ
        """The variable that stands for it where it is not typed."""


class Argument:
    """A word without a name: how help shows it, its help, and what Tab offers."""

    def __init__(self, *, metavar: str, help: str, offers: Offers | None = None) -> None:
        self.metavar, self.help, self.offers = metavar, help, offers


class Parameter(NamedTuple):
    """A parameter of a command's `run`, or a field of a group of options that it takes."""

    name: str
    kind: Any
    """bool, str, a list of str, or a Literal; or None with one of them."""
    declared: Option | Argument
    default: Any
    """Ellipsis where it must be given."""

    @property
    def repeatable(self) -> bool:
        """Whether it may be given more than once."""
        return any(get_origin(kind) is list for kind in self._kinds)

    @property
    def choices(self) -> tuple[str, ...]:
        """The only words that it takes; empty where it takes any."""
        return next((get_args(k) for k in self._kinds if get_origin(k) is Literal), ())

    @property
    def _kinds(self) -> tuple[Any, ...]:
        return (self.kind, *get_args(self.kind))

    @property
    def names(self) -> tuple[str, ...]:
        """An option's names as they are typed; none of an argument."""
        if isinstance(self.declared, Argument):
            return ()
        return self.declared.names or ("--" + self.name.replace("_", "-"),)


def parameters(run: Callable[..., int]) -> Iterator[Parameter]:
    """The parameters of a command in their order, those of a group where the group stands.

    A group is a NamedTuple of options, taken by keyword.
    """
    positional = run.__code__.co_varnames[: run.__code__.co_argcount]
    defaults = dict(zip(reversed(positional), reversed(run.__defaults__ or ()), strict=False))
    defaults |= run.__kwdefaults__ or {}
    for name, hint in _hints(run).items():
        if _is_group(hint):
            hints = get_type_hints(hint, include_extras=True).items()
            yield from (_parameter(f, h, hint._field_defaults) for f, h in hints)
        else:
            yield _parameter(name, hint, defaults)


def _parameter(name: str, hint: Any, defaults: dict[str, Any]) -> Parameter:
    kind, declared = get_args(hint)
    return Parameter(name, kind, declared, defaults.get(name, ...))


def call(run: Callable[..., int], values: dict[str, Any]) -> int:
    """Run a command with the values of its parameters, by their names; its exit status."""
    keywords = dict(values)
    for name, hint in _hints(run).items():
        if _is_group(hint):
            fields = {field: keywords.pop(field) for field in hint._fields if field in keywords}
            keywords[name] = hint(**fields)
    return run(**keywords)


@cache
def _hints(run: Callable[..., int]) -> dict[str, Any]:
    hints = get_type_hints(run, include_extras=True)
    del hints["return"]
    return hints


def _is_group(hint: Any) -> bool:
    return hasattr(hint, "_fields")


def read(run: Callable[..., int], words: Sequence[str]) -> dict[str, Any] | None:
    """What the words after a command's name mean, by the names of its parameters; None where that
    is not plain."""
    known = list(parameters(run))
    parts = _split(words, {name: parameter for parameter in known for name in parameter.names})
    if parts is None:
        return None
    values, arguments = parts
    for parameter in known:
        if parameter.name in values:
            continue
        value = _value_without_name(parameter, arguments)
        if value and value in (parameter.choices or (value,)):
            values[parameter.name] = value
        elif value or parameter.default is ...:
            return None
    return None if arguments else values


def _value_without_name(parameter: Parameter, arguments: list[str]) -> str | list[str] | None:
    """The value of an argument, taken from the words that stand without a name; of an option that
    was not typed, what the environment says."""
    if isinstance(parameter.declared, Option):
        return value_around(parameter)
    if not arguments:
        return None
    if not parameter.repeatable:
        return arguments.pop(0)
    values = arguments[:]
    arguments.clear()
    return values


def value_around(parameter: Parameter) -> str | list[str] | None:
    """What the environment says of an option that was not typed. Of one that may be given more than
    once, several values, parted as PATH is; the name of a folder that is there is one."""
    environ = isinstance(parameter.declared, Option) and parameter.declared.environ
    text = os.environ.get(environ) if environ else None
    return _parted(text) if text and parameter.repeatable else text


def folders_around() -> list[str]:
    """The plans' folders that the environment names."""
    return _parted(os.environ.get("HSCP_PLAN", ""))


def _parted(text: str) -> list[str]:
    # pathlib takes 3 ms to load, and this is read at every start.
    parts = [text] if os.path.isdir(text) else text.split(os.pathsep)  # noqa: PTH112
    return [part for part in parts if part]


def _split(
    words: Sequence[str], options: dict[str, Parameter]
) -> tuple[dict[str, Any], list[str]] | None:
    """The values of options, and the words without a name; None where that is not plain."""
    values: dict[str, Any] = {}
    arguments: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            arguments.append(word)
            continue
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        option = options.get(name)
        if option is None or (option.kind is bool and equals):
            return None
        if option.kind is bool:
            values[option.name] = True
            continue
        value = value if equals else next(rest, "")
        if not value or value.startswith("-") or value not in (option.choices or (value,)):
            return None
        if option.repeatable:
            values.setdefault(option.name, []).append(value)
        elif values.setdefault(option.name, value) != value:
            return None
    return None if "" in arguments else (values, arguments)


def refuse_second_values(run: Callable[..., int], words: Sequence[str]) -> None:
    """Raises Mistyped where the words after a command's name give an option that takes one value
    two that differ."""
    options = {name: p for p in parameters(run) for name in p.names if p.kind is not bool}
    values: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word == "--":
            return
        if word.startswith("--"):
            name, equals, value = word.partition("=")
        else:
            name, equals, value = word[:2], "", word[2:]  # -ofile
        option = options.get(name)
        if option is None:
            continue
        value = value if equals or value else next(rest, "")
        first = values.setdefault(option.name, value)
        if first != value and not option.repeatable:
            assert isinstance(option.declared, Option)  # noqa: S101 - it has names
            what = f"{name} is given twice: {quoted(first)} and {quoted(value)}"
            raise Mistyped(what, "Give it once.")
