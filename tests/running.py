"""Runs `hscp` as its user does: a process of its own, in surroundings that are always the same."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ready import SECONDS, Ready

import hscp_plan

if TYPE_CHECKING:
    from collections.abc import Mapping

REPO = Path(__file__).parent.parent
DEMO = REPO / "examples" / "demo-plan"
HSCP = (sys.executable, "-m", "hscp_plan")
FORKS = hasattr(os, "fork")
"""Whether `run` may fork; not with `pytest --from-nothing`."""

HEAD = """\
format: 1
id: t
partnership: A Partnership
title: A Plan
period: {start: 2021-04, end: 2023-03}
"""
"""The least that plan.yaml may say."""

_UNWANTED = ("HSCP_", "GIT_", "PYTHON", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "LC_", "LANG")
# As it was before any test: pytest, and hscp itself when a test imports it, put more into it.
_KEPT = {key: value for key, value in os.environ.items() if not key.startswith(_UNWANTED)}
_GIT = "[user]\n\tname = A Manager\n\temail = manager@example.org\n[init]\n\tdefaultBranch = main\n"


@cache
def session_folder() -> Path:
    """A folder that ends with the session: the home and the cache of every command run."""
    folder = Path(tempfile.mkdtemp(prefix="hscp-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "home").mkdir()
    (folder / "home" / ".gitconfig").write_text(_GIT, encoding="utf-8")
    return folder


def surroundings(**changed: str) -> dict[str, str]:
    """The environment of every command run, whatever the developer's own is."""
    fixed = {
        "COLUMNS": "80",
        "HOME": str(session_folder() / "home"),
        "HSCP_CACHE": str(session_folder() / "cache"),
        "LC_ALL": "C.UTF-8",
        # The package under test, however it was found, from whatever folder the command runs in.
        "PYTHONPATH": str(Path(hscp_plan.__file__).parent.parent),
    }
    return {**_KEPT, **fixed, **changed}


@cache
def ready() -> Ready:
    """The process that forks into commands."""
    process = Ready(surroundings())
    atexit.register(process.end)
    return process


def run(
    argv: tuple[str, ...] | list[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    together: bool = False,
    from_nothing: bool = False,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end; `together` has it write its errors where it writes its answer.

    `hscp` is a fork of a process that has loaded all, unless it is to begin `from_nothing`.
    """
    variables = dict(environment or surroundings())
    forks = FORKS and not from_nothing and tuple(argv[: len(HSCP)]) == HSCP
    if forks and ready().can(variables):
        return ready().run(argv[len(HSCP) :], folder, variables, together)
    return subprocess.run(
        argv,
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if together else subprocess.PIPE,
        timeout=SECONDS,
        check=False,
    )


def git(folder: Path, *words: str, status: int = 0, **changed: str) -> str:
    """What git prints in this folder, without the line end; its status must be this one."""
    done = run(("git", *words), folder, surroundings(**changed))
    assert done.returncode == status, done.stderr.decode()
    return done.stdout.decode().rstrip("\n")


def hscp(*arguments: str, folder: Path, **changed: str) -> subprocess.CompletedProcess[bytes]:
    """Run `hscp` with these arguments in this folder."""
    return run((*HSCP, *arguments), folder, surroundings(**changed))
