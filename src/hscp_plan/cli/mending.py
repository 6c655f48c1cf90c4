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
from ..naming.filters import is_status
from ..naming.no_text import embedded_option
from .command_list import COMMANDS, HEADINGS, module_of
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


_OF_PARTS = ("status", "due", "overdue", "history", "timeline", "moves")
"""The commands that people ask about one milestone, which `show` tells."""


class Mended(NamedTuple):
    """The line that was probably meant."""

    args: list[str]
    sure: bool
    """Whether it can mean nothing else, and everything that it needs was typed."""
    more: tuple[str, ...] = ()
    """Other ids that were typed: for each, the same line again."""

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
        lines = [self.args, *([self.args[0], id, *self.args[2:]] for id in self.more)]
        shown = "\n".join(f"  {as_typed(['hscp', *line])}" for line in lines)
        return Mistyped(what, f"\nDid you mean:\n{shown}")


def mend(args: list[str]) -> Mended | None:
    """The line that was probably meant by one that was refused; None where nobody can tell."""
    if args[:1] == ["help"]:
        args = [*args[1:], "--help"]
    head = find_head(_split_texts(args)) if "" not in args else None
    if head is None:
        return None
    typed, known = _values(args), Known(_folders(args))
    for words in _readings(head, known):
        reading = Rereading(words, known)
        line = reading.line()
        if line is None:
            continue
        if typed is None or "--help" in line or _says_otherwise(typed, _values(line), reading):
            sought = line[0] == "find" and head.args[0] != "find"
            sure = head.sure and reading.sure and not sought and not reading.more_ids
            return Mended(line, sure, tuple(reading.more_ids))
    return None


def _split_texts(args: list[str]) -> list[str]:
    """The words, with a text parted before an option that stands within it, as if its quotation
    marks had been closed there."""
    words: list[str] = []
    for arg in args:
        option = embedded_option(arg) if " " in arg else None
        if option is None:
            words.append(arg)
            continue
        before, after = arg[: option.start()].strip(), arg[option.end() :].split()
        words += [before] * bool(before) + [f"--{option['name']}", *after]
    return words


def _values(line: list[str]) -> dict[str, Any] | None:
    """What a line gives a command, by the names of its parameters; None where it is not right."""
    if not line or line[0] not in COMMANDS:
        return None
    return read(import_module(module_of(line[0])).run, line[1:])


def _says_otherwise(
    typed: dict[str, Any], values: dict[str, Any] | None, reading: Rereading
) -> bool:
    """Whether a line mends one that is right as far as it goes: it is of another id, or of a
    status by its own name, or a value of it goes on. Its texts stay, or are exchanged with the
    id."""
    if values is None or all(
        reading.reads_alike(name, typed.get(name), values.get(name)) for name in {**typed, **values}
    ):
        return False
    changed = [
        name
        for name, value in typed.items()
        if value not in values.values() and not _goes_on(value, values.get(name))
    ]
    return all(map(reading.may_change, changed))


def _goes_on(value: Any, longer: Any) -> bool:
    """Whether a value is the first word of another, that was typed without quotation marks."""
    return isinstance(value, str) and isinstance(longer, str) and longer.startswith(f"{value} ")


def _readings(head: Head, known: Known) -> Iterator[list[str]]:
    """The lines that a line may be read as, the likeliest first."""
    if head.args == ["progress", "--status", "closed"]:
        yield ["decide", *_only_priority(head.rest, known), "--outcome", "close"]
    if head.args[0] in ("progress", "changes", "reschedule"):
        yield from _moved_to(head, known)
    yield [*head.args, *head.rest]
    if head.args[0] == "moves":
        yield ["changes", *head.rest]
    words = [word for word in head.rest if not is_filler(word)]
    if head.args[0] == "show" and words:
        # show overdue, show red, show changes since last board, show P1.2 history
        if (inner := find_head(words[1:])) and inner.sure and inner.args[0] in LOOKS:
            yield [*inner.args, words[0], *inner.rest]
        if (inner := find_head(words)) and inner.sure and inner.args[0] != "progress":
            yield [*inner.args, *inner.rest]
        yield ["status", *head.rest]
    elif head.args[0] in _OF_PARTS and words:
        at = next((n for n, word in enumerate(words) if word.startswith("-")), len(words))
        titled = known.ids(" ".join(words[:at]), only_priorities=True)
        if at and (all(map(known.is_id, words[:at])) or len(titled) == 1):
            yield ["show", *words]
    if head.args[0] in ("show", "find", "status", "due", "overdue", "history"):
        typed = any(map(_is_no_word_of_the_plan, words))
        if words and not typed and known.says(words):
            yield ["find", *words]


def _moved_to(head: Head, known: Known) -> Iterator[list[str]]:
    """A due date's move that was typed as something else: set P1.2 due 2022-03, P1.2 moved to
    March."""
    words = " ".join(head.rest)
    match = re.fullmatch(
        r"(?:due date of )?(\S+) (?:(?:moved?|rescheduled?|put back|pushed back) )?"
        r"(?:due|to|until) (.+)",
        words,
        re.IGNORECASE,
    )
    if match and known.is_id(match[1]) and known.is_date(match[2]) and "--" not in words:
        yield ["reschedule", match[1], match[2]]


def _is_no_word_of_the_plan(word: str) -> bool:
    """Whether a word is an option, with its dashes or without, or has a digit as ids and dates
    have."""
    option = f"--{folded(word)}" in OPTIONS
    return word.startswith("-") or bool(re.search(r"\d", word)) or option or is_status(word)


def _only_priority(words: list[str], known: Known) -> list[str]:
    """The words, where the first is a priority's id; else none, which closes no priority."""
    is_one = bool(words) and len(known.ids(words[0], only_priorities=True)) == 1
    return words if is_one else []


def _folders(words: list[str]) -> list[str]:
    """The plans' folders that the line names."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    named = ((w.partition("=")[2] if "=" in w else after) for w, after in pairs if _OF_PLAN(w))
    return [folder for folder in named if folder]


_OF_PLAN = re.compile("--plan(?:=|$)").match
