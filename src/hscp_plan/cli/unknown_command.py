"""What to say of a word that is no command."""

from __future__ import annotations

from ..errors import Mistyped, quoted
from .command_list import SEE_HELP, TO_COME


def unknown_command(word: str) -> Mistyped:
    """That a word is no command."""
    if to_come := TO_COME.get(word.casefold()):
        what = f"there is no command {quoted(word)} yet: {to_come} is still to come"
        return Mistyped(what, SEE_HELP)
    return Mistyped(f"there is no command {quoted(word)}", SEE_HELP)
