"""What to say of a word that is no command."""

from __future__ import annotations

from ..errors import Mistyped, quoted
from .command_list import SEE_HELP


def unknown_command(word: str) -> Mistyped:
    """That a word is no command."""
    return Mistyped(f"there is no command {quoted(word)}", SEE_HELP)
