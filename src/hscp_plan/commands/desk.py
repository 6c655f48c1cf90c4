"""`hscp desk`: the plan in a browser, on this computer."""

from __future__ import annotations

import errno
import sys
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from .. import store
from ..cli.options import Option
from ..errors import Mendable, Mistyped
from ._look import note, note_to_watcher, open_one, open_to_publish
from ._new_folder import free_folder
from ._options import At, PlanDir

if TYPE_CHECKING:
    from collections.abc import Iterator


def run(
    port: Annotated[
        str | None, Option(metavar="N", help="The port to use; otherwise a free one.")
    ] = None,
    read_only: Annotated[bool, Option("--read-only", help="To look at: record nothing.")] = False,
    no_browser: Annotated[
        bool, Option("--no-browser", help="Say the address, and open no browser.")
    ] = False,
    build: Annotated[
        str | None,
        Option(metavar="DIR", help="Make it into a folder of pages that need nothing installed."),
    ] = None,
    force: Annotated[
        bool, Option("--force", help="With --build: replace files that somebody else changed, too.")
    ] = False,
    where: PlanDir = None,
) -> int:
    """Look at the plan and record in it in a browser, on this computer alone. Ctrl-C ends it.
    Where there is no plan yet, begin one there.

    \b
    hscp desk
    hscp desk --read-only     to show it to somebody
    hscp desk --build site    for a web server, with nothing to install
    """
    from ..desk.app import Desk
    from ..desk.host import server

    if build is not None:
        return _build(build, where, force)
    folder = _folder(where, read_only)
    if port is not None and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise Mistyped(f"--port {port} is no port", "Give a number such as 8080.")
    try:
        made, guard = server(Desk(folder, read_only=read_only), int(port or 0), _say)
    except OSError as error:
        raise _not_opened(port, error) from error
    with suppress(KeyboardInterrupt):
        guard.say_address()
        note("Ctrl-C ends it. Nobody else can open it: the address has a key, which lets in once.")
        with nullcontext() if no_browser else _browser(guard.address()):
            made.serve_forever()
    guard.end()
    sys.stderr.write("\n")
    return 0


def _folder(where: list[str] | None, read_only: bool) -> Path:
    """The plan's folder, or the one that a plan is to begin in. Raises Mendable where there is
    neither."""
    try:
        return open_one(where, "desk").folder
    except (store.NoPlan, store.NotAPlan):
        if read_only:
            raise
    folder = free_folder(where[0] if where else "plan")
    note(f"There is no plan yet: the desk begins one in {store.display_path(folder)}.")
    return folder


def _say(address: str) -> None:
    sys.stdout.write(f"Open the desk at\n  {address}\n")
    sys.stdout.flush()


@contextmanager
def _browser(address: str) -> Iterator[None]:
    """Open a browser at an address."""
    import webbrowser
    from threading import Thread

    from ..desk.host import leading_to

    with leading_to(address) as file:
        # A browser in the terminal does not come back before it is ended.
        Thread(target=webbrowser.open, args=(file,), daemon=True).start()
        yield


def _not_opened(port: str | None, error: OSError) -> Mendable:
    """What to say where the desk could not be opened at a port."""
    whose = f"port {port}" if port else "a port of this computer"
    if error.errno == errno.EADDRINUSE:
        return Mistyped(f"{whose} is in use", "Give another, or none.")
    if error.errno == errno.EACCES:
        return Mistyped(f"this computer lets nobody use {whose}", "Give another, or none.")
    return Mendable(f"the desk could not be opened at {whose}: {error.strerror or error}")


def _build(target: str, where: list[str] | None, force: bool) -> int:
    from ..desk.build import build
    from ..publishing import made_folder
    from ..store import display_path

    plan = open_one(where, "desk").folder if where else None
    _refuse_in_plan(Path(target))
    to = made_folder.folder(made_folder.DESK, target, plan)
    shown = _may_leave(where) if where else None
    note_to_watcher("Fetching and compiling: this takes half a minute …")
    try:
        files = build(shown)
    except OSError as error:
        raise made_folder.disk_error(to.kind, to.path, error) from error
    left = made_folder.publish(to, files.items(), force).left
    size = sum(map(len, files.values()))
    sys.stdout.write(f"Made the desk in {display_path(to.path)}: {size / 1e6:.1f} MB\n")
    if left:
        note(f"Not of this desk any more, and left as you changed it: {', '.join(left)}")
    return 0


def _refuse_in_plan(target: Path) -> None:
    """Raises Mistyped where a folder is a plan's own, or stands in one."""
    real = target.resolve()
    if any(store.holds_plan(str(folder)) for folder in (real, *real.parents)):
        place = "" if store.holds_plan(str(real)) else "in "
        what = f"{store.display_path(target)} is {place}a plan's own folder"
        raise Mistyped(what, "Give a folder outside it: what is built is for a web server.")


def _may_leave(where: list[str]) -> dict[str, bytes]:
    """The plan's files, for anyone to look at. Raises Mendable where it has errors, and where it
    holds what could identify a child."""
    from ..publishing.published_files import published_files
    from ._publish import looked_through

    opened = open_one(where, "desk")
    day = open_to_publish(At(where)).day
    return dict(looked_through(published_files(opened, day), opened))
