"""Pages are tests, and can fail: the harness of `pages.py`, tried on pages of its own."""

from datetime import date
from pathlib import Path

import pytest

HARNESS = "from pages import *\nfrom pages import pytest_addoption, pytest_configure\n"


def page(*lines: str) -> str:
    return "\n".join((*lines, ""))


@pytest.fixture
def cases(pytester: pytest.Pytester) -> Path:
    """The folder of the pages of an empty project that has the harness."""
    pytester.makeconftest(HARNESS)
    folder = pytester.path / "tests" / "cases"
    folder.mkdir(parents=True)
    return folder


def write(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(page(*lines).encode())
    return path


def hello(*printed: str) -> tuple[str, ...]:
    return ("# Says", "`a/hello.txt`:", "```text", "hello", "```", "```console",
            "$ cat a/hello.txt", *printed, "```")  # fmt: skip


def test_a_page_that_says_what_is_printed_passes(pytester, cases):
    write(cases / "says.md", *hello("hello"))
    pytester.runpytest().assert_outcomes(passed=1)


def test_a_page_that_says_something_else_fails_and_shows_the_difference(pytester, cases):
    write(cases / "says.md", *hello("good day"))
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*says.md:7: this is not*", "-good day", "+hello"])


def test_update_mends_every_section_and_leaves_the_rest_as_it_is(pytester, cases):
    wrong = (*hello("good day", "and more"), "Between.", *hello(), "After, without an end of line")
    right = (*hello("hello"), "Between.", *hello("hello"), "After, without an end of line")
    written = write(cases / "says.md", *wrong)
    written.write_bytes(page(*wrong).encode()[:-1])
    pytester.runpytest("--update").assert_outcomes(passed=2)
    assert written.read_bytes() == page(*right).encode()[:-1]
    pytester.runpytest().assert_outcomes(passed=2)


def test_update_by_several_processes_is_refused_and_changes_nothing(pytester, cases):
    written = write(cases / "says.md", *hello("good day"))
    refused = pytester.runpytest("--update", "-n", "2")
    refused.stderr.fnmatch_lines(["*leave out -n*"])
    assert written.read_bytes() == page(*hello("good day")).encode()


def test_update_widens_a_fence_around_output_that_holds_one(pytester, cases):
    block = ("# Fenced", "`a.md`:", "````markdown", "```text", "a", "```", "````")
    written = write(cases / "fenced.md", *block, "```console", "$ cat a.md", "```", "After.")
    pytester.runpytest("--update").assert_outcomes(passed=1)
    shown = ("````console", "$ cat a.md", "```text", "a", "```", "````", "After.")
    assert written.read_text(encoding="utf-8") == page(*block, *shown)
    pytester.runpytest().assert_outcomes(passed=1)


def test_update_changes_no_file_that_is_right(pytester, cases):
    written = write(cases / "says.md", *hello("hello"))
    before = written.stat().st_mtime_ns
    pytester.runpytest("--update").assert_outcomes(passed=1)
    assert written.stat().st_mtime_ns == before


@pytest.mark.parametrize("command", ["rm -r plan", "pip install hscp", "A=b", "./hscp status"])
@pytest.mark.parametrize("option", [[], ["--update"]])
def test_a_command_that_is_not_hscp_cat_or_git_fails_even_when_updating(
    pytester, cases, command, option
):
    write(cases / "says.md", "# Says", "```console", f"$ {command}", "```")
    result = pytester.runpytest(*option)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*a page may run hscp, cat, git*"])


@pytest.mark.parametrize("day", ["%d %B %Y", "%Y-%m-%d"])
@pytest.mark.parametrize("option", [[], ["--update"]])
def test_a_page_that_asks_the_clock_which_day_it_is_fails_on_that_day(pytester, cases, day, option):
    today = date.today().strftime(day).removeprefix("0")
    write(cases / "says.md", "# Says", "`a.txt`:", "```text", f"as at {today}", "```",
          "```console", "$ cat a.txt", f"as at {today}", "```")  # fmt: skip
    result = pytester.runpytest(*option)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*this prints today's date*"])


def test_an_exit_status_that_is_not_0_is_part_of_the_page(pytester, cases):
    said = "cat: none: No such file or directory"
    write(cases / "with.md", "# With", "```console", "$ cat none", said, "[exit 1]", "```")
    write(cases / "without.md", "# Without", "```console", "$ cat none", said, "```")
    pytester.runpytest().assert_outcomes(passed=1, failed=1)


def test_commands_of_a_section_share_a_folder_and_sections_do_not(pytester, cases):
    write(cases / "git.md", "# One", "```console", "$ git init -q", "$ git rev-parse --git-dir",
          ".git", "```", "# Two", "```console", "$ git rev-parse --git-dir",
          "fatal: not a git repository (or any of the parent directories): .git", "[exit 128]",
          "```")  # fmt: skip
    pytester.runpytest().assert_outcomes(passed=2)


def test_a_variable_may_stand_before_a_command(pytester, cases):
    write(cases / "set.md", "# Set", "```console",
          "$ GIT_AUTHOR_NAME='A B' git var GIT_AUTHOR_IDENT", "```")  # fmt: skip
    pytester.runpytest("--update").assert_outcomes(passed=1)
    assert "A B <manager@example.org>" in (cases / "set.md").read_text(encoding="utf-8")


def test_a_block_marked_no_run_and_blocks_of_other_languages_are_not_run(pytester, cases):
    write(cases / "not.md", "# Not", "```console no-run", "$ rm -r /", "```",
          "```sh", "$ rm -r /", "```")  # fmt: skip
    pytester.runpytest().assert_outcomes()


def test_headings_and_fences_within_a_block_are_its_text(pytester, cases):
    write(cases / "in.md", "# In", "`a.md`:", "````markdown", "# Not a heading", "```console",
          "$ rm", "```", "````", "```console", "$ cat a.md", "# Not a heading", "(fence)",
          "```")  # fmt: skip
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["-(fence)", "+```console"])


def test_readme_and_docs_begin_with_the_published_plan_and_cases_with_nothing(pytester, cases):
    looks = ("# Looks", "```console", "$ cat plan/plan.yaml examples/demo-plan/plan.yaml", "```")
    for path in (pytester.path / "README.md", pytester.path / "docs" / "a" / "b.md"):
        write(path, *looks)
    write(cases / "empty.md", *looks)
    write(cases / "demo.md", "# Demo", "Plan: demo", "```console", "$ cat plan/plan.yaml", "```")
    pytester.runpytest("--update").assert_outcomes(passed=4)
    for name in ("README.md", "docs/a/b.md", "tests/cases/demo.md"):
        text = (pytester.path / name).read_text(encoding="utf-8")
        assert "invented" in text.casefold(), name
        assert "No such file" not in text, name
    assert "No such file" in (cases / "empty.md").read_text(encoding="utf-8")


def test_pytest_alone_runs_readme_and_docs_beside_the_folder_of_tests(pytester, cases):
    pytester.makeini("[pytest]\ntestpaths = tests\n")
    write(cases / "says.md", *hello("hello"))
    write(pytester.path / "README.md", *hello("hello"))
    write(pytester.path / "docs" / "tour.md", *hello("good day"))
    write(pytester.path / "CHANGELOG.md", *hello("not a page"))
    pytester.runpytest().assert_outcomes(passed=2, failed=1)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["# A", "```console", "$ cat a"], "line 2: this block is never closed"),
        (["# A", "\udcff"], "codec can't decode"),
    ],
)
def test_a_page_that_cannot_be_read_fails(pytester, cases, lines, said):
    (cases / "a.md").write_bytes(page(*lines).encode("utf-8", "surrogateescape"))
    result = pytester.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*{said}*"])


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["Plan: unheard", "```console", "$ cat a", "```"], "Plan: unheard is not one of"),
        (["`../a`:", "```text", "```", "```console", "$ cat a", "```"], "outside the section's"),
        (["```console", "hscp status", "```"], "a console block begins with a command"),
    ],
)
def test_a_mistaken_section_fails_with_its_mistake(pytester, cases, lines, said):
    write(cases / "a.md", "# A", *lines)
    result = pytester.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"*{said}*"])
