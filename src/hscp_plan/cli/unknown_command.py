"""What to say of a word that is no command."""

from __future__ import annotations

from ..errors import Mistyped, nearest, quoted
from .command_list import COMMANDS, SEE_HELP, SYNONYMS, TO_COME


def unknown_command(word: str) -> Mistyped:
    """That a word is no command, and what to do next: the command it most likely means, where that
    is likely; a wrong guess would be worse than none."""
    folded = word.casefold()
    if folded in TO_COME:
        to_come = f"{TO_COME[folded]} is still to come"
        return Mistyped(f"there is no command {quoted(word)} yet: {to_come}", SEE_HELP)
    near = SYNONYMS.get(folded) or nearest(word, list(COMMANDS), cutoff=0.7)
    hint = f"Did you mean: hscp {near}" if near else SEE_HELP
    return Mistyped(f"there is no command {quoted(word)}", hint)
