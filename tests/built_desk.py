"""The built desk, for tests: made once, and served as a web server on an intranet would.

`python tests/built_desk.py DIR` makes it, or says why it cannot be made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from running import HSCP, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterator

MADE = "DESK_BUILT"
"""Where in the environment its folder stands, if it is made already."""
SECONDS = 600
"""More than compiling it takes on any machine."""


class NotBuilt(Exception):
    """Why it cannot be made."""


def built(folder: Path, *options: str) -> Path:
    """The desk, in this folder or where it is made already. Raises NotBuilt."""
    if not options and (made := os.environ.get(MADE)):
        return Path(made)
    # npm and pip are asked as the developer asks them: by way of a mirror, perhaps.
    surrounded = {**os.environ, **surroundings()}
    words = (*HSCP, "desk", "--build", str(folder), *options)
    done = subprocess.run(
        words, cwd=folder.parent, env=surrounded, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise NotBuilt(done.stderr.decode().strip())
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server on this computer that carries a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    extensions_map: ClassVar[dict[str, str]] = {
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
    }

    def log_message(self, format: str, *arguments: object) -> None:
        pass


if __name__ == "__main__":
    try:
        built(Path(sys.argv[1]))
    except NotBuilt as why:
        sys.exit(str(why))
