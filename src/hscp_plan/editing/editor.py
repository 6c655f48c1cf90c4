"""Opens a file in a person's own editor."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

from ..errors import Mendable

if TYPE_CHECKING:
    from pathlib import Path

_LIKE_CODE = ("code", "codium", "cursor")
_LIKE_VI = ("vi", "vim", "nvim", "nano", "emacs", "micro", "joe", "gedit", "kak")
"""Editors by how they are told the line to open at."""


def open_editor(path: Path, line: int) -> None:
    """Open a file at a line, and wait until the editor is closed.

    Raises Mendable where there is no editor, or it fails.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    words = shlex.split(command, posix=os.name != "nt") if command else [_default_editor()]
    program = os.path.basename(words[0]).lower().removesuffix(".exe")  # noqa: PTH119
    if program in _LIKE_CODE:
        words += ["--wait", "--goto", f"{path}:{line}"]
    elif program in _LIKE_VI:
        words += [f"+{line}", str(path)]
    else:
        words.append(str(path))
    try:
        status = subprocess.run(words, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        what = f"the editor {words[0]} could not be opened: {error.strerror}"
        raise Mendable(what, "Set EDITOR to the one you use.") from error
    if status:
        raise Mendable(f"the editor {words[0]} ended with status {status}", "See the file itself.")


def _default_editor() -> str:
    name = "notepad" if os.name == "nt" else "nano"
    if shutil.which(name) is None:
        raise Mendable("no editor is set", "Set EDITOR to the one you use.")
    return name
