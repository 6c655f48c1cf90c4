"""The line that was typed, as it would be typed again; and what is asked at a terminal."""

from __future__ import annotations

import sys
from itertools import pairwise

from ..cli.typography import as_typed


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def line(question: str) -> str:
    """The answer to a question, in one line."""
    return input(question).strip()


def says_yes(question: str) -> bool:
    """Whether a question is answered with yes; asked again until it is yes or no."""
    while (answer := line(f"{question} [y/N] ").lower()) not in ("", "n", "no", "y", "yes"):
        sys.stderr.write("hscp: Write y or n.\n")
    return answer in ("y", "yes")


def again(option: str, was: str | None, now: str) -> str:
    """The line with another value of an option, or with one more where it has none. The value of
    an argument is that of the option without a name."""
    words, replaced = ["hscp"], False
    for before, word in pairwise(("", *sys.argv[1:])):
        name, equals, value = word.partition("=")
        if was and option in (before, "") and _same(word, was):
            words, replaced = [*words, now], True
        elif was and equals and name == option and _same(value, was):
            words, replaced = [*words, option, now], True
        else:
            words.append(word)
    return as_typed(words if replaced else (*words, option, now))


def _same(word: str, was: str) -> bool:
    """Whether a word was read as this: blanks and a comma before a day make no difference."""
    return "".join(word.split()).replace(",", "") == "".join(was.split()).replace(",", "")
