"""Help keeps to the width of its reader's terminal: no line is longer, and no word is broken."""

import pytest
from running import DEMO, REPO, hscp

from hscp_plan.cli.command_list import COMMANDS

LINES = [("--help",), ("help",), *((name, "--help") for name in COMMANDS)]


def help_at(columns: int, *argv: str) -> str:
    done = hscp(*argv, folder=REPO, COLUMNS=str(columns))
    assert done.returncode == 0, done.stderr
    return done.stdout.decode()


@pytest.mark.long
@pytest.mark.parametrize("columns", [60, 70, 80, 100])
@pytest.mark.parametrize("argv", LINES, ids=" ".join)
def test_no_line_of_help_is_wider_than_the_terminal(argv, columns):
    for line in help_at(columns, *argv).splitlines():
        # A word that is wider by itself stands alone.
        assert len(line) <= columns or " " not in line.strip(), line


@pytest.mark.long
@pytest.mark.parametrize("columns", [60, 70, 80])
@pytest.mark.parametrize("argv", LINES, ids=" ".join)
def test_narrow_help_says_the_same_words(argv, columns):
    wide = help_at(100, *argv).split()
    assert len(wide) > 20
    assert help_at(columns, *argv).split() == wide


@pytest.mark.parametrize("argv", LINES, ids=" ".join)
def test_every_example_fits_on_a_line_of_80(argv):
    # Broken, it could not be copied.
    wide = help_at(200, *argv).splitlines()
    examples = [line for line in wide if line.startswith("  hscp ")]
    assert examples
    assert max(map(len, examples)) <= 80
    assert set(examples) <= set(help_at(80, *argv).splitlines())


def test_what_explains_an_example_goes_on_below_its_beginning():
    assert """\
  hscp report board       one side for the Board: what it is
                          asked, what moved
""" in help_at(60, "report", "--help")


@pytest.mark.parametrize(
    ("argv", "status"),
    [
        (("due", "--before", "3/14/2022"), 2),
        (("report", "annual", "--format", "markdown", "-o", "-", "--as-at", "2022-04-10"), 0),
    ],
    ids=["refused", "told beside the answer"],
)
def test_a_message_keeps_to_the_terminal_too(argv, status):
    done = hscp(*argv, "--plan", str(DEMO), folder=REPO, COLUMNS="50")
    assert done.returncode == status
    lines = done.stderr.decode().splitlines()
    assert len(lines) > 1
    assert max(map(len, lines)) <= 50
