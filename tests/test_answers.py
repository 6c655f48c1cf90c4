"""What a terminal may never get, what a mistaken command is told, and which stream gets what."""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from running import HSCP, SECONDS, hscp, surroundings
from small_plan import CONTROL, P1, answer, small_plan, write

pytestmark = pytest.mark.long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose ./plan is good."""
    return small_plan(tmp_path)


# What a faultless file may hold, and a terminal may not get -------------------------------------

SLY = (
    (
        P1.replace("Launch the panel", r'"\e[2J\e]0;owned\a\u009b31m\u202Egnp.\u2028 [red]x[/red]"')
        .replace("Neglect", r'"\e[31mNeglect"')
        .replace("To be assured.", r'"\e[31mTo be assured."')
    )
    + r"""        lead: "\e[31mChair"
        status: on track
        progress:
          - {date: 2021-05-01, by: "\e[31mChair", note: "Said\r\e[31m.", evidence: "\e]8;;http://x\a"}
decisions:
  - {date: 2021-06-01, by: "\e[31mBoard", decision: "\e[31mSo it is."}
"""
)


@pytest.mark.parametrize(
    "argv",
    [
        *(["status"], ["status", "P1"], ["due"], ["overdue"], ["show", "P1"], ["show", "P1.1"]),
        *(["find", "a"], ["timeline"], ["check"], ["due", "--format", "markdown"]),
        *(["show", "P1.1", "--json"], ["overdue", "--lead", "nobody"]),
    ],
    ids=" ".join,
)
def test_no_control_code_of_a_plan_ever_reaches_the_terminal(argv, folder):
    write(folder / "plan" / "p1.yaml", SLY)
    status, text = answer(folder, *argv)
    assert status == (2 if "nobody" in argv else 0), text
    assert "x1b" in text or "u001b" in text or argv[0] == "check"


@pytest.mark.parametrize("argv", [["status"], ["due"], ["show", "P1.1"]], ids=" ".join)
def test_in_colour_the_only_codes_are_those_of_the_symbols(argv, folder):
    write(folder / "plan" / "p1.yaml", SLY)
    done = hscp(*argv, "--color", "always", folder=folder, HSCP_AS_AT="2021-12-15")
    text = done.stdout.decode()
    assert not CONTROL.search(re.sub(r"\x1b\[[0-9;]*m", "", text))
    for code in set(re.findall(r"\x1b\[[0-9;]*m", text)):
        # Bold, and the terminal's own colours: no "31m" that the plan wrote stands alone.
        assert set(re.findall(r"\d+", code)) <= {"0", "1", "31", "32", "33", "34"}
    assert "[red]" in text or argv[0] == "status"


def test_csv_carries_no_formula_and_json_the_true_text(folder):
    write(folder / "plan" / "p1.yaml", P1.replace("Launch the panel", "'=HYPERLINK(\"http://x\")'"))
    _, text = answer(folder, "due", "--json")
    assert '=HYPERLINK(\\"http://x\\")' in text
    done = hscp("due", "--format", "csv", folder=folder, HSCP_AS_AT="2021-12-15")
    assert b"'=HYPERLINK" in done.stdout
    assert b',"=' not in done.stdout
    assert b",=" not in done.stdout


# What a person types ----------------------------------------------------------------------------

MISTYPED: dict[str, tuple[list[str], str]] = {
    "an unknown command": (["stauts"], "status"),
    "an unknown option": (["status", "--asat-day", "2022"], "--as-at"),
    "an unknown id": (["show", "P1.7"], "P1.1"),
    "an unreadable date": (["status", "--as-at", "whenever"], "2022-04-30"),
    "an ambiguous date": (["status", "--as-at", "3/4/2022"], "2022-04-03"),
    "an impossible date": (["due", "--before", "31/4/2022"], "2022-04-30"),
    "an unknown status": (["due", "--status", "done"], "complete"),
    "an unknown priority": (["due", "--priority", "P9"], "P1"),
    "an unknown format": (["due", "--format", "xml"], "json"),
    "an unknown rule": (["check", "--explain", "lead-mising"], "lead-missing"),
    "an empty filter": (["due", "--group", ""], "--group board"),
    "a milestone of no priority": (["show", "P9.1"], "P1 and P2"),
    "help for an unknown command": (["help", "stauts"], "hscp status"),
    "an option without its value": (["due", "--before"], "hscp due --help"),
    "an option of other commands": (["progress", "P1.1", "x", "--as-at", "2022"], "--date"),
    "no plan there": (["status", "--plan", "none"], "plan.yaml"),
    "an escape for an id": (["show", "\x1b[31m"], "x1b"),
    "an escape for a command": (["\x1b[31m"], "x1b"),
    "an escape for a date": (["due", "--to", "\x1b[31m"], "x1b"),
    "an escape for a folder": (["due", "--plan", "\x1b[31m"], "x1b"),
    "an escape for an option": (["due", "--\x1b[31m"], "x1b"),
    "an escape for a status": (["due", "--status", "\x1b[31m"], "x1b"),
    "an escape for a format": (["due", "--format", "\x1b[31m"], "x1b"),
    "a word too many": (["show", "P1.1", "P1.2"], "P1.2"),
    "a word too few": (["show"], "an id"),
}


@pytest.mark.parametrize("kind", MISTYPED)
def test_a_mistaken_command_ends_with_2_and_the_nearest_right_word(kind, folder):
    argv, says = MISTYPED[kind]
    done = hscp(*argv, folder=folder)
    errors = done.stderr.decode()
    assert done.returncode == 2, errors
    assert done.stdout == b""
    assert errors.startswith("hscp: ")
    assert says in errors
    assert not CONTROL.search(errors), repr(errors)


def test_where_there_is_no_plan_that_is_said_with_what_to_do(tmp_path):
    done = hscp("status", folder=tmp_path)
    assert done.returncode == 2
    assert b"No plan here" in done.stderr
    assert b"--plan" in done.stderr


# Streams ----------------------------------------------------------------------------------------


def test_faults_go_to_stderr_for_a_command_that_looks_and_to_stdout_for_check(folder):
    write(folder / "plan" / "p1.yaml", P1.replace("2021-09", "2021-13"))
    done = hscp("status", "--json", folder=folder, HSCP_AS_AT="2021-12-15")
    assert json.loads(done.stdout)
    assert b"plan/p1.yaml:8:14: error" in done.stderr
    done = hscp("check", folder=folder)
    assert b"plan/p1.yaml:8:14: error" in done.stdout
    assert done.stderr == b""


def test_output_is_utf_8_whatever_the_console_s_own_code_page(folder):
    done = hscp(
        "status", folder=folder, HSCP_AS_AT="2021-12-15", LC_ALL="C", PYTHONIOENCODING="cp1252"
    )
    assert done.returncode == 0
    assert "!" in done.stdout.decode("utf-8")


def writing_to(stdout: int, folder: Path, *argv: str) -> tuple[int, str]:
    """A command's exit status and its errors, where its answer goes somewhere odd."""
    done = subprocess.run(
        (*HSCP, *argv),
        cwd=folder,
        env=surroundings(),
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=SECONDS,
        check=False,
    )
    os.close(stdout)
    return done.returncode, done.stderr.decode()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device")
@pytest.mark.parametrize("argv", [["status"], ["check"], ["--help"], ["show", "P1", "--json"]])
def test_output_that_could_not_be_written_whole_is_told_and_is_not_0(argv, folder):
    status, errors = writing_to(os.open("/dev/full", os.O_WRONLY), folder, *argv)
    assert status == 1
    assert "could not be written" in errors
    assert "Traceback" not in errors


@pytest.mark.skipif(os.name == "nt", reason="no such pipes")
@pytest.mark.parametrize("argv", [["show", "P1"], ["check"], ["--help"], ["due", "--json"]])
def test_a_reader_that_goes_away_is_nothing_to_be_told(argv, folder):
    reader, writer = os.pipe()
    os.close(reader)
    status, errors = writing_to(writer, folder, *argv)
    assert errors == ""
    assert status in (0, 1)
