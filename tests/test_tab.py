"""What Tab writes into a line, in a real bash at a terminal; and what other shells are given."""

import os
import pty
import select
import shlex
import shutil
import subprocess
import sys
from json import dumps

import pytest
from ready import SECONDS
from running import HEAD, HSCP, run, surroundings

bash = pytest.mark.skipif(
    not shutil.which("bash") or sys.platform == "win32", reason="runs bash in a pseudo-terminal"
)
GROUPS = ("Children's Board & Friends", "Board of $HOME (East)", "Board", 'The "Hub"', "Parents'")
PLAN = HEAD + "groups:\n" + "".join(f"  - {{name: {dumps(g)}, kind: board}}\n" for g in GROUPS)


@pytest.fixture
def folder(plan):
    """The folder of a plan that has groups with marks in their names."""
    path = plan / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return plan.parent


def typed(folder, tmp_path, line):
    """The words that bash passes on, where Tab is pressed at the end of a line and then Enter."""
    program = tmp_path / "hscp"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(HSCP)} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    start, passed_on = tmp_path / "start", tmp_path / "passed-on"
    start.write_text(
        'eval "$(_HSCP_COMPLETE=source_bash hscp)"\n'
        f'hscp() {{ printf "%s\\n" "$@" > {passed_on}; echo PASSED ON; }}\n'
        # As bash calls it, but for the function of that name that stands in its way.
        f"by_path() {{ _hscp_completion {program}; }}\n"
        "complete -o default -F by_path hscp\n"
        "PS1=READY PS2=UNENDED\n",
        encoding="utf-8",
    )
    around = surroundings(PATH=f"{tmp_path}:{os.environ['PATH']}", TERM="dumb", INPUTRC="/dev/null")
    ours, theirs = pty.openpty()
    shell = ["bash", "--noprofile", "--rcfile", str(start), "-i"]
    with subprocess.Popen(
        shell, cwd=folder, env=around, stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True,
    ) as it:  # fmt: skip
        os.close(theirs)
        read_until(ours, b"READY")
        os.write(ours, f"{line}\t\n".encode())
        said = read_until(ours, b"PASSED ON", b"UNENDED")
        it.kill()
    os.close(ours)
    assert passed_on.exists(), said
    return passed_on.read_text(encoding="utf-8").splitlines()


def read_until(terminal, *ends):
    """What a terminal shows, as far as one of these."""
    said = b""
    while not any(end in said for end in ends):
        ready, _, _ = select.select([terminal], [], [], SECONDS)
        assert ready, said
        said += os.read(terminal, 65_536)
    return said.decode()


@pytest.mark.long
@bash
@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("hscp progress P1.2 x --status on", "on track"),
        ("hscp progress P1.2 x --status on\\ t", "on track"),
        ('hscp progress P1.2 x --status "on', "on track"),
        ("hscp progress P1.2 x --status 'on t", "on track"),
        ("hscp progress P1.2 'It went well.' --status not", "not started"),
        ("hscp due --group Ch", GROUPS[0]),
        ('hscp due --group "Ch', GROUPS[0]),
        ("hscp due --group 'Ch", GROUPS[0]),
        ("hscp due --group Board\\ of", GROUPS[1]),
        ('hscp due --group "Board of', GROUPS[1]),
        ("hscp due --group The", GROUPS[3]),
        ("hscp due --group 'Par", GROUPS[4]),
        ("hscp due --group Par", GROUPS[4]),
        ('hscp due --group "The', GROUPS[3]),
        ("hscp show p1.3", "P1.3"),
        ("hscp prog", "progress"),
        ("hscp decide P1 x --by Bo", "Board"),
        ("hscp ask 'Par", GROUPS[4]),
    ],
)
def test_bash_passes_on_the_word_that_tab_completes_as_one(folder, tmp_path, line, last):
    assert typed(folder, tmp_path, line)[-1] == last


@pytest.mark.parametrize(
    ("shell", "given"),
    [
        ("zsh", '"on track"'),
        ("fish", "on track"),
        ("powershell", "on track"),
        ("pwsh", "on track"),
    ],
)
def test_a_shell_that_quotes_by_itself_is_given_the_bare_word(folder, shell, given):
    around = surroundings(
        _HSCP_COMPLETE=f"complete_{shell}",
        _TYPER_COMPLETE_ARGS="hscp progress P1.2 x --status on",
        _TYPER_COMPLETE_WORD_TO_COMPLETE="on",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )
    said = run(HSCP, folder, around).stdout.decode()
    assert given in said
    assert "\\" not in said


def test_what_is_carried_on_is_offered_by_its_earlier_id(folder):
    path = next((folder / "plan").glob("p1-*.yaml"))
    text = path.read_text(encoding="utf-8")
    key = "      - id: P1.3\n"
    assert key in text
    path.write_text(
        text.replace(key, f"{key}        carried_from: 2019-21/P7.5\n"), encoding="utf-8"
    )
    around = surroundings(
        _HSCP_COMPLETE="complete_fish",
        _TYPER_COMPLETE_ARGS="hscp show 2019",
        _TYPER_COMPLETE_FISH_ACTION="get-args",
    )
    assert run(HSCP, folder, around).stdout.decode().startswith("2019-21/P7.5\tP1.3 ")
