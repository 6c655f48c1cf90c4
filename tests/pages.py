"""Pages that are tests: Markdown that holds files, commands, and what each command prints.

A heading begins a section, and a section has a folder of its own. In it

- "`path/name.yaml`:" on a line directly before a fenced block writes that block to that file;
- "Plan: demo" or "Plan: published" on a line by itself (or in a comment, `<!-- Plan: demo -->`)
  puts that plan at ./plan; README.md and docs/ begin with the published one, and ./examples;
  "Plan: none" takes it away;
- a ```console block holds commands, each after "$ ", with what it prints below it and, where its
  exit status is not 0, a last line such as "[exit 1]".

Only hscp, cat, git and python are run, without a shell; "NAME=value" may stand before them. A block
of ```console no-run shows commands that are not run. `pytest --update` writes what the commands now
print into the pages: read the difference before you commit it.
"""

from __future__ import annotations

import difflib
import re
import shlex
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
import running
from running import HSCP, REPO, run, surroundings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROGRAMS = {"hscp": HSCP, "cat": ("cat",), "git": ("git",), "python": (sys.executable,)}
PLANS = {"published": REPO / "plan", "demo": REPO / "examples" / "demo-plan", "none": None}

_HEADING = re.compile(r"#{1,6} +(?P<title>.*?)[ #]*$")
_FENCE = re.compile(r"(?P<mark>`{3,}|~{3,}) *(?P<info>[^`]*)$")
_FILE_NAME = re.compile(r"`(?P<path>[^`]+)`:$")
_PLAN = re.compile(r"(?:<!-- )?Plan: (?P<name>\w+)(?: -->)?$")
_SET = re.compile(r"(?P<name>[A-Z_]+)=(?P<value>.*)", re.DOTALL)


class PageError(Exception):
    """The page itself is mistaken, or what it says is printed is not."""


class File(NamedTuple):
    """A file that the section writes."""

    path: str
    text: str

    def play(self, folder: Path) -> None:
        target = (folder / self.path).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise PageError(f"`{self.path}` is outside the section's folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.text.encode())


class PlanHere(NamedTuple):
    """A plan that the section begins with."""

    name: str

    def play(self, folder: Path) -> None:
        if self.name not in PLANS:
            raise PageError(f"Plan: {self.name} is not one of {', '.join(PLANS)}")
        shutil.rmtree(folder / "plan", ignore_errors=True)
        if plan := PLANS[self.name]:
            shutil.copytree(plan, folder / "plan")


class Console(NamedTuple):
    """A block of commands with what each prints, and where in the page it stands."""

    text: str
    first: int
    """The index of its first line, the one after its fence."""

    @property
    def commands(self) -> list[str]:
        return [line[2:] for line in self.text.splitlines() if line.startswith("$ ")]

    def replay(self, folder: Path, from_nothing: bool) -> str:
        """The same commands with what they print now."""
        if not self.text.startswith("$ "):
            raise PageError(f"line {self.first + 1}: a console block begins with a command: $ hscp")
        return "".join(
            f"$ {command}\n{output_of(command, folder, from_nothing)}" for command in self.commands
        )


@dataclass
class Section:
    """One heading of a page, and what stands below it."""

    title: str
    line: int
    steps: list[File | PlanHere | Console] = field(default_factory=list)

    @property
    def consoles(self) -> list[Console]:
        return [step for step in self.steps if isinstance(step, Console)]

    def play(self, reference: bool, from_nothing: bool) -> Iterator[tuple[Console, str]]:
        """Each console block, and what it should hold."""
        with tempfile.TemporaryDirectory(prefix="hscp-page-") as home:
            folder = Path(home)
            if reference:
                PlanHere("published").play(folder)
                shutil.copytree(REPO / "examples", folder / "examples")
            for step in self.steps:
                if isinstance(step, Console):
                    yield step, step.replay(folder, from_nothing)
                else:
                    step.play(folder)


def output_of(command: str, folder: Path, from_nothing: bool) -> str:
    """What a command prints, in the order that a pipe shows it, and its exit status if not 0."""
    changed, words = {}, shlex.split(command)
    while words and (setting := _SET.fullmatch(words[0])):
        changed[setting["name"]] = setting["value"]
        words.pop(0)
    if not words or words[0] not in PROGRAMS:
        raise PageError(f"a page may run {', '.join(PROGRAMS)}; this is none of them: {command}")
    argv = (*PROGRAMS[words[0]], *words[1:])
    done = run(argv, folder, surroundings(**changed), together=True, from_nothing=from_nothing)
    text = done.stdout.decode().replace("\r\n", "\n").replace(str(folder), "/folder")
    text = text.replace("\x1b", "\\x1b")
    refuse_clock(command, text)
    if text and not text.endswith("\n"):
        text += "\n"
    return f"{text}[exit {done.returncode}]\n" if done.returncode else text


def refuse_clock(command: str, text: str) -> None:
    """Refuse what a command printed where today's date stands in it: tomorrow it would differ."""
    today = date.today()
    if f"{today.day} {today:%B %Y}" in text or today.isoformat() in text:
        raise PageError(f"this prints today's date, so give it HSCP_AS_AT: {command}")


def sections(text: str) -> list[Section]:
    """The sections of a page. Raises PageError for a block that is never closed."""
    page, lines = [Section("", 0)], text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if fence := _FENCE.match(line):
            end = _end(lines, at, fence["mark"])
            body = "".join(f"{inside}\n" for inside in lines[at + 1 : end])
            before = _FILE_NAME.fullmatch(lines[at - 1].strip()) if at else None
            if fence["info"].strip() == "console":
                page[-1].steps.append(Console(body, at + 1))
            elif before:
                page[-1].steps.append(File(before["path"], body))
            at = end
        elif heading := _HEADING.match(line):
            page.append(Section(heading["title"], at))
        elif plan := _PLAN.fullmatch(line.strip()):
            page[-1].steps.append(PlanHere(plan["name"]))
        at += 1
    return page


def _end(lines: list[str], begin: int, mark: str) -> int:
    for at in range(begin + 1, len(lines)):
        if re.fullmatch(rf"{mark[0]}{{{len(mark)},}} *", lines[at]):
            return at
    raise PageError(f"line {begin + 1}: this block is never closed")


def with_output(text: str, blocks: Iterable[tuple[int, str]]) -> str:
    """The page with new text in its console blocks, each named by its number in the page."""
    lines = text.split("\n")
    consoles = [console for section in sections(text) for console in section.consoles]
    for number, body in sorted(blocks, reverse=True):
        console = consoles[number]
        end = console.first + console.text.count("\n")
        within = max((len(mark) for mark in re.findall(r"(?m)^`{3,}", body)), default=2)
        fence = max(_FENCE.match(lines[end])["mark"], "`" * (within + 1), key=len)
        lines[console.first - 1 : end + 1] = [f"{fence}console", *body.split("\n")[:-1], fence]
    return "\n".join(lines)


def is_page(path: Path, root: Path) -> bool:
    """Whether this file is one of the pages that are tests."""
    inside = path.relative_to(root).parts if path.is_relative_to(root) else ()
    below = inside[:1] == ("docs",) or inside[:2] == ("tests", "cases")
    return path.suffix == ".md" and (inside == ("README.md",) or below)


class PageFile(pytest.File):
    """A page, collected."""

    def collect(self) -> Iterator[pytest.Item]:
        try:
            page_sections = sections(self.path.read_bytes().decode("utf-8"))
        except (UnicodeDecodeError, PageError) as error:
            raise self.CollectError(f"{self.path}: {error}") from error
        number, taken = 0, set()
        for section in page_sections:
            if section.consoles:
                name = section.title or "(beginning)"
                while name in taken:
                    name += "'"
                taken.add(name)
                yield SectionItem.from_parent(self, name=name, section=section, number=number)
            number += len(section.consoles)


class SectionItem(pytest.Item):
    """A section, run as a test."""

    def __init__(self, *, section: Section, number: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.section, self.number = section, number

    def runtest(self) -> None:
        reference = "cases" not in self.path.relative_to(self.config.rootpath).parts
        changed = []
        # What a newcomer types begins at nothing, as all does with `pytest --from-nothing`.
        blocks = self.section.play(reference, self.path.name == "README.md")
        for number, (console, now) in enumerate(blocks, self.number):
            if now == console.text:
                continue
            if not self.config.getoption("update"):
                raise PageError(self._difference(console, now))
            changed.append((number, now))
        if changed:
            text = self.path.read_bytes().decode("utf-8")
            self.path.write_bytes(with_output(text, changed).encode())

    def _difference(self, console: Console, now: str) -> str:
        lines = difflib.unified_diff(
            console.text.splitlines(), now.splitlines(), "the page", "printed now", lineterm=""
        )
        where = f"{self.path.name}:{console.first + 1}: this is not what is printed now"
        return "\n".join((where, *lines, "pytest --update writes what is printed into the page."))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, PageError):
            return f"{self.path.name}: {self.name}\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.section.line, f"{self.path.name}: {self.name}"


class Pages:
    """The part of pytest that collects pages; registered for every folder, not only tests/."""

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> PageFile | None:
        if is_page(file_path, parent.config.rootpath):
            return PageFile.from_parent(parent, path=file_path)
        return None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write what commands now print into the pages"
    )
    parser.addoption(
        "--from-nothing",
        action="store_true",
        help="start Python for every command: as users do, and five times as slow",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Pages(), "hscp-pages")
    if config.getoption("update") and config.getoption("numprocesses", None):
        raise pytest.UsageError("--update writes pages, which is for one process: leave out -n")
    if config.getoption("from_nothing"):
        running.FORKS = False
    if config.args_source is config.ArgsSource.TESTPATHS:
        # Somebody who types only `pytest` means README.md and docs/ too.
        there = (config.rootpath / name for name in ("README.md", "docs"))
        config.args += [str(path) for path in there if path.exists()]
