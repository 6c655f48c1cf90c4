"""The built desk, for tests: made once, and served as a web server on an intranet would.

`python tests/built_desk.py DIR` makes it, or says why it cannot be made.
"""

from __future__ import annotations

import os
import re
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


def built(folder: Path) -> Path:
    """The desk, in this folder or where it is made already. Raises NotBuilt."""
    made = os.environ.get(MADE)
    return Path(made) if made else built_anew(folder)


def built_anew(folder: Path) -> Path:
    """The desk, made in this folder. Raises NotBuilt."""
    # npm and pip are asked as the developer asks them: by way of a mirror, perhaps.
    surrounded = {**os.environ, **surroundings()}
    words = (*HSCP, "desk", "--build", str(folder))
    done = subprocess.run(
        words, cwd=folder.parent, env=surrounded, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        raise NotBuilt(done.stderr.decode().strip())
    return folder


def build_folder(desk: Path) -> Path:
    """The folder of a desk that holds its build."""
    (folder,) = (path for path in desk.iterdir() if path.is_dir())
    return folder


@contextmanager
def served(folder: Path, kept: str = "(?!)") -> Iterator[str]:
    """The address of a server on this computer that carries a folder. A browser keeps the files
    whose address this pattern is found in, and asks for them no more for an hour."""
    handler = type("Handler", (_Handler,), {"kept": kept})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
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
    kept: ClassVar[str]

    def end_headers(self) -> None:
        if re.search(self.kept, self.path):
            self.send_header("Cache-Control", "max-age=3600")
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


if __name__ == "__main__":
    try:
        built(Path(sys.argv[1]))
    except NotBuilt as why:
        sys.exit(str(why))
