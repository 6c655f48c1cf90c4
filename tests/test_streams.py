"""Closed standard streams, as a scheduler, a service or pythonw leaves them: the work is done."""

import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from running import HSCP, SECONDS, surroundings

pytestmark = [
    pytest.mark.long,  # each of its processes begins at nothing
    pytest.mark.skipif(os.name == "nt", reason="it is a shell that closes them"),
]

ROLE = ("--by", "Chair of SE Sub-Group")
RECORD = ("progress", "P1.1", "Begun.", *ROLE)
LOOKS = [("status",), ("check",), ("show", "P1", "--json"), ("--help",), ("--version",)]
CLOSED = [set(some) for many in (1, 2, 3) for some in combinations((0, 1, 2), many)]
NAMES = {0: "<&-", 1: ">&-", 2: "2>&-"}


def ended(folder: Path, closed: set[int], *words: str) -> tuple[int, str, str]:
    """A process's status, answer and errors, where it was started with some streams closed."""
    shell = f'exec "$@" {" ".join(NAMES[number] for number in sorted(closed))}'
    done = subprocess.run(
        ("sh", "-c", shell, "sh", *HSCP, *words),
        cwd=folder,
        env=surroundings(HSCP_AS_AT="2021-12-15"),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    said = done.stderr.decode()
    assert "Traceback" not in said
    assert "inside hscp" not in said
    return done.returncode, done.stdout.decode(), said


def notes(folder: Path) -> int:
    text = (folder / "plan" / "p1-neglect.yaml").read_text(encoding="utf-8")
    return len(re.findall("note: Begun", text))


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_a_record_is_made_once_whatever_is_closed(closed, folder):
    status, _, said = ended(folder, closed, *RECORD)
    assert notes(folder) == 1
    assert (status == 0) == (1 not in closed)
    if 1 in closed and 2 not in closed:
        assert "What was recorded stands, and need not be done again." in said
    status, answer, said = ended(folder, closed, *RECORD)
    assert (status, answer, notes(folder)) == (2, "", 1)
    assert ended(folder, set(), "check")[0] == 0


@pytest.mark.parametrize("closed", CLOSED, ids=str)
@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_an_answer_is_written_or_the_status_is_not_0(words, closed, folder):
    status, answer, said = ended(folder, closed, *words)
    assert status == (1 in closed)
    assert (answer == "") == (1 in closed)
    if 1 in closed and 2 not in closed:
        assert "could not be written: standard output is closed" in said


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_a_paper_is_made_whatever_is_closed(closed, folder):
    ended(folder, closed, "report", "board", "-o", "board.html")
    assert (folder / "board.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_what_git_says_goes_into_no_file(closed, folder):
    for words in (("init", "-qb", "main"), ("add", "."), ("commit", "-qm", "Begin")):
        subprocess.run(("git", *words), cwd=folder, env=surroundings(), check=True)
    ended(folder, closed, *RECORD)
    before = (folder / "plan" / "p1-neglect.yaml").read_bytes()
    ended(folder, closed, "save")
    assert (folder / "plan" / "p1-neglect.yaml").read_bytes() == before
    assert ended(folder, set(), "save")[1].startswith("Nothing to save")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
def test_what_cannot_be_said_on_standard_error_keeps_nothing_from_being_done(folder):
    """That there is no git is said before the paper is made."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            (*HSCP, "report", "board", "-o", "board.html"),
            cwd=folder,
            env=surroundings(HSCP_AS_AT="2021-12-15"),
            stdout=subprocess.DEVNULL,
            stderr=full,
            timeout=SECONDS,
            check=False,
        )
    assert done.returncode == 0
    assert (folder / "board.html").exists()


def test_a_large_answer_that_is_cut_off_is_told_once(folder):
    """More than Python keeps back: it is written, and refused, while the command still works."""
    milestone = "      - {id: P9.%d, due: 2021-13, action: To do.}\n"
    text = "id: P9\ntitle: T\nobjectives:\n  - id: P9-A\n    milestones:\n"
    text += "".join(milestone % n for n in range(1, 1_000))
    (folder / "plan" / "p9.yaml").write_text(text, encoding="utf-8")
    status, _, said = ended(folder, {1}, "check", "--all")
    assert status == 1
    assert said == "hscp: the answer could not be written: standard output is closed.\n"


def test_a_python_without_streams_does_the_work(folder):
    """As pythonw on Windows: None in their places, whatever the numbers stand for."""
    code = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None; "
        "from hscp_plan.__main__ import main; main()"
    )
    done = subprocess.run(
        (sys.executable, "-c", code, *RECORD),
        cwd=folder,
        env=surroundings(HSCP_AS_AT="2021-12-15"),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr, notes(folder)) == (1, b"", b"", 1)
