"""Begins a plan's folder, with what stands beside it: whole, or not at all, and over nothing.

Every file is written in a hidden folder beside, and then moved in, the plan's own folder last. What
is there already stays as it is. Whatever fails, all that was made is gone again.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from ..disk import new_file, why
from ..errors import Mendable
from ..store import HEAD, display_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ASIDE = ".hscp-beginning-"
"""How the name of the folder begins in which the files are written first."""
_WRITTEN_BY = 3_600
"""Seconds after which nobody is still writing there: its process was killed."""
_TAKEN = "somebody else is beginning a plan there"


def begin(plan: Path, files: Mapping[str, bytes], beside: Mapping[Path, bytes]) -> list[Path]:
    """Make a plan's folder of these files, by their paths in it, and the files beside it; those
    beside it that were there already, and were left as they were.

    Raises Mendable where the disk refuses any. Then nothing is there that was not before.
    """
    made: list[Path] = []
    """All that stands where it is to stand, in that order."""
    around = _existing(plan)
    aside = around / f"{ASIDE}{os.getpid()}-{os.urandom(4).hex()}"
    try:
        _remove_abandoned(around)
        aside.mkdir()
        new = _write_aside(aside, files, beside)
        left = [target for target, path in new if not _move(path, target, made)]
        _move_plan(aside / "plan", plan, made)
        made.clear()
    except OSError as error:
        reason = _TAKEN if error.errno in (errno.ENOTEMPTY, errno.EEXIST) else why(error)
        what = f"the plan could not be begun in {display_path(plan)}: {reason}"
        raise Mendable(what, "Nothing was made. Put that right, or give another folder.") from error
    finally:
        for path in reversed(made):
            _take_away(path)
        shutil.rmtree(aside, ignore_errors=True)
    return left


def _existing(plan: Path) -> Path:
    """The nearest folder above the plan's that is there."""
    return next(folder for folder in plan.parents if folder.is_dir())


def _remove_abandoned(folder: Path) -> None:
    """Remove what killed processes of ours left."""
    for path in folder.glob(f"{ASIDE}*"):
        if time.time() - path.lstat().st_mtime > _WRITTEN_BY:
            shutil.rmtree(path, ignore_errors=True)


def _write_aside(
    aside: Path, files: Mapping[str, bytes], beside: Mapping[Path, bytes]
) -> list[tuple[Path, Path]]:
    """Write every file aside: where each that stands beside the plan belongs, and where it is."""
    for name, data in files.items():
        (aside / "plan" / name).parent.mkdir(parents=True, exist_ok=True)
        new_file(aside / "plan" / name, data)
    new = []
    for number, (target, data) in enumerate(beside.items()):
        new_file(aside / str(number), data)
        new.append((target, aside / str(number)))
    return new


def _move_plan(aside: Path, plan: Path, made: list[Path]) -> None:
    """Move the plan's folder in, in one step where none is there, else file by file: plan.yaml,
    which makes it a plan, last."""
    if not os.path.lexists(plan):
        _make_folders(plan.parent, made)
        os.rename(aside, plan)  # noqa: PTH104 - replaces nothing
        made.append(plan)
        return
    for path in sorted(_files_in(aside), key=lambda path: path.name == HEAD):
        target = plan / path.relative_to(aside)
        if not _move(path, target, made) and target.parent == plan:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _move(path: Path, target: Path, made: list[Path]) -> bool:
    """Move a file to where nothing stands; whether it was moved."""
    if os.path.lexists(target):
        return False
    _make_folders(target.parent, made)
    try:
        # A link is refused where something has come to stand there meanwhile; a rename replaces it.
        os.link(path, target)
    except FileExistsError:
        return False
    except (AttributeError, OSError):
        os.rename(path, target)  # noqa: PTH104 - a disk, or a browser's Python, without hard links
    made.append(target)
    return True


def _make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder, and those above it that are not there."""
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    for each in reversed(missing):
        each.mkdir()
        made.append(each)


def _take_away(path: Path) -> None:
    """Take away what was made here: a plan's whole folder, a file, or an empty folder."""
    with suppress(OSError):
        if (path / HEAD).is_file():
            shutil.rmtree(path)
        elif path.is_dir():
            path.rmdir()
        else:
            path.unlink()
