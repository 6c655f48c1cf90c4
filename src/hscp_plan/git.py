"""The only module that runs git: the one on PATH, never one of the plan's own folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SAFE = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
)
"""What keeps a reading git from running what a repository's own configuration names."""


def user_name(folder: Path) -> str | None:
    """The name that git would commit under here; None without git or a name."""
    try:
        return (
            _read(folder, "config", "--get", "user.name").decode("utf-8", "replace").strip() or None
        )
    except OSError:
        return None


def _read(folder: Path, *args: str) -> bytes:
    """What a git command prints. Raises OSError where there is no git or it fails."""
    import subprocess

    program = shutil.which("git")
    if program is None or Path(program).resolve().is_relative_to(folder.resolve()):
        raise FileNotFoundError("git")
    ran = subprocess.run(  # noqa: S603 - a fixed program with our own words
        [program, *SAFE, *args],
        cwd=folder,
        env=_surroundings(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if ran.returncode:
        raise OSError(ran.returncode, f"git {args[0]} failed")
    return ran.stdout


def _surroundings() -> dict[str, str]:
    """The environment without what would point git elsewhere or have it run something."""
    left_out = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_EXTERNAL_DIFF")
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    still = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    return {**kept, **still, "LC_ALL": "C"}
