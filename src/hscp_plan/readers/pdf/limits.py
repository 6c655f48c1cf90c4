"""What reading a file may cost, where a library reads it that sets no bounds of its own."""

from __future__ import annotations

import ctypes
import threading
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVERY = 0.05
"""How many seconds pass between two looks."""


class Exceeded(BaseException):
    """More time or memory went than may: nothing below catches it."""


@contextmanager
def within(seconds: float, megabytes: float) -> Iterator[None]:
    """Let what is done here take so much of the processor's time, and so much memory beside what
    was taken before. Raises Exceeded where it takes more. Where there are no threads, as in a
    browser, nothing is bounded; on Windows memory is not."""
    over = threading.Event()
    watch = threading.Thread(
        target=_watch, args=(threading.get_ident(), over, seconds, megabytes), daemon=True
    )
    with suppress(RuntimeError):
        watch.start()
    try:
        yield
    finally:
        over.set()
        if watch.is_alive():
            watch.join()
        _raise_in(threading.get_ident(), None)


def _watch(thread: int, over: threading.Event, seconds: float, megabytes: float) -> None:
    # The processor's own time: a busy machine takes no file's time away.
    end, most = time.process_time() + seconds, _peak() + megabytes
    while not over.wait(_EVERY):
        if time.process_time() > end or _peak() > most:
            _raise_in(thread, Exceeded)
            end = time.process_time() + 1  # Should something have swallowed it.


def _raise_in(thread: int, what: type[BaseException] | None) -> None:
    """Raise this in a thread at its next step; with None, take back what was not raised yet."""
    raised = ctypes.py_object(what) if what else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


def _peak() -> float:
    """The most memory that this process has taken so far, in MB; 0 where that is not known."""
    try:
        import resource
        import sys
    except ImportError:
        return 0
    unit = 1_000_000 if sys.platform == "darwin" else 1_000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
