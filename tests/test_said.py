"""Lines as people type them, and what is done or offered: `said.md`.

A line that is answered unasked records nothing; one that is offered is right when it is typed.
"""

from __future__ import annotations

import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import REPO, git, hscp

from hscp_plan.cli import values
from hscp_plan.cli.command_list import COMMANDS, module_of
from hscp_plan.cli.mending import mend
from hscp_plan.cli.options import read
from hscp_plan.cli.said import OPTIONS, PHRASES
from hscp_plan.cli.typography import plain

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = Path(__file__).with_name("said.md")
DEMO = REPO / "examples" / "demo-plan"
DAY = "2021-12-15"
LEAST = 150


class Said(NamedTuple):
    """A line as it was typed, and what became of it: `done`, `taken` or `offered` with a line, or
    `refused`."""

    typed: str
    outcome: str
    line: str = ""

    def __str__(self) -> str:
        return f"{self.typed}\n  {self.outcome}{f': {self.line}' if self.line else ''}\n"


def page() -> list[Said]:
    pattern = r"^(\S.*)\n  (done|taken|offered|refused)(?:: (.*))?$"
    blocks = re.findall(r"^```text\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    return [Said(*match) for block in blocks for match in re.findall(pattern, block, re.M)]


LINES = page()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration plan in git."""
    home = tmp_path_factory.mktemp("said")
    shutil.copytree(DEMO, home / "plan")
    git(home, "init", "-q", "-b", "main")
    git(home, "add", "-A")
    git(home, "commit", "-qm", "The plan", GIT_COMMITTER_DATE="2021-05-01T12:00:00Z")
    return home


def files(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "plan").glob("*.yaml")}


def put_back(home: Path) -> None:
    for path in home.iterdir():
        if path.name != ".git":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(DEMO, home / "plan")


def outcome(home: Path, typed: str) -> Said:
    """What becomes of a line as a person types it."""
    done = hscp(*shlex.split(typed), folder=home, HSCP_AS_AT=DAY)
    error = done.stderr.decode()
    if taken := re.match(r"Taken as:  hscp (.*)\n", error):
        return Said(typed, "taken", taken[1])
    if offered := re.search(r"Did you mean:\n  hscp (.*)\n", error):
        return Said(typed, "offered", offered[1])
    return Said(typed, "refused" if done.returncode == 2 else "done")


@pytest.mark.parametrize("said", LINES, ids=lambda said: said.typed)
def test_a_line_is_done_or_offered_as_the_page_says(said, home):
    before = files(home)
    assert str(outcome(home, said.typed)) == str(said)
    if said.outcome != "done":
        assert files(home) == before, "it recorded what nobody typed"
    put_back(home)


@pytest.mark.long
@pytest.mark.parametrize(
    "line", sorted({said.line for said in LINES if said.line and "…" not in said.line})
)
def test_what_is_taken_or_offered_is_right_when_it_is_typed(line, home):
    done = hscp(*shlex.split(line), folder=home, HSCP_AS_AT=DAY)
    assert done.returncode in (0, 1), done.stderr.decode()
    assert "Taken as" not in done.stderr.decode()
    put_back(home)


def test_the_page_has_lines_enough_and_nearly_all_are_answered():
    refused = [said.typed for said in LINES if said.outcome == "refused"]
    assert len({said.typed for said in LINES}) >= LEAST
    assert len(refused) * 20 <= len(LINES), refused


@given(st.lists(st.text(st.characters(max_codepoint=127))))
def test_what_has_no_marks_of_words_stays_as_it_was_typed(words):
    assert plain([word for word in words if word]) == [word for word in words if word]


@given(st.lists(st.text(st.characters(categories=("L", "N"))), min_size=1))
def test_curly_quotation_marks_hold_words_together(words):
    text = " ".join(word for word in words if word) or "x"
    assert plain(["progress", *f"“{text}”".split(" ")]) == ["progress", text]


@pytest.mark.parametrize("head", ["progress P1.2", "add P1", "decide P1", "overdue"])
def test_a_line_of_twice_the_words_takes_twice_the_reading(head):
    """A long text that was pasted without quotation marks, full of what options are called."""
    text = "they agreed on the day by the board to go to all schools in april 2022 due from as at "
    tried = [times_tried(f"{head} {text * times}".split()) for times in (3, 6)]
    assert 0 < tried[1] <= 2.5 * tried[0]


def times_tried(line: list[str]) -> int:
    """How often a text is held against what values may be, in mending a line."""
    real = values.Known.text
    with mock.patch.object(values.Known, "text", autospec=True, side_effect=real) as text:
        mend(line)
    return text.call_count


WORDS = st.sampled_from(
    [*COMMANDS, *PHRASES, *OPTIONS, "P1", "P1.2", "P1-A", "neglect", "exec", "board", "april 2022",
     "on track", "done", "“x", "y”", "–status", "—by", "P1,P2", "and", "3", "months", "$(x)", '"q"',
     "\\", "%PATH%", "é", "\u00a0", "[bold]x[/bold]", "\x1b[31m", "-", "?"]
)  # fmt: skip


@given(st.lists(WORDS, min_size=1, max_size=6))
def test_any_line_is_answered_and_an_offered_one_is_right_and_can_be_copied(words):
    line = mend(plain(words))
    if line is not None:
        assert shlex.split(line.text)[1:] == line.args
        assert "--help" in line.args or read(run_of(line.args[0]), line.args[1:]) is not None


def run_of(command: str) -> Callable[..., int]:
    run: Callable[..., int] = import_module(module_of(command)).run
    return run
