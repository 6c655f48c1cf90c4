"""Times hscp, cold, beside an empty interpreter and beside other tools on the same plan.

    .venv/bin/python benchmarks/run.py [--runs 15] [--quick]

Each round runs `python -c pass` and then what is timed, and a ratio is taken within the round; the
table gives the medians. Milliseconds are this machine's, ratios hold on others. Targets are
printed beside the figures and never make the command fail. Needs nothing but the standard library,
and hscp installed beside the Python that runs it; Taskwarrior (`task`), hledger and bean-check join
in where they are installed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from generate import DAY, generate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (21, 1_000, 10_000)
AS_AT = ("--as-at", DAY.isoformat())
COMMANDS = {
    "status": ("status", *AS_AT),
    "overdue": ("overdue", *AS_AT),
    "check": ("check", *AS_AT),
    "--help": ("--help",),
    "status --help": ("status", "--help"),
    "Tab": (),
    "an id's Tab": (),
}
TABS = {"Tab": ("hscp st", "1"), "an id's Tab": ("hscp show P1.1", "2")}
AT_TERMINAL = "status, terminal"

# Of the issue that built this: the most that a command may take, in times of `python -c pass`, by
# number of milestones. A target that names no size stands at the size of a real plan, but what
# reads no plan is held to it at all.
TARGETS: dict[tuple[str, str], dict[int, float]] = {
    ("status", "warm"): {21: 4.2, 1_000: 5},
    ("overdue", "warm"): {10_000: 15},
    ("--help", "warm"): dict.fromkeys(SIZES, 6),
    ("--help", "empty"): dict.fromkeys(SIZES, 6),
    ("status --help", "warm"): dict.fromkeys(SIZES, 6),
    ("status --help", "empty"): dict.fromkeys(SIZES, 6),
    ("Tab", "warm"): dict.fromkeys(SIZES, 6.5),
    ("Tab", "empty"): dict.fromkeys(SIZES, 6.5),
    ("an id's Tab", "warm"): {21: 8},
    ("status", "empty"): {21: 17, 1_000: 22, 10_000: 56},
    ("check", "empty"): {21: 17, 1_000: 26, 10_000: 88},
    (AT_TERMINAL, "warm"): {21: 11},
}
# What each may take on a plan of 10,000 in 400 files, 25 milestones a file.
MANY, MANY_FILES = 10_000, 400
IN_MANY_FILES = {"status": 13.0, "overdue": 13.0, "check": 28.0}
# What `progress` may take, by the number of files that a plan of 1,000 is parted into.
RECORDING = {40: 15.0, 1: 25.0}
# hscp is to be ahead of these, paired, at these sizes.
AHEAD = {"Taskwarrior": (10_000,), "hledger": (10_000,), "bean-check": SIZES}


class FailedError(Exception):
    """What was to be timed did not do its work."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A command to time, in its folder and environment, and what to do before each run."""

    name: str
    argv: tuple[str, ...]
    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    terminal: bool = False
    silent: bool = False

    def run(self) -> tuple[float, bytes]:
        """How many seconds one run took, and what it printed."""
        self.before()
        env = {**environment(), **self.env}
        started = perf_counter()
        if self.terminal:
            status, out, err = _run_at_terminal(self.argv, self.folder, env)
        else:
            done = subprocess.run(
                self.argv, cwd=self.folder, env=env, stdin=subprocess.DEVNULL, capture_output=True
            )
            status, out, err = done.returncode, done.stdout, done.stderr
        took = perf_counter() - started
        if status or not (out or self.silent):
            errors = err.decode(errors="replace").strip().splitlines() or ["it said nothing"]
            raise FailedError(f"{self.name} left with {status}: {errors[-1]}")
        return took, out


def environment() -> dict[str, str]:
    """Ours, without what would change an answer."""
    mine = ("HSCP", "_HSCP", "COMP_", "PYTHON", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR")
    neutral = {name: value for name, value in os.environ.items() if not name.startswith(mine)}
    return {**neutral, "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _run_at_terminal(
    argv: tuple[str, ...], folder: Path, env: dict[str, str]
) -> tuple[int, bytes, bytes]:
    """Run a command whose output is a terminal of 100 columns."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    env = {**env, "TERM": "xterm-256color"}
    with subprocess.Popen(
        argv, cwd=folder, env=env, stdin=theirs, stdout=theirs, stderr=theirs
    ) as it:
        os.close(theirs)
        out = b""
        while piece := _read(ours):
            out += piece
        os.close(ours)
    return it.returncode, out, out


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # Linux says EIO where the other side has gone
        return b""


def race(contenders: list[Contender], runs: int) -> list[list[float]]:
    """Seconds of each contender in each round: A B A B …, after one round that is not counted."""
    for contender in contenders:
        contender.run()
    rounds = [[contender.run()[0] for contender in contenders] for _ in range(runs)]
    return [list(column) for column in zip(*rounds, strict=True)]


def ratio(of: list[float], to: list[float]) -> float:
    """The median of the ratios, pair by pair."""
    return median(a / b for a, b in zip(of, to, strict=True))


@dataclass(frozen=True, slots=True)
class Bench:
    """The plans in a temporary folder, and the programs found."""

    home: Path
    hscp: str
    runs: int
    sizes: tuple[int, ...]

    @property
    def cache(self) -> Path:
        """The cache folder that the timed commands use."""
        return self.home / "cache"

    def folder(self, n: int) -> Path:
        """Where the plan of n milestones is."""
        return self.home / str(n)

    def nothing(self) -> Contender:
        """An empty interpreter."""
        return Contender("python -c pass", (sys.executable, "-c", "pass"), self.home, silent=True)

    def command(self, name: str, n: int, *, empty: bool = False) -> Contender:
        """An hscp command where a plan of n milestones is found, as it would be typed there."""
        env = {"HSCP_CACHE": str(self.cache)}
        if name in TABS:
            words, at = TABS[name]
            env |= {"_HSCP_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": at}
        argv = (self.hscp, *COMMANDS[name.partition(",")[0]])
        before = self.forget if empty else lambda: None
        return Contender(name, argv, self.folder(n), env, before, name == AT_TERMINAL)

    def forget(self) -> None:
        """Empty the cache."""
        shutil.rmtree(self.cache, ignore_errors=True)
        self.cache.mkdir(mode=0o700)

    def prepare(self) -> None:
        """Make the plans, and Taskwarrior's data of them."""
        self.forget()
        for n in self.sizes:
            folder = self.folder(n)
            generate(folder, n)
            if shutil.which("task"):
                (folder / "tasks").mkdir()
                lines = (f"data.location={folder / 'tasks'}", "confirmation=off", "hooks=off")
                (folder / "taskrc").write_text("\n".join(lines) + "\n", encoding="utf-8")
                self.task(n, "import", str(folder / "tasks.json")).run()

    def task(self, n: int, *words: str) -> Contender:
        """Taskwarrior on the plan of n milestones."""
        env = {"TASKRC": str(self.folder(n) / "taskrc")}
        return Contender("Taskwarrior", ("task", *words), self.folder(n), env)

    def late_elsewhere(self, n: int) -> Iterator[Contender]:
        """What is late, of the other tools that are installed. Each leaves the day itself out."""
        if shutil.which("task"):
            # Its own report of that name, which shows the log too, with the day in place of now.
            query = f"rc.report.overdue.filter=status:pending due.before:{DAY}"
            yield self.task(n, query, "overdue")
        if shutil.which("hledger"):
            argv = ("hledger", "-f", "plan.journal", "register", "not:status:*", f"date:..{DAY}")
            yield Contender("hledger", argv, self.folder(n))

    def checked_elsewhere(self, n: int) -> Iterator[Contender]:
        """bean-check, beside this Python or on the path."""
        program = beside("bean-check") or shutil.which("bean-check")
        if program:
            yield Contender("bean-check", (program, "plan.beancount"), self.folder(n), silent=True)


def beside(program: str) -> str | None:
    return shutil.which(program, path=str(Path(sys.executable).parent))


def alone(bench: Bench) -> None:
    """The table of hscp's commands: each size, with a warm and an empty cache."""
    print(f"\n{'hscp':18}{'milestones':>10}  {'cache':7}{'median':>9}{'× pass':>9}{'target':>9}")
    for name in COMMANDS:
        for cache in ("warm", "empty"):
            for n in bench.sizes:
                _alone(bench, name, n, cache)
    if os.name == "posix":
        _alone(bench, AT_TERMINAL, SIZES[0], "warm")


def _alone(bench: Bench, name: str, n: int, cache: str) -> None:
    command = bench.command(name, n, empty=cache == "empty")
    try:
        nothing, took = race([bench.nothing(), command], bench.runs)
    except FailedError as failed:
        print(f"{name:18}{n:10,}  {failed}")
        return
    target = TARGETS.get((name, cache), {}).get(n)
    print(_line(name, n, cache, took, nothing) + _against(ratio(took, nothing), target), flush=True)


def _against(times: float, target: float | None) -> str:
    if target is None:
        return ""
    over = "" if times <= target else f"  over by {times - target:.2f}"
    return f"{'≤ ' + format(target, 'g'):>9}{over}"


def paired(bench: Bench, name: str, others: Callable[[int], Iterator[Contender]]) -> None:
    """A table of hscp and others on the same plan, run in turns."""
    heads = f"{'× pass':>9}{'× hscp':>9}{'target':>9}"
    print(f"\n{'in turns':18}{'milestones':>10}  {'':7}{'median':>9}{heads}")
    for n in bench.sizes:
        rivals = list(others(n))
        try:
            nothing, ours, *theirs = race(
                [bench.nothing(), bench.command(name, n), *rivals], bench.runs
            )
        except FailedError as failed:
            print(f"{name:18}{n:10,}  {failed}")
            continue
        print(_line(f"hscp {name}", n, "warm", ours, nothing))
        for rival, took in zip(rivals, theirs, strict=True):
            line = _line(rival.name, n, "", took, nothing)
            print(line + _beside_hscp(ratio(took, ours), n in AHEAD[rival.name]))


def _line(name: str, n: int, cache: str, took: list[float], nothing: list[float]) -> str:
    return f"{name:18}{n:10,}  {cache:7}{median(took) * 1000:6.0f} ms{ratio(took, nothing):9.1f}"


def _beside_hscp(times: float, ahead: bool) -> str:
    behind = "  hscp is behind" if times <= 1 else ""
    return f"{times:9.2f}" + (f"{'> 1':>9}{behind}" if ahead else "")


def many_files(bench: Bench) -> None:
    """A table of hscp on a plan of many files, beside bean-check, which keeps a cache of its own
    beside its file, on the same plan."""
    print(f"\n{'many files':18}{'files':>10}  {'':7}{'median':>9}{'× pass':>9}{'target':>9}")
    folder = bench.home / "many"
    generate(folder, MANY, MANY_FILES)
    ours = [replace(bench.command(name, MANY), folder=folder) for name in IN_MANY_FILES]
    rivals = [replace(rival, folder=folder) for rival in bench.checked_elsewhere(MANY)]
    try:
        nothing, *times = race([bench.nothing(), *ours, *rivals], bench.runs)
    except FailedError as failed:
        print(f"{MANY:,} in {MANY_FILES} files  {failed}")
        return
    for contender, took in zip([*ours, *rivals], times, strict=True):
        target_text = _against(ratio(took, nothing), IN_MANY_FILES.get(contender.name))
        print(_line(contender.name, MANY_FILES, "warm", took, nothing) + target_text)


def recording(bench: Bench) -> None:
    """A table of `progress`, beside a note in Taskwarrior and an entry of hledger's checked."""
    print(f"\n{'recording':18}{'files':>10}  {'':7}{'median':>9}{'× pass':>9}{'target':>9}")
    for files, target in RECORDING.items():
        folder = bench.home / f"record-{files}"
        generate(folder, 1_000, files)
        file = next(path for path in sorted((folder / "plan").glob("p*1.yaml")))
        text = file.read_bytes()
        env = {"HSCP_CACHE": str(bench.cache), "HSCP_BY": "A lead", "HSCP_AS_AT": DAY.isoformat()}
        argv = (bench.hscp, "progress", "P1.1", "Two teams chosen and briefed: on to the next.")
        ours = Contender("progress", argv, folder, env, lambda f=file, t=text: f.write_bytes(t))  # type: ignore[misc]
        rivals = list(_noted_elsewhere(bench, folder))
        try:
            nothing, *took = race([bench.nothing(), ours, *rivals], bench.runs)
        except FailedError as failed:
            print(f"progress          {files:10,}  {failed}")
            continue
        for it, times in zip([ours, *rivals], took, strict=True):
            target_text = _against(ratio(times, nothing), target if it is ours else None)
            print(_line(it.name, files, "", times, nothing) + target_text)


def _noted_elsewhere(bench: Bench, folder: Path) -> Iterator[Contender]:
    if shutil.which("task") and 1_000 in bench.sizes:
        yield bench.task(1_000, "1", "annotate", "Two teams chosen and briefed.")
    if shutil.which("hledger"):
        entry = f"\\n{DAY} Two teams\\n  a  1\\n  b  -1\\n"
        script = f"printf '{entry}' >> plan.journal && hledger -f plan.journal stats"
        yield Contender("hledger", ("sh", "-c", script), folder)


def same_answer(bench: Bench) -> None:
    """Whether all tools name the same number of late milestones in the largest plan."""
    n = bench.sizes[-1]
    try:
        ours = bench.command("overdue", n)
        answer = Contender("", (*ours.argv, "--json"), ours.folder, ours.env).run()[1]
        counts = {"hscp": int(json.loads(answer)["count"])}
        for other in bench.late_elsewhere(n):
            if other.name == "Taskwarrior":
                words = (f"due.before:{DAY}", "status:pending", "count")
                counts[other.name] = int(bench.task(n, *words).run()[1])
            else:
                counts[other.name] = len(other.run()[1].splitlines())
    except FailedError as failed:
        print(failed)
        return
    numbers = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    differ = "" if len(set(counts.values())) == 1 else "  THEY DIFFER: the times compare nothing"
    print(f"late of {n:,}: {numbers}{differ}")


def main() -> None:
    """Make the plans, time everything, print the tables."""
    parser = argparse.ArgumentParser(description="Time hscp beside an empty interpreter.")
    parser.add_argument("--runs", type=int, default=15, help="rounds of each (default: 15)")
    parser.add_argument("--quick", action="store_true", help="3 rounds, and no plan of 10,000")
    given = parser.parse_args()
    hscp = beside("hscp")
    if hscp is None:
        sys.exit("There is no hscp beside this Python. Install it there: pip install -e .")
    if given.runs < 1:
        sys.exit("--runs takes a number from 1.")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # a Windows pipe is cp1252
    with tempfile.TemporaryDirectory(prefix="hscp-bench-") as home:
        sizes = SIZES[:-1] if given.quick else SIZES
        bench = Bench(Path(home), hscp, 3 if given.quick else given.runs, sizes)
        where = f"{platform.python_implementation()} {platform.python_version()}"
        print(f"{where}, {platform.system()}, {os.cpu_count()} cores; {bench.runs} rounds of each")
        bench.prepare()
        alone(bench)
        if any(bench.late_elsewhere(SIZES[0])):
            paired(bench, "overdue", bench.late_elsewhere)
            same_answer(bench)
        if MANY in bench.sizes:
            many_files(bench)
        recording(bench)
        if any(bench.checked_elsewhere(SIZES[0])):
            paired(bench, "check", bench.checked_elsewhere)


if __name__ == "__main__":
    main()
