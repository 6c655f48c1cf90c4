"""The line that was probably meant, where one was typed that is not right: quotation marks that
were forgotten, ids and options called otherwise, a command that is not there.

Loaded only for a line that was refused. What it makes of one is run where nothing is recorded or
written by it, and said; else it is shown, to be copied.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import Mistyped
from ..letters import folded
from .command_list import COMMANDS, HEADINGS
from .heads import find_head
from .options import read
from .rereading import Rereading
from .said import OPTIONS
from .typography import as_typed
from .values import Known, is_filler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .heads import Head


LOOKS = frozenset({*HEADINGS["See where things stand"], *HEADINGS["Check"], "log"})
"""The commands that only look: what they are asked nearly right is answered."""


class Mended(NamedTuple):
    """The line that was probably meant."""

    args: list[str]
    sure: bool
    """Whether it can mean nothing else, and everything that it needs was typed."""

    @property
    def only_looks(self) -> bool:
        """Whether it can be run unasked."""
        return self.sure and (self.args[0] in LOOKS or "--help" in self.args)

    @property
    def text(self) -> str:
        """It, to be copied."""
        return as_typed(["hscp", *self.args])

    def offer(self, refusal: Mistyped) -> Mistyped:
        """What to say where it is for a person to type it."""
        joined = refusal.what.endswith(" is left over") and any(" " in arg for arg in self.args)
        what = "a text of several words goes in quotation marks" if joined else refusal.what
        return Mistyped(what, f"\nDid you mean:\n  {self.text}")


def mend(args: list[str]) -> Mended | None:
    """The line that was probably meant by one that was refused; None where nobody can tell."""
    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    head = find_head(args) if "" not in args else None
    if head is None:
        return None
    typed, known = _values(args), Known(_folder(args))
    for words in _readings(head, known):
        reading = Rereading(words, known)
        line = reading.line()
        if line is None:
            continue
        if typed is None or "--help" in line or _says_otherwise(typed, _values(line), reading):
            sought = line[0] == "find" and head.args[0] != "find"
            return Mended(line, head.sure and reading.sure and not sought)
    return None


def _values(line: list[str]) -> dict[str, Any] | None:
    """What a line gives a command, by the names of its parameters; None where it is not right."""
    if not line or line[0] not in COMMANDS:
        return None
    return read(import_module(f"hscp_plan.commands.{line[0]}").run, line[1:])


def _says_otherwise(
    typed: dict[str, Any], values: dict[str, Any] | None, reading: Rereading
) -> bool:
    """Whether a line mends one that is right as far as it goes: it is of another id, or of a
    status by its own name. Its texts stay, or are exchanged with the id."""
    if values is None or values == typed:
        return False
    changed = [name for name, value in typed.items() if value not in values.values()]
    return all(map(reading.may_change, changed))


def _readings(head: Head, known: Known) -> Iterator[list[str]]:
    """The lines that a line may be read as, the likeliest first."""
    if head.args == ["progress", "--status", "closed"]:
        yield ["decide", *_only_priority(head.rest, known), "--outcome", "close"]
    yield [*head.args, *head.rest]
    if head.args[0] == "moves":
        yield ["changes", *head.rest]
    if head.args[0] in LOOKS:
        yield ["show", *head.rest]
        words = [word for word in head.rest if not is_filler(word)]
        typed = any(map(_is_no_word_of_the_plan, words))
        if words and not typed and known.says(words):
            yield ["find", *words]


def _is_no_word_of_the_plan(word: str) -> bool:
    """Whether a word is an option, with its dashes or without, or has a digit as ids and dates
    have."""
    return word.startswith("-") or bool(re.search(r"\d", word)) or f"--{folded(word)}" in OPTIONS


def _only_priority(words: list[str], known: Known) -> list[str]:
    """The words, where the first is a priority's id; else none, which closes no priority."""
    is_one = bool(words) and len(known.ids(words[0], only_priorities=True)) == 1
    return words if is_one else []


def _folder(words: list[str]) -> str | None:
    """The plan's folder, where the line names one."""
    for at, word in enumerate(words):
        if word.startswith("--plan="):
            return word.partition("=")[2]
        if word == "--plan" and words[at + 1 : at + 2]:
            return words[at + 1]
    return None
