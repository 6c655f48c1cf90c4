"""Files as the disk holds them: read without waiting, up to a limit, and written whole."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MOST_BYTES = 5_000_000
"""How long a file of a plan may be."""
_AT_ONCE = 65_536
# Without O_NONBLOCK, opening a pipe waits for somebody to write.
_TO_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def why(error: OSError) -> str:
    """Why a disk refused something, in words that a person can act on."""
    import errno

    reasons = {
        "ENOSPC": "the disk is full",
        "EDQUOT": "your share of the disk is full",
        "EFBIG": "it is larger than a file may be there",
        "EACCES": "you may not write there",
        "EPERM": "you may not write there",
        "EROFS": "that disk is read-only",
        "ENOENT": "it is not there any more",
        "ENAMETOOLONG": "its name is too long",
        "EIO": "the disk failed",
    }
    return reasons.get(errno.errorcode.get(error.errno or 0, ""), error.strerror or str(error))


def plain_bytes(path: str | Path, most: int = MOST_BYTES) -> bytes:
    """A regular file's bytes. Never hangs on a pipe or a device, never reads past the limit.

    Raises OSError where it is none, is longer, or cannot be read.
    """
    descriptor = os.open(path, _TO_READ)
    try:
        stats = os.fstat(descriptor)
        if not stat.S_ISREG(stats.st_mode):
            if stat.S_ISDIR(stats.st_mode):
                raise IsADirectoryError(None, "it is a folder")
            raise OSError(None, "it is not an ordinary file")
        if stats.st_size > most:
            raise _too_long(most)
        # As long as it was said to be, not as long as it may be: memory for 5 MB is slow to get.
        data = os.read(descriptor, stats.st_size + 1)
        # One that is read whole in one go, as nearly all are, is not asked for more.
        if len(data) != stats.st_size:
            while len(data) <= most and (part := os.read(descriptor, _AT_ONCE)):
                data += part
            if len(data) > most:
                raise _too_long(most)
        return data
    finally:
        os.close(descriptor)


def _too_long(most: int) -> OSError:
    return OSError(None, f"it is over {most // 1_000_000} MB")


def new_file(
    path: Path, data: bytes, like: os.stat_result | None = None, mode: int = 0o666
) -> None:
    """Write a file that is not there yet, with the mode and owner of another where that is wanted;
    it is on the disk when this returns."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, stat.S_IMODE(like.st_mode) if like else mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if like and hasattr(os, "fchmod"):
            with suppress(PermissionError):
                os.fchown(descriptor, like.st_uid, like.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(like.st_mode))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
