"""What a command takes, declared once; and what a line means that is plainly right.

Nearly every line that is typed is. Typer, which `help` asks for help, for Tab and for what is
mistyped, takes longer to load than a command of a real plan takes in all, so such a line is read
here. `read` says nothing of a line that it is not sure of, and never means another thing by one
than Typer would: `tests/test_options.py` holds it to that.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin, get_type_hints

from ..errors import Mistyped, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Offers = Callable[[str | None], dict[str, str]]


class Option:
    """An option: its names, else the parameter's own; what its help says, and what Tab offers."""

    def __init__(
        self,
        *names: str,
        help: str,
        metavar: str | None = None,
        offers: Offers | None = None,
        environ: str | None = None,
        instead: str = "Give it once.",
    ) -> None:
        self.names, self.help, self.metavar = names, help, metavar
        self.offers = offers
        """What could be typed, given the plan's folder where the line names one, with its words."""
        self.environ = environ
        """The variable that stands for it where it is not typed."""
        self.instead = instead
        """What to do where it takes one value and was given two."""


class Argument:
    """What stands without a name: how help shows it, what its help says, and what Tab offers."""

    def __init__(self, *, metavar: str, help: str, offers: Offers | None = None) -> None:
        self.metavar, self.help, self.offers = metavar, help, offers


class Parameter(NamedTuple):
    """A parameter of a command's `run`, or of a group of options that it takes."""

    name: str
    kind: Any
    """bool, str, a list of str, or a Literal; or None with one of them."""
    declared: Option | Argument
    default: Any
    """Ellipsis where it must be given."""

    @property
    def many(self) -> bool:
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
            yield from (_parameter(*each, hint._field_defaults) for each in hints)
        else:
            yield _parameter(name, hint, defaults)


def _parameter(name: str, hint: Any, defaults: dict[str, Any]) -> Parameter:
    kind, declared = get_args(hint)
    return Parameter(name, kind, declared, defaults.get(name, ...))


def call(run: Callable[..., int], given: dict[str, Any]) -> int:
    """Run a command with the values of its parameters, by their names; its exit status."""
    given = dict(given)
    for name, hint in _hints(run).items():
        if _is_group(hint):
            given[name] = hint(**{f: given.pop(f) for f in hint._fields if f in given})
    return run(**given)


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
    parted = _parted(words, {name: p for p in known for name in p.names})
    if parted is None:
        return None
    given, plain = parted
    for parameter in known:
        if parameter.name in given:
            continue
        value = _unnamed(parameter, plain)
        if value and value in (parameter.choices or (value,)):
            given[parameter.name] = value
        elif value or parameter.default is ...:
            return None
    return None if plain else given


def _unnamed(parameter: Parameter, plain: list[str]) -> str | list[str] | None:
    """What an argument takes of the words without a name, or the environment says of an option."""
    if isinstance(parameter.declared, Option):
        return os.environ.get(parameter.declared.environ or "")
    if not plain:
        return None
    if not parameter.many:
        return plain.pop(0)
    taken = plain[:]
    plain.clear()
    return taken


def _parted(
    words: Sequence[str], options: dict[str, Parameter]
) -> tuple[dict[str, Any], list[str]] | None:
    """The options with their values, and the words without a name."""
    given: dict[str, Any] = {}
    plain: list[str] = []
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            plain.append(word)
            continue
        name, equals, value = word.partition("=") if word.startswith("--") else (word, "", "")
        option = options.get(name)
        if option is None or (option.kind is bool and equals):
            return None
        if option.kind is bool:
            given[option.name] = True
            continue
        value = value if equals else next(rest, "")
        if not value or value.startswith("-") or value not in (option.choices or (value,)):
            return None
        if option.many:
            given.setdefault(option.name, []).append(value)
        elif given.setdefault(option.name, value) != value:
            return None
    return None if "" in plain else (given, plain)


def refuse_second_values(run: Callable[..., int], words: Sequence[str]) -> None:
    """Raises Mistyped where the words after a command's name give an option that takes one value
    two that differ."""
    options = {name: p for p in parameters(run) for name in p.names if p.kind is not bool}
    given: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word == "--":
            return
        name, equals, value = word.partition("=") if word.startswith("--") else _short(word)
        option = options.get(name)
        if option is None:
            continue
        value = value if equals or value else next(rest, "")
        before = given.setdefault(option.name, value)
        if before != value and not option.many:
            assert isinstance(option.declared, Option)  # noqa: S101 - it has names
            what = f"{name} is given twice: {quoted(before)} and {quoted(value)}"
            raise Mistyped(what, option.declared.instead)


def _short(word: str) -> tuple[str, str, str]:
    """A short option and the value that stands right behind it: -ofile."""
    return word[:2], "", word[2:]
