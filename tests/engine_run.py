"""What tests/engine.mjs has Python do in the engine: run a command, and keep what it prints as a
pipe would. Its last value is the function that does."""

import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence

sys.path.insert(0, "/site")


class _Pipe(io.RawIOBase):
    """Keeps what is written."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += bytes(data)
        return len(data)


def _run(words: Sequence[str], folder: str, environment: Mapping[str, str]) -> tuple[int, str]:
    from hscp_plan.__main__ import answer

    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    pipe, before = _Pipe(), (sys.stdin, sys.stdout, sys.stderr)
    sys.argv = ["hscp", *words]
    sys.stdin = io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(pipe), "utf-8")
    sys.stderr = io.TextIOWrapper(io.BufferedWriter(pipe), "utf-8", line_buffering=True)
    try:
        status = answer([*words])
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    finally:
        # Those that hscp put in their places.
        sys.stdout.flush()
        sys.stderr.flush()
        sys.stdin, sys.stdout, sys.stderr = before
        gc.enable()
        os.chdir("/")
    return status, pipe.data.decode()


_run  # noqa: B018 - what the engine is given
