"""The docs say what the code does: made parts are fresh, and what must be told is told."""

import html
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from unittest import mock
from xml.etree import ElementTree

import browser
import pytest
from running import REPO, hscp

import hscp_plan.reading.schemas
from hscp_plan import disk
from hscp_plan.cli.command_list import COMMANDS, HEADINGS, module_of
from hscp_plan.cli.options import parameters
from hscp_plan.cli.options import read as read_line
from hscp_plan.dates import read
from hscp_plan.reading import yamlfaults
from hscp_plan.reading.cache import MOST_FILES
from hscp_plan.reading.schemas import schemas
from hscp_plan.reports.records import COLUMNS
from hscp_plan.reports.rules import every_rule
from hscp_plan.store import open_plan
from hscp_plan.typed_dates import read_typed
from hscp_plan.words import BRAG, KINDS, SYMBOLS

sys.path.insert(0, str(REPO / "docs"))
import make

README = REPO / "README.md"
PAGES = [
    README,
    REPO / "CHANGELOG.md",
    REPO / "CONTRIBUTING.md",
    *sorted((REPO / "docs").rglob("*.md")),
]
DEMO = ("--plan", str(REPO / "examples" / "demo-plan"), "--as-at", "2021-12-15")
LOOKS = [
    ("status",),
    ("due", "--to", "2022-04"),
    ("overdue",),
    ("show", "P1"),
    ("show", "P1.4"),
    ("timeline",),
    ("find", "neglect"),
    ("questions",),
    ("asked",),
    ("moves",),
    ("history", "P1.4"),
    ("check",),
]


@cache
def text_of(name: str) -> str:
    return (REPO / name).read_text(encoding="utf-8")


def section(name: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(
        rf"^{re.escape(heading)}\n(.*?)(?=^#{{1,{level}}} |\Z)", text_of(name), re.DOTALL | re.M
    )
    assert found, f"{name} has no heading {heading}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a table's rows, without its heading."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def prose(text: str) -> str:
    """A page's text without its blocks of code."""
    return re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.M)


@pytest.fixture(scope="module", autouse=True)
def _schemas_made_once() -> Iterator[None]:
    """They are asked for once a key, and are the same each time."""
    with mock.patch.object(hscp_plan.reading.schemas, "schemas", cache(schemas)):
        yield


@cache
def pages() -> dict[Path, str]:
    return make.pages()


@pytest.mark.parametrize("name", ["commands.md", "checks.md", "format.md", "keyboard.html"])
def test_a_page_that_is_made_is_fresh(name):
    page = REPO / "docs" / name
    assert page in pages(), f"{name} has no made part"
    fresh = pages()[page]
    assert page.read_text(encoding="utf-8") == fresh, "python docs/make.py makes it again"


def test_making_twice_changes_nothing(tmp_path, monkeypatch):
    for path, text in pages().items():
        beside = tmp_path / path.relative_to(REPO / "docs")
        beside.parent.mkdir(exist_ok=True)
        beside.write_text(text, encoding="utf-8")
    monkeypatch.setattr(make, "DOCS", tmp_path)
    monkeypatch.setattr(make, "PICTURE", tmp_path / "pictures" / "status.svg")
    assert {path.name: text for path, text in make.pages().items()} == {
        path.name: text for path, text in pages().items()
    }


def said(svg: str) -> str:
    """The words of a picture, as they are read."""
    texts = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")
    return " ".join(" ".join("".join(text.itertext()).split()) for text in texts)


def test_the_picture_shows_what_is_printed():
    # Not byte for byte: another version of rich may draw the same words otherwise.
    printed = hscp("status", *DEMO, folder=REPO).stdout.decode()
    shown = said(make.PICTURE.read_text(encoding="utf-8"))
    assert shown.split() == f"$ {make.PICTURED} {printed}".split()
    assert shown.split() == said(pages()[make.PICTURE]).split()


def test_the_picture_fetches_nothing():
    svg = make.PICTURE.read_text(encoding="utf-8")
    addresses = set(re.findall(r"https?://[^\"')\s]+", svg))
    assert addresses == {"http://www.w3.org/2000/svg"}
    assert "@font-face" not in svg
    assert "url(#" in svg, "nothing was found because nothing is there"


def test_the_readme_shows_the_picture_and_its_words():
    assert "(docs/pictures/status.svg)" in text_of("README.md")
    assert f"```console\n$ {make.PICTURED}\n" in text_of("README.md")


@pytest.mark.parametrize(
    "line",
    [
        "python3 -m venv .venv && .venv/bin/pip install -q -e . && .venv/bin/"
        "hscp status --plan examples/demo-plan --as-at 2021-12-15",
        "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && "
        ".venv/bin/pytest -n auto -m 'not long'",
    ],
)
def test_the_readme_has_each_line_to_type_alone_in_a_block(line):
    assert text_of("README.md").count(f"```sh\n{line}\n```\n") == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_with_all_it_takes(name):
    run = import_module(module_of(name)).run
    told = section("docs/commands.md", f"### hscp {name}")
    assert f"\nhscp {name}" in told, "an example"
    for each in parameters(run):
        for word in each.names[-1:] or [each.declared.metavar]:
            assert re.search(rf"`{re.escape(word)}[ `]", told), word


def test_what_a_shared_option_means_is_said_once():
    page = text_of("docs/commands.md")
    for option in ("--plan DIR", "--as-at DATE", "--rev WHEN", "--json"):
        assert page.count(f"- `{option}`: ") == 1, option


def test_every_rule_is_documented_with_examples():
    page = text_of("docs/checks.md")
    for rule in every_rule():
        assert page.count(f"| `{rule.name}` | {rule.severity} | {rule.says} |") == 1
        assert re.search(r"\nFails:\n +\S.*\nPasses:\n +\S", rule.doc, re.DOTALL), rule.name


def test_what_a_rule_wants_is_one_whole_sentence():
    for rule in every_rule():
        assert re.fullmatch(r"[A-Z].*[^.]\.", rule.says), rule.name
        assert rule.says[:-1] in " ".join(rule.doc.split()), rule.name
        assert ". " not in rule.says, rule.name


def test_the_schemas_in_the_plan_are_fresh():
    folder = REPO / "plan" / "schema"
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    assert there == schemas(open_plan(folder.parent).plan), "hscp schema writes them again"


def test_every_key_of_a_plan_is_described():
    for text in schemas().values():
        schema = json.loads(text)
        for kind in (schema, *schema.get("$defs", {}).values()):
            for key, about in kind["properties"].items():
                line = rf"^- `{key}`.*: {re.escape(about['description'])}$"
                assert re.search(line, text_of("docs/format.md"), re.M), key


def test_the_dates_of_the_format_are_read_as_the_page_says():
    table = rows(section("docs/format.md", "## Dates").split("### ")[0])
    assert len(table) == 13
    for written, shown, first, last in table:
        found = read(written.strip("`"))
        days = ("", "") if not found.dated else (found.first.isoformat(), found.last.isoformat())
        assert (found.shown, *days) == (shown, first, last)


def test_the_dates_of_the_command_line_are_read_as_the_page_says():
    table = rows(section("docs/format.md", "### Dates on the command line"))
    pairs = [(form, means) for forms, means in table for form in re.findall("`(.*?)`", forms)]
    assert len(pairs) == 18
    for form, means in pairs:
        found = read_typed(form, date(2022, 1, 31))
        assert means == "that long from today" or found == read(means.strip("`")), form


def test_the_standings_of_the_format_are_those_of_the_code():
    table = rows(section("docs/format.md", "## Status and standing"))
    shown = [row for row in table if row[0].strip("`") in SYMBOLS.values()]
    assert shown == [[f"`{SYMBOLS[kind]}`", kind, BRAG[kind]] for kind in KINDS]


def test_board_members_read_of_every_sign_what_it_means():
    table = rows(section("docs/guides/board-member.md", "## What the words and colours mean"))
    shown = {(sign_and_word, colour) for sign_and_word, colour, _, _ in table}
    assert len(table) == len(KINDS)
    assert shown == {(f"{SYMBOLS[k]} {k.capitalize()}", BRAG[k].capitalize()) for k in KINDS}


def test_the_limits_that_the_rules_tell_are_those_of_the_code():
    told = section("docs/checks.md", "## Rules of each file")
    for limit in (
        f"at most {disk.MOST_BYTES // 1_000_000} MB",
        f"over {yamlfaults.MOST_DEPTH} levels deep",
        f"No text over {yamlfaults.MOST_SCALAR:,} characters",
        f"no mapping over {yamlfaults.MOST_KEYS:,} keys",
        f"no file with over {yamlfaults.MOST_ERRORS:,} errors",
        f"no folder over {MOST_FILES:,} files",
    ):
        assert limit in told


def keys_in(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_in, value.values()))
    return set().union(*map(keys_in, value)) if isinstance(value, list) else set()


@pytest.mark.parametrize("command", LOOKS, ids=" ".join)
def test_every_key_of_json_is_documented(command):
    done = hscp(*command, "--json", *DEMO, folder=REPO)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["format"] == 1
    pages = section("docs/json.md", "## JSON") + text_of("docs/format.md")
    told = set(re.findall(r"`([^`\n]+)`", prose(pages)))
    # The extra columns that this plan declares are its own.
    assert keys_in(found) - told <= {"success"}
    own = section("docs/json.md", f"### hscp {command[0]}")
    shared = section("docs/json.md", "### The beginning") if command != ("check",) else ""
    for key in found:
        assert f"`{key}`" in own + shared, key


def test_every_column_of_csv_is_documented_in_order():
    columns = re.search(r"```text\n(.*?)```", section("docs/json.md", "## CSV"), re.DOTALL)
    assert columns
    assert tuple(columns[1].split()) == COLUMNS


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPO).as_posix())
def test_every_link_leads_somewhere(page):
    for to in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8"))):
        path, _, anchor = to.partition("#")
        if "://" in to:
            continue
        target = page.parent / path if path else page
        assert target.exists(), to
        if anchor:
            assert anchor in anchors(target), to


def typed_lines() -> list[str]:
    """Every command that stands on the page to print, `hscp COMMAND --help` left out."""
    lines = re.findall(r"<code>(hscp .*?)</code>", text_of("docs/keyboard.html"))
    return [html.unescape(line) for line in lines if "COMMAND" not in line]


def test_every_line_of_the_page_to_print_is_plainly_right():
    lines = [shlex.split(line) for line in typed_lines()]
    for _, name, *words in lines:
        run = import_module(module_of(name)).run
        assert read_line(run, words) is not None, (name, words)
    assert {name for _, name, *_ in lines} == {*COMMANDS} - {*HEADINGS["Set up"]}


def test_every_date_of_the_page_to_print_is_read():
    table = section_of_html("docs/keyboard.html", "Dates")
    dates = [html.unescape(date).strip('"') for date in re.findall("<code>(.*?)</code>", table)]
    assert len(dates) == 7
    for date_typed in dates:
        assert read_typed(date_typed, date(2022, 1, 31)), date_typed


def section_of_html(name: str, heading: str) -> str:
    """What stands under a heading of an HTML page, up to the next."""
    return text_of(name).split(f"<h2>{heading}</h2>", 1)[1].split("<h2>", 1)[0]


def test_the_page_to_print_takes_two_sides(tmp_path):
    chromium = next(filter(None, map(shutil.which, browser.NAMES)), None)
    if not chromium:
        pytest.skip("there is no Chromium or Chrome to print with")
    printed = tmp_path / "keyboard.pdf"
    # Inside a container a browser's own sandbox cannot be made.
    quiet = ("--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}")
    page = (REPO / "docs" / "keyboard.html").as_uri()
    subprocess.run(
        (chromium, *quiet, "--no-pdf-header-footer", f"--print-to-pdf={printed}", page),
        check=True,
        capture_output=True,
    )
    assert len(re.findall(rb"/Type /Page\b", printed.read_bytes())) == 2


MISTAKES = {
    "`due: 30/11/2021`": "due: 30/11/2021",
    "`status: Green`": "status: Green",
    "`progres:`": "progres: [{date: 2021-11-09, note: Draft begun.}]",
    "a new `due:`, and no entry that moves it": """due: 2022-03
        progress: [{date: 2021-10-20, note: Late., moved: {from: 2021-10, to: 2022-01}}]""",
    "a `moved:` without a `note:`": """due: 2022-01
        progress: [{date: 2021-10-20, moved: {from: 2021-10, to: 2022-01}}]""",
    "`note: Agreed: draft goes to health`": """progress:
          - date: 2021-11-09
            note: Agreed: draft goes to health""",
    "a line one space too far to the right": " status: on track",
    "a quotation mark at one end only": 'lead: "Chair',
}
"""What stands below the action of P1.4, for each row of the web editors' table of mistakes."""


def test_the_check_says_of_each_mistake_what_the_web_editors_read(tmp_path):
    (tmp_path / "plan.yaml").write_text(
        "{format: 1, id: a, partnership: A, title: A, period: {start: 2021-04, end: 2023-03}}"
    )
    table = rows(section("docs/guides/web-editor.md", "## Mistakes that are easily made"))
    assert [wrote for wrote, _ in table] == list(MISTAKES)
    for wrote, says in table:
        (tmp_path / "p1.yaml").write_text(
            "id: P1\ntitle: A\nobjectives:\n  - id: P1-A\n    milestones:\n      - id: P1.4\n"
            f"        action: Act\n        {MISTAKES[wrote]}\n"
        )
        done = hscp("check", "--plan", str(tmp_path), "--as-at", "2021-12-15", folder=tmp_path)
        printed = " ".join(done.stdout.decode().split())
        for sentence in says.removesuffix(".").split(". "):
            assert sentence in printed, (wrote, printed)


def header_rows(text: str) -> list[str]:
    """The first row of each table of a page."""
    return re.findall(r"^(\|.*\|)\n\|(?: *:?-+:? *\|)+$", text, re.M)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPO).as_posix())
def test_no_table_of_a_page_has_a_column_without_a_name(page):
    for header in header_rows(page.read_text(encoding="utf-8")):
        assert all(cell.strip() for cell in header.strip("|").split("|")), header


@pytest.mark.parametrize(
    ("command", "tables"),
    [("status", 1), ("status P1", 2), ("due", 7), ("show P1", 1), ("report plan -o -", 6)],
)
def test_no_table_that_is_made_has_a_column_without_a_name(command, tables):
    done = hscp(*command.split(), "--format", "markdown", *DEMO, folder=REPO)
    headers = header_rows(done.stdout.decode())
    assert len(headers) == tables
    for header in headers:
        assert all(cell.strip() for cell in header.strip("|").split("|")), header


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives a page's headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading).lower().replace(" ", "-") for heading in headings}


def commands_in(text: str) -> set[str]:
    """The commands that a page tells its reader to type."""
    inline = re.findall(r"`(?:[\w.\\/]*)hscp ([a-z][a-z-]*)", text)
    return {*inline, *re.findall(r"^\$ hscp ([a-z][a-z-]*)", text, re.M)}


def test_commands_are_found_in_text_and_in_blocks():
    text = "Type `hscp moves P1` or\n```console\n$ hscp decide P1\n```\nor `.venv/bin/hscp report`."
    assert commands_in(text) == {"moves", "decide", "report"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(REPO).as_posix())
def test_no_page_promises_a_command_that_does_not_exist(page):
    assert commands_in(page.read_text(encoding="utf-8")) <= {*COMMANDS, "help"}
