"""A process that stands ready to become `hscp`, so that a test need not wait for all to be loaded.

It has loaded what hscp may load, and forks for each command. The fork has a command's words,
folder, environment and streams, as any process has; it runs what `python -m hscp_plan` runs, and
leaves with its status. Only the loading is not its own: that is tried where a command begins at
nothing, in `test_imports.py` and README.md, and everywhere with `pytest --from-nothing`, which
.ci/run does with every page.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pkgutil import walk_packages
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

SECONDS = 60
"""Far more than any command takes: what hangs fails, and what is slow does not."""

# How the names begin of what hscp reads in its environment, and not Python while it starts.
_READ_LATE = ("COLUMNS", "EDITOR", "FORCE_COLOR", "GIT_", "HSCP_", "NO_COLOR", "PATH", "TERM")
# What hscp loads inside its functions; each command loads again what is missing here.
_THEIRS = ("dateutil.relativedelta", "rich.console", "typer.main", "yaml")
_LENGTH = 4


class Request(NamedTuple):
    """What a fork is to do."""

    words: Sequence[str]
    folder: str
    environment: dict[str, str]
    stops: bool
    """Whether it stands still before it begins, until it is sent SIGCONT."""


class Ready:
    """The process, as the tests see it; begun with its first command, and again after a fault."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self._lock = Lock()
        self._begun: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def can(self, environment: Mapping[str, str]) -> bool:
        """Whether a command that begins at nothing would find no other surroundings than a fork."""
        names = {*environment, *self.environment}
        return all(
            name.startswith(_READ_LATE)
            for name in names
            if environment.get(name) != self.environment.get(name)
        )

    def run(
        self,
        words: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        together: bool = False,
        watch: Callable[[int], None] | None = None,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run `hscp` with these words to its end; `watch` is given its number before it begins."""
        request = Request(words, str(folder), dict(environment), watch is not None)
        with self._lock:
            try:
                status, outputs = self._run(request, 1 if together else 2, watch)
            except BaseException as error:
                self.end()
                if isinstance(error, TimeoutError):
                    raise subprocess.TimeoutExpired(["hscp", *words], SECONDS) from None
                raise
        return subprocess.CompletedProcess(["hscp", *words], status, *outputs)

    def _run(
        self, request: Request, streams: int, watch: Callable[[int], None] | None
    ) -> tuple[int, list[bytes]]:
        line, body = self._line(), json.dumps(request).encode()
        pipes = [os.pipe() for _ in range(streams)]
        readers, writers = [reader for reader, _ in pipes], [writer for _, writer in pipes]
        try:
            begin = len(body).to_bytes(_LENGTH, "big")
            socket.send_fds(line, [begin], [writers[0], writers[-1]])
            line.sendall(body)
            while writers:
                os.close(writers.pop())
            if watch:
                number = _number(line)
                watch(number)
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGCONT)
            outputs = _all(readers)
            return _number(line), outputs
        finally:
            for stream in (*readers, *writers):
                os.close(stream)

    def _line(self) -> socket.socket:
        if self._begun is None:
            ours, theirs = socket.socketpair()
            ours.settimeout(SECONDS)
            with theirs:
                process = subprocess.Popen(
                    (sys.executable, "-P", __file__, str(theirs.fileno())),
                    env=self.environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            self._begun = process, ours
        return self._begun[1]

    def end(self) -> None:
        """End it, and whatever it still runs."""
        if self._begun:
            process, line = self._begun
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            line.close()
            self._begun = None


def _all(streams: list[int]) -> list[bytes]:
    """What comes out of each until nobody holds its other end."""
    output = dict.fromkeys(streams, b"")
    with selectors.DefaultSelector() as waiting:
        for stream in streams:
            waiting.register(stream, selectors.EVENT_READ)
        while waiting.get_map():
            heard = waiting.select(SECONDS)
            if not heard:
                raise TimeoutError
            for key, _ in heard:
                piece = os.read(key.fd, 1 << 16)
                output[key.fd] += piece
                if not piece:
                    waiting.unregister(key.fd)
    return list(output.values())


def _number(line: socket.socket) -> int:
    return int.from_bytes(_exactly(line, _LENGTH), "big", signed=True)


def _exactly(line: socket.socket, length: int) -> bytes:
    data = b""
    while len(data) < length:
        piece = line.recv(length - len(data))
        if not piece:
            raise EOFError("the process that stands ready has ended")
        data += piece
    return data


# The process itself -----------------------------------------------------------------------------


def serve(line: socket.socket) -> None:
    """Fork for each request, and tell how the fork ended."""
    before = dict(os.environ)
    load()
    changed = {key: value for key, value in os.environ.items() if before.get(key) != value}
    while True:
        begin, streams, _, _ = socket.recv_fds(line, _LENGTH, 2)
        if not begin:
            return
        begin += _exactly(line, _LENGTH - len(begin))
        request = Request(*json.loads(_exactly(line, int.from_bytes(begin, "big"))))
        number = os.fork()
        if not number:
            line.close()
            become(request, streams, changed)
        for stream in streams:
            os.close(stream)
        if request.stops:
            os.waitpid(number, os.WUNTRACED)
            _send_number(line, number)
        _send_number(line, os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]))


def _send_number(line: socket.socket, number: int) -> None:
    line.sendall(number.to_bytes(_LENGTH, "big", signed=True))


def load() -> None:
    """Load what a command may load. What cannot be loaded fails in the command that needs it."""
    import hscp_plan

    modules = (module.name for module in walk_packages(hscp_plan.__path__, "hscp_plan."))
    for name in (*_THEIRS, *modules):
        with suppress(Exception):
            import_module(name)
    with suppress(Exception):
        from hscp_plan.model import Head, Priority
        from hscp_plan.reading.validators import validator

        for kind in (Head, Priority):
            validator(kind)  # made of the model once; half of what a file new to hscp costs
    gc.freeze()


def become(request: Request, streams: list[int], changed: dict[str, str]) -> NoReturn:
    """Be the command, to its end."""
    try:
        os.dup2(streams[0], 1)
        os.dup2(streams[1], 2)
        for stream in streams:
            os.close(stream)
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
        sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", closefd=False)
        os.environ.clear()
        os.environ.update({**request.environment, **changed})
        time.tzset()
        os.chdir(request.folder)
        sys.argv = ["hscp", *request.words]
        if request.stops:
            _stop()
        from hscp_plan.__main__ import main

        main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stdout.flush()
    os._exit(1)


def _stop() -> None:
    if sys.platform == "linux":
        # PR_SET_PTRACER, of anybody: where only a parent may trace, strace would be no parent.
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
    os.kill(os.getpid(), signal.SIGSTOP)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
