"""Who records in a plan's folder holds its lock, and others wait for it in turn."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from ..errors import Mendable
from ..store import display_path
from ..waiting import SOON, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PATIENCE = 10.0
"""Seconds to wait for the lock of somebody who does not get on."""
MOST_PATIENCE = 300.0
"""Seconds to wait for others in all, however well they get on."""
TICK = 0.25
"""Seconds between two looks at whether they do."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, which dies with its process. Waits for others as long as they get
    on, and says when they have not for too long."""
    handle = _lock_handle(folder)
    try:
        if not _try_lock(handle):
            _wait(_lock_waiter(handle), folder)
        yield
    finally:
        with suppress(OSError):
            os.close(handle)


def _wait(try_for: Callable[[float], bool], folder: Path) -> None:
    """Wait for the lock. Patience is counted from the last time that somebody got on: what a
    folder holds changes with each record that is made in it."""
    begin = progress = time.monotonic()
    state, announced = _state(folder), False
    while not try_for(TICK):
        now, new_state = time.monotonic(), _state(folder)
        if new_state != state:
            state, progress = new_state, now
        if now - progress > PATIENCE or now - begin > MOST_PATIENCE:
            raise Mendable(
                f"somebody else is recording in {display_path(folder)} and has not finished",
                "Try again in a moment. Nothing was changed.",
            )
        if now - begin > SOON and not announced:
            announced = True
            say(f"somebody else, who is recording in {display_path(folder)}")


def _state(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _lock_waiter(handle: int) -> Callable[[float], bool]:
    """A function that waits so many seconds for the lock, and says whether it is held now."""
    return _polling_waiter(handle) if os.name == "nt" else _queueing_waiter(handle)


def _polling_waiter(handle: int) -> Callable[[float], bool]:
    def try_for(seconds: float) -> bool:
        time.sleep(min(seconds, 0.05))
        return _try_lock(handle)

    return try_for


def _queueing_waiter(handle: int) -> Callable[[float], bool]:
    # The system hands the lock to whoever has waited for it; asking again and again loses it to
    # whoever happens to ask at the right moment. But it waits for ever, hence the thread.
    from threading import Thread

    errors: list[OSError] = []

    def take() -> None:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            errors.append(error)

    def try_for(seconds: float) -> bool:
        thread.join(seconds)
        if errors:
            raise _unlockable(errors[0])
        return not thread.is_alive()

    thread = Thread(target=take, daemon=True)
    thread.start()
    return try_for


def _lock_handle(folder: Path) -> int:
    try:
        if os.name == "nt":
            return os.open(folder / ".hscp-lock", os.O_RDWR | os.O_CREAT)
        # The folder itself is locked: no file is left behind for git to see.
        return os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise Mendable(f"{display_path(folder)} cannot be opened: {error.strerror}", "") from error


def _try_lock(handle: int) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if os.name != "nt" and not isinstance(error, BlockingIOError):
            raise _unlockable(error) from error
        return False
    return True


def _unlockable(error: OSError) -> Mendable:
    what = f"the plan's folder cannot be locked: {error.strerror}"
    return Mendable(what, "Nothing was changed.")
