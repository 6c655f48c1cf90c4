"""Makes the history of a plan of N milestones: a repository of so many commits, the same each run.

    python benchmarks/history.py 1000 1000 FOLDER

writes FOLDER/plan/ and FOLDER/.git. Each commit records progress of one milestone; every tenth
moves a due date with its history, and every fiftieth by hand, with nothing in the log.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from generate import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

BEGUN = date(2022, 6, 16)
"""The day of the first commit: the one after which the generated plan logs nothing."""
WHO = "A lead <lead@example.org>"


def make(folder: Path, n: int, commits: int, files: int | None = None) -> None:
    """Write a plan of N milestones into a repository and record in it, a commit at a time."""
    with tempfile.TemporaryDirectory() as home:
        generate(Path(home), n, files)
        paths = sorted((Path(home) / "plan").glob("*.yaml"))
        texts = {path.name: path.read_text("utf-8") for path in paths}
    folder.mkdir(parents=True, exist_ok=True)
    _git(folder, b"", "init", "-q", "-b", "main")
    _git(folder, b"".join(_stream(texts, commits)), "fast-import", "--quiet")
    _git(folder, b"", "reset", "-q", "--hard")


def _stream(texts: dict[str, str], commits: int) -> Iterator[bytes]:
    random = Random(1)
    yield _commit("Begin the plan", BEGUN, texts)
    ids = [(name, id) for name, text in texts.items() for id in _ids(text)]
    for number in range(1, commits):
        day = BEGUN + timedelta(days=number // 3)
        name, id = random.choice(ids)
        texts[name] = _recorded(texts[name], id, number, day)
        yield _commit(f"Progress on {id}", day, {name: texts[name]})


def _ids(text: str) -> list[str]:
    return re.findall(r"(?m)^      - id: (\S+)$", text)


def _recorded(text: str, id: str, number: int, day: date) -> str:
    """The text with one more entry in a milestone's log, or its due date changed by hand."""
    start = text.index(f"      - id: {id}\n")
    end = re.compile(r"(?m)^(?! {8,}|$)").search(text, start + 1)
    piece = text[start : end.start() if end else len(text)]
    rest = text[start + len(piece) :]
    due = re.search(r"(?m)^        due: (\d{4}-\d\d(?:-\d\d)?)$", piece)
    entry = f"          - date: {day}\n            note: Told at the meeting; number {number}.\n"
    if due and number % 10 == 0:
        to = f"{int(due[1][:4]) + 1}{due[1][4:7]}"
        piece = piece.replace(due[0], f"        due: {to}")
        entry += f"            moved: {{from: {due[1]}, to: {to}}}\n"
    if due and number % 50 == 0:
        return text[:start] + piece + rest
    log = "" if "        progress:\n" in piece else "        progress:\n"
    return f"{text[:start]}{piece.rstrip()}\n{log}{entry}{rest}"


def _commit(subject: str, day: date, texts: dict[str, str]) -> bytes:
    seconds = (day - date(1970, 1, 1)).days * 86_400 + 43_200
    who = f"author {WHO} {seconds} +0000\ncommitter {WHO} {seconds} +0000"
    command = f"commit refs/heads/main\n{who}\ndata {len(subject)}\n{subject}\n".encode()
    for name, text in texts.items():
        data = text.encode()
        command += f"M 100644 inline plan/{name}\ndata {len(data)}\n".encode() + data + b"\n"
    return command


def _git(folder: Path, feed: bytes, *words: str) -> None:
    subprocess.run(["git", *words], cwd=folder, input=feed, check=True)


def main() -> None:
    """Make the history that was asked for."""
    parser = argparse.ArgumentParser(description="Make the history of a plan in a folder.")
    parser.add_argument("n", metavar="N", type=int)
    parser.add_argument("commits", metavar="COMMITS", type=int)
    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--files", type=int, help="in how many files (default: as generate.py)")
    arguments = parser.parse_args()
    make(arguments.folder, arguments.n, arguments.commits, arguments.files)


if __name__ == "__main__":
    main()
