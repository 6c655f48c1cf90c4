"""Runs git: the one on PATH, never one of the plan's own folder, and never for ever.

A git that only reads runs nothing that a repository's configuration names, asks no other computer,
and is ended where an answer takes too long. Only `run_users_git` runs it as the user would.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from ..disk import MOST_BYTES
from ..errors import Mistyped
from ..waiting import SOON, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SAFE_OPTIONS = (
    *("--no-pager", "--no-replace-objects", "--literal-pathspecs"),
    *("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"),
)
"""Options that keep a reading git from running what a repository's own configuration names."""
REDIRECTING = (
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"),
    *("GIT_NAMESPACE", "GIT_PREFIX"),
)
"""Variables that would point git at another repository than the one that the plan stands in."""
READING_VARIABLES = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    # Of a partial clone git would fetch what is left out. Not every version knows the first; with
    # no way of transport allowed, none can.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
}
"""Variables that keep a reading git from writing, asking and fetching."""
LIMIT = 60.0
"""Seconds that one answer may take: a pipe where git wants a file would take for ever."""
USERS_LIMIT = 300.0
"""Seconds that the user's own git may take with its hooks, where nobody can see or answer it."""
TO_TIDY = 5.0
"""Seconds that a git which is ended may take to put its locks away."""


class NoGit(Mistyped):
    """There is no git, or the plan is in no repository: nothing tells what was saved."""


class Unread(NoGit):
    """There is a repository, and git could not read it: it may hold anything."""


class Partial(Unread):
    """This clone was made without a part of what its repository holds."""

    def __init__(self, what: str = "this clone is partial: git left out what is needed") -> None:
        super().__init__(what, REFETCH)


REFETCH = "To fetch what was left out, once:  git fetch --refetch --no-filter"


def run_reading(folder: Path, words: Sequence[str | bytes]) -> subprocess.CompletedProcess[bytes]:
    """Ask git something. Raises NoGit where there is none, or it does not answer in time."""
    git = _start(
        folder,
        (*SAFE_OPTIONS, *words),
        _reading_environment(),
        subprocess.DEVNULL,
        start_new_session=True,
    )
    return _wait_for(git, words, b"", LIMIT)


def run_users_git(
    folder: Path, words: Sequence[str], feed: bytes
) -> subprocess.CompletedProcess[bytes]:
    """Run the user's own git: for as long as it and the user's hooks take where a person sees it
    at a terminal, and can end it. Raises NoGit."""
    stdin = subprocess.PIPE if feed else subprocess.DEVNULL
    unseen = not (sys.stdin and sys.stdin.isatty())
    git = _start(folder, words, _environment(), stdin, start_new_session=unseen)
    return _wait_for(git, words, feed, USERS_LIMIT if unseen else None, _USERS)


_READING = (
    "Something in its repository or its configuration is no ordinary file, or is out of reach. "
    "Try  git status  yourself."
)
_USERS = (
    "A hook of this repository, or whatever signs its commits, may wait for an answer. See what it "
    "says in a window of your own:  hscp save"
)


def _wait_for(
    git: subprocess.Popen[bytes],
    words: Sequence[str | bytes],
    feed: bytes,
    limit: float | None,
    next: str = _READING,
) -> subprocess.CompletedProcess[bytes]:
    subcommand = words[2] if words[0] == "-c" else words[0]
    with _Watch(git, os.fsdecode(subcommand), limit, next) as watch:
        watch.begin()
        out, err = git.communicate(feed or None)
    return subprocess.CompletedProcess(list(words), git.returncode, out, err)


class Objects:
    """What git holds, by name, one after the other: a file, or a folder as git lists it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._watch: _Watch | None = None
        self.too_big: set[bytes] = set()
        """Names of what is over 5 MB, which is not read."""
        self.left_out: set[bytes] = set()
        """Names of what a partial clone does not hold."""

    def __enter__(self) -> Objects:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._watch:
            self._watch.__exit__(*raised)
            self._watch = None

    def get(self, name: bytes) -> bytes | None:
        """What stands under a name; None where nothing does, or it is too big or left out.
        Raises NoGit where there is no git, or it does not answer in time."""
        watch = self._watch = self._watch or _Watch(self._start_batch(), "cat-file", LIMIT)
        watch.begin()
        header, data = self._answer(watch.git, name)
        watch.end()
        if not header:  # it ended, as it does over what it can neither find nor fetch
            self.__exit__(None)
            if partial(self._folder):
                self.left_out.add(name)
        return data

    def _start_batch(self) -> subprocess.Popen[bytes]:
        words = (*SAFE_OPTIONS, "cat-file", "--batch")
        return _start(
            self._folder,
            words,
            _reading_environment(),
            subprocess.PIPE,
            start_new_session=True,
            silent=True,
        )

    def _answer(self, git: subprocess.Popen[bytes], name: bytes) -> tuple[bytes, bytes | None]:
        stdin, stdout = git.stdin, git.stdout
        assert stdin is not None and stdout is not None  # noqa: PT018, S101 - both are pipes
        try:
            stdin.write(name + b"\n")
            stdin.flush()
        except BrokenPipeError:
            return b"", None
        header = stdout.readline()
        _, _, size = header.rstrip(b"\n").rpartition(b" ")
        if not size.isdigit():
            return header, None
        data: bytes | None = None
        if int(size) > MOST_BYTES:
            self.too_big.add(name)
            for at in range(0, int(size), MOST_BYTES):
                stdout.read(min(MOST_BYTES, int(size) - at))
        else:
            data = stdout.read(int(size))
        stdout.read(1)
        return header, data


def partial(folder: Path) -> bool:
    """Whether this clone was made without a part of what its repository holds."""
    keys = r"^(extensions\.partialclone|remote\..*\.promisor)$"
    return run_reading(folder, ("config", "--get-regexp", keys)).returncode == 0


class _Watch:
    """Watches a git that runs: says so where an answer takes long, and ends it where too long."""

    def __init__(
        self, git: subprocess.Popen[bytes], what: str, limit: float | None, next: str = _READING
    ) -> None:
        self.git, self._what, self._limit, self._next = git, what, limit, next
        self._asked: float | None = None
        self._over, self._late = Event(), False
        Thread(target=self._wait, daemon=True).start()

    def __enter__(self) -> _Watch:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._over.set()
        if self._limit:
            self._stop()
        for pipe in filter(None, (self.git.stdin, self.git.stdout, self.git.stderr)):
            with suppress(OSError):
                pipe.close()
        if kind is None:
            self.end()

    def begin(self) -> None:
        """An answer is waited for from now on."""
        self._asked = time.monotonic()

    def end(self) -> None:
        """The answer is there. Raises NoGit where it was given up."""
        self._asked = None
        if self._late:
            raise Unread(
                f"git {self._what} gave no answer in {self._limit:g} seconds, so it was ended",
                self._next,
            )

    def _wait(self) -> None:
        reported = None
        while not self._over.wait(SOON / 4):
            asked_at = self._asked
            waited = time.monotonic() - asked_at if asked_at is not None else 0.0
            if waited > SOON and reported != asked_at:
                reported = asked_at
                say(f"git {self._what}")
            if self._limit and waited > self._limit:
                self._late = True
                return self._stop()
        return None

    def _stop(self) -> None:
        """End git, with all that it started in its session: it puts its locks away, if it can."""
        if self.git.poll() is None:
            self._signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.git.wait(TO_TIDY)
        if self.git.poll() is None:
            self._signal(getattr(signal, "SIGKILL", signal.SIGTERM))
            self.git.wait()

    def _signal(self, number: int) -> None:
        with suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.git.pid, number)
            else:
                self.git.send_signal(number)


def _start(
    folder: Path,
    words: Sequence[str | bytes],
    environment: Mapping[str, str],
    stdin: int,
    *,
    start_new_session: bool = False,
    silent: bool = False,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a fixed program with our own words
            [_program(folder), *words],
            cwd=folder,
            env=environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL if silent else subprocess.PIPE,
            start_new_session=start_new_session,
        )
    except OSError as error:
        raise NoGit(f"git cannot be started: {error.strerror}", "Try  git status  yourself.") from (
            error
        )


def _program(folder: Path) -> str:
    """The git on PATH: never one that stands in the plan's folder, or wherever one happens to be.
    Raises NoGit without one."""
    for folder_on_path in os.get_exec_path():
        # A relative place, and on Windows the current folder, are whoever's repository this is.
        path = shutil.which("git", path=folder_on_path) if os.path.isabs(folder_on_path) else None  # noqa: PTH117
        if (
            path
            and Path(path).parent == Path(folder_on_path)
            and not Path(path).resolve().is_relative_to(folder.resolve())
        ):
            return path
    if sys.platform == "emscripten":
        raise NoGit(
            "there is no git in a browser, so nothing tells what was saved",
            "What is recorded is in the plan's files. To keep it in git, upload the changed files "
            "on the page of your git host, or ask whoever has git.",
        )
    raise NoGit(
        "there is no git on this computer, so nothing tells what was saved",
        "It is free: https://git-scm.com/downloads",
    )


def _reading_environment() -> dict[str, str]:
    """The environment for what only looks."""
    return _environment("GIT_EXTERNAL_DIFF") | READING_VARIABLES


def _environment(*more: str) -> dict[str, str]:
    """The environment without what would point git elsewhere."""
    return {k: v for k, v in os.environ.items() if k not in (*REDIRECTING, *more)}
