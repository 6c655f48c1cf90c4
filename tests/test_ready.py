"""A fork of the process that stands ready is no other than a command that begins at nothing."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from subprocess import CompletedProcess

import pages
import pytest
from ready import Ready
from running import HSCP, REPO, ready, run, surroundings

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here"),
]

DAY = {"HSCP_AS_AT": "2021-12-15", "HSCP_BY": "A lead"}
COMMANDS: dict[str, tuple[list[str], dict[str, str]]] = {
    "an answer in another width": (["status"], {"COLUMNS": "44"}),
    "an answer in colour": (["due", "--within", "90d"], {"FORCE_COLOR": "1"}),
    "an answer and a fault": (["show", "P1.2", "--plan", "spoilt"], {}),
    "a file that is new to it": (["check"], {"HSCP_CACHE": "cache"}),
    "help": (["progress", "--help"], {}),
    "a mistake": (["show", "P1.l"], {}),
    "no plan": (["status", "--plan", ".."], {}),
    "bytes that are no text": (["find", "\udc80é"], {}),
    "a word that is empty": (["progress", "P1.2", ""], {}),
    "a recording": (["progress", "P1.2", "– Ten\nof eleven.", "--status", "at risk"], {}),
    "git": (["undo"], {}),
    "no git": (["save"], {"PATH": "/nowhere"}),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a plan, and another that has a file at fault."""
    begin(tmp_path / "folder")
    return tmp_path / "folder"


def begin(folder: Path) -> None:
    for name in ("plan", "spoilt"):
        shutil.copytree(REPO / "examples" / "demo-plan", folder / name)
    (folder / "spoilt" / "p1.yaml").write_text("id: [\n", encoding="utf-8")


def left(folder: Path, done: CompletedProcess[bytes]) -> tuple[object, ...]:
    """All that a command leaves behind."""
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return done.returncode, done.stdout, done.stderr, files


@pytest.mark.parametrize(
    ("kind", "together"), [*((kind, False) for kind in COMMANDS), ("an answer and a fault", True)]
)
def test_a_fork_leaves_what_a_command_that_begins_at_nothing_leaves(kind, together, folder):
    words, changed = COMMANDS[kind]
    environment = surroundings(**DAY, **changed)
    assert ready().can(environment)
    forked = left(folder, ready().run(words, folder, environment, together))
    shutil.rmtree(folder)
    begin(folder)
    begun = run((*HSCP, *words), folder, environment, together, from_nothing=True)
    assert forked == left(folder, begun)
    assert begun.stdout or begun.stderr


def test_a_command_finds_nothing_of_the_one_before_nor_of_what_it_is_forked_from(folder):
    odd = {"HSCP_AS_AT": "2023-01-01", "HSCP_PLAN": "folder/spoilt", "FORCE_COLOR": "1"}
    alone, environment = Ready(surroundings(**odd)), surroundings(**DAY)
    plain = ready().run(["status"], folder, environment).stdout
    assert b"\x1b[" in alone.run(["status"], folder.parent, surroundings(**odd)).stdout
    assert alone.run(["status"], folder, environment).stdout == plain
    alone.end()


@pytest.mark.parametrize("name", ["HOME", "LC_ALL", "PYTHONIOENCODING", "TZ", "_HSCP_COMPLETE"])
def test_what_python_may_read_while_it_starts_is_never_left_to_a_fork(name):
    assert ready().can(surroundings(**DAY))
    assert not ready().can(surroundings(**{name: "other"}))


def test_after_a_command_that_was_killed_the_next_is_as_good(folder):
    environment = surroundings(**DAY)
    killed = ready().run(["status"], folder, environment, watch=lambda number: os.kill(number, 9))
    assert (killed.returncode, killed.stdout) == (-9, b"")
    assert ready().run(["status"], folder, environment).returncode == 0


def test_a_fault_amid_a_command_ends_it_and_another_stands_ready(folder):
    def watch(_: int) -> None:
        raise KeyboardInterrupt

    alone = Ready(surroundings())
    with pytest.raises(KeyboardInterrupt):
        alone.run(["status"], folder, surroundings(**DAY), watch=watch)
    assert alone.run(["status"], folder, surroundings(**DAY)).returncode == 0
    alone.end()


def test_what_goes_wrong_before_the_command_is_shown_as_python_shows_it(folder):
    gone = ready().run(["status"], folder / "gone", surroundings(**DAY))
    assert gone.returncode == 1
    assert gone.stderr.splitlines()[-1].startswith(b"FileNotFoundError: ")


def test_the_readme_begins_at_nothing_and_no_other_page_does(pytester, monkeypatch):
    begun = []

    def played(argv: Sequence[str], *_: object, **how: object) -> CompletedProcess[bytes]:
        begun.extend(argv[3:] if how["from_nothing"] else [])
        return CompletedProcess(argv, 0, b"", None)

    monkeypatch.setattr(pages, "run", played)
    pytester.makeconftest("from pages import pytest_addoption, pytest_configure\n")
    for name in ("README", "docs/tour", "tests/cases/case"):
        blocks = [f"```console\n$ hscp {name}-{part}\n```\n" for part in "abc"]
        path = pytester.path / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# A\n{blocks[0]}{blocks[1]}# B\n{blocks[2]}", encoding="utf-8")
    pytester.runpytest("README.md", "docs", "tests").assert_outcomes(passed=6)
    assert begun == ["README-a", "README-b", "README-c"]
