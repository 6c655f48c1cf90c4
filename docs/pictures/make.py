"""Makes the pictures of what hscp publishes and of its desk, from the demonstration plan.

    python docs/pictures/make.py

It needs LibreOffice, poppler's pdftoppm and Chromium on the PATH. With Pillow a picture has few
colours and a thin edge; without it, it is three times as large. Look at what it made before you
commit it: another version of LibreOffice may break lines elsewhere. `status.svg` is made by
docs/make.py.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from werkzeug.serving import WSGIRequestHandler, make_server

from hscp_plan.desk.app import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
DEMO = HERE.parent.parent / "examples" / "demo-plan"
DAY = "2021-12-15"
WIDTH, HEIGHT = 900, 1100
MOST = 120_000
"""How many bytes a picture may have."""
COLOURS = 128
EDGE = "#b1b4b6"
SECONDS = 300


class Sheet(NamedTuple):
    """A page of a file that Word or Excel opens."""

    name: str
    command: tuple[str, ...]
    ending: str
    page: int = 1
    whole: int = WIDTH
    """How wide the page is drawn. What is beyond the picture's own width is cut off."""
    high: int = 0
    """How much of it is shown from the top, where that is not all."""


class Shot(NamedTuple):
    """The top of a page, as a browser shows it."""

    name: str
    page: str
    """Its file in the site, or its address at the desk."""
    high: int = HEIGHT


SHEETS = (
    Sheet("board", ("report", "board"), "docx"),
    Sheet("plan", ("report", "plan"), "docx", page=2),
    Sheet("workplan", ("report", "workplan"), "docx"),
    Sheet(
        "ask-form",
        ("ask", "--all", "--for", "next board", "--reply-by", "2022-01-07"),
        "docx",
        high=560,
    ),
    Sheet("timeline", ("timeline", "--format", "docx"), "docx"),
    Sheet("sheet", ("export", "xlsx"), "xlsx", whole=1240, high=620),
)
SITE = (Shot("site", "index.html"), Shot("priority", "p1.html"))
TYPED = {
    "id": "P1.2",
    "note": "Ten of eleven actions carried out; the last waits for the ICB.",
    "status": "at risk",
    "evidence": "Sub-Group minutes, 14 December 2021, item 5",
}
"""What the picture of a form has filled in."""
DESK = (
    Shot("desk", "/"),
    Shot("desk-meeting", "/meeting", high=900),
    Shot("desk-record", f"/record/progress?{urlencode(TYPED)}", high=1150),
)


class Tools(NamedTuple):
    """The programs that draw, each by its path."""

    office: str
    poppler: str
    browser: str


def main() -> None:
    """Make every picture anew. Ends with status 1 where it cannot, and says why."""
    tools = found()
    with tempfile.TemporaryDirectory(prefix="hscp-pictures-") as made:
        folder = Path(made)
        # A copy outside git, so that no foot of a page names a revision.
        shutil.copytree(DEMO, folder / "plan")
        _hscp(folder, "site", "site")
        pictures = [
            *_sheets(folder, tools),
            *_shots(folder, tools, (folder / "site").as_uri() + "/", SITE),
        ]
        with _desk(folder / "plan") as address:
            pictures += _shots(folder, tools, address, DESK)
        large = [path.name for path in map(_kept, pictures) if path.stat().st_size > MOST]
    if large:
        sys.exit(
            f"Larger than {MOST // 1_000} kB: {', '.join(large)}. With Pillow they are smaller: "
            "pip install pillow"
        )


def found() -> Tools:
    """The programs that are needed. Ends where one of them is not there, naming all of those."""
    names = {
        "LibreOffice": ("soffice", "libreoffice"),
        "pdftoppm (of poppler)": ("pdftoppm",),
        "Chromium": ("chromium", "chromium-browser", "google-chrome"),
    }
    paths = [next(filter(None, map(shutil.which, each)), "") for each in names.values()]
    missing = [name for name, path in zip(names, paths, strict=True) if not path]
    if missing:
        sys.exit(f"Not on the PATH: {', '.join(missing)}. Nothing was made.")
    return Tools(*paths)


def _sheets(folder: Path, tools: Tools) -> list[Path]:
    """A picture of each sheet, by way of a PDF."""
    files = [f"{sheet.name}.{sheet.ending}" for sheet in SHEETS]
    for sheet, file in zip(SHEETS, files, strict=True):
        _hscp(folder, *sheet.command, "-o", file)
    # Its own profile: an office that is open elsewhere would take the files and do nothing.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run(folder, tools.office, profile, "--headless", "--convert-to", "pdf", *files)
    for sheet in SHEETS:
        page = ("-png", "-singlefile", "-f", str(sheet.page))
        size = ("-scale-to-x", str(sheet.whole), "-scale-to-y", "-1")
        cut = ("-W", str(WIDTH), "-H", str(sheet.high))
        _run(folder, tools.poppler, *page, *size, *cut, f"{sheet.name}.pdf", sheet.name)
    return [folder / f"{sheet.name}.png" for sheet in SHEETS]


@contextmanager
def _desk(plan: Path) -> Iterator[str]:
    """The desk of this plan, on the day of the pictures, without the key that `hscp desk` asks for;
    its address."""
    os.environ["HSCP_AS_AT"] = DAY
    served = make_server("127.0.0.1", 0, Desk(plan), request_handler=_Quiet)
    Thread(target=served.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing of each request."""


def _shots(folder: Path, tools: Tools, base: str, shots: tuple[Shot, ...]) -> list[Path]:
    """A picture of each page, as a browser shows it."""
    made = []
    for shot in shots:
        made.append(folder / f"{shot.name}.png")
        # Inside a container a browser's own sandbox cannot be made; the pages are ours.
        how = ("--headless", "--no-sandbox", "--hide-scrollbars")
        size = f"--window-size={WIDTH},{shot.high}"
        _run(folder, tools.browser, *how, size, f"--screenshot={made[-1]}", base + shot.page)
    return made


def _hscp(folder: Path, *words: str) -> None:
    _run(folder, sys.executable, "-m", "hscp_plan", *words, "--as-at", DAY)


def _run(folder: Path, *words: str) -> None:
    """Run a program in a folder. Ends where it fails, with what it said."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HSCP_")}
    done = subprocess.run(  # noqa: S603 - our own words
        words, cwd=folder, env=kept, capture_output=True, timeout=SECONDS, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(words)}\n{done.stderr.decode(errors='replace')}")


def _kept(path: Path) -> Path:
    """Put a picture among the docs, as small as can be; where it now is."""
    _edged(path)
    to = HERE / path.name
    shutil.copyfile(path, to)
    print(f"Wrote docs/pictures/{to.name} ({to.stat().st_size // 1_000} kB)")
    return to


def _edged(path: Path) -> None:
    """Give a picture few colours, and an edge that shows where a white page ends; without Pillow,
    leave it as it is."""
    try:
        images, operations = import_module("PIL.Image"), import_module("PIL.ImageOps")
    except ImportError:
        return
    image = operations.expand(images.open(path).convert("RGB"), border=1, fill=EDGE)
    image.quantize(COLOURS, dither=images.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
