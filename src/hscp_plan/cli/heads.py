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
    about_meetings = re.search(r"\bnext (board|meeting)\b|\bmeetings?$", folded(" ".join(words)))
    if about_meetings and words[0] not in COMMANDS:
        return None  # no command lists them
    if re.match(r"how (do i|to|can i|do you) ", folded(" ".join(words))):
        command = next((folded(word) for word in words if folded(word) in COMMANDS), "")
        return Head([command], ["--help"]) if command else None
    for skipped in range(len(words)):
        if skipped and not is_filler(words[skipped - 1]):
            break
        if head := _begins(words[skipped:]):
            return _as_question(head) if skipped else head
    if words and all(map(is_filler, words)):
        return Head(["status"], [])
    known = [*COMMANDS, *(phrase for phrase in PHRASES if len(phrase) > 4)]
    if words and (near := nearest(words[0], known, cutoff=0.7)):
        return Head([*PHRASES.get(near, (near,))], words[1:], sure=False)
    return None


def _as_question(head: Head) -> Head | None:
    """What a question asks, whose words would else record: is P1.2 done, what is complete."""
    if head.args[0] != "progress":
        return head
    ids = [word for word in head.rest if re.search(r"\d", word)]
    if ids:
        return Head(["show"], ids)
    return Head(["status", *head.args[1:]], head.rest) if head.args[1:] else None


def _begins(words: list[str]) -> Head | None:
    for size in (3, 2, 1):
        phrase = folded(" ".join(words[:size])).strip("?.,")
        if phrase in COMMANDS:
            return Head([phrase], words[size:])
        if phrase in PHRASES and len(words) >= size:
            status = PHRASES[phrase][:2] == ("progress", "--status") and len(words) == size
            # A status alone is asked for: complete, done.
            command = ("status", *PHRASES[phrase][1:]) if status else PHRASES[phrase]
            return Head([*command], words[size:])
    joined = re.fullmatch(r"([a-z]+)-?([a-z]\d+[.,-]\d+)", folded(words[0]))
    if joined and joined[1] in COMMANDS:  # showP1.2
        return Head([joined[1]], [joined[2], *words[1:]])
    if re.fullmatch(r"[a-zA-Z]{0,2}\d+([.,-]\d+)?\.?", words[0]):
        said = any(not is_filler(word) and not re.search(r"\d", word) for word in words[1:])
        return Head(["progress" if said else "show"], words)
    return None
