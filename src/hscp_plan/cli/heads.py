"""How a line begins: which command is meant, whatever it is called."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..errors import nearest
from ..letters import folded
from .command_list import COMMANDS
from .said import PHRASES
from .values import is_filler


class Head(NamedTuple):
    """How a line begins: the words that the command is called by here, and what follows them."""

    args: list[str]
    rest: list[str]
    sure: bool = True


def find_head(args: list[str]) -> Head | None:
    """The command that a line begins with, whatever it is called."""
    words = args[1:] if args[:1] == ["hscp"] else args
    for skipped in range(len(words)):
        if skipped and not is_filler(words[skipped - 1]):
            break
        if head := _begins(words[skipped:]):
            return head
    if words and all(map(is_filler, words)):
        return Head(["status"], [])
    if words and (near := nearest(words[0], list(COMMANDS), cutoff=0.7)):
        return Head([near], words[1:], sure=False)
    return None


def _begins(words: list[str]) -> Head | None:
    for size in (3, 2, 1):
        phrase = folded(" ".join(words[:size])).strip("?.,")
        if phrase in COMMANDS:
            return Head([phrase], words[size:])
        if phrase in PHRASES and len(words) >= size:
            return Head([*PHRASES[phrase]], words[size:])
    if re.fullmatch(r"[a-zA-Z]{0,2}\d+([.,-]\d+)?\.?", words[0]):
        said = any(not is_filler(word) and not re.search(r"\d", word) for word in words[1:])
        return Head(["progress" if said else "show"], words)
    return None
